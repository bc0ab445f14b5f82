//! Using agreed offers, and looking at open ones.

use db::WriteTx;
use kernel::{CompanyId, Ctx, Failure, OfferId, Outcome, ProductId, Quantity};

use super::{AgreedOffer, queries, store};
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
    mark_used_for(tx, ctx, ctx.actor.company()?, (id, order_number), lines).await
}

/// [`mark_used`] for a company that is not the actor's: staff bring an order back.
///
/// # Errors
/// As [`mark_used`].
pub async fn mark_used_for(
    tx: &WriteTx,
    ctx: &Ctx,
    company: CompanyId,
    (id, order_number): (OfferId, &str),
    lines: &[(ProductId, Quantity)],
) -> Outcome<()> {
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
    store::moved_on(tx, id).await?;
    let payload = serde_json::json!({ "offer": id.to_string(), "order": order_number, "used_up": is_used_up });
    tx.append(ctx, &NegotiationEvent::new("negotiation.ordered", agreed.negotiation, company, payload)).await?;
    Ok(())
}

/// What was bought by these offers is remembered now, or not any more: a held order was released, past orders came in.
///
/// # Errors
/// A fault when the database fails.
pub async fn moved_on(tx: &WriteTx, offers: &[OfferId]) -> Outcome<()> {
    for id in offers {
        store::moved_on(tx, *id).await?;
    }
    Ok(())
}

/// An order that used the offer is cancelled: the company has it back, or what the order called off, and may order it while
/// it is valid. Gives what can be ordered now. Called by ordering, which has asked for the permission.
///
/// # Errors
/// Not found for another company's offer.
pub async fn give_back(
    tx: &WriteTx,
    ctx: &Ctx,
    company: CompanyId,
    id: OfferId,
    order_number: &str,
) -> Outcome<AgreedOffer> {
    queries::agreed(tx, company, id).await?.ok_or(Failure::NotFound)?;
    store::give_back(tx, id, order_number).await?;
    store::moved_on(tx, id).await?;
    let agreed = queries::agreed(tx, company, id).await?.ok_or(Failure::NotFound)?;
    let is_valid = ctx.now < agreed.offer.expires;
    let payload = serde_json::json!({ "offer": id.to_string(), "order": order_number, "is_valid": is_valid });
    tx.append(ctx, &NegotiationEvent::new("negotiation.returned", agreed.negotiation, company, payload)).await?;
    Ok(agreed)
}
