//! For whom a price is asked.

use kernel::{CompanyId, Currency};
use parties::companies::Company;

/// What a price depends on besides product, quantity and day.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PriceBuyer {
    /// The company; `None` for guests.
    pub company: Option<CompanyId>,
    /// The price group of the company.
    pub price_group: Option<String>,
    /// The currency it buys in.
    pub currency: Currency,
}

impl PriceBuyer {
    /// A company as a buyer.
    pub fn of(company: &Company) -> Self {
        Self { company: Some(company.id), price_group: company.price_group.clone(), currency: company.currency }
    }

    /// Someone who is not signed in: general lists only.
    pub fn guest(currency: Currency) -> Self {
        Self { company: None, price_group: None, currency }
    }
}
