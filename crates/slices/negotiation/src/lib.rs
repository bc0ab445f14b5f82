//! The heart of the product: a buyer asks for a better price and gets an answer that can be taken at once.
//!
//! * [`negotiations`] is what all of it is about: the row with its lines, rounds and decisions. [`offers`] are the terms that
//!   the seller stands by; carts are bound to agreed ones, and [`deals`] shows what is left of them.
//! * [`requests`] is what buyers do: ask, ask again, take, talk to a person, take back. The engine decides
//!   (`negotiation-engine`); this slice loads what it needs to know and stores everything that is needed for a replay.
//! * [`panel`] is what the buyer sees of it, on the product page, the cart and the account; [`hints`] are offers before
//!   anyone asks; [`attachments`] keep drawings and evidence; notices are the mails.
//! * [`routing`] gives each case that the rules leave to people to somebody: calendar, absences, caps, promises, escalation.
//!
//! What people of the desk do with cases, and what came of negotiations, stands in the slices above. Cost, floor, margin,
//! trace and class never enter a type that a buyer's page or JSON is made from: those are built from
//! [`negotiation_engine::Offer`] and from what the buyer typed.

pub mod attachments;
pub(crate) mod counts;
pub mod deals;
pub mod events;
pub mod hints;
pub mod negotiations;
mod notices;
pub mod offers;
pub mod panel;
pub mod refusals;
pub mod requests;
pub mod routing;
#[cfg(any(test, feature = "testing"))]
pub mod testing;

#[cfg(test)]
mod tests;

use kernel::RefusalInfo;

/// The schema of this slice.
pub const MIGRATIONS: &[db::Migration] = &[
    db::migration!("negotiation", "0001_negotiations"),
    db::migration!("negotiation", "0003_routing"),
    db::migration!("negotiation", "0004_offers"),
    db::migration!("negotiation", "0005_attachments"),
    db::migration!("negotiation", "0006_quotas"),
    db::migration!("negotiation", "0007_decisions"),
    db::migration!("negotiation", "0008_undone"),
];

/// Every refusal of this slice.
pub const REFUSALS: &[&[RefusalInfo]] =
    &[refusals::NegotiationRefusal::ALL, routing::RoutingRefusal::ALL, attachments::AttachmentRefusal::ALL];

/// All routes of this slice.
pub fn routes() -> web::Routes {
    panel::routes()
        .merge(requests::api::routes())
        .merge(hints::routes())
        .merge(deals::routes())
        .merge(attachments::routes())
}

/// The handlers of this slice's jobs, for the runner of the application.
pub fn handlers(runner: jobs::Runner, app: &web::App) -> jobs::Runner {
    let each = [requests::jobs::handlers, notices::handlers, routing::jobs::handlers];
    each.into_iter().fold(runner, |runner, handlers| handlers(runner, app))
}
