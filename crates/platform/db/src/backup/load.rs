//! Filling an empty database from a backup.

use std::io::BufRead;

use kernel::{Fault, Instant, Outcome};
use sqlx::{AssertSqlSafe, SqlSafeStr as _};

use super::Saved;
use super::lines::{Digest, Head, In, Line, TableHead};
use super::tables::{Table, quoted};
use crate::value::Value;
use crate::{Db, Migration, Pools, WriteTx, migrate, params};

/// Parameters of one statement, and bytes of texts: as many as both engines take, and as a small machine holds.
const PARAMETERS_MAX: usize = 20_000;
const BYTES_MAX: usize = 4 * 1024 * 1024;

/// The constraints of PostgreSQL between tables, with the words that make them again. SQLite looks at them at the commit.
const CONSTRAINTS: &str = "SELECT CAST(CAST(conrelid AS regclass) AS TEXT) AS t, CAST(conname AS TEXT) AS name,
    pg_get_constraintdef(oid) AS words FROM pg_constraint
    WHERE contype = 'f' AND connamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())";

/// The columns of SQLite's foreign keys, in their order.
const FOREIGN_KEYS: &str = "SELECT m.name AS t, f.id AS fk, f.\"from\" AS col FROM sqlite_schema m
    JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' ORDER BY m.name, f.id, f.seq";

impl Db {
    /// Fills this database, which must be empty, from a backup: makes the schema as it was, writes every row, reads all back and
    /// compares, and brings the schema up to date.
    ///
    /// # Errors
    /// A fault when there is something already, when the backup is damaged or of a newer version, and when what was read back
    /// differs from what the backup holds.
    pub async fn load(
        &self,
        from: &mut (dyn BufRead + Send),
        migrations: &[Migration],
        now: Instant,
    ) -> Outcome<Saved> {
        let mut from = In::new(from);
        let head = from.head()?;
        if !self.snapshot().await?.tables().await?.is_empty() {
            return Err(Fault::new("the database is not empty; a backup is restored into a new one").into());
        }
        let present = present(&head, migrations)?;
        self.migrate_to(&present, now).await?;
        self.record_migrations(&head.migrations, now).await?;
        let saved = self.fill(&mut from).await?;
        let found = self.survey().await?;
        if let Some(table) = difference(&saved, &found) {
            return Err(Fault::new(format!("table {table} is not as the backup has it")).into());
        }
        self.migrate(migrations, now).await?;
        Ok(saved)
    }

    /// Writes the rows in one transaction.
    async fn fill(&self, from: &mut In<'_>) -> Outcome<Saved> {
        let tables = self.snapshot().await?.tables().await?;
        let tx = self.begin().await?;
        let constraints = self.loosen(&tx).await?;
        for table in &tables {
            tx.execute_text(AssertSqlSafe(table.delete()).into_sql_str(), params![]).await?;
        }
        let mut saved = Saved::default();
        while let Some(line) = from.next()? {
            let Line::Table(head) = line else { return Err(Fault::new("the backup has rows without a table").into()) };
            let table = the_table(&tables, &head)?;
            let digest = fill_table(&tx, &table, from).await?;
            saved.tables.push((table.name, digest.rows, digest.hex()));
        }
        for table in &tables {
            go_on_after(&tx, table).await?;
        }
        for text in constraints {
            tx.execute_text(AssertSqlSafe(text).into_sql_str(), params![]).await?;
        }
        tx.commit().await?;
        Ok(saved)
    }

    /// Lets rows come in any order; gives the statements that end this.
    async fn loosen(&self, tx: &WriteTx) -> Outcome<Vec<String>> {
        if matches!(self.pools, Pools::Sqlite { .. }) {
            tx.execute("PRAGMA defer_foreign_keys = ON", params![]).await?;
            return index_children(tx).await;
        }
        let mut again = Vec::new();
        for row in tx.all(CONSTRAINTS, params![]).await? {
            // The name of the table is quoted by the server where it must be.
            let (table, name, words): (String, String, String) = (row.get("t")?, row.get("name")?, row.get("words")?);
            let drop = format!("ALTER TABLE {table} DROP CONSTRAINT {}", quoted(&name));
            tx.execute_text(AssertSqlSafe(drop).into_sql_str(), params![]).await?;
            again.push(format!("ALTER TABLE {table} ADD CONSTRAINT {} {words}", quoted(&name)));
        }
        Ok(again)
    }
}

/// Rows come before those that they point to, and SQLite looks for them at each of these: without an index it would read the
/// whole table every time. Gives the statements that take the indexes away again.
async fn index_children(tx: &WriteTx) -> Outcome<Vec<String>> {
    let mut keys: Vec<(String, i64, Vec<String>)> = Vec::new();
    for row in tx.all(FOREIGN_KEYS, params![]).await? {
        let (table, key, column): (String, i64, String) = (row.get("t")?, row.get("fk")?, row.get("col")?);
        match keys.last_mut().filter(|(last, of, _)| (last, of) == (&table, &key)) {
            Some((.., columns)) => columns.push(quoted(&column)),
            None => keys.push((table, key, vec![quoted(&column)])),
        }
    }
    let mut again = Vec::new();
    for (number, (table, _, columns)) in keys.iter().enumerate() {
        let make = format!("CREATE INDEX restoring_{number} ON {} ({})", quoted(table), columns.join(", "));
        tx.execute_text(AssertSqlSafe(make).into_sql_str(), params![]).await?;
        again.push(format!("DROP INDEX restoring_{number}"));
    }
    Ok(again)
}

/// The migrations that the backup's schema had, in our order.
fn present(head: &Head, migrations: &[Migration]) -> Outcome<Vec<Migration>> {
    let all: Vec<Migration> = migrate::MIGRATIONS.iter().chain(migrations).copied().collect();
    for (name, sum) in &head.migrations {
        let known = all.iter().find(|migration| migration.name == name);
        let was_cut_up = all.iter().any(|migration| migration.was_part_of() == Some(name.as_str()));
        match known {
            Some(migration) if migrate::checksum(migration.text) == *sum => {}
            None if was_cut_up => {}
            _ => {
                let version = &head.version;
                let text = format!("the backup was made by version {version}, whose schema has {name} otherwise");
                return Err(Fault::new(text).into());
            }
        }
    }
    Ok(all.into_iter().filter(|migration| head.migrations.iter().any(|(name, _)| name == migration.name)).collect())
}

/// The table that a part of the backup fills, its columns in the order of the backup.
fn the_table(tables: &[Table], head: &TableHead) -> Outcome<Table> {
    let unknown = |what: &str| Fault::new(format!("the schema has no {what} of table {}", head.table));
    let table = tables.iter().find(|table| table.name == head.table).ok_or_else(|| unknown("place"))?;
    let column = |name: &String| table.columns.iter().find(|(own, _)| own == name).cloned();
    let columns: Option<Vec<_>> = head.columns.iter().map(column).collect();
    let columns = columns.filter(|all| all.len() == table.columns.len()).ok_or_else(|| unknown("such columns"))?;
    Ok(Table { columns, ..table.clone() })
}

async fn fill_table(tx: &WriteTx, table: &Table, from: &mut In<'_>) -> Outcome<Digest> {
    let mut digest = Digest::default();
    let mut batch = Batch::default();
    loop {
        match from.next()? {
            Some(Line::Row(row)) => {
                digest.add(&from.line);
                let values: Option<Vec<Value>> = table.kinds().zip(&row).map(|(kind, json)| kind.read(json)).collect();
                let values = values.filter(|values| values.len() == table.columns.len() && row.len() == values.len());
                let values = values.ok_or_else(|| Fault::new(format!("a row of table {} is malformed", table.name)))?;
                batch.bytes += from.line.len();
                batch.rows.push(values);
                if batch.bytes > BYTES_MAX || (batch.rows.len() + 1) * table.columns.len() > PARAMETERS_MAX {
                    batch.write(tx, table).await?;
                }
            }
            Some(Line::Foot(foot)) if foot.rows == digest.rows && foot.digest == digest.hex() => {
                batch.write(tx, table).await?;
                return Ok(digest);
            }
            _ => return Err(Fault::new(format!("table {} is damaged in the backup", table.name)).into()),
        }
    }
}

/// Rows that go into one statement.
#[derive(Default)]
struct Batch {
    rows: Vec<Vec<Value>>,
    bytes: usize,
}

impl Batch {
    async fn write(&mut self, tx: &WriteTx, table: &Table) -> Outcome<()> {
        let Self { rows, .. } = std::mem::take(self);
        if rows.is_empty() {
            return Ok(());
        }
        let is_sqlite = tx.is_sqlite().await;
        let mut text = table.insert();
        let mut values = Vec::new();
        for row in rows {
            text.push_str(if values.is_empty() { " (" } else { ", (" });
            for (at, value) in row.into_iter().enumerate() {
                values.push(value);
                text.push_str(if at == 0 { "" } else { ", " });
                // Without a name values go by place; SQLite would look all names through for each.
                text.push_str(&if is_sqlite { "?".to_owned() } else { format!("${}", values.len()) });
            }
            text.push(')');
        }
        tx.execute_text(AssertSqlSafe(text).into_sql_str(), values).await?;
        Ok(())
    }
}

/// Numbers that the engine gives go on after those that were restored.
async fn go_on_after(tx: &WriteTx, table: &Table) -> Outcome<()> {
    let Some(column) = &table.numbered else { return Ok(()) };
    let (name, quoted_column, quoted_table) = (table.name.replace('\'', "''"), quoted(column), quoted(&table.name));
    let text = format!(
        "SELECT setval(pg_get_serial_sequence('{name}', '{column}'), COALESCE(MAX({quoted_column}), 0) + 1, false)
        FROM {quoted_table}"
    );
    tx.execute_text(AssertSqlSafe(text).into_sql_str(), params![]).await?;
    Ok(())
}

/// The first table that differs.
fn difference(saved: &Saved, found: &Saved) -> Option<String> {
    let differs = found.tables.iter().find(|table| !saved.tables.contains(table) && table.1 > 0);
    let lacks = saved.tables.iter().find(|table| !found.tables.contains(table));
    lacks.or(differs).map(|(name, _, _)| name.clone())
}
