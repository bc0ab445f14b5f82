//! Price lists: general ones, those of a price group, of one company, and contracts.
//!
//! A list holds net prices of one unit by product and quantity ([`Tier`]), in one currency, between two days. Which of
//! several lists makes a buyer's price is the pricing engine's business; here lists are only kept. Every change is told
//! by an event about the list, so that price books read it again. Whether a price may come into force is not asked here but
//! above, in the slice `price_lists`, which is the one way in for people, files and the API.

pub mod actions;
pub mod queries;
pub mod rules;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use catalog::Texts;
use kernel::{CompanyId, Currency, Date, PriceListId, ProductId, Quantity, UnitPrice};
use pricing_engine::{ListInfo, Scope, Tier};

/// For whom a list holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListScope {
    /// For everyone.
    General,
    /// For the companies of a price group, by its code.
    Group(String),
    /// For one company.
    Company(CompanyId),
    /// For one company, by contract.
    Contract {
        /// The company.
        company: CompanyId,
        /// The company's own reference; may be empty.
        reference: String,
    },
}

impl ListScope {
    /// Without the name of group or company.
    pub fn scope(&self) -> Scope {
        match self {
            Self::General => Scope::General,
            Self::Group(_) => Scope::Group,
            Self::Company(_) => Scope::Company,
            Self::Contract { .. } => Scope::Contract,
        }
    }

    /// The company, for lists of one.
    pub fn company(&self) -> Option<CompanyId> {
        match self {
            Self::Company(company) | Self::Contract { company, .. } => Some(*company),
            _ => None,
        }
    }

    /// The group, for lists of one.
    pub fn group(&self) -> Option<&str> {
        match self {
            Self::Group(group) => Some(group),
            _ => None,
        }
    }
}

/// A price list without its prices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceList {
    /// Its id.
    pub id: PriceListId,
    /// Its key.
    pub code: String,
    /// Its name, which buyers see.
    pub name: Texts,
    /// For whom.
    pub scope: ListScope,
    /// The currency of all its prices.
    pub currency: Currency,
    /// First day; `None` for ever before.
    pub valid_from: Option<Date>,
    /// Last day; `None` for ever after.
    pub valid_until: Option<Date>,
    /// Grows with every change of the list itself.
    pub version: i64,
}

impl PriceList {
    /// The list as the engine's explanations name it.
    pub fn info(&self) -> ListInfo {
        let names = self.name.translations().map(|(language, text)| (language.code().to_owned(), text.to_owned()));
        ListInfo {
            id: self.id,
            code: self.code.clone(),
            name: self.name.first().to_owned(),
            names: names.collect(),
            scope: self.scope.scope(),
            currency: self.currency,
            valid_from: self.valid_from,
            valid_until: self.valid_until,
        }
    }
}

/// A list to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewList {
    /// Its key: 1 to 40 characters, unique.
    pub code: String,
    /// Its name.
    pub name: Texts,
    /// For whom.
    pub scope: ListScope,
    /// The currency of all its prices.
    pub currency: Currency,
    /// First day.
    pub valid_from: Option<Date>,
    /// Last day.
    pub valid_until: Option<Date>,
}

/// One step of one product in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListPrice {
    /// The product.
    pub product: ProductId,
    /// Quantity (in the product's unit) and price (in the list's currency).
    pub tier: Tier,
}

/// A price as it shall be written: in place of what is there, or taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// The product.
    pub product: ProductId,
    /// From this quantity on, in the product's unit.
    pub from: Quantity,
    /// Net price of one unit, in the list's currency; `None` takes the step away.
    pub price: Option<UnitPrice>,
}

kernel::refusals! {
    /// Why a price list is not changed.
    pub enum ListRefusal {
        /// Somebody else changed the list, or this price, after it was read.
        Changed = "price-list-changed" => Conflict,
    }
}

/// What happens to lists.
#[derive(Debug)]
pub enum ListEvent {
    /// Created.
    Created(PriceListId),
    /// Name or validity changed.
    Changed(PriceListId),
    /// Prices were set or removed: of one product, or of many (`None`).
    Priced(PriceListId, Option<ProductId>),
}

impl db::events::Event for ListEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Created(_) => "price_list.created",
            Self::Changed(_) => "price_list.changed",
            Self::Priced(..) => "price_list.priced",
        }
    }

    fn subject(&self) -> String {
        match self {
            Self::Created(id) | Self::Changed(id) | Self::Priced(id, _) => id.to_string(),
        }
    }

    fn company(&self) -> Option<CompanyId> {
        None
    }

    fn payload(&self) -> serde_json::Value {
        match self {
            Self::Priced(_, Some(product)) => serde_json::json!({ "product": product }),
            _ => serde_json::Value::Null,
        }
    }
}
