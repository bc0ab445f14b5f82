//! Writing: values first, then rows of a line each, then tables; within them in the order of the shape.

use negotiation_engine::Policy;
use serde_json::Value;

use crate::policies::shape::{Field, POLICY, Shape, held, whole};
use crate::policies::value::{Kind, plain, words};

const HEAD: &str = "\
# The rules of negotiation: who may, about what, how far, and who decides the rest. Every field is explained in the guide.
# Shares are in per cent, factors end in x, amounts name their currency, conditions are CEL.
";
/// Lines of comments end here at the latest.
const WIDTH: usize = 118;

pub(super) fn policy(policy: &Policy) -> String {
    let mut out = HEAD.to_owned();
    table(&mut out, "", POLICY, &whole(policy));
    out
}

/// The fields of a table: `path` is its head, empty for the file itself.
fn table(out: &mut String, path: &str, fields: &[Field], object: &Value) {
    let is_table = |field: &&Field| matches!(field.shape, Shape::Group(_) | Shape::Sections(_));
    for field in fields.iter().filter(|field| !is_table(field)) {
        let value = held(object, field.name);
        if value.is_null() {
            continue;
        }
        if path.is_empty() {
            out.push('\n');
        }
        comment(out, field.comment);
        match field.shape {
            Shape::Rows(inner, _) => rows(out, field.name, inner, value),
            Shape::Value(kind) => out.push_str(&format!("{} = {}\n", field.name, written(kind, value))),
            Shape::Group(_) | Shape::Sections(_) => {}
        }
    }
    for field in fields.iter().filter(is_table) {
        let path = if path.is_empty() { field.name.to_owned() } else { format!("{path}.{}", field.name) };
        match (field.shape, held(object, field.name)) {
            (Shape::Group(inner), value @ Value::Object(_)) => {
                out.push('\n');
                comment(out, field.comment);
                out.push_str(&format!("[{path}]\n"));
                table(out, &path, inner, value);
            }
            (Shape::Sections(inner), Value::Array(all)) => sections(out, (&path, field.comment), inner, all),
            _ => {}
        }
    }
}

fn sections(out: &mut String, (path, says): (&str, &str), fields: &[Field], all: &[Value]) {
    for (at, section) in all.iter().enumerate() {
        out.push('\n');
        if at == 0 {
            comment(out, says);
        }
        out.push_str(&format!("[[{path}]]\n"));
        table(out, path, fields, section);
    }
}

fn rows(out: &mut String, name: &str, fields: &[Field], value: &Value) {
    let all = value.as_array().map_or(&[][..], Vec::as_slice);
    if all.is_empty() {
        return out.push_str(&format!("{name} = []\n"));
    }
    out.push_str(&format!("{name} = [\n"));
    for row in all {
        let cells = fields.iter().filter_map(|field| {
            let value = held(row, field.name);
            let Shape::Value(kind) = field.shape else { return None };
            (!value.is_null()).then(|| format!("{} = {}", field.name, written(kind, value)))
        });
        out.push_str(&format!("  {{ {} }},\n", cells.collect::<Vec<_>>().join(", ")));
    }
    out.push_str("]\n");
}

fn written(kind: Kind, value: &Value) -> String {
    match kind {
        Kind::Words => {
            format!("[{}]", words(value).into_iter().map(quoted).collect::<Vec<_>>().join(", "))
        }
        Kind::Flag | Kind::Count(_) => plain(kind, value),
        _ => quoted(&plain(kind, value)),
    }
}

/// A TOML string: a literal one where quotation marks would need escapes, as in conditions.
fn quoted(text: &str) -> String {
    let plain = |c: char| !c.is_control() && c != '\'';
    if text.contains(['"', '\\']) && text.chars().all(plain) {
        return format!("'{text}'");
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            control if control.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(control))),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

fn comment(out: &mut String, says: &str) {
    let mut line = String::new();
    for word in says.split_whitespace() {
        if !line.is_empty() && line.chars().count() + word.chars().count() + 1 > WIDTH {
            out.push_str(&format!("#{line}\n"));
            line.clear();
        }
        line.push(' ');
        line.push_str(word);
    }
    if !line.is_empty() {
        out.push_str(&format!("#{line}\n"));
    }
}
