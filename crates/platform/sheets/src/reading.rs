//! Small tables that people send with a form: CSV as spreadsheets write it, and the first sheet of a workbook. For files of any
//! size there is the import, which reads row by row.

use std::io::Cursor;

use calamine::{DataRef, Reader as _, Xlsx};

use crate::Cell;
use crate::cells::{Look, text};
use crate::lines::{END, END_CELL, Lines};
use crate::workbook::{Looked, look};

/// Columns of a row that are read; what stands beyond is no part of a table that a person fills in.
const COLUMNS_MAX: usize = 64;
/// What one part of a workbook may hold, unpacked.
const PART_BYTES_MAX: u64 = 64 << 20;

/// A row with anything in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line on which it begins, or the row of the sheet; from 1.
    pub number: u64,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A table as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its rows, the head among them.
    pub rows: Vec<Row>,
    /// Whether its texts may hold numbers as programs write them: cells parted by commas leave no room for decimal ones.
    pub is_plain: bool,
}

/// Why a table cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// Neither text nor a workbook.
    NotATable,
    /// More rows than are wanted, or a workbook that holds more than it should.
    TooLarge,
    /// A quotation mark is missing: what begins on this line does not end.
    Quote(u64),
    /// The file ends in the middle.
    CutOff,
}

/// Reads a table of at most so many rows.
///
/// # Errors
/// [`Unreadable`].
pub fn read(bytes: &[u8], rows_max: usize) -> Result<Table, Unreadable> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Ok(Table { rows: workbook(bytes, rows_max)?, is_plain: false });
    }
    separated(&decoded(bytes)?, rows_max)
}

/// The text of a file: UTF-8, or what Windows writes where the letters say that it is not.
fn decoded(bytes: &[u8]) -> Result<String, Unreadable> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.iter().any(|byte| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')) {
        return Err(Unreadable::NotATable);
    }
    Ok(match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1250.decode_without_bom_handling(bytes).0.into_owned(),
    })
}

/// Rows of a text whose cells are parted by whatever its first line has most of.
fn separated(text: &str, rows_max: usize) -> Result<Table, Unreadable> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |sign: char| first.chars().filter(|c| *c == sign).count();
    let separator = [',', ';', '\t'].into_iter().max_by_key(|sign| count(*sign)).unwrap_or(',');
    let separator = if count(separator) == 0 { '\t' } else { separator };
    let separator = u8::try_from(separator).unwrap_or(b',');
    let whole = format!("{text}{END}");
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(whole.as_bytes());
    let (mut rows, mut lines) = (Vec::new(), Lines::new(separator));
    lines.follow(whole.as_bytes());
    for record in reader.records() {
        let record = record.map_err(|_| Unreadable::NotATable)?;
        let number = lines.take().map_or(1, |begin| begin.line);
        if record.len() == 1 && record.get(0) == Some(END_CELL) {
            break;
        }
        if record.iter().any(|cell| cell.contains(END_CELL)) {
            return Err(Unreadable::Quote(number));
        }
        let cells: Vec<Cell> = record.iter().take(COLUMNS_MAX).map(cell).collect();
        push(&mut rows, Row { number, cells }, rows_max)?;
    }
    Ok(Table { rows, is_plain: separator == b',' })
}

/// A cell of a text. What our own files mark as text, so that no spreadsheet takes it for a formula, is what follows the mark.
fn cell(text: &str) -> Cell {
    let text = text.trim();
    let own = text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@']));
    match own.unwrap_or(text) {
        "" => Cell::Empty,
        text => Cell::Text(text.to_owned()),
    }
}

fn push(rows: &mut Vec<Row>, row: Row, rows_max: usize) -> Result<(), Unreadable> {
    if row.cells.iter().all(|cell| *cell == Cell::Empty) {
        return Ok(());
    }
    if rows.len() >= rows_max {
        return Err(Unreadable::TooLarge);
    }
    rows.push(row);
    Ok(())
}

/// Rows of the first sheet of a workbook.
fn workbook(bytes: &[u8], rows_max: usize) -> Result<Vec<Row>, Unreadable> {
    match look(Cursor::new(bytes), PART_BYTES_MAX) {
        Looked::Fits => {}
        Looked::TooLarge => return Err(Unreadable::TooLarge),
        Looked::NotOne => return Err(Unreadable::NotATable),
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Unreadable::NotATable)?;
    let name = book.sheet_names().first().cloned().ok_or(Unreadable::NotATable)?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(|_| Unreadable::NotATable)?;
    let looks: Vec<Look> = cells.styles().iter().map(Look::of).collect();
    let (mut rows, mut row) = (Vec::new(), Row { number: 0, cells: Vec::new() });
    while let Some((found, style)) = cells.next_cell_with_style_id().map_err(|_| Unreadable::CutOff)? {
        let (number, column) = found.get_position();
        let (number, column) = (u64::from(number) + 1, column as usize);
        if number != row.number {
            push(&mut rows, std::mem::replace(&mut row, Row { number, cells: Vec::new() }), rows_max)?;
        }
        let words = text(found.get_value(), looks.get(style).unwrap_or(&Look::Plain));
        if column >= COLUMNS_MAX || words.trim().is_empty() {
            continue;
        }
        if row.cells.len() <= column {
            row.cells.resize(column + 1, Cell::Empty);
        }
        let is_number = matches!(found.get_value(), DataRef::Int(_) | DataRef::Float(_));
        row.cells[column] = if is_number { Cell::Number(words) } else { Cell::Text(words.trim().to_owned()) };
    }
    push(&mut rows, row, rows_max)?;
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Sheet;

    fn texts(bytes: &[u8]) -> Vec<(u64, Vec<String>)> {
        let word = |cell: &Cell| match cell {
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => format!("#{number}"),
            Cell::Empty => String::new(),
        };
        let rows = read(bytes, 100).unwrap().rows;
        rows.iter().map(|row| (row.number, row.cells.iter().map(word).collect())).collect()
    }

    fn row(number: u64, cells: &[&str]) -> (u64, Vec<String>) {
        (number, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn what_is_written_reads_back() {
        let mut sheet = Sheet::new("prices", vec!["sku".into(), "name".into(), "price".into()]);
        sheet.row(vec!["=A-1".into(), "Ball valve, 1/2\"".into(), Cell::Number("1.125".into())]);
        sheet.row(vec!["004711".into(), Cell::Empty, Cell::Number("12".into())]);
        let csv = texts(&sheet.to_csv());
        let name = "Ball valve, 1/2\"";
        assert_eq!(
            csv,
            [row(1, &["sku", "name", "price"]), row(2, &["=A-1", name, "1.125"]), row(3, &["004711", "", "12"])]
        );
        assert!(read(&sheet.to_csv(), 3).unwrap().is_plain);
        let book = texts(&sheet.to_xlsx().unwrap());
        assert_eq!(book[1..], [row(2, &["=A-1", name, "#1.125"]), row(3, &["004711", "", "#12"])]);
    }

    #[test]
    fn what_spreadsheets_make_of_it() {
        let polish = "sku;name;price\r\nA-1;Zaw\u{f3}r;1 234,50\r\n\r\n;;\r\nA-2;;\"2,5\"\r\n";
        let want =
            [row(1, &["sku", "name", "price"]), row(2, &["A-1", "Zawór", "1 234,50"]), row(5, &["A-2", "", "2,5"])];
        assert_eq!(texts(polish.as_bytes()), want);
        let (windows, _, _) = encoding_rs::WINDOWS_1250.encode(polish);
        assert_eq!(texts(&windows), want);
        assert!(!read(polish.as_bytes(), 9).unwrap().is_plain);
        assert_eq!(texts(b"A-1\t1\t2,5\nA-2\t1\t3"), [row(1, &["A-1", "1", "2,5"]), row(2, &["A-2", "1", "3"])]);
        assert_eq!(texts(b"A-1;1,5;2,5"), [row(1, &["A-1", "1,5", "2,5"])]);
        assert_eq!(texts(b"A-1"), [row(1, &["A-1"])]);
        assert_eq!(texts(b""), []);
    }

    #[test]
    fn what_is_no_table_or_too_long_is_said() {
        let cut = "sku,price\nA-1,\"2\nA-2,3\n";
        assert_eq!(read(cut.as_bytes(), 9), Err(Unreadable::Quote(2)));
        assert_eq!(read(b"a,b\n1,2\n3,4\n", 2), Err(Unreadable::TooLarge));
        assert_eq!(read(b"\x89PNG\r\n\x1a\n\0\0", 9), Err(Unreadable::NotATable));
        assert_eq!(read(b"PK\x03\x04 and nothing else", 9), Err(Unreadable::NotATable));
    }
}
