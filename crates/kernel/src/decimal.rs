//! Reading decimals that people type, without floats.

/// Why a text is not a decimal number of the wanted precision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalError {
    /// Nothing was typed.
    Empty,
    /// Not a number: letters, several decimal separators, a sign in the middle ...
    Malformed,
    /// More digits after the separator than the target can hold.
    TooPrecise,
    /// Too large for the target.
    TooLarge,
}

impl DecimalError {
    /// The stable code; `invalid-<code>` is the key of its sentence in the message catalogues.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "required",
            Self::Malformed => "not-a-number",
            Self::TooPrecise => "too-precise",
            Self::TooLarge => "too-large",
        }
    }
}

/// Parses `text` into an integer scaled by `10^decimals`.
///
/// Accepts what people in our markets type: `1234.5`, `1,234.50`, `1.234,50`, `1 234,50`, `1'234.50`, with ordinary,
/// no-break and thin spaces as group separators. A single separator is the decimal separator, unless groups of three
/// follow it more than once (`1,234,567`). A lone `1,234` is read as one and 234 thousandths when the target has at
/// least three decimals and `group_comma` is false; with `group_comma` (an English reader) it is 1234.
///
/// # Errors
/// [`DecimalError`], in the order in which its variants stand.
pub fn parse_decimal(text: &str, decimals: u32, group_comma: bool) -> Result<i64, DecimalError> {
    let text: String = text
        .trim()
        .chars()
        .filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’'))
        .map(|c| if c == '\u{2212}' { '-' } else { c })
        .collect();
    if text.is_empty() {
        return Err(DecimalError::Empty);
    }
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let (whole, fraction) = split(digits, group_comma)?;
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > decimals as usize {
        return Err(DecimalError::TooPrecise);
    }
    let mut value: i64 = 0;
    let padding = std::iter::repeat_n('0', decimals as usize - fraction.len());
    for digit in whole.chars().chain(fraction.chars()).chain(padding) {
        let digit = digit.to_digit(10).ok_or(DecimalError::Malformed)?;
        value = value.checked_mul(10).and_then(|v| v.checked_add(i64::from(digit))).ok_or(DecimalError::TooLarge)?;
    }
    Ok(if negative { -value } else { value })
}

/// Splits into whole digits and fraction digits, dropping group separators.
fn split(digits: &str, group_comma: bool) -> Result<(String, &str), DecimalError> {
    let separators: Vec<(usize, char)> = digits.char_indices().filter(|(_, c)| matches!(c, '.' | ',')).collect();
    if digits.is_empty() || !digits.chars().any(|c| c.is_ascii_digit()) {
        return Err(DecimalError::Malformed);
    }
    let decimal_at = match separators.as_slice() {
        [] => None,
        [(at, ',')] if group_comma && is_group(digits, *at) => None,
        [(at, _)] => Some(*at),
        many => {
            let (last_at, last) = many[many.len() - 1];
            let others = &many[..many.len() - 1];
            if others.iter().all(|(_, c)| *c == last) {
                None
            } else if others.iter().all(|(_, c)| *c == others[0].1) {
                Some(last_at)
            } else {
                return Err(DecimalError::Malformed);
            }
        }
    };
    let (whole, fraction) = match decimal_at {
        Some(at) => (&digits[..at], &digits[at + 1..]),
        None => (digits, ""),
    };
    check_groups(whole)?;
    if !fraction.chars().all(|c| c.is_ascii_digit()) {
        return Err(DecimalError::Malformed);
    }
    Ok((whole.chars().filter(char::is_ascii_digit).collect(), fraction))
}

fn is_group(digits: &str, at: usize) -> bool {
    at > 0 && at <= 3 && digits.len() - at == 4
}

/// Group separators must stand between groups of three digits: `1,23,4` is a slip, not a number.
fn check_groups(whole: &str) -> Result<(), DecimalError> {
    let groups: Vec<&str> = whole.split(['.', ',']).collect();
    let digits_only = groups.iter().all(|g| g.chars().all(|c| c.is_ascii_digit()));
    let sizes_fit = groups.len() == 1
        || (!groups[0].is_empty() && groups[0].len() <= 3 && groups[1..].iter().all(|g| g.len() == 3));
    if digits_only && sizes_fit { Ok(()) } else { Err(DecimalError::Malformed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_type() {
        for (text, want) in [
            ("110", 110_000_000),
            ("110.00", 110_000_000),
            ("110,5", 110_500_000),
            ("1.234,50", 1_234_500_000),
            ("1,234.50", 1_234_500_000),
            ("1 234,50", 1_234_500_000),
            ("1\u{202f}234,50", 1_234_500_000),
            ("1,234,567", 1_234_567_000_000),
            (".5", 500_000),
            ("-3", -3_000_000),
            ("\u{2212}3", -3_000_000),
        ] {
            assert_eq!(parse_decimal(text, 6, true), Ok(want), "{text}");
        }
        assert_eq!(parse_decimal("1,234", 6, true), Ok(1_234_000_000));
        assert_eq!(parse_decimal("1,234", 6, false), Ok(1_234_000));
    }

    #[test]
    fn refuses_slips() {
        for (text, want) in [
            ("", DecimalError::Empty),
            ("  ", DecimalError::Empty),
            ("1,2,3", DecimalError::Malformed),
            ("1.2.3,4", DecimalError::Malformed),
            ("12a", DecimalError::Malformed),
            ("--1", DecimalError::Malformed),
            (",", DecimalError::Malformed),
            ("1,,5", DecimalError::Malformed),
            ("NaN", DecimalError::Malformed),
            ("1e9", DecimalError::Malformed),
            ("0.1234567", DecimalError::TooPrecise),
            ("99999999999999999999", DecimalError::TooLarge),
        ] {
            assert_eq!(parse_decimal(text, 6, true), Err(want), "{text}");
        }
    }
}
