//! Rows of a sheet of an XLSX workbook. Cells are read one after the other, so that a lonely cell in the far corner does
//! not make a table of thousands of millions.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use calamine::{Reader as _, Xlsx};
use csv::ByteRecord;
use kernel::{Fault, Invalid, Outcome};
use sheets::cells::{Look, text};
use sheets::workbook::{self, Looked};

use super::super::mapping::SourceSpec;
use super::super::report::RowError;
use super::{Head, RawRow, Visitor, unreadable};

/// What one part of a workbook may hold that is kept in memory as a whole, unpacked: the table of its texts, for the most.
const PART_BYTES_MAX: u64 = 256 << 20;
/// No sheet with sense in it has more columns.
const COLUMNS_MAX: u32 = 2_000;

/// A row being put together.
struct Row {
    number: u32,
    cells: Vec<String>,
}

pub(super) fn read(file: &Path, spec: &SourceSpec, visitor: &mut dyn Visitor) -> Outcome<Option<RowError>> {
    let open = || File::open(file).map_err(|error| Fault::because(format!("reading {}", file.display()), error));
    match workbook::look(BufReader::new(open()?), PART_BYTES_MAX) {
        Looked::Fits => {}
        Looked::TooLarge => return Err(unreadable("import-workbook-large", file)),
        Looked::NotOne => return Err(unreadable("import-not-xlsx", file)),
    }
    let opened = open()?;
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
