//! Claims due jobs and calls their handlers.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use db::Db;
use kernel::{Instant, Outcome};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;

use crate::store::{self, Claim};
use crate::{ATTEMPTS_MAX, Clock, Job, pause_after};

type Work = Pin<Box<dyn Future<Output = Outcome<()>> + Send>>;
type Handler = Arc<dyn Fn(Job) -> Work + Send + Sync>;

/// How long a runner waits for jobs that other processes leave, or that become due.
const POLL: Duration = Duration::from_millis(500);
/// How often a working runner renews its claims: well within [`store::LEASE`].
const RENEWAL: Duration = Duration::from_secs(20);
/// How long a runner waits after the database has failed.
const BREATHER: Duration = Duration::from_secs(2);
const WORKERS: usize = 4;
/// Characters of an error that are kept with a job.
const ERROR_LENGTH_MAX: usize = 1_000;

/// Runs jobs by their kinds. See the crate's documentation.
#[derive(Clone)]
pub struct Runner {
    db: Db,
    clock: Clock,
    handlers: BTreeMap<&'static str, Handler>,
    /// Kinds that are never given up for good, with the pause before they are begun anew.
    recurring: BTreeMap<&'static str, i64>,
    workers: usize,
}

/// What [`Runner::run_due`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ran {
    /// Jobs done and removed.
    pub done: usize,
    /// Jobs that failed, to be tried again later.
    pub again: usize,
    /// Jobs that were given up.
    pub given_up: usize,
}

/// A started [`Runner`].
#[derive(Debug)]
pub struct Running {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Running {
    /// Claims nothing more and waits for what is being done. Put a time limit around it: a job that is cut off is run
    /// again after its lease.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        if let Err(error) = self.task.await {
            tracing::error!("the job runner ended badly: {error}");
        }
    }
}

impl Runner {
    /// A runner without handlers.
    pub fn new(db: Db, clock: Clock) -> Self {
        Self { db, clock, handlers: BTreeMap::new(), recurring: BTreeMap::new(), workers: WORKERS }
    }

    /// Handles jobs of `kind`. The handler must be idempotent.
    #[must_use]
    pub fn on<F, Fut>(mut self, kind: &'static str, handler: F) -> Self
    where
        F: Fn(Job) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Outcome<()>> + Send + 'static,
    {
        self.handlers.insert(kind, Arc::new(move |job| Box::pin(handler(job))));
        self
    }

    /// Handles jobs of `kind` with a copy of `state`, which is cheap to copy. The handler must be idempotent.
    #[must_use]
    pub fn on_with<S, F, Fut>(self, kind: &'static str, state: &S, handler: F) -> Self
    where
        S: Clone + Send + Sync + 'static,
        F: Fn(S, Job) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Outcome<()>> + Send + 'static,
    {
        let state = state.clone();
        self.on(kind, move |job| handler(state.clone(), job))
    }

    /// Handles jobs of `kind` that come back by themselves: whoever succeeds leaves the next one. One that fails in every attempt
    /// is begun anew after `pause`, or what it looks after would never be looked after again.
    #[must_use]
    pub fn on_recurring<F, Fut>(mut self, kind: &'static str, pause: i64, handler: F) -> Self
    where
        F: Fn(Job) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Outcome<()>> + Send + 'static,
    {
        self.recurring.insert(kind, pause);
        self.on(kind, handler)
    }

    /// The same with a copy of `state`, which is cheap to copy.
    #[must_use]
    pub fn on_recurring_with<S, F, Fut>(self, kind: &'static str, pause: i64, state: &S, handler: F) -> Self
    where
        S: Clone + Send + Sync + 'static,
        F: Fn(S, Job) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Outcome<()>> + Send + 'static,
    {
        let state = state.clone();
        self.on_recurring(kind, pause, move |job| handler(state.clone(), job))
    }

    /// How many jobs may run at the same time; 4 unless told.
    #[must_use]
    pub fn workers(mut self, workers: usize) -> Self {
        self.workers = workers.max(1);
        self
    }

    /// Starts running jobs until told to stop, or until the database is closed.
    pub fn start(self) -> Running {
        let (stop, stopped) = watch::channel(false);
        Running { stop, task: tokio::spawn(self.run(stopped)) }
    }

    /// Runs everything that is due at `now`, one after the other, in order of time: for tests. Jobs that are left by
    /// other jobs and due are run too; jobs that fail become due later.
    ///
    /// # Errors
    /// A fault when the database fails; what the jobs themselves say is in [`Ran`] and in their rows.
    pub async fn run_due(&self, now: Instant) -> Outcome<Ran> {
        let mut ran = Ran::default();
        loop {
            let claims = store::claim(&self.db, &self.kinds(), now, 1).await?;
            if claims.is_empty() {
                return Ok(ran);
            }
            for claim in claims {
                match self.clone().attempt(claim, Arc::new(move || now)).await? {
                    End::Done => ran.done += 1,
                    End::Again => ran.again += 1,
                    End::GivenUp => ran.given_up += 1,
                }
            }
        }
    }

    fn kinds(&self) -> Vec<&'static str> {
        self.handlers.keys().copied().collect()
    }

    async fn run(self, mut stopped: watch::Receiver<bool>) {
        let free = Arc::new(Semaphore::new(self.workers));
        self.revive().await;
        loop {
            // Jobs are claimed only when somebody is free to do them, so a claim never waits.
            let mut permits = Vec::new();
            wait(&mut stopped, async { permits.extend(free.clone().acquire_owned().await) }).await;
            if *stopped.borrow() || self.db.is_closed() {
                break;
            }
            while let Ok(permit) = free.clone().try_acquire_owned() {
                permits.push(permit);
            }
            let asked = permits.len();
            // From before the look at the table, so that a commit in between is not missed.
            let news = self.db.committed();
            let claims = match store::claim(&self.db, &self.kinds(), (self.clock)(), asked).await {
                Ok(claims) => claims,
                Err(_) if self.db.is_closed() => break,
                Err(failure) => {
                    tracing::error!("claiming jobs: {failure}");
                    drop(permits);
                    wait(&mut stopped, tokio::time::sleep(BREATHER)).await;
                    continue;
                }
            };
            let all_busy = claims.len() == asked;
            for (claim, permit) in claims.into_iter().zip(permits) {
                let runner = self.clone();
                tokio::spawn(async move {
                    let clock = runner.clock.clone();
                    if let Err(failure) = runner.attempt(claim, clock).await {
                        tracing::error!("finishing a job, which will run again: {failure}");
                    }
                    drop(permit);
                });
            }
            if !all_busy {
                let news = tokio::time::timeout(POLL, news);
                wait(&mut stopped, async { drop(news.await) }).await;
            }
        }
        let workers = u32::try_from(self.workers).unwrap_or(u32::MAX);
        // All permits back means nobody is working any more.
        let _ = free.acquire_many(workers).await;
    }

    /// Begins recurring jobs anew that an older version had given up for good.
    async fn revive(&self) {
        let kinds: Vec<&'static str> = self.recurring.keys().copied().collect();
        match store::revive(&self.db, &kinds, (self.clock)()).await {
            Ok(0) => {}
            Ok(count) => tracing::info!("{count} recurring jobs that were given up are begun anew"),
            Err(failure) => tracing::error!("beginning recurring jobs anew: {failure}"),
        }
    }

    /// One attempt at one job, from its claim to its end.
    async fn attempt(self, mut claim: Claim, clock: Clock) -> Outcome<End> {
        let job = claim.job.clone();
        let outcome = match self.handlers.get(job.kind.as_str()) {
            // The attempts before this one never came back to say how they ended.
            _ if job.attempt > ATTEMPTS_MAX => Err("the process ended during the last attempt".to_owned()),
            Some(handler) => self.work(handler, &mut claim, &clock).await,
            None => Err(format!("nothing handles jobs of kind {}", job.kind)),
        };
        let (held, end) = match outcome {
            Ok(()) => (store::done(&self.db, &claim).await?, End::Done),
            Err(error) => self.failed(&claim, clock(), &error).await?,
        };
        if !held {
            tracing::warn!(job.id = %job.id, job.kind, "the claim on job {} was lost while it ran", job.id);
        }
        Ok(end)
    }

    /// Calls the handler and holds the claim meanwhile. A panic is an error like another.
    async fn work(&self, handler: &Handler, claim: &mut Claim, clock: &Clock) -> Result<(), String> {
        let mut work = tokio::spawn(handler(claim.job.clone()));
        loop {
            match tokio::time::timeout(RENEWAL, &mut work).await {
                Ok(Ok(outcome)) => return outcome.map_err(|failure| failure.to_string()),
                Ok(Err(panic)) => return Err(format!("the handler panicked: {panic}")),
                Err(_) => match store::renew(&self.db, claim, clock()).await {
                    Ok(_) => {}
                    Err(failure) => tracing::warn!(job.id = %claim.job.id, "renewing the claim on a job: {failure}"),
                },
            }
        }
    }

    async fn failed(&self, claim: &Claim, now: Instant, error: &str) -> Outcome<(bool, End)> {
        let Job { id, kind, attempt, .. } = &claim.job;
        // PostgreSQL keeps no NUL in text.
        let kept: String = error.chars().filter(|c| *c != '\0').take(ERROR_LENGTH_MAX).collect();
        if *attempt >= ATTEMPTS_MAX
            && let Some(pause) = self.recurring.get(kind.as_str())
        {
            tracing::error!(job.id = %id, job.kind = kind, "job {id} ({kind}) failed in {attempt} attempts and is begun anew: {error}");
            return Ok((store::anew(&self.db, claim, now.plus(*pause), &kept).await?, End::Again));
        }
        if *attempt >= ATTEMPTS_MAX {
            tracing::error!(job.id = %id, job.kind = kind, "job {id} ({kind}) is given up after {attempt} attempts: {error}");
            return Ok((store::given_up(&self.db, claim, now, &kept).await?, End::GivenUp));
        }
        tracing::warn!(job.id = %id, job.kind = kind, "job {id} ({kind}) failed in attempt {attempt}: {error}");
        // What comes every few minutes is not held up for hours.
        let pause = pause_after(*attempt).min(self.recurring.get(kind.as_str()).copied().unwrap_or(i64::MAX));
        let run_at = now.plus(pause);
        Ok((store::again(&self.db, claim, run_at, &kept).await?, End::Again))
    }
}

impl std::fmt::Debug for Runner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Runner").field("kinds", &self.kinds()).field("workers", &self.workers).finish_non_exhaustive()
    }
}

/// How an attempt ended.
enum End {
    Done,
    Again,
    GivenUp,
}

/// Waits for `something`, or until the runner is told to stop.
async fn wait(stopped: &mut watch::Receiver<bool>, something: impl Future<Output = ()>) {
    tokio::select! {
        _ = stopped.changed() => {}
        () = something => {}
    }
}
