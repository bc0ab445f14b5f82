//! Rates (percentages) as parts per million.

use serde::{Deserialize, Serialize};

use crate::decimal::{DecimalError, Notation, parse_decimal};

/// A rate in parts per million: 5 % is 50,000. May be negative (a margin can be).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(transparent)]
pub struct Rate(i64);

impl Rate {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The whole: 100 %.
    pub const ONE: Self = Self(1_000_000);

    /// A rate of `ppm` parts per million.
    pub const fn from_ppm(ppm: i64) -> Self {
        Self(ppm)
    }

    /// A rate of whole `percent`.
    pub const fn percent(percent: i64) -> Self {
        Self(percent * 10_000)
    }

    /// Parts per million.
    pub const fn ppm(self) -> i64 {
        self.0
    }

    /// Percent as plain text with as many decimals as needed, e.g. `7.5`.
    pub fn to_percent(self) -> String {
        let (sign, ppm) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let (whole, rest) = (ppm / 10_000, ppm % 10_000);
        if rest == 0 {
            return format!("{sign}{whole}");
        }
        format!("{sign}{whole}.{}", format!("{rest:04}").trim_end_matches('0'))
    }

    /// Parses a percentage that a program wrote, with or without a percent sign.
    ///
    /// # Errors
    /// [`DecimalError`].
    pub fn parse_percent(text: &str) -> Result<Self, DecimalError> {
        Self::typed_percent(text, Notation::Plain)
    }

    /// Parses a percentage that a person typed, in the person's own notation.
    ///
    /// # Errors
    /// [`DecimalError`].
    pub fn typed_percent(text: &str, notation: Notation) -> Result<Self, DecimalError> {
        let text = text.trim();
        parse_decimal(text.strip_suffix('%').unwrap_or(text), 4, notation).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_text() {
        for (ppm, text) in [(75_000, "7.5"), (50_000, "5"), (-1_200, "-0.12"), (1, "0.0001")] {
            assert_eq!(Rate::from_ppm(ppm).to_percent(), text);
            assert_eq!(Rate::parse_percent(text), Ok(Rate::from_ppm(ppm)));
        }
        assert_eq!(Rate::typed_percent("7,5 %", Notation::Comma), Ok(Rate::from_ppm(75_000)));
        assert_eq!(Rate::typed_percent("7.5\u{a0}%", Notation::Point), Ok(Rate::from_ppm(75_000)));
        assert_eq!(Rate::parse_percent("7,5 %"), Err(DecimalError::NotPlain));
    }
}
