//! The SQL of tracking. Figures over a hundred thousand negotiations are sums in the database; what customers really
//! bought (`purchase`) is joined here, because it cannot be asked company by company.

use db::{ReadTx, Row, Statement, Value, WriteTx, params};
use kernel::{
    CategoryId, Currency, Fault, Instant, NegotiationId, Outcome, ProductId, Quantity, Unit, UnitPrice, UserId,
};
use negotiation::negotiations::Negotiation;

use super::figures::Figures;
use super::rules::Measured;
use super::{AdherenceRow, Deal, Dimension, Filter, LeverRow, PricePoint, ResultRow};

db::sql! {
    PENDING = "SELECT n.id FROM negotiation n LEFT JOIN negotiation_result r ON r.negotiation_id = n.id
        WHERE r.negotiation_id IS NULL OR r.version <> n.version ORDER BY n.changed_at LIMIT $1";
    DROP_RESULT = "DELETE FROM negotiation_result WHERE negotiation_id = $1";
    DROP_LINES = "DELETE FROM negotiation_result_line WHERE negotiation_id = $1";
    DROP_LEVERS = "DELETE FROM negotiation_result_lever WHERE negotiation_id = $1";
    PRODUCTS = "SELECT product_id, CAST(COUNT(*) AS BIGINT) AS n FROM negotiation_result_line
        GROUP BY product_id ORDER BY n DESC, product_id LIMIT 50";
    SEGMENTS = "SELECT DISTINCT segment FROM negotiation_result ORDER BY segment";
    FIRST_AND_LAST = "SELECT MIN(opened_at) AS first, MAX(opened_at) AS last FROM negotiation_result";
    ADOPTION = "SELECT p.currency, CAST(SUM(p.net_minor) AS BIGINT) AS net,
        CAST(SUM(CASE WHEN p.is_negotiated THEN p.net_minor ELSE 0 END) AS BIGINT) AS negotiated FROM purchase p
        WHERE p.at >= $1 AND p.at < $2 GROUP BY p.currency ORDER BY p.currency";
    NEGOTIATING = "SELECT CAST(COUNT(DISTINCT company_id) AS BIGINT) AS n FROM negotiation_result
        WHERE opened_at >= $1 AND opened_at < $2";
    BUYING = "SELECT CAST(COUNT(DISTINCT company_id) AS BIGINT) AS n FROM purchase WHERE at >= $1 AND at < $2";
}

const INSERT_RESULT: &str = "INSERT INTO negotiation_result (negotiation_id, version, number, company_id, company_name,
    segment, rep_id, policy_id, product_id, category_id, opened_at, week, size, currency, outcome, reason, rounds, is_won,
    is_lost, is_escalated, is_withdrawn, answer_seconds, turnaround_seconds, cycle_seconds, closed_at, list_minor,
    ask_minor, agreed_list_minor, net_minor, is_costed, is_estimated, costed_net_minor, cost_minor, handling_minor,
    freight_minor, financing_minor, rebate_minor, bonus_minor, pocket_minor, leak_minor, baseline_minor,
    baseline_pocket_minor, is_baseline_paid, volume_minor, agreed_minor, agreed_pocket_minor, ordered_list_minor,
    is_ordered, is_short, rest_minor, lapses_at) VALUES";
const INSERT_LINE: &str =
    "INSERT INTO negotiation_result_line (negotiation_id, position, product_id, opened_at, quantity,
    unit, currency, price_micros, list_micros) VALUES";
const INSERT_LEVER: &str =
    "INSERT INTO negotiation_result_lever (negotiation_id, lever, is_looked_at, is_taken, offers, offers_taken) VALUES";

/// What is copied into a row from elsewhere, as it is when the row is written.
#[derive(Debug, Clone)]
pub(super) struct Copied {
    pub(super) company_name: String,
    pub(super) segment: String,
    pub(super) rep: Option<UserId>,
    pub(super) category: Option<CategoryId>,
    pub(super) currency: Currency,
}

/// A row of the read model.
pub(super) struct Written<'a> {
    pub(super) negotiation: &'a Negotiation,
    pub(super) copied: Copied,
    pub(super) measured: Measured,
}

/// Negotiations whose row is missing or out of date, the longest unchanged first.
pub(super) async fn pending(tx: &ReadTx, limit: i64) -> Outcome<Vec<NegotiationId>> {
    let rows = tx.all(PENDING, params![limit]).await?;
    Ok(rows.iter().map(|row| row.get("id")).collect::<Result<_, _>>()?)
}

pub(super) async fn put(tx: &WriteTx, all: &[Written<'_>]) -> Outcome<()> {
    for written in all {
        for statement in [DROP_RESULT, DROP_LINES, DROP_LEVERS] {
            tx.execute(statement, params![written.negotiation.id]).await?;
        }
    }
    let put = tx.insert_many(INSERT_RESULT, "", all.iter().map(result_values).collect()).await;
    // Another node was writing the same row: tried again, there is nothing left to do.
    put.map_err(|e| e.on_unique(|| Fault::new("the same negotiation at the same moment").passing().into()))?;
    tx.insert_many(INSERT_LINE, "", all.iter().flat_map(line_values).collect()).await?;
    tx.insert_many(INSERT_LEVER, "", all.iter().flat_map(lever_values).collect()).await?;
    Ok(())
}

fn result_values(written: &Written<'_>) -> Vec<Value> {
    let (n, copied, m) = (written.negotiation, &written.copied, &written.measured);
    let flag = i64::from;
    let cost = |of: fn(&super::rules::Costs) -> i64| m.costs.as_ref().map_or(0, of);
    params![
        n.id,
        n.version,
        n.number,
        n.company,
        copied.company_name,
        copied.segment,
        copied.rep,
        n.policy,
        n.lines.first().map_or_else(|| ProductId::from_uuid(uuid::Uuid::nil()), |line| line.product),
        copied.category,
        n.opened_at,
        m.week,
        m.size,
        copied.currency,
        m.outcome,
        m.reason,
        n.round,
        flag(m.outcome == "won"),
        flag(m.outcome == "lost"),
        flag(m.is_escalated),
        flag(m.reason == "withdrawn"),
        m.answer_seconds,
        m.turnaround_seconds,
        m.cycle_seconds,
        n.closed_at,
        m.list_minor,
        m.ask_minor,
        m.agreed_list_minor,
        m.net_minor,
        flag(m.costs.is_some()),
        flag(m.costs.is_some() && m.is_estimated),
        m.costs.map_or(0, |_| m.net_minor),
        cost(|c| c.cost),
        cost(|c| c.handling),
        cost(|c| c.freight),
        cost(|c| c.financing),
        cost(|c| c.rebate),
        cost(|c| c.bonus),
        cost(|c| c.pocket),
        cost(|c| c.leak),
        m.baseline_minor,
        m.baseline_pocket_minor,
        flag(m.is_baseline_paid),
        m.volume_minor,
        m.agreed_minor,
        m.agreed_pocket_minor,
        m.ordered_list_minor,
        flag(m.is_ordered),
        flag(m.is_short),
        m.rest_minor,
        m.lapses_at,
    ]
}

fn line_values(written: &Written<'_>) -> Vec<Vec<Value>> {
    let n = written.negotiation;
    let row = |(line, position): (&super::rules::AgreedLine, i64)| {
        params![
            n.id,
            position,
            line.product,
            n.opened_at,
            line.quantity.thousandths(),
            line.quantity.unit(),
            n.currency,
            line.price.micros(),
            line.list.micros(),
        ]
    };
    written.measured.lines.iter().zip(1_i64..).map(row).collect()
}

fn lever_values(written: &Written<'_>) -> Vec<Vec<Value>> {
    let levers = written.measured.levers.iter();
    levers
        .map(|seen| {
            let (looked, taken) = (i64::from(seen.is_looked_at), i64::from(seen.taken > 0));
            params![written.negotiation.id, seen.lever.code(), looked, taken, seen.offers, seen.taken]
        })
        .collect()
}

fn filtered(statement: Statement, filter: &Filter) -> Statement {
    let statement = statement
        .filter("r.opened_at >= ?", params![filter.from])
        .filter("r.opened_at < ?", params![filter.until])
        .filter_some("r.segment = ?", filter.segment.clone())
        .filter_some("r.rep_id = ?", filter.rep)
        .filter_some("r.policy_id = ?", filter.policy)
        .filter_some("r.company_id = ?", filter.company)
        .filter_some("r.outcome = ?", filter.outcome.clone())
        .filter_some("r.reason = ?", filter.reason.clone())
        .filter_some("r.size = ?", filter.size)
        .filter_some("r.week = ?", filter.week);
    let statement = match &filter.categories {
        Some(categories) => statement.filter_in("r.category_id", categories),
        None => statement,
    };
    let statement = if filter.without_rep { statement.filter("r.rep_id IS NULL", Vec::new()) } else { statement };
    let statement =
        if filter.without_category { statement.filter("r.category_id IS NULL", Vec::new()) } else { statement };
    match filter.deal {
        Some(Deal::Agreed) => statement.filter("r.is_won = 1", Vec::new()),
        Some(Deal::Ordered) => statement.filter("r.is_ordered = 1", Vec::new()),
        Some(Deal::Lapsed) => statement.filter("r.is_ordered = 0 AND r.lapses_at <= ?", params![filter.now]),
        Some(Deal::Open) => statement.filter("r.is_ordered = 0 AND r.lapses_at > ?", params![filter.now]),
        None => statement,
    }
}

/// The sums of [`Figures`], in one place for every grouping.
const SUMS: &str = "r.currency, CAST(COUNT(*) AS BIGINT) AS n, CAST(SUM(r.is_won) AS BIGINT) AS won,
    CAST(SUM(r.is_lost) AS BIGINT) AS lost, CAST(SUM(r.is_escalated) AS BIGINT) AS escalated,
    CAST(SUM(r.rounds) AS BIGINT) AS rounds, CAST(SUM(r.answer_seconds) AS BIGINT) AS answer_seconds,
    CAST(COUNT(r.turnaround_seconds) AS BIGINT) AS turnarounds,
    CAST(COALESCE(SUM(r.turnaround_seconds), 0) AS BIGINT) AS turnaround_seconds,
    CAST(COUNT(r.cycle_seconds) AS BIGINT) AS cycles, CAST(COALESCE(SUM(r.cycle_seconds), 0) AS BIGINT) AS cycle_seconds,
    CAST(SUM(r.list_minor) AS BIGINT) AS list, CAST(SUM(r.ask_minor) AS BIGINT) AS ask,
    CAST(SUM(r.agreed_list_minor) AS BIGINT) AS agreed_list, CAST(SUM(r.agreed_minor) AS BIGINT) AS agreed,
    CAST(SUM(r.is_ordered) AS BIGINT) AS ordered,
    CAST(SUM(CASE WHEN r.is_ordered = 0 AND r.lapses_at <= ? THEN 1 ELSE 0 END) AS BIGINT) AS lapsed,
    CAST(SUM(CASE WHEN r.lapses_at <= ? THEN r.rest_minor ELSE 0 END) AS BIGINT) AS lapsed_net,
    CAST(SUM(CASE WHEN r.lapses_at > ? THEN r.rest_minor ELSE 0 END) AS BIGINT) AS open_net,
    CAST(SUM(r.net_minor) AS BIGINT) AS net,
    CAST(SUM(r.is_costed) AS BIGINT) AS costed, CAST(SUM(r.is_estimated) AS BIGINT) AS estimated,
    CAST(SUM(CASE WHEN r.is_costed = 1 THEN r.ordered_list_minor ELSE 0 END) AS BIGINT) AS costed_list,
    CAST(SUM(r.costed_net_minor) AS BIGINT) AS costed_net, CAST(SUM(r.cost_minor) AS BIGINT) AS cost,
    CAST(SUM(r.handling_minor) AS BIGINT) AS handling, CAST(SUM(r.freight_minor) AS BIGINT) AS freight,
    CAST(SUM(r.financing_minor) AS BIGINT) AS financing, CAST(SUM(r.rebate_minor) AS BIGINT) AS rebate,
    CAST(SUM(r.bonus_minor) AS BIGINT) AS bonus, CAST(SUM(r.pocket_minor) AS BIGINT) AS pocket,
    CAST(SUM(r.leak_minor) AS BIGINT) AS leak, CAST(SUM(r.baseline_minor) AS BIGINT) AS baseline,
    CAST(SUM(r.baseline_pocket_minor) AS BIGINT) AS baseline_pocket,
    CAST(SUM(r.is_baseline_paid) AS BIGINT) AS baseline_paid, CAST(SUM(r.volume_minor) AS BIGINT) AS volume";

fn figures_from(row: &Row) -> Result<Figures, Fault> {
    Ok(Figures {
        currency: row.get("currency")?,
        count: row.get("n")?,
        won: row.get("won")?,
        lost: row.get("lost")?,
        escalated: row.get("escalated")?,
        rounds: row.get("rounds")?,
        answer_seconds: row.get("answer_seconds")?,
        turnarounds: row.get("turnarounds")?,
        turnaround_seconds: row.get("turnaround_seconds")?,
        cycles: row.get("cycles")?,
        cycle_seconds: row.get("cycle_seconds")?,
        list: row.get("list")?,
        ask: row.get("ask")?,
        agreed_list: row.get("agreed_list")?,
        agreed: row.get("agreed")?,
        ordered: row.get("ordered")?,
        lapsed: row.get("lapsed")?,
        lapsed_net: row.get("lapsed_net")?,
        open_net: row.get("open_net")?,
        net: row.get("net")?,
        costed: row.get("costed")?,
        estimated: row.get("estimated")?,
        costed_list: row.get("costed_list")?,
        costed_net: row.get("costed_net")?,
        cost: row.get("cost")?,
        handling: row.get("handling")?,
        freight: row.get("freight")?,
        financing: row.get("financing")?,
        rebate: row.get("rebate")?,
        bonus: row.get("bonus")?,
        pocket: row.get("pocket")?,
        leak: row.get("leak")?,
        baseline: row.get("baseline")?,
        baseline_pocket: row.get("baseline_pocket")?,
        baseline_paid: row.get("baseline_paid")?,
        volume: row.get("volume")?,
    })
}

/// The key of each group as text, and its sums in one currency.
pub(super) async fn figures(tx: &ReadTx, filter: &Filter, by: Dimension) -> Outcome<Vec<(String, Figures)>> {
    let (key, group) = match by {
        Dimension::Total => ("SELECT '' AS key_text,", "GROUP BY r.currency"),
        Dimension::Week => ("SELECT CAST(r.week AS TEXT) AS key_text,", "GROUP BY r.week, r.currency ORDER BY r.week"),
        Dimension::Size => ("SELECT CAST(r.size AS TEXT) AS key_text,", "GROUP BY r.size, r.currency ORDER BY r.size"),
        Dimension::Category => (
            "SELECT COALESCE(r.category_id, '') AS key_text,",
            "GROUP BY r.category_id, r.currency ORDER BY n DESC, key_text",
        ),
        Dimension::Segment => ("SELECT r.segment AS key_text,", "GROUP BY r.segment, r.currency ORDER BY r.segment"),
        Dimension::Rep => {
            ("SELECT COALESCE(r.rep_id, '') AS key_text,", "GROUP BY r.rep_id, r.currency ORDER BY n DESC, key_text")
        }
        Dimension::Policy => {
            ("SELECT r.policy_id AS key_text,", "GROUP BY r.policy_id, r.currency ORDER BY r.policy_id DESC")
        }
        Dimension::Reason => (
            "SELECT r.outcome || ' ' || r.reason AS key_text,",
            "GROUP BY r.outcome, r.reason, r.currency ORDER BY n DESC, key_text",
        ),
    };
    let head = Statement::new(key).then(SUMS, params![filter.now, filter.now, filter.now]);
    let head = head.then("FROM negotiation_result r", Vec::new());
    let rows = tx.list(filtered(head, filter).then(group, Vec::new())).await?;
    Ok(rows.iter().map(|row| Ok((row.get("key_text")?, figures_from(row)?))).collect::<Result<_, Fault>>()?)
}

/// Each lever with how often it was offered, looked at and taken.
pub(super) async fn levers(tx: &ReadTx, filter: &Filter) -> Outcome<Vec<LeverRow>> {
    let head = Statement::new(
        "SELECT lever, CAST(COUNT(*) AS BIGINT) AS offered, CAST(SUM(is_looked_at) AS BIGINT) AS looked,
        CAST(SUM(is_taken) AS BIGINT) AS taken, CAST(SUM(offers) AS BIGINT) AS offers,
        CAST(SUM(offers_taken) AS BIGINT) AS offers_taken
        FROM (SELECT v.lever, v.is_looked_at, v.is_taken, v.offers, v.offers_taken
        FROM negotiation_result_lever v JOIN negotiation_result r ON r.negotiation_id = v.negotiation_id",
    );
    let statement = filtered(head, filter).then(") levers GROUP BY lever ORDER BY offered DESC, lever", Vec::new());
    let rows = tx.list(statement).await?;
    let read = |row: &Row| {
        Ok(LeverRow {
            lever: row.get("lever")?,
            offered: row.get("offered")?,
            looked_at: row.get("looked")?,
            taken: row.get("taken")?,
            offers: row.get("offers")?,
            offers_taken: row.get("offers_taken")?,
        })
    };
    Ok(rows.iter().map(read).collect::<Result<_, Fault>>()?)
}

fn result_from(row: &Row) -> Result<ResultRow, Fault> {
    Ok(ResultRow {
        id: row.get("negotiation_id")?,
        number: row.get("number")?,
        company: row.get("company_name")?,
        segment: row.get("segment")?,
        product: row.get("product_id")?,
        opened_at: row.get("opened_at")?,
        outcome: row.get("outcome")?,
        reason: row.get("reason")?,
        rounds: row.get("rounds")?,
        is_escalated: row.get::<i64>("is_escalated")? == 1,
        currency: row.get("currency")?,
        list_minor: row.get("list_minor")?,
        ask_minor: row.get("ask_minor")?,
        agreed_list_minor: row.get("agreed_list_minor")?,
        agreed_minor: row.get("agreed_minor")?,
        is_ordered: row.get::<i64>("is_ordered")? == 1,
        net_minor: row.get("net_minor")?,
        pocket_minor: (row.get::<i64>("is_costed")? == 1).then(|| row.get("pocket_minor")).transpose()?,
    })
}

/// Negotiations, the newest first.
pub(super) async fn results(tx: &ReadTx, filter: &Filter, limit: i64, offset: i64) -> Outcome<Vec<ResultRow>> {
    let head = Statement::new(
        "SELECT r.negotiation_id, r.number, r.company_name, r.segment, r.product_id, r.opened_at, r.outcome, r.reason,
        r.rounds, r.is_escalated, r.currency, r.list_minor, r.ask_minor, r.agreed_list_minor, r.agreed_minor,
        r.is_ordered, r.net_minor, r.is_costed, r.pocket_minor FROM negotiation_result r",
    );
    let order = "ORDER BY r.opened_at DESC, r.number DESC LIMIT ? OFFSET ?";
    let rows = tx.list(filtered(head, filter).then(order, params![limit, offset])).await?;
    Ok(rows.iter().map(result_from).collect::<Result<_, _>>()?)
}

pub(super) async fn results_count(tx: &ReadTx, filter: &Filter) -> Outcome<i64> {
    let head = Statement::new("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM negotiation_result r");
    let rows = tx.list(filtered(head, filter)).await?;
    Ok(rows.first().map_or(Ok(0), |row| row.get("n"))?)
}

/// Prices agreed for one product, the newest first.
pub(super) async fn prices(tx: &ReadTx, filter: &Filter, product: ProductId, limit: i64) -> Outcome<Vec<PricePoint>> {
    let head = Statement::new(
        "SELECT l.negotiation_id, r.number, r.company_name, l.quantity, l.unit, l.currency, l.price_micros, l.list_micros,
        r.opened_at FROM negotiation_result_line l JOIN negotiation_result r ON r.negotiation_id = l.negotiation_id",
    );
    let statement = filtered(head, filter)
        .filter("l.product_id = ?", params![product])
        .then("ORDER BY l.opened_at DESC, l.negotiation_id LIMIT ?", params![limit]);
    let read = |row: &Row| {
        let (currency, unit): (Currency, Unit) = (row.get("currency")?, row.get("unit")?);
        Ok(PricePoint {
            id: row.get("negotiation_id")?,
            number: row.get("number")?,
            company: row.get("company_name")?,
            quantity: Quantity::new(row.get("quantity")?, unit),
            price: UnitPrice::new(row.get("price_micros")?, currency),
            list: UnitPrice::new(row.get("list_micros")?, currency),
            at: row.get("opened_at")?,
        })
    };
    Ok(tx.list(statement).await?.iter().map(read).collect::<Result<_, Fault>>()?)
}

/// The products with the most agreed lines.
pub(super) async fn products(tx: &ReadTx) -> Outcome<Vec<ProductId>> {
    let rows = tx.all(PRODUCTS, params![]).await?;
    Ok(rows.iter().map(|row| row.get("product_id")).collect::<Result<_, _>>()?)
}

pub(super) async fn segments(tx: &ReadTx) -> Outcome<Vec<String>> {
    let rows = tx.all(SEGMENTS, params![]).await?;
    Ok(rows.iter().map(|row| row.get("segment")).collect::<Result<_, _>>()?)
}

/// The first and the last first ask of all.
pub(super) async fn first_and_last(tx: &ReadTx) -> Outcome<Option<(Instant, Instant)>> {
    let row = tx.one(FIRST_AND_LAST, params![]).await?;
    Ok(row.get::<Option<Instant>>("first")?.zip(row.get::<Option<Instant>>("last")?))
}

/// Agreed deals by what became of them: `kept`, `short`, `partly`, `not-ordered`, `open`.
pub(super) async fn adherence(tx: &ReadTx, filter: &Filter) -> Outcome<Vec<AdherenceRow>> {
    let head = Statement::new(
        "SELECT state, currency, CAST(COUNT(*) AS BIGINT) AS n, CAST(SUM(agreed_minor) AS BIGINT) AS agreed,
        CAST(SUM(net_minor) AS BIGINT) AS net",
    )
    .then(
        "FROM (SELECT r.currency, r.agreed_minor, r.net_minor, CASE WHEN r.is_ordered = 1 AND r.is_short = 0 THEN 'kept'
            WHEN r.is_ordered = 1 AND r.lapses_at > ? THEN 'partly' WHEN r.is_ordered = 1 THEN 'short'
            WHEN r.lapses_at > ? THEN 'open' ELSE 'not-ordered' END AS state FROM negotiation_result r",
        params![filter.now, filter.now],
    );
    let agreed = Filter { deal: filter.deal.or(Some(Deal::Agreed)), ..filter.clone() };
    let statement = filtered(head, &agreed).then(") deals GROUP BY state, currency ORDER BY state", Vec::new());
    let read = |row: &Row| {
        Ok(AdherenceRow {
            state: row.get("state")?,
            currency: row.get("currency")?,
            count: row.get("n")?,
            agreed_minor: row.get("agreed")?,
            net_minor: row.get("net")?,
        })
    };
    Ok(tx.list(statement).await?.iter().map(read).collect::<Result<_, Fault>>()?)
}

/// What was bought in a span, and how much of it at negotiated prices, one row for each currency.
pub(super) async fn purchases(tx: &ReadTx, from: Instant, until: Instant) -> Outcome<Vec<(Currency, i64, i64)>> {
    let rows = tx.all(ADOPTION, params![from, until]).await?;
    let read = |row: &Row| Ok((row.get("currency")?, row.get("net")?, row.get("negotiated")?));
    Ok(rows.iter().map(read).collect::<Result<_, Fault>>()?)
}

/// Companies that negotiated, and companies that bought, in a span.
pub(super) async fn active(tx: &ReadTx, from: Instant, until: Instant) -> Outcome<(i64, i64)> {
    let negotiating = tx.one(NEGOTIATING, params![from, until]).await?.get("n")?;
    Ok((negotiating, tx.one(BUYING, params![from, until]).await?.get("n")?))
}
