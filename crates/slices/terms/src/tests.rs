//! What the tests of this slice share.

use db::Migration;

pub(crate) use crate::testing::{VALVE, World, code, member, pieces};

pub(crate) fn migrations() -> Vec<Migration> {
    [parties::MIGRATIONS, catalog::MIGRATIONS, pricing::MIGRATIONS, crate::MIGRATIONS].concat()
}

pub(crate) mod server {
    //! This slice behind its real router.

    use db::Db;

    use super::World;

    /// A running slice.
    pub(crate) struct Server(crate::testing::Server);

    impl Server {
        pub(crate) async fn start(world: &World, db: &Db) -> Self {
            Self(crate::testing::Server::start(world, db, crate::routes()).await)
        }
    }

    impl std::ops::Deref for Server {
        type Target = crate::testing::Server;

        fn deref(&self) -> &Self::Target {
            &self.0
        }
    }
}
