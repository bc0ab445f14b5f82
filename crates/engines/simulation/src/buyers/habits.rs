//! How buyers behave at the table, beside what goods are worth to them.
//!
//! floats: statistics, not money

use serde::{Deserialize, Serialize};

use crate::figures::six;

/// Four numbers that history does not show by themselves; fitted so that the policy in force makes of invented buyers what it
/// really made of the recorded ones. All zero where nothing is recorded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Habits {
    /// The share who want a person, half of them at once, half after the first answer. Below zero: so much fewer than usual ask
    /// for one before they walk away.
    pub person: f64,
    /// The chance to try for more once again, though an offer would do. Below zero: the share who ask only once.
    pub haggling: f64,
    /// The share who would pay no more than they ask. Below zero: so many quarters of the list price more are goods worth to all.
    pub firmness: f64,
    /// First asks lie `exp` of this times as far under what a buyer would pay.
    pub asks: f64,
}

/// One in so many buyers asks for a person before walking away.
const PERSISTS: f64 = 0.1;

/// What chance makes of the habits in one buyer: four numbers in [0, 1).
#[derive(Debug, Clone, Copy)]
pub(super) struct Chances {
    pub(super) person: f64,
    pub(super) when: f64,
    pub(super) haggling: f64,
    pub(super) firmness: f64,
}

impl Habits {
    /// The lowest and the highest that a fit may come to, in the order of the fields.
    pub(crate) const BOUNDS: [(f64, f64); 4] = [(-1.0, 1.0), (-1.0, 0.9), (-1.0, 1.0), (-1.6, 1.2)];

    pub(crate) fn to_array(self) -> [f64; 4] {
        [self.person, self.haggling, self.firmness, self.asks]
    }

    pub(crate) fn from_array([person, haggling, firmness, asks]: [f64; 4]) -> Self {
        Self { person, haggling, firmness, asks }
    }

    pub(super) fn shorten(&mut self) {
        *self = Self::from_array(self.to_array().map(six));
    }

    /// The chance to ask for a person before walking away.
    pub(super) fn persists(&self) -> f64 {
        PERSISTS * (1.0 + self.person.min(0.0))
    }

    /// The round in which the buyer asks for a person, come what may.
    pub(super) fn person_in(&self, chances: &Chances) -> Option<u32> {
        (chances.person < self.person).then_some(if chances.when < 0.5 { 1 } else { 2 })
    }

    /// How often the buyer tries for more, though an offer would do.
    pub(super) fn haggles(&self, chances: &Chances) -> u32 {
        if self.haggling <= 0.0 || chances.haggling >= self.haggling {
            return 0;
        }
        // Geometric: once more with the same chance each time.
        (chances.haggling.max(1e-9).ln() / self.haggling.ln()).floor().clamp(1.0, 7.0) as u32
    }

    /// Whether the buyer asks only once.
    pub(super) fn asks_once(&self, chances: &Chances) -> bool {
        chances.haggling < -self.haggling
    }

    pub(super) fn is_firm(&self, chances: &Chances) -> bool {
        chances.firmness < self.firmness
    }

    /// How much more goods are worth, as ln.
    pub(super) fn worth_more(&self) -> f64 {
        0.25 * (-self.firmness).max(0.0)
    }

    pub(super) fn ask_factor(&self) -> f64 {
        self.asks.exp()
    }
}
