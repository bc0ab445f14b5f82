//! Reading a file row by row: CSV in several encodings, zstd-compressed or not, and sheets of XLSX workbooks.
//!
//! What a file is shows in its first bytes, not in its name. No file can make this use more memory than a row may have
//! ([`ROW_BYTES_MAX`]), except workbooks, whose table of texts is kept: up to a size that is looked at before
//! ([`sheets::workbook`]).

mod csv;
mod sheet;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::Encoding;
use kernel::{Fault, Invalid, Outcome};

use super::mapping::SourceSpec;
use super::report::RowError;

pub(super) use sheets::workbook::ROW_BYTES_MAX;

/// The row that names the columns.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    /// The names, decoded.
    pub(crate) names: Vec<String>,
    /// As it stands in the file.
    pub(crate) cells: ::csv::ByteRecord,
    /// How cells are encoded.
    pub(crate) encoding: &'static Encoding,
    /// Whether a row must have a cell for each name: sheets leave out empty cells at the end.
    pub(crate) is_strict: bool,
}

/// A row as it stands in the file.
#[derive(Debug, Clone)]
pub(crate) struct RawRow {
    /// The line on which it begins, or the row of the sheet; from 1.
    pub(crate) number: u64,
    /// Its cells, not decoded.
    pub(crate) cells: ::csv::ByteRecord,
    /// What is wrong with the row as it stands in the file, whatever its cells say.
    pub(crate) fault: Option<&'static str>,
}

impl RawRow {
    /// Whether nothing stands in it but blanks.
    fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim_ascii().is_empty())
    }
}

/// Who takes the rows.
pub(crate) trait Visitor {
    /// The head comes first, once.
    fn head(&mut self, head: &Head) -> Outcome<()>;
    /// Then rows; `false` ends the reading.
    fn row(&mut self, row: RawRow) -> Outcome<bool>;
    /// Something about the file as a whole that whoever imports it should know: the key of its sentence.
    fn noticed(&mut self, _note: &'static str) {}
}

/// Reads a file. `position` is kept at the bytes read so far. Gives the reason when reading ended before the end.
pub(crate) fn read(
    file: &Path,
    spec: &SourceSpec,
    position: &Arc<AtomicU64>,
    visitor: &mut dyn Visitor,
) -> Outcome<Option<RowError>> {
    let opened = File::open(file).map_err(|error| missing(file, error))?;
    let counted = Counted { inner: opened, position: Arc::clone(position) };
    let mut input = BufReader::with_capacity(1 << 16, counted);
    let start = peek(&mut input, file)?;
    if start.starts_with(b"PK\x03\x04") {
        return sheet::read(file, spec, visitor);
    }
    let named_sheet =
        file.extension().is_some_and(|e| e.eq_ignore_ascii_case("xlsx") || e.eq_ignore_ascii_case("xlsm"));
    if named_sheet || start.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(unreadable("import-not-xlsx", file));
    }
    if start.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) {
        let plain = zstd::stream::read::Decoder::with_buffer(input).map_err(|error| damaged(error, file))?;
        let mut plain = BufReader::with_capacity(1 << 16, plain);
        plain.fill_buf().map_err(|error| damaged(error, file))?;
        return csv::read(plain, file, spec, visitor);
    }
    csv::read(input, file, spec, visitor)
}

/// The size of a file, for progress; 0 when nobody knows.
pub(crate) fn size(file: &Path) -> u64 {
    std::fs::metadata(file).map_or(0, |meta| meta.len())
}

/// The first bytes, left in the buffer.
fn peek(input: &mut impl BufRead, file: &Path) -> Outcome<Vec<u8>> {
    let start = input.fill_buf().map_err(|error| missing(file, error))?;
    Ok(start[..start.len().min(4)].to_vec())
}

fn missing(file: &Path, error: io::Error) -> kernel::Failure {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::IsADirectory | io::ErrorKind::PermissionDenied => {
            unreadable("import-file", file)
        }
        _ => Fault::because(format!("reading {}", file.display()), error).into(),
    }
}

/// The first bytes cannot be decompressed: the file's fault, unless the disk's.
fn damaged(error: io::Error, file: &Path) -> kernel::Failure {
    match error.raw_os_error() {
        None => unreadable("import-zst", file),
        Some(_) => Fault::because(format!("reading {}", file.display()), error).into(),
    }
}

/// The file as a whole cannot be read.
pub(super) fn unreadable(code: &'static str, file: &Path) -> kernel::Failure {
    Invalid::default().and("file", code, vec![("file", file.display().to_string())]).into()
}

/// Counts the bytes that are read.
struct Counted<R> {
    inner: R,
    position: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.position.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
