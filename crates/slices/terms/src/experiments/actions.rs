//! Entering experiments.

use db::WriteTx;
use kernel::{CompanyId, Ctx, Outcome};

use super::{Exposure, store};

/// Remembers that a company has seen its variant.
///
/// # Errors
/// A fault when the database fails.
pub async fn expose(tx: &WriteTx, ctx: &Ctx, company: CompanyId, exposure: Option<Exposure>) -> Outcome<()> {
    match exposure.filter(|exposure| exposure.is_first) {
        Some(new) => store::expose(tx, new.experiment, company, new.variant, ctx.now).await,
        None => Ok(()),
    }
}
