//! The second person of a plan: who may approve it, when an approval counts, and the way out where nobody may.

use db::testing::TestDb;
use kernel::{Instant, Rate};
use negotiation_engine::Policy;
use terms::policies;

use super::plan;
use crate::experiments::actions;
use crate::tests::{VALVE, World, code, migrations};

#[tokio::test]
async fn use_s7_an_experiment_takes_a_second_person() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let (db, ctx) = (&test.db, &world.ctx);
        let new = &[terms::testing::member(None, "Rex", kernel::Role::PricingManager, false)];
        let rex =
            db.write(|tx| async move { parties::people::actions::create_many(&tx, ctx, new).await }).await.unwrap()[0];
        let pia = &world.person(3, 0);
        let mut actor = pia.actor.clone();
        actor.user = Some(rex);
        let rex = &pia.acting_as(actor);
        let made = db.write(|tx| async move { actions::plan(&tx, pia, plan()).await }).await.unwrap();
        let (id, read) = (made.id, made.version);
        let approve = async |ctx: &kernel::Ctx, read: i64| {
            db.write(|tx| async move { actions::approve(&tx, ctx, id, read, "looked at").await }).await
        };
        assert_eq!(code(approve(pia, read).await), "experiment-own-approval");
        approve(rex, read).await.unwrap();
        // Whoever approves a plan and then writes in it approves nothing of what is there now.
        let changed = db.write(|tx| async move { actions::change(&tx, rex, id, read, &plan()).await }).await.unwrap();
        let read = changed.version;
        let start = db.write(|tx| async move { actions::start(&tx, pia, id, read, true).await }).await;
        assert_eq!(code(start), "experiment-not-approved");
        assert_eq!(code(approve(rex, read).await), "experiment-own-approval", "by now both have written in it");
        // Where there is a past, the plan is tried on it first.
        world.bought(VALVE, 50).await;
        assert_eq!(code(approve(rex, read).await), "experiment-not-simulated");
        let simulated = db.write(|tx| async move { actions::simulate(&tx, pia, id, read).await }).await;
        assert_eq!(code(simulated), "done");
        assert_eq!(code(approve(rex, read).await), "experiment-not-simulated", "it has only begun");
        // Both have written in it, so it is thrown away and planned again by one of them.
        let discard = async |read: i64| db.write(|tx| async move { actions::discard(&tx, pia, id, read).await }).await;
        assert_eq!(code(discard(read + 1).await), "experiment-changed");
        assert_eq!(code(discard(read).await), "done");
        assert_eq!(code(discard(read).await), "not found");
        test.remove().await;
    }
}

/// Publishes, as the only manager, a policy that gives a little more at once.
async fn publish_another(db: &db::Db, pia: &kernel::Ctx) {
    let done = db.write(|tx| async move {
        let mut policy = Policy::starter();
        policy.plain.to = Rate::percent(7);
        let draft = policies::actions::save_draft(&tx, pia, None, policy).await?;
        policies::actions::record_simulation(&tx, pia, (draft.id, draft.version), "{}", None).await?;
        policies::actions::approve(&tx, pia, draft.version, "nobody else is there").await?;
        policies::actions::publish(&tx, pia, draft.version, "More.").await
    });
    assert_eq!(done.await.unwrap().number, 2);
}

#[tokio::test]
async fn an_approval_counts_for_the_policy_that_was_in_force_then() {
    for test in TestDb::both(&migrations()).await {
        let (world, db) = (World::new(&test).await, &test.db);
        let at = |hours: i64| world.person(3, hours * Instant::HOUR);
        let (now, later, at_last) = (&at(0), &at(1), &at(2));
        let made = db.write(|tx| async move { actions::plan(&tx, now, plan()).await }).await.unwrap();
        let (id, read) = (made.id, made.version);
        let approve = async |ctx: &kernel::Ctx| {
            db.write(|tx| async move { actions::approve(&tx, ctx, id, read, "nobody else is there").await }).await
        };
        let start = async |ctx: &kernel::Ctx| {
            db.write(|tx| async move { actions::start(&tx, ctx, id, read, true).await }).await
        };
        approve(now).await.unwrap();
        publish_another(db, later).await;
        let refused = match start(at_last).await {
            Err(kernel::Failure::Refused(refused)) => refused,
            other => panic!("{other:?}"),
        };
        assert_eq!(refused.code, "experiment-policy-changed");
        assert_eq!(refused.args, [("approved", "1".to_owned()), ("published", "2".to_owned())]);
        approve(at_last).await.unwrap();
        assert_eq!(code(start(at_last).await), "done");
        test.remove().await;
    }
}
