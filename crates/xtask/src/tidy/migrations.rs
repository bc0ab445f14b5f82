//! A migration that no crate lists never runs: the tables that the code asks for are missing, and nothing says so before the
//! first statement.

use super::{Finding, Project};

/// Every migration of a slice that the slice's own `lib.rs` does not name.
pub fn check(project: &Project) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in &project.files {
        let Some((root, name)) = file.path.strip_suffix(".sql").and_then(|path| path.split_once("/migrations/")) else {
            continue;
        };
        // The platform's own stand beside the code that applies them.
        let lib = format!("{root}/src/lib.rs");
        let Some(slice) = project.rust.iter().find(|rust| rust.path == lib && root.contains("/slices/")) else {
            continue;
        };
        if !slice.text.contains(&format!("\"{name}\"")) {
            found.push(Finding::new(&file.path, 0, format!("no migration of {lib}: it is never applied")));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_migration_stands_in_the_list_of_its_slice() {
        let lib = ("crates/slices/a/src/lib.rs", "const M: &[M] = &[db::migration!(\"a\", \"0001_first\")];");
        let paths = |name: &str| {
            let path = format!("crates/slices/a/migrations/{name}.sql");
            let files = [lib, (path.as_str(), "CREATE TABLE t (n INTEGER);")];
            check(&Project::of(&files)).iter().map(|finding| finding.path.clone()).collect::<Vec<_>>()
        };
        assert!(paths("0001_first").is_empty());
        assert_eq!(paths("0002_second"), ["crates/slices/a/migrations/0002_second.sql"]);
    }
}
