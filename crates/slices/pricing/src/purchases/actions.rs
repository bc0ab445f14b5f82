//! Remembering what was paid. Called by ordering, which has asked for the permission.

use db::WriteTx;
use kernel::Outcome;

use super::{Purchase, store};

/// Remembers many lines with few statements.
///
/// # Errors
/// A fault when a line is there already, or the database fails.
pub async fn record_many(tx: &WriteTx, purchases: &[Purchase]) -> Outcome<()> {
    if !purchases.is_empty() {
        store::insert_many(tx, purchases).await?;
    }
    Ok(())
}

/// Remembers that an order is no longer open.
///
/// # Errors
/// A fault when the database fails.
pub async fn close(tx: &WriteTx, order_number: &str) -> Outcome<()> {
    store::close(tx, order_number).await
}

/// Forgets the lines of an order that was cancelled: nothing was paid.
///
/// # Errors
/// A fault when the database fails.
pub async fn withdraw(tx: &WriteTx, order_number: &str) -> Outcome<()> {
    store::remove(tx, order_number).await
}
