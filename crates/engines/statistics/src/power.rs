//! How many companies and days an experiment needs.
//!
//! floats: statistics, not money

use crate::error::positive;
use crate::sequential::{COUNT_MIN, Design};
use crate::{StatisticsError, Tally, normal_cdf};

pub use crate::rates::ErrorRates;

/// Largest sample that is answered; above it the effect is too small to be worth an experiment.
const COUNT_MAX: f64 = 1e15;
/// What the sequential tests need beyond the theory of [`sequential_inflation`], which looks without a pause and knows
/// the variance. By simulation at a nominal 80 %: without it the power for normal values was 79 % to 80 % when looking
/// after every company, and 75 % to 79 % when looking after every 20th; for shares 78 % to 81 %. With it, 80 % to 85 %
/// in all of these. Who looks only once, at the end, would need 1.17 by theory.
pub const LOOKS_INFLATION: f64 = 1.1;

/// Companies per arm to find a difference of means of `effect`, looked at once at the end:
/// `2 · (z_alpha + z_power)² · sd² / effect²`.
///
/// # Errors
/// `standard_deviation` or `effect` not positive and finite, or a sample beyond all bounds.
pub fn means(standard_deviation: f64, effect: f64, rates: ErrorRates) -> Result<u64, StatisticsError> {
    positive(standard_deviation, "standard_deviation")?;
    positive(effect, "effect")?;
    let (alpha, power) = rates.quantiles();
    count(2.0 * ((alpha + power) * standard_deviation / effect).powi(2))
}

/// Companies per arm to find that a share rises (or falls) from `baseline` by `effect`, looked at once at the end
/// (Fleiss 1981): `(z_alpha · √(2 p̄ q̄) + z_power · √(p₁q₁ + p₂q₂))² / effect²`.
///
/// # Errors
/// Shares that do not lie between 0 and 1, no effect, or a sample beyond all bounds.
pub fn proportions(baseline: f64, effect: f64, rates: ErrorRates) -> Result<u64, StatisticsError> {
    let changed = baseline + effect;
    if !(0.0..=1.0).contains(&baseline) {
        return Err(StatisticsError::OutOfRange("baseline"));
    }
    if !(0.0..=1.0).contains(&changed) {
        return Err(StatisticsError::OutOfRange("effect"));
    }
    positive(effect.abs(), "effect")?;
    let (alpha, power) = rates.quantiles();
    let variance = |share: f64| share * (1.0 - share);
    let pooled = (2.0 * variance(0.5 * (baseline + changed))).sqrt();
    let apart = (variance(baseline) + variance(changed)).sqrt();
    count(((alpha * pooled + power * apart) / effect).powi(2))
}

/// Companies per arm within which [`crate::sequential::means`] finds a difference of `effect` with the stated power:
/// the fixed sample times [`sequential_inflation`] and [`LOOKS_INFLATION`], and at least what that test wants to see.
///
/// # Errors
/// As [`means`].
pub fn sequential_means(standard_deviation: f64, effect: f64, rates: ErrorRates) -> Result<u64, StatisticsError> {
    let fixed = means(standard_deviation, effect, rates)?;
    Ok(inflated(fixed, &[sequential_inflation(rates), LOOKS_INFLATION])?.max(COUNT_MIN as u64))
}

/// Companies per arm within which [`crate::sequential::proportions`] finds that a share moves by `effect`. As
/// [`sequential_means`].
///
/// # Errors
/// As [`proportions`].
pub fn sequential_proportions(baseline: f64, effect: f64, rates: ErrorRates) -> Result<u64, StatisticsError> {
    let fixed = proportions(baseline, effect, rates)?;
    Ok(inflated(fixed, &[sequential_inflation(rates), LOOKS_INFLATION])?.max(COUNT_MIN as u64))
}

/// How many times the fixed sample the sequential test of [`crate::sequential`] is given, so that it finds the effect
/// by then with the stated power. 1.64 for 5 % and 80 %; with a true effect of that size it stops on average at 0.6 of
/// it, which is about the fixed sample.
///
/// The test's evidence is a Brownian motion with drift in information time (Jennison and Turnbull 2000), its boundary
/// is concave, so a path that crosses a tangent has crossed the boundary. The chance to cross a line has a closed form
/// (Siegmund 1985, 3.15), which makes the result enough for looks without a pause; for looks as they are, see
/// [`LOOKS_INFLATION`].
pub fn sequential_inflation(rates: ErrorRates) -> f64 {
    let (alpha, power) = rates.quantiles();
    let design = Design::for_unit_effect(rates);
    // The confidence sequence alone, without earlier looks, reaches the power here.
    let enough = 1.0 / design.variance_planned();
    let information =
        crate::distribution::bisect(0.0, enough, |information| power_bound(&design, information) < rates.power());
    information / (alpha + power).powi(2)
}

/// A lower bound of the power against an effect of 1 when `information` (1 / variance of the difference) is reached.
fn power_bound(design: &Design, information: f64) -> f64 {
    let tangents = (5..=20).map(|twentieth| information * f64::from(twentieth) / 20.0);
    tangents.map(|touch| line_crossing(design.tangent(touch), information)).fold(0.0, f64::max)
}

/// P(W(t) + t ≥ a + b·t for some t ≤ `end`) of a Brownian motion W.
fn line_crossing((a, b): (f64, f64), end: f64) -> f64 {
    let (drift, root) = (1.0 - b, end.sqrt());
    normal_cdf((drift * end - a) / root) + (2.0 * a * drift).exp() * normal_cdf((-a - drift * end) / root)
}

/// The factor by which a sample must grow because observations come in clusters (Kish 1965): `1 + (m − 1) · icc`, with
/// m observations per company and their intra-class correlation.
///
/// # Errors
/// A size below 1 or a correlation outside 0 to 1.
pub fn design_effect(cluster_size_mean: f64, correlation: f64) -> Result<f64, StatisticsError> {
    if !(cluster_size_mean >= 1.0 && cluster_size_mean.is_finite()) {
        return Err(StatisticsError::OutOfRange("cluster_size_mean"));
    }
    if !(0.0..=1.0).contains(&correlation) {
        return Err(StatisticsError::OutOfRange("correlation"));
    }
    Ok(1.0 + (cluster_size_mean - 1.0) * correlation)
}

/// A sample grown by factors such as [`sequential_inflation`] and [`design_effect`], rounded up.
///
/// # Errors
/// A factor below 1, or a sample beyond all bounds.
pub fn inflated(per_arm: u64, factors: &[f64]) -> Result<u64, StatisticsError> {
    if !factors.iter().all(|factor| *factor >= 1.0) {
        return Err(StatisticsError::OutOfRange("factors"));
    }
    count(per_arm as f64 * factors.iter().product::<f64>())
}

/// Whole days until every one of `arms` arms has `per_arm` companies, when `companies_per_day` come and the share
/// `exposure` of them (a [`Tally`]) enters, split evenly. `None` when none come.
pub fn days(per_arm: u64, arms: u32, companies_per_day: f64, exposure: &Tally) -> Option<u64> {
    let entering = companies_per_day * exposure.share();
    let days = (per_arm as f64 * f64::from(arms) / entering).ceil();
    (entering > 0.0 && days <= COUNT_MAX).then_some(days as u64)
}

/// A count of companies: whole, at least two for a variance to exist.
fn count(exact: f64) -> Result<u64, StatisticsError> {
    // A hair below, so that a product that is whole but for rounding is not rounded up by one.
    let whole = (exact * (1.0 - 1e-12)).ceil().max(2.0);
    if whole <= COUNT_MAX { Ok(whole as u64) } else { Err(StatisticsError::OutOfRange("effect")) }
}
