//! Property 9, sealed: odd numbers are planted wherever the seller's numbers are, and every buyer-facing byte is searched for
//! them. That positions, policies and traces cannot be serialised at all is proved by the `compile_fail` example of the
//! position module.

use std::collections::HashSet;

use crate::common::{any, *};
use kernel::{Amount, Rate};
use negotiation_engine::{Answer, Offer, holds};
use proptest::prelude::*;

/// All whole numbers in a text, with decimal points left out, so that `87.654321` is found as `87654321`.
fn numbers(text: &str) -> HashSet<String> {
    let digits: String = text.chars().filter(|c| *c != '.').map(|c| if c.is_ascii_digit() { c } else { ' ' }).collect();
    digits.split_whitespace().map(|number| number.trim_start_matches('0').to_owned()).collect()
}

proptest! {
    #![proptest_config(any::config())]

    #[test]
    fn no_seller_number_reaches_a_buyer(mut world in any::world(3), odd in 0_i64..500) {
        let mut planted = plant(&mut world, odd);
        planted.extend([world.policy.margins[0].floor, world.policy.margins[0].target].map(|rate| rate.ppm().to_string()));
        let decision = world.ask_again();
        let mut bytes = serde_json::to_string(&decision.view()).unwrap();
        if let Answer::Counter(all) = &decision.outcome {
            bytes += &serde_json::to_string(all).unwrap();
            for offer in all {
                let broken = holds(offer, &world.position.list, &world.request.terms, world.now);
                bytes += &serde_json::to_string(&broken.err()).unwrap();
            }
        }
        let mut seen = numbers(&bytes);
        // A saving is worked out from list and offer, both of which the buyer sees: it may equal any number by chance.
        for offer in offers(&decision) {
            prop_assert_eq!(offer.saving.minor(), saving(&world, offer));
            seen.remove(&offer.saving.minor().to_string());
        }
        for number in planted {
            prop_assert!(!seen.contains(&number), "{} in {}", number, bytes);
        }
        prop_assert!(!bytes.contains("pricing_manager") && !bytes.contains("demanded"));
    }
}

/// List less offered prices, in cents, rounded down.
fn saving(world: &World, offer: &Offer) -> i64 {
    let list = world.position.list.at(&offer.terms).expect("list prices");
    let lines = list.lines.iter().zip(&offer.terms.lines);
    let nano = lines.map(|(list, line)| (list.price.micros() - line.price.micros()) * line.quantity.thousandths());
    nano.sum::<i64>().div_euclid(10_000_000)
}

/// Sets seller numbers that occur nowhere else, and gives their digits.
fn plant(world: &mut World, odd: i64) -> Vec<String> {
    let odd = odd * 10; // the planted numbers end in an odd digit, as prices, quantities and times here never do
    let mut planted = Vec::new();
    for line in &mut world.position.lines {
        let cost = line.cost.map_or(0, |cost| cost.micros()) / 1_000 * 1_000 + 383 + odd % 20;
        line.cost = Some(micros(cost));
        line.freight = micros(13_717 + odd);
        planted.extend([cost.to_string(), (13_717 + odd).to_string()]);
    }
    world.position.handling_order = Amount::new(1_234_577 + odd, EUR);
    world.position.handling_line = Amount::new(765_431 + odd, EUR);
    world.position.freight = Amount::new(8_765_437 + odd, EUR);
    world.position.capital = Rate::from_ppm(83_471 + odd);
    world.position.customer.revenue = Amount::new(98_765_431 + odd, EUR);
    world.policy.margins[0].floor = Rate::from_ppm(101_873 + odd);
    world.policy.margins[0].target = Rate::from_ppm(163_819 + odd);
    if odd % 30 > 0 {
        // Without the large fixed costs most deals are offered something.
        world.position.handling_order = Amount::new(1_237, EUR);
        world.position.handling_line = Amount::new(0, EUR);
        world.position.freight = Amount::new(0, EUR);
    } else {
        planted.extend([1_234_577, 765_431, 8_765_437].map(|number| (number + odd).to_string()));
    }
    planted.extend([83_471, 98_765_431].map(|number| (number + odd).to_string()));
    planted
}
