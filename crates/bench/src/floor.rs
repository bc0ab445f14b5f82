//! The floor: the least that a server can do, axum reading one row by its key, in three ways. What Kontor does is compared
//! with it, in the same run, on the same machine, from the same generator.
//!
//! * `bare`: SQLite in the handler's own thread, with a prepared statement. Nothing is quicker.
//! * `sqlx`: through sqlx with a pool, as the program has to. Ratios are to this one.
//! * `adapter`: through our own `db`.

use std::cell::RefCell;
use std::ffi::OsString;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use db::{Db, params};
use sqlx::Row as _;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions};
use tokio::net::TcpListener;

use crate::Done;

/// The word that makes this program a floor server.
pub const COMMAND: &str = "floor";

/// The row of one product. Both engines understand it.
const BY_SKU: &str = concat!("SELECT", " sku, name, description FROM product WHERE sku = $1");

/// How the row is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// In the handler's own thread.
    Bare,
    /// Through sqlx with a pool.
    Sqlx,
    /// Through our own adapter.
    Adapter,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Bare, Self::Sqlx, Self::Adapter];

    /// Its name.
    pub fn code(self) -> &'static str {
        match self {
            Self::Bare => "bare",
            Self::Sqlx => "sqlx",
            Self::Adapter => "adapter",
        }
    }
}

/// Serves until it is told to stop: `KIND URL ADDRESS`.
pub async fn serve(words: &[OsString]) -> Done {
    let words: Vec<String> = words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let [kind, url, address] = &words[..] else { return Err("floor KIND URL ADDRESS".into()) };
    let kind = Kind::ALL.into_iter().find(|k| k.code() == kind).ok_or(format!("there is no floor {kind}"))?;
    let router = router(kind, url).await?;
    let listener = TcpListener::bind(address).await.map_err(|e| format!("listening on {address}: {e}"))?;
    axum::serve(listener, router).await.map_err(|e| e.to_string())
}

async fn router(kind: Kind, url: &str) -> Done<Router> {
    Ok(match kind {
        Kind::Bare => Router::new().route("/{sku}", get(bare)).with_state(file(url)?),
        Kind::Sqlx => Router::new().route("/{sku}", get(sqlx)).with_state(pool(&file(url)?).await?),
        Kind::Adapter => {
            let db = Db::open(url).await.map_err(|e| e.to_string())?;
            Router::new().route("/{sku}", get(adapter)).with_state(db)
        }
    })
}

fn file(url: &str) -> Done<Arc<str>> {
    url.strip_prefix("sqlite:").map(Arc::from).ok_or("this floor reads SQLite only".into())
}

/// As many connections as the program has for reading.
async fn pool(file: &str) -> Done<SqlitePool> {
    let options = SqliteConnectOptions::new().filename(file).read_only(true);
    let pool = SqlitePoolOptions::new().max_connections(4).test_before_acquire(false);
    pool.connect_with(options).await.map_err(|e| e.to_string())
}

fn answer(row: Option<[String; 3]>) -> Response {
    let Some([sku, name, description]) = row else { return StatusCode::NOT_FOUND.into_response() };
    let body = serde_json::json!({ "sku": sku, "name": name, "description": description }).to_string();
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}

fn failed(error: impl std::fmt::Display) -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response()
}

thread_local! {
    static OPEN: RefCell<Option<rusqlite::Connection>> = const { RefCell::new(None) };
}

async fn bare(State(file): State<Arc<str>>, Path(sku): Path<String>) -> Response {
    let row = OPEN.with_borrow_mut(|open| {
        let connection = match open {
            Some(connection) => connection,
            None => {
                open.insert(rusqlite::Connection::open_with_flags(&*file, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)?)
            }
        };
        let mut statement = connection.prepare_cached(BY_SKU)?;
        let mut rows = statement.query([&sku])?;
        rows.next()?.map(|row| Ok([row.get(0)?, row.get(1)?, row.get(2)?])).transpose()
    });
    row.map_or_else(|error: rusqlite::Error| failed(error), answer)
}

async fn sqlx(State(pool): State<SqlitePool>, Path(sku): Path<String>) -> Response {
    let row = sqlx::query(BY_SKU).bind(sku).fetch_optional(&pool).await;
    match row {
        Ok(row) => answer(row.map(|row| [row.get(0), row.get(1), row.get(2)])),
        Err(error) => failed(error),
    }
}

async fn adapter(State(db): State<Db>, Path(sku): Path<String>) -> Response {
    let row = async {
        let row = db.read().await?.optional(BY_SKU, params![sku]).await.map_err(|e| e.into_fault("reading"))?;
        row.map(|row| Ok([row.get("sku")?, row.get("name")?, row.get("description")?])).transpose()
    };
    row.await.map_or_else(|error: kernel::Fault| failed(error), answer)
}
