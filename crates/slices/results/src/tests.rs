//! What the tests of this slice share.

use db::{Db, Migration};

pub(crate) use negotiation::testing::World;
use terms::testing::Server;
pub(crate) use terms::testing::{NO_COST, NOW, VALVE, code, eur, pieces};

pub(crate) fn migrations() -> Vec<Migration> {
    [
        parties::MIGRATIONS,
        catalog::MIGRATIONS,
        pricing::MIGRATIONS,
        terms::MIGRATIONS,
        negotiation::MIGRATIONS,
        desk::MIGRATIONS,
        crate::MIGRATIONS,
    ]
    .concat()
}

/// The slices behind their real router.
pub(crate) async fn serve(world: &World, db: &Db) -> Server {
    let routes = terms::routes().merge(negotiation::routes()).merge(desk::routes()).merge(crate::routes());
    Server::start(world, db, routes).await
}
