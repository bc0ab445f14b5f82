//! What people decide. The state, the authority and the version are checked here, for pages and API alike.

use db::WriteTx;
use kernel::{Amount, Ctx, Failure, Instant, Invalid, NegotiationId, OfferId, Outcome, Permission};
use negotiation::events::NegotiationEvent;
use negotiation::negotiations::{self, Negotiation, PersonDecision, Recorded, State, TEXT_MAX, jobs, store};
use negotiation::offers::{self, OfferRow, OfferState};
use negotiation::requests::{self, answer};
use negotiation::routing::assigning;
use negotiation_engine::{Authority, Condition, LineTerms, ListTerms, Offer, Terms};
use serde_json::json;
use terms::{deciders, figures};

use super::queries::{self, Case};
use super::recording::{self, Before};
use super::{Approval, Counter, DeskRefusal, Rejection, rules};

/// Grants the ask, or sends a suggested answer. A colleague's proposal to grant the ask grants it.
///
/// # Errors
/// [`DeskRefusal`]; invalid texts; not found; the refusal `not-allowed`.
pub async fn approve(tx: &WriteTx, ctx: &Ctx, id: NegotiationId, approval: &Approval) -> Outcome<()> {
    let case = waiting(tx, ctx, id, approval.version).await?;
    check_texts(&approval.message, &approval.rationale)?;
    // What was prepared for a customer who has asked for nothing is begun by it.
    let kind = if case.negotiation.is_draft() { negotiations::STARTED } else { "approval" };
    let decision = decision(ctx, kind, None, &approval.rationale, &approval.message)?;
    let asked = asked(&case)?;
    let terms = match approval.offer {
        None => asked.clone(),
        Some(offer) => {
            let row = case.suggested().find(|row| row.id == offer).ok_or(DeskRefusal::SuggestionGone)?;
            row.offer.terms.clone()
        }
    };
    let is_ask = terms == asked && !case.negotiation.is_draft();
    let needs = needs_of(&case, approval.offer, &terms);
    let before = reach(tx, ctx, case, needs).await?;
    if is_ask {
        let offer = self::offer(&before.case, &terms, ctx.now)?;
        return grant(tx, ctx, before, offer, decision).await;
    }
    let usual = ctx.now.plus(validity(&before.case));
    let row = before.case.suggested().find(|row| Some(row.id) == approval.offer);
    let offer = match row {
        // Whoever proposed it said how long it is to stand.
        Some(row) if row.made_by.is_some() && row.offer.expires > ctx.now => row.offer.clone(),
        Some(row) => Offer { expires: usual, ..row.offer.clone() },
        None => self::offer(&before.case, &terms, ctx.now)?,
    };
    send(tx, ctx, before, vec![offer], decision).await
}

/// The least authority for an answer of the form: what the engine suggests by itself, or by the matrix.
pub(crate) fn needs_of(case: &Case, offer: Option<OfferId>, terms: &Terms) -> Authority {
    let is_engines = case.suggested().any(|row| Some(row.id) == offer && row.made_by.is_none());
    if is_engines { suggestion_needs(case, terms) } else { needs(case, terms, Authority::Rep) }
}

/// Sends other terms. The buyer may take them like any offer.
///
/// # Errors
/// As [`approve`]; invalid terms at their fields.
pub async fn counter(tx: &WriteTx, ctx: &Ctx, id: NegotiationId, counter: &Counter) -> Outcome<()> {
    let case = waiting(tx, ctx, id, counter.version).await?;
    let terms = counter_terms(&case, counter)?;
    check_texts(&counter.message, &counter.rationale)?;
    let needs = needs(&case, &terms, Authority::Rep);
    let before = reach(tx, ctx, case, needs).await?;
    let decision = decision(ctx, "counteroffer", None, &counter.rationale, &counter.message)?;
    let offer = offer(&before.case, &terms, ctx.now)?;
    send(tx, ctx, before, vec![offer], decision).await
}

/// Puts other terms in the place of what a person has offered, as long as the buyer has not taken it.
///
/// # Errors
/// As [`counter`]; [`DeskRefusal::NothingToReplace`].
pub async fn replace(tx: &WriteTx, ctx: &Ctx, id: NegotiationId, counter: &Counter) -> Outcome<()> {
    ctx.actor.must(Permission::UseDesk)?;
    let case = queries::case(tx, id).await?;
    let (me, own) = deciders::me(tx, &ctx.actor).await?;
    let old: Vec<OfferId> = rules::replaceable(&case.negotiation, me.id, own, ctx.now).map(|row| row.id).collect();
    if old.is_empty() {
        return Err(DeskRefusal::NothingToReplace.into());
    }
    if case.negotiation.version != counter.version {
        return Err(DeskRefusal::Changed.into());
    }
    let terms = counter_terms(&case, counter)?;
    check_texts(&counter.message, &counter.rationale)?;
    let needs = needs(&case, &terms, Authority::Rep);
    let before = reach(tx, ctx, case, needs).await?;
    for id in old {
        offers::store::set_state(tx, id, OfferState::Withdrawn).await?;
    }
    let decision = decision(ctx, negotiations::REPLACED, None, &counter.rationale, &counter.message)?;
    let offer = offer(&before.case, &terms, ctx.now)?;
    send(tx, ctx, before, vec![offer], decision).await
}

/// Says no. What the buyer was offered before goes on standing.
///
/// # Errors
/// As [`approve`]; invalid `reason` or `rationale`.
pub async fn reject(tx: &WriteTx, ctx: &Ctx, id: NegotiationId, rejection: &Rejection) -> Outcome<()> {
    let case = waiting(tx, ctx, id, rejection.version).await?;
    let mut invalid = Invalid::default();
    if !negotiations::REJECT_REASONS.contains(&rejection.reason.as_str()) {
        invalid = invalid.and("reason", "choice", Vec::new());
    }
    if rejection.rationale.trim().is_empty() {
        invalid = invalid.and("rationale", "required", Vec::new());
    }
    invalid.check()?;
    check_texts(&rejection.message, &rejection.rationale)?;
    // The customer has asked for nothing and knows of nothing: there is nothing to say no to.
    if case.negotiation.is_draft() {
        return requests::actions::give_up(tx, ctx, case.negotiation).await;
    }
    let reason = Some(rejection.reason.clone());
    let decision = decision(ctx, "rejection", reason, &rejection.rationale, &rejection.message)?;
    let validity = validity(&case);
    let before = reach(tx, ctx, case, Authority::Rep).await?;
    let mut n = before.case.negotiation.clone();
    offers::store::drop_suggested(tx, n.id).await?;
    let stands = n.standing(ctx.now).map(|row| row.offer.expires).max();
    n.stored_state = State::Declined;
    n.reason = Some("person".into());
    n.expires_at = Some(stands.unwrap_or(ctx.now.plus(validity)));
    finish(tx, ctx, n, (before, Vec::new()), decision).await
}

/// The case, if it waits and is as it was read.
pub(super) async fn waiting(tx: &WriteTx, ctx: &Ctx, id: NegotiationId, read: i64) -> Outcome<Case> {
    ctx.actor.must(Permission::UseDesk)?;
    let case = queries::case(tx, id).await?;
    let n = &case.negotiation;
    if n.stored_state == State::Waiting {
        return if n.version == read { Ok(case) } else { Err(DeskRefusal::Changed.into()) };
    }
    match n.decisions.last().filter(|last| last.at >= n.asked_at) {
        Some(last) => {
            let person = parties::people::queries::member(tx, last.person).await?;
            let name = person.map_or_else(String::new, |person| person.name);
            let refused = DeskRefusal::DecidedAlready.refused();
            Err(refused.with("name", name).with("at", last.at.to_rfc3339()).into())
        }
        None => Err(DeskRefusal::NotWaiting.into()),
    }
}

pub(super) fn check_texts(message: &str, rationale: &str) -> Outcome<()> {
    let mut invalid = Invalid::default();
    for (field, text) in [("message", message), ("rationale", rationale)] {
        if text.chars().count() > TEXT_MAX {
            invalid = invalid.and(field, "text-too-long", vec![("most", TEXT_MAX.to_string())]);
        }
    }
    invalid.check()
}

pub(super) fn decision(
    ctx: &Ctx,
    kind: &str,
    reason: Option<String>,
    rationale: &str,
    message: &str,
) -> Outcome<PersonDecision> {
    Ok(PersonDecision {
        person: ctx.actor.user()?,
        kind: kind.to_owned(),
        reason,
        rationale: rationale.trim().to_owned(),
        message: message.trim().to_owned(),
        at: ctx.now,
    })
}

/// The list terms under discussion; imported cases have none and cannot be decided.
pub(crate) fn list(case: &Case) -> Outcome<&ListTerms> {
    let (position, _, _) = case.discussed.as_ref().ok_or(Failure::NotFound)?;
    Ok(&position.list)
}

/// What the buyer asked for.
pub(crate) fn asked(case: &Case) -> Outcome<Terms> {
    let (_, _, request) = case.discussed.as_ref().ok_or(Failure::NotFound)?;
    Ok(request.terms.clone())
}

/// The terms of a counter-offer, checked. What is agreed beside goods and payment (freight, delivery, a commitment, a rebate)
/// stays as in the ask, or in the suggestion or the own offer that the counter starts from.
///
/// # Errors
/// Invalid terms at their fields.
pub(crate) fn counter_terms(case: &Case, counter: &Counter) -> Outcome<Terms> {
    let list = list(case)?;
    let days = u16::try_from(counter.payment_days).ok().filter(|days| *days <= 365);
    let days = days.ok_or_else(|| Invalid::field("payment_days", "payment-days-asked"))?;
    if counter.lines.len() != list.lines.len() {
        return Err(Invalid::field("lines", "other-products").into());
    }
    let extras = match counter.base {
        None => asked(case)?.extras,
        Some(base) => {
            let is_made = |row: &&OfferRow| row.state == OfferState::Open && row.made_by.is_some();
            let made = case.negotiation.offers.iter().filter(is_made);
            let row = case.suggested().chain(made).find(|row| row.id == base).ok_or(DeskRefusal::SuggestionGone)?;
            if !rules::is_about_the_ask(&row.offer.terms, list) {
                return Err(Invalid::field("lines", "other-products").into());
            }
            row.offer.terms.extras
        }
    };
    let line = |(list, (quantity, price)): (&negotiation_engine::ListLine, &_)| LineTerms {
        product: list.product,
        quantity: *quantity,
        price: *price,
    };
    let lines = list.lines.iter().zip(&counter.lines).map(line).collect();
    let terms = Terms { extras, ..Terms::new(lines, days) };
    rules::check_terms(&terms, list).check()?;
    Ok(terms)
}

/// Refuses what needs more authority than the actor has, and says who has it. Gives the case with what is noted of a
/// decision: whose authority, and how everything stood.
pub(super) async fn reach(tx: &WriteTx, ctx: &Ctx, case: Case, needs: Authority) -> Outcome<Before> {
    let (_, own) = deciders::me(tx, &ctx.actor).await?;
    if own >= needs {
        return Before::of(case, own, needs);
    }
    let staff = parties::people::queries::staff(tx).await?;
    Err(DeskRefusal::NeedsAuthority.refused().with("names", deciders::who_may(&staff, needs)).into())
}

/// The least authority for terms: by the matrix, but never more than terms need that are worse for the seller. The list price
/// needs nobody, for the customer has it without asking; whoever may send a suggestion may send more than it.
pub(crate) fn needs(case: &Case, terms: &Terms, own: Authority) -> Authority {
    let listed = case.discussed.as_ref().and_then(|(position, ..)| position.list.at(terms));
    if listed.is_some_and(|list| rules::is_at_least(terms, &list)) {
        return Authority::Rep;
    }
    let worse = case.suggested().filter(|row| row.made_by.is_none() && rules::is_at_least(terms, &row.offer.terms));
    let worse = worse.map(|row| suggestion_needs(case, &row.offer.terms)).min();
    let matrix = by_matrix(case, terms, own);
    worse.map_or(matrix, |worse| worse.min(matrix))
}

/// What the approval matrix says of terms. What cannot be computed is for the highest.
fn by_matrix(case: &Case, terms: &Terms, own: Authority) -> Authority {
    let Some((position, history, _)) = &case.discussed else { return Authority::PricingManager };
    let check = negotiation_engine::check_counter(&case.policy, position, history, terms, own);
    // Of nothing there is no share: goods for less than a cent in all have no margin that could be under a floor.
    let check = check.ok().filter(|check| check.waterfall.is_none_or(|fall| fall.net.minor() > 0));
    check.map_or(Authority::PricingManager, |check| check.needs)
}

/// The least authority for an answer as the engine suggests it. What the rules support, and what only came here because
/// somebody wanted a person, ran out of rounds or asked for too much, the shop would offer by itself: anyone at the desk
/// may send it. Where the rules call for a person because of size, discount, budget or a missing cost, the matrix counts.
pub(crate) fn suggestion_needs(case: &Case, terms: &Terms) -> Authority {
    let by_itself = ["person", "held", "started", "rounds", "out_of_reach", "countered"];
    let reason = case.negotiation.reason.as_deref().unwrap_or_default();
    if by_itself.contains(&reason) { Authority::Rep } else { by_matrix(case, terms, Authority::Rep) }
}

pub(super) fn validity(case: &Case) -> i64 {
    i64::from(case.policy.limits.validity_hours).saturating_mul(Instant::HOUR)
}

pub(super) fn offer(case: &Case, terms: &Terms, now: Instant) -> Outcome<Offer> {
    offer_until(case, terms, now.plus(validity(case)))
}

/// Terms as an offer that stands until then.
pub(super) fn offer_until(case: &Case, terms: &Terms, expires: Instant) -> Outcome<Offer> {
    let offer = requests::rules::offer_of(list(case)?, &asked(case)?, terms, expires);
    offer.ok_or_else(|| kernel::MoneyError::Overflow.into())
}

/// The buyer gets what was asked for: agreed at once.
async fn grant(tx: &WriteTx, ctx: &Ctx, before: Before, offer: Offer, decision: PersonDecision) -> Outcome<()> {
    let mut n = before.case.negotiation.clone();
    let expires = answer::order_until(&offer, ctx.now);
    let given = Offer { expires, ..offer };
    put(tx, ctx, &n, 1, (given.clone(), OfferState::Taken)).await?;
    offers::store::supersede(tx, n.id).await?;
    n.stored_state = State::Agreed;
    n.expires_at = Some(expires);
    n.closed_at = Some(ctx.now);
    finish(tx, ctx, n, (before, vec![given]), decision).await
}

/// The buyer gets offers to choose from.
pub(super) async fn send(
    tx: &WriteTx,
    ctx: &Ctx,
    before: Before,
    offers: Vec<Offer>,
    decision: PersonDecision,
) -> Outcome<()> {
    let mut n = before.case.negotiation.clone();
    let made = offers.iter().map(|offer| offer.expires);
    let ends = n.standing(ctx.now).map(|row| row.offer.expires).chain(made).max();
    offers::store::drop_suggested(tx, n.id).await?;
    for (offer, position) in offers.iter().cloned().zip(1_i64..) {
        put(tx, ctx, &n, position, (offer, OfferState::Open)).await?;
    }
    n.stored_state = State::Offered;
    n.expires_at = ends;
    jobs::expire_later(tx, ctx, &n).await?;
    finish(tx, ctx, n, (before, offers), decision).await
}

async fn put(
    tx: &WriteTx,
    ctx: &Ctx,
    n: &Negotiation,
    position: i64,
    (offer, state): (Offer, OfferState),
) -> Outcome<()> {
    offers::store::insert(tx, &[row(ctx, n, position, (offer, state))?]).await
}

/// A new offer of the actor, after the last decision of the engine, so that it is shown first.
pub(super) fn row(ctx: &Ctx, n: &Negotiation, position: i64, (offer, state): (Offer, OfferState)) -> Outcome<OfferRow> {
    debug_assert!(!offer.conditions.is_empty() || offer.conditions.contains(&Condition::AsItIs));
    Ok(OfferRow {
        id: OfferId::new(ctx),
        negotiation: n.id,
        round: n.offers.iter().map(|row| row.round).max().unwrap_or(0).max(n.round) + 1,
        position,
        state,
        net: figures::net(&offer.terms, n.currency)?,
        spared: Amount::zero(n.currency),
        offer,
        made_by: Some(ctx.actor.user()?),
        made_at: ctx.now,
        taken_at: (state == OfferState::Taken).then_some(ctx.now),
        order_number: None,
    })
}

/// Stores the decision with the new state and tells everyone who waits for it. The buyer's mail waits until the decision can
/// no longer be taken back.
async fn finish(
    tx: &WriteTx,
    ctx: &Ctx,
    mut n: Negotiation,
    (before, offers): (Before, Vec<Offer>),
    decision: PersonDecision,
) -> Outcome<()> {
    let waited = n.waiting_since.map(|since| ctx.now.since(since) / Instant::MINUTE);
    let late = n.answer_by.is_some_and(|by| ctx.now > by);
    n.changed_at = ctx.now;
    (n.waiting_since, n.answer_by) = (None, None);
    n.rep = ctx.actor.user;
    store::update(tx, &n).await?;
    assigning::end(tx, ctx, n.id, "decided").await?;
    let payload = json!({
        "kind": decision.kind,
        "reason": decision.reason,
        "waited_minutes": waited,
        "late": late,
        "authority": n.authority,
    });
    let (given, stood) = (recording::given(tx, ctx, &before, offers).await?, before.stood);
    let row = Recorded { id: ctx.ids.next(ctx.now), decision, given, stood, undone_at: None };
    store::insert_decision(tx, n.id, &row).await?;
    tx.append(ctx, &NegotiationEvent::new("negotiation.decided", n.id, n.company, payload)).await?;
    jobs::tell_buyer_later(tx, ctx, n.id).await
}
