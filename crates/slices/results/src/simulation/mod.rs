//! Policies tried on the past before they go live, and a policy suggested from it.
//!
//! A [`SimulationRun`] lets the same buyers meet several arms: policies of any version, the suggested one, and reference rules
//! such as 'always list price'. Buyers are those of the past ([`Kind::Backtest`]) or invented ones that were fitted to it. What
//! the installation knows of its past is [`load`]ed into a [`simulation::Market`]; a job works through the run on all cores
//! and writes down how far it is; [`results`] are kept with the texts of the policies, so that they can be worked out again.
//!
//! * [`load`] reads the past, in the currency of the policy by reference rates. The last 24 months count, up to the last
//!   purchase: an imported history of earlier years is a past too.
//! * [`work`] is the run itself: pure, on threads, the same result for any number of them.
//! * [`verdict`] says first what changes against the policy in force: the sentence that approvers read, too. [`fit`] holds what
//!   invented buyers do against what is recorded.
//! * [`figures`] words results, for pages, exports and the command line.

pub mod actions;
mod api;
pub mod figures;
pub mod fit;
mod form;
mod goods;
pub(crate) mod jobs;
pub mod load;
mod pages;
pub mod queries;
mod results;
pub mod rules;
mod sheet;
mod store;
mod suggestion;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod use_tests;
pub mod verdict;
mod view;
pub mod work;

use db::events::Event;
use kernel::{Access, CompanyId, Currency, Instant, Permission, PolicyId, SimulationId, UserId};
use serde::{Deserialize, Serialize};
use terms::policies::PolicyRefusal;
use web::{ApiDoc, Method};

pub use results::{Results, StoredSuggestion};
pub use simulation::{Kind, Report};

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunState {
    /// Nobody has begun it.
    Queued,
    /// It is being worked out.
    Running,
    /// It has results.
    Done,
    /// It could not be; see [`SimulationRun::error`].
    Failed,
    /// Somebody stopped it.
    Cancelled,
}

impl RunState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Queued, Self::Running, Self::Done, Self::Failed, Self::Cancelled];

    /// The stored code; `simulation-state-<code>` is the key of its word.
    pub fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether it will still change by itself.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Queued | Self::Running)
    }
}

/// An arm of a run as it is stored: what it is called, and the text of its policy where it is one of a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredArm {
    /// [`rules::Choice::code`], or the name of a file.
    pub name: String,
    /// The version's number.
    pub number: Option<i64>,
    /// The policy as JSON; `None` for what follows from name and history.
    pub policy: Option<String>,
}

/// Everything that a run is made from beside the past.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunSettings {
    /// The currency of all amounts.
    pub currency: Currency,
    /// Which buyers.
    pub kind: Kind,
    /// The seed that they are drawn from.
    pub seed: u64,
    /// What they meet.
    pub arms: Vec<StoredArm>,
    /// The policy in force as JSON: buyers behave as it is recorded to have made real ones behave. `None` in runs of earlier
    /// versions.
    #[serde(default)]
    pub in_force: Option<String>,
}

/// The text that a run looks at first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// The version.
    pub policy: PolicyId,
    /// Which text of a draft: [`terms::policies::PolicyVersion::version`].
    pub version: i64,
    /// SHA-256 of the policy's JSON, in hexadecimal digits.
    pub hash: String,
}

/// A run, without its results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimulationRun {
    /// Its id.
    pub id: SimulationId,
    /// Its number, as people call it.
    pub number: i64,
    /// Where it stands.
    pub state: RunState,
    /// How far it is, in parts per million.
    pub progress_ppm: i64,
    /// What it is made from.
    pub settings: RunSettings,
    /// The draft, else the published version, where one of them is an arm.
    pub examined: Option<Examined>,
    /// Why it failed, as a code: the last part of `simulation-error-<code>`.
    pub error: String,
    /// Who wanted it; `None` for the system.
    pub created_by: Option<UserId>,
    /// When.
    pub created_at: Instant,
    /// When it was begun.
    pub started_at: Option<Instant>,
    /// When it ended.
    pub finished_at: Option<Instant>,
}

impl SimulationRun {
    /// Whether the suggested policy is among the arms.
    pub fn has_suggestion(&self) -> bool {
        self.settings.arms.iter().any(|arm| arm.name == rules::Choice::Suggested.code())
    }
}

kernel::refusals! {
    /// Why a simulation is not run, stopped or taken over.
    pub enum SimulationRefusal {
        /// Nothing was sold or negotiated yet that buyers could be learnt from.
        NoHistory = "simulation-no-history" => Conflict,
        /// Too many simulations are waiting or running.
        TooMany = "simulation-too-many" => Conflict,
        /// The simulation has ended.
        Ended = "simulation-ended" => Conflict,
        /// The simulation has not suggested a policy (yet).
        NoSuggestion = "simulation-no-suggestion" => Conflict,
    }
}

/// What happens to simulations.
#[derive(Debug)]
pub(crate) enum SimulationEvent {
    Queued(SimulationId, i64),
    /// So far, in parts per million.
    Progressed(SimulationId, i64),
    /// Done, failed or cancelled; with the text that was looked at first.
    Finished(SimulationId, RunState, Option<Examined>),
}

impl Event for SimulationEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Queued(..) => "simulation.queued",
            Self::Progressed(..) => "simulation.progressed",
            Self::Finished(..) => "simulation.finished",
        }
    }
    fn subject(&self) -> String {
        match self {
            Self::Queued(id, _) | Self::Progressed(id, _) | Self::Finished(id, ..) => id.to_string(),
        }
    }
    fn company(&self) -> Option<CompanyId> {
        None
    }
    fn payload(&self) -> serde_json::Value {
        match self {
            Self::Queued(_, number) => serde_json::json!({ "number": number }),
            Self::Progressed(_, ppm) => serde_json::json!({ "progress_ppm": ppm }),
            Self::Finished(_, state, examined) => {
                let examined = examined.as_ref();
                serde_json::json!({
                    "state": state.code(),
                    "policy": examined.map(|one| one.policy),
                    "policy_version": examined.map(|one| one.version),
                    "policy_hash": examined.map(|one| &one.hash),
                })
            }
        }
    }
}

/// Where a run is shown.
pub fn href(id: SimulationId) -> String {
    format!("/office/simulations/{id}")
}

pub(crate) fn routes() -> web::Routes {
    let may = Access::Needs(Permission::ManagePolicy);
    web::Routes::new()
        .page(Method::GET, "/office/simulations", may, pages::list)
        .page(Method::POST, "/office/simulations", may, pages::start)
        .page(Method::GET, "/office/simulations/new", may, pages::new)
        .page(Method::GET, "/office/simulations/{id}", may, pages::show)
        .page(Method::GET, "/office/simulations/{id}/figures.csv", may, sheet::csv)
        .page(Method::GET, "/office/simulations/{id}/figures.xlsx", may, sheet::xlsx)
        .page(Method::POST, "/office/simulations/{id}/cancellation", may, pages::cancel)
        .page(Method::GET, "/office/policy/suggestion", may, suggestion::show)
        .page(Method::POST, "/office/policy/suggestion", may, suggestion::start)
        .page(Method::POST, "/office/policy/suggestion/draft", may, suggestion::adopt)
        .merge(api_routes(may))
}

fn api_routes(may: Access) -> web::Routes {
    let doc = |id, summary| ApiDoc::new("simulations", id, summary);
    let start = doc("start_simulation", "Starts a simulation of policies against past or invented buyers")
        .request::<api::StartSimulation>()
        .created::<api::RunJson>()
        .refusals(SimulationRefusal::ALL)
        .refusals(PolicyRefusal::ALL);
    let list = doc("list_simulations", "Simulations, the newest first").response::<Vec<api::RunJson>>();
    let get = doc("get_simulation", "A simulation with its results").response::<api::ResultsJson>();
    let cancel = doc("cancel_simulation", "Stops a simulation that waits or runs")
        .response::<api::RunJson>()
        .refusals(SimulationRefusal::ALL);
    let adopt = doc("adopt_suggestion", "Makes the policy that a simulation suggested the draft")
        .request::<api::AdoptSuggestion>()
        .response::<api::AdoptedJson>()
        .refusals(SimulationRefusal::ALL)
        .refusals(PolicyRefusal::ALL);
    web::Routes::new()
        .api(Method::POST, "/api/v1/simulations", may, start, api::start)
        .api(Method::GET, "/api/v1/simulations", may, list, api::list)
        .api(Method::GET, "/api/v1/simulations/{id}", may, get, api::get)
        .api(Method::POST, "/api/v1/simulations/{id}/cancellation", may, cancel, api::cancel)
        .api(Method::POST, "/api/v1/simulations/{id}/draft", may, adopt, api::adopt)
}
