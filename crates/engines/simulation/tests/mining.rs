//! Fits and suggestions: what is planted comes back, and every suggestion can be published.
//!
//! floats: planted distributions

use crate::common::{EUR, Planted, market};
use kernel::{Amount, Currency, Rate, UnitPrice};
use negotiation_engine::Policy;
use proptest::prelude::*;
use simulation::{Buyers, Market, PRIOR, Subject, findings, suggest};

fn near(found: f64, planted: f64, within: f64, what: &str) {
    assert!((found - planted).abs() <= within, "{what}: {found} is not {planted} ± {within}");
}

#[test]
fn a_fit_finds_what_was_planted() {
    for (reservation, ask, spread) in
        [((-0.02, 0.06), 0.05, 0.04), ((-0.05, 0.03), 0.02, 0.05), ((0.02, 0.05), 0.08, 0.06)]
    {
        // Where all is sold, spread is what is paid; where talks fail, reservations show.
        let all = Planted { deals: 5_000, spread, talks: 0.0, ..Planted::USUAL };
        near(Buyers::fit(&market(&all)).market.spread, spread, 0.1 * spread, "spread");
        let planted = Planted { deals: 20_000, reservation, ask, spread, ..Planted::USUAL };
        let fit = Buyers::fit(&market(&planted)).market;
        near(fit.reservation, reservation.0, 0.004, "reservation");
        near(fit.deviation, reservation.1, 0.006, "deviation");
        near(fit.ask, ask, 0.006, "ask");
        near(fit.ask_shape, 2.0, 0.8, "shape");
        near(fit.rounds, 3.0, 0.1, "rounds");
    }
}

#[test]
fn a_fit_reproduces_what_it_has_not_seen() {
    let quality = Buyers::fit(&market(&Planted { deals: 10_000, ..Planted::USUAL })).quality;
    assert_eq!((quality.fitted, quality.held_out), (8_000, 2_000));
    // Deals are drawn between past ones, too, so that sizes are a little smoother than they are.
    assert!(quality.deal_size.unwrap() < 1.5 * quality.usual.unwrap());
    assert!(quality.spread.unwrap() < 0.1);
    let (predicted, seen) = quality.agreement.unwrap();
    near(predicted, seen, 0.04, "agreement");
    assert!(quality.levers.unwrap() < 0.05);
    assert!(quality.discount.unwrap() < 0.2);
}

#[test]
fn small_segments_are_drawn_to_the_market() {
    let mut planted = market(&Planted { deals: 4_000, ..Planted::USUAL });
    let last = planted.deals.len() - 5;
    planted.customers[0].segment = "lonely".into();
    for (at, deal) in planted.deals.iter_mut().enumerate() {
        deal.customer = if at >= last { 0 } else { deal.customer.max(1) };
        if at >= last {
            deal.paid = UnitPrice::new(deal.list.micros() / 2, EUR);
        }
    }
    let buyers = Buyers::fit(&planted);
    let (lonely, whole) = (buyers.segment("lonely"), &buyers.market);
    assert_eq!(lonely.deals, 5);
    assert!(lonely.paid > -0.1, "{}", lonely.paid);
    near(lonely.reservation, whole.reservation, 0.1, "reservation");
    assert_eq!(buyers.segment("nobody"), whole);
}

#[test]
fn without_history_the_prior_stands() {
    let buyers = Buyers::fit(&Market::empty(EUR));
    assert_eq!((buyers.market.reservation, buyers.market.rounds), (PRIOR.surplus, PRIOR.rounds));
    assert_eq!(buyers.quality.deal_size, None);
    let text = serde_json::to_string(&buyers).unwrap();
    assert_eq!(serde_json::from_str::<Buyers>(&text).unwrap(), buyers);
}

#[test]
fn an_empty_market_gets_the_starter() {
    let suggestion = suggest(&Market::empty(EUR));
    assert_eq!(suggestion.policy, Policy::starter());
    assert_eq!(suggestion.reasons[0].code, "starter");
    for currency in Currency::ALL {
        let policy = suggest(&Market::empty(currency)).policy;
        assert_eq!((policy.currency, policy.faults()), (currency, Vec::new()));
    }
    let yen = suggest(&Market::empty(Currency::Jpy)).policy;
    assert_eq!(yen.eligibility.deal_min, Amount::new(37_500, Currency::Jpy));
}

#[test]
fn a_suggestion_reads_history() {
    let planted = Planted { deals: 6_000, talks: 0.0, per_double: 0.03, spread: 0.02, ..Planted::USUAL };
    let mut market = market(&planted);
    market.products.iter_mut().filter(|product| product.class == "general").for_each(|product| product.cost = None);
    let suggestion = suggest(&market);
    let policy = &suggestion.policy;
    assert_eq!(policy.faults(), Vec::new());
    let per_double = policy.volume.as_ref().unwrap().per_double;
    assert!((29_000..=31_000).contains(&per_double.ppm()), "{per_double:?}");
    assert_eq!(policy.eligibility.classes_blocked, ["general"]);
    // The 90th percentile of the lower half of a normal is 1.64 deviations; quantities within a band add a little.
    assert!((30_000..=45_000).contains(&policy.plain.to.ppm()), "{:?}", policy.plain);
    let row = |class: &str| policy.margins_for("trade", class).unwrap();
    assert!(row("special").target > row("commodity").target);
    assert!(row("special").floor >= row("commodity").floor);
    assert!(suggestion.reasons.iter().any(|reason| reason.path == "volume.per_double" && reason.code == "slope"));
    let grants: Vec<i64> = policy.payment.iter().map(|row| row.grant.ppm()).collect();
    // 8 % a year, 30 days usual: 30/365, 16/365, 0 and −30/365 of it, in steps of 500.
    assert_eq!(grants, [6_500, 3_500, 0, -6_500]);
}

#[test]
fn findings_say_where_prices_spread() {
    let mut market = market(&Planted { deals: 6_000, spread: 0.01, ..Planted::USUAL });
    // Sold for less and less evenly than the others.
    for (at, deal) in market.deals.iter_mut().enumerate().filter(|(_, deal)| deal.product == 4) {
        deal.paid = UnitPrice::new(deal.list.micros() / 100 * (80 + at as i64 % 15), EUR);
        if let Some(talks) = &mut deal.talks {
            talks.agreed = true;
        }
    }
    let found = findings(&market);
    let of = |subject: Subject| found.findings.iter().find(|finding| finding.subject == subject).unwrap();
    let uneven = of(Subject::Product(market.products[4].id));
    assert!(uneven.spread.unwrap() > of(Subject::Market).spread.unwrap());
    let first = found.findings.iter().find(|finding| matches!(finding.subject, Subject::Product(_))).unwrap();
    assert_eq!(first, uneven);
    let sales: u64 = of(Subject::Market).sales;
    let segments = found.findings.iter().filter(|finding| matches!(finding.subject, Subject::Segment(_)));
    assert_eq!(segments.map(|finding| finding.sales).sum::<u64>(), sales);
    assert!(serde_json::to_string(&found).unwrap().contains("per_double"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_suggestion_can_be_published(
        seed in any::<u64>(),
        deals in 0_u32..400,
        spread in 0.0_f64..0.5,
        per_double in -0.3_f64..0.6,
        talks in 0.0_f64..1.0,
        cost_percent in 0_i64..400,
        capital in 0_i64..2_000_000,
        factor in 1_i64..100_000,
    ) {
        let planted = Planted { customers: 25, products: 8, deals, spread, per_double, talks, seed, ..Planted::USUAL };
        let mut market = market(&planted);
        market.costs.capital = Rate::from_ppm(capital);
        for product in &mut market.products {
            product.cost = Some(UnitPrice::new(product.tiers[0].price.micros() / 100 * cost_percent, EUR));
        }
        for deal in &mut market.deals {
            deal.paid = UnitPrice::new(deal.paid.micros().saturating_mul(factor) / 1_000 + 1, EUR);
        }
        let suggestion = suggest(&market);
        prop_assert_eq!(suggestion.policy.faults(), Vec::new());
        prop_assert!(!suggestion.reasons.is_empty());
        let again = Policy::from_json(&suggestion.policy.to_json());
        prop_assert_eq!(again.as_ref(), Ok(&suggestion.policy));
        let _ = findings(&market);
    }
}
