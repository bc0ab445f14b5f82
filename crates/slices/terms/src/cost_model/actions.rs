//! Changing the cost model.

use db::WriteTx;
use kernel::{Ctx, Outcome, Permission};

use super::api::CostModelJson;
use super::{CostsChanged, store};
use crate::costs::DealCosts;

/// Sets the costs; the ones before stay on record.
///
/// # Errors
/// `not-allowed`; a fault when the database fails.
pub async fn set(tx: &WriteTx, ctx: &Ctx, costs: &DealCosts) -> Outcome<()> {
    ctx.actor.must(Permission::ManagePolicy)?;
    let version = store::newest(tx).await?.map_or(1, |(version, _)| version + 1);
    store::insert(tx, ctx, version, &CostModelJson::of(costs)).await?;
    tx.append(ctx, &CostsChanged { version }).await?;
    Ok(())
}
