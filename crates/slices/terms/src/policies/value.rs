//! The single values of a policy as text: for the file, for a form in the reader's language, in words; and read back.

use i18n::Locale;
use kernel::{Amount, Currency, DecimalError, Notation, Quantity, Rate, Unit, UnitPrice, WrongValue};
use negotiation_engine::conditions::{ConditionError, ErrorCode, Schema};
use negotiation_engine::{CustomerCondition, ProductCondition};
use serde_json::{Value, json};

/// What a condition is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// Customer and deal.
    Customer,
    /// A product of the deal, and the customer.
    Product,
}

impl Subject {
    /// Every subject.
    pub const ALL: [Self; 2] = [Self::Customer, Self::Product];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Product => "product",
        }
    }

    /// The subject with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|subject| subject.code() == code)
    }

    /// The fields that a condition about it may ask.
    pub fn schema(self) -> &'static Schema {
        match self {
            Self::Customer => CustomerCondition::schema(),
            Self::Product => ProductCondition::schema(),
        }
    }
}

/// What sort of value a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A share, in per cent.
    Rate,
    /// A factor: 3 x.
    Multiple,
    /// A number with three decimals.
    Thousandths,
    /// A whole number up to this.
    Count(i64),
    /// An amount.
    Amount,
    /// A price of one unit.
    Price,
    /// The policy's currency.
    Currency,
    /// Yes or no.
    Flag,
    /// A word.
    Word,
    /// Words.
    Words,
    /// One of these codes.
    Choice(&'static [&'static str]),
    /// A condition in CEL.
    Condition(Subject),
}

/// A value as the file writes it, without quotation marks.
pub(super) fn plain(kind: Kind, value: &Value) -> String {
    match kind {
        Kind::Rate => format!("{} %", rate(value).to_percent()),
        Kind::Multiple => format!("{} x", multiple(value)),
        Kind::Thousandths => thousandths(value),
        Kind::Count(_) => number(value).to_string(),
        Kind::Amount => amount(value).map_or_else(String::new, |amount| amount.to_string()),
        Kind::Price => price(value).map_or_else(String::new, |price| price.to_string()),
        Kind::Flag => value.as_bool().unwrap_or(false).to_string(),
        Kind::Words => words(value).join(", "),
        Kind::Currency | Kind::Word | Kind::Choice(_) | Kind::Condition(_) => text(value),
    }
}

/// A value as it stands in a field of a form: the unit stands beside it.
pub(super) fn typed(kind: Kind, value: &Value, locale: &Locale) -> String {
    if value.is_null() {
        return String::new();
    }
    match kind {
        Kind::Rate => locale.decimal(&rate(value).to_percent()).replace('\u{2212}', "-"),
        Kind::Multiple => locale.decimal(&multiple(value)),
        Kind::Thousandths => locale.decimal(&thousandths(value)),
        Kind::Amount => amount(value).map_or_else(String::new, |amount| locale.amount(amount)),
        Kind::Price => price(value).map_or_else(String::new, |price| locale.unit_price(price)),
        Kind::Flag if value.as_bool() == Some(true) => "1".into(),
        Kind::Flag => String::new(),
        _ => plain(kind, value),
    }
}

/// A value in words, for people who read; `choices` is the beginning of the texts' keys for a choice.
pub(super) fn worded(kind: Kind, value: &Value, locale: &Locale) -> String {
    if value.is_null() {
        return "–".into();
    }
    match kind {
        Kind::Rate => locale.percent(rate(value)),
        Kind::Multiple => format!("{} ×", locale.decimal(&multiple(value))),
        Kind::Amount => amount(value).map_or_else(String::new, |amount| locale.money(amount)),
        Kind::Price => price(value).map_or_else(String::new, |price| locale.unit_price(price)),
        Kind::Count(_) => locale.number(number(value)),
        Kind::Flag => locale.text(if value.as_bool() == Some(true) { "yes" } else { "no" }),
        Kind::Words if words(value).is_empty() => "–".into(),
        Kind::Choice(_) => choice(locale, &text(value)),
        _ => typed(kind, value, locale),
    }
}

/// The word of a choice's code.
pub(super) fn choice(locale: &Locale, code: &str) -> String {
    locale.text(&format!("policy-choice-{}", code.replace('_', "-")))
}

/// Reads what a file or a person wrote in its notation; amounts without a currency are in `currency`.
pub(super) fn parse(kind: Kind, text: &str, currency: Currency, notation: Notation) -> Result<Value, WrongValue> {
    // What people call a thing and what they wrote as a condition is kept to the letter.
    let text = if matches!(kind, Kind::Word | Kind::Condition(_)) { text } else { text.trim() };
    let value = match kind {
        Kind::Rate => json!(Rate::typed_percent(text, notation)?),
        Kind::Multiple => json!(kernel::parse_decimal(text.trim_end_matches(['x', '×', ' ']), 6, notation)?),
        Kind::Thousandths => json!(within(kernel::parse_decimal(text, 3, notation)?, i64::from(u32::MAX))?),
        Kind::Count(max) => json!(within(kernel::parse_decimal(text, 0, notation)?, max)?),
        Kind::Amount => {
            let (number, currency) = with_currency(text, currency);
            json!(Amount::typed(number, currency, notation)?)
        }
        Kind::Price => {
            let (number, currency) = with_currency(text, currency);
            json!(UnitPrice::typed(number, currency, notation)?)
        }
        Kind::Currency => json!(Currency::parse(text).ok_or(("choice", Vec::new()))?),
        Kind::Flag => json!(!text.is_empty() && text != "false"),
        Kind::Word if text.trim().is_empty() => return Err(DecimalError::Empty.into()),
        Kind::Word => json!(text),
        Kind::Words => json!(text.split(',').map(str::trim).filter(|word| !word.is_empty()).collect::<Vec<_>>()),
        Kind::Choice(codes) if codes.contains(&text) => json!(text),
        Kind::Choice(_) => return Err(("choice", Vec::new())),
        Kind::Condition(subject) => {
            condition(subject, text).map_err(|error| wrong(&error))?;
            json!(text)
        }
    };
    Ok(value)
}

fn within(number: i64, max: i64) -> Result<i64, WrongValue> {
    if (0..=max).contains(&number) { Ok(number) } else { Err(("policy-out-of-range", Vec::new())) }
}

/// `250.00 EUR` is an amount and its currency.
fn with_currency(text: &str, usual: Currency) -> (&str, Currency) {
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    match Currency::parse(&text[number.len()..]) {
        Some(currency) => (number, currency),
        None => (text, usual),
    }
}

/// Checks a condition.
///
/// # Errors
/// What is wrong, and at which column.
pub(super) fn condition(subject: Subject, text: &str) -> Result<(), ConditionError> {
    match subject {
        Subject::Customer => CustomerCondition::parse(text).map(|_| ()),
        Subject::Product => ProductCondition::parse(text).map(|_| ()),
    }
}

/// A condition's error as that of a field; the column is among its values.
pub(crate) fn wrong(error: &ConditionError) -> WrongValue {
    let mut args = error.args.clone();
    args.push(("column", error.column.to_string()));
    let is_empty = |name: &str| error.args.iter().any(|(known, value)| *known == name && value.is_empty());
    // A sentence that would name nothing is another sentence.
    let code = match error.code {
        ErrorCode::Syntax if is_empty("found") => "cel-incomplete",
        ErrorCode::UnknownField if is_empty("nearest") => "cel-no-such-field",
        ErrorCode::UnknownFunction if is_empty("nearest") => "cel-no-such-function",
        code => cel_code(code),
    };
    (code, args)
}

/// The code under which an error of a condition has its sentence.
pub(super) fn cel_code(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::Empty => "cel-empty",
        ErrorCode::TooLong => "cel-too-long",
        ErrorCode::TooDeep => "cel-too-deep",
        ErrorCode::Syntax => "cel-syntax",
        ErrorCode::UnclosedText => "cel-unclosed-text",
        ErrorCode::UnknownEscape => "cel-unknown-escape",
        ErrorCode::Unsupported => "cel-unsupported",
        ErrorCode::UnknownField => "cel-unknown-field",
        ErrorCode::UnknownFunction => "cel-unknown-function",
        ErrorCode::WrongType => "cel-wrong-type",
        ErrorCode::WrongOperator => "cel-wrong-operator",
        ErrorCode::NoField => "cel-no-field",
        ErrorCode::TooPrecise => "cel-too-precise",
        ErrorCode::OutOfRange => "cel-out-of-range",
        ErrorCode::NotWhole => "cel-not-whole",
        ErrorCode::ValueCount => "cel-value-count",
    }
}

fn number(value: &Value) -> i64 {
    value.as_i64().unwrap_or_default()
}

fn rate(value: &Value) -> Rate {
    Rate::from_ppm(number(value))
}

/// Six decimals as needed, as a currency without minor units has them.
fn multiple(value: &Value) -> String {
    UnitPrice::new(number(value), Currency::Jpy).to_decimal()
}

fn thousandths(value: &Value) -> String {
    Quantity::new(number(value), Unit::Metre).to_decimal()
}

fn amount(value: &Value) -> Option<Amount> {
    serde_json::from_value(value.clone()).ok()
}

fn price(value: &Value) -> Option<UnitPrice> {
    serde_json::from_value(value.clone()).ok()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The words of a list.
pub(super) fn words(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}
