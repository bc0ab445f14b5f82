//! `cargo xtask bench`: the table of budgets, printed by the bench program of the package `kontor-tests`.

use std::ffi::OsString;

use crate::{Done, frontend, postgres, process, repo};

/// Builds for speed and runs. A PostgreSQL is started for it unless one is named; flags are handed on.
pub fn run(words: &[OsString]) -> Done {
    frontend::build()?;
    process::run(&mut repo::cargo(&[
        "build",
        "--release",
        "--package",
        "kontor",
        "--package",
        "kontor-tests",
        "--bins",
    ]))?;
    let mut command = std::process::Command::new(repo::target_folder()?.join("release/bench"));
    command.args(words).current_dir(repo::root());
    if std::env::var_os("KONTOR_TEST_POSTGRES").is_some() {
        return process::run(&mut command);
    }
    crate::install::for_tests(true, false)?;
    let server = postgres::Server::start()?;
    process::run(command.env("KONTOR_TEST_POSTGRES", server.url()))
}
