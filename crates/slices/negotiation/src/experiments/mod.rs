//! Experiments: another policy for some companies, to find out what it causes.
//!
//! * A **variant** is a whole policy. The control is the version that was in force at the start, the treatment a text of
//!   its own; at the start it becomes an unchanging row of `policy` in the state `variant`, so that every round names what
//!   decided it and can be replayed.
//! * **Assignment** is by company ([`statistics::assign`]): all colleagues see the same. It is stored at the first exposure,
//!   the beginning of a new negotiation; what began before goes on as it began. While an experiment runs, its companies stay
//!   with its two variants, whatever is published meanwhile.
//! * **Measuring.** A company counts once, when its window has passed: what it asked for in the so many days from its
//!   exposure on, and what had become of that by their end. So an observation never changes, and the mixture sequential test
//!   ([`statistics::sequential`]; Johari, Koomen, Pekelis and Walsh 2022) holds however often one looks. Under Thompson
//!   allocation the shares follow the outcomes, so each arm has a confidence sequence of its own.
//! * **Guardrails**: escalations, withdrawals and pocket margin, each read alone, because a missed harm costs more than a
//!   stopped experiment.
//! * **Stop rules**, looked at daily: a guardrail is breached, the difference is shown, the planned sample is reached, or
//!   the days are over.
//! * At most one experiment runs for any company: two may run at once only if their segments plainly exclude each other.

pub mod actions;
mod api;
mod form;
mod pages;
pub mod queries;
pub mod reading;
pub mod rules;
mod store;
#[cfg(test)]
mod tests;

use db::events::Event;
use kernel::{Access, CompanyId, Instant, Permission, PolicyId, UserId};
use uuid::Uuid;
use web::{ApiDoc, Method};

/// Where an experiment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExperimentState {
    /// Being planned.
    Draft,
    /// Companies are in it.
    Running,
    /// Over.
    Stopped,
}

impl ExperimentState {
    const ALL: [Self; 3] = [Self::Draft, Self::Running, Self::Stopped];

    /// The stored code; `experiment-state-<code>` is the key of its word.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Running => "running",
            Self::Stopped => "stopped",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// What is to become better, per negotiation of a company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// The share that is agreed.
    Agreement,
    /// What is left, in the policy's currency.
    Margin,
    /// What is sold, in the policy's currency.
    Revenue,
}

impl Metric {
    /// Every metric.
    pub const ALL: [Self; 3] = [Self::Agreement, Self::Margin, Self::Revenue];

    /// The stored code; `experiment-metric-<code>` is the key of its name.
    pub fn code(self) -> &'static str {
        match self {
            Self::Agreement => "agreement",
            Self::Margin => "margin",
            Self::Revenue => "revenue",
        }
    }

    /// The metric with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|metric| metric.code() == code)
    }
}

/// How new companies are split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allocation {
    /// Half and half.
    Even,
    /// More and more to what works (Thompson 1933), a tenth to each at least.
    Thompson,
}

impl Allocation {
    /// Every way.
    pub const ALL: [Self; 2] = [Self::Even, Self::Thompson];

    /// The stored code; `experiment-allocation-<code>` is the key of its name.
    pub fn code(self) -> &'static str {
        match self {
            Self::Even => "even",
            Self::Thompson => "thompson",
        }
    }

    /// The way with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }
}

/// What is planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What people call it.
    pub name: String,
    /// What is expected, and why.
    pub hypothesis: String,
    /// Customers that may enter, as a condition about them; empty: all.
    pub segment: String,
    /// What is to become better.
    pub metric: Metric,
    /// How new companies are split.
    pub allocation: Allocation,
    /// The share of companies that enter, in parts per million.
    pub exposure_ppm: i64,
    /// The least difference worth finding: parts per million for a share, minor units for money.
    pub effect: i64,
    /// Days from exposure until a company counts.
    pub window_days: i64,
    /// It ends after so many days at the latest.
    pub days_max: i64,
    /// So much more of escalations is tolerated, in parts per million.
    pub escalations_ppm: i64,
    /// So much more of withdrawals is tolerated.
    pub withdrawals_ppm: i64,
    /// So much less of pocket margin is tolerated.
    pub margin_ppm: i64,
    /// The policy to try.
    pub treatment: negotiation_engine::Policy,
}

/// Why it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopReason {
    /// The treatment is better.
    Higher,
    /// The treatment is worse.
    Lower,
    /// Nothing was shown within the planned sample or time.
    Undecided,
    /// The treatment harmed what it must not harm.
    Guardrail,
    /// Somebody ended it.
    Person,
}

impl StopReason {
    const ALL: [Self; 5] = [Self::Higher, Self::Lower, Self::Undecided, Self::Guardrail, Self::Person];

    /// The stored code; `experiment-stopped-<code>` is the key of its sentence.
    pub fn code(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::Undecided => "undecided",
            Self::Guardrail => "guardrail",
            Self::Person => "person",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// An experiment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Experiment {
    /// Its id.
    pub id: Uuid,
    /// What is planned; fixed from the start on.
    pub plan: Plan,
    /// Who answers for it.
    pub owner: UserId,
    /// Where it stands.
    pub state: ExperimentState,
    /// Companies needed per variant, as planned at the start.
    pub required_per_arm: Option<i64>,
    /// The version that was in force at the start.
    pub control: Option<PolicyId>,
    /// The treatment as a version.
    pub treatment: Option<PolicyId>,
    /// The share of new companies that get the treatment, in parts per million.
    pub treatment_share_ppm: i64,
    /// Draws anew for each experiment.
    pub salt: i64,
    /// When it was planned.
    pub created_at: Instant,
    /// When it began.
    pub started_at: Option<Instant>,
    /// When it ended.
    pub stopped_at: Option<Instant>,
    /// Why it ended.
    pub stop_reason: Option<StopReason>,
    /// Counts changes.
    pub version: i64,
}

/// A company in an experiment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exposure {
    /// The experiment.
    pub experiment: Uuid,
    /// 0 for the control, 1 for the treatment.
    pub variant: i64,
    /// Not stored yet.
    pub is_first: bool,
}

kernel::refusals! {
    /// Why an experiment is not changed.
    pub enum ExperimentRefusal {
        /// Somebody else changed it after it was read.
        Changed = "experiment-changed" => Conflict,
        /// It has begun, so its plan is fixed.
        NotDraft = "experiment-not-draft" => Conflict,
        /// It is not running.
        NotRunning = "experiment-not-running" => Conflict,
        /// The treatment says the same as the published policy.
        NoDifference = "experiment-no-difference" => Conflict,
        /// Another experiment runs for some of the same customers.
        Overlap = "experiment-overlap" => Conflict,
        /// There is no better treatment to be published.
        NoWinner = "experiment-no-winner" => Conflict,
    }
}

/// Something that happened to an experiment.
#[derive(Debug)]
pub(crate) struct ExperimentEvent {
    kind: &'static str,
    id: Uuid,
}

impl Event for ExperimentEvent {
    fn kind(&self) -> &'static str {
        self.kind
    }
    fn subject(&self) -> String {
        self.id.to_string()
    }
    fn company(&self) -> Option<CompanyId> {
        None
    }
}

pub(crate) fn routes() -> web::Routes {
    let may = Access::Needs(Permission::ManagePolicy);
    let doc = |id, summary| ApiDoc::new("experiments", id, summary);
    let change = |id, summary| doc(id, summary).response::<api::ExperimentJson>().refusals(ExperimentRefusal::ALL);
    web::Routes::new()
        .page(Method::GET, "/office/experiments", may, pages::list)
        .page(Method::GET, "/office/experiments/new", may, pages::new)
        .page(Method::POST, "/office/experiments", may, pages::create)
        .page(Method::GET, "/office/experiments/{id}", may, pages::one)
        .page(Method::GET, "/office/experiments/{id}/plan", may, pages::edit)
        .page(Method::POST, "/office/experiments/{id}/plan", may, pages::save)
        .page(Method::POST, "/office/experiments/{id}/start", may, pages::start)
        .page(Method::POST, "/office/experiments/{id}/end", may, pages::end)
        .page(Method::POST, "/office/experiments/{id}/draft", may, pages::draft)
        .api(
            Method::GET,
            "/api/v1/experiments",
            may,
            doc("list_experiments", "All experiments").response::<Vec<api::ExperimentJson>>(),
            api::list,
        )
        .api(
            Method::POST,
            "/api/v1/experiments",
            may,
            doc("plan_experiment", "Plans an experiment").request::<api::PlanBody>().created::<api::ExperimentJson>(),
            api::create,
        )
        .api(
            Method::GET,
            "/api/v1/experiments/{id}",
            may,
            doc("get_experiment", "One experiment with what it shows so far").response::<api::ResultJson>(),
            api::one,
        )
        .api(
            Method::PUT,
            "/api/v1/experiments/{id}",
            may,
            change("change_experiment", "Changes the plan of an experiment that has not begun")
                .request::<api::ChangeBody>(),
            api::save,
        )
        .api(
            Method::POST,
            "/api/v1/experiments/{id}/start",
            may,
            change("start_experiment", "Begins an experiment").request::<api::VersionBody>(),
            api::start,
        )
        .api(
            Method::POST,
            "/api/v1/experiments/{id}/end",
            may,
            change("end_experiment", "Ends an experiment").request::<api::VersionBody>(),
            api::end,
        )
        .api(
            Method::POST,
            "/api/v1/experiments/{id}/draft",
            may,
            change("draft_of_experiment", "Makes the better treatment the draft of the policy"),
            api::draft,
        )
}
