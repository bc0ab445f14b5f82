//! What must hold for any team, calendars, absences, loads and time: nothing gets stuck.

use std::{collections::BTreeMap, sync::Arc};

use kernel::{Date, Instant, TimeZone, UserId};
use proptest::prelude::*;
use workflow::{
    Absence, Assignment, Bands, Case, Chain, Desk, Due, FourEyes, Level, Load, Loads, Next, Person, Span, StepDecision,
    StepKind, StepRule, Task, Team, Verdict, WorkingCalendar, assign, escalate, group, watch,
};

const TODAY: i64 = 20_779;

fn user(number: u32) -> UserId {
    UserId::parse(&format!("{number:08x}-0000-7000-8000-000000000000")).expect("a test value")
}

fn any_calendar() -> impl Strategy<Value = Arc<WorkingCalendar>> {
    let spans = || prop::collection::vec((0_u16..1_500, 0_u16..1_500).prop_map(|(from, to)| Span { from, to }), 0..2);
    let days = prop::collection::btree_map((TODAY..TODAY + 9).prop_map(Date::from_days), spans(), 0..3);
    let zone = prop::sample::select(vec!["Europe/Warsaw", "Pacific/Kiritimati", "America/Santiago"]);
    let odd =
        (prop::array::uniform7(spans()), days.clone(), days, zone).prop_map(|(week, holidays, exceptions, zone)| {
            let zone = TimeZone::get(zone).expect("a test value");
            Arc::new(WorkingCalendar { zone, week, rules: Vec::new(), holidays, exceptions })
        });
    prop_oneof![3 => odd, 2 => Just(usual()), 1 => Just(closed())]
}

fn usual() -> Arc<WorkingCalendar> {
    let zone = TimeZone::get("Europe/Warsaw").expect("a test value");
    Arc::new(WorkingCalendar::weekdays(zone, Span::hours(8, 17), &[]))
}

fn closed() -> Arc<WorkingCalendar> {
    Arc::new(WorkingCalendar { week: Default::default(), ..(*usual()).clone() })
}

prop_compose! {
    fn any_person()(number in 0_u32..8, level in 0_u8..4, segments in prop::collection::vec("[ab]", 0..2),
        daily_cap in prop::option::of(0_u32..4), calendar in any_calendar(), is_active in prop::bool::weighted(0.8)) -> Person {
        Person { id: user(number), level: Level(level), segments, daily_cap, calendar, is_active }
    }
}

prop_compose! {
    fn any_absence()(person in 0_u32..9, from in -5_i64..5, long in -1_i64..9, substitute in prop::option::of(0_u32..9)) -> Absence {
        let day = |n: i64| Date::from_days(TODAY + n);
        Absence { person: user(person), from: day(from), until: day(from + long), substitute: substitute.map(user) }
    }
}

prop_compose! {
    fn any_team()(people in prop::collection::vec(any_person(), 0..8), absences in prop::collection::vec(any_absence(), 0..10),
        calendar in any_calendar(), remind_percent in any::<u8>(), grace_minutes in 0_u32..2_000) -> Team {
        Team { people, absences, calendar, remind_percent, grace_minutes }
    }
}

fn any_loads() -> impl Strategy<Value = Loads> {
    let number = || prop_oneof![8 => 0_u32..5, 1 => any::<u32>()];
    let load = (number(), number(), number());
    let load = load.prop_map(|(open, open_weight, decided_today)| Load { open, open_weight, decided_today });
    prop::collection::btree_map((0_u32..9).prop_map(user), load, 0..9).prop_map(Loads)
}

prop_compose! {
    fn any_task()(key in any::<u128>(), needed in 0_u8..5, owner in prop::option::of(0_u32..9), segment in "[ab]",
        answer_minutes in prop_oneof![9 => 0_u32..3_000, 1 => any::<u32>()], excluded in prop::collection::vec(0_u32..9, 0..3),
        is_strict in any::<bool>()) -> Task {
        let four_eyes = if is_strict { FourEyes::Strict } else { FourEyes::UnlessAlone };
        let excluded = excluded.into_iter().map(user).collect();
        Task { key, needed: Level(needed), owner: owner.map(user), segment, answer_minutes, excluded, four_eyes }
    }
}

fn any_now() -> impl Strategy<Value = Instant> {
    (-2 * Instant::DAY..9 * Instant::DAY).prop_map(|micros| Instant::from_micros(TODAY * Instant::DAY + micros))
}

/// Active people, each id once.
fn active(team: &Team) -> Vec<&Person> {
    let first: BTreeMap<UserId, &Person> = team.people.iter().rev().map(|person| (person.id, person)).collect();
    first.into_values().filter(|person| person.is_active).collect()
}

fn holder<'a>(team: &'a Team, assignment: &Assignment) -> Option<&'a Person> {
    match assignment.desk {
        Desk::Person(id) => Some(team.person(id).expect("somebody of the team")),
        Desk::Pool => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn every_task_lies_on_a_desk(team in any_team(), loads in any_loads(), task in any_task(), now in any_now()) {
        let assignment = assign(&task, &team, &loads, now);
        let people = active(&team);
        let may = |person: &&&Person| task.four_eyes == FourEyes::UnlessAlone || !task.excluded.contains(&person.id);
        let allowed: Vec<_> = people.iter().filter(may).collect();
        let others = |person: &&&&Person| !task.excluded.contains(&person.id);
        match holder(&team, &assignment) {
            None => prop_assert!(allowed.is_empty()),
            Some(person) => {
                prop_assert!(person.is_active && may(&&person));
                prop_assert_eq!(person.level, assignment.level);
                let sufficient: Vec<_> = allowed.iter().filter(|p| p.level >= task.needed).collect();
                if sufficient.is_empty() {
                    prop_assert_eq!(Some(person.level), allowed.iter().map(|p| p.level).max());
                } else {
                    prop_assert!(person.level >= task.needed);
                }
                // Four eyes while there are four, and nobody absent while somebody is there.
                let others: Vec<_> = sufficient.iter().copied().filter(others).collect();
                prop_assert!(others.is_empty() || !task.excluded.contains(&person.id));
                let pool = if others.is_empty() { &sufficient } else { &others };
                let present: Vec<_> = pool.iter().filter(|p| team.away(p, now).is_none()).collect();
                prop_assert!(present.is_empty() || team.away(person, now).is_none());
                // The cap is kept while anybody has room.
                let has_room = |p: &Person| p.daily_cap.is_none_or(|cap| loads.of(p.id).used() < cap);
                prop_assert!(has_room(person) || !present.iter().any(|p| has_room(p)));
            }
        }
        prop_assert!(!assignment.because.is_empty());
    }

    #[test]
    fn times_are_in_order(team in any_team(), loads in any_loads(), task in any_task(), now in any_now()) {
        let assignment = assign(&task, &team, &loads, now);
        prop_assert!(assignment.promised > now);
        prop_assert!(now <= assignment.remind_at && assignment.remind_at <= assignment.promised);
        prop_assert!(assignment.promised <= assignment.escalate_at);
        let longest = WorkingCalendar::HORIZON_DAYS * Instant::DAY + i64::from(task.answer_minutes.max(1)) * Instant::MINUTE;
        prop_assert!(assignment.promised <= now.plus(longest));
    }

    #[test]
    fn the_same_question_has_the_same_answer_in_any_order(team in any_team(), loads in any_loads(), task in any_task(), now in any_now()) {
        let people: BTreeMap<UserId, Person> = team.people.iter().rev().map(|p| (p.id, p.clone())).collect();
        let sorted = Team { people: people.into_values().collect(), ..team.clone() };
        let mut turned = sorted.clone();
        turned.people.reverse();
        turned.absences.reverse();
        let expected = assign(&task, &team, &loads, now);
        prop_assert_eq!(&assign(&task, &sorted, &loads, now), &expected);
        prop_assert_eq!(&assign(&task, &turned, &loads, now), &expected);
    }

    #[test]
    fn silence_ends_in_the_pool(team in any_team(), loads in any_loads(), task in any_task(), start in any_now()) {
        let (mut now, mut open, mut is_reminded, mut levels) = (start, assign(&task, &team, &loads, start), false, Vec::new());
        // At most four levels and the pool, each with a wait, a reminder, a wait and the next step.
        let mut looks = 0;
        loop {
            looks += 1;
            prop_assert!(looks <= 4 * 5, "still not at rest");
            match watch(&task, &open, is_reminded, &team, now) {
                Due::Nothing { until: Some(until) } => {
                    prop_assert!(until > now);
                    now = until;
                }
                Due::Nothing { until: None } => break,
                Due::Remind => is_reminded = true,
                due @ (Due::Escalate { .. } | Due::EscalateToPool) => {
                    levels.push(open.level);
                    let next = escalate(&task, &open, &team, &loads, now);
                    prop_assert!(next.promised > now);
                    match due {
                        Due::Escalate { to } => prop_assert!(next.level >= to && to > open.level && next.desk != Desk::Pool),
                        _ => prop_assert_eq!(next.desk, Desk::Pool),
                    }
                    (open, is_reminded) = (next, false);
                }
            }
        }
        prop_assert_eq!(open.desk, Desk::Pool);
        prop_assert!(levels.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn equal_people_get_equally_much(count in 1_u32..7, tasks in 1_u32..25, seed in any::<u64>(), cap in prop::option::of(0_u32..12)) {
        let person = |number| Person {
            id: user(number), level: Level::REP, segments: Vec::new(), daily_cap: cap, calendar: usual(), is_active: true,
        };
        let team = Team { people: (0..count).map(person).collect(), absences: vec![], calendar: usual(), remind_percent: 75, grace_minutes: 0 };
        let mut loads = Loads::default();
        for number in 0..tasks {
            let key = u128::from(seed) << 32 | u128::from(number);
            let task = Task { key, needed: Level::REP, owner: None, segment: String::new(), answer_minutes: 60, excluded: vec![], four_eyes: FourEyes::Strict };
            let Desk::Person(id) = assign(&task, &team, &loads, Instant::from_micros(TODAY * Instant::DAY)).desk else { panic!("the pool") };
            loads.add(id, 1);
            let used = || (0..count).map(|number| loads.of(user(number)).used());
            prop_assert!(used().max().expect("a test value") - used().min().expect("a test value") <= 1);
        }
    }

    #[test]
    fn a_chain_ends_after_its_steps(levels in prop::collection::vec((0_u8..3, any::<bool>()), 0..5), says in prop::collection::vec((0_u32..6, 0_u8..3, 0_u8..3, any::<bool>()), 0..7), is_strict in any::<bool>()) {
        let four_eyes = if is_strict { FourEyes::Strict } else { FourEyes::UnlessAlone };
        let rule = |(level, advises)| StepRule { level: Level(level), answer_minutes: 1, kind: if advises { StepKind::Recommend } else { StepKind::Approve } };
        let chain = Chain { steps: levels.into_iter().map(rule).collect(), four_eyes };
        let verdict = |n| [Verdict::Approve, Verdict::Reject, Verdict::Counter][usize::from(n)];
        let said: Vec<_> = says.into_iter().map(|(by, level, n, is_alone)| StepDecision { by: user(by), level: Level(level), verdict: verdict(n), is_alone }).collect();
        for end in 0..=said.len() {
            let given = &said[..end];
            let Ok(next) = chain.advance(given) else { continue };
            prop_assert!(given.iter().zip(&chain.steps).all(|(decision, rule)| decision.level >= rule.level));
            let people: std::collections::BTreeSet<_> = given.iter().map(|decision| decision.by).collect();
            prop_assert!(!is_strict || people.len() == given.len());
            match next {
                Next::Needs { step, excluded, .. } => prop_assert!(step == end && excluded.len() == end && end < chain.steps.len()),
                Next::Approved => prop_assert!(end == chain.steps.len() && given.last().is_none_or(|last| last.verdict == Verdict::Approve)),
                Next::Rejected { step } => prop_assert!(step + 1 == end && given[step].verdict == Verdict::Reject),
                Next::Countered { step } => prop_assert!(step + 1 == end && given[step].verdict == Verdict::Counter),
            }
        }
    }

    #[test]
    fn groups_hold_what_is_alike_and_allowed(rows in prop::collection::vec((0_u8..3, 0_u8..3, "[ab]", prop::option::of(0_i64..9), 0_i64..9), 0..40), viewer in 0_u8..3) {
        let rate = kernel::Rate::percent;
        let case = |(key, (level, needed, reason, impact, discount)): (usize, (u8, u8, String, Option<i64>, i64))| Case {
            key: key as u128, level: Level(level), needed: Level(needed), reason, segment: "s".into(), class: "c".into(), impact: impact.map(rate), discount: rate(discount),
        };
        let cases: Vec<_> = rows.into_iter().enumerate().map(case).collect();
        let bands = Bands(vec![rate(3), rate(6)]);
        let mut seen = std::collections::BTreeSet::new();
        for group in group(&cases, &bands, &bands, Level(viewer)) {
            prop_assert!(group.cases.len() > 1);
            for key in group.cases {
                prop_assert!(seen.insert(key));
                let case = &cases[key as usize];
                prop_assert!(case.needed <= Level(viewer) && case.needed == group.alike.needed && case.level == group.alike.level);
                prop_assert!(case.reason == group.alike.reason && bands.of(case.discount) == group.alike.discount_band);
                prop_assert_eq!(case.impact.map(|impact| bands.of(impact)), Some(group.alike.impact_band));
            }
        }
        // Whoever is in no group has nobody who is alike.
        let left: Vec<_> = cases.iter().filter(|c| c.needed <= Level(viewer) && c.impact.is_some() && !seen.contains(&c.key)).collect();
        let alike = |c: &Case| (c.level, c.needed, c.reason.clone(), c.impact.map(|i| bands.of(i)), bands.of(c.discount));
        prop_assert!(left.iter().all(|a| left.iter().filter(|b| alike(a) == alike(b)).count() == 1));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn ties_spread_over_people(seed in any::<u64>()) {
        let person = |number| Person {
            id: user(number), level: Level::REP, segments: Vec::new(), daily_cap: None, calendar: usual(), is_active: true,
        };
        let team = Team { people: (0..4).map(person).collect(), absences: vec![], calendar: usual(), remind_percent: 75, grace_minutes: 0 };
        let mut counts = BTreeMap::new();
        for number in 0..200_u128 {
            let key = (u128::from(seed) << 64) + number;
            let task = Task { key, needed: Level::REP, owner: None, segment: String::new(), answer_minutes: 60, excluded: vec![], four_eyes: FourEyes::Strict };
            *counts.entry(assign(&task, &team, &Loads::default(), Instant::from_micros(TODAY * Instant::DAY)).desk).or_insert(0) += 1;
        }
        // 50 are expected with a standard deviation of 6; 10 would be more than six of them away.
        prop_assert!(counts.len() == 4 && counts.values().all(|count| (10..=90).contains(count)), "{counts:?}");
    }
}
