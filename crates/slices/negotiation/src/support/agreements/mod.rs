//! Rebate agreements with suppliers: what they pay back once enough is bought in a period.
//!
//! An agreement is about one article or a brand, counts in quantities or amounts, and holds on its days only: a deal that is
//! decided after its last day is decided without it. What was bought in the period so far comes from the merchant's own
//! books, by hand or by file; it counts for the period of its date and no other.

pub mod actions;
pub mod api;
mod pages;
pub(crate) mod store;
mod typed;

use kernel::{Access, AgreementId, CompanyId, Currency, Date, Permission, ProductId, Unit, UnitPrice};
use web::{ApiDoc, Method};

use super::SupportRefusal;

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

/// What happened to an agreement.
#[derive(Debug)]
pub(crate) struct AgreementEvent {
    pub(crate) kind: &'static str,
    pub(crate) subject: String,
}

impl db::events::Event for AgreementEvent {
    fn kind(&self) -> &'static str {
        self.kind
    }
    fn subject(&self) -> String {
        self.subject.clone()
    }
    fn company(&self) -> Option<CompanyId> {
        None
    }
    fn payload(&self) -> serde_json::Value {
        serde_json::Value::Null
    }
}

pub(crate) fn routes() -> web::Routes {
    let may = Access::Needs(Permission::ManagePrices);
    let doc = |id, summary| ApiDoc::new("suppliers", id, summary);
    web::Routes::new()
        .page(Method::GET, "/office/suppliers", may, pages::list)
        .page(Method::POST, "/office/suppliers", may, pages::create)
        .page(Method::POST, "/office/suppliers/import", may, pages::import)
        .page(Method::GET, "/office/suppliers/{id}", may, pages::edit)
        .page(Method::POST, "/office/suppliers/{id}", may, pages::update)
        .page(Method::POST, "/office/suppliers/{id}/removal", may, pages::remove)
        .api(
            Method::GET,
            "/api/v1/supplier-agreements",
            may,
            doc("list_supplier_agreements", "Rebate agreements with suppliers").response::<Vec<api::AgreementJson>>(),
            api::list,
        )
        .api(
            Method::POST,
            "/api/v1/supplier-agreements",
            may,
            doc("create_supplier_agreement", "Adds a rebate agreement")
                .request::<api::AgreementInput>()
                .created::<api::AgreementJson>(),
            api::create,
        )
        .api(
            Method::PUT,
            "/api/v1/supplier-agreements/{id}",
            may,
            doc("change_supplier_agreement", "Changes a rebate agreement")
                .request::<api::AgreementInput>()
                .response::<api::AgreementJson>()
                .refusals(SupportRefusal::ALL),
            api::change,
        )
        .api(
            Method::DELETE,
            "/api/v1/supplier-agreements/{id}",
            may,
            doc("remove_supplier_agreement", "Removes a rebate agreement"),
            api::remove,
        )
}
