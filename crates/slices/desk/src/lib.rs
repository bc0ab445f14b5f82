//! What the rules leave to people.
//!
//! * [`cases`] are negotiations that wait: decided as asked, by a suggestion, by an own counter, or not at all.
//! * [`routing`] is where people say when they work and how much they take.
//! * [`quotes`] answer what has no price, line by line.
//! * [`suppliers`] are asked for a special price, and their rebate agreements are written down.

pub mod cases;
pub mod quotes;
pub mod routing;
pub mod suppliers;
#[cfg(test)]
mod tests;

use kernel::RefusalInfo;

/// The schema of this slice.
pub const MIGRATIONS: &[db::Migration] = &[
    db::migration!("desk", "0001_quotes"),
    db::migration!("desk", "0002_proposals"),
    db::migration!("desk", "0003_lines"),
];

/// Every refusal of this slice.
pub const REFUSALS: &[&[RefusalInfo]] =
    &[cases::DeskRefusal::ALL, quotes::QuoteRefusal::ALL, suppliers::SupportRefusal::ALL];

/// All routes of this slice.
pub fn routes() -> web::Routes {
    cases::routes().merge(routing::routes()).merge(quotes::routes()).merge(suppliers::routes())
}

/// The handlers of this slice's jobs, for the runner of the application.
pub fn handlers(runner: jobs::Runner, app: &web::App) -> jobs::Runner {
    suppliers::jobs::handlers(quotes::jobs::handlers(runner, app), app)
}
