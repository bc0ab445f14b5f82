//! Orders: placed from a cart, numbered without gaps, remembered with every price and the reason for it.

pub mod actions;
mod api;
mod confirmation;
mod import;
mod pages;
pub mod queries;
mod rules;
mod staff;
mod store;
mod views;

pub use import::{PastLine, PastOrder, cancelled_among, import_many, is_known};

use db::events::Event;
use kernel::{
    Access, Amount, CompanyId, Country, Currency, Date, Instant, NegotiationId, OfferId, OrderId, OrderLineId,
    Permission, ProductId, Quantity, UnitId, UnitPrice, UserId,
};
use pricing_engine::tax::TaxRule;
use serde::{Deserialize, Serialize};
use web::{ApiDoc, Method, Routes};

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderState {
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
    pub const ALL: [Self; 4] = [Self::Open, Self::Shipped, Self::Completed, Self::Cancelled];

    /// The stored code; `order-state-<code>` is the key of its words.
    pub fn code(self) -> &'static str {
        match self {
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
    /// Days from invoice to payment; 0 is prepaid.
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

/// How an order is placed.
#[derive(Debug, Clone, Default)]
pub struct PlaceOrder {
    /// The client's key: the same key with the same cart gives the same order.
    pub idempotency_key: Option<String>,
    /// The net sum, freight included, that the buyer saw; another one is told before anything is ordered.
    pub seen_net: Option<Amount>,
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
        /// The order has no address for the goods or the invoice.
        NoAddress = "order-no-address" => Conflict,
        /// The requested date has passed or cannot be kept.
        Date = "order-date" => Conflict,
        /// The sum is not the one that the buyer saw: a price or deal changed meanwhile.
        PriceChanged = "order-price-changed" => Conflict,
        /// The order is on its way or done and cannot be cancelled.
        NotOpen = "order-not-open" => Conflict,
    }
}

/// What happens to orders.
#[derive(Debug)]
pub enum OrderEvent {
    /// Placed in the shop or by API.
    Placed(OrderId, CompanyId, Amount),
    /// Shipped, completed or cancelled.
    Changed(OrderId, CompanyId, OrderState),
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
            Self::Changed(..) => "order.changed",
            Self::Imported(_) => "order.imported",
        }
    }
    fn subject(&self) -> String {
        match self {
            Self::Placed(id, ..) | Self::Changed(id, ..) => id.to_string(),
            Self::Imported(_) => "many".into(),
        }
    }
    fn company(&self) -> Option<CompanyId> {
        match self {
            Self::Placed(_, company, _) | Self::Changed(_, company, _) => Some(*company),
            Self::Imported(_) => None,
        }
    }
    fn payload(&self) -> serde_json::Value {
        match self {
            Self::Placed(_, _, net) => serde_json::json!({ "net": net.to_string() }),
            Self::Changed(_, _, state) => serde_json::json!({ "state": state.code() }),
            Self::Imported(count) => serde_json::json!({ "orders": count }),
        }
    }
}

pub(crate) fn routes() -> Routes {
    let buy = Access::Needs(Permission::Buy);
    let see = Access::Needs(Permission::ViewCompanies);
    let manage = Access::Needs(Permission::ManageCompanies);
    let doc = |id, summary| ApiDoc::new("orders", id, summary);
    Routes::new()
        .page(Method::POST, "/orders", buy, pages::place)
        .page(Method::GET, "/orders/{number}/thanks", buy, pages::thanks)
        .page(Method::GET, "/account/orders", buy, pages::list)
        .page(Method::GET, "/account/orders.csv", buy, pages::export_csv)
        .page(Method::GET, "/account/orders.xlsx", buy, pages::export_xlsx)
        .page(Method::GET, "/account/orders/{number}", buy, pages::show)
        .page(Method::POST, "/account/orders/{number}/reorder", buy, pages::reorder)
        .page(Method::POST, "/account/orders/{number}/cancellation", buy, pages::cancel)
        .page(Method::GET, "/office/orders", see, staff::list)
        .page(Method::GET, "/office/orders/{number}", see, staff::show)
        .page(Method::POST, "/office/orders/{number}/state", manage, staff::set_state)
        .api(
            Method::POST,
            "/api/v1/orders",
            buy,
            doc("place_order", "Orders a cart.")
                .request::<api::OrderBody>()
                .created::<api::OrderView>()
                .refusals(OrderRefusal::ALL)
                .idempotent(),
            api::place,
        )
        .api(
            Method::GET,
            "/api/v1/orders",
            buy,
            doc("list_orders", "The own company's orders, newest first.")
                .query::<api::ListParameters>()
                .response::<api::OrderList>(),
            api::list,
        )
        .api(
            Method::GET,
            "/api/v1/orders/{number}",
            buy,
            doc("get_order", "One order with its lines.").response::<api::OrderView>(),
            api::show,
        )
        .api(
            Method::POST,
            "/api/v1/orders/{number}/reorder",
            buy,
            doc("reorder", "Puts an order's products into the current cart again.").response::<api::Reordered>(),
            api::reorder,
        )
        .api(
            Method::POST,
            "/api/v1/orders/{number}/cancellation",
            buy,
            doc("cancel_order", "Cancels an open order.").refusals(OrderRefusal::ALL),
            api::cancel,
        )
}
