//! The properties over worlds with every lever. What an offer leaves is worked out here once more, apart from the engine.

use crate::common::{any, *};
use kernel::{Amount, Instant, Quantity, Rate, Rounding};
use negotiation_engine::{
    Answer, Condition, FreightMode, Lever, LinePosition, LineTerms, ListLine, Offer, Terms, evaluate, replay, savings,
    volume_steps,
};
use proptest::prelude::*;

/// Billionths of a euro in a cent.
const CENT: i128 = 10_000_000;

/// What list and seller say about a line of an offer: one of the deal's, another product, or goods.
fn known<'a>(world: &'a World, line: &LineTerms) -> (&'a ListLine, &'a LinePosition) {
    let position = &world.position;
    let own = position.list.lines.iter().zip(&position.lines);
    let other = position.alternatives.iter().map(|one| (&one.list, &one.line));
    let goods = position.companions.iter().map(|one| (&one.list, &one.line));
    own.chain(other).chain(goods).find(|(list, _)| list.product == line.product).expect("a known product")
}

/// What the supplier pays for a line, in billionths.
fn supplied(line: &LinePosition, quantity: Quantity) -> i128 {
    let thousandths = i128::from(quantity.thousandths());
    let bonus = line.bonus.0.iter().rfind(|bonus| quantity.thousandths() >= bonus.from.thousandths());
    let bonus = bonus.map_or(0, |bonus| {
        thousandths * i128::from(bonus.per_unit.micros())
            + bonus.earlier.map_or(0, |earlier| i128::from(earlier.minor()) * CENT)
    });
    let support = line.support.as_ref().map_or(0, |support| {
        thousandths.min(i128::from(support.up_to.thousandths())) * i128::from(support.per_unit.micros())
    });
    bonus + support
}

/// Pocket less what the floor demands, in minor units × 10^6: invoice lines rounded half up, every cost rounded up.
fn above_floor(world: &World, terms: &Terms) -> i128 {
    let (extras, position) = (&terms.extras, &world.position);
    let (mut left, mut net, mut costs, mut list_value) = (0_i128, 0_i128, 0_i128, 0_i128);
    let shipped = match extras.freight {
        FreightMode::Collected => 0,
        FreightMode::Consolidated => 600_000,
        _ => 1_000_000,
    };
    for line in &terms.lines {
        let (list, seller) = known(world, line);
        let quantity = i128::from(line.quantity.thousandths());
        let floor = world.policy.margins_for(&position.customer.segment, &seller.class).expect("a general row").floor;
        let line_net = Rounding::HalfUp.divide(quantity * i128::from(line.price.micros()), CENT);
        let freight = Rounding::Up.divide(i128::from(seller.freight.micros()) * shipped, 1_000_000);
        net += line_net;
        list_value += quantity * i128::from(list.price_at(line.quantity).expect("a tier").micros());
        costs +=
            quantity * (i128::from(seller.cost.expect("a cost").micros()) + freight) - supplied(seller, line.quantity);
        left += line_net * i128::from(1_000_000 - floor.ppm());
    }
    let lines = i64::try_from(terms.lines.len()).expect("a few");
    let handling = position.handling_order.minor() + position.handling_line.minor() * lines;
    let saved =
        position.flexible.iter().rfind(|saving| saving.days <= extras.flexible_days).map_or(0, |s| s.saves.minor());
    let freight = match extras.freight {
        FreightMode::Collected => 0,
        FreightMode::Consolidated => position.consolidation.as_ref().expect("together").freight.minor(),
        _ => position.freight.minor(),
    };
    let is_charged = matches!(extras.freight, FreightMode::Usual | FreightMode::Consolidated);
    let charge =
        position.list.freight.filter(|freight| is_charged && list_value < i128::from(freight.free_from.minor()) * CENT);
    let fixed = handling - saved.min(handling) + freight - charge.map_or(0, |freight| freight.charge.minor());
    let days = i128::from(terms.payment_days);
    let financing = Rounding::Up.divide(net * i128::from(position.capital.ppm()) * days, 365_000_000);
    let back = extras.rebate.map_or(0, |rebate| rebate.rate.ppm());
    let rebate = Rounding::Up.divide(net * i128::from(back), 1_000_000);
    left - (Rounding::Up.divide(costs, CENT) + i128::from(fixed) + financing + rebate) * 1_000_000
}

fn is_list(world: &World, offer: &Offer) -> bool {
    world.position.list.at(&offer.terms).as_ref() == Some(&offer.terms)
}

/// What fairness allows at most, in parts per million of the list price: plain concession and all grants together.
fn most_granted(world: &World, offer: &Offer) -> i64 {
    let (policy, extras) = (&world.policy, &offer.terms.extras);
    let payment = policy.payment.iter().map(|row| row.grant.ppm().abs()).max().unwrap_or(0) * 2;
    let delivery =
        policy.delivery.iter().filter(|row| row.days <= extras.flexible_days).map(|row| row.grant.ppm()).max();
    let freight = policy.freight.iter().filter(|row| row.mode == extras.freight).map(|row| row.grant.ppm()).max();
    let per_double = policy
        .volume
        .as_ref()
        .map_or(0, |lever| i128::from(lever.per_double.ppm()) * i128::from(lever.multiple_max.ppm()) / 1_000_000);
    let commitment = extras.commitment.and(policy.commitment.as_ref());
    let commitment = commitment.map_or(0, |lever| lever.per_double.ppm() * i64::from(lever.times_max));
    let bundle =
        policy.bundle.as_ref().filter(|_| offer.lever == Lever::Bundle).map_or(0, |lever| lever.per_double.ppm());
    policy.plain.to.ppm()
        + payment
        + delivery.unwrap_or(0)
        + freight.unwrap_or(0)
        + i64::try_from(per_double).expect("small").max(commitment)
        + bundle
}

proptest! {
    #![proptest_config(any::config())]

    /// 1. Nothing accepted or offered is under the floor, over three rounds of any asks, with any lever.
    #[test]
    fn nothing_under_the_floor(mut world in any::wide(3), second in 0_i64..200_000, third in 0_i64..200_000) {
        for give in [0, second, third] {
            for line in &mut world.request.terms.lines {
                line.price = micros(line.price.micros() + line.price.micros() / 1_000 * give / 1_000);
            }
            let decision = world.ask_again();
            for offer in worked_out(&decision) {
                prop_assert!(above_floor(&world, &offer.terms) >= 0 || is_list(&world, offer), "{offer:?}");
            }
        }
    }

    /// 1b. What is offered before anyone asks is not under the floor either, saves something, and gives no plain concession:
    /// an ask of exactly those terms is agreed to.
    #[test]
    fn nothing_under_the_floor_unasked(world in any::wide(2)) {
        let World { policy, position, history, request, now, .. } = &world;
        let mut offers = volume_steps(policy, position, history, &request.terms, *now);
        offers.extend(savings(policy, position, history, &request.terms, *now));
        for offer in &offers {
            prop_assert!(above_floor(&world, &offer.terms) >= 0 || is_list(&world, offer), "{offer:?}");
            prop_assert!(offer.saving.minor() > 0, "{offer:?}");
            let same = offer.terms.lines.len() == request.terms.lines.len() && offer.lever != Lever::Alternative;
            if same && !is_list(&world, offer) {
                let mut asked = world.clone();
                asked.request.terms = offer.terms.clone();
                asked.request.fixed_quantities = false;
                asked.position.list.lines.iter_mut().zip(&request.terms.lines).for_each(|(list, asked)| list.anchor = Some(asked.quantity));
                prop_assert!(matches!(asked.decide().outcome, Answer::Accept(_)), "{offer:?}");
            }
        }
    }

    /// 2. Feasible: an offer about the asked products is agreed to when it is asked for as it stands.
    #[test]
    fn an_offer_taken_is_accepted(mut world in any::wide(2)) {
        let decision = world.ask_again();
        let known = world.clone();
        for offer in offers(&decision) {
            let same = offer.terms.lines.iter().map(|line| line.product).eq(known.request.terms.lines.iter().map(|line| line.product));
            if !same {
                continue;
            }
            world.request.terms = offer.terms.clone();
            let Answer::Accept(agreed) = world.decide().outcome else { panic!("not taken: {offer:?}") };
            prop_assert_eq!(&agreed.terms, &offer.terms);
        }
    }

    /// 7. Packs, minimum, stock of goods, ticks, allowed days and modes; a fixed quantity does not move; what is asked is said.
    #[test]
    fn offers_can_be_ordered_and_priced(world in any::wide(3)) {
        let decision = world.decide();
        for offer in worked_out(&decision) {
            let extras = &offer.terms.extras;
            prop_assert!(!offer.conditions.is_empty());
            prop_assert_eq!(extras.flexible_days > 0, offer.conditions.iter().any(|c| matches!(c, Condition::DeliverLater { .. })));
            prop_assert_eq!(extras.commitment.is_some(), offer.conditions.iter().any(|c| matches!(c, Condition::CommitTo { .. })));
            prop_assert_eq!(extras.rebate.is_some(), offer.conditions.iter().any(|c| matches!(c, Condition::GrowTo { .. })));
            for (at, line) in offer.terms.lines.iter().enumerate() {
                let (list, _) = known(&world, line);
                let list_price = list.price_at(line.quantity).expect("a tier");
                prop_assert_eq!(list.packing.check(line.quantity), Ok(()));
                prop_assert!(line.price.micros() <= list_price.micros());
                let on_tick = line.price.micros() % world.policy.tick_micros(line.price) == 0;
                let asked = world.request.terms.lines.get(at);
                // Another product may cost what the ask comes to, a fraction of a tick included.
                let is_asked = asked.is_some_and(|asked| asked.price == line.price) || offer.lever == Lever::Alternative;
                prop_assert!(on_tick || is_asked || line.price == list_price, "off the tick: {:?}", offer);
                if let Some(asked) = asked.filter(|asked| world.request.fixed_quantities && asked.product == line.product) {
                    prop_assert_eq!(asked.quantity, line.quantity);
                }
            }
        }
    }

    /// Fairness: no discount is larger than the plain concession and all grants that the offer's conditions earn.
    #[test]
    fn discounts_are_explained(world in any::wide(1)) {
        let decision = world.decide();
        for offer in worked_out(&decision).iter().filter(|offer| !matches!(offer.lever, Lever::List | Lever::Alternative)) {
            let line = &offer.terms.lines[0];
            let first = known(&world, line).0.tiers[0].price;
            let at = known(&world, line).0.price_at(line.quantity).expect("a tier").micros().min(first.micros());
            let least = i128::from(at) * i128::from(1_000_000 - most_granted(&world, offer)) / 1_000_000 - 1;
            prop_assert!(i128::from(line.price.micros()) >= least, "{:?}", offer);
        }
    }

    /// 4. No regret: whatever is asked later, an offer can be taken until it expires.
    #[test]
    fn offers_are_not_withdrawn(mut world in any::wide(1), shares in prop::collection::vec(500_000_i64..1_500_000, 1..4)) {
        let first = world.ask_again();
        let original = world.request.terms.clone();
        for share in shares {
            world.request.terms.lines[0].price = micros(original.lines[0].price.micros() / 1_000 * share / 1_000);
            world.ask_again();
        }
        world.position.lines[0].cost = world.position.lines[0].cost.map(|cost| micros(cost.micros() * 2));
        for offer in offers(&first).iter().filter(|offer| offer.terms.lines.len() == 1 && offer.lever != Lever::Alternative) {
            world.request.terms = offer.terms.clone();
            world.now = Instant::from_micros(offer.expires.micros() - 1);
            prop_assert!(matches!(world.decide().outcome, Answer::Accept(_)), "withdrawn: {:?}", offer);
        }
    }

    /// 5. No free lunch: the same again gets the same offers.
    #[test]
    fn asking_again_gains_nothing(mut world in any::wide(2)) {
        world.policy.tactic.rounds_max = 6;
        let first = world.ask_again();
        world.now = world.now.plus(Instant::HOUR);
        let second = world.ask_again();
        if matches!(first.outcome, Answer::Counter(_)) {
            prop_assert_eq!(&first.outcome, &second.outcome);
        }
    }

    /// 1c. The price of an offer holds for a larger quantity only where that is not under the floor either.
    #[test]
    fn more_at_the_same_price_is_not_under_the_floor(world in any::wide(1), share in 0_i64..=100) {
        let decision = world.decide();
        for offer in offers(&decision).iter().filter(|offer| offer.terms.lines.len() == 1 && !is_list(&world, offer)) {
            let (least, most) = (offer.terms.lines[0].quantity.thousandths(), offer.up_to[0].thousandths());
            let mut terms = offer.terms.clone();
            terms.lines[0].quantity = Quantity::new(least + (most - least) / 100 * share, terms.lines[0].quantity.unit());
            prop_assert!(above_floor(&world, &terms) >= 0, "{:?} taken with {:?}", offer, terms);
        }
    }

    /// 8. Deterministic.
    #[test]
    fn decisions_repeat(mut world in any::wide(1)) {
        world.ask_again();
        prop_assert_eq!(world.decide(), world.decide());
    }
}

proptest! {
    #![proptest_config(any::config_of(10))]

    /// What an offer leaves can be shown to the seller, whatever the lever: also of another product, and with goods.
    #[test]
    fn every_offer_has_a_waterfall(world in any::wide(2)) {
        for offer in worked_out(&world.decide()) {
            let fall = evaluate(&world.policy, &world.position, &world.history, &offer.terms);
            let net = offer.terms.lines.iter().map(|line| {
                let nano = i128::from(line.quantity.thousandths()) * i128::from(line.price.micros());
                Rounding::HalfUp.divide(nano, CENT)
            });
            prop_assert_eq!(fall.map(|fall| i128::from(fall.net.minor())), Ok(net.sum()), "{:?}", offer.lever);
        }
    }
}

proptest! {
    #![proptest_config(any::config_of(10))]

    /// 8. Deterministic out of storage, byte for byte. A tenth of the cases: writing and reading take most of the time.
    #[test]
    fn decisions_replay(mut world in any::wide(1)) {
        world.ask_again();
        let decision = world.decide();
        let replayed = replay(&world.inputs().to_stored()).unwrap();
        prop_assert_eq!(replayed.to_stored(), decision.to_stored());
    }
}

/// The yardstick of property 1 must be able to say no.
#[test]
fn the_yardstick_measures() {
    let mut world = World::textbook();
    world.policy.margins[0].floor = Rate::percent(20);
    (world.position.freight, world.position.handling_order) = (Amount::zero(EUR), Amount::zero(EUR));
    (world.position.handling_line, world.position.capital) = (Amount::zero(EUR), Rate::ZERO);
    let mut terms = world.request.terms.clone();
    // 88.00 is 80 % of 110.00.
    assert_eq!(above_floor(&world, &terms), 0);
    terms.lines[0].price = micros(109_999_000);
    assert!(above_floor(&world, &terms) < 0);
}
