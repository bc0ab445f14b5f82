//! From TOML to a checked mapping.

use std::collections::BTreeMap;

use kernel::{Failure, FieldError, Outcome};
use serde::Deserialize;
use toml::Spanned;

use super::history::HistoryText;
use super::{Field, Kind, Mapping, Skip, SourceSpec, Transform, wrong};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MappingText {
    kind: Spanned<String>,
    #[serde(default)]
    source: SourceText,
    #[serde(default)]
    columns: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    constants: BTreeMap<String, Spanned<Constant>>,
    #[serde(default)]
    transforms: BTreeMap<String, Spanned<Vec<String>>>,
    #[serde(default)]
    values: BTreeMap<String, Spanned<BTreeMap<String, String>>>,
    #[serde(default)]
    skip: Vec<SkipText>,
    #[serde(default)]
    attributes: BTreeMap<String, Spanned<String>>,
    history: Option<Spanned<HistoryText>>,
}

/// Constants may be written as TOML knows them, except floats: `1.5` is `"1.5"` here, to the last digit.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a constant is a text, a whole number or true/false; write decimals in quotes")]
enum Constant {
    Text(String),
    Whole(i64),
    Flag(bool),
}

impl Constant {
    fn into_text(self) -> String {
        match self {
            Self::Text(text) => text.trim().to_owned(),
            Self::Whole(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct SourceText {
    delimiter: Option<Spanned<String>>,
    encoding: Option<Spanned<String>>,
    sheet: Option<String>,
    header: Option<u32>,
    decimal: Option<Spanned<String>>,
    time_zone: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SkipText {
    column: String,
    matches: Vec<String>,
    #[serde(default)]
    reason: Option<String>,
}

/// Where a piece of the mapping stands.
pub(super) struct Lines<'a>(&'a str);

impl Lines<'_> {
    /// The line of a byte, from 1.
    fn of(&self, at: usize) -> String {
        let upto = self.0.get(..at).unwrap_or(self.0);
        (upto.bytes().filter(|b| *b == b'\n').count() + 1).to_string()
    }

    /// An error at a piece.
    pub(super) fn wrong<T>(&self, at: &Spanned<T>, code: &'static str, args: Vec<(&'static str, String)>) -> Failure {
        let mut all = vec![("line", self.of(at.span().start))];
        all.extend(args);
        wrong(code, all)
    }
}

pub(super) fn mapping(text: &str) -> Outcome<Mapping> {
    let lines = Lines(text);
    let parsed: MappingText = toml::from_str(text).map_err(|error| {
        let line = lines.of(error.span().map_or(0, |span| span.start));
        wrong("import-mapping", unread(line, error.message().trim()))
    })?;
    let kind = Kind::parse(parsed.kind.get_ref()).ok_or_else(|| {
        lines.wrong(&parsed.kind, "import-mapping-kind", vec![("value", parsed.kind.get_ref().clone())])
    })?;
    if let Some(history) = &parsed.history
        && kind != Kind::Orders
    {
        return Err(lines.wrong(history, "import-mapping-history", vec![]));
    }
    if let Some((_, first)) = parsed.attributes.iter().next()
        && kind != Kind::Catalog
    {
        return Err(lines.wrong(first, "import-mapping-attributes", vec![]));
    }
    let fields = Mapping::fields(kind, parsed.history.is_some());
    check_names(&lines, kind, fields, &parsed)?;
    let transforms = parsed.transforms.into_iter().map(|(field, steps)| Ok((field, transforms(&lines, &steps)?)));
    Ok(Mapping {
        kind,
        source: source(&lines, parsed.source)?,
        columns: plain(parsed.columns),
        constants: parsed.constants.into_iter().map(|(name, value)| (name, value.into_inner().into_text())).collect(),
        transforms: transforms.collect::<Outcome<_>>()?,
        values: plain(parsed.values),
        skips: parsed.skip.into_iter().map(skip).collect(),
        attributes: plain(parsed.attributes),
        history: parsed.history.map(|history| history.into_inner().check(&lines)).transpose()?,
        is_own: false,
    })
}

/// What is wrong with a text that is no mapping, as far as people have words for it.
fn unread(line: String, said: &str) -> Vec<(&'static str, String)> {
    let mut quoted = said.split('`').skip(1).step_by(2);
    let what = match said {
        _ if said.starts_with("unknown field `") => "unknown",
        _ if said.starts_with("missing field `") => "missing",
        _ => "other",
    };
    let name = quoted.next().filter(|_| what != "other").unwrap_or_default().to_owned();
    vec![("line", line), ("what", what.into()), ("name", name), (FieldError::TECHNICAL, said.to_owned())]
}

fn plain<T>(map: BTreeMap<String, Spanned<T>>) -> BTreeMap<String, T> {
    map.into_iter().map(|(name, value)| (name, value.into_inner())).collect()
}

fn skip(text: SkipText) -> Skip {
    let reason = text.reason.unwrap_or_else(|| format!("{} = {}", text.column, text.matches.join(", ")));
    Skip { column: text.column, patterns: text.matches, reason }
}

/// Every name must be a field of the kind, and every field that is needed must have a column or a constant.
fn check_names(lines: &Lines<'_>, kind: Kind, fields: &[Field], parsed: &MappingText) -> Outcome<()> {
    let known = |name: &str| fields.iter().any(|field| field.name == name);
    let unknown = |name: &str, line: String| {
        let all: Vec<&str> = fields.iter().map(|field| field.name).collect();
        let args =
            vec![("line", line), ("field", name.to_owned()), ("kind", kind.code().into()), ("known", all.join(", "))];
        Err(wrong("import-mapping-field", args))
    };
    let places = (parsed.columns.iter().map(|(name, at)| (name, at.span())))
        .chain(parsed.constants.iter().map(|(name, at)| (name, at.span())))
        .chain(parsed.transforms.iter().map(|(name, at)| (name, at.span())))
        .chain(parsed.values.iter().map(|(name, at)| (name, at.span())));
    for (name, span) in places {
        if !known(name) {
            return unknown(name, lines.of(span.start));
        }
    }
    let has = |name: &str| parsed.columns.contains_key(name) || parsed.constants.contains_key(name);
    let without = parsed.transforms.iter().map(|(name, at)| (name, at.span()));
    for (name, span) in without.chain(parsed.values.iter().map(|(name, at)| (name, at.span()))) {
        if !has(name) {
            return Err(wrong("import-mapping-unused", vec![("line", lines.of(span.start)), ("field", name.clone())]));
        }
    }
    match fields.iter().find(|field| field.is_required && !has(field.name)) {
        Some(field) => Err(wrong("import-mapping-required", vec![("field", field.name.to_owned())])),
        None => Ok(()),
    }
}

fn transforms(lines: &Lines<'_>, steps: &Spanned<Vec<String>>) -> Outcome<Vec<Transform>> {
    let step = |text: &String| {
        Transform::parse(text)
            .ok_or_else(|| lines.wrong(steps, "import-mapping-transform", vec![("value", text.clone())]))
    };
    steps.get_ref().iter().map(step).collect()
}

fn source(lines: &Lines<'_>, text: SourceText) -> Outcome<SourceSpec> {
    let delimiter = match &text.delimiter {
        Some(given) => match given.get_ref().as_bytes() {
            [one] if !matches!(one, b'"' | b'\n' | b'\r') => *one,
            _ => return Err(lines.wrong(given, "import-mapping-delimiter", vec![])),
        },
        None => b',',
    };
    let encoding = match &text.encoding {
        // Commas, quotes and line ends are looked for in the bytes of the file.
        Some(given) => encoding_rs::Encoding::for_label(given.get_ref().as_bytes())
            .filter(|encoding| encoding.is_ascii_compatible())
            .ok_or_else(|| lines.wrong(given, "import-mapping-encoding", vec![("value", given.get_ref().clone())]))?,
        None => encoding_rs::UTF_8,
    };
    let decimal = match &text.decimal {
        Some(given) => match given.get_ref().as_str() {
            "." => '.',
            "," => ',',
            _ => return Err(lines.wrong(given, "import-mapping-decimal", vec![])),
        },
        None => '.',
    };
    let zone = match &text.time_zone {
        Some(given) => jiff::tz::TimeZone::get(given.get_ref())
            .map_err(|_| lines.wrong(given, "import-mapping-zone", vec![("value", given.get_ref().clone())]))?,
        None => jiff::tz::TimeZone::UTC,
    };
    let header = text.header.map_or(1, u64::from);
    Ok(SourceSpec { delimiter, encoding, sheet: text.sheet, header, decimal, zone })
}
