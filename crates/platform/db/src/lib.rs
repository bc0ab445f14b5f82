//! Two databases behind one SQL text: SQLite (embedded, the default) and PostgreSQL.
//!
//! * [`Db`] opens either by URL. [`Db::read`] gives a [`ReadTx`], [`Db::write`] runs one command in one transaction and
//!   tries it again a bounded number of times when the database is busy.
//! * Statements are `&'static str` constants made by [`sql!`], with `$1`, `$2` ... for values. They use only what both
//!   engines understand; `cargo xtask sql` prepares every one of them on both. Columns are TEXT, BIGINT, BOOLEAN or bytes:
//!   ids and codes are TEXT, money is minor units or micros, moments are UTC microseconds, dates are days since 1970.
//! * Events and jobs are rows written in the same transaction as the change ([`WriteTx::append`], [`WriteTx::enqueue`]).
//!   Whatever follows from a change reads them after commit ([`events`]).
//!
//! The engine is looked at in six places: connecting, beginning, the event horizon, migration tokens, error codes and backups.
#![warn(missing_docs)]

mod backup;
mod error;
mod event;
pub mod events;
mod health;
mod idempotency;
mod migrate;
mod statement;
#[cfg(feature = "testing")]
pub mod testing;
mod tx;
mod value;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use kernel::{Fault, Outcome};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, PgPool, SqlitePool};

pub use backup::Saved;
pub use error::DbError;
pub use idempotency::{Key, KeyRefusal};
pub use migrate::{Migration, render};
pub use statement::{Statement, containing};
pub use tx::{ReadTx, WriteTx};
pub use value::{Bind, Column, Row, Value};

/// Which database stands behind a [`Db`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Embedded SQLite.
    Sqlite,
    /// PostgreSQL, or a database that speaks its protocol.
    Postgres,
}

#[derive(Debug, Clone)]
enum Pools {
    /// One writer; readers apart, so that reading never waits for writing.
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
    },
    Postgres(PgPool),
}

/// A database with its connections. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Db {
    pools: Pools,
    committed: Arc<tokio::sync::Notify>,
    commits: Arc<AtomicU64>,
    health: Arc<health::Health>,
}

/// What statements and connections answer with. An `async fn` is compiled again in every crate that awaits it, with all
/// that it awaits in turn: boxed here, sqlx and its two drivers are compiled once and not in every slice.
pub type Boxed<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// How often one command is tried before 'busy' becomes a fault.
const TRIES_MAX: u32 = 8;
const SQLITE_READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 16;

impl Db {
    /// Opens `sqlite:PATH` (created when missing) or `postgres://…`.
    ///
    /// # Errors
    /// A fault that names the URL (without password) and the cause.
    pub async fn open(url: &str) -> Result<Self, Fault> {
        let doing = || format!("opening the database {}", without_password(url));
        let pools = match url.split_once(':') {
            Some(("sqlite", path)) => open_sqlite(path).await,
            Some(("postgres" | "postgresql", _)) => open_postgres(url).await,
            _ => return Err(Fault::new(format!("{}: the URL starts with neither sqlite: nor postgres://", doing()))),
        };
        let pools = pools.map_err(|e| Fault::because(doing(), e))?;
        let folder = file_of(url).map(|file| match file.parent() {
            Some(folder) if folder != Path::new("") => folder.to_owned(),
            _ => PathBuf::from("."),
        });
        Ok(Self {
            pools,
            committed: Arc::default(),
            commits: Arc::default(),
            health: Arc::new(health::Health::of(folder)),
        })
    }

    /// Which database this is.
    pub fn engine(&self) -> Engine {
        match self.pools {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres(_) => Engine::Postgres,
        }
    }

    /// A connection for reading. Each statement sees what is committed when it starts; it never waits for writers.
    ///
    /// # Errors
    /// A fault when no connection can be had.
    pub fn read(&self) -> Boxed<'_, Result<ReadTx, Fault>> {
        Box::pin(async move {
            let doing = "taking a connection for reading";
            match &self.pools {
                Pools::Sqlite { readers, .. } => {
                    readers.acquire().await.map(|c| ReadTx::sqlite(c, self.health.clone()))
                }
                Pools::Postgres(pool) => pool.acquire().await.map(|c| ReadTx::postgres(c, self.health.clone())),
            }
            .map_err(|e| Fault::because(doing, e))
        })
    }

    /// Runs one command in one transaction: commits when it returns `Ok`, rolls back otherwise.
    ///
    /// A command that fails because the database was busy, or because another one changed the same row first, is run
    /// again from its beginning, so `command` must touch nothing but the transaction.
    ///
    /// # Errors
    /// What the command returns; a fault when the database fails or stays busy.
    pub async fn write<T, F, Fut>(&self, command: F) -> Outcome<T>
    where
        F: Fn(WriteTx) -> Fut,
        Fut: Future<Output = Outcome<T>> + Send,
    {
        let mut tries = 1;
        loop {
            match self.write_once(&command).await {
                Err(kernel::Failure::Fault(fault)) if fault.is_passing() && tries < TRIES_MAX => {
                    tracing::debug!(db.tries = tries, "trying again: {fault}");
                    tokio::time::sleep(Duration::from_millis(u64::from(tries * tries))).await;
                    tries += 1;
                }
                outcome => return outcome,
            }
        }
    }

    async fn write_once<T, F, Fut>(&self, command: &F) -> Outcome<T>
    where
        F: Fn(WriteTx) -> Fut,
        Fut: Future<Output = Outcome<T>> + Send,
    {
        let tx = self.begin().await?;
        let value = command(tx.clone()).await?;
        let told = tx.commit().await?;
        if told {
            self.commits.fetch_add(1, Ordering::SeqCst);
            self.committed.notify_waiters();
        }
        Ok(value)
    }

    fn begin(&self) -> Boxed<'_, Result<WriteTx, Fault>> {
        Box::pin(async move {
            match &self.pools {
                Pools::Sqlite { writer, .. } => {
                    writer.begin_with("BEGIN IMMEDIATE").await.map(|tx| WriteTx::sqlite(tx, self.health.clone()))
                }
                Pools::Postgres(pool) => pool.begin().await.map(|tx| WriteTx::postgres(tx, self.health.clone())),
            }
            .map_err(|e| {
                self.health.note(&e);
                DbError::from(e).into_fault("beginning a transaction")
            })
        })
    }

    /// Ends when this process commits something that told an event or left a job, counted from this call (not from the
    /// first poll): call it before looking, wait on it after.
    pub fn committed(&self) -> impl Future<Output = ()> + '_ {
        self.committed.notified()
    }

    /// How often this process has committed something that told an event or left a job.
    pub fn commits(&self) -> u64 {
        self.commits.load(Ordering::SeqCst)
    }

    /// Ends all connections; SQLite's log is folded into the file.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

/// The file of an embedded database.
pub fn file_of(url: &str) -> Option<&Path> {
    let path = url.strip_prefix("sqlite:")?;
    Some(Path::new(path.trim_start_matches("//")))
}

/// Makes the file before SQLite does, for nobody else's eyes; its log takes the permissions of the file.
fn make_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let made = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    match made {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

async fn open_sqlite(path: &str) -> Result<Pools, sqlx::Error> {
    let path = path.trim_start_matches("//");
    make_private(Path::new(path)).map_err(sqlx::Error::Io)?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .pragma("cache_size", "-8000")
        .pragma("temp_store", "memory")
        // What was deleted is gone from the file as well: a job held a link, a row a person.
        .pragma("secure_delete", "fast")
        .statement_cache_capacity(400)
        // The text of a bulk insert is a novel; slow requests and jobs are logged where they are understood.
        .disable_statement_logging();
    let pool = |max: u32| {
        SqlitePoolOptions::new().max_connections(max).test_before_acquire(false).idle_timeout(None).max_lifetime(None)
    };
    let writer = pool(1).after_release(|connection, _| Box::pin(is_clean(connection)));
    let writer = writer.connect_with(options.clone()).await?;
    let readers = pool(SQLITE_READERS).connect_with(options.read_only(true).create_if_missing(false)).await?;
    Ok(Pools::Sqlite { writer, readers })
}

/// Whether a connection that comes back has left its transaction. SQLite rolls back by itself when a disk is full or fails, the
/// rollback after that fails, and the driver goes on believing in a transaction: no other could ever begin. Such a connection
/// is closed, and the next command opens a new one.
async fn is_clean<C: sqlx::Connection>(connection: &mut C) -> Result<bool, sqlx::Error> {
    // The rollback of a dropped transaction waits in a queue; the answer comes after it.
    connection.ping().await?;
    let is_clean = !connection.is_in_transaction();
    if !is_clean {
        tracing::warn!("a connection could not leave its transaction and is closed");
    }
    Ok(is_clean)
}

async fn open_postgres(url: &str) -> Result<Pools, sqlx::Error> {
    let options: PgConnectOptions =
        url.parse::<PgConnectOptions>()?.statement_cache_capacity(400).disable_statement_logging();
    let pool = PgPoolOptions::new().max_connections(POSTGRES_CONNECTIONS).test_before_acquire(false);
    let pool = pool.after_release(|connection, _| Box::pin(is_clean(connection)));
    Ok(Pools::Postgres(pool.acquire_timeout(Duration::from_secs(10)).connect_with(options).await?))
}

/// The URL with its password replaced, fit for logs.
pub fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    match rest.split_once('@') {
        Some((login, host)) => format!("{scheme}://{}:…@{host}", login.split(':').next().unwrap_or_default()),
        None => url.to_owned(),
    }
}

/// Declares SQL statements as constants; `cargo xtask sql` finds them by this macro.
///
/// ```
/// db::sql! {
///     /// One product by its SKU.
///     BY_SKU = "SELECT id, name FROM product WHERE sku = $1"
/// }
/// assert!(BY_SKU.starts_with("SELECT"));
/// ```
#[macro_export]
macro_rules! sql {
    ($($(#[$doc:meta])* $name:ident = $text:literal);+ $(;)?) => {$(
        $(#[$doc])*
        const $name: &str = $text;
    )+};
}

/// The values of a statement: `params![id, name, None::<i64>]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { vec![$($crate::Bind::to_value(&$value)),*] };
}
