//! A policy as TOML, so that it can live in version control: the order of fields is fixed, each has its comment, a row is a
//! line. Shares are in per cent (`"8 %"`), factors as `"3 x"`, amounts with their currency (`"250.00 EUR"`), conditions in CEL.
//! Reading back what was written gives the same policy; `docs/guide/policies.md` explains every field.

mod read;
mod write;

use std::collections::HashMap;

use kernel::{Fault, FieldError, Invalid};
use negotiation_engine::Policy;

/// Bytes of the largest file: some ten times a large policy.
pub const BYTES_MAX: usize = 256 * 1024;

/// What is wrong in a file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileError {
    /// The line, counted from 1.
    pub line: usize,
    /// The column, in characters, counted from 1.
    pub column: usize,
    /// The field by its path, and what is wrong with it.
    pub error: FieldError,
}

/// Where the fields of a file stand: line and column by path.
#[derive(Debug, Clone, Default)]
pub struct Places(HashMap<String, (usize, usize)>);

impl Places {
    /// The place of a field; of what it stands in when it was left out.
    pub fn of(&self, path: &str) -> (usize, usize) {
        let mut path = path;
        loop {
            if let Some(place) = self.0.get(path) {
                return *place;
            }
            match path.rfind(['.', '[']) {
                Some(at) => path = &path[..at],
                None => return (1, 1),
            }
        }
    }

    /// Errors at fields as errors in the file.
    pub fn errors(&self, invalid: &Invalid) -> Vec<FileError> {
        let error = |error: &FieldError| {
            let (line, column) = self.of(&error.field);
            FileError { line, column, error: error.clone() }
        };
        invalid.fields.iter().map(error).collect()
    }
}

/// A policy as TOML.
pub fn to_toml(policy: &Policy) -> String {
    write::policy(policy)
}

/// Reads a policy and where its fields stand. Whether it contradicts itself, [`Policy::faults`] says.
///
/// # Errors
/// Everything that is no TOML, no field, or no value of its field.
pub fn from_toml(text: &str) -> Result<(Policy, Places), Vec<FileError>> {
    read::policy(text)
}

/// The same beside the threads that answer requests: a large text takes its time, and nobody else waits for it.
///
/// # Errors
/// Those of [`from_toml`]; a fault when there is no such thread any more.
pub async fn read_apart(text: String) -> Result<Result<(Policy, Places), Vec<FileError>>, Fault> {
    let read = tokio::task::spawn_blocking(move || read::policy(&text)).await;
    read.map_err(|e| Fault::because("reading a policy", e))
}
