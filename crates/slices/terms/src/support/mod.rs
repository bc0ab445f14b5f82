//! Suppliers' help for single deals, as it is written down: special prices that a supplier was asked for, and granted
//! (ship-and-debit). What was granted lowers the cost in that case's position until its last day ([`queries`]).
//!
//! People ask and suppliers answer above, where cases and quotes are. All of it is the seller's own; nothing here is part of a
//! buyer's type.

pub mod queries;
pub mod rules;
pub mod store;
pub mod view;

use kernel::{
    Currency, Date, Email, Instant, NegotiationId, ProductId, Quantity, QuoteId, SupportId, UnitPrice, UserId,
};

/// What a supplier is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A product of a negotiation.
    Negotiation(NegotiationId),
    /// A line of a quote.
    Quote(QuoteId, i64),
}

/// Where a request to a supplier stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// No answer yet.
    Open,
    /// A price was granted.
    Granted,
    /// No.
    Refused,
}

impl State {
    const ALL: [Self; 3] = [Self::Open, Self::Granted, Self::Refused];

    /// The stored code; `support-state-<code>` is the key of its word.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Granted => "granted",
            Self::Refused => "refused",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// What a supplier granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Granted {
    /// The special cost of one unit.
    pub price: UnitPrice,
    /// For so much at most.
    pub up_to: Quantity,
    /// The last day.
    pub until: Date,
}

/// A request to a supplier. Seller only: `usual` is what one unit costs without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupplierRequest {
    /// Its id.
    pub id: SupportId,
    /// For what.
    pub about: About,
    /// The product.
    pub product: ProductId,
    /// The supplier's address.
    pub email: Email,
    /// What the supplier calls the product.
    pub supplier_sku: String,
    /// How much.
    pub quantity: Quantity,
    /// The currency of its prices.
    pub currency: Currency,
    /// What one unit costs without it.
    pub usual: UnitPrice,
    /// What was asked for.
    pub asked: UnitPrice,
    /// What the supplier reads.
    pub note: String,
    /// Where it stands.
    pub state: State,
    /// What was granted.
    pub granted: Option<Granted>,
    /// What the supplier says.
    pub answer_note: String,
    /// Answers that could not be read, so far.
    pub attempts: i64,
    /// Who asked.
    pub asked_by: UserId,
    /// When.
    pub asked_at: Instant,
    /// Until when the link works.
    pub expires_at: Instant,
    /// When it was answered.
    pub answered_at: Option<Instant>,
}
