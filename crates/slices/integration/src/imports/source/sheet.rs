//! Rows of a sheet of an XLSX workbook. Cells are read one after the other, so that a lonely cell in the far corner does
//! not make a table of thousands of millions.
//!
//! floats: spreadsheets hold binary numbers; they become text here before anything is parsed.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use calamine::{Data, DataRef, ExcelDateTime, Reader as _, Style, Xlsx};
use csv::ByteRecord;
use kernel::{Fault, Invalid, Outcome};

use super::super::mapping::SourceSpec;
use super::super::report::RowError;
use super::{Head, RawRow, Visitor, unreadable, workbook};

/// No sheet with sense in it has more columns.
const COLUMNS_MAX: u32 = 2_000;

/// A row being put together.
struct Row {
    number: u32,
    cells: Vec<String>,
}

pub(super) fn read(file: &Path, spec: &SourceSpec, visitor: &mut dyn Visitor) -> Outcome<Option<RowError>> {
    workbook::check(file)?;
    let opened = File::open(file).map_err(|error| Fault::because(format!("reading {}", file.display()), error))?;
    let mut book: Xlsx<_> = Xlsx::new(BufReader::new(opened)).map_err(|_| unreadable("import-not-xlsx", file))?;
    let names = book.sheet_names();
    let name = match &spec.sheet {
        Some(wanted) => names.iter().find(|name| *name == wanted).ok_or_else(|| no_sheet(wanted, &names))?,
        None => names.first().ok_or_else(|| unreadable("import-not-xlsx", file))?,
    };
    let mut cells = book.worksheet_cells_reader(name).map_err(|_| unreadable("import-not-xlsx", file))?;
    let looks: Vec<Look> = cells.styles().iter().map(Look::of).collect();
    let mut taker = Taker { spec, visitor, width: None };
    let mut row: Option<Row> = None;
    loop {
        let (cell, style) = match cells.next_cell_with_style_id() {
            Ok(Some(found)) => found,
            Ok(None) => break,
            Err(_) => {
                let at = row.map_or(1, |row| u64::from(row.number));
                return Ok(Some(RowError::new(at, "", "", "import-cut-off", vec![])));
            }
        };
        let look = looks.get(style).unwrap_or(&Look::Plain);
        let ((number, column), value) = (cell.get_position(), text(cell.get_value(), look));
        if value.is_empty() {
            continue;
        }
        if column >= COLUMNS_MAX {
            let args = vec![("most", COLUMNS_MAX.to_string())];
            return Ok(Some(RowError::new(u64::from(number) + 1, "", &value, "import-columns", args)));
        }
        if row.as_ref().is_some_and(|row| row.number != number)
            && let Some(done) = row.take()
            && !taker.take(done)?
        {
            return Ok(None);
        }
        let row = row.get_or_insert_with(|| Row { number, cells: Vec::new() });
        let column = column as usize;
        if row.cells.len() <= column {
            row.cells.resize(column + 1, String::new());
        }
        row.cells[column] = value;
    }
    if let Some(done) = row {
        taker.take(done)?;
    }
    if taker.width.is_some() { Ok(None) } else { Err(unreadable("import-empty", file)) }
}

fn no_sheet(wanted: &str, names: &[String]) -> kernel::Failure {
    let args = vec![("sheet", wanted.to_owned()), ("known", names.join(", "))];
    Invalid::default().and("file", "import-sheet", args).into()
}

struct Taker<'a> {
    spec: &'a SourceSpec,
    visitor: &'a mut dyn Visitor,
    /// Columns, once the head is there.
    width: Option<usize>,
}

impl Taker<'_> {
    fn take(&mut self, mut row: Row) -> Outcome<bool> {
        let number = u64::from(row.number) + 1;
        let Some(width) = self.width else {
            if number < self.spec.header {
                return Ok(true);
            }
            let by_number = self.spec.header == 0;
            let name = |(place, cell): (usize, &String)| {
                if by_number { (place + 1).to_string() } else { cell.trim().to_owned() }
            };
            let names = row.cells.iter().enumerate().map(name).collect();
            let cells = ByteRecord::from(row.cells.clone());
            self.width = Some(row.cells.len());
            self.visitor.head(&Head { names, cells, encoding: encoding_rs::UTF_8, is_strict: false })?;
            return if by_number { self.take(row) } else { Ok(true) };
        };
        row.cells.resize(width, String::new());
        let row = RawRow { number, cells: ByteRecord::from(row.cells), fault: None };
        if row.is_empty() { Ok(true) } else { self.visitor.row(row) }
    }
}

/// The place of a figure in a code; no format holds this character.
const FIGURE: char = '\0';

/// How a number is shown in its cell.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Look {
    /// As a number.
    Plain,
    /// As a percentage: the cell holds 0.23 where a person sees 23 %.
    Percent,
    /// As a code of so many figures, with marks between them (`000000`, `00-000`): [`FIGURE`] is the place of one.
    Code(String),
}

impl Look {
    fn of(style: &Style) -> Self {
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
fn text(value: &DataRef<'_>, look: &Look) -> String {
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
