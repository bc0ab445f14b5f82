//! How a run goes about it.

use std::path::PathBuf;

use i18n::{Language, Locale};

/// How to import.
#[derive(Debug, Clone)]
pub struct Options {
    /// Do everything, but commit nothing.
    pub dry_run: bool,
    /// Import the good rows of a batch with bad ones.
    pub skip_errors: bool,
    /// Where rows go that were not imported, with the reason.
    pub errors: Option<PathBuf>,
    /// Where rows go that the mapping passes over, with the reason.
    pub listed: Option<PathBuf>,
    /// Rows in one transaction. Histories, whose lines are short, take twenty times as many.
    pub batch: usize,
    /// Price lists only: what the file does not name goes.
    pub replace: Option<Replace>,
    /// Companies only: segments and price groups that nobody has added come into being by the file that names them.
    pub new_words: bool,
    /// The language of the sentences in these files.
    pub locale: Locale,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            dry_run: false,
            skip_errors: false,
            errors: None,
            listed: None,
            batch: 500,
            replace: None,
            new_words: false,
            locale: Locale::new(Language::En, "UTC"),
        }
    }
}

/// What of a price list is replaced by what a file names, once all of it has come in without an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replace {
    /// The steps of each product that the file names: others of these products go.
    Ladders,
    /// Each list that the file names, as a whole: other steps and other products go.
    Lists,
}

impl Replace {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Ladders, Self::Lists];

    /// The word for it on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ladders => "ladders",
            Self::Lists => "lists",
        }
    }

    /// The one with this word.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|replace| replace.code() == code)
    }
}

/// What a run is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Reading the file, and writing while reading where the kind allows it. Counted in bytes of the file.
    Reading,
    /// Working out what follows from all rows together. Counted in rows.
    Deriving,
    /// Writing what was worked out. Counted in rows.
    Writing,
}

impl Step {
    /// The key of its name in the message catalogues.
    pub fn key(self) -> &'static str {
        match self {
            Self::Reading => "import-step-reading",
            Self::Deriving => "import-step-deriving",
            Self::Writing => "import-step-writing",
        }
    }
}

/// Somebody who watches a run.
pub trait Progress: Send + Sync {
    /// A step begins that is done when `total` is reached; 0 when nobody knows.
    fn begin(&self, step: Step, total: u64);
    /// So much of the present step is done.
    fn reached(&self, done: u64);
}

/// Nobody watches.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn begin(&self, _: Step, _: u64) {}
    fn reached(&self, _: u64) {}
}
