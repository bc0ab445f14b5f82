//! What is known of each customer from a year of orders: revenue, growth, margin, how often a price was negotiated, and how
//! the customer behaves by rules that the seller states (volume buyer, deal optimiser ...). Policies ask about it
//! (`customer.growth > 0.1`), so that trade-offs can be personal without anybody keeping lists by hand.
//!
//! Profiles are worked out anew every night ([`actions::recompute`]) from what was bought, and after an import; they can
//! always be rebuilt. The segment that people set by hand stays with the company. The same night tells how the quantities sold
//! of each product react to its price ([`sensitivity`]).

pub mod actions;
mod api;
pub mod jobs;
mod pages;
pub mod queries;
pub mod rules;
mod sensitivity;
mod store;
#[cfg(test)]
mod tests;

use db::events::Event;
use kernel::{Access, Amount, CompanyId, Instant, Permission, ProductId, Rate};
use web::{ApiDoc, Method};

use crate::signoffs::SignoffRefusal;

/// What is known of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Who.
    pub company: CompanyId,
    /// Net revenue of the last twelve months, in the policy's currency.
    pub revenue: Amount,
    /// That of the twelve before.
    pub revenue_before: Amount,
    /// What is left of the revenue after the cost of goods; `None` where so few costs are known that it would only look good.
    pub margin: Option<Rate>,
    /// Revenue over that of the year before, less one; `None` without a year before.
    pub growth: Option<Rate>,
    /// Orders of the last twelve months.
    pub orders: i64,
    /// Those of them with a negotiated price.
    pub orders_negotiated: i64,
    /// The name of the first behaviour rule that fits.
    pub behaviour: Option<String>,
}

/// Who comes to a behaviour and who leaves it by other rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Move {
    /// Customers that have it only by the other rules.
    pub enter: Vec<CompanyId>,
    /// Customers that have it only by the rules in force.
    pub leave: Vec<CompanyId>,
}

/// How much of a product a year sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProductProfile {
    /// The product.
    pub product: ProductId,
    /// Thousandths of its unit, credits taken off.
    pub sold: i64,
    /// Customers who bought it.
    pub customers: i64,
    /// How much the quantity sold reacts to the price; see [`sensitivity`].
    pub sensitivity: Option<Rate>,
}

/// A rule that names a behaviour.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct BehaviourRule {
    /// What it is called, e.g. `volume buyer`.
    pub name: String,
    /// When it fits, as CEL over [`rules::schema`].
    pub condition: String,
}

/// What happens to profiles.
#[derive(Debug)]
pub(crate) enum ProfileEvent {
    Recomputed { customers: usize, at: Instant },
    RulesSet,
}

impl Event for ProfileEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Recomputed { .. } => "profiles.recomputed",
            Self::RulesSet => "profiles.rules_set",
        }
    }
    fn subject(&self) -> String {
        "profiles".into()
    }
    fn company(&self) -> Option<CompanyId> {
        None
    }
    fn payload(&self) -> serde_json::Value {
        match self {
            Self::Recomputed { customers, at } => serde_json::json!({ "customers": customers, "at": at.to_rfc3339() }),
            Self::RulesSet => serde_json::Value::Null,
        }
    }
}

pub(crate) fn routes() -> web::Routes {
    let may = Access::Needs(Permission::ManagePolicy);
    let doc = |id, summary| ApiDoc::new("segments", id, summary);
    web::Routes::new()
        .page(Method::GET, "/office/segments", may, pages::show)
        .page(Method::POST, "/office/segments", may, pages::save)
        .page(Method::POST, "/office/segments/changes/{id}/approval", may, pages::confirm)
        .page(Method::POST, "/office/segments/changes/{id}/rejection", may, pages::decline)
        .page(Method::POST, "/office/segments/recomputation", may, pages::recompute)
        .api(
            Method::GET,
            "/api/v1/segments",
            may,
            doc("list_behaviours", "The rules that name behaviours, and how many customers each has")
                .response::<api::BehavioursJson>(),
            api::list,
        )
        .api(
            Method::PUT,
            "/api/v1/segments",
            may,
            doc("set_behaviours", "Wants other rules that name behaviours; a second person confirms them")
                .request::<api::SetBehaviours>()
                .response::<api::SetAnswer>()
                .refusals(SignoffRefusal::ALL),
            api::set,
        )
        .api(
            Method::POST,
            "/api/v1/segments/preview",
            may,
            doc("preview_behaviours", "What other rules would change: who comes to each behaviour, and who leaves it")
                .request::<api::PreviewBehaviours>()
                .response::<Vec<api::MoveJson>>(),
            api::preview,
        )
        .api(
            Method::POST,
            "/api/v1/segments/changes/{id}/approval",
            may,
            doc("approve_behaviours", "Confirms, as a second person, rules that wait")
                .request::<api::BehaviourNote>()
                .refusals(SignoffRefusal::ALL),
            api::confirm,
        )
        .api(
            Method::POST,
            "/api/v1/segments/changes/{id}/rejection",
            may,
            doc("reject_behaviours", "Declines rules that wait, or takes back one's own")
                .request::<api::BehaviourNote>()
                .refusals(SignoffRefusal::ALL),
            api::decline,
        )
        .api(
            Method::GET,
            "/api/v1/customers/{company}/profile",
            may,
            doc("get_customer_profile", "What is known of a customer from a year of orders")
                .response::<api::ProfileJson>(),
            api::profile,
        )
}
