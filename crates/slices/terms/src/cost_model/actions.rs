//! Changing the cost model: by a second person's word, because every decision counts with it.

use db::WriteTx;
use kernel::{Ctx, Fault, Outcome, Permission, SignoffId};

use super::api::CostModelJson;
use super::{CostsChanged, store};
use crate::costs::DealCosts;
use crate::signoffs::{self, Signoff, SignoffState, Subject};

/// Sets the costs of an installation that is set up: for the system only.
///
/// # Errors
/// The refusal `not-allowed`; a fault when the database fails.
pub async fn set(tx: &WriteTx, ctx: &Ctx, costs: &DealCosts) -> Outcome<()> {
    ctx.actor.must(Permission::RunSystem)?;
    write(tx, ctx, &CostModelJson::of(costs)).await
}

/// Wants other costs. They are in force at once where nobody else could confirm them; otherwise when somebody has.
///
/// # Errors
/// Invalid `reason`; the refusals of [`signoffs`]; `not-allowed`.
pub async fn propose(tx: &WriteTx, ctx: &Ctx, costs: &DealCosts, reason: &str) -> Outcome<Signoff> {
    let model = CostModelJson::of(costs);
    let text = serde_json::to_string(&model).map_err(|e| Fault::because("writing down the cost model", e))?;
    let signoff = signoffs::actions::propose(tx, ctx, Subject::CostModel, text, reason).await?;
    if signoff.state == SignoffState::Confirmed {
        write(tx, ctx, &model).await?;
    }
    Ok(signoff)
}

/// Confirms, as a second person, costs that wait: they are in force from now on.
///
/// # Errors
/// The refusals of [`signoffs`]; not found; `not-allowed`.
pub async fn confirm(tx: &WriteTx, ctx: &Ctx, id: SignoffId, note: &str) -> Outcome<()> {
    let signoff = signoffs::actions::confirm(tx, ctx, Subject::CostModel, id, note).await?;
    write(tx, ctx, &CostModelJson::stored(&signoff.text)?).await
}

/// The costs before stay on record.
async fn write(tx: &WriteTx, ctx: &Ctx, model: &CostModelJson) -> Outcome<()> {
    let version = store::newest(tx).await?.map_or(1, |(version, _)| version + 1);
    store::insert(tx, ctx, version, model).await?;
    tx.append(ctx, &CostsChanged { version }).await?;
    Ok(())
}
