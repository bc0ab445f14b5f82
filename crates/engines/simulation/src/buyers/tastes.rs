//! What each lever costs a buyer. The medians are assumptions, to be replaced by what is tracked; shares of levers taken in
//! past talks move them.
//!
//! floats: statistics, not money

use negotiation_engine::Lever;
use statistics::{Random, fit::LogNormal};

use crate::{buyers::Buyers, frame::Observation};

/// What one buyer feels about each lever. A cost that is infinite is a no.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tastes {
    /// For twice the quantity: share of the wanted goods' value. Rises with the square.
    pub(crate) holding: f64,
    /// Own cost of capital per year.
    pub(crate) capital: f64,
    /// For each day later: share of the goods' value.
    pub(crate) waiting: f64,
    /// Freight together with others: share of the goods' value.
    pub(crate) consolidated: f64,
    /// Collecting: share of the goods' value.
    pub(crate) collected: f64,
    /// For each further order committed to: share of its value.
    pub(crate) commitment: f64,
    /// What a rebate at the end of a period is worth, over money now.
    pub(crate) rebate: f64,
    /// Another product: share of the goods' value.
    pub(crate) switching: f64,
    /// What goods ordered along are worth, over their list price.
    pub(crate) along: f64,
    /// What goods for free are worth, over their list price.
    pub(crate) free: f64,
}

/// Levers that have a taste, and their assumed shares of agreements in per cent (the rest is plain prices).
const ASSUMED: [(Lever, f64); 9] = [
    (Lever::Volume, 20.0),
    (Lever::Payment, 12.0),
    (Lever::Delivery, 6.0),
    (Lever::Freight, 4.0),
    (Lever::Commitment, 4.0),
    (Lever::Rebate, 2.0),
    (Lever::Alternative, 3.0),
    (Lever::Bundle, 2.0),
    (Lever::Bonus, 2.0),
];

impl Tastes {
    /// The tastes of one buyer; always takes as many random numbers, so that buyers do not depend on the fit's shape.
    pub(crate) fn draw(buyers: &Buyers, random: &mut Random) -> Self {
        let mut cost = |median: f64, lever: Lever, refuses: f64| {
            let draw = LogNormal { log_mean: median.ln(), log_deviation: 0.7 }.draw(random) * buyers.lever(lever);
            if random.chance(refuses) { f64::INFINITY } else { draw }
        };
        let mut tastes = Self {
            holding: cost(0.03, Lever::Volume, 0.15),
            capital: cost(0.08, Lever::Payment, 0.0).min(0.4),
            waiting: cost(0.000_6, Lever::Delivery, 0.3),
            consolidated: cost(0.004, Lever::Freight, 0.2),
            collected: cost(0.02, Lever::Freight, 0.5),
            commitment: cost(0.004, Lever::Commitment, 0.4),
            rebate: 0.0,
            switching: cost(0.04, Lever::Alternative, 0.4),
            along: 0.0,
            free: 0.0,
        };
        let mut worth = |median: f64, lever: Lever| {
            (median + 0.15 * random.normal() - 0.1 * buyers.lever(lever).ln()).clamp(0.0, 1.0)
        };
        tastes.rebate = worth(0.6, Lever::Rebate);
        tastes.along = worth(0.9, Lever::Bundle);
        tastes.free = worth(0.7, Lever::Bonus);
        tastes
    }
}

/// How often each lever was taken, pairs counting for both, and of how many talks whose lever is known.
pub(crate) fn counts(deals: &[Observation]) -> (Vec<(Lever, f64)>, f64) {
    let taken: Vec<Lever> = deals.iter().filter_map(|one| one.talks.filter(|talks| talks.agreed)?.lever).collect();
    let has = |taken: Lever, lever: Lever| {
        taken == lever || taken.parts().is_some_and(|(first, second)| first == lever || second == lever)
    };
    let count = |lever: Lever| taken.iter().filter(|one| has(**one, lever)).count() as f64;
    (ASSUMED.iter().map(|(lever, _)| (*lever, count(*lever))).collect(), taken.len() as f64)
}

/// `√(assumed / observed share)` within a half and two, the observed one drawn to the assumed with the weight of 50 talks.
pub(crate) fn factors(deals: &[Observation]) -> Vec<(Lever, f64)> {
    let (counts, talks) = counts(deals);
    let pairs = counts.into_iter().zip(ASSUMED);
    let factor = |((lever, count), (_, percent)): ((Lever, f64), (Lever, f64))| {
        let assumed = percent / 100.0;
        let observed = (count + 50.0 * assumed) / (talks + 50.0);
        (lever, (assumed / observed).sqrt().clamp(0.5, 2.0))
    };
    pairs.map(factor).collect()
}
