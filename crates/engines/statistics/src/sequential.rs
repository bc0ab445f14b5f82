//! Tests that stay valid however often one looks, and whenever one stops.
//!
//! The mixture sequential probability ratio test (Robbins 1970; Johari, Koomen, Pekelis and Walsh, 'Always valid
//! inference', Operations Research 2022). With the estimated difference d, its variance V and the mixing variance τ²,
//! the evidence against a true difference θ is
//!
//! `Λ(θ) = √(V / (V + τ²)) · exp(τ² (d − θ)² / (2 V (V + τ²)))`,
//!
//! whose mean under θ is 1 at any stopping time, so P(Λ ever reaches 1 / alpha) ≤ alpha (Ville). The p value is
//! `min(1, 1 / Λ(0))`; the confidence sequence is all θ with `Λ(θ) < 1 / alpha`.
//!
//! * **Choice of τ²**: any is valid; it only says where the interval is tightest. [`Design`] makes it tightest at the
//!   sample where the minimum detectable effect is found with the stated power.
//! * **What is approximate**: d is taken as normal and V as known. Below [`COUNT_MIN`] observations per arm (for shares
//!   also [`EVENTS_MIN`] of either outcome in both arms together) the answer is [`Verdict::TooEarly`]. The simulations in
//!   the tests look after every observation and stay under the nominal error, skewed values included: up to the planned
//!   sample 1 % to 2.5 % of the experiments without an effect are found at a nominal 5 %, which holds for ever.
//!   [`proportions_exact`] needs no approximation at all, and pays with power.
//! * **Allocation**: shares of the arms may change over time, but not because of outcomes (V then is not the variance of
//!   d any more). Under Thompson allocation use [`means_adaptive`] or [`proportions_exact`].
//! * **Correlation**: observations are companies. Sums over single deals must be deflated by the design effect.
//!
//! floats: statistics, not money

mod adaptive;
mod guardrail;

pub use adaptive::{Expectation, means_adaptive, proportions_exact};
pub use guardrail::{Alarm, Guardrail, Harm, guardrail, holm};

use crate::error::is_positive;
use crate::rates::ErrorRates;
use crate::{StatisticsError, Sums, Tally, normal_quantile};

/// Observations per arm before a test of means or shares says anything.
pub const COUNT_MIN: f64 = 50.0;
/// Successes, and failures, of both arms together before a test of shares says anything.
pub const EVENTS_MIN: f64 = 20.0;

/// What the test was planned for. Fixed before the first look; changing it later voids the guarantee.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Design {
    alpha: f64,
    variance_planned: f64,
    mixing_variance: f64,
}

impl Design {
    /// For a minimum detectable effect, in the units of the metric (0.02 for two percentage points of a share).
    ///
    /// At variance V the half-width of the confidence sequence is `√(V (1 + 1/r) (L + ln(1 + r)))` with r = τ² / V and
    /// L = 2 ln(1 / alpha). It is least where r = L + ln(1 + r), and then it is `√(V (1 + r))`. The effect is found
    /// with the stated power at the V where `effect = (√(1 + r) + z_power) · √V`; there τ² = r · V is chosen. For 5 %
    /// and 80 % that is τ = 0.74 · effect.
    ///
    /// # Errors
    /// An effect that is not positive, or whose square is out of all bounds.
    pub fn new(rates: ErrorRates, effect: f64) -> Result<Self, StatisticsError> {
        if !(1e-100..=1e100).contains(&effect) {
            return Err(StatisticsError::OutOfRange("effect"));
        }
        let unit = Self::for_unit_effect(rates);
        let square = effect * effect;
        Ok(Self {
            alpha: unit.alpha,
            variance_planned: unit.variance_planned * square,
            mixing_variance: unit.mixing_variance * square,
        })
    }

    /// For a minimum detectable effect of 1.
    pub(crate) fn for_unit_effect(rates: ErrorRates) -> Self {
        let ratio = tightest_ratio(rates.alpha());
        let variance_planned = ((1.0 + ratio).sqrt() + normal_quantile(rates.power())).powi(-2);
        Self { alpha: rates.alpha(), variance_planned, mixing_variance: ratio * variance_planned }
    }

    /// The nominal error.
    pub fn alpha(&self) -> f64 {
        self.alpha
    }

    /// The variance of the difference at which the interval is tightest.
    pub fn variance_planned(&self) -> f64 {
        self.variance_planned
    }

    /// τ².
    pub fn mixing_variance(&self) -> f64 {
        self.mixing_variance
    }

    /// The tangent `a + b·t` of the boundary of the score (difference × information) at information `t` = 1 / V: the
    /// boundary is `√((t + 1/τ²) (L + ln(1 + τ² t)))`.
    pub(crate) fn tangent(&self, information: f64) -> (f64, f64) {
        let evidence = evidence_needed(self.alpha) + (self.mixing_variance * information).ln_1p();
        let height = ((information + 1.0 / self.mixing_variance) * evidence).sqrt();
        let slope = (evidence + 1.0) / (2.0 * height);
        (height - slope * information, slope)
    }
}

/// What the data so far say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Too few observations for the approximation to hold.
    TooEarly,
    /// No difference shown so far.
    Undecided,
    /// The treatment's metric is higher.
    Higher,
    /// The treatment's metric is lower.
    Lower,
}

/// One look at an experiment. Valid at any time and for any number of looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// Treatment minus control.
    pub difference: f64,
    /// Of the difference.
    pub standard_error: f64,
    /// Always-valid p value. The least over all looks is valid too: see [`Reading::after`].
    pub p_value: f64,
    /// Lower end of the confidence sequence; infinite when too early.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
    /// What that means at the design's error.
    pub verdict: Verdict,
}

impl Reading {
    /// This look after an earlier one of the same experiment and design: the smaller p value and the intersection of
    /// the intervals hold as well, so what was found once stays found. Intervals that do not meet (which happens with
    /// at most the nominal error) leave the later one.
    #[must_use]
    pub fn after(mut self, earlier: &Self) -> Self {
        self.p_value = self.p_value.min(earlier.p_value);
        let (lower, upper) = (self.lower.max(earlier.lower), self.upper.min(earlier.upper));
        if lower <= upper {
            (self.lower, self.upper) = (lower, upper);
        }
        if matches!(self.verdict, Verdict::TooEarly | Verdict::Undecided) && earlier.verdict != Verdict::TooEarly {
            self.verdict = earlier.verdict;
        }
        self
    }

    fn too_early(difference: f64) -> Self {
        let (lower, upper) = (f64::NEG_INFINITY, f64::INFINITY);
        Self { difference, standard_error: f64::INFINITY, p_value: 1.0, lower, upper, verdict: Verdict::TooEarly }
    }

    fn of(difference: f64, variance: f64, design: &Design) -> Self {
        if !(difference.is_finite() && is_positive(variance)) {
            return Self::too_early(difference);
        }
        let radius = radius(variance, design.alpha, design.mixing_variance);
        let (lower, upper) = (difference - radius, difference + radius);
        let p_value = (-ln_evidence(difference, variance, design.mixing_variance)).exp().min(1.0);
        let verdict = verdict(lower, upper);
        Self { difference, standard_error: variance.sqrt(), p_value, lower, upper, verdict }
    }
}

/// Compares means. V = s₁²/n₁ + s₂²/n₂.
pub fn means(control: &Sums, treatment: &Sums, design: &Design) -> Reading {
    let difference = treatment.mean() - control.mean();
    if control.count().min(treatment.count()) < COUNT_MIN {
        return Reading::too_early(difference);
    }
    Reading::of(difference, variance_of_difference(control, treatment), design)
}

/// Compares shares. V is the sum of both arms' `p q / n`, each with one success and one failure added (Agresti and
/// Caffo 2000), so that an arm without a success yet is not taken for certain.
pub fn proportions(control: &Tally, treatment: &Tally, design: &Design) -> Reading {
    let difference = treatment.share() - control.share();
    let successes = control.successes() + treatment.successes();
    let failures = control.failures() + treatment.failures();
    if control.count().min(treatment.count()) < COUNT_MIN || successes.min(failures) < EVENTS_MIN {
        return Reading::too_early(difference);
    }
    let variance = |arm: &Tally| {
        let share = (arm.successes() + 1.0) / (arm.count() + 2.0);
        share * (1.0 - share) / arm.count()
    };
    let reading = Reading::of(difference, variance(control) + variance(treatment), design);
    Reading { lower: reading.lower.max(-1.0), upper: reading.upper.min(1.0), ..reading }
}

fn variance_of_difference(control: &Sums, treatment: &Sums) -> f64 {
    control.variance() / control.count() + treatment.variance() / treatment.count()
}

/// ln Λ for a deviation from the hypothesis.
fn ln_evidence(deviation: f64, variance: f64, mixing_variance: f64) -> f64 {
    let total = variance + mixing_variance;
    0.5 * (variance / total).ln() + 0.5 * (deviation * deviation / variance) * (mixing_variance / total)
}

/// Half of the width of the confidence sequence.
fn radius(variance: f64, alpha: f64, mixing_variance: f64) -> f64 {
    let ratio = mixing_variance / variance;
    (variance * (1.0 + 1.0 / ratio) * (evidence_needed(alpha) + ratio.ln_1p())).sqrt()
}

/// 2 ln(1 / alpha).
fn evidence_needed(alpha: f64) -> f64 {
    -2.0 * alpha.ln()
}

/// The r with r = L + ln(1 + r). The right side is a contraction.
fn tightest_ratio(alpha: f64) -> f64 {
    let evidence = evidence_needed(alpha);
    (0..60).fold(evidence, |ratio, _| evidence + ratio.ln_1p())
}

fn verdict(lower: f64, upper: f64) -> Verdict {
    if lower > 0.0 {
        Verdict::Higher
    } else if upper < 0.0 {
        Verdict::Lower
    } else {
        Verdict::Undecided
    }
}
