//! Taking and giving back credit. Called by ordering, which has asked for the permission.

use db::WriteTx;
use kernel::Outcome;
use parties::companies::Company;

use super::{Credit, CreditUse, queries, store};

/// Takes hold of a company's credit until commit, and says how much is taken; `None` when it has no limit.
///
/// # Errors
/// A fault when the database fails.
pub async fn hold(tx: &WriteTx, company: &Company) -> Outcome<Option<Credit>> {
    // A number of its own is a row of its own: two orders of the company at once follow one after the other.
    tx.next_number(&format!("credit of {}", company.id)).await?;
    queries::of(tx, company).await
}

/// Remembers what orders take.
///
/// # Errors
/// A fault when an order is there already, or the database fails.
pub async fn take_many(tx: &WriteTx, uses: &[CreditUse]) -> Outcome<()> {
    let uses: Vec<CreditUse> = uses.iter().filter(|of| of.gross.minor() > 0).cloned().collect();
    if !uses.is_empty() {
        store::insert_many(tx, &uses).await?;
    }
    Ok(())
}

/// An order takes nothing any more.
///
/// # Errors
/// A fault when the database fails.
pub async fn give_back(tx: &WriteTx, order_number: &str) -> Outcome<()> {
    store::remove(tx, order_number).await
}
