//! What was saved comes back, row by row, into either engine; what is damaged is refused.

use db::events::{Event, after, last};
use db::testing::TestDb;
use db::{Db, Migration, params};
use kernel::{CompanyId, Ctx, Ids, Instant, Outcome};

const TABLES: &[Migration] = &[
    Migration {
        name: "test/0001",
        text:
            "CREATE TABLE thing (id TEXT NOT NULL PRIMARY KEY, n {{int}} NOT NULL, ok {{bool}} NOT NULL, raw {{bytes}},
            note TEXT, parent TEXT REFERENCES thing (id)) {{strict}};",
    },
    Migration {
        name: "test/0002",
        text: "CREATE TABLE apart (thing_id TEXT NOT NULL REFERENCES thing (id), at {{int}} NOT NULL) {{strict}};
            INSERT INTO thing (id, n, ok) VALUES ('made by the migration', 0, TRUE);",
    },
];
const LATER: Migration =
    Migration { name: "test/0003", text: "ALTER TABLE thing ADD COLUMN later {{int}} NOT NULL DEFAULT 7;" };
const NOW: Instant = Instant::from_micros(1_000_000);

struct Happened(i64);

impl Event for Happened {
    fn kind(&self) -> &'static str {
        "thing.happened"
    }
    fn subject(&self) -> String {
        self.0.to_string()
    }
    fn company(&self) -> Option<CompanyId> {
        None
    }
}

async fn fill(db: &Db) -> Outcome<()> {
    let ctx = Ctx::system(NOW, Ids::seeded(1));
    let ctx = &ctx;
    let filled = db.write(|tx| async move {
        let sql = "INSERT INTO thing (id, n, ok, raw, note, parent) VALUES ($1, $2, $3, $4, $5, $6)";
        for n in 0..1_500_i64 {
            let raw = (n % 3 == 0).then(|| n.to_le_bytes().repeat(20));
            let note = (n % 2 == 0).then(|| format!("zażółć \"gęślą\" jaźń\n{n}\\ €"));
            // The first row of all points at the last: no order of rows is right for every constraint.
            let parent = if n == 0 { None } else { Some(format!("t{:04}", n - 1)) };
            tx.execute(sql, params![format!("t{n:04}"), i64::MAX - n, n % 5 == 0, raw, note, parent]).await?;
        }
        tx.execute("UPDATE thing SET parent = $2 WHERE id = $1", params!["t0000", "t1499"]).await?;
        tx.execute("INSERT INTO apart (thing_id, at) VALUES ($1, $2)", params!["t0007", -5]).await?;
        tx.execute("INSERT INTO apart (thing_id, at) VALUES ($1, $2)", params!["t0007", -5]).await?;
        for n in 0..10 {
            tx.append(ctx, &Happened(n)).await?;
            tx.next_number("order").await?;
        }
        Ok(())
    });
    filled.await
}

async fn saved(db: &Db) -> Outcome<(Vec<u8>, db::Saved)> {
    let mut out = Vec::new();
    let saved = db.save(&mut out, "0.1.0", NOW).await?;
    Ok((out, saved))
}

#[tokio::test]
async fn attack_l14_a_backup_is_restored_with_every_row_into_either_engine() {
    for from in TestDb::both(TABLES).await {
        fill(&from.db).await.unwrap();
        let (bytes, saved) = saved(&from.db).await.unwrap();
        let rows = |name: &str| saved.tables.iter().find(|(table, ..)| table == name).map(|(_, rows, _)| *rows);
        assert_eq!(
            (rows("thing"), rows("apart"), rows("event"), rows("job")),
            (Some(1_501), Some(2), Some(10), Some(0))
        );
        for to in TestDb::both_empty().await {
            let loaded = to.db.load(&mut bytes.as_slice(), TABLES, NOW).await.unwrap();
            assert_eq!(loaded, saved);
            assert_eq!(to.db.survey().await.unwrap(), saved, "{:?} into {:?}", from.engine(), to.engine());
            assert_eq!(to.db.quick_check().await.unwrap(), Vec::<String>::new());
            goes_on(&to.db).await.unwrap();
            to.remove().await;
        }
        from.remove().await;
    }
}

/// Events are numbered on, the log is read from where it was, and constraints hold again.
async fn goes_on(db: &Db) -> Outcome<()> {
    let place = last(db).await?;
    let ctx = Ctx::system(NOW, Ids::seeded(2));
    let ctx = &ctx;
    let next = db.write(|tx| async move {
        tx.append(ctx, &Happened(99)).await?;
        Ok(tx.next_number("order").await?)
    });
    assert_eq!(next.await?, 11);
    // PostgreSQL shows events when no older transaction of the server is open any more; other tests have theirs.
    let mut all = Vec::new();
    for _ in 0..200 {
        all = after(&db.read().await?, db.engine(), db::events::Cursor::default()).await?;
        if all.len() > 10 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(all.iter().map(|event| event.subject.as_str()).collect::<Vec<_>>().join(" "), "0 1 2 3 4 5 6 7 8 9 99");
    assert!(all.last().is_some_and(|event| event.cursor > place));
    let orphan = db.write(|tx| async move {
        Ok(tx.execute("INSERT INTO apart (thing_id, at) VALUES ($1, $2)", params!["nobody", 1]).await?)
    });
    assert!(orphan.await.is_err());
    Ok(())
}

#[tokio::test]
async fn a_backup_of_an_older_schema_is_brought_up_to_date() {
    let from = TestDb::sqlite(TABLES).await;
    fill(&from.db).await.unwrap();
    let (bytes, _) = saved(&from.db).await.unwrap();
    let newer = [TABLES[0], TABLES[1], LATER];
    for to in TestDb::both_empty().await {
        to.db.load(&mut bytes.as_slice(), &newer, NOW).await.unwrap();
        let sql = "SELECT CAST(SUM(later) AS BIGINT) AS n FROM thing";
        let row = to.db.read().await.unwrap().one(sql, params![]).await.unwrap();
        assert_eq!(row.get::<i64>("n").unwrap(), 1_501 * 7);
        to.remove().await;
    }
    from.remove().await;
}

#[tokio::test]
async fn what_is_damaged_newer_or_not_wanted_is_refused() {
    let from = TestDb::sqlite(TABLES).await;
    fill(&from.db).await.unwrap();
    let (bytes, _) = saved(&from.db).await.unwrap();
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let at = lines.iter().position(|line| line.starts_with(b"[\"t0")).unwrap();
    let mut flipped = bytes.clone();
    let place = bytes.len() / 2;
    flipped[place] = if flipped[place] == b'1' { b'2' } else { b'1' };
    let without = |place: usize| {
        let kept = lines.iter().enumerate().filter(|(line, _)| *line != place).map(|(_, line)| *line);
        kept.collect::<Vec<_>>().concat()
    };
    let shorter = bytes[..bytes.len() - 10].to_vec();
    let cut = bytes[..bytes.len() / 3].to_vec();
    for (what, damaged) in [
        ("flipped", flipped),
        ("a row less", without(at)),
        ("no end", without(lines.len() - 1)),
        ("shorter", shorter),
        ("cut", cut),
    ] {
        for to in TestDb::both_empty().await {
            let done: Outcome<_> = to.db.load(&mut damaged.as_slice(), TABLES, NOW).await;
            assert!(done.is_err(), "{what}");
            to.remove().await;
        }
    }
    for to in TestDb::both_empty().await {
        let newer = to.db.load(&mut bytes.as_slice(), &TABLES[..1], NOW).await.unwrap_err().to_string();
        assert!(newer.contains("test/0002"), "{newer}");
        to.db.load(&mut bytes.as_slice(), TABLES, NOW).await.unwrap();
        let twice = to.db.load(&mut bytes.as_slice(), TABLES, NOW).await.unwrap_err().to_string();
        assert!(twice.contains("not empty"), "{twice}");
        to.remove().await;
    }
    from.remove().await;
}

/// A backup is of one moment, whatever is written meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_is_taken_while_others_write() {
    for from in TestDb::both(TABLES).await {
        fill(&from.db).await.unwrap();
        let db = from.db.clone();
        let writing = tokio::spawn(async move {
            for n in 0..300_i64 {
                let moved = db.write(|tx| async move {
                    // Both or none: as many rows are apart as there are things beside the first.
                    let id = format!("w{n:04}");
                    let sql = "INSERT INTO thing (id, n, ok) VALUES ($1, $2, $3)";
                    tx.execute(sql, params![id.as_str(), n, true]).await?;
                    tx.execute("INSERT INTO apart (thing_id, at) VALUES ($1, $2)", params![id.as_str(), n]).await?;
                    Ok(())
                });
                moved.await.unwrap();
            }
        });
        for _ in 0..5 {
            let (bytes, saved) = saved(&from.db).await.unwrap();
            let rows =
                |name: &str| saved.tables.iter().find(|(table, ..)| table == name).map_or(0, |(_, rows, _)| *rows);
            assert_eq!(rows("thing") - 1_501, rows("apart") - 2, "{:?}", from.engine());
            let to = TestDb::both_empty().await.remove(0);
            to.db.load(&mut bytes.as_slice(), TABLES, NOW).await.unwrap();
            to.remove().await;
        }
        writing.await.unwrap();
        from.remove().await;
    }
}
