//! The lines of a backup, written and read.

use std::io::{BufRead, Write};

use kernel::Fault;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};

/// The form of these lines. Another number is another form.
pub(super) const FORMAT: u32 = 1;

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Head {
    pub(super) kontor_backup: u32,
    /// The program that made it.
    pub(super) version: String,
    /// When, in microseconds.
    pub(super) at: i64,
    /// Name and checksum of every migration that the schema had.
    pub(super) migrations: Vec<(String, String)>,
}

/// A line before the rows of a table.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct TableHead {
    pub(super) table: String,
    pub(super) columns: Vec<String>,
}

/// A line behind the rows of a table.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct TableFoot {
    pub(super) rows: u64,
    pub(super) digest: String,
}

/// The last line.
#[derive(Debug, Serialize, Deserialize)]
struct End {
    sha256: String,
}

/// Any line, as it is read.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Line {
    Row(Vec<Json>),
    Table(TableHead),
    Foot(TableFoot),
    End { sha256: String },
}

/// A digest over rows in any order: the sum of their hashes. Engines give rows out as they like.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Digest {
    pub(super) rows: u64,
    sum: u128,
}

impl Digest {
    pub(super) fn add(&mut self, line: &[u8]) {
        let hash = Sha256::digest(line);
        let half = hash.iter().take(16).fold(0_u128, |sum, byte| (sum << 8) | u128::from(*byte));
        self.sum = self.sum.wrapping_add(half);
        self.rows += 1;
    }

    pub(super) fn hex(&self) -> String {
        format!("{:032x}", self.sum)
    }

    pub(super) fn foot(&self) -> TableFoot {
        TableFoot { rows: self.rows, digest: self.hex() }
    }
}

pub(super) fn text(value: Option<String>) -> Json {
    value.map_or(Json::Null, Json::String)
}

pub(super) fn int(value: Option<i64>) -> Json {
    value.map_or(Json::Null, Json::from)
}

pub(super) fn bytes(value: Option<Vec<u8>>) -> Json {
    value.map_or(Json::Null, |bytes| Json::String(hex(&bytes)))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| DIGITS.get(usize::from(digit))).collect()
}

/// The bytes that hexadecimal digits stand for.
pub(super) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(digits.chunks_exact(2).map(|pair| pair.iter().fold(0, |byte, digit| (byte << 4) | digit)).collect())
}

/// Writes lines and keeps their checksum.
pub(super) struct Out<'a> {
    out: &'a mut (dyn Write + Send),
    hash: Sha256,
}

impl<'a> Out<'a> {
    pub(super) fn new(out: &'a mut (dyn Write + Send)) -> Self {
        Self { out, hash: Sha256::new() }
    }

    pub(super) fn line(&mut self, line: &impl Serialize) -> Result<(), Fault> {
        self.put(json(line)?)
    }

    pub(super) fn row(&mut self, digest: &mut Digest, values: Vec<Json>) -> Result<(), Fault> {
        let line = json(&values)?;
        digest.add(&line);
        self.put(line)
    }

    fn put(&mut self, mut line: Vec<u8>) -> Result<(), Fault> {
        line.push(b'\n');
        self.hash.update(&line);
        self.out.write_all(&line).map_err(|e| Fault::because("writing the backup", e))
    }

    pub(super) fn end(self) -> Result<(), Fault> {
        let mut line = json(&End { sha256: hex(&self.hash.finalize()) })?;
        line.push(b'\n');
        let written = self.out.write_all(&line).and_then(|()| self.out.flush());
        written.map_err(|e| Fault::because("writing the backup", e))
    }
}

fn json(line: &impl Serialize) -> Result<Vec<u8>, Fault> {
    serde_json::to_vec(line).map_err(|e| Fault::because("writing the backup", e))
}

/// Reads lines and checks them against their checksum.
pub(super) struct In<'a> {
    from: &'a mut (dyn BufRead + Send),
    hash: Sha256,
    /// The bytes of the line that was read last, without its end.
    pub(super) line: Vec<u8>,
}

impl<'a> In<'a> {
    pub(super) fn new(from: &'a mut (dyn BufRead + Send)) -> Self {
        Self { from, hash: Sha256::new(), line: Vec::new() }
    }

    pub(super) fn head(&mut self) -> Result<Head, Fault> {
        self.read()?;
        let head: Head = serde_json::from_slice(&self.line).map_err(|_| Fault::new("this is no backup of Kontor"))?;
        if head.kontor_backup != FORMAT {
            return Err(Fault::new(format!("this backup is of form {}; a newer version reads it", head.kontor_backup)));
        }
        Ok(head)
    }

    /// The next line; `None` at the end, when all was as it was written.
    pub(super) fn next(&mut self) -> Result<Option<Line>, Fault> {
        let before = self.hash.clone();
        self.read()?;
        // Nearly every line is a row.
        if self.line.starts_with(b"[") {
            let row = serde_json::from_slice(&self.line).map_err(|e| Fault::because("reading the backup", e))?;
            return Ok(Some(Line::Row(row)));
        }
        match serde_json::from_slice(&self.line).map_err(|e| Fault::because("reading the backup", e))? {
            Line::End { sha256 } if sha256 == hex(&before.finalize()) => Ok(None),
            Line::End { .. } => Err(Fault::new("the backup is not as it was written: its checksum is another")),
            line => Ok(Some(line)),
        }
    }

    fn read(&mut self) -> Result<(), Fault> {
        self.line.clear();
        let read = self.from.read_until(b'\n', &mut self.line);
        read.map_err(|e| Fault::because("reading the backup", e))?;
        self.hash.update(&self.line);
        match self.line.pop() {
            Some(b'\n') => Ok(()),
            _ => Err(Fault::new("the backup ends too early")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{hex, unhex};

    #[test]
    fn bytes_come_back_as_they_went_in() {
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(unhex(&hex(&all)), Some(all));
        assert_eq!(hex(&[0, 255, 16]), "00ff10");
        assert_eq!((unhex("0"), unhex("0g"), unhex("")), (None, None, Some(Vec::new())));
    }
}
