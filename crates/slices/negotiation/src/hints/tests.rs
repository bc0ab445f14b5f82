//! Hints: who gets them, that one can be taken as it stands, and that it replays.

use db::testing::TestDb;
use kernel::Quantity;
use negotiation_engine::{Lever, Offer, Policy};

use super::queries::{self, Looking};
use super::{Chosen, Hint, actions};
use crate::negotiations::State;
use crate::tests::{FIXED, NO_COST, VALVE, World, code, pieces};

fn looking(w: &World) -> Looking {
    Looking { company: w.company, now: w.ctx.now, today: w.ctx.now.date() }
}

async fn hints(w: &World, product: usize, quantity: i64) -> Vec<Offer> {
    found(w, product, quantity).await.into_iter().map(|hint| hint.offer).collect()
}

async fn found(w: &World, product: usize, quantity: i64) -> Vec<Hint> {
    queries::hints(&w.db.read().await.unwrap(), looking(w), &w.ask(product, quantity, "1")).await.unwrap()
}

fn told(offers: &[Offer]) -> Vec<String> {
    let line = |offer: &Offer| {
        let line = offer.terms.lines[0];
        format!("{}:{}@{}", offer.lever.code(), line.quantity.to_decimal(), line.price.to_decimal())
    };
    offers.iter().map(line).collect()
}

#[tokio::test]
async fn only_what_the_policy_shows_and_may_be_negotiated() {
    let test = TestDb::sqlite(&crate::tests::migrations()).await;
    let w = World::new(&test).await;
    assert!(hints(&w, VALVE, 2_000).await.is_empty(), "the starter shows nothing unasked");
    test.remove().await;

    let test = TestDb::sqlite(&crate::tests::migrations()).await;
    let w = World::with(&test, Policy::complete(), "80").await;
    let found = hints(&w, VALVE, 2_000).await;
    // Listed at 120.00: half as much again earns 2.6 %, twice as much 5.2 %, three times 10.4 %; never the plain 3.2 %.
    assert_eq!(told(&found)[..3], ["volume:2500@118.50", "volume:3000@116.90", "volume:4000@113.80"]);
    assert!(found.iter().all(|offer| offer.saving.minor() > 0));
    assert!(hints(&w, FIXED, 2_000).await.is_empty(), "a product that is not negotiable");
    assert!(hints(&w, NO_COST, 2_000).await.is_empty(), "no known cost");
    test.remove().await;
}

#[tokio::test]
async fn a_hint_is_taken_as_it_stands_and_replays() {
    for test in TestDb::both(&crate::tests::migrations()).await {
        let w = World::with(&test, Policy::complete(), "80").await;
        let ctx = &w.buyer(0, 0);
        let basis = &w.ask(VALVE, 2_000, "1");
        let chosen = Chosen { lever: Lever::Volume, quantity: pieces(3_000) };
        let id = w.db.write(|tx| async move { actions::take(&tx, ctx, basis, chosen).await }).await.unwrap();
        let n = w.load(id).await;
        assert_eq!(n.state(ctx.now), State::Agreed);
        let agreed = n.agreed().unwrap();
        assert_eq!(told(std::slice::from_ref(&agreed.offer)), ["volume:3000@116.90"]);
        let seller = w.ctx.actor.clone();
        let replay = crate::negotiations::queries::replay(&w.db.read().await.unwrap(), &seller, id, 1).await.unwrap();
        assert_eq!(replay.again, replay.stored);
        let gone = Chosen { lever: Lever::Volume, quantity: Quantity::whole(3_001, kernel::Unit::Piece) };
        let refused = w.db.write(|tx| async move { actions::take(&tx, ctx, basis, gone).await }).await;
        assert_eq!(code(refused), "offer-not-standing");
        test.remove().await;
    }
}
