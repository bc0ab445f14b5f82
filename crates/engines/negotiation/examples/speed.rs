//! How long a decision takes on one core: `cargo run --release -p negotiation-engine --example speed`.
//! Budgets: one line under 20 µs, a hundred lines under 1 ms.
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::time::Instant;

#[path = "../tests/common/mod.rs"]
mod common;

use common::{Goods, World};

fn main() {
    let goods = |at: i64, asked: i64| Goods {
        list: 20_000_000 + at * 1_310_000,
        cost: 15_000_000 + at * 1_000_000,
        pack: 10,
        asked: (20_000_000 + at * 1_310_000) / 1_000 * asked,
        quantity: 50 + at * 10,
    };
    let many: Vec<Goods> = (0..100).map(|at| goods(at, 880 + at)).collect();
    report("1 line, three offers", &World::textbook(), 20);
    report("100 lines, three offers", &quiet(World::of(&many)), 1_000);
    let hard: Vec<Goods> = (0..100).map(|at| goods(at, 800)).collect();
    report("100 lines, pairs, out of reach", &quiet(World::of(&hard)), 1_000);
}

/// Without the limits that would send a large deal to a person before the levers are tried.
fn quiet(mut world: World) -> World {
    world.policy.limits.deal_max = None;
    world
}

fn report(name: &str, world: &World, budget_us: u128) {
    let runs = if world.position.lines.len() > 1 { 1_000 } else { 100_000 };
    (0..runs / 10).for_each(|_| drop(std::hint::black_box(world.decide())));
    let start = Instant::now();
    (0..runs).for_each(|_| drop(std::hint::black_box(world.decide())));
    let nanos = start.elapsed().as_nanos() / runs;
    println!("{name:32} {:>6}.{:02} µs   budget {budget_us} µs", nanos / 1_000, nanos % 1_000 / 10);
}
