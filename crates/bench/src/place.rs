//! Where the demo company lies: a data folder, and a database in it or on a server.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, Row as _};

use crate::Done;
use crate::server::Server;

/// How long making the demo company may take.
const MAKING: Duration = Duration::from_secs(600);

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Embedded.
    Sqlite,
    /// A server, named by `KONTOR_TEST_POSTGRES`.
    Postgres,
}

impl Engine {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];

    /// Its name.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// A temporary folder for everything of a run. Removed when dropped.
pub struct Folder(PathBuf);

impl Folder {
    /// Makes it.
    pub fn new() -> Done<Self> {
        let path = std::env::temp_dir().join(format!("kontor-bench-{}", std::process::id()));
        std::fs::create_dir_all(&path).map_err(|e| format!("cannot make {}: {e}", path.display()))?;
        Ok(Self(path))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A data folder and a database that nobody else uses.
pub struct Place {
    /// The data folder.
    pub data: PathBuf,
    /// The database's URL.
    pub url: String,
    /// The database to drop at the end.
    server: Option<(String, String)>,
}

impl Place {
    /// An empty place.
    pub async fn empty(engine: Engine, folder: &Folder, name: &str) -> Done<Self> {
        let data = folder.path().join(format!("{}-{name}", engine.code()));
        std::fs::create_dir_all(&data).map_err(|e| format!("cannot make {}: {e}", data.display()))?;
        match engine {
            Engine::Sqlite => Ok(Self { url: file_url(&data), data, server: None }),
            Engine::Postgres => {
                let server = postgres_url()?;
                let database = format!("kontor_bench_{}_{name}", std::process::id());
                administer(&server, &format!("CREATE DATABASE {database}")).await?;
                Ok(Self { data, url: format!("{server}/{database}"), server: Some((server, database)) })
            }
        }
    }

    /// The demo company, copied from `from` or made by `kontor demo`; how long making it took.
    pub async fn demo(
        engine: Engine,
        folder: &Folder,
        program: &Path,
        from: Option<&Path>,
    ) -> Done<(Self, Option<Duration>)> {
        let place = Self::empty(engine, folder, "demo").await?;
        if let Some(from) = from.filter(|_| engine == Engine::Sqlite) {
            copy(from, &place.data).map_err(|e| format!("copying {}: {e}", from.display()))?;
            return Ok((place, None));
        }
        let server = Server::demo(program, &place.data, &place.url, MAKING).await?;
        let took = server.started_in;
        server.stop();
        Ok((place, Some(took)))
    }

    /// An empty database with the schema.
    pub async fn migrated(engine: Engine, folder: &Folder, name: &str, program: &Path) -> Done<Self> {
        let place = Self::empty(engine, folder, name).await?;
        let mut command = place.command(program);
        let output = command.arg("migrate").output().map_err(|e| format!("{command:?}: {e}"))?;
        if output.status.success() {
            return Ok(place);
        }
        Err(format!("{command:?} failed: {}", String::from_utf8_lossy(&output.stderr)))
    }

    /// `kontor` on this place; the verb is still to be added.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.arg("--data").arg(&self.data).args(["--database", &self.url]);
        command
    }

    /// Drops the database of a server; files go with the run's folder.
    pub async fn remove(self) {
        if let Some((server, database)) = &self.server {
            let _ = administer(server, &format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)")).await;
        }
        let _ = std::fs::remove_dir_all(&self.data);
    }
}

fn file_url(data: &Path) -> String {
    format!("sqlite:{}", data.join("kontor.db").display())
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn postgres_url() -> Done<String> {
    std::env::var("KONTOR_TEST_POSTGRES").map_err(|_| "KONTOR_TEST_POSTGRES names no server".into())
}

async fn administer(server: &str, text: &str) -> Done {
    let error = |e: sqlx::Error| format!("{text}: {e}");
    let mut connection = PgConnection::connect(&format!("{server}/postgres")).await.map_err(error)?;
    connection.execute(AssertSqlSafe(text.to_owned())).await.map_err(error)?;
    connection.close().await.map_err(error)
}

/// What a server promises: its version, and whether a commit is on disk when it is confirmed.
pub async fn about_postgres() -> Done<String> {
    let error = |e: sqlx::Error| format!("asking PostgreSQL: {e}");
    let mut connection = PgConnection::connect(&format!("{}/postgres", postgres_url()?)).await.map_err(error)?;
    let mut said = Vec::new();
    for name in ["server_version", "fsync", "synchronous_commit"] {
        let row = connection.fetch_one(AssertSqlSafe(format!("SHOW {name}"))).await.map_err(error)?;
        said.push(format!("{name}={}", row.get::<String, _>(0)));
    }
    Ok(said.join(" "))
}
