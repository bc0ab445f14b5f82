//! Known values. Those without a source were computed with 30 digits by another program.

use kernel::CompanyId;
use statistics::assign::{Split, sip_hash};
use statistics::interval::{self, PairSums};
use statistics::power::{self, ErrorRates};
use statistics::sequential::{self, Design, Expectation, Guardrail, Harm, Verdict};
use statistics::thompson::{self, Posterior};
use statistics::{StatisticsError, Sums, Tally, fit};

#[track_caller]
fn near(actual: f64, expected: f64, tolerance: f64) {
    assert!((actual - expected).abs() <= tolerance, "{actual} is not {expected}");
}

fn tally(successes: u64, count: u64) -> Tally {
    Tally::new(successes, count).expect("a test value")
}

fn company(number: u32) -> CompanyId {
    CompanyId::parse(&format!("{number:08x}-0000-7000-8000-000000000000")).expect("a test value")
}

/// The example of the paper's appendix A.
#[test]
fn sip_hash_of_the_paper() {
    let message: Vec<u8> = (0..15).collect();
    assert_eq!(sip_hash([0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908], &message), 0xa129_ca61_49be_45e5);
}

/// These values may never change: running experiments hang on them. `-` does not enter.
#[test]
fn variants_are_the_same_for_ever() {
    let split = Split::new(&[500_000, 300_000, 200_000], 800_000).expect("a test value");
    for (experiment, salt, expected) in [
        ("tactic-1", 0, "00021221"),
        ("tactic-1", 1, "01200010"),
        ("tactic-2", 0, "1-200210"),
        ("tactic-2", 1, "11000--0"),
        ("", 0, "02211001"),
        ("", 1, "1111-1-2"),
    ] {
        let variant = |number| split.variant(experiment.as_bytes(), company(number), salt);
        let found: String = (0..8).map(|n| variant(n).map_or("-".into(), |place| place.to_string())).collect();
        assert_eq!(found, expected, "{experiment} {salt}");
    }
}

#[test]
fn normal_and_student() {
    for (x, expected) in [
        (-10.0, 7.619_853_024_160_526e-24),
        (-3.5, 2.326_290_790_355_250_4e-4),
        (-1.0, 0.158_655_253_931_457_05),
        (0.5, 0.691_462_461_274_013_1),
        (1.96, 0.975_002_104_851_779_6),
        (2.999, 0.998_645_663_466_272_9),
        (3.001, 0.998_654_527_174_915),
    ] {
        near(statistics::normal_cdf(x) / expected, 1.0, 1e-12);
    }
    for (probability, expected) in [
        (1e-12, -7.034_483_825_301_132),
        (0.001, -3.090_232_306_167_813_5),
        (0.025, -1.959_963_984_540_054_2),
        (0.2, -0.841_621_233_572_914_2),
        (0.49, -0.025_068_908_258_711_036),
    ] {
        near(statistics::normal_quantile(probability), expected, 1e-12);
    }
    near(statistics::normal_quantile(0.8), 0.841_621_233_572_914_2, 1e-12);
    for (t, degrees, expected) in
        [(1.0, 1.0, 0.75), (2.0, 3.5, 0.936_930_738_712_043_2), (0.5, 30.0, 0.689_638_497_557_436_4)]
    {
        near(statistics::student_cdf(t, degrees), expected, 1e-13);
    }
    for (probability, degrees, expected) in [
        (0.975, 1.0, 12.706_204_736_174_7),
        (0.975, 10.0, 2.228_138_851_986_275),
        (0.95, 5.0, 2.015_048_373_333_024),
        (0.9995, 3.0, 12.923_978_636_687_48),
        (0.975, 1_000.0, 1.962_339_080_826_408),
    ] {
        near(statistics::student_quantile(probability, degrees), expected, 1e-10);
    }
}

/// Newcombe 1998, 'Two-sided confidence intervals for the single proportion', table I, method 3.
#[test]
fn wilson_of_newcombes_table() {
    for (successes, count, lower, upper) in
        [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
    {
        let interval = interval::wilson(&tally(successes, count), 0.95).expect("an interval");
        near(interval.lower, lower, 5e-5);
        near(interval.upper, upper, 5e-5);
    }
    assert_eq!(interval::wilson(&tally(0, 0), 0.95), Err(StatisticsError::TooFew));
    assert_eq!(interval::wilson(&tally(1, 2), 1.0), Err(StatisticsError::OutOfRange("level")));
}

/// Newcombe 1998, 'Interval estimation for the difference between independent proportions', table II, method 10.
#[test]
fn newcombe_of_his_table() {
    for (treatment, control, lower, upper) in
        [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((10, 10), (0, 10), 0.6075, 1.0)]
    {
        let (treatment, control) = (tally(treatment.0, treatment.1), tally(control.0, control.1));
        let interval = interval::newcombe(&control, &treatment, 0.95).expect("an interval");
        near(interval.lower, lower, 5e-5);
        near(interval.upper, upper, 5e-5);
    }
}

/// By hand: 1 to 5 has mean 3 and variance 2.5; t(0.975, 4) = 2.776445.
#[test]
fn means_and_ratios() {
    let sums = Sums::of(&[1.0, 2.0, 3.0, 4.0, 5.0]).expect("sums");
    assert_eq!((sums.mean(), sums.variance()), (3.0, 2.5));
    let mean = interval::mean(&sums, 0.95).expect("an interval");
    near(mean.upper, 3.0 + 2.776_445 * 0.5_f64.sqrt(), 1e-6);
    near(mean.lower, 3.0 - 2.776_445 * 0.5_f64.sqrt(), 1e-6);
    // Two such arms: standard error 1, eight degrees of freedom, t(0.975, 8) = 2.306004.
    let welch = interval::welch(&sums, &sums, 0.95).expect("an interval");
    near(welch.upper, 2.306_004, 1e-6);
    // x = 1, 2, 3 and y = 2, 4, 7: R = 6/13, residuals 1/13, 2/13, −3/13; Σ = 14/169; radius z √(3/2 · 14/169) / 13.
    let pairs = PairSums { count: 3, x: 6.0, y: 13.0, x_squared: 14.0, y_squared: 69.0, x_times_y: 31.0 };
    let ratio = interval::ratio(&pairs, 0.95).expect("an interval");
    near(ratio.estimate, 6.0 / 13.0, 1e-15);
    near(ratio.upper - ratio.estimate, 1.959_963_985 * 21.0_f64.sqrt() / 169.0, 1e-9);
}

/// Shares as R's power.prop.test gives them (686, 388, 3826), means 2 (1.96 + 0.8416)² (sd / effect)².
#[test]
fn samples() {
    let rates = ErrorRates::default();
    for (deviation, effect, expected) in [(1.0, 1.0, 16), (3.0, 1.0, 142), (1.0, 0.5, 63)] {
        assert_eq!(power::means(deviation, effect, rates), Ok(expected));
    }
    for (baseline, effect, expected) in [(0.1, 0.05, 686), (0.5, -0.1, 388), (0.02, 0.01, 3_826)] {
        assert_eq!(power::proportions(baseline, effect, rates), Ok(expected));
    }
    near(power::sequential_inflation(rates), 1.6417, 1e-4);
    assert_eq!(power::sequential_means(1.0, 0.3, rates), Ok(317));
    assert_eq!(power::sequential_proportions(0.1, 0.05, rates), Ok(1_239));
    assert_eq!(power::design_effect(5.0, 0.25), Ok(2.0));
    assert_eq!(power::inflated(100, &[1.5, 2.0]), Ok(300));
    // 2 × 300 companies, 40 a day of which half enter.
    assert_eq!(power::days(300, 2, 40.0, &tally(1, 2)), Some(30));
    assert_eq!(power::days(300, 2, 40.0, &tally(0, 2)), None);
    for (deviation, effect) in [(0.0, 1.0), (1.0, 0.0), (f64::NAN, 1.0), (1.0, 1e-30)] {
        assert!(power::means(deviation, effect, rates).is_err());
    }
}

/// τ = 0.7392 × effect; with d = 0.5, V = 0.04 and τ² = 0.09 the evidence is 4.82656, one-sided 9.47206 (both also by
/// numerical integration of the mixture).
#[test]
fn evidence_of_a_look() {
    let design = Design::new(ErrorRates::default(), 0.3 / 0.739_190_781_291_683_5).expect("a design");
    near(design.mixing_variance(), 0.09, 1e-12);
    // 100 observations per arm with variance 2: V = 0.04.
    let arm = |mean: f64| Sums::new(100, 100.0 * mean, 99.0 * 2.0 + 100.0 * mean * mean).expect("sums");
    let reading = sequential::means(&arm(1.0), &arm(1.5), &design);
    near(reading.standard_error, 0.2, 1e-12);
    near(reading.p_value, 0.207_186_890_519_756_5, 1e-12);
    assert_eq!(reading.verdict, Verdict::Undecided);
    let harm = |harm, margin| sequential::guardrail(&arm(1.0), &arm(1.5), &design, Guardrail { harm, margin });
    near(harm(Harm::Higher, 0.0).p_value, 0.105_573_691_068_529_92, 1e-12);
    assert_eq!(harm(Harm::Higher, 0.5).p_value, 1.0);
    assert_eq!(harm(Harm::Lower, 0.0).p_value, 1.0);
    near(harm(Harm::Lower, 0.0).worsening, -0.5, 1e-12);
    let exact = sequential::proportions_exact(&tally(1, 10), &tally(7, 10), Expectation::NONE);
    near(exact, 0.282_003_035_306_667_6, 1e-12);
}

#[test]
fn verdicts() {
    let design = Design::new(ErrorRates::default(), 0.1).expect("a design");
    for (control, treatment, expected) in [
        ((0, 0), (0, 0), Verdict::TooEarly),
        ((49, 49), (0, 49), Verdict::TooEarly),
        ((0, 1_000), (19, 1_000), Verdict::TooEarly),
        ((100, 500), (110, 500), Verdict::Undecided),
        ((100, 500), (200, 500), Verdict::Higher),
        ((200, 500), (100, 500), Verdict::Lower),
    ] {
        let (control, treatment) = (tally(control.0, control.1), tally(treatment.0, treatment.1));
        let reading = sequential::proportions(&control, &treatment, &design);
        assert_eq!(reading.verdict, expected, "{reading:?}");
        assert_eq!(reading.p_value <= 0.05, matches!(expected, Verdict::Higher | Verdict::Lower));
    }
    let found = sequential::proportions(&tally(100, 500), &tally(200, 500), &design);
    let later = sequential::proportions(&tally(150, 600), &tally(180, 600), &design);
    assert_eq!(later.verdict, Verdict::Undecided);
    assert_eq!(later.after(&found).verdict, Verdict::Higher);
    assert_eq!(later.after(&found).p_value, found.p_value);
}

/// The example of Holm's procedure in common textbooks: 0.01, 0.04, 0.03, 0.005 at 5 %.
#[test]
fn holm_steps_down() {
    assert_eq!(sequential::holm(&[0.01, 0.04, 0.03, 0.005], 0.05), [true, false, false, true]);
    assert_eq!(sequential::holm(&[0.04, f64::NAN], 0.05), [false, false]);
    assert_eq!(sequential::holm(&[0.025, 0.05], 0.05), [true, true]);
    assert!(sequential::holm(&[], 0.05).is_empty());
}

/// P(Beta(1, 2) > Beta(2, 1)) = 1/6 by hand; two equal normals are a half each.
#[test]
fn allocation_by_chance_of_being_best() {
    let share = |successes, count| Posterior::share(&tally(successes, count));
    let shares = thompson::allocation(&[share(0, 1), share(1, 1)], 100_000, 0, 1).expect("shares");
    near(f64::from(shares[0]), 1_000_000.0 / 6.0, 5_000.0);
    let hopeless = thompson::allocation(&[share(0, 1_000), share(900, 1_000)], 1_000, 50_000, 1);
    assert_eq!(hopeless, Ok(vec![50_000, 950_000]));
    let normal = Posterior::Normal { mean: 1.0, variance: 4.0 };
    let equal = thompson::allocation(&[normal, normal], 100_000, 0, 1).expect("shares");
    near(f64::from(equal[0]), 500_000.0, 5_000.0);
    assert_eq!(thompson::allocation(&[normal; 3], 10, 333_334, 1), Err(StatisticsError::OutOfRange("floor_ppm")));
    assert_eq!(thompson::allocation(&[], 10, 0, 1), Err(StatisticsError::TooFew));
}

/// Precisions add: prior (0, 1) and four observations of mean 2 and variance 4 give mean 1 and variance 1/2.
#[test]
fn posterior_of_a_mean() {
    let sums = Sums::of(&[0.0, 4.0, 2.0, 2.0]).expect("sums");
    let known = Posterior::mean_known(&sums, 4.0, (0.0, 1.0));
    assert_eq!(known, Ok(Posterior::Normal { mean: 1.0, variance: 0.5 }));
    let estimated = Posterior::mean_estimated(&sums).expect("a posterior");
    assert_eq!(estimated, Posterior::Student { mean: 2.0, scale: (8.0_f64 / 3.0 / 4.0).sqrt(), degrees: 3.0 });
    assert_eq!(Posterior::mean_estimated(&Sums::of(&[1.0; 9]).expect("sums")), Err(StatisticsError::TooFew));
}

#[test]
fn fits_by_hand() {
    let e = std::f64::consts::E;
    let log_normal = fit::LogNormal::fit(&[1.0, e * e, e.powi(4)]).expect("a fit");
    near(log_normal.log_mean, 2.0, 1e-15);
    near(log_normal.log_deviation, (8.0_f64 / 3.0).sqrt(), 1e-15);
    // Logarithms 0 to 4: median 2, deviations 2 1 0 1 2 with median 1. One of them mistyped changes nothing.
    for last in [e.powi(4), 1e200] {
        let robust = fit::LogNormal::fit_robust(&[1.0, e, e * e, e.powi(3), last]).expect("a fit");
        near(robust.log_mean, 2.0, 1e-12);
        near(robust.log_deviation, 1.482_602_218_505_602, 1e-12);
    }
    // Mean 3, variance 2.
    let gamma = fit::Gamma::fit(&[1.0, 2.0, 3.0, 4.0, 5.0]).expect("a fit");
    near(gamma.shape, 4.5, 1e-12);
    near(gamma.scale, 2.0 / 3.0, 1e-12);
    for (a, b, expected) in [
        (&[1.0, 2.0, 3.0][..], &[1.0, 2.0, 3.0][..], 0.0),
        (&[1.0, 2.0], &[3.0, 4.0, 5.0], 1.0),
        (&[1.0, 2.0, 3.0, 4.0], &[3.0, 4.0, 5.0, 6.0], 0.5),
        (&[1.0, 1.0, 2.0], &[1.0, 2.0, 2.0], 1.0 / 3.0),
    ] {
        near(fit::kolmogorov_smirnov(a, b).expect("a distance"), expected, 1e-15);
    }
    let pairs = [(30.0, 1.0), (10.0, 2.0), (20.0, 1.0)];
    for (probability, expected) in [(0.0, 10.0), (0.5, 10.0), (0.51, 20.0), (0.75, 20.0), (0.76, 30.0), (1.0, 30.0)] {
        assert_eq!(fit::weighted_quantile(&pairs, probability), Ok(expected), "{probability}");
    }
    assert_eq!(fit::weighted_quantile(&[(1.0, 0.0)], 0.5), Err(StatisticsError::TooFew));
    assert_eq!(fit::Gamma::fit(&[2.0, 2.0]), Err(StatisticsError::TooFew));
    assert_eq!(fit::LogNormal::fit(&[1.0, 0.0]), Err(StatisticsError::OutOfRange("values")));
}

#[test]
fn sums_that_cannot_be() {
    for (count, sum, squares) in
        [(2, 4.0, 7.0), (0, 1.0, 1.0), (1, f64::NAN, 1.0), (1, 1.0, f64::INFINITY), (2, 1e200, 1e300)]
    {
        assert!(Sums::new(count, sum, squares).is_err(), "{count} {sum} {squares}");
    }
    assert_eq!(Tally::new(3, 2), Err(StatisticsError::OutOfRange("successes")));
    let sums = Sums::of(&[1.0, 2.0, 3.0, 4.0]).expect("sums").deflated(2.0).expect("sums");
    assert_eq!((sums.count(), sums.mean()), (2.0, 2.5));
    assert!(sums.deflated(0.5).is_err());
}
