//! Reading experiments, and the policy to decide with.

use db::ReadTx;
use kernel::{CompanyId, Failure, Fault, Instant, Outcome};
use uuid::Uuid;

use super::reading::{self, Needed, Observation, Standing};
use super::{Experiment, ExperimentState, Exposure, Plan, rules, store};
use crate::policies::{self, PolicyVersion};
use negotiation_engine::Customer;

/// The past by which an experiment is planned.
const PAST: i64 = 180 * Instant::DAY;

/// Every experiment, the newest first.
///
/// # Errors
/// A fault when the database fails.
pub async fn all(tx: &ReadTx) -> Outcome<Vec<Experiment>> {
    store::all(tx).await
}

/// One experiment.
///
/// # Errors
/// Not found.
pub async fn experiment(tx: &ReadTx, id: Uuid) -> Outcome<Experiment> {
    store::by_id(tx, id).await?.ok_or(Failure::NotFound)
}

/// The policy to decide with.
#[derive(Clone)]
pub(crate) struct Chosen {
    pub(crate) policy: PolicyVersion,
    pub(crate) exposure: Option<Exposure>,
}

/// The policy for a company: a variant's while it is in a running experiment, else the published one. Companies enter with
/// a new negotiation only: what began goes on as it began.
pub(crate) async fn policy_for(
    tx: &ReadTx,
    company: CompanyId,
    customer: &Customer,
    published: PolicyVersion,
    is_new: bool,
) -> Outcome<Chosen> {
    for experiment in store::running(tx).await? {
        let known = store::exposure(tx, experiment.id, company).await?;
        let enters = || is_new && rules::is_in(&experiment.plan.segment, customer);
        let variant = match known {
            Some(variant) => Some(variant),
            None if enters() => rules::variant(&experiment, company),
            None => None,
        };
        if let Some(variant) = variant {
            let policy = variant_policy(tx, &experiment, variant).await?;
            let exposure = Exposure { experiment: experiment.id, variant, is_first: known.is_none() };
            return Ok(Chosen { policy, exposure: Some(exposure) });
        }
    }
    Ok(Chosen { policy: published, exposure: None })
}

async fn variant_policy(tx: &ReadTx, experiment: &Experiment, variant: i64) -> Outcome<PolicyVersion> {
    let id = if variant == 0 { experiment.control } else { experiment.treatment };
    let id = id.ok_or_else(|| Fault::new("a running experiment has no variants"))?;
    let policy = policies::queries::version(tx, id).await?;
    Ok(policy.ok_or_else(|| Fault::new("an experiment names a policy that is not there"))?)
}

/// The policy by which a company's negotiations go on: its variant's while it is in a running experiment, else the
/// published one.
pub(crate) async fn present(tx: &ReadTx, company: CompanyId) -> Outcome<Chosen> {
    for experiment in store::running(tx).await? {
        if let Some(variant) = store::exposure(tx, experiment.id, company).await? {
            let policy = variant_policy(tx, &experiment, variant).await?;
            let exposure = Exposure { experiment: experiment.id, variant, is_first: false };
            return Ok(Chosen { policy, exposure: Some(exposure) });
        }
    }
    Ok(Chosen { policy: policies::queries::published(tx).await?, exposure: None })
}

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
    Ok(Shown { exposed: store::exposed(tx, id).await?, experiment, standing, needed })
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
