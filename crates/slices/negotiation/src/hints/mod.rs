//! Offers before anyone asks: 'at 500 you pay 116.00, 38 to go', and a short list of what would lower the cost of a cart.
//!
//! Only what the give-get table grants for a step of the buyer is offered here; the plain concession is for those who ask. The
//! policy says whether it is shown at all. A hint that is taken becomes a negotiation that is agreed in its first round, with all
//! it was made from, so that it replays like any other.

pub mod actions;
mod api;
mod pages;
pub mod queries;
#[cfg(test)]
mod tests;

use axum::extract::DefaultBodyLimit;
use axum::handler::Handler as _;
use kernel::{Access, Amount, Permission, Quantity};
use negotiation_engine::{Lever, Offer};
use web::{ApiDoc, Method};

use crate::attachments;
use crate::refusals::NegotiationRefusal;

/// An offer that can be taken without asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The offer.
    pub offer: Offer,
    /// What it saves against the same goods without a deal, freight included.
    pub saving: Amount,
    /// The charge for freight that is due for what is in hand, and not for so much; zero for none.
    pub freight: Amount,
}

/// Which hint is taken: its lever, and for volume the quantity of the first line, of which there may be several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen {
    /// The lever.
    pub lever: Lever,
    /// The quantity of the first line.
    pub quantity: Quantity,
}

impl Chosen {
    /// Whether this is the offer that was chosen.
    fn is(&self, offer: &Offer) -> bool {
        offer.lever == self.lever && offer.terms.lines.first().is_some_and(|line| line.quantity == self.quantity)
    }
}

pub(crate) fn routes() -> web::Routes {
    let may = Access::Needs(Permission::Negotiate);
    web::Routes::new()
        .page(
            Method::POST,
            "/negotiations/hints",
            may,
            pages::show.layer(DefaultBodyLimit::max(attachments::FORM_BYTES_MAX)),
        )
        .page(Method::POST, "/negotiations/hints/acceptance", may, pages::take)
        .api(
            Method::POST,
            "/api/v1/negotiations/hints",
            may,
            ApiDoc::new("negotiations", "list_hints", "What would lower the price of these lines, before anyone asks")
                .request::<api::HintsQuery>()
                .response::<Vec<api::HintJson>>(),
            api::list,
        )
        .api(
            Method::POST,
            "/api/v1/negotiations/hints/acceptance",
            may,
            ApiDoc::new("negotiations", "take_hint", "Takes one of the hints; it is agreed at once")
                .request::<api::TakeHint>()
                .created::<crate::requests::json::NegotiationJson>()
                .refusals(NegotiationRefusal::ALL)
                .idempotent(),
            api::take,
        )
}
