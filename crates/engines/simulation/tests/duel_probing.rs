//! Property 6 at the level of people: whoever of a company asks, however often, in whatever order and over however many
//! negotiations, is never offered a lower price for the same quantity and terms than the tactic gives at that step to an
//! honest buyer.

use kernel::{Quantity, Rate, Rounding, UnitPrice};
use negotiation_engine::{Answer, Decision, Entry, Extras, Offer, Policy, TacticKind, Terms};
use proptest::{prelude::*, test_runner::RngSeed};
use simulation::duel::{Company, Scene, honest_price};

/// Ten thousand cases, the same in every run; `KONTOR_TEST_SEED=<number>` tries others.
fn config() -> ProptestConfig {
    let seed = std::env::var("KONTOR_TEST_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    ProptestConfig {
        cases: 10_000,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(seed),
        ..ProptestConfig::default()
    }
}

/// What somebody of the company does.
#[derive(Debug, Clone, Copy)]
enum Act {
    /// Asks for this share of the list price, for halves of the wanted quantity, on these days.
    Ask {
        share_ppm: i64,
        halves: i64,
        days: u16,
    },
    Leave,
    Wait {
        days: u16,
    },
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let share = prop_oneof![3 => 700_000_i64..1_000_000, 1 => 930_000_i64..1_000_000];
    let halves = prop_oneof![4 => Just(2_i64), 1 => Just(1), 1 => Just(4)];
    let days = prop_oneof![4 => Just(30_u16), 1 => Just(0), 1 => Just(60)];
    let ask = (share, halves, days).prop_map(|(share_ppm, halves, days)| Act::Ask { share_ppm, halves, days });
    let wait = prop_oneof![Just(1_u16), Just(30), Just(100)].prop_map(|days| Act::Wait { days });
    prop::collection::vec(prop_oneof![8 => ask, 1 => Just(Act::Leave), 1 => wait], 1..16)
}

/// The tactics that count moves; what mirrors them knows no steps.
const COUNTING: [TacticKind; 2] = [TacticKind::Time, TacticKind::Minimal];

fn policies(kinds: &'static [TacticKind]) -> impl Strategy<Value = Policy> {
    (prop::sample::select(kinds), 50_u32..6_000, 1_u32..7, 100_000_i64..1_500_000, 1_000_i64..20_000, any::<bool>())
        .prop_map(|(kind, exponent, rounds_max, mirror, increment, is_complete)| {
            let mut policy = if is_complete { Policy::complete() } else { Policy::starter() };
            let tactic = &mut policy.tactic;
            (tactic.kind, tactic.exponent, tactic.rounds_max) = (kind, exponent, rounds_max);
            (tactic.mirror, tactic.increment) = (Rate::from_ppm(mirror.min(1_000_000)), Rate::from_ppm(increment));
            (policy.limits.far, policy.limits.discount_max) = (Rate::ONE, Rate::ONE);
            policy
        })
}

/// A company of which it is known how much it usually buys; half of them are charged for freight below an order value.
fn scenes() -> impl Strategy<Value = Scene> {
    any::<u64>().prop_map(|number| Scene::generate(7, number).anchored())
}

fn terms(scene: &Scene, act: Act) -> Option<Terms> {
    let Act::Ask { share_ppm, halves, days } = act else { return None };
    let list = scene.list_price();
    let price = UnitPrice::new(list.micros() / 1_000 * share_ppm / 1_000, list.currency());
    let packing = scene.position.list.lines[0].packing;
    let quantity = packing.round_up(scene.wanted.thousandths() / 2 * halves);
    let mut terms = Terms { payment_days: days, ..scene.plainly(price) };
    terms.lines[0].quantity = Quantity::new(quantity, scene.wanted.unit());
    Some(terms)
}

/// The lowest price of a decision that holds for the wanted quantity and asks for nothing else.
fn seen(scene: &Scene, decision: &Decision) -> Option<UnitPrice> {
    let offers: &[Offer] = match &decision.outcome {
        Answer::Accept(offer) => std::slice::from_ref(offer),
        Answer::Counter(offers) => offers,
        _ => &[],
    };
    let wanted = scene.wanted.thousandths();
    let gives = |offer: &&Offer| {
        offer.terms.lines.len() == 1
            && (offer.terms.lines[0].quantity.thousandths()..=offer.up_to[0].thousandths()).contains(&wanted)
            && offer.terms.payment_days >= scene.position.list.payment_days
            && offer.terms.extras == Extras::default()
    };
    offers.iter().filter(gives).map(|offer| offer.terms.lines[0].price).min_by_key(|price| price.micros())
}

fn step(decision: &Decision) -> Option<u32> {
    decision.trace.entries().iter().find_map(|entry| match entry {
        Entry::Round { step, .. } => Some(*step),
        _ => None,
    })
}

/// The discount that the ask needed.
fn needed(decision: &Decision) -> Option<i64> {
    decision.trace.entries().iter().find_map(|entry| match entry {
        Entry::Ask { needed, .. } => Some(needed.ppm()),
        _ => None,
    })
}

fn conceded(decision: &Decision) -> Option<Rate> {
    decision.trace.entries().iter().find_map(|entry| match entry {
        Entry::Concession { plain } => Some(*plain),
        _ => None,
    })
}

/// What an honest buyer is offered at a step: one who asks for little and moves by one per cent of the list price a round.
fn honest(scene: &Scene, policy: &Policy, step: u32) -> UnitPrice {
    let list = scene.list_price();
    let asks = (0..i64::from(step)).map(|round| UnitPrice::new(list.micros() / 100 * (40 + round), list.currency()));
    honest_price(scene, policy, &asks.collect::<Vec<_>>()).unwrap_or(list)
}

/// A price between ticks can be asked for, but not offered: one tick is nothing.
fn is_no_lower(policy: &Policy, seen: UnitPrice, honest: UnitPrice) -> bool {
    seen.micros() + policy.tick_micros(honest) > honest.micros()
}

fn company<'a>(scene: &Scene, policy: &'a Policy) -> Company<'a> {
    Company::new(policy, scene.position.clone(), scene.now, scene.seed)
}

proptest! {
    #![proptest_config(config())]

    /// Whatever two colleagues do in turn, what they see at a step is no better than what the honest buyer sees there.
    #[test]
    fn colleagues_see_what_the_step_gives(scene in scenes(), policy in policies(&COUNTING), acts in acts()) {
        let mut company = company(&scene, &policy);
        for act in acts {
            match act {
                Act::Leave => company.leave(),
                Act::Wait { days } => company.wait(days),
                Act::Ask { .. } => {
                    let Some(terms) = terms(&scene, act) else { continue };
                    let decision = company.ask(&terms);
                    let Some((seen, step)) = seen(&scene, &decision).zip(step(&decision)) else { continue };
                    let honest = honest(&scene, &policy, step);
                    prop_assert!(is_no_lower(&policy, seen, honest), "step {}: {:?} under {:?}", step, seen, honest);
                }
            }
        }
    }

    /// Nothing but real moves counts: who makes only those, and then asks for little, is offered as much. So also for the
    /// tactic that mirrors the buyer.
    #[test]
    fn only_real_moves_count(scene in scenes(), policy in policies(&TacticKind::ALL), acts in acts()) {
        let (mut colleagues, mut moves, mut last) = (company(&scene, &policy), Vec::<Terms>::new(), i64::MAX);
        let little = scene.plainly(UnitPrice::new(scene.list_price().micros() / 2, scene.list_price().currency()));
        for act in acts {
            let Some(terms) = terms(&scene, act) else {
                (colleagues, moves, last) = (company(&scene, &policy), Vec::new(), i64::MAX);
                continue;
            };
            let decision = colleagues.ask(&terms);
            let Some(needed) = needed(&decision) else { break };
            if needed <= last.saturating_sub(policy.tactic.move_min.ppm()) {
                moves.push(terms);
                last = needed;
            }
            let mut honest = company(&scene, &policy);
            let mut given: Vec<UnitPrice> = moves.iter().filter_map(|terms| seen(&scene, &honest.ask(terms))).collect();
            let answer = honest.ask(&little);
            given.extend(seen(&scene, &answer));
            // Who has no round left sees no offer, and may still ask for all that the tactic gives.
            let plainly = conceded(&answer).filter(|_| moves.len() >= policy.tactic.rounds_max as usize);
            given.extend(plainly.map(|plain| scene.list_price().less(plain, Rounding::Up)));
            let given = given.into_iter().min_by_key(|price| price.micros());
            if let Some((seen, given)) = seen(&scene, &decision).zip(given) {
                prop_assert!(is_no_lower(&policy, seen, given), "{:?} under {:?}", seen, given);
            }
        }
    }

    /// Two colleagues who share all they learn and bisect, each going on where the other stopped, over six negotiations: the
    /// lowest price they know in the end is no lower than what the honest buyer is offered in the last round.
    #[test]
    fn a_colluding_pair_learns_no_more(scene in scenes(), policy in policies(&TacticKind::ALL)) {
        let list = scene.list_price();
        let (mut company, mut known) = (company(&scene, &policy), list);
        for _ in 0..6 {
            let mut refused = UnitPrice::new(list.micros() / 2, list.currency());
            for _colleague in 0..policy.tactic.rounds_max {
                let middle = UnitPrice::new(i64::midpoint(refused.micros(), known.micros()), list.currency());
                let decision = company.ask(&scene.plainly(middle));
                if let Some(seen) = seen(&scene, &decision).filter(|seen| seen.micros() < known.micros()) {
                    known = seen;
                }
                match decision.outcome {
                    Answer::Accept(_) => break,
                    _ if middle.micros() < known.micros() => refused = middle,
                    _ => {}
                }
            }
            company.leave();
        }
        // The mirror gives back what the buyer gives up, so the honest buyer comes from as far.
        let asks = (0..policy.tactic.rounds_max).map(|round| match round {
            0 => UnitPrice::new(list.micros() / 4, list.currency()),
            _ => UnitPrice::new(list.micros() / 100 * (74 + i64::from(round)), list.currency()),
        });
        let honest = honest_price(&scene, &policy, &asks.collect::<Vec<_>>()).unwrap_or(list);
        prop_assert!(is_no_lower(&policy, known, honest), "{:?} under {:?}", known, honest);
    }
}
