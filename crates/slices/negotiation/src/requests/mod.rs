//! Negotiations: from the first ask to agreement, or to an end without one.
//!
//! A buyer [`actions::open`]s a negotiation about one product, or about the lines of a cart as a whole. The engine answers
//! at once: agreed, up to three offers, a person has it, or no. Then the buyer may [`actions::ask_again`],
//! [`actions::take`] an offer, [`actions::hand_to_rep`] or [`actions::withdraw`].
//!
//! * All colleagues of a company share one negotiation per set of products: whoever asks for the same goes on with the
//!   same rounds, so that probing in parallel gains nothing.
//! * Every decision is stored with all it was made from (policy version, position, history, request, time, seed);
//!   [`queries::replay`] computes it again.
//! * Offers that were made go on standing while they last, whatever is asked later.
//! * What ends by time ends on being read: a negotiation whose offers have run out *is* expired ([`Negotiation::state`]),
//!   and a job writes it down.

pub mod actions;
pub(crate) mod answer;
pub mod api;
pub(crate) mod further;
pub(crate) mod goods;
pub mod import;
mod input;
pub mod json;
pub mod queries;
pub mod rules;
pub(crate) mod situation;
pub(crate) mod store;

use db::events::Event;
use kernel::{
    Amount, CartId, CompanyId, Currency, Date, Instant, NegotiationId, OfferId, PolicyId, ProductId, Quantity, UnitId,
    UnitPrice, UserId,
};

use crate::offers::OfferRow;

pub use import::{PastDecision, PastNegotiation, PastOffer, PastRound, import_many};
pub(crate) use input::product;
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

/// A competitor's offer, as the buyer cites it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Competitor {
    /// Who.
    pub name: String,
    /// Their price of one unit of the first line.
    pub price: Option<UnitPrice>,
    /// Anything about it.
    pub note: String,
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

/// Where a negotiation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Offers are on the buyer's screen.
    Offered,
    /// A person has it.
    Waiting,
    /// Agreed.
    Agreed,
    /// The answer was no.
    Declined,
    /// The offers ran out.
    Expired,
    /// The buyer took it back.
    Withdrawn,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 6] =
        [Self::Offered, Self::Waiting, Self::Agreed, Self::Declined, Self::Expired, Self::Withdrawn];

    /// The stored code; `negotiation-state-<code>` is the key of its word.
    pub fn code(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::Waiting => "waiting",
            Self::Agreed => "agreed",
            Self::Declined => "declined",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// One line of a negotiation as it is asked now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The product.
    pub product: ProductId,
    /// How much is asked for.
    pub quantity: Quantity,
    /// The buyer's list price at that quantity.
    pub list_price: UnitPrice,
    /// The price asked for.
    pub price: UnitPrice,
}

/// The kind of the decision with which a person of the desk began a negotiation for the customer.
pub const STARTED: &str = "start";

/// What a person decided last. The reason code and the rationale are for the seller only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonDecision {
    /// Who.
    pub person: UserId,
    /// `approval`, `counteroffer`, `rejection` or [`STARTED`].
    pub kind: String,
    /// Why not, as a code.
    pub reason: Option<String>,
    /// Why, for the seller's own people.
    pub rationale: String,
    /// What the buyer reads.
    pub message: String,
    /// When.
    pub at: Instant,
}

/// A negotiation with its lines, offers and decisions. Not serialisable: buyers get views made from its parts.
#[derive(Debug, Clone)]
pub struct Negotiation {
    /// Its id.
    pub id: NegotiationId,
    /// Its number, as people call it.
    pub number: i64,
    /// The company that asks.
    pub company: CompanyId,
    /// The unit of the person who asked.
    pub unit: Option<UnitId>,
    /// Who asked.
    pub person: UserId,
    /// As stored; see [`Negotiation::state`].
    pub stored_state: State,
    /// The cart that is negotiated as a whole.
    pub cart: Option<CartId>,
    /// The currency of all its prices.
    pub currency: Currency,
    /// Days to pay that are asked for.
    pub payment_days: i64,
    /// The asked quantities at list prices.
    pub list_value: Amount,
    /// The asked quantities at asked prices.
    pub ask_value: Amount,
    /// How often was asked.
    pub round: i64,
    /// The policy version of the last decision.
    pub policy: PolicyId,
    /// A cited competitor.
    pub competitor: Option<Competitor>,
    /// Needed by.
    pub need_by: Option<Date>,
    /// Why, or an own proposal.
    pub comment: String,
    /// Why it was declined or given to a person, as a code. Only codes of [`negotiation_engine::DeclineReason`] are for buyers.
    pub reason: Option<String>,
    /// Who must decide at least, as a code.
    pub authority: Option<String>,
    /// Who has it.
    pub rep: Option<UserId>,
    /// Since when a person has it.
    pub waiting_since: Option<Instant>,
    /// An answer is promised by then.
    pub answer_by: Option<Instant>,
    /// When it began.
    pub opened_at: Instant,
    /// When the buyer last asked, or asked for a person.
    pub asked_at: Instant,
    /// When anything changed last.
    pub changed_at: Instant,
    /// When its offers end.
    pub expires_at: Option<Instant>,
    /// When it ended.
    pub closed_at: Option<Instant>,
    /// Counts changes.
    pub version: i64,
    /// What is asked for.
    pub lines: Vec<Line>,
    /// Every offer, those of the last decision first.
    pub offers: Vec<OfferRow>,
    /// What people decided, oldest first.
    pub decisions: Vec<PersonDecision>,
}

impl Negotiation {
    /// Where it stands at `now`: what has run out is expired, whether or not that has been written down.
    pub fn state(&self, now: Instant) -> State {
        rules::state(self.stored_state, self.expires_at, now)
    }

    /// Whether more can come of it: the buyer has offers, waits, or may ask again after a no.
    pub fn is_live(&self, now: Instant) -> bool {
        matches!(self.state(now), State::Offered | State::Waiting | State::Declined)
            && (self.stored_state == State::Waiting || self.expires_at.is_some_and(|end| now < end))
    }

    /// The offers that the buyer may take, best of the last decision first.
    pub fn standing(&self, now: Instant) -> impl Iterator<Item = &OfferRow> {
        self.offers.iter().filter(move |offer| offer.stands(now))
    }

    /// The offer that was agreed on.
    pub fn agreed(&self) -> Option<&OfferRow> {
        self.offers.iter().find(|offer| offer.state == crate::offers::OfferState::Taken)
    }

    /// Whether the seller began it, and the buyer has asked for nothing yet.
    pub fn is_unasked(&self) -> bool {
        self.decisions.last().is_some_and(|last| last.kind == STARTED && last.at >= self.asked_at)
    }

    /// Whether a person has decided since the buyer last asked.
    pub fn is_answered_by_person(&self) -> bool {
        self.stored_state != State::Waiting && self.decisions.last().is_some_and(|last| last.at >= self.asked_at)
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

kernel::refusals! {
    /// Why a buyer's command about a negotiation is refused.
    pub enum NegotiationRefusal {
        /// A product has no price for this buyer, so there is nothing to negotiate from.
        NotNegotiable = "not-negotiable" => Conflict,
        /// The company has too many negotiations open.
        TooManyOpen = "too-many-open" => Conflict,
        /// The negotiation has ended.
        NotOpen = "negotiation-not-open" => Conflict,
        /// A person has it and will answer.
        WithPerson = "negotiation-with-person" => Conflict,
        /// A person has answered already; only a new ask can be given to a person again.
        AnsweredByPerson = "negotiation-answered-by-person" => Conflict,
        /// Every round is used, and a person has decided.
        RoundsExhausted = "rounds-exhausted" => Conflict,
        /// The offer is not on the table: it was never made, or another one was taken.
        OfferNotStanding = "offer-not-standing" => Conflict,
        /// The offer's validity has ended.
        OfferExpired = "offer-expired" => Conflict,
        /// Another order has used the agreed offer.
        OfferUsed = "offer-used" => Conflict,
    }
}

/// Something that happened in a negotiation. Its subject is the negotiation, so that open pages hear of it.
#[derive(Debug)]
pub struct NegotiationEvent {
    kind: &'static str,
    id: NegotiationId,
    company: CompanyId,
    payload: serde_json::Value,
}

impl NegotiationEvent {
    pub(crate) fn new(kind: &'static str, id: NegotiationId, company: CompanyId, payload: serde_json::Value) -> Self {
        Self { kind, id, company, payload }
    }
}

impl Event for NegotiationEvent {
    fn kind(&self) -> &'static str {
        self.kind
    }
    fn subject(&self) -> String {
        self.id.to_string()
    }
    fn company(&self) -> Option<CompanyId> {
        Some(self.company)
    }
    fn payload(&self) -> serde_json::Value {
        self.payload.clone()
    }
}
