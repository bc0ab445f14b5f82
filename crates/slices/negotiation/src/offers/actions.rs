//! Using agreed offers, and looking at open ones.

use db::WriteTx;
use kernel::{Ctx, Failure, OfferId, Outcome, ProductId, Quantity};

use super::{queries, store};
use crate::events::NegotiationEvent;
use crate::refusals::NegotiationRefusal;

/// An order has used the offer for these quantities: up, or of a commitment a part.
///
/// # Errors
/// Not found for another company's offer; [`NegotiationRefusal::OfferUsed`] when another order has used it, or what is left
/// of a commitment is less.
pub async fn mark_used(
    tx: &WriteTx,
    ctx: &Ctx,
    id: OfferId,
    order_number: &str,
    lines: &[(ProductId, Quantity)],
) -> Outcome<()> {
    let company = ctx.actor.company()?;
    if !store::lock(tx, id, ctx.now).await? {
        queries::agreed(tx, company, id).await?.ok_or(Failure::NotFound)?;
        return Err(NegotiationRefusal::OfferUsed.into());
    }
    let agreed = queries::agreed(tx, company, id).await?.ok_or(Failure::NotFound)?;
    let mut is_used_up = true;
    if agreed.offer.terms.extras.commitment.is_some() {
        for (line, left) in agreed.offer.terms.lines.iter().zip(&agreed.offer.up_to) {
            let now = lines.iter().find(|(product, _)| *product == line.product);
            let taken = now.map_or(0, |(_, quantity)| quantity.thousandths());
            if taken > left.thousandths() {
                return Err(NegotiationRefusal::OfferUsed.into());
            }
            is_used_up &= taken == left.thousandths();
        }
        store::call_off(tx, id, order_number, lines, ctx.now).await?;
    }
    if is_used_up && !store::mark_used(tx, id, order_number, ctx.now).await? {
        return Err(NegotiationRefusal::OfferUsed.into());
    }
    let payload = serde_json::json!({ "offer": id.to_string(), "order": order_number, "used_up": is_used_up });
    tx.append(ctx, &NegotiationEvent::new("negotiation.ordered", agreed.negotiation, company, payload)).await?;
    Ok(())
}
