//! The way of every kind but histories: rows are read and parsed on a thread of their own, and written here batch by
//! batch, each in one transaction.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use db::{Db, WriteTx};
use kernel::{Ctx, Failure, FieldError, Outcome, RefusalKind, Refused};
use tokio::sync::mpsc;

use super::cells::Bound;
use super::mapping::{Field, Mapping};
use super::rejects::Rejects;
use super::report::{Count, Made};
use super::source::{self, Head, RawRow, Visitor};
use super::{Options, Progress, Replace, Report, RowError, Step};

/// Rows in one transaction at most: more would keep other writers waiting, and statements have an end.
const BATCH_MAX: usize = 5_000;

/// Rows that are imported together or not at all (an order with its lines; one row for most kinds), and what they say.
#[derive(Debug)]
pub(crate) struct Group<T> {
    pub(crate) rows: Vec<RawRow>,
    pub(crate) item: Result<T, Vec<RowError>>,
}

/// What became of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Created,
    Updated,
    Unchanged,
}

/// What a batch did.
#[derive(Debug, Default)]
pub(crate) struct Written {
    /// For each group of the batch.
    pub(crate) fates: Vec<Fate>,
    /// What else was made: the key of its sentence, and its name.
    pub(crate) made: Vec<(&'static str, String)>,
}

/// What was settled in the end: notes by the key of their sentences, and how many.
#[derive(Debug, Default)]
pub(crate) struct Settled {
    pub(crate) notes: Vec<(&'static str, u64)>,
}

/// A kind of file.
pub(crate) trait Target: Send + Sized + 'static {
    /// What a group says.
    type Item: Send + Sync + 'static;
    /// What the file has named, for what is done when all of it is in.
    type Named: Send + Sync + 'static;
    /// Columns may be mapped to these.
    const FIELDS: &'static [Field];

    /// For one file.
    fn new(bound: Arc<Bound>) -> Self;
    /// Takes a row, and gives the group that it completes.
    fn take(&mut self, row: RawRow) -> Option<Group<Self::Item>>;
    /// Gives the group that the end of the file completes.
    fn end(&mut self) -> Option<Group<Self::Item>> {
        None
    }
    /// What the file has named.
    fn named(self) -> Self::Named;
    /// Settles what follows from the file as a whole. `replace` is set only when all of it has come in.
    fn settle(
        _tx: &WriteTx,
        _ctx: &Ctx,
        _named: &Self::Named,
        _replace: Option<Replace>,
    ) -> impl Future<Output = Outcome<Settled>> + Send {
        std::future::ready(Ok(Settled::default()))
    }
    /// Refuses what a batch names and nobody has added. Asked unless the run may add it.
    fn known(_tx: &WriteTx, _items: &[&Self::Item]) -> impl Future<Output = Outcome<()>> + Send {
        std::future::ready(Ok(()))
    }
    /// Writes a batch. An error of input names its group as `[n].field`, or `[n].lines[m].field`.
    fn write(tx: &WriteTx, ctx: &Ctx, items: &[&Self::Item]) -> impl Future<Output = Outcome<Written>> + Send;
}

enum Message<T: Target> {
    Head(Head, Arc<Bound>),
    Batch {
        groups: Vec<Group<T::Item>>,
        listed: Vec<(RawRow, String)>,
        at: u64,
    },
    /// All that could be read has been.
    End {
        named: T::Named,
        notes: Vec<&'static str>,
        is_whole: bool,
    },
}

/// Puts rows together into batches.
struct Reading<T: Target> {
    mapping: Mapping,
    target: Option<(T, Arc<Bound>)>,
    sender: mpsc::Sender<Message<T>>,
    notes: Vec<&'static str>,
    groups: Vec<Group<T::Item>>,
    listed: Vec<(RawRow, String)>,
    waiting: usize,
    batch: usize,
    position: Arc<AtomicU64>,
}

impl<T: Target> Reading<T> {
    fn send(&mut self) -> bool {
        self.waiting = 0;
        let (groups, listed) = (std::mem::take(&mut self.groups), std::mem::take(&mut self.listed));
        let at = self.position.load(Ordering::Relaxed);
        self.sender.blocking_send(Message::Batch { groups, listed, at }).is_ok()
    }

    fn keep(&mut self, group: Option<Group<T::Item>>) {
        if let Some(group) = group {
            self.waiting += group.rows.len();
            self.groups.push(group);
        }
    }
}

impl<T: Target> Visitor for Reading<T> {
    fn head(&mut self, head: &Head) -> Outcome<()> {
        let bound = Arc::new(Bound::new(&self.mapping, T::FIELDS, head)?);
        self.target = Some((T::new(Arc::clone(&bound)), Arc::clone(&bound)));
        // Nobody listening any more shows with the first batch.
        let _ = self.sender.blocking_send(Message::Head(head.clone(), bound));
        Ok(())
    }

    fn row(&mut self, row: RawRow) -> Outcome<bool> {
        let Some((target, bound)) = &mut self.target else { return Ok(false) };
        if let Some(reason) = bound.skip(&row) {
            self.listed.push((row, reason.to_owned()));
            self.waiting += 1;
        } else {
            let group = target.take(row);
            self.keep(group);
        }
        Ok(self.waiting < self.batch || self.send())
    }

    fn noticed(&mut self, note: &'static str) {
        self.notes.push(note);
    }
}

/// Imports a file.
pub(crate) async fn run<T: Target>(
    db: &Db,
    ctx: &Ctx,
    file: &Path,
    mapping: &Mapping,
    options: &Options,
    progress: &dyn Progress,
) -> Outcome<Report> {
    progress.begin(Step::Reading, source::size(file));
    let (sender, mut messages) = mpsc::channel(2);
    let reader = read::<T>(file, mapping, options, sender);
    let mut writing = Writing::new(db, ctx, mapping, options);
    while let Some(message) = messages.recv().await {
        match message {
            Message::Head(head, bound) => writing.head(&head, bound)?,
            Message::Batch { groups, listed, at } => {
                writing.batch::<T>(groups, listed).await?;
                writing.write_rejected()?;
                progress.reached(at);
            }
            Message::End { named, notes, is_whole } => writing.end::<T>(&named, &notes, is_whole).await?,
        }
    }
    let stopped = reader.await.map_err(|_| source::unreadable("import-unreadable", file))??;
    writing.finish(stopped)
}

type Reader = tokio::task::JoinHandle<Outcome<Option<RowError>>>;

fn read<T: Target>(file: &Path, mapping: &Mapping, options: &Options, sender: mpsc::Sender<Message<T>>) -> Reader {
    let (file, spec, position) = (file.to_owned(), mapping.source.clone(), Arc::new(AtomicU64::new(0)));
    let mut reading = Reading::<T> {
        mapping: mapping.clone(),
        target: None,
        sender,
        notes: Vec::new(),
        groups: Vec::new(),
        listed: Vec::new(),
        waiting: 0,
        batch: options.batch.clamp(1, BATCH_MAX),
        position: Arc::clone(&position),
    };
    tokio::task::spawn_blocking(move || {
        let stopped = source::read(&file, &spec, &position, &mut reading)?;
        let last = reading.target.as_mut().and_then(|(target, _)| target.end());
        reading.keep(last);
        if reading.send()
            && let Some((target, _)) = reading.target
        {
            let end = Message::End { named: target.named(), notes: reading.notes, is_whole: stopped.is_none() };
            // Nobody listening any more shows where the batches were written.
            let _ = reading.sender.blocking_send(end);
        }
        Ok(stopped)
    })
}

/// The writing side of a run.
struct Writing<'a> {
    db: &'a Db,
    ctx: &'a Ctx,
    options: &'a Options,
    bound: Option<Arc<Bound>>,
    errors: Option<Rejects>,
    /// Rows of the present batch for the error file, with their reasons.
    rejected: Vec<(RawRow, String)>,
    listed: Option<Rejects>,
    made: Made,
    report: Report,
}

impl<'a> Writing<'a> {
    fn new(db: &'a Db, ctx: &'a Ctx, mapping: &Mapping, options: &'a Options) -> Self {
        Self {
            db,
            ctx,
            options,
            bound: None,
            rejected: Vec::new(),
            errors: Rejects::new(options.errors.as_deref(), mapping.source.delimiter),
            listed: Rejects::new(options.listed.as_deref(), mapping.source.delimiter),
            made: Made::default(),
            report: Report::new(mapping.kind, options.dry_run),
        }
    }

    fn head(&mut self, head: &Head, bound: Arc<Bound>) -> Outcome<()> {
        self.bound = Some(bound);
        for rejects in [&mut self.errors, &mut self.listed].into_iter().flatten() {
            rejects.head(head)?;
        }
        Ok(())
    }

    async fn batch<T: Target>(&mut self, groups: Vec<Group<T::Item>>, listed: Vec<(RawRow, String)>) -> Outcome<()> {
        self.report.rows += listed.len() as u64 + groups.iter().map(|group| group.rows.len() as u64).sum::<u64>();
        for (row, reason) in listed {
            self.report.listed.entry(reason.clone()).or_default().add(0);
            if let Some(file) = &mut self.listed {
                file.row(&row, &reason)?;
            }
        }
        let mut good = Vec::new();
        let mut has_bad = false;
        for group in groups {
            match group.item {
                Ok(item) => good.push((group.rows, item)),
                Err(wrong) => {
                    has_bad = true;
                    self.reject(&group.rows, &wrong)?;
                }
            }
        }
        if has_bad && !self.options.skip_errors {
            return self.hold_back(good);
        }
        while !good.is_empty() {
            let items: Vec<&T::Item> = good.iter().map(|(_, item)| item).collect();
            let (keep, new_words) = (!self.options.dry_run, self.options.new_words);
            let invalid = match attempt::<T>(self.db, self.ctx, &items, (keep, new_words)).await {
                Ok(written) => return self.count(&good, written),
                Err(Failure::Invalid(invalid)) => invalid,
                Err(other) => return Err(other),
            };
            let mut wrong = located(&invalid.fields, good.len());
            if wrong.is_empty() {
                let place = first_bad::<T>(self.db, self.ctx, &items, new_words).await?;
                wrong.extend(invalid.fields.into_iter().map(|error| (place, 0, error)));
            }
            drop(items);
            self.take_out(&mut good, wrong)?;
            if !self.options.skip_errors {
                return self.hold_back(good);
            }
        }
        Ok(())
    }

    /// Rejects the groups that the actions found wrong.
    fn take_out<I>(&mut self, good: &mut Vec<(Vec<RawRow>, I)>, wrong: Vec<(usize, usize, FieldError)>) -> Outcome<()> {
        let mut places: Vec<usize> = wrong.iter().map(|(place, _, _)| *place).collect();
        places.sort_unstable();
        places.dedup();
        for place in places.into_iter().rev() {
            let (rows, _) = good.remove(place);
            let errors: Vec<RowError> = wrong
                .iter()
                .filter(|(at, _, _)| *at == place)
                .map(|(_, line, error)| self.row_error(&rows[(*line).min(rows.len() - 1)], error))
                .collect();
            self.reject(&rows, &errors)?;
        }
        Ok(())
    }

    fn row_error(&self, row: &RawRow, error: &FieldError) -> RowError {
        match &self.bound {
            Some(bound) => bound.error(row, &error.field, error.code, error.args.clone()),
            None => RowError::new(row.number, error.field.as_str(), "", error.code, error.args.clone()),
        }
    }

    /// Bad rows. Rows without an error of their own stand in a group with a bad one.
    fn reject(&mut self, rows: &[RawRow], errors: &[RowError]) -> Outcome<()> {
        for error in errors {
            self.report.note_error(error);
        }
        for row in rows {
            let own: Vec<String> = errors
                .iter()
                .filter(|error| error.row == row.number)
                .map(|error| error.labelled(&self.options.locale))
                .collect();
            let reason = if own.is_empty() { self.beside("import-group") } else { own.join(" | ") };
            self.report.failed.add(0);
            self.note_rejected(row, &reason);
        }
        Ok(())
    }

    fn note_rejected(&mut self, row: &RawRow, reason: &str) {
        if self.errors.is_some() {
            self.rejected.push((row.clone(), reason.to_owned()));
        }
    }

    /// Writes the rows of a batch that were not imported in the order of the file, however they were found.
    fn write_rejected(&mut self) -> Outcome<()> {
        self.rejected.sort_by_key(|(row, _)| row.number);
        for (row, reason) in self.rejected.drain(..) {
            if let Some(file) = &mut self.errors {
                file.row(&row, &reason)?;
            }
        }
        Ok(())
    }

    fn beside(&self, code: &'static str) -> String {
        self.options.locale.error(&FieldError { field: String::new(), code, args: Vec::new() })
    }

    /// Good rows of a bad batch: they are in the error file too, or they would be forgotten.
    fn hold_back<I>(&mut self, groups: Vec<(Vec<RawRow>, I)>) -> Outcome<()> {
        let reason = self.beside("import-held-back");
        for row in groups.iter().flat_map(|(rows, _)| rows) {
            self.report.held_back.add(0);
            self.note_rejected(row, &reason);
        }
        Ok(())
    }

    fn count<I>(&mut self, groups: &[(Vec<RawRow>, I)], written: Written) -> Outcome<()> {
        assert_eq!(groups.len(), written.fates.len(), "one fate for each group");
        for ((rows, _), fate) in groups.iter().zip(&written.fates) {
            let count: &mut Count = match fate {
                Fate::Created => &mut self.report.created,
                Fate::Updated => &mut self.report.updated,
                Fate::Unchanged => &mut self.report.unchanged,
            };
            count.rows += rows.len() as u64;
        }
        for (key, name) in &written.made {
            self.made.note(key, name);
        }
        Ok(())
    }

    /// What follows from the file as a whole, and what was noticed about it.
    async fn end<T: Target>(&mut self, named: &T::Named, notes: &[&'static str], is_whole: bool) -> Outcome<()> {
        let came_in = is_whole && self.report.failed.rows == 0 && self.report.held_back.rows == 0;
        let replace = self.options.replace.filter(|_| came_in);
        let ctx = self.ctx;
        let settled =
            tried(self.db, !self.options.dry_run, |tx| async move { T::settle(&tx, ctx, named, replace).await })
                .await?;
        let unsettled = self.options.replace.filter(|_| !came_in).map(|_| ("import-note-not-replaced", 1));
        let noticed = notes.iter().map(|note| (*note, 1));
        for (note, count) in settled.notes.into_iter().chain(unsettled).chain(noticed).filter(|(_, count)| *count > 0) {
            *self.report.notes.entry(note).or_default() += count;
        }
        Ok(())
    }

    fn finish(mut self, stopped: Option<RowError>) -> Outcome<Report> {
        self.report.made = self.made.counts();
        self.report.stopped = stopped;
        self.report.errors.sort_by_key(|error| error.row);
        for file in [self.errors, self.listed].into_iter().flatten() {
            file.finish()?;
        }
        assert!(self.report.adds_up(), "every row ends in one place");
        Ok(self.report)
    }
}

/// Writes a batch, and takes it back again unless it shall be kept; with new words or without.
async fn attempt<T: Target>(
    db: &Db,
    ctx: &Ctx,
    items: &[&T::Item],
    (keep, new_words): (bool, bool),
) -> Outcome<Written> {
    tried(db, keep, |tx| async move {
        if !new_words {
            T::known(&tx, items).await?;
        }
        T::write(&tx, ctx, items).await
    })
    .await
}

/// Does something in a transaction, and takes it back again unless it shall be kept.
async fn tried<R, F>(db: &Db, keep: bool, work: impl Fn(WriteTx) -> F + Send + Sync) -> Outcome<R>
where
    R: Send,
    F: Future<Output = Outcome<R>> + Send,
{
    const TAKEN_BACK: &str = "import-taken-back";
    let done: Mutex<Option<R>> = Mutex::new(None);
    let (place, work) = (&done, &work);
    let outcome = db
        .write(|tx| async move {
            let result = work(tx).await?;
            if keep {
                return Ok(result);
            }
            *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
            Err(Refused::plain(TAKEN_BACK, RefusalKind::Conflict).into())
        })
        .await;
    match outcome {
        Err(Failure::Refused(refused)) if refused.code == TAKEN_BACK => {
            let result = done.into_inner().unwrap_or_else(PoisonError::into_inner);
            result.ok_or_else(|| Failure::Refused(refused))
        }
        outcome => outcome,
    }
}

/// The group and line that each error names; empty when one names none.
fn located(errors: &[FieldError], groups: usize) -> Vec<(usize, usize, FieldError)> {
    fn index(text: &str) -> Option<(usize, &str)> {
        let (number, rest) = text.strip_prefix('[')?.split_once(']')?;
        Some((number.parse().ok()?, rest.strip_prefix('.').unwrap_or(rest)))
    }
    let one = |error: &FieldError| {
        let (group, rest) = index(&error.field).filter(|(group, _)| *group < groups)?;
        let (line, field) = rest.strip_prefix("lines").and_then(index).unwrap_or((0, rest));
        Some((group, line, FieldError { field: field.to_owned(), ..error.clone() }))
    };
    errors.iter().map(one).collect::<Option<Vec<_>>>().unwrap_or_default()
}

/// The first group with which a batch cannot be written, found by trying ever shorter beginnings of it.
async fn first_bad<T: Target>(db: &Db, ctx: &Ctx, items: &[&T::Item], new_words: bool) -> Outcome<usize> {
    // Everything before `low` is known to go, everything up to `high` not to.
    let (mut low, mut high) = (0, items.len() - 1);
    while low < high {
        let middle = low + (high - low) / 2;
        match attempt::<T>(db, ctx, &items[..=middle], (false, new_words)).await {
            Ok(_) => low = middle + 1,
            Err(Failure::Invalid(_)) => high = middle,
            Err(other) => return Err(other),
        }
    }
    Ok(low)
}
