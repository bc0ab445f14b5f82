//! Confidence intervals for one look at a fixed sample. For looks at a running experiment see [`crate::sequential`].
//!
//! floats: statistics, not money

use crate::error::{is_positive, positive};
use crate::{Random, StatisticsError, Sums, Tally, normal_quantile, student_quantile};

/// Work that one bootstrap may take, in draws.
const DRAWS_MAX: u64 = 1 << 32;

/// An estimate with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The estimate.
    pub estimate: f64,
    /// The lower end.
    pub lower: f64,
    /// The upper end.
    pub upper: f64,
}

/// The interval of a share (Wilson 1927), good from the first observations on.
///
/// # Errors
/// No observations, or a `level` outside 0 to 1.
pub fn wilson(tally: &Tally, level: f64) -> Result<Interval, StatisticsError> {
    let z = two_sided_quantile(level)?;
    let (count, share) = (tally.count(), tally.share());
    if count <= 0.0 {
        return Err(StatisticsError::TooFew);
    }
    let square = z * z / count;
    let centre = share + square / 2.0;
    let radius = (share * (1.0 - share) * square + square * square / 4.0).sqrt();
    let end = |value: f64| (value / (1.0 + square)).clamp(0.0, 1.0);
    // At the ends the formula gives the end itself but for rounding.
    let lower = if tally.successes() > 0.0 { end(centre - radius) } else { 0.0 };
    let upper = if tally.failures() > 0.0 { end(centre + radius) } else { 1.0 };
    Ok(Interval { estimate: share, lower, upper })
}

/// The interval of treatment minus control of two shares: Newcombe's hybrid score interval (1998, method 10).
///
/// # Errors
/// An arm without observations, or a `level` outside 0 to 1.
pub fn newcombe(control: &Tally, treatment: &Tally, level: f64) -> Result<Interval, StatisticsError> {
    let (control, treatment) = (wilson(control, level)?, wilson(treatment, level)?);
    let estimate = treatment.estimate - control.estimate;
    let down = (treatment.estimate - treatment.lower).hypot(control.upper - control.estimate);
    let up = (treatment.upper - treatment.estimate).hypot(control.estimate - control.lower);
    Ok(Interval { estimate, lower: estimate - down, upper: estimate + up })
}

/// The interval of a mean by Student's distribution.
///
/// # Errors
/// Fewer than two observations, or a `level` outside 0 to 1.
pub fn mean(sums: &Sums, level: f64) -> Result<Interval, StatisticsError> {
    two_sided_quantile(level)?;
    if sums.count() < 2.0 {
        return Err(StatisticsError::TooFew);
    }
    let quantile = -student_quantile((1.0 - level) / 2.0, sums.count() - 1.0);
    Ok(around(sums.mean(), quantile * (sums.variance() / sums.count()).sqrt()))
}

/// The interval of treatment minus control of two means, variances not assumed equal (Welch 1947, Satterthwaite's
/// degrees of freedom).
///
/// # Errors
/// An arm with fewer than two observations, nothing that varies, or a `level` outside 0 to 1.
pub fn welch(control: &Sums, treatment: &Sums, level: f64) -> Result<Interval, StatisticsError> {
    two_sided_quantile(level)?;
    if control.count().min(treatment.count()) < 2.0 {
        return Err(StatisticsError::TooFew);
    }
    let [a, b] = [control, treatment].map(|arm| arm.variance() / arm.count());
    let degrees = (a + b).powi(2) / (a * a / (control.count() - 1.0) + b * b / (treatment.count() - 1.0));
    if !is_positive(degrees) {
        return Err(StatisticsError::TooFew);
    }
    let quantile = -student_quantile((1.0 - level) / 2.0, degrees);
    Ok(around(treatment.mean() - control.mean(), quantile * (a + b).sqrt()))
}

/// Sums of pairs (x, y) per company for the ratio Σx / Σy, such as margin over revenue.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PairSums {
    /// How many companies.
    pub count: u64,
    /// Σx.
    pub x: f64,
    /// Σy.
    pub y: f64,
    /// Σx².
    pub x_squared: f64,
    /// Σy².
    pub y_squared: f64,
    /// Σxy.
    pub x_times_y: f64,
}

/// The interval of Σx / Σy by the delta method: with R the ratio, the variance of R is that of the residuals x − R·y
/// over n, divided by the squared mean of y. Good where y's mean is many of its standard errors from zero.
///
/// # Errors
/// Fewer than two companies, Σy that is not positive, sums that are not finite, or a `level` outside 0 to 1.
pub fn ratio(sums: &PairSums, level: f64) -> Result<Interval, StatisticsError> {
    let z = two_sided_quantile(level)?;
    if sums.count < 2 {
        return Err(StatisticsError::TooFew);
    }
    positive(sums.y, "y")?;
    let (count, ratio) = (sums.count as f64, sums.x / sums.y);
    // The residuals' mean is zero by the choice of R.
    let squares = sums.x_squared - 2.0 * ratio * sums.x_times_y + ratio * ratio * sums.y_squared;
    let radius = z * (count / (count - 1.0) * squares.max(0.0)).sqrt() / sums.y;
    if !(squares.is_finite() && radius.is_finite()) {
        return Err(StatisticsError::OutOfRange("sums"));
    }
    Ok(around(ratio, radius))
}

/// The interval of a total by the bootstrap (Efron 1979), percentile method: `resamples` times as many values as there
/// are, drawn with replacement. One value per company. 1,000 resamples are enough for 95 %.
///
/// # Errors
/// Fewer than two values or 20 resamples, more than 2^32 draws together, values that are not finite, or a `level`
/// outside 0 to 1.
pub fn bootstrap_total(values: &[f64], resamples: u32, level: f64, seed: u64) -> Result<Interval, StatisticsError> {
    two_sided_quantile(level)?;
    if values.len() < 2 || resamples < 20 {
        return Err(StatisticsError::TooFew);
    }
    if u64::from(resamples).checked_mul(values.len() as u64).is_none_or(|draws| draws > DRAWS_MAX) {
        return Err(StatisticsError::OutOfRange("resamples"));
    }
    let estimate: f64 = values.iter().sum();
    if !values.iter().map(|value| value.abs()).sum::<f64>().is_finite() {
        return Err(StatisticsError::OutOfRange("values"));
    }
    let mut random = Random::from_seed(seed);
    let mut draw = || values[random.below(values.len() as u64) as usize];
    let mut totals: Vec<f64> = (0..resamples).map(|_| values.iter().map(|_| draw()).sum()).collect();
    totals.sort_by(f64::total_cmp);
    let at = |probability: f64| crate::fit::sorted_quantile(&totals, probability);
    Ok(Interval { estimate, lower: at((1.0 - level) / 2.0), upper: at((1.0 + level) / 2.0) })
}

fn around(estimate: f64, radius: f64) -> Interval {
    Interval { estimate, lower: estimate - radius, upper: estimate + radius }
}

fn two_sided_quantile(level: f64) -> Result<f64, StatisticsError> {
    if level > 0.0 && level < 1.0 {
        Ok(-normal_quantile((1.0 - level) / 2.0))
    } else {
        Err(StatisticsError::OutOfRange("level"))
    }
}
