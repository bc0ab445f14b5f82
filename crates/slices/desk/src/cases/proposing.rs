//! Sending an answer on for approval: whose authority does not reach so far says which terms, and why, and somebody above
//! sends them with one key, or decides otherwise.

use db::WriteTx;
use kernel::{Ctx, Invalid, NegotiationId, Outcome};
use negotiation::events::NegotiationEvent;
use negotiation::negotiations::{Negotiation, store};
use negotiation::offers::{self, OfferState};
use negotiation::routing::assigning;
use negotiation_engine::{Authority, Offer};
use serde_json::json;
use terms::deciders;

use super::queries::Case;
use super::{DeskRefusal, NewProposal, Proposal, Proposed, actions};

/// Sends an answer on for approval. The case goes to somebody who may decide it; the buyer hears nothing yet.
///
/// # Errors
/// [`DeskRefusal`]; invalid terms at their fields; invalid `rationale`; not found; the refusal `not-allowed`.
pub async fn propose(tx: &WriteTx, ctx: &Ctx, id: NegotiationId, new: &NewProposal) -> Outcome<()> {
    let case = actions::waiting(tx, ctx, id, new.version).await?;
    if new.rationale.trim().is_empty() {
        return Err(Invalid::field("rationale", "required").into());
    }
    actions::check_texts(&new.message, &new.rationale)?;
    let (terms, offer) = match &new.answer {
        Proposed::Ask => (actions::asked(&case)?, None),
        Proposed::Offer(id) => {
            let row = case.suggested().find(|row| row.id == *id).ok_or(DeskRefusal::SuggestionGone)?;
            (row.offer.terms.clone(), Some((row.id, row.offer.clone())))
        }
        Proposed::Counter(counter) => (actions::counter_terms(&case, counter)?, None),
    };
    let needs = actions::needs_of(&case, offer.as_ref().map(|(id, _)| *id), &terms);
    if deciders::me(tx, &ctx.actor).await?.1 >= needs {
        return Err(DeskRefusal::NoApprovalNeeded.into());
    }
    let offer = match offer {
        Some((_, offer)) => Offer { expires: ctx.now.plus(actions::validity(&case)), ..offer },
        None => actions::offer(&case, &terms, ctx.now)?,
    };
    put(tx, ctx, case, (offer, needs), (&new.rationale, &new.message)).await
}

/// Stores a proposal and passes the case up; `texts` are the reason and what the buyer is to read.
pub(super) async fn put(
    tx: &WriteTx,
    ctx: &Ctx,
    case: Case,
    (offer, needs): (Offer, Authority),
    texts: (&str, &str),
) -> Outcome<()> {
    let mut n = case.negotiation;
    let row = actions::row(ctx, &n, 1, (offer, OfferState::Suggested))?;
    offers::store::insert(tx, std::slice::from_ref(&row)).await?;
    let proposal = Proposal {
        offer: row.id,
        person: ctx.actor.user()?,
        needed: needs.code().to_owned(),
        rationale: texts.0.trim().to_owned(),
        message: texts.1.trim().to_owned(),
        at: ctx.now,
    };
    super::store::insert(tx, n.id, &proposal).await?;
    n.authority = Some(highest(&n, needs).code().to_owned());
    n.changed_at = ctx.now;
    store::update(tx, &n).await?;
    assigning::raise(tx, ctx, &n, &proposal.rationale).await?;
    let payload = json!({ "offer": row.id.to_string(), "needs": needs.code() });
    tx.append(ctx, &NegotiationEvent::new("negotiation.proposed", n.id, n.company, payload)).await?;
    Ok(())
}

/// The authority that the case needed before, or that the proposal needs.
fn highest(n: &Negotiation, needs: Authority) -> Authority {
    let before = n.authority.as_deref().and_then(deciders::parse_authority);
    before.map_or(needs, |before| before.max(needs))
}
