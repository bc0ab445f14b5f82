//! One decision of the engine, put down: the round with all it was made from, the offers, what the negotiation is now,
//! events and jobs.

use db::WriteTx;
use kernel::{Amount, Ctx, Instant, OfferId, Outcome, UserId};
use negotiation_engine::{Answer, Decision, Escalation, Offer};
use serde_json::json;
use terms::costs::ORDER_WITHIN;
use terms::experiments::queries::Chosen;
use terms::{experiments, figures};

use super::situation::{self, Asking, Situation};
use super::{Ask, rules};
use crate::events::NegotiationEvent;
use crate::negotiations::store::{self, RoundRow};
use crate::negotiations::{Line, Negotiation, State, jobs};
use crate::offers::{self, OfferRow, OfferState};
use crate::refusals::NegotiationRefusal;
use crate::routing::{self, Assigned, assigning};

/// What has been decided in a negotiation so far, and by which policy it goes on where that is known already.
#[derive(Clone, Copy, Default)]
pub struct Earlier<'a> {
    pub(crate) rounds: &'a [RoundRow],
    pub(crate) present: Option<&'a Chosen>,
}

/// Asks the engine and stores what comes of it. `negotiation` is new or goes on; either way it is the state before.
pub async fn ask(tx: &WriteTx, ctx: &Ctx, n: Negotiation, ask: &Ask, earlier: Earlier<'_>) -> Outcome<Negotiation> {
    // Whoever holds the negotiation sees further asks before the shop answers.
    let is_held = routing::queries::attendance(tx, n.id).await?.held.is_some();
    let ask = &Ask { wants_person: ask.wants_person || is_held, ..ask.clone() };
    let Earlier { rounds, present } = earlier;
    let asking =
        Asking { negotiation: Some(&n), rounds, present, ..Asking::new(n.company, n.id, ctx.now, ctx.today()) };
    let situation = situation::load(tx, asking, ask).await?;
    rules::check_ask(&situation.request.terms, &situation.position.list).check()?;
    if situation.history.open > situation.policy.policy.eligibility.open_max {
        return Err(NegotiationRefusal::TooManyOpen.into());
    }
    settle(tx, ctx, n, ask, rounds, situation).await
}

/// Lets the engine decide a situation, and stores what comes of it.
pub(crate) async fn settle(
    tx: &WriteTx,
    ctx: &Ctx,
    mut n: Negotiation,
    ask: &Ask,
    rounds: &[RoundRow],
    situation: Situation,
) -> Outcome<Negotiation> {
    let is_new = n.number == 0;
    let seed = ctx.ids.next_seed();
    let Situation { policy, position, history, request, .. } = &situation;
    let decision = negotiation_engine::decide(&policy.policy, position, history, request, ctx.now, seed);
    take_over(&mut n, ctx, ask, &situation, &decision)?;
    let held = routing::queries::attendance(tx, n.id).await?.held.map(|(holder, _)| holder);
    let answered = Answered { decision: &decision, situation: &situation, held };
    let brought = apply(&mut n, ctx, tx, &answered).await?;
    if is_new {
        n.number = tx.next_number("negotiation").await?;
        store::insert(tx, &n).await?;
    } else {
        store::update(tx, &n).await?;
        store::replace_lines(tx, &n).await?;
    }
    let row = RoundRow {
        round: i64::try_from(rounds.len()).unwrap_or(i64::MAX) + 1,
        at: ctx.now,
        policy: policy.id,
        request: serde_json::to_string(request).map_err(|e| kernel::Fault::because("writing down a request", e))?,
        position: position.to_stored(),
        history: history.to_stored(),
        decision: decision.to_stored(),
        seed,
        outcome: outcome_code(&decision.outcome).into(),
    };
    store::insert_round(tx, n.id, &row).await?;
    experiments::actions::expose(tx, ctx, n.company, situation.exposure).await?;
    if let Some(assigned) = &brought.assigned {
        assigning::put(tx, ctx, assigned).await?;
    }
    put_offers(tx, ctx, &mut n, row.round, brought).await?;
    tell(tx, ctx, &n, &decision, is_new).await?;
    Ok(n)
}

/// Decides the ask that waits once more, now that a supplier has granted a special price for it. Where the rules accept or
/// counter, the buyer has the answer at once; else the case goes on waiting, with the new margin for the rep. The ask is not
/// counted as another round, and that the buyer wanted a person is done with: the person has asked the supplier.
pub async fn again_with_support(tx: &WriteTx, ctx: &Ctx, mut n: Negotiation) -> Outcome<()> {
    let mut rounds = store::rounds(tx, n.id).await?;
    let count = i64::try_from(rounds.len()).unwrap_or(i64::MAX);
    let mut asks = situation::requests(&rounds)?;
    let asked = asks.len();
    let Some(last) = asks.pop().filter(|_| count < terms::costs::DECISIONS_MAX) else { return Ok(()) };
    // All that was decided about this ask so far is one round, whoever decided it.
    while situation::requests(&rounds)?.len() >= asked {
        rounds.pop();
    }
    let asking =
        Asking { negotiation: Some(&n), rounds: &rounds, ..Asking::new(n.company, n.id, ctx.now, ctx.today()) };
    let situation = situation::load(tx, asking, &ask_of(&n, &last)).await?;
    let seed = ctx.ids.next_seed();
    let Situation { policy, position, history, request, .. } = &situation;
    let decision = negotiation_engine::decide(&policy.policy, position, history, request, ctx.now, seed);
    let is_answer = matches!(decision.outcome, Answer::Accept(_) | Answer::Counter(_));
    let row = RoundRow {
        round: count + 1,
        at: ctx.now,
        policy: policy.id,
        request: serde_json::to_string(request).map_err(|e| kernel::Fault::because("writing down a request", e))?,
        position: position.to_stored(),
        history: history.to_stored(),
        decision: decision.to_stored(),
        seed,
        outcome: if is_answer { store::SUPPORTED } else { store::SUPPORTED_WAITING }.into(),
    };
    n.policy = policy.id;
    n.changed_at = ctx.now;
    let brought = match &decision.outcome {
        Answer::Accept(_) | Answer::Counter(_) => {
            let answered = Answered { decision: &decision, situation: &situation, held: None };
            apply(&mut n, ctx, tx, &answered).await?
        }
        Answer::Escalate(escalation) => Brought::offers(escalation.suggested.clone(), OfferState::Suggested),
        Answer::Decline { .. } => Brought::offers(Vec::new(), OfferState::Suggested),
    };
    store::update(tx, &n).await?;
    store::insert_round(tx, n.id, &row).await?;
    put_offers(tx, ctx, &mut n, row.round, brought).await?;
    tell(tx, ctx, &n, &decision, false).await?;
    // Nobody looks at a page meanwhile: the buyer hears of it by mail.
    if n.stored_state == State::Waiting { Ok(()) } else { jobs::tell_buyer(tx, ctx, n.id).await }
}

/// The ask that waits, as it was made.
fn ask_of(n: &Negotiation, last: &negotiation_engine::Request) -> Ask {
    let lines = last.terms.lines.iter();
    let line = |line: &negotiation_engine::LineTerms| super::AskLine {
        product: line.product,
        quantity: line.quantity,
        price: line.price,
    };
    Ask {
        payment_days: Some(i64::from(last.terms.payment_days)),
        extras: last.terms.extras,
        fixed_quantities: last.fixed_quantities,
        competitor: n.competitor.clone(),
        need_by: last.need_by,
        cart: n.cart,
        ..Ask::of(lines.map(line).collect())
    }
}

/// What the ask changes about the negotiation, whatever the answer.
fn take_over(n: &mut Negotiation, ctx: &Ctx, ask: &Ask, situation: &Situation, decision: &Decision) -> Outcome<()> {
    let terms = &situation.request.terms;
    let list = &situation.position.list;
    let (list_value, ask_value) = situation::values(list, terms)?;
    let at_list = list.at(terms).ok_or(NegotiationRefusal::NotNegotiable)?;
    let lines = terms.lines.iter().zip(&at_list.lines);
    n.lines = lines
        .map(|(asked, list)| Line {
            product: asked.product,
            quantity: asked.quantity,
            list_price: list.price,
            price: asked.price,
        })
        .collect();
    n.currency = list.currency;
    n.list_value = list_value;
    n.ask_value = ask_value;
    n.payment_days = i64::from(terms.payment_days);
    n.policy = situation.policy.id;
    n.round = i64::from(decision.round);
    // A rep who asks for a customer is not the one who gets the answer.
    if !ctx.actor.is_staff() {
        n.person = ctx.actor.user()?;
        n.unit = ctx.actor.unit;
    }
    n.cart = ask.cart.or(n.cart);
    n.competitor = ask.competitor.clone().or(n.competitor.take());
    n.need_by = ask.need_by.or(n.need_by);
    if !ask.comment.trim().is_empty() {
        n.comment = ask.comment.trim().to_owned();
    }
    n.asked_at = ctx.now;
    n.changed_at = ctx.now;
    Ok(())
}

/// Offers that a decision brings, and what becomes of them.
struct Brought {
    offers: Vec<Offer>,
    state: OfferState,
    /// On whose desk it is now.
    assigned: Option<Assigned>,
}

impl Brought {
    fn offers(offers: Vec<Offer>, state: OfferState) -> Self {
        Self { offers, state, assigned: None }
    }
}

/// A decision with what it was made from.
struct Answered<'a> {
    decision: &'a Decision,
    situation: &'a Situation,
    /// Whom further asks come to first.
    held: Option<UserId>,
}

/// What the answer makes of the negotiation.
async fn apply(n: &mut Negotiation, ctx: &Ctx, tx: &WriteTx, answered: &Answered<'_>) -> Outcome<Brought> {
    (n.reason, n.authority, n.rep, n.waiting_since, n.answer_by) = (None, None, None, None, None);
    match &answered.decision.outcome {
        Answer::Accept(offer) => {
            n.stored_state = State::Agreed;
            let offer = Offer { expires: order_until(offer, ctx.now), ..offer.clone() };
            n.expires_at = Some(offer.expires);
            n.closed_at = Some(ctx.now);
            Ok(Brought::offers(vec![offer], OfferState::Taken))
        }
        Answer::Counter(offers) => {
            n.stored_state = State::Offered;
            n.expires_at = offers.iter().map(|offer| offer.expires).max();
            Ok(Brought::offers(offers.clone(), OfferState::Open))
        }
        Answer::Escalate(escalation) => {
            let assigned = Some(give_to_person(n, tx, ctx, answered, escalation).await?);
            Ok(Brought { assigned, ..Brought::offers(escalation.suggested.clone(), OfferState::Suggested) })
        }
        Answer::Decline { reason, nearest } => {
            n.stored_state = State::Declined;
            n.reason = Some(reason.code().into());
            n.expires_at = Some(nearest.expires);
            // What stands is on the table already, or is the list price, which needs no offer.
            Ok(Brought::offers(Vec::new(), OfferState::Open))
        }
    }
}

/// Until when an agreed offer can be ordered: a commitment until its months are over.
pub fn order_until(offer: &Offer, now: Instant) -> Instant {
    let end = offer.terms.extras.commitment.map_or(now, |commitment| months_after(now, commitment.months));
    offer.expires.max(now.plus(ORDER_WITHIN)).max(end)
}

/// The end of a period of months, a month being a twelfth of 365 days.
pub(crate) fn months_after(start: Instant, months: u16) -> Instant {
    let days = (i64::from(months) * 365).div_euclid(12) + i64::from(months > 0);
    start.plus(days * Instant::DAY)
}

async fn give_to_person(
    n: &mut Negotiation,
    tx: &WriteTx,
    ctx: &Ctx,
    answered: &Answered<'_>,
    escalation: &Escalation,
) -> Outcome<Assigned> {
    let route = escalation.route;
    n.stored_state = State::Waiting;
    // Whoever has made an offer goes on with the buyer, whatever the reason.
    let has_offered = !answered.situation.history.by_person.is_empty();
    let by = n.decisions.last().map(|last| last.person).filter(|_| has_offered);
    let wanted_by = match escalation.reason {
        negotiation_engine::EscalateReason::Person if ctx.actor.is_staff() => "started",
        negotiation_engine::EscalateReason::Person if answered.held.is_some() => "held",
        reason => reason.code(),
    };
    n.reason = Some(wanted_by.into());
    n.authority = Some(route.authority.code().into());
    n.waiting_since = Some(ctx.now);
    n.expires_at = None;
    let wanted = assigning::Wanted {
        answer_minutes: route.answer_minutes,
        impact: route.impact,
        class: answered.situation.class(),
        // Whoever asks for a customer has the case until somebody above must decide it.
        owner: answered.held.or(ctx.actor.user.filter(|_| ctx.actor.is_staff())).or(by),
        excluded: Vec::new(),
    };
    assigning::choose(tx, ctx, n, wanted).await
}

/// Stores offers; one that stands already is kept and only moves to its new place.
async fn put_offers(tx: &WriteTx, ctx: &Ctx, n: &mut Negotiation, round: i64, brought: Brought) -> Outcome<()> {
    offers::store::drop_worked_out(tx, n.id).await?;
    let (state, mut taken, mut new) = (brought.state, false, Vec::new());
    for (offer, position) in brought.offers.into_iter().zip(1_i64..) {
        let taken_at = (state == OfferState::Taken).then_some(ctx.now);
        taken |= taken_at.is_some();
        let same = |row: &&mut OfferRow| {
            row.state == OfferState::Open && row.offer.terms == offer.terms && ctx.now < row.offer.expires
        };
        if let Some(row) = n.offers.iter_mut().find(same) {
            // What the buyer holds already is no answer.
            if state == OfferState::Suggested {
                continue;
            }
            (row.round, row.position, row.state, row.taken_at) = (round, position, state, taken_at);
            row.offer.expires = row.offer.expires.max(offer.expires);
            offers::store::update(tx, row).await?;
            continue;
        }
        let row = OfferRow {
            id: OfferId::new(ctx),
            negotiation: n.id,
            round,
            position,
            state,
            net: figures::net(&offer.terms, n.currency)?,
            spared: Amount::zero(n.currency),
            offer,
            made_by: None,
            made_at: ctx.now,
            taken_at,
            order_number: None,
        };
        new.push(row);
    }
    offers::store::insert(tx, &new).await?;
    n.offers.extend(new);
    if taken { offers::store::supersede(tx, n.id).await } else { Ok(()) }
}

pub(crate) fn outcome_code(answer: &Answer) -> &'static str {
    match answer {
        Answer::Accept(_) => "agreed",
        Answer::Counter(_) => "offered",
        Answer::Escalate(_) => "waiting",
        Answer::Decline { .. } => "declined",
    }
}

/// Events for whatever follows, and the jobs that go with the new state.
async fn tell(tx: &WriteTx, ctx: &Ctx, n: &Negotiation, decision: &Decision, is_new: bool) -> Outcome<()> {
    let levers: Vec<&str> = n.standing(ctx.now).map(|row| row.offer.lever.code()).collect();
    let payload = json!({
        "outcome": outcome_code(&decision.outcome),
        "round": decision.round,
        "new": is_new,
        "list_minor": n.list_value.minor(),
        "ask_minor": n.ask_value.minor(),
        "currency": n.currency.code(),
        "levers": levers,
        "reason": n.reason,
    });
    tx.append(ctx, &NegotiationEvent::new("negotiation.answered", n.id, n.company, payload)).await?;
    match n.stored_state {
        State::Offered => jobs::expire_later(tx, ctx, n).await,
        State::Waiting => jobs::tell_rep(tx, ctx, n.id).await,
        _ => Ok(()),
    }
}

/// Who asks for whom, as a negotiation that has not begun.
pub fn blank(ctx: &Ctx, id: kernel::NegotiationId, company: kernel::CompanyId, person: UserId) -> Negotiation {
    let currency = kernel::Currency::Eur;
    Negotiation {
        id,
        number: 0,
        company,
        unit: ctx.actor.unit,
        person,
        stored_state: State::Offered,
        cart: None,
        currency,
        payment_days: 0,
        list_value: kernel::Amount::zero(currency),
        ask_value: kernel::Amount::zero(currency),
        round: 0,
        policy: kernel::PolicyId::from_uuid(uuid::Uuid::nil()),
        competitor: None,
        need_by: None,
        comment: String::new(),
        reason: None,
        authority: None,
        rep: None,
        waiting_since: None,
        answer_by: None,
        opened_at: ctx.now,
        asked_at: ctx.now,
        changed_at: ctx.now,
        expires_at: None,
        closed_at: None,
        version: 0,
        lines: Vec::new(),
        offers: Vec::new(),
        decisions: Vec::new(),
    }
}
