//! Past orders and negotiations.

use kernel::{Date, Email, Instant, Quantity, Sku, UnitPrice};

use super::Str;

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderState {
    /// Taken, not shipped.
    Open,
    /// Shipped, not yet due or paid.
    Shipped,
    /// Shipped and paid.
    Completed,
    /// Withdrawn before shipping.
    Cancelled,
}

impl OrderState {
    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Shipped => "shipped",
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// How an order came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// By the shop.
    Shop,
    /// By telephone or mail, written by the rep.
    Rep,
}

/// A past order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Number, without gaps, in the order of time.
    pub number: String,
    /// Number of the company.
    pub company: &'static str,
    /// The unit that ordered.
    pub unit: &'static str,
    /// Who ordered.
    pub buyer: Email,
    /// The rep of the company at the time.
    pub rep: Email,
    /// When.
    pub placed: Instant,
    /// How it came in.
    pub channel: Channel,
    /// The customer's own number; sometimes empty.
    pub po_number: String,
    /// Wanted on this day.
    pub requested: Option<Date>,
    /// Days to pay; 0 is before shipping.
    pub payment_days: u16,
    /// Code of the address the goods went to.
    pub ship_to: Str,
    /// Where it stands today.
    pub state: OrderState,
    /// At least one line.
    pub lines: Vec<OrderLine>,
}

/// A line of a past order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    /// The product.
    pub sku: Sku,
    /// How much.
    pub quantity: Quantity,
    /// Net price paid for one unit.
    pub price: UnitPrice,
    /// Price of the general list at the time, before tiers.
    pub list_price: UnitPrice,
    /// Code of the price list that made the price; `None` when it was agreed for this order.
    pub price_list: Option<Str>,
    /// Number of the negotiation that made the price.
    pub negotiation: Option<String>,
}

/// What the buyer gives for a better price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lever {
    /// Nothing.
    Plain,
    /// More quantity.
    Volume,
    /// Earlier payment.
    Payment,
}

impl Lever {
    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Volume => "volume",
            Self::Payment => "payment",
        }
    }
}

/// Terms that the seller offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// What the buyer has to give.
    pub lever: Lever,
    /// Net price of one unit.
    pub price: UnitPrice,
    /// For this quantity.
    pub quantity: Quantity,
    /// Paid after so many days; 0 is before shipping.
    pub payment_days: u16,
    /// Whether a person made it, not the engine.
    pub by_rep: bool,
}

/// One ask and the answer to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// When the buyer asked.
    pub asked_at: Instant,
    /// Wanted price of one unit.
    pub price: UnitPrice,
    /// For this quantity.
    pub quantity: Quantity,
    /// What was offered; empty when the ask was agreed at once or went to a person who only said yes or no.
    pub offers: Vec<Offer>,
}

/// A competitor's offer, as the buyer told it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Competitor {
    /// Who.
    pub name: &'static str,
    /// Their price of one unit.
    pub price: UnitPrice,
    /// Whether the buyer attached something to prove it.
    pub has_document: bool,
}

/// What a negotiation asks for, closed or open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Number, e.g. `N-2025-00017`.
    pub number: String,
    /// Number of the company.
    pub company: &'static str,
    /// Who asks.
    pub buyer: Email,
    /// The product.
    pub sku: Sku,
    /// What the company pays without asking, at the quantity of the first round.
    pub list_price: UnitPrice,
    /// Days to pay without asking.
    pub payment_days: u16,
    /// At least one.
    pub rounds: Vec<Round>,
    /// A cited competitor.
    pub competitor: Option<Competitor>,
    /// Needed on this day.
    pub need_by: Option<Date>,
    /// What the buyer wrote; often empty.
    pub comment: &'static str,
    /// The rep of the company at the time.
    pub rep: Email,
}

/// A closed negotiation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Negotiation {
    /// What was asked and offered.
    pub case: Case,
    /// How it ended.
    pub ending: Ending,
    /// When it ended.
    pub closed_at: Instant,
    /// Why the rep decided so; empty when no rep did.
    pub rationale: &'static str,
    /// What was agreed, if anything: the terms of one of the offers, or of the last ask.
    pub agreed: Option<Offer>,
}

/// How a negotiation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// The engine agreed to the ask.
    AgreedAtOnce,
    /// The buyer took an offer of the engine.
    OfferTaken,
    /// The rep approved the ask.
    RepApproved,
    /// The rep countered and the buyer took it.
    RepCounterTaken,
    /// The rep countered and the buyer let it lapse.
    RepCounterLapsed,
    /// The rep rejected.
    Rejected(RejectReason),
    /// The offers ran out.
    Expired,
    /// The buyer walked away.
    Abandoned,
}

/// Why a rep rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RejectReason {
    /// The ask lies below what the product may be sold for.
    BelowFloor,
    /// The quantity does not carry the price.
    QuantityTooSmall,
    /// The competitor's offer is not comparable.
    NotComparable,
    /// There is not enough to sell.
    Scarce,
    /// The customer owes too much.
    Credit,
}

impl RejectReason {
    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::BelowFloor => "below-floor",
            Self::QuantityTooSmall => "quantity-too-small",
            Self::NotComparable => "not-comparable",
            Self::Scarce => "scarce",
            Self::Credit => "credit",
        }
    }
}

/// A negotiation that waits on the desk. Its instants count from midnight UTC of [`DemoCompany::today`]; the importer
/// moves all of them so that they lie before its own 'now'.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenNegotiation {
    /// What is asked and was offered so far.
    pub case: Case,
    /// The buyer asked for a person so many minutes before 'now'.
    pub escalated_minutes_ago: i64,
    /// An answer is promised so many minutes after 'now'; negative when it is late.
    pub promised_in_minutes: i64,
}
