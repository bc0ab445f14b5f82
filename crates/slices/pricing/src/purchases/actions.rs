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

/// Remembers what an order would take that waits for a person: it is ordered, and not bought.
///
/// # Errors
/// A fault when a line is there already, or the database fails.
pub async fn hold(tx: &WriteTx, purchases: &[Purchase]) -> Outcome<()> {
    if !purchases.is_empty() {
        store::hold_many(tx, purchases).await?;
    }
    Ok(())
}

/// Forgets what a held order would take: it is released, and bought from now on.
///
/// # Errors
/// A fault when the database fails.
pub async fn release(tx: &WriteTx, order_number: &str) -> Outcome<()> {
    store::release(tx, order_number).await
}

/// Remembers that an order is no longer open.
///
/// # Errors
/// A fault when the database fails.
pub async fn close(tx: &WriteTx, order_number: &str) -> Outcome<()> {
    store::close(tx, order_number).await
}

/// Forgets the lines of an order that was cancelled or refused: nothing was paid, and nothing is ordered.
///
/// # Errors
/// A fault when the database fails.
pub async fn withdraw(tx: &WriteTx, order_number: &str) -> Outcome<()> {
    store::remove(tx, order_number).await?;
    store::release(tx, order_number).await
}
