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
    /// Anything else.
    Other(sqlx::Error),
}

impl DbError {
    /// The error as a fault that says what was being done.
    pub fn into_fault(self, doing: &str) -> Fault {
        match self {
            Self::Unique { table } => Fault::new(format!("{doing}: the key is already in {table}")),
            Self::Busy(cause) => Fault::because(doing, cause).passing(),
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
            _ => Self::Other(error),
        }
    }
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
