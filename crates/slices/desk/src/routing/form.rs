//! Settings as people type them: opening spans such as `8:00–12:00, 13:00–17:00`, a day off per line.

use i18n::Locale;
use kernel::{Date, DecimalError, Invalid};
use negotiation::routing::{Holiday, RecommendFirst, Settings};
use web::{Fields, FormState};
use workflow::Span;

/// The form of settings.
pub(super) fn of(settings: &Settings, locale: &Locale) -> FormState {
    let first = settings.recommend_first;
    let holidays =
        settings.holidays.iter().map(|holiday| format!("{} {}", holiday.day, holiday.name).trim().to_owned());
    let mut values = vec![
        ("version".to_owned(), settings.version.to_string()),
        ("has_national_holidays".into(), if settings.has_national_holidays { "1".into() } else { String::new() }),
        ("holidays".into(), holidays.collect::<Vec<_>>().join("\n")),
        ("daily_cap".into(), settings.daily_cap.to_string()),
        ("remind_percent".into(), settings.remind_percent.to_string()),
        ("grace_minutes".into(), settings.grace_minutes.to_string()),
        ("recommend_above".into(), first.map_or_else(String::new, |first| locale.decimal(&first.above.to_percent()))),
        ("recommend_minutes".into(), first.map_or(120, |first| first.minutes).to_string()),
    ];
    for (at, spans) in settings.week.iter().enumerate() {
        values.push((format!("week[{at}]"), spans_text(spans)));
    }
    FormState::of(values.iter().map(|(name, value)| (name.as_str(), value.clone())))
}

/// Spans as they are typed.
pub(super) fn spans_text(spans: &[Span]) -> String {
    let text = |span: &Span| format!("{}:{:02}–{}:{:02}", span.from / 60, span.from % 60, span.to / 60, span.to % 60);
    spans.iter().map(text).collect::<Vec<_>>().join(", ")
}

/// Reads the form; what it does not hold stays as in `base`.
///
/// # Errors
/// Invalid fields.
pub(super) fn read(fields: &Fields, base: &Settings) -> Result<Settings, Invalid> {
    let mut invalid = Invalid::default();
    let mut settings = Settings { version: fields.text("version").parse().unwrap_or(-1), ..base.clone() };
    for (at, day) in settings.week.iter_mut().enumerate() {
        let field = format!("week[{at}]");
        match spans(fields.text(&field)) {
            Some(spans) => *day = spans,
            None => invalid = invalid.and(field, "opening-hours", Vec::new()),
        }
    }
    settings.has_national_holidays = fields.text("has_national_holidays") == "1";
    match holidays(fields.text("holidays")) {
        Ok(holidays) => settings.holidays = holidays,
        Err(line) => invalid = invalid.and("holidays", "holiday-line", vec![("line", line)]),
    }
    settings.daily_cap = whole(&mut invalid, fields, "daily_cap").unwrap_or(settings.daily_cap);
    let remind = whole(&mut invalid, fields, "remind_percent").unwrap_or(0);
    settings.remind_percent = u8::try_from(remind).unwrap_or(u8::MAX);
    settings.grace_minutes = whole(&mut invalid, fields, "grace_minutes").unwrap_or(settings.grace_minutes);
    settings.recommend_first = None;
    if fields.some("recommend_above").is_some() {
        let above = invalid.take("recommend_above", fields.percent("recommend_above"));
        let minutes = whole(&mut invalid, fields, "recommend_minutes");
        settings.recommend_first = above.zip(minutes).map(|(above, minutes)| RecommendFirst { above, minutes });
    }
    for error in settings.check().fields {
        if !invalid.fields.iter().any(|known| known.field == error.field) {
            invalid = invalid.and(error.field, error.code, error.args);
        }
    }
    if invalid.fields.is_empty() { Ok(settings) } else { Err(invalid) }
}

/// A whole number that is not negative.
pub(super) fn whole(invalid: &mut Invalid, fields: &Fields, field: &str) -> Option<u32> {
    let number = invalid.take(field, fields.number(field, 0))?;
    let small = u32::try_from(number);
    invalid.take(field, small.map_err(|_| DecimalError::TooLarge))
}

/// `None`: not opening hours.
pub(super) fn spans(text: &str) -> Option<Vec<Span>> {
    let parts = text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
    let mut spans = parts.map(span).collect::<Option<Vec<_>>>()?;
    spans.sort_unstable();
    Some(spans)
}

fn span(text: &str) -> Option<Span> {
    let (from, to) = text.split_once(['-', '–', '—'])?;
    Some(Span { from: minute(from)?, to: minute(to)? })
}

/// `8`, `8:30` or `24:00`.
fn minute(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once([':', '.']).unwrap_or((text.trim(), "0"));
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let minute = hours.checked_mul(60)?.checked_add(minutes)?;
    (minutes < 60 && minute <= Span::DAY).then_some(minute)
}

/// A date and a name per line; the line that is none when there is one.
pub(super) fn holidays(text: &str) -> Result<Vec<Holiday>, String> {
    let mut holidays = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (day, name) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let day = Date::parse(day).ok_or_else(|| line.to_owned())?;
        holidays.push(Holiday { day, name: name.trim().chars().take(100).collect() });
    }
    holidays.sort_by_key(|holiday| holiday.day);
    holidays.dedup_by_key(|holiday| holiday.day);
    Ok(holidays)
}

/// Public holidays of the coming twelve months, as they follow from the settings.
pub(super) fn coming(settings: &Settings, today: Date, locale: &Locale) -> Vec<String> {
    let rules = settings.national().unwrap_or_default();
    let days = (0..365).map(|day| today.plus_days(day)).filter(|day| rules.iter().any(|rule| rule.falls_on(*day)));
    days.filter(|day| day.is_weekday()).map(|day| locale.date(day)).collect()
}
