//! The SQL of purchases.

use std::collections::BTreeMap;

use db::{DbError, ReadTx, Row, Statement, Value, WriteTx, params};
use kernel::{Amount, CompanyId, Currency, Fault, Instant, Outcome, ProductId, Quantity, UnitPrice};

use super::{Activity, CustomerYear, Habit, LastPaid, OpenOrder, Purchase};

db::sql! {
    LAST_PAID = "SELECT product_id, price_micros, currency, quantity, unit, at, order_number, is_negotiated FROM purchase
        WHERE company_id = $1 AND product_id = $2 AND quantity > 0 ORDER BY at DESC LIMIT 1";
    REVENUE = "SELECT currency, CAST(SUM(net_minor) AS BIGINT) AS net FROM purchase WHERE company_id = $1 AND at >= $2
        GROUP BY currency ORDER BY net DESC";
    YEAR = "SELECT company_id, currency,
        CAST(SUM(CASE WHEN at >= $2 THEN net_minor ELSE 0 END) AS BIGINT) AS net,
        CAST(SUM(CASE WHEN at < $2 THEN net_minor ELSE 0 END) AS BIGINT) AS before,
        CAST(COUNT(DISTINCT CASE WHEN at >= $2 AND quantity > 0 THEN order_number END) AS BIGINT) AS orders,
        CAST(COUNT(DISTINCT CASE WHEN at >= $2 AND is_negotiated THEN order_number END) AS BIGINT) AS negotiated
        FROM purchase WHERE at >= $1 GROUP BY company_id, currency ORDER BY company_id, currency";
    SOLD = "SELECT company_id, product_id, unit, CAST(SUM(quantity) AS BIGINT) AS quantity FROM purchase WHERE at >= $1
        GROUP BY company_id, product_id, unit ORDER BY company_id, product_id";
    ACTIVITY = "SELECT currency, CAST(COUNT(DISTINCT order_number) AS BIGINT) AS orders, CAST(COUNT(*) AS BIGINT) AS lines,
        CAST(SUM(net_minor) AS BIGINT) AS net FROM purchase WHERE at >= $1 AND quantity > 0
        GROUP BY currency ORDER BY currency";
    NEWEST = "SELECT CAST(MAX(at) AS BIGINT) AS at FROM purchase";
    SALES = "SELECT order_number, position, company_id, product_id, at, quantity, unit, price_micros, list_micros, currency,
        net_minor, is_negotiated, is_open FROM purchase WHERE (order_number, position) > ($1, $2) AND at >= $3 AND quantity > 0
        ORDER BY order_number, position LIMIT $4";
    RECENT = "SELECT order_number, position, company_id, product_id, at, quantity, unit, price_micros, list_micros, currency,
        net_minor, is_negotiated, is_open FROM purchase WHERE company_id = $1 ORDER BY at DESC LIMIT $2";
    RECENT_OF_PRODUCT = "SELECT order_number, position, company_id, product_id, at, quantity, unit, price_micros, list_micros,
        currency, net_minor, is_negotiated, is_open FROM purchase WHERE company_id = $1 AND product_id = $2
        ORDER BY at DESC LIMIT $3";
    OPEN_ORDERS = "SELECT order_number, currency, MIN(at) AS at, CAST(SUM(net_minor) AS BIGINT) AS net FROM purchase
        WHERE company_id = $1 AND is_open GROUP BY order_number, currency ORDER BY at DESC";
    SUMS = "SELECT order_number, CAST(SUM(net_minor) AS BIGINT) AS net FROM purchase GROUP BY order_number ORDER BY order_number";
    CLOSE = "UPDATE purchase SET is_open = $2 WHERE order_number = $1";
    REMOVE = "DELETE FROM purchase WHERE order_number = $1";
    RELEASE = "DELETE FROM purchase_held WHERE order_number = $1";
}

const INSERT_HEAD: &str = "INSERT INTO purchase (order_number, position, company_id, product_id, at, quantity, unit,
    price_micros, list_micros, currency, net_minor, is_negotiated, is_open) VALUES";
const INSERT_HELD: &str =
    "INSERT INTO purchase_held (order_number, position, product_id, quantity, unit, price_micros, currency,
    net_minor, is_negotiated) VALUES";

pub(super) async fn activity(tx: &ReadTx, since: Instant) -> Outcome<Vec<Activity>> {
    let activity = |row: &Row| {
        let net = Amount::new(row.get("net")?, row.get("currency")?);
        Ok(Activity { orders: row.get("orders")?, lines: row.get("lines")?, net })
    };
    Ok(tx.all(ACTIVITY, params![since]).await?.iter().map(activity).collect::<Result<_, Fault>>()?)
}

pub(super) async fn insert_many(tx: &WriteTx, purchases: &[Purchase]) -> Result<u64, DbError> {
    let row = |p: &Purchase| -> Vec<Value> {
        params![
            p.order_number,
            p.position,
            p.company,
            p.product,
            p.at,
            p.quantity.thousandths(),
            p.quantity.unit(),
            p.price.micros(),
            p.list_price.micros(),
            p.net.currency(),
            p.net.minor(),
            p.is_negotiated,
            p.is_open,
        ]
    };
    tx.insert_many(INSERT_HEAD, "", purchases.iter().map(row).collect()).await
}

pub(super) async fn hold_many(tx: &WriteTx, purchases: &[Purchase]) -> Result<u64, DbError> {
    let row = |p: &Purchase| -> Vec<Value> {
        params![
            p.order_number,
            p.position,
            p.product,
            p.quantity.thousandths(),
            p.quantity.unit(),
            p.price.micros(),
            p.net.currency(),
            p.net.minor(),
            p.is_negotiated,
        ]
    };
    tx.insert_many(INSERT_HELD, "", purchases.iter().map(row).collect()).await
}

pub(super) async fn release(tx: &WriteTx, order_number: &str) -> Outcome<()> {
    tx.execute(RELEASE, params![order_number]).await?;
    Ok(())
}

pub(super) async fn close(tx: &WriteTx, order_number: &str) -> Outcome<()> {
    tx.execute(CLOSE, params![order_number, false]).await?;
    Ok(())
}

pub(super) async fn remove(tx: &WriteTx, order_number: &str) -> Outcome<()> {
    tx.execute(REMOVE, params![order_number]).await?;
    Ok(())
}

fn last_paid_from(row: &Row) -> Result<LastPaid, Fault> {
    Ok(LastPaid {
        price: UnitPrice::new(row.get("price_micros")?, row.get("currency")?),
        quantity: Quantity::new(row.get("quantity")?, row.get("unit")?),
        at: row.get("at")?,
        order_number: row.get("order_number")?,
        is_negotiated: row.get("is_negotiated")?,
    })
}

fn from_row(row: &Row) -> Result<Purchase, Fault> {
    let currency: Currency = row.get("currency")?;
    Ok(Purchase {
        order_number: row.get("order_number")?,
        position: row.get("position")?,
        company: row.get("company_id")?,
        product: row.get("product_id")?,
        at: row.get("at")?,
        quantity: Quantity::new(row.get("quantity")?, row.get("unit")?),
        price: UnitPrice::new(row.get("price_micros")?, currency),
        list_price: UnitPrice::new(row.get("list_micros")?, currency),
        net: Amount::new(row.get("net_minor")?, currency),
        is_negotiated: row.get("is_negotiated")?,
        is_open: row.get("is_open")?,
    })
}

pub(super) async fn last_paid(tx: &ReadTx, company: CompanyId, product: ProductId) -> Outcome<Option<LastPaid>> {
    Ok(tx.optional(LAST_PAID, params![company, product]).await?.as_ref().map(last_paid_from).transpose()?)
}

/// The last row of each product: a window over the company's rows of these products only.
pub(super) async fn last_paid_many(
    tx: &ReadTx,
    company: CompanyId,
    products: &[ProductId],
) -> Outcome<Vec<(ProductId, LastPaid)>> {
    let statement = Statement::new(
        "SELECT product_id, price_micros, currency, quantity, unit, at, order_number, is_negotiated FROM (
        SELECT p.*, ROW_NUMBER() OVER (PARTITION BY p.product_id ORDER BY p.at DESC, p.order_number DESC, p.position) AS place
        FROM purchase p",
    );
    let statement = statement
        .filter("p.company_id = ? AND p.quantity > 0", params![company])
        .filter_in("p.product_id", products)
        .then(") newest WHERE place = 1", params![]);
    let rows = tx.list(statement).await?;
    Ok(rows.iter().map(|row| Ok((row.get("product_id")?, last_paid_from(row)?))).collect::<Result<_, Fault>>()?)
}

pub(super) async fn revenue(tx: &ReadTx, company: CompanyId, since: Instant) -> Outcome<Vec<Amount>> {
    let rows = tx.all(REVENUE, params![company, since]).await?;
    Ok(rows.iter().map(|row| Ok(Amount::new(row.get("net")?, row.get("currency")?))).collect::<Result<_, Fault>>()?)
}

pub(super) async fn habits(
    tx: &ReadTx,
    company: CompanyId,
    products: &[ProductId],
    since: Instant,
) -> Outcome<Vec<(ProductId, Habit)>> {
    let statement = Statement::new(
        "SELECT product_id, unit, CAST(MAX(quantity) AS BIGINT) AS largest, CAST(SUM(quantity) AS BIGINT) AS total FROM purchase",
    )
        .filter("company_id = ? AND at >= ?", params![company, since])
        .filter_in("product_id", products)
        .then(" GROUP BY product_id, unit", params![]);
    let rows = tx.list(statement).await?;
    let habit = |row: &Row| -> Result<(ProductId, Habit), Fault> {
        let unit = row.get("unit")?;
        let quantity = |thousandths: i64| Quantity::new(thousandths.max(0), unit);
        let habit = Habit { largest: quantity(row.get("largest")?), total: quantity(row.get("total")?) };
        Ok((row.get("product_id")?, habit))
    };
    Ok(rows.iter().map(habit).collect::<Result<_, _>>()?)
}

pub(super) async fn years(tx: &ReadTx, before: Instant, since: Instant) -> Outcome<Vec<CustomerYear>> {
    let rows = tx.all(YEAR, params![before, since]).await?;
    let year = |row: &Row| -> Result<CustomerYear, Fault> {
        let currency = row.get("currency")?;
        Ok(CustomerYear {
            company: row.get("company_id")?,
            net: Amount::new(row.get("net")?, currency),
            net_before: Amount::new(row.get("before")?, currency),
            orders: row.get("orders")?,
            orders_negotiated: row.get("negotiated")?,
        })
    };
    Ok(rows.iter().map(year).collect::<Result<_, _>>()?)
}

pub(super) async fn sold(tx: &ReadTx, since: Instant) -> Outcome<Vec<(CompanyId, ProductId, Quantity)>> {
    let rows = tx.all(SOLD, params![since]).await?;
    let sold = |row: &Row| -> Result<_, Fault> {
        let quantity = Quantity::new(row.get("quantity")?, row.get("unit")?);
        Ok((row.get("company_id")?, row.get("product_id")?, quantity))
    };
    Ok(rows.iter().map(sold).collect::<Result<_, _>>()?)
}

pub(super) async fn newest(tx: &ReadTx) -> Outcome<Option<Instant>> {
    Ok(tx.one(NEWEST, params![]).await?.get("at")?)
}

pub(super) async fn sales(
    tx: &ReadTx,
    since: Instant,
    (order_number, position): (&str, i64),
    limit: i64,
) -> Outcome<Vec<Purchase>> {
    let rows = tx.all(SALES, params![order_number, position, since, limit]).await?;
    Ok(rows.iter().map(from_row).collect::<Result<_, _>>()?)
}

pub(super) async fn recent(tx: &ReadTx, company: CompanyId, limit: i64) -> Outcome<Vec<Purchase>> {
    let rows = tx.all(RECENT, params![company, limit]).await?;
    Ok(rows.iter().map(from_row).collect::<Result<_, _>>()?)
}

pub(super) async fn recent_of_product(
    tx: &ReadTx,
    company: CompanyId,
    product: ProductId,
    limit: i64,
) -> Outcome<Vec<Purchase>> {
    let rows = tx.all(RECENT_OF_PRODUCT, params![company, product, limit]).await?;
    Ok(rows.iter().map(from_row).collect::<Result<_, _>>()?)
}

pub(super) async fn open_orders(tx: &ReadTx, company: CompanyId) -> Outcome<Vec<OpenOrder>> {
    let rows = tx.all(OPEN_ORDERS, params![company]).await?;
    let order = |row: &Row| {
        let net = Amount::new(row.get("net")?, row.get("currency")?);
        Ok(OpenOrder { number: row.get("order_number")?, at: row.get("at")?, net })
    };
    Ok(rows.iter().map(order).collect::<Result<_, Fault>>()?)
}

pub(super) async fn sums(tx: &ReadTx) -> Outcome<BTreeMap<String, i64>> {
    let rows = tx.all(SUMS, params![]).await?;
    Ok(rows.iter().map(|row| Ok((row.get("order_number")?, row.get("net")?))).collect::<Result<_, Fault>>()?)
}
