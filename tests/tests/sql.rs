//! Every SQL statement of the workspace is understood by both engines, on the migrated schema, and gives columns of the
//! four kinds that the adapter knows. `cargo xtask sql` runs this.

use db::testing::TestDb;
use db::{Db, Engine};
use kontor_tests::{migrations, statements};

/// The types that PostgreSQL may give: sums must be cast to BIGINT, bare numbers are INT4.
const KINDS: &[&str] = &["TEXT", "INT8", "BOOL", "BYTEA"];

async fn complaint(db: &Db, engine: Engine, sql: &str) -> Option<String> {
    match db.prepare(sql.to_owned()).await {
        Err(error) => Some(error),
        Ok(types) if engine == Engine::Postgres => {
            let odd: Vec<&String> = types.iter().filter(|t| !KINDS.contains(&t.as_str())).collect();
            (!odd.is_empty())
                .then(|| format!("gives columns of the types {odd:?}; cast them to TEXT, BIGINT or BOOLEAN"))
        }
        Ok(_) => None,
    }
}

#[tokio::test]
async fn sql_is_understood_by_both_engines() {
    let all = statements::all();
    assert!(all.len() > 10, "statements are found");
    let mut complaints = Vec::new();
    for test in TestDb::both(&migrations::all()).await {
        for found in &all {
            if let Some(text) = complaint(&test.db, test.engine(), &found.sql).await {
                complaints.push(format!("{} on {:?}: {text}\n    {}", found.place, test.engine(), found.sql));
            }
        }
        test.remove().await;
    }
    assert!(complaints.is_empty(), "{} of {} statements:\n{}", complaints.len(), all.len(), complaints.join("\n"));
}
