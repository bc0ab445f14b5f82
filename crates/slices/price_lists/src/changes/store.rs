//! The SQL of changes of prices.

use std::collections::BTreeSet;

use db::{ReadTx, Row, Statement, Value, WriteTx, params};
use kernel::{Currency, Date, Fault, Instant, Outcome, PriceChangeId, PriceListId, ProductId, Quantity, UnitPrice};
use terms::guard::{Concern, Door};

use super::{Change, ChangeLine, Decision, LineState, Planned};

const SELECT: &str = "SELECT id, price_list_id, door, reason, holds_from, changed_by, changed_at, waiting, decided_by,
    decided_at, decided_note, is_own FROM price_change";
const LINES: &str =
    "SELECT l.product_id, l.from_quantity, l.unit, l.old_micros, l.new_micros, l.concern, l.state, p.currency
    FROM price_change_line l JOIN price_change c ON c.id = l.change_id JOIN price_list p ON p.id = c.price_list_id";

db::sql! {
    INSERT = "INSERT INTO price_change (id, price_list_id, door, reason, holds_from, changed_by, changed_at, waiting,
        decided_by, decided_at, decided_note, is_own) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    DECIDE = "UPDATE price_change SET waiting = 0, decided_by = $2, decided_at = $3, decided_note = $4, is_own = $5
        WHERE id = $1 AND waiting > 0";
    WAIT = "UPDATE price_change SET waiting = $2 WHERE id = $1";
    MOVE = "UPDATE price_change_line SET state = $4 WHERE change_id = $1 AND product_id = $2 AND from_quantity = $3";
    BECOME_WAITING = "UPDATE price_change_line SET state = 'waiting', concern = $4
        WHERE change_id = $1 AND product_id = $2 AND from_quantity = $3";
    MOVE_ALL = "UPDATE price_change_line SET state = $3 WHERE change_id = $1 AND state = $2";
    HISTORY = "SELECT c.id, c.price_list_id, c.door, c.reason, c.holds_from, c.changed_by, c.changed_at, c.waiting,
        c.decided_by, c.decided_at, c.decided_note, c.is_own, l.product_id, l.from_quantity, l.unit, l.old_micros,
        l.new_micros, l.concern, l.state, p.currency
        FROM price_change_line l JOIN price_change c ON c.id = l.change_id JOIN price_list p ON p.id = c.price_list_id
        WHERE l.product_id = $2 AND c.price_list_id = $1 ORDER BY c.changed_at DESC, l.from_quantity LIMIT 500";
    WAITING = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM price_change WHERE waiting > 0";
}

const LINE_HEAD: &str = "INSERT INTO price_change_line (change_id, product_id, from_quantity, unit, old_micros, new_micros, concern, state) VALUES";

fn from_row(row: &Row) -> Result<Change, Fault> {
    let door: String = row.get("door")?;
    let decided: Option<kernel::UserId> = row.get("decided_by")?;
    let decision = match decided {
        Some(by) => Some(Decision {
            by,
            at: row.get("decided_at")?,
            note: row.get::<Option<String>>("decided_note")?.unwrap_or_default(),
            is_own: row.get("is_own")?,
        }),
        None => None,
    };
    Ok(Change {
        id: row.get("id")?,
        list: row.get("price_list_id")?,
        door: Door::parse(&door).ok_or_else(|| Fault::new(format!("price_change.door is {door}")))?,
        reason: row.get("reason")?,
        holds_from: row.get("holds_from")?,
        by: row.get("changed_by")?,
        at: row.get("changed_at")?,
        waiting: row.get("waiting")?,
        decision,
    })
}

fn line_from(row: &Row) -> Result<ChangeLine, Fault> {
    let currency: Currency = row.get("currency")?;
    let price =
        |name: &str| Ok::<_, Fault>(row.get::<Option<i64>>(name)?.map(|micros| UnitPrice::new(micros, currency)));
    let (concern, state): (Option<String>, String) = (row.get("concern")?, row.get("state")?);
    Ok(ChangeLine {
        product: row.get("product_id")?,
        from: Quantity::new(row.get("from_quantity")?, row.get("unit")?),
        old: price("old_micros")?,
        new: price("new_micros")?,
        concern: concern.as_deref().and_then(Concern::parse),
        state: LineState::parse(&state).ok_or_else(|| Fault::new(format!("price_change_line.state is {state}")))?,
    })
}

pub(super) async fn insert(tx: &WriteTx, change: &Change, lines: &[ChangeLine]) -> Outcome<()> {
    let decision = change.decision.as_ref();
    let values = params![
        change.id,
        change.list,
        change.door.code(),
        change.reason,
        change.holds_from,
        change.by,
        change.at,
        change.waiting,
        decision.map(|decision| decision.by),
        decision.map(|decision| decision.at),
        decision.map(|decision| decision.note.clone()),
        decision.is_some_and(|decision| decision.is_own),
    ];
    tx.execute(INSERT, values).await?;
    let row = |line: &ChangeLine| -> Vec<Value> {
        params![
            change.id,
            line.product,
            line.from.thousandths(),
            line.from.unit(),
            line.old.map(UnitPrice::micros),
            line.new.map(UnitPrice::micros),
            line.concern.map(Concern::code),
            line.state.code(),
        ]
    };
    tx.insert_many(LINE_HEAD, "", lines.iter().map(row).collect()).await?;
    Ok(())
}

/// A change, if it is there.
pub(super) async fn by_id(tx: &ReadTx, id: PriceChangeId) -> Outcome<Option<Change>> {
    let rows = tx.list(Statement::new(SELECT).filter("id = ?", params![id])).await?;
    Ok(rows.first().map(from_row).transpose()?)
}

/// Lines of a change by product and quantity, and how many there are in all.
pub(super) async fn lines(
    tx: &ReadTx,
    id: PriceChangeId,
    state: Option<LineState>,
    limit: i64,
    offset: i64,
) -> Outcome<(Vec<ChangeLine>, i64)> {
    let of = |statement: Statement| {
        let statement = statement.filter("l.change_id = ?", params![id]);
        statement.filter_some("l.state = ?", state.map(LineState::code))
    };
    // What waits stands first: it is what somebody came for.
    let rows = of(Statement::new(LINES)).then(
        "ORDER BY CASE WHEN l.state = 'waiting' THEN 0 ELSE 1 END, l.product_id, l.from_quantity LIMIT ? OFFSET ?",
        params![limit, offset],
    );
    let rows = tx.list(rows).await?;
    let total = of(Statement::new("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM price_change_line l"));
    let total = tx.list(total).await?.first().map_or(Ok(0), |row| row.get("n"))?;
    Ok((rows.iter().map(line_from).collect::<Result<_, _>>()?, total))
}

/// Changes, the newest first, and how many there are in all.
pub(super) async fn list(
    tx: &ReadTx,
    list: Option<PriceListId>,
    is_waiting: bool,
    limit: i64,
    offset: i64,
) -> Outcome<(Vec<Change>, i64)> {
    let of = |statement: Statement| {
        let statement = statement.filter_some("price_list_id = ?", list);
        if is_waiting { statement.filter("waiting > 0", Vec::new()) } else { statement }
    };
    let rows = of(Statement::new(SELECT)).then("ORDER BY changed_at DESC, id LIMIT ? OFFSET ?", params![limit, offset]);
    let rows = tx.list(rows).await?;
    let total = of(Statement::new("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM price_change"));
    let total = tx.list(total).await?.first().map_or(Ok(0), |row| row.get("n"))?;
    Ok((rows.iter().map(from_row).collect::<Result<_, _>>()?, total))
}

/// How many changes wait.
pub(super) async fn waiting(tx: &ReadTx) -> Outcome<i64> {
    Ok(tx.one(WAITING, params![]).await?.get("n")?)
}

/// What became of the prices of one product in a list, the newest first.
pub(super) async fn history(tx: &ReadTx, list: PriceListId, product: ProductId) -> Outcome<Vec<(Change, ChangeLine)>> {
    let rows = tx.all(HISTORY, params![list, product]).await?;
    Ok(rows.iter().map(|row| Ok((from_row(row)?, line_from(row)?))).collect::<Result<_, Fault>>()?)
}

/// When each step of these products came to be what it is, and what it was before.
pub(super) async fn last(
    tx: &ReadTx,
    list: PriceListId,
    products: &[ProductId],
) -> Outcome<Vec<(ProductId, i64, Option<i64>, Instant)>> {
    let statement = Statement::new(
        "SELECT l.product_id, l.from_quantity, l.old_micros, c.changed_at FROM price_change_line l
        JOIN price_change c ON c.id = l.change_id",
    );
    let statement = statement.filter("l.state = 'in_force' AND c.price_list_id = ?", params![list]);
    let statement = statement.filter_in("l.product_id", products).then("ORDER BY c.changed_at", Vec::new());
    let rows = tx.list(statement).await?;
    let read = |row: &Row| {
        Ok((row.get("product_id")?, row.get("from_quantity")?, row.get("old_micros")?, row.get("changed_at")?))
    };
    Ok(rows.iter().map(read).collect::<Result<_, Fault>>()?)
}

/// What is planned for the steps of a list, the next first: of these products, or of all.
pub(super) async fn planned(
    tx: &ReadTx,
    list: PriceListId,
    products: Option<&[ProductId]>,
) -> Outcome<Vec<(ProductId, Planned)>> {
    let statement = Statement::new(
        "SELECT l.product_id, l.from_quantity, l.unit, l.new_micros, c.holds_from, p.currency FROM price_change_line l
        JOIN price_change c ON c.id = l.change_id JOIN price_list p ON p.id = c.price_list_id",
    );
    let statement = statement.filter("l.state = 'planned' AND c.price_list_id = ?", params![list]);
    let statement = match products {
        Some(products) => statement.filter_in("l.product_id", products),
        None => statement,
    };
    let read = |row: &Row| {
        let currency: Currency = row.get("currency")?;
        let price: Option<i64> = row.get("new_micros")?;
        let planned = Planned {
            holds_from: row.get("holds_from")?,
            from: Quantity::new(row.get("from_quantity")?, row.get("unit")?),
            price: price.map(|micros| UnitPrice::new(micros, currency)),
        };
        Ok((row.get("product_id")?, planned))
    };
    let rows = tx.list(statement.then("ORDER BY c.holds_from, l.from_quantity, c.changed_at", Vec::new())).await?;
    Ok(rows.iter().map(read).collect::<Result<_, Fault>>()?)
}

/// The steps of these products for which a price of this day (none: at once) waits already, with that price in millionths.
pub(super) async fn waiting_steps(
    tx: &ReadTx,
    list: PriceListId,
    products: &[ProductId],
    holds_from: Option<Date>,
) -> Outcome<BTreeSet<(ProductId, i64, Option<i64>)>> {
    let mut steps = BTreeSet::new();
    for batch in products.chunks(500) {
        let statement = Statement::new(
            "SELECT l.product_id, l.from_quantity, l.new_micros, c.holds_from FROM price_change_line l
            JOIN price_change c ON c.id = l.change_id",
        );
        let statement =
            statement.filter("c.price_list_id = ? AND c.waiting > 0 AND l.state = 'waiting'", params![list]);
        for row in &tx.list(statement.filter_in("l.product_id", batch)).await? {
            if row.get::<Option<Date>>("holds_from")? != holds_from {
                continue;
            }
            steps.insert((row.get("product_id")?, row.get("from_quantity")?, row.get("new_micros")?));
        }
    }
    Ok(steps)
}

/// Writes down a second person's word; whether anything waited still.
pub(super) async fn decide(tx: &WriteTx, id: PriceChangeId, decision: &Decision) -> Outcome<bool> {
    let values = params![id, decision.by, decision.at, decision.note, decision.is_own];
    Ok(tx.execute(DECIDE, values).await? == 1)
}

/// All lines of one state get another.
pub(super) async fn move_all(tx: &WriteTx, id: PriceChangeId, from: LineState, to: LineState) -> Outcome<()> {
    Ok(tx.execute(MOVE_ALL, params![id, from.code(), to.code()]).await.map(|_| ())?)
}

/// One line gets another state.
pub(super) async fn move_line(tx: &WriteTx, id: PriceChangeId, line: &ChangeLine, to: LineState) -> Outcome<()> {
    let values = params![id, line.product, line.from.thousandths(), to.code()];
    Ok(tx.execute(MOVE, values).await.map(|_| ())?)
}

/// Planned lines that want a second person by now wait for one.
pub(super) async fn become_waiting(tx: &WriteTx, id: PriceChangeId, lines: &[(ChangeLine, Concern)]) -> Outcome<()> {
    for (line, concern) in lines {
        let values = params![id, line.product, line.from.thousandths(), concern.code()];
        tx.execute(BECOME_WAITING, values).await?;
    }
    let count = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    Ok(tx.execute(WAIT, params![id, count]).await.map(|_| ())?)
}
