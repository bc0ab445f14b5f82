//! Marks of unfinished work. What is not done is an issue, not a comment.

use super::{Finding, Project};

/// Put together, so that this file does not find itself.
const MARKS: &[&str] =
    &[concat!("TO", "DO"), concat!("FIX", "ME"), concat!("todo", "!("), concat!("unimplemented", "!(")];

/// Every mark in what people write.
pub fn check(project: &Project) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in project.files.iter().filter(|f| ["rs", "html", "ftl", "sql", "ts", "mjs", "css"].contains(&f.ending()))
    {
        for (number, line) in file.text.lines().enumerate() {
            if let Some(mark) = MARKS.iter().find(|mark| contains_word(line, mark)) {
                found.push(Finding::new(&file.path, number + 1, format!("{mark}: do it, or file an issue")));
            }
        }
    }
    found
}

/// Whether `line` has `mark` as a word of its own.
pub fn contains_word(line: &str, mark: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(mark).any(|(at, _)| {
        let before = line[..at].chars().next_back().is_some_and(is_word);
        let after = mark.ends_with(is_word) && line[at + mark.len()..].chars().next().is_some_and(is_word);
        !before && !after
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_words() {
        let mark = MARKS[0];
        assert!(contains_word(&format!("// {mark}: later"), mark));
        assert!(!contains_word(&format!("{mark}RY"), mark));
        assert!(!contains_word(&format!("MAS{mark}N"), mark));
        assert!(contains_word(&format!("    {}\"later\")", MARKS[2]), MARKS[2]));
    }
}
