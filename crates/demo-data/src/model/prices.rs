//! Price groups and price lists.

use kernel::{Currency, Date, Quantity, Sku, UnitPrice};

use super::{Str, Text};

/// A group of companies with prices of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceGroup {
    /// Key.
    pub code: &'static str,
    /// Name.
    pub name: Text,
}

/// For whom a price list holds. The narrower one wins, in the order of the variants from last to first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListScope {
    /// For everyone.
    General,
    /// For the companies of a price group, by its code.
    Group(&'static str),
    /// For one company, by its number.
    Company(&'static str),
    /// For one company, by contract.
    Contract {
        /// Number of the company.
        company: &'static str,
        /// The company's own reference.
        reference: Str,
    },
}

/// A price list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceList {
    /// Key.
    pub code: Str,
    /// Name, as the buyer may see it.
    pub name: Text,
    /// For whom.
    pub scope: ListScope,
    /// Currency of all its prices.
    pub currency: Currency,
    /// First day; `None` for ever before.
    pub valid_from: Option<Date>,
    /// Last day; `None` for ever after.
    pub valid_until: Option<Date>,
    /// Prices, by SKU in the order of the products.
    pub entries: Vec<PriceEntry>,
}

/// The prices of one product in one list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceEntry {
    /// The product.
    pub sku: Sku,
    /// At least one; the first from one unit, then rising in quantity and falling in price.
    pub tiers: Vec<Tier>,
}

/// A price from a quantity on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tier {
    /// From this quantity.
    pub from: Quantity,
    /// Net price of one unit.
    pub price: UnitPrice,
}
