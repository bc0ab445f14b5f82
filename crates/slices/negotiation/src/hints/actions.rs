//! Taking a hint.

use db::WriteTx;
use kernel::{Ctx, NegotiationId, Outcome, Permission};

use super::Chosen;
use super::queries::{self, Looking};
use crate::requests::{Ask, answer};

/// Takes a hint: it is worked out anew, and agreed.
///
/// # Errors
/// [`crate::refusals::NegotiationRefusal::OfferNotStanding`] when the hint is not there any more; not found; the refusals
/// `not-allowed` and `no-company`.
pub async fn take(tx: &WriteTx, ctx: &Ctx, basis: &Ask, chosen: Chosen) -> Outcome<NegotiationId> {
    ctx.actor.must(Permission::Negotiate)?;
    let (company, person) = (ctx.actor.company()?, ctx.actor.user()?);
    tx.next_number(&format!("negotiations of {company}")).await?;
    let looking = Looking { company, now: ctx.now, today: ctx.today() };
    let mut situation = queries::load(tx, looking, basis).await?;
    let offer = queries::of(&situation, ctx.now).into_iter().find(|offer| chosen.is(offer)).ok_or(queries::GONE)?;
    // The engine agrees to an offer that stands; that is also how a replay finds it.
    situation.request.terms = offer.terms.clone();
    situation.history.standing = vec![offer];
    let blank = answer::blank(ctx, NegotiationId::new(ctx), company, person);
    Ok(answer::settle(tx, ctx, blank, basis, &[], situation).await?.id)
}
