//! Programs that the demo and the tests need besides Cargo. What Debian's packages give is installed when this runs as
//! root; otherwise the command to type is said.

use std::path::PathBuf;
use std::process::Command;

use crate::{Done, process};

/// The oldest Node.js that the frontend's tools run on.
const NODE_MIN: u32 = 20;

/// Sees to it that Node.js and npm are there.
pub fn node() -> Done {
    let help = format!(
        "The pages' style sheet and script are built with Node.js {NODE_MIN} or newer and npm, which are missing here.\n\
         Debian 13 or newer: apt-get install nodejs npm. Older ones: a package from nodejs.org."
    );
    if process::find("node").is_none() || process::find("npm").is_none() {
        return Err(help);
    }
    let version = process::output(Command::new("node").arg("--version"))?;
    let major = version.trim().trim_start_matches('v').split('.').next().and_then(|n| n.parse::<u32>().ok());
    if major.is_some_and(|major| major < NODE_MIN) {
        return Err(format!("{help}\nFound: node {}", version.trim()));
    }
    Ok(())
}

/// The programs of PostgreSQL's server, newest version first. Debian keeps them out of the search path.
pub fn postgres_programs() -> Option<PathBuf> {
    let folders = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = folders
        .filter_map(|e| Some((e.file_name().to_str()?.parse().ok()?, e.path().join("bin"))))
        .filter(|(_, bin)| bin.join("initdb").is_file() && bin.join("postgres").is_file())
        .collect();
    found.sort();
    found.pop().map(|(_, bin)| bin).or_else(|| Some(process::find("initdb")?.parent()?.to_owned()))
}

/// A Chromium to drive.
pub fn browser() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from).filter(|path| path.is_file());
    named.or_else(|| ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(process::find))
}

/// Sees to it that PostgreSQL and Chromium are there, as far as wanted.
pub fn for_tests(postgres: bool, chromium: bool) -> Done {
    packages(&missing(postgres, chromium)?)
}

/// Debian's packages of PostgreSQL and Chromium, as far as wanted and not there; what to type when this may not install them.
pub fn missing(postgres: bool, chromium: bool) -> Done<Vec<&'static str>> {
    let mut missing = Vec::new();
    if postgres && postgres_programs().is_none() {
        missing.push("postgresql");
    }
    if chromium && browser().is_none() {
        missing.push("chromium");
    }
    if !missing.is_empty() && (!nix::unistd::Uid::effective().is_root() || process::find("apt-get").is_none()) {
        let names = missing.join(" ");
        return Err(format!("The tests need {names}. Install it and start again:\n  sudo apt-get install {names}"));
    }
    Ok(missing)
}

/// Installs what [`missing`] has named.
pub fn packages(missing: &[&'static str]) -> Done {
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" ");
    println!("installing {names} from Debian's packages");
    let apt = |words: &[&str]| {
        let mut command = Command::new("apt-get");
        command.args(words).env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    process::run_quietly(&mut apt(&["update", "-q"]))?;
    let mut install = apt(&["install", "-q", "-y", "--no-install-recommends"]);
    process::run_quietly(install.args(missing))?;
    let (postgres, chromium) = (missing.contains(&"postgresql"), missing.contains(&"chromium"));
    if (postgres && postgres_programs().is_none()) || (chromium && browser().is_none()) {
        return Err(format!("{names} was installed, but its programs are not where they were expected"));
    }
    Ok(())
}
