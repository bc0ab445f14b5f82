//! The rules of routing as tables; what goes through the database is tested in the slice `desk`.

use std::collections::HashMap;

use i18n::{Language, Locale};
use kernel::{Country, Date, Instant, Rate, Role, Roles, TimeZone, UserId};
use parties::people::Member;
use uuid::Uuid;
use workflow::{Away, Level, Reason, Span};

use super::{Because, Cause, Holiday, NewAbsence, RecommendFirst, Settings, rules};

fn codes(settings: &Settings) -> Vec<String> {
    settings.check().fields.iter().map(|error| format!("{}: {}", error.field, error.code)).collect()
}

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

#[test]
fn promises_run_in_working_hours_and_not_on_holidays() {
    let zone = TimeZone::get("Europe/Warsaw").unwrap();
    let settings = Settings {
        country: Some(Country::parse("PL").unwrap()),
        holidays: vec![Holiday { day: date("2026-11-24"), name: "Move".into() }],
        ..Settings::default()
    };
    let promise = |settings: &Settings, from: &str, minutes| {
        let from = Instant::parse(from).unwrap();
        settings.calendar(&zone).after_working_minutes(from, minutes).to_rfc3339()
    };
    // Friday 10:00, 16:00 and 22:00, Saturday noon, and Monday 07:00 in Warsaw; Tuesday is an own day off, 11 November is
    // Independence Day.
    for (from, minutes, want) in [
        ("2026-11-20T09:00:00Z", 120, "2026-11-20T11:00:00Z"),
        ("2026-11-20T15:00:00Z", 120, "2026-11-23T08:00:00Z"),
        ("2026-11-20T21:00:00Z", 120, "2026-11-23T09:00:00Z"),
        ("2026-11-21T11:00:00Z", 60, "2026-11-23T08:00:00Z"),
        ("2026-11-23T06:00:00Z", 480, "2026-11-23T15:00:00Z"),
        ("2026-11-23T06:00:00Z", 600, "2026-11-25T08:00:00Z"),
        ("2026-11-10T15:30:00Z", 60, "2026-11-12T07:30:00Z"),
    ] {
        assert_eq!(promise(&settings, from, minutes), want, "{from} + {minutes}");
    }
    let without = Settings { has_national_holidays: false, ..settings };
    assert_eq!(promise(&without, "2026-11-10T15:30:00Z", 60), "2026-11-11T07:30:00Z");
}

#[test]
fn settings_are_checked() {
    let well = Settings::default;
    let span = |from, to| Span { from, to };
    let week = |spans: Vec<Span>| {
        let mut settings = well();
        settings.week[0] = spans;
        settings
    };
    let first = |percent, minutes| Some(RecommendFirst { above: Rate::percent(percent), minutes });
    for (settings, want) in [
        (well(), vec![]),
        (week(vec![Span::hours(8, 12), Span::hours(13, 17)]), vec![]),
        (week(vec![Span::hours(8, 12), Span::hours(11, 17)]), vec!["week[0]: opening-hours"]),
        (week(vec![span(600, 600)]), vec!["week[0]: opening-hours"]),
        (week(vec![span(600, 1_441)]), vec!["week[0]: opening-hours"]),
        (Settings { week: Default::default(), ..well() }, vec!["week[0]: never-open"]),
        (Settings { daily_cap: 0, ..well() }, vec!["daily_cap: whole-between"]),
        (Settings { daily_cap: 1_001, ..well() }, vec!["daily_cap: whole-between"]),
        (Settings { remind_percent: 0, ..well() }, vec!["remind_percent: whole-between"]),
        (Settings { remind_percent: 101, ..well() }, vec!["remind_percent: whole-between"]),
        (Settings { grace_minutes: 10_081, ..well() }, vec!["grace_minutes: whole-between"]),
        (Settings { recommend_first: first(101, 60), ..well() }, vec!["recommend_above: whole-between"]),
        (Settings { recommend_first: first(5, 0), ..well() }, vec!["recommend_minutes: whole-between"]),
        (Settings { recommend_first: first(5, 60), ..well() }, vec![]),
    ] {
        assert_eq!(codes(&settings), want, "{settings:?}");
    }
}

fn member(id: u128, role: Role, leads_sales: bool) -> Member {
    Member {
        id: UserId::from_uuid(Uuid::from_u128(id)),
        company: None,
        unit: None,
        email: kernel::Email::parse(&format!("p{id}@example.com")).unwrap(),
        name: format!("P{id}"),
        title: String::new(),
        phone: String::new(),
        roles: Roles::from_iter([role]),
        language: "en".into(),
        time_zone: "Europe/Warsaw".into(),
        leads_sales,
        is_blocked: id == 9,
        version: 1,
    }
}

#[test]
fn levels_follow_roles() {
    for (roles, leads, want) in [
        (vec![Role::SalesRep], false, Some(Level::REP)),
        (vec![Role::SalesRep], true, Some(Level::SALES_MANAGER)),
        (vec![Role::PricingManager], false, Some(Level::PRICING_MANAGER)),
        (vec![Role::SalesRep, Role::PricingManager], false, Some(Level::PRICING_MANAGER)),
        (vec![Role::MerchantAdmin], false, Some(rules::ADMIN)),
        (vec![Role::MerchantAdmin, Role::PricingManager], false, Some(Level::PRICING_MANAGER)),
        (vec![Role::Buyer], true, None),
    ] {
        assert_eq!(rules::level(Roles::from_iter(roles.clone()), leads), want, "{roles:?}");
    }
}

#[test]
fn absences_are_checked_and_substitutes_suggested() {
    let staff = [
        member(1, Role::SalesRep, false),
        member(2, Role::SalesRep, true),
        member(3, Role::PricingManager, false),
        member(4, Role::MerchantAdmin, false),
        member(9, Role::SalesRep, false),
    ];
    let id = |id: u128| UserId::from_uuid(Uuid::from_u128(id));
    let today = date("2027-01-18");
    let check = |person: u128, from: &str, until: &str, substitute: Option<u128>| {
        let (from, until, substitute) = (date(from), date(until), substitute.map(id));
        let invalid = rules::check_absence(&NewAbsence { person: id(person), from, until, substitute }, &staff, today);
        invalid.fields.iter().map(|error| format!("{}: {}", error.field, error.code)).collect::<Vec<_>>()
    };
    assert_eq!(check(1, "2027-01-18", "2027-01-18", Some(2)), [""; 0]);
    assert_eq!(check(1, "2027-01-10", "2027-01-18", None), [""; 0]);
    assert_eq!(check(1, "2027-01-20", "2027-01-19", None), ["until: dates-order"]);
    assert_eq!(check(1, "2027-01-10", "2027-01-17", None), ["until: date-past"]);
    assert_eq!(check(1, "2027-01-20", "2028-01-21", None), ["until: absence-too-long"]);
    assert_eq!(check(1, "2027-01-20", "2027-01-21", Some(1)), ["substitute: substitute-yourself"]);
    assert_eq!(check(1, "2027-01-20", "2027-01-21", Some(9)), ["substitute: choice"]);
    assert_eq!(check(7, "2027-01-20", "2027-01-21", None), ["person: choice"]);
    let names = |at: usize| {
        let all = rules::substitutes(&staff[at], &staff);
        all.into_iter().map(|(_, name, suffices)| (name, suffices)).collect::<Vec<_>>()
    };
    let name = |name: &str, suffices| (name.to_owned(), suffices);
    assert_eq!(names(0), [name("P2", true), name("P3", true), name("P4", true)]);
    assert_eq!(names(1), [name("P3", true), name("P4", true), name("P1", false)], "who may decide as much comes first");
}

#[test]
fn only_costly_cases_above_the_rep_are_advised_on() {
    let first = RecommendFirst { above: Rate::percent(5), minutes: 60 };
    let settings = Settings { recommend_first: Some(first), ..Settings::default() };
    for (needed, impact, want) in [
        (Level::SALES_MANAGER, Some(6), true),
        (Level::SALES_MANAGER, Some(5), false),
        (Level::REP, Some(9), false),
        (Level::PRICING_MANAGER, None, false),
    ] {
        let found = rules::recommend_first(&settings, needed, impact.map(Rate::percent));
        assert_eq!(found.is_some(), want, "{needed:?} {impact:?}");
    }
    assert_eq!(rules::recommend_first(&Settings::default(), Level::PRICING_MANAGER, Some(Rate::ONE)), None);
    assert_eq!(rules::chain(Level::PRICING_MANAGER, 120, Some(first)).faults(), []);
    assert_eq!(rules::chain(Level::PRICING_MANAGER, 120, None).steps.len(), 1);
}

#[test]
fn medians_and_days() {
    for (minutes, want) in [(vec![], None), (vec![7], Some(7)), (vec![9, 1], Some(1)), (vec![9, 1, 5], Some(5))] {
        assert_eq!(rules::median(minutes.clone()), want, "{minutes:?}");
    }
    let zone = TimeZone::get("Europe/Warsaw").unwrap();
    let start = rules::day_start(Instant::parse("2027-01-18T23:30:00Z").unwrap(), &zone);
    assert_eq!(start.to_rfc3339(), "2027-01-18T23:00:00Z");
}

/// Every reason of the engine, to be stored and said.
fn reasons() -> Vec<Reason> {
    let (one, two) = (UserId::from_uuid(Uuid::from_u128(1)), UserId::from_uuid(Uuid::from_u128(2)));
    let level = Level::SALES_MANAGER;
    vec![
        Reason::OwnRep(one),
        Reason::OwnRepLevel { level: Level::REP, needed: level },
        Reason::OwnRepAway(Away::Left),
        Reason::OwnRepAway(Away::Absent { until: date("2027-02-01") }),
        Reason::OwnRepAway(Away::Closed),
        Reason::Substitute { of: one, by: two },
        Reason::NoSubstitute,
        Reason::OverCap { person: one, used: 41, cap: 40 },
        Reason::Excluded(one),
        Reason::LevelAway(level),
        Reason::LevelFull(level),
        Reason::LeastLoaded { level, weight: 3, among: 2 },
        Reason::LeastOverCap(level),
        Reason::NobodyPresent,
        Reason::SamePerson,
        Reason::HighestLevel(level),
        Reason::NobodyActive,
        Reason::Missed(level),
        Reason::NobodyAbove,
    ]
}

#[test]
fn every_reason_is_stored_and_has_a_sentence_in_every_language() {
    let ids = [1, 2].map(|id| UserId::from_uuid(Uuid::from_u128(id)));
    let names = HashMap::from([(ids[0], "Ann".to_owned()), (ids[1], "Ben".to_owned())]);
    for language in Language::ALL {
        let locale = Locale::new(language, "Europe/Warsaw");
        for reason in reasons() {
            let because = Because::of(&reason, Some(ids[0]));
            let stored = serde_json::to_string(&because).unwrap();
            assert_eq!(serde_json::from_str::<Because>(&stored).unwrap(), because);
            let words = because.words(&locale, &names);
            assert!(!words.contains('⟦') && !words.contains("{ "), "{words}");
        }
        for key in
            Cause::ALL.iter().flat_map(|cause| ["person", "pool"].map(|at| format!("assigned-{}-{at}", cause.code())))
        {
            assert!(i18n::messages(language).iter().any(|(known, _)| *known == key), "{key}");
        }
    }
    let english = Locale::new(Language::En, "Europe/Warsaw");
    let says = |reason: &Reason| Because::of(reason, Some(ids[0])).words(&english, &names);
    assert_eq!(says(&Reason::Substitute { of: ids[0], by: ids[1] }), "Ben stands in for Ann.");
    assert_eq!(says(&Reason::OverCap { person: ids[0], used: 41, cap: 40 }), "Ann has 41 cases today and takes 40.");
    let least = Reason::LeastLoaded { level: Level::SALES_MANAGER, weight: 3, among: 2 };
    assert_eq!(says(&least), "Sales manager: the least to do, 3 today, among 2 people with room.");
}
