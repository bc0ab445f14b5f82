//! What the tests and intervals promise, held against thousands of simulated experiments at fixed seeds.
//!
//! Limits are the promise itself; where an interval's coverage is exact, three standard errors of the simulation more.

use kernel::CompanyId;
use statistics::assign::Split;
use statistics::interval::{self, Interval, PairSums};
use statistics::power::{self, ErrorRates};
use statistics::sequential::{self, Design, Expectation, Guardrail, Harm, Verdict};
use statistics::thompson::{self, Posterior};
use statistics::{Random, Sums, Tally, fit};

const EXPERIMENTS: u64 = 2_000;

/// Running sums, as a database would keep them.
#[derive(Default, Clone, Copy)]
struct Arm {
    count: u64,
    sum: f64,
    squares: f64,
}

impl Arm {
    fn add(&mut self, value: f64) {
        self.count += 1;
        self.sum += value;
        self.squares += value * value;
    }

    fn sums(&self) -> Sums {
        Sums::new(self.count, self.sum, self.squares).expect("sums")
    }

    fn tally(&self) -> Tally {
        Tally::new(self.sum as u64, self.count).expect("a tally")
    }
}

/// The share of experiments in which `look` ever says so, looking after every observation of both arms up to `horizon`.
fn ever(horizon: u64, draw: impl Fn(&mut Random) -> (f64, f64), look: impl Fn(&Arm, &Arm) -> bool) -> f64 {
    let experiment = |number: &u64| {
        let mut random = Random::from_stream(2026, *number);
        let (mut control, mut treatment) = (Arm::default(), Arm::default());
        (0..horizon).any(|_| {
            let (a, b) = draw(&mut random);
            control.add(a);
            treatment.add(b);
            look(&control, &treatment)
        })
    };
    (0..EXPERIMENTS).filter(experiment).count() as f64 / EXPERIMENTS as f64
}

fn is_found(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Higher | Verdict::Lower)
}

fn number(is_true: bool) -> f64 {
    f64::from(u8::from(is_true))
}

/// Peeking after every observation: without an effect at most 5 % are found, with the planned effect at least 80 %.
/// Normal and, as margins are, skewed values.
#[test]
fn means_keep_error_and_power() {
    let (rates, effect) = (ErrorRates::default(), 0.3);
    let design = Design::new(rates, effect).expect("a design");
    let horizon = power::sequential_means(1.0, effect, rates).expect("a sample");
    let found = |a: &Arm, b: &Arm| is_found(sequential::means(&a.sums(), &b.sums(), &design).verdict);
    let draws: [fn(&mut Random) -> f64; 2] = [Random::normal, |random| random.gamma(1.0)];
    for draw in draws {
        let alarms = ever(horizon, |random| (draw(random), draw(random)), found);
        assert!(alarms <= 0.05, "false alarms {alarms}");
        let power = ever(horizon, |random| (draw(random), draw(random) + effect), found);
        assert!(power >= 0.8, "power {power}");
        let every_20th = |a: &Arm, b: &Arm| (a.count.is_multiple_of(20) || a.count == horizon) && found(a, b);
        let power = ever(horizon, |random| (draw(random), draw(random) + effect), every_20th);
        assert!(power >= 0.8, "power {power} in batches");
    }
}

/// The same for shares, rare ones included.
#[test]
fn proportions_keep_error_and_power() {
    let rates = ErrorRates::default();
    for (baseline, effect) in [(0.03, 0.04), (0.3, 0.12), (0.5, -0.15)] {
        let design = Design::new(rates, f64::abs(effect)).expect("a design");
        let horizon = power::sequential_proportions(baseline, effect, rates).expect("a sample");
        let found = |a: &Arm, b: &Arm| is_found(sequential::proportions(&a.tally(), &b.tally(), &design).verdict);
        let arms = |random: &mut Random, share: f64| (number(random.chance(baseline)), number(random.chance(share)));
        let alarms = ever(horizon, |random| arms(random, baseline), found);
        assert!(alarms <= 0.05, "false alarms {alarms} at {baseline}");
        let power = ever(horizon, |random| arms(random, baseline + effect), found);
        assert!(power >= 0.8, "power {power} at {baseline}");
    }
}

/// The simulation can tell a valid test from another: a plain z test is wrong far more often when peeked at.
#[test]
fn a_plain_test_does_not_survive_peeking() {
    let plain = |a: &Arm, b: &Arm| {
        let variance = a.sums().variance() / a.count as f64 + b.sums().variance() / b.count as f64;
        a.count >= 50 && (b.sums().mean() - a.sums().mean()).abs() > 1.96 * variance.sqrt()
    };
    let alarms = ever(300, |random| (random.normal(), random.normal()), plain);
    assert!(alarms > 0.15, "{alarms}");
}

/// The confidence sequence leaves out the true difference at any time in at most 5 % of experiments.
#[test]
fn confidence_sequences_cover() {
    let design = Design::new(ErrorRates::default(), 0.3).expect("a design");
    let outside = |a: &Arm, b: &Arm| {
        let reading = sequential::means(&a.sums(), &b.sums(), &design);
        reading.lower > 0.2 || reading.upper < 0.2
    };
    // Unequal spreads.
    let missed = ever(400, |random| (random.normal(), 0.2 + 2.0 * random.normal()), outside);
    assert!(missed <= 0.05, "{missed}");
}

/// Observations of five per company with intra-class correlation 0.5: deflated sums keep the error, plain ones do not.
#[test]
fn correlated_observations_need_the_design_effect() {
    let design = Design::new(ErrorRates::default(), 0.3).expect("a design");
    let look = |deflation: f64| {
        move |a: &Arm, b: &Arm| {
            let [a, b] = [a, b].map(|arm| arm.sums().deflated(deflation).expect("sums"));
            is_found(sequential::means(&a, &b, &design).verdict)
        }
    };
    let alarms = |look: &dyn Fn(&Arm, &Arm) -> bool| {
        let experiments = (0..EXPERIMENTS).filter(|number| {
            let mut random = Random::from_stream(7, *number);
            let mut arms = [Arm::default(); 2];
            (0..120).any(|_| {
                for arm in &mut arms {
                    let company = random.normal();
                    (0..5).for_each(|_| arm.add(company + random.normal()));
                }
                look(&arms[0], &arms[1])
            })
        });
        experiments.count() as f64 / EXPERIMENTS as f64
    };
    let (plain, deflated) = (alarms(&look(1.0)), alarms(&look(power::design_effect(5.0, 0.5).expect("a factor"))));
    assert!(plain > 0.05 && deflated <= 0.05, "{plain} {deflated}");
}

/// At the margin itself an alarm is false; beyond it by the planned effect it sounds. Complaints are a share.
#[test]
fn guardrails_keep_error_and_power() {
    let rates = ErrorRates::default();
    let design = Design::new(rates, 0.1).expect("a design");
    let horizon = power::sequential_proportions(0.2, 0.1, rates).expect("a sample");
    let guardrail = Guardrail { harm: Harm::Higher, margin: 0.02 };
    let alarm = |a: &Arm, b: &Arm| sequential::guardrail(&a.sums(), &b.sums(), &design, guardrail).is_breached;
    let arms = |random: &mut Random, share: f64| (number(random.chance(0.2)), number(random.chance(share)));
    let alarms = ever(horizon, |random| arms(random, 0.22), alarm);
    assert!(alarms <= 0.05, "false alarms {alarms}");
    let power = ever(horizon, |random| arms(random, 0.32), alarm);
    assert!(power >= 0.8, "power {power}");
}

/// Shares from the very first observation, where nothing is normal: the exact test keeps its error, with a good and with
/// a wrong expectation.
#[test]
fn the_exact_test_needs_no_minimum() {
    for (share, expected) in [(0.3, Expectation::NONE), (0.02, Expectation::about(0.4, 0.1).expect("an expectation"))] {
        let found = |a: &Arm, b: &Arm| {
            // Every look up to 20, then every fifth: the looks cost much more than the draws.
            let is_look = a.count <= 20 || a.count.is_multiple_of(5);
            is_look && sequential::proportions_exact(&a.tally(), &b.tally(), expected) <= 0.05
        };
        let arms = |random: &mut Random| (number(random.chance(share)), number(random.chance(share)));
        let alarms = ever(200, arms, found);
        assert!(alarms <= 0.05, "{alarms}");
    }
    let expected = Expectation::about(0.3, 0.12).expect("an expectation");
    let found = |a: &Arm, b: &Arm| {
        a.count.is_multiple_of(25) && sequential::proportions_exact(&a.tally(), &b.tally(), expected) <= 0.05
    };
    let power = ever(500, |random| (number(random.chance(0.2)), number(random.chance(0.4))), found);
    assert!(power > 0.95, "{power}");
}

/// Allocation follows the outcomes every 20 companies; the tests made for that keep their error.
#[test]
fn adaptive_allocation_keeps_the_error() {
    let design = Design::new(ErrorRates::default(), 0.2).expect("a design");
    let (mut by_means, mut by_shares) = (0, 0);
    for experiment in 0..EXPERIMENTS / 4 {
        let mut random = Random::from_stream(5, experiment);
        let mut arms = [Arm::default(); 2];
        let (mut means, mut shares) = (false, false);
        for period in 0..20 {
            let posteriors = arms.map(|arm| Posterior::share(&arm.tally()));
            let weights = thompson::allocation(&posteriors, 50, 100_000, experiment ^ period).expect("shares");
            for _ in 0..20 {
                let place = usize::from(random.below(1_000_000) >= u64::from(weights[0]));
                arms[place].add(number(random.chance(0.3)));
            }
            let [control, treatment] = arms;
            let reading = sequential::means_adaptive(&control.sums(), &treatment.sums(), &design);
            means |= is_found(reading.verdict);
            shares |= sequential::proportions_exact(&control.tally(), &treatment.tally(), Expectation::NONE) <= 0.05;
        }
        by_means += u32::from(means);
        by_shares += u32::from(shares);
    }
    // 5 % of 500.
    assert!(by_means <= 25 && by_shares <= 25, "{by_means} {by_shares}");
}

/// Each kind of interval holds the truth about as often as it says.
#[test]
fn intervals_cover() {
    let mut held = [0; 6];
    for experiment in 0..EXPERIMENTS {
        let mut random = Random::from_stream(9, experiment);
        let mut tally = |share, count| {
            let successes = (0..count).filter(|_| random.chance(share)).count();
            Tally::new(successes as u64, count).expect("a tally")
        };
        let (a, b) = (tally(0.2, 60), tally(0.35, 50));
        let values: Vec<f64> = (0..12).map(|_| 5.0 + random.normal()).collect();
        let wide: Vec<f64> = (0..20).map(|_| 6.0 + 3.0 * random.normal()).collect();
        let (few, many) = (Sums::of(&values).expect("sums"), Sums::of(&wide).expect("sums"));
        let mut pairs = PairSums::default();
        for _ in 0..80 {
            let y = 2.0 + random.gamma(2.0);
            let x = y * (0.25 + 0.1 * random.normal());
            pairs.count += 1;
            (pairs.x, pairs.y) = (pairs.x + x, pairs.y + y);
            (pairs.x_squared, pairs.y_squared) = (pairs.x_squared + x * x, pairs.y_squared + y * y);
            pairs.x_times_y += x * y;
        }
        let orders: Vec<f64> = (0..40).map(|_| random.gamma(3.0)).collect();
        let truths = [
            (interval::wilson(&a, 0.95), 0.2),
            (interval::newcombe(&a, &b, 0.95), 0.15),
            (interval::mean(&few, 0.95), 5.0),
            (interval::welch(&few, &many, 0.95), 1.0),
            (interval::ratio(&pairs, 0.95), 0.25),
            (interval::bootstrap_total(&orders, 100, 0.95, experiment), 120.0),
        ];
        for (count, (interval, truth)) in held.iter_mut().zip(truths) {
            let Interval { lower, upper, .. } = interval.expect("an interval");
            *count += u32::from(lower <= truth && truth <= upper);
        }
    }
    // 95 % of 2,000 and three standard errors of 10; the bootstrap is known to be a little short at 40 values.
    assert!(held[..5].iter().all(|count| (1_870..=1_945).contains(count)), "{held:?}");
    assert!((1_820..=1_945).contains(&held[5]), "{held:?}");
}

/// First two moments and the distance from a second way to draw the same.
#[test]
fn draws_have_their_moments() {
    let check = |name: &str, draw: &dyn Fn(&mut Random) -> f64, mean: f64, variance: f64| {
        let mut random = Random::from_seed(1);
        let values: Vec<f64> = (0..50_000).map(|_| draw(&mut random)).collect();
        let sums = Sums::of(&values).expect("sums");
        let error = 4.0 * (variance / 50_000.0).sqrt();
        assert!((sums.mean() - mean).abs() < error, "{name}: mean {}", sums.mean());
        assert!((sums.variance() / variance - 1.0).abs() < 0.06, "{name}: variance {}", sums.variance());
    };
    check("unit", &Random::unit, 0.5, 1.0 / 12.0);
    check("below", &|random| random.below(10) as f64, 4.5, 8.25);
    check("normal", &Random::normal, 0.0, 1.0);
    check("gamma 0.5", &|random| random.gamma(0.5), 0.5, 0.5);
    check("gamma 7", &|random| random.gamma(7.0), 7.0, 7.0);
    check("beta", &|random| random.beta(2.0, 3.0), 0.4, 0.04);
    check("tiny beta", &|random| random.beta(1e-9, 3e-9), 0.25, 0.1875);
    let mut random = Random::from_seed(2);
    // Gamma(1) is exponential, and Beta(1, 1) uniform.
    let gammas: Vec<f64> = (0..5_000).map(|_| random.gamma(1.0)).collect();
    let exponentials: Vec<f64> = (0..5_000).map(|_| -(1.0 - random.unit()).ln()).collect();
    assert!(fit::kolmogorov_smirnov(&gammas, &exponentials).expect("a distance") < 1.63 * (2.0_f64 / 5_000.0).sqrt());
    assert!(random.gamma(0.0).is_nan() && random.gamma(f64::NAN).is_nan() && random.beta(1.0, -1.0).is_nan());
}

/// What was drawn from a distribution gives it back.
#[test]
fn fits_find_what_was_drawn() {
    let mut random = Random::from_seed(4);
    let log_normal = fit::LogNormal { log_mean: 1.0, log_deviation: 0.5 };
    let mut values: Vec<f64> = (0..20_000).map(|_| log_normal.draw(&mut random)).collect();
    for found in [fit::LogNormal::fit(&values), fit::LogNormal::fit_robust(&values)] {
        let found = found.expect("a fit");
        assert!((found.log_mean - 1.0).abs() < 0.02 && (found.log_deviation - 0.5).abs() < 0.02, "{found:?}");
    }
    assert!((log_normal.quantile(0.5) - 1.0_f64.exp()).abs() < 1e-12);
    let gamma = fit::Gamma { shape: 2.5, scale: 4.0 };
    values.iter_mut().for_each(|value| *value = gamma.draw(&mut random));
    let found = fit::Gamma::fit(&values).expect("a fit");
    assert!((found.shape - 2.5).abs() < 0.15 && (found.scale - 4.0).abs() < 0.25, "{found:?}");
}

/// 20,000 companies: each variant has its share, two experiments are independent, and entering tells nothing about the
/// variant. Limits are the 0.1 % points of chi-square.
#[test]
fn assignment_is_uniform_and_independent() {
    let split = Split::new(&[500_000, 300_000, 200_000], 1_000_000).expect("a split");
    let partly = Split::new(&[500_000, 300_000, 200_000], 400_000).expect("a split");
    let (mut both, mut entered) = ([[0.0; 3]; 3], [[0.0; 3]; 2]);
    for number in 0..20_000_u32 {
        let company = CompanyId::parse(&format!("019d0000-0000-7000-8000-0000{number:08x}")).expect("an id");
        let first = split.variant(b"experiment-1", company, 0).expect("a variant");
        let second = split.variant(b"experiment-2", company, 0).expect("a variant");
        let part = partly.variant(b"experiment-1", company, 0);
        assert!(part.is_none_or(|part| part == first), "a larger share moves nobody");
        both[first][second] += 1.0;
        entered[usize::from(part.is_some())][first] += 1.0;
    }
    let shares = [0.5, 0.3, 0.2];
    let chi_square = |observed: f64, expected: f64| (observed - expected).powi(2) / expected;
    let rows: f64 = (0..3).map(|row| chi_square(both[row].iter().sum(), 20_000.0 * shares[row])).sum();
    assert!(rows < 13.82, "{rows}");
    let cell = |cell: usize| chi_square(both[cell / 3][cell % 3], 20_000.0 * shares[cell / 3] * shares[cell % 3]);
    let table: f64 = (0..9).map(cell).sum();
    assert!(table < 26.12, "{table}");
    let entering = [0.6, 0.4];
    let cell = |cell: usize| chi_square(entered[cell / 3][cell % 3], 20_000.0 * entering[cell / 3] * shares[cell % 3]);
    let table: f64 = (0..6).map(cell).sum();
    assert!(table < 20.52, "{table}");
}
