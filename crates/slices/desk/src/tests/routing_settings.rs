//! Settings of routing: kept, changed by two people, and tried on last month before.

use db::testing::TestDb;
use kernel::{Ctx, Rate};
use negotiation::routing::{self, RecommendFirst, Settings, actions, queries};
use workflow::Span;

use super::routing::{DAY, HOUR, cap, day, set, waiting, waiting_from};
use super::{NOW, World, code, migrations};

#[tokio::test]
async fn settings_are_kept_and_two_do_not_overwrite_each_other() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        set(&world, |settings| {
            settings.week[5] = vec![Span::hours(9, 12), Span::hours(13, 15)];
            settings.holidays = vec![routing::Holiday { day: day(3), name: "Stocktaking".into() }];
            settings.daily_cap = 7;
        })
        .await;
        let stored = queries::settings(&test.db.read().await.unwrap()).await.unwrap();
        assert_eq!((stored.version, stored.daily_cap, stored.week[5].len()), (2, 7, 2));
        assert_eq!(stored.holidays[0].name, "Stocktaking");
        let (ctx, old) = (&world.ctx, &Settings { version: 1, ..stored.clone() });
        let late = world.db.write(|tx| async move { actions::propose(&tx, ctx, old, "").await }).await;
        assert_eq!(code(late), "routing-settings-changed");
        let (ann, new) = (&world.person(0, 0), &stored);
        let by_rep = world.db.write(|tx| async move { actions::propose(&tx, ann, new, "").await }).await;
        assert_eq!(code(by_rep), "not-allowed");
        let (ctx, buyer) = (&world.ctx, world.buyers[0]);
        let none = world.db.write(|tx| async move { actions::set_cap(&tx, ctx, buyer, Some(3)).await }).await;
        assert_eq!(code(none), "not found");
        let person = world.staff[0];
        let wrong = world.db.write(|tx| async move { actions::set_cap(&tx, ctx, person, Some(0)).await }).await;
        assert_eq!(code(wrong), "cap: whole-between");
        test.remove().await;
    }
}

#[tokio::test]
async fn who_gets_a_case_is_changed_by_two_people_and_kept() {
    use kernel::Role;
    use negotiation::routing::changes::Change;
    use terms::signoffs::{self, SignoffState, Subject};

    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let ctx = &world.ctx;
        world.db.write(|tx| async move { actions::setup(&tx, ctx, None).await }).await.unwrap();
        let new = &[terms::testing::member(None, "Rex", Role::PricingManager, false)];
        let rex = world.db.write(|tx| async move { parties::people::actions::create_many(&tx, ctx, new).await });
        let pia = &world.person(3, 0);
        let mut actor = pia.actor.clone();
        actor.user = Some(rex.await.unwrap()[0]);
        let rex = &pia.acting_as(actor);
        let current = async || queries::settings(&world.db.read().await.unwrap()).await.unwrap();
        let propose = async |settings: &Settings, reason: &str| {
            world.db.write(|tx| async move { actions::propose(&tx, pia, settings, reason).await }).await
        };
        let now = current().await;
        let fewer = Settings { daily_cap: 3, ..now.clone() };
        assert_eq!(code(propose(&fewer, "").await), "reason: required");
        let id = propose(&fewer, "too much for one").await.unwrap().unwrap().id;
        assert_eq!(current().await, now, "nothing has changed yet");
        assert_eq!(code(propose(&Settings { daily_cap: 4, ..now.clone() }, "more").await), "signoff-open");
        let confirm =
            async |by: &Ctx, id| world.db.write(|tx| async move { actions::confirm(&tx, by, id, "").await }).await;
        assert_eq!(code(confirm(pia, id).await), "signoff-own-approval");
        // The desk's daily business needs nobody, and makes what waits stale.
        let early = Settings { remind_percent: 60, ..now.clone() };
        assert_eq!(propose(&early, "").await.unwrap().unwrap().state, SignoffState::Confirmed);
        assert_eq!((current().await.remind_percent, current().await.daily_cap), (60, 40));
        assert_eq!(code(confirm(rex, id).await), "routing-settings-changed");
        let decline = world
            .db
            .write(|tx| async move { signoffs::actions::decline(&tx, rex, Subject::Routing, id, "stale").await })
            .await;
        assert_eq!(code(decline), "done");
        let fewer = Settings { daily_cap: 3, ..current().await };
        let id = propose(&fewer, "too much for one").await.unwrap().unwrap().id;
        assert_eq!(code(confirm(rex, id).await), "done");
        assert_eq!(current().await.daily_cap, 3);
        assert!(propose(&current().await, "").await.unwrap().is_none(), "nothing differs");
        cap(&world, 0, Some(7)).await;

        let past = signoffs::queries::past(&world.db.read().await.unwrap(), Subject::Routing).await.unwrap();
        assert_eq!(past.len(), 4, "everything is kept");
        let caps = past.iter().filter_map(|one| match Change::stored(&one.text).unwrap() {
            Change::Cap { person, before, after } => Some((person, before, after)),
            Change::Settings { .. } => None,
        });
        assert_eq!(caps.collect::<Vec<_>>(), [(world.staff[0], None, Some(7))]);
        let confirmed = past.iter().find(|one| one.id == id).unwrap();
        assert_eq!(confirmed.decided.map(|(by, _)| Some(by)), Some(rex.actor.user));
        assert_eq!((confirmed.by, confirmed.is_own), (pia.actor.user, false));
        test.remove().await;
    }
}

#[tokio::test]
async fn a_preview_says_where_last_month_would_have_gone() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let ctx = &world.ctx;
        world.db.write(|tx| async move { actions::setup(&tx, ctx, None).await }).await.unwrap();
        // Two cases of the rep on one day, one of them still there when the other comes; and one of long ago.
        let first = waiting(&world, "114", 0).await;
        let second = waiting_from(&world, 2, "113", HOUR).await;
        world.withdraw(&world.buyer(0, 2 * HOUR), first).await.unwrap();
        let tx = world.db.read().await.unwrap();
        let month = queries::month(&tx, NOW.plus(DAY), &ctx.zone).await.unwrap();
        assert_eq!(month.cases.iter().map(|case| case.negotiation).collect::<Vec<_>>(), [first, second]);
        assert_eq!(month.cases[0].ended, Some(NOW.plus(2 * HOUR)));
        let settings = queries::settings(&tx).await.unwrap();
        let went = |settings: &Settings| {
            let went = month.replayed(settings, &ctx.zone);
            went.iter()
                .map(|went| went.person.and_then(|id| world.staff.iter().position(|other| *other == id)))
                .collect()
        };
        let now: Vec<Option<usize>> = went(&settings);
        assert_eq!(now, [Some(0), Some(0)], "both to the customer's own rep");
        let tight: Vec<Option<usize>> = went(&Settings { daily_cap: 1, ..settings.clone() });
        assert_eq!((tight[0], tight[1] != Some(0), tight[1].is_some()), (Some(0), true, true), "{tight:?}");
        let strict = Settings { grace_minutes: 0, ..settings.clone() };
        let passed =
            |settings: &Settings| month.replayed(settings, &ctx.zone).iter().filter(|w| w.is_passed_on).count();
        assert_eq!((passed(&settings), passed(&strict)), (0, 0), "an hour or two is in time");
        let first = RecommendFirst { above: Rate::ZERO, minutes: 60 };
        let advised = Settings { recommend_first: Some(first), ..settings.clone() };
        let advice = month.replayed(&advised, &ctx.zone).iter().filter(|went| went.is_advised).count();
        assert_eq!(advice, 0, "a rep decides these alone");
        let later = queries::month(&tx, NOW.plus(31 * DAY), &ctx.zone).await.unwrap();
        assert!(later.cases.is_empty(), "a month is over");
        drop(tx);
        test.remove().await;
    }
}
