//! Reading categories inside a transaction. Pages use [`crate::Catalog`].

use std::collections::HashMap;

use db::ReadTx;
use kernel::{CategoryId, Outcome};

use super::{Category, store};

/// Every category, by position.
///
/// # Errors
/// A fault when the database fails.
pub async fn all(tx: &ReadTx) -> Outcome<Vec<Category>> {
    store::all(tx).await
}

/// The category with this code.
///
/// # Errors
/// A fault when the database fails.
pub async fn by_code(tx: &ReadTx, code: &str) -> Outcome<Option<Category>> {
    Ok(store::all(tx).await?.into_iter().find(|category| category.code == code))
}

/// The codes of some categories.
///
/// # Errors
/// A fault when the database fails.
pub async fn codes(tx: &ReadTx, ids: &[CategoryId]) -> Outcome<HashMap<CategoryId, String>> {
    Ok(store::codes(tx, ids).await?.into_iter().collect())
}
