//! The SQL of policies.

use db::{ReadTx, Row, WriteTx, params};
use kernel::{Ctx, Fault, Instant, Outcome, PolicyId, UserId};

use super::{Approval, PolicyState, PolicyVersion, Simulation};

db::sql! {
    BY_ID = "SELECT id, number, state, text, note, created_by, created_at, published_by, published_at, version
        FROM policy WHERE id = $1";
    OPEN = "SELECT id, number, state, text, note, created_by, created_at, published_by, published_at, version
        FROM policy WHERE state IN ('draft', 'simulated', 'approved')";
    BY_STATE = "SELECT id, number, state, text, note, created_by, created_at, published_by, published_at, version
        FROM policy WHERE state = $1";
    BY_NUMBER = "SELECT id, number, state, text, note, created_by, created_at, published_by, published_at, version
        FROM policy WHERE number = $1";
    ALL = "SELECT id, number, state, text, note, created_by, created_at, published_by, published_at, version
        FROM policy WHERE state <> 'variant' ORDER BY number DESC";
    NUMBERS = "SELECT id, number FROM policy ORDER BY number DESC";
    LAST_NUMBER = "SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) AS n FROM policy";
    INSERT = "INSERT INTO policy (id, number, state, text, note, created_by, created_at, published_by, published_at, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)";
    UPDATE_DRAFT = "UPDATE policy SET text = $3, state = 'draft', version = version + 1
        WHERE id = $1 AND version = $2 AND state IN ('draft', 'simulated', 'approved')";
    SET_STATE = "UPDATE policy SET state = $4 WHERE id = $1 AND version = $2 AND state = $3";
    PUBLISH = "UPDATE policy SET state = 'published', note = $3, published_by = $4, published_at = $5,
        version = version + 1 WHERE id = $1 AND version = $2 AND state = 'approved'";
    RETIRE = "UPDATE policy SET state = 'retired', version = version + 1 WHERE state = 'published'";
    DISCARD = "DELETE FROM policy WHERE id = $1 AND version = $2 AND state IN ('draft', 'simulated', 'approved')";
    DISCARD_CHANGES = "DELETE FROM policy_change WHERE policy_id = $1";
    DISCARD_SIMULATIONS = "DELETE FROM policy_simulation WHERE policy_id = $1";
    DISCARD_APPROVALS = "DELETE FROM policy_approval WHERE policy_id = $1";
    INSERT_CHANGE = "INSERT INTO policy_change (policy_id, version, person_id, at) VALUES ($1, $2, $3, $4)";
    AUTHORS = "SELECT DISTINCT person_id FROM policy_change WHERE policy_id = $1 AND person_id IS NOT NULL ORDER BY person_id";
    INSERT_SIMULATION = "INSERT INTO policy_simulation (id, policy_id, version, run, summary, person_id, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    LAST_SIMULATION = "SELECT version, run, summary, person_id, at FROM policy_simulation
        WHERE policy_id = $1 ORDER BY version DESC, at DESC, id DESC LIMIT 1";
    INSERT_APPROVAL = "INSERT INTO policy_approval (policy_id, version, person_id, note, is_own, at)
        VALUES ($1, $2, $3, $4, $5, $6)";
    LAST_APPROVAL = "SELECT version, person_id, note, is_own, at FROM policy_approval
        WHERE policy_id = $1 ORDER BY version DESC LIMIT 1";
}

fn from_row(row: &Row) -> Result<PolicyVersion, Fault> {
    let (number, state, text): (i64, String, String) = (row.get("number")?, row.get("state")?, row.get("text")?);
    let policy = negotiation_engine::Policy::from_json(&text);
    Ok(PolicyVersion {
        id: row.get("id")?,
        number,
        state: PolicyState::parse(&state).ok_or_else(|| Fault::new(format!("policy.state is {state}")))?,
        policy: policy.map_err(|e| Fault::because(format!("reading policy version {number}"), e))?,
        note: row.get("note")?,
        created_by: row.get("created_by")?,
        created_at: row.get("created_at")?,
        published_by: row.get("published_by")?,
        published_at: row.get("published_at")?,
        version: row.get("version")?,
    })
}

pub(super) async fn by_id(tx: &ReadTx, id: PolicyId) -> Outcome<Option<PolicyVersion>> {
    Ok(tx.optional(BY_ID, params![id]).await?.as_ref().map(from_row).transpose()?)
}

/// The version whose text may still change.
pub(super) async fn open(tx: &ReadTx) -> Outcome<Option<PolicyVersion>> {
    Ok(tx.optional(OPEN, params![]).await?.as_ref().map(from_row).transpose()?)
}

pub(super) async fn in_state(tx: &ReadTx, state: PolicyState) -> Outcome<Option<PolicyVersion>> {
    Ok(tx.optional(BY_STATE, params![state.code()]).await?.as_ref().map(from_row).transpose()?)
}

pub(super) async fn by_number(tx: &ReadTx, number: i64) -> Outcome<Option<PolicyVersion>> {
    Ok(tx.optional(BY_NUMBER, params![number]).await?.as_ref().map(from_row).transpose()?)
}

pub(super) async fn all(tx: &ReadTx) -> Outcome<Vec<PolicyVersion>> {
    Ok(tx.all(ALL, params![]).await?.iter().map(from_row).collect::<Result<_, _>>()?)
}

pub(super) async fn numbers(tx: &ReadTx) -> Outcome<Vec<(PolicyId, i64)>> {
    let rows = tx.all(NUMBERS, params![]).await?;
    Ok(rows.iter().map(|row| Ok((row.get("id")?, row.get("number")?))).collect::<Result<_, Fault>>()?)
}

pub(super) async fn last_number(tx: &ReadTx) -> Outcome<i64> {
    Ok(tx.one(LAST_NUMBER, params![]).await?.get("n")?)
}

pub(super) async fn insert(tx: &WriteTx, version: &PolicyVersion) -> Outcome<()> {
    let values = params![
        version.id,
        version.number,
        version.state.code(),
        version.policy.to_json(),
        version.note,
        version.created_by,
        version.created_at,
        version.published_by,
        version.published_at,
    ];
    Ok(tx.execute(INSERT, values).await.map(|_| ())?)
}

pub(super) async fn update_draft(
    tx: &WriteTx,
    id: PolicyId,
    version: i64,
    policy: &negotiation_engine::Policy,
) -> Outcome<()> {
    Ok(tx.update_one(UPDATE_DRAFT, params![id, version, policy.to_json()]).await?)
}

/// The version in force is so no more.
pub(super) async fn retire(tx: &WriteTx) -> Outcome<()> {
    Ok(tx.execute(RETIRE, params![]).await.map(|_| ())?)
}

pub(super) async fn publish(
    tx: &WriteTx,
    draft: &PolicyVersion,
    note: &str,
    by: Option<UserId>,
    at: Instant,
) -> Outcome<()> {
    retire(tx).await?;
    Ok(tx.update_one(PUBLISH, params![draft.id, draft.version, note, by, at]).await?)
}

pub(super) async fn discard(tx: &WriteTx, draft: &PolicyVersion) -> Outcome<()> {
    for statement in [DISCARD_CHANGES, DISCARD_SIMULATIONS, DISCARD_APPROVALS] {
        tx.execute(statement, params![draft.id]).await?;
    }
    Ok(tx.update_one(DISCARD, params![draft.id, draft.version]).await?)
}

/// The state of a text that stays as it is.
pub(super) async fn set_state(tx: &WriteTx, draft: &PolicyVersion, state: PolicyState) -> Outcome<()> {
    let values = params![draft.id, draft.version, draft.state.code(), state.code()];
    Ok(tx.update_one(SET_STATE, values).await?)
}

pub(super) async fn insert_change(tx: &WriteTx, ctx: &Ctx, id: PolicyId, version: i64) -> Outcome<()> {
    Ok(tx.execute(INSERT_CHANGE, params![id, version, ctx.actor.user, ctx.now]).await.map(|_| ())?)
}

pub(super) async fn authors(tx: &ReadTx, id: PolicyId) -> Outcome<Vec<UserId>> {
    let rows = tx.all(AUTHORS, params![id]).await?;
    Ok(rows.iter().map(|row| row.get("person_id")).collect::<Result<_, Fault>>()?)
}

pub(super) async fn insert_simulation(tx: &WriteTx, ctx: &Ctx, id: PolicyId, simulation: &Simulation) -> Outcome<()> {
    let Simulation { version, run, summary, by, at } = simulation;
    let values = params![ctx.ids.next(ctx.now).to_string(), id, version, run, summary, by, at];
    Ok(tx.execute(INSERT_SIMULATION, values).await.map(|_| ())?)
}

pub(super) async fn last_simulation(tx: &ReadTx, id: PolicyId) -> Outcome<Option<Simulation>> {
    let Some(row) = tx.optional(LAST_SIMULATION, params![id]).await? else { return Ok(None) };
    Ok(Some(Simulation {
        version: row.get("version")?,
        run: row.get("run")?,
        summary: row.get("summary")?,
        by: row.get("person_id")?,
        at: row.get("at")?,
    }))
}

pub(super) async fn insert_approval(tx: &WriteTx, id: PolicyId, approval: &Approval) -> Outcome<()> {
    let Approval { version, by, note, is_own, at } = approval;
    let values = params![id, version, by, note, is_own, at];
    Ok(tx.execute(INSERT_APPROVAL, values).await.map(|_| ())?)
}

pub(super) async fn last_approval(tx: &ReadTx, id: PolicyId) -> Outcome<Option<Approval>> {
    let Some(row) = tx.optional(LAST_APPROVAL, params![id]).await? else { return Ok(None) };
    Ok(Some(Approval {
        version: row.get("version")?,
        by: row.get("person_id")?,
        note: row.get("note")?,
        is_own: row.get("is_own")?,
        at: row.get("at")?,
    }))
}
