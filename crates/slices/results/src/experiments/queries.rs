//! What experiments show.

use db::ReadTx;
use kernel::{Fault, Instant, Outcome};
use terms::experiments::queries::experiment;
use terms::experiments::{self, Experiment, ExperimentState, Plan};
use uuid::Uuid;

use super::reading::{self, Needed, Observation, Standing};
use super::store;

/// The past by which an experiment is planned.
const PAST: i64 = 180 * Instant::DAY;

/// What the companies of an experiment did, as far as their windows have passed; what happens after its end is not looked
/// at.
pub(super) async fn observations(tx: &ReadTx, e: &Experiment, now: Instant) -> Outcome<Vec<Observation>> {
    let until = e.stopped_at.map_or(now, |end| end.min(now));
    store::observations(tx, e.id, e.plan.window_days * Instant::DAY, until).await
}

/// What an experiment shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// The experiment.
    pub experiment: Experiment,
    /// Companies exposed so far: control, treatment.
    pub exposed: [i64; 2],
    /// What is shown so far.
    pub standing: Standing,
    /// What a draft needs.
    pub needed: Option<Needed>,
}

/// An experiment with what it shows so far.
///
/// # Errors
/// Not found; a fault when sums are beyond all bounds.
pub async fn shown(tx: &ReadTx, id: Uuid, now: Instant) -> Outcome<Shown> {
    let experiment = experiment(tx, id).await?;
    let all = observations(tx, &experiment, now).await?;
    let standing = reading::standing(&experiment.plan, &all).map_err(|e| Fault::because("reading an experiment", e))?;
    let needed = match experiment.state {
        ExperimentState::Draft => needed(tx, &experiment.plan, now).await?,
        _ => None,
    };
    Ok(Shown { exposed: experiments::store::exposed(tx, id).await?, experiment, standing, needed })
}

/// What a plan needs, by the companies that negotiated in the last 180 days; `None` when they say too little.
///
/// # Errors
/// A fault when the database fails.
pub async fn needed(tx: &ReadTx, plan: &Plan, now: Instant) -> Outcome<Option<Needed>> {
    let past = store::past(tx, now.plus(-PAST), now).await?;
    // floats: companies in a day are no money
    let per_day = past.len() as f64 / 180.0;
    Ok(reading::needed(plan, &past, per_day).ok())
}
