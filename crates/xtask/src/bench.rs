//! `cargo xtask bench`: the table of budgets, printed by the program of the package `kontor-bench`.

use std::ffi::OsString;

use crate::{Done, frontend, postgres, process, repo};

/// Builds for speed and runs. A PostgreSQL that keeps its promises is started for it unless one is named; flags are
/// handed on.
pub fn run(words: &[OsString]) -> Done {
    frontend::build()?;
    process::run(&mut repo::cargo(&[
        "build",
        "--release",
        "--package",
        "kontor",
        "--package",
        "kontor-bench",
        "--bins",
    ]))?;
    let mut command = std::process::Command::new(repo::target_folder()?.join("release/kontor-bench"));
    command.args(words).current_dir(repo::root());
    let is_sqlite_only = words.iter().any(|word| word == "sqlite" || word == "--database=sqlite");
    if is_sqlite_only || std::env::var_os("KONTOR_TEST_POSTGRES").is_some() {
        return process::run(&mut command);
    }
    crate::install::for_tests(true, false)?;
    let server = postgres::Server::start_durable()?;
    process::run(command.env("KONTOR_TEST_POSTGRES", server.url()))
}
