//! Stopping and bringing back.

use db::WriteTx;
use kernel::{Ctx, Failure, Fault, Invalid, Outcome, Permission};
use negotiation_engine::CustomerCondition;

use super::EmergencyRefusal;
use crate::experiments::{self, StopReason};
use crate::policies::{self, PolicyState, PolicyVersion};

/// Longest reason, in characters.
const REASON_MAX: usize = 500;

/// The condition that every ask meets.
const EVERYBODY: &str = "true";

/// Sends all asks to people from now on: what the policy says besides stays for them to see.
///
/// # Errors
/// Invalid `reason`; [`EmergencyRefusal::Already`]; the refusal `not-allowed`.
pub async fn stop(tx: &WriteTx, ctx: &Ctx, reason: &str) -> Outcome<PolicyVersion> {
    ctx.actor.must(Permission::ManagePolicy)?;
    let note = reason_of(reason)?;
    let published = policies::queries::published(tx).await?;
    let everybody =
        CustomerCondition::parse(EVERYBODY).map_err(|e| Fault::because("reading the condition of everybody", e))?;
    let ended = end_experiments(tx, ctx).await?;
    if ended == 0 && is_stopped(&published) {
        return Err(EmergencyRefusal::Already.into());
    }
    let mut policy = published.policy;
    policy.eligibility.person = Some(everybody);
    policies::actions::publish_at_once(tx, ctx, policy, &note).await
}

/// Whether all asks go to people.
pub fn is_stopped(version: &PolicyVersion) -> bool {
    version.policy.eligibility.person.as_ref().is_some_and(|person| person.text() == EVERYBODY)
}

/// Brings a version back that was in force before.
///
/// # Errors
/// Invalid `reason`, and fields where the engine has become stricter since; [`EmergencyRefusal::NeverInForce`]; not found;
/// the refusal `not-allowed`.
pub async fn back(tx: &WriteTx, ctx: &Ctx, number: i64, reason: &str) -> Outcome<PolicyVersion> {
    ctx.actor.must(Permission::ManagePolicy)?;
    let note = reason_of(reason)?;
    let version = policies::queries::by_number(tx, number).await?.ok_or(Failure::NotFound)?;
    let in_force = policies::queries::published(tx).await?;
    if version.state != PolicyState::Retired || policies::rules::says_the_same(&version.policy, &in_force.policy) {
        return Err(EmergencyRefusal::NeverInForce.into());
    }
    end_experiments(tx, ctx).await?;
    policies::actions::publish_at_once(tx, ctx, version.policy, &note).await
}

fn reason_of(reason: &str) -> Outcome<String> {
    let reason = reason.trim();
    match reason.chars().count() {
        0 => Err(Invalid::field("reason", "required").into()),
        count if count > REASON_MAX => {
            Err(Invalid::default().and("reason", "too-long", vec![("most", REASON_MAX.to_string())]).into())
        }
        _ => Ok(reason.to_owned()),
    }
}

/// Variants of experiments decide for their companies whatever is published, so they end; how many did.
async fn end_experiments(tx: &WriteTx, ctx: &Ctx) -> Outcome<usize> {
    let running = experiments::store::running(tx).await?;
    for experiment in &running {
        experiments::store::stop(tx, experiment, StopReason::Person, ctx.now).await?;
    }
    Ok(running.len())
}
