//! Which tables there are, and what their columns hold.

use sqlx::{AssertSqlSafe, Executor as _, Postgres, Row as _, Sqlite, Transaction};

use super::lines::TableHead;
use crate::value::Value;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Int,
    Bool,
    Bytes,
}

/// A table with its columns in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<(String, Kind)>,
    /// The column that the engine numbers by itself.
    pub(super) numbered: Option<String>,
}

/// The record of migrations is the head of a backup.
const RECORD: &str = "migration";

/// The number of a transaction means something only on the server that gave it; a new server begins below it. What was told
/// before a backup was told to everybody, so its place is the beginning.
const OWN: (&str, &str) = ("event", "tx");

impl Table {
    pub(super) fn head(&self) -> TableHead {
        let columns = self.columns.iter().map(|(name, _)| name.clone()).collect();
        TableHead { table: self.name.clone(), columns }
    }

    pub(super) fn kinds(&self) -> impl Iterator<Item = Kind> {
        self.columns.iter().map(|(_, kind)| *kind)
    }

    pub(super) fn select(&self) -> String {
        let column = |(name, _): &(String, Kind)| {
            if (self.name.as_str(), name.as_str()) == OWN { "CAST(0 AS BIGINT)".to_owned() } else { quoted(name) }
        };
        let columns: Vec<String> = self.columns.iter().map(column).collect();
        format!("SELECT {} FROM {}", columns.join(", "), quoted(&self.name))
    }

    /// The beginning of a statement that fills it.
    pub(super) fn insert(&self) -> String {
        let columns: Vec<String> = self.columns.iter().map(|(name, _)| quoted(name)).collect();
        // SQLite takes a number that is given; PostgreSQL wants to be told that it is meant.
        let meant = if self.numbered.is_some() { " OVERRIDING SYSTEM VALUE" } else { "" };
        format!("INSERT INTO {} ({}){meant} VALUES", quoted(&self.name), columns.join(", "))
    }

    pub(super) fn delete(&self) -> String {
        format!("DELETE FROM {}", quoted(&self.name))
    }
}

impl Kind {
    fn of(name: &str) -> Result<Self, sqlx::Error> {
        match name.to_ascii_lowercase().as_str() {
            "text" => Ok(Self::Text),
            "integer" | "bigint" => Ok(Self::Int),
            "boolean" => Ok(Self::Bool),
            "blob" | "bytea" => Ok(Self::Bytes),
            other => Err(sqlx::Error::Protocol(format!("a column of type {other}, which backups do not know"))),
        }
    }

    /// The value that a backup holds, for a column of this kind.
    pub(super) fn read(self, json: &serde_json::Value) -> Option<Value> {
        use serde_json::Value as Json;
        Some(match (self, json) {
            (Self::Text, Json::Null) => Value::Text(None),
            (Self::Text, Json::String(text)) => Value::Text(Some(text.clone())),
            (Self::Int, Json::Null) => Value::Int(None),
            (Self::Int, Json::Number(number)) => Value::Int(Some(number.as_i64()?)),
            (Self::Bool, Json::Null) => Value::Bool(None),
            (Self::Bool, Json::Number(number)) => Value::Bool(Some(number.as_i64()? != 0)),
            (Self::Bytes, Json::Null) => Value::Bytes(None),
            (Self::Bytes, Json::String(digits)) => Value::Bytes(Some(super::lines::unhex(digits)?)),
            _ => return None,
        })
    }
}

/// A name for a statement.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

pub(super) async fn of_sqlite(tx: &mut Transaction<'static, Sqlite>) -> Result<Vec<Table>, sqlx::Error> {
    const TABLES: &str =
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        ORDER BY name";
    let mut tables = Vec::new();
    for row in tx.fetch_all(TABLES).await? {
        let name: String = row.try_get("name")?;
        if name == RECORD {
            continue;
        }
        let mut columns = Vec::new();
        for row in tx.fetch_all(AssertSqlSafe(format!("PRAGMA table_info({})", quoted(&name)))).await? {
            columns.push((row.try_get("name")?, Kind::of(row.try_get("type")?)?));
        }
        tables.push(Table { name, columns, numbered: None });
    }
    Ok(tables)
}

pub(super) async fn of_postgres(tx: &mut Transaction<'static, Postgres>) -> Result<Vec<Table>, sqlx::Error> {
    const COLUMNS: &str = "SELECT CAST(c.table_name AS TEXT) AS t, CAST(c.column_name AS TEXT) AS name,
        CAST(c.data_type AS TEXT) AS type, CAST(c.is_identity AS TEXT) AS numbered
        FROM information_schema.columns c JOIN information_schema.tables t
        ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'
        WHERE c.table_schema = current_schema() ORDER BY c.table_name COLLATE \"C\", c.ordinal_position";
    let mut tables: Vec<Table> = Vec::new();
    for row in tx.fetch_all(COLUMNS).await? {
        let (name, column): (String, String) = (row.try_get("t")?, row.try_get("name")?);
        if name == RECORD {
            continue;
        }
        if tables.last().is_none_or(|table| table.name != name) {
            tables.push(Table { name, columns: Vec::new(), numbered: None });
        }
        let Some(table) = tables.last_mut() else { continue };
        if row.try_get::<&str, _>("numbered")? == "YES" {
            table.numbered = Some(column.clone());
        }
        table.columns.push((column, Kind::of(row.try_get("type")?)?));
    }
    Ok(tables)
}
