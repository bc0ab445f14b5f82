//! What the tests of this slice share.

use db::Migration;

pub(crate) use negotiation::testing::World;
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

pub(crate) mod server {
    //! The slices behind their real router.

    use db::Db;
    use terms::testing;

    use super::World;

    /// Running slices.
    pub(crate) struct Server(testing::Server);

    impl Server {
        pub(crate) async fn start(world: &World, db: &Db) -> Self {
            let routes = terms::routes().merge(negotiation::routes()).merge(desk::routes()).merge(crate::routes());
            Self(testing::Server::start(world, db, routes).await)
        }
    }

    impl std::ops::Deref for Server {
        type Target = testing::Server;

        fn deref(&self) -> &Self::Target {
            &self.0
        }
    }
}
