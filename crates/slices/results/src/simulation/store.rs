//! The SQL of simulations.

use std::collections::HashMap;

use db::{ReadTx, Row, WriteTx, params};
use kernel::{Fault, Instant, NegotiationId, Outcome, Quantity, SimulationId, UnitPrice};
use negotiation::offers::{self, OfferRow, OfferState};
use negotiation_engine::{Lever, Request};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::load::ClosedTalks;
use super::{Examined, Results, RunState, SimulationRun};

db::sql! {
    INSERT = "INSERT INTO simulation_run (id, number, state, progress_ppm, settings, has_suggestion, policy_id,
        policy_version, policy_hash, error, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    BY_ID = "SELECT id, number, state, progress_ppm, settings, policy_id, policy_version, policy_hash, error, created_by,
        created_at, started_at, finished_at FROM simulation_run WHERE id = $1";
    ALL = "SELECT id, number, state, progress_ppm, settings, policy_id, policy_version, policy_hash, error, created_by,
        created_at, started_at, finished_at FROM simulation_run ORDER BY number DESC LIMIT $1";
    LAST_SUGGESTED = "SELECT id, number, state, progress_ppm, settings, policy_id, policy_version, policy_hash, error,
        created_by, created_at, started_at, finished_at FROM simulation_run WHERE has_suggestion = $1
        ORDER BY number DESC LIMIT 1";
    OPEN = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM simulation_run WHERE state IN ('queued', 'running')";
    BEGIN = "UPDATE simulation_run SET state = 'running', progress_ppm = 0, started_at = $2
        WHERE id = $1 AND state IN ('queued', 'running')";
    PROGRESS = "UPDATE simulation_run SET progress_ppm = $2 WHERE id = $1 AND state = 'running'";
    FINISH = "UPDATE simulation_run SET state = $2, finished_at = $3, error = $4 WHERE id = $1 AND state IN ('queued', 'running')";
    RESULTS = "UPDATE simulation_run SET state = 'done', progress_ppm = 1000000, finished_at = $2, report = $3, fit = $4,
        suggestion = $5 WHERE id = $1 AND state = 'running'";
    READ_RESULTS = "SELECT report, fit, suggestion FROM simulation_run WHERE id = $1 AND state = 'done'";
    HAS_TALKS = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM (SELECT id FROM negotiation WHERE closed_at IS NOT NULL LIMIT 1) one";
    TALKS = "SELECT n.id, n.company_id, n.currency, n.round, n.changed_at, l.product_id, l.quantity, l.unit, l.list_micros,
        r.request, CAST(CASE WHEN EXISTS (SELECT 1 FROM negotiation_round p WHERE p.negotiation_id = n.id AND p.outcome = 'waiting')
        OR EXISTS (SELECT 1 FROM negotiation_decision d WHERE d.negotiation_id = n.id) THEN 1 ELSE 0 END AS BIGINT) AS person
        FROM negotiation n
        JOIN negotiation_line l ON l.negotiation_id = n.id AND l.position = 1
        JOIN negotiation_round r ON r.negotiation_id = n.id AND r.round = 1
        WHERE n.id > $1 AND n.changed_at >= $2 AND n.cart_id IS NULL
        AND (n.state IN ('agreed', 'declined', 'withdrawn', 'expired') OR (n.state = 'offered' AND n.expires_at <= $3))
        AND NOT EXISTS (SELECT 1 FROM negotiation_line m WHERE m.negotiation_id = n.id AND m.position = 2)
        ORDER BY n.id LIMIT 500";
}

fn write<T: Serialize>(value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|e| Fault::because("writing down a simulation", e))
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|e| Fault::because("reading a simulation", e))
}

fn from_row(row: &Row) -> Result<SimulationRun, Fault> {
    let state: String = row.get("state")?;
    let (policy, version, hash): (Option<_>, Option<i64>, Option<String>) =
        (row.get("policy_id")?, row.get("policy_version")?, row.get("policy_hash")?);
    let examined = policy.zip(version).zip(hash).map(|((policy, version), hash)| Examined { policy, version, hash });
    Ok(SimulationRun {
        id: row.get("id")?,
        number: row.get("number")?,
        state: RunState::parse(&state).ok_or_else(|| Fault::new(format!("simulation_run.state is {state}")))?,
        progress_ppm: row.get("progress_ppm")?,
        settings: read(&row.get::<String>("settings")?)?,
        examined,
        error: row.get("error")?,
        created_by: row.get("created_by")?,
        created_at: row.get("created_at")?,
        started_at: row.get("started_at")?,
        finished_at: row.get("finished_at")?,
    })
}

pub(super) async fn insert(tx: &WriteTx, run: &SimulationRun) -> Outcome<()> {
    let examined = run.examined.as_ref();
    let values = params![
        run.id,
        run.number,
        run.state.code(),
        run.progress_ppm,
        write(&run.settings)?,
        run.has_suggestion(),
        examined.map(|one| one.policy),
        examined.map(|one| one.version),
        examined.map(|one| one.hash.clone()),
        run.error,
        run.created_by,
        run.created_at,
    ];
    tx.execute(INSERT, values).await?;
    Ok(())
}

pub(super) async fn by_id(tx: &ReadTx, id: SimulationId) -> Outcome<Option<SimulationRun>> {
    Ok(tx.optional(BY_ID, params![id]).await?.as_ref().map(from_row).transpose()?)
}

pub(super) async fn all(tx: &ReadTx, limit: i64) -> Outcome<Vec<SimulationRun>> {
    Ok(tx.all(ALL, params![limit]).await?.iter().map(from_row).collect::<Result<_, _>>()?)
}

pub(super) async fn last_suggested(tx: &ReadTx) -> Outcome<Option<SimulationRun>> {
    Ok(tx.optional(LAST_SUGGESTED, params![true]).await?.as_ref().map(from_row).transpose()?)
}

pub(super) async fn open_count(tx: &ReadTx) -> Outcome<i64> {
    Ok(tx.one(OPEN, params![]).await?.get("n")?)
}

/// `false` when it has ended.
pub(super) async fn begin(tx: &WriteTx, id: SimulationId, at: Instant) -> Outcome<bool> {
    Ok(tx.execute(BEGIN, params![id, at]).await? == 1)
}

/// `false` when it has ended.
pub(super) async fn progress(tx: &WriteTx, id: SimulationId, ppm: i64) -> Outcome<bool> {
    Ok(tx.execute(PROGRESS, params![id, ppm]).await? == 1)
}

/// Ends a run without results; `false` when it had ended.
pub(super) async fn finish(tx: &WriteTx, id: SimulationId, state: RunState, at: Instant, error: &str) -> Outcome<bool> {
    Ok(tx.execute(FINISH, params![id, state.code(), at, error.to_owned()]).await? == 1)
}

/// Ends a run with results; `false` when it had ended.
pub(super) async fn keep_results(tx: &WriteTx, id: SimulationId, at: Instant, results: &Results) -> Outcome<bool> {
    let suggestion = results.suggestion.as_ref().map(write).transpose()?;
    let values = params![id, at, write(&results.report)?, write(&results.buyers)?, suggestion];
    Ok(tx.execute(RESULTS, values).await? == 1)
}

pub(super) async fn results(tx: &ReadTx, id: SimulationId) -> Outcome<Option<Results>> {
    let Some(row) = tx.optional(READ_RESULTS, params![id]).await? else { return Ok(None) };
    let suggestion: Option<String> = row.get("suggestion")?;
    Ok(Some(Results {
        report: read(&row.get::<String>("report")?)?,
        buyers: read(&row.get::<String>("fit")?)?,
        suggestion: suggestion.as_deref().map(read).transpose()?,
    }))
}

pub(super) async fn has_talks(tx: &ReadTx) -> Outcome<bool> {
    Ok(tx.one(HAS_TALKS, params![]).await?.get::<i64>("n")? > 0)
}

/// Closed negotiations about one product after the one with the id `after`, and the id to go on with.
pub(super) async fn talks(
    tx: &ReadTx,
    after: &str,
    since: Instant,
    now: Instant,
) -> Outcome<(Vec<ClosedTalks>, Option<String>)> {
    let rows = tx.all(TALKS, params![after.to_owned(), since, now]).await?;
    let ids = rows.iter().map(|row| row.get("id")).collect::<Result<Vec<NegotiationId>, Fault>>()?;
    let mut offered: HashMap<NegotiationId, Vec<OfferRow>> = HashMap::new();
    for offer in offers::store::of_negotiations(tx, &ids).await? {
        offered.entry(offer.negotiation).or_default().push(offer);
    }
    let closed = |(row, id): (&Row, &NegotiationId)| closed(row, offered.get(id).map_or(&[][..], Vec::as_slice));
    let all = rows.iter().zip(&ids).map(closed).collect::<Result<Vec<_>, _>>()?;
    Ok((all.into_iter().flatten().collect(), ids.last().map(ToString::to_string)))
}

/// `None` where another product was agreed on: its price says nothing about the asked one.
fn closed(row: &Row, offered: &[OfferRow]) -> Result<Option<ClosedTalks>, Fault> {
    let currency = row.get("currency")?;
    let (product, quantity) = (row.get("product_id")?, Quantity::new(row.get("quantity")?, row.get("unit")?));
    let list = UnitPrice::new(row.get("list_micros")?, currency);
    let request: Request = read(&row.get::<String>("request")?)?;
    let price = |offer: &OfferRow| {
        offer.offer.terms.lines.first().filter(|line| line.product == product).map(|line| line.price)
    };
    let taken = offered.iter().find(|offer| offer.state == OfferState::Taken);
    let plain = offered.iter().filter(|offer| offer.offer.lever == Lever::Plain).filter_map(price);
    let last = match taken {
        Some(taken) => price(taken),
        None => Some(plain.min_by_key(|price| price.micros()).unwrap_or(list)),
    };
    let (Some(last), Some(asked)) = (last, request.terms.lines.first().map(|line| line.price)) else { return Ok(None) };
    Ok(Some(ClosedTalks {
        company: row.get("company_id")?,
        product,
        quantity,
        list,
        asked,
        last,
        rounds: row.get("round")?,
        lever: taken.map(|taken| taken.offer.lever),
        agreed: taken.is_some(),
        person: row.get::<i64>("person")? == 1,
        at: row.get("changed_at")?,
        order_number: taken.and_then(|taken| taken.order_number.clone()),
    }))
}
