//! Putting cases on desks, and taking them further. Only these functions write assignments.

use db::WriteTx;
use kernel::{Ctx, NegotiationId, Outcome, Rate, UserId};
use serde_json::json;
use terms::policies;
use workflow::{Assignment, Desk, Level, Person, Reason, Task, Team, assign, escalate};

use super::queries::{self, Roster};
use super::rules::{self, Care};
use super::{Advice, Assigned, Attendance, Because, Cause, Ended, jobs, store};
use crate::events::NegotiationEvent;
use crate::negotiations::{Negotiation, State, jobs as told, store as negotiations};

/// What a case that begins to wait asks for.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    /// Working minutes promised for the decision.
    pub(crate) answer_minutes: u32,
    /// Target less pocket margin of the ask.
    pub(crate) impact: Option<Rate>,
    /// The product class.
    pub(crate) class: String,
    /// Who has it first; `None`: the company's rep.
    pub(crate) owner: Option<UserId>,
    /// Who should not decide it.
    pub(crate) excluded: Vec<UserId>,
}

/// Finds a desk for a case that begins to wait, and says so on the negotiation. To be [`put`] once that is stored.
pub(crate) async fn choose(tx: &WriteTx, ctx: &Ctx, n: &mut Negotiation, wanted: Wanted) -> Outcome<Assigned> {
    let roster = queries::roster_of(tx, ctx).await?;
    let needed = rules::needed(n);
    let advised = rules::recommend_first(&roster.settings, needed, wanted.impact);
    let (level, minutes) = advised.map_or((needed, wanted.answer_minutes), |first| (Level::REP, first.minutes));
    let case = Case { n, roster: &roster, company: company(tx, n).await? };
    let mut task = case.task(level, minutes, wanted.excluded);
    task.owner = wanted.owner.or(task.owner);
    let found = assign(&task, &roster.team, &roster.loads, ctx.now);
    let whole = minutes.saturating_add(if advised.is_some() { wanted.answer_minutes } else { 0 });
    let answer_by = if advised.is_some() {
        roster.team.calendar.after_working_minutes(ctx.now, whole.max(1))
    } else {
        found.promised
    };
    let row = Assigned {
        step: 1,
        steps: if advised.is_some() { 2 } else { 1 },
        step_minutes: minutes,
        answer_minutes: wanted.answer_minutes,
        impact: wanted.impact,
        class: wanted.class,
        place: store::last_place(tx, n.id).await? + 1,
        ..blank(ctx, &task, n.id, Cause::Asked, found)
    };
    n.rep = row.person;
    n.answer_by = Some(answer_by);
    Ok(row)
}

/// Stores an assignment, with the job that looks after it.
pub(crate) async fn put(tx: &WriteTx, ctx: &Ctx, row: &Assigned) -> Outcome<()> {
    store::insert(tx, row).await?;
    jobs::tend_at(tx, ctx, row.negotiation, row.remind_at).await
}

/// Ends the present assignment: `decided`, `recommended` or `closed`.
pub async fn end(tx: &WriteTx, ctx: &Ctx, id: NegotiationId, outcome: &str) -> Outcome<()> {
    let by = ctx.actor.user.filter(|_| ctx.actor.is_staff());
    store::end(tx, id, &Ended { outcome: outcome.into(), by, at: ctx.now }).await
}

/// Puts a case back on the desk where it was decided: the decision was taken back.
pub async fn reopen(tx: &WriteTx, ctx: &Ctx, id: NegotiationId) -> Outcome<()> {
    match store::reopen(tx, id).await? {
        Some(remind_at) => jobs::tend_at(tx, ctx, id, remind_at.max(ctx.now)).await,
        None => Ok(()),
    }
}

/// Passes a waiting case up to somebody who may decide it: a colleague proposes an answer that needs more authority than his
/// or her own. `n.authority` says already how much.
pub async fn raise(tx: &WriteTx, ctx: &Ctx, n: &Negotiation, note: &str) -> Outcome<()> {
    let row = match store::open_of(tx, &[n.id]).await?.remove(&n.id) {
        Some(row) => row,
        None => return adopt(tx, ctx, &mut n.clone()).await,
    };
    let roster = queries::roster_of(tx, ctx).await?;
    let case = Case { n, roster: &roster, company: company(tx, n).await? };
    let needed = rules::needed(n).max(row.needed);
    let task = case.task(needed, row.answer_minutes, ctx.actor.user.into_iter().collect());
    let found = keep_promise(assign(&task, &roster.team, &roster.loads, ctx.now), &row, ctx);
    let next = Assigned { step: row.steps, needed, ..on(ctx, &task, &row, Cause::Proposed, found) };
    case.pass_on(tx, ctx, &row, Assigned { note: note.trim().into(), put_by: ctx.actor.user, ..next }).await
}

/// Does what is due for a waiting case: reminds, passes on, finds somebody else. Doing it twice changes nothing.
pub(crate) async fn tend(tx: &WriteTx, ctx: &Ctx, id: NegotiationId) -> Outcome<()> {
    store::hold(tx, id).await?;
    let Some(mut n) = negotiations::load(tx, None, id).await? else { return Ok(()) };
    if n.stored_state != State::Waiting {
        return Ok(());
    }
    let Some(row) = store::open_of(tx, &[id]).await?.remove(&id) else { return adopt(tx, ctx, &mut n).await };
    let roster = queries::roster_of(tx, ctx).await?;
    let case = Case { n: &n, roster: &roster, company: company(tx, &n).await? };
    let task = case.task(row.needed, row.step_minutes, advisers(tx, &n).await?);
    match rules::care(&task, &row, &roster.team, &roster.loads, ctx.now) {
        Care::Nothing(_) => Ok(()),
        Care::Remind => remind(tx, ctx, &n, &row).await,
        Care::Escalate if row.step < row.steps => next_step(tx, ctx, &case, &row, Cause::Escalated).await,
        Care::Escalate => {
            let found = escalate(&task, &rules::open(&row), &roster.team, &roster.loads, ctx.now);
            case.pass_on(tx, ctx, &row, on(ctx, &task, &row, Cause::Escalated, found)).await
        }
        Care::Absent(found) => {
            let task = Task { owner: row.person, ..task };
            let found = keep_promise(found, &row, ctx);
            case.pass_on(tx, ctx, &row, on(ctx, &task, &row, Cause::Absent, found)).await
        }
        care @ (Care::Left | Care::Found) => {
            let cause = if care == Care::Left { Cause::Left } else { Cause::Found };
            let found = keep_promise(assign(&task, &roster.team, &roster.loads, ctx.now), &row, ctx);
            case.pass_on(tx, ctx, &row, on(ctx, &task, &row, cause, found)).await
        }
    }
}

/// Looks after every case of a person: an absence was entered, or the person may not decide any more.
pub(crate) async fn tend_cases_of(tx: &WriteTx, ctx: &Ctx, person: UserId) -> Outcome<()> {
    for id in store::waiting(tx, Some(person)).await? {
        tend(tx, ctx, id).await?;
    }
    Ok(())
}

/// Gives a waiting case to one person by hand. The promise stands.
pub async fn give(tx: &WriteTx, ctx: &Ctx, n: &Negotiation, to: UserId, (cause, note): (Cause, &str)) -> Outcome<()> {
    let roster = queries::roster_of(tx, ctx).await?;
    let case = Case { n, roster: &roster, company: company(tx, n).await? };
    let row = match store::open_of(tx, &[n.id]).await?.remove(&n.id) {
        Some(row) => row,
        None => {
            let mut n = n.clone();
            adopt(tx, ctx, &mut n).await?;
            let row = store::open_of(tx, &[n.id]).await?.remove(&n.id);
            row.ok_or(kernel::Failure::NotFound)?
        }
    };
    let task = case.task(row.needed, row.step_minutes, Vec::new());
    let alone = alone(&roster.team, to);
    let found = Assignment { because: Vec::new(), ..assign(&task, &alone, &roster.loads, ctx.now) };
    let found = keep_promise(found, &row, ctx);
    let next = on(ctx, &task, &row, cause, found);
    case.pass_on(tx, ctx, &row, Assigned { note: note.trim().into(), put_by: ctx.actor.user, ..next }).await
}

/// A team of one, who is there and has room: whoever gives a case by hand has seen to that.
fn alone(team: &Team, to: UserId) -> Team {
    let people = team.people.iter().filter(|person| person.id == to);
    let people = people.map(|person| Person { daily_cap: None, ..person.clone() }).collect();
    Team { people, absences: Vec::new(), ..team.clone() }
}

/// The first step is done: the decision follows.
pub async fn advised(tx: &WriteTx, ctx: &Ctx, n: &Negotiation, row: &Assigned, advice: &Advice) -> Outcome<()> {
    store::insert_advice(tx, ctx.ids.next(ctx.now), n.id, advice).await?;
    let roster = queries::roster_of(tx, ctx).await?;
    let case = Case { n, roster: &roster, company: company(tx, n).await? };
    next_step(tx, ctx, &case, row, Cause::Step).await
}

/// From a recommendation to the decision.
async fn next_step(tx: &WriteTx, ctx: &Ctx, case: &Case<'_>, row: &Assigned, cause: Cause) -> Outcome<()> {
    let (roster, needed) = (case.roster, rules::needed(case.n));
    let task = case.task(needed, row.answer_minutes, advisers(tx, case.n).await?);
    let mut found = assign(&task, &roster.team, &roster.loads, ctx.now);
    if cause == Cause::Escalated {
        found.because.insert(0, Reason::Missed(row.level));
    }
    let next =
        Assigned { step: row.steps, step_minutes: row.answer_minutes, needed, ..on(ctx, &task, row, cause, found) };
    case.pass_on(tx, ctx, row, next).await
}

/// A waiting case without an assignment, from before there were any.
async fn adopt(tx: &WriteTx, ctx: &Ctx, n: &mut Negotiation) -> Outcome<()> {
    let policy = policies::queries::published(tx).await?;
    let answer_minutes = policy.policy.routing.answer_minutes;
    let wanted = Wanted { answer_minutes, impact: None, class: String::new(), owner: n.rep, excluded: Vec::new() };
    let row = choose(tx, ctx, n, wanted).await?;
    store::put_on_desk(tx, &row, n.answer_by.unwrap_or(row.promised)).await?;
    put(tx, ctx, &row).await?;
    tell(tx, ctx, n, &row).await
}

async fn remind(tx: &WriteTx, ctx: &Ctx, n: &Negotiation, row: &Assigned) -> Outcome<()> {
    if !store::set_reminded(tx, row.id, ctx.now).await? {
        return Ok(());
    }
    let payload = json!({ "person": row.person.map(|person| person.to_string()) });
    tx.append(ctx, &NegotiationEvent::new("negotiation.reminded", n.id, n.company, payload)).await?;
    told::tell_rep(tx, ctx, n.id).await?;
    jobs::tend_at(tx, ctx, n.id, row.escalate_at).await
}

/// Who advised since the case began to wait.
async fn advisers(tx: &WriteTx, n: &Negotiation) -> Outcome<Vec<UserId>> {
    let advice = store::advice(tx, n.id, n.waiting_since.unwrap_or(n.asked_at)).await?;
    Ok(advice.into_iter().map(|advice| advice.person).collect())
}

async fn company(tx: &WriteTx, n: &Negotiation) -> Outcome<parties::companies::Company> {
    let company = parties::companies::queries::company(tx, n.company).await?;
    company.ok_or(kernel::Failure::NotFound)
}

/// A case with the people who may get it.
struct Case<'a> {
    n: &'a Negotiation,
    roster: &'a Roster,
    company: parties::companies::Company,
}

impl Case<'_> {
    fn task(&self, needed: Level, answer_minutes: u32, excluded: Vec<UserId>) -> Task {
        Task {
            key: self.n.id.uuid().as_u128(),
            needed,
            owner: self.company.rep,
            segment: self.company.segment.clone(),
            answer_minutes,
            excluded,
            four_eyes: workflow::FourEyes::UnlessAlone,
        }
    }

    /// Ends the present assignment and begins the next one.
    async fn pass_on(&self, tx: &WriteTx, ctx: &Ctx, row: &Assigned, next: Assigned) -> Outcome<()> {
        let n = self.n;
        let is_as_before = next.person == row.person && next.step == row.step && next.needed == row.needed;
        if is_as_before && next.cause != Cause::Escalated {
            return Ok(());
        }
        let outcome = if next.cause == Cause::Step { "recommended" } else { next.cause.code() };
        end(tx, ctx, n.id, outcome).await?;
        let answer_by = if next.step < next.steps { n.answer_by.unwrap_or(next.promised) } else { next.promised };
        store::put_on_desk(tx, &next, answer_by).await?;
        put(tx, ctx, &next).await?;
        tell(tx, ctx, n, &next).await
    }
}

/// The next line of a case's history after `row`.
fn on(ctx: &Ctx, task: &Task, row: &Assigned, cause: Cause, found: Assignment) -> Assigned {
    Assigned {
        place: row.place + 1,
        step: row.step,
        steps: row.steps,
        step_minutes: row.step_minutes,
        answer_minutes: row.answer_minutes,
        impact: row.impact,
        class: row.class.clone(),
        needed: row.needed,
        ..blank(ctx, task, row.negotiation, cause, found)
    }
}

fn blank(ctx: &Ctx, task: &Task, id: NegotiationId, cause: Cause, found: Assignment) -> Assigned {
    Assigned {
        id: ctx.ids.next(ctx.now),
        negotiation: id,
        place: 1,
        cause,
        at: ctx.now,
        person: match found.desk {
            Desk::Person(person) => Some(person),
            Desk::Pool => None,
        },
        level: found.level,
        needed: task.needed,
        step: 1,
        steps: 1,
        step_minutes: task.answer_minutes,
        answer_minutes: task.answer_minutes,
        impact: None,
        class: String::new(),
        because: found.because.iter().map(|reason| Because::of(reason, task.owner)).collect(),
        note: String::new(),
        put_by: None,
        promised: found.promised,
        remind_at: found.remind_at,
        escalate_at: found.escalate_at,
        reminded_at: None,
        ended: None,
    }
}

/// What was promised to the customer holds whoever has the case, as long as it can still be kept.
fn keep_promise(found: Assignment, row: &Assigned, ctx: &Ctx) -> Assignment {
    if row.promised <= ctx.now || row.promised >= found.promised {
        return found;
    }
    Assignment { promised: row.promised, remind_at: row.remind_at, escalate_at: row.escalate_at, ..found }
}

async fn tell(tx: &WriteTx, ctx: &Ctx, n: &Negotiation, row: &Assigned) -> Outcome<()> {
    let kind = if row.cause == Cause::Escalated { "negotiation.escalated" } else { "negotiation.assigned" };
    let because: Vec<&str> = row.because.iter().map(|because| because.code.as_str()).collect();
    let payload = json!({
        "cause": row.cause.code(),
        "person": row.person.map(|person| person.to_string()),
        "level": row.level.0,
        "because": because,
    });
    tx.append(ctx, &NegotiationEvent::new(kind, n.id, n.company, payload)).await?;
    // Who takes a case knows it.
    if row.person.is_some() && row.person == ctx.actor.user {
        return Ok(());
    }
    told::tell_rep(tx, ctx, n.id).await
}

/// Writes down who attends to a negotiation beside its decisions.
pub async fn attend(tx: &WriteTx, id: NegotiationId, attendance: &Attendance) -> Outcome<()> {
    store::set_attendance(tx, id, attendance).await
}
