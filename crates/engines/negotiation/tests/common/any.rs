//! Random worlds: believable ones for the properties, hostile ones for the absence of panics.

use kernel::{Amount, Quantity, Rate};
use negotiation_engine::{
    Alternative, AlternativeKind, Bonus, Bonuses, Companion, Consolidation, DeliveryRow, FlexibleSaving, FreightCharge,
    FreightMode, FreightRow, Objective, PaymentRow, PlainLever, Policy, Support, Tactic, TacticKind, Tier, VolumeLever,
};
use proptest::{prelude::*, test_runner::RngSeed};

use super::{EUR, Goods, World, micros};

/// Cases that every run tries. `cargo xtask test --thorough` tries a hundred thousand, by `KONTOR_TEST_CASES`.
const CASES: u32 = 10_000;

/// The same cases in every run; `KONTOR_TEST_SEED=<number>` tries others, `KONTOR_TEST_CASES` as many.
pub fn config() -> ProptestConfig {
    config_of(1)
}

/// The same with one of so many cases.
pub fn config_of(share: u32) -> ProptestConfig {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seed = number("KONTOR_TEST_SEED").unwrap_or(1);
    ProptestConfig {
        cases: number("KONTOR_TEST_CASES").and_then(|cases| u32::try_from(cases).ok()).unwrap_or(CASES) / share,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(seed),
        ..ProptestConfig::default()
    }
}

fn goods() -> impl Strategy<Value = Goods> {
    let list = prop_oneof![20_000_i64..2_000_000, 1_000_000_i64..200_000_000, 100_000_000_i64..5_000_000_000];
    let pack = prop_oneof![Just(1_i64), Just(5), Just(50), Just(100)];
    (list, 300_000_i64..1_050_000, pack, 720_000_i64..1_020_000, 1_i64..400).prop_map(
        |(list, cost, pack, ask, packs)| {
            let share = |ppm: i64| list / 1_000 * ppm / 1_000;
            Goods {
                list: list / 1_000 * 1_000,
                cost: share(cost),
                pack,
                asked: share(ask) / 1_000 * 1_000,
                quantity: packs * pack,
            }
        },
    )
}

/// Everything about the rules that the properties must not depend on.
#[derive(Debug, Clone)]
struct Rules {
    plain: (i64, i64, bool),
    volume: (i64, i64, bool),
    grants: (i64, i64, i64),
    tactic: (u32, u32),
    margins: (i64, i64),
    cards: (u32, bool),
}

fn rules() -> impl Strategy<Value = Rules> {
    (
        (0_i64..80_000, 0_i64..60_000, prop::bool::weighted(0.9)),
        (0_i64..100_000, 1_000_000_i64..5_000_000, any::<bool>()),
        (0_i64..30_000, 0_i64..15_000, 0_i64..20_000),
        (50_u32..5_000, 1_u32..7),
        (-50_000_i64..200_000, 0_i64..150_000),
        (1_u32..4, any::<bool>()),
    )
        .prop_map(|(plain, volume, grants, tactic, margins, cards)| Rules {
            plain,
            volume,
            grants,
            tactic,
            margins,
            cards,
        })
}

fn apply(world: &mut World, rules: &Rules) {
    let ppm = Rate::from_ppm;
    let policy = &mut world.policy;
    policy.plain =
        PlainLever { from: ppm(rules.plain.0), to: ppm(rules.plain.0 + rules.plain.1), offered: rules.plain.2 };
    let (per_double, multiple_max, beyond_stock) = rules.volume;
    policy.volume = Some(VolumeLever { per_double: ppm(per_double), multiple_max: ppm(multiple_max), beyond_stock });
    let (prepaid, early, late) = rules.grants;
    let rows = [(0, prepaid + early), (14, early), (30, 0), (60, -late)];
    policy.payment = rows.map(|(days, grant)| PaymentRow { days, grant: ppm(grant) }).to_vec();
    policy.tactic = Tactic::by_time(rules.tactic.0, rules.tactic.1, ppm(2_500));
    policy.margins[0].floor = ppm(rules.margins.0);
    policy.margins[0].target = ppm(rules.margins.0 + rules.margins.1);
    policy.limits.offers_max = rules.cards.0;
    policy.pairs = rules.cards.1;
    policy.eligibility.deal_min = Amount::zero(EUR);
    policy.limits.deal_max = None;
    policy.limits.discount_max = Rate::ONE;
}

/// Tier (from and price), stock, bonus (from and per unit).
type Extras = (Option<(i64, i64)>, Option<i64>, Option<(i64, i64)>);

/// What a line may have besides: a further tier, stock, a supplier's bonus, all as shares of what is asked.
fn extras() -> impl Strategy<Value = Extras> {
    let tier = prop::option::weighted(0.4, (110_i64..400, 800_000_i64..1_000_000));
    let stock = prop::option::weighted(0.4, 50_i64..500);
    let bonus = prop::option::weighted(0.3, (80_i64..300, 0_i64..150_000));
    (tier, stock, bonus)
}

fn apply_extras(world: &mut World, at: usize, extras: Extras) {
    let asked = world.request.terms.lines[at].quantity;
    let percent = |percent: i64| Quantity::new(asked.thousandths() / 100 * percent, asked.unit());
    let list = world.position.list.lines[at].tiers[0].price.micros();
    let line = &mut world.position.lines[at];
    if let Some((from, share)) = extras.0 {
        let tier = Tier { from: percent(from), price: micros((list / 1_000 * share / 1_000).max(1)) };
        world.position.list.lines[at].tiers.push(tier);
    }
    line.stock = extras.1.map(percent);
    let bonus = extras.2.map(|(from, share)| Bonus {
        from: percent(from),
        per_unit: micros(list / 1_000 * share / 1_000),
        earlier: None,
    });
    line.bonus = Bonuses(bonus.into_iter().collect());
}

/// The levers beside volume and payment: which of them there are, what they are worth, and how the seller stands.
#[derive(Debug, Clone)]
struct Further {
    levers: u16,
    grants: (i64, i64, i64),
    order: (i64, i64, i64),
    goods: (i64, i64, i64),
    tactic: (usize, i64, i64),
    support: Option<(i64, i64)>,
    fixed: bool,
}

fn further() -> impl Strategy<Value = Further> {
    (
        any::<u16>(),
        (0_i64..30_000, 0_i64..30_000, 0_i64..50_000),
        (0_i64..50_000, 0_i64..2_000, 0_i64..100_000),
        (500_000_i64..1_100_000, 300_000_i64..1_000_000, 800_000_i64..3_000_000),
        (0_usize..3, 0_i64..1_000_000, 1_000_i64..20_000),
        prop::option::weighted(0.2, (10_i64..300, 0_i64..150_000)),
        prop::bool::weighted(0.1),
    )
        .prop_map(|(levers, grants, order, goods, tactic, support, fixed)| Further {
            levers,
            grants,
            order,
            goods,
            tactic,
            support,
            fixed,
        })
}

fn apply_further(world: &mut World, further: &Further) {
    let (ppm, has) = (Rate::from_ppm, |bit: u16| further.levers >> bit & 1 == 1);
    let (policy, (one, two, rate)) = (&mut world.policy, further.grants);
    let complete = Policy::complete();
    let later = |days, grant, free_freight| DeliveryRow { days, grant: ppm(grant), free_freight };
    let by = |mode, grant| FreightRow { mode, grant: ppm(grant) };
    let (small, large) = (one.min(two), one.max(two));
    policy.delivery = if has(0) { vec![later(5, small, false), later(20, large, has(8))] } else { Vec::new() };
    policy.freight =
        if has(1) { vec![by(FreightMode::Consolidated, small), by(FreightMode::Collected, large)] } else { Vec::new() };
    policy.commitment = complete.commitment.filter(|_| has(2));
    policy.rebate = complete.rebate.filter(|_| has(3)).map(|mut lever| {
        lever.rows[1].rate = ppm(rate.max(10_000));
        lever
    });
    policy.alternative = complete.alternative.filter(|_| has(4));
    policy.bundle = complete.bundle.filter(|_| has(5));
    policy.bonus = complete.bonus.filter(|_| has(6));
    policy.proactive = true;
    policy.objective = if has(7) { Objective::Revenue } else { Objective::Margin };
    policy.tactic.kind = TacticKind::ALL[further.tactic.0];
    (policy.tactic.mirror, policy.tactic.increment) = (ppm(further.tactic.1), ppm(further.tactic.2));
    world.request.fixed_quantities = further.fixed;
    apply_position(world, further, has(9), has(10));
}

fn apply_position(world: &mut World, further: &Further, is_charged: bool, has_turnover: bool) {
    let (charge, freight, free_from) = further.order;
    let position = &mut world.position;
    position.freight = Amount::new(freight, EUR);
    if is_charged {
        position.list.freight =
            Some(FreightCharge { charge: Amount::new(charge / 10, EUR), free_from: Amount::new(free_from, EUR) });
    }
    position.consolidation =
        Some(Consolidation { freight: Amount::new(freight / 2, EUR), unit_share: Rate::percent(60) });
    position.flexible = vec![FlexibleSaving { days: 5, saves: Amount::new(freight, EUR) }];
    position.customer.turnover = has_turnover.then_some(Amount::new(1_000_000, EUR));
    let (list, cost, lasts) = further.goods;
    let share = |of: i64, ppm: i64| (of / 1_000 * ppm / 1_000).max(1);
    let asked = position.list.lines[0].tiers[0].price.micros();
    let goods = |number: usize, share_ppm: i64| {
        let list = share(asked, share_ppm);
        let goods = Goods { list, cost: share(list, cost), pack: 10, asked: 0, quantity: 0 };
        (super::list_line(number, &goods), super::line_position(number, &goods))
    };
    let (other, line) = goods(700, share(list * 2, lasts));
    let kind = if lasts > 1_000_000 { AlternativeKind::LastsLonger } else { AlternativeKind::Cheaper };
    let of = position.lines[0].product;
    position.alternatives = vec![Alternative { of, kind, lasts: Rate::from_ppm(lasts), list: other, line }];
    let (list, line) = goods(701, 300_000);
    position.companions = vec![Companion { list, line }];
    let quantity = world.request.terms.lines[0].quantity;
    position.lines[0].support = further.support.map(|(up_to, per_unit)| Support {
        per_unit: micros(share(asked, per_unit).min(asked / 2)),
        up_to: Quantity::new(quantity.thousandths() / 100 * up_to, quantity.unit()),
    });
}

/// A world with every lever there may be, and one to `lines_max` lines.
pub fn wide(lines_max: usize) -> impl Strategy<Value = World> {
    (world(lines_max), further()).prop_map(|(mut world, further)| {
        apply_further(&mut world, &further);
        world
    })
}

/// A world with one to `lines_max` lines.
pub fn world(lines_max: usize) -> impl Strategy<Value = World> {
    let lines = prop::collection::vec((goods(), extras()), 1..=lines_max);
    let days = prop_oneof![4 => Just(30_u16), 1 => Just(0), 1 => Just(14), 1 => Just(60), 1 => Just(21), 1 => Just(90)];
    (lines, days, rules(), any::<u64>()).prop_map(|(lines, days, rules, seed)| {
        let goods: Vec<Goods> = lines.iter().map(|(goods, _)| *goods).collect();
        let mut world = World::of(&goods);
        world.request.terms.payment_days = days;
        world.seed = seed;
        world.position.freight = Amount::new(1_000, EUR);
        apply(&mut world, &rules);
        for (at, (_, extras)) in lines.into_iter().enumerate() {
            apply_extras(&mut world, at, extras);
        }
        world
    })
}

/// A world without rules that stop or escalate by size, whose buyer's anchor is what is asked.
pub fn anchored(lines_max: usize) -> impl Strategy<Value = World> {
    world(lines_max).prop_map(|mut world| {
        for (line, asked) in world.position.list.lines.iter_mut().zip(&world.request.terms.lines) {
            line.anchor = Some(asked.quantity);
        }
        world
    })
}
