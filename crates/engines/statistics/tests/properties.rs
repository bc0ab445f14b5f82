//! What must hold for any numbers.

use proptest::prelude::*;
use statistics::assign::Split;
use statistics::power::{self, ErrorRates};
use statistics::sequential::{self, Design, Expectation, Guardrail, Harm, Verdict};
use statistics::thompson::{self, Posterior};
use statistics::{Sums, Tally, fit, interval};

fn any_float() -> impl Strategy<Value = f64> {
    prop_oneof![-10.0..10.0, -1e12..1e12, any::<f64>(), Just(0.0), Just(f64::INFINITY), Just(f64::NAN)]
}

fn any_sums() -> impl Strategy<Value = Sums> {
    let small = proptest::collection::vec(-100.0..100.0, 0..120).prop_map(|values| Sums::of(&values));
    let any = (any::<u64>(), any_float(), any_float()).prop_map(|(count, sum, squares)| Sums::new(count, sum, squares));
    prop_oneof![3 => small, 1 => any].prop_filter_map("not sums", Result::ok)
}

fn any_tally() -> impl Strategy<Value = Tally> {
    let count = prop_oneof![0_u64..300, any::<u64>()];
    (count, 0.0..=1.0)
        .prop_filter_map("not a tally", |(count, share)| Tally::new((count as f64 * share) as u64, count).ok())
}

fn any_design() -> impl Strategy<Value = Design> {
    let rates = (1e-6..0.5, 0.5..0.99).prop_map(|(alpha, power)| ErrorRates::new(alpha, power).expect("rates"));
    let effect = prop_oneof![0.01..10.0, 1e-100..1e100];
    (rates, effect).prop_map(|(rates, effect)| Design::new(rates, effect).expect("a design"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// A reading is a reading: p and interval agree with the verdict, and the estimate is inside.
    #[test]
    fn readings_are_consistent(
        a in any_sums(), b in any_sums(), c in any_tally(), d in any_tally(), design in any_design(),
    ) {
        let readings = [
            sequential::means(&a, &b, &design),
            sequential::means_adaptive(&a, &b, &design),
            sequential::proportions(&c, &d, &design),
        ];
        for reading in readings {
            prop_assert!((0.0..=1.0).contains(&reading.p_value), "{:?}", reading);
            prop_assert!(reading.lower <= reading.upper, "{:?}", reading);
            match reading.verdict {
                Verdict::TooEarly => prop_assert!(reading.p_value == 1.0 && reading.lower == f64::NEG_INFINITY),
                Verdict::Undecided => prop_assert!(reading.p_value >= design.alpha() * 0.999_999, "{:?}", reading),
                Verdict::Higher => prop_assert!(reading.lower > 0.0 && reading.p_value <= design.alpha() * 1.000_001),
                Verdict::Lower => prop_assert!(reading.upper < 0.0 && reading.p_value <= design.alpha() * 1.000_001),
            }
        }
        let swapped = sequential::means(&b, &a, &design);
        prop_assert_eq!(swapped.p_value, readings[0].p_value);
        let exact = sequential::proportions_exact(&c, &d, Expectation::NONE);
        prop_assert!((0.0..=1.0).contains(&exact), "{}", exact);
    }

    /// Worse is never less alarming, and a wider margin never more.
    #[test]
    fn guardrails_are_monotone(a in any_sums(), b in any_sums(), design in any_design(), margin in 0.0..5.0, more in 0.0..5.0) {
        let alarm = |harm, margin| sequential::guardrail(&a, &b, &design, Guardrail { harm, margin });
        for harm in [Harm::Lower, Harm::Higher] {
            let (narrow, wide) = (alarm(harm, margin), alarm(harm, margin + more));
            prop_assert!((0.0..=1.0).contains(&narrow.p_value));
            prop_assert!(narrow.p_value <= wide.p_value + 1e-12);
        }
        prop_assert!(!(alarm(Harm::Lower, margin).is_breached && alarm(Harm::Higher, margin).is_breached));
    }

    /// Intervals hold their estimate, shares stay shares.
    #[test]
    fn intervals_hold_their_estimate(a in any_tally(), b in any_tally(), c in any_sums(), d in any_sums(), level in 0.01..0.999) {
        let shares = [interval::wilson(&a, level), interval::newcombe(&a, &b, level)];
        let means = [interval::mean(&c, level), interval::welch(&c, &d, level)];
        for interval in shares.into_iter().chain(means).flatten() {
            prop_assert!(interval.lower <= interval.estimate && interval.estimate <= interval.upper, "{:?}", interval);
        }
        for interval in shares.into_iter().flatten() {
            prop_assert!(interval.lower >= -1.0 - 1e-12 && interval.upper <= 1.0 + 1e-12, "{:?}", interval);
        }
    }

    /// Allocations are whole, keep the floor and can be handed to a split.
    #[test]
    fn allocations_are_whole(tallies in proptest::collection::vec(any_tally(), 1..5), floor in 0_u32..200_000, seed: u64) {
        let arms: Vec<_> = tallies.iter().map(Posterior::share).collect();
        let shares = thompson::allocation(&arms, 40, floor, seed).expect("shares");
        prop_assert!(shares.iter().all(|share| *share >= floor));
        prop_assert!(Split::new(&shares, 1_000_000).is_ok());
        prop_assert_eq!(Ok(shares), thompson::allocation(&arms, 40, floor, seed));
    }

    /// Nothing that can be put in makes anything panic.
    #[test]
    fn hostile_numbers_are_answered(values in proptest::collection::vec(any_float(), 0..12), x in any_float(), y in any_float()) {
        let pairs: Vec<_> = values.iter().map(|value| (*value, x)).collect();
        let _ = (fit::LogNormal::fit(&values), fit::LogNormal::fit_robust(&values), fit::Gamma::fit(&values));
        let _ = (fit::weighted_quantile(&pairs, y), interval::bootstrap_total(&values, 25, x, 1));
        let _ = (ErrorRates::new(x, y), Design::new(ErrorRates::default(), x), Expectation::about(x, y));
        let _ = (power::means(x, y, ErrorRates::default()), power::sequential_proportions(x, y, ErrorRates::default()));
        let _ = (power::design_effect(x, y), power::inflated(u64::MAX, &[x, y]), sequential::holm(&values, x));
        let _ = (statistics::normal_quantile(x), statistics::normal_cdf(x), statistics::student_cdf(x, y));
        let _ = (statistics::student_quantile(x, y), power::days(u64::MAX, u32::MAX, x, &Tally::new(1, 1).expect("one")));
        if let Ok(distance) = fit::kolmogorov_smirnov(&values, &[x]) {
            prop_assert!((0.0..=1.0).contains(&distance));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// A smaller effect, a rarer error or more power never needs fewer companies.
    #[test]
    fn samples_are_monotone(effect in 0.001..2.0, alpha in 0.001..0.4, power in 0.5..0.99) {
        let rates = ErrorRates::new(alpha, power).expect("rates");
        let needed = power::means(1.0, effect, rates).expect("a sample");
        prop_assert!(needed <= power::means(1.0, effect * 0.9, rates).expect("a sample"));
        let stricter = ErrorRates::new(alpha * 0.9, power).expect("rates");
        prop_assert!(needed <= power::means(1.0, effect, stricter).expect("a sample"));
        prop_assert!((1.0..6.0).contains(&power::sequential_inflation(rates)));
        prop_assert!(needed <= power::sequential_means(1.0, effect, rates).expect("a sample"));
    }
}
