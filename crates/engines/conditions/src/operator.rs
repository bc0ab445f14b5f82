//! What can be asked of a field.

/// What a row of a form asks of its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `in [...]`
    OneOf,
    /// `!(... in [...])`
    NoneOf,
    /// `.startsWith(...)`
    StartsWith,
    /// `.endsWith(...)`
    EndsWith,
    /// `.contains(...)`
    Contains,
    /// `has(...)`
    Known,
    /// `!has(...)`
    Missing,
}

impl Operator {
    /// Every operator.
    pub const ALL: [Self; 13] = [
        Self::Equal,
        Self::NotEqual,
        Self::Less,
        Self::AtMost,
        Self::More,
        Self::AtLeast,
        Self::OneOf,
        Self::NoneOf,
        Self::StartsWith,
        Self::EndsWith,
        Self::Contains,
        Self::Known,
        Self::Missing,
    ];

    /// The stable code, also the value of a form's choice.
    pub fn code(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::NotEqual => "not-equal",
            Self::Less => "less",
            Self::AtMost => "at-most",
            Self::More => "more",
            Self::AtLeast => "at-least",
            Self::OneOf => "one-of",
            Self::NoneOf => "none-of",
            Self::StartsWith => "starts-with",
            Self::EndsWith => "ends-with",
            Self::Contains => "contains",
            Self::Known => "known",
            Self::Missing => "missing",
        }
    }

    /// The operator with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operator| operator.code() == code)
    }

    /// Whether that many values go with it.
    pub(crate) fn takes(self, values: usize) -> bool {
        match self {
            Self::Known | Self::Missing => values == 0,
            Self::OneOf | Self::NoneOf => values > 0,
            _ => values == 1,
        }
    }
}
