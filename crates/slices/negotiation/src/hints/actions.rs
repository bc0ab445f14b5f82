//! Taking a hint.

use db::{Key, WriteTx};
use kernel::{Ctx, Fault, Instant, NegotiationId, Outcome, Permission};

use super::Chosen;
use super::queries::{self, Looking};
use crate::counts;
use crate::negotiations::rules;
use crate::requests::{Ask, answer};

/// [`take`], done once for each key of the client: repeated, it gives the same negotiation.
///
/// # Errors
/// Those of [`take`]; invalid `Idempotency-Key`; [`db::KeyRefusal`].
pub async fn take_once(
    tx: &WriteTx,
    ctx: &Ctx,
    basis: &Ask,
    chosen: Chosen,
    key: Option<&str>,
) -> Outcome<NegotiationId> {
    let key = key.map(|key| Key::new(ctx, "hint", key, &format!("{basis:?} {chosen:?}"))).transpose()?;
    if let Some(key) = &key
        && let Some(done) = key.done_before(tx).await?
    {
        return NegotiationId::parse(&done).ok_or_else(|| Fault::new("a key is kept with no negotiation").into());
    }
    let id = take(tx, ctx, basis, chosen).await?;
    if let Some(key) = key {
        key.keep(tx, ctx, &id.to_string()).await?;
    }
    Ok(id)
}

/// Takes a hint: it is worked out anew, and agreed.
///
/// # Errors
/// [`crate::refusals::NegotiationRefusal::OfferNotStanding`] when the hint is not there any more; not found; the refusals
/// `not-allowed` and `no-company`.
pub async fn take(tx: &WriteTx, ctx: &Ctx, basis: &Ask, chosen: Chosen) -> Outcome<NegotiationId> {
    ctx.actor.must(Permission::Negotiate)?;
    let (company, person) = (ctx.actor.company()?, ctx.actor.user()?);
    tx.next_number(&format!("negotiations of {company}")).await?;
    rules::may_open(counts::queries::moved_since(tx, company, ctx.now.plus(-Instant::DAY)).await?)?;
    let looking = Looking { company, now: ctx.now, today: ctx.today() };
    let mut situation = queries::load(tx, looking, basis).await?;
    let offer = queries::of(&situation, ctx.now).into_iter().find(|offer| chosen.is(offer)).ok_or(queries::GONE)?;
    // The engine agrees to an offer that stands; that is also how a replay finds it.
    situation.request.terms = offer.terms.clone();
    situation.history.standing = vec![offer];
    let blank = answer::blank(ctx, NegotiationId::new(ctx), company, person);
    Ok(answer::settle(tx, ctx, blank, basis, &[], situation).await?.id)
}
