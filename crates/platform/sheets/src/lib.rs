//! Lists as files that people open in a spreadsheet: the same [`Sheet`] as CSV or XLSX; and [`reading`] what they send back.
#![warn(missing_docs)]

pub mod cells;
pub mod lines;
pub mod reading;
pub mod workbook;

use axum::http::header;
use axum::response::IntoResponse as _;
use kernel::{Fault, Outcome};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use web::Reply;

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Text, never a formula.
    Text(String),
    /// A number as plain decimal text, e.g. `1234.50`.
    Number(String),
    /// Nothing.
    Empty,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number.to_string())
    }
}

/// A table with a head.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    name: String,
    head: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// A table without rows. `name` becomes the name of the file, in lower-case letters, digits and hyphens.
    pub fn new(name: &str, head: Vec<String>) -> Self {
        Self { name: name.to_owned(), head, rows: Vec::new() }
    }

    /// Adds a row: one cell for each column.
    pub fn row(&mut self, cells: Vec<Cell>) {
        assert_eq!(cells.len(), self.head.len(), "one cell for each column of {}", self.name);
        self.rows.push(cells);
    }

    /// The table as comma-separated values in UTF-8, with the mark by which spreadsheets recognise it.
    pub fn to_csv(&self) -> Vec<u8> {
        let mut text = String::from("\u{feff}");
        let head = self.head.iter().map(|title| quoted(title)).collect::<Vec<_>>();
        let rows = self.rows.iter().map(|row| row.iter().map(|cell| quoted(&plain(cell))).collect::<Vec<_>>());
        for record in std::iter::once(head).chain(rows) {
            text.push_str(&record.join(","));
            text.push('\n');
        }
        text.into_bytes()
    }

    /// The table as an Office Open XML workbook.
    ///
    /// # Errors
    /// A fault when it cannot be written (more than 1,048,575 rows).
    pub fn to_xlsx(&self) -> Outcome<Vec<u8>> {
        Ok(self.workbook().map_err(|e| Fault::because("writing XLSX", e))?)
    }

    fn workbook(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_freeze_panes(1, 0)?;
        let bold = Format::new().set_bold();
        for (column, title) in (0_u16..).zip(&self.head) {
            sheet.set_column_width(column, 18)?;
            sheet.write_string_with_format(0, column, title, &bold)?;
        }
        for (line, row) in (1_u32..).zip(&self.rows) {
            for (column, cell) in (0_u16..).zip(row) {
                match cell {
                    // The file format knows numbers only as binary fractions; nothing is calculated with them here.
                    Cell::Number(number) => match number.parse::<f64>() {
                        Ok(value) => sheet.write_number(line, column, value)?,
                        Err(_) => sheet.write_string(line, column, number)?,
                    },
                    Cell::Text(text) => sheet.write_string(line, column, text)?,
                    Cell::Empty => continue,
                };
            }
        }
        book.save_to_buffer()
    }

    /// The table as a CSV file to download.
    ///
    /// # Errors
    /// None; the type fits handlers.
    pub fn csv(&self) -> Reply {
        self.download(self.to_csv(), "csv", "text/csv; charset=utf-8")
    }

    /// The table as an XLSX file to download.
    ///
    /// # Errors
    /// As [`Self::to_xlsx`].
    pub fn xlsx(&self) -> Reply {
        self.download(self.to_xlsx()?, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    }

    fn download(&self, bytes: Vec<u8>, ending: &str, kind: &'static str) -> Reply {
        let place = format!("attachment; filename=\"{}.{ending}\"", self.name);
        let head =
            [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, &place), (header::CACHE_CONTROL, "no-store")];
        Ok((head, bytes).into_response())
    }
}

/// A text that a spreadsheet would take for a formula is marked as text: a name may come from a stranger.
fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        Cell::Text(text) | Cell::Number(text) => text.clone(),
        Cell::Empty => String::new(),
    }
}

/// A field in quotation marks where any spreadsheet might cut it: one whose separator is `;` or a tab would make cells of
/// a text that holds one, and take what follows for a formula.
fn quoted(text: &str) -> String {
    if text.contains([',', ';', '\t', '"', '\r', '\n']) {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        let mut sheet = Sheet::new("products", vec!["SKU".into(), "Stock".into(), "Note".into()]);
        sheet.row(vec!["=1+1".into(), Cell::Number("-12.5".into()), Cell::Empty]);
        sheet.row(vec!["Śruba \"M8\", ocynk".into(), 3_i64.into(), "a\nb".into()]);
        sheet
    }

    #[test]
    fn csv_quotes_and_defuses() {
        let text = String::from_utf8(sheet().to_csv()).unwrap();
        let want = "\u{feff}SKU,Stock,Note\n'=1+1,-12.5,\n\"Śruba \"\"M8\"\", ocynk\",3,\"a\nb\"\n";
        assert_eq!(text, want);
    }

    #[test]
    fn attack_l5_a_text_stays_one_cell_whatever_the_separator() {
        let mut sheet = Sheet::new("orders", vec!["PO".into(), "Net".into()]);
        sheet.row(vec!["=1+1;=2+5+cmd|calc".into(), Cell::Number("1.00".into())]);
        sheet.row(vec!["a\t=1+1".into(), Cell::Number("2.00".into())]);
        let text = String::from_utf8(sheet.to_csv()).unwrap();
        assert_eq!(text, "\u{feff}PO,Net\n\"'=1+1;=2+5+cmd|calc\",1.00\n\"a\t=1+1\",2.00\n");
    }

    #[test]
    fn xlsx_is_a_workbook() {
        let bytes = sheet().to_xlsx().unwrap();
        assert!(bytes.starts_with(b"PK"));
    }
}
