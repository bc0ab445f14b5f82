//! What only the seller knows about a deal, and what happened in it so far.
//!
//! A position cannot be serialised for a buyer:
//!
//! ```compile_fail,E0277
//! fn to_a_buyer(position: &negotiation_engine::Position) -> String {
//!     serde_json::to_string(position).unwrap()
//! }
//! ```
//!
//! while an offer can:
//!
//! ```
//! fn to_a_buyer(offer: &negotiation_engine::Offer) -> String {
//!     serde_json::to_string(offer).unwrap()
//! }
//! ```

use kernel::{Amount, Currency, ProductId, Quantity, Rate, Rounding, UnitPrice};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    arithmetic::PPM,
    buyer::BuyerModel,
    offer::{Lever, Offer},
    stored::{Store, StoredError, from_text, sealed, store_by_serde, to_text},
    terms::{ListLine, ListTerms, Request, Terms},
};

store_by_serde!(ProductId, ListTerms, Terms, Offer, Request, Lever);

sealed! {
    /// Who asks, as the policy sees it.
    pub struct Customer {
        /// The customer's segment, as in the policy's rules.
        pub segment: String,
        /// Excluded from negotiation by hand.
        pub blocked: bool,
        /// Over the credit limit or overdue.
        pub credit_hold: bool,
        /// Net revenue of the last twelve months, in the policy's currency.
        pub revenue: Amount,
        /// What is left of that revenue after the cost of goods; `None` when it is not known.
        pub margin: Option<Rate> = None,
        /// Revenue of the last twelve months over that of the twelve before, less one; `None` without a year before.
        pub growth: Option<Rate> = None,
        /// Orders of the last twelve months.
        pub orders: Option<u32> = None,
        /// How the customer buys, as worked out from history by stated rules.
        pub behaviour: Option<String> = None,
        /// ISO 3166 code of the country.
        pub country: Option<String> = None,
        /// Net revenue of the period before that of the policy's rebate, in the policy's currency; `None`: no rebate.
        pub turnover: Option<Amount> = None,
    }
}

sealed! {
    /// What the supplier pays back once enough is sold.
    pub struct Bonus {
        /// When the line's quantity reaches this (the step of the supplier's agreement less what was bought before),
        pub from: Quantity,
        /// so much is earned per unit, on the whole line,
        pub per_unit: UnitPrice,
        /// and so much on what was bought before; `None`: nothing.
        pub earlier: Option<Amount> = None,
    }
}

/// The steps of a supplier's bonus by rising quantity. The highest step that is reached counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bonuses(pub Vec<Bonus>);

/// One step is stored as itself, none as `null`, as in the days when there was one at most.
impl Store for Bonuses {
    fn put(&self) -> Value {
        match &self.0[..] {
            [] => Value::Null,
            [one] => one.put(),
            many => Value::Array(many.iter().map(Store::put).collect()),
        }
    }

    fn take(value: Value) -> Result<Self, StoredError> {
        match value {
            Value::Null => Ok(Self::default()),
            Value::Array(_) => Vec::take(value).map(Self),
            one => Bonus::take(one).map(|one| Self(vec![one])),
        }
    }
}

sealed! {
    /// A supplier's special price for this deal (ship-and-debit): what it pays back per unit shipped.
    pub struct Support {
        /// Paid back per unit.
        pub per_unit: UnitPrice,
        /// For so much at most.
        pub up_to: Quantity,
    }
}

sealed! {
    /// What only the seller knows about one line.
    pub struct LinePosition {
        /// The product.
        pub product: ProductId,
        /// The product's class, as in the policy's rules.
        pub class: String,
        /// Effective cost of one unit; `None` when it is not known, which makes the line not negotiable by itself.
        pub cost: Option<UnitPrice>,
        /// Free stock; `None` when stock sets no limit (made to order).
        pub stock: Option<Quantity>,
        /// Days until more than the stock can be there.
        pub lead_days: u16,
        /// Freight that the seller pays per unit.
        pub freight: UnitPrice,
        /// The supplier's bonus, if this line can earn one.
        pub bonus: Bonuses,
        /// The supplier's support of this deal.
        pub support: Option<Support> = None,
        /// What this buyer usually buys of it in a month; `None`: nothing.
        pub monthly: Option<Quantity> = None,
        /// The product's category, as in the policy's rules.
        pub category: Option<String> = None,
        /// The product's brand.
        pub brand: Option<String> = None,
        /// How often the stock turns over in a year: 4,000,000 ppm is four times.
        pub rotation: Option<Rate> = None,
        /// For how many days the stock lasts.
        pub stock_days: Option<u32> = None,
        /// How old the oldest of the stock is, in days.
        pub stock_age_days: Option<u32> = None,
        /// How much the quantity sold reacts to the price, as learnt from history: 2,000,000 ppm is two per cent for one.
        pub sensitivity: Option<Rate> = None,
    }
}

/// How another product relates to the one that is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlternativeKind {
    /// It does the same for less.
    Cheaper,
    /// It costs more and lasts longer, so that fewer are needed.
    LastsLonger,
}

store_by_serde!(AlternativeKind, ListLine);

sealed! {
    /// Another product that could take the place of one that is asked.
    pub struct Alternative {
        /// In place of this product of the deal.
        pub of: ProductId,
        /// How it relates to it.
        pub kind: AlternativeKind,
        /// One unit of it does the work of so many: 2,500,000 ppm is two and a half.
        pub lasts: Rate = Rate::ONE,
        /// The buyer's list terms for it.
        pub list: ListLine,
        /// What the seller knows about it.
        pub line: LinePosition,
    }
}

sealed! {
    /// Goods that could come along: slow movers, or what brings a supplier's bonus nearer.
    pub struct Companion {
        /// The buyer's list terms for them.
        pub list: ListLine,
        /// What the seller knows about them.
        pub line: LinePosition,
    }
}

sealed! {
    /// What the order's freight costs the seller when it goes with other consignments.
    pub struct Consolidation {
        /// For the order.
        pub freight: Amount,
        /// The share of [`LinePosition::freight`] that is left.
        pub unit_share: Rate,
    }
}

sealed! {
    /// What the seller saves by choosing the day of delivery.
    pub struct FlexibleSaving {
        /// From so many flexible days on.
        pub days: u16,
        /// Of handling and freight.
        pub saves: Amount,
    }
}

sealed! {
    /// What only the seller knows about a deal.
    pub struct Position {
        /// Who asks.
        pub customer: Customer,
        /// What this buyer gets without asking.
        pub list: ListTerms,
        /// One line per line of `list`, in the same order.
        pub lines: Vec<LinePosition>,
        /// Handling cost of the order.
        pub handling_order: Amount,
        /// Handling cost of each line.
        pub handling_line: Amount,
        /// Freight that the seller pays for the order, apart from [`LinePosition::freight`].
        pub freight: Amount,
        /// Cost of capital per year: `financing = net × capital × payment days / 365`.
        pub capital: Rate,
        /// What one unit of the deal's currency is worth in the policy's currency; [`Rate::ONE`] for the same currency.
        pub exchange: Rate,
        /// Freight together with others; `None`: not possible.
        pub consolidation: Option<Consolidation> = None,
        /// By rising days.
        pub flexible: Vec<FlexibleSaving> = Vec::new(),
        /// Products that could take the place of others.
        pub alternatives: Vec<Alternative> = Vec::new(),
        /// Goods that could come along.
        pub companions: Vec<Companion> = Vec::new(),
        /// How likely this buyer takes an offer, as learnt; `None`: the prior.
        pub buyer: Option<BuyerModel> = None,
    }
}

impl Customer {
    /// A customer of whom only segment and revenue are known.
    pub fn new(segment: impl Into<String>, revenue: Amount) -> Self {
        Self {
            segment: segment.into(),
            blocked: false,
            credit_hold: false,
            revenue,
            margin: None,
            growth: None,
            orders: None,
            behaviour: None,
            country: None,
            turnover: None,
        }
    }
}

impl LinePosition {
    /// A line of which only class and cost are known; it costs no freight.
    pub fn new(product: ProductId, class: impl Into<String>, cost: Option<UnitPrice>, currency: Currency) -> Self {
        Self {
            product,
            class: class.into(),
            cost,
            stock: None,
            lead_days: 0,
            freight: UnitPrice::new(0, currency),
            bonus: Bonuses::default(),
            support: None,
            monthly: None,
            category: None,
            brand: None,
            rotation: None,
            stock_days: None,
            stock_age_days: None,
            sensitivity: None,
        }
    }
}

impl Position {
    /// An amount of the deal's currency in `currency`, which is the policy's; rounded half up, and stopped at the ends.
    pub(crate) fn in_policy_currency(&self, amount: Amount, currency: Currency) -> Amount {
        let (from, to) = (amount.currency().micros_per_minor(), currency.micros_per_minor());
        let value = i128::from(amount.minor()) * i128::from(self.exchange.ppm()) * i128::from(from);
        let minor = Rounding::HalfUp.divide(value, PPM * i128::from(to));
        let stopped = minor.clamp(i128::from(i64::MIN), i128::from(i64::MAX));
        Amount::new(i64::try_from(stopped).unwrap_or(i64::MAX), currency)
    }

    /// A position in which nothing costs anything but the goods.
    pub fn new(customer: Customer, list: ListTerms, lines: Vec<LinePosition>) -> Self {
        let nothing = Amount::zero(list.currency);
        Self {
            customer,
            list,
            lines,
            handling_order: nothing,
            handling_line: nothing,
            freight: nothing,
            capital: Rate::ZERO,
            exchange: Rate::ONE,
            consolidation: None,
            flexible: Vec::new(),
            alternatives: Vec::new(),
            companions: Vec::new(),
            buyer: None,
        }
    }

    /// Text to be stored for replay. For the seller only.
    pub fn to_stored(&self) -> String {
        to_text(self)
    }

    /// Reads what [`Self::to_stored`] wrote.
    ///
    /// # Errors
    /// [`StoredError`].
    pub fn from_stored(text: &str) -> Result<Self, StoredError> {
        from_text(text)
    }
}

sealed! {
    /// What happened before this request.
    pub struct History {
        /// What was asked in each round so far, in order.
        pub rounds: Vec<Terms>,
        /// Every offer made in this negotiation that has not been taken; expired ones are ignored.
        pub standing: Vec<Offer>,
        /// Concessions already granted to this customer in the period, in the policy's currency.
        pub budget_used: Amount,
        /// Other open negotiations of the customer.
        pub open: u32,
        /// Levers whose offers the buyer has looked at closely in this negotiation.
        pub looked_at: Vec<Lever> = Vec::new(),
        /// Levers whose offers the buyer has turned down in this negotiation.
        pub turned_down: Vec<Lever> = Vec::new(),
        /// What people of the seller have offered in this negotiation, whether or not it still stands.
        pub by_person: Vec<Offer> = Vec::new(),
    }
}

impl History {
    /// The first round of the only negotiation; `budget_used` is zero of the policy's currency.
    pub fn none(currency: kernel::Currency) -> Self {
        Self {
            rounds: Vec::new(),
            standing: Vec::new(),
            budget_used: Amount::zero(currency),
            open: 0,
            looked_at: Vec::new(),
            turned_down: Vec::new(),
            by_person: Vec::new(),
        }
    }

    /// Text to be stored for replay. For the seller only.
    pub fn to_stored(&self) -> String {
        to_text(self)
    }

    /// Reads what [`Self::to_stored`] wrote.
    ///
    /// # Errors
    /// [`StoredError`].
    pub fn from_stored(text: &str) -> Result<Self, StoredError> {
        from_text(text)
    }
}
