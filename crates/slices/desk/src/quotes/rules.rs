//! Pure decisions about quotes: where one stands, what may be done with it, what an answer must look like.

use kernel::{Date, Instant, Invalid, TimeZone};
use negotiation::negotiations::TEXT_MAX;

use super::{Answer, NewQuote, Quote, QuoteRefusal, State, Version};

/// Most lines of one request.
pub const LINES_MAX: usize = 200;
/// Most alternatives to one line.
pub const ALTERNATIVES_MAX: i64 = 3;
/// The buyer is warned so long before a version lapses, unless it stands for less.
pub const WARNING: i64 = 2 * Instant::DAY;
/// No version stands longer than this: prices of metals do not wait.
pub const VALID_DAYS_MAX: i64 = 365;
/// Most characters of a line's description and of a project's name.
pub const NAME_MAX: usize = 500;

/// Most quotes of one company that wait for an answer or for its decision.
pub const OPEN_MAX: i64 = 100;
/// Most requests of one company within a day.
pub const ASKED_A_DAY_MAX: i64 = 200;

/// Whether a company may ask for another quote.
///
/// # Errors
/// [`QuoteRefusal::TooManyOpen`], [`QuoteRefusal::TooManyToday`].
pub fn may_request(open: i64, asked_today: i64) -> Result<(), QuoteRefusal> {
    if open >= OPEN_MAX {
        return Err(QuoteRefusal::TooManyOpen);
    }
    if asked_today >= ASKED_A_DAY_MAX { Err(QuoteRefusal::TooManyToday) } else { Ok(()) }
}

/// Where a quote stands at `now`.
pub fn state(stored: State, valid_until: Option<Instant>, now: Instant) -> State {
    match stored {
        State::Answered if valid_until.is_some_and(|end| now >= end) => State::Lapsed,
        other => other,
    }
}

/// Whether the seller may answer. A lapsed quote may be answered anew.
///
/// # Errors
/// [`QuoteRefusal::NotOpen`].
pub fn may_answer(quote: &Quote) -> Result<(), QuoteRefusal> {
    match quote.stored_state {
        State::Requested | State::Answered | State::Partly | State::Countered | State::Lapsed => Ok(()),
        State::Accepted | State::Withdrawn | State::Declined => Err(QuoteRefusal::NotOpen),
    }
}

/// The version that the buyer may accept or counter, if it is the one that was read. While the seller thinks about a
/// counter the version goes on standing.
///
/// # Errors
/// The refusal, in order of precedence.
pub fn standing(quote: &Quote, read: i64, now: Instant) -> Result<&Version, QuoteRefusal> {
    let open = matches!(quote.stored_state, State::Answered | State::Partly | State::Countered | State::Lapsed);
    let version = quote.present().filter(|_| open).ok_or(QuoteRefusal::NotOpen)?;
    if version.number != read {
        return Err(QuoteRefusal::NewerVersion);
    }
    if now >= version.valid_until { Err(QuoteRefusal::Lapsed) } else { Ok(version) }
}

/// The answers that are accepted, by line and choice.
///
/// # Errors
/// The refusal of the first line that cannot be accepted.
pub fn accepted<'a>(
    quote: &Quote,
    version: &'a Version,
    chosen: &[(i64, i64)],
    now: Instant,
) -> Result<Vec<&'a Answer>, QuoteRefusal> {
    let answer = |(position, choice): &(i64, i64)| {
        if quote.line(*position).is_some_and(|line| line.offer.is_some()) {
            return Err(QuoteRefusal::LineAccepted);
        }
        let answer = version.answer(*position, *choice).filter(|answer| answer.price.is_some());
        let answer = answer.ok_or(QuoteRefusal::LineNotSupplied)?;
        if has_lapsed(version, answer, now) {
            return Err(QuoteRefusal::LineLapsed);
        }
        if answer.product.is_some() { Ok(answer) } else { Err(QuoteRefusal::LineWithoutProduct) }
    };
    let accepted = chosen.iter().map(answer).collect::<Result<Vec<_>, _>>()?;
    if version.is_whole && !is_all(quote, version, chosen) {
        return Err(QuoteRefusal::AllTogether);
    }
    Ok(accepted)
}

/// Until when an answer of a version stands: its own end, but never longer than the version.
pub fn ends(version: &Version, answer: &Answer) -> Instant {
    answer.valid_until.map_or(version.valid_until, |own| own.min(version.valid_until))
}

/// Whether an answer stands no more at `now`.
pub fn has_lapsed(version: &Version, answer: &Answer, now: Instant) -> bool {
    now >= ends(version, answer)
}

/// Until when a version of these open answers stands, whose last day ends at `last`. A line stands as long as any of its answers;
/// the version as long as any line, or, where the prices hold only together, as long as every line.
pub fn last_end<'a>(answers: impl IntoIterator<Item = &'a Answer>, is_whole: bool, last: Instant) -> Instant {
    let mut lines: Vec<(i64, Instant)> = Vec::new();
    for answer in answers.into_iter().filter(|answer| answer.price.is_some()) {
        let own = answer.valid_until.unwrap_or(last).min(last);
        match lines.iter_mut().find(|(position, _)| *position == answer.position) {
            Some((_, end)) => *end = own.max(*end),
            None => lines.push((answer.position, own)),
        }
    }
    let ends = lines.into_iter().map(|(_, end)| end);
    let end = if is_whole { ends.min() } else { ends.max() };
    end.unwrap_or(last)
}

/// Whether a choice holds every open line that can be supplied.
fn is_all(quote: &Quote, version: &Version, chosen: &[(i64, i64)]) -> bool {
    let can = |position| version.answers.iter().any(|answer| answer.position == position && answer.price.is_some());
    let open = quote.lines.iter().filter(|line| line.offer.is_none() && can(line.position));
    open.into_iter().all(|line| chosen.iter().any(|(position, _)| *position == line.position))
}

/// Where the quote stands once lines were accepted: partly while lines that can be supplied are open.
pub fn after_acceptance(quote: &Quote) -> State {
    let Some(version) = quote.present() else { return quote.stored_state };
    let open = quote.lines.iter().filter(|line| line.offer.is_none());
    let can = |position| version.answers.iter().any(|answer| answer.position == position && answer.price.is_some());
    if open.into_iter().any(|line| can(line.position)) { State::Partly } else { State::Accepted }
}

/// Whether the buyer may take it back. What was accepted stays agreed.
///
/// # Errors
/// [`QuoteRefusal::NotOpen`].
pub fn may_withdraw(quote: &Quote) -> Result<(), QuoteRefusal> {
    let open = matches!(quote.stored_state, State::Requested | State::Answered | State::Countered | State::Lapsed);
    if open { Ok(()) } else { Err(QuoteRefusal::NotOpen) }
}

/// What can be said about a request before any of its lines is read.
///
/// # Errors
/// Invalid `lines`.
pub fn check_count(lines: usize) -> Result<(), Invalid> {
    if lines <= LINES_MAX {
        return Ok(());
    }
    Err(Invalid::default().and("lines", "too-many-lines", vec![("most", LINES_MAX.to_string())]))
}

/// What is wrong with a request, at `project`, `comment`, `lines[n].…`.
pub fn check_request(new: &NewQuote, today: Date) -> Invalid {
    let mut invalid = too_long(Invalid::default(), "project", &new.project, NAME_MAX);
    invalid = too_long(invalid, "comment", &new.comment, TEXT_MAX);
    if new.lines.is_empty() {
        invalid = invalid.and("lines", "required", Vec::new());
    }
    if let Err(too_many) = check_count(new.lines.len()) {
        return too_many;
    }
    for (at, line) in new.lines.iter().enumerate() {
        invalid = too_long(invalid, &format!("lines[{at}].description"), &line.description, NAME_MAX);
        if line.product.is_none() && line.description.is_empty() {
            invalid = invalid.and(format!("lines[{at}].description"), "required", Vec::new());
        }
        if line.quantity.thousandths() <= 0 {
            invalid = invalid.and(format!("lines[{at}].quantity"), "quantity-positive", Vec::new());
        }
        // A day of grace: today somewhere is tomorrow elsewhere.
        if line.need_by.is_some_and(|date| date < today.plus_days(-1)) {
            invalid = invalid.and(format!("lines[{at}].need_by"), "date-past", Vec::new());
        }
        if line.target.is_some_and(|price| price.micros() <= 0) {
            invalid = invalid.and(format!("lines[{at}].target"), "price-positive", Vec::new());
        }
    }
    invalid
}

fn too_long(invalid: Invalid, field: &str, text: &str, most: usize) -> Invalid {
    if text.chars().count() <= most {
        return invalid;
    }
    invalid.and(field, "text-too-long", vec![("most", most.to_string())])
}

/// What is wrong with a text of the seller.
pub fn check_text(field: &str, text: &str) -> Invalid {
    too_long(Invalid::default(), field, text, TEXT_MAX)
}

/// The end of a day in a time zone; `None` when the day has passed or lies too far ahead.
pub fn end_of(day: Date, today: Date, zone: &TimeZone) -> Option<Instant> {
    if day < today || day > today.plus_days(VALID_DAYS_MAX) {
        return None;
    }
    let midnight = day.plus_days(1).civil().at(0, 0, 0, 0);
    zone.to_timestamp(midnight).ok().map(|end| Instant::from_micros(end.as_microsecond()))
}

/// The end of an answer's own last day, which is at most the version's; else the code of what is wrong with it.
///
/// # Errors
/// The code.
pub fn own_end(day: Date, last: Date, today: Date, zone: &TimeZone) -> Result<Instant, &'static str> {
    if day > last {
        return Err("quote-line-valid-until");
    }
    end_of(day, today, zone).ok_or("quote-valid-until")
}

/// What became of an answer since the version before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// As it was.
    Same,
    /// Not there before.
    New,
    /// There before with these.
    Was(Answer),
}

/// Each answer of a version against the one before it.
pub fn changes<'a>(before: Option<&Version>, version: &'a Version) -> Vec<(&'a Answer, Change)> {
    let change = |answer: &'a Answer| {
        let Some(before) = before else { return (answer, Change::Same) };
        match before.answer(answer.position, answer.choice) {
            Some(old) if old == answer => (answer, Change::Same),
            Some(old) => (answer, Change::Was(old.clone())),
            None => (answer, Change::New),
        }
    };
    version.answers.iter().map(change).collect()
}
