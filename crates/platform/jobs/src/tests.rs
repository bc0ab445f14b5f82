//! Jobs run, are tried again, are given up, and never run twice at the same time, on both engines.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::{ATTEMPTS_MAX, Clock, Job, Ran, Runner};
use db::testing::TestDb;
use db::{Db, params};
use kernel::{Ctx, Fault, Ids, Instant};
use serde_json::json;

const START: Instant = Instant::from_micros(1_000_000_000);

fn clock_at(now: &Arc<AtomicI64>) -> Clock {
    let now = now.clone();
    Arc::new(move || Instant::from_micros(now.load(Ordering::Relaxed)))
}

fn still() -> Clock {
    Arc::new(|| START)
}

async fn leave(db: &Db, kind: &'static str, count: i64, run_at: Instant) {
    let ctx = Ctx::system(START, Ids::seeded(run_at.micros().unsigned_abs() ^ kind.len() as u64));
    db.write(|tx| {
        let ctx = ctx.clone();
        async move {
            for n in 0..count {
                tx.enqueue(&ctx, kind, &json!({ "n": n }), run_at).await?;
            }
            Ok(())
        }
    })
    .await
    .unwrap();
}

async fn left(db: &Db) -> i64 {
    let row = db.read().await.unwrap().one("SELECT COUNT(*) AS n FROM job", params![]).await.unwrap();
    row.get("n").unwrap()
}

/// Counts how often each job ran, and how many ran at once.
#[derive(Default)]
struct Counter {
    runs: Mutex<BTreeMap<String, usize>>,
    at_once: Mutex<BTreeMap<String, usize>>,
    overlaps: AtomicUsize,
}

impl Counter {
    async fn run(self: Arc<Self>, job: Job) {
        let key = job.id.to_string();
        *self.runs.lock().unwrap().entry(key.clone()).or_default() += 1;
        {
            let mut at_once = self.at_once.lock().unwrap();
            let others = at_once.entry(key.clone()).or_default();
            *others += 1;
            if *others > 1 {
                self.overlaps.fetch_add(1, Ordering::Relaxed);
            }
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
        *self.at_once.lock().unwrap().get_mut(&key).unwrap() -= 1;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_runners_share_the_work_and_never_do_it_twice() {
    for t in TestDb::both(&[]).await {
        let counter = Arc::new(Counter::default());
        let runner = |db: &Db| {
            let counter = counter.clone();
            Runner::new(db.clone(), still()).workers(8).on("count", move |job| {
                let counter = counter.clone();
                async move {
                    counter.run(job).await;
                    Ok(())
                }
            })
        };
        // A second pool of connections, as another process would have.
        let other = Db::open(&t.url).await.unwrap();
        let (a, b) = (runner(&t.db).start(), runner(&other).start());
        leave(&t.db, "count", 200, START).await;
        for _ in 0..500 {
            if left(&t.db).await == 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        a.stop().await;
        b.stop().await;
        assert_eq!(left(&t.db).await, 0);
        let runs = counter.runs.lock().unwrap().clone();
        assert_eq!(runs.len(), 200);
        assert!(runs.values().all(|n| *n == 1), "{:?}: every job ran once", t.engine());
        assert_eq!(counter.overlaps.load(Ordering::Relaxed), 0);
        other.close().await;
        t.remove().await;
    }
}

#[tokio::test]
async fn only_what_is_due_and_known_runs_in_order_of_time() {
    for t in TestDb::both(&[]).await {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = seen.clone();
        let runner = Runner::new(t.db.clone(), still()).on("note", move |job: Job| {
            let log = log.clone();
            async move {
                let payload: BTreeMap<String, i64> = job.read()?;
                log.lock().unwrap().push((job.now, job.attempt, payload["n"]));
                Ok(())
            }
        });
        leave(&t.db, "note", 1, START.plus(10)).await;
        leave(&t.db, "note", 2, START).await;
        leave(&t.db, "of-a-newer-version", 1, START).await;
        assert_eq!(runner.run_due(START.plus(-1)).await.unwrap(), Ran::default());
        assert_eq!(runner.run_due(START).await.unwrap(), Ran { done: 2, ..Ran::default() });
        assert_eq!(runner.run_due(START.plus(10)).await.unwrap(), Ran { done: 1, ..Ran::default() });
        assert_eq!(*seen.lock().unwrap(), [(START, 1, 0), (START, 1, 1), (START.plus(10), 1, 0)]);
        assert_eq!(left(&t.db).await, 1, "the unknown kind waits for a runner that knows it");
        t.remove().await;
    }
}

#[tokio::test]
async fn a_failed_job_is_tried_again_later() {
    for t in TestDb::both(&[]).await {
        let runner = Runner::new(t.db.clone(), still()).on("shaky", |job: Job| async move {
            if job.attempt < 3 { Err(Fault::new("no answer\0 yet").into()) } else { Ok(()) }
        });
        leave(&t.db, "shaky", 1, START).await;
        let again = Ran { again: 1, ..Ran::default() };
        assert_eq!(runner.run_due(START).await.unwrap(), again);
        assert_eq!(runner.run_due(START.plus(4 * Instant::SECOND)).await.unwrap(), Ran::default());
        let row = t.db.read().await.unwrap().one("SELECT error, attempts FROM job", params![]).await.unwrap();
        assert_eq!(row.get::<String>("error").unwrap(), "no answer yet");
        assert_eq!(row.get::<i64>("attempts").unwrap(), 1);
        assert_eq!(runner.run_due(START.plus(5 * Instant::SECOND)).await.unwrap(), again);
        assert_eq!(runner.run_due(START.plus(24 * Instant::SECOND)).await.unwrap(), Ran::default());
        assert_eq!(runner.run_due(START.plus(25 * Instant::SECOND)).await.unwrap(), Ran { done: 1, ..Ran::default() });
        assert_eq!(left(&t.db).await, 0);
        t.remove().await;
    }
}

#[tokio::test]
async fn a_poison_job_is_given_up_and_does_not_block_others() {
    for t in TestDb::both(&[]).await {
        let runner = Runner::new(t.db.clone(), still())
            .on("poison", |_| async { panic!("cannot be digested") })
            .on("healthy", |_| async { Ok(()) });
        leave(&t.db, "poison", 1, START).await;
        let mut now = START;
        for attempt in 1..=ATTEMPTS_MAX {
            let ran = runner.run_due(now).await.unwrap();
            assert_eq!((ran.again, ran.given_up), if attempt < ATTEMPTS_MAX { (1, 0) } else { (0, 1) });
            now = now.plus(Instant::DAY);
        }
        leave(&t.db, "healthy", 1, START).await;
        assert_eq!(runner.run_due(now).await.unwrap(), Ran { done: 1, ..Ran::default() });
        let sql = "SELECT failed_at, error, attempts FROM job";
        let row = t.db.read().await.unwrap().one(sql, params![]).await.unwrap();
        assert_eq!(row.get::<Instant>("failed_at").unwrap(), now.plus(-Instant::DAY));
        assert!(row.get::<String>("error").unwrap().contains("panicked"));
        assert_eq!(row.get::<i64>("attempts").unwrap(), ATTEMPTS_MAX);
        t.remove().await;
    }
}

#[tokio::test]
async fn fault_s2_a_recurring_job_that_fails_for_long_is_begun_anew() {
    for t in TestDb::both(&[]).await {
        let works = Arc::new(AtomicUsize::new(0));
        let seen = works.clone();
        let runner = Runner::new(t.db.clone(), still()).on_recurring("nightly", Instant::DAY, move |job: Job| {
            let works = seen.clone();
            async move {
                if works.load(Ordering::Relaxed) == 0 {
                    Err(Fault::new("not yet").into())
                } else {
                    drop(job);
                    Ok(())
                }
            }
        });
        leave(&t.db, "nightly", 1, START).await;
        let mut now = START;
        for _ in 0..3 * ATTEMPTS_MAX {
            let ran = runner.run_due(now).await.unwrap();
            assert_eq!((ran.done, ran.given_up), (0, 0), "{:?}: never for good", t.engine());
            now = now.plus(Instant::DAY);
        }
        let row = t.db.read().await.unwrap().one("SELECT attempts, failed_at FROM job", params![]).await.unwrap();
        assert_eq!(row.get::<i64>("attempts").unwrap(), 0, "after every eighth attempt it begins with the first");
        assert_eq!(row.get::<Option<Instant>>("failed_at").unwrap(), None);
        works.store(1, Ordering::Relaxed);
        assert_eq!(runner.run_due(now).await.unwrap(), Ran { done: 1, ..Ran::default() });
        assert_eq!(left(&t.db).await, 0);
        t.remove().await;
    }
}

#[tokio::test]
async fn fault_s2_recurring_jobs_given_up_by_an_older_version_come_back() {
    for t in TestDb::both(&[]).await {
        leave(&t.db, "nightly", 1, START).await;
        leave(&t.db, "mail", 1, START).await;
        t.db.write(|tx| async move {
            let sql = "UPDATE job SET attempts = $1, failed_at = $2";
            Ok(tx.execute(sql, params![ATTEMPTS_MAX, START]).await?)
        })
        .await
        .unwrap();
        let (ran, mut runs) = tokio::sync::mpsc::unbounded_channel();
        let (nightly, mail) = (ran.clone(), ran);
        let runner = Runner::new(t.db.clone(), still())
            .on_recurring("nightly", Instant::DAY, move |job: Job| {
                let ran = nightly.clone();
                async move {
                    ran.send(job.kind).unwrap();
                    Ok(())
                }
            })
            .on("mail", move |job: Job| {
                let ran = mail.clone();
                async move {
                    ran.send(job.kind).unwrap();
                    Ok(())
                }
            });
        let running = runner.start();
        let first = tokio::time::timeout(Duration::from_secs(10), runs.recv()).await.unwrap();
        assert_eq!(first.as_deref(), Some("nightly"));
        running.stop().await;
        assert!(runs.try_recv().is_err(), "a mail that was given up stays so");
        assert_eq!(left(&t.db).await, 1);
        t.remove().await;
    }
}

#[tokio::test]
async fn attack_l11_a_job_that_was_given_up_keeps_no_link() {
    for t in TestDb::both(&[]).await {
        let runner = Runner::new(t.db.clone(), still()).on("mail", |_| async { Err(Fault::new("no server").into()) });
        let ctx = Ctx::system(START, Ids::seeded(3));
        let ctx = &ctx;
        let payload = json!({ "to": "ann@example.com", "content": { "link": "https://shop.example/reset/secret", "n": 1 },
            "more": [{ "token": "secret" }] });
        let payload = &payload;
        let left = t.db.write(|tx| async move { Ok(tx.enqueue(ctx, "mail", payload, START).await?) });
        left.await.unwrap();
        let mut now = START;
        for _ in 1..=ATTEMPTS_MAX {
            runner.run_due(now).await.unwrap();
            now = now.plus(Instant::DAY);
        }
        let row = t.db.read().await.unwrap().one("SELECT payload FROM job", params![]).await.unwrap();
        let kept: serde_json::Value = serde_json::from_str(&row.get::<String>("payload").unwrap()).unwrap();
        let want = json!({ "to": "ann@example.com", "content": { "link": "", "n": 1 }, "more": [{ "token": "" }] });
        assert_eq!(kept, want);
        t.remove().await;
    }
}

#[tokio::test]
async fn a_job_whose_process_died_runs_again_after_its_lease() {
    for t in TestDb::both(&[]).await {
        leave(&t.db, "count", 1, START).await;
        t.db.write(|tx| async move {
            let sql = "UPDATE job SET claimed_until = $1, attempts = attempts + 1";
            Ok(tx.execute(sql, params![START.plus(Instant::MINUTE)]).await?)
        })
        .await
        .unwrap();
        let runner = Runner::new(t.db.clone(), still()).on("count", |_| async { Ok(()) });
        assert_eq!(runner.run_due(START.plus(Instant::MINUTE)).await.unwrap(), Ran::default());
        assert_eq!(runner.run_due(START.plus(Instant::MINUTE + 1)).await.unwrap(), Ran { done: 1, ..Ran::default() });
        t.remove().await;
    }
}

#[tokio::test]
async fn a_job_that_kills_its_process_ends_too() {
    for t in TestDb::both(&[]).await {
        leave(&t.db, "killer", 1, START).await;
        t.db.write(|tx| async move {
            Ok(tx.execute("UPDATE job SET attempts = $1, claimed_until = $2", params![ATTEMPTS_MAX, START]).await?)
        })
        .await
        .unwrap();
        let runner = Runner::new(t.db.clone(), still()).on("killer", |_| async { panic!("must not be called") });
        assert_eq!(runner.run_due(START.plus(1)).await.unwrap(), Ran { given_up: 1, ..Ran::default() });
        t.remove().await;
    }
}

#[tokio::test]
async fn stopping_waits_for_what_is_being_done() {
    for t in TestDb::both(&[]).await {
        let now = Arc::new(AtomicI64::new(START.micros()));
        let (started, mut starts) = tokio::sync::mpsc::unbounded_channel();
        let finished = Arc::new(AtomicUsize::new(0));
        let count = finished.clone();
        let runner = Runner::new(t.db.clone(), clock_at(&now)).workers(1).on("slow", move |_| {
            let (started, count) = (started.clone(), count.clone());
            async move {
                started.send(()).unwrap();
                tokio::time::sleep(Duration::from_millis(100)).await;
                count.fetch_add(1, Ordering::Relaxed);
                Ok(())
            }
        });
        let running = runner.start();
        leave(&t.db, "slow", 2, START).await;
        starts.recv().await.unwrap();
        running.stop().await;
        assert_eq!(finished.load(Ordering::Relaxed), 1);
        assert_eq!(left(&t.db).await, 1, "the second job was never claimed and waits for the next start");
        let sql = "SELECT claimed_until FROM job";
        let row = t.db.read().await.unwrap().one(sql, params![]).await.unwrap();
        assert_eq!(row.get::<Option<Instant>>("claimed_until").unwrap(), None);
        t.remove().await;
    }
}
