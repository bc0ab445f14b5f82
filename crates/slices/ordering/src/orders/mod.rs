//! Orders: placed from a cart, numbered without gaps, remembered with every price and the reason for it.

pub mod actions;
mod api;
mod cancelling;
mod confirmation;
mod credit_page;
mod import;
mod jobs;
mod pages;
pub mod queries;
mod routes;
mod rules;
mod staff;
mod store;
mod views;

pub use import::{PastLine, PastOrder, cancelled_among, import_many, is_known};
pub(crate) use jobs::handlers;
pub(crate) use routes::routes;

use db::events::Event;
use kernel::{
    Amount, CompanyId, Country, Currency, Date, Instant, NegotiationId, OfferId, OrderId, OrderLineId, ProductId,
    Quantity, UnitId, UnitPrice, UserId,
};
use pricing::credit::CreditUse;
use pricing_engine::Due;
use pricing_engine::tax::TaxRule;
use serde::{Deserialize, Serialize};

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderState {
    /// Placed, and over the credit limit: it waits until somebody releases or refuses it.
    Held,
    /// Placed.
    Open,
    /// On its way.
    Shipped,
    /// Delivered.
    Completed,
    /// Cancelled before it was shipped.
    Cancelled,
}

impl OrderState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Held, Self::Open, Self::Shipped, Self::Completed, Self::Cancelled];

    /// The stored code; `order-state-<code>` is the key of its words.
    pub fn code(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Open => "open",
            Self::Shipped => "shipped",
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// An address as it was when the order was placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderAddress {
    /// The name on the label.
    pub name: String,
    /// Street and number.
    pub street: String,
    /// Postal code.
    pub postal_code: String,
    /// City.
    pub city: String,
    /// Country.
    pub country: Country,
}

impl OrderAddress {
    /// The address as lines of a label.
    pub fn lines(&self) -> Vec<String> {
        vec![
            self.name.clone(),
            self.street.clone(),
            format!("{} {}", self.postal_code, self.city).trim().to_owned(),
            self.country.to_string(),
        ]
    }
}

impl From<&parties::addresses::Address> for OrderAddress {
    fn from(a: &parties::addresses::Address) -> Self {
        let (name, street, postal_code, city) =
            (a.name.clone(), a.street.clone(), a.postal_code.clone(), a.city.clone());
        Self { name, street, postal_code, city, country: a.country.clone() }
    }
}

/// That an order was cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cancellation {
    /// When.
    pub at: Instant,
    /// What it was before.
    pub from: OrderState,
    /// Who did it, and may undo it.
    pub by: Option<UserId>,
}

/// An order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// Its number.
    pub number: String,
    /// Who bought.
    pub company: CompanyId,
    /// For which unit.
    pub unit: Option<UnitId>,
    /// Which person.
    pub person: Option<UserId>,
    /// Where it stands.
    pub state: OrderState,
    /// `shop`, `api` or `import`.
    pub source: String,
    /// The currency of all its amounts.
    pub currency: Currency,
    /// Days from invoice to payment of freight and of lines without a deal; 0 is prepaid. Lines have their own
    /// ([`OrderLine::payment_days`]).
    pub payment_days: i64,
    /// The buyer's purchase order number; may be empty.
    pub po_number: String,
    /// Wanted on this date.
    pub requested_on: Option<Date>,
    /// A note to the seller; may be empty.
    pub note: String,
    /// Where the goods go; `None` for some imported orders.
    pub ship_to: Option<OrderAddress>,
    /// Where the invoice goes; `None` for some imported orders.
    pub bill_to: Option<OrderAddress>,
    /// What is charged for freight, net.
    pub freight: Amount,
    /// What would have been charged for it without deals.
    pub list_freight: Amount,
    /// Sum of the lines, and freight.
    pub net: Amount,
    /// Tax on it.
    pub tax: Amount,
    /// Net and tax.
    pub gross: Amount,
    /// Which tax, and why.
    pub tax_rule: TaxRule,
    /// When it was placed.
    pub placed_at: Instant,
    /// Why it was cancelled or refused; empty for all others.
    pub reason: String,
    /// Its cancellation, which can be undone for a while.
    pub cancelled: Option<Cancellation>,
    /// Counts changes.
    pub version: i64,
}

/// A line of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    /// Its id.
    pub id: OrderLineId,
    /// Its place, from 1.
    pub position: i64,
    /// The product.
    pub product: ProductId,
    /// Its SKU then.
    pub sku: String,
    /// Its name then, in the buyer's language.
    pub name: String,
    /// How much.
    pub quantity: Quantity,
    /// The net price of one unit.
    pub price: UnitPrice,
    /// What one unit would have cost without a deal.
    pub list_price: UnitPrice,
    /// Price times quantity, rounded to the minor unit.
    pub net: Amount,
    /// Days from invoice to payment: the deal's, or the order's.
    pub payment_days: i64,
    /// The negotiation that made the price.
    pub negotiation: Option<NegotiationId>,
    /// The agreed offer that made the price.
    pub offer: Option<OfferId>,
    /// Why the price is what it is.
    pub explanation: Explanation,
}

/// Why a line's price is what it is, as far as the buyer may know.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Explanation {
    /// Codes of the price lists that made the price.
    pub price_lists: Vec<String>,
    /// The number of the negotiation that made the price.
    pub negotiation: Option<i64>,
}

/// An order with its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WholeOrder {
    /// The order.
    pub order: Order,
    /// Its lines, by position.
    pub lines: Vec<OrderLine>,
}

impl WholeOrder {
    /// What is due when; one entry unless deals have terms of their own.
    pub fn dues(&self) -> Vec<Due> {
        let order = &self.order;
        let lines = self.lines.iter().map(|line| (line.payment_days, line.net));
        let freight = (order.freight.minor() > 0).then_some((order.payment_days, order.freight));
        pricing_engine::dues(order.gross, lines.chain(freight))
    }

    /// What it takes of the company's credit: gross, without what is paid in advance.
    pub fn credit_use(&self) -> CreditUse {
        let gross = pricing_engine::on_credit(&self.dues(), self.order.currency);
        CreditUse { order_number: self.order.number.clone(), company: self.order.company, gross }
    }

    /// The offers that made prices, each once.
    pub fn offers(&self) -> Vec<OfferId> {
        let mut offers: Vec<OfferId> = self.lines.iter().filter_map(|line| line.offer).collect();
        offers.sort_unstable();
        offers.dedup();
        offers
    }
}

/// How an order is placed.
#[derive(Debug, Clone)]
pub struct PlaceOrder {
    /// The client's key: the same key with the same cart gives the same order.
    pub idempotency_key: Option<String>,
    /// The net sum, freight included, that the buyer saw; another one is told before anything is ordered.
    pub seen_net: Amount,
}

/// A deal that a cancelled order gave back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GivenBack {
    /// The negotiation's number.
    pub number: i64,
    /// Until when it can be ordered.
    pub expires: Instant,
    /// Whether that is still to come.
    pub is_valid: bool,
}

kernel::refusals! {
    /// Why an order is not placed or changed, in order of precedence.
    pub enum OrderRefusal {
        /// The cart was ordered already.
        AlreadyOrdered = "cart-ordered" => Conflict,
        /// The cart has no lines.
        Empty = "cart-empty" => Conflict,
        /// A product in the cart cannot be bought any more, or has no price.
        Unavailable = "order-line-unavailable" => Conflict,
        /// A quantity is not what the product is sold in any more.
        Quantity = "order-line-quantity" => Conflict,
        /// The order has no address for the goods or the invoice.
        NoAddress = "order-no-address" => Conflict,
        /// The address that was chosen is not there any more.
        AddressGone = "order-address-gone" => Conflict,
        /// The company has several addresses for goods, and none was chosen.
        AddressChoice = "order-address-choice" => Conflict,
        /// The requested date has passed or cannot be kept.
        Date = "order-date" => Conflict,
        /// The goods cannot be ready on the requested date any more.
        TooSoon = "order-too-soon" => Conflict,
        /// The sum is not the one that the buyer saw: a price or deal changed meanwhile.
        PriceChanged = "order-price-changed" => Conflict,
        /// The order is on its way or done and cannot be cancelled.
        NotOpen = "order-not-open" => Conflict,
        /// The order does not wait for a release, or the person is not among those who may release it.
        NotHeld = "order-not-held" => Conflict,
        /// It was cancelled too long ago to be undone, or what it used is used by another order.
        NotUndone = "order-not-undone" => Conflict,
    }
}

/// What happens to orders.
#[derive(Debug)]
pub enum OrderEvent {
    /// Placed in the shop or by API.
    Placed(OrderId, CompanyId, Amount),
    /// Placed over the credit limit, by so much: it waits.
    Held(OrderId, CompanyId, Amount),
    /// Shipped, completed, cancelled, released, and why.
    Changed(OrderId, CompanyId, OrderState, String),
    /// The buyer asks to cancel what is on its way, and why.
    CancellationAsked(OrderId, CompanyId, String),
    /// Many past orders came in at once.
    Imported(usize),
}

impl Order {
    /// Sum of the lines.
    ///
    /// # Errors
    /// [`kernel::MoneyError`].
    pub fn goods(&self) -> Result<Amount, kernel::MoneyError> {
        self.net.minus(self.freight)
    }

    /// Whether there is anything to say about freight: it was charged, or a deal spared it.
    pub fn has_freight(&self) -> bool {
        self.freight.minor() > 0 || self.list_freight.minor() > 0
    }
}

impl Event for OrderEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Placed(..) => "order.placed",
            Self::Held(..) => "order.held",
            Self::Changed(..) => "order.changed",
            Self::CancellationAsked(..) => "order.cancellation_asked",
            Self::Imported(_) => "order.imported",
        }
    }
    fn subject(&self) -> String {
        match self {
            Self::Placed(id, ..) | Self::Held(id, ..) | Self::Changed(id, ..) | Self::CancellationAsked(id, ..) => {
                id.to_string()
            }
            Self::Imported(_) => "many".into(),
        }
    }
    fn company(&self) -> Option<CompanyId> {
        match self {
            Self::Placed(_, company, _)
            | Self::Held(_, company, _)
            | Self::Changed(_, company, ..)
            | Self::CancellationAsked(_, company, _) => Some(*company),
            Self::Imported(_) => None,
        }
    }
    fn payload(&self) -> serde_json::Value {
        match self {
            Self::Placed(_, _, net) => serde_json::json!({ "net": net.to_string() }),
            Self::Held(_, _, over) => serde_json::json!({ "over": over.to_string() }),
            Self::Changed(_, _, state, reason) => serde_json::json!({ "state": state.code(), "reason": reason }),
            Self::CancellationAsked(_, _, reason) => serde_json::json!({ "reason": reason }),
            Self::Imported(count) => serde_json::json!({ "orders": count }),
        }
    }
}
