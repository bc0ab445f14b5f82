//! What can go wrong with a statement, told apart as far as callers act on it.

use kernel::{Failure, Fault};

/// A failed statement.
#[derive(Debug)]
pub enum DbError {
    /// A unique index already holds this key.
    Unique {
        /// The table.
        table: String,
    },
    /// Another command was in the way; the whole command may be tried again.
    Busy(sqlx::Error),
    /// There is no space left to write to; nothing of the command is there.
    Full(sqlx::Error),
    /// Anything else.
    Other(sqlx::Error),
}

impl DbError {
    /// The error as a fault that says what was being done.
    pub fn into_fault(self, doing: &str) -> Fault {
        match self {
            Self::Unique { table } => Fault::new(format!("{doing}: the key is already in {table}")),
            Self::Busy(cause) => Fault::because(doing, cause).passing(),
            Self::Full(cause) => Fault::because(doing, cause).without_space(),
            Self::Other(cause) => Fault::because(doing, cause),
        }
    }

    /// Turns 'the key is already there' into another failure (usually an error at a form's field).
    pub fn on_unique(self, failure: impl FnOnce() -> Failure) -> Failure {
        match self {
            Self::Unique { .. } => failure(),
            other => other.into(),
        }
    }
}

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        let Some(database) = error.as_database_error() else { return Self::Other(error) };
        let code = database.code().unwrap_or_default();
        if database.is_unique_violation() {
            let table = database.table().map(str::to_owned).or_else(|| sqlite_table(database.message()));
            return Self::Unique { table: table.unwrap_or_default() };
        }
        // SQLite: 5 busy, 6 locked, 517 busy snapshot. PostgreSQL: serialisation failure, deadlock, lock not available.
        match code.as_ref() {
            "5" | "6" | "261" | "517" | "40001" | "40P01" | "55P03" => Self::Busy(error),
            code if tells_of_no_space(code) => Self::Full(error),
            _ => Self::Other(error),
        }
    }
}

/// SQLite: 13 full, 778 a write that did not go through (a quota, a limit), 4874 no space for the index of the log. PostgreSQL:
/// 53100 disk full.
fn tells_of_no_space(code: &str) -> bool {
    matches!(code, "13" | "778" | "4874" | "53100")
}

/// SQLite says `UNIQUE constraint failed: table.column`.
fn sqlite_table(message: &str) -> Option<String> {
    message.rsplit(": ").next()?.split('.').next().map(str::to_owned)
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Self {
        Self::Fault(error.into_fault("running a statement"))
    }
}

impl From<DbError> for Fault {
    fn from(error: DbError) -> Self {
        error.into_fault("running a statement")
    }
}
