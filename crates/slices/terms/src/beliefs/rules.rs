//! What the model looks at, what it believes before any outcome, and what the engine gets of it.
//!
//! floats: a statistical model; nothing here is money.

use negotiation_engine::{BuyerModel, Features, Lever};
use statistics::StatisticsError;
use statistics::logistic::{Model, Prior};

/// What old outcomes weigh after each new one: about the last thousand count.
const RETENTION: f64 = 0.999;
/// Features that are no levers: the constant, gap, additional value, earlier payment.
const PLAIN: usize = 4;

/// The levers that are not pairs; a pair has the features of both.
pub fn levers() -> impl Iterator<Item = Lever> {
    Lever::ALL.iter().copied().filter(|lever| lever.parts().is_none())
}

/// The features of an offer, as the model has them: 1, gap, additional value, earlier payment (as in [`Features`], but as
/// shares of one), then for each of [`levers`] whether the offer uses it.
pub fn vector(features: &Features) -> Vec<f64> {
    let Features { gap, extra_value, earlier, lever } = features.bounded();
    let share = |ppm: i64| ppm as f64 / 1e6;
    let (first, second) = lever.parts().unwrap_or((lever, lever));
    let used = levers().map(|of| if of == first || of == second { 1.0 } else { 0.0 });
    [1.0, share(gap), share(extra_value), share(earlier)].into_iter().chain(used).collect()
}

/// What is believed before any outcome. It follows what the engine assumes without a model (0.9 at the asked price, 8 points
/// less for each per cent above it, a quarter less for twice the volume, 0.3 points less for each day), as a logistic curve
/// through the same middle. How unsure that is, is a judgement: a few dozen outcomes outweigh it.
pub fn priors() -> Vec<Prior> {
    let prior = |mean, variance| Prior { mean, variance };
    let plain = [prior(2.2, 1.0), prior(-32.0, 100.0), prior(-1.0, 1.0), prior(-12.0, 36.0)];
    let lever = |lever| match lever {
        Lever::Delivery | Lever::Freight => prior(-0.2, 1.0),
        Lever::Commitment | Lever::Rebate => prior(-0.4, 1.0),
        Lever::Alternative => prior(-0.5, 1.0),
        _ => prior(0.0, 1.0),
    };
    plain.into_iter().chain(levers().map(lever)).collect()
}

/// The model that knows nothing but the priors.
///
/// # Errors
/// None for the priors of this module.
pub fn unlearnt() -> Result<Model, StatisticsError> {
    Model::new(&priors(), RETENTION)
}

/// The model of a segment from which nothing was learnt yet: the weights of all customers, as unsure as at the beginning.
///
/// # Errors
/// When `all` is a model of other features.
pub fn beginning(all: &Model) -> Result<Model, StatisticsError> {
    let mean = all.parts().mean;
    let priors: Vec<Prior> = priors().into_iter().zip(mean).map(|(prior, mean)| Prior { mean, ..prior }).collect();
    Model::new(&priors, RETENTION)
}

/// The mean weights as the engine reads them; pairs get the weights of both their levers.
pub fn buyer_model(model: &Model) -> BuyerModel {
    let weights = model.weights_ppm();
    let weight = |at: usize| weights.get(at).copied().unwrap_or(0);
    let own = |lever: Lever| levers().position(|of| of == lever).map_or(0, |at| weight(PLAIN + at));
    let of = |lever: Lever| match lever.parts() {
        Some((first, second)) => own(first).saturating_add(own(second)),
        None => own(lever),
    };
    BuyerModel {
        intercept: weight(0),
        gap: weight(1),
        extra_value: weight(2),
        earlier: weight(3),
        levers: Lever::ALL.iter().map(|lever| (*lever, of(*lever))).filter(|(_, weight)| *weight != 0).collect(),
    }
}

/// A chance with the bounds between which it lies with 95 %, in whole per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chance {
    /// The most likely value, averaged over what is believed.
    pub percent: i64,
    /// The lower bound.
    pub low: i64,
    /// The upper bound.
    pub high: i64,
}

/// The chance that an offer is taken.
///
/// # Errors
/// When the model is one of other features.
pub fn chance(model: &Model, features: &Features) -> Result<Chance, StatisticsError> {
    let told = model.predict(&vector(features))?;
    let percent = |share: f64| (share * 100.0).round() as i64;
    let at = |logit: f64| percent(1.0 / (1.0 + (-logit).exp()));
    let spread = 1.96 * told.logit_deviation;
    Ok(Chance {
        percent: percent(told.probability),
        low: at(told.logit_mean - spread),
        high: at(told.logit_mean + spread),
    })
}
