//! The SQL of price lists.

use db::{DbError, ReadTx, Row, Statement, Value, WriteTx, containing, params};
use kernel::{Ctx, Currency, Fault, Outcome, PriceListId, ProductId, Quantity, UnitPrice};
use pricing_engine::{Scope, Tier};

use super::queries::ListFilter;
use super::{ListPrice, ListScope, NewList, PriceList};
use crate::groups::{others, texts};

db::sql! {
    IDS = "SELECT id FROM price_list ORDER BY id";
    BY_ID = "SELECT id, code, name, names, scope, price_group, company_id, reference, currency, valid_from, valid_until,
        version FROM price_list WHERE id = $1";
    BY_CODE = "SELECT id, code, name, names, scope, price_group, company_id, reference, currency, valid_from, valid_until,
        version FROM price_list WHERE code = $1";
    UPDATE = "UPDATE price_list SET name = $3, names = $4, valid_from = $5, valid_until = $6, version = version + 1
        WHERE id = $1 AND version = $2";
    FIRST_PRICES = "SELECT p.product_id, p.from_quantity, p.unit, p.micros, l.currency FROM price p
        JOIN price_list l ON l.id = p.price_list_id WHERE p.price_list_id = $1
        ORDER BY p.product_id, p.from_quantity LIMIT 5000";
    PRICES_AFTER = "SELECT p.product_id, p.from_quantity, p.unit, p.micros, l.currency FROM price p
        JOIN price_list l ON l.id = p.price_list_id
        WHERE p.price_list_id = $1 AND (p.product_id, p.from_quantity) > ($2, $3)
        ORDER BY p.product_id, p.from_quantity LIMIT 5000";
    REMOVE_PRICE = "DELETE FROM price WHERE price_list_id = $1 AND product_id = $2 AND from_quantity = $3";
    KEYS = "SELECT product_id, from_quantity FROM price WHERE price_list_id = $1 ORDER BY product_id, from_quantity";
    COUNTS = "SELECT scope, COUNT(*) AS n FROM price_list GROUP BY scope";
}

const INSERT_HEAD: &str =
    "INSERT INTO price_list (id, code, name, names, scope, price_group, company_id, reference, currency,
    valid_from, valid_until, created_at, version) VALUES";
const PRICE_HEAD: &str = "INSERT INTO price (price_list_id, product_id, from_quantity, unit, micros) VALUES";
const PRICE_UPSERT: &str = "ON CONFLICT (price_list_id, product_id, from_quantity) DO UPDATE SET micros = excluded.micros, unit = excluded.unit";

/// A list from its row. The columns are named as in the table, except that joins may give the id as `list_id`.
fn from_row(row: &Row) -> Outcome<PriceList> {
    let scope: String = row.get("scope")?;
    let wrong = || Fault::new(format!("a price list of scope {scope:?} without its group or company"));
    let scope = match Scope::parse(&scope).ok_or_else(wrong)? {
        Scope::General => ListScope::General,
        Scope::Group => ListScope::Group(row.get::<Option<String>>("price_group")?.ok_or_else(wrong)?),
        Scope::Company => ListScope::Company(row.get::<Option<_>>("company_id")?.ok_or_else(wrong)?),
        Scope::Contract => ListScope::Contract {
            company: row.get::<Option<_>>("company_id")?.ok_or_else(wrong)?,
            reference: row.get::<Option<String>>("reference")?.unwrap_or_default(),
        },
    };
    Ok(PriceList {
        id: row.get("id")?,
        code: row.get("code")?,
        name: texts(row.get("name")?, &row.get::<String>("names")?)?,
        scope,
        currency: row.get("currency")?,
        valid_from: row.get("valid_from")?,
        valid_until: row.get("valid_until")?,
        version: row.get("version")?,
    })
}

pub(crate) async fn ids(tx: &ReadTx) -> Outcome<Vec<PriceListId>> {
    Ok(tx.all(IDS, params![]).await?.iter().map(|row| row.get("id")).collect::<Result<_, _>>()?)
}

pub(crate) async fn by_id(tx: &ReadTx, id: PriceListId) -> Outcome<Option<PriceList>> {
    tx.optional(BY_ID, params![id]).await?.as_ref().map(from_row).transpose()
}

pub(super) async fn by_code(tx: &ReadTx, code: &str) -> Outcome<Option<PriceList>> {
    tx.optional(BY_CODE, params![code]).await?.as_ref().map(from_row).transpose()
}

fn filtered(statement: Statement, filter: &ListFilter) -> Statement {
    let statement = match &filter.text {
        Some(text) => {
            // SQLite knows the lower case of plain letters only, so others are also found as they were typed.
            let (lower, typed) = (containing(&text.to_lowercase()), containing(text));
            statement.filter(
                "(LOWER(l.code) LIKE ? ESCAPE '\\' OR LOWER(l.name) LIKE ? ESCAPE '\\' OR l.name LIKE ? ESCAPE '\\')",
                params![lower, lower, typed],
            )
        }
        None => statement,
    };
    statement.filter_some("l.scope = ?", filter.scope.map(Scope::code)).filter_some("l.company_id = ?", filter.company)
}

/// Lists by code with the number of their prices, and how many there are in all.
pub(super) async fn list(
    tx: &ReadTx,
    filter: &ListFilter,
    limit: i64,
    offset: i64,
) -> Outcome<(Vec<(PriceList, i64)>, i64)> {
    let rows = Statement::new(
        "SELECT l.id, l.code, l.name, l.names, l.scope, l.price_group, l.company_id, l.reference, l.currency, l.valid_from,
        l.valid_until, l.version, (SELECT COUNT(*) FROM price p WHERE p.price_list_id = l.id) AS prices FROM price_list l",
    );
    let rows = filtered(rows, filter).then("ORDER BY l.code LIMIT ? OFFSET ?", params![limit, offset]);
    let rows = tx.list(rows).await?;
    let total = tx.list(filtered(Statement::new("SELECT COUNT(*) AS n FROM price_list l"), filter)).await?;
    let total = total.first().map_or(Ok(0), |row| row.get("n"))?;
    let rows: Outcome<_> = rows.iter().map(|row| Ok((from_row(row)?, row.get("prices")?))).collect();
    Ok((rows?, total))
}

/// How many lists there are of each scope.
pub(super) async fn counts(tx: &ReadTx) -> Outcome<Vec<(Scope, i64)>> {
    let rows = tx.all(COUNTS, params![]).await?;
    let pairs: Result<Vec<(String, i64)>, Fault> =
        rows.iter().map(|row| Ok((row.get("scope")?, row.get("n")?))).collect();
    let mut counts: Vec<_> = pairs?.into_iter().filter_map(|(scope, n)| Some((Scope::parse(&scope)?, n))).collect();
    counts.sort_unstable();
    Ok(counts)
}

pub(super) async fn insert_many(tx: &WriteTx, ctx: &Ctx, lists: &[(PriceListId, &NewList)]) -> Result<u64, DbError> {
    let row = |(id, list): &(PriceListId, &NewList)| -> Vec<Value> {
        let reference = match &list.scope {
            ListScope::Contract { reference, .. } => Some(reference),
            _ => None,
        };
        params![
            id,
            list.code.trim(),
            list.name.first(),
            others(&list.name),
            list.scope.scope().code(),
            list.scope.group(),
            list.scope.company(),
            reference,
            list.currency,
            list.valid_from,
            list.valid_until,
            ctx.now,
            1_i64,
        ]
    };
    tx.insert_many(INSERT_HEAD, "", lists.iter().map(row).collect()).await
}

/// Whether the list was still in the version that it carries.
pub(super) async fn update(tx: &WriteTx, list: &PriceList) -> Outcome<bool> {
    let values =
        params![list.id, list.version, list.name.first(), others(&list.name), list.valid_from, list.valid_until];
    Ok(tx.execute(UPDATE, values).await? == 1)
}

fn price_from(row: &Row) -> Result<ListPrice, Fault> {
    let currency: Currency = row.get("currency")?;
    let from = Quantity::new(row.get("from_quantity")?, row.get("unit")?);
    let tier = Tier { from, price: UnitPrice::new(row.get("micros")?, currency) };
    Ok(ListPrice { product: row.get("product_id")?, tier })
}

/// Visits the next 5,000 prices of a list; gives the place of the last one, or `None` when there are no more.
pub(crate) async fn prices_after(
    tx: &ReadTx,
    list: PriceListId,
    after: Option<(ProductId, i64)>,
    mut visit: impl FnMut(ListPrice),
) -> Outcome<Option<(ProductId, i64)>> {
    let rows = match after {
        None => tx.all(FIRST_PRICES, params![list]).await?,
        Some((product, from)) => tx.all(PRICES_AFTER, params![list, product, from]).await?,
    };
    let mut last = None;
    for row in &rows {
        let price = price_from(row)?;
        last = Some((price.product, price.tier.from.thousandths()));
        visit(price);
    }
    Ok(last)
}

fn of_list(statement: Statement, list: PriceListId, products: Option<&[ProductId]>) -> Statement {
    let statement = statement.filter("p.price_list_id = ?", params![list]);
    match products {
        Some(products) => statement.filter_in("p.product_id", products),
        None => statement,
    }
}

/// The products of a list, and how many there are in all.
pub(super) async fn products(
    tx: &ReadTx,
    list: PriceListId,
    among: Option<&[ProductId]>,
    limit: i64,
    offset: i64,
) -> Outcome<(Vec<ProductId>, i64)> {
    let rows = of_list(Statement::new("SELECT DISTINCT p.product_id FROM price p"), list, among);
    let rows = tx.list(rows.then("ORDER BY p.product_id LIMIT ? OFFSET ?", params![limit, offset])).await?;
    let total = Statement::new("SELECT COUNT(DISTINCT p.product_id) AS n FROM price p");
    let total = tx.list(of_list(total, list, among)).await?.first().map_or(Ok(0), |row| row.get("n"))?;
    Ok((rows.iter().map(|row| row.get("product_id")).collect::<Result<_, _>>()?, total))
}

/// All steps of these products in a list.
pub(super) async fn prices(tx: &ReadTx, list: PriceListId, products: &[ProductId]) -> Outcome<Vec<ListPrice>> {
    let rows = Statement::new(
        "SELECT p.product_id, p.from_quantity, p.unit, p.micros, l.currency FROM price p
        JOIN price_list l ON l.id = p.price_list_id",
    );
    let rows = of_list(rows, list, Some(products)).then("ORDER BY p.product_id, p.from_quantity", params![]);
    Ok(tx.list(rows).await?.iter().map(price_from).collect::<Result<_, _>>()?)
}

pub(super) async fn put_prices(tx: &WriteTx, list: PriceListId, prices: &[ListPrice]) -> Result<u64, DbError> {
    let row = |price: &ListPrice| {
        let (from, micros) = (price.tier.from, price.tier.price.micros());
        params![list, price.product, from.thousandths(), from.unit(), micros]
    };
    tx.insert_many(PRICE_HEAD, PRICE_UPSERT, prices.iter().map(row).collect()).await
}

pub(super) async fn remove_price(tx: &WriteTx, list: PriceListId, product: ProductId, from: i64) -> Outcome<()> {
    Ok(tx.execute(REMOVE_PRICE, params![list, product, from]).await.map(|_| ())?)
}

pub(super) async fn keys(tx: &ReadTx, list: PriceListId) -> Outcome<Vec<(ProductId, i64)>> {
    let rows = tx.all(KEYS, params![list]).await?;
    let key = |row: &Row| Ok::<_, Fault>((row.get("product_id")?, row.get("from_quantity")?));
    Ok(rows.iter().map(key).collect::<Result<_, _>>()?)
}
