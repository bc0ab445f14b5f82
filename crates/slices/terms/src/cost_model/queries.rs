//! Reading the cost model.

use db::ReadTx;
use kernel::Outcome;

use super::store;
use crate::costs::DealCosts;

/// The costs in force: the seller's own, else the usual ones.
///
/// # Errors
/// A fault when the database fails.
pub async fn current(tx: &ReadTx) -> Outcome<DealCosts> {
    match store::newest(tx).await? {
        Some((_, model)) => Ok(model.read(kernel::Notation::Plain)?),
        None => Ok(DealCosts::STANDARD),
    }
}
