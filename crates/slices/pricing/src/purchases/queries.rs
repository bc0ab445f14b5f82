//! What a company paid lately. Each is about one company: for buyers it is their own, staff have been asked before.

use std::collections::{BTreeMap, HashMap};

use db::ReadTx;
use kernel::{Amount, CompanyId, Instant, Outcome, ProductId, Quantity};

use super::{Activity, CustomerYear, Habit, LastPaid, OpenOrder, Purchase, store};

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

/// What a company bought of some products since; products not bought are left out.
///
/// # Errors
/// A fault when the database fails.
pub async fn habits(
    tx: &ReadTx,
    company: CompanyId,
    products: &[ProductId],
    since: Instant,
) -> Outcome<HashMap<ProductId, Habit>> {
    Ok(store::habits(tx, company, products, since).await?.into_iter().collect())
}

/// What every customer bought from `since` on, and between `before` and then, by currency. For the seller.
///
/// # Errors
/// A fault when the database fails.
pub async fn years(tx: &ReadTx, before: Instant, since: Instant) -> Outcome<Vec<CustomerYear>> {
    store::years(tx, before, since).await
}

/// How much of each product every customer bought since, credits taken off. For the seller.
///
/// # Errors
/// A fault when the database fails.
pub async fn sold(tx: &ReadTx, since: Instant) -> Outcome<Vec<(CompanyId, ProductId, Quantity)>> {
    store::sold(tx, since).await
}

/// How many orders and lines everybody bought since, and for how much, by currency; without credits. For the seller.
///
/// # Errors
/// A fault when the database fails.
pub async fn activity(tx: &ReadTx, since: Instant) -> Outcome<Vec<Activity>> {
    store::activity(tx, since).await
}

/// When anybody bought anything last.
///
/// # Errors
/// A fault when the database fails.
pub async fn newest(tx: &ReadTx) -> Outcome<Option<Instant>> {
    store::newest(tx).await
}

/// What everybody bought since, without credits, by order number and position: `limit` lines after the line `after`. Histories
/// are long; ask again with the last line until there are none. For the seller.
///
/// # Errors
/// A fault when the database fails.
pub async fn sales(tx: &ReadTx, since: Instant, after: (&str, i64), limit: i64) -> Outcome<Vec<Purchase>> {
    store::sales(tx, since, after, limit).await
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

/// The orders of a company that are open: accepted, and not shipped yet. The newest first.
///
/// # Errors
/// A fault when the database fails.
pub async fn open_orders(tx: &ReadTx, company: CompanyId) -> Outcome<Vec<OpenOrder>> {
    store::open_orders(tx, company).await
}

/// What each order or credit note came to as it is remembered here, net by number. For checks.
///
/// # Errors
/// A fault when the database fails.
pub async fn sums(tx: &ReadTx) -> Outcome<BTreeMap<String, i64>> {
    store::sums(tx).await
}
