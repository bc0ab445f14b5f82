//! Reading credit.

use db::ReadTx;
use kernel::Outcome;
use parties::companies::Company;

use super::{Credit, store};

/// How much of a company's credit is taken; `None` when it has no limit.
///
/// # Errors
/// A fault when the database fails.
pub async fn of(tx: &ReadTx, company: &Company) -> Outcome<Option<Credit>> {
    if company.credit_limit.minor() <= 0 {
        return Ok(None);
    }
    let used = store::used(tx, company.id, company.currency).await?;
    Ok(Some(Credit { limit: company.credit_limit, used }))
}
