//! What the tests of this slice share.

use db::{Db, Migration};
use kernel::{Actor, Ctx, Instant, PriceListId, Role, Roles, UserId, Via};
pub(crate) use terms::testing::{CHEAP, NO_COST, NOW, Server, VALVE, World, code, eur, member, pieces};

pub(crate) fn migrations() -> Vec<Migration> {
    [parties::MIGRATIONS, catalog::MIGRATIONS, pricing::MIGRATIONS, terms::MIGRATIONS, crate::MIGRATIONS].concat()
}

/// This slice behind its real router.
pub(crate) async fn serve(world: &World, db: &Db) -> Server {
    Server::start(world, db, crate::routes()).await
}

/// A second person who may manage prices.
pub(crate) async fn second_manager(world: &World) -> UserId {
    let (ctx, new) = (&world.ctx, &[member(None, "Rex", Role::PricingManager, false)]);
    let made = world.db.write(|tx| async move { parties::people::actions::create_many(&tx, ctx, new).await });
    made.await.unwrap()[0]
}

/// A pricing manager, so long after the beginning.
pub(crate) fn manager(world: &World, user: UserId, after: i64) -> Ctx {
    let roles = Roles::from_iter([Role::PricingManager]);
    let actor = Actor { user: Some(user), company: None, unit: None, roles, via: Via::Page };
    Ctx { now: NOW.plus(after), ..world.ctx.acting_as(actor) }
}

/// The list of the world.
pub(crate) async fn base(world: &World) -> PriceListId {
    let read = world.db.read().await.unwrap();
    pricing::lists::queries::by_code(&read, "base").await.unwrap().unwrap().id
}

pub(crate) const DAY: i64 = Instant::DAY;
