//! Working time by hand-made examples, and against a model that looks at every minute.

use std::collections::BTreeMap;

use kernel::{Country, Date, Instant, TimeZone};
use proptest::prelude::*;
use workflow::{CalendarFault, HolidayRule, OnDay, Span, WorkingCalendar, easter, national};

fn at(text: &str) -> Instant {
    Instant::parse(text).expect("a test value")
}

fn date(text: &str) -> Date {
    Date::parse(text).expect("a test value")
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).expect("a test value")
}

fn office(zone_name: &str, country: &str) -> WorkingCalendar {
    let rules = national(&Country::parse(country).expect("a test value")).expect("a test value");
    WorkingCalendar::weekdays(zone(zone_name), Span::hours(8, 17), rules)
}

fn always(zone_name: &str) -> WorkingCalendar {
    WorkingCalendar { week: std::array::from_fn(|_| vec![Span::hours(0, 24)]), ..office(zone_name, "PL") }
}

#[test]
fn promises_run_in_working_hours() {
    let calendar = office("Europe/Warsaw", "PL");
    let cases = [
        // Friday 10:00, 16:00 and 22:00, Saturday noon, Monday 07:00: as the desk hours that came before.
        ("2026-11-20T09:00:00Z", 120, "2026-11-20T11:00:00Z"),
        ("2026-11-20T15:00:00Z", 120, "2026-11-23T08:00:00Z"),
        ("2026-11-20T21:00:00Z", 120, "2026-11-23T09:00:00Z"),
        ("2026-11-21T11:00:00Z", 60, "2026-11-23T08:00:00Z"),
        ("2026-11-23T06:00:00Z", 480, "2026-11-23T15:00:00Z"),
        // Exactly until closing time, and one minute more.
        ("2026-11-23T06:00:00Z", 540, "2026-11-23T16:00:00Z"),
        ("2026-11-23T06:00:00Z", 541, "2026-11-24T07:01:00Z"),
        ("2026-11-23T06:00:00Z", 0, "2026-11-23T06:00:00Z"),
        // Over Independence Day, Wednesday 11 November, and over Christmas from Eve (Thursday) to Sunday.
        ("2026-11-10T15:00:00Z", 120, "2026-11-12T08:00:00Z"),
        ("2026-12-23T15:30:00Z", 60, "2026-12-28T07:30:00Z"),
        // The clock goes forward on Sunday 29 March: 16:30 in winter time, 08:30 in summer time.
        ("2026-03-27T15:30:00Z", 60, "2026-03-30T06:30:00Z"),
    ];
    for (from, minutes, promised) in cases {
        assert_eq!(calendar.after_working_minutes(at(from), minutes).to_rfc3339(), promised, "{from} + {minutes}");
    }
}

#[test]
fn the_hour_that_is_skipped_or_repeated_counts_as_it_happens() {
    let day = |calendar: &WorkingCalendar, from: &str, until: &str| calendar.open_minutes_between(at(from), at(until));
    let mut warsaw = always("Europe/Warsaw");
    assert_eq!(day(&warsaw, "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"), 23 * 60);
    assert_eq!(day(&warsaw, "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"), 25 * 60);
    // Half past two to four, while the clock goes back from three to two: 30 minutes, closed for 30, then 90.
    warsaw.exceptions.insert(date("2026-10-25"), vec![Span { from: 150, to: 240 }]);
    assert_eq!(day(&warsaw, "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"), 120);
    assert!(warsaw.is_open(at("2026-10-25T00:45:00Z")));
    assert!(!warsaw.is_open(at("2026-10-25T01:15:00Z")));
    assert!(warsaw.is_open(at("2026-10-25T01:30:00Z")));
    // In Samoa there was no 30 December 2011.
    assert_eq!(day(&always("Pacific/Apia"), "2011-12-29T10:00:00Z", "2011-12-31T10:00:00Z"), 48 * 60);
}

#[test]
fn dates_of_their_own_go_before_rules_and_rules_before_the_week() {
    let mut calendar = office("Europe/Berlin", "DE");
    let noon = |day: &str| at(&format!("{day}T11:00:00Z"));
    assert!(!calendar.is_open(noon("2026-12-25")));
    assert!(calendar.is_open(noon("2026-12-24")));
    calendar.holidays.insert(date("2026-12-24"), vec![Span::hours(8, 12)]);
    assert_eq!(calendar.open_minutes_between(noon("2026-12-23"), noon("2026-12-24")), 5 * 60 + 4 * 60);
    assert!(!calendar.is_open(noon("2026-12-24")));
    calendar.exceptions.insert(date("2026-12-24"), vec![Span::hours(12, 13)]);
    calendar.exceptions.insert(date("2026-12-26"), vec![Span::hours(8, 17)]);
    assert!(calendar.is_open(noon("2026-12-24")));
    assert!(calendar.is_open(noon("2026-12-26")));
    assert_eq!(calendar.next_open(noon("2026-12-25")), Some(at("2026-12-26T07:00:00Z")));
    assert_eq!(calendar.next_open(noon("2026-12-24")), Some(noon("2026-12-24")));
}

#[test]
fn a_calendar_that_never_opens_still_ends() {
    let closed = WorkingCalendar { week: Default::default(), ..office("Europe/Berlin", "DE") };
    let now = at("2026-11-22T00:00:00Z");
    assert_eq!(closed.faults(), [CalendarFault::NeverOpen]);
    assert_eq!(closed.next_open(now), None);
    assert_eq!(closed.open_minutes_between(now, now.plus(i64::MAX)), 0);
    assert_eq!(closed.after_working_minutes(now, 30), now.plus(92 * Instant::DAY + 30 * Instant::MINUTE));
    let longest = closed.after_working_minutes(now, u32::MAX);
    assert_eq!(longest, now.plus(92 * Instant::DAY + i64::from(u32::MAX) * Instant::MINUTE));
}

#[test]
fn faults_are_named() {
    assert_eq!(office("Europe/Berlin", "DE").faults(), []);
    for country in ["PL", "NO", "GB", "CZ", "EE", "LT", "SK"] {
        assert_eq!(office("Europe/Berlin", country).faults(), [], "{country}");
    }
    let never = HolidayRule::always(OnDay::Fixed { month: 2, day: 30 });
    let leap = HolidayRule::always(OnDay::Fixed { month: 2, day: 29 });
    let mut calendar = WorkingCalendar::weekdays(zone("Europe/Berlin"), Span::hours(8, 17), &[never, leap]);
    let (late, empty) = (Span::hours(16, 18), Span { from: 600, to: 1_441 });
    calendar.week[0].push(late);
    calendar.week[6] = vec![empty];
    let expected = [
        CalendarFault::SpansOverlap(Span::hours(8, 17), late),
        CalendarFault::SpanEmpty(empty),
        CalendarFault::RuleNeverFalls(never),
    ];
    assert_eq!(calendar.faults(), expected);
}

#[test]
fn easter_by_the_tables() {
    let known = [
        "1583-04-10",
        "1818-03-22",
        "1943-04-25",
        "1954-04-18",
        "1981-04-19",
        "2000-04-23",
        "2008-03-23",
        "2011-04-24",
        "2016-03-27",
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2027-03-28",
        "2030-04-21",
        "2038-04-25",
        "2285-03-22",
    ];
    for day in known {
        let day = date(day);
        assert_eq!(easter(day.civil().year()), Some(day));
    }
    assert_eq!((easter(1582), easter(-4)), (None, None));
}

fn holidays(country: &str, year: i16) -> String {
    let rules = national(&Country::parse(country).expect("a test value")).expect("a test value");
    let mut dates: Vec<_> = rules.iter().flat_map(|rule| rule.dates(year)).collect();
    dates.sort();
    dates.dedup();
    let dates = dates.iter().map(|date| format!("{:02}-{:02}", date.civil().month(), date.civil().day()));
    dates.collect::<Vec<_>>().join(" ")
}

#[test]
fn national_holidays_of_known_years() {
    let known = [
        ("DE", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26"),
        ("DE", 2017, "01-01 04-14 04-17 05-01 05-25 06-05 10-03 10-31 12-25 12-26"),
        ("PL", 2024, "01-01 01-06 03-31 04-01 05-01 05-03 05-19 05-30 08-15 11-01 11-11 12-25 12-26"),
        ("PL", 2026, "01-01 01-06 04-05 04-06 05-01 05-03 05-24 06-04 08-15 11-01 11-11 12-24 12-25 12-26"),
        ("NO", 2026, "01-01 04-02 04-03 04-05 04-06 05-01 05-14 05-17 05-24 05-25 12-25 12-26"),
        // gov.uk/bank-holidays: 2021 with 27 and 28 December, 2022 with 3 January and 27 December as substitutes.
        ("GB", 2020, "01-01 04-10 05-08 05-25 12-25 12-26 12-28"),
        ("GB", 2021, "01-01 04-02 05-03 05-31 12-25 12-26 12-27 12-28"),
        ("GB", 2022, "01-01 01-03 04-15 05-02 06-02 12-25 12-26 12-27"),
        ("GB", 2026, "01-01 04-03 05-04 05-25 12-25 12-26 12-28"),
        ("CZ", 2015, "01-01 04-06 05-01 05-08 07-05 07-06 09-28 10-28 11-17 12-24 12-25 12-26"),
        ("CZ", 2026, "01-01 04-03 04-06 05-01 05-08 07-05 07-06 09-28 10-28 11-17 12-24 12-25 12-26"),
        ("EE", 2026, "01-01 02-24 04-03 04-05 05-01 05-24 06-23 06-24 08-20 12-24 12-25 12-26"),
        ("LT", 2026, "01-01 02-16 03-11 04-05 04-06 05-01 05-03 06-07 06-24 07-06 08-15 11-01 11-02 12-24 12-25 12-26"),
        ("SK", 2023, "01-01 01-06 04-07 04-10 05-01 05-08 07-05 08-29 09-01 09-15 11-01 11-17 12-24 12-25 12-26"),
        ("SK", 2026, "01-01 01-06 04-03 04-06 05-01 07-05 08-29 11-01 12-24 12-25 12-26"),
    ];
    for (country, year, dates) in known {
        assert_eq!(holidays(country, year), dates, "{country} {year}");
    }
    assert!(national(&Country::parse("XX").expect("a test value")).is_none());
}

const ZONES: [&str; 6] =
    ["Europe/Warsaw", "America/Santiago", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "Africa/Cairo"];

fn any_spans() -> impl Strategy<Value = Vec<Span>> {
    prop::collection::vec((0_u16..1_500, 0_u16..1_500).prop_map(|(from, to)| Span { from, to }), 0..3)
}

/// Calendars with spans that overlap, are empty or too long, in zones with odd changes, around one of those changes.
fn any_calendar() -> impl Strategy<Value = (WorkingCalendar, i64)> {
    let week = prop::array::uniform7(any_spans());
    let days = || prop::collection::btree_map(0_i64..8, any_spans(), 0..3);
    // The northern and southern changes of 2026, and Samoa's missing day.
    let around = prop::sample::select(vec!["2026-03-28", "2026-04-04", "2026-09-05", "2026-10-24", "2011-12-29"]);
    (week, prop::sample::select(&ZONES[..]), days(), days(), around).prop_map(
        |(week, name, holidays, exceptions, day)| {
            let first = date(day);
            let dated = |days: BTreeMap<i64, Vec<Span>>| {
                days.into_iter().map(|(day, spans)| (first.plus_days(day), spans)).collect::<BTreeMap<_, _>>()
            };
            let (holidays, exceptions) = (dated(holidays), dated(exceptions));
            let rules = vec![HolidayRule::always(OnDay::Easter { days: 0 })];
            let start = first.midnight().micros();
            (WorkingCalendar { zone: zone(name), week, rules, holidays, exceptions }, start)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn agrees_with_a_look_at_every_minute((calendar, start) in any_calendar(), from in 0_i64..4_000, long in 0_i64..2_000) {
        let minute = |n: i64| Instant::from_micros(start + n * Instant::MINUTE);
        let open: Vec<i64> = (from..from + long).filter(|n| reads_open(&calendar, minute(*n))).collect();
        for n in from..from + long {
            prop_assert_eq!(calendar.is_open(minute(n)), reads_open(&calendar, minute(n)));
        }
        prop_assert_eq!(calendar.open_minutes_between(minute(from), minute(from + long)), open.len() as i64);
        if let Some(first) = open.first() {
            prop_assert_eq!(calendar.next_open(minute(from)), Some(minute(*first)));
        }
        for (passed, n) in open.iter().enumerate().step_by(97) {
            let promised = calendar.after_working_minutes(minute(from), passed as u32 + 1);
            prop_assert_eq!(promised, minute(n + 1));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn working_time_adds_up((calendar, start) in any_calendar(), mut micros in prop::array::uniform3(0_i64..40 * Instant::DAY), a in 0_u32..3_000, b in 0_u32..3_000) {
        micros.sort();
        let [x, y, z] = micros.map(|micros| Instant::from_micros(start + micros));
        prop_assert_eq!(calendar.open_between(x, y) + calendar.open_between(y, z), calendar.open_between(x, z));
        prop_assert!((0..=z.since(x)).contains(&calendar.open_between(x, z)));
        prop_assert_eq!(calendar.open_between(z, x), 0);
        let once = calendar.after_working_minutes(x, a + b);
        if once.since(x) < WorkingCalendar::HORIZON_DAYS * Instant::DAY {
            prop_assert_eq!(calendar.after_working_minutes(calendar.after_working_minutes(x, a), b), once);
            prop_assert_eq!(calendar.open_between(x, once), i64::from(a + b) * Instant::MINUTE);
        }
    }

    #[test]
    fn later_starts_and_longer_work_end_no_earlier((calendar, start) in any_calendar(), x in 0_i64..200 * Instant::DAY, more in 0_i64..200 * Instant::DAY, a in 0_u32..200_000, b in 0_u32..200_000) {
        let (x, y) = (Instant::from_micros(start + x), Instant::from_micros(start + x + more));
        prop_assert!(calendar.after_working_minutes(x, a) <= calendar.after_working_minutes(y, a));
        prop_assert!(calendar.after_working_minutes(x, a.min(b)) <= calendar.after_working_minutes(x, a.max(b)));
        prop_assert!(calendar.after_working_minutes(x, a + 1) > x);
    }

    #[test]
    fn any_moment_will_do((calendar, _) in any_calendar(), x in any::<i64>(), y in any::<i64>(), minutes in any::<u32>()) {
        let (x, y) = (Instant::from_micros(x), Instant::from_micros(y));
        for x in [x, Instant::from_micros(i64::MIN), Instant::from_micros(i64::MAX)] {
            prop_assert!(calendar.after_working_minutes(x, minutes) >= x);
            prop_assert!(calendar.open_between(x, x.plus(Instant::DAY)) <= Instant::DAY);
            prop_assert!(calendar.next_open(x).is_none_or(|next| next >= x && calendar.is_open(next)));
        }
        prop_assert!(calendar.open_minutes_between(y, y.plus(-1)) == 0);
    }
}

/// What somebody sees who looks at the clock on the wall.
fn reads_open(calendar: &WorkingCalendar, at: Instant) -> bool {
    let local = calendar.zone.to_datetime(jiff::Timestamp::from_microsecond(at.micros()).expect("a test value"));
    let day = Date::new(local.year(), local.month(), local.day()).expect("a test value");
    let minute = local.hour() as u16 * 60 + local.minute() as u16;
    let weekday = local.weekday().to_monday_zero_offset() as usize;
    let is_holiday = easter(day.civil().year()) == Some(day);
    let usual = if is_holiday { &[][..] } else { &calendar.week[weekday][..] };
    let dated = calendar.exceptions.get(&day).or_else(|| calendar.holidays.get(&day));
    let spans = dated.map_or(usual, Vec::as_slice);
    spans.iter().any(|span| span.from <= minute && minute < span.to)
}
