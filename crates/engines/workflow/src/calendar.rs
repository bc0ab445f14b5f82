//! Working time: when a desk is open, and when so much working time has passed.
//!
//! Open is every moment at which the clock on the wall, in the calendar's zone, reads a time within a span of its date. An
//! hour that the clock repeats in autumn counts twice, an hour that it skips in spring does not count. Time is walked in
//! stretches of one date and one UTC offset, so every zone is counted exactly, those that change at midnight too.

use std::{collections::BTreeMap, ops::ControlFlow};

use kernel::{Date, Instant, TimeZone};

use crate::holidays::HolidayRule;

/// An opening span in minutes of the local clock: `from` is open, `to` no longer. 480 to 1,020 is 8 to 17 o'clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First open minute of the day, 0 to 1,439.
    pub from: u16,
    /// First minute that is closed again, at most [`Span::DAY`].
    pub to: u16,
}

impl Span {
    /// Minutes on the clock of one day.
    pub const DAY: u16 = 1_440;

    /// A span of whole hours: `hours(8, 17)`.
    pub const fn hours(from: u8, to: u8) -> Self {
        Self { from: from as u16 * 60, to: to as u16 * 60 }
    }
}

/// When a person or a desk works. What is open on a date is decided by the first of these that knows the date:
/// exceptions, holidays, rules (closed all day), week.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkingCalendar {
    /// The zone of the clock on the wall.
    pub zone: TimeZone,
    /// Opening spans from Monday to Sunday.
    pub week: [Vec<Span>; 7],
    /// Public holidays that come back by a rule, such as [`crate::national`].
    pub rules: Vec<HolidayRule>,
    /// Holidays by date with what is open nevertheless: nothing, or a half day.
    pub holidays: BTreeMap<Date, Vec<Span>>,
    /// Days that differ from all of the above, such as a Saturday that is worked.
    pub exceptions: BTreeMap<Date, Vec<Span>>,
}

/// What is wrong with a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalendarFault {
    /// No weekday has an opening span.
    NeverOpen,
    /// A span ends before it begins, or after the day.
    SpanEmpty(Span),
    /// Two spans of one day overlap; both count, but only once.
    SpansOverlap(Span, Span),
    /// A rule that falls on no date, such as 30 February.
    RuleNeverFalls(HolidayRule),
}

impl WorkingCalendar {
    /// How far ahead working time is looked for, in days. What a calendar has not given by then runs by the plain clock
    /// from there on, so that even a calendar that never opens gives a time.
    pub const HORIZON_DAYS: i64 = 92;
    /// The longest time that [`Self::open_between`] counts, in days from its start.
    pub const COUNTED_DAYS: i64 = 3_660;

    /// Monday to Friday within one span, with these holidays.
    pub fn weekdays(zone: TimeZone, span: Span, rules: &[HolidayRule]) -> Self {
        let week = std::array::from_fn(|day| if day < 5 { vec![span] } else { Vec::new() });
        let (holidays, exceptions) = (BTreeMap::new(), BTreeMap::new());
        Self { zone, week, rules: rules.to_vec(), holidays, exceptions }
    }

    /// Whether the desk is open at this moment.
    pub fn is_open(&self, at: Instant) -> bool {
        let stretch = self.stretch(at.micros(), i64::MAX);
        let minute = stretch.clock / Instant::MINUTE;
        let reads = |span: &Span| (i64::from(span.from)..i64::from(span.to)).contains(&minute);
        self.spans_on(stretch.date()).iter().any(reads)
    }

    /// Open time from `from` to `until` in microseconds; 0 when `until` is not later. Counts [`Self::COUNTED_DAYS`] at
    /// most.
    pub fn open_between(&self, from: Instant, until: Instant) -> i64 {
        let until = until.min(from.plus(Self::COUNTED_DAYS * Instant::DAY));
        let mut open = 0_i64;
        self.walk(from.micros(), until.micros(), |start, end| {
            open = open.saturating_add(end - start);
            ControlFlow::<()>::Continue(())
        });
        open
    }

    /// [`Self::open_between`] in whole minutes, rounded down.
    pub fn open_minutes_between(&self, from: Instant, until: Instant) -> i64 {
        self.open_between(from, until) / Instant::MINUTE
    }

    /// The first moment by which `minutes` of working time have passed since `from`; `from` itself for none. Later than
    /// `from` otherwise, except at the end of time. After [`Self::HORIZON_DAYS`] the plain clock runs on.
    pub fn after_working_minutes(&self, from: Instant, minutes: u32) -> Instant {
        let mut left = i64::from(minutes) * Instant::MINUTE;
        if left == 0 {
            return from;
        }
        let horizon = from.plus(Self::HORIZON_DAYS * Instant::DAY);
        let reached = self.walk(from.micros(), horizon.micros(), |start, end| {
            if left <= end - start {
                return ControlFlow::Break(Instant::from_micros(start + left));
            }
            left -= end - start;
            ControlFlow::Continue(())
        });
        reached.unwrap_or_else(|| horizon.plus(left))
    }

    /// The first open moment from `from` on, `from` itself included. `None` when the calendar stays closed for
    /// [`Self::HORIZON_DAYS`].
    pub fn next_open(&self, from: Instant) -> Option<Instant> {
        let horizon = from.plus(Self::HORIZON_DAYS * Instant::DAY);
        self.walk(from.micros(), horizon.micros(), |start, _| ControlFlow::Break(Instant::from_micros(start)))
    }

    /// What is wrong with it; empty when it may be used. The other functions also end with a faulty calendar.
    pub fn faults(&self) -> Vec<CalendarFault> {
        let days = self.week.iter().chain(self.holidays.values()).chain(self.exceptions.values());
        let mut faults: Vec<_> = days.flat_map(|spans| span_faults(spans)).collect();
        if self.week.iter().all(|spans| merged(spans).is_empty()) {
            faults.push(CalendarFault::NeverOpen);
        }
        let never = self.rules.iter().filter(|rule| !rule.ever_falls());
        faults.extend(never.map(|rule| CalendarFault::RuleNeverFalls(*rule)));
        faults
    }

    /// Opening spans of a date, ascending and apart from each other.
    fn spans_on(&self, date: Date) -> Vec<Span> {
        if let Some(spans) = self.exceptions.get(&date).or_else(|| self.holidays.get(&date)) {
            return merged(spans);
        }
        // 1970-01-01 was a Thursday.
        let weekday = usize::try_from((date.days() + 3).rem_euclid(7)).unwrap_or(0);
        let spans = self.week.get(weekday).map_or(&[][..], Vec::as_slice);
        if spans.is_empty() || self.rules.iter().any(|rule| rule.falls_on(date)) { Vec::new() } else { merged(spans) }
    }

    /// Calls `visit` with each open interval between two moments, in order, until it breaks.
    fn walk<T>(&self, from: i64, until: i64, mut visit: impl FnMut(i64, i64) -> ControlFlow<T>) -> Option<T> {
        let mut at = from;
        while at < until {
            let stretch = self.stretch(at, until);
            for span in self.spans_on(stretch.date()) {
                let moment = |minute: u16| at.saturating_add(i64::from(minute) * Instant::MINUTE - stretch.clock);
                let (start, end) = (moment(span.from).max(at), moment(span.to).min(stretch.end));
                if start < end
                    && let ControlFlow::Break(found) = visit(start, end)
                {
                    return Some(found);
                }
            }
            at = stretch.end;
        }
        None
    }

    /// The stretch that holds `at`, cut at `until`, which must be later.
    fn stretch(&self, at: i64, until: i64) -> Stretch {
        // Beyond the calendar of years -9999 to 9999 there are no zones.
        let timestamp = jiff::Timestamp::from_microsecond(at).ok();
        let offset = timestamp.map_or(0, |t| i64::from(self.zone.to_offset(t).seconds()) * Instant::SECOND);
        let local = at.saturating_add(offset);
        let (day, clock) = (local.div_euclid(Instant::DAY), local.rem_euclid(Instant::DAY));
        let tomorrow = at.saturating_add(Instant::DAY - clock);
        let change = timestamp.and_then(|t| self.zone.following(t).next()).map(|change| change.timestamp());
        let change = change.map_or(i64::MAX, jiff::Timestamp::as_microsecond);
        // Never at a standstill, also where time itself ends.
        let end = tomorrow.min(change).min(until).max(at.saturating_add(1));
        Stretch { day, clock, end }
    }
}

/// Time of one local date and one UTC offset.
struct Stretch {
    /// Local date in days since 1970-01-01.
    day: i64,
    /// Microseconds that the local clock reads at the beginning.
    clock: i64,
    /// Where it ends, in microseconds UTC.
    end: i64,
}

impl Stretch {
    fn date(&self) -> Date {
        Date::from_days(self.day)
    }
}

/// The same open minutes as spans that ascend and do not overlap; wrong spans are dropped.
fn merged(spans: &[Span]) -> Vec<Span> {
    let mut sorted: Vec<Span> = spans.iter().map(|s| Span { from: s.from, to: s.to.min(Span::DAY) }).collect();
    sorted.retain(|span| span.from < span.to);
    sorted.sort_unstable();
    let mut open: Vec<Span> = Vec::with_capacity(sorted.len());
    for span in sorted {
        match open.last_mut() {
            Some(last) if span.from <= last.to => last.to = last.to.max(span.to),
            _ => open.push(span),
        }
    }
    open
}

fn span_faults(spans: &[Span]) -> Vec<CalendarFault> {
    let wrong = spans.iter().filter(|span| span.from >= span.to || span.to > Span::DAY);
    let mut faults: Vec<_> = wrong.map(|span| CalendarFault::SpanEmpty(*span)).collect();
    let mut sorted = spans.to_vec();
    sorted.sort_unstable();
    let overlaps = sorted.windows(2).filter_map(|pair| match pair {
        [a, b] if b.from < a.to => Some(CalendarFault::SpansOverlap(*a, *b)),
        _ => None,
    });
    faults.extend(overlaps);
    faults
}
