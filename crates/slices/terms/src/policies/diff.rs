//! Every rule of a policy in words, and what differs between two.

use i18n::Locale;
use negotiation_engine::Policy;
use serde_json::Value;

use super::shape::{Field, POLICY, SECTION, Shape, field, held, whole};
use super::value::{Kind, worded};

/// A rule in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fact {
    /// What finds it again in another policy.
    pub(super) key: String,
    /// What it is called, with the group that it belongs to.
    label: String,
    /// What it is called within its group.
    pub(super) rule: String,
    /// What it says.
    pub(super) says: String,
}

/// A rule that differs: its name, what it says in the first policy and in the second; empty where it has none.
pub(crate) type Change = (String, String, String);

/// What the second policy changes.
pub fn diff(before: &Policy, after: &Policy, locale: &Locale) -> Vec<Change> {
    let (before, after) = (all(before, locale), all(after, locale));
    let says = |facts: &[Fact], key: &str| {
        facts.iter().find(|fact| fact.key == key).map_or_else(String::new, |fact| fact.says.clone())
    };
    let new = after.iter().filter(|fact| !before.iter().any(|known| known.key == fact.key));
    let rules = before.iter().chain(new);
    let changes = rules.map(|fact| (fact.label.clone(), says(&before, &fact.key), says(&after, &fact.key)));
    changes.filter(|(_, before, after)| before != after).collect()
}

fn all(policy: &Policy, locale: &Locale) -> Vec<Fact> {
    let policy = whole(policy);
    let fields = POLICY.iter().filter(|field| field.name != "version");
    fields.flat_map(|field| of(field, field.name, held(&policy, field.name), locale)).collect()
}

/// The rules of one field of a policy, by its name.
pub(super) fn facts(policy: &Policy, name: &str, locale: &Locale) -> Vec<Fact> {
    let policy = whole(policy);
    field(POLICY, name).map_or_else(Vec::new, |field| of(field, name, held(&policy, name), locale))
}

/// The rules of a section.
pub(super) fn section_facts(section: &Value, locale: &Locale) -> Vec<Fact> {
    SECTION.iter().flat_map(|field| of(field, field.name, held(section, field.name), locale)).collect()
}

/// A value in words, with its unit.
fn said(kind: Kind, value: &Value, path: &str, locale: &Locale) -> String {
    if path.ends_with("minutes")
        && let Some(minutes) = value.as_u64().and_then(|minutes| u32::try_from(minutes).ok())
    {
        return duration(locale, minutes);
    }
    let words = worded(kind, value, locale);
    match count_unit(locale, path).filter(|_| matches!(kind, Kind::Count(_)) && !value.is_null()) {
        Some(unit) => format!("{words} {unit}"),
        None => words,
    }
}

/// Minutes in words; whole hours as hours.
pub(super) fn duration(locale: &Locale, minutes: u32) -> String {
    let (key, count) = match minutes.is_multiple_of(60) {
        true => ("hours", minutes / 60),
        false => ("minutes", minutes),
    };
    locale.text_with(key, &[("count", i64::from(count).into())])
}

/// What a field counts, by the end of its name.
pub(super) fn count_unit(locale: &Locale, path: &str) -> Option<String> {
    match path.rsplit(['.', '_']).next() {
        Some("hours") => Some(locale.text("policy-hours")),
        Some("minutes") => Some(locale.text("policy-minutes")),
        Some("months") => Some(locale.text("policy-months")),
        Some("days") => Some(locale.text("policy-days-unit")),
        Some("max") if path.ends_with("times_max") => Some("×".into()),
        _ => None,
    }
}

/// What a field is called, by its path without places: `routing.rows.deal_max`.
pub(super) fn label(locale: &Locale, path: &str) -> String {
    locale.text(&format!("policy-f-{}", path.replace(['.', '_'], "-")))
}

fn of(field: &Field, path: &str, value: &Value, locale: &Locale) -> Vec<Fact> {
    let name = label(locale, path);
    let fact = |key: String, label: String, says: String| Fact { key, rule: label.clone(), label, says };
    match field.shape {
        Shape::Value(kind) => vec![fact(path.to_owned(), name, said(kind, value, path, locale))],
        Shape::Group(_) if value.is_null() => vec![fact(path.to_owned(), name, locale.text("policy-not-offered"))],
        Shape::Group(fields) => {
            let inner = |inner: &Field| of(inner, &format!("{path}.{}", inner.name), held(value, inner.name), locale);
            let facts = fields.iter().flat_map(inner);
            let under = |fact: Fact| Fact { label: joined(locale, &name, &fact.label), ..fact };
            // That a lever is offered at all is a change of its own.
            let on = field.optional.then(|| fact(path.to_owned(), name.clone(), locale.text("policy-offered")));
            on.into_iter().chain(facts.map(under)).collect()
        }
        Shape::Rows(fields, keys) => {
            let rows = value.as_array().into_iter().flatten().enumerate();
            rows.map(|(at, row)| row_fact((path, at), (fields, keys), row, locale)).collect()
        }
        Shape::Sections(fields) => {
            let sections = value.as_array().into_iter().flatten();
            let inner = |section: &Value| {
                let title = held(section, "name").as_str().unwrap_or_default().to_owned();
                let facts = fields.iter().flat_map(|inner| of(inner, inner.name, held(section, inner.name), locale));
                let under = |fact: Fact| Fact {
                    key: format!("{path}[{title}].{}", fact.key),
                    label: joined(locale, &joined(locale, &name, &title), &fact.label),
                    ..fact
                };
                facts.map(under).collect::<Vec<_>>()
            };
            sections.flat_map(inner).collect()
        }
    }
}

fn joined(locale: &Locale, group: &str, rule: &str) -> String {
    locale.text_with("policy-rule-of", &[("group", group.into()), ("rule", rule.into())])
}

fn row_fact((path, at): (&str, usize), (fields, keys): (&[Field], usize), row: &Value, locale: &Locale) -> Fact {
    let cell = |field: &Field| match field.shape {
        Shape::Value(kind) if !held(row, field.name).is_null() => {
            Some(said(kind, held(row, field.name), field.name, locale))
        }
        _ => None,
    };
    let keyed: Vec<String> = fields[..keys].iter().filter_map(cell).collect();
    let key = if keys == 0 { (at + 1).to_string() } else { keyed.join(", ") };
    let title = if key.is_empty() { locale.text("all") } else { key.clone() };
    let says = fields[keys..].iter().filter_map(|field| {
        let label = label(locale, &format!("{path}.{}", field.name));
        cell(field).map(|says| joined(locale, &label, &says))
    });
    Fact {
        key: format!("{path}[{key}]"),
        label: joined(locale, &label(locale, path), &title),
        rule: title,
        says: says.collect::<Vec<_>>().join(" · "),
    }
}
