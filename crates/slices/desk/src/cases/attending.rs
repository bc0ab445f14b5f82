//! What people of the desk do with cases beside deciding them.

use db::WriteTx;
use kernel::{
    Actor, CompanyId, Ctx, Failure, Instant, Invalid, NegotiationId, Outcome, Permission, Rate, UnitPrice, UserId,
};
use negotiation::events::NegotiationEvent;
use negotiation::negotiations::{self, Negotiation, State, TEXT_MAX, store};
use negotiation::requests::answer::{self, Earlier};
use negotiation::requests::situation::{self, Asking};
use negotiation::requests::{self, Ask, AskLine};
use negotiation::routing::{self, Advice, Attendance, Cause, assigning};
use negotiation_engine::{Authority, Offer};
use parties::people::{self, Member};
use serde_json::{Value, json};
use terms::deciders;
use workflow::{Level, StepDecision, Verdict};

use super::queries::{self, Case};
use super::{DeskRefusal, Recommendation, Start, StartLine, VERDICTS, actions, proposing, rules};

/// Takes a waiting case onto the actor's own desk. Taking one's own changes nothing.
///
/// # Errors
/// [`DeskRefusal`]; not found; the refusal `not-allowed`.
pub async fn take_over(tx: &WriteTx, ctx: &Ctx, id: NegotiationId) -> Outcome<()> {
    let (me, n) = (ctx.actor.user()?, still_waiting(tx, ctx, id).await?);
    if n.rep == Some(me) {
        return Ok(());
    }
    let roster = routing::queries::roster_of(tx, ctx).await?;
    if roster.level(me) < Some(needed(tx, &n).await?) {
        let names = who_may(tx, &n).await?;
        return Err(DeskRefusal::NeedsAuthority.refused().with("names", names).into());
    }
    assigning::give(tx, ctx, &n, me, (Cause::Taken, "")).await
}

/// Passes a waiting case on to a colleague who may decide it and is there.
///
/// # Errors
/// [`DeskRefusal`]; invalid `to` or `note`; not found; the refusal `not-allowed`.
pub async fn pass_on(tx: &WriteTx, ctx: &Ctx, id: NegotiationId, to: UserId, note: &str) -> Outcome<()> {
    let n = still_waiting(tx, ctx, id).await?;
    if note.chars().count() > TEXT_MAX {
        let args = vec![("most", TEXT_MAX.to_string())];
        return Err(Invalid::default().and("note", "text-too-long", args).into());
    }
    if n.rep == Some(to) {
        return Ok(());
    }
    let roster = routing::queries::roster_of(tx, ctx).await?;
    let person = roster.team.person(to).filter(|person| person.is_active);
    let person = person.ok_or_else(|| Invalid::field("to", "choice"))?;
    if person.level < needed(tx, &n).await? {
        let names = who_may(tx, &n).await?;
        return Err(DeskRefusal::ColleagueLacks.refused().with("names", names).into());
    }
    if let Some(workflow::Away::Absent { until }) = roster.team.away(person, ctx.now) {
        return Err(DeskRefusal::ColleagueAway.refused().with("until", until.to_string()).into());
    }
    assigning::give(tx, ctx, &n, to, (Cause::Passed, note)).await
}

/// Recommends an answer; somebody above decides then.
///
/// # Errors
/// [`DeskRefusal`]; invalid `verdict` or `rationale`; not found; the refusal `not-allowed`.
pub async fn recommend(tx: &WriteTx, ctx: &Ctx, id: NegotiationId, advice: &Recommendation) -> Outcome<()> {
    let case = actions::waiting(tx, ctx, id, advice.version).await?;
    let n = &case.negotiation;
    let mut invalid = Invalid::default();
    if !VERDICTS.contains(&advice.verdict.as_str()) {
        invalid = invalid.and("verdict", "choice", Vec::new());
    }
    if advice.rationale.trim().is_empty() {
        invalid = invalid.and("rationale", "required", Vec::new());
    }
    invalid.check()?;
    actions::check_texts("", &advice.rationale)?;
    let row = routing::queries::assigned(tx, &[id]).await?.remove(&id);
    let row = row.filter(|row| row.step < row.steps).ok_or(DeskRefusal::NoAdviceWanted)?;
    let person = ctx.actor.user()?;
    let level = routing::queries::roster_of(tx, ctx).await?.level(person).unwrap_or(Level::REP);
    let advice = Advice {
        person,
        level,
        verdict: advice.verdict.clone(),
        rationale: advice.rationale.trim().to_owned(),
        at: ctx.now,
    };
    must_count(n, &row, &advice)?;
    assigning::advised(tx, ctx, n, &row, &advice).await?;
    let payload = json!({ "verdict": advice.verdict, "person": person.to_string() });
    tx.append(ctx, &NegotiationEvent::new("negotiation.recommended", id, n.company, payload)).await?;
    Ok(())
}

/// The chain of steps takes the advice as its first decision.
fn must_count(n: &Negotiation, row: &routing::Assigned, advice: &Advice) -> Outcome<()> {
    let verdict = match advice.verdict.as_str() {
        "approve" => Verdict::Approve,
        "counter" => Verdict::Counter,
        _ => Verdict::Reject,
    };
    let first = routing::RecommendFirst { above: Rate::ZERO, minutes: row.step_minutes };
    let chain = routing::rules::chain(routing::rules::needed(n), row.answer_minutes, Some(first));
    let decision = StepDecision { by: advice.person, level: advice.level, verdict, is_alone: false };
    chain.advance(&[decision]).map(|_| ()).map_err(|_| DeskRefusal::NoAdviceWanted.into())
}

/// Holds a negotiation that the shop answers by itself: further asks come to the actor first. Offers that stand go on
/// standing. Holding what one holds changes nothing.
///
/// # Errors
/// [`DeskRefusal`]; not found; the refusal `not-allowed`.
pub async fn hold(tx: &WriteTx, ctx: &Ctx, id: NegotiationId) -> Outcome<()> {
    ctx.actor.must(Permission::UseDesk)?;
    let (me, n) = (ctx.actor.user()?, store::load(tx, None, id).await?.ok_or(Failure::NotFound)?);
    let attendance = routing::queries::attendance(tx, id).await?;
    match attendance.held {
        Some((holder, _)) if holder == me => return Ok(()),
        Some((holder, _)) => {
            let name = people::queries::member(tx, holder).await?.map_or_else(String::new, |member| member.name);
            return Err(DeskRefusal::HeldAlready.refused().with("name", name).into());
        }
        None => {}
    }
    if n.stored_state == State::Waiting || !n.is_live(ctx.now) {
        return Err(DeskRefusal::NotAutomated.into());
    }
    assigning::attend(tx, id, &Attendance { held: Some((me, ctx.now)), ..attendance }).await?;
    tell(tx, ctx, &n, "negotiation.held").await
}

/// Hands a held negotiation back: the shop answers further asks again.
///
/// # Errors
/// [`DeskRefusal::NotHeld`]; not found; the refusal `not-allowed`.
pub async fn release(tx: &WriteTx, ctx: &Ctx, id: NegotiationId) -> Outcome<()> {
    ctx.actor.must(Permission::UseDesk)?;
    let n = store::load(tx, None, id).await?.ok_or(Failure::NotFound)?;
    let attendance = routing::queries::attendance(tx, id).await?;
    attendance.held.ok_or(DeskRefusal::NotHeld)?;
    assigning::attend(tx, id, &Attendance { held: None, ..attendance }).await?;
    tell(tx, ctx, &n, "negotiation.released").await
}

async fn tell(tx: &WriteTx, ctx: &Ctx, n: &Negotiation, kind: &'static str) -> Outcome<()> {
    let payload = ctx.actor.user.map_or(Value::Null, |person| json!({ "person": person.to_string() }));
    Ok(tx.append(ctx, &NegotiationEvent::new(kind, n.id, n.company, payload)).await?)
}

/// Begins a negotiation for a customer: the buyer gets the offer at once. Beyond the actor's authority nothing begins, for
/// the customer would read of a price that nobody has granted; unless it is sent on for approval, of which the customer
/// hears nothing.
///
/// # Errors
/// [`DeskRefusal`]; invalid fields; not found; the refusal `not-allowed`.
pub async fn start_for(tx: &WriteTx, ctx: &Ctx, company: CompanyId, start: &Start) -> Outcome<NegotiationId> {
    ctx.actor.must(Permission::UseDesk)?;
    actions::check_texts(&start.message, &start.rationale)?;
    rules::check_start(start).check()?;
    let contact = contact(tx, company, start.contact).await?;
    // The same person and roles as before, now for a company: events name who did it, queries whom it is for.
    let acting = &ctx.acting_as(Actor { company: Some(company), unit: contact.unit, ..ctx.actor.clone() });
    tx.next_number(&format!("negotiations of {company}")).await?;
    let ask = ask(tx, acting, company, start).await?;
    requests::actions::check_form(&ask, ctx.now)?;
    if let Some(other) = requests::actions::same_products(tx, acting, &ask).await? {
        return Err(DeskRefusal::GoingOn.refused().with("number", other.number.to_string()).into());
    }
    let blank = answer::blank(acting, NegotiationId::new(ctx), company, contact.id);
    let n = answer::ask(tx, acting, blank, &ask, Earlier::default()).await?;
    if n.stored_state != State::Waiting {
        return Err(DeskRefusal::MayNotStart.into());
    }
    let attendance = Attendance { started_by: ctx.actor.user, held: None };
    assigning::attend(tx, n.id, &attendance).await?;
    tell(tx, ctx, &n, "negotiation.started").await?;
    let case = queries::case(tx, n.id).await?;
    let offered = offered(tx, ctx, &case, start).await?;
    if let Offered::Proposed(offer, needs) = offered {
        proposing::put(tx, ctx, case, (offer, needs), (&start.rationale, &start.message)).await?;
        return Ok(n.id);
    }
    // It never waited for anybody: no turnaround, no case of the day.
    assigning::end(tx, ctx, n.id, "closed").await?;
    let decision = actions::decision(ctx, negotiations::STARTED, None, &start.rationale, &start.message)?;
    if let Offered::Now(offers, needs) = offered {
        let before = actions::reach(tx, ctx, case, needs).await?;
        actions::send(tx, ctx, before, offers, decision).await?;
    }
    Ok(n.id)
}

/// Whom an offer goes to: whoever was chosen, or the first who buys for the company.
async fn contact(tx: &WriteTx, company: CompanyId, chosen: Option<UserId>) -> Outcome<Member> {
    let found = parties::companies::queries::company(tx, company).await?.ok_or(Failure::NotFound)?;
    if found.is_negotiation_blocked {
        return Err(DeskRefusal::MayNotStart.into());
    }
    let all = people::queries::of_company(tx, company).await?;
    let mut able = all.into_iter().filter(|member| !member.is_blocked && member.roles.allow(Permission::Negotiate));
    match chosen {
        Some(id) => able.find(|member| member.id == id).ok_or_else(|| Invalid::field("contact", "choice").into()),
        None => able.next().ok_or_else(|| DeskRefusal::NoContact.into()),
    }
}

/// The ask that stands for what the customer would say. Without prices it is the most that the shop decides by itself.
async fn ask(tx: &WriteTx, ctx: &Ctx, company: CompanyId, start: &Start) -> Outcome<Ask> {
    let blank = |lines: Vec<AskLine>| Ask { wants_person: true, payment_days: start.payment_days, ..Ask::of(lines) };
    let line = |line: &StartLine, price| AskLine { product: line.product, quantity: line.quantity, price };
    let priced: Option<Vec<AskLine>> = start.lines.iter().map(|of| Some(line(of, of.price?))).collect();
    if let Some(lines) = priced {
        return Ok(blank(lines));
    }
    let currency = parties::companies::queries::company(tx, company).await?.ok_or(Failure::NotFound)?.currency;
    let id = NegotiationId::new(ctx);
    let asking = Asking::new(company, id, ctx.now, ctx.today());
    let open = start.lines.iter().map(|of| line(of, UnitPrice::new(1, currency))).collect();
    let open = situation::load(tx, asking, &blank(open)).await?;
    let most = open.policy.policy.limits.discount_max;
    let mut lines = Vec::with_capacity(start.lines.len());
    for ((of, list), at) in start.lines.iter().zip(&open.position.list.lines).zip(0..) {
        list.packing.check(of.quantity).map_err(|error| -> Failure {
            Invalid::default().and(format!("lines[{at}].quantity"), error.code(), error.args()).into()
        })?;
        let price = list.price_at(of.quantity).ok_or(DeskRefusal::MayNotStart)?;
        lines.push(line(of, rules::discounted(price, most)));
    }
    Ok(blank(lines))
}

/// What becomes of an offer with which somebody begins.
enum Offered {
    /// The buyer gets it.
    Now(Vec<Offer>, Authority),
    /// Somebody with this authority must agree.
    Proposed(Offer, Authority),
}

async fn offered(tx: &WriteTx, ctx: &Ctx, case: &Case, start: &Start) -> Outcome<Offered> {
    let (_, own) = deciders::me(tx, &ctx.actor).await?;
    let usual = ctx.now.plus(actions::validity(case));
    let expires = start.valid_days.map_or(usual, |days| ctx.now.plus(days.saturating_mul(Instant::DAY)));
    if start.lines.iter().all(|line| line.price.is_some()) {
        let terms = actions::asked(case)?;
        let needs = actions::needs(case, &terms, Authority::Rep);
        let offer = actions::offer_until(case, &terms, expires)?;
        return match own >= needs {
            false if start.is_proposal => Ok(Offered::Proposed(offer, needs)),
            _ => Ok(Offered::Now(vec![offer], needs)),
        };
    }
    let within = case.suggested().filter(|row| actions::suggestion_needs(case, &row.offer.terms) <= own);
    let offers: Vec<Offer> = within.map(|row| Offer { expires, ..row.offer.clone() }).collect();
    if offers.is_empty() { Err(DeskRefusal::NothingToOffer.into()) } else { Ok(Offered::Now(offers, Authority::Rep)) }
}

/// A negotiation that waits.
async fn still_waiting(tx: &WriteTx, ctx: &Ctx, id: NegotiationId) -> Outcome<Negotiation> {
    ctx.actor.must(Permission::UseDesk)?;
    let n = store::load(tx, None, id).await?.ok_or(Failure::NotFound)?;
    if n.stored_state == State::Waiting { Ok(n) } else { Err(DeskRefusal::NotWaiting.into()) }
}

/// The level that the present step needs.
async fn needed(tx: &WriteTx, n: &Negotiation) -> Outcome<Level> {
    let row = routing::queries::assigned(tx, &[n.id]).await?.remove(&n.id);
    Ok(row.map_or_else(|| routing::rules::needed(n), |row| row.needed))
}

async fn who_may(tx: &WriteTx, n: &Negotiation) -> Outcome<String> {
    let needs = n.authority.as_deref().and_then(deciders::parse_authority);
    let staff = people::queries::staff(tx).await?;
    Ok(deciders::who_may(&staff, needs.unwrap_or(negotiation_engine::Authority::PricingManager)))
}
