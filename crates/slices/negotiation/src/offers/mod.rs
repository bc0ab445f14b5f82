//! Offers: terms that the seller stands by until they expire.
//!
//! An offer is `suggested` while only the desk sees it, `open` once the buyer does, `taken` when agreed, and `superseded`
//! when another offer of the same negotiation was taken or the negotiation ended. A suggestion that nobody sent ends as
//! `unsent`: the buyer has never seen it. The engine never withdraws or worsens an open offer while it holds, and asking again
//! leaves it standing; only the person who made one may take it back (`withdrawn`), as long as the buyer has not taken it.
//! With a decision that was undone before anything was mailed its offers are `undone`: they belong to nothing that happened
//! between the seller and the buyer.
//!
//! Carts bind lines to a *taken* offer ([`AgreedOffer`]); the order that used it marks it ([`actions::mark_used`]). A
//! commitment is used by several orders, until all of it has been called off.

pub mod actions;
pub mod queries;
pub mod store;

use kernel::{Amount, Instant, NegotiationId, OfferId, Quantity, UserId};

/// Where an offer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfferState {
    /// Worked out for the desk; the buyer does not see it.
    Suggested,
    /// The buyer may take it while it lasts.
    Open,
    /// Agreed.
    Taken,
    /// Another one was taken, or the negotiation ended.
    Superseded,
    /// A suggestion that was never sent.
    Unsent,
    /// Whoever made it took it back.
    Withdrawn,
    /// The decision that made it was undone before it was mailed.
    Undone,
}

impl OfferState {
    const ALL: [Self; 7] =
        [Self::Suggested, Self::Open, Self::Taken, Self::Superseded, Self::Unsent, Self::Withdrawn, Self::Undone];

    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Suggested => "suggested",
            Self::Open => "open",
            Self::Taken => "taken",
            Self::Superseded => "superseded",
            Self::Unsent => "unsent",
            Self::Withdrawn => "withdrawn",
            Self::Undone => "undone",
        }
    }

    /// Whether the buyer ever had it.
    pub fn was_shown(self) -> bool {
        !matches!(self, Self::Suggested | Self::Unsent | Self::Undone)
    }

    /// The state with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// A stored offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferRow {
    /// Its id.
    pub id: OfferId,
    /// The negotiation it belongs to.
    pub negotiation: NegotiationId,
    /// The decision that made it, or the last that kept it.
    pub round: i64,
    /// Its place among the offers of that decision, from 1.
    pub position: i64,
    /// Where it stands.
    pub state: OfferState,
    /// The terms.
    pub offer: negotiation_engine::Offer,
    /// Net value.
    pub net: Amount,
    /// The charge for freight that it spares, as far as that is known: rows that are read back know it.
    pub spared: Amount,
    /// The person who made it; `None` for the engine.
    pub made_by: Option<UserId>,
    /// When it was made.
    pub made_at: Instant,
    /// When it was taken.
    pub taken_at: Option<Instant>,
    /// The order that used it.
    pub order_number: Option<String>,
}

impl OfferRow {
    /// What the buyer saves against the same goods without a deal: goods, a rebate, and freight.
    pub fn saving(&self) -> Amount {
        self.offer.saving.plus(self.spared).unwrap_or(self.offer.saving)
    }

    /// Whether the buyer may take it at `now`.
    pub fn stands(&self, now: Instant) -> bool {
        self.state == OfferState::Open && now < self.offer.expires
    }
}

/// An offer that was agreed on. `offer.expires` is until when it can be ordered. Of a commitment, `offer` says what is left:
/// its lines are the next call-off, and `up_to` is all that the price still holds for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreedOffer {
    /// Its id.
    pub id: OfferId,
    /// The negotiation it belongs to.
    pub negotiation: NegotiationId,
    /// The negotiation's number, as people call it.
    pub number: i64,
    /// The terms.
    pub offer: negotiation_engine::Offer,
    /// Whether an order has used it up.
    pub used: bool,
    /// How much of each line of a commitment has been called off; empty for all others.
    pub called_off: Vec<Quantity>,
}
