//! Rebate agreements with suppliers: what they pay back once enough is bought in a period.
//!
//! An agreement is about one article or a brand, counts in quantities or amounts, and holds on its days only: a deal that is
//! decided after its last day is decided without it. What was bought in the period so far comes from the merchant's own
//! books, by hand or by file; it counts for the period of its date and no other.

pub mod queries;
pub mod rules;
pub mod store;

use kernel::{AgreementId, Currency, Date, ProductId, Unit, UnitPrice};

/// What an agreement counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Thousandths of the unit.
    Quantity,
    /// Minor units of the currency.
    Amount,
}

impl Basis {
    /// Every basis.
    pub const ALL: [Self; 2] = [Self::Quantity, Self::Amount];

    /// The stored code; `agreement-basis-<code>` is the key of its word.
    pub fn code(self) -> &'static str {
        match self {
            Self::Quantity => "quantity",
            Self::Amount => "amount",
        }
    }

    /// The basis with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.code() == code)
    }
}

/// How long an agreement counts before it begins anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// From its first day to its last.
    Term,
    /// A calendar month.
    Month,
    /// A calendar quarter.
    Quarter,
    /// A calendar year.
    Year,
}

impl Period {
    /// Every period.
    pub const ALL: [Self; 4] = [Self::Term, Self::Month, Self::Quarter, Self::Year];

    /// The stored code; `agreement-period-<code>` is the key of its word.
    pub fn code(self) -> &'static str {
        match self {
            Self::Term => "term",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// The period with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.code() == code)
    }
}

/// A step of an agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Bought in the period: thousandths or minor units, by the basis.
    pub reaches: i64,
    /// Paid back per unit.
    pub per_unit: UnitPrice,
}

/// A rebate agreement. Seller only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// Its id.
    pub id: AgreementId,
    /// Who pays.
    pub supplier: String,
    /// The article it is about.
    pub product: Option<ProductId>,
    /// The brand, when it is not about one article.
    pub brand: Option<String>,
    /// What it counts.
    pub basis: Basis,
    /// The unit of quantities and of what is paid back.
    pub unit: Unit,
    /// The currency of amounts and of what is paid back.
    pub currency: Currency,
    /// When it begins anew.
    pub period: Period,
    /// Its first day.
    pub valid_from: Date,
    /// Its last day.
    pub valid_until: Date,
    /// What was bought, by the basis.
    pub bought: i64,
    /// As of this day.
    pub bought_on: Date,
    /// By rising `reaches`.
    pub steps: Vec<Step>,
    /// Counts changes.
    pub version: i64,
}
