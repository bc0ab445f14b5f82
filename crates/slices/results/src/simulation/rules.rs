//! Pure rules about runs: what may be asked for.

use kernel::Invalid;
use simulation::Kind;

use super::{RunState, SimulationRefusal};

/// Most arms of a run.
pub const ARMS_MAX: usize = 8;
/// Most buyers that are invented.
pub const COUNT_MAX: u64 = 1_000_000;
/// Largest seed: what every reader of JSON takes for the same number.
pub const SEED_MAX: u64 = (1 << 53) - 1;
/// Runs that may wait or run at the same time.
pub const OPEN_MAX: i64 = 3;

/// What an arm is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// The version in force.
    Published,
    /// The version being written.
    Draft,
    /// The version with this number.
    Version(i64),
    /// What history suggests.
    Suggested,
    /// What a new installation begins with.
    Starter,
    /// A policy with every lever.
    Complete,
    /// List prices, whatever is asked.
    AlwaysList,
    /// Every ask is granted down to the floor.
    UpToFloor,
    /// The middle between ask and list price.
    SplitDifference,
    /// What really was ordered; of past deals only.
    AsItWas,
}

impl Choice {
    /// Those that have a name of their own.
    pub const NAMED: [Self; 9] = [
        Self::Published,
        Self::Draft,
        Self::Suggested,
        Self::Starter,
        Self::Complete,
        Self::AlwaysList,
        Self::UpToFloor,
        Self::SplitDifference,
        Self::AsItWas,
    ];
    /// The reference rules.
    pub const REFERENCES: [Self; 3] = [Self::AlwaysList, Self::UpToFloor, Self::SplitDifference];

    /// The stable code: a name, or the number of a version.
    pub fn code(self) -> String {
        let name = match self {
            Self::Published => "published",
            Self::Draft => "draft",
            Self::Version(number) => return number.to_string(),
            Self::Suggested => "suggested",
            Self::Starter => "starter",
            Self::Complete => "complete",
            Self::AlwaysList => "list",
            Self::UpToFloor => "floor",
            Self::SplitDifference => "split",
            Self::AsItWas => "was",
        };
        name.to_owned()
    }

    /// The choice with this code.
    pub fn parse(code: &str) -> Option<Self> {
        let code = code.trim();
        let named = Self::NAMED.into_iter().find(|choice| choice.code() == code);
        named.or_else(|| code.parse().ok().filter(|number| *number > 0).map(Self::Version))
    }
}

/// A run that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// What buyers meet, in this order.
    pub arms: Vec<Choice>,
    /// Which buyers.
    pub kind: Kind,
    /// The seed that they are drawn from.
    pub seed: u64,
}

impl Wanted {
    /// What a suggestion is shown with: against the rules in force and the reference rules.
    pub fn suggestion(count: u64) -> Self {
        let policies = [Choice::Suggested, Choice::Published];
        let arms = policies.into_iter().chain(Choice::REFERENCES).collect();
        Self { arms, kind: Kind::MonteCarlo { count }, seed: 1 }
    }
}

/// The arms that a run has whether they were named or not: a draft meets the policy in force, and past deals what came of them.
pub fn completed(named: &[Choice], kind: Kind) -> Vec<Choice> {
    let mut arms = named.to_vec();
    let missing = |arms: &[Choice], choice: Choice| !arms.contains(&choice);
    if arms.contains(&Choice::Draft) && missing(&arms, Choice::Published) {
        arms.push(Choice::Published);
    }
    if kind == Kind::Backtest && missing(&arms, Choice::AsItWas) {
        arms.push(Choice::AsItWas);
    }
    arms
}

/// What is wrong with it, at `policies`, `count` and `seed`.
pub fn check(wanted: &Wanted) -> Invalid {
    let mut invalid = Invalid::default();
    let mut seen: Vec<Choice> = Vec::new();
    for arm in &wanted.arms {
        if seen.contains(arm) {
            invalid = invalid.and("policies", "simulation-twice", vec![("policy", arm.code())]);
        }
        seen.push(*arm);
    }
    if wanted.arms.is_empty() {
        invalid = invalid.and("policies", "required", Vec::new());
    }
    if wanted.arms.len() > ARMS_MAX {
        invalid = invalid.and("policies", "simulation-arms", vec![("max", ARMS_MAX.to_string())]);
    }
    if let Kind::MonteCarlo { count } = wanted.kind
        && !(1..=COUNT_MAX).contains(&count)
    {
        invalid = invalid.and("count", "simulation-count", vec![("max", COUNT_MAX.to_string())]);
    }
    if wanted.kind != Kind::Backtest && wanted.arms.contains(&Choice::AsItWas) {
        invalid = invalid.and("policies", "simulation-was", Vec::new());
    }
    if wanted.seed > SEED_MAX {
        invalid = invalid.and("seed", "simulation-seed", vec![("max", SEED_MAX.to_string())]);
    }
    invalid
}

/// Whether another run may be started.
///
/// # Errors
/// The refusal, in order of precedence.
pub fn may_start(has_history: bool, open: i64) -> Result<(), SimulationRefusal> {
    if !has_history {
        return Err(SimulationRefusal::NoHistory);
    }
    if open >= OPEN_MAX { Err(SimulationRefusal::TooMany) } else { Ok(()) }
}

/// Whether a run may be stopped.
///
/// # Errors
/// [`SimulationRefusal::Ended`].
pub fn may_cancel(state: RunState) -> Result<(), SimulationRefusal> {
    if state.is_open() { Ok(()) } else { Err(SimulationRefusal::Ended) }
}
