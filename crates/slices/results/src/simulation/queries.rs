//! Reading simulations. For the seller.

use db::ReadTx;
use kernel::{Outcome, SimulationId};

use terms::policies::verdict::Verdict;

use super::{Results, SimulationRun, store};

/// A run by id.
///
/// # Errors
/// A fault when the database fails.
pub async fn run(tx: &ReadTx, id: SimulationId) -> Outcome<Option<SimulationRun>> {
    store::by_id(tx, id).await
}

/// The newest runs.
///
/// # Errors
/// A fault when the database fails.
pub async fn newest(tx: &ReadTx, limit: i64) -> Outcome<Vec<SimulationRun>> {
    store::all(tx, limit).await
}

/// The results of a run; `None` while it has none.
///
/// # Errors
/// A fault when the database fails or what is stored cannot be read.
pub async fn results(tx: &ReadTx, id: SimulationId) -> Outcome<Option<Results>> {
    store::results(tx, id).await
}

/// What a run says against the policy in force; `None` while it has no results, or where that did not take part.
///
/// # Errors
/// A fault when the database fails or what is stored cannot be read.
pub async fn verdict(tx: &ReadTx, id: SimulationId) -> Outcome<Option<Verdict>> {
    let Some(run) = store::by_id(tx, id).await? else { return Ok(None) };
    let results = store::results(tx, id).await?;
    Ok(results.and_then(|results| super::verdict::first(&run.settings, &results)))
}

/// The newest run that suggests a policy.
///
/// # Errors
/// A fault when the database fails.
pub async fn last_suggested(tx: &ReadTx) -> Outcome<Option<SimulationRun>> {
    store::last_suggested(tx).await
}
