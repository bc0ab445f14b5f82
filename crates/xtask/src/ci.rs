//! `cargo xtask ci`: the tests, and a checkout that is as clean afterwards as before.

use std::ffi::OsString;
use std::process::Command;

use crate::{Done, process, repo, steps};

/// Runs the tests; generated files that differ from what is committed fail.
pub fn run(words: &[OsString]) -> Done {
    let before = changed()?;
    steps::run(&steps::Options::parse(words)?)?;
    let after = changed()?;
    if before == after { Ok(()) } else { Err(format!("The tests changed files of the checkout:\n{after}")) }
}

/// What git sees as changed.
fn changed() -> Done<String> {
    process::output(Command::new("git").args(["status", "--porcelain"]).current_dir(repo::root()))
}
