//! What buyers do in a negotiation: from the first ask to agreement, or to an end without one.
//!
//! A buyer [`actions::open`]s a negotiation about one product, or about the lines of a cart as a whole. The engine answers
//! at once: agreed, up to three offers, a person has it, or no. Then the buyer may [`actions::ask_again`],
//! [`actions::take`] an offer, [`actions::hand_to_rep`] or [`actions::withdraw`].
//!
//! * All colleagues of a company share one negotiation per set of products: whoever asks for the same goes on with the
//!   same rounds, so that probing in parallel gains nothing.
//! * Every decision is stored with all it was made from (policy version, position, history, request, time, seed);
//!   [`crate::negotiations::queries::replay`] computes it again.
//! * Offers that were made go on standing while they last, whatever is asked later.

pub mod actions;
pub mod answer;
pub mod api;
pub mod further;
pub(crate) mod goods;
pub mod import;
mod input;
pub(crate) mod jobs;
pub mod json;
pub mod rules;
pub mod situation;

use kernel::{CartId, Date, NegotiationId, OfferId, ProductId, Quantity, UnitPrice};

use crate::negotiations::Competitor;

pub use import::{PastDecision, PastNegotiation, PastOffer, PastRound, import_many};
pub use input::product;
pub use input::{AskText, LineText};

/// One line of an ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskLine {
    /// The product.
    pub product: ProductId,
    /// How much.
    pub quantity: Quantity,
    /// The target price of one unit, net.
    pub price: UnitPrice,
}

/// What a buyer asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// At least one line, each product once.
    pub lines: Vec<AskLine>,
    /// Days from invoice to payment; `None`: the company's own.
    pub payment_days: Option<i64>,
    /// What the buyer proposes to give beside that: waiting, collecting, committing to more.
    pub extras: negotiation_engine::Extras,
    /// The quantities are what a project needs: they are not to be talked about.
    pub fixed_quantities: bool,
    /// A competitor's offer.
    pub competitor: Option<Competitor>,
    /// Needed by.
    pub need_by: Option<Date>,
    /// Why, or an own proposal.
    pub comment: String,
    /// The cart that is negotiated as a whole.
    pub cart: Option<CartId>,
    /// To a person at once.
    pub wants_person: bool,
}

impl Ask {
    /// Asks for these lines, and nothing else.
    pub fn of(lines: Vec<AskLine>) -> Self {
        Self {
            lines,
            payment_days: None,
            extras: negotiation_engine::Extras::default(),
            fixed_quantities: false,
            competitor: None,
            need_by: None,
            comment: String::new(),
            cart: None,
            wants_person: false,
        }
    }
}

/// What [`actions::take`] gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agreed {
    /// The negotiation.
    pub negotiation: NegotiationId,
    /// The offer, to be put into a cart.
    pub offer: OfferId,
}
