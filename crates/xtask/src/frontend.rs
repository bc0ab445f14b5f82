//! Style sheet and script: packages fetched and `frontend/dist` built, each only when what it is made from has changed.
//!
//! That is more than speed: the binary embeds `dist`, so files written anew would make Cargo compile it anew.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Done, install, process, repo};

fn folder() -> PathBuf {
    repo::root().join("frontend")
}

fn npm(words: &[&str]) -> Command {
    let mut command = Command::new("npm");
    command.args(words).current_dir(folder()).env("npm_config_update_notifier", "false");
    command
}

/// Fetches packages and builds, as far as needed.
pub fn build() -> Done {
    install::node()?;
    let lock =
        std::fs::read(folder().join("package-lock.json")).map_err(|e| format!("frontend/package-lock.json: {e}"))?;
    let lock_stamp = folder().join("node_modules/.kontor-lock");
    let fetched = stamped(&lock_stamp, &hash(&[lock]));
    if !fetched {
        println!("fetching the frontend's packages (npm ci)");
        process::run_quietly(&mut npm(&["ci", "--no-audit", "--no-fund"]))?;
        stamp(&lock_stamp, &hash(&[std::fs::read(folder().join("package-lock.json")).unwrap_or_default()]))?;
    }
    let source_stamp = folder().join("node_modules/.kontor-build");
    let sources = hash(&sources()?);
    if !fetched || !stamped(&source_stamp, &sources) || !folder().join("dist/kontor.css").is_file() {
        println!("building the frontend (npm run build)");
        process::run_quietly(&mut npm(&["run", "--silent", "build"]))?;
        stamp(&source_stamp, &sources)?;
    }
    Ok(())
}

/// Checks the types of the script.
pub fn check() -> Done {
    process::run_quietly(&mut npm(&["run", "--silent", "check"]))
}

/// What `dist` is made from.
fn sources() -> Done<Vec<Vec<u8>>> {
    let mut all = Vec::new();
    for name in ["build.mjs", "package-lock.json", "tsconfig.json", "src"] {
        for entry in walkdir::WalkDir::new(folder().join(name)).sort_by_file_name() {
            let entry = entry.map_err(|e| format!("reading the frontend: {e}"))?;
            if entry.file_type().is_file() {
                all.push(entry.path().to_string_lossy().into_owned().into_bytes());
                all.push(std::fs::read(entry.path()).map_err(|e| format!("{}: {e}", entry.path().display()))?);
            }
        }
    }
    Ok(all)
}

fn hash(parts: &[Vec<u8>]) -> String {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn stamped(file: &Path, hash: &str) -> bool {
    std::fs::read_to_string(file).is_ok_and(|text| text == hash)
}

fn stamp(file: &Path, hash: &str) -> Done {
    std::fs::write(file, hash).map_err(|e| format!("{}: {e}", file.display()))
}
