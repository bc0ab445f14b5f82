//! A distribution for what history shows, and how far two samples are apart.
//!
//! floats: statistics, not money

use crate::error::is_positive;
use crate::{Random, StatisticsError, normal_quantile};

/// A log-normal distribution: order sizes, quantities, reservation prices relative to list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogNormal {
    /// The mean of the logarithms.
    pub log_mean: f64,
    /// The standard deviation of the logarithms.
    pub log_deviation: f64,
}

impl LogNormal {
    /// By maximum likelihood: mean and standard deviation (divisor n) of the logarithms.
    ///
    /// # Errors
    /// Fewer than two values, or one that is not positive and finite.
    pub fn fit(values: &[f64]) -> Result<Self, StatisticsError> {
        let logs = logarithms(values)?;
        let (log_mean, log_deviation) = moments(&logs);
        Ok(Self { log_mean, log_deviation })
    }

    /// By median and median absolute deviation of the logarithms (times 1.4826, the factor of the normal): up to half
    /// of the values may be typing errors.
    ///
    /// # Errors
    /// As [`LogNormal::fit`].
    pub fn fit_robust(values: &[f64]) -> Result<Self, StatisticsError> {
        let mut logs = logarithms(values)?;
        let log_mean = median(&mut logs);
        let mut deviations: Vec<f64> = logs.iter().map(|log| (log - log_mean).abs()).collect();
        let log_deviation = median(&mut deviations) / normal_quantile(0.75);
        Ok(Self { log_mean, log_deviation })
    }

    /// The value that the share `probability` stays below.
    pub fn quantile(&self, probability: f64) -> f64 {
        (self.log_mean + self.log_deviation * normal_quantile(probability)).exp()
    }

    /// One draw.
    pub fn draw(&self, random: &mut Random) -> f64 {
        (self.log_mean + self.log_deviation * random.normal()).exp()
    }
}

/// A gamma distribution: days between orders, rounds, weights of preferences.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gamma {
    /// The shape.
    pub shape: f64,
    /// The scale; the mean is shape × scale.
    pub scale: f64,
}

impl Gamma {
    /// By moments: shape = mean² / variance, scale = variance / mean (variance with divisor n).
    ///
    /// # Errors
    /// Fewer than two values, all the same, or one that is negative or not finite.
    pub fn fit(values: &[f64]) -> Result<Self, StatisticsError> {
        if values.len() < 2 {
            return Err(StatisticsError::TooFew);
        }
        if values.iter().any(|value| !(*value >= 0.0 && value.is_finite())) {
            return Err(StatisticsError::OutOfRange("values"));
        }
        let (mean, deviation) = moments(values);
        let (shape, scale) = ((mean / deviation).powi(2), deviation * (deviation / mean));
        if is_positive(shape) && is_positive(scale) { Ok(Self { shape, scale }) } else { Err(StatisticsError::TooFew) }
    }

    /// One draw.
    pub fn draw(&self, random: &mut Random) -> f64 {
        self.scale * random.gamma(self.shape)
    }
}

/// The Kolmogorov-Smirnov distance of two samples: the largest gap between their empirical distribution functions, 0 to
/// 1. At 5 % two samples of the same distribution stay below about `1.36 · √(1/n + 1/m)`.
///
/// # Errors
/// An empty sample or a value that is not a number.
pub fn kolmogorov_smirnov(a: &[f64], b: &[f64]) -> Result<f64, StatisticsError> {
    let (a, b) = (sorted(a)?, sorted(b)?);
    let (mut i, mut j, mut distance) = (0, 0, 0.0_f64);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        // Ties step together: between equal values there is no gap.
        let value = x.min(*y);
        i += a[i..].iter().take_while(|x| **x <= value).count();
        j += b[j..].iter().take_while(|y| **y <= value).count();
        distance = distance.max((i as f64 / a.len() as f64 - j as f64 / b.len() as f64).abs());
    }
    Ok(distance)
}

/// The smallest value at which the weights up to it reach the share `probability` of all weight (the inverse of the
/// weighted distribution function). Pairs are (value, weight); the order does not matter.
///
/// # Errors
/// A probability outside 0 to 1, a value that is not a number, a weight that is negative or not finite, no weight at
/// all.
pub fn weighted_quantile(pairs: &[(f64, f64)], probability: f64) -> Result<f64, StatisticsError> {
    if !(0.0..=1.0).contains(&probability) {
        return Err(StatisticsError::OutOfRange("probability"));
    }
    if pairs.iter().any(|(value, weight)| value.is_nan() || !(*weight >= 0.0 && weight.is_finite())) {
        return Err(StatisticsError::OutOfRange("pairs"));
    }
    let mut pairs: Vec<_> = pairs.iter().copied().filter(|(_, weight)| *weight > 0.0).collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let total: f64 = pairs.iter().map(|(_, weight)| weight).sum();
    // A hair below, so that tenths that add up to a half are a half.
    let wanted = probability * total * (1.0 - 1e-12);
    let mut reached = 0.0;
    let found = pairs.iter().find(|(_, weight)| {
        reached += weight;
        reached >= wanted
    });
    found.or(pairs.last()).map(|(value, _)| *value).ok_or(StatisticsError::TooFew)
}

/// The quantile of sorted values, linear between neighbours (type 7 of Hyndman and Fan 1996). NaN of nothing.
pub(crate) fn sorted_quantile(sorted: &[f64], probability: f64) -> f64 {
    let (Some(first), Some(last)) = (sorted.first(), sorted.last()) else { return f64::NAN };
    let place = probability.clamp(0.0, 1.0) * (sorted.len() - 1) as f64;
    let below = sorted.get(place as usize).unwrap_or(first);
    let above = sorted.get(place as usize + 1).unwrap_or(last);
    below + (above - below) * place.fract()
}

fn logarithms(values: &[f64]) -> Result<Vec<f64>, StatisticsError> {
    if values.len() < 2 {
        return Err(StatisticsError::TooFew);
    }
    if values.iter().any(|value| !is_positive(*value)) {
        return Err(StatisticsError::OutOfRange("values"));
    }
    Ok(values.iter().map(|value| value.ln()).collect())
}

/// Mean and standard deviation (divisor n), in two passes so that nothing cancels.
fn moments(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>();
    (mean, (squares / count).sqrt())
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    sorted_quantile(values, 0.5)
}

fn sorted(values: &[f64]) -> Result<Vec<f64>, StatisticsError> {
    if values.is_empty() {
        return Err(StatisticsError::TooFew);
    }
    if values.iter().any(|value| value.is_nan()) {
        return Err(StatisticsError::OutOfRange("values"));
    }
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    Ok(values)
}
