//! The sales desk: what the rules leave to people.
//!
//! A case is a negotiation that waits. The person sees the ask, the evidence, what would be left of the ask and of each
//! suggested answer (the margin waterfall), why the shop did not decide alone, and the customer. Then: approve (the ask, or
//! a suggestion), counter, or reject with a reason. What a person may send is bounded by the approval matrix
//! ([`crate::engine::check_counter`]). Two people cannot decide one case: the form carries the version that was read.

pub mod actions;
pub mod api;
mod customer;
mod pages;
pub mod queries;
mod queue;
pub mod rules;
mod trace;
mod view;
mod waterfall;

use kernel::{Access, NegotiationId, OfferId, Permission, Quantity, UnitPrice};
use web::{ApiDoc, Method};

pub use rules::REJECT_REASONS;
pub(crate) use trace::{lines as stored_trace_lines, of_trace as trace_lines, tenths};

/// Says yes: to the ask, or to a suggested answer.
#[derive(Debug, Clone, Default)]
pub struct Approval {
    /// The version of the case that was read.
    pub version: i64,
    /// The suggested answer; `None` for the ask itself.
    pub offer: Option<OfferId>,
    /// What the buyer reads.
    pub message: String,
    /// Why, for the seller's own people.
    pub rationale: String,
}

/// Other terms.
#[derive(Debug, Clone)]
pub struct Counter {
    /// The version of the case that was read.
    pub version: i64,
    /// Quantity and price for each line of the ask, in its order.
    pub lines: Vec<(Quantity, UnitPrice)>,
    /// Days to pay.
    pub payment_days: i64,
    /// What the buyer reads.
    pub message: String,
    /// Why, for the seller's own people.
    pub rationale: String,
}

/// Says no.
#[derive(Debug, Clone)]
pub struct Rejection {
    /// The version of the case that was read.
    pub version: i64,
    /// One of [`REJECT_REASONS`].
    pub reason: String,
    /// Why, for the seller's own people.
    pub rationale: String,
    /// What the buyer reads.
    pub message: String,
}

kernel::refusals! {
    /// Why a decision on the desk is refused.
    pub enum DeskRefusal {
        /// Somebody else has decided the case.
        DecidedAlready = "case-decided-already" => Conflict,
        /// The buyer has moved on: taken an offer, or taken the ask back.
        NotWaiting = "case-not-waiting" => Conflict,
        /// The case has changed since it was read.
        Changed = "case-changed" => Conflict,
        /// The suggested answer is no longer one.
        SuggestionGone = "suggestion-gone" => Conflict,
        /// The person's authority does not reach so far.
        NeedsAuthority = "needs-authority" => Forbidden,
    }
}

/// Where a case is decided.
pub fn href(id: NegotiationId) -> String {
    format!("/desk/{id}")
}

pub(crate) fn routes() -> web::Routes {
    let may = Access::Needs(Permission::UseDesk);
    let doc = |id, summary| ApiDoc::new("desk", id, summary);
    let decision = |id, summary| doc(id, summary).response::<api::CaseJson>().refusals(DeskRefusal::ALL);
    web::Routes::new()
        .page(Method::GET, "/desk", may, pages::desk)
        .page(Method::GET, "/desk/queue", may, pages::queue_only)
        .page(Method::GET, "/desk/{id}", may, pages::case)
        .page(Method::GET, "/desk/{id}/margin", may, pages::margin)
        .page(Method::GET, "/desk/{id}/standing", may, pages::standing)
        .page(Method::GET, "/desk/{id}/rejection", may, pages::reject_form)
        .page(Method::POST, "/desk/{id}/approval", may, pages::approve)
        .page(Method::POST, "/desk/{id}/counteroffer", may, pages::counter)
        .page(Method::POST, "/desk/{id}/rejection", may, pages::reject)
        .api(
            Method::GET,
            "/api/v1/desk",
            may,
            doc("list_cases", "Cases that wait for a person")
                .query::<api::CasesQuery>()
                .response::<Vec<api::CaseRowJson>>(),
            api::list,
        )
        .api(
            Method::GET,
            "/api/v1/desk/{id}",
            may,
            doc("get_case", "One case with all context").response::<api::CaseJson>(),
            api::case,
        )
        .api(
            Method::POST,
            "/api/v1/desk/{id}/approval",
            may,
            decision("approve_case", "Grants the ask, or sends a suggested answer").request::<api::ApproveCase>(),
            api::approve,
        )
        .api(
            Method::POST,
            "/api/v1/desk/{id}/counteroffer",
            may,
            decision("counter_case", "Sends other terms").request::<api::CounterCase>(),
            api::counter,
        )
        .api(
            Method::POST,
            "/api/v1/desk/{id}/rejection",
            may,
            decision("reject_case", "Says no, with a reason").request::<api::RejectCase>(),
            api::reject,
        )
}
