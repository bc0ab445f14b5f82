//! Handles for reading and for one transaction.

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use kernel::{Ctx, Fault, Instant, JobId};
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgArguments, Postgres};
use sqlx::query::Query;
use sqlx::sqlite::{Sqlite, SqliteArguments};
use sqlx::{Arguments as _, AssertSqlSafe, Executor as _, SqlSafeStr as _, SqlStr, Transaction};
use tokio::sync::Mutex;

use crate::Boxed;
use crate::error::DbError;
use crate::event::{self, Event};
use crate::health::Health;
use crate::statement::Statement;
use crate::value::{Row, Value};

enum Link {
    SqliteRead(PoolConnection<Sqlite>),
    SqliteWrite(Transaction<'static, Sqlite>),
    PostgresRead(PoolConnection<Postgres>),
    PostgresWrite(Transaction<'static, Postgres>),
    /// Committed: any further use is a bug.
    Ended,
    /// A statement failed and everything was rolled back. An engine that rolls back by itself would run what follows on its
    /// own; another one would answer a commit with a rollback and call it done.
    Failed,
}

impl Link {
    fn is_transaction(&self) -> bool {
        matches!(self, Self::SqliteWrite(_) | Self::PostgresWrite(_))
    }
}

/// A connection for reading. Cheap to clone; clones share the connection.
#[derive(Clone)]
pub struct ReadTx {
    link: Arc<Mutex<Link>>,
    health: Arc<Health>,
}

/// One transaction. Everything a [`ReadTx`] can do, and changes. Rolled back unless [`crate::Db::write`] commits it.
#[derive(Clone)]
pub struct WriteTx {
    read: ReadTx,
    told: Arc<AtomicBool>,
}

impl Deref for WriteTx {
    type Target = ReadTx;
    fn deref(&self) -> &ReadTx {
        &self.read
    }
}

/// Runs the same expression on whichever connection stands behind the handle.
macro_rules! on_link {
    ($link:expr, $sql:expr, $values:expr, |$connection:ident, $query:ident| $run:expr, $wrap_sqlite:expr, $wrap_postgres:expr) => {
        match $link {
            Link::SqliteRead(c) => {
                let $connection = &mut **c;
                let $query = sqlite_query($sql, $values)?;
                $run.map($wrap_sqlite)
            }
            Link::SqliteWrite(c) => {
                let $connection = &mut **c;
                let $query = sqlite_query($sql, $values)?;
                $run.map($wrap_sqlite)
            }
            Link::PostgresRead(c) => {
                let $connection = &mut **c;
                let $query = postgres_query($sql, $values)?;
                $run.map($wrap_postgres)
            }
            Link::PostgresWrite(c) => {
                let $connection = &mut **c;
                let $query = postgres_query($sql, $values)?;
                $run.map($wrap_postgres)
            }
            Link::Ended => return Err(DbError::Other(sqlx::Error::Protocol("the transaction has ended".into()))),
            Link::Failed => return Err(DbError::Other(sqlx::Error::Protocol("the transaction has failed".into()))),
        }
    };
}

impl ReadTx {
    pub(crate) fn sqlite(connection: PoolConnection<Sqlite>, health: Arc<Health>) -> Self {
        Self { link: Arc::new(Mutex::new(Link::SqliteRead(connection))), health }
    }

    pub(crate) fn postgres(connection: PoolConnection<Postgres>, health: Arc<Health>) -> Self {
        Self { link: Arc::new(Mutex::new(Link::PostgresRead(connection))), health }
    }

    /// The error as callers know it, what it says about the database written down. A transaction ends with it.
    fn failed(&self, link: &mut Link, error: sqlx::Error) -> DbError {
        self.health.note(&error);
        if link.is_transaction() {
            *link = Link::Failed;
        }
        DbError::from(error)
    }

    /// Bytes that are free where the embedded database lies; `None` where that is another machine's business.
    pub fn free_bytes(&self) -> Option<u64> {
        self.health.free_bytes()
    }

    /// All rows of a statement.
    ///
    /// # Errors
    /// [`DbError`].
    pub fn all(&self, sql: &'static str, values: Vec<Value>) -> Boxed<'_, Result<Vec<Row>, DbError>> {
        self.fetch_all(sql.into_sql_str(), values)
    }

    /// All rows of a composed statement.
    ///
    /// # Errors
    /// [`DbError`].
    pub fn list(&self, statement: Statement) -> Boxed<'_, Result<Vec<Row>, DbError>> {
        let (text, values) = statement.into_parts();
        self.fetch_all(AssertSqlSafe(text).into_sql_str(), values)
    }

    fn fetch_all(&self, sql: SqlStr, values: Vec<Value>) -> Boxed<'_, Result<Vec<Row>, DbError>> {
        Box::pin(async move {
            trace(sql.as_str());
            let mut link = self.link.lock().await;
            let rows = on_link!(
                &mut *link,
                sql,
                values,
                |connection, query| connection.fetch_all(query).await,
                |rows| rows.into_iter().map(Row::Sqlite).collect::<Vec<_>>(),
                |rows| rows.into_iter().map(Row::Postgres).collect::<Vec<_>>()
            );
            rows.map_err(|error| self.failed(&mut link, error))
        })
    }

    /// The row of a statement that gives at most one.
    ///
    /// # Errors
    /// [`DbError`].
    pub fn optional(&self, sql: &'static str, values: Vec<Value>) -> Boxed<'_, Result<Option<Row>, DbError>> {
        Box::pin(async move {
            trace(sql);
            let mut link = self.link.lock().await;
            let row = on_link!(
                &mut *link,
                sql.into_sql_str(),
                values,
                |connection, query| connection.fetch_optional(query).await,
                |row| row.map(Row::Sqlite),
                |row| row.map(Row::Postgres)
            );
            row.map_err(|error| self.failed(&mut link, error))
        })
    }

    /// The row of a statement that always gives exactly one, such as a count.
    ///
    /// # Errors
    /// A fault when there is none.
    pub async fn one(&self, sql: &'static str, values: Vec<Value>) -> Result<Row, Fault> {
        self.optional(sql, values).await?.ok_or_else(|| Fault::new(format!("no row from: {sql}")))
    }
}

impl WriteTx {
    pub(crate) fn sqlite(transaction: Transaction<'static, Sqlite>, health: Arc<Health>) -> Self {
        Self::of(Link::SqliteWrite(transaction), health)
    }

    pub(crate) fn postgres(transaction: Transaction<'static, Postgres>, health: Arc<Health>) -> Self {
        Self::of(Link::PostgresWrite(transaction), health)
    }

    fn of(link: Link, health: Arc<Health>) -> Self {
        Self { read: ReadTx { link: Arc::new(Mutex::new(link)), health }, told: Arc::default() }
    }

    /// Runs a change and says how many rows it touched.
    ///
    /// # Errors
    /// [`DbError`].
    pub fn execute(&self, sql: &'static str, values: Vec<Value>) -> Boxed<'_, Result<u64, DbError>> {
        self.execute_text(sql.into_sql_str(), values)
    }

    /// Runs a composed change and says how many rows it touched.
    ///
    /// # Errors
    /// [`DbError`].
    pub fn run(&self, statement: Statement) -> Boxed<'_, Result<u64, DbError>> {
        let (text, values) = statement.into_parts();
        self.execute_text(AssertSqlSafe(text).into_sql_str(), values)
    }

    pub(crate) fn execute_text(&self, sql: SqlStr, values: Vec<Value>) -> Boxed<'_, Result<u64, DbError>> {
        Box::pin(async move {
            trace(sql.as_str());
            let mut link = self.read.link.lock().await;
            let done = on_link!(
                &mut *link,
                sql,
                values,
                |connection, query| connection.execute(query).await,
                |done| done.rows_affected(),
                |done| done.rows_affected()
            );
            done.map_err(|error| self.read.failed(&mut link, error))
        })
    }

    /// Runs an update `… WHERE id = $n AND version = $m` that must touch exactly one row. When another command changed
    /// the row first, the whole command is tried again from its beginning.
    ///
    /// # Errors
    /// A passing fault when no row was touched.
    pub async fn update_one(&self, sql: &'static str, values: Vec<Value>) -> Result<(), Fault> {
        match self.execute(sql, values).await? {
            1 => Ok(()),
            0 => Err(Fault::new(format!("the row has changed meanwhile: {sql}")).passing()),
            many => Err(Fault::new(format!("{many} rows instead of one: {sql}"))),
        }
    }

    /// Inserts many rows with few statements: `head` is `INSERT INTO t (a, b) VALUES`, each row one value per column.
    ///
    /// # Errors
    /// [`DbError`].
    pub fn insert_many(
        &self,
        head: &'static str,
        tail: &'static str,
        rows: Vec<Vec<Value>>,
    ) -> Boxed<'_, Result<u64, DbError>> {
        Box::pin(async move {
            // SQLite takes 32,766 parameters, PostgreSQL 65,535.
            const PARAMETERS_MAX: usize = 30_000;
            let width = rows.first().map_or(1, Vec::len).max(1);
            let is_sqlite = matches!(&*self.read.link.lock().await, Link::SqliteWrite(_));
            let mut done = 0;
            let mut rows = rows.into_iter().peekable();
            while rows.peek().is_some() {
                let mut text = head.to_owned();
                let mut values = Vec::new();
                for row in rows.by_ref().take((PARAMETERS_MAX / width).min(500)) {
                    assert_eq!(row.len(), width, "every row has a value for every column of {head}");
                    text.push_str(if values.is_empty() { " (" } else { ", (" });
                    for (index, value) in row.into_iter().enumerate() {
                        values.push(value);
                        text.push_str(if index == 0 { "" } else { ", " });
                        // SQLite takes `$1` for a name and looks all of them through for each value, so that a statement with
                        // thousands would take most of an import. Without a name values go by place.
                        if is_sqlite {
                            text.push('?');
                        } else {
                            text.push('$');
                            text.push_str(&values.len().to_string());
                        }
                    }
                    text.push(')');
                }
                text.push(' ');
                text.push_str(tail);
                done += self.execute_text(AssertSqlSafe(text).into_sql_str(), values).await?;
            }
            Ok(done)
        })
    }

    /// Writes down that something happened, in this transaction.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn append(&self, ctx: &Ctx, event: &dyn Event) -> Result<(), DbError> {
        self.told.store(true, Ordering::Relaxed);
        crate::sql! { APPEND = "INSERT INTO event (id, at, kind, subject, company_id, user_id, via, request_id, payload)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)" }
        self.execute(APPEND, event::row(ctx, event)).await.map(|_| ())
    }

    /// Leaves work to be done after commit, in this transaction. `kind` names a handler, `payload` is its JSON.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn enqueue(
        &self,
        ctx: &Ctx,
        kind: &'static str,
        payload: &serde_json::Value,
        run_at: Instant,
    ) -> Result<(), DbError> {
        self.told.store(true, Ordering::Relaxed);
        crate::sql! { ENQUEUE = "INSERT INTO job (id, kind, payload, run_at, created_at, attempts)
        VALUES ($1, $2, $3, $4, $5, 0)" }
        let values = crate::params![JobId::new(ctx), kind, payload.to_string(), run_at, ctx.now];
        self.execute(ENQUEUE, values).await.map(|_| ())
    }

    /// The same, unless a job of this kind waits already: for work that comes back every night, whoever asks for it.
    ///
    /// # Errors
    /// A fault when the database fails.
    pub async fn enqueue_once(
        &self,
        ctx: &Ctx,
        kind: &'static str,
        payload: &serde_json::Value,
        run_at: Instant,
    ) -> Result<(), Fault> {
        crate::sql! { WAITING = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM job WHERE kind = $1 AND attempts = 0" }
        let waiting: i64 = self.one(WAITING, crate::params![kind]).await?.get("n")?;
        if waiting == 0 {
            self.enqueue(ctx, kind, payload, run_at).await?;
        }
        Ok(())
    }

    /// Takes the next number of a series such as `order`. Gaps cannot arise: the number is part of the transaction.
    ///
    /// # Errors
    /// A fault when the database fails.
    pub async fn next_number(&self, series: &str) -> Result<i64, Fault> {
        crate::sql! { NEXT = "INSERT INTO number_series (name, last) VALUES ($1, 1)
        ON CONFLICT (name) DO UPDATE SET last = number_series.last + 1 RETURNING last" }
        self.one(NEXT, crate::params![series]).await?.get("last")
    }

    /// Lets a series go on after `used`, a number that came from elsewhere; does nothing when it is beyond it already.
    ///
    /// # Errors
    /// A fault when the database fails.
    pub async fn number_used(&self, series: &str, used: i64) -> Result<(), Fault> {
        crate::sql! { USED = "INSERT INTO number_series (name, last) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET last = $2 WHERE number_series.last < $2" }
        self.execute(USED, crate::params![series, used]).await?;
        Ok(())
    }

    pub(crate) async fn is_sqlite(&self) -> bool {
        matches!(&*self.read.link.lock().await, Link::SqliteWrite(_))
    }

    /// Commits; says whether events or jobs were written.
    pub(crate) fn commit(self) -> Boxed<'static, Result<bool, Fault>> {
        Box::pin(async move {
            let link = std::mem::replace(&mut *self.read.link.lock().await, Link::Ended);
            match link {
                Link::SqliteWrite(transaction) => transaction.commit().await,
                Link::PostgresWrite(transaction) => transaction.commit().await,
                // The command went on as if nothing were; nothing of it is there.
                Link::Failed => Err(sqlx::Error::Protocol("a statement had failed, and all was rolled back".into())),
                _ => Ok(()),
            }
            .map_err(|e| {
                self.read.health.note(&e);
                DbError::from(e).into_fault("committing")
            })?;
            Ok(self.told.load(Ordering::Relaxed))
        })
    }
}

/// Each statement without its values, for who counts them: `db::statement=trace` in the log filter.
fn trace(sql: &str) {
    // A bulk insert goes on for pages; its beginning says what it is.
    tracing::trace!(target: "db::statement", "{}", sql.get(..200).unwrap_or(sql));
}

fn sqlite_query(sql: SqlStr, values: Vec<Value>) -> Result<Query<'static, Sqlite, SqliteArguments>, DbError> {
    let mut arguments = SqliteArguments::default();
    for value in values {
        match value {
            Value::Text(v) => arguments.add(v),
            Value::Int(v) => arguments.add(v),
            Value::Bool(v) => arguments.add(v),
            Value::Bytes(v) => arguments.add(v),
        }
        .map_err(|e| DbError::Other(sqlx::Error::Encode(e)))?;
    }
    Ok(sqlx::query_with(sql, arguments))
}

fn postgres_query(sql: SqlStr, values: Vec<Value>) -> Result<Query<'static, Postgres, PgArguments>, DbError> {
    let mut arguments = PgArguments::default();
    for value in values {
        match value {
            Value::Text(v) => arguments.add(v),
            Value::Int(v) => arguments.add(v),
            Value::Bool(v) => arguments.add(v),
            Value::Bytes(v) => arguments.add(v),
        }
        .map_err(|e| DbError::Other(sqlx::Error::Encode(e)))?;
    }
    Ok(sqlx::query_with(sql, arguments))
}
