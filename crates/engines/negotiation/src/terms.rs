//! What can move in a deal: terms, the buyer's list terms, and a request.

use kernel::{Amount, Currency, Date, Packing, ProductId, Quantity, Rate, UnitPrice};
use serde::{Deserialize, Serialize};

/// Most lines of one deal.
pub(crate) const LINES_MAX: usize = 1_000;

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
    /// The lines, each product once, in the order of [`ListTerms::lines`]. An offer may have further lines behind them
    /// (goods that come along) or another product in place of one.
    pub lines: Vec<LineTerms>,
    /// Days from invoice to payment; 0 is prepaid.
    pub payment_days: u16,
    /// What else is agreed about the deal as a whole.
    #[serde(flatten)]
    pub extras: Extras,
}

impl Terms {
    /// Terms about goods and payment, and nothing else.
    pub fn new(lines: Vec<LineTerms>, payment_days: u16) -> Self {
        Self { lines, payment_days, extras: Extras::default() }
    }
}

/// Terms beside goods, prices and payment. The default is the usual: delivery as requested, the usual freight, one order,
/// no rebate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Extras {
    /// The seller may deliver up to so many days later than requested.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub flexible_days: u16,
    /// Who carries the goods, and how.
    #[serde(default, skip_serializing_if = "FreightMode::is_usual")]
    pub freight: FreightMode,
    /// The buyer commits to more than this order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment: Option<Commitment>,
    /// Paid back at the end of a period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rebate: Option<Rebate>,
}

impl Extras {
    /// Whether these ask no more of the buyer than `other`, and give no less beside the price.
    pub fn asks_no_more_than(&self, other: &Self) -> bool {
        let times = |extras: &Self| extras.commitment.map_or(0, |commitment| commitment.times);
        let freight =
            self.freight == other.freight || (self.freight == FreightMode::Usual && other.freight != FreightMode::Free);
        self.flexible_days <= other.flexible_days
            && freight
            && times(self) <= times(other)
            && self.rebate == other.rebate
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(days: &u16) -> bool {
    *days == 0
}

/// Who carries the goods, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FreightMode {
    /// As this buyer usually gets it: the seller ships, and charges what [`ListTerms::freight`] says.
    #[default]
    Usual,
    /// The seller ships and charges nothing for it.
    Free,
    /// The seller ships together with other consignments of the region.
    Consolidated,
    /// The buyer collects at the seller's warehouse (Incoterms 2020: FCA).
    Collected,
}

impl FreightMode {
    /// Every mode.
    pub const ALL: [Self; 4] = [Self::Usual, Self::Free, Self::Consolidated, Self::Collected];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Usual => "usual",
            Self::Free => "free",
            Self::Consolidated => "consolidated",
            Self::Collected => "collected",
        }
    }

    /// The mode with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.code() == code)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    fn is_usual(&self) -> bool {
        *self == Self::Usual
    }
}

/// A blanket order: the price holds for call-offs until the end, if in all so much is called off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// Months from the agreement to the last call-off.
    pub months: u16,
    /// The total of every line is so many times its quantity in this order, at least two.
    pub times: u16,
}

impl Commitment {
    /// What is to be called off in all of a line of which this order takes `quantity`.
    pub fn total(&self, quantity: Quantity) -> Quantity {
        let total = quantity.thousandths().saturating_mul(i64::from(self.times));
        Quantity::new(total.min(Quantity::THOUSANDTHS_MAX), quantity.unit())
    }
}

/// A share of the net value that is paid back once the buyer has bought for so much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rebate {
    /// The share of the net value of this deal.
    pub rate: Rate,
    /// The turnover that the buyer has to reach in the period, this deal included.
    pub turnover: Amount,
    /// Months from the agreement to the end of the period.
    pub months: u16,
}

/// What the buyer is charged for freight without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreightCharge {
    /// The charge for an order.
    pub charge: Amount,
    /// Orders of at least this net value go free.
    pub free_from: Amount,
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
    /// What is charged for freight; `None`: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub freight: Option<FreightCharge>,
}

impl ListTerms {
    /// List terms without a charge for freight.
    pub fn new(currency: Currency, payment_days: u16, lines: Vec<ListLine>) -> Self {
        Self { currency, payment_days, lines, freight: None }
    }

    /// The deal that the buyer gets without asking, for the quantities of `terms`; `None` when a product of `terms`
    /// has no list line. Nothing beside goods, prices and payment is agreed in it.
    pub fn at(&self, terms: &Terms) -> Option<Terms> {
        let line = |line: &LineTerms| {
            let list = self.lines.iter().find(|list| list.product == line.product)?;
            Some(LineTerms { price: list.price_at(line.quantity)?, ..*line })
        };
        let lines = terms.lines.iter().map(line).collect::<Option<Vec<_>>>()?;
        Some(Terms::new(lines, self.payment_days))
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
    /// The quantities are what a project needs: no lever may move them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fixed_quantities: bool,
}

impl Request {
    /// Asks for terms, and nothing else.
    pub fn new(terms: Terms) -> Self {
        Self { terms, person: false, need_by: None, competitor_price: None, fixed_quantities: false }
    }
}
