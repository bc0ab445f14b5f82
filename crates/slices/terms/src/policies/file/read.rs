//! Reading: TOML to the engine's JSON by the shape, noting where everything stands and everything that is wrong.

use std::ops::Range;

use kernel::{Currency, FieldError, Notation, WrongValue};
use negotiation_engine::Policy;
use serde_json::{Value, json};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{BYTES_MAX, FileError, Places};
use crate::policies::shape::{Field, POLICY, Shape, object};
use crate::policies::value::{Kind, parse};

/// Errors that are told at once. Whoever has more mends these first.
const ERRORS_MAX: usize = 50;

pub(super) fn policy(text: &str) -> Result<(Policy, Places), Vec<FileError>> {
    if text.len() > BYTES_MAX {
        let error =
            FieldError { field: "text".into(), code: "text-too-long", args: vec![("most", BYTES_MAX.to_string())] };
        return Err(vec![FileError { line: 1, column: 1, error }]);
    }
    let mut reader =
        Reader { text: Lines::of(text), currency: Currency::Eur, places: Places::default(), errors: Vec::new() };
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            let span = error.span().unwrap_or(0..0);
            let (line, column) = reader.place(span.start);
            let technical = format!("line {line}, column {column}: {}", error.message());
            reader.wrong("", span, ("policy-file-toml", vec![(FieldError::TECHNICAL, technical)]));
            return Err(reader.errors);
        }
    };
    if let Some(DeValue::String(code)) = table.get_ref().get("currency").map(Spanned::get_ref) {
        reader.currency = Currency::parse(code).unwrap_or(reader.currency);
    }
    let value = reader.table("", POLICY, table.get_ref(), 0..0);
    if !reader.errors.is_empty() {
        return Err(reader.errors);
    }
    match Policy::from_json(&value.to_string()) {
        Ok(policy) => Ok((policy, reader.places)),
        Err(error) => {
            let (line, column) = reader.places.of(&error.path);
            let (code, args) = web::unfit(&error.reason);
            Err(vec![FileError { line, column, error: FieldError { field: error.path, code, args } }])
        }
    }
}

/// Where lines begin and how many characters stand before each block of the text, so that a place costs the same wherever it is.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    before: Vec<usize>,
}

const BLOCK: usize = 1_024;

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut sum = 0;
        let before = text.as_bytes().chunks(BLOCK).map(|block| {
            let here = sum;
            sum += characters(block);
            here
        });
        Self { text, starts, before: before.collect() }
    }

    /// Characters before a byte.
    fn characters(&self, at: usize) -> usize {
        let block = at / BLOCK;
        let rest = self.text.as_bytes().get(block * BLOCK..at).unwrap_or_default();
        self.before.get(block).map_or(0, |before| before + characters(rest))
    }

    /// Line and column of a byte, both from 1.
    fn place(&self, at: usize) -> (usize, usize) {
        let at = at.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= at);
        let start = line.checked_sub(1).and_then(|line| self.starts.get(line)).copied().unwrap_or(0);
        (line, self.characters(at) - self.characters(start) + 1)
    }
}

/// Every byte of UTF-8 but those that go on with a character.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
}

struct Reader<'a> {
    text: Lines<'a>,
    /// The policy's own.
    currency: Currency,
    places: Places,
    errors: Vec<FileError>,
}

impl Reader<'_> {
    /// Line and column of a byte.
    fn place(&self, at: usize) -> (usize, usize) {
        self.text.place(at)
    }

    /// Whether enough is wrong to stop reading.
    fn is_full(&self) -> bool {
        self.errors.len() >= ERRORS_MAX
    }

    fn wrong(&mut self, path: &str, span: Range<usize>, (code, args): WrongValue) {
        if self.is_full() {
            return;
        }
        let (line, column) = self.place(span.start);
        self.errors.push(FileError { line, column, error: FieldError { field: path.to_owned(), code, args } });
    }

    fn table(&mut self, path: &str, fields: &'static [Field], table: &DeTable<'_>, span: Range<usize>) -> Value {
        let field_path = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        for key in table.keys() {
            if self.is_full() {
                return Value::Null;
            }
            if !fields.iter().any(|field| field.name == key.get_ref()) {
                let args = vec![("found", key.get_ref().to_string())];
                self.wrong(&field_path(key.get_ref()), key.span(), ("policy-file-unknown", args));
            }
        }
        let mut entries = Vec::new();
        for field in fields {
            let path = field_path(field.name);
            let Some(value) = table.get(field.name) else {
                if field.usual.is_empty() {
                    self.wrong(&path, span.clone(), ("policy-file-missing", vec![("field", path.clone())]));
                }
                continue;
            };
            let place = self.place(value.span().start);
            self.places.0.insert(path.clone(), place);
            entries.push((field.name.to_owned(), self.field(&path, field, value)));
        }
        object(entries)
    }

    fn field(&mut self, path: &str, field: &'static Field, value: &Spanned<DeValue<'_>>) -> Value {
        match (field.shape, value.get_ref()) {
            (Shape::Value(kind), inner) => self.value(path, kind, inner, value.span()),
            (Shape::Group(fields), DeValue::Table(table)) => self.table(path, fields, table, value.span()),
            (Shape::Rows(fields, _) | Shape::Sections(fields), DeValue::Array(rows)) => {
                let mut read = Vec::new();
                for (at, row) in rows.iter().enumerate() {
                    if self.is_full() {
                        break;
                    }
                    let path = format!("{path}[{at}]");
                    let place = self.place(row.span().start);
                    self.places.0.insert(path.clone(), place);
                    read.push(match row.get_ref() {
                        DeValue::Table(table) => self.table(&path, fields, table, row.span()),
                        _ => self.mistyped(&path, row.span(), "table"),
                    });
                }
                Value::Array(read)
            }
            (Shape::Group(_), _) => self.mistyped(path, value.span(), "table"),
            (Shape::Rows(..) | Shape::Sections(_), _) => self.mistyped(path, value.span(), "list"),
        }
    }

    fn value(&mut self, path: &str, kind: Kind, value: &DeValue<'_>, span: Range<usize>) -> Value {
        let parsed = match (kind, value) {
            (Kind::Words, DeValue::Array(words)) => {
                let words = words.iter().map(|word| match word.get_ref() {
                    DeValue::String(word) => json!(word),
                    _ => self.mistyped(path, word.span(), "text"),
                });
                return Value::Array(words.collect());
            }
            (Kind::Words, _) => return self.mistyped(path, span, "list"),
            (Kind::Flag, DeValue::Boolean(flag)) => return json!(flag),
            (Kind::Flag, _) => return self.mistyped(path, span, "flag"),
            (_, DeValue::String(text)) => parse(kind, text, self.currency, Notation::Plain),
            (Kind::Word | Kind::Currency | Kind::Choice(_) | Kind::Condition(_), _) => {
                return self.mistyped(path, span, "text");
            }
            (_, DeValue::Integer(number)) if number.radix() == 10 => {
                parse(kind, number.as_str(), self.currency, Notation::Plain)
            }
            (_, DeValue::Float(number)) => parse(kind, number.as_str(), self.currency, Notation::Plain),
            _ => return self.mistyped(path, span, "number"),
        };
        match parsed {
            Ok(value) => value,
            Err(wrong) => {
                self.wrong(path, span, wrong);
                Value::Null
            }
        }
    }

    fn mistyped(&mut self, path: &str, span: Range<usize>, expected: &str) -> Value {
        self.wrong(path, span, ("policy-file-type", vec![("expected", expected.to_owned())]));
        Value::Null
    }
}
