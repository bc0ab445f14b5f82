//! Reading people.

use db::ReadTx;
use kernel::{CompanyId, Email, Outcome, UserId};

use super::{Member, store};

/// A person by id.
///
/// # Errors
/// A fault when the database fails.
pub async fn member(tx: &ReadTx, id: UserId) -> Outcome<Option<Member>> {
    store::by_id(tx, id).await
}

/// A person by e-mail address.
///
/// # Errors
/// A fault when the database fails.
pub async fn by_email(tx: &ReadTx, email: &Email) -> Outcome<Option<Member>> {
    store::by_email(tx, email).await
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
