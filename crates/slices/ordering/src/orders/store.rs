//! The SQL of orders.

use std::collections::{BTreeMap, HashSet};

use db::{ReadTx, Row, Statement, Value, WriteTx, containing, params};
use kernel::{Amount, CompanyId, Currency, Fault, Instant, OrderId, Outcome, Quantity, Unit, UnitPrice};
use pricing::purchases::Purchase;
use pricing_engine::tax::TaxRule;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Cancellation, Order, OrderLine, OrderState};

db::sql! {
    LINES = "SELECT id, position, product_id, sku, name, quantity, unit, price_micros, list_micros, net_minor, payment_days, negotiation_id,
        offer_id, explanation FROM order_line WHERE order_id = $1 ORDER BY position";
    SET_STATE = "UPDATE purchase_order SET state = $3, reason = $4, cancelled_at = $5, cancelled_from = $6,
        cancelled_by = $7, version = version + 1 WHERE id = $1 AND version = $2";
    KNOWN = "SELECT number FROM purchase_order WHERE number = $1";
    BOUGHT = "SELECT o.number, CAST(SUM(l.net_minor) AS BIGINT) AS net FROM purchase_order o JOIN order_line l ON l.order_id = o.id
        WHERE o.state NOT IN ('cancelled', 'held') GROUP BY o.number ORDER BY o.number";
    CREDITED = "SELECT c.number, CAST(SUM(l.net_minor) AS BIGINT) AS net FROM credit_note c
        JOIN credit_note_line l ON l.credit_note_id = c.id LEFT JOIN purchase_order o ON o.number = c.order_number
        WHERE o.state IS NULL OR o.state <> 'cancelled' GROUP BY c.number ORDER BY c.number";
    TAKEN_BACK = "SELECT c.number, c.company_id, c.currency, c.issued_at, l.position, l.product_id, l.quantity, l.unit,
        l.price_micros, l.net_minor FROM credit_note c JOIN credit_note_line l ON l.credit_note_id = c.id
        WHERE c.order_number = $1 ORDER BY c.number, l.position";
}

/// Numbers in one statement: statements have an end.
const NUMBERS_AT_ONCE: usize = 500;

const COLUMNS: &str = "SELECT o.id, o.number, o.company_id, o.unit_id, o.person_id, o.state, o.source, o.currency, o.payment_days,
    o.po_number, o.requested_on, o.note, o.ship_to, o.bill_to, o.freight_minor, o.freight_list_minor, o.net_minor, o.tax_minor, o.gross_minor, o.tax_ppm, o.tax_rule,
    o.placed_at, o.reason, o.cancelled_at, o.cancelled_from, o.cancelled_by, o.version FROM purchase_order o";
const INSERT_ORDER: &str =
    "INSERT INTO purchase_order (id, number, company_id, unit_id, person_id, state, source, currency,
    payment_days, po_number, requested_on, note, ship_to, bill_to, freight_minor, freight_list_minor,
    net_minor, tax_minor, gross_minor, tax_ppm, tax_rule, placed_at, version) VALUES";
const INSERT_LINE: &str =
    "INSERT INTO order_line (id, order_id, position, product_id, sku, name, quantity, unit, price_micros,
    list_micros, net_minor, payment_days, negotiation_id, offer_id, explanation) VALUES";

fn json<T: Serialize>(value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|e| Fault::because("writing a part of an order", e))
}

fn parsed<T: DeserializeOwned>(row: &Row, column: &str) -> Result<T, Fault> {
    serde_json::from_str(&row.get::<String>(column)?).map_err(|e| Fault::because(format!("reading column {column}"), e))
}

fn state(code: &str) -> Result<OrderState, Fault> {
    OrderState::parse(code).ok_or_else(|| Fault::new(format!("an order's state is {code:?}")))
}

fn cancellation(row: &Row) -> Result<Option<Cancellation>, Fault> {
    let from = row.get::<Option<String>>("cancelled_from")?.map(|code| state(&code)).transpose()?;
    let Some((at, from)) = row.get::<Option<Instant>>("cancelled_at")?.zip(from) else { return Ok(None) };
    Ok(Some(Cancellation { at, from, by: row.get("cancelled_by")? }))
}

fn order(row: &Row) -> Result<Order, Fault> {
    let currency: Currency = row.get("currency")?;
    let amount = |column: &str| row.get(column).map(|minor| Amount::new(minor, currency));
    let tax: String = row.get("tax_rule")?;
    Ok(Order {
        id: row.get("id")?,
        number: row.get("number")?,
        company: row.get("company_id")?,
        unit: row.get("unit_id")?,
        person: row.get("person_id")?,
        state: state(&row.get::<String>("state")?)?,
        source: row.get("source")?,
        currency,
        payment_days: row.get("payment_days")?,
        po_number: row.get("po_number")?,
        requested_on: row.get("requested_on")?,
        note: row.get("note")?,
        ship_to: parsed(row, "ship_to")?,
        bill_to: parsed(row, "bill_to")?,
        freight: amount("freight_minor")?,
        list_freight: amount("freight_list_minor")?,
        net: amount("net_minor")?,
        tax: amount("tax_minor")?,
        gross: amount("gross_minor")?,
        tax_rule: TaxRule::stored(&tax, row.get("tax_ppm")?)
            .ok_or_else(|| Fault::new(format!("an order's tax rule is {tax:?}")))?,
        placed_at: row.get("placed_at")?,
        reason: row.get("reason")?,
        cancelled: cancellation(row)?,
        version: row.get("version")?,
    })
}

fn order_line(row: &Row, of: &Order) -> Result<OrderLine, Fault> {
    let currency = of.currency;
    let unit: Unit = row.get("unit")?;
    Ok(OrderLine {
        id: row.get("id")?,
        position: row.get("position")?,
        product: row.get("product_id")?,
        sku: row.get("sku")?,
        name: row.get("name")?,
        quantity: Quantity::new(row.get("quantity")?, unit),
        price: UnitPrice::new(row.get("price_micros")?, currency),
        list_price: UnitPrice::new(row.get("list_micros")?, currency),
        net: Amount::new(row.get("net_minor")?, currency),
        payment_days: row.get::<Option<i64>>("payment_days")?.unwrap_or(of.payment_days),
        negotiation: row.get("negotiation_id")?,
        offer: row.get("offer_id")?,
        explanation: parsed(row, "explanation")?,
    })
}

/// Which orders to list. A buyer's company is always set.
#[derive(Debug, Clone, Default)]
pub(crate) struct OrderFilter {
    pub company: Option<CompanyId>,
    pub state: Option<OrderState>,
    /// Part of the order number or the buyer's own number.
    pub text: Option<String>,
}

fn filtered(statement: Statement, filter: &OrderFilter) -> Statement {
    let statement = statement
        .filter_some("o.company_id = ?", filter.company)
        .filter_some("o.state = ?", filter.state.map(OrderState::code));
    match &filter.text {
        Some(text) => {
            // SQLite knows the lower case of plain letters only, so others are also found as they were typed.
            let (lower, typed) = (containing(&text.to_lowercase()), containing(text));
            statement.filter(
                "(LOWER(o.number) LIKE ? ESCAPE '\\' OR LOWER(o.po_number) LIKE ? ESCAPE '\\' OR o.po_number LIKE ? ESCAPE '\\')",
                params![lower, lower, typed],
            )
        }
        None => statement,
    }
}

pub(super) async fn list(tx: &ReadTx, filter: &OrderFilter, limit: i64, offset: i64) -> Outcome<(Vec<Order>, i64)> {
    let rows = filtered(Statement::new(COLUMNS), filter)
        .then("ORDER BY o.placed_at DESC, o.id DESC LIMIT ? OFFSET ?", params![limit, offset]);
    let orders = tx.list(rows).await?.iter().map(order).collect::<Result<_, _>>()?;
    let total = tx.list(filtered(Statement::new("SELECT COUNT(*) AS n FROM purchase_order o"), filter)).await?;
    Ok((orders, total.first().map_or(Ok(0), |row| row.get("n"))?))
}

pub(super) async fn by_number(tx: &ReadTx, company: Option<CompanyId>, number: &str) -> Outcome<Option<Order>> {
    let statement =
        Statement::new(COLUMNS).filter("o.number = ?", params![number]).filter_some("o.company_id = ?", company);
    Ok(tx.list(statement).await?.first().map(order).transpose()?)
}

pub(super) async fn lines(tx: &ReadTx, of: &Order) -> Outcome<Vec<OrderLine>> {
    let rows = tx.all(LINES, params![of.id]).await?;
    Ok(rows.iter().map(|row| order_line(row, of)).collect::<Result<_, _>>()?)
}

/// The numbers of the credit notes that correct these orders.
pub(super) async fn credits_of(tx: &ReadTx, orders: &[String]) -> Outcome<Vec<String>> {
    let mut numbers = Vec::new();
    for some in orders.chunks(NUMBERS_AT_ONCE) {
        let statement = Statement::new("SELECT number FROM credit_note").filter_in("order_number", some);
        for row in tx.list(statement).await? {
            numbers.push(row.get("number")?);
        }
    }
    Ok(numbers)
}

pub(super) async fn cancelled_among(tx: &ReadTx, numbers: &[&str]) -> Outcome<HashSet<String>> {
    let mut cancelled = HashSet::new();
    for some in numbers.chunks(NUMBERS_AT_ONCE) {
        let statement = Statement::new("SELECT number FROM purchase_order")
            .filter("state = ?", params![OrderState::Cancelled.code()])
            .filter_in("number", some);
        for row in tx.list(statement).await? {
            cancelled.insert(row.get("number")?);
        }
    }
    Ok(cancelled)
}

/// What was bought by the orders and credit notes themselves, net by number: the sum of the lines, without what was
/// cancelled.
pub(super) async fn bought(tx: &ReadTx) -> Outcome<BTreeMap<String, i64>> {
    let sum = |row: &Row| Ok::<(String, i64), Fault>((row.get("number")?, row.get("net")?));
    let mut sums = tx.all(BOUGHT, params![]).await?.iter().map(sum).collect::<Result<BTreeMap<_, _>, _>>()?;
    for row in tx.all(CREDITED, params![]).await? {
        let (number, net) = sum(&row)?;
        sums.insert(number, -net);
    }
    Ok(sums)
}

pub(super) async fn is_known(tx: &ReadTx, number: &str) -> Outcome<bool> {
    Ok(tx.optional(KNOWN, params![number]).await?.is_some())
}

pub(super) fn order_values(o: &Order) -> Result<Vec<Value>, Fault> {
    Ok(params![
        o.id,
        o.number,
        o.company,
        o.unit,
        o.person,
        o.state.code(),
        o.source,
        o.currency,
        o.payment_days,
        o.po_number,
        o.requested_on,
        o.note,
        json(&o.ship_to)?,
        json(&o.bill_to)?,
        o.freight.minor(),
        o.list_freight.minor(),
        o.net.minor(),
        o.tax.minor(),
        o.gross.minor(),
        o.tax_rule.rate,
        o.tax_rule.code(),
        o.placed_at,
        o.version,
    ])
}

pub(super) fn line_values(of: OrderId, l: &OrderLine) -> Result<Vec<Value>, Fault> {
    Ok(params![
        l.id,
        of,
        l.position,
        l.product,
        l.sku,
        l.name,
        l.quantity.thousandths(),
        l.quantity.unit(),
        l.price.micros(),
        l.list_price.micros(),
        l.net.minor(),
        l.payment_days,
        l.negotiation,
        l.offer,
        json(&l.explanation)?,
    ])
}

pub(super) async fn insert(tx: &WriteTx, orders: Vec<Vec<Value>>, lines: Vec<Vec<Value>>) -> Result<(), db::DbError> {
    tx.insert_many(INSERT_ORDER, "", orders).await?;
    tx.insert_many(INSERT_LINE, "", lines).await?;
    Ok(())
}

/// Writes down state, reason, and what a cancellation ended.
pub(super) async fn set_state(tx: &WriteTx, order: &Order) -> Outcome<()> {
    let (at, from) = (order.cancelled.map(|it| it.at), order.cancelled.map(|it| it.from.code()));
    let by = order.cancelled.and_then(|it| it.by);
    let values = params![order.id, order.version, order.state.code(), order.reason, at, from, by];
    Ok(tx.update_one(SET_STATE, values).await?)
}

/// What was credited for an order, as prices remember it.
pub(super) async fn taken_back(tx: &ReadTx, order_number: &str) -> Outcome<Vec<Purchase>> {
    let line = |row: &Row| {
        let currency: Currency = row.get("currency")?;
        let price = UnitPrice::new(row.get("price_micros")?, currency);
        Ok(Purchase {
            order_number: row.get("number")?,
            position: row.get("position")?,
            company: row.get("company_id")?,
            product: row.get("product_id")?,
            at: row.get("issued_at")?,
            quantity: Quantity::new(-row.get::<i64>("quantity")?, row.get("unit")?),
            price,
            list_price: price,
            net: Amount::new(-row.get::<i64>("net_minor")?, currency),
            is_negotiated: false,
            is_open: false,
        })
    };
    let rows = tx.all(TAKEN_BACK, params![order_number]).await?;
    Ok(rows.iter().map(line).collect::<Result<_, Fault>>()?)
}

/// Orders placed since a moment, for figures.
pub(super) async fn count_since(tx: &ReadTx, since: Instant) -> Outcome<i64> {
    db::sql! { COUNT = "SELECT COUNT(*) AS n FROM purchase_order WHERE placed_at >= $1" }
    Ok(tx.one(COUNT, params![since]).await?.get("n")?)
}
