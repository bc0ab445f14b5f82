//! Whether the treatment harms a metric that it must not harm.
//!
//! floats: statistics, not money

use super::{COUNT_MIN, Design, ln_evidence, variance_of_difference};
use crate::error::is_positive;
use crate::{Sums, normal_cdf};

/// Which direction of a metric is bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Harm {
    /// A lower value is worse (margin).
    Lower,
    /// A higher value is worse (complaints, escalations).
    Higher,
}

/// What must not happen to a metric.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Guardrail {
    /// Which direction is bad.
    pub harm: Harm,
    /// How much worse is still tolerated, in the units of the metric; not negative.
    pub margin: f64,
}

/// One look at a guardrail. Valid at any time and for any number of looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alarm {
    /// How much worse the treatment is so far; negative when it is better.
    pub worsening: f64,
    /// Always-valid one-sided p value against 'worse by no more than the margin'; 1 when too early.
    pub p_value: f64,
    /// Whether the p value is at most the design's alpha. With several guardrails see [`holm`].
    pub is_breached: bool,
}

/// Whether a metric got worse by more than the margin. A share is a mean of zeros and ones: its sum and its sum of
/// squares are both the number of successes.
///
/// The mixture of [`super`] with only harmful effects mixed in (the positive half of the normal), which makes it
/// one-sided. With x = worsening − margin:
/// `Λ = 2 √(V / (V + τ²)) · exp(τ² x² / (2 V (V + τ²))) · Φ(x τ / √(V (V + τ²)))`.
/// It only falls when the true worsening falls, so it holds for every worsening up to the margin. The effect of the
/// design is the worsening beyond the margin that must not be missed.
pub fn guardrail(control: &Sums, treatment: &Sums, design: &Design, guardrail: Guardrail) -> Alarm {
    let difference = treatment.mean() - control.mean();
    let worsening = match guardrail.harm {
        Harm::Lower => -difference,
        Harm::Higher => difference,
    };
    let p_value = if control.count().min(treatment.count()) < COUNT_MIN {
        1.0
    } else {
        one_sided_p(worsening - guardrail.margin.max(0.0), variance_of_difference(control, treatment), design)
    };
    Alarm { worsening, p_value, is_breached: p_value <= design.alpha() }
}

fn one_sided_p(excess: f64, variance: f64, design: &Design) -> f64 {
    let mixing = design.mixing_variance();
    if !(excess.is_finite() && is_positive(variance)) {
        return 1.0;
    }
    // At or below the margin the evidence is below 1; the formula would multiply zero by infinity there.
    if excess <= 0.0 {
        return 1.0;
    }
    let harmful = normal_cdf(excess * (mixing / (variance * (variance + mixing))).sqrt());
    let evidence = ln_evidence(excess, variance, mixing) + (2.0 * harmful).ln();
    (-evidence).exp().min(1.0)
}

/// Which of several hypotheses fall at a family-wise error of `alpha` (Holm 1979): the smallest p value is held against
/// alpha / k, the next against alpha / (k − 1), and so on to the first that does not fall. Never less powerful than
/// Bonferroni, for any dependence between the metrics, and for always-valid p values at any time.
///
/// It bounds false alarms. Where a missed harm costs more than a stopped experiment, read each guardrail alone.
pub fn holm(p_values: &[f64], alpha: f64) -> Vec<bool> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|a, b| p_values[*a].total_cmp(&p_values[*b]));
    let mut falls = vec![false; p_values.len()];
    for (rank, place) in order.iter().enumerate() {
        let left = (p_values.len() - rank) as f64;
        falls[*place] = p_values[*place] <= alpha / left;
        if !falls[*place] {
            break;
        }
    }
    falls
}
