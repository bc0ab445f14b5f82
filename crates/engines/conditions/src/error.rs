//! What can be wrong with a condition.

use std::fmt;

/// Why a text is not a condition, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionError {
    /// Where, in characters from the start of the text, counted from 1; one past the end where something is missing.
    pub column: usize,
    /// What is wrong.
    pub code: ErrorCode,
    /// Named values for the sentence in the message catalogues; which ones, each [`ErrorCode`] says.
    pub args: Vec<(&'static str, String)>,
}

impl fmt::Display for ConditionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.code.code(), self.column)
    }
}

impl std::error::Error for ConditionError {}

/// What is wrong with a condition or with a row of a form. In brackets the arguments of its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// Nothing was written. Everyone is `true`.
    Empty,
    /// More than [`LENGTH_MAX`](crate::LENGTH_MAX) characters (`max`).
    TooLong,
    /// More than [`DEPTH_MAX`](crate::DEPTH_MAX) brackets within each other (`max`).
    TooDeep,
    /// Something else is expected here (`found`; empty at the end of the text).
    Syntax,
    /// A text literal without its closing quote.
    UnclosedText,
    /// An escape in a text literal that is not supported (`found`).
    UnknownEscape,
    /// CEL, but not of the part that conditions have (`found`).
    Unsupported,
    /// No such field (`found`; `nearest`, which may be empty).
    UnknownField,
    /// No such function (`found`; `nearest`, which may be empty).
    UnknownFunction,
    /// A value or a field of another kind is expected (`expected` and `found`, codes of kinds or `condition`).
    WrongType,
    /// The operator does not fit the field (`operator`, `kind`).
    WrongOperator,
    /// Neither side of a comparison is a field.
    NoField,
    /// More than six decimals (`max`).
    TooPrecise,
    /// Beyond what the kind of the field can hold (`max`, without sign).
    OutOfRange,
    /// Days are whole.
    NotWhole,
    /// A row has too few or too many values for its operator.
    ValueCount,
}

impl ErrorCode {
    /// Every code.
    pub const ALL: [Self; 16] = [
        Self::Empty,
        Self::TooLong,
        Self::TooDeep,
        Self::Syntax,
        Self::UnclosedText,
        Self::UnknownEscape,
        Self::Unsupported,
        Self::UnknownField,
        Self::UnknownFunction,
        Self::WrongType,
        Self::WrongOperator,
        Self::NoField,
        Self::TooPrecise,
        Self::OutOfRange,
        Self::NotWhole,
        Self::ValueCount,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too-long",
            Self::TooDeep => "too-deep",
            Self::Syntax => "syntax",
            Self::UnclosedText => "unclosed-text",
            Self::UnknownEscape => "unknown-escape",
            Self::Unsupported => "unsupported",
            Self::UnknownField => "unknown-field",
            Self::UnknownFunction => "unknown-function",
            Self::WrongType => "wrong-type",
            Self::WrongOperator => "wrong-operator",
            Self::NoField => "no-field",
            Self::TooPrecise => "too-precise",
            Self::OutOfRange => "out-of-range",
            Self::NotWhole => "not-whole",
            Self::ValueCount => "value-count",
        }
    }
}

/// An error whose place is a byte of the text, before that becomes a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub at: usize,
    pub code: ErrorCode,
    pub args: Vec<(&'static str, String)>,
}

impl Problem {
    pub fn new(at: usize, code: ErrorCode) -> Self {
        Self { at, code, args: Vec::new() }
    }

    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    pub fn in_text(self, text: &str) -> ConditionError {
        ConditionError { column: column(text, self.at), code: self.code, args: self.args }
    }
}

/// The column of the character that starts at byte `at`.
pub(crate) fn column(text: &str, at: usize) -> usize {
    text.char_indices().take_while(|(start, _)| *start < at).count() + 1
}

/// The name most like `found`, empty when none is near: at most a third of its letters differ.
pub(crate) fn nearest<'a>(found: &str, names: impl Iterator<Item = &'a str>) -> String {
    let found: String = found.chars().take(64).collect::<String>().to_lowercase();
    let allowed = (found.chars().count() / 3).max(1);
    let ranked = names.map(|name| (distance(&found, &name.to_lowercase()), name));
    ranked.filter(|(far, _)| *far <= allowed).min_by_key(|(far, _)| *far).map_or(String::new(), |(_, name)| name.into())
}

/// Levenshtein's distance in characters.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (at, letter) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (place, other) in right.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *other);
            diagonal = row[place + 1];
            row[place + 1] = changed.min(diagonal + 1).min(row[place] + 1);
        }
    }
    row[right.len()]
}
