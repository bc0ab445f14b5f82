//! The seller's rules, version by version.
//!
//! At most one version is a draft and exactly one is published; publishing retires the one before. A published text never
//! changes, and every decision names the version that made it, so that it can be explained and replayed years later. An
//! empty installation begins with [`crate::engine::Policy::starter`], published by [`actions::setup`].

pub mod actions;
mod api;
mod form;
mod pages;
pub mod queries;
pub mod rules;
mod store;
#[cfg(test)]
mod tests;
mod view;

use db::events::Event;
use kernel::{Access, CompanyId, Instant, Permission, PolicyId, UserId};
use web::{ApiDoc, Method};

use crate::engine;

pub(crate) use view::diff;

/// Where a version stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyState {
    /// Being written.
    Draft,
    /// In force.
    Published,
    /// Was in force.
    Retired,
    /// Decides for some companies in an experiment; never changes, never in force for all.
    Variant,
}

impl PolicyState {
    const ALL: [Self; 4] = [Self::Draft, Self::Published, Self::Retired, Self::Variant];

    /// The stored code; `policy-state-<code>` is the key of its word.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Retired => "retired",
            Self::Variant => "variant",
        }
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
    pub policy: engine::Policy,
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
    /// Counts changes of a draft.
    pub version: i64,
}

kernel::refusals! {
    /// Why a policy is not changed.
    pub enum PolicyRefusal {
        /// There is no draft.
        NoDraft = "policy-no-draft" => Conflict,
        /// Somebody else changed the draft after it was read.
        DraftChanged = "policy-draft-changed" => Conflict,
        /// The draft says the same as the published version.
        NothingChanged = "policy-nothing-changed" => Conflict,
    }
}

/// What happens to policies.
#[derive(Debug)]
pub(crate) enum PolicyEvent {
    Drafted(PolicyId, i64),
    Published(PolicyId, i64),
    Discarded(PolicyId, i64),
}

impl Event for PolicyEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Drafted(..) => "policy.drafted",
            Self::Published(..) => "policy.published",
            Self::Discarded(..) => "policy.discarded",
        }
    }
    fn subject(&self) -> String {
        match self {
            Self::Drafted(id, _) | Self::Published(id, _) | Self::Discarded(id, _) => id.to_string(),
        }
    }
    fn company(&self) -> Option<CompanyId> {
        None
    }
    fn payload(&self) -> serde_json::Value {
        match self {
            Self::Drafted(_, number) | Self::Published(_, number) | Self::Discarded(_, number) => {
                serde_json::json!({ "number": number })
            }
        }
    }
}

pub(crate) fn routes() -> web::Routes {
    let may = Access::Needs(Permission::ManagePolicy);
    let doc = |id, summary| ApiDoc::new("policies", id, summary);
    web::Routes::new()
        .page(Method::GET, "/office/policy", may, pages::published)
        .page(Method::GET, "/office/policy/versions/{number}", may, pages::version)
        .page(Method::GET, "/office/policy/draft", may, pages::draft)
        .page(Method::POST, "/office/policy/draft", may, pages::save)
        .page(Method::POST, "/office/policy/draft/example", may, pages::example)
        .page(Method::POST, "/office/policy/draft/removal", may, pages::discard)
        .page(Method::GET, "/office/policy/draft/publication", may, pages::before_publication)
        .page(Method::POST, "/office/policy/draft/publication", may, pages::publish)
        .api(
            Method::GET,
            "/api/v1/policies",
            may,
            doc("list_policies", "All versions of the negotiation policy").response::<Vec<api::VersionJson>>(),
            api::list,
        )
        .api(
            Method::GET,
            "/api/v1/policies/draft",
            may,
            doc("get_policy_draft", "The draft, or the published version to begin one from")
                .response::<api::DraftJson>(),
            api::draft,
        )
        .api(
            Method::PUT,
            "/api/v1/policies/draft",
            may,
            doc("save_policy_draft", "Saves the draft")
                .request::<api::SaveDraft>()
                .response::<api::DraftJson>()
                .refusals(PolicyRefusal::ALL),
            api::save,
        )
        .api(
            Method::POST,
            "/api/v1/policies/draft/publication",
            may,
            doc("publish_policy", "Publishes the draft")
                .request::<api::PublishDraft>()
                .created::<api::VersionJson>()
                .refusals(PolicyRefusal::ALL),
            api::publish,
        )
}
