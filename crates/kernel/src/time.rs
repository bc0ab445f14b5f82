//! Instants and dates. There is no clock here: 'now' comes in with [`crate::Ctx`].

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// A moment in UTC, in microseconds since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(i64);

impl Instant {
    /// Microseconds in one second, minute, hour and day.
    pub const SECOND: i64 = 1_000_000;
    /// Microseconds in one minute.
    pub const MINUTE: i64 = 60 * Self::SECOND;
    /// Microseconds in one hour.
    pub const HOUR: i64 = 60 * Self::MINUTE;
    /// Microseconds in one day of 24 hours.
    pub const DAY: i64 = 24 * Self::HOUR;

    /// A moment from microseconds since 1970-01-01 UTC.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since 1970-01-01 UTC.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// This moment moved by `micros`; stops at the ends of time instead of wrapping.
    pub const fn plus(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros))
    }

    /// Microseconds from `earlier` to this moment.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The calendar date in a time zone; at the ends of the calendar the date in UTC.
    pub fn date_in(self, zone: &TimeZone) -> Date {
        let Ok(timestamp) = jiff::Timestamp::from_microsecond(self.0) else { return self.date() };
        let local = zone.to_datetime(timestamp);
        Date::new(local.year(), local.month(), local.day()).unwrap_or_else(|| self.date())
    }

    /// The calendar date in UTC.
    pub fn date(self) -> Date {
        let days = self.0.div_euclid(Self::DAY);
        Date::from_days(days)
    }

    /// RFC 3339 text in UTC with second precision, e.g. `2026-11-27T16:00:00Z`.
    pub fn to_rfc3339(self) -> String {
        let seconds = self.0.div_euclid(Self::SECOND);
        jiff::Timestamp::from_second(seconds).map_or_else(|_| "out of range".into(), |t| t.to_string())
    }

    /// Parses RFC 3339 text.
    pub fn parse(text: &str) -> Option<Self> {
        text.trim().parse::<jiff::Timestamp>().ok().map(|t| Self(t.as_microsecond()))
    }
}

/// A calendar date without time or zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Date(jiff::civil::Date);

impl Date {
    const EPOCH: jiff::civil::Date = jiff::civil::date(1970, 1, 1);

    /// The date with this year, month and day, if there is one.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, day).ok().map(Self)
    }

    /// Parses ISO 8601 text such as `2026-11-27`.
    pub fn parse(text: &str) -> Option<Self> {
        text.trim().parse().ok().map(Self)
    }

    /// Years that a date can have which somebody enters; whatever lies outside is a slip.
    pub const YEARS_ENTERED: std::ops::RangeInclusive<i16> = 1990..=2100;

    /// The date that somebody entered, in ISO form: `0026-12-01` is none.
    pub fn entered(text: &str) -> Option<Self> {
        Self::parse(text).filter(|date| Self::YEARS_ENTERED.contains(&date.0.year()))
    }

    /// Days since 1970-01-01; this is how dates are stored.
    pub fn days(self) -> i64 {
        i64::from(self.0.since(Self::EPOCH).map_or(0, |span| span.get_days()))
    }

    /// The date `days` days after 1970-01-01; days out of range stop at the ends of the calendar.
    pub fn from_days(days: i64) -> Self {
        let span = jiff::Span::new().try_days(days).ok().and_then(|s| Self::EPOCH.checked_add(s).ok());
        Self(span.unwrap_or(if days < 0 { jiff::civil::Date::MIN } else { jiff::civil::Date::MAX }))
    }

    /// The date `days` days later (earlier when negative).
    pub fn plus_days(self, days: i64) -> Self {
        Self::from_days(self.days() + days)
    }

    /// Midnight UTC at the start of this date.
    pub fn midnight(self) -> Instant {
        Instant(self.days().saturating_mul(Instant::DAY))
    }

    /// The calendar value, for formatting.
    pub fn civil(self) -> jiff::civil::Date {
        self.0
    }

    /// Monday to Friday.
    pub fn is_weekday(self) -> bool {
        !matches!(self.0.weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday)
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_instants_agree() {
        let date = Date::parse("2026-11-21").unwrap();
        assert_eq!(Date::from_days(date.days()), date);
        assert_eq!(date.midnight().plus(Instant::HOUR).date(), date);
        assert_eq!(Date::parse("1969-12-31").unwrap().days(), -1);
        assert_eq!(date.midnight().to_rfc3339(), "2026-11-21T00:00:00Z");
        assert_eq!(Instant::parse("2026-11-21T00:00:00Z"), Some(date.midnight()));
        assert_eq!(Date::parse("2026-02-30"), None);
        assert!(!date.is_weekday());
    }
}
