//! A whole past from the invoice lines of another system: products, companies, a price list, orders and credit notes, from
//! one file in one run. The mapping has a section `[history]`.
//!
//! 1. [`read`] parses every row once and says what it is ([`rules::class`]): a sale, a credit, or nothing to import, with
//!    the reason. Nothing is dropped in silence.
//! 2. [`derive`] works out what follows from all lines together: names, classes, costs, and from what was really charged at
//!    which quantity the steps of the price list ([`prices`]); [`credits`] finds the order that each credit corrects.
//! 3. [`write`] stores products and companies, the list, and then orders and credits batch by batch. What is there already
//!    stays as it is, so that a second run only says so.
//!
//! Because prices follow from all rows together, a bad row stops the whole import unless errors are skipped; then the
//! invoices with bad rows are left out as a whole.

mod credits;
mod derive;
mod prices;
mod read;
mod rules;
mod write;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use db::Db;
use kernel::{Ctx, Outcome};

use super::mapping::{Field, HistorySpec, Mapping, optional, required};
use super::report::{Count, Money};
use super::{Options, Progress, Report, Step, source};

/// Columns may be mapped to these.
pub(crate) const FIELDS: &[Field] = &[
    required("order_number"),
    required("sku"),
    required("quantity"),
    required("placed_at"),
    required("price"),
    optional("name"),
    optional("company"),
    optional("country"),
];

/// Imports a past.
pub(super) async fn run(
    db: &Db,
    ctx: &Ctx,
    file: &Path,
    mapping: &Mapping,
    spec: &HistorySpec,
    options: &Options,
    progress: &dyn Progress,
) -> Outcome<Report> {
    progress.begin(Step::Reading, source::size(file));
    let position = Arc::new(AtomicU64::new(0));
    let past = reading(file, mapping, options, &position, progress).await?;
    progress.begin(Step::Deriving, past.lines.len() as u64);
    let mut report = report(mapping, options, &past, spec);
    if !past.failed.is_empty() && !options.skip_errors {
        report.held_back = report.held_back.plus(past.net_of(|_| true));
        return Ok(report);
    }
    let derived = derive::derive(&past, spec);
    progress.reached(past.lines.len() as u64);
    let plan = write::Plan { past: &past, derived: &derived, spec };
    write::write(db, ctx, plan, options, progress, &mut report).await?;
    assert!(report.adds_up(), "every row ends in one place, and every penny");
    Ok(report)
}

/// Reads on a thread of its own, telling how far it is.
async fn reading(
    file: &Path,
    mapping: &Mapping,
    options: &Options,
    position: &Arc<AtomicU64>,
    progress: &dyn Progress,
) -> Outcome<read::Past> {
    let (path, mapping, options, counter) = (file.to_owned(), mapping.clone(), options.clone(), Arc::clone(position));
    let mut reader = tokio::task::spawn_blocking(move || read::read(&path, &mapping, &options, &counter));
    loop {
        match tokio::time::timeout(Duration::from_millis(100), &mut reader).await {
            Ok(done) => return done.map_err(|_| source::unreadable("import-unreadable", file))?,
            Err(_) => progress.reached(position.load(Ordering::Relaxed)),
        }
    }
}

/// The report as far as reading decides it.
fn report(mapping: &Mapping, options: &Options, past: &read::Past, spec: &HistorySpec) -> Report {
    let mut report = Report::new(mapping.kind, options.dry_run);
    report.rows = past.rows;
    report.listed.clone_from(&past.listed);
    for errors in past.failed.values() {
        report.failed.add(errors.net_minor);
        errors.errors.iter().for_each(|error| report.note_error(error));
    }
    report.held_back = past.held_back;
    report.notes.extend(past.notes.iter().map(|note| (*note, 1)));
    report.stopped.clone_from(&past.stopped);
    report.money =
        Some(Money { currency: spec.currency, file_minor: past.file.net_minor, file_micros: past.file_micros });
    report
}

impl read::Past {
    /// Rows and value of the lines that a test picks.
    fn net_of(&self, test: impl Fn(&read::Line) -> bool) -> Count {
        let mut count = Count::default();
        self.lines.iter().filter(|line| test(line)).for_each(|line| count.add(line.net_minor));
        count
    }
}
