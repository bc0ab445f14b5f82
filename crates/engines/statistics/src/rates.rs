//! How often a test may be wrong.
//!
//! floats: statistics, not money

use crate::{StatisticsError, normal_quantile};

/// How often a test may be wrong.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ErrorRates {
    alpha: f64,
    power: f64,
}

impl Default for ErrorRates {
    /// 5 % false alarms (two-sided), 80 % power.
    fn default() -> Self {
        Self { alpha: 0.05, power: 0.8 }
    }
}

impl ErrorRates {
    /// `alpha`: chance of a finding where there is none (two-sided). `power`: chance of a finding where the true effect
    /// is the minimum detectable one.
    ///
    /// # Errors
    /// Unless 1e-12 ≤ `alpha` ≤ 0.5 ≤ `power` ≤ 1 − 1e-12.
    pub fn new(alpha: f64, power: f64) -> Result<Self, StatisticsError> {
        if !(1e-12..=0.5).contains(&alpha) {
            return Err(StatisticsError::OutOfRange("alpha"));
        }
        if !(0.5..=1.0 - 1e-12).contains(&power) {
            return Err(StatisticsError::OutOfRange("power"));
        }
        Ok(Self { alpha, power })
    }

    /// Chance of a finding where there is none.
    pub fn alpha(&self) -> f64 {
        self.alpha
    }

    /// Chance of a finding where the effect is the minimum detectable one.
    pub fn power(&self) -> f64 {
        self.power
    }

    /// The normal quantiles of (1 − alpha / 2, power).
    pub(crate) fn quantiles(&self) -> (f64, f64) {
        (-normal_quantile(self.alpha / 2.0), normal_quantile(self.power))
    }
}
