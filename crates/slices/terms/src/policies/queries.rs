//! Reading policies. All of this is for the seller's own people and for decisions.

use db::ReadTx;
use kernel::{Fault, Invalid, Outcome, Permission, PolicyId, UserId};
use negotiation_engine::{Policy, PolicyFault};
use parties::people;

use super::{Course, PolicyState, PolicyVersion, rules, store, words};
use crate::deciders;

/// The version in force, if there is one yet.
///
/// # Errors
/// A fault when the database fails.
pub async fn in_force(tx: &ReadTx) -> Outcome<Option<PolicyVersion>> {
    store::in_state(tx, PolicyState::Published).await
}

/// The version in force.
///
/// # Errors
/// A fault when the installation was never set up.
pub async fn published(tx: &ReadTx) -> Outcome<PolicyVersion> {
    in_force(tx)
        .await?
        .ok_or_else(|| Fault::new("no negotiation policy is published: the installation was not set up").into())
}

/// The version being written, if there is one.
///
/// # Errors
/// A fault when the database fails.
pub async fn draft(tx: &ReadTx) -> Outcome<Option<PolicyVersion>> {
    store::open(tx).await
}

/// How a version came to be. What was simulated or approved before its last change does not count.
///
/// # Errors
/// A fault when the database fails.
pub async fn course(tx: &ReadTx, version: &PolicyVersion) -> Outcome<Course> {
    let mut authors = store::authors(tx, version.id).await?;
    authors.extend(version.created_by.filter(|by| !authors.contains(by)));
    let (simulation, approval) =
        (store::last_simulation(tx, version.id).await?, store::last_approval(tx, version.id).await?);
    let is_current = |text: i64| !version.state.is_open() || text == version.version;
    Ok(Course {
        authors,
        simulation: simulation.filter(|simulation| is_current(simulation.version)),
        approval: approval.filter(|approval| is_current(approval.version)),
    })
}

/// The active people who may manage policies.
///
/// # Errors
/// A fault when the database fails.
pub async fn managers(tx: &ReadTx) -> Outcome<Vec<UserId>> {
    deciders::able(tx, Permission::ManagePolicy).await
}

/// Who may approve what these authors wrote.
///
/// # Errors
/// A fault when the database fails.
pub async fn approvers(tx: &ReadTx, authors: &[UserId]) -> Outcome<deciders::Confirmers> {
    deciders::confirmers(tx, Permission::ManagePolicy, authors).await
}

/// Everything that keeps a policy from being published: what contradicts itself, what is never reached, what nobody decides.
///
/// # Errors
/// A fault when the database fails.
pub async fn obstacles(tx: &ReadTx, policy: &Policy) -> Outcome<Vec<PolicyFault>> {
    let staff = people::queries::staff(tx).await?;
    Ok([policy.faults(), policy.unreachable_routes(), rules::undecided(policy, &staff)].concat())
}

/// What a policy names that no customer can have, at its field; what the policy in force names may stay.
///
/// # Errors
/// A fault when the database fails.
pub async fn unknown_words(tx: &ReadTx, policy: &Policy) -> Outcome<Invalid> {
    let in_force = in_force(tx).await?;
    words::unknown(tx, policy, in_force.as_ref().map(|version| &version.policy)).await
}

/// A version by id.
///
/// # Errors
/// A fault when the database fails.
pub async fn version(tx: &ReadTx, id: PolicyId) -> Outcome<Option<PolicyVersion>> {
    store::by_id(tx, id).await
}

/// A version by its number.
///
/// # Errors
/// A fault when the database fails.
pub async fn by_number(tx: &ReadTx, number: i64) -> Outcome<Option<PolicyVersion>> {
    store::by_number(tx, number).await
}

/// Every version but the variants of experiments, the newest first.
///
/// # Errors
/// A fault when the database fails.
pub async fn all(tx: &ReadTx) -> Outcome<Vec<PolicyVersion>> {
    store::all(tx).await
}

/// The number of every version, variants of experiments included, the newest first.
///
/// # Errors
/// A fault when the database fails.
pub async fn numbers(tx: &ReadTx) -> Outcome<Vec<(PolicyId, i64)>> {
    store::numbers(tx).await
}
