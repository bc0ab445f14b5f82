//! The seller's rules, version by version.
//!
//! At most one version is open (draft, simulated, approved) and exactly one is published; publishing retires the one before. A
//! published text never changes, and every decision names the version that made it, so that it can be explained and replayed
//! years later. An empty installation begins with [`negotiation_engine::Policy::starter`], published by [`actions::setup`].
//!
//! A draft is simulated once [`actions::record_simulation`] has noted a simulation of exactly its text; every change makes it
//! a draft again. Somebody who wrote none of it approves it, then anybody who may can publish it. Where only one person may
//! manage policies, their own approval is taken, and recorded as that.
//!
//! Every field stands once in `shape`: the form, the TOML [`file`], the comparison of versions and the pages follow from it.

pub mod actions;
mod api;
pub mod conditions;
mod diff;
mod example;
pub mod file;
mod form;
mod pages;
pub mod queries;
pub mod rules;
mod shape;
mod store;
#[cfg(test)]
mod tests;
mod value;
pub mod verdict;
mod view;
pub mod words;

pub use example::Example;
pub use value::Subject;
pub(crate) use value::wrong as wrong_condition;

use db::events::Event;
use kernel::{Access, CompanyId, Instant, Permission, PolicyId, UserId};
use web::Method;

pub use diff::diff;

/// Where a version stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyState {
    /// Being written.
    Draft,
    /// Its text was simulated.
    Simulated,
    /// Its text was approved.
    Approved,
    /// In force.
    Published,
    /// Was in force.
    Retired,
    /// Decides for some companies in an experiment; never changes, never in force for all.
    Variant,
}

impl PolicyState {
    /// Every state, in the order in which a version takes them; a variant stands apart.
    pub const ALL: [Self; 6] =
        [Self::Draft, Self::Simulated, Self::Approved, Self::Published, Self::Retired, Self::Variant];

    /// The stored code; `policy-state-<code>` is the key of its word.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Simulated => "simulated",
            Self::Approved => "approved",
            Self::Published => "published",
            Self::Retired => "retired",
            Self::Variant => "variant",
        }
    }

    /// Whether its text may still change.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Simulated | Self::Approved)
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// One version.
#[derive(Debug, Clone)]
pub struct PolicyVersion {
    /// Its id.
    pub id: PolicyId,
    /// Its number, rising.
    pub number: i64,
    /// Where it stands.
    pub state: PolicyState,
    /// The rules.
    pub policy: negotiation_engine::Policy,
    /// Why it was published.
    pub note: String,
    /// Who began it; `None` for the starter.
    pub created_by: Option<UserId>,
    /// When.
    pub created_at: Instant,
    /// Who published it.
    pub published_by: Option<UserId>,
    /// When.
    pub published_at: Option<Instant>,
    /// Counts the texts of a draft: the number names a text.
    pub version: i64,
}

/// A simulation of a version's text.
#[derive(Debug, Clone)]
pub struct Simulation {
    /// The text that was simulated.
    pub version: i64,
    /// What the simulation is called where it can be looked at.
    pub run: Option<String>,
    /// Its outcome in short, as JSON.
    pub summary: String,
    /// Who ran it; `None` for the system.
    pub by: Option<UserId>,
    /// When.
    pub at: Instant,
}

/// That somebody stands by a version's text.
#[derive(Debug, Clone)]
pub struct Approval {
    /// The text that was approved.
    pub version: i64,
    /// Who.
    pub by: UserId,
    /// Why.
    pub note: String,
    /// Whether it is an author's own, because nobody else could approve.
    pub is_own: bool,
    /// When.
    pub at: Instant,
}

/// How a version came to be.
#[derive(Debug, Clone, Default)]
pub struct Course {
    /// Who wrote its text.
    pub authors: Vec<UserId>,
    /// The last simulation of its last text.
    pub simulation: Option<Simulation>,
    /// The approval of its last text.
    pub approval: Option<Approval>,
}

kernel::refusals! {
    /// Why a policy is not changed.
    pub enum PolicyRefusal {
        /// There is no draft.
        NoDraft = "policy-no-draft" => Conflict,
        /// Somebody else changed the draft after it was read.
        DraftChanged = "policy-draft-changed" => Conflict,
        /// There is an open draft already.
        DraftOpen = "policy-draft-open" => Conflict,
        /// The text of the draft was not simulated.
        NotSimulated = "policy-not-simulated" => Conflict,
        /// The text of the draft is approved already.
        ApprovedAlready = "policy-approved-already" => Conflict,
        /// An author of the draft may not approve it while somebody else could. Carries as `people` the names of those who
        /// wrote none of it, `none` where nobody is left: then the draft is discarded and begun again by one of its authors.
        OwnApproval = "policy-own-approval" => Conflict,
        /// The text of the draft was not approved.
        NotApproved = "policy-not-approved" => Conflict,
        /// The draft says the same as the published version.
        NothingChanged = "policy-nothing-changed" => Conflict,
    }
}

/// What happens to policies.
#[derive(Debug)]
pub(crate) enum PolicyEvent {
    Drafted(PolicyId, i64),
    Simulated(PolicyId, i64),
    Approved(PolicyId, i64),
    Published(PolicyId, i64),
    Discarded(PolicyId, i64),
}

impl Event for PolicyEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Drafted(..) => "policy.drafted",
            Self::Simulated(..) => "policy.simulated",
            Self::Approved(..) => "policy.approved",
            Self::Published(..) => "policy.published",
            Self::Discarded(..) => "policy.discarded",
        }
    }
    fn subject(&self) -> String {
        match self {
            Self::Drafted(id, _)
            | Self::Simulated(id, _)
            | Self::Approved(id, _)
            | Self::Published(id, _)
            | Self::Discarded(id, _) => id.to_string(),
        }
    }
    fn company(&self) -> Option<CompanyId> {
        None
    }
    fn payload(&self) -> serde_json::Value {
        match self {
            Self::Drafted(_, number)
            | Self::Simulated(_, number)
            | Self::Approved(_, number)
            | Self::Published(_, number)
            | Self::Discarded(_, number) => serde_json::json!({ "number": number }),
        }
    }
}

pub(crate) fn routes() -> web::Routes {
    pages(web::Routes::new()).merge(api::routes())
}

fn pages(routes: web::Routes) -> web::Routes {
    let may = Access::Needs(Permission::ManagePolicy);
    routes
        .page(Method::GET, "/office/policy", may, pages::published::published)
        .page(Method::GET, "/office/policy/versions/{number}", may, pages::published::version)
        .page(Method::GET, "/office/policy/versions/{number}/policy.toml", may, pages::published::toml)
        .page(Method::POST, "/office/policy/versions/{number}/draft", may, pages::draft::begin_from)
        .page(Method::GET, "/office/policy/draft", may, pages::draft::draft)
        .page(Method::POST, "/office/policy/draft/removal", may, pages::draft::discard)
        .page(Method::POST, "/office/policy/draft/approval", may, pages::draft::approve)
        .page(Method::POST, "/office/policy/draft/publication", may, pages::draft::publish)
        .page(Method::GET, "/office/policy/draft/text", may, pages::text::text)
        .page(Method::POST, "/office/policy/draft/text", may, pages::text::save)
        .page(Method::POST, "/office/policy/draft/file", may, pages::text::upload)
        .page(Method::POST, "/office/policy/conditions/examination", may, api::conditions::examine)
        .page(Method::POST, "/office/policy/conditions/completion", may, api::conditions::complete)
        .page(Method::GET, "/office/policy/draft/sections", may, pages::sections::list)
        .page(Method::POST, "/office/policy/draft/sections", may, pages::sections::change)
        .page(Method::GET, "/office/policy/draft/sections/{place}", may, pages::editor::section)
        .page(Method::POST, "/office/policy/draft/sections/{place}", may, pages::editor::save_section)
        .page(Method::POST, "/office/policy/draft/sections/{place}/example", may, pages::editor::section_example)
        .page(Method::GET, "/office/policy/draft/rules/{part}", may, pages::editor::part)
        .page(Method::POST, "/office/policy/draft/rules/{part}", may, pages::editor::save_part)
        .page(Method::POST, "/office/policy/draft/rules/{part}/example", may, pages::editor::part_example)
}
