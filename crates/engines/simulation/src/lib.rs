#![warn(missing_docs)]
//! Policies tried on past and invented buyers, before they go live.
//!
//! Pure values in, a value out: no I/O, no clock; randomness comes from a seed that the caller brings. Estimates and a
//! buyer's private worth are `f64`; what a seller earns is computed by the engine and summed in integers.
//!
//! * [`Market`] is the seller's past; [`Buyers::fit`] learns from it who asks for what.
//! * [`Simulation`] lets the same buyers meet policies and reference rules, in shards, and [`Report`] says what came of it.
//! * [`suggest`](suggest()) mines a policy to start with, [`findings`] what history shows.

mod buyers;
mod calibration;
pub mod duel;
mod figures;
mod frame;
mod market;
mod report;
mod run;
mod settings;
pub mod speed;
mod suggest;
mod table;
mod talk;
mod tally;
mod was;

pub use buyers::{Buyers, Calibration, Habits, Matched, Moment, PRIOR, Prior, Quality, SegmentFit};
pub use calibration::Runner;
pub use market::{
    DealCosts, Market, MarketAlternative, MarketCustomer, MarketProduct, Ordered, PastDeal, Standing, Talks,
};
pub use report::{ArmReport, Differences, Estimate, Figures, Part, Report};
pub use run::{ARMS_MAX, Arm, Run, RunError, Simulation};
pub use settings::{Kind, Settings};
pub use suggest::{Finding, Findings, Reason, Slope, Subject, Suggestion, findings, suggest};
pub use talk::Desk;
pub use tally::{Dimension, REPLICATES, Tally};
