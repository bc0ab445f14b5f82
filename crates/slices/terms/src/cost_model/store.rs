//! The SQL of the cost model.

use db::{ReadTx, WriteTx, params};
use kernel::{Ctx, Fault, Outcome};

use super::api::CostModelJson;

db::sql! {
    NEWEST = "SELECT version, text FROM cost_model ORDER BY version DESC LIMIT 1";
    INSERT = "INSERT INTO cost_model (version, text, changed_by, changed_at) VALUES ($1, $2, $3, $4)";
}

pub(super) async fn newest(tx: &ReadTx) -> Outcome<Option<(i64, CostModelJson)>> {
    let Some(row) = tx.optional(NEWEST, params![]).await? else { return Ok(None) };
    let (version, text): (i64, String) = (row.get("version")?, row.get("text")?);
    let model = serde_json::from_str(&text)
        .map_err(|e| Fault::because(format!("reading version {version} of the cost model"), e))?;
    Ok(Some((version, model)))
}

pub(super) async fn insert(tx: &WriteTx, ctx: &Ctx, version: i64, model: &CostModelJson) -> Outcome<()> {
    let text = serde_json::to_string(model).map_err(|e| Fault::because("writing down the cost model", e))?;
    tx.execute(INSERT, params![version, text, ctx.actor.user, ctx.now]).await?;
    Ok(())
}
