//! Reading policies. All of this is for the seller's own people and for decisions.

use db::ReadTx;
use kernel::{Fault, Outcome, PolicyId};

use super::{PolicyState, PolicyVersion, store};

/// The version in force.
///
/// # Errors
/// A fault when the installation was never set up.
pub async fn published(tx: &ReadTx) -> Outcome<PolicyVersion> {
    let found = store::in_state(tx, PolicyState::Published).await?;
    found.ok_or_else(|| Fault::new("no negotiation policy is published: the installation was not set up").into())
}

/// The version being written, if there is one.
///
/// # Errors
/// A fault when the database fails.
pub async fn draft(tx: &ReadTx) -> Outcome<Option<PolicyVersion>> {
    store::in_state(tx, PolicyState::Draft).await
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
