//! The emergency, on both engines.

use db::testing::TestDb;

use super::actions;
use crate::policies::{self, PolicyState};
use crate::tests::{World, code, migrations};

#[tokio::test]
async fn one_click_sends_everything_to_people_and_one_brings_the_policy_back() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let (pia, ann) = (&world.person(3, 0), &world.person(0, 0));
        let stop = async |ctx: &kernel::Ctx, reason: &str| {
            test.db.write(|tx| async move { actions::stop(&tx, ctx, reason).await }).await
        };
        let back = async |number: i64| {
            test.db.write(|tx| async move { actions::back(&tx, pia, number, "all clear").await }).await
        };
        assert_eq!(code(stop(ann, "x").await), "not-allowed");
        assert_eq!(code(stop(pia, " ").await), "reason: required");
        let before = policies::queries::published(&test.db.read().await.unwrap()).await.unwrap();
        let stopped = stop(pia, "prices run away").await.unwrap();
        assert!(actions::is_stopped(&stopped) && stopped.number == before.number + 1);
        assert_eq!((stopped.state, stopped.note.as_str()), (PolicyState::Published, "prices run away"));
        assert_eq!(code(stop(pia, "again").await), "emergency-already");
        assert_eq!(code(back(99).await), "not found");
        assert_eq!(code(back(stopped.number).await), "emergency-never-in-force");
        let again = back(before.number).await.unwrap();
        assert!(!actions::is_stopped(&again) && again.number == stopped.number + 1);
        assert!(policies::rules::says_the_same(&again.policy, &before.policy));
        test.remove().await;
    }
}
