//! The SQL of quotes.

use std::collections::HashMap;

use db::{ReadTx, Row, Statement, WriteTx, params};
use kernel::{CompanyId, Currency, Fault, Instant, OfferId, Outcome, PolicyId, Quantity, QuoteId, UnitPrice};

use super::{Answer, Counter, Line, Proposal, Quote, State, Version};

const SELECT: &str =
    "SELECT q.id, q.number, q.company_id, q.unit_id, q.person_id, q.rep_id, q.state, q.currency, q.project,
    q.comment, q.reply, q.valid_until, q.created_at, q.changed_at, q.version FROM quote q";

db::sql! {
    INSERT = "INSERT INTO quote (id, number, company_id, unit_id, person_id, rep_id, state, currency, project, comment, reply,
        valid_until, created_at, changed_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)";
    UPDATE = "UPDATE quote SET state = $3, rep_id = $4, reply = $5, valid_until = $6, changed_at = $7, version = version + 1
        WHERE id = $1 AND version = $2";
    OPEN_OF = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM quote
        WHERE company_id = $1 AND state IN ('requested', 'answered', 'partly', 'countered')";
    ASKED_SINCE = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM quote
        WHERE company_id = $1 AND changed_at >= $2 AND created_at >= $2";
    ACCEPT_LINE = "UPDATE quote_line SET offer_id = $3, accepted_choice = $4
        WHERE quote_id = $1 AND position = $2 AND offer_id IS NULL";
    LINES = "SELECT position, product_id, description, quantity, unit, need_by, target_micros, offer_id, accepted_choice
        FROM quote_line WHERE quote_id = $1 ORDER BY position";
    INSERT_VERSION = "INSERT INTO quote_version (quote_id, number, is_draft, made_by, made_at, valid_until, message, is_whole)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    VERSIONS = "SELECT number, is_draft, made_by, made_at, valid_until, message, is_whole FROM quote_version
        WHERE quote_id = $1 ORDER BY number";
    ANSWERS = "SELECT number, position, choice, product_id, quantity, unit, price_micros, lead_days, note, valid_until
        FROM quote_answer WHERE quote_id = $1 ORDER BY number, position, choice";
    DROP_PROPOSAL = "DELETE FROM quote_proposal WHERE quote_id = $1";
    INSERT_PROPOSAL = "INSERT INTO quote_proposal (quote_id, number, person_id, needed, rationale, at)
        VALUES ($1, $2, $3, $4, $5, $6)";
    PROPOSAL = "SELECT number, person_id, needed, rationale, at FROM quote_proposal WHERE quote_id = $1";
    COSTS = "SELECT position, choice, cost_micros FROM quote_cost WHERE quote_id = $1 AND number = $2";
    DROP_VERSION = "DELETE FROM quote_version WHERE quote_id = $1 AND number = $2";
    DROP_ANSWERS = "DELETE FROM quote_answer WHERE quote_id = $1 AND number = $2";
    DROP_COSTS = "DELETE FROM quote_cost WHERE quote_id = $1 AND number = $2";
    INSERT_COUNTER = "INSERT INTO quote_counter (quote_id, number, position, target_micros, message, person_id, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (quote_id, number, position)
        DO UPDATE SET target_micros = $4, message = $5, person_id = $6, at = $7";
    COUNTERS = "SELECT number, position, target_micros, message, person_id, at FROM quote_counter WHERE quote_id = $1
        ORDER BY number, position";
    INSERT_DECISION = "INSERT INTO quote_decision (quote_id, number, at, policy_id, request, position, history, decision, seed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (quote_id, number) DO NOTHING";
}

/// The heads of bulk inserts, which are completed at run time.
const INSERT_LINES: &str = "INSERT INTO quote_line (quote_id, position, product_id, description, quantity, unit, need_by, target_micros) VALUES";
const INSERT_ANSWERS: &str = "INSERT INTO quote_answer (quote_id, number, position, choice, product_id, quantity, unit,
    price_micros, lead_days, note, valid_until) VALUES";
const INSERT_COSTS: &str = "INSERT INTO quote_cost (quote_id, number, position, choice, cost_micros) VALUES";

/// Costs by line and choice, in the quote's currency. For the seller only.
pub(crate) type Costs = HashMap<(i64, i64), UnitPrice>;

/// A decision of the engine with everything it was made from.
pub(super) struct DecisionRow {
    pub(super) number: i64,
    pub(super) at: Instant,
    pub(super) policy: PolicyId,
    pub(super) request: String,
    pub(super) position: String,
    pub(super) history: String,
    pub(super) decision: String,
    pub(super) seed: u64,
}

pub(super) async fn insert(tx: &WriteTx, quote: &Quote) -> Outcome<()> {
    let values = params![
        quote.id,
        quote.number,
        quote.company,
        quote.unit,
        quote.person,
        quote.rep,
        quote.stored_state.code(),
        quote.currency,
        quote.project,
        quote.comment,
        quote.reply,
        quote.valid_until,
        quote.created_at,
        quote.changed_at,
    ];
    tx.execute(INSERT, values).await?;
    let line = |line: &Line| {
        let (quantity, unit) = (line.quantity.thousandths(), line.quantity.unit());
        let target = line.target.map(UnitPrice::micros);
        let (product, text) = (line.product, &line.description);
        params![quote.id, line.position, product, text, quantity, unit, line.need_by, target]
    };
    tx.insert_many(INSERT_LINES, "", quote.lines.iter().map(line).collect()).await?;
    Ok(())
}

/// How many quotes a company has open, and how many it has asked for since.
pub(super) async fn load_of(tx: &ReadTx, company: CompanyId, since: Instant) -> Outcome<(i64, i64)> {
    let open = tx.one(OPEN_OF, params![company]).await?.get("n")?;
    Ok((open, tx.one(ASKED_SINCE, params![company, since]).await?.get("n")?))
}

/// Writes the quote as it is now; `quote.version` is the version that was read.
pub(super) async fn update(tx: &WriteTx, quote: &Quote) -> Outcome<()> {
    let (state, rep) = (quote.stored_state.code(), quote.rep);
    let values = params![quote.id, quote.version, state, rep, quote.reply, quote.valid_until, quote.changed_at];
    Ok(tx.update_one(UPDATE, values).await?)
}

/// Writes down which answer to a line was accepted, and the offer that it became.
pub(super) async fn accept_line(
    tx: &WriteTx,
    id: QuoteId,
    position: i64,
    (offer, choice): (OfferId, Option<i64>),
) -> Outcome<()> {
    Ok(tx.update_one(ACCEPT_LINE, params![id, position, offer, choice]).await?)
}

pub(super) async fn insert_version(tx: &WriteTx, id: QuoteId, version: &Version, costs: &Costs) -> Outcome<()> {
    let (made_by, until) = (version.made_by, version.valid_until);
    let (number, is_draft, message) = (version.number, version.is_draft, &version.message);
    let values = params![id, number, is_draft, made_by, version.made_at, until, message, version.is_whole];
    tx.execute(INSERT_VERSION, values).await?;
    let answer = |answer: &Answer| {
        let (quantity, unit) = (answer.quantity.thousandths(), answer.quantity.unit());
        let price = answer.price.map(UnitPrice::micros);
        let (position, choice, product) = (answer.position, answer.choice, answer.product);
        let (lead, note) = (answer.lead_days, &answer.note);
        params![id, number, position, choice, product, quantity, unit, price, lead, note, answer.valid_until]
    };
    tx.insert_many(INSERT_ANSWERS, "", version.answers.iter().map(answer).collect()).await?;
    let cost =
        |((position, choice), cost): (&(i64, i64), &UnitPrice)| params![id, number, *position, *choice, cost.micros()];
    tx.insert_many(INSERT_COSTS, "", costs.iter().map(cost).collect()).await?;
    Ok(())
}

/// Writes down that the draft waits for somebody; `None`: it does no more.
pub(super) async fn set_proposal(tx: &WriteTx, id: QuoteId, proposal: Option<&Proposal>) -> Outcome<()> {
    tx.execute(DROP_PROPOSAL, params![id]).await?;
    if let Some(Proposal { number, person, needed, rationale, at }) = proposal {
        tx.execute(INSERT_PROPOSAL, params![id, *number, *person, needed, rationale, *at]).await?;
    }
    Ok(())
}

/// The draft that waits for somebody.
pub(super) async fn proposal(tx: &ReadTx, id: QuoteId) -> Outcome<Option<Proposal>> {
    let read = |row: &Row| {
        Ok::<_, Fault>(Proposal {
            number: row.get("number")?,
            person: row.get("person_id")?,
            needed: row.get("needed")?,
            rationale: row.get("rationale")?,
            at: row.get("at")?,
        })
    };
    Ok(tx.optional(PROPOSAL, params![id]).await?.as_ref().map(read).transpose()?)
}

/// A draft makes place for the next.
pub(super) async fn drop_version(tx: &WriteTx, id: QuoteId, number: i64) -> Outcome<()> {
    for statement in [DROP_COSTS, DROP_ANSWERS, DROP_VERSION] {
        tx.execute(statement, params![id, number]).await?;
    }
    Ok(())
}

pub(super) async fn insert_counter(tx: &WriteTx, id: QuoteId, counter: &Counter) -> Outcome<()> {
    let (target, message) = (counter.target.micros(), &counter.message);
    let values = params![id, counter.version, counter.position, target, message, counter.person, counter.at];
    Ok(tx.execute(INSERT_COUNTER, values).await.map(|_| ())?)
}

pub(super) async fn insert_decision(tx: &WriteTx, id: QuoteId, row: &DecisionRow) -> Outcome<()> {
    let seed = row.seed.cast_signed();
    let (request, position, history) = (&row.request, &row.position, &row.history);
    let values = params![id, row.number, row.at, row.policy, request, position, history, row.decision, seed];
    Ok(tx.execute(INSERT_DECISION, values).await.map(|_| ())?)
}

pub(super) async fn costs(tx: &ReadTx, id: QuoteId, number: i64, currency: Currency) -> Outcome<Costs> {
    let rows = tx.all(COSTS, params![id, number]).await?;
    let cost = |row: &Row| {
        let price = UnitPrice::new(row.get("cost_micros")?, currency);
        Ok::<_, Fault>(((row.get("position")?, row.get("choice")?), price))
    };
    Ok(rows.iter().map(cost).collect::<Result<_, _>>()?)
}

/// A quote with everything; of this company only when one is named.
pub(crate) async fn load(tx: &ReadTx, company: Option<CompanyId>, id: QuoteId) -> Outcome<Option<Quote>> {
    let statement = Statement::new(SELECT).filter("q.id = ?", params![id]).filter_some("q.company_id = ?", company);
    let Some(mut quote) = tx.list(statement).await?.first().map(from_row).transpose()? else { return Ok(None) };
    fill(tx, &mut quote).await?;
    Ok(Some(quote))
}

async fn fill(tx: &ReadTx, quote: &mut Quote) -> Outcome<()> {
    let (id, currency) = (quote.id, quote.currency);
    let rows = tx.all(LINES, params![id]).await?;
    quote.lines = rows.iter().map(|row| line(row, currency)).collect::<Result<_, _>>()?;
    let rows = tx.all(VERSIONS, params![id]).await?;
    quote.versions = rows.iter().map(version).collect::<Result<_, _>>()?;
    for row in tx.all(ANSWERS, params![id]).await? {
        let (number, answer) = answer(&row, currency)?;
        let of = quote.versions.iter_mut().find(|version| version.number == number);
        of.into_iter().for_each(|version| version.answers.push(answer.clone()));
    }
    let rows = tx.all(COUNTERS, params![id]).await?;
    quote.counters = rows.iter().map(|row| counter(row, currency)).collect::<Result<_, _>>()?;
    Ok(())
}

/// Which quotes.
#[derive(Default)]
pub(super) struct Filter {
    pub(super) company: Option<CompanyId>,
    pub(super) states: Vec<&'static str>,
}

fn filtered(fragment: &'static str, filter: &Filter) -> Statement {
    let statement = Statement::new(fragment).filter_some("q.company_id = ?", filter.company);
    if filter.states.is_empty() { statement } else { statement.filter_in("q.state", &filter.states) }
}

/// Quotes, changed last first.
pub(super) async fn list(tx: &ReadTx, filter: &Filter, limit: i64, offset: i64) -> Outcome<Vec<Quote>> {
    let order = "ORDER BY q.changed_at DESC, q.number DESC LIMIT ? OFFSET ?";
    let rows = tx.list(filtered(SELECT, filter).then(order, params![limit, offset])).await?;
    let mut quotes = rows.iter().map(from_row).collect::<Result<Vec<_>, _>>()?;
    for quote in &mut quotes {
        fill(tx, quote).await?;
    }
    Ok(quotes)
}

pub(super) async fn count(tx: &ReadTx, filter: &Filter) -> Outcome<i64> {
    let rows = tx.list(filtered("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM quote q", filter)).await?;
    rows.first().map_or(Ok(0), |row| Ok(row.get("n")?))
}

fn from_row(row: &Row) -> Result<Quote, Fault> {
    let state: String = row.get("state")?;
    Ok(Quote {
        id: row.get("id")?,
        number: row.get("number")?,
        company: row.get("company_id")?,
        unit: row.get("unit_id")?,
        person: row.get("person_id")?,
        rep: row.get("rep_id")?,
        stored_state: State::parse(&state).ok_or_else(|| Fault::new(format!("quote.state is {state}")))?,
        currency: row.get("currency")?,
        project: row.get("project")?,
        comment: row.get("comment")?,
        reply: row.get("reply")?,
        valid_until: row.get("valid_until")?,
        created_at: row.get("created_at")?,
        changed_at: row.get("changed_at")?,
        version: row.get("version")?,
        lines: Vec::new(),
        versions: Vec::new(),
        counters: Vec::new(),
    })
}

fn price(row: &Row, column: &str, currency: Currency) -> Result<Option<UnitPrice>, Fault> {
    Ok(row.get::<Option<i64>>(column)?.map(|micros| UnitPrice::new(micros, currency)))
}

fn line(row: &Row, currency: Currency) -> Result<Line, Fault> {
    Ok(Line {
        position: row.get("position")?,
        product: row.get("product_id")?,
        description: row.get("description")?,
        quantity: Quantity::new(row.get("quantity")?, row.get("unit")?),
        need_by: row.get("need_by")?,
        target: price(row, "target_micros", currency)?,
        offer: row.get("offer_id")?,
        choice: row.get("accepted_choice")?,
    })
}

fn version(row: &Row) -> Result<Version, Fault> {
    Ok(Version {
        number: row.get("number")?,
        is_draft: row.get("is_draft")?,
        made_by: row.get("made_by")?,
        made_at: row.get("made_at")?,
        valid_until: row.get("valid_until")?,
        message: row.get("message")?,
        is_whole: row.get("is_whole")?,
        answers: Vec::new(),
    })
}

fn answer(row: &Row, currency: Currency) -> Result<(i64, Answer), Fault> {
    let answer = Answer {
        position: row.get("position")?,
        choice: row.get("choice")?,
        product: row.get("product_id")?,
        quantity: Quantity::new(row.get("quantity")?, row.get("unit")?),
        price: price(row, "price_micros", currency)?,
        lead_days: row.get("lead_days")?,
        note: row.get("note")?,
        valid_until: row.get("valid_until")?,
    };
    Ok((row.get("number")?, answer))
}

fn counter(row: &Row, currency: Currency) -> Result<Counter, Fault> {
    Ok(Counter {
        version: row.get("number")?,
        position: row.get("position")?,
        target: UnitPrice::new(row.get("target_micros")?, currency),
        message: row.get("message")?,
        person: row.get("person_id")?,
        at: row.get("at")?,
    })
}
