//! Using agreed offers.

use db::WriteTx;
use kernel::{Ctx, Failure, OfferId, Outcome};

use super::{queries, store};
use crate::requests::{NegotiationEvent, NegotiationRefusal};

/// An order has used the offer up.
///
/// # Errors
/// Not found for another company's offer; [`NegotiationRefusal::OfferUsed`] when another order has used it.
pub async fn mark_used(tx: &WriteTx, ctx: &Ctx, id: OfferId, order_number: &str) -> Outcome<()> {
    let company = ctx.actor.company()?;
    let agreed = queries::agreed(tx, company, id).await?.ok_or(Failure::NotFound)?;
    if !store::mark_used(tx, id, order_number, ctx.now).await? {
        return Err(NegotiationRefusal::OfferUsed.into());
    }
    let payload = serde_json::json!({ "offer": id.to_string(), "order": order_number });
    tx.append(ctx, &NegotiationEvent::new("negotiation.ordered", agreed.negotiation, company, payload)).await?;
    Ok(())
}
