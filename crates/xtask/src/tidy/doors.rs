//! The functions that write prices past the guard, and the only places that may call them. Everybody else changes prices by
//! `price_lists::changes`, which asks the guard.

use super::{Finding, Project};

/// A call, and the folders from which it may come.
const DOORS: [(&str, &[&str]); 2] = [
    ("lists::actions::write(", &["crates/slices/price_lists/src/changes/"]),
    (
        "lists::actions::put_many(",
        &[
            "crates/app/src/demo/",
            "crates/slices/integration/src/imports/history/",
            "crates/slices/pricing/src/world.rs",
        ],
    ),
];

/// Every other place that calls one of them. Tests may set up what they like.
pub fn check(project: &Project) -> Vec<Finding> {
    let mut found = Vec::new();
    for rust in &project.rust {
        let is_free = rust.is_test() || rust.path.contains("/testing/") || rust.path.starts_with("crates/xtask/");
        for (call, from) in DOORS {
            if is_free || from.iter().any(|folder| rust.path.starts_with(folder)) {
                continue;
            }
            let lines = rust.text.lines().zip(1..).filter(|(line, _)| line.contains(call));
            found.extend(lines.map(|(_, line)| {
                let text = format!("{call}…) writes prices past the guard: use price_lists::changes::actions::submit");
                Finding::new(&rust.path, line, text)
            }));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_written_by_the_guard_only() {
        let call = "fn f() {\n    lists::actions::write(tx, ctx, id, &[]).await\n}";
        let at = |path: &str| check(&Project::of(&[(path, call)])).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert!(at("crates/slices/price_lists/src/changes/actions.rs").is_empty());
        assert!(at("crates/slices/buying/src/carts/tests.rs").is_empty());
        let found = at("crates/slices/integration/src/imports/prices.rs");
        assert!(
            found[0].starts_with("crates/slices/integration/src/imports/prices.rs:2: lists::actions::write("),
            "{found:?}"
        );
    }
}
