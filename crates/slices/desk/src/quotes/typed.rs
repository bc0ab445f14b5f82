//! Requests and answers as people and programs type them, read into what actions take. Every wrong field is reported at
//! once, under its place in the quote; [`renamed`] gives the names of the pages' forms, [`in_body`] those of programs.

use catalog::Catalog;
use kernel::{Currency, Date, Failure, Invalid, Notation, Outcome, ProductId, Quantity, Unit, UnitPrice};
use web::Fields;

use super::answering::{NewAnswer, NewVersion};
use super::{NewLine, NewQuote, Quote, rules};

/// A line of a request as typed; empty texts are not given.
#[derive(Debug, Clone, Default)]
pub(super) struct LineText {
    /// How the numbers in it are written.
    pub(super) notation: Notation,
    pub(super) sku: String,
    pub(super) description: String,
    pub(super) quantity: String,
    pub(super) unit: String,
    pub(super) need_by: String,
    pub(super) target: String,
}

impl LineText {
    pub(super) fn is_empty(&self) -> bool {
        [&self.sku, &self.description, &self.quantity, &self.need_by, &self.target].iter().all(|t| t.trim().is_empty())
    }

    fn read(&self, at: usize, invalid: &mut Invalid, catalog: &Catalog, currency: Currency) -> Option<NewLine> {
        let field = |name: &str| format!("lines[{at}].{name}");
        let product = product(invalid, &field("sku"), &self.sku, catalog);
        let unit = match product.as_ref().map(|product| product.packing.unit) {
            Some(unit) => Some(unit),
            None if self.unit.is_empty() => Some(Unit::Piece),
            None => Unit::parse(&self.unit),
        };
        if unit.is_none() {
            *invalid = std::mem::take(invalid).and(field("unit"), "choice", Vec::new());
        }
        let quantity = Quantity::typed(&self.quantity, unit.unwrap_or(Unit::Piece), self.notation);
        let quantity = invalid.take(&field("quantity"), quantity);
        let need_by = date(invalid, &field("need_by"), &self.need_by);
        let target = price(invalid, &field("target"), (&self.target, self.notation), currency);
        let description = self.description.trim().to_owned();
        Some(NewLine { product: product.map(|product| product.id), description, quantity: quantity?, need_by, target })
    }
}

/// Reads a request of a buyer who pays in `currency`.
///
/// # Errors
/// Invalid fields.
pub(super) fn request(
    project: &str,
    comment: &str,
    lines: &[LineText],
    catalog: &Catalog,
    currency: Currency,
) -> Outcome<NewQuote> {
    rules::check_count(lines.len())?;
    let mut invalid = Invalid::default();
    let read = lines.iter().enumerate().filter_map(|(at, line)| line.read(at, &mut invalid, catalog, currency));
    let lines: Vec<NewLine> = read.collect();
    invalid.check()?;
    Ok(NewQuote { project: project.trim().to_owned(), comment: comment.trim().to_owned(), lines })
}

/// The lines of the form: `sku_0`, `description_0` …; with the place of each in the form.
pub(super) fn form_lines(fields: &Fields, count: usize) -> Vec<(usize, LineText)> {
    let line = |at: usize| {
        let text = |name: &str| fields.text(&format!("{name}_{at}")).to_owned();
        let line = LineText {
            notation: fields.notation(),
            sku: text("sku"),
            description: text("description"),
            quantity: text("quantity"),
            unit: text("unit"),
            need_by: text("need_by"),
            target: text("target"),
        };
        (at, line)
    };
    (0..count).map(line).filter(|(_, line)| !line.is_empty()).collect()
}

/// An answer as typed.
#[derive(Debug, Clone, Default)]
pub(super) struct AnswerText {
    /// How the numbers in it are written.
    pub(super) notation: Notation,
    pub(super) position: i64,
    pub(super) choice: i64,
    pub(super) is_none: bool,
    pub(super) sku: String,
    pub(super) quantity: String,
    pub(super) price: String,
    pub(super) cost: String,
    pub(super) lead_days: String,
    pub(super) note: String,
    /// Its own last day.
    pub(super) valid_until: String,
}

impl AnswerText {
    pub(super) fn read(&self, invalid: &mut Invalid, quote: &Quote, catalog: &Catalog) -> Option<NewAnswer> {
        let field = |name: &str| format!("lines[{}.{}].{name}", self.position, self.choice);
        let line = quote.line(self.position)?;
        // Who names no product means the one that the line is about.
        let own = line.product.filter(|_| self.sku.trim().is_empty()).and_then(|id| catalog.product(id));
        let product = own.or_else(|| product(invalid, &field("sku"), &self.sku, catalog));
        let unit = product.as_ref().map_or(line.quantity.unit(), |product| product.packing.unit);
        let quantity = match self.quantity.trim() {
            "" if unit == line.quantity.unit() => Some(line.quantity),
            text => invalid.take(&field("quantity"), Quantity::typed(text, unit, self.notation)),
        };
        let price_text = if self.is_none { "" } else { self.price.as_str() };
        let price = price(invalid, &field("price"), (price_text, self.notation), quote.currency);
        if price.is_none() && !self.is_none && self.price.trim().is_empty() {
            *invalid = std::mem::take(invalid).and(field("price"), "quote-price-or-none", Vec::new());
        }
        let lead_days = match self.lead_days.trim() {
            "" => None,
            text => invalid.take(&field("lead_days"), kernel::parse_decimal(text, 0, self.notation)),
        };
        Some(NewAnswer {
            position: self.position,
            choice: self.choice,
            product: product.map(|product| product.id),
            quantity: quantity?,
            price,
            cost: self::price(invalid, &field("cost"), (&self.cost, self.notation), quote.currency),
            lead_days,
            note: self.note.clone(),
            valid_until: date(invalid, &field("valid_until"), &self.valid_until),
        })
    }
}

/// What is said of an answer as a whole.
pub(super) struct Said<'a> {
    pub(super) valid_until: &'a str,
    pub(super) message: &'a str,
    /// All lines are accepted together or not at all.
    pub(super) is_whole: bool,
}

/// Reads an answer to a quote.
///
/// # Errors
/// Invalid fields.
pub(super) fn version(
    quote: &Quote,
    read: i64,
    said: &Said<'_>,
    answers: &[AnswerText],
    catalog: &Catalog,
) -> Outcome<NewVersion> {
    // Each line has its answer and its alternatives; whatever is more answers nothing.
    rules::check_count(answers.len() / (usize::try_from(rules::ALTERNATIVES_MAX).unwrap_or(0) + 1))?;
    let mut invalid = Invalid::default();
    let day = Date::parse(said.valid_until.trim());
    if day.is_none() {
        invalid = invalid.and("valid_until", "date", Vec::new());
    }
    let answers = answers.iter().filter_map(|answer| answer.read(&mut invalid, quote, catalog)).collect();
    invalid.check()?;
    let valid_until = day.ok_or_else(|| Invalid::field("valid_until", "date"))?;
    Ok(NewVersion { read, valid_until, message: said.message.to_owned(), is_whole: said.is_whole, answers })
}

/// The answers of the form: `price_1_0`, `sku_1_0` … for lines that are open. Empty alternatives are left out.
pub(super) fn form_answers(field: &dyn Fn(&str) -> String, notation: Notation, quote: &Quote) -> Vec<AnswerText> {
    let mut answers = Vec::new();
    for line in quote.lines.iter().filter(|line| line.offer.is_none()) {
        for choice in 0..=rules::ALTERNATIVES_MAX {
            let text = |name: &str| field(&format!("{name}_{}_{choice}", line.position));
            let answer = AnswerText {
                notation,
                position: line.position,
                choice,
                is_none: choice == 0 && !field(&format!("none_{}", line.position)).is_empty(),
                sku: text("sku"),
                quantity: text("quantity"),
                price: text("price"),
                cost: text("cost"),
                lead_days: text("lead_days"),
                note: text("note"),
                valid_until: text("valid_until"),
            };
            if choice == 0 || !answer.price.is_empty() || !answer.sku.is_empty() {
                answers.push(answer);
            }
        }
    }
    answers
}

/// Prices that the buyer names: `target_1` …, by who writes numbers so.
///
/// # Errors
/// Invalid `lines[<position>].target`.
pub(super) fn targets<'a>(
    quote: &Quote,
    text: impl Fn(i64) -> &'a str,
    notation: Notation,
) -> Outcome<Vec<(i64, UnitPrice)>> {
    let mut invalid = Invalid::default();
    let mut targets = Vec::new();
    for line in &quote.lines {
        let field = format!("lines[{}].target", line.position);
        let target = price(&mut invalid, &field, (text(line.position), notation), quote.currency);
        targets.extend(target.map(|target| (line.position, target)));
    }
    invalid.check()?;
    Ok(targets)
}

/// `lines[1.0].price` as the form calls it: `price_1_0`. `places` are the places in the form of the lines that were read.
pub(super) fn renamed(invalid: &Invalid, places: Option<&[usize]>) -> Invalid {
    let mut renamed = Invalid::default();
    for error in &invalid.fields {
        let parts = error.field.strip_prefix("lines[").and_then(|rest| rest.split_once("]."));
        let field = match (parts, places) {
            (None, _) => error.field.clone(),
            (Some((at, name)), None) => format!("{name}_{}", at.replace('.', "_")),
            (Some((at, name)), Some(places)) => {
                let place = at.parse().ok().and_then(|at: usize| places.get(at).copied()).unwrap_or(0);
                format!("{name}_{place}")
            }
        };
        renamed = renamed.and(field, error.code, error.args.clone());
    }
    renamed
}

/// `lines[2.0].sku`, the answer to the second line, as the body of a program calls it: `lines[1].product`, where it stands in
/// the body's list. What the body does not have at all is wrong with the list.
pub(super) fn in_body(failure: Failure, places: &[(i64, i64)]) -> Failure {
    let Failure::Invalid(invalid) = failure else { return failure };
    let mut named = Invalid::default();
    for error in invalid.fields {
        let parts = error.field.strip_prefix("lines[").and_then(|rest| rest.split_once("]."));
        let at = parts.and_then(|(at, name)| {
            let (position, choice) = at.split_once('.').unwrap_or((at, "0"));
            Some((
                position.parse::<i64>().ok()?,
                choice.parse::<i64>().ok()?,
                if name == "sku" { "product" } else { name },
            ))
        });
        let field = match at {
            None => error.field,
            Some((position, choice, name)) => match places.iter().position(|place| *place == (position, choice)) {
                Some(place) => format!("lines[{place}].{name}"),
                None => "lines".to_owned(),
            },
        };
        named = named.and(field, error.code, error.args);
    }
    named.into()
}

fn product(
    invalid: &mut Invalid,
    field: &str,
    text: &str,
    catalog: &Catalog,
) -> Option<std::sync::Arc<catalog::products::Product>> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let found = match ProductId::parse(text) {
        Some(id) => catalog.product(id),
        None => catalog.by_sku(text),
    };
    if found.is_none() {
        *invalid = std::mem::take(invalid).and(field, "quote-sku", Vec::new());
    }
    found
}

fn date(invalid: &mut Invalid, field: &str, text: &str) -> Option<Date> {
    let text = text.trim();
    let date = Date::parse(text);
    if date.is_none() && !text.is_empty() {
        *invalid = std::mem::take(invalid).and(field, "date", Vec::new());
    }
    date
}

fn price(
    invalid: &mut Invalid,
    field: &str,
    (text, notation): (&str, Notation),
    currency: Currency,
) -> Option<UnitPrice> {
    let text = text.trim();
    if text.is_empty() { None } else { invalid.take(field, UnitPrice::typed(text, currency, notation)) }
}
