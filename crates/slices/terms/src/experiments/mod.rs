//! Experiments as a decision sees them: which of two policies a company's negotiations are decided by.
//!
//! The assignment is by company and stored at the first exposure ([`queries::policy_for`]); while an experiment runs, its
//! companies stay with its two variants, whatever is published meanwhile. Planning, reading and ending stand above, where what
//! became of negotiations is known.

pub mod actions;
pub mod queries;
pub mod rules;
pub mod store;

use kernel::{Instant, PolicyId, UserId};
use uuid::Uuid;

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
