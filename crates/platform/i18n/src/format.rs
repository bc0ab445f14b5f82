//! How a language writes numbers.
//!
//! Own tables instead of `icu_decimal` and `icu_datetime`: the date patterns of the design (`Fri 27 Nov, 17:00`) are not
//! the ones CLDR gives, so they would have to be overridden anyway, and what remains of CLDR for us is the three facts
//! below per language, against some forty crates and megabytes of data for all the world's locales. Plural rules do come
//! from CLDR, through Fluent.

use crate::Language;

/// No-break space: separates digit groups in Polish, and a number from its percent sign.
pub(crate) const NO_BREAK_SPACE: char = '\u{a0}';

/// The number symbols of a language, from CLDR 48.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Symbols {
    decimal: char,
    group: char,
    /// CLDR's `minimumGroupingDigits`: digits that must stand before the first separator for there to be one.
    before_group_min: usize,
}

impl Symbols {
    /// The symbols of `language`.
    pub(crate) fn of(language: Language) -> Self {
        match language {
            Language::En => Self { decimal: '.', group: ',', before_group_min: 1 },
            Language::Pl => Self { decimal: ',', group: NO_BREAK_SPACE, before_group_min: 2 },
        }
    }

    /// Plain decimal text (`-1234.50`) as this language writes it. Text that is no plain decimal is left alone.
    pub(crate) fn decimal(self, plain: &str) -> String {
        let (sign, digits) = match plain.strip_prefix('-') {
            // U+2212 is a minus that is as wide as a digit and never breaks from it.
            Some(digits) => ("\u{2212}", digits),
            None => ("", plain),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
            return plain.to_owned();
        }
        let mut out = String::with_capacity(plain.len() + 8);
        out.push_str(sign);
        let grouping = whole.len() >= 3 + self.before_group_min;
        for (place, digit) in whole.chars().enumerate() {
            if grouping && place > 0 && (whole.len() - place).is_multiple_of(3) {
                out.push(self.group);
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push(self.decimal);
            out.push_str(fraction);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals() {
        for (plain, english, polish) in [
            ("0", "0", "0"),
            ("999", "999", "999"),
            ("2000", "2,000", "2000"),
            ("12000", "12,000", "12\u{a0}000"),
            ("1234.50", "1,234.50", "1234,50"),
            ("1234567.05", "1,234,567.05", "1\u{a0}234\u{a0}567,05"),
            (
                "-9223372036854775808",
                "−9,223,372,036,854,775,808",
                "−9\u{a0}223\u{a0}372\u{a0}036\u{a0}854\u{a0}775\u{a0}808",
            ),
            ("0.0425", "0.0425", "0,0425"),
            ("n/a", "n/a", "n/a"),
            ("", "", ""),
            ("1e9", "1e9", "1e9"),
        ] {
            assert_eq!(Symbols::of(Language::En).decimal(plain), english);
            assert_eq!(Symbols::of(Language::Pl).decimal(plain), polish);
        }
    }
}
