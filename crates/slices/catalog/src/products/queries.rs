//! Reading products inside a transaction. Pages for buyers use [`crate::Catalog`].

use std::collections::HashMap;

use db::{ReadTx, Row, Statement, params, sql};
use kernel::{CategoryId, Failure, Fault, Gtin, Outcome, ProductId, Quantity, Sku, UnitPrice};
use web::Pager;

use super::store::Shared;
use super::{OrderType, Product, SellerFacts, Which, store};

sql! {
    SELLER = "SELECT id, class, cost_micros, cost_currency, is_cost_estimated, stock_since FROM product WHERE id = $1";
    BY_GTIN = "SELECT id FROM product WHERE gtin = $1";
    CLASSES = "SELECT DISTINCT class FROM product ORDER BY class";
    CATEGORY = "SELECT id FROM category WHERE id = $1";
    ELSEWHERE = "SELECT DISTINCT url FROM product_media WHERE kind = $1 AND url LIKE 'https://%'";
}

/// The product with this id, retired or not.
///
/// # Errors
/// A fault when the database fails.
pub async fn product(tx: &ReadTx, id: ProductId) -> Outcome<Option<Product>> {
    Ok(store::load(tx, &Which::Ids(&[id]), &mut Shared::default()).await?.pop())
}

/// The classes that products have, in order. For the seller's own people.
///
/// # Errors
/// A fault when the database fails.
pub async fn classes(tx: &ReadTx) -> Outcome<Vec<String>> {
    let rows = tx.all(CLASSES, params![]).await?;
    Ok(rows.iter().map(|row| row.get("class")).collect::<Result<_, Fault>>()?)
}

/// Other machines that pictures of products come from, in order.
///
/// # Errors
/// A fault when the database fails.
pub async fn picture_hosts(tx: &ReadTx) -> Outcome<Vec<String>> {
    let rows = tx.all(ELSEWHERE, params![super::MediaKind::Image.code()]).await?;
    let mut hosts = Vec::new();
    for row in &rows {
        let url: String = row.get("url")?;
        let host = url.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next());
        hosts.extend(host.map(str::to_ascii_lowercase));
    }
    hosts.sort_unstable();
    hosts.dedup();
    Ok(hosts)
}

/// The products with these ids, in no particular order.
///
/// # Errors
/// A fault when the database fails.
pub async fn products(tx: &ReadTx, ids: &[ProductId]) -> Outcome<Vec<Product>> {
    store::load(tx, &Which::Ids(ids), &mut Shared::default()).await
}

/// The product with this SKU, retired or not.
///
/// # Errors
/// A fault when the database fails.
pub async fn by_sku(tx: &ReadTx, sku: &Sku) -> Outcome<Option<Product>> {
    Ok(store::load(tx, &Which::Sku(sku), &mut Shared::default()).await?.pop())
}

/// The ids of products by SKU, as many as there are.
///
/// # Errors
/// A fault when the database fails.
pub async fn ids_by_sku(tx: &ReadTx, skus: &[&Sku]) -> Outcome<HashMap<Sku, ProductId>> {
    let mut ids = HashMap::with_capacity(skus.len());
    for batch in skus.chunks(500) {
        for row in tx.list(Statement::new("SELECT id, sku FROM product").filter_in("sku", batch)).await? {
            ids.insert(row.get("sku")?, row.get("id")?);
        }
    }
    Ok(ids)
}

pub(super) async fn versions(tx: &ReadTx, skus: &[&Sku]) -> Outcome<HashMap<String, (ProductId, i64)>> {
    let rows = tx.list(Statement::new("SELECT id, sku, version FROM product").filter_in("sku", skus)).await?;
    Ok(rows
        .iter()
        .map(|row| Ok((row.get("sku")?, (row.get("id")?, row.get("version")?))))
        .collect::<Result<_, Fault>>()?)
}

pub(super) async fn by_gtin(tx: &ReadTx, gtin: &Gtin) -> Outcome<Option<ProductId>> {
    Ok(tx.optional(BY_GTIN, params![gtin]).await?.map(|row| row.get("id")).transpose()?)
}

pub(super) async fn category_exists(tx: &ReadTx, id: CategoryId) -> Outcome<bool> {
    Ok(tx.optional(CATEGORY, params![id]).await?.is_some())
}

/// What only the seller may know of a product.
///
/// # Errors
/// Not found; a fault when the database fails.
pub async fn seller_facts(tx: &ReadTx, id: ProductId) -> Outcome<SellerFacts> {
    let row = tx.optional(SELLER, params![id]).await?.ok_or(Failure::NotFound)?;
    Ok(facts(&row)?)
}

/// What only the seller may know of several products.
///
/// # Errors
/// A fault when the database fails.
pub async fn seller_facts_many(tx: &ReadTx, ids: &[ProductId]) -> Outcome<HashMap<ProductId, SellerFacts>> {
    let mut all = HashMap::with_capacity(ids.len());
    for batch in ids.chunks(500) {
        let statement =
            Statement::new("SELECT id, class, cost_micros, cost_currency, is_cost_estimated, stock_since FROM product");
        for row in tx.list(statement.filter_in("id", batch)).await? {
            all.insert(row.get("id")?, facts(&row)?);
        }
    }
    Ok(all)
}

fn facts(row: &Row) -> Result<SellerFacts, Fault> {
    let micros: Option<i64> = row.get("cost_micros")?;
    let cost = micros.zip(row.get("cost_currency")?).map(|(micros, currency)| UnitPrice::new(micros, currency));
    Ok(SellerFacts {
        class: row.get("class")?,
        cost,
        is_cost_estimated: row.get("is_cost_estimated")?,
        stock_since: row.get("stock_since")?,
    })
}

/// Which products the office's list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductFilter {
    /// Only these (what the search found), when something was searched for.
    pub ids: Option<Vec<ProductId>>,
    /// Only those in these categories, when one was chosen.
    pub categories: Option<Vec<CategoryId>>,
    /// Only those of this order type.
    pub order_type: Option<OrderType>,
    /// Only those of this class.
    pub class: Option<String>,
    /// Only those that can, or cannot, be bought.
    pub is_active: Option<bool>,
    /// Only those without a known cost.
    pub lacks_cost: bool,
    /// Only those with nothing in stock.
    pub is_out: bool,
    /// The order.
    pub sort: ProductSort,
    /// From last to first.
    pub descending: bool,
}

/// The order of the office's list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ProductSort {
    /// By SKU.
    #[default]
    Sku,
    /// By name.
    Name,
    /// By what is in stock.
    Stock,
    /// By cost.
    Cost,
    /// By class.
    Class,
    /// By lead time.
    LeadTime,
}

impl ProductSort {
    /// Every order with its code in addresses.
    pub const ALL: [(&'static str, Self); 6] = [
        ("sku", Self::Sku),
        ("name", Self::Name),
        ("stock", Self::Stock),
        ("cost", Self::Cost),
        ("class", Self::Class),
        ("lead", Self::LeadTime),
    ];

    fn order(self, descending: bool) -> &'static str {
        match (self, descending) {
            (Self::Sku, false) => "ORDER BY sku",
            (Self::Sku, true) => "ORDER BY sku DESC",
            (Self::Name, false) => "ORDER BY name, sku",
            (Self::Name, true) => "ORDER BY name DESC, sku",
            (Self::Stock, false) => "ORDER BY stock, sku",
            (Self::Stock, true) => "ORDER BY stock DESC, sku",
            (Self::Cost, false) => "ORDER BY COALESCE(cost_micros, -1), sku",
            (Self::Cost, true) => "ORDER BY COALESCE(cost_micros, -1) DESC, sku",
            (Self::Class, false) => "ORDER BY class, sku",
            (Self::Class, true) => "ORDER BY class DESC, sku",
            (Self::LeadTime, false) => "ORDER BY lead_days, sku",
            (Self::LeadTime, true) => "ORDER BY lead_days DESC, sku",
        }
    }
}

/// A row of the office's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductRow {
    /// Its id.
    pub id: ProductId,
    /// Stock keeping unit.
    pub sku: Sku,
    /// Name in the merchant's first language.
    pub name: String,
    /// Its category.
    pub category: CategoryId,
    /// How it comes about.
    pub order_type: OrderType,
    /// What is in stock.
    pub stock: Quantity,
    /// Working days until it can leave the house when it is not in stock.
    pub lead_days: i64,
    /// Whether it can be bought.
    pub is_active: bool,
    /// What only the seller may know.
    pub seller: SellerFacts,
}

fn filtered(head: &'static str, filter: &ProductFilter) -> Statement {
    let mut statement = Statement::new(head)
        .filter_some("order_type = ?", filter.order_type.map(|kind| kind.code()))
        .filter_some("class = ?", filter.class.clone())
        .filter_some("is_active = ?", filter.is_active);
    if let Some(ids) = &filter.ids {
        statement = statement.filter_in("id", ids);
    }
    if let Some(categories) = &filter.categories {
        statement = statement.filter_in("category_id", categories);
    }
    if filter.lacks_cost {
        statement = statement.filter("cost_micros IS NULL", vec![]);
    }
    if filter.is_out {
        statement = statement.filter("stock <= 0", vec![]);
    }
    statement
}

/// Products as the seller sees them, and how many there are in all.
///
/// # Errors
/// A fault when the database fails.
pub async fn list(tx: &ReadTx, filter: &ProductFilter, pager: Pager) -> Outcome<(Vec<ProductRow>, i64)> {
    let count = tx.list(filtered("SELECT COUNT(*) AS n FROM product", filter)).await?;
    let total = count.first().map_or(Ok(0), |row| row.get("n"))?;
    let head = "SELECT id, sku, name, category_id, unit, order_type, stock, lead_days, is_active, class, cost_micros,
        cost_currency, is_cost_estimated, stock_since FROM product";
    let statement = filtered(head, filter)
        .then(filter.sort.order(filter.descending), vec![])
        .then("LIMIT ? OFFSET ?", params![pager.per_page, pager.offset()]);
    let rows = tx.list(statement).await?;
    Ok((rows.iter().map(row).collect::<Result<_, Fault>>()?, total))
}

fn row(row: &Row) -> Result<ProductRow, Fault> {
    let order_type: String = row.get("order_type")?;
    Ok(ProductRow {
        id: row.get("id")?,
        sku: row.get("sku")?,
        name: row.get("name")?,
        category: row.get("category_id")?,
        order_type: OrderType::parse(&order_type).ok_or_else(|| Fault::new("product: order_type"))?,
        stock: Quantity::new(row.get("stock")?, row.get("unit")?),
        lead_days: row.get("lead_days")?,
        is_active: row.get("is_active")?,
        seller: facts(row)?,
    })
}
