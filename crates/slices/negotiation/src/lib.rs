//! The heart of the product: a buyer asks for a better price and gets an answer that can be taken at once.
//!
//! * [`requests`] is the negotiation itself: ask, ask again, take, talk to a person, take back. The engine decides
//!   (`negotiation-engine`); this slice loads what it needs to know and stores everything that is needed for a replay.
//! * [`offers`] are the terms that the seller stands by; carts are bound to agreed ones.
//! * [`panel`] is what the buyer sees of it, on the product page, the cart and the account.
//! * [`desk`] is what people decide when the rules do not.
//! * [`policies`] are the seller's rules, version by version.
//! * [`quotes`] answer what has no price, line by line; [`attachments`] keep drawings and evidence; [`support`] asks
//!   suppliers for a special price, and knows what their agreements pay back.
//!
//! Cost, floor, margin, trace and class never enter a type that a buyer's page or JSON is made from: those are built from
//! [`engine::Offer`] and from what the buyer typed.

pub mod attachments;
pub mod costs;
pub mod desk;
pub mod jobs;
pub mod offers;
pub mod panel;
pub mod policies;
pub mod quotes;
pub mod requests;
pub mod support;
mod words;

#[cfg(test)]
mod tests;

pub use negotiation_engine as engine;

use kernel::RefusalInfo;

/// The schema of this slice.
pub const MIGRATIONS: &[db::Migration] =
    &[db::migration!("negotiation", "0001_negotiation"), db::migration!("negotiation", "0006_quotes")];

/// Every refusal of this slice.
pub const REFUSALS: &[&[RefusalInfo]] = &[
    requests::NegotiationRefusal::ALL,
    desk::DeskRefusal::ALL,
    policies::PolicyRefusal::ALL,
    attachments::AttachmentRefusal::ALL,
    quotes::QuoteRefusal::ALL,
    support::SupportRefusal::ALL,
];

/// All routes of this slice.
pub fn routes() -> web::Routes {
    panel::routes()
        .merge(requests::api::routes())
        .merge(desk::routes())
        .merge(policies::routes())
        .merge(attachments::routes())
        .merge(quotes::routes())
        .merge(support::routes())
}
