//! Negotiations and the desk on both databases, through the same commands, pages and JSON that people use.

mod alike;
mod attending;
mod deciding;
mod desk;
mod quotes;
mod quotes_authority;
mod quotes_lines;
mod routing;
mod routing_settings;
mod sealed;
mod support;

use db::{Db, Migration};

pub(crate) use negotiation::testing::{World, text};
pub(crate) use terms::testing::{CHEAP, FIXED, NO_COST, NO_PRICE, NOW, Server, VALVE, code, eur, pieces};

pub(crate) fn migrations() -> Vec<Migration> {
    [
        parties::MIGRATIONS,
        catalog::MIGRATIONS,
        pricing::MIGRATIONS,
        terms::MIGRATIONS,
        negotiation::MIGRATIONS,
        crate::MIGRATIONS,
    ]
    .concat()
}

db::sql! { JOBS = "SELECT run_at FROM job WHERE kind = $1 ORDER BY run_at, id"; }

/// When the jobs of a kind are to be done.
pub(crate) async fn job_times(world: &World, kind: &str) -> Vec<kernel::Instant> {
    let tx = world.db.read().await.unwrap();
    let rows = tx.all(JOBS, db::params![kind.to_owned()]).await.unwrap();
    rows.iter().map(|row| row.get("run_at").unwrap()).collect()
}

/// The slices behind their real router.
pub(crate) async fn serve(world: &World, db: &Db) -> Server {
    let routes = terms::routes().merge(negotiation::routes()).merge(crate::routes());
    Server::start(world, db, routes).await
}
