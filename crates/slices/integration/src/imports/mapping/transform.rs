//! What is done with the text of a cell before it is parsed.

use jiff::civil;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use kernel::{Date, DecimalError, Notation};

/// A stable code with the values that its sentence needs.
pub(crate) type Wrong = kernel::WrongValue;

/// One step, written as `name` or `name:argument`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Transform {
    Upper,
    Lower,
    /// Spaces around are always dropped; the step is there to be said.
    Trim,
    Replace(String, String),
    Prefix(String),
    Suffix(String),
    /// What stands before the first of these; all of it when there is none.
    Before(String),
    /// What stands after the first of these; all of it when there is none.
    After(String),
    /// A date or moment in this `strftime` form.
    Date(String),
    Divide(i64),
    Multiply(i64),
}

/// Decimals that a divided number may have.
const DECIMALS: u32 = 6;

impl Transform {
    /// Reads a step; `None` when it makes no sense.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (name, argument) = match text.split_once(':') {
            Some((name, argument)) => (name.trim(), Some(argument)),
            None => (text.trim(), None),
        };
        let some = |argument: Option<&str>| argument.filter(|a| !a.is_empty()).map(str::to_owned);
        let number = |argument: Option<&str>| argument?.trim().parse::<i64>().ok().filter(|n| *n > 0);
        match name {
            "trim" | "upper" | "lower" if argument.is_some() => None,
            "trim" => Some(Self::Trim),
            "upper" => Some(Self::Upper),
            "lower" => Some(Self::Lower),
            "replace" => {
                let (from, to) = argument?.split_once(':')?;
                (!from.is_empty()).then(|| Self::Replace(from.to_owned(), to.to_owned()))
            }
            "prefix" => some(argument).map(Self::Prefix),
            "suffix" => some(argument).map(Self::Suffix),
            "before" => some(argument).map(Self::Before),
            "after" => some(argument).map(Self::After),
            "date" => some(argument).filter(|form| is_form(form)).map(Self::Date),
            "divide" => number(argument).map(Self::Divide),
            "multiply" => number(argument).map(Self::Multiply),
            _ => None,
        }
    }

    /// Does the step. Empty text stays empty.
    pub(crate) fn apply(&self, text: &str, decimal: char, zone: &TimeZone) -> Result<String, Wrong> {
        if text.is_empty() {
            return Ok(String::new());
        }
        Ok(match self {
            Self::Trim => text.trim().to_owned(),
            Self::Upper => text.to_uppercase(),
            Self::Lower => text.to_lowercase(),
            Self::Replace(from, to) => text.replace(from.as_str(), to),
            Self::Prefix(prefix) => format!("{prefix}{text}"),
            Self::Suffix(suffix) => format!("{text}{suffix}"),
            Self::Before(mark) => text.split_once(mark.as_str()).map_or(text, |(before, _)| before).trim().to_owned(),
            Self::After(mark) => text.split_once(mark.as_str()).map_or(text, |(_, after)| after).trim().to_owned(),
            Self::Date(form) => date(form, text, zone).ok_or_else(|| ("import-date", vec![("form", form.clone())]))?,
            Self::Divide(by) => scaled(text, decimal, 1, *by)?,
            Self::Multiply(by) => scaled(text, decimal, *by, 1)?,
        })
    }
}

/// Whether a form can be read back: it must at least name a day.
fn is_form(form: &str) -> bool {
    let sample = civil::date(2026, 11, 21).at(17, 5, 9, 0);
    let Some(text) = sample.to_zoned(TimeZone::UTC).ok().and_then(|sample| strtime::format(form, &sample).ok()) else {
        return false;
    };
    strtime::parse(form, &text).is_ok_and(|parsed| parsed.to_date().is_ok_and(|date| date == sample.date()))
}

/// A date as ISO 8601, a moment as RFC 3339: in the zone of the file unless the text names its own. Dates of a workbook
/// arrive in ISO form already, whatever the form says.
fn date(form: &str, text: &str, zone: &TimeZone) -> Option<String> {
    let parsed = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d"]
        .iter()
        .fold(strtime::parse(form, text).ok(), |parsed, iso| parsed.or_else(|| strtime::parse(iso, text).ok()))?;
    // `%Y` reads a year of two digits as one of the first century.
    if !Date::YEARS_ENTERED.contains(&parsed.to_date().ok()?.year()) {
        return None;
    }
    if parsed.hour().is_none() {
        return Some(parsed.to_date().ok()?.to_string());
    }
    let moment = if parsed.offset().is_some() || parsed.iana_time_zone().is_some() {
        parsed.to_zoned().map(|moment| moment.timestamp())
    } else {
        parsed.to_datetime().and_then(|moment| zone.to_ambiguous_timestamp(moment).compatible())
    };
    Some(moment.ok()?.to_string())
}

/// A number times `up` over `down`, exactly.
fn scaled(text: &str, decimal: char, up: i64, down: i64) -> Result<String, Wrong> {
    let micros =
        plain_number(text, decimal).and_then(|plain| kernel::parse_decimal(&plain, DECIMALS, Notation::Plain))?;
    let product = i128::from(micros) * i128::from(up);
    if product % i128::from(down) != 0 {
        return Err(DecimalError::TooPrecise.into());
    }
    let micros = i64::try_from(product / i128::from(down)).map_err(|_| DecimalError::TooLarge)?;
    let (sign, micros) = (if micros < 0 { "-" } else { "" }, micros.unsigned_abs());
    let fraction = format!("{:06}", micros % 1_000_000);
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { String::new() } else { format!("{decimal}{fraction}") };
    Ok(format!("{sign}{}{point}", micros / 1_000_000))
}

/// A number of a file as plain decimal text. In a file the decimal separator is known, so nothing is guessed: the other
/// one, spaces and apostrophes may only part groups of three, and only one of them in a number.
///
/// # Errors
/// Empty or malformed.
pub(crate) fn plain_number(text: &str, decimal: char) -> Result<String, DecimalError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(DecimalError::Empty);
    }
    let (whole, fraction) = match text.split_once(decimal) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if fraction.is_some_and(|fraction| !digits(fraction)) {
        return Err(DecimalError::Malformed);
    }
    let (sign, whole) = match whole.strip_prefix(['-', '+', '\u{2212}']) {
        Some(rest) => (if whole.starts_with('+') { "" } else { "-" }, rest),
        None => ("", whole),
    };
    let other = if decimal == ',' { '.' } else { ',' };
    let whole = ungrouped(whole, other).ok_or(DecimalError::Malformed)?;
    if whole.is_empty() && fraction.is_none_or(str::is_empty) {
        return Err(DecimalError::Malformed);
    }
    Ok(match fraction {
        Some(fraction) => format!("{sign}{whole}.{fraction}"),
        None => format!("{sign}{whole}"),
    })
}

/// The digits of a whole number whose groups are parted by `other`, spaces or apostrophes: three digits after one to three
/// that do not begin with 0.
fn ungrouped(whole: &str, other: char) -> Option<String> {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if digits(whole) {
        return Some(whole.to_owned());
    }
    let alike = |c: char| if matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}') { ' ' } else { c };
    let whole: String = whole.chars().map(alike).collect();
    let mark = [other, ' ', '\''].into_iter().find(|mark| whole.contains(*mark))?;
    let mut groups = whole.split(mark);
    let first = groups.next()?;
    let begins = (1..=3).contains(&first.len()) && digits(first) && !first.starts_with('0');
    (begins && groups.all(|group| group.len() == 3 && digits(group))).then(|| whole.replace(mark, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_files_are_not_guessed() {
        for (text, decimal, want) in [
            ("1234.50", '.', Ok("1234.50")),
            ("1,234.50", '.', Ok("1234.50")),
            ("1.234,50", ',', Ok("1234.50")),
            ("1 234,5", ',', Ok("1234.5")),
            ("-3", '.', Ok("-3")),
            ("+3", '.', Ok("3")),
            ("1.234", '.', Ok("1.234")),
            ("1.234", ',', Ok("1234")),
            ("1,5", '.', Err(DecimalError::Malformed)),
            ("1.5", ',', Err(DecimalError::Malformed)),
            ("1.2.3", '.', Err(DecimalError::Malformed)),
            ("", '.', Err(DecimalError::Empty)),
            ("=1+1", '.', Err(DecimalError::Malformed)),
            ("1e5", '.', Err(DecimalError::Malformed)),
            (".", '.', Err(DecimalError::Malformed)),
            // Fault D5: groups of three, and one sign between them.
            ("1 23,50", ',', Err(DecimalError::Malformed)),
            ("12 34", ',', Err(DecimalError::Malformed)),
            ("1 2", '.', Err(DecimalError::Malformed)),
            ("0 135", '.', Err(DecimalError::Malformed)),
            ("0.135", ',', Err(DecimalError::Malformed)),
            ("1 234.567", ',', Err(DecimalError::Malformed)),
            ("1\u{a0}234\u{202f}567,5", ',', Ok("1234567.5")),
            ("1'234", '.', Ok("1234")),
        ] {
            assert_eq!(plain_number(text, decimal).as_deref(), want.as_ref().map(|t| *t), "{text} with {decimal}");
        }
    }

    #[test]
    fn steps() {
        let utc = TimeZone::UTC;
        for (step, text, want) in [
            ("upper", "ab", Ok("AB")),
            ("replace: :-", "a b c", Ok("a-b-c")),
            ("replace:x:", "axb", Ok("ab")),
            ("prefix:C-", "17", Ok("C-17")),
            ("before:/", "a/b/c", Ok("a")),
            ("after:/", "a/b/c", Ok("b/c")),
            ("divide:1000", "12,5", Ok("0,0125")),
            ("divide:3", "1", Err("too-precise")),
            ("multiply:12", "2,5", Ok("30")),
            ("date:%d.%m.%Y", "21.11.2026", Ok("2026-11-21")),
            ("date:%d.%m.%Y", "2026-11-21", Ok("2026-11-21")),
            ("date:%Y-%m-%d %H:%M:%S", "2009-12-01 07:45:00", Ok("2009-12-01T07:45:00Z")),
            ("date:%d.%m.%Y %H:%M", "01.12.2009 00:00", Ok("2009-12-01T00:00:00Z")),
            ("date:%d.%m.%Y %H:%M %z", "01.12.2009 07:45 +0100", Ok("2009-12-01T06:45:00Z")),
            ("date:%d.%m.%Y", "31.02.2026", Err("import-date")),
            // Fault M8: the year of two digits.
            ("date:%d.%m.%Y", "01.12.26", Err("import-date")),
            ("date:%d.%m.%y", "01.12.26", Ok("2026-12-01")),
            ("date:%d.%m.%Y", "01.12.1989", Err("import-date")),
            ("date:%d.%m.%Y %H:%M", "01.12.2101 00:00", Err("import-date")),
            ("date:%d.%m.%Y", "", Ok("")),
        ] {
            let step = Transform::parse(step).unwrap();
            let done = step.apply(text, ',', &utc);
            assert_eq!(done.as_deref().map_err(|(code, _)| *code), want, "{step:?} of {text}");
        }
        for bad in ["", "shout", "replace:a", "replace::b", "divide:0", "divide:x", "date:%H", "date:%Q", "trim:x"] {
            assert_eq!(Transform::parse(bad), None, "{bad}");
        }
    }
}
