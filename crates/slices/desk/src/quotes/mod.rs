//! Quotes: prices for what has none, because it is made or engineered to order, or because a project wants them all at once.
//!
//! A buyer describes lines, with drawings ([`negotiation::attachments`]); the rep answers line by line ([`answering`]): a price,
//! alternatives, or 'cannot supply'. An answer is a *version*. A version that was sent never changes and stands until its
//! date. The buyer accepts all or some of its lines ([`actions::accept`]), names other prices ([`actions::counter`]), or
//! lets it lapse.
//!
//! * Accepted lines become an agreed [`negotiation::offers`] offer, so that carts and orders treat them like any deal. A line
//!   that was described in words needs an article before: the rep names one with the answer.
//! * What a rep may send is bounded like any counter-offer ([`authority`]); beyond it a colleague sends the draft.
//! * A counter about articles with a known cost is decided by the engine at once ([`counters`]), with the quoted prices in
//!   place of list prices; everything else goes to the rep.
//! * A line may end before its version: then it alone cannot be accepted any more. Where the prices hold only together, the
//!   first line that ends is the end of all ([`rules::last_end`]).
//! * A version whose date has passed *is* lapsed on being read; a job writes it down and warns before.
//!
//! Costs are not in [`Quote`]: buyers' pages are made from it.

pub mod actions;
pub mod answering;
mod api;
pub(crate) mod authority;
pub(crate) mod bounds;
mod counters;
mod deal;
mod desk;
mod figures;
pub(crate) mod jobs;
mod pages;
mod paper;
pub mod queries;
mod routes;
pub mod rules;
pub(crate) mod store;
mod sums;
mod typed;
pub(crate) mod view;

use db::events::Event;
use kernel::{CompanyId, Currency, Date, Instant, OfferId, ProductId, Quantity, QuoteId, UnitId, UnitPrice, UserId};

pub(crate) use routes::routes;

/// Where a request for quotation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The seller has it.
    Requested,
    /// A version stands.
    Answered,
    /// Some lines are accepted.
    Partly,
    /// All lines that can be supplied are accepted.
    Accepted,
    /// The buyer named other prices, and the seller has it.
    Countered,
    /// The version's date passed without acceptance.
    Lapsed,
    /// The buyer took it back.
    Withdrawn,
    /// The seller does not quote.
    Declined,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 8] = [
        Self::Requested,
        Self::Answered,
        Self::Partly,
        Self::Accepted,
        Self::Countered,
        Self::Lapsed,
        Self::Withdrawn,
        Self::Declined,
    ];

    /// The stored code; `quote-state-<code>` is the key of its word.
    pub fn code(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Answered => "answered",
            Self::Partly => "partly",
            Self::Accepted => "accepted",
            Self::Countered => "countered",
            Self::Lapsed => "lapsed",
            Self::Withdrawn => "withdrawn",
            Self::Declined => "declined",
        }
    }

    /// The state with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// A line as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// From 1.
    pub position: i64,
    /// The product, when the buyer named one.
    pub product: Option<ProductId>,
    /// What is wanted, in words.
    pub description: String,
    /// How much.
    pub quantity: Quantity,
    /// Needed by.
    pub need_by: Option<Date>,
    /// The price hoped for.
    pub target: Option<UnitPrice>,
    /// The agreed offer, once accepted.
    pub offer: Option<OfferId>,
    /// Which of its answers was accepted; `None` also where that was not written down yet.
    pub choice: Option<i64>,
}

/// One answer to a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The line.
    pub position: i64,
    /// 0 for the answer itself, 1 and more for alternatives.
    pub choice: i64,
    /// The article to be ordered.
    pub product: Option<ProductId>,
    /// How much the price is for.
    pub quantity: Quantity,
    /// Net, one unit; `None`: cannot be supplied.
    pub price: Option<UnitPrice>,
    /// Working days from order to dispatch.
    pub lead_days: Option<i64>,
    /// What the buyer reads about it.
    pub note: String,
    /// Its own end; `None`: as long as the version.
    pub valid_until: Option<Instant>,
}

/// An answer to all lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// From 1.
    pub number: i64,
    /// Not sent yet.
    pub is_draft: bool,
    /// Who made it; `None`: the rules.
    pub made_by: Option<UserId>,
    /// When.
    pub made_at: Instant,
    /// Stands until then: the last of its lines does, or the first where they hold only together.
    pub valid_until: Instant,
    /// What the buyer reads.
    pub message: String,
    /// The prices hold only for all lines together.
    pub is_whole: bool,
    /// By line and choice.
    pub answers: Vec<Answer>,
}

impl Version {
    /// The answer to a line.
    pub fn answer(&self, position: i64, choice: i64) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.position == position && answer.choice == choice)
    }
}

/// A price that the buyer named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counter {
    /// In answer to this version.
    pub version: i64,
    /// The line.
    pub position: i64,
    /// The price.
    pub target: UnitPrice,
    /// What the seller reads.
    pub message: String,
    /// Who.
    pub person: UserId,
    /// When.
    pub at: Instant,
}

/// A draft that waits for somebody with the authority to send it. For the seller only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The draft.
    pub number: i64,
    /// Who proposes it.
    pub person: UserId,
    /// The authority that it needs, as a code.
    pub needed: String,
    /// Why.
    pub rationale: String,
    /// When.
    pub at: Instant,
}

/// A request for quotation with its answers. Holds nothing that only the seller may know, drafts apart.
#[derive(Debug, Clone)]
pub struct Quote {
    /// Its id.
    pub id: QuoteId,
    /// Its number, as people call it.
    pub number: i64,
    /// Who asks.
    pub company: CompanyId,
    /// The unit of the person who asked.
    pub unit: Option<UnitId>,
    /// Who asked.
    pub person: UserId,
    /// Who answers.
    pub rep: Option<UserId>,
    /// As stored; see [`Quote::state`].
    pub stored_state: State,
    /// The currency of all its prices.
    pub currency: Currency,
    /// The project's name.
    pub project: String,
    /// Anything about it.
    pub comment: String,
    /// Why the seller does not quote.
    pub reply: String,
    /// Until when the present version stands.
    pub valid_until: Option<Instant>,
    /// When it was asked.
    pub created_at: Instant,
    /// When anything changed last.
    pub changed_at: Instant,
    /// Counts changes.
    pub version: i64,
    /// What is asked for.
    pub lines: Vec<Line>,
    /// Answers, the first first; a draft last.
    pub versions: Vec<Version>,
    /// Prices that the buyer named, the first first.
    pub counters: Vec<Counter>,
}

impl Quote {
    /// Where it stands at `now`.
    pub fn state(&self, now: Instant) -> State {
        rules::state(self.stored_state, self.valid_until, now)
    }

    /// The version that was sent last.
    pub fn present(&self) -> Option<&Version> {
        self.versions.iter().rev().find(|version| !version.is_draft)
    }

    /// The version that was not sent yet.
    pub fn draft(&self) -> Option<&Version> {
        self.versions.last().filter(|version| version.is_draft)
    }

    /// The article of a line: the one that a rep named last, else the one that was asked for.
    pub fn article(&self, position: i64) -> Option<ProductId> {
        let named =
            self.versions.last().and_then(|version| version.answer(position, 0)).and_then(|answer| answer.product);
        named.or(self.line(position)?.product)
    }

    /// A line by its place.
    pub fn line(&self, position: i64) -> Option<&Line> {
        self.lines.iter().find(|line| line.position == position)
    }
}

/// What a buyer asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewQuote {
    /// The project's name.
    pub project: String,
    /// Anything about it.
    pub comment: String,
    /// Lines in order; their places are given when stored.
    pub lines: Vec<NewLine>,
}

/// A line of a [`NewQuote`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLine {
    /// The product, when there is one.
    pub product: Option<ProductId>,
    /// What is wanted, in words; may be empty for a product.
    pub description: String,
    /// How much.
    pub quantity: Quantity,
    /// Needed by.
    pub need_by: Option<Date>,
    /// The price hoped for.
    pub target: Option<UnitPrice>,
}

kernel::refusals! {
    /// Why a command about a quote is refused.
    pub enum QuoteRefusal {
        /// The company has as many quotes open as it may.
        TooManyOpen = "quotes-too-many-open" => Conflict,
        /// The company has asked for as many quotes within a day as it may.
        TooManyToday = "quotes-too-many-today" => TooMany,
        /// It has ended, or there is nothing to answer yet.
        NotOpen = "quote-not-open" => Conflict,
        /// The version's date has passed.
        Lapsed = "quote-lapsed" => Conflict,
        /// A newer version has taken the place of the one that was read.
        NewerVersion = "quote-newer-version" => Conflict,
        /// Somebody changed it after it was read.
        Changed = "quote-changed" => Conflict,
        /// The line is accepted already.
        LineAccepted = "quote-line-accepted" => Conflict,
        /// The line cannot be supplied.
        LineNotSupplied = "quote-line-not-supplied" => Conflict,
        /// The line's own date has passed; others may stand.
        LineLapsed = "quote-line-lapsed" => Conflict,
        /// The prices hold only for all lines together.
        AllTogether = "quote-all-together" => Conflict,
        /// The line has no article yet, so it cannot be ordered.
        LineWithoutProduct = "quote-line-without-product" => Conflict,
        /// The prices need more authority than the person has.
        NeedsAuthority = "quote-needs-authority" => Forbidden,
        /// The person's own authority suffices: nobody has to approve it.
        NoApprovalNeeded = "quote-no-approval-needed" => Conflict,
    }
}

/// Something that happened to a quote. Its subject is the quote, so that open pages hear of it.
#[derive(Debug)]
pub(crate) struct QuoteEvent {
    pub(crate) kind: &'static str,
    pub(crate) id: QuoteId,
    pub(crate) company: CompanyId,
    pub(crate) payload: serde_json::Value,
}

impl Event for QuoteEvent {
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
