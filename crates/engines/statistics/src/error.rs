//! Why numbers cannot be used.
//!
//! floats: statistics, not money

/// Why numbers cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatisticsError {
    /// A number is outside its range, or not a finite number at all. Holds the parameter's name.
    OutOfRange(&'static str),
    /// There are not enough observations, or they do not vary.
    TooFew,
    /// Two lists that belong together differ in length. Holds the name of the list that is wrong.
    Length(&'static str),
}

impl std::fmt::Display for StatisticsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::OutOfRange(name) => write!(f, "{name} is out of range"),
            Self::TooFew => f.write_str("too few observations"),
            Self::Length(name) => write!(f, "{name} has the wrong length"),
        }
    }
}

impl std::error::Error for StatisticsError {}

/// Whether a number is above zero and finite; false for NaN.
pub(crate) fn is_positive(value: f64) -> bool {
    value > 0.0 && value.is_finite()
}

/// Checks [`is_positive`] of the parameter with this name.
pub(crate) fn positive(value: f64, name: &'static str) -> Result<(), StatisticsError> {
    if is_positive(value) { Ok(()) } else { Err(StatisticsError::OutOfRange(name)) }
}
