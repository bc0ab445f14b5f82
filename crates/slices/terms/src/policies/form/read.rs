//! Reading a form into a policy: every wrong field is noted, and where each row that was kept stood.

use std::collections::BTreeMap;

use kernel::{Currency, Invalid, WrongValue};
use negotiation_engine::Policy;
use serde_json::{Value, json};
use web::Fields;

use super::{Part, ROWS_MAX, condition, margins};
use crate::policies::shape::{Field, Shape, held, object, whole};
use crate::policies::value::{Kind, parse};

/// A policy that was typed, and the names of the form's fields for faults that name a row.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) policy: Policy,
    pub(crate) places: Places,
}

/// Path of a row in the policy, and its name in the form.
pub(crate) type Places = BTreeMap<String, String>;

/// Reads a part; all else is taken from `base`.
///
/// # Errors
/// Every wrong field under its name in the form.
pub(crate) fn read(fields: &Fields, base: &Policy, part: Part) -> Result<Read, Invalid> {
    let mut reader = Reader { fields, currency: base.currency, invalid: Invalid::default(), places: Places::new() };
    let mut whole = whole(base);
    let (prefix, all) = part.fields();
    let target = match part {
        Part::Section(at) => whole.get_mut("sections").and_then(|sections| sections.get_mut(at)),
        _ => Some(&mut whole),
    };
    let Some(target) = target else { return Err(Invalid::field("sections", "policy-out-of-range")) };
    let path = prefix.replacen(".", "[", 1).replacen(".", "].", 1);
    if let Part::Section(at) = part {
        reader.places.insert(format!("sections[{at}]"), format!("sections.{at}"));
    }
    for field in all {
        let value = match part {
            Part::Margins => margins::read(&mut reader, base),
            _ => {
                let (path, name) = (format!("{path}{}", field.name), format!("{prefix}{}", field.name));
                reader.field((&path, &name), field, held(target, field.name))
            }
        };
        target[field.name] = value;
    }
    if !reader.invalid.fields.is_empty() {
        return Err(reader.invalid);
    }
    match Policy::from_json(&whole.to_string()) {
        Ok(policy) => Ok(Read { policy, places: reader.places }),
        Err(error) => {
            let at = renamed_path(&error.path, &reader.places);
            let (code, args) = web::unfit(&error.reason);
            Err(Invalid::default().and(at, code, args))
        }
    }
}

/// A form being read.
pub(super) struct Reader<'a> {
    pub(super) fields: &'a Fields,
    currency: Currency,
    invalid: Invalid,
    pub(super) places: Places,
}

impl Reader<'_> {
    pub(super) fn wrong(&mut self, name: &str, (code, args): WrongValue) {
        self.invalid = std::mem::take(&mut self.invalid).and(name, code, args);
    }

    pub(super) fn is_wrong(&self, name: &str) -> bool {
        self.invalid.fields.iter().any(|error| error.field.starts_with(name))
    }

    pub(super) fn value(&mut self, name: &str, kind: Kind) -> Value {
        let parsed = parse(kind, self.fields.text(name), self.currency, self.fields.notation());
        self.invalid.take(name, parsed).unwrap_or(Value::Null)
    }

    fn field(&mut self, (path, name): (&str, &str), field: &'static Field, base: &Value) -> Value {
        match field.shape {
            Shape::Value(Kind::Condition(subject)) => match condition::read(self.fields, name, subject) {
                Ok(Some(text)) => json!(text),
                Ok(None) if field.optional => Value::Null,
                Ok(None) => {
                    self.wrong(name, ("required", Vec::new()));
                    Value::Null
                }
                Err(invalid) => {
                    self.invalid.fields.extend(invalid.fields);
                    Value::Null
                }
            },
            Shape::Value(_) if field.optional && self.fields.some(name).is_none() => Value::Null,
            Shape::Value(kind) => self.value(name, kind),
            Shape::Group(_) if field.optional && self.fields.some(&format!("{name}.on")).is_none() => Value::Null,
            Shape::Group(fields) => self.group(path, name, fields, base),
            Shape::Rows(fields, _) => self.rows(path, name, fields),
            Shape::Sections(_) => base.clone(),
        }
    }

    pub(super) fn group(&mut self, path: &str, name: &str, fields: &'static [Field], base: &Value) -> Value {
        let entries = fields.iter().map(|field| {
            let inner = (format!("{path}.{}", field.name), format!("{name}.{}", field.name));
            (field.name.to_owned(), self.field((&inner.0, &inner.1), field, held(base, field.name)))
        });
        object(entries.collect::<Vec<_>>())
    }

    fn rows(&mut self, path: &str, name: &str, fields: &'static [Field]) -> Value {
        let mut rows = Vec::new();
        for at in 0..ROWS_MAX {
            let name = format!("{name}.{at}");
            if !is_filled(fields, |field| self.fields.some(&format!("{name}.{field}")).is_some()) {
                continue;
            }
            let path = format!("{path}[{}]", rows.len());
            self.places.insert(path.clone(), name.clone());
            rows.push(self.group(&path, &name, fields, &Value::Null));
        }
        Value::Array(rows)
    }
}

/// Whether a row holds anything: a choice always does, so it does not count.
pub(crate) fn is_filled(fields: &[Field], has: impl Fn(&str) -> bool) -> bool {
    fields.iter().any(|field| !matches!(field.shape, Shape::Value(Kind::Choice(_) | Kind::Flag)) && has(field.name))
}

/// Faults of the policy under the names of the form's fields.
pub(crate) fn renamed(invalid: &Invalid, places: &Places) -> Invalid {
    let mut renamed = Invalid::default();
    for error in &invalid.fields {
        renamed = renamed.and(renamed_path(&error.field, places), error.code, error.args.clone());
    }
    renamed
}

/// `margins[2].floor` is the third row that was kept, wherever it stands in the form.
fn renamed_path(path: &str, places: &Places) -> String {
    let longest = places.iter().filter(|(row, _)| path.starts_with(row.as_str())).max_by_key(|(row, _)| row.len());
    match (path, longest) {
        ("routing.rows.deal_max" | "routing.rows.customer_max", _) => path.replace("rows.", "rows.0."),
        (_, Some((row, name))) => format!("{name}{}", &path[row.len()..]),
        _ => path.replace('[', ".").replace(']', ""),
    }
}
