//! Orders, and credits for what was cancelled or returned.
//!
//! * [`orders`] placing an order from a cart, the history, ordering again; importing past orders.
//! * [`credits`] credit notes.
//!
//! An order is placed in one transaction: prices are worked out anew inside it, the number has no gaps, the agreed offers
//! are used up, the purchases remembered, the credit taken, the confirmation mail left as a job. Over the credit limit it is
//! held instead, until somebody releases or refuses it.
#![warn(missing_docs)]

pub mod credits;
pub mod orders;

#[cfg(test)]
mod tests;

use kernel::RefusalInfo;

/// The schema of this slice.
pub const MIGRATIONS: &[db::Migration] = &[
    db::migration!("ordering", "0001_orders"),
    db::migration!("ordering", "0002_freight"),
    db::migration!("ordering", "0003_cancelled_are_not_bought"),
    db::migration!("ordering", "0004_terms_and_release"),
    db::migration!("ordering", "0010_open_means_open"),
    db::migration!("ordering", "0011_held_are_ordered"),
];

/// Every refusal of this slice.
pub const REFUSALS: &[&[RefusalInfo]] = &[orders::OrderRefusal::ALL];

/// The handlers of this slice's jobs.
pub fn handlers(runner: jobs::Runner, app: &web::App) -> jobs::Runner {
    orders::handlers(runner, app)
}

/// All routes of this slice.
pub fn routes() -> web::Routes {
    orders::routes().merge(credits::routes())
}
