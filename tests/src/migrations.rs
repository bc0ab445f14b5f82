//! All migrations, read from the slices' folders in the order of the ranks, so that statements can be checked while the
//! program itself does not build.

use db::Migration;

/// Every slice's migrations, the lowest rank first.
///
/// # Panics
/// When ARCHITECTURE.md has no table of ranks or a migration cannot be read.
pub fn all() -> Vec<Migration> {
    let architecture =
        std::fs::read_to_string(crate::root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md is there");
    let ranks = architecture
        .split_once("```ranks\n")
        .and_then(|(_, rest)| rest.split_once("```"))
        .expect("it has a table of ranks")
        .0;
    ranks.split([',', '\n']).map(str::trim).filter(|slice| !slice.is_empty()).flat_map(of_slice).collect()
}

fn of_slice(slice: &str) -> Vec<Migration> {
    let folder = crate::root().join("crates/slices").join(slice).join("migrations");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.sort();
    files
        .iter()
        .map(|path| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            // Migrations live as long as the program; here that is as long as the test.
            Migration { name: format!("{slice}/{name}").leak(), text: text.leak() }
        })
        .collect()
}
