//! How prices change: one way for every door.
//!
//! A [`Submission`] names the list, the door it came by, the edits, from which day they hold and why. The guard
//! ([`terms::guard`]) holds each price against cost and floor. What it lets through comes into force at once, or on its day;
//! what wants a second person waits for one, together with the rest of the same submission that does. Whoever submitted it
//! may not confirm it while somebody else could.
//!
//! Each change stays on record with its lines: that is the history of every price, and what waits is its open end.

pub mod actions;
mod api;
pub(crate) mod confirm;
pub(crate) mod jobs;
mod pages;
pub(crate) mod preview;
pub mod queries;
pub mod rules;
mod store;
#[cfg(test)]
mod tests;
pub(crate) mod view;

use db::events::Event;
use kernel::{
    Access, CompanyId, Date, Instant, Permission, PriceChangeId, PriceListId, ProductId, Quantity, UnitPrice, UserId,
};
use terms::guard::{Concern, Door};
use web::{ApiDoc, Method, Routes};

pub(crate) use api::SubmittedView;

/// One price as somebody wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edit {
    /// The product.
    pub product: ProductId,
    /// From this quantity on, in the product's unit.
    pub from: Quantity,
    /// Net price of one unit, in the list's currency; `None` takes the step away.
    pub price: Option<UnitPrice>,
    /// The price in millionths that was there when the person looked, where one was shown.
    pub seen: Option<i64>,
}

/// Prices to be changed in one list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// The list.
    pub list: PriceListId,
    /// By which way they come.
    pub door: Door,
    /// The first day on which they hold; `None` for at once.
    pub holds_from: Option<Date>,
    /// Why; required where a second person is.
    pub reason: String,
    /// Whether the person knows that a second person will be asked.
    pub is_confirmed: bool,
    /// The prices.
    pub edits: Vec<Edit>,
}

/// What became of a submission: how many of its prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Submitted {
    /// The change; `None` when nothing differed from what was there.
    pub change: Option<PriceChangeId>,
    /// Hold from now on.
    pub in_force: usize,
    /// Will hold from a later day on.
    pub planned: usize,
    /// Wait for a second person.
    pub waiting: usize,
    /// Somebody else has changed meanwhile, so they were left out.
    pub overtaken: usize,
}

/// Where one price of a change stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LineState {
    /// Waits for a second person.
    Waiting,
    /// Holds from a later day on.
    Planned,
    /// Came into force.
    InForce,
    /// A second person said no, or its author took it back.
    Declined,
    /// The price was changed by somebody else before it could come into force.
    Overtaken,
}

impl LineState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Planned, Self::InForce, Self::Declined, Self::Overtaken];

    /// The stored code; `price-change-state-<code>` is the key of its word.
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Planned => "planned",
            Self::InForce => "in_force",
            Self::Declined => "declined",
            Self::Overtaken => "overtaken",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// One price of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangeLine {
    /// The product.
    pub product: ProductId,
    /// From this quantity on.
    pub from: Quantity,
    /// What was there; `None`: nothing.
    pub old: Option<UnitPrice>,
    /// What is to be there; `None`: nothing.
    pub new: Option<UnitPrice>,
    /// Why it wants a second person.
    pub concern: Option<Concern>,
    /// Where it stands.
    pub state: LineState,
}

/// What the price of a step will be from a later day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned {
    /// The first day on which it holds.
    pub holds_from: Date,
    /// From this quantity on.
    pub from: Quantity,
    /// The price; `None`: the step goes away.
    pub price: Option<UnitPrice>,
}

/// That somebody confirmed or declined what waited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Who.
    pub by: UserId,
    /// When.
    pub at: Instant,
    /// What they wrote.
    pub note: String,
    /// Whether it is the author's own word, because nobody else could give it.
    pub is_own: bool,
}

/// A change without its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its id.
    pub id: PriceChangeId,
    /// The list.
    pub list: PriceListId,
    /// By which way it came.
    pub door: Door,
    /// Why.
    pub reason: String,
    /// The first day on which it holds; `None` for at once.
    pub holds_from: Option<Date>,
    /// Who made it; `None` for the system.
    pub by: Option<UserId>,
    /// When.
    pub at: Instant,
    /// How many of its lines wait.
    pub waiting: i64,
    /// The second person's word.
    pub decision: Option<Decision>,
}

kernel::refusals! {
    /// Why prices are not changed.
    pub enum ChangeRefusal {
        /// Some prices want a second person, and the sender has not said that this is known. Carries `count`, as `concern`
        /// the code of the gravest reason, and as `sections` whose floors the prices are under, `none` where everybody's.
        Unconfirmed = "price-change-unconfirmed" => Conflict,
        /// Nothing of the change waits any more.
        NotWaiting = "price-change-not-waiting" => Conflict,
        /// Its author may not confirm it while somebody else could.
        OwnApproval = "price-change-own-approval" => Conflict,
    }
}

/// What happens to changes of prices.
#[derive(Debug)]
pub(crate) enum ChangeEvent {
    Submitted(PriceChangeId, Submitted),
    Approved(PriceChangeId),
    Declined(PriceChangeId),
    Began(PriceChangeId),
}

impl Event for ChangeEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Submitted(..) => "price_change.submitted",
            Self::Approved(_) => "price_change.approved",
            Self::Declined(_) => "price_change.declined",
            Self::Began(_) => "price_change.began",
        }
    }

    fn subject(&self) -> String {
        match self {
            Self::Submitted(id, _) | Self::Approved(id) | Self::Declined(id) | Self::Began(id) => id.to_string(),
        }
    }

    fn company(&self) -> Option<CompanyId> {
        None
    }

    fn payload(&self) -> serde_json::Value {
        match self {
            Self::Submitted(_, done) => serde_json::json!({
                "in_force": done.in_force, "planned": done.planned, "waiting": done.waiting,
            }),
            _ => serde_json::Value::Null,
        }
    }
}

pub(crate) fn routes() -> Routes {
    let manage = Access::Needs(Permission::ManagePrices);
    let doc = |id, summary| ApiDoc::new("prices", id, summary).refusals(ChangeRefusal::ALL);
    Routes::new()
        .page(Method::GET, "/office/price-changes", manage, pages::list)
        .page(Method::GET, "/office/price-changes/{id}", manage, pages::one)
        .page(Method::POST, "/office/price-changes/{id}/approval", manage, pages::approve)
        .page(Method::POST, "/office/price-changes/{id}/rejection", manage, pages::decline)
        .page(Method::GET, "/office/price-lists/{id}/changes", manage, pages::of_list)
        .page(Method::GET, "/office/price-lists/{id}/history/{product}", manage, pages::history)
        .api(
            Method::GET,
            "/api/v1/price-changes",
            manage,
            doc("list_price_changes", "Changes of prices, the newest first")
                .query::<api::ChangeQuery>()
                .response::<api::ChangePage>(),
            api::list,
        )
        .api(
            Method::GET,
            "/api/v1/price-changes/{id}",
            manage,
            doc("get_price_change", "A change of prices with its first 1,000 lines").response::<api::ChangeDetail>(),
            api::one,
        )
        .api(
            Method::POST,
            "/api/v1/price-changes/{id}/approval",
            manage,
            doc("approve_price_change", "Confirms, as a second person, the prices that wait")
                .request::<api::NoteInput>()
                .response::<SubmittedView>(),
            api::approve,
        )
        .api(
            Method::POST,
            "/api/v1/price-changes/{id}/rejection",
            manage,
            doc("reject_price_change", "Declines the prices that wait, or takes back one's own")
                .request::<api::NoteInput>(),
            api::decline,
        )
}
