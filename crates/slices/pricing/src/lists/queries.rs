//! Reading price lists. For staff: routes and actions ask for the permission.

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
