#![warn(missing_docs)]
//! What experiments and models need: valid sequential tests, sample sizes, allocation, learning.
//!
//! Pure values in, values out: no I/O, no clock. Randomness is a [`Random`] made from a seed that the caller brings.
//! Estimates are `f64`; whatever decides about money leaves here as integers (weights in parts per million,
//! [`sigmoid_ppm`]). The same inputs give the same result on the same platform; between platforms the last bit of `ln`
//! and `exp` may differ. [`assign`] and [`sigmoid_ppm`] are integers only and the same everywhere and for ever.
//!
//! * [`assign`] gives a company its variant of an experiment: stable, and independent between experiments.
//! * [`sequential`] compares two arms at any time, as often as one likes, without inflating the error.
//! * [`power`] says how many companies and days that takes.
//! * [`thompson`] shifts the next period's companies towards what works.
//! * [`interval`] puts confidence intervals around rates, means, ratios and totals.
//! * [`logistic`] learns the chance that an offer is accepted, from one outcome at a time.
//! * [`fit`] describes history by a distribution, and measures how far two samples are apart.

pub mod assign;
mod distribution;
mod error;
pub mod fit;
pub mod interval;
pub mod logistic;
pub mod power;
mod random;
mod rates;
pub mod sequential;
mod sigmoid;
mod sums;
pub mod thompson;

pub use distribution::{normal_cdf, normal_quantile, student_cdf, student_quantile};
pub use error::StatisticsError;
pub use random::Random;
pub use sigmoid::{chance_ppm, sigmoid_ppm};
pub use sums::{Sums, Tally};
