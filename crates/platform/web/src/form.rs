//! Forms as data: what was typed, and what is wrong with it, per field. So a form comes back with its input kept.

use std::collections::BTreeMap;

use i18n::Locale;
use kernel::Invalid;

/// A form as it stands: values and error sentences by field name.
#[derive(Debug, Clone, Default)]
pub struct FormState {
    values: BTreeMap<String, String>,
    errors: BTreeMap<String, String>,
}

impl FormState {
    /// A form with first values.
    pub fn of<'a>(values: impl IntoIterator<Item = (&'a str, String)>) -> Self {
        let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { values, errors: BTreeMap::new() }
    }

    /// The same form with error sentences in the reader's language.
    #[must_use]
    pub fn with_errors(mut self, invalid: &Invalid, locale: &Locale) -> Self {
        for error in &invalid.fields {
            self.errors.entry(error.field.clone()).or_insert_with(|| locale.error(error));
        }
        self
    }

    /// What stands in a field.
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    /// Whether a field holds exactly `value` (for choices and check boxes).
    pub fn is(&self, name: &str, value: &str) -> bool {
        self.value(name) == value
    }

    /// Whether a field holds something that is not among the values of a choice.
    pub fn is_beside(&self, name: &str, choices: &[(String, String)]) -> bool {
        let value = self.value(name);
        !value.is_empty() && !choices.iter().any(|(choice, _)| choice == value)
    }

    /// The error sentence of a field; empty when it is fine.
    pub fn error(&self, name: &str) -> &str {
        self.errors.get(name).map_or("", String::as_str)
    }

    /// Whether a field is wrong.
    pub fn wrong(&self, name: &str) -> bool {
        self.errors.contains_key(name)
    }

    /// All errors: field and sentence.
    pub fn errors(&self) -> Vec<(&str, &str)> {
        self.errors.iter().map(|(field, text)| (field.as_str(), text.as_str())).collect()
    }

    /// Whether anything is wrong.
    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }
}

/// A form that was sent, as it came: all fields are text until they are parsed. Use as `Form<Fields>`.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(transparent)]
pub struct Fields(pub BTreeMap<String, String>);

impl Fields {
    /// The text of a field, trimmed; empty when it was not sent.
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |v| v.trim())
    }

    /// The text of a field unless it is empty.
    pub fn some(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// Every field that was sent, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The form with this input kept and its errors noted.
    pub fn rejected(&self, invalid: &Invalid, locale: &Locale) -> FormState {
        FormState { values: self.0.clone(), errors: BTreeMap::new() }.with_errors(invalid, locale)
    }

    /// The form with this input kept.
    pub fn kept(&self) -> FormState {
        FormState { values: self.0.clone(), errors: BTreeMap::new() }
    }
}
