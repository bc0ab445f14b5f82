//! The SQL of products.

use std::collections::HashMap;
use std::sync::Arc;

use db::{ReadTx, Row, Statement, Value, WriteTx, params, sql};
use i18n::Language;
use kernel::{Fault, Outcome, Packing, ProductId, Quantity, Sku};
use serde::{Deserialize, Serialize};

use super::{Media, MediaKind, NewProduct, OrderType, Product};
use crate::Texts;
use crate::attributes::{self, Attribute};

sql! {
    UPDATE = "UPDATE product SET gtin = $1, mpn = $2, category_id = $3, name = $4, description = $5, attributes = $6,
        unit = $7, pack = $8, packs_per_pallet = $9, minimum = $10, step = $11, class = $12, order_type = $13,
        stock = $14, lead_days = $15, weight_grams = $16, origin = $17, customs_code = $18, drawing = $19,
        cost_micros = $20, cost_currency = $21, is_cost_estimated = $22, stock_since = $23, is_active = $24,
        version = version + 1 WHERE id = $25 AND version = $26";
    STOCK = "UPDATE product SET stock = $1, version = version + 1 WHERE id = $2";
    DROP_TEXTS = "DELETE FROM product_text WHERE product_id = $1";
    DROP_MEDIA = "DELETE FROM product_media WHERE product_id = $1";
}

const COLUMNS: &str = "SELECT id, sku, gtin, mpn, category_id, name, description, attributes, unit, pack,
    packs_per_pallet, minimum, step, order_type, stock, lead_days, weight_grams, origin, customs_code, drawing,
    is_active, version FROM product";
const INSERT: &str = "INSERT INTO product (id, sku, gtin, mpn, category_id, name, description, attributes, unit, pack,
    packs_per_pallet, minimum, step, class, order_type, stock, lead_days, weight_grams, origin, customs_code, drawing,
    cost_micros, cost_currency, is_cost_estimated, stock_since, is_active, created_at, version) VALUES";
const INSERT_TEXTS: &str = "INSERT INTO product_text (product_id, language, name, description) VALUES";
const INSERT_MEDIA: &str = "INSERT INTO product_media (product_id, position, kind, title, url) VALUES";

/// Which products to read.
pub(crate) enum Which<'a> {
    /// Those with these ids.
    Ids(&'a [ProductId]),
    /// That with this SKU.
    Sku(&'a Sku),
    /// So many after this id, in the order of ids: for reading all in pieces.
    After(Option<ProductId>, i64),
}

/// Reads products with texts and media, in the order of ids.
pub(crate) async fn load(tx: &ReadTx, which: &Which<'_>, shared: &mut Shared) -> Outcome<Vec<Product>> {
    let statement = Statement::new(COLUMNS);
    let statement = match which {
        Which::Ids(ids) => statement.filter_in("id", ids).then("ORDER BY id", vec![]),
        Which::Sku(sku) => statement.filter("sku = ?", params![sku]),
        Which::After(after, limit) => {
            statement.filter_some("id > ?", *after).then("ORDER BY id LIMIT ?", params![*limit])
        }
    };
    let rows = tx.list(statement).await?;
    let mut products = rows.iter().map(|row| from_row(row, shared)).collect::<Result<Vec<_>, Fault>>()?;
    drop(rows);
    if !products.is_empty() {
        let places = products.iter().enumerate().map(|(place, product)| (product.id, place)).collect();
        texts(tx, &places, &mut products).await?;
        media(tx, &places, &mut products).await?;
    }
    Ok(products)
}

/// What belongs to these products, which are in the order of ids: by a list of few, and between two ids instead of a list
/// of two thousand.
fn belonging(head: &'static str, products: &[Product]) -> Statement {
    const LISTED_MAX: usize = 200;
    let statement = Statement::new(head);
    match (products.first(), products.last()) {
        (Some(first), Some(last)) if products.len() > LISTED_MAX => {
            statement.filter("product_id >= ? AND product_id <= ?", params![first.id, last.id])
        }
        _ => statement.filter_in("product_id", &products.iter().map(|product| product.id).collect::<Vec<_>>()),
    }
}

async fn texts(tx: &ReadTx, places: &HashMap<ProductId, usize>, products: &mut [Product]) -> Outcome<()> {
    let statement = belonging("SELECT product_id, language, name, description FROM product_text", products);
    for row in tx.list(statement).await? {
        let Some(place) = places.get(&row.get("product_id")?) else { continue };
        let Some(language) = Language::parse(&row.get::<String>("language")?) else { continue };
        let product = &mut products[*place];
        product.name = std::mem::take(&mut product.name).with(language, row.get::<String>("name")?);
        let description = std::mem::take(&mut product.description);
        product.description = description.with(language, row.get::<String>("description")?);
    }
    Ok(())
}

async fn media(tx: &ReadTx, places: &HashMap<ProductId, usize>, products: &mut [Product]) -> Outcome<()> {
    let statement = belonging("SELECT product_id, kind, title, url FROM product_media", products);
    for row in tx.list(statement.then("ORDER BY product_id, position", vec![])).await? {
        let Some(place) = places.get(&row.get("product_id")?) else { continue };
        let kind = row.get::<String>("kind")?;
        let kind = MediaKind::parse(&kind).ok_or_else(|| Fault::new(format!("product_media: no kind {kind}")))?;
        let (title, url) = (row.get::<String>("title")?.into(), row.get::<String>("url")?.into());
        products[*place].media.push(Media { kind, title, url });
    }
    Ok(())
}

fn from_row(row: &Row, shared: &mut Shared) -> Result<Product, Fault> {
    let id: ProductId = row.get("id")?;
    let corrupt = |what: &str| Fault::new(format!("product {id}: {what}"));
    let unit = row.get("unit")?;
    let order_type: String = row.get("order_type")?;
    let text = |name: &str| row.get::<String>(name).map(String::into_boxed_str);
    Ok(Product {
        sku: row.get("sku")?,
        gtin: row.get("gtin")?,
        mpn: row.get::<Option<String>>("mpn")?.map(String::into_boxed_str),
        category: row.get("category_id")?,
        name: Texts::new(text("name")?),
        description: Texts::new(text("description")?),
        attributes: shared.attributes(&row.get::<String>("attributes")?).map_err(|_| corrupt("attributes"))?,
        packing: Packing {
            unit,
            pack: row.get("pack")?,
            packs_per_pallet: row.get("packs_per_pallet")?,
            minimum: row.get("minimum")?,
            step: row.get("step")?,
        },
        order_type: OrderType::parse(&order_type).ok_or_else(|| corrupt("order_type"))?,
        stock: Quantity::new(row.get("stock")?, unit),
        lead_days: row.get("lead_days")?,
        weight_grams: row.get("weight_grams")?,
        origin: row.get("origin")?,
        customs_code: text("customs_code")?,
        drawing: row.get::<Option<String>>("drawing")?.map(String::into_boxed_str),
        media: Vec::new(),
        is_active: row.get("is_active")?,
        version: row.get("version")?,
        id,
    })
}

/// An attribute as it is stored: `["thread", 8000]`, `["coated", true]`, `["material", {"": "Steel", "pl": "Stal"}]`.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Stored {
    Flag(bool),
    Number(i64),
    Text(Texts),
}

fn to_json(attributes: &[Attribute]) -> String {
    let stored: Vec<(&str, Stored)> = attributes
        .iter()
        .map(|attribute| {
            let value = match &attribute.value {
                attributes::Value::Number(number) => Stored::Number(*number),
                attributes::Value::Text(text) => Stored::Text(text.clone()),
                attributes::Value::Flag(flag) => Stored::Flag(*flag),
            };
            (&*attribute.key, value)
        })
        .collect();
    serde_json::to_string(&stored).expect("texts, numbers and flags can be written as JSON")
}

/// Attributes that many products have alike are kept once.
#[derive(Debug, Default, Clone)]
pub(crate) struct Shared {
    keys: std::collections::HashSet<Arc<str>>,
    attributes: std::collections::HashSet<Arc<Attribute>>,
}

impl Shared {
    fn attributes(&mut self, json: &str) -> Result<Vec<Arc<Attribute>>, serde_json::Error> {
        let stored: Vec<(std::borrow::Cow<'_, str>, Stored)> = serde_json::from_str(json)?;
        // Not `collect`: it would keep the wider allocation of what was parsed.
        let mut attributes = Vec::with_capacity(stored.len());
        attributes.extend(stored.into_iter().map(|(key, value)| self.attribute(&key, value)));
        Ok(attributes)
    }

    fn attribute(&mut self, key: &str, value: Stored) -> Arc<Attribute> {
        let key = match self.keys.get(key) {
            Some(known) => known.clone(),
            None => {
                let key: Arc<str> = key.into();
                self.keys.insert(key.clone());
                key
            }
        };
        let value = match value {
            Stored::Number(number) => attributes::Value::Number(number),
            Stored::Text(text) => attributes::Value::Text(text),
            Stored::Flag(flag) => attributes::Value::Flag(flag),
        };
        let attribute = Attribute { key, value };
        if let Some(known) = self.attributes.get(&attribute) {
            return known.clone();
        }
        let attribute = Arc::new(attribute);
        self.attributes.insert(attribute.clone());
        attribute
    }
}

/// The values of the columns that an insert and an update have in common, in the order of both.
fn values(product: &NewProduct) -> Vec<Value> {
    let NewProduct { packing, seller, .. } = product;
    params![
        product.gtin,
        product.mpn,
        product.category,
        product.name.first(),
        product.description.first(),
        to_json(&product.attributes),
        packing.unit,
        packing.pack,
        packing.packs_per_pallet,
        packing.minimum,
        packing.step,
        seller.class,
        product.order_type.code(),
        product.stock.thousandths(),
        product.lead_days,
        product.weight_grams,
        product.origin,
        product.customs_code,
        product.drawing,
        seller.cost.map(|cost| cost.micros()),
        seller.cost.map(|cost| cost.currency()),
        seller.is_cost_estimated,
        seller.stock_since,
        product.is_active,
    ]
}

/// Inserts products with their texts and media.
pub(super) async fn insert(
    tx: &WriteTx,
    now: kernel::Instant,
    products: &[(ProductId, &NewProduct)],
) -> Result<(), db::DbError> {
    let mut rows = Vec::with_capacity(products.len());
    for (id, product) in products {
        let mut row = params![id, product.sku];
        row.extend(values(product));
        row.extend(params![now, 1_i64]);
        rows.push(row);
    }
    tx.insert_many(INSERT, "", rows).await?;
    insert_parts(tx, products).await
}

async fn insert_parts(tx: &WriteTx, products: &[(ProductId, &NewProduct)]) -> Result<(), db::DbError> {
    let (mut texts, mut media) = (Vec::new(), Vec::new());
    for (id, product) in products {
        let NewProduct { name, description, .. } = product;
        let has = |l: &Language| name.translation(*l).is_some() || description.translation(*l).is_some();
        let rows =
            Language::ALL.into_iter().filter(has).map(|l| params![id, l.code(), name.get(l), description.get(l)]);
        texts.extend(rows);
        let rows = product.media.iter().zip(0_i64..);
        media.extend(rows.map(|(m, place)| params![id, place, m.kind.code(), &*m.title, &*m.url]));
    }
    tx.insert_many(INSERT_TEXTS, "", texts).await?;
    tx.insert_many(INSERT_MEDIA, "", media).await?;
    Ok(())
}

/// Updates a product of `version` with its texts and media; says whether that version was there.
pub(super) async fn update(
    tx: &WriteTx,
    id: ProductId,
    version: i64,
    product: &NewProduct,
) -> Result<bool, db::DbError> {
    let mut row = values(product);
    row.extend(params![id, version]);
    if tx.execute(UPDATE, row).await? == 0 {
        return Ok(false);
    }
    tx.execute(DROP_TEXTS, params![id]).await?;
    tx.execute(DROP_MEDIA, params![id]).await?;
    insert_parts(tx, &[(id, product)]).await?;
    Ok(true)
}

/// Sets the stock; says whether the product is there.
pub(super) async fn set_stock(tx: &WriteTx, id: ProductId, stock: Quantity) -> Outcome<bool> {
    Ok(tx.execute(STOCK, params![stock.thousandths(), id]).await? == 1)
}
