//! The sales desk: what the rules leave to people.
//!
//! A case is a negotiation that waits. The person sees the ask, the evidence, what would be left of the ask and of each
//! suggested answer (the margin waterfall), why the shop did not decide alone, and the customer. Then: approve (the ask, or
//! a suggestion), counter, or reject with a reason. What a person may send is bounded by the approval matrix
//! ([`negotiation_engine::check_counter`]). Two people cannot decide one case: the form carries the version that was read.
//!
//! [`attending`] is what people do with cases beside deciding them: take one over, pass it on, recommend, begin one for a
//! customer, or hold a negotiation that the shop answers by itself. [`alike`] finds cases that one decision may answer.

pub mod actions;
pub mod alike;
pub mod api;
pub mod attending;
mod customer;
mod decision;
mod handing;
mod json;
mod pages;
pub mod proposing;
pub mod queries;
mod queue;
mod recording;
pub mod rules;
mod start;
mod start_figures;
mod store;
mod timeline;
mod typed;
pub mod undoing;
mod view;
mod waterfall;
mod way;

pub(crate) use waterfall::is_bad;
#[cfg(test)]
pub(crate) use waterfall::{Levels, of as testing_fall};

use kernel::{Access, Instant, OfferId, Permission, ProductId, Quantity, UnitPrice, UserId};
use web::{ApiDoc, Method};

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
#[derive(Debug, Clone, Default)]
pub struct Counter {
    /// The version of the case that was read.
    pub version: i64,
    /// The suggested answer, or the own offer, that it starts from; `None` for the ask. What is agreed beside goods and payment
    /// stays as there.
    pub base: Option<OfferId>,
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

/// An answer that is sent on for approval.
#[derive(Debug, Clone)]
pub struct NewProposal {
    /// The version of the case that was read.
    pub version: i64,
    /// Which answer.
    pub answer: Proposed,
    /// What the buyer is to read.
    pub message: String,
    /// Why, for whoever approves.
    pub rationale: String,
}

/// The answer that is proposed.
#[derive(Debug, Clone)]
pub enum Proposed {
    /// To grant the ask.
    Ask,
    /// To send a suggested answer.
    Offer(OfferId),
    /// To send other terms.
    Counter(Counter),
}

/// An answer that a colleague proposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The suggested offer that it is.
    pub offer: OfferId,
    /// Who.
    pub person: UserId,
    /// The authority that it needs, as a code.
    pub needed: String,
    /// Why.
    pub rationale: String,
    /// What the buyer is to read.
    pub message: String,
    /// When.
    pub at: Instant,
}

/// Advice before somebody above decides.
#[derive(Debug, Clone)]
pub struct Recommendation {
    /// The version of the case that was read.
    pub version: i64,
    /// One of [`VERDICTS`].
    pub verdict: String,
    /// Why, for the seller's own people.
    pub rationale: String,
}

/// What a recommendation may say; `advised-<code>` is the key of its sentence.
pub const VERDICTS: [&str; 3] = ["approve", "counter", "reject"];

/// A negotiation that a person of the desk begins for a customer.
#[derive(Debug, Clone, Default)]
pub struct Start {
    /// Who gets the offer; `None`: whoever buys for the company.
    pub contact: Option<UserId>,
    /// What, each product once.
    pub lines: Vec<StartLine>,
    /// Days to pay; `None`: the customer's own.
    pub payment_days: Option<i64>,
    /// Days for which the offer stands; `None`: as the policy says.
    pub valid_days: Option<i64>,
    /// Beyond the own authority: send it on for approval instead of refusing it.
    pub is_proposal: bool,
    /// What the buyer reads.
    pub message: String,
    /// Why, for the seller's own people.
    pub rationale: String,
}

/// A line of a [`Start`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StartLine {
    /// The product.
    pub product: ProductId,
    /// How much.
    pub quantity: Quantity,
    /// The price to offer; `None` in every line: what the shop would offer.
    pub price: Option<UnitPrice>,
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
        /// The person's own authority suffices: nobody has to approve it.
        NoApprovalNeeded = "no-approval-needed" => Conflict,
        /// The decision can no longer be taken back: too late, somebody else's, or the buyer has acted on it.
        DecisionStands = "decision-stands" => Conflict,
        /// There is no offer of this person that the buyer has not taken.
        NothingToReplace = "nothing-to-replace" => Conflict,
        /// The person's authority does not reach so far.
        NeedsAuthority = "needs-authority" => Forbidden,
        /// The colleague's authority does not reach so far.
        ColleagueLacks = "colleague-without-authority" => Conflict,
        /// The colleague is absent.
        ColleagueAway = "colleague-away" => Conflict,
        /// The case is to be decided, not to be recommended.
        NoAdviceWanted = "no-recommendation-wanted" => Conflict,
        /// The shop does not answer this negotiation by itself just now.
        NotAutomated = "negotiation-not-automated" => Conflict,
        /// A colleague holds the negotiation already.
        HeldAlready = "negotiation-held" => Conflict,
        /// Nobody holds the negotiation.
        NotHeld = "negotiation-not-held" => Conflict,
        /// The company negotiates about this product already.
        GoingOn = "negotiation-going-on" => Conflict,
        /// Nobody of the company may negotiate.
        NoContact = "company-without-buyer" => Conflict,
        /// The customer is excluded from negotiation.
        MayNotStart = "negotiation-may-not-start" => Conflict,
        /// The shop would offer nothing by itself.
        NothingToOffer = "nothing-to-offer" => Conflict,
    }
}

pub(crate) fn routes() -> web::Routes {
    let may = Access::Needs(Permission::UseDesk);
    web::Routes::new()
        .page(Method::GET, "/desk", may, pages::desk)
        .page(Method::GET, "/desk/queue", may, pages::queue_only)
        .page(Method::GET, "/desk/undo", may, pages::undo_banner)
        .page(Method::GET, "/desk/alike", may, alike::page)
        .page(Method::POST, "/desk/alike", may, alike::approve)
        .page(Method::GET, "/desk/new", may, start::page)
        .page(Method::POST, "/desk/new", may, start::begin)
        .page(Method::POST, "/desk/new/figures", may, start::figures)
        .page(Method::GET, "/desk/{id}", may, pages::case)
        .page(Method::GET, "/desk/{id}/decision", may, decision::fragment)
        .page(Method::GET, "/desk/{id}/standing", may, pages::standing)
        .page(Method::GET, "/desk/{id}/rejection", may, pages::reject_form)
        .page(Method::POST, "/desk/{id}/approval", may, pages::approve)
        .page(Method::POST, "/desk/{id}/counteroffer", may, pages::counter)
        .page(Method::POST, "/desk/{id}/proposal", may, pages::propose)
        .page(Method::POST, "/desk/{id}/replacement", may, pages::replace)
        .page(Method::POST, "/desk/{id}/decision/removal", may, pages::undo)
        .page(Method::POST, "/desk/{id}/rejection", may, pages::reject)
        .page(Method::POST, "/desk/{id}/assignment", may, handing::assign)
        .page(Method::POST, "/desk/{id}/recommendation", may, handing::recommend)
        .page(Method::POST, "/desk/{id}/hold", may, handing::hold)
        .page(Method::POST, "/desk/{id}/hold/removal", may, handing::release)
        .merge(case_api(may))
        .merge(attending_api(may))
}

fn doc(id: &'static str, summary: &'static str) -> ApiDoc {
    ApiDoc::new("desk", id, summary)
}

fn decision(id: &'static str, summary: &'static str) -> ApiDoc {
    doc(id, summary).response::<api::CaseJson>().refusals(DeskRefusal::ALL)
}

fn case_api(may: Access) -> web::Routes {
    web::Routes::new()
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
            "/api/v1/desk/{id}/proposal",
            may,
            decision("propose_case", "Sends an answer beyond the own authority on for approval")
                .request::<api::ProposeCase>(),
            api::propose,
        )
        .api(
            Method::POST,
            "/api/v1/desk/{id}/replacement",
            may,
            decision("replace_case_offer", "Puts other terms in the place of an own offer that was not taken")
                .request::<api::CounterCase>(),
            api::replace,
        )
        .api(
            Method::DELETE,
            "/api/v1/desk/{id}/decision",
            may,
            decision("undo_case_decision", "Takes the own decision back, within ten seconds"),
            api::undo,
        )
        .api(
            Method::POST,
            "/api/v1/desk/{id}/rejection",
            may,
            decision("reject_case", "Says no, with a reason").request::<api::RejectCase>(),
            api::reject,
        )
}

fn attending_api(may: Access) -> web::Routes {
    web::Routes::new()
        .api(
            Method::POST,
            "/api/v1/desk/{id}/assignment",
            may,
            decision("assign_case", "Takes a case over, or passes it on to a colleague")
                .request::<handing::AssignCase>(),
            handing::assign_json,
        )
        .api(
            Method::POST,
            "/api/v1/desk/{id}/recommendation",
            may,
            decision("recommend_case", "Recommends an answer before somebody above decides")
                .request::<handing::RecommendCase>(),
            handing::recommend_json,
        )
        .api(
            Method::POST,
            "/api/v1/desk/{id}/hold",
            may,
            decision("hold_negotiation", "Further asks come to the caller before the shop answers"),
            handing::hold_json,
        )
        .api(
            Method::DELETE,
            "/api/v1/desk/{id}/hold",
            may,
            decision("release_negotiation", "Hands a negotiation back to the shop"),
            handing::release_json,
        )
        .api(
            Method::GET,
            "/api/v1/desk/groups",
            may,
            doc("list_alike_cases", "Cases that are so alike that one decision may answer them")
                .response::<Vec<alike::GroupJson>>(),
            alike::list_json,
        )
        .api(
            Method::POST,
            "/api/v1/desk/approvals",
            may,
            doc("approve_cases", "Approves several cases, each for itself; those that have changed are left out")
                .request::<alike::ApproveCases>()
                .response::<Vec<alike::DoneJson>>()
                .refusals(DeskRefusal::ALL),
            alike::approve_json,
        )
        .api(
            Method::POST,
            "/api/v1/desk/negotiations",
            may,
            doc("start_negotiation", "Begins a negotiation for a customer with an offer")
                .request::<start::StartNegotiation>()
                .created::<api::CaseJson>()
                .refusals(DeskRefusal::ALL),
            start::begin_json,
        )
}
