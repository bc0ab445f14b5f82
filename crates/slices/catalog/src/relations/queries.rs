//! Reading relations.

use std::collections::HashMap;

use db::ReadTx;
use kernel::{Outcome, ProductId};

use super::{Relation, store};

/// The relations of some products, each in its order; products without any are left out.
///
/// # Errors
/// A fault when the database fails.
pub async fn of(tx: &ReadTx, products: &[ProductId]) -> Outcome<HashMap<ProductId, Vec<Relation>>> {
    let mut all: HashMap<ProductId, Vec<Relation>> = HashMap::new();
    for (product, relation) in store::of(tx, products).await? {
        all.entry(product).or_default().push(relation);
    }
    Ok(all)
}
