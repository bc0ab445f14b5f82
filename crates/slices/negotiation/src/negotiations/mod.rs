//! The negotiation itself: where it stands, what is asked for, which offers it has and what people decided about it.
//!
//! Buyers move it on by [`crate::requests`], people of the desk by decisions of their own, time by jobs. Here is what all of
//! them share: the row with its lines, [`store::RoundRow`]s and decisions, and the rules about what may be done next.
//!
//! What ends by time ends on being read: a negotiation whose offers have run out *is* expired ([`Negotiation::state`]), and a
//! job writes it down.

pub mod jobs;
pub mod queries;
pub mod rules;
pub mod store;
pub mod summary;

use kernel::{
    Amount, CartId, CompanyId, Currency, Date, Instant, NegotiationId, PolicyId, ProductId, Quantity, Rate, UnitId,
    UnitPrice, UserId,
};

use crate::offers::{OfferRow, OfferState};

/// The page where a person decides it. It is of a slice above; mails link to it.
pub fn desk_href(id: NegotiationId) -> String {
    format!("/desk/{id}")
}

/// Most characters of a comment or note.
pub const TEXT_MAX: usize = 2_000;

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

/// The kind of the decision with which a person took the place of an own offer that the buyer had not taken.
pub const REPLACED: &str = "replacement";

/// The kind of the decision that is a quote which was accepted.
pub const QUOTED: &str = "quote";

/// A person may take a decision back for so long. The buyer's mail waits as long.
pub const UNDO: i64 = 10 * Instant::SECOND;

/// Why a request is rejected; `reject-reason-<code>` is the key of the words. For the seller's own people.
pub const REJECT_REASONS: [&str; 7] =
    ["below-floor", "quantity-too-small", "not-comparable", "scarce", "credit", "conditions-not-kept", "other"];

/// What a person decided last. The reason code and the rationale are for the seller only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonDecision {
    /// Who.
    pub person: UserId,
    /// `approval`, `counteroffer`, `rejection`, [`REPLACED`], [`QUOTED`] or [`STARTED`].
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

/// What a decision gave and what that leaves. For the seller only, therefore apart from [`Negotiation`]. Decisions from before
/// it was written down know none of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Given {
    /// What was granted or offered.
    pub offers: Vec<negotiation_engine::Offer>,
    /// The pocket margin of the first of them; `None` without a known cost.
    pub margin: Option<Rate>,
    /// What is left of it.
    pub pocket: Option<Amount>,
    /// How far the person's authority reached, as a code.
    pub authority: Option<String>,
    /// The authority that it needed, as a code.
    pub needed: Option<String>,
    /// When the buyer asked what was decided.
    pub asked_at: Option<Instant>,
    /// Working minutes from the buyer's ask to the decision.
    pub answer_minutes: Option<i64>,
}

/// A decision as it is stored, with all that the seller knows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Its id.
    pub id: uuid::Uuid,
    /// The decision.
    pub decision: PersonDecision,
    /// What it gave.
    pub given: Given,
    /// How the case stood before, as JSON; empty where it is not known.
    pub stood: String,
    /// When the person took it back.
    pub undone_at: Option<Instant>,
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
        self.offers.iter().find(|offer| offer.state == OfferState::Taken)
    }

    /// Whether the seller began it, and the buyer has asked for nothing yet.
    pub fn is_unasked(&self) -> bool {
        self.decisions.last().is_some_and(|last| last.kind == STARTED && last.at >= self.asked_at)
    }

    /// Whether a person of the desk only prepares it: a colleague is asked before the customer gets the offer, and until then
    /// the customer knows nothing of it.
    pub fn is_draft(&self) -> bool {
        self.stored_state == State::Waiting && self.reason.as_deref() == Some("started")
    }

    /// Whether a person has decided since the buyer last asked.
    pub fn is_answered_by_person(&self) -> bool {
        self.stored_state != State::Waiting && self.decisions.last().is_some_and(|last| last.at >= self.asked_at)
    }
}
