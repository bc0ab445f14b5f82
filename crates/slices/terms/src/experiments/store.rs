//! The SQL of experiments.

use db::{ReadTx, Row, WriteTx, params};
use kernel::{CompanyId, Fault, Instant, Outcome, PolicyId};
use uuid::Uuid;

use super::{Allocation, Experiment, ExperimentState, Metric, Plan, StopReason};

db::sql! {
    ALL = "SELECT id, name, hypothesis, owner_id, state, segment, metric, allocation, exposure_ppm, effect, window_days,
        days_max, escalations_ppm, withdrawals_ppm, margin_ppm, treatment, required_per_arm, control_id, treatment_id,
        treatment_share_ppm, salt, created_at, started_at, stopped_at, stop_reason, version
        FROM experiment ORDER BY created_at DESC, id";
    BY_ID = "SELECT id, name, hypothesis, owner_id, state, segment, metric, allocation, exposure_ppm, effect, window_days,
        days_max, escalations_ppm, withdrawals_ppm, margin_ppm, treatment, required_per_arm, control_id, treatment_id,
        treatment_share_ppm, salt, created_at, started_at, stopped_at, stop_reason, version
        FROM experiment WHERE id = $1";
    RUNNING = "SELECT id, name, hypothesis, owner_id, state, segment, metric, allocation, exposure_ppm, effect, window_days,
        days_max, escalations_ppm, withdrawals_ppm, margin_ppm, treatment, required_per_arm, control_id, treatment_id,
        treatment_share_ppm, salt, created_at, started_at, stopped_at, stop_reason, version
        FROM experiment WHERE state = 'running' ORDER BY started_at, id";
    INSERT = "INSERT INTO experiment (id, name, hypothesis, owner_id, state, segment, metric, allocation, exposure_ppm,
        effect, window_days, days_max, escalations_ppm, withdrawals_ppm, margin_ppm, treatment, treatment_share_ppm, salt,
        created_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 1)";
    CHANGE = "UPDATE experiment SET name = $3, hypothesis = $4, segment = $5, metric = $6, allocation = $7,
        exposure_ppm = $8, effect = $9, window_days = $10, days_max = $11, escalations_ppm = $12, withdrawals_ppm = $13,
        margin_ppm = $14, treatment = $15, version = version + 1 WHERE id = $1 AND version = $2 AND state = 'draft'";
    START = "UPDATE experiment SET state = 'running', required_per_arm = $3, control_id = $4, treatment_id = $5,
        started_at = $6, version = version + 1 WHERE id = $1 AND version = $2 AND state = 'draft'";
    DISCARD = "DELETE FROM experiment WHERE id = $1 AND version = $2 AND state = 'draft'";
    STOP = "UPDATE experiment SET state = 'stopped', stopped_at = $3, stop_reason = $4, version = version + 1
        WHERE id = $1 AND version = $2 AND state = 'running'";
    SHARE = "UPDATE experiment SET treatment_share_ppm = $3, version = version + 1
        WHERE id = $1 AND version = $2 AND state = 'running'";
    EXPOSURE = "SELECT variant FROM experiment_exposure WHERE experiment_id = $1 AND company_id = $2";
    EXPOSE = "INSERT INTO experiment_exposure (experiment_id, company_id, variant, at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (experiment_id, company_id) DO NOTHING";
    EXPOSED = "SELECT variant, CAST(COUNT(*) AS BIGINT) AS n FROM experiment_exposure WHERE experiment_id = $1
        GROUP BY variant ORDER BY variant";
}

fn from_row(row: &Row) -> Result<Experiment, Fault> {
    let code = |name: &str| row.get::<String>(name);
    let odd = |name: &str, code: &str| Fault::new(format!("experiment.{name} is {code}"));
    let (state, metric, allocation) = (code("state")?, code("metric")?, code("allocation")?);
    let reason: Option<String> = row.get("stop_reason")?;
    let treatment = negotiation_engine::Policy::from_json(&code("treatment")?);
    let plan = Plan {
        name: row.get("name")?,
        hypothesis: row.get("hypothesis")?,
        segment: row.get("segment")?,
        metric: Metric::parse(&metric).ok_or_else(|| odd("metric", &metric))?,
        allocation: Allocation::parse(&allocation).ok_or_else(|| odd("allocation", &allocation))?,
        exposure_ppm: row.get("exposure_ppm")?,
        effect: row.get("effect")?,
        window_days: row.get("window_days")?,
        days_max: row.get("days_max")?,
        escalations_ppm: row.get("escalations_ppm")?,
        withdrawals_ppm: row.get("withdrawals_ppm")?,
        margin_ppm: row.get("margin_ppm")?,
        treatment: treatment.map_err(|e| Fault::because("reading the treatment of an experiment", e))?,
    };
    Ok(Experiment {
        id: row.get("id")?,
        plan,
        owner: row.get("owner_id")?,
        state: ExperimentState::parse(&state).ok_or_else(|| odd("state", &state))?,
        required_per_arm: row.get("required_per_arm")?,
        control: row.get("control_id")?,
        treatment: row.get("treatment_id")?,
        treatment_share_ppm: row.get("treatment_share_ppm")?,
        salt: row.get("salt")?,
        created_at: row.get("created_at")?,
        started_at: row.get("started_at")?,
        stopped_at: row.get("stopped_at")?,
        stop_reason: reason
            .map(|code| StopReason::parse(&code).ok_or_else(|| odd("stop_reason", &code)))
            .transpose()?,
        version: row.get("version")?,
    })
}

/// Every experiment, the newest first.
pub async fn all(tx: &ReadTx) -> Outcome<Vec<Experiment>> {
    Ok(tx.all(ALL, params![]).await?.iter().map(from_row).collect::<Result<_, _>>()?)
}

/// An experiment, if it is there.
pub async fn by_id(tx: &ReadTx, id: Uuid) -> Outcome<Option<Experiment>> {
    Ok(tx.optional(BY_ID, params![id]).await?.as_ref().map(from_row).transpose()?)
}

/// Those that run, the oldest first.
pub async fn running(tx: &ReadTx) -> Outcome<Vec<Experiment>> {
    Ok(tx.all(RUNNING, params![]).await?.iter().map(from_row).collect::<Result<_, _>>()?)
}

/// Stores a new draft.
pub async fn insert(tx: &WriteTx, e: &Experiment) -> Outcome<()> {
    let plan = &e.plan;
    let values = params![
        e.id,
        plan.name,
        plan.hypothesis,
        e.owner,
        e.state.code(),
        plan.segment,
        plan.metric.code(),
        plan.allocation.code(),
        plan.exposure_ppm,
        plan.effect,
        plan.window_days,
        plan.days_max,
        plan.escalations_ppm,
        plan.withdrawals_ppm,
        plan.margin_ppm,
        plan.treatment.to_json(),
        e.treatment_share_ppm,
        e.salt,
        e.created_at,
    ];
    Ok(tx.execute(INSERT, values).await.map(|_| ())?)
}

/// Changes a draft whose version is still the one that was read.
pub async fn change(tx: &WriteTx, id: Uuid, version: i64, plan: &Plan) -> Outcome<()> {
    let values = params![
        id,
        version,
        plan.name,
        plan.hypothesis,
        plan.segment,
        plan.metric.code(),
        plan.allocation.code(),
        plan.exposure_ppm,
        plan.effect,
        plan.window_days,
        plan.days_max,
        plan.escalations_ppm,
        plan.withdrawals_ppm,
        plan.margin_ppm,
        plan.treatment.to_json(),
    ];
    Ok(tx.update_one(CHANGE, values).await?)
}

/// What the start fixes.
pub struct Started {
    /// Companies needed per variant.
    pub required: Option<i64>,
    /// The version in force.
    pub control: PolicyId,
    /// The treatment as a version.
    pub treatment: PolicyId,
}

/// Turns a draft into a running experiment.
pub async fn start(tx: &WriteTx, e: &Experiment, started: &Started, at: Instant) -> Outcome<()> {
    let values = params![e.id, e.version, started.required, started.control, started.treatment, at];
    Ok(tx.update_one(START, values).await?)
}

/// Throws a draft away whose version is still the one that was read.
pub async fn discard(tx: &WriteTx, e: &Experiment) -> Outcome<()> {
    Ok(tx.update_one(DISCARD, params![e.id, e.version]).await?)
}

/// Ends a running experiment.
pub async fn stop(tx: &WriteTx, e: &Experiment, reason: StopReason, at: Instant) -> Outcome<()> {
    Ok(tx.update_one(STOP, params![e.id, e.version, at, reason.code()]).await?)
}

/// Moves the share of new companies that get the treatment.
pub async fn share(tx: &WriteTx, e: &Experiment, treatment_ppm: i64) -> Outcome<()> {
    Ok(tx.update_one(SHARE, params![e.id, e.version, treatment_ppm]).await?)
}

/// The variant that a company has seen.
pub async fn exposure(tx: &ReadTx, id: Uuid, company: CompanyId) -> Outcome<Option<i64>> {
    Ok(tx.optional(EXPOSURE, params![id, company]).await?.map(|row| row.get("variant")).transpose()?)
}

/// Remembers which variant a company has seen; the first stands.
pub(super) async fn expose(tx: &WriteTx, id: Uuid, company: CompanyId, variant: i64, at: Instant) -> Outcome<()> {
    Ok(tx.execute(EXPOSE, params![id, company, variant, at]).await.map(|_| ())?)
}

/// Companies exposed so far: control, treatment.
pub async fn exposed(tx: &ReadTx, id: Uuid) -> Outcome<[i64; 2]> {
    let mut counts = [0; 2];
    for row in tx.all(EXPOSED, params![id]).await? {
        let place = usize::from(row.get::<i64>("variant")? != 0);
        counts[place] = row.get("n")?;
    }
    Ok(counts)
}
