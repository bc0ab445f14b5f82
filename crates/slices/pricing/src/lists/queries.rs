//! Reading price lists. For staff: routes and actions ask for the permission.

use std::sync::Arc;

use catalog::Catalog;
use catalog::products::Product;
use db::ReadTx;
use kernel::{CompanyId, Failure, Outcome, PriceListId, ProductId};
use pricing_engine::Scope;
use web::Pager;

use super::{ListPrice, PriceList, store};

/// Which lists to show.
#[derive(Debug, Clone, Default)]
pub struct ListFilter {
    /// Part of code or name.
    pub text: Option<String>,
    /// Of this scope.
    pub scope: Option<Scope>,
    /// Of this company.
    pub company: Option<CompanyId>,
}

/// A list by its id.
///
/// # Errors
/// Not found; a fault when the database fails.
pub async fn list(tx: &ReadTx, id: PriceListId) -> Outcome<PriceList> {
    store::by_id(tx, id).await?.ok_or(Failure::NotFound)
}

/// A list by its code.
///
/// # Errors
/// A fault when the database fails.
pub async fn by_code(tx: &ReadTx, code: &str) -> Outcome<Option<PriceList>> {
    store::by_code(tx, code).await
}

/// Lists by code, each with the number of its prices; and how many there are in all.
///
/// # Errors
/// A fault when the database fails.
pub async fn lists(tx: &ReadTx, filter: &ListFilter, pager: Pager) -> Outcome<(Vec<(PriceList, i64)>, i64)> {
    store::list(tx, filter, pager.per_page, pager.offset()).await
}

/// How many lists there are of each scope.
///
/// # Errors
/// A fault when the database fails.
pub async fn counts(tx: &ReadTx) -> Outcome<Vec<(Scope, i64)>> {
    store::counts(tx).await
}

/// The prices of a list, a page of products at a time, only of the products `among` when given; and how many products
/// there are in all.
///
/// # Errors
/// A fault when the database fails.
pub async fn prices(
    tx: &ReadTx,
    list: PriceListId,
    among: Option<&[ProductId]>,
    pager: Pager,
) -> Outcome<(Vec<ListPrice>, i64)> {
    let (products, total) = store::products(tx, list, among, pager.per_page, pager.offset()).await?;
    Ok((store::prices(tx, list, &products).await?, total))
}

/// Lists with more products than this are shown in the order of their ids: sorting them costs more than it helps.
const SORTED_MAX: i64 = 50_000;

/// The same, sorted by SKU.
///
/// # Errors
/// A fault when the database fails.
pub async fn prices_by_sku(
    tx: &ReadTx,
    catalog: &Catalog,
    list: PriceListId,
    among: Option<&[ProductId]>,
    pager: Pager,
) -> Outcome<(Vec<ListPrice>, i64)> {
    let (ids, total) = store::products(tx, list, among, SORTED_MAX, 0).await?;
    if total > SORTED_MAX {
        return prices(tx, list, among, pager).await;
    }
    let mut known: Vec<(Option<Arc<Product>>, ProductId)> =
        ids.into_iter().map(|id| (catalog.product(id), id)).collect();
    let sku = |product: &Option<Arc<Product>>| product.as_ref().map_or(String::new(), |p| p.sku.to_string());
    known.sort_by(|(a, _), (b, _)| catalog::natural_order(&sku(a), &sku(b)));
    let (skip, take) = (usize::try_from(pager.offset()), usize::try_from(pager.per_page));
    let page = known.into_iter().skip(skip.unwrap_or(usize::MAX)).take(take.unwrap_or(0));
    let page: Vec<ProductId> = page.map(|(_, id)| id).collect();
    let mut rows = store::prices(tx, list, &page).await?;
    // Steps of one product keep their order: the sort is stable.
    rows.sort_by_key(|row| page.iter().position(|id| *id == row.product));
    Ok((rows, total))
}

/// Calls `visit` with every price of a list, by product and quantity.
///
/// # Errors
/// A fault when the database fails.
pub async fn every_price(tx: &ReadTx, list: PriceListId, mut visit: impl FnMut(ListPrice)) -> Outcome<()> {
    let mut after = None;
    while let Some(last) = store::prices_after(tx, list, after, &mut visit).await? {
        after = Some(last);
    }
    Ok(())
}

/// The steps of one product in a list.
///
/// # Errors
/// A fault when the database fails.
pub async fn steps(tx: &ReadTx, list: PriceListId, product: ProductId) -> Outcome<Vec<ListPrice>> {
    store::prices(tx, list, &[product]).await
}

/// Every step of a list as product and quantity in thousandths.
///
/// # Errors
/// A fault when the database fails.
pub async fn keys(tx: &ReadTx, list: PriceListId) -> Outcome<Vec<(ProductId, i64)>> {
    store::keys(tx, list).await
}

/// How many products one statement names.
const PRODUCTS_AT_ONCE: usize = 500;

/// The steps of these products in a list.
///
/// # Errors
/// A fault when the database fails.
pub async fn steps_of(tx: &ReadTx, list: PriceListId, products: &[ProductId]) -> Outcome<Vec<ListPrice>> {
    let mut steps = Vec::new();
    for batch in products.chunks(PRODUCTS_AT_ONCE) {
        steps.extend(store::prices(tx, list, batch).await?);
    }
    Ok(steps)
}
