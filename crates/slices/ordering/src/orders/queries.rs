//! Reading orders. A buyer sees the own company's; for anyone else's number the answer is 'not found'.

use db::ReadTx;
use kernel::{Actor, Failure, Instant, Outcome, Permission};

pub(crate) use super::store::OrderFilter;
use super::{Order, WholeOrder, store};

/// What the actor may see: the own company's orders, or all of them for staff.
fn scope(actor: &Actor) -> Outcome<Option<kernel::CompanyId>> {
    if actor.may(Permission::ViewCompanies) { Ok(None) } else { actor.company().map(Some) }
}

/// One order with its lines.
///
/// # Errors
/// Not found.
pub async fn order(tx: &ReadTx, actor: &Actor, number: &str) -> Outcome<WholeOrder> {
    let order = store::by_number(tx, scope(actor)?, number).await?.ok_or(Failure::NotFound)?;
    let lines = store::lines(tx, &order).await?;
    Ok(WholeOrder { order, lines })
}

/// Orders, newest first, and how many there are in all.
///
/// # Errors
/// The refusal `no-company`.
pub(crate) async fn list(
    tx: &ReadTx,
    actor: &Actor,
    filter: &OrderFilter,
    limit: i64,
    offset: i64,
) -> Outcome<(Vec<Order>, i64)> {
    let filter = OrderFilter { company: scope(actor)?.or(filter.company), ..filter.clone() };
    store::list(tx, &filter, limit, offset).await
}

/// How many orders were placed since a moment.
///
/// # Errors
/// A fault when the database fails.
pub async fn count_since(tx: &ReadTx, since: Instant) -> Outcome<i64> {
    store::count_since(tx, since).await
}
