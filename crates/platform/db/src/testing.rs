//! Temporary databases for tests: a SQLite file always, PostgreSQL when `KONTOR_TEST_POSTGRES` names a server.
//!
//! `cargo xtask test` starts such a server and also sets `KONTOR_REQUIRE_POSTGRES`, so that CI cannot skip it silently.

use std::sync::atomic::{AtomicU32, Ordering};

use kernel::Instant;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};

use crate::{Db, Engine, Migration, Pools, migrate};

/// The moment at which test schemas are migrated.
const EPOCH: Instant = Instant::from_micros(0);
static COUNT: AtomicU32 = AtomicU32::new(0);

/// A database that is removed by [`TestDb::remove`].
#[derive(Debug)]
pub struct TestDb {
    /// The database.
    pub db: Db,
    /// Its URL, for starting the program on it.
    pub url: String,
    place: Place,
}

#[derive(Debug)]
enum Place {
    File(std::path::PathBuf),
    Server { admin_url: String, name: String },
}

impl TestDb {
    /// A migrated SQLite database in a temporary file.
    pub async fn sqlite(migrations: &[Migration]) -> Self {
        let test = Self::empty_file().await;
        test.db.migrate(migrations, EPOCH).await.expect("migrations apply to SQLite");
        test
    }

    /// A migrated PostgreSQL database, when a server is named.
    ///
    /// # Panics
    /// When no server is named although `KONTOR_REQUIRE_POSTGRES` is set.
    pub async fn postgres(migrations: &[Migration]) -> Option<Self> {
        let Ok(server) = std::env::var("KONTOR_TEST_POSTGRES") else {
            assert!(std::env::var("KONTOR_REQUIRE_POSTGRES").is_err(), "KONTOR_TEST_POSTGRES must name a server here");
            #[expect(clippy::print_stdout, reason = "a test run says what it leaves out")]
            {
                println!("skipped: no PostgreSQL (KONTOR_TEST_POSTGRES is not set)");
            }
            return None;
        };
        let admin_url = format!("{server}/postgres");
        let template = template(&server, &admin_url, migrations).await;
        let name = format!("t_{}", unique());
        let mut admin = PgConnection::connect(&admin_url).await.expect("the test server answers");
        let create = format!("CREATE DATABASE {name} TEMPLATE {template}");
        admin.execute(AssertSqlSafe(create)).await.expect("a test database is made from its template");
        let url = format!("{server}/{name}");
        let db = Db::open(&url).await.expect("the test database opens");
        Some(Self { db, url, place: Place::Server { admin_url, name } })
    }

    /// Both engines, as far as they are here.
    pub async fn both(migrations: &[Migration]) -> Vec<Self> {
        let mut all = vec![Self::sqlite(migrations).await];
        all.extend(Self::postgres(migrations).await);
        all
    }

    /// Databases without any table, as a backup is restored into.
    pub async fn both_empty() -> Vec<Self> {
        let mut all = vec![Self::empty_file().await];
        if let Ok(server) = std::env::var("KONTOR_TEST_POSTGRES") {
            let (admin_url, name) = (format!("{server}/postgres"), format!("t_{}", unique()));
            let mut admin = PgConnection::connect(&admin_url).await.expect("the test server answers");
            admin.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.expect("a test database is made");
            let url = format!("{server}/{name}");
            let db = Db::open(&url).await.expect("the test database opens");
            all.push(Self { db, url, place: Place::Server { admin_url, name } });
        }
        all
    }

    /// A SQLite database without any table. A test that was killed leaves its file, and the number of its process comes again.
    async fn empty_file() -> Self {
        let path = std::env::temp_dir().join(format!("kontor-{}.db", unique()));
        remove_file(&path);
        let url = format!("sqlite:{}", path.display());
        let db = Db::open(&url).await.expect("a temporary SQLite file opens");
        Self { db, url, place: Place::File(path) }
    }

    /// Which engine this is.
    pub fn engine(&self) -> Engine {
        self.db.engine()
    }

    /// Lets the SQLite file grow no more, as if its disk were full, until the writing connection is opened anew.
    ///
    /// # Panics
    /// On PostgreSQL.
    pub async fn fill_disk(&self) {
        let Pools::Sqlite { writer, .. } = &self.db.pools else { panic!("the disk of a server is its own") };
        let mut connection = writer.acquire().await.expect("the writer is free");
        // A limit below what there is becomes what there is.
        connection.execute("PRAGMA max_page_count = 1").await.expect("the limit is set");
    }

    /// Closes and removes the database.
    pub async fn remove(self) {
        self.db.close().await;
        match self.place {
            Place::File(path) => remove_file(&path),
            Place::Server { admin_url, name } => {
                let mut admin = PgConnection::connect(&admin_url).await.expect("the test server answers");
                let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                admin.execute(AssertSqlSafe(drop)).await.expect("the test database is dropped");
            }
        }
    }
}

/// Removes a database's files, those that are there.
fn remove_file(path: &std::path::Path) {
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", path.display()));
    }
}

fn unique() -> String {
    format!("{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// The name of a migrated database to copy; made once per set of migrations, whichever process comes first.
async fn template(server: &str, admin_url: &str, migrations: &[Migration]) -> String {
    let texts: String = migrate::MIGRATIONS.iter().chain(migrations).map(|m| m.text).collect();
    let hash = texts.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    let name = format!("kontor_template_{hash:016x}");
    let mut admin = PgConnection::connect(admin_url).await.expect("the test server answers");
    admin.execute("SELECT pg_advisory_lock(7264)").await.expect("the lock of templates is had");
    let exists =
        sqlx::query("SELECT 1 FROM pg_database WHERE datname = $1").bind(&name).fetch_optional(&mut admin).await;
    if exists.expect("databases can be listed").is_none() {
        let making = format!("{name}_new");
        for text in [format!("DROP DATABASE IF EXISTS {making}"), format!("CREATE DATABASE {making}")] {
            admin.execute(AssertSqlSafe(text)).await.expect("a template database is made");
        }
        let db = Db::open(&format!("{server}/{making}")).await.expect("the template opens");
        db.migrate(migrations, EPOCH).await.expect("migrations apply to PostgreSQL");
        db.close().await;
        let rename = format!("ALTER DATABASE {making} RENAME TO {name}");
        admin.execute(AssertSqlSafe(rename)).await.expect("the template is named");
    }
    admin.execute("SELECT pg_advisory_unlock(7264)").await.expect("the lock of templates is given back");
    name
}
