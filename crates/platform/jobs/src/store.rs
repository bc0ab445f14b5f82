//! The statements on the table `job`. It is made by the first migration of `db`.

use db::{Db, ReadTx, Statement, params, sql};
use kernel::{Instant, JobId, Outcome};

use crate::Job;

/// How long a claim holds unless it is renewed: how late a job is run again after its process has died.
pub(crate) const LEASE: i64 = Instant::MINUTE;

/// A claim on one job. `until` is also the proof of the claim: whoever claims the job later writes another one.
#[derive(Debug)]
pub(crate) struct Claim {
    pub(crate) job: Job,
    pub(crate) until: Instant,
}

sql! {
    DUE = "SELECT id FROM job WHERE run_at <= $1 AND failed_at IS NULL AND (claimed_until IS NULL OR claimed_until < $1)
        LIMIT 1";
    RENEW = "UPDATE job SET claimed_until = $3 WHERE id = $1 AND claimed_until = $2";
    DONE = "DELETE FROM job WHERE id = $1 AND claimed_until = $2";
    AGAIN = "UPDATE job SET claimed_until = NULL, run_at = $3, error = $4 WHERE id = $1 AND claimed_until = $2";
    ANEW = "UPDATE job SET claimed_until = NULL, run_at = $3, error = $4, attempts = 0 WHERE id = $1 AND claimed_until = $2";
    FAILED = "SELECT COUNT(*) AS n FROM job WHERE failed_at IS NOT NULL";
    GIVEN_UP = "UPDATE job SET claimed_until = NULL, failed_at = $3, error = $4, payload = $5 WHERE id = $1 AND claimed_until = $2";
}

/// Claims up to `limit` due jobs of the given kinds, the longest due first.
pub(crate) async fn claim(db: &Db, kinds: &[&'static str], now: Instant, limit: usize) -> Outcome<Vec<Claim>> {
    // Asking first spares the only writer of SQLite an empty transaction at every poll.
    if db.read().await?.optional(DUE, params![now]).await?.is_none() {
        return Ok(Vec::new());
    }
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    db.write(|tx| async move {
        let until = now.plus(LEASE);
        let mut claims = Vec::new();
        for row in tx.list(claim_statement(kinds, now, until, limit)).await? {
            let id: JobId = row.get("id")?;
            let text: String = row.get("payload")?;
            // A payload that is no JSON must not stop the queue; its handler will say so.
            let payload = serde_json::from_str(&text).unwrap_or(serde_json::Value::String(text));
            let job = Job { id, kind: row.get("kind")?, payload, attempt: row.get("attempts")?, now };
            claims.push((row.get::<Instant>("run_at")?, Claim { job, until }));
        }
        // RETURNING promises no order.
        claims.sort_by_key(|(run_at, claim)| (*run_at, claim.job.id));
        Ok(claims.into_iter().map(|(_, claim)| claim).collect())
    })
    .await
}

/// The outer condition is not idle: on PostgreSQL two runners may select the same rows; the second waits for the first
/// to commit and then looks at the row again, but only at the conditions outside the subselect.
fn claim_statement(kinds: &[&'static str], now: Instant, until: Instant, limit: i64) -> Statement {
    Statement::new("UPDATE job SET")
        .then("claimed_until = ?, attempts = attempts + 1 WHERE id IN (SELECT id FROM job", params![until])
        .filter("run_at <= ?", params![now])
        .filter("failed_at IS NULL", params![])
        .filter("(claimed_until IS NULL OR claimed_until < ?)", params![now])
        .filter_in("kind", kinds)
        .then("ORDER BY run_at, id LIMIT ?)", params![limit])
        .then("AND failed_at IS NULL AND (claimed_until IS NULL OR claimed_until < ?)", params![now])
        .then("RETURNING id, kind, payload, run_at, attempts", params![])
}

/// Holds the claim for another lease; `false` when it was lost.
pub(crate) async fn renew(db: &Db, claim: &mut Claim, now: Instant) -> Outcome<bool> {
    let until = now.plus(LEASE);
    let (id, held) = (claim.job.id, claim.until);
    let renewed = db.write(|tx| async move { Ok(tx.execute(RENEW, params![id, held, until]).await? == 1) }).await?;
    if renewed {
        claim.until = until;
    }
    Ok(renewed)
}

/// Removes a job that is done; `false` when the claim was lost meanwhile.
pub(crate) async fn done(db: &Db, claim: &Claim) -> Outcome<bool> {
    let (id, held) = (claim.job.id, claim.until);
    db.write(|tx| async move { Ok(tx.execute(DONE, params![id, held]).await? == 1) }).await
}

/// Lets a job be tried again at `run_at`.
pub(crate) async fn again(db: &Db, claim: &Claim, run_at: Instant, error: &str) -> Outcome<bool> {
    let (id, held) = (claim.job.id, claim.until);
    db.write(|tx| async move { Ok(tx.execute(AGAIN, params![id, held, run_at, error]).await? == 1) }).await
}

/// Lets a job that failed in every attempt begin with its first again.
pub(crate) async fn anew(db: &Db, claim: &Claim, run_at: Instant, error: &str) -> Outcome<bool> {
    let (id, held) = (claim.job.id, claim.until);
    db.write(|tx| async move { Ok(tx.execute(ANEW, params![id, held, run_at, error]).await? == 1) }).await
}

/// Lets jobs of these kinds that were given up begin with their first attempt again; says how many.
pub(crate) async fn revive(db: &Db, kinds: &[&'static str], now: Instant) -> Outcome<u64> {
    db.write(|tx| async move {
        let statement = Statement::new("UPDATE job SET")
            .then("failed_at = NULL, attempts = 0, claimed_until = NULL, run_at = ?", params![now])
            .filter("failed_at IS NOT NULL", params![])
            .filter_in("kind", kinds);
        Ok(tx.run(statement).await?)
    })
    .await
}

/// Keeps a job that will not be tried again, with the reason and without what would let its reader in somewhere.
pub(crate) async fn given_up(db: &Db, claim: &Claim, now: Instant, error: &str) -> Outcome<bool> {
    let (id, held) = (claim.job.id, claim.until);
    let payload = &without_keys(claim.job.payload.clone()).to_string();
    db.write(|tx| async move { Ok(tx.execute(GIVEN_UP, params![id, held, now, error, payload.as_str()]).await? == 1) })
        .await
}

/// The payload without links and tokens: nobody is sent them any more, and the row stays.
fn without_keys(payload: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match payload {
        Value::Object(members) => Value::Object(
            members
                .into_iter()
                .map(|(name, value)| match name.as_str() {
                    "link" | "token" => (name, Value::String(String::new())),
                    _ => (name, without_keys(value)),
                })
                .collect(),
        ),
        Value::Array(values) => Value::Array(values.into_iter().map(without_keys).collect()),
        other => other,
    }
}

/// How many jobs were given up.
pub(crate) async fn failed(tx: &ReadTx) -> Outcome<i64> {
    Ok(tx.one(FAILED, params![]).await?.get("n")?)
}
