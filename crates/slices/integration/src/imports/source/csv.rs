//! Rows of comma-separated values (RFC 4180), with whatever delimiter.

use std::cell::{Cell, RefCell};
use std::io::{self, BufRead, Read};
use std::path::Path;
use std::rc::Rc;

use csv::{ByteRecord, ErrorKind, ReaderBuilder};
use encoding_rs::{Encoding, UTF_8};
use kernel::{Fault, Outcome};
use sheets::lines::{END, END_CELL, Lines};

use super::super::mapping::SourceSpec;
use super::super::report::RowError;
use super::{Head, ROW_BYTES_MAX, RawRow, Visitor, unreadable};

/// A row that is too long to be one.
#[derive(Debug)]
struct TooLong;

impl std::fmt::Display for TooLong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the row is too long")
    }
}

impl std::error::Error for TooLong {}

/// Refuses to read on when too much was read since the last row, and counts the lines.
struct Guarded<R> {
    inner: R,
    since: Rc<Cell<u64>>,
    lines: Rc<RefCell<Lines>>,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since.get() > ROW_BYTES_MAX {
            return Err(io::Error::other(TooLong));
        }
        let read = self.inner.read(buffer)?;
        self.since.set(self.since.get() + read as u64);
        self.lines.borrow_mut().follow(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}

pub(super) fn read(
    mut input: impl BufRead,
    file: &Path,
    spec: &SourceSpec,
    visitor: &mut dyn Visitor,
) -> Outcome<Option<RowError>> {
    let encoding = past_mark(&mut input, file, spec.encoding)?;
    let (since, lines) = (Rc::new(Cell::new(0)), Rc::new(RefCell::new(Lines::new(spec.delimiter))));
    let guarded = Guarded { inner: input.chain(END.as_bytes()), since: Rc::clone(&since), lines: Rc::clone(&lines) };
    let mut script = Script::new(encoding);
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(spec.delimiter)
        .buffer_capacity(1 << 16)
        .from_reader(guarded);
    let mut cells = ByteRecord::new();
    let (mut rows, mut has_head) = (0_u64, false);
    loop {
        match reader.read_byte_record(&mut cells) {
            Ok(true) => since.set(0),
            Ok(false) => break,
            Err(error) => return stop(error, file, lines.borrow().line().unwrap_or(1)).map(Some),
        }
        let begin = lines.borrow_mut().take();
        let number = begin.map_or(1, |begin| begin.line);
        if cells.len() == 1 && cells.get(0) == Some(END_CELL.as_bytes()) {
            break;
        }
        if cells
            .iter()
            .next_back()
            .is_some_and(|cell| cell.ends_with(END.as_bytes()) || cell.ends_with(END.trim_end_matches('\n').as_bytes()))
        {
            let start = String::from_utf8_lossy(cells.get(0).unwrap_or_default()).into_owned();
            return Ok(Some(RowError::new(number, "", &start, "import-quote", vec![])));
        }
        rows += 1;
        script.look(&cells);
        if !has_head {
            has_head = spec.header == 0 || rows == spec.header;
            if has_head {
                visitor.head(&head(&cells, encoding, file, spec.header == 0)?)?;
            }
            if spec.header > 0 {
                continue;
            }
        }
        let fault = begin.filter(|begin| begin.has_stray_quote).map(|_| "import-quote-inside");
        let row = RawRow { number, cells: cells.clone(), fault };
        if !row.is_empty() && !visitor.row(row)? {
            break;
        }
    }
    if script.looks_like_utf8() {
        visitor.noticed("import-note-looks-utf8");
    }
    if has_head { Ok(None) } else { Err(unreadable("import-empty", file)) }
}

/// Whether a file that is said to be in another encoding is UTF-8 after all: letters beyond ASCII hardly ever make UTF-8 by
/// chance.
struct Script {
    is_said: bool,
    letters: u64,
    is_other: bool,
}

impl Script {
    fn new(said: &'static Encoding) -> Self {
        Self { is_said: said == UTF_8, letters: 0, is_other: false }
    }

    fn look(&mut self, cells: &ByteRecord) {
        let bytes = cells.as_slice();
        if self.is_said || self.is_other || bytes.is_ascii() {
            return;
        }
        match std::str::from_utf8(bytes) {
            Ok(_) => self.letters += 1,
            Err(_) => self.is_other = true,
        }
    }

    fn looks_like_utf8(&self) -> bool {
        self.letters > 0 && !self.is_other
    }
}

/// Skips the byte order mark. With one, the file is UTF-8 whatever the mapping says.
fn past_mark(input: &mut impl BufRead, file: &Path, said: &'static Encoding) -> Outcome<&'static Encoding> {
    let start = input.fill_buf().map_err(|error| Fault::because(format!("reading {}", file.display()), error))?;
    if start.is_empty() {
        return Err(unreadable("import-empty", file));
    }
    if start.starts_with(&[0xFF, 0xFE]) || start.starts_with(&[0xFE, 0xFF]) {
        return Err(unreadable("import-utf16", file));
    }
    let has_mark = start.starts_with(&[0xEF, 0xBB, 0xBF]);
    input.consume(if has_mark { 3 } else { 0 });
    Ok(if has_mark { UTF_8 } else { said })
}

/// A head with control characters is none: the file is a picture, a program, anything but a table.
fn head(cells: &ByteRecord, encoding: &'static Encoding, file: &Path, by_number: bool) -> Outcome<Head> {
    if cells.as_slice().iter().any(|b| *b < b' ' && !matches!(b, b'\t' | b'\n' | b'\r')) {
        return Err(unreadable("import-unreadable", file));
    }
    let name = |(place, cell): (usize, &[u8])| {
        if by_number { (place + 1).to_string() } else { encoding.decode_without_bom_handling(cell).0.trim().to_owned() }
    };
    Ok(Head { names: cells.iter().enumerate().map(name).collect(), cells: cells.clone(), encoding, is_strict: true })
}

/// What a reader that cannot go on says about it: a row that is too long ends the reading, anything else the run.
fn stop(error: csv::Error, file: &Path, line: u64) -> Outcome<RowError> {
    match error.into_kind() {
        ErrorKind::Io(error) if error.get_ref().is_some_and(|inner| inner.is::<TooLong>()) => {
            Ok(RowError::new(line, "", "", "import-row-long", vec![("most", (ROW_BYTES_MAX >> 10).to_string())]))
        }
        // What the decompressor cannot read is the file's fault, not the disk's.
        ErrorKind::Io(error) if error.raw_os_error().is_none() => {
            Ok(RowError::new(line, "", "", "import-cut-off", vec![]))
        }
        other => Err(Fault::new(format!("reading {}: {other:?}", file.display())).into()),
    }
}
