//! `docs/api/openapi.json`, generated from the code and kept under test.

use std::process::Command;

use crate::{Done, process, repo};

/// Writes the file, or says that it differs.
pub fn run(check: bool) -> Done {
    process::run(&mut repo::cargo(&["build", "--quiet", "--package", "kontor", "--bin", "kontor"]))?;
    of_program(&repo::target_folder()?.join("debug/kontor"), check)
}

/// The same with a program that has been built already.
pub fn of_program(program: &std::path::Path, check: bool) -> Done {
    let text = process::output(Command::new(program).arg("openapi").current_dir(repo::root()))?;
    let document: serde_json::Value = serde_json::from_str(&text).map_err(|e| format!("kontor openapi: {e}"))?;
    let pretty = serde_json::to_string_pretty(&document).map_err(|e| e.to_string())?;
    repo::generated("docs/api/openapi.json", &format!("{pretty}\n"), check, "openapi")
}
