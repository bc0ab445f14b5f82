//! What came of negotiations, and what another policy would have made of them.
//!
//! * [`tracking`] is one row per negotiation, and every figure is a sum over these rows.
//! * [`learning`] is what outcomes tell about which offers buyers take.
//! * [`experiments`] find out what another policy causes; [`simulation`] tries policies on the past before they go live.

pub mod experiments;
pub mod learning;
pub mod simulation;
#[cfg(test)]
mod tests;
pub mod tracking;

use kernel::RefusalInfo;

/// The schema of this slice.
pub const MIGRATIONS: &[db::Migration] = &[
    db::migration!("results", "0001_results"),
    db::migration!("results", "0002_simulation"),
    db::migration!("results", "0003_learning"),
    db::migration!("results", "0010_person_decisions"),
    db::migration!("results", "0020_ordered"),
    db::migration!("results", "0021_baseline"),
];

/// Every refusal of this slice.
pub const REFUSALS: &[&[RefusalInfo]] = &[experiments::ExperimentRefusal::ALL, simulation::SimulationRefusal::ALL];

/// All routes of this slice.
pub fn routes() -> web::Routes {
    tracking::routes().merge(learning::routes()).merge(experiments::routes()).merge(simulation::routes())
}

/// The handlers of this slice's jobs, for the runner of the application.
pub fn handlers(runner: jobs::Runner, app: &web::App) -> jobs::Runner {
    let each = [learning::jobs::handlers, experiments::jobs::handlers, simulation::jobs::handlers];
    each.into_iter().fold(runner, |runner, handlers| handlers(runner, app))
}
