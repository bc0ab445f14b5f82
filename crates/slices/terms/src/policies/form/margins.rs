//! Floors and targets in a form: a matrix of segments and classes (`matrix.2.1.floor`), whose axes stand in the form too
//! (`matrix.segment.2`, `matrix.class.1`), and rows with a condition below (`margins.0.floor`).

use kernel::Rate;
use negotiation_engine::{MarginRow, Policy, ProductCondition};
use serde_json::{Value, json};

use super::read::Reader;
use super::{ROWS_MAX, Writer, condition};
use crate::policies::shape::{POLICY, Shape, field};
use crate::policies::value::{Kind, Subject, typed};

/// The segments down and the classes across; the first of each, empty, is for all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Axes {
    pub(crate) segments: Vec<String>,
    pub(crate) classes: Vec<String>,
}

impl Axes {
    /// What the policy names and what is known from the data, in that order.
    pub(crate) fn of(policy: &Policy, segments: &[String], classes: &[String]) -> Self {
        let distinct = |named: Vec<&String>, known: &[String]| {
            let mut all = vec![String::new()];
            for value in named.into_iter().chain(known) {
                if !all.contains(value) {
                    all.push(value.clone());
                }
            }
            all.truncate(ROWS_MAX);
            all
        };
        let rows = || policy.margins.iter().filter(|row| row.condition.is_none());
        Self {
            segments: distinct(rows().filter_map(|row| row.segment.as_ref()).collect(), segments),
            classes: distinct(rows().filter_map(|row| row.class.as_ref()).collect(), classes),
        }
    }
}

/// Fills in the matrix and the rows below.
pub(super) fn put(writer: &mut Writer<'_>, policy: &Policy, axes: &Axes) {
    for (at, segment) in axes.segments.iter().enumerate() {
        writer.put(format!("matrix.segment.{at}"), segment.as_str());
    }
    for (at, class) in axes.classes.iter().enumerate() {
        writer.put(format!("matrix.class.{at}"), class.as_str());
    }
    let place = |all: &[String], value: &Option<String>| {
        all.iter().position(|known| known.as_str() == value.as_deref().unwrap_or(""))
    };
    for row in policy.margins.iter().filter(|row| row.condition.is_none()) {
        if let (Some(s), Some(c)) = (place(&axes.segments, &row.segment), place(&axes.classes, &row.class)) {
            put_rates(writer, &format!("matrix.{s}.{c}"), row);
        }
    }
    let conditional = policy.margins.iter().filter(|row| row.condition.is_some());
    for (at, row) in conditional.enumerate() {
        let name = format!("margins.{at}");
        writer.put(format!("{name}.segment"), row.segment.clone().unwrap_or_default());
        writer.put(format!("{name}.class"), row.class.clone().unwrap_or_default());
        let text = row.condition.as_ref().map_or("", ProductCondition::text);
        condition::put(writer, &format!("{name}.condition"), Subject::Product, text);
        put_rates(writer, &name, row);
    }
}

fn put_rates(writer: &mut Writer<'_>, name: &str, row: &MarginRow) {
    let rate = |rate: Rate, writer: &Writer<'_>| typed(Kind::Rate, &json!(rate), writer.locale);
    let (floor, target) = (rate(row.floor, writer), rate(row.target, writer));
    writer.put(format!("{name}.floor"), floor);
    writer.put(format!("{name}.target"), target);
}

/// Reads both: first the rows of the matrix, those that were there before in their order, then the conditional ones.
pub(super) fn read(reader: &mut Reader<'_>, base: &Policy) -> Value {
    let mut cells = cells(reader);
    let known = base.margins.iter().filter(|row| row.condition.is_none());
    let order: Vec<(String, String)> =
        known.map(|row| (row.segment.clone().unwrap_or_default(), row.class.clone().unwrap_or_default())).collect();
    let rank = |key: &(String, String)| order.iter().position(|known| known == key).unwrap_or(usize::MAX);
    cells.sort_by_key(|cell| rank(&cell.key));
    let mut rows = Vec::new();
    for cell in cells {
        reader.places.insert(format!("margins[{}]", rows.len()), cell.name.clone());
        let word = |word: &str| if word.is_empty() { Value::Null } else { json!(word) };
        let (segment, class) = (word(&cell.key.0), word(&cell.key.1));
        let rate = |reader: &mut Reader<'_>, name: &str| reader.value(&format!("{}.{name}", cell.name), Kind::Rate);
        let (floor, target) = (rate(reader, "floor"), rate(reader, "target"));
        rows.push(json!({ "segment": segment, "class": class, "condition": null, "floor": floor, "target": target }));
    }
    conditional(reader, &mut rows);
    Value::Array(rows)
}

struct Cell {
    name: String,
    key: (String, String),
}

fn cells(reader: &mut Reader<'_>) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    let axis =
        |axis: &str, at: usize| reader.fields.some(&format!("matrix.{axis}.{at}")).unwrap_or_default().to_owned();
    let mut nameless = Vec::new();
    for s in 0..ROWS_MAX {
        for c in 0..ROWS_MAX {
            let name = format!("matrix.{s}.{c}");
            let filled = |part: &str| reader.fields.some(&format!("{name}.{part}")).is_some();
            if !filled("floor") && !filled("target") {
                continue;
            }
            let key = (axis("segment", s), axis("class", c));
            let without = [("segment", s, &key.0), ("class", c, &key.1)];
            let without = without.into_iter().find(|(_, at, value)| *at > 0 && value.is_empty());
            match without {
                Some((of, at, _)) => nameless.push(format!("matrix.{of}.{at}")),
                None => cells.push(Cell { name, key }),
            }
        }
    }
    nameless.iter().for_each(|name| reader.wrong(name, ("required", Vec::new())));
    cells
}

fn conditional(reader: &mut Reader<'_>, rows: &mut Vec<Value>) {
    let Some(Shape::Rows(fields, _)) = field(POLICY, "margins").map(|field| field.shape) else { return };
    for at in 0..ROWS_MAX {
        let name = format!("margins.{at}");
        let named = |part: &str| format!("{name}.{part}");
        let picked = (0..condition::ROWS)
            .any(|row| reader.fields.some(&named(&format!("condition.rows.{row}.field"))).is_some());
        let filled = picked
            || ["segment", "class", "condition", "floor", "target"]
                .iter()
                .any(|part| reader.fields.some(&named(part)).is_some());
        if !filled {
            continue;
        }
        reader.places.insert(format!("margins[{}]", rows.len()), name.clone());
        let row = reader.group("margins[]", &name, fields, &Value::Null);
        if row.get("condition").is_none_or(Value::is_null) && !reader.is_wrong(&named("condition")) {
            reader.wrong(&named("condition"), ("required", Vec::new()));
        }
        rows.push(row);
    }
}
