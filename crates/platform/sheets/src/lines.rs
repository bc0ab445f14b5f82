//! Where the rows of a CSV file begin, as an editor counts lines, and where a quotation mark stands inside quotes without being
//! doubled: the reader of rows says neither.

use std::collections::VecDeque;

/// Appended to a file. A reader that comes to the end outside of quotes gives it as a row of its own; one that is still inside
/// gives it as part of a cell, and so the missing quotation mark is found.
pub const END: &str = "\n\u{1}end\u{1}\n";
/// The cell that it makes.
pub const END_CELL: &str = "\u{1}end\u{1}";

/// A row as it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Begin {
    /// The line, from 1.
    pub line: u64,
    /// Whether a quotation mark inside quotes is not doubled: the reader takes it for the closing one, and drops it.
    pub has_stray_quote: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Row,
    Cell,
    Plain,
    Quoted,
    /// Behind a quotation mark inside quotes: the closing one, or the first of two.
    Quote,
}

/// Follows a file byte by byte, by the same rules as the reader of rows.
#[derive(Debug)]
pub struct Lines {
    delimiter: u8,
    place: Place,
    line: u64,
    is_after_return: bool,
    /// Rows that have begun and were not asked for yet: as many as the reader's buffer holds.
    begun: VecDeque<Begin>,
}

impl Lines {
    /// From the first line on.
    pub fn new(delimiter: u8) -> Self {
        Self { delimiter, place: Place::Row, line: 1, is_after_return: false, begun: VecDeque::new() }
    }

    /// Follows some bytes.
    pub fn follow(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.step(*byte);
        }
    }

    /// The next row that the reader has given.
    pub fn take(&mut self) -> Option<Begin> {
        self.begun.pop_front()
    }

    /// The line on which the next row begins.
    pub fn line(&self) -> Option<u64> {
        self.begun.front().map(|begin| begin.line)
    }

    fn step(&mut self, byte: u8) {
        // A return alone ends a line as well.
        if self.is_after_return && byte != b'\n' {
            self.line += 1;
        }
        self.is_after_return = byte == b'\r';
        let is_end = matches!(byte, b'\r' | b'\n');
        if self.place == Place::Row && !is_end {
            self.begun.push_back(Begin { line: self.line, has_stray_quote: false });
            self.place = Place::Cell;
        }
        self.place = match (self.place, byte) {
            (Place::Quoted, b'"') => Place::Quote,
            (Place::Quoted, _) => Place::Quoted,
            (Place::Cell | Place::Quote, b'"') => Place::Quoted,
            _ if is_end => Place::Row,
            (_, byte) if byte == self.delimiter => Place::Cell,
            (Place::Quote, _) => {
                if let Some(row) = self.begun.back_mut() {
                    row.has_stray_quote = true;
                }
                Place::Plain
            }
            _ => Place::Plain,
        };
        if byte == b'\n' {
            self.line += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of a text as `line`, with `!` for a stray quotation mark.
    fn rows(text: &str) -> String {
        let mut lines = Lines::new(b',');
        // In two pieces, as buffers cut it.
        let (first, second) = text.as_bytes().split_at(text.len() / 2);
        lines.follow(first);
        lines.follow(second);
        let mut all = Vec::new();
        while let Some(begin) = lines.take() {
            all.push(format!("{}{}", begin.line, if begin.has_stray_quote { "!" } else { "" }));
        }
        all.join(" ")
    }

    #[test]
    fn fault_r1_rows_are_numbered_as_an_editor_counts() {
        for (text, want) in [
            ("a,b\n1,2\n3,4\n", "1 2 3"),
            ("a,b\r\n1,2\r\n3,4\r\n", "1 2 3"),
            ("a,b\r1,2\r3,4", "1 2 3"),
            ("a,b\n\n\n1,2", "1 4"),
            ("a,b\r\n\r\n1,2\r\n", "1 3"),
            ("a,\"x\r\ny\"\r\n1,2", "1 3"),
            ("\"a\"\"\n\",b\n1,2", "1 3"),
            ("", ""),
        ] {
            assert_eq!(rows(text), want, "{text:?}");
        }
    }

    #[test]
    fn fault_r9_a_lone_quotation_mark_inside_quotes_is_seen() {
        for (text, want) in [
            ("\"1/2\"\" pipe\",5\n6,7", "1 2"),
            ("\"1/2\" pipe\",5\n6,7", "1! 2"),
            ("a\n\"1/2\" pipe\"\n\"x\"", "1 2! 3"),
            ("1/2\" pipe,5", "1"),
            ("\"\",\"\"\"\"", "1"),
        ] {
            assert_eq!(rows(text), want, "{text:?}");
        }
    }
}
