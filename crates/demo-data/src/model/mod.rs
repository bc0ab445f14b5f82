//! What the demo company is made of: plain values under stable keys, for an importer to write by ordinary actions.
//!
//! Nothing here has a database id. Products are known by SKU, companies by number, people by e-mail address, units,
//! addresses and price lists by code. Lists stand in an order in which they can be written: parents before children.

use std::borrow::Cow;

use kernel::{Currency, Date, Email, Quantity, Role, Sku, UnitPrice, VatId};

mod catalog;
mod customers;
mod prices;
mod recent;
mod trade;

pub use catalog::{
    Attribute, AttributeKey, AttributeKind, AttributeValue, Category, Document, OrderType, Product, ProductClass,
    Relation, RelationKind,
};
pub use customers::{Address, Company, CompanyAddress, CompanyUnit, User};
pub use prices::{ListScope, PriceEntry, PriceGroup, PriceList, Tier};
pub use recent::{
    Asked, Counts, Drawing, Freight, Over, QuoteAnswer, QuoteCase, QuoteLine, QuoteVersion, Reaction, Recent, Running,
    SupplierAgreement, SupplierQuestion,
};
pub use trade::{
    Case, Channel, Competitor, Ending, Lever, Negotiation, Offer, OpenNegotiation, Order, OrderLine, OrderState,
    RejectReason, Round,
};

/// A text that is often a constant.
pub type Str = Cow<'static, str>;

/// A text in the languages of the demo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// English.
    pub en: Str,
    /// Polish.
    pub pl: Str,
}

impl Text {
    /// A text in both languages.
    pub fn new(en: impl Into<Str>, pl: impl Into<Str>) -> Self {
        Self { en: en.into(), pl: pl.into() }
    }

    /// A text that reads the same in both languages, such as a size.
    pub fn same(text: impl Into<Str>) -> Self {
        let text = text.into();
        Self { en: text.clone(), pl: text }
    }
}

/// The whole company, except its orders, which [`DemoCompany::orders`] makes one by one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoCompany {
    /// The seed from which everything follows.
    pub seed: u64,
    /// The day on which the demo starts; all dates lie around it.
    pub today: Date,
    /// The merchant.
    pub merchant: Merchant,
    /// The merchant's own people.
    pub staff: Vec<Staff>,
    /// The category tree, parents first.
    pub categories: Vec<Category>,
    /// The attributes that products use.
    pub attributes: Vec<AttributeKey>,
    /// The products.
    pub products: Vec<Product>,
    /// Which products could take the place of others, or go with them.
    pub relations: Vec<Relation>,
    /// Price groups that companies belong to.
    pub groups: Vec<PriceGroup>,
    /// The price lists: first the general one, then groups, companies and contracts.
    pub price_lists: Vec<PriceList>,
    /// The customers.
    pub companies: Vec<Company>,
    /// Closed negotiations, oldest first.
    pub negotiations: Vec<Negotiation>,
    /// Negotiations that wait on the desk.
    pub open_negotiations: Vec<OpenNegotiation>,
    /// What goes on just now.
    pub recent: Recent,
    /// Keys of the textbook case.
    pub story: Story,
}

/// The merchant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merchant {
    /// Registered name.
    pub name: Str,
    /// The name people say.
    pub short_name: Str,
    /// One sentence under the name.
    pub claim: Text,
    /// VAT id.
    pub vat_id: VatId,
    /// Seat and warehouse.
    pub address: Address,
    /// General address for mail.
    pub email: Email,
    /// Telephone.
    pub phone: Str,
    /// The currency of all prices.
    pub currency: Currency,
    /// IANA name of the time zone.
    pub time_zone: &'static str,
}

/// One of the merchant's people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// Sign-in.
    pub email: Email,
    /// Full name.
    pub name: Str,
    /// Job title.
    pub title: Text,
    /// Telephone.
    pub phone: Str,
    /// What the person may do.
    pub role: Role,
    /// `en` or `pl`.
    pub language: &'static str,
    /// IANA name of the time zone.
    pub time_zone: &'static str,
    /// Whether the person leads the sales reps and gets what they may not decide.
    pub leads_sales: bool,
}

/// Keys of the textbook case: list 120.00, one buyer asks 110.00 for 2,000, and gets it for 4,000.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// The valve.
    pub sku: Sku,
    /// The buyer's company.
    pub company: &'static str,
    /// The buyer.
    pub buyer: Email,
    /// The buyer's rep.
    pub rep: Email,
    /// The quantity in the first ask.
    pub quantity: Quantity,
    /// The price in the first ask.
    pub price: UnitPrice,
    /// The quantity that carries it.
    pub carrying_quantity: Quantity,
}
