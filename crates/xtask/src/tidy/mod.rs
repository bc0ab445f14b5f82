//! `cargo xtask tidy`: the rules of the house as code. CONTRIBUTING.md says why each of them is there.

mod circles;
mod dependencies;
mod doors;
mod layers;
mod migrations;
mod numbers;
mod orphans;
mod ratchet;
pub mod refusals;
mod size;
mod sql;
mod templates;
mod texts;
mod tokens;
mod words;

use std::fmt;

use crate::{Done, repo};

/// A broken rule, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    path: String,
    line: usize,
    text: String,
}

impl Finding {
    /// A broken rule at a line of a file (0: the file as a whole).
    pub fn new(path: &str, line: usize, text: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, text: text.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.text),
            line => write!(f, "{}:{line}: {}", self.path, self.text),
        }
    }
}

/// The project as the rules see it: its files, and its Rust files parsed.
pub struct Project {
    /// Every text file.
    pub files: Vec<repo::File>,
    /// Every Rust file that could be parsed.
    pub rust: Vec<Rust>,
}

/// A parsed Rust file.
pub struct Rust {
    /// The path from the root.
    pub path: String,
    /// The text.
    pub text: String,
    /// Its syntax.
    pub syntax: syn::File,
}

impl Rust {
    /// Whether the file holds nothing but tests.
    pub fn is_test(&self) -> bool {
        let mut folders = self.path.split('/');
        self.path.ends_with("/tests.rs") || folders.any(|f| f == "tests" || f == "benches")
    }

    /// The file's tokens.
    pub fn tokens(&self) -> proc_macro2::TokenStream {
        self.text.parse().unwrap_or_default()
    }
}

impl Project {
    /// Parses what is Rust; says which files are none although they are named so.
    pub fn new(files: Vec<repo::File>) -> (Self, Vec<Finding>) {
        let (mut rust, mut findings) = (Vec::new(), Vec::new());
        for file in files.iter().filter(|f| f.ending() == "rs") {
            match syn::parse_file(&file.text) {
                Ok(syntax) => rust.push(Rust { path: file.path.clone(), text: file.text.clone(), syntax }),
                Err(error) => findings.push(Finding::new(&file.path, error.span().start().line, error.to_string())),
            }
        }
        (Self { files, rust }, findings)
    }

    /// The file at a path.
    pub fn file(&self, path: &str) -> Option<&repo::File> {
        self.files.iter().find(|f| f.path == path)
    }

    /// A project of the given files, for tests of the rules.
    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| repo::File { path: (*path).into(), text: (*text).into() });
        Self::new(files.collect()).0
    }
}

/// Checks every rule. With `shrink`, first lowers what the ratchet allows to what there is.
pub fn run(shrink: bool) -> Done {
    let (project, mut findings) = Project::new(repo::files()?);
    let metadata = repo::metadata()?;
    let overruns = [size::overruns(&project), tokens::floats(&project), texts::unused(&project)].concat();
    if shrink {
        ratchet::shrink(&overruns)?;
    }
    findings.extend(ratchet::check(&overruns, &ratchet::allowed()?));
    findings.extend(layers::check(&project, &metadata));
    findings.extend(circles::check(&project));
    findings.extend(orphans::check(&project));
    findings.extend(migrations::check(&project));
    findings.extend(dependencies::check(&project, &metadata));
    findings.extend(doors::check(&project));
    findings.extend(sql::check(&project));
    findings.extend(texts::missing(&project));
    findings.extend(templates::check(&project));
    findings.extend(numbers::check(&project));
    findings.extend(tokens::engine_branches(&project));
    findings.extend(tokens::io_in_pure_crates(&project));
    findings.extend(words::check(&project));
    findings.extend(refusals::check(&project));
    findings.iter().for_each(|finding| println!("{finding}"));
    match findings.len() {
        0 => Ok(()),
        1 => Err("1 rule is broken".into()),
        many => Err(format!("{many} rules are broken")),
    }
}
