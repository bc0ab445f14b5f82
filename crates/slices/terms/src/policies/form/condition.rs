//! A condition in a form: as CEL (`name`), or as rows of field, operator and values (`name.rows.0.field`) that write the CEL.
//! `name.mode` says which of the two counts. Turning from one to the other converts what was typed.

use kernel::{DecimalError, Invalid, Notation, Rate, WrongValue};
use negotiation_engine::conditions::{Condition, Kind, Literal, Operator, Row, Schema, Simple};
use web::Fields;

use super::Writer;
use crate::policies::value::{Subject, cel_code, wrong};

/// Rows of a condition that a form shows at most.
pub(crate) const ROWS: usize = 12;

/// Fills in a condition: as rows where rows can say it.
pub(super) fn put(writer: &mut Writer<'_>, name: &str, subject: Subject, text: &str) {
    writer.put(name, text);
    let notation = writer.locale.notation();
    let rows = if text.is_empty() { Some(Vec::new()) } else { rows_of(text, subject.schema(), notation) };
    writer.put(format!("{name}.mode"), if rows.is_some() { "rows" } else { "text" });
    for (field, value) in named(name, &rows.unwrap_or_default(), notation) {
        writer.put(field, value);
    }
}

/// The rows that say what a text says; `None` where rows cannot, or fields could not hold them to the letter.
fn rows_of(text: &str, schema: &Schema, notation: Notation) -> Option<Vec<Row>> {
    let rows = Simple::of(&Condition::parse(text, schema).ok()?)?;
    let all = rows.all().to_vec();
    let again = |row: &Row| {
        let kind = schema.field(&row.field)?.kind;
        let values = values(row.operator, kind, &shown(row, kind, notation), notation).ok()?;
        (values == row.values).then_some(())
    };
    (!all.is_empty() && all.len() < ROWS && all.iter().all(|row| again(row).is_some())).then_some(all)
}

fn named(name: &str, rows: &[Row], notation: Notation) -> Vec<(String, String)> {
    let fields = rows.iter().enumerate().flat_map(|(at, row)| {
        let field = |part: &str| format!("{name}.rows.{at}.{part}");
        let kind = Subject::Product.schema().field(&row.field).or_else(|| Subject::Customer.schema().field(&row.field));
        let shown = kind.map_or_else(String::new, |known| shown(row, known.kind, notation));
        [
            (field("field"), row.field.clone()),
            (field("operator"), row.operator.code().to_owned()),
            (field("values"), shown),
        ]
    });
    fields.collect()
}

fn shown(row: &Row, kind: Kind, notation: Notation) -> String {
    let literal = |literal: &Literal| match literal {
        Literal::Text(text) => text.clone(),
        Literal::Flag(flag) => flag.to_string(),
        Literal::Number(micros) if kind == Kind::Rate => {
            format!("{} %", notation.write(&Rate::from_ppm(*micros).to_percent()))
        }
        Literal::Number(micros) => notation.write(&kernel::UnitPrice::new(*micros, kernel::Currency::Jpy).to_decimal()),
    };
    let between = if separator(kind, notation) == ';' { "; " } else { ", " };
    row.values.iter().map(literal).collect::<Vec<_>>().join(between)
}

/// What stands between several values: a semicolon between numbers that have a comma themselves.
fn separator(kind: Kind, notation: Notation) -> char {
    if notation == Notation::Comma && !matches!(kind, Kind::Text | Kind::Flag) { ';' } else { ',' }
}

/// The text of a condition that was typed or picked; `None` where nothing was.
pub(super) fn read(fields: &Fields, name: &str, subject: Subject) -> Result<Option<String>, Invalid> {
    if fields.text(&format!("{name}.mode")) != "rows" {
        let text = fields.text(name).replace("\r\n", "\n");
        if text.is_empty() {
            return Ok(None);
        }
        return match Condition::parse(&text, subject.schema()) {
            Ok(_) => Ok(Some(text)),
            Err(error) => {
                let (code, args) = wrong(&error);
                Err(Invalid::default().and(name, code, args))
            }
        };
    }
    let (rows, places) = picked(fields, name, subject.schema())?;
    if rows.is_empty() {
        return Ok(None);
    }
    match Simple::new(rows, subject.schema()) {
        Ok(simple) => Ok(Some(as_written(fields.text(name), simple, subject.schema()))),
        Err(error) => {
            let at = places.get(error.row).copied().unwrap_or(0);
            Err(Invalid::default().and(format!("{name}.rows.{at}.values"), cel_code(error.code), error.args))
        }
    }
}

/// The text that stood there, where the rows still say the same: nobody's spaces are tidied by looking at them.
fn as_written(text: &str, simple: Simple, schema: &Schema) -> String {
    let written = Condition::parse(text, schema).ok();
    let same = written.and_then(|known| Simple::of(&known)).is_some_and(|known| known == simple);
    if same { text.to_owned() } else { simple.to_text() }
}

/// The rows that were picked, and at which places.
fn picked(fields: &Fields, name: &str, schema: &Schema) -> Result<(Vec<Row>, Vec<usize>), Invalid> {
    let (mut rows, mut places, mut invalid) = (Vec::new(), Vec::new(), Invalid::default());
    for at in 0..ROWS {
        let part = |part: &str| format!("{name}.rows.{at}.{part}");
        let Some(field) = fields.some(&part("field")) else { continue };
        let operator = Operator::parse(fields.text(&part("operator"))).unwrap_or(Operator::Equal);
        let kind = schema.field(field).map_or(Kind::Text, |known| known.kind);
        let read = values(operator, kind, fields.text(&part("values")), fields.notation());
        if let Some(values) = invalid.take(&part("values"), read) {
            rows.push(Row { field: field.to_owned(), operator, values });
            places.push(at);
        }
    }
    if invalid.fields.is_empty() { Ok((rows, places)) } else { Err(invalid) }
}

fn values(operator: Operator, kind: Kind, text: &str, notation: Notation) -> Result<Vec<Literal>, WrongValue> {
    let several = matches!(operator, Operator::OneOf | Operator::NoneOf);
    let parts: Vec<&str> = if several { text.split(separator(kind, notation)).collect() } else { vec![text] };
    // How one of several was understood cannot be put into their field.
    let clear = |wrong: WrongValue| {
        if several && DecimalError::is_unclear(wrong.0) { DecimalError::Malformed.into() } else { wrong }
    };
    let read = |part| literal(kind, part, notation).map_err(clear);
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).map(read).collect()
}

fn literal(kind: Kind, text: &str, notation: Notation) -> Result<Literal, WrongValue> {
    match kind {
        Kind::Text => Ok(Literal::Text(text.to_owned())),
        Kind::Flag => match text {
            "true" => Ok(Literal::Flag(true)),
            "false" => Ok(Literal::Flag(false)),
            _ => Err(("policy-flag-value", Vec::new())),
        },
        Kind::Rate if text.ends_with('%') => Ok(Literal::Number(Rate::typed_percent(text, notation)?.ppm())),
        _ => Ok(Literal::Number(kernel::parse_decimal(text, 6, notation)?)),
    }
}

/// The form with a condition turned to rows or to CEL, as the button says (`eligibility.customers:rows`); nothing typed is lost.
///
/// # Errors
/// What cannot be turned, at its field.
pub(crate) fn turn(fields: &Fields, wish: &str, subject: Subject) -> Result<Fields, Invalid> {
    let (name, to) = wish.rsplit_once(':').unwrap_or((wish, "text"));
    let text = read(fields, name, subject)?.unwrap_or_default();
    let mut turned = fields.clone();
    let rows = match to {
        "rows" if text.is_empty() => Vec::new(),
        "rows" => rows_of(&text, subject.schema(), fields.notation())
            .ok_or_else(|| Invalid::field(name, "policy-not-rows"))?,
        _ => Vec::new(),
    };
    turned.0.retain(|field, _| !field.starts_with(&format!("{name}.rows.")));
    turned.0.insert(format!("{name}.mode"), if to == "rows" { "rows" } else { "text" }.to_owned());
    turned.0.insert(name.to_owned(), text);
    turned.0.extend(named(name, &rows, fields.notation()));
    Ok(turned)
}
