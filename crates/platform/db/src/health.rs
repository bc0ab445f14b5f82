//! Whether the database still does its work, as far as its own statements tell.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use kernel::{Fault, Outcome};

use crate::Db;

/// What statements have said about the database since it was opened.
#[derive(Debug, Default)]
pub(crate) struct Health {
    /// The folder of the embedded database.
    folder: Option<PathBuf>,
    damage: Mutex<Option<String>>,
}

impl Health {
    pub(crate) fn of(folder: Option<PathBuf>) -> Self {
        Self { folder, damage: Mutex::default() }
    }

    /// Writes down what an error says about the stored pages; the first is kept, for it says where to look.
    pub(crate) fn note(&self, error: &sqlx::Error) {
        let Some(database) = error.as_database_error() else { return };
        let code = database.code().unwrap_or_default();
        if !tells_of_damage(&code) {
            return;
        }
        let mut damage = self.damage.lock().unwrap_or_else(PoisonError::into_inner);
        if damage.is_none() {
            tracing::error!("stored data are damaged (code {code}): {error}; stop, and restore a backup");
            *damage = Some(error.to_string());
        }
    }

    pub(crate) fn free_bytes(&self) -> Option<u64> {
        fs4::available_space(self.folder.as_ref()?).ok()
    }
}

/// SQLite: 11 corrupt, 26 no database, 522 short read, 8458 and others of the family 10 are left to the next try, for a disk
/// may come back. PostgreSQL: class XX of damaged data and indexes.
fn tells_of_damage(code: &str) -> bool {
    // SQLite keeps the family in the lowest byte.
    let family = code.parse::<u32>().ok().filter(|_| code.len() < 5).map(|code| code & 0xFF);
    matches!(family, Some(11 | 26)) || matches!(code, "522" | "XX001" | "XX002")
}

impl Db {
    /// Tries a write, from its beginning to its commit.
    ///
    /// # Errors
    /// A fault that says what stands in the way: a full disk, a lost server, a writer that never ends.
    pub async fn try_write(&self) -> Outcome<()> {
        const PATIENCE: std::time::Duration = std::time::Duration::from_secs(5);
        let tried = self.write(|tx| async move { Ok(tx.next_number("readiness").await?) });
        match tokio::time::timeout(PATIENCE, tried).await {
            Ok(done) => done.map(|_| ()),
            Err(_) => Err(Fault::new("no write came through within five seconds").into()),
        }
    }

    /// What a statement said about damaged pages since the database was opened.
    pub fn damage(&self) -> Option<String> {
        self.health.damage.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Bytes that are free where the embedded database lies; `None` where that is another machine's business.
    pub fn free_bytes(&self) -> Option<u64> {
        self.health.free_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::tells_of_damage;

    #[test]
    fn damage_is_told_from_what_passes() {
        for code in ["11", "267", "523", "779", "26", "522", "XX001", "XX002"] {
            assert!(tells_of_damage(code), "{code}");
        }
        for code in ["5", "13", "19", "10", "778", "2067", "23505", "40001", "53100", ""] {
            assert!(!tells_of_damage(code), "{code}");
        }
    }
}
