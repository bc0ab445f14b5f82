//! The SQL of price groups.

use db::{ReadTx, Value, WriteTx, params};
use kernel::Outcome;

use super::{PriceGroup, others, texts};

db::sql! {
    ALL = "SELECT code, name, names FROM price_group ORDER BY code";
}

const INSERT_HEAD: &str = "INSERT INTO price_group (code, name, names) VALUES";
const UPSERT_TAIL: &str = "ON CONFLICT (code) DO UPDATE SET name = excluded.name, names = excluded.names";

pub(super) async fn all(tx: &ReadTx) -> Outcome<Vec<PriceGroup>> {
    let rows = tx.all(ALL, params![]).await?;
    let group = |row: &db::Row| {
        Ok(PriceGroup { code: row.get("code")?, name: texts(row.get("name")?, &row.get::<String>("names")?)? })
    };
    rows.iter().map(group).collect()
}

pub(super) async fn put_many(tx: &WriteTx, groups: &[PriceGroup]) -> Outcome<()> {
    tx.insert_many(INSERT_HEAD, UPSERT_TAIL, groups.iter().map(values).collect()).await?;
    Ok(())
}

/// Adds groups that may be there already.
pub(super) async fn add_many(tx: &WriteTx, groups: &[&PriceGroup]) -> Outcome<()> {
    tx.insert_many(INSERT_HEAD, "ON CONFLICT (code) DO NOTHING", groups.iter().map(|g| values(g)).collect()).await?;
    Ok(())
}

fn values(g: &PriceGroup) -> Vec<Value> {
    params![g.code, g.name.first(), others(&g.name)]
}
