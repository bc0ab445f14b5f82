//! Reading changes of prices. For staff: routes and actions ask for the permission.

use std::collections::BTreeMap;

use db::ReadTx;
use kernel::{Failure, Instant, Outcome, PriceChangeId, PriceListId, ProductId};
use pricing::lists::PriceList;
use terms::guard::Bounds;
use web::Pager;

use super::{Change, ChangeLine, Planned, actions, store};

/// A change by its id.
///
/// # Errors
/// Not found; a fault when the database fails.
pub async fn change(tx: &ReadTx, id: PriceChangeId) -> Outcome<Change> {
    store::by_id(tx, id).await?.ok_or(Failure::NotFound)
}

/// The lines of a change, those that wait first; and how many there are in all.
///
/// # Errors
/// A fault when the database fails.
pub async fn lines(tx: &ReadTx, id: PriceChangeId, pager: Pager) -> Outcome<(Vec<ChangeLine>, i64)> {
    store::lines(tx, id, None, pager.per_page, pager.offset()).await
}

/// Changes, the newest first: of one list, or only those of which something waits; and how many there are in all.
///
/// # Errors
/// A fault when the database fails.
pub async fn changes(
    tx: &ReadTx,
    list: Option<PriceListId>,
    is_waiting: bool,
    pager: Pager,
) -> Outcome<(Vec<Change>, i64)> {
    store::list(tx, list, is_waiting, pager.per_page, pager.offset()).await
}

/// How many changes wait for a second person.
///
/// # Errors
/// A fault when the database fails.
pub async fn waiting(tx: &ReadTx) -> Outcome<i64> {
    store::waiting(tx).await
}

/// What became of the prices of one product in a list, the newest first; at most 500.
///
/// # Errors
/// A fault when the database fails.
pub async fn history(tx: &ReadTx, list: PriceListId, product: ProductId) -> Outcome<Vec<(Change, ChangeLine)>> {
    store::history(tx, list, product).await
}

/// Cost and floor of products, for those whom a list is for.
///
/// # Errors
/// A fault when the database fails.
pub async fn bounds(tx: &ReadTx, list: &PriceList, products: &[ProductId]) -> Outcome<BTreeMap<ProductId, Bounds>> {
    actions::bounds(tx, list, products).await
}

/// What is planned for the steps of a list, by product and quantity (thousandths), the next day first: of these products, or
/// of all.
///
/// # Errors
/// A fault when the database fails.
pub async fn planned(
    tx: &ReadTx,
    list: PriceListId,
    products: Option<&[ProductId]>,
) -> Outcome<BTreeMap<(ProductId, i64), Vec<Planned>>> {
    let mut planned: BTreeMap<_, Vec<Planned>> = BTreeMap::new();
    for (product, one) in store::planned(tx, list, products).await? {
        planned.entry((product, one.from.thousandths())).or_default().push(one);
    }
    Ok(planned)
}

/// What each step of these products was before its last change, in millionths, and when that was.
///
/// # Errors
/// A fault when the database fails.
pub async fn last(
    tx: &ReadTx,
    list: PriceListId,
    products: &[ProductId],
) -> Outcome<BTreeMap<(ProductId, i64), (Option<i64>, Instant)>> {
    let rows = store::last(tx, list, products).await?;
    Ok(rows.into_iter().map(|(product, from, old, at)| ((product, from), (old, at))).collect())
}
