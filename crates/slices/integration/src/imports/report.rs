//! What became of every row.

use std::collections::{BTreeMap, BTreeSet};

use i18n::{Arg, Locale};
use kernel::{Amount, Currency, FieldError};

use super::Kind;

/// One bad cell, or a bad row as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// Its row in the file, from 1; the line on which it begins.
    pub row: u64,
    /// What stands in the cell, cut to a readable length.
    pub value: String,
    /// The column (or the field, when no column holds it) and what is wrong.
    pub error: FieldError,
}

/// Longest value that is repeated in an error.
const VALUE_CHARS_MAX: usize = 80;

impl RowError {
    /// An error at a column of a row.
    pub(crate) fn new(
        row: u64,
        column: impl Into<String>,
        value: &str,
        code: &'static str,
        args: Vec<(&'static str, String)>,
    ) -> Self {
        Self { row, value: shown(value, VALUE_CHARS_MAX), error: FieldError { field: column.into(), code, args } }
    }

    /// What is wrong, as forms say it.
    pub fn reason(&self, locale: &Locale) -> String {
        locale.error(&self.error)
    }

    /// The same after the name of its column, for the error file.
    pub(crate) fn labelled(&self, locale: &Locale) -> String {
        match self.error.field.as_str() {
            "" => self.reason(locale),
            column => format!("{column}: {}", self.reason(locale)),
        }
    }

    /// All of it on one line: row, column, value and reason.
    pub fn line(&self, locale: &Locale) -> String {
        let args = [
            ("row", Arg::from(self.row.to_string())),
            ("column", Arg::from(&self.error.field)),
            ("value", Arg::from(&self.value)),
            ("reason", Arg::from(self.reason(locale))),
        ];
        let key = if self.error.field.is_empty() { "import-error-row" } else { "import-error-cell" };
        locale.text_with(key, &args)
    }
}

/// A text of a file as it can be repeated on one line of a terminal: cut, and without characters that would do something
/// there.
pub(crate) fn shown(text: &str, chars_max: usize) -> String {
    let plain = |c: char| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c };
    let mut short: String = text.chars().take(chars_max).map(plain).collect();
    if text.chars().nth(chars_max).is_some() {
        short.push('…');
    }
    short
}

/// How many rows ended in one place, and what they come to where rows have a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Rows.
    pub rows: u64,
    /// Their net value in minor units; 0 where rows have none.
    pub net_minor: i64,
}

impl Count {
    /// One more row.
    pub(crate) fn add(&mut self, net_minor: i64) {
        self.rows += 1;
        self.net_minor = self.net_minor.saturating_add(net_minor);
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { rows: self.rows + other.rows, net_minor: self.net_minor.saturating_add(other.net_minor) }
    }
}

/// How the money of a file with invoice lines adds up. Each line is rounded to the minor unit, as on an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money {
    /// The currency.
    pub currency: Currency,
    /// The sum over all lines of the file, each rounded.
    pub file_minor: i64,
    /// The same without rounding, in millionths.
    pub file_micros: i128,
}

/// What became of every row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What was imported.
    pub kind: Kind,
    /// Whether nothing was committed.
    pub is_dry_run: bool,
    /// Rows of the file, without the head and empty ones.
    pub rows: u64,
    /// Rows that made something new.
    pub created: Count,
    /// Rows that changed something.
    pub updated: Count,
    /// Rows that said what was there already.
    pub unchanged: Count,
    /// Rows that became lines of credit notes (histories only).
    pub credited: Count,
    /// Rows that were passed over, by reason.
    pub listed: BTreeMap<String, Count>,
    /// Bad rows.
    pub failed: Count,
    /// Good rows that were not imported because of a bad one beside them.
    pub held_back: Count,
    /// What was made beside the rows themselves, by kind of thing: categories, price lists, products, …
    pub made: BTreeMap<&'static str, u64>,
    /// What else is to be known, by the key of its sentence: how credit notes were matched to orders (histories only), what the
    /// file does not say but stands, what looks odd.
    pub notes: BTreeMap<&'static str, u64>,
    /// How the money adds up (histories only).
    pub money: Option<Money>,
    /// The first bad cells, at most [`Report::ERRORS_MAX`].
    pub errors: Vec<RowError>,
    /// Bad cells in all.
    pub errors_total: u64,
    /// Why reading ended before the end of the file, when it did.
    pub stopped: Option<RowError>,
}

impl Report {
    /// Errors that are kept in memory; the error file holds all.
    pub const ERRORS_MAX: usize = 100;

    pub(crate) fn new(kind: Kind, is_dry_run: bool) -> Self {
        Self {
            kind,
            is_dry_run,
            rows: 0,
            created: Count::default(),
            updated: Count::default(),
            unchanged: Count::default(),
            credited: Count::default(),
            listed: BTreeMap::new(),
            failed: Count::default(),
            held_back: Count::default(),
            made: BTreeMap::new(),
            notes: BTreeMap::new(),
            money: None,
            errors: Vec::new(),
            errors_total: 0,
            stopped: None,
        }
    }

    pub(crate) fn note_error(&mut self, error: &RowError) {
        self.errors_total += 1;
        if self.errors.len() < Self::ERRORS_MAX {
            self.errors.push(error.clone());
        }
    }

    /// Everything that was passed over.
    pub fn listed_total(&self) -> Count {
        self.listed.values().fold(Count::default(), |sum, count| sum.plus(*count))
    }

    /// All places together: equals [`Report::rows`], and the money of the file, or there is a bug.
    pub fn accounted(&self) -> Count {
        [self.created, self.updated, self.unchanged, self.credited, self.failed, self.held_back]
            .into_iter()
            .fold(self.listed_total(), Count::plus)
    }

    /// Whether every row is accounted for, and every penny.
    pub fn adds_up(&self) -> bool {
        let sum = self.accounted();
        sum.rows == self.rows && self.money.is_none_or(|money| money.file_minor == sum.net_minor)
    }

    /// Whether everything in the file that should be imported has been.
    pub fn is_clean(&self) -> bool {
        self.failed.rows == 0 && self.held_back.rows == 0 && self.stopped.is_none()
    }

    /// The report for people: one line for each place, then what was made, then the first errors.
    pub fn lines(&self, locale: &Locale) -> Vec<String> {
        let mut lines = vec![self.line(locale, "import-report-rows", Count { rows: self.rows, net_minor: 0 }, None)];
        let places = [
            ("import-report-created", self.created),
            ("import-report-updated", self.updated),
            ("import-report-unchanged", self.unchanged),
            ("import-report-credited", self.credited),
            ("import-report-failed", self.failed),
            ("import-report-held-back", self.held_back),
        ];
        let net = self.money.map(|money| money.currency);
        let places = places.into_iter().filter(|(_, count)| count.rows > 0);
        lines.extend(places.map(|(key, count)| format!("  {}", self.line(locale, key, count, net))));
        for (reason, count) in &self.listed {
            lines.push(format!("  {}: {reason}", self.line(locale, "import-report-listed", *count, net)));
        }
        lines.extend(
            self.made
                .iter()
                .chain(&self.notes)
                .map(|(key, n)| locale.text_with(key, &[("count", Arg::Count(i64::try_from(*n).unwrap_or(i64::MAX)))])),
        );
        if let Some(money) = self.money {
            lines.push(money_line(locale, &money, self.accounted()));
        }
        lines.extend(self.errors.iter().chain(&self.stopped).map(|error| error.line(locale)));
        if self.errors_total > self.errors.len() as u64 {
            let more = i64::try_from(self.errors_total - self.errors.len() as u64).unwrap_or(i64::MAX);
            lines.push(locale.text_with("import-report-more-errors", &[("count", Arg::Count(more))]));
        }
        if self.is_dry_run {
            lines.push(locale.text("import-report-dry-run"));
        }
        lines
    }

    fn line(&self, locale: &Locale, key: &str, count: Count, net: Option<Currency>) -> String {
        let rows = i64::try_from(count.rows).unwrap_or(i64::MAX);
        let text = locale.text_with(key, &[("count", Arg::Count(rows))]);
        match net {
            Some(currency) => format!("{text} ({})", locale.money(Amount::new(count.net_minor, currency))),
            None => text,
        }
    }
}

fn money_line(locale: &Locale, money: &Money, accounted: Count) -> String {
    let amount = |minor| locale.money(Amount::new(minor, money.currency));
    let args = [("file", Arg::from(amount(money.file_minor))), ("sum", Arg::from(amount(accounted.net_minor)))];
    locale.text_with(
        if money.file_minor == accounted.net_minor { "import-report-money" } else { "import-report-money-wrong" },
        &args,
    )
}

/// Things made along the way; a dry run makes them again in every batch, so names are remembered.
#[derive(Debug, Default)]
pub(crate) struct Made(BTreeMap<&'static str, BTreeSet<String>>);

impl Made {
    pub(crate) fn note(&mut self, key: &'static str, name: &str) {
        self.0.entry(key).or_default().insert(name.to_owned());
    }

    pub(crate) fn counts(&self) -> BTreeMap<&'static str, u64> {
        self.0.iter().map(|(key, names)| (*key, names.len() as u64)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_file_reaches_the_terminal_as_it_is() {
        assert_eq!(shown("a\u{1b}[2J\nb", 80), "a\u{fffd}[2J\u{fffd}b");
        assert_eq!(shown("łłł", 3), "łłł");
        assert_eq!(shown("łłłł", 3), "łłł…");
    }
}
