//! Which person gets a task, why, and by when.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Instant, UserId};

use crate::{
    calendar::WorkingCalendar,
    people::{Away, Level, Person, Team},
    steps::FourEyes,
};

/// Something that a person must decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The id of the negotiation or order as a number (`id.uuid().as_u128()`); it spreads ties over people.
    pub key: u128,
    /// The lowest level that suffices.
    pub needed: Level,
    /// The customer's own rep.
    pub owner: Option<UserId>,
    /// The customer's segment.
    pub segment: String,
    /// Working minutes within which an answer is promised; 0 counts as 1.
    pub answer_minutes: u32,
    /// Who should not decide it: whoever asked, or decided an earlier step.
    pub excluded: Vec<UserId>,
    /// Whether they may when nobody else is left.
    pub four_eyes: FourEyes,
}

/// What a person has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Load {
    /// Open tasks.
    pub open: u32,
    /// Sum of their weights; a plain task weighs 1, so that this equals `open` where nothing is weighted.
    pub open_weight: u32,
    /// Tasks decided today.
    pub decided_today: u32,
}

impl Load {
    /// Tasks that count against the daily cap.
    pub fn used(self) -> u32 {
        self.open.saturating_add(self.decided_today)
    }

    /// What people are compared by.
    pub fn weight(self) -> u32 {
        self.open_weight.saturating_add(self.decided_today)
    }
}

/// The loads of all people; who is not in it has none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loads(pub BTreeMap<UserId, Load>);

impl Loads {
    /// The load of a person.
    pub fn of(&self, person: UserId) -> Load {
        self.0.get(&person).copied().unwrap_or_default()
    }

    /// Adds an open task of this weight.
    pub fn add(&mut self, person: UserId, weight: u32) {
        let load = self.0.entry(person).or_default();
        load.open = load.open.saturating_add(1);
        load.open_weight = load.open_weight.saturating_add(weight);
    }
}

/// Where a task lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Desk {
    /// On one person's desk.
    Person(UserId),
    /// In the pool: the queue that everybody sees who may decide or administers the team, so that it is never lost.
    Pool,
}

/// One step of the reasoning, for the trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The customer's own rep gets it.
    OwnRep(UserId),
    /// The own rep may not decide so much.
    OwnRepLevel {
        /// What the rep may decide.
        level: Level,
        /// What is needed.
        needed: Level,
    },
    /// The own rep is not there.
    OwnRepAway(Away),
    /// The substitute of the own rep gets it.
    Substitute {
        /// Who is away.
        of: UserId,
        /// Who stands in.
        by: UserId,
    },
    /// Nobody stands in who is there and may decide so much.
    NoSubstitute,
    /// This person has reached the daily cap.
    OverCap {
        /// The person.
        person: UserId,
        /// Open and decided today.
        used: u32,
        /// The cap.
        cap: u32,
    },
    /// This person asked, or decided an earlier step.
    Excluded(UserId),
    /// Nobody of this level is there.
    LevelAway(Level),
    /// Everybody of this level who is there has reached the cap.
    LevelFull(Level),
    /// The least loaded person of a level gets it.
    LeastLoaded {
        /// The level.
        level: Level,
        /// Open weight and tasks decided today.
        weight: u32,
        /// Among how many people.
        among: usize,
    },
    /// Everybody who is there and may decide has reached the cap: who is least above it at the lowest level gets it.
    LeastOverCap(Level),
    /// Nobody is there who may decide: a person who is away gets it, and when that takes too long it is passed on.
    NobodyPresent,
    /// Nobody else may decide, so the second pair of eyes is the first again.
    SamePerson,
    /// Nobody active may decide so much: the highest level that there is gets it.
    HighestLevel(Level),
    /// Nobody is active: the pool.
    NobodyActive,
    /// The promised time was missed at this level.
    Missed(Level),
    /// There is nobody above who is there: the pool.
    NobodyAbove,
}

impl Reason {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::OwnRep(_) => "own_rep",
            Self::OwnRepLevel { .. } => "own_rep_level",
            Self::OwnRepAway(Away::Left) => "own_rep_left",
            Self::OwnRepAway(Away::Absent { .. }) => "own_rep_absent",
            Self::OwnRepAway(Away::Closed) => "own_rep_closed",
            Self::Substitute { .. } => "substitute",
            Self::NoSubstitute => "no_substitute",
            Self::OverCap { .. } => "over_cap",
            Self::Excluded(_) => "excluded",
            Self::LevelAway(_) => "level_away",
            Self::LevelFull(_) => "level_full",
            Self::LeastLoaded { .. } => "least_loaded",
            Self::LeastOverCap(_) => "least_over_cap",
            Self::NobodyPresent => "nobody_present",
            Self::SamePerson => "same_person",
            Self::HighestLevel(_) => "highest_level",
            Self::NobodyActive => "nobody_active",
            Self::Missed(_) => "missed",
            Self::NobodyAbove => "nobody_above",
        }
    }
}

/// A task on a desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// Where it lies.
    pub desk: Desk,
    /// The level of the person; in the pool the level that is needed.
    pub level: Level,
    /// Why, in the order of thought.
    pub because: Vec<Reason>,
    /// By when it is promised, by the person's calendar, or the desk's where the person's stays closed. An absence does
    /// not stop this clock: what waits too long is passed on.
    pub promised: Instant,
    /// When the holder is reminded, at the latest when it is promised.
    pub remind_at: Instant,
    /// When it is passed on, at the earliest when it was promised.
    pub escalate_at: Instant,
}

/// Gives a task to a person. The first of these that there is:
///
/// 1. the customer's own rep, if the level suffices, present and under the cap; when away, the substitute, likewise;
/// 2. at the lowest sufficient level where somebody present has room: the least loaded, those who look after the segment
///    before others;
/// 3. everybody present is at the cap: who is least above it at the lowest sufficient level;
/// 4. nobody sufficient is present: the least loaded who is active but away, lowest sufficient level first;
/// 5. people whom the task excludes, in the order of 2 to 4, unless [`FourEyes::Strict`];
/// 6. an active person of the highest level that there is, present ones first;
/// 7. the pool.
///
/// Equal people are told apart by a hash of person and task, so that the same input gives the same answer and ties
/// spread evenly.
pub fn assign(task: &Task, team: &Team, loads: &Loads, now: Instant) -> Assignment {
    let mut search = Search { task, team, now, people: candidates(task, team, loads, now), because: Vec::new() };
    let found = search.own_rep().or_else(|| search.sufficient(false)).or_else(|| search.last_resort());
    match found {
        Some(person) => {
            // Hours that do not come would promise nothing for a quarter of a year.
            let comes = person.calendar.next_open(now).is_some();
            let calendar = if comes { &person.calendar } else { &team.calendar };
            let (desk, because) = (Desk::Person(person.id), search.because);
            Assignment { desk, level: person.level, because, ..promised(task, team, calendar, now) }
        }
        None => to_pool(task, team, search.because, now),
    }
}

/// The task in the pool, promised by the desk's hours.
pub(crate) fn to_pool(task: &Task, team: &Team, because: Vec<Reason>, now: Instant) -> Assignment {
    Assignment { because, ..promised(task, team, &team.calendar, now) }
}

/// The times by this calendar, with the pool as the desk.
fn promised(task: &Task, team: &Team, calendar: &WorkingCalendar, now: Instant) -> Assignment {
    let minutes = task.answer_minutes.max(1);
    let remind = u64::from(minutes) * u64::from(team.remind_percent.min(100)) / 100;
    let after = |minutes: u32| calendar.after_working_minutes(now, minutes);
    Assignment {
        desk: Desk::Pool,
        level: task.needed,
        because: Vec::new(),
        promised: after(minutes),
        remind_at: after(u32::try_from(remind).unwrap_or(minutes)),
        escalate_at: after(minutes.saturating_add(team.grace_minutes)),
    }
}

/// An active person with all that the choice depends on.
#[derive(Clone, Copy)]
struct Candidate<'a> {
    person: &'a Person,
    load: Load,
    is_away: bool,
    is_excluded: bool,
}

impl Candidate<'_> {
    fn has_room(&self) -> bool {
        self.person.daily_cap.is_none_or(|cap| self.load.used() < cap)
    }

    /// How far above the cap.
    fn excess(&self) -> u32 {
        self.person.daily_cap.map_or(0, |cap| self.load.used().saturating_sub(cap))
    }
}

/// Everybody active.
fn candidates<'a>(task: &Task, team: &'a Team, loads: &Loads, now: Instant) -> Vec<Candidate<'a>> {
    let active = team.distinct().filter(|person| person.is_active);
    let candidate = |person: &'a Person| Candidate {
        person,
        load: loads.of(person.id),
        is_away: team.away(person, now).is_some(),
        is_excluded: task.excluded.contains(&person.id),
    };
    active.map(candidate).collect()
}

struct Search<'a> {
    task: &'a Task,
    team: &'a Team,
    now: Instant,
    people: Vec<Candidate<'a>>,
    because: Vec<Reason>,
}

impl<'a> Search<'a> {
    /// The own rep or the substitute.
    fn own_rep(&mut self) -> Option<&'a Person> {
        let (team, needed) = (self.team, self.task.needed);
        let owner = team.person(self.task.owner?)?;
        if owner.level < needed {
            self.because.push(Reason::OwnRepLevel { level: owner.level, needed });
            return None;
        }
        let Some(away) = team.away(owner, self.now) else {
            let person = self.with_room(owner)?;
            self.because.push(Reason::OwnRep(person.id));
            return Some(person);
        };
        self.because.push(Reason::OwnRepAway(away));
        let excluded = &self.task.excluded;
        let suits = |person: &Person| person.level >= needed && !excluded.contains(&person.id);
        let Some(substitute) = team.substitute(owner.id, self.now, suits) else {
            self.because.push(Reason::NoSubstitute);
            return None;
        };
        let person = self.with_room(substitute)?;
        self.because.push(Reason::Substitute { of: owner.id, by: person.id });
        Some(person)
    }

    /// This person, unless excluded or at the cap; says so.
    fn with_room(&mut self, person: &'a Person) -> Option<&'a Person> {
        let candidate = self.people.iter().find(|candidate| candidate.person.id == person.id).copied()?;
        if candidate.is_excluded {
            self.because.push(Reason::Excluded(person.id));
            return None;
        }
        if let Some(cap) = person.daily_cap.filter(|_| !candidate.has_room()) {
            self.because.push(Reason::OverCap { person: person.id, used: candidate.load.used(), cap });
            return None;
        }
        Some(person)
    }

    /// Somebody whose level suffices, present or not, among those excluded or the others.
    fn sufficient(&mut self, is_excluded: bool) -> Option<&'a Person> {
        let fits = |c: &&Candidate<'a>| c.person.level >= self.task.needed && c.is_excluded == is_excluded;
        let all: Vec<Candidate<'a>> = self.people.iter().filter(fits).copied().collect();
        let present: Vec<_> = all.iter().filter(|candidate| !candidate.is_away).copied().collect();
        let lowest = present.iter().map(|candidate| candidate.person.level).min();
        self.under_cap(&all, &present)
            .or_else(|| {
                let lowest = lowest?;
                self.because.push(Reason::LeastOverCap(lowest));
                let group = present.iter().filter(|c| c.person.level == lowest);
                group.min_by_key(|c| (c.excess(), self.preference(c))).map(|c| c.person)
            })
            .or_else(|| {
                let person = all.iter().min_by_key(|c| (c.person.level, self.preference(c)))?.person;
                self.because.push(Reason::NobodyPresent);
                Some(person)
            })
    }

    /// The least loaded with room at the lowest level that has any. `all` is there to say which levels were passed over.
    fn under_cap(&mut self, all: &[Candidate<'a>], present: &[Candidate<'a>]) -> Option<&'a Person> {
        let levels: BTreeSet<Level> = all.iter().map(|candidate| candidate.person.level).collect();
        for level in levels {
            let here: Vec<_> = present.iter().filter(|candidate| candidate.person.level == level).collect();
            let free: Vec<_> = here.iter().filter(|candidate| candidate.has_room()).collect();
            if let Some(chosen) = free.iter().min_by_key(|candidate| self.preference(candidate)) {
                let among = free.len();
                self.because.push(Reason::LeastLoaded { level, weight: chosen.load.weight(), among });
                return Some(chosen.person);
            }
            self.because.push(if here.is_empty() { Reason::LevelAway(level) } else { Reason::LevelFull(level) });
        }
        None
    }

    /// When nobody whose level suffices may take it.
    fn last_resort(&mut self) -> Option<&'a Person> {
        let may_repeat = self.task.four_eyes == FourEyes::UnlessAlone;
        if may_repeat && let Some(person) = self.sufficient(true) {
            self.because.push(Reason::SamePerson);
            return Some(person);
        }
        let allowed = || self.people.iter().filter(|candidate| may_repeat || !candidate.is_excluded);
        let highest = allowed().map(|candidate| candidate.person.level).max();
        let here = allowed().filter(|candidate| Some(candidate.person.level) == highest);
        let chosen = here.min_by_key(|c| (c.is_excluded, c.is_away, !c.has_room(), c.excess(), self.preference(c)));
        let chosen = chosen.map(|candidate| (candidate.person, candidate.is_excluded));
        self.because.push(chosen.map_or(Reason::NobodyActive, |(person, _)| Reason::HighestLevel(person.level)));
        if chosen.is_some_and(|(_, is_excluded)| is_excluded) {
            self.because.push(Reason::SamePerson);
        }
        chosen.map(|(person, _)| person)
    }

    /// Smaller is better: looks after the segment, less to do, and then a hash that differs from task to task.
    fn preference(&self, candidate: &Candidate<'_>) -> (bool, u32, u64, UserId) {
        let id = candidate.person.id;
        let tie = spread(id.uuid().as_u128(), self.task.key);
        (!candidate.person.covers(&self.task.segment), candidate.load.weight(), tie, id)
    }
}

/// A stable hash of two numbers: the finaliser of SplitMix64 (Steele, Lea and Flood 2014) over their halves. The standard
/// library's hashes may change between versions; this order must not.
fn spread(person: u128, task: u128) -> u64 {
    let halves = [person >> 64, person, task >> 64, task].map(|half| (half & u128::from(u64::MAX)) as u64);
    halves.into_iter().fold(0x9E37_79B9_7F4A_7C15, |state, half| {
        let mixed = (state ^ half).wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    })
}
