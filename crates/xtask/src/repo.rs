//! The checkout: where it is, what belongs to it, what Cargo knows about it.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::{Done, process};

/// The root of the checkout.
pub fn root() -> &'static Path {
    static ROOT: std::sync::LazyLock<PathBuf> = std::sync::LazyLock::new(|| {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        here.ancestors().nth(2).unwrap_or(here).to_owned()
    });
    &ROOT
}

/// `cargo` at the root. Variables that describe *this* program are removed, so that builds started from here and builds
/// started by hand are the same to Cargo.
pub fn cargo(words: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") || text == "CARGO_PRIMARY_PACKAGE" {
            command.env_remove(&name);
        }
    }
    command.args(words).current_dir(root());
    command
}

/// What `cargo metadata` says, with the graph of dependencies on this machine's platform.
pub fn metadata() -> Done<Value> {
    let version = process::output(Command::new("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).ok_or("rustc -vV names no host")?;
    let text = process::output(&mut cargo(&["metadata", "--format-version=1", "--filter-platform", host]))?;
    serde_json::from_str(&text).map_err(|e| format!("reading cargo metadata: {e}"))
}

/// Where Cargo puts what it builds.
pub fn target_folder() -> Done<PathBuf> {
    let text = process::output(&mut cargo(&["metadata", "--format-version=1", "--no-deps"]))?;
    let metadata: Value = serde_json::from_str(&text).map_err(|e| format!("reading cargo metadata: {e}"))?;
    let folder = metadata["target_directory"].as_str().ok_or("cargo metadata names no target directory")?;
    Ok(folder.into())
}

/// Writes a generated file, or, for a check, says that it differs.
pub fn generated(path: &str, content: &str, check: bool, command: &str) -> Done {
    let file = root().join(path);
    let present = std::fs::read_to_string(&file).unwrap_or_default();
    if present == content {
        return Ok(());
    }
    if check {
        return Err(format!("{path} is not what the code says. Run: cargo xtask {command}"));
    }
    let folder = file.parent().unwrap_or(root());
    std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&file, content)).map_err(|e| format!("{path}: {e}"))
}

/// A file of the project, as text.
#[derive(Debug, Clone)]
pub struct File {
    /// The path from the root, with slashes.
    pub path: String,
    /// The content.
    pub text: String,
}

impl File {
    /// The ending without the dot.
    pub fn ending(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, ending)| ending)
    }
}

/// Endings of the files that people write and rules look at.
const ENDINGS: &[&str] = &["rs", "html", "ftl", "sql", "ts", "mjs", "css", "md", "toml", "json", "txt"];
/// Folders that hold what is built or fetched.
const BUILT: &[&str] = &["target", "node_modules", "dist", "out", "shots", "artefacts", "data", ".git"];

/// Every text file of the project, sorted by path.
pub fn files() -> Done<Vec<File>> {
    let mut all = Vec::new();
    let walk = walkdir::WalkDir::new(root()).sort_by_file_name().into_iter();
    let wanted = walk.filter_entry(|e| {
        let name = e.file_name().to_string_lossy();
        !(e.file_type().is_dir() && (BUILT.contains(&&*name) || name.starts_with("target-")))
    });
    for entry in wanted {
        let entry = entry.map_err(|e| format!("walking the checkout: {e}"))?;
        let ending = entry.path().extension().and_then(|e| e.to_str()).unwrap_or_default();
        if !entry.file_type().is_file() || !ENDINGS.contains(&ending) {
            continue;
        }
        let path = entry.path().strip_prefix(root()).map_err(|e| e.to_string())?.to_string_lossy().into_owned();
        // Somebody may be moving files just now; what is gone breaks no rule.
        if let Ok(text) = std::fs::read_to_string(entry.path()) {
            all.push(File { path, text });
        }
    }
    Ok(all)
}
