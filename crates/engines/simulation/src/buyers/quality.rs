//! How well fitted buyers reproduce what they were not fitted to: the last fifth of history.
//!
//! floats: statistics, not money

use serde::{Deserialize, Serialize};
use statistics::{Random, fit::LogNormal, fit::kolmogorov_smirnov, normal_cdf};

use crate::{
    buyers::{Buyers, place, tastes},
    figures::six,
    frame::{Frame, Observation, deviations},
};

/// The distances between held-out history and the fit; `None` where there was nothing to compare.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// Deals that the fit was made from.
    pub fitted: u64,
    /// Deals it was compared to.
    pub held_out: u64,
    /// Samples of that size from the fitted distribution itself stay below this Kolmogorov-Smirnov distance, 19 times in 20.
    pub usual: Option<f64>,
    /// Kolmogorov-Smirnov distance of deal sizes.
    pub deal_size: Option<f64>,
    /// Of discounts from list.
    pub discount: Option<f64>,
    /// Of deviations from the usual price of the same product and quantity.
    pub spread: Option<f64>,
    /// The share of talks that ended in a sale: as predicted, and as it was.
    pub agreement: Option<(f64, f64)>,
    /// The shares of levers taken: half the sum of their differences.
    pub levers: Option<f64>,
}

impl Quality {
    pub(super) fn shorten(&mut self) {
        let Self { usual, deal_size, discount, spread, levers, .. } = self;
        for number in [usual, deal_size, discount, spread, levers] {
            *number = number.map(six);
        }
        self.agreement = self.agreement.map(|(predicted, seen)| (six(predicted), six(seen)));
    }
}

/// Most deals that are compared.
const COMPARED_MAX: usize = 20_000;
/// The fit is drawn from so many times for each deal, so that what is measured is the fit and not the draw.
const DRAWS: usize = 4;
/// Draws are the same in every run.
const SEED: u64 = 80_20;

pub(super) fn measure(frame: &Frame<'_>) -> Quality {
    let (before, after) = frame.deals.split_at(frame.deals.len() / 5 * 4);
    if before.is_empty() || after.is_empty() {
        return Quality::default();
    }
    let (buyers, after) = (Buyers::of(frame, before), &after[..after.len().min(COMPARED_MAX)]);
    let mut random = Random::from_seed(SEED);
    let count = after.len() as f64;
    Quality {
        fitted: before.len() as u64,
        held_out: after.len() as u64,
        usual: Some(1.36 * (1.0 / count + 1.0 / (count * DRAWS as f64)).sqrt()),
        deal_size: sizes(&buyers, before, after, &mut random),
        discount: discounts(frame, &buyers, after, &mut random),
        spread: spreads(frame, &buyers, after, &mut random),
        agreement: agreement(frame, &buyers, after),
        levers: levers(before, after),
    }
}

fn sizes(buyers: &Buyers, before: &[Observation], after: &[Observation], random: &mut Random) -> Option<f64> {
    let mut drawn = || {
        let one = &before[place(random, before.len())];
        let jitter = buyers.jitter.get(one.class as usize).map_or(0.0, |(_, jitter)| *jitter);
        one.value * (jitter * random.normal()).exp()
    };
    let model: Vec<f64> = (0..DRAWS * after.len()).map(|_| drawn()).collect();
    let seen: Vec<f64> = after.iter().map(|one| one.value).collect();
    kolmogorov_smirnov(&model, &seen).ok()
}

fn discounts(frame: &Frame<'_>, buyers: &Buyers, after: &[Observation], random: &mut Random) -> Option<f64> {
    let sales: Vec<&Observation> = after.iter().filter(|one| one.is_sale()).collect();
    let mut drawn = |one: &Observation| {
        let fit = buyers.segment(frame.segments[one.segment as usize]);
        let (log_mean, log_deviation) = fit.discount;
        let discount = LogNormal { log_mean, log_deviation }.draw(random);
        if random.chance(fit.at_list) { 0.0 } else { discount }
    };
    let model: Vec<f64> = sales.iter().cycle().take(DRAWS * sales.len()).map(|one| drawn(one)).collect();
    let seen: Vec<f64> = sales.iter().map(|one| if one.is_at_list() { 0.0 } else { -one.ln_paid }).collect();
    kolmogorov_smirnov(&model, &seen).ok()
}

fn spreads(frame: &Frame<'_>, buyers: &Buyers, after: &[Observation], random: &mut Random) -> Option<f64> {
    let seen = deviations(after);
    let mut drawn = |one: &Observation| buyers.segment(frame.segments[one.segment as usize]).spread * random.normal();
    let model: Vec<f64> = seen.iter().cycle().take(DRAWS * seen.len()).map(|(at, _)| drawn(&after[*at])).collect();
    let seen: Vec<f64> = seen.into_iter().map(|(_, deviation)| deviation).collect();
    kolmogorov_smirnov(&model, &seen).ok()
}

fn agreement(frame: &Frame<'_>, buyers: &Buyers, after: &[Observation]) -> Option<(f64, f64)> {
    let talks: Vec<_> = after.iter().filter_map(|one| Some((one, one.talks?))).collect();
    if talks.is_empty() {
        return None;
    }
    let chance = |one: &Observation| {
        let fit = buyers.segment(frame.segments[one.segment as usize]);
        normal_cdf((fit.reservation - one.ln_paid) / fit.deviation)
    };
    let predicted: f64 = talks.iter().map(|(one, _)| chance(one)).sum();
    let agreed = talks.iter().filter(|(_, talks)| talks.agreed).count() as f64;
    let count = talks.len() as f64;
    Some((predicted / count, agreed / count))
}

fn levers(before: &[Observation], after: &[Observation]) -> Option<f64> {
    let ((fitted, of_fitted), (seen, of_seen)) = (tastes::counts(before), tastes::counts(after));
    if of_fitted == 0.0 || of_seen == 0.0 {
        return None;
    }
    let differences = fitted.iter().zip(&seen).map(|((_, a), (_, b))| (a / of_fitted - b / of_seen).abs());
    Some(0.5 * differences.sum::<f64>())
}
