//! Reading decimals that people type and programs send, without floats and without guessing.
//!
//! What a comma is, is decided by who writes: a program ([`Notation::Plain`]) knows the point only, a reader's language
//! says what a point and a comma are. A number that can be two things even in that language is not read but asked about
//! ([`DecimalError::Unclear`]): a thousand pieces too many cost more than a second look.

/// How somebody writes numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Notation {
    /// Programs: digits with at most one point, nothing else. JSON, files of our own, settings.
    #[default]
    Plain,
    /// A point before the decimals, commas or spaces between groups: English.
    Point,
    /// A comma before the decimals, spaces or points between groups: Polish, German.
    Comma,
}

impl Notation {
    /// Every notation.
    pub const ALL: [Self; 3] = [Self::Plain, Self::Point, Self::Comma];

    /// Plain decimal text (`1234.5`) in this notation, without groups: reads back in it as the same number.
    pub fn write(self, plain: &str) -> String {
        match self {
            Self::Plain | Self::Point => plain.to_owned(),
            Self::Comma => plain.replace('.', ","),
        }
    }
}

/// Why a text is not a decimal number of the wanted precision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalError {
    /// Nothing was typed.
    Empty,
    /// Not a number: letters, several decimal separators, groups of other than three digits, a sign in the middle ...
    Malformed,
    /// A program wrote something else than digits and one point.
    NotPlain,
    /// More digits after the separator than the target can hold.
    TooPrecise,
    /// Too large for the target.
    TooLarge,
    /// It can be read in two ways, or only in that of another language: to be confirmed before anything is done with it.
    Unclear(Unclear),
}

/// How a number that is not clear was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unclear {
    /// As it was understood, scaled by `10^decimals`.
    understood: i64,
    /// The other way to read it, when there is one.
    other: Option<i64>,
    decimals: u32,
    notation: Notation,
}

impl DecimalError {
    /// The code of a number that can be read in two ways.
    pub const TWO_READINGS: &'static str = "number-two-readings";
    /// The code of a number that is written as in another language.
    pub const FOREIGN: &'static str = "number-foreign";
    /// The argument under which an unclear number says how it was understood, as the reader would write it.
    pub const UNDERSTOOD: &'static str = "understood";

    /// Whether an error of this code is that of a number that is not clear.
    pub fn is_unclear(code: &str) -> bool {
        [Self::TWO_READINGS, Self::FOREIGN].contains(&code)
    }

    /// The stable code; `invalid-<code>` is the key of its sentence in the message catalogues.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "required",
            Self::Malformed => "not-a-number",
            Self::NotPlain => "number-plain",
            Self::TooPrecise => "too-precise",
            Self::TooLarge => "too-large",
            Self::Unclear(Unclear { other: Some(_), .. }) => Self::TWO_READINGS,
            Self::Unclear(_) => Self::FOREIGN,
        }
    }

    /// Named values for the sentence.
    pub fn args(self) -> Vec<(&'static str, String)> {
        let Self::Unclear(unclear) = self else { return Vec::new() };
        let written = |scaled| unclear.notation.write(&plain(scaled, unclear.decimals));
        let mut args = vec![(Self::UNDERSTOOD, written(unclear.understood))];
        args.extend(unclear.other.map(|other| ("other", written(other))));
        args
    }
}

/// `scaled / 10^decimals` as plain text with as many decimals as needed.
fn plain(scaled: i64, decimals: u32) -> String {
    let digits = format!("{:0>width$}", scaled.unsigned_abs(), width = decimals as usize + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals as usize);
    let fraction = fraction.trim_end_matches('0');
    let sign = if scaled < 0 { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// Parses `text` into an integer scaled by `10^decimals`.
///
/// | notation | read | asked back |
/// |---|---|---|
/// | plain | `1234.5` | |
/// | point | `1234.5` `1,234.5` `1 234.5` `1'234.5` | `12,5` `1.234,5` |
/// | comma | `1234,5` `1 234,5` `1.234,5` `12.5` | `1.234` (where both fit), `1,234.5` |
///
/// A group has three digits after one to three, and never begins with 0; all groups are parted by the same sign.
///
/// # Errors
/// [`DecimalError`].
pub fn parse_decimal(text: &str, decimals: u32, notation: Notation) -> Result<i64, DecimalError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(DecimalError::Empty);
    }
    if notation == Notation::Plain {
        let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
        return parts(digits, '.', &[]).map_or(Err(DecimalError::NotPlain), |parts| scaled(sign, &parts, decimals));
    }
    let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let read =
        |decimal: char, groups: &[char]| parts(digits, decimal, groups).map(|parts| scaled(sign, &parts, decimals));
    let unclear = |understood, other| Err(DecimalError::Unclear(Unclear { understood, other, decimals, notation }));
    let (own, point) = match notation {
        Notation::Comma => (read(',', &['.', ' ', '\'']), read('.', &[' ', '\''])),
        _ => (read('.', &[',', ' ', '\'']), None),
    };
    match (own, point) {
        (Some(Ok(grouped)), Some(Ok(pointed))) if grouped != pointed && decimals > 0 => unclear(pointed, Some(grouped)),
        // Where a unit has no such parts only one reading is left: nobody writes `2.000` for two pieces.
        (Some(Ok(one)), _) | (_, Some(Ok(one))) => Ok(one),
        (Some(Err(error)), _) | (None, Some(Err(error))) => Err(error),
        (None, None) => {
            let foreign = if notation == Notation::Comma { read('.', &[',']) } else { read(',', &['.', ' ', '\'']) };
            match foreign {
                Some(read) => read.and_then(|understood| unclear(understood, None)),
                None => Err(DecimalError::Malformed),
            }
        }
    }
}

/// As [`parse_decimal`], a number that is not clear as it was understood: for pages that show it and do nothing with it.
///
/// # Errors
/// [`DecimalError`], without [`DecimalError::Unclear`].
pub fn understood_decimal(text: &str, decimals: u32, notation: Notation) -> Result<i64, DecimalError> {
    match parse_decimal(text, decimals, notation) {
        Err(DecimalError::Unclear(unclear)) => Ok(unclear.understood),
        other => other,
    }
}

/// The digits of a number before and after its decimal separator.
struct Parts<'a> {
    whole: String,
    fraction: &'a str,
}

/// Takes a number apart whose decimals stand after `decimal` and whose groups are parted by one of `groups`; `None` when it
/// cannot be read so.
fn parts<'a>(text: &'a str, decimal: char, groups: &[char]) -> Option<Parts<'a>> {
    let (whole, fraction) = text.split_once(decimal).unwrap_or((text, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    if is_digits(whole) {
        return Some(Parts { whole: whole.to_owned(), fraction });
    }
    let whole: String = whole.chars().map(same_group).collect();
    let group = groups.iter().copied().find(|group| whole.contains(*group))?;
    let mut pieces = whole.split(group);
    let first = pieces.next()?;
    let begins = (1..=3).contains(&first.len()) && is_digits(first) && !first.starts_with('0');
    let goes_on = pieces.all(|piece| piece.len() == 3 && is_digits(piece));
    (begins && goes_on).then(|| Parts { whole: whole.replace(group, ""), fraction })
}

/// One sign for all those that look alike: the no-break and thin spaces are spaces, the apostrophes one.
fn same_group(sign: char) -> char {
    match sign {
        '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        '’' => '\'',
        other => other,
    }
}

fn scaled(sign: &str, parts: &Parts<'_>, decimals: u32) -> Result<i64, DecimalError> {
    let fraction = parts.fraction.trim_end_matches('0');
    if fraction.len() > decimals as usize {
        return Err(DecimalError::TooPrecise);
    }
    let mut value: i64 = 0;
    let padding = std::iter::repeat_n('0', decimals as usize - fraction.len());
    for digit in parts.whole.chars().chain(fraction.chars()).chain(padding) {
        let digit = digit.to_digit(10).ok_or(DecimalError::Malformed)?;
        value = value.checked_mul(10).and_then(|v| v.checked_add(i64::from(digit))).ok_or(DecimalError::TooLarge)?;
    }
    Ok(if sign.is_empty() { value } else { -value })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What becomes of a text: a number as plain text, an unclear one as `understood?` or `understood?other`, a code.
    fn outcome(text: &str, decimals: u32, notation: Notation) -> String {
        match parse_decimal(text, decimals, notation) {
            Ok(scaled) => plain(scaled, decimals),
            Err(error @ DecimalError::Unclear(_)) => {
                let args = error.args();
                format!("{}?{}", args[0].1, args.get(1).map_or("", |(_, other)| other))
            }
            Err(error) => error.code().to_owned(),
        }
    }

    #[test]
    fn fault_m1_the_language_decides_what_a_comma_is() {
        for (text, decimals, plain, point, comma) in [
            ("2,500", 3, "number-plain", "2500", "2.5"),
            ("0,135", 6, "number-plain", "0.135?", "0.135"),
            ("1,125", 3, "number-plain", "1125", "1.125"),
            ("1.125", 3, "1.125", "1.125", "1,125?1125"),
            ("1.125", 0, "too-precise", "too-precise", "1125"),
            ("1.000", 0, "1", "1", "1000"),
            ("1.5", 3, "1.5", "1.5", "1.5"),
            ("0.971", 3, "0.971", "0.971", "0.971"),
            ("12,5", 3, "number-plain", "12.5?", "12.5"),
            ("50,0", 0, "number-plain", "50?", "50"),
            ("110.00", 6, "110", "110", "110"),
            ("1,234.50", 6, "number-plain", "1234.5", "1234,5?"),
            ("1.234,50", 6, "number-plain", "1234.5?", "1234.5"),
            ("1 234,50", 6, "number-plain", "1234.5?", "1234.5"),
            ("1 234.50", 6, "number-plain", "1234.5", "1234.5"),
            ("1\u{202f}234\u{a0}567", 6, "number-plain", "1234567", "1234567"),
            ("1’234.50", 6, "number-plain", "1234.5", "1234.5"),
            ("1,234,567", 6, "number-plain", "1234567", "1234567?"),
            ("1.234.567", 6, "number-plain", "1234567?", "1234567"),
            ("2000", 0, "2000", "2000", "2000"),
            ("007", 0, "7", "7", "7"),
            (".5", 6, "0.5", "0.5", "0.5"),
            ("-3", 6, "-3", "-3", "-3"),
            ("\u{2212}3", 6, "number-plain", "-3", "-3"),
            ("+3", 6, "number-plain", "3", "3"),
            ("  12 ", 0, "12", "12", "12"),
        ] {
            let found = Notation::ALL.map(|notation| outcome(text, decimals, notation));
            assert_eq!(found, [plain, point, comma].map(str::to_owned), "{text:?} with {decimals} decimals");
        }
    }

    #[test]
    fn fault_d5_groups_have_three_digits_and_never_begin_with_0() {
        for text in [
            "1 23,50",
            "1 23.50",
            "12 34",
            "1 2",
            "1,2,3",
            "1.2.3,4",
            "1 234 5",
            "1234 567",
            "0 135",
            "1,,5",
            "1, 234",
            "1 234,567.5",
            "1'23",
            "12a",
            "--1",
            ",",
            ".",
            "-",
            "NaN",
            "1e9",
            "=1+1",
            "1\t234",
            "½",
            "１２",
        ] {
            for notation in [Notation::Point, Notation::Comma] {
                assert_eq!(outcome(text, 6, notation), "not-a-number", "{text:?} as {notation:?}");
            }
            assert_eq!(outcome(text, 6, Notation::Plain), "number-plain", "{text:?}");
        }
        for notation in Notation::ALL {
            assert_eq!(outcome(" ", 6, notation), "required");
            assert_eq!(outcome("99999999999999999999", 6, notation), "too-large");
            assert_eq!(outcome(&notation.write("0.1234567"), 6, notation), "too-precise");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(scaled in any::<i64>(), decimals in 0_u32..=6) {
            prop_assume!(scaled != i64::MIN);
            for notation in Notation::ALL {
                let text = notation.write(&plain(scaled, decimals));
                prop_assert_eq!(parse_decimal(&text, decimals, notation), Ok(scaled), "{}", text);
            }
        }

        #[test]
        fn what_was_understood_reads_back(text in "[0-9]{1,4}[.,][0-9]{1,4}([.,][0-9]{1,3})?", decimals in 0_u32..=6) {
            for notation in [Notation::Point, Notation::Comma] {
                if let Err(DecimalError::Unclear(unclear)) = parse_decimal(&text, decimals, notation) {
                    let shown = &DecimalError::Unclear(unclear).args()[0].1;
                    prop_assert_eq!(parse_decimal(shown, decimals, notation), Ok(unclear.understood), "{}", shown);
                }
            }
        }
    }
}
