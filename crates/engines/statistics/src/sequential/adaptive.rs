//! Tests that hold when the arms' shares follow the outcomes, as under Thompson allocation.
//!
//! floats: statistics, not money

use super::{COUNT_MIN, Design, Reading, radius, tightest_ratio, verdict};
use crate::distribution::{bisect, ln_beta};
use crate::error::{is_positive, positive};
use crate::{StatisticsError, Sums, Tally};

/// Compares means when allocation may depend on outcomes. Needs the sums of each arm alone.
///
/// What is claimed: an arm's own observations are independent draws, whenever the allocation asked for them, so each
/// arm has a confidence sequence of its own at alpha / 2, in its own count. The interval of the difference is made of
/// both (union bound) and covers at any time; the p value is the smallest alpha at which it leaves out zero. It is
/// about 1.5 times as wide as that of [`super::means`].
pub fn means_adaptive(control: &Sums, treatment: &Sums, design: &Design) -> Reading {
    let difference = treatment.mean() - control.mean();
    let variances = [control, treatment].map(|arm| arm.variance() / arm.count());
    let variance: f64 = variances.iter().sum();
    let usable = variances.iter().all(|variance| is_positive(*variance));
    if control.count().min(treatment.count()) < COUNT_MIN || !usable || !difference.is_finite() {
        return Reading::too_early(difference);
    }
    // Each arm's part of the planned variance, mixed where its own sequence is tightest.
    let mixing = 0.5 * design.variance_planned() * tightest_ratio(design.alpha() / 2.0);
    let width = |alpha: f64| variances.iter().map(|variance| radius(*variance, alpha / 2.0, mixing)).sum::<f64>();
    let (lower, upper) = (difference - width(design.alpha()), difference + width(design.alpha()));
    // In logarithms, so that the smallest p values are found too.
    let ln_p = bisect(-700.0, 0.0, |ln_alpha| width(ln_alpha.exp()) > difference.abs());
    let p_value = if width(1.0) > difference.abs() { 1.0 } else { ln_p.exp() };
    Reading { difference, standard_error: variance.sqrt(), p_value, lower, upper, verdict: verdict(lower, upper) }
}

/// What both shares are expected to be before the first outcome: Beta(`a`, `b`). A wrong expectation costs power, never
/// validity. Fixed before the first look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expectation {
    a: f64,
    b: f64,
}

impl Expectation {
    /// Jeffreys' prior: nothing is known.
    pub const NONE: Self = Self { a: 0.5, b: 0.5 };

    /// About `share`, with `deviation` as its standard deviation. 0.6 of the minimum detectable effect is a good
    /// deviation: in simulation the power then is about 65 % where that of [`super::proportions`] is 80 %, and 20 % to
    /// 40 % when nothing is known.
    ///
    /// # Errors
    /// Unless 0 < `share` < 1 and the deviation is positive and below `√(share (1 − share))`.
    pub fn about(share: f64, deviation: f64) -> Result<Self, StatisticsError> {
        let weight = share * (1.0 - share) / (deviation * deviation) - 1.0;
        let (a, b) = (share * weight, (1.0 - share) * weight);
        if !(1e-12..1.0).contains(&share) {
            return Err(StatisticsError::OutOfRange("share"));
        }
        positive(deviation, "deviation")?;
        if is_positive(a) && is_positive(b) { Ok(Self { a, b }) } else { Err(StatisticsError::OutOfRange("deviation")) }
    }
}

/// Always-valid p value against equal shares, exact for any sample and any allocation that looks only at the past.
///
/// Universal inference (Wasserman, Ramdas and Balakrishnan 2020): the likelihood of both arms under independent priors,
/// against the largest likelihood that one common share can reach. Whatever the common share truly is, the ratio is at
/// most a martingale that starts at 1. Counts must be true counts, not deflated ones.
pub fn proportions_exact(control: &Tally, treatment: &Tally, expected: Expectation) -> f64 {
    let successes = control.successes() + treatment.successes();
    let failures = control.failures() + treatment.failures();
    let Expectation { a, b } = expected;
    let likelihood = |arm: &Tally| ln_beta(arm.successes() + a, arm.failures() + b) - ln_beta(a, b);
    let common = ln_power(successes, successes + failures) + ln_power(failures, successes + failures);
    (common - likelihood(control) - likelihood(treatment)).exp().min(1.0)
}

/// ln((part / whole)^part), 1 for nothing.
fn ln_power(part: f64, whole: f64) -> f64 {
    if part > 0.0 { part * (part / whole).ln() } else { 0.0 }
}
