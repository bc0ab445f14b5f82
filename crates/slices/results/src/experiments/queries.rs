//! What experiments show.

use db::ReadTx;
use kernel::{Amount, Fault, Instant, Outcome, Rate};
use terms::experiments::queries::experiment;
use terms::experiments::{self, Experiment, ExperimentState, Metric, Plan};
use uuid::Uuid;

use super::course::{self, Course};
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
    /// That a draft cannot reach it.
    pub short: Option<Short>,
    /// How far the plan has come.
    pub course: Course,
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
    let short = short(tx, &experiment.plan, needed, now).await?;
    let course = course::course(tx, &experiment).await?;
    Ok(Shown { exposed: experiments::store::exposed(tx, id).await?, experiment, standing, needed, short, course })
}

/// That an experiment cannot reach its size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Short {
    /// Companies needed per variant.
    pub needed: u64,
    /// Companies that there could be per variant before it ends.
    pub exist: u64,
    /// The least difference that these could show, in the plan's units; `None`: none at all.
    pub detectable: Option<i64>,
}

/// What stands for a difference where none could be seen: the sentences know it.
pub const BLIND: &str = "none";

/// Whether a plan cannot reach its size by the customers there are; what could be seen with them instead.
///
/// # Errors
/// A fault when the database fails.
pub async fn short(tx: &ReadTx, plan: &Plan, needed: Option<Needed>, now: Instant) -> Outcome<Option<Short>> {
    let Some(needed) = needed else { return Ok(None) };
    let companies = parties::companies::queries::all(tx).await?;
    let able = companies.iter().filter(|company| !company.is_negotiation_blocked).count();
    let share = u64::try_from(plan.exposure_ppm).unwrap_or(0);
    let exist = u64::try_from(able).unwrap_or(u64::MAX).saturating_mul(share) / 1_000_000 / 2;
    if exist >= needed.per_arm {
        return Ok(None);
    }
    let past = store::past(tx, now.plus(-PAST), now).await?;
    Ok(Some(Short { needed: needed.per_arm, exist, detectable: reading::detectable(plan, &past, exist) }))
}

/// An effect as text, in whatever language: percentage points (`5 p.p.`), or an amount.
pub fn effect_text(plan: &Plan, effect: i64) -> String {
    match plan.metric {
        Metric::Agreement => format!("{} p.p.", Rate::from_ppm(effect).to_percent()),
        _ => Amount::new(effect, plan.treatment.currency).to_string(),
    }
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
