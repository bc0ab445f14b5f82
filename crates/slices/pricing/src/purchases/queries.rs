//! What a company paid lately. Each is about one company: for buyers it is their own, staff have been asked before.

use std::collections::HashMap;

use db::ReadTx;
use kernel::{Amount, CompanyId, Instant, Outcome, ProductId, Quantity};

use super::{LastPaid, OpenOrder, Purchase, store};

/// The last price that a company paid for a product.
///
/// # Errors
/// A fault when the database fails.
pub async fn last_paid(tx: &ReadTx, company: CompanyId, product: ProductId) -> Outcome<Option<LastPaid>> {
    store::last_paid(tx, company, product).await
}

/// The last price paid for each of these products; products never bought are left out.
///
/// # Errors
/// A fault when the database fails.
pub async fn last_paid_many(
    tx: &ReadTx,
    company: CompanyId,
    products: &[ProductId],
) -> Outcome<HashMap<ProductId, LastPaid>> {
    Ok(store::last_paid_many(tx, company, products).await?.into_iter().collect())
}

/// What a company bought since, by currency, the largest first; credits are taken off.
///
/// # Errors
/// A fault when the database fails.
pub async fn revenue(tx: &ReadTx, company: CompanyId, since: Instant) -> Outcome<Vec<Amount>> {
    store::revenue(tx, company, since).await
}

/// The largest quantity of a product that a company ordered at once since.
///
/// # Errors
/// A fault when the database fails.
pub async fn largest_quantity(
    tx: &ReadTx,
    company: CompanyId,
    product: ProductId,
    since: Instant,
) -> Outcome<Option<Quantity>> {
    store::largest(tx, company, product, since).await
}

/// The newest lines of a company.
///
/// # Errors
/// A fault when the database fails.
pub async fn recent(tx: &ReadTx, company: CompanyId, limit: i64) -> Outcome<Vec<Purchase>> {
    store::recent(tx, company, limit).await
}

/// The newest lines of a company for one product.
///
/// # Errors
/// A fault when the database fails.
pub async fn recent_of_product(
    tx: &ReadTx,
    company: CompanyId,
    product: ProductId,
    limit: i64,
) -> Outcome<Vec<Purchase>> {
    store::recent_of_product(tx, company, product, limit).await
}

/// The orders of a company that are not completed, the newest first.
///
/// # Errors
/// A fault when the database fails.
pub async fn open_orders(tx: &ReadTx, company: CompanyId) -> Outcome<Vec<OpenOrder>> {
    store::open_orders(tx, company).await
}
