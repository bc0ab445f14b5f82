//! The SQL of idempotency keys. The table is the platform's.

use db::{DbError, ReadTx, WriteTx, params};
use kernel::{Instant, Outcome};

db::sql! {
    FIND = "SELECT fingerprint, result FROM idempotency WHERE scope = $1 AND key = $2";
    KEEP = "INSERT INTO idempotency (scope, key, fingerprint, result, at) VALUES ($1, $2, $3, $4, $5)";
    FORGET = "DELETE FROM idempotency WHERE at < $1";
}

/// Fingerprint and result of a command that was done.
pub(super) async fn find(tx: &ReadTx, scope: &str, key: &str) -> Outcome<Option<(String, String)>> {
    let Some(row) = tx.optional(FIND, params![scope, key]).await? else { return Ok(None) };
    Ok(Some((row.get("fingerprint")?, row.get("result")?)))
}

pub(super) async fn keep(
    tx: &WriteTx,
    scope: &str,
    key: &str,
    fingerprint: &str,
    result: &str,
    now: Instant,
) -> Result<u64, DbError> {
    tx.execute(KEEP, params![scope, key, fingerprint, result, now]).await
}

pub(super) async fn forget(tx: &WriteTx, before: Instant) -> Outcome<u64> {
    Ok(tx.execute(FORGET, params![before]).await?)
}
