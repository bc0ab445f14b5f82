//! Runs of arms.

use negotiation_engine::Policy;
use simulation::{Arm, Kind, Run, Settings};

pub fn run(arms: Vec<(&str, Arm)>, kind: Kind) -> Run {
    let arms = arms.into_iter().map(|(name, arm)| (name.to_owned(), arm)).collect();
    Run { arms, floors: Policy::starter(), settings: Settings { seed: 42, ..Settings::new(kind) } }
}

pub fn policy(policy: Policy) -> Arm {
    Arm::Policy(Box::new(policy))
}
