//! The event log: what happened, written with the change itself, read after commit by whatever follows from it
//! (caches, search index, pages that update themselves, mails).
//!
//! Readers keep a [`Cursor`] and never miss an event: on PostgreSQL a transaction with a lower number may commit later,
//! so events are ordered by transaction and only those older than every running transaction are given out.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use kernel::{CompanyId, Fault, Instant, UserId};
use tokio::sync::broadcast;

use crate::{Db, Engine, ReadTx, params, sql};

pub use crate::event::Event;

/// A stored event.
#[derive(Debug, Clone)]
pub struct EventRow {
    /// Its place in the log.
    pub cursor: Cursor,
    /// When.
    pub at: Instant,
    /// The stable name.
    pub kind: String,
    /// The id of what it happened to.
    pub subject: String,
    /// The company it concerns.
    pub company: Option<CompanyId>,
    /// Who did it.
    pub user: Option<UserId>,
    /// Further facts, as JSON.
    pub payload: serde_json::Value,
}

/// A place in the log: transaction, then number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Cursor {
    tx: i64,
    seq: i64,
}

impl Cursor {
    /// Reads what `to_string` wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let (tx, seq) = text.split_once('.')?;
        Some(Self { tx: tx.parse().ok()?, seq: seq.parse().ok()? })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.tx, self.seq)
    }
}

sql! {
    AFTER_SQLITE = "SELECT tx, seq, at, kind, subject, company_id, user_id, payload FROM event
        WHERE seq > $2 AND tx >= $1 ORDER BY seq LIMIT 500";
    LAST = "SELECT tx, seq FROM event ORDER BY tx DESC, seq DESC LIMIT 1";
}

/// PostgreSQL only: `xmin` of the snapshot is the oldest transaction still running.
const AFTER_POSTGRES: &str = "SELECT tx, seq, at, kind, subject, company_id, user_id, payload FROM event
    WHERE (tx, seq) > ($1, $2) AND tx < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT)
    ORDER BY tx, seq LIMIT 500";

/// The place of the newest event.
///
/// # Errors
/// A fault when the database fails.
pub async fn last(db: &Db) -> Result<Cursor, Fault> {
    match db.read().await?.optional(LAST, params![]).await? {
        Some(row) => Ok(Cursor { tx: row.get("tx")?, seq: row.get("seq")? }),
        None => Ok(Cursor::default()),
    }
}

/// Up to 500 events after `cursor`, oldest first.
///
/// # Errors
/// A fault when the database fails.
pub async fn after(tx: &ReadTx, engine: Engine, cursor: Cursor) -> Result<Vec<EventRow>, Fault> {
    let sql = match engine {
        Engine::Sqlite => AFTER_SQLITE,
        Engine::Postgres => AFTER_POSTGRES,
    };
    let rows = tx.all(sql, params![cursor.tx, cursor.seq]).await?;
    rows.iter()
        .map(|row| {
            Ok(EventRow {
                cursor: Cursor { tx: row.get("tx")?, seq: row.get("seq")? },
                at: row.get("at")?,
                kind: row.get("kind")?,
                subject: row.get("subject")?,
                company: row.get("company_id")?,
                user: row.get("user_id")?,
                payload: serde_json::from_str(&row.get::<String>("payload")?)
                    .map_err(|e| Fault::because("reading an event's payload", e))?,
            })
        })
        .collect()
}

/// Gives every event of the log, from now on, to all who subscribe in this process; other processes' events included.
#[derive(Debug, Clone)]
pub struct Bus {
    sender: broadcast::Sender<Arc<EventRow>>,
    /// Events given out so far.
    given: Arc<AtomicU64>,
    /// The commits of this process whose events are among them.
    heard: Arc<AtomicU64>,
}

/// How long a bus waits for another process's events when this one commits nothing.
const POLL: Duration = Duration::from_millis(100);

impl Bus {
    /// Starts reading after the newest event. Ends when `db` is closed.
    ///
    /// # Errors
    /// A fault when the database fails at the start; later failures are logged and tried again.
    pub async fn start(db: Db) -> Result<Self, Fault> {
        let (sender, _) = broadcast::channel(4_096);
        let bus = Self { sender, given: Arc::default(), heard: Arc::default() };
        let mut cursor = last(&db).await?;
        let mine = bus.clone();
        tokio::spawn(async move {
            loop {
                let (committed, commits) = (db.committed(), db.commits());
                match read_after(&db, cursor).await {
                    Ok(events) if events.is_empty() => {
                        // On PostgreSQL an older transaction that is still running keeps events back: they are to come.
                        if commits > mine.heard.load(Ordering::SeqCst)
                            && last(&db).await.is_ok_and(|last| last == cursor)
                        {
                            mine.heard.store(commits, Ordering::SeqCst);
                        }
                        let _ = tokio::time::timeout(POLL, committed).await;
                    }
                    Ok(events) => {
                        for event in events {
                            cursor = event.cursor;
                            // Nobody listening is fine: caches and pages come and go.
                            let _ = mine.sender.send(Arc::new(event));
                            mine.given.fetch_add(1, Ordering::SeqCst);
                        }
                    }
                    Err(_) if db.is_closed() => break,
                    Err(fault) => {
                        tracing::error!("reading the event log: {fault}");
                        tokio::time::sleep(Duration::from_secs(1)).await;
                    }
                }
            }
        });
        Ok(bus)
    }

    /// How many events have been given out, once those of everything that this process has committed are among them; `None` while
    /// some are still to come: on PostgreSQL as long as an older transaction that is still running keeps them back.
    pub fn given(&self, db: &Db) -> Option<u64> {
        let commits = db.commits();
        (self.heard.load(Ordering::SeqCst) >= commits).then(|| self.given.load(Ordering::SeqCst))
    }

    /// All events from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<EventRow>> {
        self.sender.subscribe()
    }
}

async fn read_after(db: &Db, cursor: Cursor) -> Result<Vec<EventRow>, Fault> {
    after(&db.read().await?, db.engine(), cursor).await
}
