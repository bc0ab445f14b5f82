//! Pure rules of prices in a file.

use std::collections::BTreeMap;

use kernel::{Currency, FieldError, Invalid, Notation, Packing, ProductId, parse_decimal};
use pricing::lists::rules;
use sheets::Cell;
use sheets::reading::{Row, Table, Unreadable};

use crate::changes::Edit;

/// Wrong lines that are named; reading stops there.
pub(super) const WRONG_MAX: usize = 50;
/// The columns by their names in the head. Without a head the first three stand in this order.
const COLUMNS: [&str; 5] = ["sku", "from", "price", "unit", "currency"];

/// A line as its reader would have typed it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Line {
    /// Where it stands in the file.
    pub(super) number: u64,
    pub(super) sku: String,
    pub(super) from: String,
    pub(super) price: String,
    /// Empty where the file has no such column.
    pub(super) unit: String,
    pub(super) currency: String,
}

/// A line that cannot be read, and why.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) line: Line,
    pub(super) errors: Vec<FieldError>,
}

/// What is wrong with a file as a whole.
pub(super) fn unreadable(why: Unreadable, rows_max: usize) -> Invalid {
    let (code, args) = match why {
        Unreadable::NotATable => ("price-file-no-table", Vec::new()),
        Unreadable::TooLarge => ("price-too-many", vec![("most", rows_max.to_string())]),
        Unreadable::Quote(line) => ("price-file-quote", vec![("line", line.to_string())]),
        Unreadable::CutOff => ("price-file-cut-off", Vec::new()),
    };
    Invalid::default().and("file", code, args)
}

/// The lines of a table, for a reader who writes numbers so.
///
/// # Errors
/// Invalid `file` without a line, or without a column that is needed.
pub(super) fn lines(table: &Table, notation: Notation) -> Result<Vec<Line>, Invalid> {
    let (mut places, mut rows): ([Option<usize>; 5], _) = ([Some(0), Some(1), Some(2), None, None], &*table.rows);
    if let Some((head, rest)) = rows.split_first().filter(|(head, _)| place(head, "sku").is_some()) {
        places = COLUMNS.map(|name| place(head, name));
        rows = rest;
    }
    if places.iter().take(3).any(Option::is_none) {
        return Err(Invalid::field("file", "price-file-columns"));
    }
    if rows.is_empty() {
        return Err(Invalid::field("file", "price-file-empty"));
    }
    let cell = |row: &Row, at: usize| {
        let cell = places[at].and_then(|place| row.cells.get(place));
        cell.map_or_else(String::new, |cell| if at == 0 { word(cell) } else { number(cell, table.is_plain, notation) })
    };
    let line = |row: &Row| Line {
        number: row.number,
        sku: cell(row, 0),
        from: cell(row, 1),
        price: cell(row, 2),
        unit: cell(row, 3),
        currency: cell(row, 4),
    };
    Ok(rows.iter().map(line).collect())
}

/// Where a column stands in the head.
fn place(head: &Row, name: &str) -> Option<usize> {
    head.cells.iter().position(|cell| word(cell).eq_ignore_ascii_case(name))
}

fn word(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) | Cell::Number(text) => text.clone(),
        Cell::Empty => String::new(),
    }
}

/// A number as the reader would have typed it. What a program wrote it brings into the reader's notation.
fn number(cell: &Cell, is_plain: bool, notation: Notation) -> String {
    match cell {
        Cell::Number(number) => notation.write(number),
        Cell::Text(text) if is_plain && parse_decimal(text, 6, Notation::Plain).is_ok() => notation.write(text),
        Cell::Text(text) => text.clone(),
        Cell::Empty => String::new(),
    }
}

/// The lines as a text to look at, correct and send again.
pub(super) fn text(lines: &[Line]) -> String {
    let is_whole = lines.iter().any(|line| !line.unit.is_empty() || !line.currency.is_empty());
    let columns = if is_whole { 5 } else { 3 };
    let mut text = COLUMNS[..columns].join("\t");
    for line in lines {
        let cells = [&line.sku, &line.from, &line.price, &line.unit, &line.currency];
        let cells: Vec<String> = cells[..columns].iter().map(|cell| quoted(cell)).collect();
        text.push('\n');
        text.push_str(&cells.join("\t"));
    }
    text
}

fn quoted(cell: &str) -> String {
    if cell.contains(['\t', '"', '\r', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

/// The edits that lines ask for, and the first of those that cannot be read.
pub(super) fn edits(
    lines: &[Line],
    goods: impl Fn(&str) -> Option<(ProductId, Packing)>,
    currency: Currency,
    notation: Notation,
) -> (Vec<Edit>, Vec<Wrong>) {
    let (mut edits, mut wrong, mut seen) = (Vec::with_capacity(lines.len()), Vec::new(), BTreeMap::new());
    for line in lines {
        let read = edit(line, &goods, currency, notation).and_then(|edit| {
            match seen.insert((edit.product, edit.from.thousandths()), line.number) {
                Some(other) => {
                    Err(Invalid::default().and("from", "price-file-twice", vec![("line", other.to_string())]))
                }
                None => Ok(edit),
            }
        });
        match read {
            Ok(edit) => edits.push(edit),
            Err(invalid) => wrong.push(Wrong { line: line.clone(), errors: invalid.fields }),
        }
        if wrong.len() >= WRONG_MAX {
            break;
        }
    }
    (edits, wrong)
}

fn edit(
    line: &Line,
    goods: &impl Fn(&str) -> Option<(ProductId, Packing)>,
    currency: Currency,
    notation: Notation,
) -> Result<Edit, Invalid> {
    let (product, packing) = goods(&line.sku).ok_or_else(|| Invalid::field("sku", "price-sku"))?;
    let mut invalid = Invalid::default();
    if !line.currency.is_empty() && Currency::parse(&line.currency) != Some(currency) {
        invalid = invalid.and("currency", "price-file-currency", vec![("currency", currency.code().to_owned())]);
    }
    if !line.unit.is_empty() && line.unit != packing.unit.code() {
        invalid = invalid.and("unit", "price-file-unit", vec![("unit", packing.unit.code().to_owned())]);
    }
    match (rules::step(&line.from, &line.price, notation, packing, currency), invalid.fields.is_empty()) {
        (Ok(tier), true) => Ok(Edit { product, from: tier.from, price: Some(tier.price), seen: None }),
        (Ok(_), false) => Err(invalid),
        (Err(step), _) => {
            invalid.fields.extend(step.fields);
            Err(invalid)
        }
    }
}
