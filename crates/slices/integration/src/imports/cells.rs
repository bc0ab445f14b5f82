//! From the cells of a row to typed values, by the mapping. Whatever is wrong is noted, so that a row tells all at once.

use std::borrow::Cow;
use std::collections::HashMap;

use encoding_rs::{Encoding, UTF_8};
use jiff::fmt::strtime;
use kernel::{Amount, Currency, Date, DecimalError, Instant, Invalid, Notation, Outcome, Quantity, UnitPrice};

use super::mapping::{Field, Mapping, Transform, Wrong, plain_number};
use super::rejects;
use super::report::{RowError, shown};
use super::source::{Head, RawRow};

/// A field as a row gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Given<T> {
    /// No column and no constant: leave it as it is.
    Unmapped,
    /// The cell is empty.
    Empty,
    /// A value.
    Value(T),
}

impl<T> Given<T> {
    /// The value, when there is one.
    pub(crate) fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    /// What should stand in the field, when anything is said about it: an empty cell means `empty`.
    pub(crate) fn or_empty(self, empty: T) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Empty => Some(empty),
            Self::Unmapped => None,
        }
    }

    /// The same with the value changed.
    pub(crate) fn map<U>(self, change: impl FnOnce(T) -> U) -> Given<U> {
        match self {
            Self::Value(value) => Given::Value(change(value)),
            Self::Empty => Given::Empty,
            Self::Unmapped => Given::Unmapped,
        }
    }
}

#[derive(Debug)]
struct Slot {
    /// Place and name of the column.
    column: Option<(usize, String)>,
    constant: Option<String>,
    transforms: Vec<Transform>,
    values: std::collections::BTreeMap<String, String>,
}

#[derive(Debug)]
struct SkipAt {
    column: usize,
    patterns: Vec<String>,
    reason: String,
}

/// A mapping bound to the columns of one file.
#[derive(Debug)]
pub(crate) struct Bound {
    slots: HashMap<&'static str, Slot>,
    attributes: Vec<(String, usize, String)>,
    skips: Vec<SkipAt>,
    encoding: &'static Encoding,
    decimal: char,
    zone: jiff::tz::TimeZone,
    /// Cells that a row may have.
    width: Option<usize>,
}

impl Bound {
    /// Finds the mapping's columns in the head.
    ///
    /// # Errors
    /// Invalid `file`: columns that are not there, or there twice; columns that are none of our own, when those are read.
    pub(crate) fn new(mapping: &Mapping, fields: &'static [Field], head: &Head) -> Outcome<Self> {
        if mapping.is_own {
            only_own(mapping, head)?;
        }
        let mut missing = Vec::new();
        let mut place = |name: &str| -> Outcome<usize> {
            let mut places = head.names.iter().enumerate().filter(|(_, known)| *known == name).map(|(place, _)| place);
            match (places.next(), places.next()) {
                (Some(place), None) => Ok(place),
                (Some(_), Some(_)) => Err(of_file("import-column-twice", name, &head.names)),
                (None, _) => {
                    if !missing.iter().any(|known| known == name) {
                        missing.push(name.to_owned());
                    }
                    Ok(0)
                }
            }
        };
        let mut slots = HashMap::new();
        for field in fields {
            let may_be_missing = |name: &String| mapping.is_own && !field.is_required && !head.names.contains(name);
            let column = mapping.columns.get(field.name).filter(|name| !may_be_missing(name));
            let column = column.map(|name| Ok::<_, kernel::Failure>((place(name)?, name.clone())));
            let slot = Slot {
                column: column.transpose()?,
                constant: mapping.constants.get(field.name).filter(|text| !text.is_empty()).cloned(),
                transforms: mapping.transforms.get(field.name).cloned().unwrap_or_default(),
                values: mapping.values.get(field.name).cloned().unwrap_or_default(),
            };
            if slot.column.is_some() || slot.constant.is_some() {
                slots.insert(field.name, slot);
            }
        }
        let attributes: Outcome<_> =
            mapping.attributes.iter().map(|(key, name)| Ok((key.clone(), place(name)?, name.clone()))).collect();
        let skips: Outcome<_> = mapping
            .skips
            .iter()
            .map(|skip| {
                let patterns = skip.patterns.iter().map(|pattern| pattern.to_lowercase()).collect();
                Ok(SkipAt { column: place(&skip.column)?, patterns, reason: skip.reason.clone() })
            })
            .collect();
        let (attributes, skips) = (attributes?, skips?);
        if !missing.is_empty() {
            return Err(of_file("import-column-missing", &missing.join(", "), &head.names));
        }
        let (encoding, decimal, zone) = (head.encoding, mapping.source.decimal, mapping.source.zone.clone());
        Ok(Self {
            slots,
            attributes,
            skips,
            encoding,
            decimal,
            zone,
            width: head.is_strict.then_some(head.names.len()),
        })
    }

    /// Why the mapping passes over a row, if it does.
    pub(crate) fn skip(&self, row: &RawRow) -> Option<&str> {
        let hit = |skip: &&SkipAt| {
            let Some(text) = row.cells.get(skip.column).and_then(|cell| decoded(self.encoding, cell)) else {
                return false;
            };
            let text = text.trim();
            // Almost all rows are kept, so they are told apart without folding first.
            skip.patterns.iter().any(|pattern| matches(pattern, text))
        };
        self.skips.iter().find(hit).map(|skip| skip.reason.as_str())
    }

    /// The row's cells, to be taken one by one.
    pub(crate) fn cells<'a>(&'a self, row: &'a RawRow) -> Cells<'a> {
        let mut cells = Cells { bound: self, row, wrong: Vec::new() };
        if let Some(code) = row.fault {
            let start = String::from_utf8_lossy(row.cells.get(0).unwrap_or_default()).into_owned();
            cells.wrong.push(RowError::new(row.number, "", &start, code, Vec::new()));
        }
        // Cells that are missing at the end are empty; more than the head names are only delimiters, or a slip.
        if let Some(width) = self.width
            && row.cells.iter().skip(width).any(|cell| !cell.trim_ascii().is_empty())
        {
            let args = vec![("found", row.cells.len().to_string()), ("wanted", width.to_string())];
            let start = String::from_utf8_lossy(row.cells.get(0).unwrap_or_default()).into_owned();
            cells.wrong.push(RowError::new(row.number, "", &start, "import-width", args));
        }
        cells
    }

    /// A number of the file, scaled by `10^decimals`.
    pub(crate) fn number(&self, text: &str, decimals: u32) -> Result<i64, DecimalError> {
        kernel::parse_decimal(&plain_number(text, self.decimal)?, decimals, Notation::Plain)
    }
}

/// Column names that are repeated in an error.
const NAMES_CHARS_MAX: usize = 300;

/// A file in our own columns has no others: one with a slip in its name would be passed over in silence.
fn only_own(mapping: &Mapping, head: &Head) -> Outcome<()> {
    let is_own = |name: &&String| {
        let is_ours = name.is_empty() || name.as_str() == rejects::COLUMN;
        is_ours || mapping.columns.values().any(|own| own == *name)
    };
    let others: Vec<&str> = head.names.iter().filter(|name| !is_own(name)).map(String::as_str).collect();
    match others.as_slice() {
        [] => Ok(()),
        others => {
            let own: Vec<String> = mapping.columns.values().cloned().collect();
            Err(of_file("import-column-unknown", &shown(&others.join(", "), NAMES_CHARS_MAX), &own))
        }
    }
}

fn of_file(code: &'static str, columns: &str, known: &[String]) -> kernel::Failure {
    let args = vec![("columns", columns.to_owned()), ("known", shown(&known.join(", "), NAMES_CHARS_MAX))];
    Invalid::default().and("file", code, args).into()
}

fn decoded<'a>(encoding: &'static Encoding, cell: &'a [u8]) -> Option<Cow<'a, str>> {
    if encoding == UTF_8 {
        return std::str::from_utf8(cell).ok().map(Cow::Borrowed);
    }
    encoding.decode_without_bom_handling_and_without_replacement(cell)
}

/// A cell's text in the one form that all texts have, without spaces around.
fn normal(text: &str) -> Cow<'_, str> {
    match kernel::normal(text) {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// Whether a pattern in lower case fits a text in any case: `*` stands for anything.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    let same = |a: &str, b: &str| a.chars().flat_map(char::to_lowercase).eq(b.chars());
    match pattern.split_once('*') {
        None => same(text, pattern),
        Some((start, "")) => text.get(..start.len()).is_some_and(|head| same(head, start)),
        Some(_) => glob(pattern, &text.to_lowercase()),
    }
}

fn glob(pattern: &str, text: &str) -> bool {
    let pieces: Vec<&str> = pattern.split('*').collect();
    let (first, last) = (pieces[0], pieces[pieces.len() - 1]);
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    for piece in &pieces[1..pieces.len() - 1] {
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// What a spreadsheet writes where a formula failed.
const CELL_ERRORS: [&str; 7] = ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"];

/// One row being parsed.
#[derive(Debug)]
pub(crate) struct Cells<'a> {
    bound: &'a Bound,
    row: &'a RawRow,
    wrong: Vec<RowError>,
}

impl<'a> Cells<'a> {
    /// The text of a field: decoded, without spaces around, transformed; the constant when the cell is empty.
    pub(crate) fn text(&mut self, field: &'static str) -> Given<Cow<'a, str>> {
        let Some(slot) = self.bound.slots.get(field) else { return Given::Unmapped };
        let cell = match &slot.column {
            Some((place, _)) => match self.decoded(*place) {
                Ok(text) => text,
                Err(code) => {
                    self.note(field, code, Vec::new());
                    return Given::Unmapped;
                }
            },
            None => Cow::Borrowed(""),
        };
        let text = match self.transformed(slot, cell) {
            Ok(text) => text,
            Err((code, args)) => {
                self.note(field, code, args);
                return Given::Unmapped;
            }
        };
        match slot.values.get(text.as_ref()) {
            Some(value) => Given::Value(Cow::Borrowed(value)),
            None if !text.is_empty() => Given::Value(text),
            None => slot.constant.as_deref().map_or(Given::Empty, |text| Given::Value(Cow::Borrowed(text))),
        }
    }

    fn decoded(&self, place: usize) -> Result<Cow<'a, str>, &'static str> {
        let cell = self.row.cells.get(place).unwrap_or_default();
        let text = decoded(self.bound.encoding, cell).ok_or("import-encoding")?;
        let text = match text {
            Cow::Borrowed(text) => normal(text),
            Cow::Owned(text) => Cow::Owned(normal(&text).into_owned()),
        };
        if text.bytes().any(|b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r')) {
            return Err("import-control");
        }
        if text.starts_with('#') && CELL_ERRORS.contains(&text.as_ref()) {
            return Err("import-cell-error");
        }
        Ok(text)
    }

    fn transformed(&self, slot: &Slot, text: Cow<'a, str>) -> Result<Cow<'a, str>, Wrong> {
        let steps = slot.transforms.iter().filter(|step| **step != Transform::Trim);
        steps
            .into_iter()
            .try_fold(text, |text, step| step.apply(&text, self.bound.decimal, &self.bound.zone).map(Cow::Owned))
    }

    /// A field, parsed. What is wrong with it is noted, and then it counts as not mapped.
    pub(crate) fn get<T, W: Into<Wrong>>(
        &mut self,
        field: &'static str,
        parse: impl FnOnce(&str) -> Result<T, W>,
    ) -> Given<T> {
        match self.text(field) {
            Given::Value(text) => match parse(&text) {
                Ok(value) => Given::Value(value),
                Err(wrong) => {
                    let (code, args) = wrong.into();
                    self.note(field, code, args);
                    Given::Unmapped
                }
            },
            Given::Empty => Given::Empty,
            Given::Unmapped => Given::Unmapped,
        }
    }

    /// A field that must not be empty.
    pub(crate) fn must<T, W: Into<Wrong>>(
        &mut self,
        field: &'static str,
        parse: impl FnOnce(&str) -> Result<T, W>,
    ) -> Option<T> {
        let before = self.wrong.len();
        match self.get(field, parse) {
            Given::Value(value) => Some(value),
            Given::Unmapped if self.wrong.len() > before => None,
            _ => {
                self.note(field, "required", Vec::new());
                None
            }
        }
    }

    /// The mapped attributes with their texts; an empty one says that the product has none.
    pub(crate) fn attributes(&mut self) -> Vec<(&'a str, &'a str, Cow<'a, str>)> {
        let mut all = Vec::new();
        for (key, place, name) in &self.bound.attributes {
            match self.decoded(*place) {
                Ok(text) => all.push((key.as_str(), name.as_str(), text)),
                Err(code) => self.note_column(name, code, Vec::new()),
            }
        }
        all
    }

    /// Whether attributes are mapped at all.
    pub(crate) fn has_attributes(&self) -> bool {
        !self.bound.attributes.is_empty()
    }

    /// Notes an error at a field.
    pub(crate) fn note(&mut self, field: &str, code: &'static str, args: Vec<(&'static str, String)>) {
        let error = self.bound.error(self.row, field, code, args);
        self.wrong.push(error);
    }

    /// Notes an error at a column.
    pub(crate) fn note_column(&mut self, column: &str, code: &'static str, args: Vec<(&'static str, String)>) {
        self.wrong.push(RowError::new(self.row.number, column, "", code, args));
    }

    /// Whether anything is wrong so far.
    pub(crate) fn is_wrong(&self) -> bool {
        !self.wrong.is_empty()
    }

    /// The row as a value, or everything that is wrong with it.
    pub(crate) fn finish<T>(self, value: Option<T>) -> Result<T, Vec<RowError>> {
        match value {
            Some(value) if self.wrong.is_empty() => Ok(value),
            _ => Err(self.wrong),
        }
    }

    /// A moment in RFC 3339; without a zone in that of the file, and without a time the first one of the day.
    pub(crate) fn moment(&self) -> impl Fn(&str) -> Result<Instant, Wrong> + use<'a> {
        const FORMS: [&str; 4] = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"];
        let bound = self.bound;
        let local = move |text: &str| {
            let parsed = FORMS.iter().find_map(|form| strtime::parse(form, text).ok()?.to_datetime().ok())?;
            let moment = bound.zone.to_ambiguous_timestamp(parsed).compatible().ok()?;
            Some(Instant::from_micros(moment.as_microsecond()))
        };
        move |text| {
            let moment = Instant::parse(text).or_else(|| local(text));
            let moment = moment.filter(|moment| Date::YEARS_ENTERED.contains(&moment.date().civil().year()));
            moment.ok_or_else(|| ("import-date", vec![("form", FORMS[0].to_owned())]))
        }
    }

    /// A number scaled by `10^decimals`.
    pub(crate) fn number(&self) -> impl Fn(&str, u32) -> Result<i64, DecimalError> + use<'a> {
        let bound = self.bound;
        move |text, decimals| bound.number(text, decimals)
    }
}

impl Bound {
    /// An error at a field of a row, found out when it was parsed or later.
    pub(crate) fn error(
        &self,
        row: &RawRow,
        field: &str,
        code: &'static str,
        args: Vec<(&'static str, String)>,
    ) -> RowError {
        match self.slots.get(field).and_then(|slot| slot.column.as_ref()) {
            Some((place, name)) => {
                let cell = row.cells.get(*place).unwrap_or_default();
                let value = self.encoding.decode_without_bom_handling(cell).0;
                RowError::new(row.number, name, value.trim(), code, args)
            }
            None => {
                let constant = self.slots.get(field).and_then(|slot| slot.constant.as_deref()).unwrap_or_default();
                RowError::new(row.number, field, constant, code, args)
            }
        }
    }
}

/// A parser that gives a bare code.
pub(crate) fn coded<T>(result: Result<T, &'static str>) -> Result<T, Wrong> {
    result.map_err(|code| (code, Vec::new()))
}

/// A text of at most so many characters.
pub(crate) fn at_most(most: usize) -> impl Fn(&str) -> Result<String, Wrong> {
    move |text| {
        if text.chars().count() > most {
            return Err(("too-long", vec![("most", most.to_string())]));
        }
        Ok(text.to_owned())
    }
}

/// An ISO 4217 code that we trade in.
pub(crate) fn currency(text: &str) -> Result<Currency, Wrong> {
    Currency::parse(text).ok_or_else(|| ("import-currency", vec![]))
}

/// A day in ISO form.
pub(crate) fn date(text: &str) -> Result<Date, Wrong> {
    Date::entered(text.get(..10).unwrap_or(text)).ok_or_else(|| ("import-date", vec![("form", "%Y-%m-%d".to_owned())]))
}

/// A quantity above zero in thousandths, as far as it is a number.
pub(crate) fn quantity(thousandths: Result<i64, DecimalError>) -> Result<i64, Wrong> {
    match thousandths {
        Ok(..=0) => Err(("quantity-positive", vec![])),
        Ok(thousandths @ 1..=Quantity::THOUSANDTHS_MAX) => Ok(thousandths),
        Ok(_) | Err(DecimalError::TooLarge) => Err(("quantity-too-large", vec![])),
        Err(error) => Err(error.into()),
    }
}

/// Yes or no, in the words that files use.
pub(crate) fn flag(text: &str) -> Result<bool, Wrong> {
    match text.to_lowercase().as_str() {
        "1" | "true" | "yes" | "y" | "x" | "tak" | "t" => Ok(true),
        "0" | "false" | "no" | "n" | "nie" => Ok(false),
        _ => Err(("import-flag", vec![])),
    }
}

/// A price that is not negative, from a number in millionths.
pub(crate) fn price(micros: i64, currency: Currency) -> Result<UnitPrice, Wrong> {
    match micros {
        ..0 => Err(("price-negative", vec![])),
        0..=UnitPrice::MICROS_MAX => Ok(UnitPrice::new(micros, currency)),
        _ => Err(DecimalError::TooLarge.into()),
    }
}

/// An amount that is not negative, from minor units.
pub(crate) fn amount(minor: i64, currency: Currency) -> Result<Amount, Wrong> {
    if minor < 0 { Err(("not-negative", vec![])) } else { Ok(Amount::new(minor, currency)) }
}
