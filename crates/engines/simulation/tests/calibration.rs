//! What a controller checks first: what really was sold, who is counted, and whether invented buyers behave as real ones did.
//!
//! floats: planted distributions

use crate::arms::{policy, run};
use crate::common::{EUR, Planted, market};
use kernel::{Amount, Rate, Rounding};
use negotiation_engine::Policy;
use simulation::{Arm, Buyers, Kind, Market, Moment, Ordered, RunError, Runner, Simulation};

fn small(seed: u64) -> Planted {
    Planted { customers: 40, products: 12, deals: 600, seed, ..Planted::USUAL }
}

/// A market in which every deal was talked about, and so many in a hundred went to a person, needed a second round, or failed.
fn talked(seed: u64, person: u64, second: u64, failed: u64, discount: i64) -> Market {
    let mut market = market(&Planted { talks: 1.0, ..small(seed) });
    for (at, deal) in (0_u64..).zip(&mut market.deals) {
        let in_hundred = |step: u64| at * step % 101 % 100;
        let talks = deal.talks.as_mut().expect("all are talked about");
        talks.person = in_hundred(37) < person;
        talks.rounds = 1 + u8::from(in_hundred(53) < second);
        talks.agreed = in_hundred(71) >= failed;
        deal.paid = kernel::UnitPrice::new(deal.list.micros() / 1_000 * (1_000 - discount), EUR);
        let (quantity, price) = (deal.quantity, deal.paid);
        deal.ordered = talks.agreed.then_some(Ordered { quantity, price });
    }
    market
}

fn one_by_one(count: usize, task: &(dyn Fn(usize) + Sync)) {
    (0..count).for_each(task);
}

/// Each task on a thread of its own.
fn together(count: usize, task: &(dyn Fn(usize) + Sync)) {
    std::thread::scope(|scope| (0..count).for_each(|at| drop(scope.spawn(move || task(at)))));
}

#[test]
fn use_s12_a_backtest_shows_what_really_was_ordered() {
    let mut market = market(&small(21));
    // Agreed and never ordered; and ordered in another quantity than was talked about.
    market.deals[0].ordered = None;
    if let Some(ordered) = &mut market.deals[1].ordered {
        ordered.quantity = kernel::Quantity::new(ordered.quantity.thousandths() * 3, ordered.quantity.unit());
    }
    let sums = market.deals.iter().filter_map(|deal| {
        let Ordered { quantity, price } = deal.ordered?;
        price.times(quantity, Rounding::HalfUp).ok()
    });
    let sold = Amount::sum(EUR, sums.collect::<Vec<_>>()).unwrap();
    let orders = market.deals.iter().filter(|deal| deal.ordered.is_some()).count();
    let talks = market.deals.iter().filter(|deal| deal.talks.is_some()).count();
    let buyers = Buyers::fit(&market);
    let arms = vec![("starter", policy(Policy::starter())), ("was", Arm::AsItWas)];
    let run = run(arms.clone(), Kind::Backtest);
    let simulation = Simulation::new(&market, &buyers, &run).unwrap();
    let report = simulation.report(&simulation.shard(0..simulation.count()), Some(0));
    let was = &report.arms[1].figures;
    assert_eq!(was.revenue.value, sold, "to the cent");
    assert_eq!((was.closed, was.eligible), (orders as u64, talks as u64));
    assert!(report.arms[1].difference.as_ref().unwrap().lasting.interval.is_some());
    let invented = crate::arms::run(arms, Kind::MonteCarlo { count: 10 });
    assert_eq!(Simulation::new(&market, &buyers, &invented).err(), Some(RunError::NoPast("was".into())));
}

#[test]
fn use_s12_who_may_not_negotiate_is_counted_apart() {
    let market = market(&small(22));
    let buyers = Buyers::fit(&market);
    let mut choosy = Policy::starter();
    choosy.eligibility.deal_min = Amount::new(500_000, EUR);
    let mut run = run(vec![("choosy", policy(choosy.clone())), ("floor", Arm::UpToFloor)], Kind::Backtest);
    run.floors = choosy;
    let simulation = Simulation::new(&market, &buyers, &run).unwrap();
    let report = simulation.report(&simulation.shard(0..simulation.count()), Some(0));
    let large = market.deals.iter().filter(|deal| {
        let value = deal.list.times(deal.quantity, Rounding::HalfUp).map_or(0, |value| value.minor());
        value >= 500_000
    });
    let large = large.count() as u64;
    assert!(large > 0 && large < 300, "{large}");
    for arm in &report.arms {
        assert_eq!((arm.figures.eligible, arm.figures.negotiations), (large, 600), "{}", arm.name);
    }
    let choosy = &report.arms[0].figures;
    let alone = Rate::from_ppm((choosy.agreed * 1_000_000 + large / 2) as i64 / large as i64);
    assert!((choosy.agreement_rate.value.ppm() - alone.ppm()).abs() <= 1, "over those who may negotiate");
}

#[test]
fn use_s12_intervals_stay_within_what_is_possible() {
    for (seed, customers) in [(23, 2), (24, 3), (25, 40)] {
        let market = market(&Planted { customers, ..small(seed) });
        let buyers = Buyers::fit(&market);
        let arms = vec![("starter", policy(Policy::starter())), ("list", Arm::AlwaysList), ("was", Arm::AsItWas)];
        let run = run(arms, Kind::Backtest);
        let simulation = Simulation::new(&market, &buyers, &run).unwrap();
        let report = simulation.report(&simulation.shard(0..simulation.count()), Some(1));
        let parts = report.arms.iter().flat_map(|arm| arm.parts.iter().map(|part| &part.figures));
        for figures in report.arms.iter().map(|arm| &arm.figures).chain(parts) {
            for share in [figures.agreement_rate, figures.close_rate, figures.escalation_rate] {
                let (low, high) = share.interval.unwrap_or((Rate::ZERO, Rate::ONE));
                assert!(Rate::ZERO <= low && high <= Rate::ONE);
            }
            for number in [figures.work_minutes, figures.rounds, figures.wait_minutes] {
                assert!(number.interval.is_none_or(|(low, _)| low >= 0.0));
            }
            assert!(figures.revenue.interval.is_none_or(|(low, _)| low.minor() >= 0));
        }
    }
}

#[test]
fn use_s12_the_interval_of_a_change_is_that_of_the_same_buyers() {
    let market = market(&small(26));
    let buyers = Buyers::fit(&market);
    let arms = vec![("starter", policy(Policy::starter())), ("complete", policy(Policy::complete()))];
    let run = run(arms, Kind::MonteCarlo { count: 2_000 });
    let simulation = Simulation::new(&market, &buyers, &run).unwrap();
    let report = simulation.report(&simulation.shard(0..2_000), Some(0));
    let width = |interval: Option<(Amount, Amount)>| interval.map(|(low, high)| high.minor() - low.minor()).unwrap();
    let paired = width(report.arms[1].difference.as_ref().unwrap().lasting.interval);
    let alone = width(report.arms[1].figures.lasting.interval);
    assert!(paired * 2 < alone, "{paired} {alone}");
}

#[test]
fn use_s12_buyers_behave_as_recorded_ones_did() {
    for (person, second, failed, discount) in [(33, 48, 31, 60), (10, 20, 15, 40)] {
        let market = talked(27, person, second, failed, discount);
        let fitted = Buyers::fit(&market).calibrated(&market, &Policy::starter(), &together);
        let calibration = fitted.calibration.as_ref().expect("it was tried");
        assert!(calibration.negotiations > 300, "{calibration:?}");
        let of = |moment: Moment| calibration.figures.iter().find(|one| one.moment == moment).unwrap();
        let person_seen = of(Moment::Person);
        assert!((person_seen.recorded - person as f64 / 100.0).abs() < 0.05, "{person_seen:?}");
        for one in &calibration.figures {
            let (before, after) = ((one.before - one.recorded).abs(), (one.simulated - one.recorded).abs());
            assert!(after <= before + one.usual, "fitting makes nothing worse: {one:?}");
        }
        for moment in [Moment::Person, Moment::Rounds, Moment::Agreed] {
            assert!(!of(moment).is_bad(), "{calibration:?}");
        }
    }
}

#[test]
fn use_s12_a_fit_is_the_same_on_any_number_of_threads() {
    let market = talked(28, 25, 30, 20, 50);
    let fit = |runner: Runner<'_>| Buyers::fit(&market).calibrated(&market, &Policy::starter(), runner);
    let one = fit(&one_by_one);
    assert_eq!(one, fit(&together));
    let text = serde_json::to_string(&one).unwrap();
    assert_eq!(serde_json::from_str::<Buyers>(&text).unwrap(), one);
}

#[test]
fn use_s12_where_nothing_is_recorded_nothing_is_fitted() {
    let market = market(&Planted { talks: 0.0, ..small(29) });
    let plain = Buyers::fit(&market);
    let tried = plain.clone().calibrated(&market, &Policy::starter(), &one_by_one);
    let calibration = tried.calibration.clone().unwrap();
    assert!(calibration.figures.is_empty() && calibration.negotiations == 0);
    assert_eq!(tried.habits, plain.habits);
    // Buyers of an earlier version, stored without habits, can still be read.
    let mut old = serde_json::to_value(&plain).unwrap();
    old.as_object_mut().unwrap().retain(|name, _| name != "habits" && name != "calibration");
    assert_eq!(serde_json::from_value::<Buyers>(old).unwrap(), plain);
}
