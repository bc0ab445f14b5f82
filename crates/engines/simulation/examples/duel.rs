//! What stands between `<!-- duel: table -->` and `<!-- duel: end -->` in docs/negotiation.md, as it stands there:
//! `cargo run --release -p simulation --example duel`.
//!
//! floats: statistics of simulated talks, not money
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::collections::BTreeMap;

use kernel::UnitPrice;
use negotiation_engine::Policy;
use simulation::duel::{BuyerKind, Scene, Table, duel, honest_price, seller_tactics, tournament};

const SEED: u64 = 20_260_101;
/// Deals that every pair of buyer and seller meets.
const SCENES: u64 = 2_000;

fn main() {
    let policies = seller_tactics(&Policy::complete());
    let table = tournament(&policies, SCENES, SEED);
    println!("{} scenes, an agreement is possible in {}.\n\n{table}", table.scenes, table.possible);
    levers(&table);
    probing(&policies, SCENES);
}

/// By which levers agreements come about.
fn levers(table: &Table) {
    let mut all: BTreeMap<_, u64> = BTreeMap::new();
    for (lever, count) in table.rows.iter().flat_map(|row| &row.levers) {
        *all.entry(*lever).or_default() += count;
    }
    let total: u64 = all.values().sum();
    println!("| lever | agreements, % |\n|---|--:|");
    for (lever, count) in all {
        println!("| {} | {:.1} |", lever.code(), count as f64 * 100.0 / total.max(1) as f64);
    }
}

/// What probers learn, against what an honest buyer is offered in the end.
fn probing(policies: &[(&str, Policy)], scenes: u64) {
    println!("\n| seller | prober, % off list | honest, % off list | probers below honest |\n|---|--:|--:|--:|");
    for (name, policy) in policies {
        let (mut learnt, mut honest, mut below) = (0.0, 0.0, 0);
        for scene in (0..scenes).map(|number| Scene::generate(SEED, number)) {
            let list = scene.list_price();
            let asks: Vec<UnitPrice> = (0..policy.tactic.rounds_max)
                .map(|round| UnitPrice::new(list.micros() / 100 * i64::from(50 + 5 * round), list.currency()))
                .collect();
            let given = honest_price(&scene, policy, &asks).unwrap_or(list);
            let found = duel(&scene, policy, BuyerKind::Prober).learnt.unwrap_or(list);
            let percent = |price: UnitPrice| price.discount_from(list).ppm() as f64 / 1e4;
            learnt += percent(found);
            honest += percent(given);
            below += u64::from(found.micros() + policy.tick_micros(found) <= given.micros());
        }
        println!("| {name} | {:.2} | {:.2} | {below} |", learnt / scenes as f64, honest / scenes as f64);
    }
}
