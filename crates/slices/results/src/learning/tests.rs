//! What outcomes teach, from which, and that decisions use it.

use db::testing::TestDb;
use kernel::Instant;
use negotiation_engine::{Features, Lever};
use terms::beliefs::{queries, rules};

use super::actions;
use crate::tests::{VALVE, World};

fn at_ask(lever: Lever) -> Features {
    Features { gap: 0, extra_value: 0, earlier: 0, lever }
}

#[test]
fn outcomes_of_a_lever_move_that_lever_most() {
    let mut model = rules::unlearnt().unwrap();
    let before = rules::chance(&model, &at_ask(Lever::Volume)).unwrap();
    for _ in 0..40 {
        model.update(&rules::vector(&at_ask(Lever::Volume)), true).unwrap();
        model.update(&rules::vector(&at_ask(Lever::Payment)), false).unwrap();
    }
    let chance = |lever| rules::chance(&model, &at_ask(lever)).unwrap();
    let (volume, payment, freight) = (chance(Lever::Volume), chance(Lever::Payment), chance(Lever::Freight));
    assert!(volume.percent > 90 && payment.percent < 20, "{volume:?} {payment:?}");
    assert!(payment.percent < freight.percent && freight.percent < volume.percent, "{freight:?}");
    assert!(volume.high - volume.low < before.high - before.low, "it is surer than before");
    // A pair is as likely as both its levers make it, and what the engine gets ranks in the same way.
    let learnt = rules::buyer_model(&model);
    let ppm = |lever| learnt.chance_ppm(&at_ask(lever));
    assert!(ppm(Lever::Payment) < ppm(Lever::VolumePayment) && ppm(Lever::VolumePayment) < ppm(Lever::Volume));
}

#[test]
fn a_new_segment_begins_with_what_all_do() {
    let mut all = rules::unlearnt().unwrap();
    for _ in 0..30 {
        all.update(&rules::vector(&at_ask(Lever::Bonus)), false).unwrap();
    }
    let begun = rules::beginning(&all).unwrap();
    let chance = |model| rules::chance(model, &at_ask(Lever::Bonus)).unwrap();
    assert!(chance(&begun).high - chance(&begun).low > chance(&all).high - chance(&all).low, "but less sure");
    assert_eq!(begun.weights_ppm(), all.weights_ppm());
}

#[tokio::test]
async fn a_taken_offer_teaches_and_the_next_decision_uses_it() {
    for test in TestDb::both(&crate::tests::migrations()).await {
        let w = World::new(&test).await;
        let id = w.open(&w.buyer(0, 0), &w.ask(VALVE, 2_000, "110")).await.unwrap();
        let count = i64::try_from(w.load(id).await.offers.len()).unwrap();
        let later = w.ctx.now.plus(Instant::HOUR);
        assert_eq!(
            w.db.write(|tx| async move { actions::learn(&tx, 10, later).await }).await.unwrap(),
            0,
            "it is open"
        );
        w.take(&w.buyer(0, 1), id, 0).await.unwrap();
        let before = queries::model(&w.db.read().await.unwrap(), "standard").await.unwrap();
        assert_eq!(before, None);
        assert_eq!(w.db.write(|tx| async move { actions::learn(&tx, 10, later).await }).await.unwrap(), 1);
        assert_eq!(w.db.write(|tx| async move { actions::learn(&tx, 10, later).await }).await.unwrap(), 0, "only once");

        let beliefs = queries::beliefs(&w.db.read().await.unwrap()).await.unwrap();
        let told: Vec<_> = beliefs.iter().map(|b| (b.segment.as_str(), b.outcomes, b.taken)).collect();
        assert_eq!(told, [("", count, 1), ("standard", count, 1)]);

        let id = w.open(&w.buyer(0, Instant::HOUR), &w.ask(VALVE, 3_000, "112")).await.unwrap();
        let rounds = negotiation::negotiations::store::rounds(&w.db.read().await.unwrap(), id).await.unwrap();
        assert!(rounds[0].position.contains("\"buyer\":{"), "{}", rounds[0].position);
        let replay =
            negotiation::negotiations::queries::replay(&w.db.read().await.unwrap(), &w.ctx.actor, id, 1).await.unwrap();
        assert!(replay.is_identical());
        test.remove().await;
    }
}
