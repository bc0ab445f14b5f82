//! The negotiation engine by itself, in this process and without a database: one decision, the decision about a cart, and a
//! simulation on all cores. The floor of a simulation is one whose arm thinks nothing: buyers who meet the list price.

use std::hint::black_box;
use std::thread;
use std::time::Instant;

use negotiation_engine::{Inputs, Policy};
use simulation::speed::{self, Ask};
use simulation::{Arm, Buyers, Run, Simulation};

use crate::Done;
use crate::options::Options;
use crate::report::{Figure, Report};

const DECISION: &str = "decision";
const SIMULATION: &str = "simulation";
/// The names under which these are wanted; none of them needs a database.
pub const NAMES: [&str; 2] = [DECISION, SIMULATION];

/// Lines of the cart.
const CART: u32 = 100;
/// Budgets of `negotiation.md`: microseconds for one line and for the cart, decisions per second on two cores.
const LINE_MICROS: f64 = 20.0;
const CART_MICROS: f64 = 1_000.0;
const PER_SECOND: f64 = 100_000.0;
/// Repetitions of each measurement, of which the median counts.
const REPETITIONS: usize = 9;
/// Buyers of one repetition, each thread's share in one piece.
const BUYERS: u64 = 20_000;

/// Measures what is wanted.
pub fn run(options: &Options, report: &mut Report) -> Done {
    let policies = [("starter policy", Policy::starter()), ("every lever", Policy::complete())];
    if options.wants(DECISION) {
        for (name, policy) in &policies {
            for ask in [Ask::Moderate, Ask::Steep] {
                let how = format!("{name}, ask {ask:?}").to_lowercase();
                let line = speed::one_line(policy.clone(), ask);
                report.figure(Figure::at_most("decision, 1 line", &how, micros(&line, 1_000), "µs", LINE_MICROS));
                let cart = speed::cart(policy.clone(), CART, ask);
                report.figure(Figure::at_most("decision, 100 lines", &how, micros(&cart, 20), "µs", CART_MICROS));
            }
        }
    }
    if options.wants(SIMULATION) { simulations(&policies, report) } else { Ok(()) }
}

fn micros(inputs: &Inputs, count: u32) -> f64 {
    median(|| {
        let start = Instant::now();
        (0..count).for_each(|_| drop(black_box(black_box(inputs).decide())));
        start.elapsed().as_secs_f64() * 1e6 / f64::from(count)
    })
}

fn simulations(policies: &[(&str, Policy)], report: &mut Report) -> Done {
    let market = speed::market();
    let buyers = Buyers::fit(&market);
    let threads = thread::available_parallelism().map_or(2, usize::from).min(2);
    let count = BUYERS * REPETITIONS as u64;
    let measured = |run: &Run| {
        let simulation = Simulation::new(&market, &buyers, run).map_err(|e| format!("a simulation: {e:?}"))?;
        let mut first = 0;
        Ok::<_, String>(median(|| {
            let start = Instant::now();
            let decisions = on_threads(&simulation, first, threads as u64);
            first += BUYERS;
            decisions as f64 / start.elapsed().as_secs_f64()
        }))
    };
    for (name, policy) in policies {
        let rate = measured(&speed::run(policy.clone(), count))?;
        let how = format!("{name}, {threads} threads; buyers fitted to 100,000 deals");
        report.figure(Figure::at_least("simulated decisions", &how, rate, "/s", PER_SECOND));
    }
    let mut floor = speed::run(Policy::starter(), count);
    floor.arms = vec![("list".to_owned(), Arm::AlwaysList)];
    let simulation = Simulation::new(&market, &buyers, &floor).map_err(|e| format!("a simulation: {e:?}"))?;
    let rate = median(|| {
        let start = Instant::now();
        on_threads(&simulation, 0, threads as u64);
        BUYERS as f64 / start.elapsed().as_secs_f64()
    });
    report.note(format!("floor of simulations: {rate:.0} buyers/s who only see the list price, {threads} threads"));
    Ok(())
}

/// Buyers from `first` on, in equal shares on each thread; how many decisions they took.
fn on_threads(simulation: &Simulation<'_>, first: u64, threads: u64) -> u64 {
    let share = BUYERS / threads;
    thread::scope(|scope| {
        let one = |at: u64| scope.spawn(move || simulation.shard(first + at * share..first + (at + 1) * share));
        let all: Vec<_> = (0..threads).map(one).collect();
        all.into_iter().filter_map(|worker| worker.join().ok()).map(|tally| tally.decisions()).sum()
    })
}

fn median(mut measure: impl FnMut() -> f64) -> f64 {
    let mut measured: Vec<f64> = (0..REPETITIONS).map(|_| measure()).collect();
    measured.sort_by(f64::total_cmp);
    measured[REPETITIONS / 2]
}
