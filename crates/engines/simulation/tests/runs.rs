//! Runs: the same buyers, however they are split; known answers; what must always hold.
//!
//! floats: planted distributions

use crate::arms::{policy, run};
use crate::common::{EUR, Planted, market};
use kernel::{Amount, Rate, UnitPrice};
use negotiation_engine::Policy;
use proptest::prelude::*;
use simulation::{Arm, Buyers, Dimension, Kind, Market, Report, RunError, Simulation, Tally};

fn small(seed: u64) -> Planted {
    Planted { customers: 40, products: 12, deals: 400, seed, ..Planted::USUAL }
}

/// Every kind of arm.
fn every_arm() -> Vec<(&'static str, Arm)> {
    vec![
        ("starter", policy(Policy::starter())),
        ("complete", policy(Policy::complete())),
        ("list", Arm::AlwaysList),
        ("floor", Arm::UpToFloor),
        ("middle", Arm::SplitDifference),
    ]
}

fn whole(market: &Market, buyers: &Buyers, arms: Vec<(&str, Arm)>, kind: Kind) -> Report {
    let run = run(arms, kind);
    let simulation = Simulation::new(market, buyers, &run).expect("a run");
    simulation.report(&simulation.shard(0..simulation.count()), Some(0))
}

/// The prior's buyers with every reservation price at this factor of the list price.
fn minded(market: &Market, ln_reservation: f64) -> Buyers {
    let mut buyers = Buyers::fit(market);
    for fit in buyers.segments.iter_mut().chain([&mut buyers.market]) {
        (fit.reservation, fit.deviation) = (ln_reservation, 1e-6);
    }
    buyers
}

#[test]
fn the_same_run_gives_the_same_report() {
    let market = market(&small(1));
    let reports = [0, 1].map(|_| {
        let buyers = Buyers::fit(&market);
        whole(&market, &buyers, every_arm(), Kind::MonteCarlo { count: 200 })
    });
    assert_eq!(reports[0], reports[1]);
    assert_eq!(reports[0].buyers + reports[0].skipped, 200);
}

#[test]
fn shards_merge_in_any_order_to_the_whole() {
    let market = market(&small(2));
    let buyers = Buyers::fit(&market);
    for kind in [Kind::Backtest, Kind::MonteCarlo { count: 300 }] {
        let run = run(every_arm(), kind);
        let simulation = Simulation::new(&market, &buyers, &run).unwrap();
        let count = simulation.count();
        let whole = simulation.shard(0..count);
        let shards = [70..200, 0..1, 200..u64::MAX, 1..70].map(|range| simulation.shard(range));
        let mut merged = simulation.shard(0..0);
        shards.iter().for_each(|shard| merged.merge(shard));
        assert_eq!(merged, whole);
        assert_eq!(whole.done(), count);
        // Threads share one simulation.
        let on_threads: Vec<Tally> = std::thread::scope(|scope| {
            let shards = [0..count / 2, count / 2..count].map(|range| scope.spawn(|| simulation.shard(range)));
            shards.map(|shard| shard.join().unwrap()).into()
        });
        let mut together = simulation.shard(0..0);
        on_threads.iter().for_each(|shard| together.merge(shard));
        assert_eq!(together, whole);
        let mut backwards = simulation.shard(0..0);
        shards.iter().rev().for_each(|shard| backwards.merge(shard));
        assert_eq!(simulation.report(&backwards, None), simulation.report(&whole, None));
    }
}

#[test]
fn arms_do_not_disturb_each_other() {
    let market = market(&small(3));
    let buyers = Buyers::fit(&market);
    let kind = Kind::MonteCarlo { count: 150 };
    let alone = whole(&market, &buyers, vec![("complete", policy(Policy::complete()))], kind);
    let among = whole(&market, &buyers, every_arm(), kind);
    assert_eq!(alone.arms[0].figures, among.arms[1].figures);
    let list = &among.arms[2];
    assert_eq!(list.figures, among.list);
    assert_eq!(list.incremental.pocket.value, Amount::zero(EUR));
    let same = among.arms[0].difference.as_ref().unwrap();
    assert_eq!(same.revenue.value, Amount::zero(EUR));
    assert_eq!(same.revenue.interval, Some((Amount::zero(EUR), Amount::zero(EUR))));
}

#[test]
fn who_would_pay_the_list_price_gains_by_asking_alone() {
    let market = market(&small(4));
    let report = whole(&market, &minded(&market, 0.2), every_arm(), Kind::MonteCarlo { count: 200 });
    let list = &report.arms[2].figures;
    assert_eq!((list.closed, list.negotiations), (200, 200));
    assert_eq!((list.discount.value.minor(), list.leakage.value.minor()), (0, 0));
    for arm in &report.arms {
        assert_eq!(arm.figures.closed, 200, "{}", arm.name);
    }
    // Whatever these rules give away, nobody needed it.
    for arm in &report.arms[3..] {
        assert!(arm.figures.discount.value.minor() > 0);
        assert_eq!(arm.figures.discount.value, arm.figures.leakage.value);
        assert!(arm.incremental.pocket.value.minor() < 0);
        assert!(arm.incremental.pocket.interval.unwrap().1.minor() < 0);
    }
}

#[test]
fn who_has_less_than_the_floor_is_not_served() {
    let mut market = market(&small(5));
    for product in &mut market.products {
        let list = product.tiers[0].price.micros();
        product.cost = Some(UnitPrice::new(list / 10 * 9, EUR));
    }
    let report = whole(&market, &minded(&market, -0.35), every_arm(), Kind::MonteCarlo { count: 200 });
    for arm in &report.arms {
        assert_eq!((arm.figures.closed, arm.figures.agreed), (0, 0), "{}", arm.name);
        assert_eq!(arm.figures.revenue.value, Amount::zero(EUR));
    }
}

#[test]
fn a_policy_without_concessions_is_the_list() {
    let market = market(&small(6));
    let mut stern = Policy::starter();
    stern.eligibility.segments_blocked = ["key", "small", "trade"].map(Into::into).to_vec();
    let report = whole(&market, &Buyers::fit(&market), vec![("stern", policy(stern))], Kind::Backtest);
    let (figures, list) = (&report.arms[0].figures, &report.list);
    assert_eq!((figures.closed, figures.revenue, figures.pocket), (list.closed, list.revenue, list.pocket));
    assert_eq!(figures.walked, figures.negotiations);
}

#[test]
fn a_backtest_meets_each_past_deal_once() {
    let market = market(&small(7));
    let report = whole(&market, &Buyers::fit(&market), every_arm(), Kind::Backtest);
    assert_eq!((report.buyers, report.skipped), (400, 0));
    let segments: u64 = report.arms[0]
        .parts
        .iter()
        .filter(|part| part.dimension == Dimension::Segment)
        .map(|part| part.figures.negotiations)
        .sum();
    assert_eq!(segments, 400);
}

#[test]
fn what_cannot_be_run_says_why() {
    let (market, empty) = (market(&small(8)), Market::empty(EUR));
    let buyers = Buyers::fit(&market);
    let mut faulty = Policy::starter();
    faulty.margins.clear();
    let mut foreign = Policy::starter();
    foreign.currency = kernel::Currency::Pln;
    let error =
        |market: &Market, arms: Vec<(&str, Arm)>| Simulation::new(market, &buyers, &run(arms, Kind::Backtest)).err();
    assert_eq!(error(&empty, every_arm()), Some(RunError::NoDeals));
    assert_eq!(error(&market, Vec::new()), Some(RunError::Arms));
    let twice = vec![("a", Arm::AlwaysList), ("a", Arm::UpToFloor)];
    assert_eq!(error(&market, twice), Some(RunError::SameName("a".into())));
    assert_eq!(error(&market, vec![("a", policy(faulty))]), Some(RunError::Faults("a".into())));
    assert_eq!(error(&market, vec![("a", policy(foreign))]), Some(RunError::Currency("a".into())));
}

#[test]
fn a_report_can_be_stored() {
    let market = market(&small(9));
    let report = whole(&market, &Buyers::fit(&market), every_arm(), Kind::MonteCarlo { count: 100 });
    let text = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<Report>(&text).unwrap().arms.len(), 5);
    let one = serde_json::to_value(report.arms[0].figures.close_rate).unwrap();
    assert!(one["interval"].is_array());
}

#[test]
fn goods_brought_forward_are_not_gained() {
    let market = market(&small(11));
    let buyers = Buyers::fit(&market);
    let reports = [Rate::ZERO, Rate::ONE].map(|brought_forward| {
        let mut run = run(vec![("starter", policy(Policy::starter()))], Kind::MonteCarlo { count: 300 });
        run.settings.brought_forward = brought_forward;
        let simulation = Simulation::new(&market, &buyers, &run).expect("a run");
        simulation.report(&simulation.shard(0..300), None)
    });
    let [none, all] = reports.map(|mut report| report.arms.remove(0));
    assert_eq!(none.figures.lasting, none.figures.pocket);
    assert_eq!(all.figures.pocket, none.figures.pocket);
    assert!(all.figures.lasting.value.minor() < all.figures.pocket.value.minor());
    let volume = |part: &&simulation::Part| part.dimension == Dimension::Lever && part.key.starts_with("volume");
    for part in all.parts.iter().filter(|part| part.dimension == Dimension::Lever) {
        let displaced = part.figures.pocket.value != part.figures.lasting.value;
        assert_eq!(displaced, volume(&part), "{}", part.key);
    }
}

#[test]
fn customers_are_the_units_of_intervals() {
    // The same buyers, spread over as many customers as there are groups, or bought by one alone.
    let many = market(&Planted { customers: 32, ..small(10) });
    let mut one = many.clone();
    one.deals.iter_mut().for_each(|deal| deal.customer = 0);
    let [many, one] = [&many, &one].map(|market| whole(market, &Buyers::fit(market), every_arm(), Kind::Backtest));
    assert!(many.arms[0].figures.revenue.interval.is_some());
    assert_eq!(one.arms[0].figures.revenue.interval, None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn numbers_add_up_and_floors_hold(
        seed in any::<u64>(),
        location in -0.2_f64..0.1,
        deviation in 0.0_f64..0.15,
        talks in 0.0_f64..1.0,
        backtest in any::<bool>(),
        costless in 0_usize..4,
    ) {
        let planted = Planted { deals: 120, reservation: (location, deviation), talks, ..small(seed) };
        let mut market = market(&planted);
        market.products.iter_mut().take(costless).for_each(|product| product.cost = None);
        let kind = if backtest { Kind::Backtest } else { Kind::MonteCarlo { count: 120 } };
        let report = whole(&market, &Buyers::fit(&market), every_arm(), kind);
        for arm in &report.arms {
            let all = &arm.figures;
            prop_assert_eq!(all.agreed + all.walked + all.escalated, all.negotiations);
            prop_assert_eq!(all.negotiations, report.buyers);
            prop_assert!(all.closed <= all.negotiations && all.granted <= all.escalated);
            prop_assert_eq!(all.under_floor, 0, "{}", &arm.name);
            prop_assert!(all.leakage.value.minor() <= all.discount.value.minor());
            for dimension in Dimension::ALL {
                let parts = || arm.parts.iter().filter(|part| part.dimension == dimension).map(|part| &part.figures);
                prop_assert_eq!(parts().map(|part| part.negotiations).sum::<u64>(), all.negotiations);
                let revenue: i64 = parts().map(|part| part.revenue.value.minor()).sum();
                prop_assert_eq!(revenue, all.revenue.value.minor());
            }
            if let Some((low, high)) = all.close_rate.interval {
                prop_assert!(low <= all.close_rate.value && all.close_rate.value <= high);
            }
        }
        prop_assert_eq!(report.arms[2].figures.pocket_rate.value >= Rate::from_ppm(-10_000_000), true);
    }

    #[test]
    fn hostile_markets_do_no_harm(
        seed in any::<u64>(),
        numbers in proptest::collection::vec((any::<u32>(), any::<u32>(), any::<i64>(), any::<i64>(), any::<i64>()), 1..20),
    ) {
        let mut market = market(&Planted { deals: 20, ..small(seed) });
        for (deal, (customer, product, quantity, list, paid)) in market.deals.iter_mut().zip(numbers) {
            (deal.customer, deal.product) = (customer % 80, product % 24);
            deal.quantity = kernel::Quantity::new(quantity, deal.quantity.unit());
            (deal.list, deal.paid) = (UnitPrice::new(list, EUR), UnitPrice::new(paid, EUR));
            deal.at = kernel::Instant::from_micros(paid);
        }
        market.products[0].packing.step = 0;
        market.products[1].tiers.clear();
        let buyers = Buyers::fit(&market);
        let mut usable = run(every_arm(), Kind::Backtest);
        for kind in [Kind::Backtest, Kind::MonteCarlo { count: 20 }] {
            usable.settings.kind = kind;
            if let Ok(simulation) = Simulation::new(&market, &buyers, &usable) {
                let tally = simulation.shard(0..simulation.count());
                prop_assert_eq!(tally.done(), simulation.count());
            }
        }
        prop_assert!(simulation::suggest(&market).policy.faults().is_empty());
    }
}
