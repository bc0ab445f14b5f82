//! Reservation prices from talks: who took the last price had at least that to give, who did not had less.
//!
//! `P(agreed | x) = Φ((μ − x) / σ)` for `x = ln(last price / list)`, with normal priors on μ and ln σ; the mode of the
//! posterior. For one σ it is concave in μ (ln Φ is), so golden sections find it; σ comes from a grid.
//!
//! floats: statistics, not money

use std::collections::BTreeMap;

use statistics::normal_cdf;

/// What a fit is drawn to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Centre {
    Prior,
    Market,
}

/// How one negotiation ended.
pub(super) struct Seen {
    /// ln(last price / list).
    pub(super) price: f64,
    pub(super) agreed: bool,
}

/// Prices are counted in steps of a half per cent.
const STEP: f64 = 0.005;
/// Steps of the grid of σ to each side, each by a ninth.
const GRID: i32 = 12;

/// Mean and standard deviation of ln(reservation / list). `before`: both as expected before the talks; `tightness`: the
/// standard deviations of that expectation of μ and of ln σ.
pub(super) fn reservations(seen: &[Seen], before: (f64, f64), tightness: (f64, f64)) -> (f64, f64) {
    let (centre, spread) = (before.0.clamp(-0.7, 0.7), before.1.clamp(0.005, 0.5));
    let mut steps: BTreeMap<i32, (f64, f64)> = BTreeMap::new();
    for one in seen {
        let step = steps.entry((one.price / STEP).round().clamp(-400.0, 400.0) as i32).or_default();
        if one.agreed { step.0 += 1.0 } else { step.1 += 1.0 }
    }
    if steps.is_empty() {
        return (centre, spread);
    }
    let log = |mean: f64, deviation: f64| {
        let talks = steps.iter().map(|(step, (agreed, failed))| {
            let chance = normal_cdf((mean - f64::from(*step) * STEP) / deviation).clamp(1e-12, 1.0 - 1e-12);
            agreed * chance.ln() + failed * (1.0 - chance).ln()
        });
        let off = ((mean - centre) / tightness.0, (deviation / spread).ln() / tightness.1);
        talks.sum::<f64>() - 0.5 * (off.0 * off.0 + off.1 * off.1)
    };
    let grid = (-GRID..=GRID).map(|step| (spread * (f64::from(step) / 9.0).exp()).clamp(0.003, 0.6));
    let best = grid.map(|deviation| {
        let mean = highest(centre - 0.5, centre + 0.5, |mean| log(mean, deviation));
        (log(mean, deviation), mean, deviation)
    });
    best.max_by(|a, b| a.0.total_cmp(&b.0)).map_or((centre, spread), |(_, mean, deviation)| (mean, deviation))
}

/// Where a concave function is highest, by golden sections (Kiefer 1953).
fn highest(mut low: f64, mut high: f64, value: impl Fn(f64) -> f64) -> f64 {
    const RATIO: f64 = 0.618_033_988_749_894_9;
    let (mut left, mut right) = (high - RATIO * (high - low), low + RATIO * (high - low));
    let (mut at_left, mut at_right) = (value(left), value(right));
    for _ in 0..24 {
        if at_left < at_right {
            (low, left, at_left) = (left, right, at_right);
            right = low + RATIO * (high - low);
            at_right = value(right);
        } else {
            (high, right, at_right) = (right, left, at_left);
            left = high - RATIO * (high - low);
            at_left = value(left);
        }
    }
    0.5 * (low + high)
}
