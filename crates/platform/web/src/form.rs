//! Forms as data: what was typed, and what is wrong with it, per field. So a form comes back with its input kept.

use std::collections::BTreeMap;

use i18n::Locale;
use kernel::{
    Amount, Currency, DecimalError, Invalid, Notation, Quantity, QuantityError, Rate, Unit, UnitPrice, parse_decimal,
};

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

    /// The same form with error sentences in the reader's language. A number that could be two things is put into its
    /// field as it was understood, so that sending the form again confirms it.
    #[must_use]
    pub fn with_errors(mut self, invalid: &Invalid, locale: &Locale) -> Self {
        for error in &invalid.fields {
            if self.errors.contains_key(&error.field) {
                continue;
            }
            if let Some(understood) = understood(error) {
                self.values.insert(error.field.clone(), understood.to_owned());
            }
            self.errors.insert(error.field.clone(), locale.error(error));
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

/// How a number that is not clear was understood, as the reader would write it; `None` for any other error.
pub fn understood(error: &kernel::FieldError) -> Option<&str> {
    let is_unclear = DecimalError::is_unclear(error.code);
    let mut args = error.args.iter().filter(|(name, _)| is_unclear && *name == DecimalError::UNDERSTOOD);
    args.next().map(|(_, understood)| understood.as_str())
}

/// A form that was sent, as it came: all fields are text until they are parsed. As `Form<Fields>` it knows how its reader
/// writes numbers, and reads them so; made by hand it reads them as programs write them.
#[derive(Debug, Clone, Default)]
pub struct Fields(pub BTreeMap<String, String>, Notation);

impl<'de> serde::Deserialize<'de> for Fields {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        BTreeMap::deserialize(deserializer).map(Self::of)
    }
}

impl Fields {
    /// Fields that a program filled in.
    pub fn of(values: BTreeMap<String, String>) -> Self {
        Self(values, Notation::Plain)
    }

    /// The same fields as a reader sent them: numbers are written in this notation, texts brought into one form. Passwords
    /// are kept to the letter.
    #[must_use]
    pub fn written_in(mut self, notation: Notation) -> Self {
        for (name, value) in &mut self.0 {
            if !is_secret(name)
                && let std::borrow::Cow::Owned(normal) = kernel::normal(value)
            {
                *value = normal;
            }
        }
        Self(self.0, notation)
    }

    /// How the numbers in it are written.
    pub fn notation(&self) -> Notation {
        self.1
    }

    /// The text of a field, trimmed; empty when it was not sent.
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |v| v.trim())
    }

    /// The text of a field unless it is empty.
    pub fn some(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// A number, scaled by `10^decimals`.
    ///
    /// # Errors
    /// [`DecimalError`].
    pub fn number(&self, name: &str, decimals: u32) -> Result<i64, DecimalError> {
        parse_decimal(self.text(name), decimals, self.1)
    }

    /// A quantity.
    ///
    /// # Errors
    /// [`QuantityError`].
    pub fn quantity(&self, name: &str, unit: Unit) -> Result<Quantity, QuantityError> {
        Quantity::typed(self.text(name), unit, self.1)
    }

    /// A price of one unit.
    ///
    /// # Errors
    /// [`DecimalError`].
    pub fn price(&self, name: &str, currency: Currency) -> Result<UnitPrice, DecimalError> {
        UnitPrice::typed(self.text(name), currency, self.1)
    }

    /// A sum of money.
    ///
    /// # Errors
    /// [`DecimalError`].
    pub fn amount(&self, name: &str, currency: Currency) -> Result<Amount, DecimalError> {
        Amount::typed(self.text(name), currency, self.1)
    }

    /// A percentage, with or without its sign.
    ///
    /// # Errors
    /// [`DecimalError`].
    pub fn percent(&self, name: &str) -> Result<Rate, DecimalError> {
        Rate::typed_percent(self.text(name), self.1)
    }

    /// Every field that was sent, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The form with this input kept and its errors noted.
    pub fn rejected(&self, invalid: &Invalid, locale: &Locale) -> FormState {
        self.kept().with_errors(invalid, locale)
    }

    /// The form with this input kept.
    pub fn kept(&self) -> FormState {
        FormState { values: self.0.clone(), errors: BTreeMap::new() }
    }
}

/// Whether a field holds what is compared by its letters only.
pub(crate) fn is_secret(name: &str) -> bool {
    name.contains("password")
}

#[cfg(test)]
mod tests {
    use i18n::Language;

    use super::*;

    fn fields(quantity: &str, language: Language) -> Fields {
        let values = [("quantity", quantity), ("note", "za\u{7a}o\u{301}"), ("password", "o\u{301}")];
        let values = values.map(|(name, value)| (name.to_owned(), value.to_owned()));
        Fields::of(values.into()).written_in(language.notation())
    }

    #[test]
    fn fault_m1_the_form_says_what_it_understood_before_it_does_it() {
        for (language, typed, understood, said) in [
            (Language::Pl, "1.125", "1,125", "1125"),
            (Language::Pl, "1,234.5", "1234,5", "1234,5"),
            (Language::En, "12,5", "12.5", "12.5"),
            (Language::En, "1.234,5", "1234.5", "1234.5"),
        ] {
            let locale = Locale::new(language, "UTC");
            let (sent, mut invalid) = (fields(typed, language), Invalid::default());
            assert_eq!(invalid.take("quantity", sent.quantity("quantity", Unit::Metre)), None);
            let form = sent.rejected(&invalid, &locale);
            assert_eq!(form.value("quantity"), understood, "{typed} in {language:?}");
            assert!(
                form.error("quantity").contains(understood) && form.error("quantity").contains(said),
                "{}",
                form.error("quantity")
            );
            assert_eq!(form.value("note"), "zazó", "what else was typed is kept");
            let again = fields(form.value("quantity"), language);
            assert_eq!(
                again.quantity("quantity", Unit::Metre),
                Quantity::understood(typed, Unit::Metre, language.notation())
            );
            assert!(again.quantity("quantity", Unit::Metre).is_ok(), "sent again it is done");
        }
    }

    #[test]
    fn fault_d4_texts_have_one_form_and_passwords_are_left_alone() {
        let sent = fields("1", Language::En);
        assert_eq!((sent.text("note"), sent.text("password")), ("zazó", "o\u{301}"));
    }
}
