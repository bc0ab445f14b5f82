//! Work that is done after commit: mails, calls to other systems, reminders.
//!
//! A command leaves a job in its own transaction ([`db::WriteTx::enqueue`]); a [`Runner`] in any process claims it when it
//! is due and calls the handler of its kind:
//!
//! ```no_run
//! # async fn example(db: db::Db, clock: jobs::Clock) {
//! let running = jobs::Runner::new(db, clock)
//!     .on("mail.send", |job: jobs::Job| async move {
//!         let mail: serde_json::Value = job.read()?;
//!         println!("{} says {mail}", job.kind);
//!         Ok(())
//!     })
//!     .start();
//! running.stop().await;
//! # }
//! ```
//!
//! * **At least once.** A job is removed only after its handler has succeeded. When the process dies in between, or the
//!   database cannot be reached for longer than the lease, the handler runs again. Handlers must therefore be idempotent:
//!   do something that can be done twice, or remember [`Job::id`] with the effect.
//! * **Never twice at the same time.** A claim is a lease: the row says until when it is held, the holder renews it while
//!   it works, and only the holder may finish it. This rests on the clocks of the processes being less than a lease apart.
//! * **Failures** are tried again with growing pauses ([`ATTEMPTS_MAX`] attempts over about eight hours, long enough for
//!   a mail server to come back); then the row stays with `failed_at` and `error`. Attempts are counted when claimed, so
//!   that a job that kills its process ends as well.
//! * A runner leaves kinds alone that it has no handler for: they may belong to a newer version on another node.
#![warn(missing_docs)]

mod runner;
mod store;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use kernel::{Fault, Instant, JobId, Outcome};

pub use runner::{Ran, Runner, Running};

/// Tells the time; moved by hand in tests.
pub type Clock = Arc<dyn Fn() -> Instant + Send + Sync>;

/// How often a job is tried before it is given up.
pub const ATTEMPTS_MAX: i64 = 8;

/// A claimed job, as its handler sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Its id: the same in every attempt, so effects can be made idempotent by it.
    pub id: JobId,
    /// The name of its handler.
    pub kind: String,
    /// What to do.
    pub payload: serde_json::Value,
    /// 1 for the first attempt.
    pub attempt: i64,
    /// When this attempt began.
    pub now: Instant,
}

impl Job {
    /// The payload as a value.
    ///
    /// # Errors
    /// A fault that names the job when the payload is of another form.
    pub fn read<T: serde::de::DeserializeOwned>(&self) -> Outcome<T> {
        T::deserialize(&self.payload)
            .map_err(|e| Fault::because(format!("reading the payload of job {} ({})", self.id, self.kind), e).into())
    }
}

/// The pause after attempt number `attempt`: 5 s, 20 s, 80 s ... 5.7 h.
pub(crate) fn pause_after(attempt: i64) -> i64 {
    let exponent = u32::try_from(attempt.clamp(1, ATTEMPTS_MAX) - 1).unwrap_or(0);
    5 * Instant::SECOND * 4_i64.pow(exponent)
}

/// How many jobs were given up and wait for somebody to look at them.
///
/// # Errors
/// A fault when the database fails.
pub async fn failed_count(tx: &db::ReadTx) -> Outcome<i64> {
    store::failed(tx).await
}
