//! The message catalogues, compiled in.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::{LazyLock, Mutex, PoisonError};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast;

use crate::Language;
use crate::format::Symbols;

/// A value that a message mentions.
///
/// Numbers choose the plural form and are written with the language's digit groups; hand in text for what is no count
/// (years, order numbers) or is formatted already (money, quantities).
#[derive(Debug, Clone)]
pub enum Arg<'a> {
    /// Text, inserted as it is. Escaping is the template's business.
    Text(Cow<'a, str>),
    /// A count.
    Count(i64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<i64> for Arg<'_> {
    fn from(count: i64) -> Self {
        Self::Count(count)
    }
}

impl From<usize> for Arg<'_> {
    fn from(count: usize) -> Self {
        Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

/// The texts of one area: file name and content.
type Area = (&'static str, &'static str);

/// Embeds the listed areas of one language.
macro_rules! areas {
    ($language:literal: $($area:literal),+ $(,)?) => {
        &[$(($area, include_str!(concat!("../locales/", $language, "/", $area, ".ftl")))),+]
    };
}

/// Embeds the same areas for one language after the other.
macro_rules! languages {
    ($($language:literal),+) => {
        [$(areas!($language:
            "common", "countries", "errors", "parties", "catalog", "pricing", "negotiation", "buying", "ordering", "desk", "office",
            "mail", "policy", "routing", "simulation", "experiments", "tracking", "quotes", "figures",
        )),+]
    };
}

/// In the order of [`Language::ALL`].
static SOURCES: [&[Area]; 2] = languages!("en", "pl");

static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 2]> = LazyLock::new(|| Language::ALL.map(load));

fn load(language: Language) -> FluentBundle<FluentResource> {
    let id = language.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Isolation marks would surround every inserted value and end up in copied text, mails and tests; our languages
    // are all written from left to right.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::En => |value, _| grouped(value, Language::En),
        Language::Pl => |value, _| grouped(value, Language::Pl),
    }));
    for (area, text) in SOURCES[language as usize] {
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, errors)| {
            tracing::error!("locales/{}/{area}.ftl: {errors:?}", language.code());
            resource
        });
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!("locales/{}/{area}.ftl: {errors:?}", language.code());
        }
    }
    bundle
}

/// Counts reach messages through Fluent's own number type; they are whole, so no digit is lost below 2^53.
fn grouped(value: &FluentValue<'_>, language: Language) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(Symbols::of(language).decimal(&number.as_string())),
        _ => None,
    }
}

/// Stands behind a value that ends in a point ('10 szt.', 'sp. z o.o.'), until it is known what follows in the sentence. It is
/// no character, so no text has it.
const POINTED: char = '\u{FDD0}';

/// One point ends the abbreviation and the sentence.
fn with_one_point(text: String) -> String {
    if text.contains(POINTED) { text.replace(&format!("{POINTED}."), "").replace(POINTED, "") } else { text }
}

/// The message in `language`, else in English, else the key in brackets.
pub(crate) fn text(language: Language, key: &str, args: &[(&str, Arg<'_>)]) -> String {
    let mut values = FluentArgs::with_capacity(args.len());
    for (name, arg) in args {
        match arg {
            Arg::Text(text) if text.ends_with('.') => values.set(*name, format!("{text}{POINTED}")),
            Arg::Text(text) => values.set(*name, text.as_ref()),
            Arg::Count(count) => values.set(*name, *count),
        }
    }
    for language in [language, Language::En] {
        if let Some(text) = format(language, key, &values) {
            return text;
        }
        log_once(language, key, "no such message");
    }
    format!("⟦{key}⟧")
}

fn format(language: Language, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    let bundle = &BUNDLES[language as usize];
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
    if let Some(error) = errors.first() {
        log_once(language, key, &error.to_string());
    }
    Some(with_one_point(text))
}

/// One line per message and language is enough: the same page may be asked for a thousand times a second.
fn log_once(language: Language, key: &str, problem: &str) {
    static SEEN: LazyLock<Mutex<HashSet<(Language, String)>>> = LazyLock::new(Mutex::default);
    /// Keys may be put together from data, so the memory has an end.
    const SEEN_MAX: usize = 1_000;
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    if seen.len() < SEEN_MAX && seen.insert((language, key.to_owned())) {
        tracing::warn!(text.key = key, text.language = language.code(), "text {key} ({}): {problem}", language.code());
    }
}

/// The keys of all messages of a language, sorted; for checks.
pub fn keys(language: Language) -> Vec<String> {
    messages(language).into_iter().map(|(key, _)| key).collect()
}

/// The keys of all messages of a language with the names of the variables that each mentions, sorted; for checks.
pub fn messages(language: Language) -> Vec<(String, Vec<String>)> {
    let mut all = Vec::new();
    for (_, text) in SOURCES[language as usize] {
        let resource = match fluent_syntax::parser::parse(*text) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        for entry in resource.body {
            if let ast::Entry::Message(message) = entry {
                let mut variables = Vec::new();
                if let Some(pattern) = &message.value {
                    variables_of(pattern, &mut variables);
                }
                variables.sort();
                variables.dedup();
                all.push((message.id.name.to_owned(), variables));
            }
        }
    }
    all.sort();
    all
}

fn variables_of(pattern: &ast::Pattern<&str>, names: &mut Vec<String>) {
    for element in &pattern.elements {
        let ast::PatternElement::Placeable { expression } = element else { continue };
        match expression {
            ast::Expression::Inline(inline) => variables_in(inline, names),
            ast::Expression::Select { selector, variants } => {
                variables_in(selector, names);
                variants.iter().for_each(|variant| variables_of(&variant.value, names));
            }
        }
    }
}

fn variables_in(inline: &ast::InlineExpression<&str>, names: &mut Vec<String>) {
    if let ast::InlineExpression::VariableReference { id } = inline {
        names.push(id.name.to_owned());
    }
}
