//! Reading orders. A buyer sees the own company's; for anyone else's number the answer is 'not found'.

use std::collections::HashMap;

use db::ReadTx;
use i18n::Language;
use kernel::{Actor, Failure, Instant, Outcome, Permission};
use pricing::{lists, purchases};

pub(crate) use super::store::OrderFilter;
use super::{Order, WholeOrder, rules, store};

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

/// The numbers of orders and credit notes of which prices remember something else than what stands in them: cancelled
/// ones that count, others that do not or with another sum. There should be none.
///
/// # Errors
/// A fault when the database fails.
pub async fn misremembered(tx: &ReadTx) -> Outcome<Vec<String>> {
    let (bought, remembered) = (store::bought(tx).await?, purchases::queries::sums(tx).await?);
    Ok(rules::differing(&bought, &remembered))
}

/// The names of the price lists that made an order's prices, by code; a list that is gone keeps its code.
///
/// # Errors
/// A fault when the database fails.
pub(super) async fn list_names(
    tx: &ReadTx,
    whole: &WholeOrder,
    language: Language,
) -> Outcome<HashMap<String, String>> {
    let mut names = HashMap::new();
    for code in whole.lines.iter().flat_map(|line| &line.explanation.price_lists) {
        if !names.contains_key(code)
            && let Some(list) = lists::queries::by_code(tx, code).await?
        {
            names.insert(code.clone(), list.name.get(language).to_owned());
        }
    }
    Ok(names)
}
