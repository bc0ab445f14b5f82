//! Quotes in words, for both sides. Nothing here knows a cost.

use catalog::Catalog;
use i18n::Locale;
use kernel::{Instant, QuoteId, Rounding, UnitPrice};
use negotiation::attachments::queries::FileView;
use terms::words;

use super::rules::{self, Change};
use super::{Answer, Line, Quote, State, Version};

/// An answer to a line.
pub(crate) struct AnswerView {
    pub(crate) choice: i64,
    pub(crate) product: String,
    pub(crate) href: String,
    pub(crate) quantity: String,
    pub(crate) price: String,
    pub(crate) total: String,
    pub(crate) lead: String,
    pub(crate) note: String,
    /// What it was in the version before.
    pub(crate) was: String,
    pub(crate) is_supplied: bool,
    pub(crate) is_orderable: bool,
    /// Until when it stands, where it ends before the version.
    pub(crate) until: String,
    pub(crate) is_lapsed: bool,
    /// The buyer has taken this one.
    pub(crate) is_accepted: bool,
}

impl AnswerView {
    /// Whether the buyer can choose it now.
    pub(crate) fn is_takeable(&self) -> bool {
        self.is_orderable && !self.is_lapsed
    }
}

/// A line with its answers.
pub(crate) struct LineView {
    pub(crate) position: i64,
    pub(crate) title: String,
    pub(crate) sku: String,
    pub(crate) quantity: String,
    pub(crate) need_by: String,
    pub(crate) target: String,
    /// What the buyer asked for instead of the present price.
    pub(crate) counter: String,
    pub(crate) answers: Vec<AnswerView>,
    pub(crate) is_accepted: bool,
    pub(crate) files: Vec<FileView>,
}

impl LineView {
    /// Whether the buyer can name another price.
    pub(crate) fn is_counterable(&self) -> bool {
        let is_named = |answer: &AnswerView| answer.choice == 0 && answer.is_supplied && !answer.is_lapsed;
        !self.is_accepted && self.answers.iter().any(is_named)
    }
}

/// A step in the course of a quote.
pub(crate) struct Step {
    pub(crate) what: String,
    pub(crate) iso: String,
    pub(crate) when: String,
    pub(crate) text: String,
    pub(crate) pdf: String,
}

/// Where the desk works on a quote.
pub(crate) fn desk_href(id: QuoteId) -> String {
    format!("/desk/quotes/{id}")
}

/// Where a version is to be had as PDF.
pub(crate) fn pdf_href(id: QuoteId, version: i64) -> String {
    format!("/quotes/{id}/pdf?version={version}")
}

/// The stylesheet's class for a state.
pub(crate) fn state_class(state: State) -> &'static str {
    match state {
        State::Requested | State::Countered => "warn",
        State::Answered => "deal",
        State::Partly | State::Accepted => "ok",
        State::Lapsed | State::Withdrawn | State::Declined => "",
    }
}

/// The last day of something that ends at a midnight.
pub(crate) fn last_day(locale: &Locale, end: Instant) -> String {
    locale.date(locale.local_date(end.plus(-1)))
}

/// What a quote is about: the project, or its first line.
pub(crate) fn subject(quote: &Quote, catalog: &Catalog, locale: &Locale) -> String {
    if !quote.project.is_empty() {
        return quote.project.clone();
    }
    quote.lines.first().map_or_else(String::new, |line| title(line, catalog, locale))
}

/// What a line asks for.
pub(crate) fn title(line: &Line, catalog: &Catalog, locale: &Locale) -> String {
    if !line.description.is_empty() {
        return line.description.clone();
    }
    let product = line.product.and_then(|id| catalog.product(id));
    product.map_or_else(|| "–".to_owned(), |product| product.name.get(locale.language()).to_owned())
}

/// The lines of a quote with the answers of a version, and what changed since the one before.
pub(crate) fn lines(
    quote: &Quote,
    (version, now): (Option<&Version>, Instant),
    files: &[FileView],
    catalog: &Catalog,
    locale: &Locale,
) -> Vec<LineView> {
    let before = version.and_then(|version| quote.versions.iter().find(|other| other.number + 1 == version.number));
    let changes = version.map(|version| rules::changes(before, version)).unwrap_or_default();
    let line = |line: &Line| {
        let own = changes.iter().filter(|(answer, _)| answer.position == line.position);
        let counters = quote.counters.iter().rev();
        let counter = counters
            .filter(|counter| version.is_some_and(|version| version.number == counter.version))
            .find(|counter| counter.position == line.position);
        let product = line.product.and_then(|id| catalog.product(id));
        let per_unit = |price: UnitPrice| words::per_unit(locale, price, line.quantity);
        LineView {
            position: line.position,
            title: title(line, catalog, locale),
            sku: product.map_or_else(String::new, |product| product.sku.to_string()),
            quantity: locale.quantity_unit(line.quantity),
            need_by: line.need_by.map_or_else(String::new, |date| locale.date(date)),
            target: line.target.map_or_else(String::new, per_unit),
            counter: counter.map_or_else(String::new, |counter| per_unit(counter.target)),
            answers: own
                .map(|(answer, change)| {
                    let is_lapsed = version.is_some_and(|version| rules::has_lapsed(version, answer, now));
                    self::answer((answer, change), is_lapsed, line, catalog, locale)
                })
                .collect(),
            is_accepted: line.offer.is_some(),
            files: files.iter().filter(|file| file.line == Some(line.position)).cloned().collect(),
        }
    };
    quote.lines.iter().map(line).collect()
}

fn answer(
    (answer, change): (&Answer, &Change),
    is_lapsed: bool,
    line: &Line,
    catalog: &Catalog,
    locale: &Locale,
) -> AnswerView {
    let product = answer.product.and_then(|id| catalog.product(id));
    let net = answer.price.and_then(|price| price.times(answer.quantity, Rounding::HalfUp).ok());
    let is_other = answer.quantity != line.quantity;
    AnswerView {
        choice: answer.choice,
        product: product
            .as_ref()
            .map_or_else(String::new, |product| format!("{} · {}", product.sku, product.name.get(locale.language()))),
        href: product.map_or_else(String::new, |product| product.href()),
        quantity: if is_other { locale.quantity_unit(answer.quantity) } else { String::new() },
        price: price(answer, locale),
        total: net.map_or_else(String::new, |net| locale.money(net)),
        lead: answer
            .lead_days
            .map_or_else(String::new, |days| locale.text_with("quote-lead-days", &[("n", days.into())])),
        note: answer.note.clone(),
        was: match change {
            Change::Same => String::new(),
            Change::New => locale.text("quote-change-new"),
            Change::Was(old) => was(old, answer, locale),
        },
        is_supplied: answer.price.is_some(),
        is_orderable: answer.price.is_some() && answer.product.is_some(),
        until: until(answer, is_lapsed && line.offer.is_none(), locale),
        is_lapsed,
        is_accepted: line.offer.is_some() && line.choice == Some(answer.choice),
    }
}

/// 'until 30 Jan 2027' of an answer with its own last day.
fn until(answer: &Answer, is_lapsed: bool, locale: &Locale) -> String {
    let Some(end) = answer.valid_until else { return String::new() };
    let key = if is_lapsed { "quote-line-lapsed" } else { "quote-line-until" };
    locale.text_with(key, &[("date", last_day(locale, end).into())])
}

/// The lines that were accepted, of these places, each with the answer that was taken: 'Line 2, alternative 1: …'.
pub(crate) fn accepted(
    quote: &Quote,
    places: &[i64],
    names: &dyn Fn(&Answer) -> Option<String>,
    locale: &Locale,
) -> Vec<String> {
    let present = quote.present();
    let line = |line: &Line| {
        let answer = present?.answer(line.position, line.choice?)?;
        let what = names(answer).unwrap_or_else(|| line.description.clone());
        let args = [
            ("n", line.position.into()),
            ("choice", answer.choice.into()),
            ("what", what.into()),
            ("quantity", locale.quantity_unit(answer.quantity).into()),
            ("price", price(answer, locale).into()),
        ];
        let key = if answer.choice == 0 { "quote-accepted-line" } else { "quote-accepted-alternative" };
        Some(locale.text_with(key, &args))
    };
    quote.lines.iter().filter(|line| places.contains(&line.position)).filter_map(line).collect()
}

/// The answers of a version that end before it does, for people.
pub(crate) fn own_ends(quote: &Quote, version: &Version, locale: &Locale) -> Vec<String> {
    let is_open = |answer: &&Answer| quote.line(answer.position).is_some_and(|line| line.offer.is_none());
    let own = version.answers.iter().filter(is_open).filter(|answer| answer.price.is_some());
    let text = |answer: &Answer| {
        let date = last_day(locale, answer.valid_until?);
        let args = [("n", answer.position.into()), ("choice", answer.choice.into()), ("date", date.into())];
        Some(locale.text_with(if answer.choice == 0 { "quote-ends-line" } else { "quote-ends-alternative" }, &args))
    };
    own.filter_map(text).collect()
}

fn price(answer: &Answer, locale: &Locale) -> String {
    match answer.price {
        Some(price) => words::per_unit(locale, price, answer.quantity),
        None => locale.text("quote-not-supplied"),
    }
}

fn was(old: &Answer, new: &Answer, locale: &Locale) -> String {
    let mut parts = Vec::new();
    if old.price != new.price {
        parts.push(price(old, locale));
    }
    if old.quantity != new.quantity {
        parts.push(locale.quantity_unit(old.quantity));
    }
    if let (true, Some(end)) = (old.valid_until != new.valid_until, old.valid_until) {
        parts.push(locale.text_with("quote-line-until", &[("date", last_day(locale, end).into())]));
    }
    if let (true, Some(days)) = (old.lead_days != new.lead_days, old.lead_days) {
        parts.push(locale.text_with("quote-lead-days", &[("n", days.into())]));
    }
    if parts.is_empty() {
        return locale.text("quote-change-other");
    }
    locale.text_with("quote-change-was", &[("before", parts.join(", ").into())])
}

/// What happened, the first first. Drafts are not part of it.
pub(crate) fn steps(quote: &Quote, locale: &Locale) -> Vec<Step> {
    let step = |at: Instant, what: String, text: String, pdf: String| {
        (at, Step { what, iso: at.to_rfc3339(), when: locale.moment(at), text, pdf })
    };
    let mut steps = vec![step(quote.created_at, locale.text("quote-step-requested"), String::new(), String::new())];
    // Before the versions: the rules answer a counter in the same moment.
    let mut told: Vec<(i64, Instant)> = Vec::new();
    for counter in &quote.counters {
        if !told.contains(&(counter.version, counter.at)) {
            told.push((counter.version, counter.at));
            let what = locale.text("quote-step-countered");
            steps.push(step(counter.at, what, counter.message.clone(), String::new()));
        }
    }
    for version in quote.versions.iter().filter(|version| !version.is_draft) {
        let key = if version.made_by.is_some() { "quote-step-answered" } else { "quote-step-rules" };
        let args =
            [("number", version.number.to_string().into()), ("date", last_day(locale, version.valid_until).into())];
        let pdf = pdf_href(quote.id, version.number);
        steps.push(step(version.made_at, locale.text_with(key, &args), version.message.clone(), pdf));
    }
    let ended = matches!(quote.stored_state, State::Accepted | State::Lapsed | State::Withdrawn | State::Declined);
    if ended {
        let what = locale.text(&format!("quote-state-{}", quote.stored_state.code()));
        steps.push(step(quote.changed_at, what, quote.reply.clone(), String::new()));
    }
    steps.sort_by_key(|(at, _)| *at);
    steps.into_iter().map(|(_, step)| step).collect()
}
