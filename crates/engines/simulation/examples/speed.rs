//! How long decisions take on one core: `cargo run --release -p simulation --example speed`. Medians over repetitions.
//!
//! Budgets: one line 20 µs; a cart of a hundred lines 1 ms; 1,000,000 simulated decisions in 10 s on two cores, that is
//! 50,000 a second here.
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::{hint::black_box, time::Instant};

use negotiation_engine::{Inputs, Policy};
use simulation::{
    Buyers, Simulation,
    speed::{self, Ask},
};

/// Repetitions of each measurement.
const REPETITIONS: usize = 15;
/// Buyers of each repetition of a simulation.
const BUYERS: u64 = 10_000;

fn main() {
    let policies = [("starter", Policy::starter()), ("complete", Policy::complete())];
    for (name, policy) in &policies {
        for ask in [Ask::Moderate, Ask::Steep] {
            decisions(&format!("{name}, 1 line, {ask:?}"), &speed::one_line(policy.clone(), ask), 2_000, 20);
        }
    }
    for (name, policy) in &policies {
        for ask in [Ask::Moderate, Ask::Steep] {
            decisions(&format!("{name}, 100 lines, {ask:?}"), &speed::cart(policy.clone(), 100, ask), 20, 1_000);
        }
    }
    simulations(&policies);
}

fn decisions(name: &str, inputs: &Inputs, count: u32, budget_us: u32) {
    let mut micros = median(|| {
        let start = Instant::now();
        (0..count).for_each(|_| drop(black_box(black_box(inputs).decide())));
        start.elapsed().as_secs_f64() * 1e6 / f64::from(count) // floats: a time for people
    });
    micros = (micros * 100.0).round() / 100.0;
    println!("{name:32} {micros:>9.2} µs   budget {budget_us} µs");
}

fn simulations(policies: &[(&str, Policy)]) {
    let market = speed::market();
    let start = Instant::now();
    let buyers = Buyers::fit(&market);
    println!("{:32} {:>6} ms   {} deals", "fit", start.elapsed().as_millis(), market.deals.len());
    for (name, policy) in policies {
        let run = speed::run(policy.clone(), BUYERS * REPETITIONS as u64);
        let simulation = Simulation::new(&market, &buyers, &run).expect("a market with deals");
        let mut first = 0;
        let rate = median(|| {
            let start = Instant::now();
            let tally = simulation.shard(first..first + BUYERS);
            first += BUYERS;
            tally.decisions() as f64 / start.elapsed().as_secs_f64() // floats: a rate for people
        });
        println!("{:32} {rate:>6.0} decisions/s   budget 50000", format!("{name}, simulation"));
    }
}

fn median(mut measure: impl FnMut() -> f64) -> f64 {
    let mut measured: Vec<f64> = (0..REPETITIONS).map(|_| measure()).collect();
    measured.sort_by(f64::total_cmp);
    measured[REPETITIONS / 2]
}
