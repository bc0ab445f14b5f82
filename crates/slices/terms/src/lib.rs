//! The terms on which is dealt: what the seller wants, what serving a deal costs, and what is known and believed of customers.
//! A decision is made from these; nothing here knows that there are negotiations.
//!
//! * [`policies`] are the seller's rules, version by version; [`experiments`] say which of two a company is decided by.
//! * [`cost_model`] is what serving a deal costs ([`costs`]), and [`freight`] what of it the buyer is charged for freight.
//! * [`profiles`] is what is known of each customer from history, [`beliefs`] is which offers buyers are believed to take.
//! * [`support`] is what suppliers granted for single deals, [`agreements`] what they pay back for much.
//! * [`guard`] is asked before a price comes into force, whichever way it takes.
//!   [`signoffs`] holds changes of costs and segments until a second person confirms them.
//! * [`words`] and [`trace`] say offers and reasons in people's languages, [`figures`] and [`facts`] are the figures that all
//!   use alike, [`deciders`] tells how far people's decisions reach.
//!
//! Cost, floor, margin, trace and class never enter a type that a buyer's page or JSON is made from.

pub mod agreements;
pub mod beliefs;
pub mod cost_model;
pub mod costs;
pub mod deciders;
pub mod emergency;
pub mod experiments;
pub mod facts;
pub mod figures;
pub mod freight;
pub mod guard;
pub mod policies;
pub mod profiles;
pub mod signoffs;
pub mod support;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
pub mod trace;
pub mod words;

use kernel::RefusalInfo;

/// The schema of this slice.
pub const MIGRATIONS: &[db::Migration] = &[
    db::migration!("terms", "0001_policies"),
    db::migration!("terms", "0002_policy_versions"),
    db::migration!("terms", "0003_profiles"),
    db::migration!("terms", "0004_experiments"),
    db::migration!("terms", "0005_suppliers"),
    db::migration!("terms", "0006_beliefs"),
    db::migration!("terms", "0007_experiment_steps"),
    db::migration!("terms", "0008_signoffs"),
];

/// Every refusal of this slice.
pub const REFUSALS: &[&[RefusalInfo]] =
    &[policies::PolicyRefusal::ALL, emergency::EmergencyRefusal::ALL, signoffs::SignoffRefusal::ALL];

/// All routes of this slice.
pub fn routes() -> web::Routes {
    policies::routes().merge(emergency::routes()).merge(profiles::routes()).merge(cost_model::routes())
}

/// The handlers of this slice's jobs, for the runner of the application.
pub fn handlers(runner: jobs::Runner, app: &web::App) -> jobs::Runner {
    profiles::jobs::handlers(runner, app)
}
