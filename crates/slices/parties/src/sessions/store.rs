//! The SQL of sessions, failures and links.

use db::{ReadTx, WriteTx, params};
use kernel::{Instant, Outcome, SessionId, UserId, Via};

use super::rules::{self, Tries};
use super::{Opened, Secret};

db::sql! {
    INSERT = "INSERT INTO session (id, token_hash, person_id, via, client, created_at, expires_at, seen_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $6)";
    LIVE = "SELECT s.id, s.person_id, s.expires_at, s.seen_at, COALESCE(c.name, '') AS company_name, COALESCE(u.name, '') AS unit_name
        FROM session s JOIN person p ON p.id = s.person_id LEFT JOIN company c ON c.id = p.company_id
        LEFT JOIN unit u ON u.id = p.unit_id
        WHERE s.token_hash = $1 AND s.via = $2 AND s.expires_at > $3 AND s.seen_at > $4 AND p.blocked_at IS NULL";
    SEEN = "UPDATE session SET seen_at = $2 WHERE id = $1 AND seen_at < $2";
    OF_PERSON = "SELECT id, via, client, created_at, seen_at, expires_at FROM session WHERE person_id = $1 AND expires_at > $2 ORDER BY created_at DESC";
    DELETE_OLD = "DELETE FROM session WHERE expires_at <= $1";
    FORGET_TRIES = "DELETE FROM sign_in_failure WHERE last_at <= $1";
    TRIES = "INSERT INTO sign_in_failure (key, failures, last_at) VALUES ($1, 0, $2)
        ON CONFLICT (key) DO UPDATE SET failures = sign_in_failure.failures RETURNING failures, last_at";
    SET_TRIES = "UPDATE sign_in_failure SET failures = $2, last_at = $3 WHERE key = $1";
    CLEAR_TRIES = "DELETE FROM sign_in_failure WHERE key = $1";
    INSERT_RESET = "INSERT INTO password_reset (token_hash, person_id, expires_at, asked_at) VALUES ($1, $2, $3, $4)";
    RESET = "SELECT person_id FROM password_reset WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2";
    RESETS_SINCE = "SELECT CAST(COUNT(*) AS BIGINT) AS n, CAST(COALESCE(MAX(asked_at), 0) AS BIGINT) AS last FROM password_reset
        WHERE person_id = $1 AND asked_at > $2";
    USE_RESETS = "UPDATE password_reset SET used_at = $2 WHERE person_id = $1 AND used_at IS NULL";
    DELETE_OLD_RESETS = "DELETE FROM password_reset WHERE expires_at <= $1";
    KNOWS = "SELECT person_id FROM known_place WHERE person_id = $1 AND mark_hash = $2 AND last_at > $3";
    KNOW = "INSERT INTO known_place (person_id, mark_hash, last_at) VALUES ($1, $2, $3)
        ON CONFLICT (person_id, mark_hash) DO UPDATE SET last_at = excluded.last_at";
    FORGET_PLACES = "DELETE FROM known_place WHERE last_at <= $1";
    PLACES = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM known_place WHERE person_id = $1 AND last_at > $2";
}

/// A live session, found by its token.
pub(crate) struct Live {
    pub session: SessionId,
    pub person: UserId,
    pub expires: Instant,
    pub seen: Instant,
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
    /// When it was last used, give or take ten minutes.
    pub seen: Instant,
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

/// The live session of a token that came by this door: a browser's session is no program's, and the other way round.
pub(crate) async fn live(tx: &ReadTx, token: &str, via: Via, now: Instant) -> Outcome<Option<Live>> {
    let unused_since = now.plus(-rules::idle(via));
    let values = params![Secret::hash_of(token), via.code(), now, unused_since];
    let Some(row) = tx.optional(LIVE, values).await? else { return Ok(None) };
    Ok(Some(Live {
        session: row.get("id")?,
        person: row.get("person_id")?,
        expires: row.get("expires_at")?,
        seen: row.get("seen_at")?,
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
            seen: row.get("seen_at")?,
        })
    });
    Ok(rows.collect::<Result<_, kernel::Fault>>()?)
}

pub(crate) async fn seen(tx: &WriteTx, session: SessionId, now: Instant) -> Outcome<()> {
    tx.execute(SEEN, params![session, now]).await?;
    Ok(())
}

/// What has ended by itself.
pub(super) async fn delete_old(tx: &WriteTx, now: Instant) -> Outcome<()> {
    tx.execute(DELETE_OLD, params![now]).await?;
    // A day longer than they work: how many were asked for in a day is counted by them.
    tx.execute(DELETE_OLD_RESETS, params![now.plus(-Instant::DAY)]).await?;
    tx.execute(FORGET_PLACES, params![now.plus(-rules::PLACE_MICROS)]).await?;
    Ok(())
}

pub(super) async fn forget_tries(tx: &WriteTx, until: Instant) -> Outcome<()> {
    tx.execute(FORGET_TRIES, params![until]).await?;
    Ok(())
}

/// What was tried under a key. The row is held until commit, so that tries are counted one after the other.
pub(super) async fn tries(tx: &WriteTx, key: &str, now: Instant) -> Outcome<Tries> {
    let row = tx.one(TRIES, params![key, now]).await?;
    Ok(Tries { count: row.get("failures")?, last: row.get("last_at")? })
}

pub(super) async fn set_tries(tx: &WriteTx, key: &str, tries: Tries) -> Outcome<()> {
    tx.execute(SET_TRIES, params![key, tries.count, tries.last]).await?;
    Ok(())
}

pub(super) async fn clear_tries(tx: &WriteTx, key: &str) -> Outcome<()> {
    tx.execute(CLEAR_TRIES, params![key]).await?;
    Ok(())
}

/// Until when a new link works, and when it was asked for.
pub(super) async fn insert_reset(
    tx: &WriteTx,
    hash: &str,
    person: UserId,
    expires: Instant,
    now: Instant,
) -> Outcome<()> {
    tx.execute(INSERT_RESET, params![hash, person, expires, now]).await?;
    Ok(())
}

pub(super) async fn reset(tx: &ReadTx, token: &str, now: Instant) -> Outcome<Option<UserId>> {
    let row = tx.optional(RESET, params![Secret::hash_of(token), now]).await?;
    Ok(row.map(|row| row.get("person_id")).transpose()?)
}

/// How many links were asked for since then, and when the last.
pub(super) async fn resets_since(tx: &ReadTx, person: UserId, since: Instant) -> Outcome<(i64, Instant)> {
    let row = tx.one(RESETS_SINCE, params![person, since]).await?;
    Ok((row.get("n")?, row.get("last")?))
}

pub(super) async fn use_resets(tx: &WriteTx, person: UserId, now: Instant) -> Outcome<()> {
    tx.execute(USE_RESETS, params![person, now]).await?;
    Ok(())
}

pub(super) async fn knows(tx: &ReadTx, person: UserId, mark_hash: &str, now: Instant) -> Outcome<bool> {
    let values = params![person, mark_hash, now.plus(-rules::PLACE_MICROS)];
    Ok(tx.optional(KNOWS, values).await?.is_some())
}

pub(super) async fn know(tx: &WriteTx, person: UserId, mark_hash: &str, now: Instant) -> Outcome<()> {
    tx.execute(KNOW, params![person, mark_hash, now]).await?;
    Ok(())
}

/// How many places are known of a person.
pub(crate) async fn places(tx: &ReadTx, person: UserId, now: Instant) -> Outcome<i64> {
    Ok(tx.one(PLACES, params![person, now.plus(-rules::PLACE_MICROS)]).await?.get("n")?)
}
