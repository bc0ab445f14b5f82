//! Pure rules of routing: levels, the team as the engine sees it, what is due for a case, what an absence must look like.

use std::collections::HashMap;
use std::sync::Arc;

use kernel::{Date, Instant, Invalid, Role, Roles, TimeZone, UserId};
use negotiation_engine::Authority;
use parties::people::Member;
use workflow::{
    Assignment, Chain, Desk, Due, FourEyes, HolidayRule, Level, Loads, Person, Span, StepKind, StepRule, Task, Team,
    WorkingCalendar, assign, national, watch,
};

use super::replay::Past;
use super::{Absence, Assigned, NewAbsence, RecommendFirst, Settings};
use crate::negotiations::Negotiation;

/// Those who run the installation and have other work: they decide like pricing managers, and are asked after them.
pub const ADMIN: Level = Level(3);
/// Most cases a day that can be set.
pub const CAP_MAX: u32 = 1_000;
/// Most days off of a desk's own: ten years of them.
pub const HOLIDAYS_MAX: usize = 200;
/// Longest promise, recommendation or grace in working minutes.
pub const MINUTES_MAX: u32 = 10_080;
/// Longest absence in days.
pub const ABSENCE_DAYS_MAX: i64 = 366;

impl Default for Settings {
    /// Monday to Friday, 8 to 17 o'clock; forty cases a day; a reminder at three quarters of the promised time, half an hour
    /// of grace.
    fn default() -> Self {
        let day = |day: usize| if day < 5 { vec![Span::hours(8, 17)] } else { Vec::new() };
        Self {
            week: std::array::from_fn(day),
            country: None,
            has_national_holidays: true,
            holidays: Vec::new(),
            daily_cap: 40,
            remind_percent: 75,
            grace_minutes: 30,
            recommend_first: None,
            version: 0,
        }
    }
}

impl Settings {
    /// The public holidays of the merchant's country; `None` when they are not known here.
    pub fn national(&self) -> Option<&'static [HolidayRule]> {
        self.country.as_ref().and_then(national)
    }

    /// The desk's working calendar in the merchant's zone.
    pub fn calendar(&self, zone: &TimeZone) -> WorkingCalendar {
        let rules = self.national().filter(|_| self.has_national_holidays).unwrap_or_default();
        WorkingCalendar {
            zone: zone.clone(),
            week: self.week.clone(),
            rules: rules.to_vec(),
            holidays: self.holidays.iter().map(|holiday| (holiday.day, Vec::new())).collect(),
            exceptions: std::collections::BTreeMap::new(),
        }
    }

    /// What is wrong with them, at the names that form and JSON use: `week[0]`, `daily_cap`, …
    pub fn check(&self) -> Invalid {
        let mut invalid = Invalid::default();
        for (at, spans) in self.week.iter().enumerate() {
            let mut sorted = spans.clone();
            sorted.sort_unstable();
            let wrong = spans.iter().any(|span| span.from >= span.to || span.to > Span::DAY);
            if wrong || sorted.windows(2).any(|pair| pair[1].from < pair[0].to) {
                invalid = invalid.and(format!("week[{at}]"), "opening-hours", Vec::new());
            }
        }
        if self.week.iter().all(Vec::is_empty) {
            invalid = invalid.and("week[0]", "never-open", Vec::new());
        }
        if self.holidays.len() > HOLIDAYS_MAX {
            invalid = invalid.and("holidays", "too-many-days", vec![("most", HOLIDAYS_MAX.to_string())]);
        }
        let most = CAP_MAX.to_string();
        if !(1..=CAP_MAX).contains(&self.daily_cap) {
            invalid = invalid.and("daily_cap", "whole-between", between("1", &most));
        }
        if !(1..=100).contains(&self.remind_percent) {
            invalid = invalid.and("remind_percent", "whole-between", between("1", "100"));
        }
        if self.grace_minutes > MINUTES_MAX {
            invalid = invalid.and("grace_minutes", "whole-between", between("0", "10080"));
        }
        if let Some(first) = self.recommend_first {
            if !(0..=1_000_000).contains(&first.above.ppm()) {
                invalid = invalid.and("recommend_above", "whole-between", between("0", "100"));
            }
            if !(1..=MINUTES_MAX).contains(&first.minutes) {
                invalid = invalid.and("recommend_minutes", "whole-between", between("1", "10080"));
            }
        }
        invalid
    }
}

fn between(least: &str, most: &str) -> Vec<(&'static str, String)> {
    vec![("least", least.to_owned()), ("most", most.to_owned())]
}

/// The level of a member of staff; `None` for people who do not decide.
pub fn level(roles: Roles, leads_sales: bool) -> Option<Level> {
    if roles.has(Role::PricingManager) {
        Some(Level::PRICING_MANAGER)
    } else if roles.has(Role::MerchantAdmin) {
        Some(ADMIN)
    } else if roles.has(Role::SalesRep) {
        Some(if leads_sales { Level::SALES_MANAGER } else { Level::REP })
    } else {
        None
    }
}

/// The lowest level with an authority.
pub fn level_of(authority: Authority) -> Level {
    match authority {
        Authority::Rep => Level::REP,
        Authority::SalesManager => Level::SALES_MANAGER,
        Authority::PricingManager => Level::PRICING_MANAGER,
    }
}

/// The level that a waiting case needs for its decision; what is not known is for the highest.
pub fn needed(n: &Negotiation) -> Level {
    let authority = n.authority.as_deref().and_then(terms::deciders::parse_authority);
    authority.map_or(Level::PRICING_MANAGER, level_of)
}

/// The team as the engine sees it. People who do not decide are not in it.
pub fn team(
    staff: &[Member],
    settings: &Settings,
    caps: &HashMap<UserId, u32>,
    absences: &[Absence],
    zone: &TimeZone,
) -> Team {
    let calendar = Arc::new(settings.calendar(zone));
    let person = |member: &Member| {
        Some(Person {
            id: member.id,
            level: level(member.roles, member.leads_sales)?,
            segments: Vec::new(),
            daily_cap: Some(caps.get(&member.id).copied().unwrap_or(settings.daily_cap)),
            calendar: calendar.clone(),
            is_active: !member.is_blocked,
        })
    };
    let absence = |absence: &Absence| workflow::Absence {
        person: absence.person,
        from: absence.from,
        until: absence.until,
        substitute: absence.substitute,
    };
    Team {
        people: staff.iter().filter_map(person).collect(),
        absences: absences.iter().map(absence).collect(),
        calendar,
        remind_percent: settings.remind_percent,
        grace_minutes: settings.grace_minutes,
    }
}

/// The steps of a case: the decision alone, or the rep's recommendation before it.
pub fn chain(needed: Level, answer_minutes: u32, first: Option<RecommendFirst>) -> Chain {
    let decision = StepRule { level: needed, answer_minutes, kind: StepKind::Approve };
    let advice =
        first.map(|first| StepRule { level: Level::REP, answer_minutes: first.minutes, kind: StepKind::Recommend });
    Chain { steps: advice.into_iter().chain([decision]).collect(), four_eyes: FourEyes::UnlessAlone }
}

/// Whether other settings send cases to other people: how many a person gets, who advises first, when a case is passed on. Hours,
/// days off and reminders are the desk's daily business.
pub fn decides_who(old: &Settings, new: &Settings) -> bool {
    let numbers = |of: &Settings| (of.daily_cap, of.grace_minutes, of.recommend_first);
    numbers(old) != numbers(new)
}

/// Whether a case that needs this level is advised on first: those above the limit that the rep may not decide anyway.
pub fn recommend_first(settings: &Settings, needed: Level, impact: Option<kernel::Rate>) -> Option<RecommendFirst> {
    settings.recommend_first.filter(|first| needed > Level::REP && impact.is_some_and(|impact| impact > first.above))
}

/// A case of the past from the lines of its history, of which `last` is the last.
pub(super) fn past(run: &[Assigned], owner: Option<UserId>, segment: String, last: &Assigned) -> Past {
    let first = run.first().unwrap_or(last);
    let needed = run.iter().map(|row| row.needed).max().unwrap_or(Level::REP);
    Past {
        negotiation: last.negotiation,
        at: first.at,
        // Whose advice was waited for when the case ended, the decision was for somebody above.
        needed: if first.steps > 1 { needed.max(Level::SALES_MANAGER) } else { needed },
        answer_minutes: first.answer_minutes,
        impact: first.impact,
        owner,
        segment,
        ended: last.ended.as_ref().map(|ended| ended.at),
        is_decided: last.ended.as_ref().is_some_and(|ended| ended.outcome == "decided"),
    }
}

/// What is to be done about a waiting case.
#[derive(Debug, Clone, PartialEq)]
pub enum Care {
    /// Nothing before this moment; `None`: until somebody decides.
    Nothing(Option<Instant>),
    /// Remind the holder.
    Remind,
    /// The promise was missed: the next step, the next level, or the pool.
    Escalate,
    /// The holder is away, and this would be somebody who is there.
    Absent(Assignment),
    /// The holder has left or may not decide any more.
    Left,
    /// What lies in the pool for want of people can be given to somebody.
    Found,
}

/// What is to be done about an assigned case now.
pub fn care(task: &Task, row: &Assigned, team: &Team, loads: &Loads, now: Instant) -> Care {
    let holder = row.person.map(|id| team.person(id).filter(|person| person.is_active));
    if matches!(holder, Some(None)) {
        return Care::Left;
    }
    let is_nobody = row.because.iter().any(|because| because.code == "nobody_active");
    if row.person.is_none() && is_nobody && team.people.iter().any(|person| person.is_active) {
        return Care::Found;
    }
    let due = watch(task, &open(row), row.reminded_at.is_some(), team, now);
    if matches!(due, Due::Escalate { .. } | Due::EscalateToPool) {
        return Care::Escalate;
    }
    if let Some(Some(person)) = holder
        && team.away(person, now).is_some()
        && let Some(better) = somebody_present(&Task { owner: Some(person.id), ..task.clone() }, team, loads, now)
    {
        return Care::Absent(better);
    }
    match due {
        Due::Remind => Care::Remind,
        Due::Nothing { until } => Care::Nothing(until),
        Due::Escalate { .. } | Due::EscalateToPool => Care::Escalate,
    }
}

/// The assignment of a task to somebody who is there, if there is one.
fn somebody_present(task: &Task, team: &Team, loads: &Loads, now: Instant) -> Option<Assignment> {
    let found = assign(task, team, loads, now);
    let Desk::Person(id) = found.desk else { return None };
    let is_there = team.person(id).is_some_and(|person| team.away(person, now).is_none());
    (is_there && Some(id) != task.owner).then_some(found)
}

/// An assignment as the engine sees it.
pub fn open(row: &Assigned) -> Assignment {
    Assignment {
        desk: row.person.map_or(Desk::Pool, Desk::Person),
        level: row.level,
        because: Vec::new(),
        promised: row.promised,
        remind_at: row.remind_at,
        escalate_at: row.escalate_at,
    }
}

/// What is wrong with an absence by itself; `today` is the merchant's day.
pub fn check_absence(new: &NewAbsence, staff: &[Member], today: Date) -> Invalid {
    let mut invalid = Invalid::default();
    let decides =
        |id: UserId| staff.iter().any(|m| m.id == id && !m.is_blocked && level(m.roles, m.leads_sales).is_some());
    if !decides(new.person) {
        invalid = invalid.and("person", "choice", Vec::new());
    }
    if new.until < new.from {
        invalid = invalid.and("until", "dates-order", Vec::new());
    } else if new.until < today {
        invalid = invalid.and("until", "date-past", Vec::new());
    } else if new.until.days() - new.from.days() >= ABSENCE_DAYS_MAX {
        invalid = invalid.and("until", "absence-too-long", vec![("most", ABSENCE_DAYS_MAX.to_string())]);
    }
    match new.substitute {
        Some(substitute) if substitute == new.person => {
            invalid = invalid.and("substitute", "substitute-yourself", Vec::new());
        }
        Some(substitute) if !decides(substitute) => invalid = invalid.and("substitute", "choice", Vec::new()),
        _ => {}
    }
    invalid
}

/// Who could stand in: those whose level suffices first, the least level first, then by name.
pub fn substitutes(person: &Member, staff: &[Member]) -> Vec<(UserId, String, bool)> {
    let own = level(person.roles, person.leads_sales);
    let others = staff.iter().filter(|member| member.id != person.id && !member.is_blocked);
    let mut all: Vec<_> = others
        .filter_map(|member| {
            let level = level(member.roles, member.leads_sales)?;
            Some((Some(level) < own, level, member.name.clone(), member.id))
        })
        .collect();
    all.sort();
    all.into_iter().map(|(is_too_low, _, name, id)| (id, name, !is_too_low)).collect()
}

/// The middle of some times; of an even count the earlier of the two in the middle.
pub fn median(mut minutes: Vec<i64>) -> Option<i64> {
    minutes.sort_unstable();
    minutes.get(minutes.len().checked_sub(1)? / 2).copied()
}

/// The moment at which the day of `now` began in a zone.
pub fn day_start(now: Instant, zone: &TimeZone) -> Instant {
    let day = now.date_in(zone);
    let start = day.civil().to_zoned(zone.clone()).map(|start| start.timestamp().as_microsecond());
    start.map_or_else(|_| day.midnight(), Instant::from_micros)
}
