//! How many tests passed, failed and were skipped, as each test runner says it.

use std::ops::{Add, AddAssign};

/// Counts of tests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Passed.
    pub passed: u64,
    /// Failed.
    pub failed: u64,
    /// Not run.
    pub skipped: u64,
}

impl Add for Tally {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

impl Tally {
    /// A step that is one check.
    pub fn one(ok: bool) -> Self {
        Self { passed: u64::from(ok), failed: u64::from(!ok), skipped: 0 }
    }

    /// What a line of a runner's output adds: the closing lines of nextest, `cargo test` and node's runner.
    pub fn of_line(line: &str) -> Self {
        let line = without_colours(line);
        let line = line.trim();
        if line.starts_with("Summary [") || line.starts_with("test result:") {
            return Self {
                passed: before(line, "passed"),
                failed: before(line, "failed") + before(line, "timed out"),
                skipped: before(line, "skipped") + before(line, "ignored"),
            };
        }
        let Some(line) = line.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# ")) else { return Self::default() };
        match line.split_once(' ') {
            Some(("pass", n)) => Self { passed: n.parse().unwrap_or(0), ..Self::default() },
            Some(("fail", n)) => Self { failed: n.parse().unwrap_or(0), ..Self::default() },
            Some(("skipped", n)) => Self { skipped: n.parse().unwrap_or(0), ..Self::default() },
            _ => Self::default(),
        }
    }
}

/// The number before the last `word` of a line; 0 when there is none.
fn before(line: &str, word: &str) -> u64 {
    let Some((head, _)) = line.rsplit_once(&format!(" {word}")) else { return 0 };
    head.rsplit([' ', '.']).next().and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// The line without terminal colours.
fn without_colours(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((head, tail)) = rest.split_once("\u{1b}[") {
        plain.push_str(head);
        rest = tail.split_once('m').map_or("", |(_, after)| after);
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_read() {
        for (line, passed, failed, skipped) in [
            ("     Summary [   3.214s] 48 tests run: 47 passed (2 slow), 1 failed, 3 skipped", 47, 1, 3),
            ("     Summary [   1.204s] 12 tests run: 12 passed, 0 skipped", 12, 0, 0),
            (
                "\u{1b}[32;1m     Summary\u{1b}[0m [   0.102s] \u{1b}[1m2\u{1b}[0m tests run: \u{1b}[1m2\u{1b}[0m passed",
                2,
                0,
                0,
            ),
            ("test result: ok. 9 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.01s", 9, 0, 2),
            ("test result: FAILED. 1 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out", 1, 3, 0),
            ("ℹ pass 4", 4, 0, 0),
            ("# fail 2", 0, 2, 0),
            ("ℹ skipped 1", 0, 0, 1),
            ("ℹ tests 7", 0, 0, 0),
            ("I passed 3 houses", 0, 0, 0),
        ] {
            assert_eq!(Tally::of_line(line), Tally { passed, failed, skipped }, "{line}");
        }
    }
}
