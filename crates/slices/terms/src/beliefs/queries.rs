//! Reading what is believed.

use db::ReadTx;
use kernel::Outcome;
use negotiation_engine::BuyerModel;

use super::{Belief, rules, store};

/// What is believed, segment by segment; all customers together first.
///
/// # Errors
/// A fault when the database fails.
pub async fn beliefs(tx: &ReadTx) -> Outcome<Vec<Belief>> {
    store::all(tx).await
}

/// The model for a customer of this segment: its own, else that of all customers; `None` when nothing was learnt yet.
///
/// # Errors
/// A fault when the database fails.
pub async fn model(tx: &ReadTx, segment: &str) -> Outcome<Option<BuyerModel>> {
    Ok(store::for_segment(tx, segment).await?.map(|belief| rules::buyer_model(&belief.model)))
}
