//! The SQL of attribute keys.

use db::{ReadTx, Row, WriteTx, params, sql};
use kernel::{Fault, Outcome};

use super::{AttributeKey, Kind};

sql! {
    ALL = "SELECT key, name, names, unit, kind, is_filter, position FROM attribute_key ORDER BY position, key";
}

const INSERT: &str = "INSERT INTO attribute_key (key, name, names, unit, kind, is_filter, position) VALUES";
const REPLACE: &str = "ON CONFLICT (key) DO UPDATE SET name = excluded.name, names = excluded.names,
    unit = excluded.unit, kind = excluded.kind, is_filter = excluded.is_filter, position = excluded.position";

pub(super) async fn put_many(tx: &WriteTx, keys: &[AttributeKey]) -> Outcome<()> {
    let rows = keys.iter().map(|key| {
        let names = serde_json::to_string(&key.name).unwrap_or_default();
        params![key.key, key.name.first(), names, key.unit, key.kind.code(), key.is_filter, key.position]
    });
    tx.insert_many(INSERT, REPLACE, rows.collect()).await?;
    Ok(())
}

pub(super) async fn all(tx: &ReadTx) -> Outcome<Vec<AttributeKey>> {
    Ok(tx.all(ALL, params![]).await?.iter().map(from_row).collect::<Result<_, Fault>>()?)
}

fn from_row(row: &Row) -> Result<AttributeKey, Fault> {
    let key: String = row.get("key")?;
    let corrupt = |what: &str| Fault::new(format!("attribute_key {key}: {what}"));
    let names = serde_json::from_str(&row.get::<String>("names")?).map_err(|_| corrupt("names"))?;
    let kind = Kind::parse(&row.get::<String>("kind")?).ok_or_else(|| corrupt("kind"))?;
    Ok(AttributeKey {
        name: names,
        unit: row.get("unit")?,
        kind,
        is_filter: row.get("is_filter")?,
        position: row.get("position")?,
        key,
    })
}
