//! What people decide: one wins, authority, what the buyer gets.

use db::testing::TestDb;
use kernel::{Instant, NegotiationId, Outcome};
use negotiation::negotiations::State;

use super::{NOW, VALVE, World, code, eur, migrations, pieces, text};
use crate::cases::queries::{self, Whose};
use crate::cases::{Approval, Counter, Rejection, actions};

const MINUTE: i64 = Instant::MINUTE;

async fn approve(
    world: &World,
    person: usize,
    id: NegotiationId,
    version: i64,
    suggestion: Option<usize>,
) -> Outcome<()> {
    let ctx = &world.person(person, 10 * MINUTE);
    let case = queries::case(&world.db.read().await.unwrap(), id).await.unwrap();
    let offer = suggestion.and_then(|at| case.suggested().nth(at).map(|row| row.id));
    let approval = &Approval { version, offer, message: "With pleasure.".into(), ..Approval::default() };
    world.db.write(|tx| async move { actions::approve(&tx, ctx, id, approval).await }).await
}

async fn counter(
    world: &World,
    person: usize,
    id: NegotiationId,
    version: i64,
    quantity: i64,
    price: &str,
) -> Outcome<()> {
    let ctx = &world.person(person, 10 * MINUTE);
    let counter = &Counter {
        version,
        base: None,
        lines: vec![(pieces(quantity), eur(price))],
        payment_days: 30,
        message: "Meet me half way.".into(),
        rationale: "They grow.".into(),
    };
    world.db.write(|tx| async move { actions::counter(&tx, ctx, id, counter).await }).await
}

async fn reject(world: &World, person: usize, id: NegotiationId, version: i64, reason: &str, why: &str) -> Outcome<()> {
    let ctx = &world.person(person, 10 * MINUTE);
    let rejection = &Rejection { version, reason: reason.into(), rationale: why.into(), message: "Sorry.".into() };
    world.db.write(|tx| async move { actions::reject(&tx, ctx, id, rejection).await }).await
}

/// A case of 100,000.00 or so that waits: asked for a person.
async fn waiting(world: &World, price: &str) -> (NegotiationId, i64) {
    let mut ask = world.ask(VALVE, 250, price);
    ask.wants_person = true;
    let id = world.open(&world.buyer(0, 0), &ask).await.unwrap();
    let n = world.load(id).await;
    assert_eq!(n.stored_state, State::Waiting);
    (id, n.version)
}

#[tokio::test]
async fn the_ask_is_granted_in_one_stroke() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let (id, version) = waiting(&world, "114").await;
        let n = world.load(id).await;
        assert_eq!(n.rep, Some(world.staff[0]), "the company's own rep");
        assert_eq!(n.answer_by, Some(NOW.plus(120 * MINUTE)));
        assert_eq!(code(approve(&world, 0, id, version, None).await), "done");
        let n = world.load(id).await;
        assert_eq!(n.stored_state, State::Agreed);
        let agreed = n.agreed().unwrap();
        assert_eq!((agreed.offer.terms.lines[0].price, agreed.made_by), (eur("114"), Some(world.staff[0])));
        assert_eq!(agreed.offer.saving.to_decimal(), "1500.00");
        assert_eq!(n.decisions[0].message, "With pleasure.");
        test.remove().await;
    }
}

#[tokio::test]
async fn two_at_once_one_wins() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let (id, version) = waiting(&world, "114").await;
        let (one, two) =
            tokio::join!(approve(&world, 0, id, version, None), reject(&world, 1, id, version, "other", "No."));
        let mut said = [code(one), code(two)];
        said.sort();
        assert_eq!(said, ["case-decided-already", "done"]);
        let refused = match reject(&world, 2, id, version, "other", "No.").await {
            Err(kernel::Failure::Refused(refused)) => refused,
            other => panic!("{other:?}"),
        };
        let winner = if world.load(id).await.stored_state == State::Agreed { "Ann" } else { "Ben" };
        let at = NOW.plus(10 * MINUTE).to_rfc3339();
        assert_eq!(refused.args, [("name", winner.to_owned()), ("at", at)]);
        assert_eq!(world.load(id).await.decisions.len(), 1);
        test.remove().await;
    }
}

#[tokio::test]
async fn refusals_and_wrong_input() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let (id, version) = waiting(&world, "114").await;
    let buyer = world.buyer(0, 0);
    let (ctx, nothing) = (&buyer, &Approval::default());
    let by_buyer = world.db.write(|tx| async move { actions::approve(&tx, ctx, id, nothing).await }).await;
    assert_eq!(code(by_buyer), "not-allowed");
    assert_eq!(code(approve(&world, 0, id, version + 1, None).await), "case-changed");
    for (quantity, price, want) in [
        (250, "0", "lines[0].price: price-positive"),
        (260, "115", "lines[0].quantity: quantity-multiple"),
        (250, "121", "lines[0].price: counter-above-list"),
        (250, "60", "needs-authority"),
    ] {
        assert_eq!(code(counter(&world, 0, id, version, quantity, price).await), want, "{quantity} {price}");
    }
    assert_eq!(code(reject(&world, 0, id, version, "because", "x").await), "reason: choice");
    assert_eq!(code(reject(&world, 0, id, version, "other", " ").await), "rationale: required");
    let refused = match counter(&world, 0, id, version, 250, "60").await {
        Err(kernel::Failure::Refused(refused)) => refused,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused.args, [("names", "Pia".to_owned())], "below the floor");
    assert_eq!(code(counter(&world, 3, id, version, 250, "90").await), "done", "who may, may");
    test.remove().await;
}

#[tokio::test]
async fn a_counteroffer_is_taken_like_any_offer() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let (id, version) = waiting(&world, "108").await;
        assert_eq!(code(counter(&world, 0, id, version, 400, "113").await), "done");
        let now = NOW.plus(10 * MINUTE);
        let n = world.load(id).await;
        assert_eq!((n.state(now), text(&n.offers, now)), (State::Offered, vec!["volume 113.00 x 400 /30".to_owned()]));
        let locale = i18n::Locale::new(i18n::Language::En, "Europe/Warsaw");
        let says = terms::words::sentence(&locale, &n.offers[0].offer, &terms::words::Names::new());
        assert_eq!(says, "Order 150 more (400 in all) and pay 113.00.");
        assert_eq!(code(world.hand_over(&world.buyer(0, 20 * MINUTE), id).await), "negotiation-answered-by-person");
        assert_eq!(code(world.take(&world.buyer(1, 30 * MINUTE), id, 0).await), "done");
        assert_eq!(world.load(id).await.stored_state, State::Agreed);
        assert_eq!(code(approve(&world, 0, id, version, None).await), "case-decided-already");
        test.remove().await;
    }
}

#[tokio::test]
async fn a_suggestion_is_sent_and_a_no_leaves_what_stood() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let id = world.open(&world.buyer(0, 0), &world.ask(VALVE, 250, "110")).await.unwrap();
    let stood = text(&world.load(id).await.offers, NOW);
    world.hand_over(&world.buyer(0, MINUTE), id).await.unwrap();
    let version = world.load(id).await.version;
    assert_eq!(code(reject(&world, 0, id, version, "below-floor", "Too low.").await), "done");
    let now = NOW.plus(11 * MINUTE);
    let n = world.load(id).await;
    assert_eq!((n.state(now), text(&n.offers, now)), (State::Declined, stood));
    assert_eq!(n.decisions[0].reason.as_deref(), Some("below-floor"));

    // A better ask goes on, and a person again; now a suggestion is sent.
    let mut better = world.ask(VALVE, 250, "111");
    better.wants_person = true;
    world.again(&world.buyer(0, 20 * MINUTE), id, &better).await.unwrap();
    let version = world.load(id).await.version;
    let ctx = &world.person(0, 30 * MINUTE);
    let case = queries::case(&test.db.read().await.unwrap(), id).await.unwrap();
    let offer = case.suggested().next().map(|row| row.id);
    assert!(offer.is_some());
    let approval = &Approval { version, offer, ..Approval::default() };
    let done = world.db.write(|tx| async move { actions::approve(&tx, ctx, id, approval).await }).await;
    assert_eq!(code(done), "done");
    assert_eq!(world.load(id).await.stored_state, State::Offered);
    let gone = Approval { version: version + 1, offer, ..Approval::default() };
    let (ctx, gone) = (&world.person(1, 31 * MINUTE), &gone);
    let done = world.db.write(|tx| async move { actions::approve(&tx, ctx, id, gone).await }).await;
    assert_eq!(code(done), "case-decided-already");
    test.remove().await;
}

#[tokio::test]
async fn the_buyer_may_move_on_first() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let (id, version) = waiting(&world, "114").await;
    world.withdraw(&world.buyer(1, MINUTE), id).await.unwrap();
    assert_eq!(code(approve(&world, 0, id, version, None).await), "case-not-waiting");
    test.remove().await;
}

#[tokio::test]
async fn rounds_are_over_once_a_person_has_decided() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let id = world.open(&world.buyer(0, 0), &world.ask(VALVE, 250, "105")).await.unwrap();
    for (price, after) in [("106", 1), ("107", 2), ("108", 3)] {
        if world.load(id).await.stored_state != State::Waiting {
            world.again(&world.buyer(0, after * MINUTE), id, &world.ask(VALVE, 250, price)).await.unwrap();
        }
    }
    if world.load(id).await.stored_state != State::Waiting {
        world.hand_over(&world.buyer(0, 5 * MINUTE), id).await.unwrap();
    }
    let n = world.load(id).await;
    assert_eq!(n.round, 4);
    assert_eq!(code(reject(&world, 3, id, n.version, "other", "Enough.").await), "done");
    assert_eq!(
        code(world.again(&world.buyer(0, 20 * MINUTE), id, &world.ask(VALVE, 250, "112")).await),
        "rounds-exhausted"
    );
    test.remove().await;
}

#[tokio::test]
async fn the_queue_by_day_and_value() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let mut ids = Vec::new();
    for (buyer, quantity) in [(0, 250), (2, 400)] {
        let mut ask = world.ask(VALVE, quantity, "114");
        ask.wants_person = true;
        ids.push(world.open(&world.buyer(buyer, 0), &ask).await.unwrap());
    }
    let tx = test.db.read().await.unwrap();
    let queue = async |person: usize, whose| {
        let rows = queries::queue(&tx, world.staff[person], whose).await.unwrap();
        rows.iter().map(|row| ids.iter().position(|id| *id == row.negotiation.id).unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(queue(0, Whose::Mine).await, [1, 0], "the larger first");
    assert_eq!(queue(1, Whose::Mine).await, Vec::<usize>::new());
    assert_eq!(queue(1, Whose::Team).await, [1, 0]);
    assert_eq!(queue(0, Whose::Done).await, Vec::<usize>::new());
    assert_eq!(queue(1, Whose::All).await, [1, 0]);
    assert_eq!(queue(1, Whose::Pool).await, Vec::<usize>::new());
    drop(tx);
    test.remove().await;
}

#[test]
fn every_entry_of_a_trace_has_a_sentence_with_its_numbers() {
    let messages = i18n::messages(i18n::Language::En);
    for (code, _) in negotiation_engine::Entry::ALL {
        let key = format!("trace-{}", code.replace('_', "-"));
        assert!(messages.iter().any(|(known, _)| *known == key), "{key}");
    }
    for reason in negotiation_engine::EscalateReason::ALL {
        let key = format!("escalated-{}", reason.code().replace('_', "-"));
        assert!(messages.iter().any(|(known, _)| *known == key), "{key}");
    }
    for reason in negotiation_engine::DeclineReason::ALL {
        let key = format!("declined-{}", reason.code().replace('_', "-"));
        assert!(messages.iter().any(|(known, _)| *known == key), "{key}");
    }
}
