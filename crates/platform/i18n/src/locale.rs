//! A reader's language and time zone.

use jiff::civil;
use jiff::tz::TimeZone;
use kernel::{Amount, Date, FieldError, Instant, Notation, Quantity, Rate, UnitPrice};

use crate::catalogue::{self, Arg};
use crate::format::{NO_BREAK_SPACE, Symbols};
use crate::language::Language;

/// The time zone of an IANA name such as `Europe/Warsaw`; UTC when there is no such zone.
pub fn time_zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

/// The values of an error's sentence that are plain decimals.
const NUMBERS: [&str; 10] = ["minimum", "step", "below", "above", "least", "most", "length", "list", "price", "max"];

/// A language and a time zone: all that is needed to speak to one reader. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Locale {
    language: Language,
    zone: TimeZone,
}

impl Locale {
    /// A reader of `language` in the IANA time zone `zone_name`, such as `Europe/Warsaw`; UTC when there is no such zone.
    pub fn new(language: Language, zone_name: &str) -> Self {
        Self { language, zone: time_zone(zone_name) }
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// How this reader writes numbers, and how what the reader types is read.
    pub fn notation(&self) -> Notation {
        self.language.notation()
    }

    /// A reader by the codes that are stored; English when there is no such language.
    pub fn by_codes(language: &str, zone_name: &str) -> Self {
        Self::new(Language::parse(language).unwrap_or_default(), zone_name)
    }

    /// The sentence for a wrong field. Numbers in it are written as this reader would type them.
    pub fn error(&self, error: &FieldError) -> String {
        let written = |(name, value): &(&'static str, String)| {
            let is_number = NUMBERS.contains(name);
            (*name, Arg::from(if is_number { self.decimal(value) } else { value.clone() }))
        };
        let args: Vec<(&str, Arg<'_>)> = error.args.iter().map(written).collect();
        self.text_with(&format!("invalid-{}", error.code), &args)
    }

    /// The IANA name of the time zone.
    pub fn zone_name(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// The message `key`. A message that is missing is taken from English; when it is missing there too, it is logged
    /// once and the key is given in brackets: `⟦key⟧`.
    pub fn text(&self, key: &str) -> String {
        catalogue::text(self.language, key, &[])
    }

    /// The message `key` with values: `text_with("results", &[("count", 22_i64.into())])`.
    pub fn text_with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        catalogue::text(self.language, key, args)
    }

    /// A whole number: `2,000`.
    pub fn number(&self, n: i64) -> String {
        self.decimal(&n.to_string())
    }

    /// Plain decimal text such as `1234.50`, localised: `1,234.50`.
    pub fn decimal(&self, plain: &str) -> String {
        Symbols::of(self.language).decimal(plain)
    }

    /// An amount without its currency: `1,234.50`.
    pub fn amount(&self, a: Amount) -> String {
        self.decimal(&a.to_decimal())
    }

    /// An amount with its currency: `1,234.50 EUR`.
    pub fn money(&self, a: Amount) -> String {
        format!("{} {}", self.amount(a), a.currency().code())
    }

    /// A unit price without its currency, with the currency's decimals at least and six at most: `110.00`, `0.0425`.
    pub fn unit_price(&self, p: UnitPrice) -> String {
        self.decimal(&p.to_decimal())
    }

    /// A quantity without its unit: `2,000`.
    pub fn quantity(&self, q: Quantity) -> String {
        self.decimal(&q.to_decimal())
    }

    /// A quantity with the short name of its unit: `2,000 pc`.
    pub fn quantity_unit(&self, q: Quantity) -> String {
        format!("{} {}", self.quantity(q), self.text(&format!("unit-{}", q.unit().code())))
    }

    /// A rate in percent: `7.5 %`, with a no-break space.
    pub fn percent(&self, r: Rate) -> String {
        format!("{}{NO_BREAK_SPACE}%", self.decimal(&r.to_percent()))
    }

    /// A date: `27 Nov 2026`.
    pub fn date(&self, d: Date) -> String {
        self.text_with("format-date", &self.date_parts(d.civil()))
    }

    /// A day in the near future or past: `Fri 27 Nov`.
    pub fn day(&self, d: Date) -> String {
        self.text_with("format-day", &self.date_parts(d.civil()))
    }

    /// The time of day in the reader's zone: `17:00`.
    pub fn time(&self, i: Instant) -> String {
        clock_time(self.local(i))
    }

    /// A moment in the near future or past, in the reader's zone: `Fri 27 Nov, 17:00`.
    pub fn moment(&self, i: Instant) -> String {
        self.at("format-moment", i)
    }

    /// A moment with its year, in the reader's zone: `Fri 27 Nov 2026, 17:00`.
    pub fn long_moment(&self, i: Instant) -> String {
        self.at("format-long-moment", i)
    }

    /// The date on which the moment falls in the reader's zone.
    pub fn local_date(&self, i: Instant) -> Date {
        i.date_in(&self.zone)
    }

    fn at(&self, key: &str, i: Instant) -> String {
        let local = self.local(i);
        let [weekday, day, month, year] = self.date_parts(local.date());
        self.text_with(key, &[weekday, day, month, year, ("time", clock_time(local).into())])
    }

    /// Moments beyond the calendar (years before -9999 or after 9999) are shown as its ends.
    fn local(&self, i: Instant) -> civil::DateTime {
        let timestamp = jiff::Timestamp::from_microsecond(i.micros()).unwrap_or(if i.micros() < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        });
        self.zone.to_datetime(timestamp)
    }

    fn date_parts(&self, date: civil::Date) -> [(&'static str, Arg<'static>); 4] {
        let weekday = self.text(&format!("weekday-short-{}", date.weekday().to_monday_one_offset()));
        let month = self.text(&format!("month-short-{}", date.month()));
        [
            ("weekday", weekday.into()),
            ("day", date.day().to_string().into()),
            ("month", month.into()),
            ("year", date.year().to_string().into()),
        ]
    }
}

fn clock_time(local: civil::DateTime) -> String {
    format!("{:02}:{:02}", local.hour(), local.minute())
}
