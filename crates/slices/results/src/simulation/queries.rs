//! Reading simulations. For the seller.

use db::ReadTx;
use kernel::{Outcome, SimulationId};

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

/// The newest run that suggests a policy.
///
/// # Errors
/// A fault when the database fails.
pub async fn last_suggested(tx: &ReadTx) -> Outcome<Option<SimulationRun>> {
    store::last_suggested(tx).await
}
