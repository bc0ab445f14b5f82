//! Reading who works on the desk, and how much everybody has.

use std::collections::HashMap;

use db::ReadTx;
use kernel::{Actor, CompanyId, Ctx, Failure, Instant, NegotiationId, Outcome, Permission, TimeZone, UserId};
use parties::people::{self, Member};
use workflow::{Level, Load, Loads, Team};

use super::replay::{self, Past, Went};
use super::{Absence, Assigned, Attendance, Cause, Settings, rules, store};

/// Working minutes from the buyer's ask to `at`: how long an answer took, whoever had the case in between. The one definition
/// of answering time, for every page.
///
/// # Errors
/// A fault when the database fails.
pub async fn answer_minutes(tx: &ReadTx, asked: Instant, at: Instant, zone: &TimeZone) -> Outcome<i64> {
    Ok(settings(tx).await?.calendar(zone).open_minutes_between(asked, at))
}

/// Answering times are looked at over this span.
pub const TURNAROUND_PERIOD: i64 = 30 * Instant::DAY;

/// How the desk works; the defaults before anything was saved.
///
/// # Errors
/// A fault when the database fails.
pub async fn settings(tx: &ReadTx) -> Outcome<Settings> {
    Ok(store::settings(tx).await?.unwrap_or_default())
}

/// Everybody who decides, with all that an assignment depends on.
#[derive(Debug, Clone)]
pub struct Roster {
    /// How the desk works.
    pub settings: Settings,
    /// The seller's own people.
    pub staff: Vec<Member>,
    /// Those who decide, as the engine sees them.
    pub team: Team,
    /// What they have to do.
    pub loads: Loads,
}

impl Roster {
    /// The names of the seller's own people.
    pub fn names(&self) -> HashMap<UserId, String> {
        names(&self.staff)
    }

    /// The level of a person who decides and is active.
    pub fn level(&self, id: UserId) -> Option<Level> {
        self.team.person(id).filter(|person| person.is_active).map(|person| person.level)
    }
}

/// People's names by id.
pub fn names(staff: &[Member]) -> HashMap<UserId, String> {
    staff.iter().map(|member| (member.id, member.name.clone())).collect()
}

/// Who works on the desk now.
///
/// # Errors
/// A fault when the database fails.
pub async fn roster(tx: &ReadTx, now: Instant, zone: &TimeZone) -> Outcome<Roster> {
    let settings = settings(tx).await?;
    let staff = people::queries::staff(tx).await?;
    let today = now.date_in(zone);
    let absences = store::absences(tx, today).await?;
    let team = rules::team(&staff, &settings, &store::caps(tx).await?, &absences, zone);
    let decided = store::decided_by_person(tx, rules::day_start(now, zone)).await?;
    let mut loads = Loads::default();
    for (person, open) in store::open_by_person(tx).await? {
        loads.0.insert(person, Load { open, open_weight: open, decided_today: 0 });
    }
    for (person, decided_today) in decided {
        loads.0.entry(person).or_default().decided_today = decided_today;
    }
    Ok(Roster { settings, staff, team, loads })
}

/// [`roster`] at the moment and in the zone of a command.
///
/// # Errors
/// A fault when the database fails.
pub async fn roster_of(tx: &ReadTx, ctx: &Ctx) -> Outcome<Roster> {
    roster(tx, ctx.now, &ctx.zone).await
}

/// A person of the desk with what he or she has to do.
#[derive(Debug, Clone)]
pub struct Workload {
    /// The person.
    pub member: Member,
    /// What the person may decide.
    pub level: Level,
    /// Cases that wait on the person's desk.
    pub open: u32,
    /// Cases decided today.
    pub decided_today: u32,
    /// Most cases a day.
    pub cap: u32,
    /// Whether the cap is the person's own.
    pub has_own_cap: bool,
    /// The median of the working minutes from the buyer's ask to the decision in the last thirty days.
    pub turnaround_minutes: Option<i64>,
    /// The last day of the present absence.
    pub away_until: Option<kernel::Date>,
}

/// Everybody who decides, by level and name.
///
/// # Errors
/// A fault when the database fails.
pub async fn workloads(tx: &ReadTx, now: Instant, zone: &TimeZone) -> Outcome<Vec<Workload>> {
    let roster = roster(tx, now, zone).await?;
    let caps = store::caps(tx).await?;
    let mut times: HashMap<UserId, Vec<i64>> = HashMap::new();
    for (person, asked, at, known) in store::answers(tx, now.plus(-TURNAROUND_PERIOD)).await? {
        let minutes = known.unwrap_or_else(|| roster.team.calendar.open_minutes_between(asked, at));
        times.entry(person).or_default().push(minutes);
    }
    let workload = |member: &Member| {
        let person = roster.team.person(member.id).filter(|person| person.is_active)?;
        let load = roster.loads.of(member.id);
        let away = roster.team.away(person, now);
        Some(Workload {
            member: member.clone(),
            level: person.level,
            open: load.open,
            decided_today: load.decided_today,
            cap: caps.get(&member.id).copied().unwrap_or(roster.settings.daily_cap),
            has_own_cap: caps.contains_key(&member.id),
            turnaround_minutes: rules::median(times.remove(&member.id).unwrap_or_default()),
            away_until: match away {
                Some(workflow::Away::Absent { until }) => Some(until),
                _ => None,
            },
        })
    };
    let mut all: Vec<_> = roster.staff.iter().filter_map(workload).collect();
    all.sort_by(|a, b| (a.level, &a.member.name).cmp(&(b.level, &b.member.name)));
    Ok(all)
}

/// Absences that are not over: everybody's for managers, else the actor's own.
///
/// # Errors
/// The refusals `sign-in-required` and `not-allowed`.
pub async fn absences(tx: &ReadTx, actor: &Actor, today: kernel::Date) -> Outcome<Vec<Absence>> {
    let me = actor.user()?;
    let sees_all = manages_absences(tx, actor).await?;
    let all = store::absences(tx, today).await?;
    Ok(all.into_iter().filter(|absence| sees_all || absence.person == me).collect())
}

/// Whether the actor enters the absences of others: managers of sales, of prices and of the installation.
///
/// # Errors
/// The refusals `sign-in-required` and `not-allowed`.
pub async fn manages_absences(tx: &ReadTx, actor: &Actor) -> Outcome<bool> {
    actor.must(Permission::UseDesk)?;
    if actor.may(Permission::ManagePolicy) {
        return Ok(true);
    }
    let me = people::queries::member(tx, actor.user()?).await?.ok_or(Failure::NotFound)?;
    Ok(me.leads_sales)
}

/// The history of a case's routing, the oldest first.
///
/// # Errors
/// A fault when the database fails.
pub async fn history(tx: &ReadTx, id: NegotiationId) -> Outcome<Vec<Assigned>> {
    store::of_case(tx, id).await
}

/// What was ever advised on a case, the oldest first.
///
/// # Errors
/// A fault when the database fails.
pub async fn advice(tx: &ReadTx, id: NegotiationId) -> Outcome<Vec<super::Advice>> {
    store::advice(tx, id, Instant::from_micros(0)).await
}

/// The present assignments of cases.
///
/// # Errors
/// A fault when the database fails.
pub async fn assigned(tx: &ReadTx, ids: &[NegotiationId]) -> Outcome<HashMap<NegotiationId, Assigned>> {
    store::open_of(tx, ids).await
}

/// Who attends to a negotiation that the shop answers by itself.
///
/// # Errors
/// A fault when the database fails.
pub async fn attendance(tx: &ReadTx, id: NegotiationId) -> Outcome<Attendance> {
    store::attendance(tx, id).await
}

/// Cases that are looked at for a preview, the newest.
const PAST_MAX: i64 = 5_000;

/// The last month at the desk: its cases in the order in which they came, and the people who would get them now, with the
/// absences of that time.
#[derive(Debug, Clone)]
pub struct Month {
    /// The cases.
    pub cases: Vec<Past>,
    staff: Vec<Member>,
    caps: HashMap<UserId, u32>,
    absences: Vec<Absence>,
}

impl Month {
    /// Where its cases would have gone by these settings.
    pub fn replayed(&self, settings: &Settings, zone: &TimeZone) -> Vec<Went> {
        let team = rules::team(&self.staff, settings, &self.caps, &self.absences, zone);
        replay::replay(&self.cases, &team, settings, zone)
    }
}

/// The last thirty days at the desk.
///
/// # Errors
/// A fault when the database fails.
pub async fn month(tx: &ReadTx, now: Instant, zone: &TimeZone) -> Outcome<Month> {
    let since = now.plus(-TURNAROUND_PERIOD);
    let rows = store::since(tx, since, PAST_MAX).await?;
    let ids: Vec<NegotiationId> = rows.iter().map(|row| row.negotiation).collect();
    let companies = store::companies(tx, &ids).await?;
    let mut reps: HashMap<CompanyId, (Option<UserId>, String)> = HashMap::new();
    let mut cases: Vec<Past> = Vec::new();
    for run in rows.chunk_by(|a, b| a.negotiation == b.negotiation && b.cause != Cause::Asked) {
        // What came before the month began is left out.
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        let Some(company) = companies.get(&first.negotiation).filter(|_| first.cause == Cause::Asked) else { continue };
        if !reps.contains_key(company) {
            let known = parties::companies::queries::company(tx, *company).await?;
            reps.insert(*company, known.map_or_else(Default::default, |known| (known.rep, known.segment)));
        }
        let (owner, segment) = reps.get(company).cloned().unwrap_or_default();
        cases.push(rules::past(run, owner, segment, last));
    }
    cases.sort_by_key(|case| (case.at, case.negotiation));
    Ok(Month {
        cases,
        staff: people::queries::staff(tx).await?,
        caps: store::caps(tx).await?,
        absences: store::absences(tx, since.date_in(zone)).await?,
    })
}
