//! Where the cases of the past would have gone by other settings: the same people and the same cases, only other numbers.

use std::collections::BTreeMap;

use kernel::{Instant, NegotiationId, Rate, TimeZone, UserId};
use workflow::{Desk, FourEyes, Level, Load, Loads, Task, Team, assign};

use super::{Settings, rules};

/// A case of the past.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    /// Which.
    pub negotiation: NegotiationId,
    /// When it came to the desk.
    pub at: Instant,
    /// The level that its decision needed.
    pub needed: Level,
    /// Working minutes promised for the decision.
    pub answer_minutes: u32,
    /// Target less pocket margin of the ask.
    pub impact: Option<Rate>,
    /// The customer's rep and segment.
    pub owner: Option<UserId>,
    /// The customer's segment.
    pub segment: String,
    /// When the desk was done with it; `None`: it still waits.
    pub ended: Option<Instant>,
    /// Whether that was a decision, which counts towards the cap of its day.
    pub is_decided: bool,
}

/// Where a case would have gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Went {
    /// To whom first; `None`: the pool.
    pub person: Option<UserId>,
    /// Whether for a recommendation.
    pub is_advised: bool,
    /// Whether it took so long that it would have been passed on.
    pub is_passed_on: bool,
}

/// Where each of these cases, which come in the order of their time, would have gone by these settings.
pub fn replay(cases: &[Past], team: &Team, settings: &Settings, zone: &TimeZone) -> Vec<Went> {
    let mut had: Vec<(UserId, &Past)> = Vec::new();
    let mut went = Vec::with_capacity(cases.len());
    for case in cases {
        let day = rules::day_start(case.at, zone);
        // Who is done with since before this day weighs on nobody any more.
        had.retain(|(_, other)| other.ended.is_none_or(|ended| ended >= day));
        let loads = loads(&had, case.at);
        let advised = rules::recommend_first(settings, case.needed, case.impact);
        let (needed, minutes) = advised.map_or((case.needed, case.answer_minutes), |first| (Level::REP, first.minutes));
        let task = Task {
            key: case.negotiation.uuid().as_u128(),
            needed,
            owner: case.owner,
            segment: case.segment.clone(),
            answer_minutes: minutes,
            excluded: Vec::new(),
            four_eyes: FourEyes::UnlessAlone,
        };
        let found = assign(&task, team, &loads, case.at);
        let person = match found.desk {
            Desk::Person(person) => Some(person),
            Desk::Pool => None,
        };
        had.extend(person.map(|person| (person, case)));
        let is_passed_on = case.ended.is_some_and(|ended| ended > found.escalate_at);
        went.push(Went { person, is_advised: advised.is_some(), is_passed_on });
    }
    went
}

/// What lies on desks at a moment.
fn loads(had: &[(UserId, &Past)], now: Instant) -> Loads {
    let mut loads: BTreeMap<UserId, Load> = BTreeMap::new();
    for (person, case) in had {
        let load = loads.entry(*person).or_default();
        if case.ended.is_none_or(|ended| ended > now) {
            load.open += 1;
            load.open_weight += 1;
        } else if case.is_decided {
            load.decided_today += 1;
        }
    }
    Loads(loads)
}
