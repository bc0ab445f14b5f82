//! A backup: one stream of lines that holds every row of one moment, the same for both engines. So it is taken while the shop
//! serves, needs no tool beside this program, and what was saved from one engine can be restored into the other.
//!
//! The first line says which migrations the schema had; then each table says its columns, its rows and how many there are, with a
//! digest over them; the last line has the SHA-256 of all before it. Whole numbers stand for truth values, hexadecimal digits for
//! bytes. Restoring makes the same schema in an empty database, fills it in one transaction, reads everything back and compares.
//! What follows from the rows (search index, caches) is made anew by itself.

mod lines;
mod load;
mod tables;

use std::io::Write;

use futures_util::TryStreamExt as _;
use kernel::{Fault, Instant, Outcome};
use sqlx::{AssertSqlSafe, Executor as _, Row as _};

use crate::{Db, Pools, params};
use lines::{Digest, Head, Out};
use tables::{Kind, Table};

/// What a backup holds, or what a database was filled with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saved {
    /// Tables by name, each with its rows and their digest, whose order does not matter.
    pub tables: Vec<(String, u64, String)>,
}

impl Saved {
    /// How many rows there are in all.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|(_, rows, _)| rows).sum()
    }
}

/// One snapshot of the whole database, on whichever engine.
enum Snapshot {
    Sqlite(sqlx::Transaction<'static, sqlx::Sqlite>),
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
}

impl Db {
    /// Writes a backup of this very moment. The shop goes on meanwhile. `version` is that of the program.
    ///
    /// # Errors
    /// A fault when the database cannot be read, or `out` not written.
    pub async fn save(&self, out: &mut (dyn Write + Send), version: &str, now: Instant) -> Outcome<Saved> {
        let mut snapshot = self.snapshot().await?;
        let mut out = Out::new(out);
        let migrations = snapshot.migrations().await?;
        out.line(&Head { kontor_backup: lines::FORMAT, version: version.to_owned(), at: now.micros(), migrations })?;
        let mut saved = Saved::default();
        for table in snapshot.tables().await? {
            out.line(&table.head())?;
            let digest = snapshot.rows(&table, &mut out).await?;
            out.line(&digest.foot())?;
            saved.tables.push((table.name, digest.rows, digest.hex()));
        }
        out.end()?;
        Ok(saved)
    }

    /// Reads every row, and says what there is: a check of all pages that rows lie on, and what a restored database is compared by.
    ///
    /// # Errors
    /// A fault when something cannot be read.
    pub async fn survey(&self) -> Outcome<Saved> {
        let mut snapshot = self.snapshot().await?;
        let mut saved = Saved::default();
        for table in snapshot.tables().await? {
            let digest = snapshot.rows(&table, &mut Out::new(&mut std::io::sink())).await?;
            saved.tables.push((table.name, digest.rows, digest.hex()));
        }
        Ok(saved)
    }

    /// What is wrong with the stored pages; nothing, when it is empty. Takes as long as reading everything.
    ///
    /// # Errors
    /// A fault when the database cannot be asked at all.
    pub async fn quick_check(&self) -> Outcome<Vec<String>> {
        match &self.pools {
            Pools::Sqlite { .. } => {
                let rows = self.read().await?.all("PRAGMA quick_check", params![]).await;
                let Ok(rows) = rows.map_err(|error| error.into_fault("checking the pages")) else {
                    return Ok(vec!["the pages cannot be read".to_owned()]);
                };
                let says = rows.iter().map(|row| row.get::<String>("quick_check"));
                Ok(says.collect::<Result<Vec<_>, _>>()?.into_iter().filter(|line| line != "ok").collect())
            }
            Pools::Postgres(_) => {
                let failed = "SELECT CAST(COALESCE(SUM(checksum_failures), 0) AS BIGINT) AS n FROM pg_stat_database
                    WHERE datname = current_database()";
                let count: i64 = self.read().await?.one(failed, params![]).await?.get("n")?;
                let mut complaints = Vec::new();
                if count > 0 {
                    complaints.push(format!("the server has counted {count} pages with wrong checksums"));
                }
                if let Err(failure) = self.survey().await {
                    complaints.push(failure.to_string());
                }
                Ok(complaints)
            }
        }
    }

    async fn snapshot(&self) -> Result<Snapshot, Fault> {
        match &self.pools {
            Pools::Sqlite { readers, .. } => readers.begin_with("BEGIN").await.map(Snapshot::Sqlite),
            Pools::Postgres(pool) => {
                pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await.map(Snapshot::Postgres)
            }
        }
        .map_err(|e| Fault::because("taking a snapshot", e))
    }
}

impl Snapshot {
    async fn migrations(&mut self) -> Result<Vec<(String, String)>, Fault> {
        const APPLIED: &str = "SELECT name, checksum FROM migration ORDER BY name";
        let doing = |e| Fault::because("reading which migrations were applied", e);
        match self {
            Self::Sqlite(tx) => sqlx::query_as(APPLIED).fetch_all(&mut **tx).await.map_err(doing),
            Self::Postgres(tx) => sqlx::query_as(APPLIED).fetch_all(&mut **tx).await.map_err(doing),
        }
    }

    async fn tables(&mut self) -> Result<Vec<Table>, Fault> {
        match self {
            Self::Sqlite(tx) => tables::of_sqlite(&mut *tx).await,
            Self::Postgres(tx) => tables::of_postgres(&mut *tx).await,
        }
        .map_err(|e| Fault::because("reading which tables there are", e))
    }

    /// Writes the rows of a table, one by one: no table is ever held in memory.
    async fn rows(&mut self, table: &Table, out: &mut Out<'_>) -> Outcome<Digest> {
        let doing = |e| Fault::because(format!("reading table {}", table.name), e);
        let mut digest = Digest::default();
        let text = AssertSqlSafe(table.select());
        match self {
            Self::Sqlite(tx) => {
                let mut rows = tx.fetch(text);
                while let Some(row) = rows.try_next().await.map_err(doing)? {
                    let values = table.kinds().enumerate().map(|(at, kind)| match kind {
                        Kind::Text => row.try_get::<Option<String>, _>(at).map(lines::text),
                        Kind::Int | Kind::Bool => row.try_get::<Option<i64>, _>(at).map(lines::int),
                        Kind::Bytes => row.try_get::<Option<Vec<u8>>, _>(at).map(lines::bytes),
                    });
                    out.row(&mut digest, values.collect::<Result<_, _>>().map_err(doing)?)?;
                }
            }
            Self::Postgres(tx) => {
                let mut rows = tx.fetch(text);
                while let Some(row) = rows.try_next().await.map_err(doing)? {
                    let values = table.kinds().enumerate().map(|(at, kind)| match kind {
                        Kind::Text => row.try_get::<Option<String>, _>(at).map(lines::text),
                        Kind::Int => row.try_get::<Option<i64>, _>(at).map(lines::int),
                        Kind::Bool => row.try_get::<Option<bool>, _>(at).map(|v| lines::int(v.map(i64::from))),
                        Kind::Bytes => row.try_get::<Option<Vec<u8>>, _>(at).map(lines::bytes),
                    });
                    out.row(&mut digest, values.collect::<Result<_, _>>().map_err(doing)?)?;
                }
            }
        }
        Ok(digest)
    }
}
