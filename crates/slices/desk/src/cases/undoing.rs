//! Taking one's own decision back, for a few seconds. It took effect at once, so that nobody waits for what is almost always
//! right; the mail waits, and a buyer who looks at the page sees it come and go.

use db::WriteTx;
use kernel::{Ctx, Failure, Fault, NegotiationId, Outcome, Permission};
use negotiation::events::NegotiationEvent;
use negotiation::negotiations::{STARTED, State, store};
use negotiation::offers;
use negotiation::requests;
use negotiation::routing::assigning;
use serde_json::json;

use super::recording::Stood;
use super::{DeskRefusal, rules};

/// Takes the actor's last decision of a case back: the case waits as before, or the offer before stands again.
///
/// # Errors
/// [`DeskRefusal::DecisionStands`]; not found; the refusal `not-allowed`.
pub async fn undo(tx: &WriteTx, ctx: &Ctx, id: NegotiationId) -> Outcome<()> {
    ctx.actor.must(Permission::UseDesk)?;
    let me = ctx.actor.user()?;
    let mut n = store::load(tx, None, id).await?.ok_or(Failure::NotFound)?;
    let recorded = store::recorded(tx, &[id]).await?.remove(&id).unwrap_or_default();
    let last = recorded.into_iter().rfind(|row| row.undone_at.is_none()).ok_or(DeskRefusal::DecisionStands)?;
    rules::may_undo(&n, &last, me, ctx.now)?;
    if !store::undo_decision(tx, last.id, ctx.now).await? {
        return Err(DeskRefusal::DecisionStands.into());
    }
    let payload = json!({ "kind": last.decision.kind });
    tx.append(ctx, &NegotiationEvent::new("negotiation.decision_undone", id, n.company, payload)).await?;
    // What somebody began alone is gone with it; what a colleague had proposed waits again.
    if last.decision.kind == STARTED && super::store::proposals(tx, id).await?.is_empty() {
        return requests::actions::give_up(tx, ctx, n).await;
    }
    let stood: Stood = serde_json::from_str(&last.stood).map_err(|e| Fault::because("reading how a case stood", e))?;
    let moved = stood.put_back(&mut n);
    n.changed_at = ctx.now;
    store::update(tx, &n).await?;
    for (offer, state) in moved {
        offers::store::set_state(tx, offer, state).await?;
    }
    if n.stored_state == State::Waiting { assigning::reopen(tx, ctx, id).await } else { Ok(()) }
}
