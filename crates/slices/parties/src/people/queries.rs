//! Reading people.

use db::ReadTx;
use kernel::{CompanyId, Email, Instant, Outcome, UserId};

use super::{Member, store};

/// A person by id.
///
/// # Errors
/// A fault when the database fails.
pub async fn member(tx: &ReadTx, id: UserId) -> Outcome<Option<Member>> {
    store::by_id(tx, id).await
}

/// The people with this e-mail address, one for each company for which it acts, in the order in which they were added.
///
/// # Errors
/// A fault when the database fails.
pub async fn by_email(tx: &ReadTx, email: &Email) -> Outcome<Vec<Member>> {
    store::by_email(tx, email).await
}

/// How many people were added to a company since then.
///
/// # Errors
/// A fault when the database fails.
pub async fn added_since(tx: &ReadTx, company: CompanyId, since: Instant) -> Outcome<i64> {
    store::added_since(tx, company, since).await
}

/// The people of a company, by name.
///
/// # Errors
/// A fault when the database fails.
pub async fn of_company(tx: &ReadTx, company: CompanyId) -> Outcome<Vec<Member>> {
    store::of_company(tx, company).await
}

/// The seller's own people, by name.
///
/// # Errors
/// A fault when the database fails.
pub async fn staff(tx: &ReadTx) -> Outcome<Vec<Member>> {
    store::staff(tx).await
}
