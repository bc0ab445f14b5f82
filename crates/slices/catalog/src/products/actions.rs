//! Writing products.

use std::collections::HashMap;

use db::{DbError, WriteTx};
use kernel::{Ctx, Failure, Invalid, Outcome, Permission, ProductId, Quantity};

use super::{Event, NewProduct, ProductRefusal, Which, queries, rules, store};

/// Products in one statement and one event.
pub const BATCH: usize = 500;

/// Creates a product.
///
/// # Errors
/// `not-allowed`; invalid fields, `sku` or `gtin` when another product has it; a fault when the database fails.
pub async fn create(tx: &WriteTx, ctx: &Ctx, product: &NewProduct) -> Outcome<ProductId> {
    ctx.actor.must(Permission::ManageCatalog)?;
    rules::check(product)?;
    check_unique(tx, None, product).await?;
    let id = ProductId::new(ctx);
    store::insert(tx, ctx.now, &[(id, product)])
        .await
        .map_err(|e| e.on_unique(|| taken("sku", "product-sku-taken")))?;
    tx.append(ctx, &Event::Created(id)).await?;
    Ok(id)
}

/// Creates many products; ids in the order of `products`.
///
/// # Errors
/// `not-allowed`; invalid fields as `[n].field`; a fault when the database fails.
pub async fn create_many(tx: &WriteTx, ctx: &Ctx, products: &[NewProduct]) -> Outcome<Vec<ProductId>> {
    ctx.actor.must(Permission::ManageCatalog)?;
    check_all(products)?;
    let ids: Vec<ProductId> = products.iter().map(|_| ProductId::new(ctx)).collect();
    let rows: Vec<_> = ids.iter().copied().zip(products).collect();
    for batch in rows.chunks(BATCH) {
        insert_batch(tx, ctx, batch).await?;
    }
    Ok(ids)
}

/// Creates the products whose SKU is new and changes the others; ids in the order of `products`.
///
/// # Errors
/// As [`create_many`].
pub async fn upsert_many(tx: &WriteTx, ctx: &Ctx, products: &[NewProduct]) -> Outcome<Vec<ProductId>> {
    ctx.actor.must(Permission::ManageCatalog)?;
    check_all(products)?;
    let skus: Vec<&kernel::Sku> = products.iter().map(|product| &product.sku).collect();
    let mut known: HashMap<String, (ProductId, i64)> = HashMap::new();
    for batch in skus.chunks(BATCH) {
        known.extend(queries::versions(tx, batch).await?);
    }
    let mut ids = Vec::with_capacity(products.len());
    let (mut new, mut changed) = (Vec::<(ProductId, &NewProduct)>::new(), Vec::new());
    // The same SKU may stand twice in one file; the last row wins.
    let mut places: HashMap<&str, usize> = HashMap::new();
    for product in products {
        match known.get(product.sku.as_str()).copied() {
            Some((id, version)) => {
                store::update(tx, id, version, product).await.map_err(gtin_taken)?;
                known.insert(product.sku.to_string(), (id, version + 1));
                changed.push(id);
                ids.push(id);
            }
            None => {
                let place = *places.entry(product.sku.as_str()).or_insert(new.len());
                match new.get_mut(place) {
                    Some(earlier) => earlier.1 = product,
                    None => new.push((ProductId::new(ctx), product)),
                }
                ids.push(new[place].0);
            }
        }
    }
    for batch in new.chunks(BATCH) {
        insert_batch(tx, ctx, batch).await?;
    }
    for batch in changed.chunks(BATCH) {
        tx.append(ctx, &Event::Imported(batch.to_vec())).await?;
    }
    Ok(ids)
}

async fn insert_batch(tx: &WriteTx, ctx: &Ctx, batch: &[(ProductId, &NewProduct)]) -> Outcome<()> {
    store::insert(tx, ctx.now, batch).await.map_err(|e| e.on_unique(|| taken("sku", "product-sku-or-gtin-taken")))?;
    tx.append(ctx, &Event::Imported(batch.iter().map(|(id, _)| *id).collect())).await?;
    Ok(())
}

/// Changes a product. `version` is the one that was read, if somebody read it before deciding.
///
/// # Errors
/// `not-allowed`; invalid fields; not found; `product-changed`; a fault when the database fails.
pub async fn update(tx: &WriteTx, ctx: &Ctx, id: ProductId, version: Option<i64>, product: &NewProduct) -> Outcome<()> {
    ctx.actor.must(Permission::ManageCatalog)?;
    rules::check(product)?;
    let present = queries::product(tx, id).await?.ok_or(Failure::NotFound)?;
    rules::check_version(version, present.version)?;
    if present.sku != product.sku {
        return Err(taken("sku", "product-sku-fixed"));
    }
    check_unique(tx, Some(id), product).await?;
    if !store::update(tx, id, present.version, product).await.map_err(gtin_taken)? {
        return Err(ProductRefusal::Changed.into());
    }
    tx.append(ctx, &Event::Changed(id)).await?;
    Ok(())
}

/// Sets what is in stock.
///
/// # Errors
/// `not-allowed`; invalid `stock`; not found; a fault when the database fails.
pub async fn set_stock(tx: &WriteTx, ctx: &Ctx, id: ProductId, stock: Quantity) -> Outcome<()> {
    ctx.actor.must(Permission::ManageCatalog)?;
    let product = queries::product(tx, id).await?.ok_or(Failure::NotFound)?;
    if product.packing.unit != stock.unit() || stock.thousandths() < 0 {
        return Err(taken("stock", "product-stock"));
    }
    if !store::set_stock(tx, id, stock).await? {
        return Err(Failure::NotFound);
    }
    tx.append(ctx, &Event::Stocked(id)).await?;
    Ok(())
}

fn taken(field: &str, code: &'static str) -> Failure {
    Invalid::field(field, code).into()
}

/// The only unique key that an update can run into.
fn gtin_taken(error: DbError) -> Failure {
    error.on_unique(|| taken("gtin", "product-gtin-taken"))
}

/// Finds out who has the SKU or GTIN before the database refuses it, so that the right field is marked.
async fn check_unique(tx: &WriteTx, id: Option<ProductId>, product: &NewProduct) -> Outcome<()> {
    let mut invalid = Invalid::default();
    if id.is_none() && !store::load(tx, &Which::Sku(&product.sku), &mut store::Shared::default()).await?.is_empty() {
        invalid = invalid.and("sku", "product-sku-taken", Vec::new());
    }
    if let Some(gtin) = &product.gtin
        && let Some(other) = queries::by_gtin(tx, gtin).await?
        && Some(other) != id
    {
        invalid = invalid.and("gtin", "product-gtin-taken", Vec::new());
    }
    if !queries::category_exists(tx, product.category).await? {
        invalid = invalid.and("category", "category-unknown", Vec::new());
    }
    invalid.check()
}

/// All wrong fields of all products, each with the place of its product.
fn check_all(products: &[NewProduct]) -> Outcome<()> {
    let mut all = Invalid::default();
    for (index, product) in products.iter().enumerate() {
        if let Err(Failure::Invalid(invalid)) = rules::check(product) {
            for error in invalid.fields {
                all = all.and(format!("[{index}].{}", error.field), error.code, error.args);
            }
        }
    }
    all.check()
}
