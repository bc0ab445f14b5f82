//! Reading signoffs. For the seller's own people.

use db::ReadTx;
use kernel::{Actor, Outcome, Permission};

use super::{Signoff, Subject, store};
use crate::deciders;

/// How many changes a page shows.
const SHOWN: i64 = 50;

/// The changes of a subject, the newest first; at most 50.
///
/// # Errors
/// A fault when the database fails.
pub async fn past(tx: &ReadTx, subject: Subject) -> Outcome<Vec<Signoff>> {
    store::of(tx, subject, SHOWN).await
}

/// The change of a subject that waits, if there is one.
///
/// # Errors
/// A fault when the database fails.
pub async fn waiting(tx: &ReadTx, subject: Subject) -> Outcome<Option<Signoff>> {
    store::waiting(tx, subject).await
}

/// Whether somebody may confirm a change, and if so, whether it would be an author's own word.
///
/// # Errors
/// A fault when the database fails.
pub async fn may_confirm(tx: &ReadTx, actor: &Actor, signoff: &Signoff) -> Outcome<Option<bool>> {
    let able = deciders::able(tx, Permission::ManagePolicy).await?;
    let authors: Vec<_> = signoff.by.into_iter().collect();
    Ok(deciders::second_person(actor, &authors, &able))
}
