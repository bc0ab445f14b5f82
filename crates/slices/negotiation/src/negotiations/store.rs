//! The SQL of negotiations.

use std::collections::HashMap;

use db::{ReadTx, Row, Statement, WriteTx, params};
use kernel::{
    Amount, CompanyId, Fault, Instant, NegotiationId, Outcome, PolicyId, ProductId, Quantity, Unit, UnitPrice,
};

use super::{Competitor, Given, Line, Negotiation, PersonDecision, Recorded, State};
use crate::offers;

/// The columns of a negotiation, in one place for the statements that are put together.
const SELECT: &str = "SELECT n.id, n.number, n.company_id, n.unit_id, n.person_id, n.state, n.cart_id, n.currency,
    n.payment_days, n.list_value_minor, n.ask_value_minor, n.round, n.policy_id, n.competitor, n.competitor_micros,
    n.competitor_note, n.need_by, n.comment, n.reason, n.authority, n.rep_id, n.waiting_since, n.answer_by, n.opened_at,
    n.asked_at, n.changed_at, n.expires_at, n.closed_at, n.version FROM negotiation n";

db::sql! {
    INSERT = "INSERT INTO negotiation (id, number, company_id, unit_id, person_id, state, cart_id, currency, payment_days,
        list_value_minor, ask_value_minor, round, policy_id, competitor, competitor_micros, competitor_note, need_by,
        comment, reason, authority, rep_id, waiting_since, answer_by, opened_at, asked_at, changed_at, expires_at,
        closed_at, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
        $23, $24, $25, $26, $27, $28, 1)";
    UPDATE = "UPDATE negotiation SET unit_id = $3, person_id = $4, state = $5, cart_id = $6, payment_days = $7,
        list_value_minor = $8, ask_value_minor = $9, round = $10, policy_id = $11, competitor = $12,
        competitor_micros = $13, competitor_note = $14, need_by = $15, comment = $16, reason = $17, authority = $18,
        rep_id = $19, waiting_since = $20, answer_by = $21, asked_at = $22, changed_at = $23, expires_at = $24,
        closed_at = $25, version = version + 1 WHERE id = $1 AND version = $2";
    DROP_LINES = "DELETE FROM negotiation_line WHERE negotiation_id = $1";
    INSERT_ROUND = "INSERT INTO negotiation_round (negotiation_id, round, at, policy_id, request, position, history,
        decision, seed, outcome) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    ROUNDS = "SELECT round, at, policy_id, request, position, history, decision, seed, outcome FROM negotiation_round
        WHERE negotiation_id = $1 ORDER BY round";
    INSERT_DECISION = "INSERT INTO negotiation_decision (id, negotiation_id, person_id, kind, reason, rationale, message, at,
        offers, margin_ppm, pocket_minor, authority, needed, asked_at, answer_minutes, stood)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    UNDO_DECISION = "UPDATE negotiation_decision SET undone_at = $2 WHERE id = $1 AND undone_at IS NULL";
    LIVE_FOR_PRODUCT = "SELECT n.id FROM negotiation n JOIN negotiation_line l ON l.negotiation_id = n.id
        WHERE n.company_id = $1 AND l.product_id = $2 AND n.state IN ('offered', 'waiting', 'declined', 'agreed')
        ORDER BY n.number DESC LIMIT 20";
}

/// The outcome of a decision that was made again because a supplier had granted a special price: the buyer has an answer.
pub(crate) const SUPPORTED: &str = "supported";
/// The same when the case goes on waiting.
pub(crate) const SUPPORTED_WAITING: &str = "supported-waiting";

/// A decision with everything it was made from, as stored.
#[derive(Debug, Clone)]
pub struct RoundRow {
    /// Counts decisions, from 1.
    pub round: i64,
    /// When it was decided.
    pub at: Instant,
    /// The version that decided it.
    pub policy: PolicyId,
    /// The ask as the engine's JSON.
    pub request: String,
    /// Empty for imported rounds, like history and decision.
    pub position: String,
    /// What had happened before, as JSON.
    pub history: String,
    /// The answer with its trace, as JSON.
    pub decision: String,
    /// The seed of the draw.
    pub seed: u64,
    /// What it was, as a code.
    pub outcome: String,
}

impl RoundRow {
    /// Whether the same ask was decided again with a supplier's special price: no ask of the buyer, and no round.
    pub(crate) fn is_supported(&self) -> bool {
        [SUPPORTED, SUPPORTED_WAITING].contains(&self.outcome.as_str())
    }
}

fn from_row(row: &Row) -> Result<Negotiation, Fault> {
    let currency = row.get("currency")?;
    let state: String = row.get("state")?;
    let price = row.get::<Option<i64>>("competitor_micros")?.map(|micros| UnitPrice::new(micros, currency));
    let note = row.get::<Option<String>>("competitor_note")?.unwrap_or_default();
    let competitor = row.get::<Option<String>>("competitor")?;
    Ok(Negotiation {
        id: row.get("id")?,
        number: row.get("number")?,
        company: row.get("company_id")?,
        unit: row.get("unit_id")?,
        person: row.get("person_id")?,
        stored_state: State::parse(&state).ok_or_else(|| Fault::new(format!("negotiation.state is {state}")))?,
        cart: row.get("cart_id")?,
        currency,
        payment_days: row.get("payment_days")?,
        list_value: Amount::new(row.get("list_value_minor")?, currency),
        ask_value: Amount::new(row.get("ask_value_minor")?, currency),
        round: row.get("round")?,
        policy: row.get("policy_id")?,
        competitor: competitor.map(|name| Competitor { name, price, note }),
        need_by: row.get("need_by")?,
        comment: row.get("comment")?,
        reason: row.get("reason")?,
        authority: row.get("authority")?,
        rep: row.get("rep_id")?,
        waiting_since: row.get("waiting_since")?,
        answer_by: row.get("answer_by")?,
        opened_at: row.get("opened_at")?,
        asked_at: row.get("asked_at")?,
        changed_at: row.get("changed_at")?,
        expires_at: row.get("expires_at")?,
        closed_at: row.get("closed_at")?,
        version: row.get("version")?,
        lines: Vec::new(),
        offers: Vec::new(),
        decisions: Vec::new(),
    })
}

/// Stores a new negotiation with its lines.
pub async fn insert(tx: &WriteTx, n: &Negotiation) -> Outcome<()> {
    let competitor = n.competitor.as_ref();
    let values = params![
        n.id,
        n.number,
        n.company,
        n.unit,
        n.person,
        n.stored_state.code(),
        n.cart,
        n.currency,
        n.payment_days,
        n.list_value.minor(),
        n.ask_value.minor(),
        n.round,
        n.policy,
        competitor.map(|c| c.name.clone()),
        competitor.and_then(|c| c.price).map(UnitPrice::micros),
        competitor.map(|c| c.note.clone()),
        n.need_by,
        n.comment,
        n.reason,
        n.authority,
        n.rep,
        n.waiting_since,
        n.answer_by,
        n.opened_at,
        n.asked_at,
        n.changed_at,
        n.expires_at,
        n.closed_at,
    ];
    tx.execute(INSERT, values).await?;
    insert_lines(tx, n).await
}

/// Writes the negotiation as it is now; `n.version` is the version that was read.
pub async fn update(tx: &WriteTx, n: &Negotiation) -> Outcome<()> {
    let competitor = n.competitor.as_ref();
    let values = params![
        n.id,
        n.version,
        n.unit,
        n.person,
        n.stored_state.code(),
        n.cart,
        n.payment_days,
        n.list_value.minor(),
        n.ask_value.minor(),
        n.round,
        n.policy,
        competitor.map(|c| c.name.clone()),
        competitor.and_then(|c| c.price).map(UnitPrice::micros),
        competitor.map(|c| c.note.clone()),
        n.need_by,
        n.comment,
        n.reason,
        n.authority,
        n.rep,
        n.waiting_since,
        n.answer_by,
        n.asked_at,
        n.changed_at,
        n.expires_at,
        n.closed_at,
    ];
    Ok(tx.update_one(UPDATE, values).await?)
}

async fn insert_lines(tx: &WriteTx, n: &Negotiation) -> Outcome<()> {
    let rows = n.lines.iter().zip(1_i64..).map(|(line, position)| {
        params![
            n.id,
            position,
            line.product,
            line.quantity.thousandths(),
            line.quantity.unit(),
            line.list_price.micros(),
            line.price.micros(),
        ]
    });
    let head =
        "INSERT INTO negotiation_line (negotiation_id, position, product_id, quantity, unit, list_micros, ask_micros)
        VALUES";
    tx.insert_many(head, "", rows.collect()).await?;
    Ok(())
}

/// The lines as they are asked now.
pub(crate) async fn replace_lines(tx: &WriteTx, n: &Negotiation) -> Outcome<()> {
    tx.execute(DROP_LINES, params![n.id]).await?;
    insert_lines(tx, n).await
}

pub(crate) async fn insert_round(tx: &WriteTx, id: NegotiationId, row: &RoundRow) -> Outcome<()> {
    let values = params![
        id,
        row.round,
        row.at,
        row.policy,
        row.request,
        row.position,
        row.history,
        row.decision,
        row.seed.cast_signed(),
        row.outcome,
    ];
    Ok(tx.execute(INSERT_ROUND, values).await.map(|_| ())?)
}

/// The decisions of a negotiation, the first first.
pub async fn rounds(tx: &ReadTx, id: NegotiationId) -> Outcome<Vec<RoundRow>> {
    let rows = tx.all(ROUNDS, params![id]).await?;
    let read = |row: &Row| {
        Ok::<_, Fault>(RoundRow {
            round: row.get("round")?,
            at: row.get("at")?,
            policy: row.get("policy_id")?,
            request: row.get("request")?,
            position: row.get("position")?,
            history: row.get("history")?,
            decision: row.get("decision")?,
            seed: row.get::<i64>("seed")?.cast_unsigned(),
            outcome: row.get("outcome")?,
        })
    };
    Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
}

/// Stores what a person decided.
pub async fn insert_decision(tx: &WriteTx, negotiation: NegotiationId, row: &Recorded) -> Outcome<()> {
    let Recorded { id, decision, given, stood, .. } = row;
    let offers = match given.offers.as_slice() {
        [] => None,
        offers => Some(serde_json::to_string(offers).map_err(|e| Fault::because("writing down a decision", e))?),
    };
    let values = params![
        *id,
        negotiation,
        decision.person,
        decision.kind,
        decision.reason,
        decision.rationale,
        decision.message,
        decision.at,
        offers,
        given.margin,
        given.pocket.map(Amount::minor),
        given.authority,
        given.needed,
        given.asked_at,
        given.answer_minutes,
        Some(stood.clone()).filter(|stood| !stood.is_empty()),
    ];
    Ok(tx.execute(INSERT_DECISION, values).await.map(|_| ())?)
}

/// Writes down that a decision was taken back. `false` when it was before.
pub async fn undo_decision(tx: &WriteTx, id: uuid::Uuid, at: Instant) -> Outcome<bool> {
    Ok(tx.execute(UNDO_DECISION, params![id, at]).await? == 1)
}

/// Every decision of negotiations with what the seller alone knows of it, the first first; those taken back, too.
pub async fn recorded(tx: &ReadTx, ids: &[NegotiationId]) -> Outcome<HashMap<NegotiationId, Vec<Recorded>>> {
    let mut all: HashMap<NegotiationId, Vec<Recorded>> = HashMap::new();
    if ids.is_empty() {
        return Ok(all);
    }
    let statement = Statement::new(
        "SELECT d.id, d.negotiation_id, d.person_id, d.kind, d.reason, d.rationale, d.message, d.at, d.offers, d.margin_ppm,
        d.pocket_minor, d.authority, d.needed, d.asked_at, d.answer_minutes, d.stood, d.undone_at, n.currency
        FROM negotiation_decision d JOIN negotiation n ON n.id = d.negotiation_id",
    );
    let statement = statement.filter_in("d.negotiation_id", ids).then("ORDER BY d.at, d.id", Vec::new());
    for row in tx.list(statement).await? {
        all.entry(row.get("negotiation_id")?).or_default().push(recorded_from_row(&row)?);
    }
    Ok(all)
}

fn recorded_from_row(row: &Row) -> Result<Recorded, Fault> {
    let offers: Option<String> = row.get("offers")?;
    let offers = offers.map(|text| serde_json::from_str(&text)).transpose();
    let currency: kernel::Currency = row.get("currency")?;
    let pocket: Option<i64> = row.get("pocket_minor")?;
    Ok(Recorded {
        id: row.get("id")?,
        decision: decision_from_row(row)?,
        given: Given {
            offers: offers.map_err(|e| Fault::because("reading a decision", e))?.unwrap_or_default(),
            margin: row.get("margin_ppm")?,
            pocket: pocket.map(|minor| Amount::new(minor, currency)),
            authority: row.get("authority")?,
            needed: row.get("needed")?,
            asked_at: row.get("asked_at")?,
            answer_minutes: row.get("answer_minutes")?,
        },
        stood: row.get::<Option<String>>("stood")?.unwrap_or_default(),
        undone_at: row.get("undone_at")?,
    })
}

fn decision_from_row(row: &Row) -> Result<PersonDecision, Fault> {
    Ok(PersonDecision {
        person: row.get("person_id")?,
        kind: row.get("kind")?,
        reason: row.get("reason")?,
        rationale: row.get("rationale")?,
        message: row.get("message")?,
        at: row.get("at")?,
    })
}

/// Which negotiations to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only these.
    pub ids: Option<Vec<NegotiationId>>,
    /// Only this company's.
    pub company: Option<CompanyId>,
    /// Only in these states, as codes; empty: in any.
    pub states: Vec<&'static str>,
    /// Only those that this person has.
    pub rep: Option<kernel::UserId>,
    /// Only those that this person decided.
    pub closed_by: Option<kernel::UserId>,
    /// Only those that a person decided.
    pub is_decided: bool,
    /// Without what a person of the desk is only preparing for the customer, see [`Negotiation::is_draft`]: for buyers.
    pub is_for_buyer: bool,
}

impl Filter {
    fn apply(&self, mut statement: Statement) -> Statement {
        if let Some(ids) = &self.ids {
            statement = statement.filter_in("n.id", ids);
        }
        statement = statement.filter_some("n.company_id = ?", self.company).filter_some("n.rep_id = ?", self.rep);
        if !self.states.is_empty() {
            statement = statement.filter_in("n.state", &self.states);
        }
        if self.is_for_buyer {
            statement = statement.filter(
                "NOT (COALESCE(n.reason, '') = 'given-up' OR (n.state = 'waiting' AND COALESCE(n.reason, '') = 'started'))",
                Vec::new(),
            );
        }
        if self.is_decided {
            statement = statement.filter(
                "EXISTS (SELECT 1 FROM negotiation_decision d WHERE d.negotiation_id = n.id AND d.undone_at IS NULL)",
                Vec::new(),
            );
        }
        statement.filter_some(
            "EXISTS (SELECT 1 FROM negotiation_decision d WHERE d.negotiation_id = n.id AND d.undone_at IS NULL
            AND d.person_id = ?)",
            self.closed_by,
        )
    }
}

/// How a list is sorted.
#[derive(Debug, Clone, Copy)]
pub enum Order {
    Newest,
    Promised,
}

/// Negotiations with lines, offers and decisions.
pub async fn list(tx: &ReadTx, filter: &Filter, order: Order, limit: i64, offset: i64) -> Outcome<Vec<Negotiation>> {
    let order = match order {
        Order::Newest => "ORDER BY n.changed_at DESC, n.number DESC LIMIT ? OFFSET ?",
        Order::Promised => "ORDER BY n.answer_by, n.number LIMIT ? OFFSET ?",
    };
    let statement = filter.apply(Statement::new(SELECT)).then(order, params![limit, offset]);
    let rows = tx.list(statement).await?;
    let mut all = rows.iter().map(from_row).collect::<Result<Vec<_>, _>>()?;
    fill(tx, &mut all).await?;
    Ok(all)
}

/// How many negotiations a filter lets through.
pub async fn count(tx: &ReadTx, filter: &Filter) -> Outcome<i64> {
    let statement = Statement::new("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM negotiation n");
    let rows = tx.list(filter.apply(statement)).await?;
    Ok(rows.first().map_or(Ok(0), |row| row.get("n"))?)
}

/// One negotiation; `company` must be its own when given.
pub async fn load(tx: &ReadTx, company: Option<CompanyId>, id: NegotiationId) -> Outcome<Option<Negotiation>> {
    let filter = Filter { ids: Some(vec![id]), company, is_for_buyer: company.is_some(), ..Filter::default() };
    Ok(list(tx, &filter, Order::Newest, 1, 0).await?.pop())
}

async fn fill(tx: &ReadTx, all: &mut [Negotiation]) -> Outcome<()> {
    if all.is_empty() {
        return Ok(());
    }
    let ids: Vec<NegotiationId> = all.iter().map(|n| n.id).collect();
    let place: HashMap<NegotiationId, usize> = ids.iter().copied().zip(0..).collect();
    let lines = Statement::new(
        "SELECT negotiation_id, product_id, quantity, unit, list_micros, ask_micros FROM negotiation_line",
    );
    for row in tx.list(lines.filter_in("negotiation_id", &ids).then("ORDER BY position", Vec::new())).await? {
        let n = &mut all[place[&row.get("negotiation_id")?]];
        n.lines.push(line_from_row(&row, n.currency)?);
    }
    for offer in offers::store::of_negotiations(tx, &ids).await? {
        all[place[&offer.negotiation]].offers.push(offer);
    }
    let decisions = Statement::new(
        "SELECT negotiation_id, person_id, kind, reason, rationale, message, at FROM negotiation_decision",
    );
    let decisions = decisions.filter("undone_at IS NULL", Vec::new()).filter_in("negotiation_id", &ids);
    for row in tx.list(decisions.then("ORDER BY at, id", Vec::new())).await? {
        all[place[&row.get("negotiation_id")?]].decisions.push(decision_from_row(&row)?);
    }
    Ok(())
}

fn line_from_row(row: &Row, currency: kernel::Currency) -> Result<Line, Fault> {
    let unit: Unit = row.get("unit")?;
    Ok(Line {
        product: row.get("product_id")?,
        quantity: Quantity::new(row.get("quantity")?, unit),
        list_price: UnitPrice::new(row.get("list_micros")?, currency),
        price: UnitPrice::new(row.get("ask_micros")?, currency),
    })
}

/// Negotiations of a company that concern a product and may still matter, the newest first.
pub(crate) async fn for_product(tx: &ReadTx, company: CompanyId, product: ProductId) -> Outcome<Vec<Negotiation>> {
    let rows = tx.all(LIVE_FOR_PRODUCT, params![company, product]).await?;
    let ids: Vec<NegotiationId> = rows.iter().map(|row| row.get("id")).collect::<Result<_, _>>()?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let filter = Filter { ids: Some(ids), company: Some(company), ..Filter::default() };
    let mut all = list(tx, &filter, Order::Newest, 20, 0).await?;
    all.sort_by_key(|n| std::cmp::Reverse(n.number));
    Ok(all)
}
