//! The SQL of price groups.

use db::{ReadTx, WriteTx, params};
use kernel::Outcome;

use super::{PriceGroup, others, texts};

db::sql! {
    ALL = "SELECT code, name, names FROM price_group ORDER BY code";
    ADD = "INSERT INTO price_group (code, name, names) VALUES ($1, $2, $3) ON CONFLICT (code) DO NOTHING";
}

const UPSERT_HEAD: &str = "INSERT INTO price_group (code, name, names) VALUES";
const UPSERT_TAIL: &str = "ON CONFLICT (code) DO UPDATE SET name = excluded.name, names = excluded.names";

pub(super) async fn all(tx: &ReadTx) -> Outcome<Vec<PriceGroup>> {
    let rows = tx.all(ALL, params![]).await?;
    let group = |row: &db::Row| {
        Ok(PriceGroup { code: row.get("code")?, name: texts(row.get("name")?, &row.get::<String>("names")?)? })
    };
    rows.iter().map(group).collect()
}

pub(super) async fn put_many(tx: &WriteTx, groups: &[PriceGroup]) -> Outcome<()> {
    let rows = groups.iter().map(|g| params![g.code, g.name.first(), others(&g.name)]).collect();
    tx.insert_many(UPSERT_HEAD, UPSERT_TAIL, rows).await?;
    Ok(())
}

/// Adds a group that may be there already.
pub(super) async fn add(tx: &WriteTx, group: &PriceGroup) -> Outcome<()> {
    tx.execute(ADD, params![group.code, group.name.first(), others(&group.name)]).await?;
    Ok(())
}
