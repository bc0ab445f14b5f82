//! The logistic model and its integer form.

use proptest::prelude::*;
use statistics::logistic::{Model, Parts, Prior};
use statistics::{Random, StatisticsError, chance_ppm, sigmoid_ppm};

fn exact_ppm(logit_ppm: i64) -> f64 {
    1e6 / (1.0 + (-(logit_ppm as f64) / 1e6).exp())
}

/// One prior per weight.
fn model(variance: f64, count: usize, retention: f64) -> Model {
    Model::new(&vec![Prior { mean: 0.0, variance }; count], retention).expect("a model")
}

/// Every 97th logit over the whole range, and each step around the middle and the ends.
#[test]
fn sigmoid_is_exact_and_never_falls() {
    let mut before = -1;
    let sweep = (-18_000_000..18_000_000).step_by(97);
    for logit in sweep {
        let chance = sigmoid_ppm(logit);
        assert!((chance as f64 - exact_ppm(logit)).abs() < 0.501, "{logit}: {chance}");
        assert!(chance >= before, "{logit}");
        assert_eq!(chance + sigmoid_ppm(-logit), 1_000_000);
        before = chance;
    }
    for middle in [0, 4_000_000, 14_508_657, 16_777_215, -14_508_657] {
        for logit in middle - 20_000..middle + 20_000 {
            assert!(sigmoid_ppm(logit) <= sigmoid_ppm(logit + 1), "{logit}");
        }
    }
}

#[test]
fn sigmoid_at_known_places() {
    for (logit, chance) in [
        (0, 500_000),
        (1_000_000, 731_059),
        (-1_000_000, 268_941),
        (3_000_000, 952_574),
        (14_600_000, 1_000_000),
        (i64::MAX, 1_000_000),
        (i64::MIN, 0),
    ] {
        assert_eq!(sigmoid_ppm(logit), chance);
    }
    assert_eq!(chance_ppm(&[2_000_000, -1_000_000], &[1_000_000, 1_000_000]), 731_059);
    assert_eq!(chance_ppm(&[], &[1]), 500_000);
    assert_eq!(chance_ppm(&[i64::MAX; 4], &[i64::MAX; 4]), 1_000_000);
    assert_eq!(chance_ppm(&[i64::MIN; 4], &[i64::MAX; 4]), 0);
}

/// Mean and variance of the exact posterior of one weight after one outcome, by integration with 25 digits.
#[test]
fn one_outcome_is_exact() {
    for (mean, variance, is_accepted, expected) in [
        (0.0, 1.0, true, (0.413_241_928_283_81, 0.829_231_108_708_28)),
        (-3.0, 4.0, true, (-0.595_331_040_773_43, 2.409_226_460_723_1)),
        (0.5, 9.0, false, (-1.809_771_803_529_4, 4.539_660_246_609_2)),
    ] {
        let mut model = Model::new(&[Prior { mean, variance }], 1.0).expect("a model");
        model.update(&[1.0], is_accepted).expect("an update");
        let parts = model.parts();
        assert!((parts.mean[0] - expected.0).abs() < 1e-5, "{parts:?}");
        assert!((parts.covariance[0] - expected.1).abs() < 1e-5, "{parts:?}");
        assert_eq!(model.weights_ppm(), [(parts.mean[0] * 1e6).round() as i64]);
    }
    let first = model(1.0, 1, 1.0).predict(&[1.0]).expect("a prediction");
    assert_eq!((first.probability, first.logit_mean, first.logit_deviation), (0.5, 0.0, 1.0));
}

/// The figures that the module's documentation states: how far from the exact 2.98 ± 1.14 and −4.2 ± 1.0.
#[test]
fn equal_outcomes_are_as_documented() {
    for (count, is_accepted, mean, deviation) in [(10, true, 2.90, 0.92), (50, false, -3.8, 0.6)] {
        let mut model = model(4.0, 1, 1.0);
        (0..count).for_each(|_| model.update(&[1.0], is_accepted).expect("an update"));
        let predicted = model.predict(&[1.0]).expect("a prediction");
        assert!((predicted.logit_mean - mean).abs() < 0.05, "{predicted:?}");
        assert!((predicted.logit_deviation - deviation).abs() < 0.05, "{predicted:?}");
    }
}

/// The mean probability is that of Monte Carlo over the belief, to the 0.02 that MacKay's formula is off.
#[test]
fn probability_is_the_mean_over_the_belief() {
    for (mean, variance) in [(0.0, 4.0), (1.0, 1.0), (-2.0, 9.0), (3.0, 0.25)] {
        let model = Model::new(&[Prior { mean, variance }], 1.0).expect("a model");
        let mut random = Random::from_seed(3);
        let draws = (0..100_000).map(|_| 1.0 / (1.0 + (-(mean + variance.sqrt() * random.normal())).exp()));
        let expected = draws.sum::<f64>() / 1e5;
        let predicted = model.predict(&[1.0]).expect("a prediction").probability;
        assert!((predicted - expected).abs() < 0.02, "{mean} {variance}: {predicted} {expected}");
    }
}

/// Learnt from 4,000 outcomes of known weights: each weight is within three of its own standard deviations, and what is
/// believed to be 30 % happens in about 30 %.
#[test]
fn learns_the_weights_and_is_calibrated() {
    let truth = [-0.5, 1.5, -2.0, 0.7];
    let mut model = model(4.0, 4, 1.0);
    let mut random = Random::from_seed(11);
    let mut bins = [(0.0, 0.0, 0.0); 5];
    for _ in 0..4_000 {
        let features = [1.0, random.normal(), random.unit(), f64::from(u8::from(random.chance(0.3)))];
        let predicted = model.predict(&features).expect("a prediction").probability;
        let logit: f64 = truth.iter().zip(features).map(|(weight, feature)| weight * feature).sum();
        let is_accepted = random.chance(1.0 / (1.0 + (-logit).exp()));
        let bin = &mut bins[(predicted * 5.0) as usize];
        *bin = (bin.0 + 1.0, bin.1 + predicted, bin.2 + f64::from(u8::from(is_accepted)));
        model.update(&features, is_accepted).expect("an update");
    }
    let Parts { mean, covariance, .. } = model.parts();
    for (place, expected) in truth.iter().enumerate() {
        let deviation = covariance[place * 5].sqrt();
        assert!((mean[place] - expected).abs() < 3.0 * deviation && deviation < 0.25, "{place}: {mean:?} {deviation}");
    }
    for (count, predicted, accepted) in bins {
        assert!(count > 100.0 && ((predicted - accepted) / count).abs() < 0.05, "{bins:?}");
    }
}

/// After the world turns, the model that forgets follows it and the other does not.
#[test]
fn forgetting_follows_a_change() {
    let (mut keeps, mut forgets) = (model(4.0, 1, 1.0), model(4.0, 1, 0.95));
    for round in 0..1_020 {
        for model in [&mut keeps, &mut forgets] {
            model.update(&[1.0], round < 1_000).expect("an update");
        }
    }
    let chance = |model: &Model| model.predict(&[1.0]).expect("a prediction").probability;
    assert!(chance(&keeps) > 0.8 && chance(&forgets) < 0.4, "{} {}", chance(&keeps), chance(&forgets));
}

#[test]
fn states_that_cannot_be() {
    let good = model(1.0, 2, 1.0).parts();
    let with = |change: fn(&mut Parts)| {
        let mut parts = good.clone();
        change(&mut parts);
        Model::from_parts(parts).err()
    };
    assert_eq!(with(|_| ()), None);
    assert_eq!(with(|parts| parts.mean.clear()), Some(StatisticsError::Length("mean")));
    assert_eq!(with(|parts| parts.covariance.push(0.0)), Some(StatisticsError::Length("covariance")));
    assert_eq!(with(|parts| parts.prior_variances.clear()), Some(StatisticsError::Length("prior_variances")));
    assert_eq!(with(|parts| parts.mean[0] = f64::NAN), Some(StatisticsError::OutOfRange("mean")));
    assert_eq!(with(|parts| parts.prior_variances[0] = -1.0), Some(StatisticsError::OutOfRange("prior_variances")));
    assert_eq!(with(|parts| parts.retention = 0.0), Some(StatisticsError::OutOfRange("retention")));
    for wrong in
        [[1.0, 0.5, 0.4, 1.0], [1.0, 1.5, 1.5, 1.0], [2.0, 0.0, 0.0, 1.0], [-1.0, 0.0, 0.0, 1.0], [f64::NAN; 4]]
    {
        let parts = Parts { covariance: wrong.to_vec(), ..good.clone() };
        assert_eq!(Model::from_parts(parts), Err(StatisticsError::OutOfRange("covariance")), "{wrong:?}");
    }
    let mut model = Model::from_parts(good).expect("a model");
    assert_eq!(model.update(&[1.0], true), Err(StatisticsError::Length("features")));
    assert_eq!(model.update(&[1.0, f64::NAN], true), Err(StatisticsError::OutOfRange("features")));
    assert!(Model::new(&[Prior { mean: 0.0, variance: 1.0 }; 41], 1.0).is_err());
}

fn any_feature() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), Just(1.0), -3.0..3.0, -1_000.0..1_000.0]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// Any outcomes leave a state that can be stored and read back and predicts chances.
    #[test]
    fn any_history_leaves_a_sound_model(
        variances in proptest::collection::vec(prop_oneof![Just(0.0), 0.01..10.0, Just(10_000.0)], 3),
        retention in prop_oneof![Just(1.0), 0.5..1.0],
        history in proptest::collection::vec((proptest::array::uniform3(any_feature()), any::<bool>()), 1..60),
    ) {
        let priors: Vec<_> = variances.iter().map(|variance| Prior { mean: 0.5, variance: *variance }).collect();
        let mut model = Model::new(&priors, retention).expect("a model");
        for (features, is_accepted) in history {
            let before = model.predict(&features).expect("a prediction");
            model.update(&features, is_accepted).expect("an update");
            let after = model.predict(&features).expect("a prediction");
            prop_assert!((0.0..=1.0).contains(&after.probability) && after.logit_deviation.is_finite());
            // An acceptance never lowers the logit at the same place.
            let change = after.logit_mean - before.logit_mean;
            let slack = 1e-6 * (1.0 + before.logit_mean.abs());
            prop_assert!(if is_accepted { change >= -slack } else { change <= slack }, "{before:?} {after:?}");
        }
        prop_assert_eq!(Model::from_parts(model.parts()), Ok(model));
    }

    #[test]
    fn a_higher_logit_never_has_a_lower_chance(logit in -20_000_000_i64..20_000_000, more in 0_i64..5_000_000) {
        prop_assert!(sigmoid_ppm(logit) <= sigmoid_ppm(logit + more));
        prop_assert!((sigmoid_ppm(logit) as f64 - exact_ppm(logit)).abs() < 0.501);
    }
}
