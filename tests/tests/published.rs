//! A database of the version before opens: the migrations of the negotiation as they were published when it was one slice.

use db::testing::TestDb;
use db::{Migration, Statement};
use kernel::Instant;

macro_rules! published {
    ($($name:literal),+) => {
        [$(Migration {
            name: concat!("negotiation/", $name),
            text: include_str!(concat!("../published/negotiation/", $name, ".sql")),
        }),+]
    };
}

const PUBLISHED: [Migration; 8] = published![
    "0001_negotiation",
    "0002_policy_versions",
    "0003_routing",
    "0004_profiles",
    "0005_experiments",
    "0006_quotes",
    "0007_simulation",
    "0008_learning"
];
/// The slices that the negotiation became.
const NOW: [&str; 4] = ["terms/", "negotiation/", "desk/", "results/"];

/// All migrations as they were: the eight in the place of those that they became.
fn before() -> Vec<Migration> {
    let all = kontor::migrations();
    let is_new = |migration: &Migration| NOW.iter().any(|slice| migration.name.starts_with(slice));
    let place = all.iter().position(is_new).unwrap_or(0);
    let mut before: Vec<Migration> = all.into_iter().filter(|migration| !is_new(migration)).collect();
    before.splice(place..place, PUBLISHED);
    before
}

#[tokio::test]
async fn a_database_of_the_version_before_opens() {
    let now = kontor::migrations();
    for test in TestDb::both(&before()).await {
        for _ in 0..2 {
            test.db.migrate(&now, Instant::from_micros(1)).await.unwrap();
        }
        let names: Vec<String> = now.iter().map(|migration| migration.name.to_owned()).collect();
        let tx = test.db.read().await.unwrap();
        let rows = tx.list(Statement::new("SELECT name FROM migration").filter_in("name", &names)).await.unwrap();
        assert_eq!(rows.len(), names.len(), "each is written down");
        drop(tx);
        test.remove().await;
    }
}
