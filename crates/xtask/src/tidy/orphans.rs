//! A Rust file that no module names is not compiled: a test in it passes for ever. Modules with `#[path]` are not understood.

use super::{Finding, Project, Rust};

/// Every file that its neighbours leave out. Outside `src`, files beside which there is no root or module stand for themselves.
pub fn check(project: &Project) -> Vec<Finding> {
    let file = |path: &str| project.rust.iter().find(|rust| rust.path == path);
    let mut found = Vec::new();
    for rust in &project.rust {
        let Some((name, parents)) = named_in(&rust.path) else { continue };
        let present: Vec<&Rust> = parents.iter().filter_map(|path| file(path)).collect();
        if present.is_empty() && rust.path.contains("/src/") && !rust.path.contains("/src/bin/") {
            found.push(Finding::new(&rust.path, 0, "nothing compiles this: its folder is no module"));
        }
        if !present.is_empty() && !present.iter().any(|parent| names(&parent.syntax.items, &name)) {
            let text = format!("nothing compiles this: {} has no `mod {name};`", present[0].path);
            found.push(Finding::new(&rust.path, 0, text));
        }
    }
    found
}

/// The name of a file as a module, and the files that could declare it; `None` for roots of crates.
fn named_in(path: &str) -> Option<(String, Vec<String>)> {
    let (folder, file) = path.strip_suffix(".rs")?.rsplit_once('/')?;
    let (folder, name) = match file {
        "lib" | "main" | "build" => return None,
        "mod" => folder.rsplit_once('/')?,
        name => (folder, name),
    };
    let beside = ["lib", "main", "mod"].map(|root| format!("{folder}/{root}.rs"));
    Some((name.to_owned(), beside.into_iter().chain([format!("{folder}.rs")]).collect()))
}

/// Whether some item, at any depth of inline modules, is `mod name;`.
fn names(items: &[syn::Item], name: &str) -> bool {
    items.iter().any(|item| match item {
        syn::Item::Mod(module) => match &module.content {
            None => module.ident == name,
            Some((_, inner)) => names(inner, name),
        },
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn orphans(files: &[(&str, &str)]) -> Vec<String> {
        check(&Project::of(files)).iter().map(|finding| finding.path.clone()).collect()
    }

    #[test]
    fn files_are_named_by_a_module_beside_them() {
        let tests = ("tests/tests/main.rs", "mod kill;");
        assert!(orphans(&[tests, ("tests/tests/kill.rs", "")]).is_empty());
        assert_eq!(orphans(&[tests, ("tests/tests/sql.rs", "")]), ["tests/tests/sql.rs"]);
        let folder = ("crates/a/src/lib.rs", "mod b; #[cfg(test)] mod tests { mod deep; }");
        assert!(orphans(&[folder, ("crates/a/src/b/mod.rs", ""), ("crates/a/src/deep.rs", "")]).is_empty());
        assert_eq!(orphans(&[folder, ("crates/a/src/c/mod.rs", "")]), ["crates/a/src/c/mod.rs"]);
        assert_eq!(orphans(&[folder, ("crates/a/src/lost/d.rs", "")]), ["crates/a/src/lost/d.rs"]);
        // A test without a root beside it is a root.
        assert!(orphans(&[("crates/a/tests/one.rs", "")]).is_empty());
    }
}
