//! The types of carts.

use std::sync::Arc;

use catalog::products::Product;
use kernel::{
    AddressId, Amount, CartId, CartLineId, CompanyId, Currency, Date, Instant, NegotiationId, OfferId, ProductId,
    Quantity, QuantityError, UnitPrice, UserId,
};
use negotiation::engine::Breach;
use pricing_engine::{Totals, tax::TaxRule};
use serde::{Deserialize, Serialize};

/// A cart as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cart {
    /// Its id.
    pub id: CartId,
    /// For which company it buys.
    pub company: CompanyId,
    /// Whose it is.
    pub person: UserId,
    /// Its name; empty for 'the cart'.
    pub name: String,
    /// Whether the person works on it.
    pub is_current: bool,
    /// Days to pay; `None`: as the company always pays.
    pub payment_days: Option<i64>,
    /// Where the goods go.
    pub ship_to: Option<AddressId>,
    /// Where the invoice goes.
    pub bill_to: Option<AddressId>,
    /// The buyer's own number for the order.
    pub po_number: String,
    /// Wanted on this day.
    pub requested_on: Option<Date>,
    /// Anything the seller should know.
    pub note: String,
    /// When it was ordered.
    pub ordered_at: Option<Instant>,
    /// Grows with every change.
    pub version: i64,
    /// What is in it, in the order in which it was added.
    pub lines: Vec<CartLine>,
}

/// A line of a cart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CartLine {
    /// Its id.
    pub id: CartLineId,
    /// The product.
    pub product: ProductId,
    /// How much.
    pub quantity: Quantity,
    /// The agreed offer that it is bound to.
    pub offer: Option<OfferId>,
}

/// A cart in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartSummary {
    /// Its id.
    pub id: CartId,
    /// Its name; empty for 'the cart'.
    pub name: String,
    /// Whether the person works on it.
    pub is_current: bool,
    /// How many lines it has.
    pub lines: i64,
}

/// A quantity of a product for the cart.
#[derive(Debug, Clone)]
pub struct AddLine {
    /// The product.
    pub product: Arc<Product>,
    /// How much more.
    pub quantity: Quantity,
}

/// What the checkout asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckoutInput {
    /// Where the goods go.
    pub ship_to: AddressId,
    /// Where the invoice goes.
    pub bill_to: AddressId,
    /// The buyer's own number.
    pub po_number: String,
    /// Wanted on this day.
    pub requested_on: Option<Date>,
    /// Days to pay; `None`: as the company always pays.
    pub payment_days: Option<i64>,
    /// Anything the seller should know.
    pub note: String,
}

/// A cart with prices.
#[derive(Debug, Clone)]
pub struct PricedCart {
    /// The lines, in the cart's order.
    pub lines: Vec<PricedLine>,
    /// The sums of the lines that can be ordered.
    pub totals: Totals,
    /// What deals save against list prices.
    pub saving: Amount,
    /// The tax.
    pub tax: TaxRule,
    /// The currency of everything.
    pub currency: Currency,
    /// Days to pay, as the cart stands.
    pub payment_days: i64,
    /// Days to pay that may be chosen, the usual ones first.
    pub payment_choices: Vec<i64>,
}

impl PricedCart {
    /// Whether it can be ordered as it stands: lines, and none with a problem.
    pub fn is_orderable(&self) -> bool {
        !self.lines.is_empty() && self.lines.iter().all(|line| line.problem.is_none())
    }
}

/// A line with its price.
#[derive(Debug, Clone)]
pub struct PricedLine {
    /// The line.
    pub id: CartLineId,
    /// The product.
    pub product: ProductId,
    /// How much.
    pub quantity: Quantity,
    /// The net price of one unit; zero when there is none (see `problem`).
    pub price: UnitPrice,
    /// What one unit costs without a deal.
    pub list_price: UnitPrice,
    /// What the line comes to.
    pub net: Amount,
    /// The deal that the line is bound to.
    pub deal: Option<DealState>,
    /// Why the price is what it is.
    pub reason: Reason,
    /// Why the line cannot be ordered.
    pub problem: Option<LineProblem>,
}

/// Why a line cannot be ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineProblem {
    /// The product is not for sale any more.
    NotForSale,
    /// There is no price for this buyer.
    NoPrice,
    /// The quantity does not fit the packing (which may have changed).
    Quantity(QuantityError),
    /// The line comes to more than an amount can hold.
    TooLarge,
}

/// A deal as far as a line needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deal {
    /// The agreed offer.
    pub offer: OfferId,
    /// Its negotiation.
    pub negotiation: NegotiationId,
    /// The negotiation's number, as people call it.
    pub number: i64,
    /// The agreed net price of one unit.
    pub price: UnitPrice,
    /// From this quantity on.
    pub least: Quantity,
    /// Up to this quantity.
    pub up_to: Quantity,
    /// Paid within so many days.
    pub payment_days: i64,
    /// The first moment at which it cannot be ordered any more.
    pub expires: Instant,
    /// The other products that belong to the deal.
    pub others: Vec<ProductId>,
}

/// Whether a deal holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DealState {
    /// It makes the price.
    Holds(Deal),
    /// It does not apply to the cart as it stands.
    Broken {
        /// The deal.
        deal: Deal,
        /// Why; at least one reason.
        breaches: Vec<Breach>,
    },
    /// An order has used it.
    Used(Deal),
}

impl DealState {
    /// The deal itself.
    pub fn deal(&self) -> &Deal {
        match self {
            Self::Holds(deal) | Self::Broken { deal, .. } | Self::Used(deal) => deal,
        }
    }

    /// Whether it makes the price.
    pub fn holds(&self) -> bool {
        matches!(self, Self::Holds(_))
    }
}

/// Why a line costs what it costs; kept with the order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Reason {
    /// The name of the price list, in the merchant's first language.
    pub list: String,
    /// Its name in other languages.
    #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub list_names: std::collections::BTreeMap<String, String>,
    /// The number of the deal that made the price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deal: Option<i64>,
    /// Every list that was looked at, by code, and what became of it. For staff only.
    #[serde(default)]
    pub considered: Vec<(String, pricing_engine::Verdict)>,
}

impl Reason {
    /// The list's name for a reader of the language with this code.
    pub fn list_name(&self, language: &str) -> &str {
        self.list_names.get(language).unwrap_or(&self.list)
    }
}
