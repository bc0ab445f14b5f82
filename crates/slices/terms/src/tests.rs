//! What the tests of this slice share.

use db::{Db, Migration};

use crate::testing::Server;
pub(crate) use crate::testing::{VALVE, World, code, member, pieces};

pub(crate) fn migrations() -> Vec<Migration> {
    [parties::MIGRATIONS, catalog::MIGRATIONS, pricing::MIGRATIONS, crate::MIGRATIONS].concat()
}

/// This slice behind its real router.
pub(crate) async fn serve(world: &World, db: &Db) -> Server {
    Server::start(world, db, crate::routes()).await
}
