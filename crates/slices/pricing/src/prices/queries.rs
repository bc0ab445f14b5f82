//! Asking for prices inside a transaction.

use std::collections::HashMap;

use db::ReadTx;
use kernel::{Date, Outcome, ProductId};
use pricing_engine::{Resolved, resolve};

use super::store;
use crate::PriceBuyer;

/// The price ladder of a buyer for one product on a day; `None` when no list holds.
///
/// # Errors
/// A fault when the database fails.
pub async fn ladder(tx: &ReadTx, buyer: &PriceBuyer, product: ProductId, on: Date) -> Outcome<Option<Resolved>> {
    Ok(ladders(tx, buyer, &[product], on).await?.remove(&product))
}

/// The price ladders of a buyer for many products, with one statement per thousand; products without price are left out.
///
/// # Errors
/// A fault when the database fails.
pub async fn ladders(
    tx: &ReadTx,
    buyer: &PriceBuyer,
    products: &[ProductId],
    on: Date,
) -> Outcome<HashMap<ProductId, Resolved>> {
    let mut ladders = HashMap::new();
    for some in products.chunks(1_000) {
        let candidates = store::candidates(tx, buyer, some).await?;
        ladders
            .extend(candidates.into_iter().filter_map(|(id, lists)| Some((id, resolve(&lists, buyer.currency, on)?))));
    }
    Ok(ladders)
}
