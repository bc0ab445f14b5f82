//! The SQL of what companies in experiments did.

use db::{ReadTx, Row, WriteTx, params};
use kernel::{Ctx, Fault, Instant, Outcome, SimulationId};
use uuid::Uuid;

use super::course::{Kind, Step};
use super::reading::Observation;

db::sql! {
    INSERT_STEP = "INSERT INTO experiment_step (id, experiment_id, plan_version, kind, by_user, at, note, run, is_own)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    STEPS = "SELECT plan_version, kind, by_user, at, note, run, is_own FROM experiment_step
        WHERE experiment_id = $1 ORDER BY at, id";
    DISCARD_STEPS = "DELETE FROM experiment_step WHERE experiment_id = $1";
    OBSERVED = "SELECT e.variant, e.company_id, e.at + CAST($2 AS BIGINT) AS at, CAST(COUNT(*) AS BIGINT) AS asked,
        CAST(SUM(CASE WHEN r.is_won = 1 AND r.closed_at <= e.at + CAST($2 AS BIGINT) THEN 1 ELSE 0 END) AS BIGINT) AS won,
        CAST(SUM(r.is_escalated) AS BIGINT) AS escalated,
        CAST(SUM(CASE WHEN r.is_withdrawn = 1 AND r.closed_at <= e.at + CAST($2 AS BIGINT) THEN 1 ELSE 0 END) AS BIGINT) AS withdrawn,
        CAST(SUM(CASE WHEN r.is_won = 1 AND r.closed_at <= e.at + CAST($2 AS BIGINT) THEN r.agreed_pocket_minor ELSE 0 END) AS BIGINT) AS pocket,
        CAST(SUM(CASE WHEN r.is_won = 1 AND r.closed_at <= e.at + CAST($2 AS BIGINT) THEN r.agreed_minor ELSE 0 END) AS BIGINT) AS net
        FROM experiment_exposure e JOIN negotiation_result r ON r.company_id = e.company_id
        AND r.opened_at >= e.at AND r.opened_at < e.at + CAST($2 AS BIGINT)
        WHERE e.experiment_id = $1 AND e.at + CAST($2 AS BIGINT) <= $3
        GROUP BY e.variant, e.company_id, e.at ORDER BY e.at, e.company_id";
    PAST = "SELECT company_id, MAX(opened_at) AS at, CAST(COUNT(*) AS BIGINT) AS asked, CAST(SUM(is_won) AS BIGINT) AS won,
        CAST(SUM(is_escalated) AS BIGINT) AS escalated, CAST(SUM(is_withdrawn) AS BIGINT) AS withdrawn,
        CAST(SUM(agreed_pocket_minor) AS BIGINT) AS pocket, CAST(SUM(agreed_minor) AS BIGINT) AS net FROM negotiation_result
        WHERE opened_at >= $1 AND opened_at < $2 GROUP BY company_id ORDER BY company_id";
}

fn observation(row: &Row, variant: i64) -> Result<Observation, Fault> {
    Ok(Observation {
        variant,
        at: row.get("at")?,
        asked: row.get("asked")?,
        won: row.get("won")?,
        escalated: row.get("escalated")?,
        withdrawn: row.get("withdrawn")?,
        pocket: row.get("pocket")?,
        net: row.get("net")?,
    })
}

/// One observation per company whose window of `span` has passed at `now`, in the order of time.
pub(super) async fn observations(tx: &ReadTx, id: Uuid, span: i64, now: Instant) -> Outcome<Vec<Observation>> {
    let rows = tx.all(OBSERVED, params![id, span, now]).await?;
    Ok(rows.iter().map(|row| observation(row, row.get("variant")?)).collect::<Result<_, Fault>>()?)
}

/// One observation per company that negotiated in a span of the past.
pub(super) async fn past(tx: &ReadTx, from: Instant, until: Instant) -> Outcome<Vec<Observation>> {
    let rows = tx.all(PAST, params![from, until]).await?;
    Ok(rows.iter().map(|row| observation(row, 0)).collect::<Result<_, Fault>>()?)
}

/// Stores a step of a plan.
pub(super) async fn insert_step(tx: &WriteTx, ctx: &Ctx, id: Uuid, step: &Step) -> Outcome<()> {
    let (code, note, run, is_own) = match &step.kind {
        Kind::Written => ("written", "", None, false),
        Kind::Simulated(run) => ("simulated", "", Some(run.to_string()), false),
        Kind::Approved { note, is_own } => ("approved", note.as_str(), None, *is_own),
    };
    let values = params![ctx.ids.next(ctx.now), id, step.version, code, step.by, step.at, note, run, is_own];
    Ok(tx.execute(INSERT_STEP, values).await.map(|_| ())?)
}

/// Forgets how a plan came to be that is thrown away.
pub(super) async fn discard_steps(tx: &WriteTx, id: Uuid) -> Outcome<()> {
    Ok(tx.execute(DISCARD_STEPS, params![id]).await.map(|_| ())?)
}

fn step(row: &Row) -> Result<Step, Fault> {
    let (kind, run): (String, Option<String>) = (row.get("kind")?, row.get("run")?);
    let kind = match (kind.as_str(), run.as_deref().and_then(SimulationId::parse)) {
        ("written", _) => Kind::Written,
        ("simulated", Some(run)) => Kind::Simulated(run),
        ("approved", _) => Kind::Approved { note: row.get("note")?, is_own: row.get("is_own")? },
        _ => return Err(Fault::new(format!("experiment_step.kind is {kind}"))),
    };
    Ok(Step { version: row.get("plan_version")?, kind, by: row.get("by_user")?, at: row.get("at")? })
}

/// What happened to a plan, in the order of time.
pub(super) async fn steps(tx: &ReadTx, id: Uuid) -> Outcome<Vec<Step>> {
    Ok(tx.all(STEPS, params![id]).await?.iter().map(step).collect::<Result<_, Fault>>()?)
}
