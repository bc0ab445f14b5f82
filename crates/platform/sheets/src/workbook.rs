//! Whether a workbook can be read at all: it is compressed, so that a small file may hold texts and tables of any size. It is
//! unpacked once and thrown away while it is counted, before anything of it is kept.

use std::io::{Read, Seek};

use zip::ZipArchive;

/// No row of a file with sense in it is longer; a missing quotation mark or line end makes such rows.
pub const ROW_BYTES_MAX: u64 = 1 << 20;
/// Bytes between two ends of cells of a sheet. Most is a kilobyte or two; what stands behind the cells is more.
const CELL_BYTES_MAX: u64 = 64 << 20;

/// What a look through a workbook says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looked {
    /// It can be read.
    Fits,
    /// It holds more than a spreadsheet can.
    TooLarge,
    /// It is no workbook.
    NotOne,
}

/// Looks through a workbook of which no part that is kept as a whole may hold more than so many bytes.
pub fn look(file: impl Read + Seek, part_bytes_max: u64) -> Looked {
    let Ok(mut parts) = ZipArchive::new(file) else { return Looked::NotOne };
    for at in 0..parts.len() {
        let Ok(part) = parts.by_index(at) else { return Looked::NotOne };
        let Ok(name) = part.name() else { return Looked::NotOne };
        let is_sheet = name.to_lowercase().contains("worksheets/");
        let mut measure = Measure::new(if is_sheet { None } else { Some(part_bytes_max) });
        match measure.whole(part) {
            Ok(true) => {}
            Ok(false) => return Looked::TooLarge,
            // What cannot be unpacked cannot be read; where it is cut off is said when it is.
            Err(_) => return Looked::Fits,
        }
    }
    Looked::Fits
}

/// Counts the bytes of a part.
struct Measure {
    most: Option<u64>,
    cell_most: u64,
    is_markup: Option<bool>,
    total: u64,
    /// Since the last tag began, and since the last cell ended.
    run: u64,
    cell: u64,
    before: [u8; 2],
}

impl Measure {
    fn new(most: Option<u64>) -> Self {
        Self { most, cell_most: CELL_BYTES_MAX, is_markup: None, total: 0, run: 0, cell: 0, before: [0; 2] }
    }

    /// Whether all of it is within what a workbook can hold.
    fn whole(&mut self, mut part: impl Read) -> std::io::Result<bool> {
        let mut buffer = vec![0; 1 << 16];
        loop {
            let read = part.read(&mut buffer)?;
            if read == 0 {
                return Ok(true);
            }
            if !self.fits(buffer.get(..read).unwrap_or_default()) {
                return Ok(false);
            }
        }
    }

    fn fits(&mut self, bytes: &[u8]) -> bool {
        self.total += bytes.len() as u64;
        if self.most.is_some_and(|most| self.total > most) {
            return false;
        }
        // Pictures have no tags; what is kept of them is within the bound of the part.
        let is_markup = *self.is_markup.get_or_insert_with(|| {
            let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
            start.is_empty() || start.starts_with(b"<")
        });
        if !is_markup && self.most.is_some() {
            return true;
        }
        bytes.iter().all(|byte| self.step(*byte))
    }

    fn step(&mut self, byte: u8) -> bool {
        self.run = if byte == b'<' { 0 } else { self.run + 1 };
        let is_cell_end = byte == b'>' && matches!(self.before, [b'/' | b':', b'c']);
        self.cell = if is_cell_end || self.most.is_some() { 0 } else { self.cell + 1 };
        self.before = [self.before[1], byte];
        self.run <= ROW_BYTES_MAX && self.cell <= self.cell_most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes that are never there at once.
    struct Endless<'a> {
        start: &'a [u8],
        piece: &'a [u8],
        left: u64,
    }

    impl Read for Endless<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let source = if self.start.is_empty() { self.piece } else { self.start };
            let length = source.len().min(buffer.len()).min(usize::try_from(self.left).unwrap_or(usize::MAX));
            buffer[..length].copy_from_slice(&source[..length]);
            if self.start.is_empty() {
                self.left -= length as u64
            } else {
                self.start = &self.start[length..]
            }
            Ok(length)
        }
    }

    fn fits(most: Option<u64>, start: &[u8], piece: &[u8], left: u64) -> bool {
        let mut measure = Measure { cell_most: 1 << 20, ..Measure::new(most) };
        measure.whole(Endless { start, piece, left }).unwrap()
    }

    #[test]
    fn attack_l13_what_no_spreadsheet_writes_is_not_unpacked() {
        let part = Some(256 << 20);
        let text = [b'x'; 4_096];
        assert!(fits(part, b"<si><t>", &text, 1 << 19), "half a megabyte");
        assert!(!fits(part, b"<si><t>", &text, 4 << 30), "one text of 4 GB");
        assert!(!fits(None, b"<worksheet><c><is><t>", &text, 4 << 30), "in a sheet");
        assert!(!fits(Some(1 << 20), b"<sst>", b"<si><t>xxxxxxxxxxxx</t></si>", 1 << 21), "a table of them");
        assert!(fits(None, b"<sheetData>", b"<c r=\"A1\"><v>1</v></c>", 1 << 22), "a long sheet of small cells");
        assert!(!fits(None, b"<sheetData><c><is>", b"<r><t>x</t></r>", 1 << 22), "a cell of small pieces");
        assert!(fits(part, b"\x89PNG", &text, 8 << 20), "a picture");
        assert!(!fits(part, b"\x89PNG", &text, 1 << 30), "what calls itself one");
    }
}
