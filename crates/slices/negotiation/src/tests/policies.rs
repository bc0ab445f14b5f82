//! What a new version of the policy does to negotiations that go on.

use db::testing::TestDb;
use kernel::Rate;
use negotiation_engine::Policy;
use terms::policies::actions;

use super::{NOW, VALVE, World, code, migrations, text};

/// What was offered under a version stands when the version is retired.
#[tokio::test]
async fn offers_outlive_their_policy() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let pia = &world.person(3, 0);
        let buyer = &world.buyer(0, 0);
        let id = world.open(buyer, &world.ask(VALVE, 2_000, "110")).await.unwrap();
        let offered = text(&world.load(id).await.offers, NOW);
        assert!(offered.contains(&"plain 116.20 x 2000 /30".to_owned()), "{offered:?}");
        let mut policy = Policy::starter();
        policy.plain.from = Rate::ZERO;
        policy.plain.to = Rate::ZERO;
        policy.volume = None;
        let policy = &policy;
        let published = world.db.write(|tx| async move {
            let draft = actions::save_draft(&tx, pia, None, policy.clone()).await?;
            let of = (draft.id, draft.version);
            actions::record_simulation(&tx, pia, of, r#"{"deals": 120}"#, Some("run-1")).await?;
            actions::approve(&tx, pia, draft.version, "Looked at it.").await?;
            actions::publish(&tx, pia, draft.version, "No more presents.").await
        });
        published.await.unwrap();
        assert_eq!(text(&world.load(id).await.offers, NOW), offered);
        let at = world.load(id).await.offers.iter().position(|row| row.offer.lever.code() == "plain").unwrap();
        let agreed = world.take(buyer, id, at).await;
        assert_eq!(code(agreed), "done");
        test.remove().await;
    }
}
