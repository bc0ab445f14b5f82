//! The heart of the product: a buyer asks for a better price and gets an answer that can be taken at once.
//!
//! * [`requests`] is the negotiation itself: ask, ask again, take, talk to a person, take back. The engine decides
//!   (`negotiation-engine`); this slice loads what it needs to know and stores everything that is needed for a replay.
//! * [`offers`] are the terms that the seller stands by; carts are bound to agreed ones, and [`deals`] shows what is left of
//!   them.
//! * [`panel`] is what the buyer sees of it, on the product page, the cart and the account.
//! * [`hints`] are offers before anyone asks.
//! * [`desk`] is what people decide when the rules do not.
//! * [`routing`] gives each of these cases to somebody: calendar, absences, caps, promises, escalation.
//! * [`policies`] are the seller's rules, version by version; [`profiles`] is what is known of each customer from history,
//!   [`cost_model`] what serving a deal costs, and [`freight`] what of it the buyer is charged for freight.
//! * [`quotes`] answer what has no price, line by line; [`attachments`] keep drawings and evidence; [`support`] asks
//!   suppliers for a special price, and knows what their agreements pay back.
//! * [`tracking`] is what came of it all; [`learning`] is what it tells about which offers buyers take.
//! * [`experiments`] find out what another policy causes; [`simulation`] tries policies on the past before they go live.
//!
//! Cost, floor, margin, trace and class never enter a type that a buyer's page or JSON is made from: those are built from
//! [`negotiation_engine::Offer`] and from what the buyer typed.

pub mod agreements;
pub mod attachments;
pub mod beliefs;
pub mod cost_model;
pub mod costs;
pub mod deals;
pub mod deciders;
pub mod desk;
pub mod events;
pub mod experiments;
pub mod facts;
pub mod figures;
pub mod freight;
pub mod hints;
pub mod learning;
pub mod negotiations;
mod notices;
pub mod offers;
pub mod panel;
pub mod policies;
pub mod profiles;
pub mod quotes;
pub mod refusals;
pub mod requests;
pub mod routing;
pub mod simulation;
pub mod suppliers;
pub mod support;
mod trace;
pub mod tracking;
pub mod trials;
mod words;

#[cfg(test)]
mod tests;

use kernel::RefusalInfo;

/// The schema of this slice.
pub const MIGRATIONS: &[db::Migration] = &[
    db::migration!("negotiation", "0001_negotiation"),
    db::migration!("negotiation", "0002_policy_versions"),
    db::migration!("negotiation", "0003_routing"),
    db::migration!("negotiation", "0004_profiles"),
    db::migration!("negotiation", "0005_experiments"),
    db::migration!("negotiation", "0006_quotes"),
    db::migration!("negotiation", "0007_simulation"),
    db::migration!("negotiation", "0008_learning"),
];

/// Every refusal of this slice.
pub const REFUSALS: &[&[RefusalInfo]] = &[
    refusals::NegotiationRefusal::ALL,
    desk::DeskRefusal::ALL,
    routing::RoutingRefusal::ALL,
    policies::PolicyRefusal::ALL,
    trials::ExperimentRefusal::ALL,
    attachments::AttachmentRefusal::ALL,
    quotes::QuoteRefusal::ALL,
    suppliers::SupportRefusal::ALL,
    simulation::SimulationRefusal::ALL,
];

/// All routes of this slice.
pub fn routes() -> web::Routes {
    panel::routes()
        .merge(requests::api::routes())
        .merge(hints::routes())
        .merge(deals::routes())
        .merge(desk::routes())
        .merge(routing::routes())
        .merge(policies::routes())
        .merge(profiles::routes())
        .merge(cost_model::routes())
        .merge(tracking::routes())
        .merge(learning::routes())
        .merge(trials::routes())
        .merge(attachments::routes())
        .merge(quotes::routes())
        .merge(suppliers::routes())
        .merge(simulation::routes())
}

/// The handlers of this slice's jobs, for the runner of the application.
pub fn handlers(runner: jobs::Runner, app: &web::App) -> jobs::Runner {
    let each = [
        requests::jobs::handlers,
        notices::handlers,
        routing::jobs::handlers,
        profiles::jobs::handlers,
        learning::jobs::handlers,
        trials::jobs::handlers,
        simulation::jobs::handlers,
        quotes::jobs::handlers,
        suppliers::jobs::handlers,
    ];
    each.into_iter().fold(runner, |runner, handlers| handlers(runner, app))
}
