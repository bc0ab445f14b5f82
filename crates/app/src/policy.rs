//! `kontor policy`: policies as files, for version control and for pipelines that check them.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;
use i18n::Locale;
use kernel::{Ctx, Failure, Fault, Outcome};
use negotiation_engine::Policy;
use terms::policies::file::{FileError, Places, from_toml, to_toml};
use terms::policies::{actions, queries, rules};

use crate::configuration::Configuration;
use crate::console::{say, say_error};
use crate::{clock, start};

/// What to do with a policy file.
#[derive(Subcommand)]
pub(crate) enum PolicyCommand {
    /// Print a version as TOML: the published one unless a number is given.
    Export {
        /// The number of the version.
        number: Option<i64>,
    },
    /// Make a file the draft. It is simulated, approved and published in the office.
    Import {
        /// A TOML file.
        file: PathBuf,
    },
    /// Say what is wrong with a file, a line each, and fail when anything is. Needs no database.
    Check {
        /// A TOML file.
        file: PathBuf,
    },
}

/// Runs one of them.
pub(crate) async fn run(configuration: &Configuration, command: &PolicyCommand) -> Outcome<ExitCode> {
    let locale = Locale::by_codes(&configuration.merchant.language, &configuration.merchant.time_zone);
    match command {
        PolicyCommand::Check { file } => Ok(match checked(file, &locale)? {
            Some(_) => {
                say(&format!("{}: nothing is wrong.", file.display()));
                ExitCode::SUCCESS
            }
            None => ExitCode::FAILURE,
        }),
        PolicyCommand::Export { number } => export(configuration, *number).await,
        PolicyCommand::Import { file } => import(configuration, file, &locale).await,
    }
}

/// The policy of a file; `None` when something is wrong, which is said.
fn checked(file: &Path, locale: &Locale) -> Outcome<Option<(Policy, Places)>> {
    let text = std::fs::read_to_string(file).map_err(|e| Fault::because(format!("reading {}", file.display()), e))?;
    let errors = match from_toml(&text) {
        Ok((policy, places)) => {
            let faults = [policy.faults(), policy.unreachable_routes()].concat();
            let errors = places.errors(&rules::invalid(&faults));
            if errors.is_empty() {
                return Ok(Some((policy, places)));
            }
            errors
        }
        Err(errors) => errors,
    };
    say_errors(file, &errors, locale);
    Ok(None)
}

/// As compilers write it: file, line, column, path, sentence.
fn say_errors(file: &Path, errors: &[FileError], locale: &Locale) {
    for FileError { line, column, error } in errors {
        let sentence = locale.error(error);
        say_error(&format!("{}:{line}:{column}: {}: {sentence}", file.display(), error.field));
    }
}

async fn export(configuration: &Configuration, number: Option<i64>) -> Outcome<ExitCode> {
    let db = start::open(configuration, &clock::system_clock()).await?;
    let version = {
        let tx = db.read().await?;
        match number {
            Some(number) => queries::by_number(&tx, number).await?.ok_or(Failure::NotFound),
            None => queries::published(&tx).await,
        }
    };
    db.close().await;
    say(to_toml(&version?.policy).trim_end());
    Ok(ExitCode::SUCCESS)
}

async fn import(configuration: &Configuration, file: &Path, locale: &Locale) -> Outcome<ExitCode> {
    let Some((policy, places)) = checked(file, locale)? else { return Ok(ExitCode::FAILURE) };
    let clock = clock::system_clock();
    let db = start::open(configuration, &clock).await?;
    let (ctx, policy) = (&Ctx::system(clock(), start::ids()?), &policy);
    let saved = db.write(|tx| async move {
        let read = queries::draft(&tx).await?.map(|draft| draft.version);
        actions::save_draft(&tx, ctx, read, policy.clone()).await
    });
    let saved = saved.await;
    db.close().await;
    match saved {
        Ok(draft) => {
            say(&format!("{} is the draft of version {}.", file.display(), draft.number));
            Ok(ExitCode::SUCCESS)
        }
        Err(Failure::Invalid(invalid)) => {
            say_errors(file, &places.errors(&invalid), locale);
            Ok(ExitCode::FAILURE)
        }
        Err(other) => Err(other),
    }
}
