//! Reading experiments, and the policy to decide with.

use db::ReadTx;
use kernel::{CompanyId, Failure, Fault, Outcome};
use negotiation_engine::Customer;
use uuid::Uuid;

use super::{Experiment, Exposure, rules, store};
use crate::policies::{self, PolicyVersion};

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
pub struct Chosen {
    /// The version.
    pub policy: PolicyVersion,
    /// The experiment by whose variant it was chosen.
    pub exposure: Option<Exposure>,
}

/// The policy for a company: a variant's while it is in a running experiment, else the published one. Companies enter with
/// a new negotiation only: what began goes on as it began.
pub async fn policy_for(
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
pub async fn present(tx: &ReadTx, company: CompanyId) -> Outcome<Chosen> {
    for experiment in store::running(tx).await? {
        if let Some(variant) = store::exposure(tx, experiment.id, company).await? {
            let policy = variant_policy(tx, &experiment, variant).await?;
            let exposure = Exposure { experiment: experiment.id, variant, is_first: false };
            return Ok(Chosen { policy, exposure: Some(exposure) });
        }
    }
    Ok(Chosen { policy: policies::queries::published(tx).await?, exposure: None })
}
