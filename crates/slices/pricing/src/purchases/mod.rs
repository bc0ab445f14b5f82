//! What was really paid. Ordering writes a row per order line, in the order's own transaction; credits are rows with
//! negative quantity and net under the credit note's number. What a held order would take stands beside them, until the order
//! is released or refused.

pub mod actions;
pub mod queries;
mod store;
#[cfg(test)]
mod tests;

use kernel::{Amount, CompanyId, Instant, ProductId, Quantity, UnitPrice};

/// One line of an order, as far as prices need to remember it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    /// The order (or credit note).
    pub order_number: String,
    /// The place of the line in it, from 1.
    pub position: i64,
    /// Who bought.
    pub company: CompanyId,
    /// What.
    pub product: ProductId,
    /// When.
    pub at: Instant,
    /// How much; negative for credits.
    pub quantity: Quantity,
    /// The net price of one unit.
    pub price: UnitPrice,
    /// What one unit would have cost without a deal.
    pub list_price: UnitPrice,
    /// What the line came to; negative for credits.
    pub net: Amount,
    /// Whether the price was negotiated.
    pub is_negotiated: bool,
    /// Whether the order is open: accepted, and not shipped yet.
    pub is_open: bool,
}

/// The last price that a company paid for a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastPaid {
    /// The net price of one unit.
    pub price: UnitPrice,
    /// For this quantity.
    pub quantity: Quantity,
    /// When.
    pub at: Instant,
    /// In this order.
    pub order_number: String,
    /// Whether it was negotiated.
    pub is_negotiated: bool,
}

/// What a company bought of a product in some time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Habit {
    /// The most at once.
    pub largest: Quantity,
    /// In all, credits taken off.
    pub total: Quantity,
}

/// What a customer bought in a year, in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CustomerYear {
    /// Who.
    pub company: CompanyId,
    /// Net, credits taken off.
    pub net: Amount,
    /// Net in the time before.
    pub net_before: Amount,
    /// Orders.
    pub orders: i64,
    /// Orders with a negotiated price.
    pub orders_negotiated: i64,
}

/// What was bought in a span of time, in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Activity {
    /// Orders.
    pub orders: i64,
    /// Their lines.
    pub lines: i64,
    /// Their net value.
    pub net: Amount,
}

/// An order that is accepted and not shipped yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenOrder {
    /// Its number.
    pub number: String,
    /// When it was placed.
    pub at: Instant,
    /// Its net value.
    pub net: Amount,
}
