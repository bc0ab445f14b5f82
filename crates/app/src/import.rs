//! `kontor import`: the command around [`integration::imports`].

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Mutex;

use clap::Args;
use i18n::Locale;
use indicatif::{ProgressBar, ProgressStyle};
use integration::imports::{self, Kind, Mapping, Options, Progress, Replace, Step};
use kernel::{Ctx, Failure, Fault, Invalid, Outcome};

use crate::configuration::Configuration;
use crate::console::{say, say_invalid};
use crate::{clock, start};

/// What to import, and how.
#[derive(Args)]
pub(crate) struct ImportArgs {
    /// What the file holds.
    #[arg(value_parser = Kind::ALL.map(Kind::code))]
    kind: String,
    /// A CSV (also `.zst`) or XLSX file.
    file: PathBuf,
    /// A mapping file, or the name of a built-in one: catalog, relations, companies, prices, orders, online-retail. The
    /// kind's own unless named.
    #[arg(long)]
    mapping: Option<String>,
    /// Check everything, write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Import the good rows of a batch that has bad ones too.
    #[arg(long)]
    skip_errors: bool,
    /// Write the bad rows here, with a column that says why; correct them and import this file.
    #[arg(long)]
    errors: Option<PathBuf>,
    /// Write the rows that were passed over here, with the reason.
    #[arg(long)]
    listed: Option<PathBuf>,
    /// Of price lists, remove what the file does not name: `ladders` the other steps of the products that it names, `lists`
    /// everything else in the lists that it names. Only when the whole file has come in.
    #[arg(long, value_parser = Replace::ALL.map(Replace::code))]
    replace: Option<String>,
    /// Of companies, let segments and price groups that nobody has added come into being. Without it rows that name one are
    /// bad.
    #[arg(long)]
    new_words: bool,
    /// Rows per transaction.
    #[arg(long, default_value_t = 500)]
    batch: usize,
}

/// A progress bar on standard error.
struct Bar {
    bar: Mutex<ProgressBar>,
    locale: Locale,
}

impl Progress for Bar {
    fn begin(&self, step: Step, total: u64) {
        let style = ProgressStyle::with_template("{msg:<12} [{bar:40}] {percent:>3} %  {elapsed_precise}");
        let bar = ProgressBar::new(total).with_message(self.locale.text(step.key()));
        let bar = match style {
            Ok(style) => bar.with_style(style.progress_chars("=> ")),
            Err(_) => bar,
        };
        *self.bar.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = bar;
    }

    fn reached(&self, done: u64) {
        self.bar.lock().unwrap_or_else(std::sync::PoisonError::into_inner).set_position(done);
    }
}

/// Imports a file and reports what became of every row.
pub(crate) async fn run(configuration: &Configuration, args: &ImportArgs) -> Outcome<ExitCode> {
    let kind = Kind::parse(&args.kind).ok_or_else(|| Failure::from(Invalid::field("kind", "choice")))?;
    let locale = Locale::by_codes(&configuration.merchant.language, &configuration.merchant.time_zone);
    let mapping = mapping(args, kind)?;
    let options = Options {
        dry_run: args.dry_run,
        skip_errors: args.skip_errors,
        errors: args.errors.clone(),
        listed: args.listed.clone(),
        batch: args.batch.max(1),
        new_words: args.new_words,
        replace: args.replace.as_deref().and_then(Replace::parse),
        locale: locale.clone(),
    };
    let clock = clock::system_clock();
    let db = start::open(configuration, &clock).await?;
    let ctx = Ctx::system(clock(), start::ids()?);
    let bar = Bar { bar: Mutex::new(ProgressBar::hidden()), locale: locale.clone() };
    let done = imports::run(&db, &ctx, kind, &args.file, &mapping, &options, &bar).await;
    bar.bar.lock().unwrap_or_else(std::sync::PoisonError::into_inner).finish_and_clear();
    db.close().await;
    match done {
        Ok(report) => {
            report.lines(&locale).iter().for_each(|line| say(line));
            Ok(if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Err(Failure::Invalid(invalid)) => {
            say_invalid(&locale, &invalid);
            Ok(ExitCode::FAILURE)
        }
        Err(other) => Err(other),
    }
}

/// The mapping by its name or from its file.
fn mapping(args: &ImportArgs, kind: Kind) -> Outcome<Mapping> {
    let name = args.mapping.as_deref().unwrap_or(kind.code());
    match Mapping::template(name) {
        Err(Failure::NotFound) => {
            let text =
                std::fs::read_to_string(name).map_err(|e| Fault::because(format!("reading the mapping {name}"), e))?;
            Mapping::parse(&text)
        }
        done => done,
    }
}
