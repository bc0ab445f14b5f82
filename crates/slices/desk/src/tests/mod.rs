//! Negotiations and the desk on both databases, through the same commands, pages and JSON that people use.

mod attending;
mod desk;
mod quotes;
mod routing;
mod sealed;
mod support;

use db::{Db, Migration};

pub(crate) use negotiation::testing::{World, text};
pub(crate) use terms::testing::{NO_COST, NO_PRICE, NOW, Server, VALVE, code, eur, pieces};

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

/// The slices behind their real router.
pub(crate) async fn serve(world: &World, db: &Db) -> Server {
    let routes = terms::routes().merge(negotiation::routes()).merge(crate::routes());
    Server::start(world, db, routes).await
}
