//! Reading agreed offers.

use db::ReadTx;
use kernel::{CompanyId, Instant, OfferId, Outcome, ProductId};

use super::{AgreedOffer, store};

/// An agreed offer of a company; `None` for those of others, and for offers that were never taken.
///
/// # Errors
/// A fault when the database fails.
pub async fn agreed(tx: &ReadTx, company: CompanyId, id: OfferId) -> Outcome<Option<AgreedOffer>> {
    store::agreed(tx, company, id).await
}

/// Those of these offers that the company has agreed on.
///
/// # Errors
/// A fault when the database fails.
pub async fn agreed_many(tx: &ReadTx, company: CompanyId, ids: &[OfferId]) -> Outcome<Vec<AgreedOffer>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    store::agreed_many(tx, company, ids).await
}

/// Agreed offers of a company that concern any of these products, are not used up and can still be ordered at `now`.
///
/// # Errors
/// A fault when the database fails.
pub async fn agreed_for_products(
    tx: &ReadTx,
    company: CompanyId,
    products: &[ProductId],
    now: Instant,
) -> Outcome<Vec<AgreedOffer>> {
    store::agreed_for_products(tx, company, products, now).await
}
