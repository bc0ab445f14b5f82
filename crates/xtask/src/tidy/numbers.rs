//! What people type is read in their language: a form's field is never read as programs write numbers.

use super::{Finding, Project};

/// Readers of what programs write.
const READERS: &[&str] = &["Quantity::parse(", "UnitPrice::parse(", "Amount::parse(", "Rate::parse_percent("];

/// Every field of a form that is read so.
pub fn check(project: &Project) -> Vec<Finding> {
    let mut found = Vec::new();
    for rust in project.rust.iter().filter(|rust| !rust.is_test() && !rust.path.starts_with("crates/xtask/")) {
        for (line, text) in (1..).zip(rust.text.lines()) {
            let reads = READERS.iter().find(|reader| text.contains(&format!("{reader}fields.")));
            found.extend(reads.map(|reader| {
                let text = format!("{reader}…) reads what programs write; a form's field is read by its `Fields`");
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
    fn fields_are_read_in_the_readers_language() {
        let typed = "fn read(fields: &Fields) { let _ = fields.quantity(\"quantity\", unit); }";
        let plain = "fn read(fields: &Fields) {\n    let _ = Quantity::parse(fields.text(\"quantity\"), unit);\n}";
        let project = Project::of(&[
            ("crates/slices/a/src/pages.rs", plain),
            ("crates/slices/b/src/pages.rs", typed),
            ("crates/slices/c/src/tests.rs", plain),
        ]);
        let found: Vec<String> = check(&project).iter().map(ToString::to_string).collect();
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("crates/slices/a/src/pages.rs:2: Quantity::parse("), "{found:?}");
    }
}
