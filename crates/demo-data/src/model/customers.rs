//! Customers with their units, addresses and people.

use kernel::{Amount, Country, Currency, Date, Email, Role, VatId};

use super::{Str, Text};

/// A customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    /// Key, e.g. `K10001`.
    pub number: &'static str,
    /// Registered name.
    pub name: Str,
    /// VAT id.
    pub vat_id: VatId,
    /// Country of the seat.
    pub country: Country,
    /// How it buys: `volume`, `optimiser`, `project` or `small`.
    pub segment: &'static str,
    /// Code of its price group, if it has one.
    pub price_group: Option<&'static str>,
    /// What it does.
    pub industry: Text,
    /// How many people work there.
    pub employees: u32,
    /// Currency in which it buys.
    pub currency: Currency,
    /// Days to pay; 0 is before shipping.
    pub payment_days: u16,
    /// How much it may owe; zero for those who pay before shipping.
    pub credit_limit: Amount,
    /// The rep who looks after it.
    pub rep: Email,
    /// Customer since.
    pub since: Date,
    /// Head office and branches, parents first.
    pub units: Vec<CompanyUnit>,
    /// Where to send goods and invoices.
    pub addresses: Vec<CompanyAddress>,
    /// Who buys.
    pub users: Vec<User>,
}

/// A head office, a branch or a plant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanyUnit {
    /// Key within the company.
    pub code: &'static str,
    /// Key of the parent; `None` at the top.
    pub parent: Option<&'static str>,
    /// Name.
    pub name: Str,
}

/// A postal address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// First line: the company or the site.
    pub name: Str,
    /// Street and number.
    pub street: Str,
    /// Postal code.
    pub postal_code: Str,
    /// City.
    pub city: Str,
    /// Country.
    pub country: Country,
}

/// An address of a company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanyAddress {
    /// Key within the company.
    pub code: Str,
    /// The unit it belongs to.
    pub unit: &'static str,
    /// The address.
    pub address: Address,
    /// Invoices go here.
    pub is_billing: bool,
    /// Goods go here.
    pub is_shipping: bool,
    /// What to tell the driver; often empty.
    pub note: Str,
}

/// Someone who buys for a company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Sign-in.
    pub email: Email,
    /// Full name.
    pub name: Str,
    /// Job title.
    pub title: Text,
    /// Telephone.
    pub phone: Str,
    /// What the person may do: buyer or company admin.
    pub role: Role,
    /// The unit the person belongs to.
    pub unit: &'static str,
    /// `en` or `pl`.
    pub language: &'static str,
    /// IANA name of the time zone.
    pub time_zone: &'static str,
}
