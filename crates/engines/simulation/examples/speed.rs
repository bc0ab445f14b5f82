//! Decisions per second on one core: `cargo run --release -p simulation --example speed`.
//! Budget: 1,000,000 decisions in 10 s on two cores, that is 50,000 a second here.
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::time::Instant;

#[path = "../tests/common/arms.rs"]
mod arms;
#[path = "../tests/common/mod.rs"]
mod common;

use arms::{policy, run};
use common::{Planted, market};
use negotiation_engine::Policy;
use simulation::{Arm, Buyers, Kind, Simulation};

/// Buyers of each run.
const COUNT: u64 = 50_000;

fn main() {
    let market = market(&Planted { customers: 2_000, products: 1_000, deals: 100_000, ..Planted::USUAL });
    let start = Instant::now();
    let buyers = Buyers::fit(&market);
    println!("{:32} {:>8} ms   {} deals", "fit", start.elapsed().as_millis(), market.deals.len());
    for (name, arm) in [
        ("starter", policy(Policy::starter())),
        ("complete", policy(Policy::complete())),
        ("split difference", Arm::SplitDifference),
    ] {
        let run = run(vec![(name, arm)], Kind::MonteCarlo { count: COUNT });
        let simulation = Simulation::new(&market, &buyers, &run).expect("a market with deals");
        let start = Instant::now();
        let tally = simulation.shard(0..COUNT);
        let seconds = start.elapsed().as_secs_f64(); // floats: a time for people
        let report = simulation.report(&tally, None);
        let figures = &report.arms[0].figures;
        let per_second = |count: u64| (count as f64 / seconds) as u64; // floats: a rate for people
        println!(
            "{name:32} {:>8} decisions/s {:>8} buyers/s   closed {} agreed {} escalated {} of {}, pocket {}",
            per_second(tally.decisions()),
            per_second(COUNT),
            figures.closed,
            figures.agreed,
            figures.escalated,
            figures.negotiations,
            figures.pocket.value,
        );
    }
}
