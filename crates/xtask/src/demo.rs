//! `cargo xtask demo`: from a fresh clone to a shop that one can sign in to.

use std::ffi::OsString;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};

use crate::{Done, frontend, process, repo};

/// Builds everything and becomes `kontor demo`. Flags are handed on; folder and address have defaults.
pub fn run(words: &[OsString]) -> Done {
    std::thread::scope(|scope| {
        // Both wait for the network. What cannot be fetched now is asked for again, and complained about, by the build.
        scope.spawn(|| process::output(repo::cargo(&["fetch", "--quiet", "--locked"]).stderr(Stdio::null())));
        frontend::build()
    })?;
    process::run(&mut repo::cargo(&["build", "--profile", "demo", "--package", "kontor", "--bin", "kontor"]))?;
    let mut command = Command::new(repo::target_folder()?.join("demo/kontor"));
    command.arg("demo").args(words);
    if !has(words, "--data") {
        command.arg("--data").arg(repo::root().join("data"));
    }
    if !has(words, "--listen") {
        command.args(["--listen", "127.0.0.1:8080"]);
    }
    // The server takes this program's place, so that ctrl-c reaches it as if it had been started by hand.
    Err(format!("cannot start kontor: {}", command.exec()))
}

/// Whether a flag is given, as `--flag value` or `--flag=value`.
fn has(words: &[OsString], flag: &str) -> bool {
    words.iter().any(|word| {
        let word = word.to_string_lossy();
        word == flag || word.strip_prefix(flag).is_some_and(|rest| rest.starts_with('='))
    })
}
