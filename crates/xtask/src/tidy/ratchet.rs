//! What exceeds a budget today, in `tidy-ratchet.txt`: it may only become less. A line is a key and the present value.

use std::collections::BTreeMap;

use super::Finding;
use crate::{Done, repo};

const FILE: &str = "crates/xtask/tidy-ratchet.txt";
const HEAD: &str = "\
# What exceeds a budget, and by how much it may: these numbers only go down. `cargo xtask tidy --shrink` lowers them.
# A new line needs a reason in the change that adds it.
";

/// Something larger than its budget.
#[derive(Debug, Clone)]
pub struct Overrun {
    /// What it is, in one line without the value.
    pub key: String,
    /// How large it is.
    pub value: usize,
    /// The broken rule, should it not be allowed.
    pub finding: Finding,
}

/// What the ratchet allows.
pub fn allowed() -> Done<BTreeMap<String, usize>> {
    let text = std::fs::read_to_string(repo::root().join(FILE)).unwrap_or_default();
    parse(&text)
}

fn parse(text: &str) -> Done<BTreeMap<String, usize>> {
    let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let pair = line.rsplit_once(' ').and_then(|(key, value)| Some((key.to_owned(), value.parse().ok()?)));
            pair.ok_or(format!("{FILE}: a key and a number are expected: {line}"))
        })
        .collect()
}

/// What is larger than allowed, and what the ratchet allows without need.
pub fn check(overruns: &[Overrun], allowed: &BTreeMap<String, usize>) -> Vec<Finding> {
    let found = largest(overruns);
    let mut findings: Vec<Finding> = overruns
        .iter()
        .filter(|overrun| overrun.value > allowed.get(&overrun.key).copied().unwrap_or(0))
        .map(|overrun| overrun.finding.clone())
        .collect();
    for (key, limit) in allowed {
        let value = found.get(key).copied().unwrap_or(0);
        if value < *limit {
            let text = format!("{key} is down to {value} from {limit}; run cargo xtask tidy --shrink");
            findings.push(Finding::new(FILE, 0, text));
        }
    }
    findings
}

/// Lowers every number to what there is now; never adds or raises one.
pub fn shrink(overruns: &[Overrun]) -> Done {
    let file = repo::root().join(FILE);
    std::fs::write(&file, shrunk(&largest(overruns), &allowed()?)).map_err(|e| format!("{FILE}: {e}"))
}

fn shrunk(found: &BTreeMap<String, usize>, allowed: &BTreeMap<String, usize>) -> String {
    let mut text = HEAD.to_owned();
    for (key, limit) in allowed {
        if let Some(value) = found.get(key) {
            text.push_str(&format!("{key} {}\n", value.min(limit)));
        }
    }
    text
}

fn largest(overruns: &[Overrun]) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for overrun in overruns {
        let value = found.entry(overrun.key.clone()).or_insert(0);
        *value = overrun.value.max(*value);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overrun(key: &str, value: usize) -> Overrun {
        Overrun { key: key.into(), value, finding: Finding::new(key, 0, "too large") }
    }

    #[test]
    fn numbers_only_go_down() {
        let allowed = parse("# why\nfile a.rs 600\nfile b.rs 700\nfile gone.rs 900\n").unwrap();
        let now = [overrun("file a.rs", 610), overrun("file b.rs", 650), overrun("file new.rs", 501)];
        let findings: Vec<String> = check(&now, &allowed).iter().map(ToString::to_string).collect();
        assert_eq!(
            findings,
            [
                "file a.rs: too large",
                "file new.rs: too large",
                "crates/xtask/tidy-ratchet.txt: file b.rs is down to 650 from 700; run cargo xtask tidy --shrink",
                "crates/xtask/tidy-ratchet.txt: file gone.rs is down to 0 from 900; run cargo xtask tidy --shrink",
            ]
        );
        assert_eq!(shrunk(&largest(&now), &allowed), format!("{HEAD}file a.rs 600\nfile b.rs 650\n"));
    }

    #[test]
    fn a_line_without_a_number_is_named() {
        assert!(parse("file a.rs many").unwrap_err().contains("file a.rs many"));
    }
}
