//! Reading companies.

use db::ReadTx;
use kernel::{CompanyId, Outcome};

use super::{Company, CompanyFilter, CompanyRow, Word, store};

/// A company by its id.
///
/// # Errors
/// A fault when the database fails.
pub async fn company(tx: &ReadTx, id: CompanyId) -> Outcome<Option<Company>> {
    store::by_id(tx, id).await
}

/// A company by its customer number.
///
/// # Errors
/// A fault when the database fails.
pub async fn by_number(tx: &ReadTx, number: &str) -> Outcome<Option<Company>> {
    store::by_number(tx, number).await
}

/// Every company, for caches.
///
/// # Errors
/// A fault when the database fails.
pub async fn all(tx: &ReadTx) -> Outcome<Vec<Company>> {
    store::all(tx).await
}

/// Companies by name, and how many there are in all. For staff.
///
/// # Errors
/// A fault when the database fails.
pub async fn list(tx: &ReadTx, filter: &CompanyFilter, limit: i64, offset: i64) -> Outcome<(Vec<CompanyRow>, i64)> {
    store::list(tx, filter, limit, offset).await
}

/// The segments or price groups in which companies may be, in order.
///
/// # Errors
/// A fault when the database fails.
pub async fn words(tx: &ReadTx, word: Word) -> Outcome<Vec<String>> {
    store::known_words(tx, word).await
}

/// The segments that companies have, in order.
///
/// # Errors
/// A fault when the database fails.
pub async fn segments(tx: &ReadTx) -> Outcome<Vec<String>> {
    store::segments(tx).await
}

/// The countries in which companies are, as ISO codes in order.
///
/// # Errors
/// A fault when the database fails.
pub async fn countries(tx: &ReadTx) -> Outcome<Vec<String>> {
    store::countries(tx).await
}
