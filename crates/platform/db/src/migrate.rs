//! Migrations, written once for both engines.
//!
//! Four tokens are the whole dialect: `{{int}}`, `{{bool}}`, `{{bytes}}` and `{{strict}}`; besides them, lines between
//! `-- only: sqlite` or `-- only: postgres` and `-- end` are for one engine. Migrations only go forward; a published one
//! never changes (its checksum is kept).
//!
//! Tables may move to another slice: a migration that begins with `-- was part of: slice/NNNN_name` makes what that published
//! one made before. Where that one has run, it is only written down.

use kernel::{Failure, Fault, Instant, Outcome};
use sha2::{Digest as _, Sha256};

use crate::{Db, Engine, Pools, params, sql};

/// A step of the schema: `slice/NNNN_name`, and its text.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// The unique name, e.g. `catalog/0001_products`.
    pub name: &'static str,
    /// The SQL with tokens.
    pub text: &'static str,
}

/// Declares a migration from `migrations/NAME.sql` of the calling crate: `db::migration!("catalog", "0001_products")`.
#[macro_export]
macro_rules! migration {
    ($slice:literal, $name:literal) => {
        $crate::Migration {
            name: concat!($slice, "/", $name),
            text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/", $name, ".sql")),
        }
    };
}

impl Migration {
    /// The published migration that this one was cut out of.
    pub(crate) fn was_part_of(&self) -> Option<&str> {
        self.text.lines().next()?.strip_prefix("-- was part of:").map(str::trim)
    }
}

/// The platform's own tables: events, jobs, number series, idempotency keys.
pub const MIGRATIONS: &[Migration] =
    &[Migration { name: "platform/0001_platform", text: include_str!("../migrations/0001_platform.sql") }];

sql! {
    CREATE = "CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)";
    APPLIED = "SELECT name, checksum FROM migration";
    IS_APPLIED = "SELECT checksum FROM migration WHERE name = $1";
    RECORD = "INSERT INTO migration (name, checksum, applied_at) VALUES ($1, $2, $3)";
    RECORD_ONCE = "INSERT INTO migration (name, checksum, applied_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING";
}

/// Nodes that start together on one PostgreSQL migrate one after the other: a number that nothing else locks by.
const ONE_AT_A_TIME: &str = "SELECT pg_advisory_xact_lock(5208317405)";

/// The migration's text for one engine.
pub fn render(text: &str, engine: Engine) -> String {
    let (own, tokens) = match engine {
        Engine::Sqlite => ("sqlite", ["INTEGER", "INTEGER", "BLOB", "STRICT"]),
        Engine::Postgres => ("postgres", ["BIGINT", "BOOLEAN", "BYTEA", ""]),
    };
    let mut out = String::new();
    let mut skipping = false;
    for line in text.lines() {
        if let Some(engine) = line.trim().strip_prefix("-- only:") {
            skipping = engine.trim() != own;
        } else if line.trim() == "-- end" {
            skipping = false;
        } else if !skipping {
            out.push_str(line);
            out.push('\n');
        }
    }
    ["{{int}}", "{{bool}}", "{{bytes}}", "{{strict}}"]
        .iter()
        .zip(tokens)
        .fold(out, |text, (token, word)| text.replace(token, word))
}

pub(crate) fn checksum(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

fn changed(migration: &Migration) -> Fault {
    Fault::new(format!("migration {} was changed after it was applied", migration.name))
}

impl Db {
    /// Applies the platform's migrations and then `migrations`, each once, in order, each in a transaction with the record that
    /// it was applied: whoever is killed in between begins where it was left, and of nodes that start together each applies
    /// what the others have not.
    ///
    /// # Errors
    /// A fault naming the migration, or saying that a published one was changed.
    pub async fn migrate(&self, migrations: &[Migration], now: Instant) -> Outcome<()> {
        let all: Vec<Migration> = MIGRATIONS.iter().chain(migrations).copied().collect();
        self.migrate_to(&all, now).await
    }

    /// Applies these migrations and no others.
    pub(crate) async fn migrate_to(&self, migrations: &[Migration], now: Instant) -> Outcome<()> {
        self.make_record().await?;
        let mut applied = std::collections::BTreeMap::new();
        for row in self.read().await?.all(APPLIED, params![]).await? {
            applied.insert(row.get::<String>("name")?, row.get::<String>("checksum")?);
        }
        for migration in migrations {
            let sum = checksum(migration.text);
            match applied.get(migration.name) {
                Some(known) if *known == sum => {}
                Some(_) => return Err(changed(migration).into()),
                None => {
                    let has_run = migration.was_part_of().is_some_and(|whole| applied.contains_key(whole));
                    self.apply(migration, &sum, has_run, now).await?;
                }
            }
        }
        Ok(())
    }

    /// The table that says what was applied.
    async fn make_record(&self) -> Outcome<()> {
        let failed = |e: sqlx::Error| Failure::Fault(Fault::because("making the record of migrations", e));
        match &self.pools {
            Pools::Sqlite { writer, .. } => sqlx::raw_sql(CREATE).execute(writer).await.map(|_| ()),
            Pools::Postgres(pool) => {
                let mut tx = pool.begin().await.map_err(failed)?;
                sqlx::raw_sql(ONE_AT_A_TIME).execute(&mut *tx).await.map_err(failed)?;
                sqlx::raw_sql(CREATE).execute(&mut *tx).await.map_err(failed)?;
                tx.commit().await
            }
        }
        .map_err(failed)
    }

    /// Applies a migration and writes that down, unless another node has done so meanwhile. One that `has_run` as a part of
    /// another is only written down.
    async fn apply(&self, migration: &Migration, sum: &str, has_run: bool, now: Instant) -> Outcome<()> {
        let text = if has_run { String::new() } else { render(migration.text, self.engine()) };
        let failed =
            |e: sqlx::Error| Failure::Fault(Fault::because(format!("applying migration {}", migration.name), e));
        macro_rules! apply_in {
            ($tx:ident) => {
                let done =
                    sqlx::query_scalar::<_, String>(IS_APPLIED).bind(migration.name).fetch_optional(&mut *$tx).await;
                match done.map_err(failed)? {
                    Some(known) if known != sum => return Err(changed(migration).into()),
                    Some(_) => {}
                    None => {
                        sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(&mut *$tx).await.map_err(failed)?;
                        let record = sqlx::query(RECORD).bind(migration.name).bind(sum).bind(now.micros());
                        record.execute(&mut *$tx).await.map_err(failed)?;
                    }
                }
                $tx.commit().await.map_err(failed)?;
            };
        }
        match &self.pools {
            Pools::Sqlite { writer, .. } => {
                let mut tx = writer.begin_with("BEGIN IMMEDIATE").await.map_err(failed)?;
                apply_in!(tx);
            }
            Pools::Postgres(pool) => {
                let mut tx = pool.begin().await.map_err(failed)?;
                sqlx::raw_sql(ONE_AT_A_TIME).execute(&mut *tx).await.map_err(failed)?;
                apply_in!(tx);
            }
        }
        Ok(())
    }

    /// Writes down what a backup says was applied, beside what was applied just now.
    pub(crate) async fn record_migrations(&self, applied: &[(String, String)], now: Instant) -> Outcome<()> {
        self.write(|tx| async move {
            for (name, sum) in applied {
                tx.execute(RECORD_ONCE, params![name.as_str(), sum.as_str(), now]).await?;
            }
            Ok(())
        })
        .await
    }

    /// Whether the connections have been closed.
    pub fn is_closed(&self) -> bool {
        match &self.pools {
            Pools::Sqlite { writer, .. } => writer.is_closed(),
            Pools::Postgres(pool) => pool.is_closed(),
        }
    }

    /// Asks the engine to parse `sql` against the present schema, without running it; gives the column types.
    ///
    /// # Errors
    /// What the engine says is wrong with it.
    pub async fn prepare(&self, sql: String) -> Result<Vec<String>, String> {
        use sqlx::{Column as _, Executor as _, SqlSafeStr as _, Statement as _, TypeInfo as _};
        let text = sqlx::AssertSqlSafe(sql).into_sql_str();
        match &self.pools {
            Pools::Sqlite { writer, .. } => {
                let mut connection = writer.acquire().await.map_err(|e| e.to_string())?;
                let statement = connection.prepare(text).await.map_err(|e| e.to_string())?;
                Ok(statement.columns().iter().map(|c| c.type_info().name().to_owned()).collect())
            }
            Pools::Postgres(pool) => {
                let mut connection = pool.acquire().await.map_err(|e| e.to_string())?;
                let statement = connection.prepare(text).await.map_err(|e| e.to_string())?;
                Ok(statement.columns().iter().map(|c| c.type_info().name().to_owned()).collect())
            }
        }
    }
}
