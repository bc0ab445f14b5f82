//! What buyers' habits were fitted to, and how well it was met.
//!
//! floats: statistics, not money

use serde::{Deserialize, Serialize};

use crate::figures::six;

/// What is matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// The share that went to a person.
    Person,
    /// Rounds per negotiation; asking for a person is one, too.
    Rounds,
    /// The share that ended in an agreement, with or without a person.
    Agreed,
    /// How far agreed prices lie under the list price, on average.
    Discount,
}

impl Moment {
    /// All of them, in the order of the habits that move them.
    pub const ALL: [Self; 4] = [Self::Person, Self::Rounds, Self::Agreed, Self::Discount];

    /// The code: `simulation-matched-<code>` is the key of its name.
    pub fn code(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Rounds => "rounds",
            Self::Agreed => "agreed",
            Self::Discount => "discount",
        }
    }
}

/// One figure, as recorded and as simulated.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Matched {
    /// Which.
    pub moment: Moment,
    /// Of the recorded negotiations.
    pub recorded: f64,
    /// Chance alone would move the recorded number by so much, 19 times in 20.
    pub usual: f64,
    /// Of invented buyers before anything was fitted.
    pub before: f64,
    /// Of invented buyers as they are.
    pub simulated: f64,
}

impl Matched {
    /// Whether what is simulated differs from what is recorded by more than chance and a little more would.
    pub fn is_bad(&self) -> bool {
        (self.recorded - self.simulated).abs() > self.usual + CLOSE[self.moment as usize]
    }
}

/// How well the policy in force makes of invented buyers what it made of real ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Recorded negotiations that could be used.
    pub negotiations: u64,
    /// The figures; empty where there were too few negotiations to fit to.
    pub figures: Vec<Matched>,
}

impl Calibration {
    /// Whether any figure is far off.
    pub fn is_bad(&self) -> bool {
        self.figures.iter().any(Matched::is_bad)
    }

    pub(super) fn shorten(&mut self) {
        for one in &mut self.figures {
            let Matched { recorded, usual, before, simulated, .. } = one;
            [recorded, usual, before, simulated].into_iter().for_each(|number| *number = six(*number));
        }
    }
}

/// What lies so close is no bad fit, whatever chance makes: what is simulated is measured on a sample, too.
const CLOSE: [f64; 4] = [0.03, 0.06, 0.03, 0.006];
