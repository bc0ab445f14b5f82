//! Files of rows that were not imported: the original rows, byte for byte, and a column with the reason, so that the file
//! can be corrected and fed again with the same mapping.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use csv::{ByteRecord, Writer, WriterBuilder};
use encoding_rs::{Encoding, UTF_8};
use kernel::{Fault, Outcome};

use super::source::{Head, RawRow};

/// The name of the added column.
pub(crate) const COLUMN: &str = "error";

/// One such file. It is written beside its place and put there at the end, because it may be the file being read.
#[derive(Debug)]
pub(crate) struct Rejects {
    path: PathBuf,
    delimiter: u8,
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    writer: Writer<BufWriter<File>>,
    encoding: &'static Encoding,
    width: usize,
    /// Where the column stands already, when this file was made by an earlier run.
    column: Option<usize>,
}

impl Rejects {
    /// For a file that may not be wanted.
    pub(crate) fn new(path: Option<&Path>, delimiter: u8) -> Option<Self> {
        path.map(|path| Self { path: path.to_owned(), delimiter, open: None })
    }

    fn fault(&self, error: impl std::error::Error + Send + Sync + 'static) -> Fault {
        Fault::because(format!("writing {}", self.path.display()), error)
    }

    fn part(&self) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(".part");
        name.into()
    }

    /// Begins with the head of the file being read.
    pub(crate) fn head(&mut self, head: &Head) -> Outcome<()> {
        let file = File::create(self.part()).map_err(|e| self.fault(e))?;
        let mut buffer = BufWriter::new(file);
        if head.encoding == UTF_8 {
            // With the mark, the file is read as UTF-8 whatever the mapping says: rows of a workbook are written so.
            buffer.write_all("\u{feff}".as_bytes()).map_err(|e| self.fault(e))?;
        }
        let writer = WriterBuilder::new().delimiter(self.delimiter).flexible(true).from_writer(buffer);
        let column = head.names.iter().position(|name| name == COLUMN);
        self.open = Some(Open { writer, encoding: head.encoding, width: head.names.len(), column });
        self.write(&head.cells, COLUMN)
    }

    /// One row with its reason.
    pub(crate) fn row(&mut self, row: &RawRow, reason: &str) -> Outcome<()> {
        self.write(&row.cells, reason)
    }

    fn write(&mut self, cells: &ByteRecord, reason: &str) -> Outcome<()> {
        let Some(open) = &mut self.open else { return Ok(()) };
        let (reason, _, _) = open.encoding.encode(reason);
        let mut out: Vec<&[u8]> = cells.iter().collect();
        match open.column {
            Some(column) if out.len() == open.width => out[column] = &reason,
            _ => out.push(&reason),
        }
        open.writer.write_record(out).map_err(|e| Fault::because(format!("writing {}", self.path.display()), e))?;
        Ok(())
    }

    /// Puts the file in its place. Nothing is there when not even a head was read.
    pub(crate) fn finish(mut self) -> Outcome<()> {
        let Some(open) = self.open.take() else { return Ok(()) };
        let mut buffer =
            open.writer.into_inner().map_err(|e| Fault::new(format!("writing {}: {e}", self.path.display())))?;
        buffer.flush().map_err(|e| self.fault(e))?;
        drop(buffer);
        Ok(std::fs::rename(self.part(), &self.path).map_err(|e| self.fault(e))?)
    }
}
