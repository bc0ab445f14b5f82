//! What of a run can be stored as it is.

use kernel::Rate;
use serde::{Deserialize, Serialize};

use crate::talk::Desk;

/// Which buyers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Kind {
    /// Each past deal once, as if its buyer had asked.
    Backtest,
    /// So many invented buyers.
    MonteCarlo {
        /// How many.
        count: u64,
    },
}

/// Everything about a run but its policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Which buyers.
    pub kind: Kind,
    /// The seed that buyers are drawn from.
    pub seed: u64,
    /// What escalations cost.
    pub desk: Desk,
    /// The share of additional goods that the buyer would have bought later anyway, at list prices.
    pub brought_forward: Rate,
}

impl Settings {
    /// Seed 1, usual minutes of work, and half of the additional goods only brought forward. The half is an assumption: it
    /// shows in what lasts, and nowhere else.
    pub fn new(kind: Kind) -> Self {
        Self { kind, seed: 1, desk: Desk::default(), brought_forward: Rate::percent(50) }
    }
}
