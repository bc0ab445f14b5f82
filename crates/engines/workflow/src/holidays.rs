//! Public holidays as data: rules that give the dates of any year, and the nation-wide sets of some countries.
//!
//! Holidays of one state, canton or region, and days proclaimed for one year (a coronation), are no rules: they belong into
//! [`crate::WorkingCalendar::holidays`].

use jiff::civil::Weekday;
use kernel::{Country, Date};

/// A holiday that comes back every year, from its first year to its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HolidayRule {
    /// On which day.
    pub on: OnDay,
    /// The first year in which it is one.
    pub first_year: i16,
    /// The last year in which it is one.
    pub last_year: i16,
}

/// The day of the year on which a holiday falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDay {
    /// The same date every year.
    Fixed {
        /// 1 to 12.
        month: i8,
        /// 1 to 31.
        day: i8,
    },
    /// The same date every year, and another day off when it falls on a weekend.
    Substituted {
        /// 1 to 12.
        month: i8,
        /// 1 to 31.
        day: i8,
        /// Days from a Saturday to its substitute.
        saturday: i8,
        /// Days from a Sunday to its substitute.
        sunday: i8,
    },
    /// So many days after Easter Sunday of the western churches.
    Easter {
        /// Negative: before.
        days: i16,
    },
    /// The first, second, ... such weekday of a month.
    Nth {
        /// 1 to 12.
        month: i8,
        /// The weekday.
        weekday: Weekday,
        /// 1 is the first, -1 the last.
        nth: i8,
    },
}

impl HolidayRule {
    /// A rule for all years.
    pub const fn always(on: OnDay) -> Self {
        Self { on, first_year: i16::MIN, last_year: i16::MAX }
    }

    /// The same rule, from this year on.
    pub const fn since(self, first_year: i16) -> Self {
        Self { first_year, ..self }
    }

    /// The same rule, for the last time in this year.
    pub const fn until(self, last_year: i16) -> Self {
        Self { last_year, ..self }
    }

    /// Whether it makes this date a holiday.
    pub fn falls_on(&self, date: Date) -> bool {
        let civil = date.civil();
        (self.first_year..=self.last_year).contains(&civil.year()) && self.on.is(date)
    }

    /// Its dates in a year, ascending.
    pub fn dates(&self, year: i16) -> Vec<Date> {
        let Some(first) = Date::new(year, 1, 1) else { return Vec::new() };
        let days = (0..366).map(|day| first.plus_days(day)).filter(|date| date.civil().year() == year);
        days.filter(|date| self.falls_on(*date)).collect()
    }

    /// Whether there is a year in which it falls on a date.
    pub(crate) fn ever_falls(&self) -> bool {
        // Weekdays of dates repeat after 28 years within a century, and leap days are among them.
        let last = self.last_year.min(self.first_year.clamp(1_900, 9_900).saturating_add(27));
        (self.first_year.max(1_900)..=last).any(|year| !self.dates(year).is_empty())
    }
}

impl OnDay {
    fn is(self, date: Date) -> bool {
        let civil = date.civil();
        match self {
            Self::Fixed { month, day } => (civil.month(), civil.day()) == (month, day),
            Self::Substituted { month, day, saturday, sunday } => {
                let Some(own) = Date::new(civil.year(), month, day) else { return false };
                let moved = match own.civil().weekday() {
                    Weekday::Saturday => saturday,
                    Weekday::Sunday => sunday,
                    _ => 0,
                };
                own == date || own.plus_days(i64::from(moved)) == date
            }
            Self::Easter { days } => {
                easter(civil.year()).is_some_and(|easter| easter.plus_days(i64::from(days)) == date)
            }
            Self::Nth { month, weekday, nth } => {
                let (before, after) = (civil.day() - 1, civil.days_in_month() - civil.day());
                civil.month() == month
                    && civil.weekday() == weekday
                    && (before / 7 + 1 == nth || -(after / 7 + 1) == nth)
            }
        }
    }
}

/// Easter Sunday of the western churches, 1583 to 9999. The Meeus/Jones/Butcher algorithm, see Wikipedia, 'Date of
/// Easter', section 'Anonymous Gregorian algorithm'; the letters are those of the article.
pub fn easter(year: i16) -> Option<Date> {
    if !(1583..=9999).contains(&year) {
        return None;
    }
    let year_number = i32::from(year);
    let (a, b, c) = (year_number % 19, year_number / 100, year_number % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?)
}

/// The nation-wide public holidays of a country as they are today, with their changes since about 2015. `None`: not known
/// here.
pub fn national(country: &Country) -> Option<&'static [HolidayRule]> {
    match country.as_str() {
        "DE" => Some(GERMANY),
        "PL" => Some(POLAND),
        "NO" => Some(NORWAY),
        "GB" => Some(UNITED_KINGDOM),
        "CZ" => Some(CZECHIA),
        "EE" => Some(ESTONIA),
        "LT" => Some(LITHUANIA),
        "SK" => Some(SLOVAKIA),
        _ => None,
    }
}

const fn fixed(month: i8, day: i8) -> HolidayRule {
    HolidayRule::always(OnDay::Fixed { month, day })
}

const fn from_easter(days: i16) -> HolidayRule {
    HolidayRule::always(OnDay::Easter { days })
}

const fn nth(month: i8, weekday: Weekday, nth: i8) -> HolidayRule {
    HolidayRule::always(OnDay::Nth { month, weekday, nth })
}

const fn substituted(month: i8, day: i8, saturday: i8, sunday: i8) -> HolidayRule {
    HolidayRule::always(OnDay::Substituted { month, day, saturday, sunday })
}

const MAUNDY_THURSDAY: HolidayRule = from_easter(-3);
const GOOD_FRIDAY: HolidayRule = from_easter(-2);
const EASTER_SUNDAY: HolidayRule = from_easter(0);
const EASTER_MONDAY: HolidayRule = from_easter(1);
const ASCENSION: HolidayRule = from_easter(39);
const WHIT_SUNDAY: HolidayRule = from_easter(49);
const WHIT_MONDAY: HolidayRule = from_easter(50);
const CORPUS_CHRISTI: HolidayRule = from_easter(60);

/// The nine days on which all states' laws agree, 3 October by the Einigungsvertrag, art. 2; Wikipedia, 'Public holidays in
/// Germany'. 31 October 2017 was proclaimed once.
const GERMANY: &[HolidayRule] = &[
    fixed(1, 1),
    GOOD_FRIDAY,
    EASTER_MONDAY,
    fixed(5, 1),
    ASCENSION,
    WHIT_MONDAY,
    fixed(10, 3),
    fixed(12, 25),
    fixed(12, 26),
    HolidayRule { on: OnDay::Fixed { month: 10, day: 31 }, first_year: 2017, last_year: 2017 },
];

/// Ustawa z dnia 18 stycznia 1951 r. o dniach wolnych od pracy, art. 1; Christmas Eve since 2025. Sundays apart.
const POLAND: &[HolidayRule] = &[
    fixed(1, 1),
    fixed(1, 6).since(2011),
    EASTER_SUNDAY,
    EASTER_MONDAY,
    fixed(5, 1),
    fixed(5, 3),
    WHIT_SUNDAY,
    CORPUS_CHRISTI,
    fixed(8, 15),
    fixed(11, 1),
    fixed(11, 11),
    fixed(12, 24).since(2025),
    fixed(12, 25),
    fixed(12, 26),
];

/// Lov om helligdager og helligdagsfred (LOV-1995-02-24-12) § 2, and LOV-1947-04-26-1 for 1 and 17 May.
const NORWAY: &[HolidayRule] = &[
    fixed(1, 1),
    MAUNDY_THURSDAY,
    GOOD_FRIDAY,
    EASTER_SUNDAY,
    EASTER_MONDAY,
    fixed(5, 1),
    fixed(5, 17),
    ASCENSION,
    WHIT_SUNDAY,
    WHIT_MONDAY,
    fixed(12, 25),
    fixed(12, 26),
];

/// Bank holidays that England, Wales, Scotland and Northern Ireland share, with their substitutes: Banking and Financial
/// Dealings Act 1971, Schedule 1; Wikipedia, 'Public holidays in the United Kingdom'. Easter Monday and the August bank
/// holiday are not the same in Scotland. The early May holiday of 2020 and the spring holiday of 2022 were moved by
/// proclamation.
const UNITED_KINGDOM: &[HolidayRule] = &[
    substituted(1, 1, 2, 1),
    GOOD_FRIDAY,
    nth(5, Weekday::Monday, 1).until(2019),
    HolidayRule { on: OnDay::Fixed { month: 5, day: 8 }, first_year: 2020, last_year: 2020 },
    nth(5, Weekday::Monday, 1).since(2021),
    nth(5, Weekday::Monday, -1).until(2021),
    HolidayRule { on: OnDay::Fixed { month: 6, day: 2 }, first_year: 2022, last_year: 2022 },
    nth(5, Weekday::Monday, -1).since(2023),
    substituted(12, 25, 2, 2),
    substituted(12, 26, 2, 2),
];

/// Zákon č. 245/2000 Sb. § 1 and 2; Good Friday since 2016.
const CZECHIA: &[HolidayRule] = &[
    fixed(1, 1),
    GOOD_FRIDAY.since(2016),
    EASTER_MONDAY,
    fixed(5, 1),
    fixed(5, 8),
    fixed(7, 5),
    fixed(7, 6),
    fixed(9, 28),
    fixed(10, 28),
    fixed(11, 17),
    fixed(12, 24),
    fixed(12, 25),
    fixed(12, 26),
];

/// Pühade ja tähtpäevade seadus (RT I 1998, 13, 162) § 1 and 2.
const ESTONIA: &[HolidayRule] = &[
    fixed(1, 1),
    fixed(2, 24),
    GOOD_FRIDAY,
    EASTER_SUNDAY,
    fixed(5, 1),
    WHIT_SUNDAY,
    fixed(6, 23),
    fixed(6, 24),
    fixed(8, 20),
    fixed(12, 24),
    fixed(12, 25),
    fixed(12, 26),
];

/// Lietuvos Respublikos darbo kodeksas, str. 123; 2 November since 2020.
const LITHUANIA: &[HolidayRule] = &[
    fixed(1, 1),
    fixed(2, 16),
    fixed(3, 11),
    EASTER_SUNDAY,
    EASTER_MONDAY,
    fixed(5, 1),
    nth(5, Weekday::Sunday, 1),
    nth(6, Weekday::Sunday, 1),
    fixed(6, 24),
    fixed(7, 6),
    fixed(8, 15),
    fixed(11, 1),
    fixed(11, 2).since(2020),
    fixed(12, 24),
    fixed(12, 25),
    fixed(12, 26),
];

/// Zákon č. 241/1993 Z. z. § 1 and 2: 1 September is worked since 2024, 17 November since 2025, 8 May and 15 September in
/// 2026.
const SLOVAKIA: &[HolidayRule] = &[
    fixed(1, 1),
    fixed(1, 6),
    GOOD_FRIDAY,
    EASTER_MONDAY,
    fixed(5, 1),
    fixed(5, 8).until(2025),
    fixed(5, 8).since(2027),
    fixed(7, 5),
    fixed(8, 29),
    fixed(9, 1).until(2023),
    fixed(9, 15).until(2025),
    fixed(9, 15).since(2027),
    fixed(11, 1),
    fixed(11, 17).until(2024),
    fixed(12, 24),
    fixed(12, 25),
    fixed(12, 26),
];
