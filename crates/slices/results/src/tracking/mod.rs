//! What came of it: asks, discounts, levers, rounds, times, agreement, margin, prices paid, and whether it was kept.
//!
//! * **Read model.** [`follower`] sees to it that [`actions::refresh`] writes a row per negotiation (`negotiation_result`) whenever the negotiation's
//!   version has moved on; it can be dropped and rebuilt. Segment, rep and category are those of the time of the row, so
//!   that a customer who changes segment does not rewrite the past. Figures are sums over it in the database.
//! * **Baseline.** What the ordered quantities would have brought without negotiating: at the price that the same customer
//!   paid on average for the same product in the 90 days before the first ask, in the same currency; where the customer
//!   bought none, at the list price. Net and pocket compare the same goods; that more was ordered than asked for is a figure
//!   of its own. A matched comparison, not an experiment: for what a policy *causes*, see `experiments`.
//! * **Waterfall.** From list price to pocket (Marn and Rosiello 1992), by the engine from the position that was stored
//!   with the decision. Imported negotiations have none; they are worked out with today's costs, and counted as such.
//! * **Leakage** is what ordered deals lack to the floor of the policy that decided.
//! * **Agreed, ordered, lapsed** are three figures. Agreed is what buyers said yes to. Ordered is what orders took of it, at
//!   the agreed prices; orders that wait for a person took theirs, cancelled ones nothing. Lapsed is what nobody ordered
//!   while it could be. Revenue, margin, waterfall, baseline and what was gained over it count what was ordered.
//! * **Kept** is an agreed deal whose order holds the agreed quantities. Whether it was paid in time is not known: payments
//!   are not recorded yet.
//! * Every figure leads to its negotiations, every negotiation to its decisions, every decision to its trace and to a
//!   replay that says whether the engine would decide the same again.
//!
//! Pricing managers, merchant admins and sales managers see everything; a rep sees the summary and the
//! negotiations of his or her own work.

pub mod actions;
mod api;
mod decisions;
mod facts;
pub mod figures;
pub mod follower;
mod glossary;
mod kept;
pub(crate) mod offers;
mod pages;
mod people;
pub mod queries;
pub mod rules;
mod sections;
pub(crate) mod store;
mod summaries;
#[cfg(test)]
mod tests;

mod view;

pub(crate) use view::percent;

use kernel::{
    Access, CategoryId, CompanyId, Currency, Instant, NegotiationId, Permission, PolicyId, ProductId, Quantity,
    UnitPrice, UserId,
};
use web::{ApiDoc, Method};

/// Which negotiations count. Times are of the first ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// From this moment on.
    pub from: Instant,
    /// Before this moment.
    pub until: Instant,
    /// Of this segment.
    pub segment: Option<String>,
    /// About these categories.
    pub categories: Option<Vec<CategoryId>>,
    /// Of this rep's customers.
    pub rep: Option<UserId>,
    /// Last decided by this policy version.
    pub policy: Option<PolicyId>,
    /// Of this customer.
    pub company: Option<CompanyId>,
    /// `open`, `won` or `lost`.
    pub outcome: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// A place among [`rules::SIZES`].
    pub size: Option<i64>,
    /// The Monday of the week.
    pub week: Option<kernel::Date>,
    /// Of customers without a rep.
    pub without_rep: bool,
    /// About a product without a category.
    pub without_category: bool,
    /// Agreed deals, by what became of them.
    pub deal: Option<Deal>,
    /// By this moment deals have lapsed or not.
    pub now: Instant,
}

/// What became of an agreed deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deal {
    /// Whatever it was.
    Agreed,
    /// Something of it was ordered.
    Ordered,
    /// Nothing was ordered while it could be.
    Lapsed,
    /// Nothing was ordered yet, and it can be.
    Open,
}

impl Deal {
    pub(crate) const ALL: [(&'static str, Self); 4] =
        [("agreed", Self::Agreed), ("ordered", Self::Ordered), ("lapsed", Self::Lapsed), ("open", Self::Open)];

    /// The one with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == code).map(|(_, deal)| deal)
    }
}

/// What figures are broken down by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dimension {
    /// Nothing: one sum.
    Total,
    /// The week of the first ask.
    Week,
    /// The size of the deal at list prices.
    Size,
    /// The category of the first product.
    Category,
    /// The customer's segment.
    Segment,
    /// The customer's rep.
    Rep,
    /// The policy version of the last decision.
    Policy,
    /// How it ended, and why.
    Reason,
}

impl Dimension {
    /// Every dimension with its code in addresses.
    pub const ALL: [(&'static str, Self); 8] = [
        ("total", Self::Total),
        ("week", Self::Week),
        ("size", Self::Size),
        ("category", Self::Category),
        ("segment", Self::Segment),
        ("rep", Self::Rep),
        ("policy", Self::Policy),
        ("reason", Self::Reason),
    ];

    /// The dimension with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == code).map(|(_, dimension)| dimension)
    }
}

/// How often a lever was offered, looked at closely and taken, counted in negotiations, and in how many offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeverRow {
    /// Its code.
    pub lever: String,
    /// Offered.
    pub offered: i64,
    /// Looked at.
    pub looked_at: i64,
    /// Taken.
    pub taken: i64,
    /// Offers that buyers had, whoever made them.
    pub offers: i64,
    /// Of them, taken.
    pub offers_taken: i64,
}

/// Agreed deals by what became of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdherenceRow {
    /// `kept`, `short`, `partly`, `not-ordered` or `open`.
    pub state: String,
    /// The currency of the amount.
    pub currency: Currency,
    /// How many.
    pub count: i64,
    /// What was agreed.
    pub agreed_minor: i64,
    /// What of it was ordered.
    pub net_minor: i64,
}

/// A price agreed for a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PricePoint {
    /// The negotiation.
    pub id: NegotiationId,
    /// Its number.
    pub number: i64,
    /// The customer.
    pub company: String,
    /// For how much.
    pub quantity: Quantity,
    /// The price of one unit.
    pub price: UnitPrice,
    /// The list price then.
    pub list: UnitPrice,
    /// When it was first asked.
    pub at: Instant,
}

/// A negotiation as tracking lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultRow {
    /// The negotiation.
    pub id: NegotiationId,
    /// Its number.
    pub number: i64,
    /// The customer.
    pub company: String,
    /// The customer's segment.
    pub segment: String,
    /// The first product.
    pub product: ProductId,
    /// When it was first asked.
    pub opened_at: Instant,
    /// `open`, `won` or `lost`.
    pub outcome: String,
    /// Why.
    pub reason: String,
    /// How often was asked.
    pub rounds: i64,
    /// Whether a person had it.
    pub is_escalated: bool,
    /// The currency of the amounts.
    pub currency: Currency,
    /// What was asked for, at list prices.
    pub list_minor: i64,
    /// At asked prices.
    pub ask_minor: i64,
    /// What was agreed, at list prices.
    pub agreed_list_minor: i64,
    /// What was agreed.
    pub agreed_minor: i64,
    /// Whether something of it was ordered.
    pub is_ordered: bool,
    /// What of it was ordered.
    pub net_minor: i64,
    /// What is left of that; `None` when nothing was ordered or no cost is known.
    pub pocket_minor: Option<i64>,
}

pub(crate) fn routes() -> web::Routes {
    // Who sees what is a matter of scope, not of the route: sales managers are reps who lead.
    let may = Access::Needs(Permission::UseDesk);
    let doc = |id, summary| ApiDoc::new("tracking", id, summary);
    glossary::routes(may)
        .page(Method::GET, "/office/tracking", may, pages::overview)
        .page(Method::GET, "/office/tracking/negotiations", may, decisions::list)
        .page(Method::GET, "/office/tracking/negotiations.csv", may, decisions::csv)
        .page(Method::GET, "/office/tracking/negotiations.xlsx", may, decisions::xlsx)
        .merge(people::routes(may))
        .page(Method::GET, "/office/tracking/negotiations/{id}", may, decisions::one)
        .page(Method::GET, "/office/tracking/negotiations/{id}/rounds/{round}/replay", may, decisions::replay)
        .page(Method::GET, "/office/tracking/summaries/mine", may, summaries::mine)
        .page(Method::GET, "/office/tracking/summaries/reps/{id}", may, summaries::of_rep)
        .page(Method::GET, "/office/tracking/summaries/segments/{segment}", may, summaries::of_segment)
        .page(Method::GET, "/office/tracking/reports/{report}", may, pages::report)
        .page(Method::GET, "/office/tracking/reports/{report}/{table}", may, pages::export)
        .api(
            Method::GET,
            "/api/v1/tracking/figures",
            may,
            doc("get_figures", "Figures of negotiations, broken down")
                .query::<api::FiguresQuery>()
                .response::<Vec<api::FiguresJson>>(),
            api::figures,
        )
        .api(
            Method::GET,
            "/api/v1/tracking/levers",
            may,
            doc("get_lever_figures", "How often each lever was offered, looked at and taken")
                .query::<api::FilterQuery>()
                .response::<Vec<api::LeverJson>>(),
            api::levers,
        )
        .api(
            Method::GET,
            "/api/v1/tracking/prices",
            may,
            doc("get_prices_agreed", "Prices agreed for a product")
                .query::<api::PricesQuery>()
                .response::<Vec<api::PriceJson>>(),
            api::prices,
        )
        .api(
            Method::GET,
            "/api/v1/tracking/adherence",
            may,
            doc("get_adherence", "Whether agreed deals were kept, and how much is bought at negotiated prices")
                .query::<api::FilterQuery>()
                .response::<api::AdherenceJson>(),
            api::adherence,
        )
        .api(
            Method::GET,
            "/api/v1/tracking/negotiations",
            may,
            doc("list_results", "Negotiations with what came of them")
                .query::<api::FilterQuery>()
                .response::<api::ResultsJson>(),
            api::results,
        )
        .api(
            Method::GET,
            "/api/v1/tracking/negotiations/{id}/rounds/{round}/replay",
            may,
            doc("replay_decision", "Computes a stored decision again").response::<api::ReplayJson>(),
            api::replay,
        )
}
