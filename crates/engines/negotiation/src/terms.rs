//! What can move in a deal: terms, the buyer's list terms, and a request.

use kernel::{Currency, Date, Packing, ProductId, Quantity, UnitPrice};
use serde::{Deserialize, Serialize};

/// One line of a deal: what, how much, at which net price per unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineTerms {
    /// The product.
    pub product: ProductId,
    /// How much, in thousandths of the product's unit.
    pub quantity: Quantity,
    /// Net price of one unit, in millionths of the currency.
    pub price: UnitPrice,
}

/// Everything that two sides can agree on in one deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The lines, each product once, in the order of [`ListTerms::lines`].
    pub lines: Vec<LineTerms>,
    /// Days from invoice to payment; 0 is prepaid.
    pub payment_days: u16,
}

/// One step of a price ladder: this price from this quantity on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    /// From this quantity on.
    pub from: Quantity,
    /// Net price of one unit.
    pub price: UnitPrice,
}

/// What this buyer pays for one product without asking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListLine {
    /// The product.
    pub product: ProductId,
    /// Packs, minimum and step.
    pub packing: Packing,
    /// The buyer's own price ladder. The list price of a quantity is the lowest price of all tiers that it reaches;
    /// below the first tier, the price of the tier with the smallest `from`. Never empty.
    pub tiers: Vec<Tier>,
    /// The quantity from which volume grants count: the largest that this company (any colleague, any session)
    /// ordered or asked for lately. `None`: the quantity first asked for in this negotiation. Give it wherever it is
    /// known, or a buyer gains by asking for less than is wanted and then being 'talked into' the rest.
    pub anchor: Option<Quantity>,
}

impl ListLine {
    /// The list price of one unit when `quantity` is ordered; `None` when the ladder is empty.
    pub fn price_at(&self, quantity: Quantity) -> Option<UnitPrice> {
        let reached = self.tiers.iter().filter(|tier| tier.from.thousandths() <= quantity.thousandths());
        let lowest = reached.min_by_key(|tier| tier.price.micros());
        lowest.or_else(|| self.tiers.iter().min_by_key(|tier| tier.from.thousandths())).map(|tier| tier.price)
    }
}

/// What this buyer gets without asking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListTerms {
    /// The currency of every price in the deal.
    pub currency: Currency,
    /// The buyer's default days from invoice to payment.
    pub payment_days: u16,
    /// One line per product.
    pub lines: Vec<ListLine>,
}

impl ListTerms {
    /// The deal that the buyer gets without asking, for the quantities of `terms`; `None` when a product of `terms`
    /// has no list line.
    pub fn at(&self, terms: &Terms) -> Option<Terms> {
        let line = |line: &LineTerms| {
            let list = self.lines.iter().find(|list| list.product == line.product)?;
            Some(LineTerms { price: list.price_at(line.quantity)?, ..*line })
        };
        let lines = terms.lines.iter().map(line).collect::<Option<Vec<_>>>()?;
        Some(Terms { lines, payment_days: self.payment_days })
    }
}

/// What the buyer asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The terms asked for: quantities, target prices and payment days.
    pub terms: Terms,
    /// The buyer wants to talk to a person.
    pub person: bool,
    /// Needed by this date: limits a volume offer to what is in stock, or can be there in time.
    pub need_by: Option<Date>,
    /// A competitor's price that the buyer cites, per unit of the first line. Evidence for the desk: it is traced and
    /// moves no number.
    pub competitor_price: Option<UnitPrice>,
}
