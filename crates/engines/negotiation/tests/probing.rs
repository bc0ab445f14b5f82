//! Property 6: probing does not pay: a buyer who searches with all rounds, over many negotiations and by many colleagues, learns
//! no more than the tactic gives away at that step to anyone.

use crate::common::{any, *};
use kernel::Rate;
use negotiation_engine::{Answer, Decision, Lever, Offer};
use proptest::prelude::*;

/// Per negotiation: shares of the list price asked in each round, and days.
type Plan = Vec<Vec<(i64, u16)>>;

fn plans() -> impl Strategy<Value = Plan> {
    prop::collection::vec(
        prop::collection::vec((500_000_i64..1_000_000, prop_oneof![Just(30_u16), Just(0), Just(60)]), 1..8),
        1..4,
    )
}

/// The lowest price shown or agreed for the asked quantity on at most default days.
fn lowest(decision: &Decision, quantity: i64, days: u16) -> Option<i64> {
    let all: &[Offer] = offers(decision);
    let fits = |offer: &&Offer| offer.terms.lines[0].quantity == pieces(quantity) && offer.terms.payment_days >= days;
    all.iter().filter(fits).map(|offer| offer.terms.lines[0].price.micros()).min()
}

/// The share of the list price that fairness allows at a step, without grants: from the policy's own numbers.
fn allowed(world: &World, step: u32) -> i64 {
    let (plain, tactic) = (&world.policy.plain, &world.policy.tactic);
    if step >= tactic.rounds_max && step > 1 { plain.to.ppm() } else { plain.from.ppm().max(between(world, step)) }
}

/// An upper bound of the concession between the first and the last step: linear for a Boulware exponent, all else.
fn between(world: &World, step: u32) -> i64 {
    let (plain, tactic) = (&world.policy.plain, &world.policy.tactic);
    if step <= 1 {
        return plain.from.ppm();
    }
    let way = plain.to.ppm() - plain.from.ppm();
    let (past, all) = (i64::from(step) - 1, i64::from(tactic.rounds_max) - 1);
    if tactic.exponent >= 1_000 { plain.from.ppm() + way * past / all.max(1) + 1 } else { plain.to.ppm() }
}

proptest! {
    #![proptest_config(any::config())]

    /// Every price seen in round k stays within what k steps of the tactic give away, whatever was asked; and the best of
    /// all negotiations is no better than what an honest buyer sees who simply moves in every round.
    #[test]
    fn searching_learns_no_more_than_asking(world in any::anchored(1), plans in plans()) {
        let mut world = world;
        world.position.list.lines[0].tiers.truncate(1);
        world.request.terms.payment_days = 30;
        let quantity = world.request.terms.lines[0].quantity.thousandths() / 1_000;
        let list = world.position.list.lines[0].tiers[0].price.micros();
        let honest = honest_price(&world, quantity, list);
        for plan in plans {
            let mut colleague = world.clone();
            for (round, (share, days)) in (1_u32..).zip(plan) {
                let decision = colleague.ask(quantity, list / 1_000 * share / 1_000, days);
                let Some(seen) = lowest(&decision, quantity, 30) else { continue };
                let step = round.min(world.policy.tactic.rounds_max);
                let least = i128::from(list) * i128::from(1_000_000 - allowed(&world, step)) / 1_000_000;
                prop_assert!(i128::from(seen) >= least, "round {}: {} under {}", round, seen, least);
                prop_assert!(honest.is_none_or(|honest| seen >= honest), "seen {}, honestly {:?}", seen, honest);
            }
        }
    }

    /// A bisecting buyer, who asks lower after each yes and higher after each no, over ten negotiations, ends no lower than
    /// the tactic's last step.
    #[test]
    fn bisecting_ends_where_the_tactic_ends(world in any::anchored(1)) {
        let mut world = world;
        world.position.list.lines[0].tiers.truncate(1);
        world.request.terms.payment_days = 30;
        let quantity = world.request.terms.lines[0].quantity.thousandths() / 1_000;
        let list = world.position.list.lines[0].tiers[0].price.micros();
        let (mut low, mut high) = (list / 2, list);
        for _ in 0..10 {
            let mut fresh = world.clone();
            let middle = low + (high - low) / 2;
            match fresh.ask(quantity, middle, 30).outcome {
                Answer::Accept(_) => high = middle,
                _ => low = middle,
            }
        }
        // A fresh negotiation is at the first step: so much and no more is learnt.
        let least = i128::from(list) * i128::from(1_000_000 - world.policy.plain.from.ppm()) / 1_000_000;
        prop_assert!(i128::from(high) >= least);
    }
}

/// The plain price of a buyer who asks for half and then moves a little in every round; `None` when none is offered.
fn honest_price(world: &World, quantity: i64, list: i64) -> Option<i64> {
    let mut honest = world.clone();
    honest.policy.limits.far = Rate::ONE;
    honest.policy.limits.offers_max = 3;
    honest.policy.plain.offered = true;
    honest.policy.limits.worth_deal = kernel::Amount::new(i64::MAX, EUR);
    honest.policy.limits.worth_customer = kernel::Amount::new(i64::MAX, EUR);
    let mut best = None;
    for round in 0..i64::from(world.policy.tactic.rounds_max) {
        let share = 400_000 + round * 5_000;
        let decision = honest.ask(quantity, list / 1_000 * share / 1_000, 30);
        let plain = offers(&decision).iter().find(|offer| offer.lever == Lever::Plain);
        best = plain.map(|offer| offer.terms.lines[0].price.micros()).or(best);
    }
    // A price between ticks can be asked for, but not offered: allow for one tick.
    best.map(|price| price - world.policy.tick_micros(micros(price)))
}
