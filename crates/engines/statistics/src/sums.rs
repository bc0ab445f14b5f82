//! One arm of an experiment as running sums, so that a page can compute it from SQL aggregates.
//!
//! floats: statistics, not money

use crate::StatisticsError;

/// The sums of one arm's metric. One observation per company: outcomes of one company are not independent, and
/// companies are what is assigned. Where only single outcomes are at hand, see [`Sums::deflated`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sums {
    count: f64,
    sum: f64,
    sum_of_squares: f64,
}

impl Sums {
    /// From the count, the sum and the sum of squares. All values may be shifted by one constant for both arms
    /// (subtract a rough mean) where their mean is over a thousand times their spread, or the squares lose the digits
    /// that matter.
    ///
    /// # Errors
    /// Not finite, or squares that are smaller than the sum allows.
    pub fn new(count: u64, sum: f64, sum_of_squares: f64) -> Result<Self, StatisticsError> {
        let count = count as f64;
        if !sum.is_finite() {
            return Err(StatisticsError::OutOfRange("sum"));
        }
        // Cauchy and Schwarz; the tolerance is for the rounding of sums that a database made.
        let least = if count > 0.0 { sum * (sum / count) } else { 0.0 };
        if !sum_of_squares.is_finite() || !least.is_finite() || sum_of_squares < least * (1.0 - 1e-9) {
            return Err(StatisticsError::OutOfRange("sum_of_squares"));
        }
        if count == 0.0 && (sum != 0.0 || sum_of_squares != 0.0) {
            return Err(StatisticsError::OutOfRange("count"));
        }
        Ok(Self { count, sum, sum_of_squares })
    }

    /// The sums of these values.
    ///
    /// # Errors
    /// A value or a sum is not finite.
    pub fn of(values: &[f64]) -> Result<Self, StatisticsError> {
        let squares = values.iter().map(|value| value * value).sum();
        Self::new(values.len() as u64, values.iter().sum(), squares)
    }

    /// The same mean and spread from an effective sample smaller by `design_effect` (see
    /// [`crate::power::design_effect`]), for observations that are correlated within companies.
    ///
    /// # Errors
    /// A design effect below 1 or not finite.
    pub fn deflated(self, design_effect: f64) -> Result<Self, StatisticsError> {
        let share = deflation(design_effect)?;
        Ok(Self { count: self.count * share, sum: self.sum * share, sum_of_squares: self.sum_of_squares * share })
    }

    /// How many observations (after deflation: how many they are worth).
    pub fn count(&self) -> f64 {
        self.count
    }

    /// The mean; 0 of nothing.
    pub fn mean(&self) -> f64 {
        if self.count > 0.0 { self.sum / self.count } else { 0.0 }
    }

    /// The sample variance (divisor n − 1); 0 below two observations.
    pub fn variance(&self) -> f64 {
        if self.count < 2.0 {
            return 0.0;
        }
        ((self.sum_of_squares - self.sum * self.mean()) / (self.count - 1.0)).max(0.0)
    }
}

/// How many of one arm's companies did it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tally {
    successes: f64,
    count: f64,
}

impl Tally {
    /// `successes` out of `count`.
    ///
    /// # Errors
    /// More successes than observations.
    pub fn new(successes: u64, count: u64) -> Result<Self, StatisticsError> {
        if successes > count {
            return Err(StatisticsError::OutOfRange("successes"));
        }
        Ok(Self { successes: successes as f64, count: count as f64 })
    }

    /// The same share from an effective sample smaller by `design_effect`; see [`Sums::deflated`].
    ///
    /// # Errors
    /// A design effect below 1 or not finite.
    pub fn deflated(self, design_effect: f64) -> Result<Self, StatisticsError> {
        let share = deflation(design_effect)?;
        Ok(Self { successes: self.successes * share, count: self.count * share })
    }

    /// How many did it.
    pub fn successes(&self) -> f64 {
        self.successes
    }

    /// How many did not.
    pub fn failures(&self) -> f64 {
        (self.count - self.successes).max(0.0)
    }

    /// How many there are.
    pub fn count(&self) -> f64 {
        self.count
    }

    /// The share that did it; 0 of nothing.
    pub fn share(&self) -> f64 {
        if self.count > 0.0 { self.successes / self.count } else { 0.0 }
    }
}

fn deflation(design_effect: f64) -> Result<f64, StatisticsError> {
    if design_effect >= 1.0 && design_effect.is_finite() {
        Ok(1.0 / design_effect)
    } else {
        Err(StatisticsError::OutOfRange("design_effect"))
    }
}
