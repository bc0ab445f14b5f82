//! What every engine must do alike.

use db::events::{Bus, Event, after, last};
use db::testing::TestDb;
use db::{Db, DbError, Migration, Statement, params};
use kernel::{CompanyId, Ctx, Failure, Fault, Ids, Instant, Outcome};

const TABLES: &[Migration] = &[Migration {
    name: "test/0001",
    text: "CREATE TABLE thing (id TEXT NOT NULL PRIMARY KEY, n {{int}} NOT NULL, ok {{bool}} NOT NULL, raw {{bytes}}, note TEXT) {{strict}};",
}];

fn ctx() -> Ctx {
    Ctx::system(Instant::from_micros(1_000_000), Ids::seeded(1))
}

async fn add(db: &Db, id: &str, n: i64) -> Outcome<()> {
    db.write(|tx| async move {
        let sql = "INSERT INTO thing (id, n, ok, raw, note) VALUES ($1, $2, $3, $4, $5)";
        tx.execute(sql, params![id, n, true, None::<Vec<u8>>, None::<String>]).await?;
        Ok(())
    })
    .await
}

struct Happened(&'static str);

impl Event for Happened {
    fn kind(&self) -> &'static str {
        "thing.happened"
    }
    fn subject(&self) -> String {
        self.0.into()
    }
    fn company(&self) -> Option<CompanyId> {
        None
    }
}

#[tokio::test]
async fn values_come_back_as_they_went_in() {
    for t in TestDb::both(TABLES).await {
        add(&t.db, "a", i64::MAX).await.unwrap();
        let row = t.db.read().await.unwrap().one("SELECT id, n, ok, raw, note FROM thing", params![]).await.unwrap();
        assert_eq!(row.get::<String>("id").unwrap(), "a");
        assert_eq!(row.get::<i64>("n").unwrap(), i64::MAX);
        assert!(row.get::<bool>("ok").unwrap());
        assert_eq!(row.get::<Option<Vec<u8>>>("raw").unwrap(), None);
        assert_eq!(row.get::<Option<String>>("note").unwrap(), None);
        t.remove().await;
    }
}

#[tokio::test]
async fn a_taken_key_is_told_apart() {
    for t in TestDb::both(TABLES).await {
        add(&t.db, "a", 1).await.unwrap();
        let again = t.db.write(|tx| async move {
            let done = tx.execute("INSERT INTO thing (id, n, ok) VALUES ($1, $2, $3)", params!["a", 2, true]).await;
            assert!(matches!(&done, Err(DbError::Unique { table }) if table == "thing"), "{done:?}");
            Err::<(), _>(Failure::NotFound)
        });
        assert!(matches!(again.await, Err(Failure::NotFound)));
        t.remove().await;
    }
}

#[tokio::test]
async fn a_refused_command_leaves_nothing() {
    for t in TestDb::both(TABLES).await {
        let refused = t.db.write(|tx| async move {
            tx.execute("INSERT INTO thing (id, n, ok) VALUES ($1, $2, $3)", params!["a", 2, true]).await?;
            tx.append(&ctx(), &Happened("a")).await?;
            tx.next_number("order").await?;
            Err::<(), _>(Failure::NotFound)
        });
        assert!(refused.await.is_err());
        let read = t.db.read().await.unwrap();
        let row = read.one("SELECT COUNT(*) AS n FROM thing", params![]).await.unwrap();
        assert_eq!(row.get::<i64>("n").unwrap(), 0);
        assert!(after(&read, t.engine(), db::events::Cursor::default()).await.unwrap().is_empty());
        let first = t.db.write(|tx| async move { Ok(tx.next_number("order").await?) }).await.unwrap();
        assert_eq!(first, 1);
        drop(read);
        t.remove().await;
    }
}

#[tokio::test]
async fn a_stale_version_is_tried_again_from_the_beginning() {
    for t in TestDb::both(TABLES).await {
        add(&t.db, "a", 1).await.unwrap();
        let tries = std::sync::atomic::AtomicI64::new(0);
        let tries = &tries;
        let done = t.db.write(|tx| async move {
            let stale = tries.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 0;
            let version = if stale { 0 } else { 1 };
            Ok(tx.update_one("UPDATE thing SET n = n + 1 WHERE id = $1 AND n = $2", params!["a", version]).await?)
        });
        done.await.unwrap();
        assert_eq!(tries.load(std::sync::atomic::Ordering::Relaxed), 2);
        t.remove().await;
    }
}

#[tokio::test]
async fn passing_faults_end_after_a_bounded_number_of_tries() {
    for t in TestDb::both(TABLES).await {
        let done = t.db.write(|_| async move { Err::<(), _>(Fault::new("busy").passing().into()) }).await;
        assert!(matches!(done, Err(Failure::Fault(f)) if f.is_passing()));
        t.remove().await;
    }
}

#[tokio::test]
async fn numbers_have_no_gaps_under_concurrency() {
    for t in TestDb::both(TABLES).await {
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let db = t.db.clone();
            tasks.spawn(async move {
                let mut mine = Vec::new();
                for _ in 0..25 {
                    mine.push(db.write(|tx| async move { Ok(tx.next_number("order").await?) }).await.unwrap());
                }
                mine
            });
        }
        let mut all: Vec<i64> = tasks.join_all().await.into_iter().flatten().collect();
        all.sort_unstable();
        assert_eq!(all, (1..=200).collect::<Vec<_>>());
        t.remove().await;
    }
}

#[tokio::test]
async fn the_bus_gives_every_event_once_and_in_order() {
    for t in TestDb::both(TABLES).await {
        let bus = Bus::start(t.db.clone()).await.unwrap();
        let mut events = bus.subscribe();
        for _ in 0..20 {
            t.db.write(|tx| async move { Ok(tx.append(&ctx(), &Happened("x")).await?) }).await.unwrap();
        }
        let mut cursors = Vec::new();
        for _ in 0..20 {
            let event = tokio::time::timeout(std::time::Duration::from_secs(10), events.recv()).await.unwrap().unwrap();
            assert_eq!(event.kind, "thing.happened");
            cursors.push(event.cursor);
        }
        assert!(cursors.is_sorted());
        assert_eq!(last(&t.db).await.unwrap(), *cursors.last().unwrap());
        t.remove().await;
    }
}

/// What was counted before a change is not believed after it: whoever changed something sees it.
#[tokio::test]
async fn a_bus_says_whether_it_has_given_out_all_that_was_committed() {
    for t in TestDb::both(TABLES).await {
        let bus = Bus::start(t.db.clone()).await.unwrap();
        for told in 1..=20_u64 {
            t.db.write(|tx| async move { Ok(tx.append(&ctx(), &Happened("x")).await?) }).await.unwrap();
            let mut given = bus.given(&t.db);
            let began = std::time::Instant::now();
            while given.is_none() && began.elapsed().as_secs() < 10 {
                tokio::task::yield_now().await;
                given = bus.given(&t.db);
            }
            assert_eq!(given, Some(told), "either it does not know yet, or it has given out all of it");
        }
        t.remove().await;
    }
}

#[tokio::test]
async fn composed_statements_and_bulk_inserts() {
    for t in TestDb::both(TABLES).await {
        let rows = (0..1_200_i64).map(|n| params![format!("k{n:05}"), n, n % 2 == 0]).collect::<Vec<_>>();
        let rows = &rows;
        let done = t.db.write(|tx| async move {
            Ok(tx.insert_many("INSERT INTO thing (id, n, ok) VALUES", "", rows.clone()).await?)
        });
        assert_eq!(done.await.unwrap(), 1_200);
        let list = Statement::new("SELECT id FROM thing")
            .filter("n >= ?", params![10])
            .filter_some("ok = ?", Some(true))
            .filter_some::<i64>("n < ?", None)
            .filter_in("id", &["k00010".to_owned(), "k00011".to_owned(), "k00012".to_owned()])
            .then("ORDER BY id LIMIT ?", params![5]);
        let rows = t.db.read().await.unwrap().list(list).await.unwrap();
        let ids: Vec<String> = rows.iter().map(|r| r.get("id").unwrap()).collect();
        assert_eq!(ids, ["k00010", "k00012"]);
        t.remove().await;
    }
}

#[tokio::test]
async fn a_changed_migration_is_refused() {
    for t in TestDb::both(TABLES).await {
        let changed = [Migration { name: "test/0001", text: "SELECT 1" }];
        assert!(t.db.migrate(&changed, Instant::from_micros(0)).await.is_err());
        t.remove().await;
    }
}

#[tokio::test]
async fn what_was_cut_out_of_a_published_migration_is_not_made_again() {
    const WHOLE: &[Migration] = &[Migration {
        name: "old/0001_all",
        text: "CREATE TABLE one (id TEXT NOT NULL PRIMARY KEY) {{strict}};\nCREATE TABLE two (id TEXT NOT NULL PRIMARY KEY) {{strict}};",
    }];
    const CUT: &[Migration] = &[
        Migration {
            name: "low/0001_one",
            text: "-- was part of: old/0001_all\nCREATE TABLE one (id TEXT NOT NULL PRIMARY KEY) {{strict}};",
        },
        Migration {
            name: "high/0001_two",
            text: "-- was part of: old/0001_all\nCREATE TABLE two (id TEXT NOT NULL PRIMARY KEY) {{strict}};",
        },
    ];
    // A database of before, and one that begins today.
    for t in TestDb::both(WHOLE).await.into_iter().chain(TestDb::both(CUT).await) {
        for _ in 0..2 {
            t.db.migrate(CUT, Instant::from_micros(1)).await.unwrap();
        }
        let tx = t.db.read().await.unwrap();
        let cut = ["low/0001_one".to_owned(), "high/0001_two".to_owned()];
        let rows = tx.list(Statement::new("SELECT name FROM migration").filter_in("name", &cut)).await;
        assert_eq!(rows.unwrap().len(), cut.len());
        drop(tx);
        let two = t.db.write(|tx| async move { Ok(tx.execute(INSERT_TWO, params!["x"]).await?) }).await;
        assert_eq!(two.unwrap(), 1);
        t.remove().await;
    }
}

db::sql! {
    INSERT_TWO = "INSERT INTO two (id) VALUES ($1)";
}

async fn count(db: &Db) -> Outcome<i64> {
    Ok(db.read().await?.one("SELECT COUNT(*) AS n FROM thing", params![]).await?.get("n")?)
}

/// A disk that is full: SQLite gives up the transaction by itself, whatever the program thinks.
#[tokio::test]
async fn attack_h1_writes_go_on_when_a_full_disk_has_space_again() {
    let t = TestDb::sqlite(TABLES).await;
    for round in 0..3 {
        let before = count(&t.db).await.unwrap();
        t.fill_disk().await;
        let note = "x".repeat(100_000);
        let note = &note;
        let full = t.db.write(|tx| async move {
            let sql = "INSERT INTO thing (id, n, ok, note) VALUES ($1, $2, $3, $4)";
            tx.execute(sql, params![format!("full{round}"), 1, true, note.as_str()]).await?;
            Ok(())
        });
        let Err(Failure::Fault(fault)) = full.await else { panic!("it was written") };
        assert!(fault.is_without_space() && !fault.is_passing(), "{fault}");
        assert_eq!(count(&t.db).await.unwrap(), before, "nothing of it is there");
        // The limit belongs to the connection that is thrown away: there is space again.
        add(&t.db, &format!("after{round}"), 1).await.unwrap();
        t.db.try_write().await.unwrap();
        assert_eq!(count(&t.db).await.unwrap(), before + 1);
    }
    t.remove().await;
}

/// What is checked at the commit only makes the commit itself fail.
#[tokio::test]
async fn attack_h1_a_failed_commit_leaves_a_connection_that_works() {
    const CHILD: Migration = Migration {
        name: "test/0002",
        text: "CREATE TABLE child (id TEXT NOT NULL PRIMARY KEY,
            of TEXT NOT NULL REFERENCES thing (id) DEFERRABLE INITIALLY DEFERRED) {{strict}};",
    };
    for t in TestDb::both(&[TABLES[0], CHILD]).await {
        for round in 0..20 {
            let orphan = t.db.write(|tx| async move {
                tx.execute("INSERT INTO child (id, of) VALUES ($1, $2)", params!["c", "nobody"]).await?;
                Ok(())
            });
            let said = orphan.await.unwrap_err().to_string();
            assert!(said.starts_with("committing"), "{said}");
            add(&t.db, &format!("k{round}"), round).await.unwrap();
        }
        assert_eq!(count(&t.db).await.unwrap(), 20);
        t.remove().await;
    }
}

/// One engine would carry out what follows on its own, the other would answer the commit with a rollback and say nothing.
#[tokio::test]
async fn attack_h1_a_command_that_goes_on_after_a_failed_statement_is_not_confirmed() {
    for t in TestDb::both(TABLES).await {
        add(&t.db, "a", 1).await.unwrap();
        let done = t.db.write(|tx| async move {
            let sql = "INSERT INTO thing (id, n, ok) VALUES ($1, $2, $3)";
            tx.execute(sql, params!["before", 1, true]).await?;
            let _ = tx.execute(sql, params!["a", 2, true]).await;
            let _ = tx.execute(sql, params!["after", 3, true]).await;
            Ok(())
        });
        assert!(matches!(done.await, Err(Failure::Fault(_))), "{:?}", t.engine());
        assert_eq!(count(&t.db).await.unwrap(), 1, "{:?}", t.engine());
        add(&t.db, "b", 1).await.unwrap();
        t.remove().await;
    }
}

/// A client that goes away takes its request along, wherever that stands.
#[tokio::test]
async fn attack_h1_commands_that_are_dropped_leave_connections_that_work() {
    for t in TestDb::both(TABLES).await {
        for round in 0..40_u64 {
            let dropped = t.db.write(|tx| async move {
                let sql = "INSERT INTO thing (id, n, ok) VALUES ($1, $2, $3)";
                for n in 0..50 {
                    tx.execute(sql, params![format!("d{round}-{n}"), n, true]).await?;
                }
                std::future::pending::<()>().await;
                Ok(())
            });
            let _ = tokio::time::timeout(std::time::Duration::from_micros(200 * round), dropped).await;
            add(&t.db, &format!("k{round}"), 1).await.unwrap();
        }
        assert_eq!(count(&t.db).await.unwrap(), 40);
        t.remove().await;
    }
}

/// L18: whoever runs the shop hears of damaged pages, not only the buyers whose orders lie on them.
#[tokio::test]
async fn attack_l18_damaged_pages_are_noticed() {
    let t = TestDb::sqlite(TABLES).await;
    for n in 0..200 {
        add(&t.db, &format!("{n:0>400}"), n).await.unwrap();
    }
    t.db.close().await;
    let file = db::file_of(&t.url).unwrap().to_owned();
    let mut bytes = std::fs::read(&file).unwrap();
    let pages = bytes.len() / 4_096;
    bytes[(pages / 2) * 4_096..].fill(0xAA);
    std::fs::write(&file, bytes).unwrap();
    let db = Db::open(&t.url).await.unwrap();
    assert_eq!(db.damage(), None);
    let read = db.read().await.unwrap();
    assert!(read.all("SELECT id, n, note FROM thing", params![]).await.is_err());
    drop(read);
    assert!(db.damage().is_some_and(|says| says.contains("malformed")));
    assert!(db.quick_check().await.unwrap().iter().any(|line| line != "ok"), "and a look at all pages finds them");
    db.close().await;
    t.remove().await;
}

#[tokio::test]
async fn attack_l11_a_new_database_is_nobody_elses_to_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let t = TestDb::sqlite(TABLES).await;
    let file = db::file_of(&t.url).unwrap();
    for ending in ["", "-wal", "-shm"] {
        let meta = std::fs::metadata(format!("{}{ending}", file.display())).unwrap();
        assert_eq!(meta.permissions().mode() & 0o777, 0o600, "{ending}");
    }
    t.remove().await;
}

#[tokio::test]
async fn nodes_that_start_together_migrate_once() {
    const MORE: &[Migration] = &[
        Migration { name: "more/0001", text: "CREATE TABLE more (id TEXT NOT NULL PRIMARY KEY) {{strict}};" },
        Migration { name: "more/0002", text: "CREATE TABLE much (id TEXT NOT NULL PRIMARY KEY) {{strict}};" },
    ];
    for t in TestDb::both(&[]).await {
        let nodes: Vec<_> = (0..8)
            .map(|_| {
                let db = t.db.clone();
                tokio::spawn(async move { db.migrate(MORE, Instant::from_micros(1)).await })
            })
            .collect();
        for node in nodes {
            node.await.unwrap().unwrap();
        }
        t.remove().await;
    }
}

#[tokio::test]
async fn a_migration_that_does_not_come_to_its_end_leaves_nothing() {
    const TABLE: &str = "CREATE TABLE half (id TEXT NOT NULL PRIMARY KEY) {{strict}};\nINSERT INTO nowhere VALUES (1);";
    const BROKEN: &[Migration] = &[Migration { name: "half/0001", text: TABLE }];
    const MENDED: &[Migration] =
        &[Migration { name: "half/0001", text: "CREATE TABLE half (id TEXT NOT NULL PRIMARY KEY) {{strict}};" }];
    for t in TestDb::both(&[]).await {
        assert!(t.db.migrate(BROKEN, Instant::from_micros(1)).await.is_err());
        t.db.migrate(MENDED, Instant::from_micros(1)).await.unwrap();
        t.remove().await;
    }
}
