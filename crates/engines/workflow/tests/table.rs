//! The rules by hand-made examples.

use std::{collections::BTreeMap, sync::Arc};

use kernel::{Country, Date, Instant, Rate, TimeZone, UserId};
use workflow::{
    Absence, Alike, Away, Bands, Case, Chain, ChainFault, Desk, Due, FourEyes, Level, Load, Loads, Next, Person,
    Reason, Span, StepDecision, StepKind, StepRefused, StepRule, Task, Team, Verdict, WorkingCalendar, assign,
    escalate, group, national, watch,
};

const ANNA: u32 = 1;
const BEN: u32 = 2;
const CLARA: u32 = 3;
const DAVID: u32 = 4;
const EVA: u32 = 5;
const FRANK: u32 = 6;

fn user(number: u32) -> UserId {
    UserId::parse(&format!("{number:08x}-0000-7000-8000-000000000000")).expect("a test value")
}

fn at(text: &str) -> Instant {
    Instant::parse(text).expect("a test value")
}

/// Sunday noon; the next working day is Monday, 23 November 2026.
fn now() -> Instant {
    at("2026-11-22T12:00:00Z")
}

/// Anna, Ben and Clara are reps, David and Eva sales managers, Frank the pricing manager; 8 to 17 o'clock in Warsaw.
fn team() -> Team {
    let rules = national(&Country::parse("PL").expect("a test value")).expect("a test value");
    let zone = TimeZone::get("Europe/Warsaw").expect("a test value");
    let calendar = Arc::new(WorkingCalendar::weekdays(zone, Span::hours(8, 17), rules));
    let levels = [(ANNA, 0), (BEN, 0), (CLARA, 0), (DAVID, 1), (EVA, 1), (FRANK, 2)];
    let people = levels.map(|(number, level)| Person {
        id: user(number),
        level: Level(level),
        segments: Vec::new(),
        daily_cap: Some(20),
        calendar: calendar.clone(),
        is_active: true,
    });
    Team { people: people.to_vec(), absences: Vec::new(), calendar, remind_percent: 50, grace_minutes: 60 }
}

fn task(needed: Level) -> Task {
    let segment = "industry".to_owned();
    let (excluded, four_eyes) = (Vec::new(), FourEyes::UnlessAlone);
    Task { key: 77, needed, owner: Some(user(ANNA)), segment, answer_minutes: 120, excluded, four_eyes }
}

fn loads(used: &[(u32, u32)]) -> Loads {
    let load = |open| Load { open, open_weight: open, decided_today: 0 };
    Loads(used.iter().map(|(number, open)| (user(*number), load(*open))).collect::<BTreeMap<_, _>>())
}

fn absent(number: u32, from: &str, until: &str, substitute: Option<u32>) -> Absence {
    let day = |text| Date::parse(text).expect("a test value");
    Absence { person: user(number), from: day(from), until: day(until), substitute: substitute.map(user) }
}

/// Gives the task to this person for these reasons.
fn check(team: &Team, task: &Task, loads: &Loads, desk: Option<u32>, because: &[&str]) {
    let assignment = assign(task, team, loads, now());
    let expected = desk.map_or(Desk::Pool, |number| Desk::Person(user(number)));
    let codes: Vec<_> = assignment.because.iter().map(Reason::code).collect();
    assert_eq!((assignment.desk, &codes[..]), (expected, because));
}

#[test]
fn the_own_rep_comes_first_and_hears_by_working_time() {
    check(&team(), &task(Level::REP), &loads(&[(ANNA, 19)]), Some(ANNA), &["own_rep"]);
    let assignment = assign(&task(Level::REP), &team(), &loads(&[]), now());
    assert_eq!(assignment.remind_at, at("2026-11-23T08:00:00Z"));
    assert_eq!(assignment.promised, at("2026-11-23T09:00:00Z"));
    assert_eq!(assignment.escalate_at, at("2026-11-23T10:00:00Z"));
}

#[test]
fn who_is_full_or_may_not_decide_is_passed_over() {
    let busy = loads(&[(ANNA, 20), (BEN, 5), (CLARA, 3), (DAVID, 2), (EVA, 1)]);
    check(&team(), &task(Level::REP), &busy, Some(CLARA), &["over_cap", "least_loaded"]);
    check(&team(), &task(Level::SALES_MANAGER), &busy, Some(EVA), &["own_rep_level", "least_loaded"]);
    let full = loads(&[(ANNA, 20), (BEN, 20), (CLARA, 20), (DAVID, 20), (EVA, 20)]);
    let reasons = ["over_cap", "level_full", "level_full", "least_loaded"];
    check(&team(), &task(Level::REP), &full, Some(FRANK), &reasons);
    let over = loads(&[(ANNA, 22), (BEN, 21), (CLARA, 23), (DAVID, 20), (EVA, 20), (FRANK, 20)]);
    let reasons = ["over_cap", "level_full", "level_full", "level_full", "least_over_cap"];
    check(&team(), &task(Level::REP), &over, Some(BEN), &reasons);
    let because = assign(&task(Level::REP), &team(), &busy, now()).because;
    let expected = [
        Reason::OverCap { person: user(ANNA), used: 20, cap: 20 },
        Reason::LeastLoaded { level: Level::REP, weight: 3, among: 2 },
    ];
    assert_eq!(because, expected);
}

#[test]
fn people_who_look_after_the_segment_come_before_others_of_their_level() {
    let mut team = team();
    team.people[2].segments = vec!["retail".into()];
    let busy = loads(&[(ANNA, 20), (BEN, 5), (CLARA, 3)]);
    check(&team, &task(Level::REP), &busy, Some(BEN), &["over_cap", "least_loaded"]);
    let full = loads(&[(ANNA, 20), (BEN, 20), (CLARA, 3)]);
    check(&team, &task(Level::REP), &full, Some(CLARA), &["over_cap", "least_loaded"]);
}

#[test]
fn absences_are_stood_in_for() {
    let mut team = team();
    let rep = task(Level::REP);
    // Over the weekend only: back before the next working day.
    team.absences = vec![absent(ANNA, "2026-11-16", "2026-11-22", Some(BEN))];
    check(&team, &rep, &loads(&[]), Some(ANNA), &["own_rep"]);
    // From Monday on, although present on Sunday.
    team.absences = vec![absent(ANNA, "2026-11-23", "2026-11-27", Some(BEN))];
    check(&team, &rep, &loads(&[]), Some(BEN), &["own_rep_absent", "substitute"]);
    let until = Date::parse("2026-11-27").expect("a test value");
    let because = assign(&rep, &team, &loads(&[]), now()).because;
    assert_eq!(because[0], Reason::OwnRepAway(Away::Absent { until }));
    // Ben is away too, and Clara stands in for him.
    team.absences.push(absent(BEN, "2026-11-23", "2026-11-23", Some(CLARA)));
    check(&team, &rep, &loads(&[]), Some(CLARA), &["own_rep_absent", "substitute"]);
    // Clara is away as well, and they all stand in for each other.
    team.absences.push(absent(CLARA, "2026-11-01", "2026-12-01", Some(ANNA)));
    let reasons = ["own_rep_absent", "no_substitute", "level_away", "least_loaded"];
    check(&team, &rep, &loads(&[(EVA, 1)]), Some(DAVID), &reasons);
    // An absence that overlaps and began later names somebody who is there.
    team.absences.push(absent(ANNA, "2026-11-23", "2026-11-23", Some(EVA)));
    team.absences.push(absent(ANNA, "2026-11-20", "2026-11-24", Some(DAVID)));
    check(&team, &rep, &loads(&[]), Some(EVA), &["own_rep_absent", "substitute"]);
}

#[test]
fn a_substitute_must_be_there_and_suffice() {
    let mut team = team();
    let manager = Task { owner: Some(user(DAVID)), ..task(Level::SALES_MANAGER) };
    team.absences = vec![absent(DAVID, "2026-11-20", "2026-11-27", Some(BEN))];
    check(&team, &manager, &loads(&[]), Some(EVA), &["own_rep_absent", "no_substitute", "least_loaded"]);
    team.absences = vec![absent(DAVID, "2026-11-20", "2026-11-27", Some(EVA))];
    check(
        &team,
        &manager,
        &loads(&[(EVA, 20)]),
        Some(FRANK),
        &["own_rep_absent", "over_cap", "level_full", "least_loaded"],
    );
    // Eva has left and named Frank.
    team.people[4].is_active = false;
    team.absences.push(absent(EVA, "2026-10-01", "2027-12-31", Some(FRANK)));
    check(&team, &manager, &loads(&[]), Some(FRANK), &["own_rep_absent", "substitute"]);
}

#[test]
fn nothing_is_lost_when_nobody_is_there() {
    let mut team = team();
    team.absences = [DAVID, EVA, FRANK].map(|number| absent(number, "2026-11-20", "9999-12-31", None)).to_vec();
    let reasons = ["own_rep_level", "level_away", "level_away", "nobody_present"];
    check(&team, &task(Level::SALES_MANAGER), &loads(&[(DAVID, 1)]), Some(EVA), &reasons);
    // Their own hours never come: the desk's hours promise.
    let closed = Arc::new(WorkingCalendar { week: Default::default(), ..(*team.calendar).clone() });
    team.people.iter_mut().for_each(|person| person.calendar = closed.clone());
    let assignment = assign(&task(Level::SALES_MANAGER), &team, &loads(&[]), now());
    assert_eq!(assignment.promised, at("2026-11-23T09:00:00Z"));
    team = self::team();
    for person in &mut team.people[3..] {
        person.is_active = false;
    }
    let reasons = ["own_rep_level", "highest_level"];
    check(&team, &task(Level::SALES_MANAGER), &loads(&[(ANNA, 1), (CLARA, 1)]), Some(BEN), &reasons);
    team.people.clear();
    check(&team, &task(Level::SALES_MANAGER), &loads(&[]), None, &["nobody_active"]);
}

#[test]
fn four_eyes_unless_there_are_only_two() {
    let mut team = team();
    let excluded = vec![user(FRANK)];
    let top = Task { excluded: excluded.clone(), ..task(Level::PRICING_MANAGER) };
    let reasons = ["own_rep_level", "least_loaded", "same_person"];
    check(&team, &top, &loads(&[]), Some(FRANK), &reasons);
    let strict = Task { four_eyes: FourEyes::Strict, ..top };
    check(&team, &strict, &loads(&[(EVA, 1)]), Some(DAVID), &["own_rep_level", "highest_level"]);
    team.people.retain(|person| person.id == user(FRANK));
    check(&team, &strict, &loads(&[]), None, &["nobody_active"]);
    let asker = Task { excluded: vec![user(ANNA)], ..task(Level::REP) };
    check(&self::team(), &asker, &loads(&[(BEN, 1)]), Some(CLARA), &["excluded", "least_loaded"]);
}

#[test]
fn a_missed_promise_goes_up_and_ends_in_the_pool() {
    let (mut team, rep, loads) = (team(), task(Level::REP), loads(&[(EVA, 1)]));
    let first = assign(&rep, &team, &loads, now());
    let due = |open, is_reminded, team: &Team, text: &str| watch(&rep, open, is_reminded, team, at(text));
    assert_eq!(due(&first, false, &team, "2026-11-23T07:59:59Z"), Due::Nothing { until: Some(first.remind_at) });
    assert_eq!(due(&first, false, &team, "2026-11-23T08:00:00Z"), Due::Remind);
    assert_eq!(due(&first, true, &team, "2026-11-23T09:59:59Z"), Due::Nothing { until: Some(first.escalate_at) });
    assert_eq!(due(&first, true, &team, "2026-11-23T10:00:00Z"), Due::Escalate { to: Level::SALES_MANAGER });
    let second = escalate(&rep, &first, &team, &loads, first.escalate_at);
    assert_eq!((second.desk, second.level), (Desk::Person(user(DAVID)), Level::SALES_MANAGER));
    assert_eq!(second.promised, at("2026-11-23T12:00:00Z"));
    assert_eq!(second.because[0], Reason::Missed(Level::REP));
    // The pricing manager is away on the next day: nobody above.
    team.absences = vec![absent(FRANK, "2026-11-23", "2026-11-24", None)];
    assert_eq!(due(&second, true, &team, "2026-11-23T13:00:00Z"), Due::EscalateToPool);
    let third = escalate(&rep, &second, &team, &loads, second.escalate_at);
    assert_eq!(third.desk, Desk::Pool);
    assert_eq!(third.because, [Reason::Missed(Level::SALES_MANAGER), Reason::NobodyAbove]);
    assert_eq!(third.promised, at("2026-11-23T15:00:00Z"));
    assert_eq!(due(&third, false, &team, "2026-11-30T13:00:00Z"), Due::Remind);
    assert_eq!(due(&third, true, &team, "2026-11-30T13:00:00Z"), Due::Nothing { until: None });
    assert_eq!(escalate(&rep, &third, &team, &loads, at("2026-11-30T13:00:00Z")), third);
}

#[test]
fn steps_follow_each_other() {
    use StepKind::{Approve, Recommend};
    let step = |level, kind| StepRule { level: Level(level), answer_minutes: 60, kind };
    let chain = |four_eyes| Chain { steps: vec![step(0, Recommend), step(1, Approve), step(2, Approve)], four_eyes };
    let says =
        |number, level, verdict| StepDecision { by: user(number), level: Level(level), verdict, is_alone: false };
    let needs = |step: usize, people: &[u32]| Next::Needs {
        step,
        level: Level(step as u8),
        answer_minutes: 60,
        excluded: people.iter().map(|number| user(*number)).collect(),
    };
    let (yes, no, other) = (Verdict::Approve, Verdict::Reject, Verdict::Counter);
    let (rep, manager, top) = (says(ANNA, 0, no), says(DAVID, 1, yes), says(FRANK, 2, yes));
    let alone = StepDecision { is_alone: true, ..says(DAVID, 2, yes) };
    let cases: Vec<(Vec<StepDecision>, Result<Next, StepRefused>)> = vec![
        (vec![], Ok(needs(0, &[]))),
        (vec![rep], Ok(needs(1, &[ANNA]))),
        (vec![rep, manager], Ok(needs(2, &[ANNA, DAVID]))),
        (vec![rep, manager, top], Ok(Next::Approved)),
        (vec![rep, says(DAVID, 1, no)], Ok(Next::Rejected { step: 1 })),
        (vec![rep, manager, says(FRANK, 2, other)], Ok(Next::Countered { step: 2 })),
        (vec![rep, says(DAVID, 1, no), top], Err(StepRefused::AlreadyDecided { decision: 2 })),
        (vec![rep, manager, top, top], Err(StepRefused::AlreadyDecided { decision: 3 })),
        (vec![rep, says(BEN, 0, yes)], Err(StepRefused::LevelTooLow { decision: 1, needed: Level(1) })),
        (vec![rep, manager, says(DAVID, 2, yes)], Err(StepRefused::SamePerson { decision: 2 })),
        (vec![rep, manager, alone], Ok(Next::Approved)),
    ];
    for (decisions, expected) in cases {
        assert_eq!(chain(FourEyes::UnlessAlone).advance(&decisions), expected, "{decisions:?}");
    }
    let strict = chain(FourEyes::Strict).advance(&[rep, manager, alone]);
    assert_eq!(strict, Err(StepRefused::SamePerson { decision: 2 }));
    assert_eq!(Chain { steps: vec![], four_eyes: FourEyes::Strict }.advance(&[]), Ok(Next::Approved));
    let advice = Chain { steps: vec![step(1, Approve), step(0, Recommend)], four_eyes: FourEyes::Strict };
    assert_eq!(advice.advance(&[manager, rep]), Ok(Next::Rejected { step: 1 }));
    assert_eq!(advice.faults(), [ChainFault::NobodyDecides, ChainFault::LevelFalls { step: 1 }]);
    assert_eq!(chain(FourEyes::Strict).faults(), []);
}

#[test]
fn alike_cases_are_offered_together() {
    let case = |key, impact: Option<i64>, discount| Case {
        key,
        level: Level::SALES_MANAGER,
        needed: Level::SALES_MANAGER,
        reason: "below_target".into(),
        segment: "industry".into(),
        class: "bearings".into(),
        impact: impact.map(Rate::percent),
        discount: Rate::percent(discount),
    };
    let (impacts, discounts) = (Bands(vec![Rate::percent(2), Rate::percent(5)]), Bands(vec![Rate::percent(10)]));
    let mut cases = vec![
        case(5, Some(2), 10),
        case(1, Some(1), 3),
        case(1, Some(1), 3),
        case(2, Some(3), 3),
        case(3, None, 3),
        case(4, None, 3),
        case(6, Some(0), 11),
    ];
    let alike = Alike {
        level: Level::SALES_MANAGER,
        needed: Level::SALES_MANAGER,
        reason: "below_target".into(),
        segment: "industry".into(),
        class: "bearings".into(),
        impact_band: 0,
        discount_band: 0,
    };
    let groups = group(&cases, &impacts, &discounts, Level::SALES_MANAGER);
    assert_eq!(groups.len(), 1);
    assert_eq!((&groups[0].alike, &groups[0].cases[..]), (&alike, &[1, 5][..]));
    assert_eq!(group(&cases, &impacts, &discounts, Level::REP), []);
    cases.extend([case(7, Some(4), 3), case(8, Some(5), 3)]);
    let keys: Vec<_> = group(&cases, &impacts, &discounts, Level(2)).into_iter().map(|group| group.cases).collect();
    assert_eq!(keys, [vec![2, 7, 8], vec![1, 5]]);
}
