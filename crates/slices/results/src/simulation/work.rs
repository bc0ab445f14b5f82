//! Working through a run: arms from their texts, buyers fitted to the past, threads that share the buyers.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

use kernel::{Fault, Outcome};
use negotiation_engine::Policy;
use simulation::{Arm, Buyers, Findings, Market, Report, Run, RunError, Settings, Simulation, Suggestion, Tally};

use super::rules::Choice;
use super::{RunSettings, StoredArm};

/// Buyers that a thread takes at a time: few enough for a lively progress, many enough to be worth the asking.
const SHARD: u64 = 512;

/// How far a run is, and whether it should go on. Shared between the threads of a run and who watches it.
#[derive(Debug, Default)]
pub struct Progress {
    total: AtomicU64,
    done: AtomicU64,
    stop: AtomicBool,
}

impl Progress {
    /// How far, in parts per million. Reading the past and fitting to it are the first twentieth.
    pub fn ppm(&self) -> i64 {
        let (done, total) = (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed));
        if total == 0 {
            return 0;
        }
        let share = u128::from(done.min(total)) * 950_000 / u128::from(total);
        50_000 + i64::try_from(share).unwrap_or(0)
    }

    /// Tells the threads to stop.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// What came of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Worked {
    /// The figures.
    pub report: Report,
    /// The buyers and how well they reproduce the past.
    pub buyers: Buyers,
    /// The suggested policy, where it was an arm, and what history shows.
    pub suggestion: Option<(Suggestion, Findings)>,
    /// Decisions of the engine.
    pub decisions: u64,
}

/// Works through a run on `threads` threads; the result is the same for any number. `None` when it was told to stop.
///
/// # Errors
/// [`RunError`].
pub fn work(
    market: &Market,
    settings: &RunSettings,
    threads: usize,
    progress: &Progress,
) -> Result<Option<Worked>, RunError> {
    let suggestion = is_wanted(settings).then(|| simulation::suggest(market));
    let run = run_of(settings, suggestion.as_ref())?;
    let buyers = fitted(market, settings, threads);
    let simulation = Simulation::new(market, &buyers, &run)?;
    let Some(tally) = on_threads(&simulation, threads, progress) else { return Ok(None) };
    let against = settings.arms.iter().position(|arm| arm.name == Choice::Published.code()).unwrap_or(0);
    let report = simulation.report(&tally, Some(against));
    let decisions = tally.decisions();
    let suggestion = suggestion.map(|suggestion| (suggestion, simulation::findings(market)));
    Ok(Some(Worked { report, buyers, suggestion, decisions }))
}

/// Buyers as history shows them, who behave under the policy in force as it is recorded.
fn fitted(market: &Market, settings: &RunSettings, threads: usize) -> Buyers {
    let buyers = Buyers::fit(market);
    match settings.in_force.as_deref().map(Policy::from_json) {
        Some(Ok(policy)) => buyers.calibrated(market, &policy, &|count, task| each(threads, count, task)),
        _ => buyers,
    }
}

/// Runs a task with each number below the count.
fn each(threads: usize, count: usize, task: &(dyn Fn(usize) + Sync)) {
    let next = AtomicUsize::new(0);
    let worker = || {
        while let Some(at) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|at| *at < count) {
            task(at);
        }
    };
    std::thread::scope(|scope| (0..threads.max(1)).for_each(|_| drop(scope.spawn(worker))));
}

fn is_wanted(settings: &RunSettings) -> bool {
    settings.arms.iter().any(|arm| arm.name == Choice::Suggested.code())
}

/// The arms by name. Reference rules keep to the floors of the policy in force where it takes part, else of the first policy, or
/// of the starter; it says who may negotiate, too.
fn run_of(settings: &RunSettings, suggestion: Option<&Suggestion>) -> Result<Run, RunError> {
    let starter = || simulation::suggest(&Market::empty(settings.currency)).policy;
    let arm = |arm: &StoredArm| -> Result<Arm, RunError> {
        let policy = |policy: Policy| Arm::Policy(Box::new(policy));
        if let Some(text) = &arm.policy {
            return Policy::from_json(text).map(policy).map_err(|_| RunError::Faults(arm.name.clone()));
        }
        Ok(match Choice::parse(&arm.name) {
            Some(Choice::AlwaysList) => Arm::AlwaysList,
            Some(Choice::UpToFloor) => Arm::UpToFloor,
            Some(Choice::SplitDifference) => Arm::SplitDifference,
            Some(Choice::AsItWas) => Arm::AsItWas,
            Some(Choice::Suggested) => policy(suggestion.map_or_else(starter, |found| found.policy.clone())),
            Some(Choice::Starter) => policy(starter()),
            Some(Choice::Complete) => policy(Policy { currency: settings.currency, ..Policy::complete() }),
            _ => return Err(RunError::Faults(arm.name.clone())),
        })
    };
    let named = |one: &StoredArm| Ok((one.name.clone(), arm(one)?));
    let arms = settings.arms.iter().map(named).collect::<Result<Vec<_>, _>>()?;
    let of = |(name, arm): &(String, Arm)| match arm {
        Arm::Policy(policy) => Some((*name != Choice::Published.code(), (**policy).clone())),
        _ => None,
    };
    // `min_by_key` gives the first of equals.
    let first = arms.iter().filter_map(of).min_by_key(|(is_other, _)| *is_other);
    let floors = first.map_or_else(starter, |(_, policy)| policy);
    Ok(Run { arms, floors, settings: Settings { seed: settings.seed, ..Settings::new(settings.kind) } })
}

/// Threads take shards until there are none. Sums are whole numbers, so that it does not matter who took which.
fn on_threads(simulation: &Simulation<'_>, threads: usize, progress: &Progress) -> Option<Tally> {
    progress.total.store(simulation.count(), Ordering::Relaxed);
    let next = AtomicU64::new(0);
    let take = || -> Option<Range<u64>> {
        let from = next.fetch_add(SHARD, Ordering::Relaxed);
        (from < simulation.count() && !progress.is_stopped()).then_some(from..from.saturating_add(SHARD))
    };
    let worker = || {
        let mut tally = simulation.shard(0..0);
        while let Some(shard) = take() {
            let done = simulation.shard(shard);
            progress.done.fetch_add(done.done(), Ordering::Relaxed);
            tally.merge(&done);
        }
        tally
    };
    let tallies: Vec<Tally> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(worker)).collect();
        let joined = running.into_iter().map(std::thread::ScopedJoinHandle::join);
        joined.map(|done| done.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    if progress.is_stopped() {
        return None;
    }
    let mut whole = simulation.shard(0..0);
    tallies.iter().for_each(|tally| whole.merge(tally));
    Some(whole)
}

/// Threads that the machine runs at the same time.
pub fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// The same, where other work goes on: on a thread of its own.
///
/// # Errors
/// A fault when the work ended badly.
pub async fn work_aside(
    market: Market,
    settings: RunSettings,
    progress: std::sync::Arc<Progress>,
) -> Outcome<Result<Option<Worked>, RunError>> {
    let done = tokio::task::spawn_blocking(move || work(&market, &settings, threads(), &progress)).await;
    Ok(done.map_err(|e| Fault::because("simulating", e))?)
}
