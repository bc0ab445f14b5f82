//! Cells of workbooks as the texts that people see.
//!
//! floats: spreadsheets hold binary numbers; they become text here before anything is parsed.

use calamine::{Data, DataRef, ExcelDateTime, Style};

/// The place of a figure in a code; no format holds this character.
const FIGURE: char = '\0';

/// How a number is shown in its cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    /// As a number.
    Plain,
    /// As a percentage: the cell holds 0.23 where a person sees 23 %.
    Percent,
    /// As a code of so many figures, with marks between them (`000000`, `00-000`): [`FIGURE`] is the place of one.
    Code(String),
}

impl Look {
    /// The look of a style.
    pub fn of(style: &Style) -> Self {
        style.number_format.as_ref().map_or(Self::Plain, |format| Self::of_format(&format.format_code))
    }

    /// From a number format. What is in quotes or behind a backslash stands for itself; only the part for positive numbers
    /// counts.
    fn of_format(format: &str) -> Self {
        let (mut code, mut is_percent, mut is_code) = (String::new(), false, true);
        let mut signs = format.chars();
        while let Some(sign) = signs.next() {
            match sign {
                ';' => break,
                '"' => code.extend(signs.by_ref().take_while(|sign| *sign != '"')),
                '\\' => code.extend(signs.next()),
                // A gap as wide as the next sign, or filled with it.
                '_' | '*' => {
                    signs.next();
                }
                // Colours, conditions, currencies.
                '[' => {
                    signs.by_ref().find(|sign| *sign == ']');
                }
                '%' => is_percent = true,
                '0' => code.push(FIGURE),
                '-' | ' ' | '/' => code.push(sign),
                _ => is_code = false,
            }
        }
        match code.chars().filter(|sign| *sign == FIGURE).count() {
            _ if is_percent => Self::Percent,
            2.. if is_code => Self::Code(code),
            _ => Self::Plain,
        }
    }

    /// The digits of a whole number in the places of a code; more of them go before it.
    fn code(code: &str, digits: &str) -> String {
        let mut left = digits.chars().rev();
        let mut out: Vec<char> =
            code.chars().rev().map(|sign| if sign == FIGURE { left.next().unwrap_or('0') } else { sign }).collect();
        out.extend(left);
        out.iter().rev().collect()
    }

    fn number(&self, number: f64) -> String {
        match self {
            Self::Plain => plain(&format!("{number:.14e}")),
            Self::Percent => format!("{}%", plain(&format!("{:.14e}", number * 100.0))),
            Self::Code(code) => {
                let digits = plain(&format!("{number:.14e}"));
                if digits.bytes().all(|byte| byte.is_ascii_digit()) { Self::code(code, &digits) } else { digits }
            }
        }
    }
}

/// A cell as the text that a person sees, numbers plain and dates in ISO form: a percentage is one, and a number that is
/// shown with leading zeros has them. A formula is its last result.
pub fn text(value: &DataRef<'_>, look: &Look) -> String {
    match value {
        DataRef::Int(number) if *look == Look::Plain => number.to_string(),
        // A workbook holds no whole number that a binary one cannot.
        DataRef::Int(number) => look.number(*number as f64),
        DataRef::Float(number) => look.number(*number),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::DateTime(moment) if moment.is_datetime() => moment_text(moment),
        DataRef::DateTime(duration) => plain(&format!("{:.14e}", duration.as_f64())),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => Data::Error(error.clone()).to_string(),
        DataRef::Empty => String::new(),
    }
}

fn moment_text(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second) {
        (0, 0, 0) => date,
        _ => format!("{date} {hour:02}:{minute:02}:{second:02}"),
    }
}

/// A number in scientific notation as plain digits. Workbooks keep numbers in binary, of which 15 digits are meant:
/// `0.30000000000000004` was typed as `0.3`.
fn plain(scientific: &str) -> String {
    let Some((mantissa, exponent)) = scientific.split_once('e') else { return scientific.to_owned() };
    let Ok(exponent) = exponent.parse::<i32>() else { return scientific.to_owned() };
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let point = exponent + 1;
    let (whole, fraction) = if point <= 0 {
        ("0".to_owned(), format!("{}{digits}", "0".repeat(point.unsigned_abs() as usize)))
    } else {
        let point = point.unsigned_abs() as usize;
        let padded = format!("{digits:0<point$}");
        (padded[..point].to_owned(), padded[point..].to_owned())
    };
    let fraction = fraction.trim_end_matches('0');
    match fraction {
        "" if whole == "0" => whole,
        "" => format!("{sign}{whole}"),
        fraction => format!("{sign}{whole}.{fraction}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binary_numbers_read_as_typed() {
        for (number, want) in [
            (0.1 + 0.2, "0.3"),
            (0.0, "0"),
            (12.0, "12"),
            (-1234.5, "-1234.5"),
            (0.000_001, "0.000001"),
            (1e18, "1000000000000000000"),
            (110.0, "110"),
            (2.55, "2.55"),
        ] {
            assert_eq!(text(&DataRef::Float(number), &Look::Plain), want);
        }
    }

    #[test]
    fn fault_m7_and_d2_numbers_read_as_they_are_shown() {
        for (format, number, want) in [
            ("0%", 0.23, "23%"),
            ("0.00%", 0.075, "7.5%"),
            ("0\\ %;[Red]-0\\ %", 1.0, "100%"),
            ("000000", 4567.0, "004567"),
            ("000000", 1_234_567.0, "1234567"),
            ("00-000", 1950.0, "01-950"),
            ("\"A\"0000", 12.0, "A0012"),
            ("General", 4567.0, "4567"),
            ("0", 4567.0, "4567"),
            ("0.00", 4567.0, "4567"),
            ("#,##0", 4567.0, "4567"),
            ("000000", 45.5, "45.5"),
            ("\"50%\" 0", 3.0, "3"),
            ("@", 4567.0, "4567"),
        ] {
            assert_eq!(text(&DataRef::Float(number), &Look::of_format(format)), want, "{number} as {format}");
        }
        assert_eq!(text(&DataRef::Int(4567), &Look::of_format("000000")), "004567");
        assert_eq!(text(&DataRef::String("0.23".into()), &Look::Percent), "0.23", "a text is a text");
    }
}
