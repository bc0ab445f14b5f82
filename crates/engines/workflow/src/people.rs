//! Who may decide, who is away, and who stands in.

use std::{collections::BTreeSet, sync::Arc};

use kernel::{Date, Instant, UserId};

use crate::calendar::WorkingCalendar;

/// How much a person may decide; a higher level may decide all that a lower one may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level(pub u8);

impl Level {
    /// The customer's sales rep.
    pub const REP: Self = Self(0);
    /// The rep's manager.
    pub const SALES_MANAGER: Self = Self(1);
    /// The owner of prices.
    pub const PRICING_MANAGER: Self = Self(2);
}

/// Somebody who decides.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// The person.
    pub id: UserId,
    /// What the person may decide.
    pub level: Level,
    /// Customer segments that the person looks after; empty: all. Others of a level are asked only when nobody of that
    /// level who looks after the segment has room.
    pub segments: Vec<String>,
    /// Most tasks that one day should bring: open ones and those decided today. `None`: no limit.
    pub daily_cap: Option<u32>,
    /// When the person works.
    pub calendar: Arc<WorkingCalendar>,
    /// Not active: has left, or may not sign in.
    pub is_active: bool,
}

impl Person {
    /// Whether the person looks after a segment.
    pub fn covers(&self, segment: &str) -> bool {
        self.segments.is_empty() || self.segments.iter().any(|own| own == segment)
    }
}

/// Days on which a person does not work, in the person's time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absence {
    /// Who is absent.
    pub person: UserId,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// Who stands in.
    pub substitute: Option<UserId>,
}

/// Why a person is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Away {
    /// Not active any more.
    Left,
    /// Absent on the day on which the person would work next.
    Absent {
        /// The last day of the absence; the latest when several overlap.
        until: Date,
    },
    /// The person's calendar stays closed for [`WorkingCalendar::HORIZON_DAYS`].
    Closed,
}

/// Everybody who decides, with what is needed to find one of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Team {
    /// The people, in any order. Of several with one id the first counts.
    pub people: Vec<Person>,
    /// Absences, past and coming ones as well; they may overlap.
    pub absences: Vec<Absence>,
    /// The desk's hours: promises of the pool run by them.
    pub calendar: Arc<WorkingCalendar>,
    /// When a holder is reminded, in percent of the promised working time; 100 and more is at the promised time.
    pub remind_percent: u8,
    /// Working minutes after the promised time before a task is passed on.
    pub grace_minutes: u32,
}

impl Team {
    /// The person with this id.
    pub fn person(&self, id: UserId) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    /// Everybody once.
    pub(crate) fn distinct(&self) -> impl Iterator<Item = &Person> {
        let mut seen = BTreeSet::new();
        self.people.iter().filter(move |person| seen.insert(person.id))
    }

    /// Why a person is not there to take up a task at `at`; `None` when present. What counts is the day on which the
    /// person would work next: an absence that ends on Sunday does not matter on Saturday, one that begins on Monday does.
    pub fn away(&self, person: &Person, at: Instant) -> Option<Away> {
        if !person.is_active {
            return Some(Away::Left);
        }
        let Some(next) = person.calendar.next_open(at) else { return Some(Away::Closed) };
        let day = next.date_in(&person.calendar.zone);
        self.absences_on(person.id, day).map(|absence| absence.until).max().map(|until| Away::Absent { until })
    }

    /// Who stands in for an absent person at `at`: the substitute, or whoever stands in for an absent substitute, and so
    /// on. A present one who does not suit ends that chain. Of overlapping absences the one that began last is asked first.
    /// Ends for circular substitutions too.
    pub fn substitute(&self, id: UserId, at: Instant, suits: impl Fn(&Person) -> bool) -> Option<&Person> {
        let (mut seen, mut open) = (BTreeSet::from([id]), self.substitutes(id, at));
        while let Some(id) = open.pop() {
            let Some(person) = self.person(id).filter(|_| seen.insert(id)) else { continue };
            if self.away(person, at).is_some() {
                open.extend(self.substitutes(id, at));
            } else if suits(person) {
                return Some(person);
            }
        }
        None
    }

    /// The named substitutes of a person at a moment, the first to ask last.
    fn substitutes(&self, id: UserId, at: Instant) -> Vec<UserId> {
        let Some(person) = self.person(id) else { return Vec::new() };
        let next = person.calendar.next_open(at).unwrap_or(at);
        let mut absences: Vec<_> = self.absences_on(id, next.date_in(&person.calendar.zone)).collect();
        absences.sort_by_key(|absence| (absence.from, absence.until, absence.substitute));
        absences.iter().filter_map(|absence| absence.substitute).collect()
    }

    fn absences_on(&self, id: UserId, day: Date) -> impl Iterator<Item = &Absence> {
        self.absences.iter().filter(move |a| a.person == id && a.from <= day && day <= a.until)
    }
}
