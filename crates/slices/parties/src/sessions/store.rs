//! The SQL of sessions, failures and links.

use db::{ReadTx, WriteTx, params};
use kernel::{Instant, Outcome, SessionId, UserId};

use super::{Opened, Secret};

db::sql! {
    INSERT = "INSERT INTO session (id, token_hash, person_id, via, client, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    LIVE = "SELECT s.id, s.person_id, s.expires_at, COALESCE(c.name, '') AS company_name, COALESCE(u.name, '') AS unit_name
        FROM session s JOIN person p ON p.id = s.person_id LEFT JOIN company c ON c.id = p.company_id
        LEFT JOIN unit u ON u.id = p.unit_id
        WHERE s.token_hash = $1 AND s.expires_at > $2 AND p.blocked_at IS NULL";
    OF_PERSON = "SELECT id, via, client, created_at, expires_at FROM session WHERE person_id = $1 AND expires_at > $2 ORDER BY created_at DESC";
    DELETE_OLD = "DELETE FROM session WHERE expires_at <= $1";
    FAILURES = "SELECT failures, last_at FROM sign_in_failure WHERE key = $1";
    FAILED = "INSERT INTO sign_in_failure (key, failures, last_at) VALUES ($1, $2, $3)
        ON CONFLICT (key) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at";
    CLEAR_FAILURES = "DELETE FROM sign_in_failure WHERE key = $1";
    INSERT_RESET = "INSERT INTO password_reset (token_hash, person_id, expires_at) VALUES ($1, $2, $3)";
    RESET = "SELECT person_id FROM password_reset WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2";
    USE_RESETS = "UPDATE password_reset SET used_at = $2 WHERE person_id = $1 AND used_at IS NULL";
}

/// A live session, found by its token.
pub(super) struct Live {
    pub session: SessionId,
    pub person: UserId,
    pub expires: Instant,
    pub company_name: String,
    pub unit_name: String,
}

/// A session as its owner sees it.
#[derive(Debug, Clone)]
pub struct SessionRow {
    /// Its id.
    pub id: SessionId,
    /// `page` or `api`.
    pub via: String,
    /// What the client said it is.
    pub client: String,
    /// When it began.
    pub created: Instant,
}

pub(super) async fn insert(
    tx: &WriteTx,
    opened: &Opened,
    hash: &str,
    person: UserId,
    via: &str,
    client: &str,
    now: Instant,
) -> Outcome<()> {
    tx.execute(INSERT, params![opened.id, hash, person, via, client, now, opened.expires]).await?;
    Ok(())
}

pub(super) async fn live(tx: &ReadTx, token: &str, now: Instant) -> Outcome<Option<Live>> {
    let Some(row) = tx.optional(LIVE, params![Secret::hash_of(token), now]).await? else { return Ok(None) };
    Ok(Some(Live {
        session: row.get("id")?,
        person: row.get("person_id")?,
        expires: row.get("expires_at")?,
        company_name: row.get("company_name")?,
        unit_name: row.get("unit_name")?,
    }))
}

pub(crate) async fn of_person(tx: &ReadTx, person: UserId, now: Instant) -> Outcome<Vec<SessionRow>> {
    let rows = tx.all(OF_PERSON, params![person, now]).await?;
    let rows = rows.iter().map(|row| {
        Ok(SessionRow {
            id: row.get("id")?,
            via: row.get("via")?,
            client: row.get("client")?,
            created: row.get("created_at")?,
        })
    });
    Ok(rows.collect::<Result<_, kernel::Fault>>()?)
}

pub(super) async fn delete_old(tx: &WriteTx, now: Instant) -> Outcome<u64> {
    Ok(tx.execute(DELETE_OLD, params![now]).await?)
}

pub(super) async fn failures(tx: &ReadTx, key: &str) -> Outcome<(i64, Instant)> {
    match tx.optional(FAILURES, params![key]).await? {
        Some(row) => Ok((row.get("failures")?, row.get("last_at")?)),
        None => Ok((0, Instant::from_micros(0))),
    }
}

pub(super) async fn failed(tx: &WriteTx, key: &str, failures: i64, now: Instant) -> Outcome<()> {
    tx.execute(FAILED, params![key, failures, now]).await?;
    Ok(())
}

pub(super) async fn clear_failures(tx: &WriteTx, key: &str) -> Outcome<()> {
    tx.execute(CLEAR_FAILURES, params![key]).await?;
    Ok(())
}

pub(super) async fn insert_reset(tx: &WriteTx, hash: &str, person: UserId, expires: Instant) -> Outcome<()> {
    tx.execute(INSERT_RESET, params![hash, person, expires]).await?;
    Ok(())
}

pub(super) async fn reset(tx: &ReadTx, token: &str, now: Instant) -> Outcome<Option<UserId>> {
    let row = tx.optional(RESET, params![Secret::hash_of(token), now]).await?;
    Ok(row.map(|row| row.get("person_id")).transpose()?)
}

pub(super) async fn use_resets(tx: &WriteTx, person: UserId, now: Instant) -> Outcome<()> {
    tx.execute(USE_RESETS, params![person, now]).await?;
    Ok(())
}
