//! Which fields a condition may use, and the values that they take.

use kernel::{Amount, Rate, UnitPrice};

use crate::error::{ErrorCode, Problem};
use crate::operator::Operator;

/// Words that CEL keeps for itself or for later.
pub(crate) const RESERVED: [&str; 18] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "namespace",
    "null",
    "package",
    "return",
    "var",
    "void",
    "while",
];

/// The largest number of a condition: twelve digits and six decimals, far from the ends of an `i64`.
pub(crate) const MICROS_MAX: i64 = 999_999_999_999_999_999;

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A text, compared letter by letter.
    Text,
    /// A whole or decimal number.
    Number,
    /// A share: 0.15 for 15 %.
    Rate,
    /// An amount in the policy's currency.
    Money,
    /// A whole number of days.
    Days,
    /// Yes or no.
    Flag,
}

impl Kind {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Rate => "rate",
            Self::Money => "money",
            Self::Days => "days",
            Self::Flag => "flag",
        }
    }

    /// What a form offers for a field of this kind, in this order.
    pub fn operators(self) -> &'static [Operator] {
        use Operator::*;
        match self {
            Self::Text => &[Equal, NotEqual, OneOf, NoneOf, StartsWith, EndsWith, Contains, Known, Missing],
            Self::Flag => &[Equal, NotEqual, Known, Missing],
            _ => &[Equal, NotEqual, AtLeast, AtMost, More, Less, OneOf, NoneOf, Known, Missing],
        }
    }

    /// The largest literal without sign, in millionths: 1,000 % of a rate, twelve digits of all else.
    fn micros_max(self) -> i64 {
        if self == Self::Rate { 10_000_000 } else { MICROS_MAX }
    }

    /// Whether `literal`, written at byte `at`, can be compared with a field of this kind.
    pub(crate) fn check(self, literal: &Literal, at: usize) -> Result<(), Problem> {
        let fits = match literal {
            Literal::Text(_) => self == Self::Text,
            Literal::Flag(_) => self == Self::Flag,
            Literal::Number(_) => !matches!(self, Self::Text | Self::Flag),
        };
        if !fits {
            let problem = Problem::new(at, ErrorCode::WrongType).with("expected", self.code());
            return Err(problem.with("found", literal.kind_code()));
        }
        let Literal::Number(micros) = literal else { return Ok(()) };
        if micros.unsigned_abs() > self.micros_max().unsigned_abs() {
            return Err(Problem::new(at, ErrorCode::OutOfRange).with("max", plain(self.micros_max())));
        }
        if self == Self::Days && micros % 1_000_000 != 0 {
            return Err(Problem::new(at, ErrorCode::NotWhole));
        }
        Ok(())
    }
}

/// A field that conditions may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name, such as `customer.segment`.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Values of a text field that are known beforehand, for completion and pick lists. Others may be written too.
    pub values: Vec<String>,
}

impl Field {
    /// A field without values known beforehand.
    pub fn new(name: &'static str, kind: Kind) -> Self {
        Self { name, kind, values: Vec::new() }
    }

    /// A text field with values known beforehand.
    pub fn text(name: &'static str, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { name, kind: Kind::Text, values: values.into_iter().map(Into::into).collect() }
    }
}

/// The fields of one sort of condition. A field's place in it is its slot among the values of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schema {
    fields: Vec<Field>,
}

impl Schema {
    /// The schema of these fields.
    ///
    /// # Panics
    /// Where a name is not at least two words of letters, digits and `_` with dots between, is a reserved word of CEL, or
    /// stands twice. Names are constants of the program, so that is a bug of ours.
    pub fn new(fields: Vec<Field>) -> Self {
        for (slot, field) in fields.iter().enumerate() {
            assert!(is_name(field.name), "{} is not the name of a field", field.name);
            assert!(fields[..slot].iter().all(|other| other.name != field.name), "{} stands twice", field.name);
        }
        Self { fields }
    }

    /// The fields, by slot.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The slot of the field with this name.
    pub fn slot(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }

    /// The field with this name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

fn is_name(name: &str) -> bool {
    let is_word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && !RESERVED.contains(&word)
            && !["in", "true", "false"].contains(&word)
    };
    name.contains('.') && name.split('.').count() <= 4 && name.split('.').all(is_word)
}

/// The value of a field in one case. A value of another kind than the field's counts as unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Value<'a> {
    /// Not known in this case.
    #[default]
    Unknown,
    /// Of a text field.
    Text(&'a str),
    /// Of a number, rate, amount or days, in millionths.
    Number(i64),
    /// Of a flag.
    Flag(bool),
}

impl Value<'_> {
    /// A whole number, such as of days or lines. Beyond nine million millions it stays the largest there is, which is
    /// more than any literal.
    pub fn whole(number: i64) -> Self {
        Self::Number(number.saturating_mul(1_000_000))
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Value<'_> {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<Rate> for Value<'_> {
    fn from(rate: Rate) -> Self {
        Self::Number(rate.ppm())
    }
}

impl From<UnitPrice> for Value<'_> {
    fn from(price: UnitPrice) -> Self {
        Self::Number(price.micros())
    }
}

/// Beyond nine million millions it stays the largest there is, which is more than any literal.
impl From<Amount> for Value<'_> {
    fn from(amount: Amount) -> Self {
        Self::Number(amount.minor().saturating_mul(amount.currency().micros_per_minor()))
    }
}

/// A value as it is written in a condition.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Literal {
    /// `'A'`.
    Text(String),
    /// `0.15`, in millionths.
    Number(i64),
    /// `true` or `false`.
    Flag(bool),
}

impl Literal {
    /// As the value of a case.
    pub(crate) fn value(&self) -> Value<'_> {
        match self {
            Self::Text(text) => Value::Text(text),
            Self::Number(micros) => Value::Number(*micros),
            Self::Flag(flag) => Value::Flag(*flag),
        }
    }

    /// As CEL.
    pub(crate) fn to_cel(&self) -> String {
        match self {
            Self::Text(text) => quoted(text),
            Self::Number(micros) => plain(*micros),
            Self::Flag(flag) => flag.to_string(),
        }
    }

    pub(crate) fn kind_code(&self) -> &'static str {
        match self {
            Self::Text(_) => Kind::Text.code(),
            Self::Number(_) => Kind::Number.code(),
            Self::Flag(_) => Kind::Flag.code(),
        }
    }
}

/// `text` as a literal of CEL.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('\'');
    for letter in text.chars() {
        match letter {
            '\'' => out.push_str("\\'"),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => out.push(other),
        }
    }
    out.push('\'');
    out
}

/// `micros` as a decimal without needless zeros.
pub(crate) fn plain(micros: i64) -> String {
    let sign = if micros < 0 { "-" } else { "" };
    let (whole, fraction) = (micros.unsigned_abs() / 1_000_000, micros.unsigned_abs() % 1_000_000);
    let text = format!("{sign}{whole}.{fraction:06}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
