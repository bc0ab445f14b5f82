//! Reading what a supplier's link opens.

use db::ReadTx;
use kernel::{Failure, Instant, Outcome};
use terms::support::{SupplierRequest, rules, store};

use super::token;

/// The request that a token opens.
///
/// # Errors
/// Not found for a wrong token, an old one and one that was used: none of them is worth a hint.
pub(super) async fn open_by_token(tx: &ReadTx, token: &str, now: Instant) -> Outcome<SupplierRequest> {
    let found = store::by_token(tx, &token::hash(token)).await?;
    found.filter(|request| rules::is_open(request, now)).ok_or(Failure::NotFound)
}
