//! No input makes the engine panic or overflow: every number may be anything, up to and beyond the kernel's maxima.

use crate::common::{any::config, *};
use kernel::{Amount, Currency, Instant, Packing, Quantity, Rate, Unit, UnitPrice};
use negotiation_engine::{
    Authority, Bonus, Bonuses, PaymentRow, Policy, Position, StoredError, TickRow, Tier, check_counter, evaluate, holds,
};
use proptest::prelude::*;

/// Mostly the ends of ranges.
fn number() -> impl Strategy<Value = i64> {
    prop_oneof![
        Just(0_i64),
        Just(1),
        Just(-1),
        Just(i64::MAX),
        Just(i64::MIN),
        Just(UnitPrice::MICROS_MAX),
        Just(Quantity::THOUSANDTHS_MAX),
        Just(1_000_000),
        Just(110_000_000),
        0_i64..10_000_000,
        any::<i64>(),
        1_i64..UnitPrice::MICROS_MAX,
    ]
}

fn sound() -> impl Strategy<Value = i64> {
    prop_oneof![Just(1_i64), Just(UnitPrice::MICROS_MAX), 1_i64..UnitPrice::MICROS_MAX, 1_i64..1_000_000_000]
}

fn run(world: &mut World) {
    let decision = world.ask_again();
    let _ = (decision.to_stored(), world.ask_again(), world.inputs().to_stored());
    let terms = &world.request.terms;
    let _ = evaluate(&world.policy, &world.position, &world.history, terms);
    let _ = check_counter(&world.policy, &world.position, &world.history, terms, Authority::Rep);
    for offer in worked_out(&decision) {
        let _ = holds(offer, &world.position.list, terms, world.now);
    }
}

proptest! {
    #![proptest_config(config())]

    /// Any number in any field.
    #[test]
    fn any_number_anywhere(n in prop::collection::vec(number(), 40), days in any::<u16>(), unit in any::<bool>()) {
        let mut world = World::textbook();
        let q = |at: usize| Quantity::new(n[at], if unit { Unit::Piece } else { Unit::Metre });
        for (at, pick) in [0_usize, 7, 13].into_iter().zip(&n[30..33]) {
            if pick % 3 == 0 {
                scramble(&mut world, at, &n, days);
            }
        }
        let line = &mut world.request.terms.lines[0];
        match n[33] % 4 {
            0 => line.quantity = q(0),
            1 => line.price = micros(n[1]),
            2 => world.position.list.lines[0].anchor = Some(q(2)),
            _ => world.request.terms.payment_days = days,
        }
        run(&mut world);
    }

    /// Sound numbers at the kernel's maxima, many lines.
    #[test]
    fn largest_sound_numbers(n in prop::collection::vec(sound(), 12), lines in 1_usize..12, pack in 1_i64..1_000_000) {
        let goods = Goods { list: n[0], cost: n[1], pack: 1, asked: n[2], quantity: 1 };
        let mut world = World::of(&vec![goods; lines]);
        world.policy.limits.deal_max = None;
        world.policy.limits.discount_max = Rate::ONE;
        for at in 0..lines {
            let list = &mut world.position.list.lines[at];
            list.packing = Packing { unit: Unit::Piece, pack, packs_per_pallet: 0, minimum: pack, step: pack };
            let quantity = (n[3 + at % 4] % Quantity::THOUSANDTHS_MAX / pack * pack).max(pack);
            world.request.terms.lines[at].quantity = Quantity::new(quantity, Unit::Piece);
            world.position.lines[at].bonus = Bonuses(vec![Bonus { from: Quantity::new(quantity, Unit::Piece), per_unit: micros(n[8]), earlier: None }]);
        }
        world.position.capital = Rate::from_ppm(n[9] % 10_000_000);
        world.position.exchange = Rate::from_ppm(n[10] % 1_000_000_000_000 + 1);
        run(&mut world);
    }
}

fn scramble(world: &mut World, at: usize, n: &[i64], days: u16) {
    let quantity = |at: usize| Quantity::new(n[at], Unit::Piece);
    let World { policy, position, history, .. } = world;
    match at {
        0 => {
            position.lines[0].cost = Some(micros(n[3]));
            position.lines[0].freight = micros(n[4]);
            position.lines[0].stock = Some(quantity(5));
            position.lines[0].lead_days = days;
            position.handling_order = Amount::new(n[6], EUR);
            position.capital = Rate::from_ppm(n[7]);
            position.exchange = Rate::from_ppm(n[8]);
            position.customer.revenue = Amount::new(n[9], EUR);
            position.list.lines[0].tiers.push(Tier { from: quantity(10), price: micros(n[11]) });
            position.lines[0].bonus =
                Bonuses(vec![Bonus { from: quantity(12), per_unit: micros(n[13]), earlier: None }]);
        }
        7 => {
            let packing =
                Packing { unit: Unit::Piece, pack: n[14], packs_per_pallet: n[15], minimum: n[16], step: n[17] };
            position.list.lines[0].packing = packing;
            position.list.payment_days = days;
            history.budget_used = Amount::new(n[18], if n[19] % 2 == 0 { EUR } else { Currency::Jpy });
            world.now = Instant::from_micros(n[20]);
        }
        _ => {
            policy.plain.to = Rate::from_ppm(n[21]);
            policy.limits.budget = Some(Amount::new(n[22], EUR));
            policy.payment = vec![PaymentRow { days, grant: Rate::from_ppm(n[23]) }];
            policy.margins[0].floor = Rate::from_ppm(n[24]);
            policy.margins[0].target = Rate::from_ppm(n[25]);
            policy.ticks = vec![TickRow { from: micros(n[26]), tick_micros: n[27] }];
            policy.tactic.exponent = u32::try_from(n[28]).unwrap_or(u32::MAX);
            policy.limits.validity_hours = u32::try_from(n[29]).unwrap_or(u32::MAX);
        }
    }
}

#[test]
fn empty_and_mismatched() {
    let mut world = World::of(&[]);
    run(&mut world);
    let mut world = World::textbook();
    world.position.lines.clear();
    run(&mut world);
    let mut world = World::textbook();
    world.request.terms.lines.clear();
    run(&mut world);
    let mut world = World::textbook();
    world.position.list.lines[0].tiers.clear();
    run(&mut world);
}

#[test]
fn broken_stored_text_names_the_place() {
    let error = Position::from_stored(r#"{"customer":{"segment":7}}"#).unwrap_err();
    assert_eq!(error.path, "customer.segment");
    let mut json: serde_json::Value = serde_json::from_str(&Policy::starter().to_json()).unwrap();
    assert_eq!(Policy::from_json(&json.to_string()).unwrap(), Policy::starter());
    assert!(Policy::starter().faults().is_empty());
    json["margins"][2]["flor"] = 1.into();
    let StoredError { path, reason } = Policy::from_json(&json.to_string()).unwrap_err();
    assert_eq!((path.as_str(), reason.as_str()), ("margins[2].flor", "there is no such field"));
}
