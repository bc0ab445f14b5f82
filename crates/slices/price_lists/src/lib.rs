//! Price lists as the seller's people keep them. The lists themselves, and what a price is, are the slice `pricing`; what is
//! here ranks above `terms`, because a price is held against costs and the floors of the policy before it comes into force.
//!
//! * [`lists`] are the pages and the JSON of lists and their prices.
//! * [`changes`] is the one way in which prices change: each change is kept with its reason, waits for a second person where
//!   the guard wants one, and holds from its day on.
//! * [`bulk`] changes many prices by a rule, after a preview.
//! * [`file`] changes those of one list by a file, after a preview.
#![warn(missing_docs)]

pub mod bulk;
pub mod changes;
pub mod file;
pub mod lists;
#[cfg(test)]
mod tests;

use kernel::RefusalInfo;

/// The schema of this slice.
pub const MIGRATIONS: &[db::Migration] = &[db::migration!("price_lists", "0001_price_changes")];

/// Every refusal of this slice.
pub const REFUSALS: &[&[RefusalInfo]] = &[changes::ChangeRefusal::ALL];

/// All routes of this slice.
pub fn routes() -> web::Routes {
    lists::routes().merge(changes::routes()).merge(bulk::routes()).merge(file::routes())
}

/// The handlers of this slice's jobs, for the runner of the application.
pub fn handlers(runner: jobs::Runner, app: &web::App) -> jobs::Runner {
    changes::jobs::handlers(runner, app)
}
