//! What a decision starts: rounds after it, undoing, replacing, sending on, and the order of the queue.

use db::testing::TestDb;
use kernel::{Instant, NegotiationId, Outcome};
use negotiation::negotiations::{State, UNDO, rules, store};
use negotiation::offers::OfferState;
use negotiation::routing;
use negotiation_engine::{Extras, FreightMode, Lever, Policy};

use super::super::{NOW, VALVE, World, code, eur, migrations, pieces, serve, text};
use super::{MINUTE, SECOND, approve_at, button, case, counter_at, replace, undo, waiting};
use crate::cases::queries::{self, Sort, Whose};
use crate::cases::{Counter, NewProposal, Proposed, Start, StartLine, actions, attending, proposing};

#[tokio::test]
async fn use_s10_after_a_person_the_shop_does_not_go_lower() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let id = waiting(&world, 250, "104").await;
        assert_eq!(code(counter_at(&world, 0, 10 * MINUTE, id, (400, "115", 30)).await), "done");
        world.again(&world.buyer(0, 20 * MINUTE), id, &world.ask(VALVE, 300, "113")).await.unwrap();
        let n = world.load(id).await;
        assert_eq!((n.stored_state, n.reason.as_deref()), (State::Waiting, Some("countered")), "{:?}", n.offers);
        assert_eq!(n.rep, Some(world.staff[0]), "who countered has it");
        assert_eq!(text(&n.offers, NOW.plus(21 * MINUTE)), ["volume 115.00 x 400 /30"], "and that is what stands");
        let (tx, pia) = (world.db.read().await.unwrap(), world.person(3, 0));
        let replay = negotiation::negotiations::queries::replay(&tx, &pia.actor, id, 2).await;
        assert!(replay.unwrap().is_identical());
        drop(tx);
        test.remove().await;
    }
}

#[tokio::test]
async fn use_s10_where_the_policy_lets_the_shop_go_on_it_stays_above() {
    let test = TestDb::sqlite(&migrations()).await;
    let mut policy = Policy::starter();
    policy.routing.after_person = negotiation_engine::AfterPerson::Engine;
    let world = World::with(&test, policy, "80").await;
    let id = waiting(&world, 250, "104").await;
    assert_eq!(code(counter_at(&world, 0, 10 * MINUTE, id, (250, "117", 30)).await), "done");
    for (price, at) in [("105", 20), ("110", 30), ("112", 40)] {
        if world.load(id).await.stored_state == State::Waiting {
            break;
        }
        world.again(&world.buyer(0, at * MINUTE), id, &world.ask(VALVE, 250, price)).await.unwrap();
        let n = world.load(id).await;
        let shown = n.offers.iter().filter(|row| row.made_by.is_none() && row.state.was_shown());
        for row in shown {
            assert!(row.offer.terms.lines[0].price.micros() >= eur("117").micros(), "{row:?}");
        }
    }
    test.remove().await;
}

#[tokio::test]
async fn use_s13_a_decision_is_a_step_with_terms_margin_and_authority() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let id = waiting(&world, 250, "104").await;
        let suggested: Vec<_> = case(&world, id).await.suggested().map(|row| row.id).collect();
        assert_eq!(code(counter_at(&world, 0, 10 * MINUTE, id, (250, "117", 14)).await), "done");
        let all = store::recorded(&world.db.read().await.unwrap(), &[id]).await.unwrap().remove(&id).unwrap();
        let [row] = all.as_slice() else { panic!("{all:?}") };
        let terms = &row.given.offers[0].terms;
        assert_eq!((terms.lines[0].price, terms.payment_days), (eur("117"), 14));
        assert_eq!((row.given.authority.as_deref(), row.given.needed.as_deref()), (Some("rep"), Some("rep")));
        assert_eq!((row.given.asked_at, row.given.answer_minutes), (Some(NOW), Some(10)));
        let fall = crate::cases::testing_fall(&case(&world, id).await, terms).unwrap();
        assert_eq!((row.given.margin, row.given.pocket), (Some(fall.margin), Some(fall.pocket)));
        // What only the rep saw was never turned down.
        let n = world.load(id).await;
        let states: Vec<_> = n.offers.iter().filter(|o| suggested.contains(&o.id)).map(|o| o.state).collect();
        assert!(!states.is_empty() && states.iter().all(|state| *state == OfferState::Unsent), "{states:?}");
        let server = serve(&world, &test.db).await;
        let page = server.get("ann", &format!("/desk/{id}")).await;
        assert!(page.body.contains("Countered") && page.body.contains("250 pc at 117.00, "), "{}", page.body);
        let json = server.get("ann", &format!("/api/v1/desk/{id}")).await.body;
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["decisions"][0]["terms"][0]["lines"][0]["price"], "117.00");
        assert_eq!(json["decisions"][0]["authority"], "rep");
        test.remove().await;
    }
}

#[tokio::test]
async fn use_s22_a_decision_is_undone_within_ten_seconds() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let id = waiting(&world, 250, "114").await;
        let before = world.load(id).await;
        assert_eq!(code(approve_at(&world, 0, MINUTE, id, None).await), "done");
        assert_eq!(code(undo(&world, 1, MINUTE + SECOND, id).await), "decision-stands", "another's");
        assert_eq!(code(undo(&world, 0, MINUTE + UNDO, id).await), "decision-stands", "too late");
        assert_eq!(code(undo(&world, 0, MINUTE + 9 * SECOND, id).await), "done");
        let n = world.load(id).await;
        assert_eq!((n.stored_state, n.rep, n.answer_by), (State::Waiting, before.rep, before.answer_by));
        assert_eq!((n.reason, n.waiting_since, n.decisions.len()), (before.reason, before.waiting_since, 0));
        let states = |n: &[negotiation::offers::OfferRow]| n.iter().map(|row| (row.id, row.state)).collect::<Vec<_>>();
        let again: Vec<_> = n.offers.into_iter().filter(|row| row.state != OfferState::Undone).collect();
        let (mut was, mut is) = (states(&before.offers), states(&again));
        was.sort_by_key(|(id, _)| *id);
        is.sort_by_key(|(id, _)| *id);
        assert_eq!(is, was);
        let tx = world.db.read().await.unwrap();
        let assigned = routing::queries::assigned(&tx, &[id]).await.unwrap();
        assert_eq!(assigned[&id].person, before.rep, "it lies where it lay");
        drop(tx);
        assert_eq!(code(undo(&world, 0, MINUTE + 9 * SECOND, id).await), "decision-stands", "once");
        // And it can be decided again.
        assert_eq!(code(counter_at(&world, 0, 2 * MINUTE, id, (250, "117", 30)).await), "done");
        let taken = world.take(&world.buyer(0, 2 * MINUTE + 5 * SECOND), id, 0).await;
        assert_eq!(code(taken), "done");
        assert_eq!(code(undo(&world, 0, 2 * MINUTE + 6 * SECOND, id).await), "decision-stands", "taken");
        test.remove().await;
    }
}

#[tokio::test]
async fn what_was_undone_is_nothing_that_happened_to_the_buyer() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let id = waiting(&world, 250, "114").await;
    assert_eq!(code(counter_at(&world, 0, MINUTE, id, (250, "117.31", 30)).await), "done");
    let offer = world.load(id).await.offers.iter().position(|row| row.made_by.is_some()).unwrap();
    let server = serve(&world, &test.db).await;
    let path = format!("/account/negotiations/{id}");
    let course = server.get("kerstin", &path).await;
    assert!(course.status == 200 && course.body.contains("117.31"), "{}", course.body);
    assert_eq!(code(undo(&world, 0, MINUTE + 5 * SECOND, id).await), "done");
    let course = server.get("kerstin", &path).await;
    assert!(course.status == 200 && course.body.contains("114.00"), "{}", course.body);
    assert!(!course.body.contains("117.31") && !course.body.contains("made an offer"), "{}", course.body);
    let taken = world.take(&world.buyer(0, MINUTE + 6 * SECOND), id, offer).await;
    assert_eq!(code(taken), "offer-not-standing", "who had the page open is told");
    let desk = server.get("ann", &format!("/desk/{id}")).await.body;
    assert!(desk.contains("Countered: taken back") && desk.contains("117.31"), "{desk}");
    test.remove().await;
}

#[tokio::test]
async fn use_s22_an_own_offer_is_replaced_until_it_is_taken() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let id = waiting(&world, 250, "104").await;
        assert_eq!(code(replace(&world, 0, MINUTE, id, 250, "116").await), "nothing-to-replace", "nothing offered yet");
        assert_eq!(code(counter_at(&world, 0, MINUTE, id, (400, "117", 30)).await), "done");
        let at = |after: i64| NOW.plus(after);
        assert_eq!(text(&world.load(id).await.offers, at(2 * MINUTE)), ["volume 117.00 x 400 /30"]);
        assert_eq!(code(replace(&world, 1, 2 * MINUTE, id, 250, "117").await), "nothing-to-replace", "another's");
        assert_eq!(code(replace(&world, 0, 2 * MINUTE, id, 250, "80").await), "needs-authority");
        assert_eq!(code(replace(&world, 0, 2 * MINUTE, id, 250, "117").await), "done");
        let n = world.load(id).await;
        assert_eq!(text(&n.offers, at(3 * MINUTE)), ["plain 117.00 x 250 /30"], "the wrong one is gone");
        assert_eq!(n.decisions.last().unwrap().kind, "replacement");
        let old = n.offers.iter().position(|row| row.state == OfferState::Withdrawn).unwrap();
        assert_eq!(code(world.take(&world.buyer(0, 4 * MINUTE), id, old).await), "offer-not-standing");
        // Taking the replacement back brings the first one back.
        assert_eq!(code(undo(&world, 0, 2 * MINUTE + 5 * SECOND, id).await), "done");
        assert_eq!(text(&world.load(id).await.offers, at(3 * MINUTE)), ["volume 117.00 x 400 /30"]);
        test.remove().await;
    }
}

async fn propose(world: &World, person: usize, id: NegotiationId, answer: Proposed, rationale: &str) -> Outcome<()> {
    let ctx = &world.person(person, MINUTE);
    let version = world.load(id).await.version;
    let new = &NewProposal { version, answer, message: "For you.".into(), rationale: rationale.into() };
    world.db.write(|tx| async move { proposing::propose(&tx, ctx, id, new).await }).await
}

#[tokio::test]
async fn use_s23_beyond_ones_authority_an_answer_is_sent_on() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let id = waiting(&world, 250, "104").await;
        let counter = |price: &str| {
            let lines = vec![(pieces(250), eur(price))];
            Proposed::Counter(Counter { lines, payment_days: 30, ..Counter::default() })
        };
        assert_eq!(code(propose(&world, 0, id, counter("85"), " ").await), "rationale: required");
        assert_eq!(code(propose(&world, 0, id, counter("118"), "Why not").await), "no-approval-needed");
        assert_eq!(code(propose(&world, 0, id, counter("121"), "x").await), "lines[0].price: counter-above-list");
        assert_eq!(code(propose(&world, 0, id, counter("85"), "They move to us.").await), "done");
        let n = world.load(id).await;
        assert_eq!((n.stored_state, n.authority.as_deref()), (State::Waiting, Some("pricing_manager")));
        assert_eq!(n.rep, Some(world.staff[3]), "somebody who may decide it has it");
        assert_eq!(text(&n.offers, NOW.plus(2 * MINUTE)), Vec::<String>::new(), "the buyer has nothing");
        let found = case(&world, id).await;
        let (proposal, row) = found.proposal().unwrap();
        assert_eq!((proposal.person, proposal.rationale.as_str()), (world.staff[0], "They move to us."));
        let (offer, terms) = (row.id, row.offer.terms.clone());
        assert_eq!(code(approve_at(&world, 0, 2 * MINUTE, id, Some(offer)).await), "needs-authority");
        // The approver sees it as a proposal and sends it with one key.
        let server = serve(&world, &test.db).await;
        let page = server.get("pia", &format!("/desk/{id}")).await.body;
        assert!(
            page.contains("Ann asks for your approval: 250 pc at 85.00") && page.contains("They move to us."),
            "{page}"
        );
        let own = server.get("ann", &format!("/desk/{id}")).await.body;
        assert!(own.contains("Waits for another person: 250 pc at 85.00"), "one's own proposal: {own}");
        assert!(!own.contains("asks for your approval"), "{own}");
        assert_eq!(button(&page, &offer.to_string()), "Approve 250 pc at 85.00");
        assert!(page.contains(">For you.</textarea>"), "{page}");
        assert_eq!(code(approve_at(&world, 3, 3 * MINUTE, id, Some(offer)).await), "done");
        let n = world.load(id).await;
        let standing: Vec<_> = n.standing(NOW.plus(4 * MINUTE)).map(|row| row.offer.terms.clone()).collect();
        assert_eq!((n.stored_state, standing), (State::Offered, vec![terms]));
        test.remove().await;
    }
}

#[tokio::test]
async fn use_s23_beginning_for_a_customer_is_sent_on_and_the_customer_knows_nothing() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let line = StartLine { product: world.products[VALVE], quantity: pieces(250), price: Some(eur("85")) };
        let start = Start {
            lines: vec![line],
            rationale: "A big name.".into(),
            valid_days: Some(10),
            is_proposal: true,
            ..Start::default()
        };
        let (ctx, company, start) = (&world.person(0, 0), world.company, &start);
        let id =
            world.db.write(|tx| async move { attending::start_for(&tx, ctx, company, start).await }).await.unwrap();
        let n = world.load(id).await;
        assert!(n.is_draft() && n.rep == Some(world.staff[3]), "{n:?}");
        let server = serve(&world, &test.db).await;
        let buyers = server.get("kerstin", "/api/v1/negotiations").await.body;
        assert!(!buyers.contains(&id.to_string()), "{buyers}");
        assert_eq!(server.get("kerstin", &format!("/account/negotiations/{id}")).await.status, 404);
        let offer = case(&world, id).await.proposal().unwrap().1.id;
        assert_eq!(code(approve_at(&world, 3, MINUTE, id, Some(offer)).await), "done");
        let n = world.load(id).await;
        assert_eq!(text(&n.offers, NOW.plus(2 * MINUTE)), ["plain 85.00 x 250 /30"]);
        assert!(n.is_unasked(), "and nobody has asked for it");
        assert_eq!(n.expires_at, Some(NOW.plus(10 * Instant::DAY)));
        assert_eq!(server.get("kerstin", &format!("/account/negotiations/{id}")).await.status, 200);
        test.remove().await;
    }
}

#[tokio::test]
async fn use_s24_several_lines_with_terms_and_validity() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let server = serve(&world, &test.db).await;
    let typed = "company=1&product_0=P-0&quantity_0=250&price_0=117&product_1=P-4&quantity_1=500";
    let figures = server.form("ann", "/desk/new/figures", typed).await;
    assert_eq!(figures.status, 200);
    assert!(figures.body.contains("P-0 · Product 0"), "{}", figures.body);
    for known in ["120.00", "80.00", "in steps of 50 pc"] {
        assert!(figures.body.contains(known), "{known}: {}", figures.body);
    }
    let mixed = server.form("ann", "/desk/new", typed).await;
    assert_eq!(mixed.status, 422, "a price in each line, or in none");
    let found = server.form("ann", "/desk/new", "company=1&product_0=Product+4&action=more").await;
    assert!(found.status == 200 && found.body.contains("value=\"0:P-4\""), "{}", found.body);
    let whole = format!("{typed}&price_1=0.04&payment_days=14&valid_days=5&message=Both");
    let begun = server.form("ann", "/desk/new", &whole).await;
    assert_eq!(begun.status, 303, "{}", begun.body);
    test.remove().await;
}

#[tokio::test]
async fn use_s14_late_first_then_by_due_time_then_by_value() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let mut ids = Vec::new();
    for (buyer, quantity, at) in [(0, 500, 30 * MINUTE), (2, 250, 0)] {
        let mut ask = world.ask(VALVE, quantity, "114");
        ask.wants_person = true;
        ids.push(world.open(&world.buyer(buyer, at), &ask).await.unwrap());
    }
    let tx = test.db.read().await.unwrap();
    let order = async |sort| {
        let list = queries::sorted_queue(&tx, world.staff[0], Whose::All, sort).await.unwrap();
        list.rows.iter().map(|row| ids.iter().position(|id| *id == row.negotiation.id).unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(order(Sort::Due).await, [1, 0], "what was promised earlier, though it is worth less");
    assert_eq!(order(Sort::Value).await, [0, 1]);
    drop(tx);
    test.remove().await;
}

#[tokio::test]
async fn use_s15_answering_time_is_from_the_buyers_ask_whoever_takes_the_case() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let id = waiting(&world, 250, "114").await;
    let late = &world.person(1, 200 * MINUTE);
    world.db.write(|tx| async move { attending::take_over(&tx, late, id).await }).await.unwrap();
    assert_eq!(code(approve_at(&world, 1, 201 * MINUTE, id, None).await), "done");
    let tx = test.db.read().await.unwrap();
    let now = NOW.plus(202 * MINUTE);
    let loads = routing::queries::workloads(&tx, now, &world.ctx.zone).await.unwrap();
    let ben = loads.iter().find(|load| load.member.id == world.staff[1]).unwrap();
    assert_eq!(ben.turnaround_minutes, Some(201));
    drop(tx);
    test.remove().await;
}

#[tokio::test]
async fn use_s33_who_takes_a_case_over_gets_no_mail_about_it() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let id = waiting(&world, 250, "114").await;
    let mails = async || crate::tests::job_times(&world, "negotiation.tell_rep").await.len();
    let before = mails().await;
    let ben = &world.person(1, MINUTE);
    world.db.write(|tx| async move { attending::take_over(&tx, ben, id).await }).await.unwrap();
    assert_eq!(mails().await, before);
    let (ann, to) = (&world.person(0, 2 * MINUTE), world.staff[2]);
    world.db.write(|tx| async move { attending::pass_on(&tx, ann, id, to, "Yours").await }).await.unwrap();
    assert_eq!(mails().await, before + 1, "but who gets one does");
    test.remove().await;
}

#[tokio::test]
async fn use_s22_the_mail_waits_until_nothing_can_be_undone() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let id = waiting(&world, 250, "114").await;
    assert_eq!(code(approve_at(&world, 0, MINUTE, id, None).await), "done");
    assert_eq!(crate::tests::job_times(&world, "negotiation.tell_buyer").await, [NOW.plus(MINUTE + UNDO)]);
    test.remove().await;
}

#[tokio::test]
async fn fault_of_two_decisions_within_ten_seconds_one_mail_tells() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let id = waiting(&world, 250, "104").await;
    let (first, second, third) = (MINUTE, MINUTE + 9 * SECOND, 2 * MINUTE);
    let tells = async |at: i64| rules::is_to_tell(&world.load(id).await, NOW.plus(at));
    assert_eq!(code(counter_at(&world, 0, first, id, (250, "117", 30)).await), "done");
    assert!(tells(first).await);
    assert_eq!(code(replace(&world, 0, second, id, 250, "116").await), "done");
    assert_eq!((tells(first).await, tells(second).await), (false, true), "only what holds, and only once it is sure");
    assert_eq!(code(undo(&world, 0, second + 5 * SECOND, id).await), "done");
    assert!(tells(second).await, "the first offer holds again, and its own mail was not sent");
    assert_eq!(code(replace(&world, 0, third, id, 250, "115").await), "done");
    assert_eq!(code(undo(&world, 0, third + SECOND, id).await), "done");
    assert!(!tells(third).await, "of the first offer the buyer knows");
    assert_eq!(code(replace(&world, 0, 2 * third, id, 250, "115").await), "done");
    let standing = world.load(id).await.offers.iter().position(|row| row.state == OfferState::Open).unwrap();
    assert_eq!(code(world.take(&world.buyer(0, 2 * third + SECOND), id, standing).await), "done");
    assert!(!tells(2 * third).await, "who has taken it has seen it");
    test.remove().await;
}

#[tokio::test]
async fn fault_what_is_taken_back_is_not_mailed() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let id = waiting(&world, 250, "114").await;
    assert_eq!(code(approve_at(&world, 0, MINUTE, id, None).await), "done");
    assert!(rules::is_to_tell(&world.load(id).await, NOW.plus(MINUTE)), "what was granted is told");
    assert_eq!(code(undo(&world, 0, MINUTE + SECOND, id).await), "done");
    assert!(!rules::is_to_tell(&world.load(id).await, NOW.plus(MINUTE)));
    test.remove().await;
}

/// The company is Ann's; any rep may answer, and the case says who did.
#[tokio::test]
async fn attack_l10_another_rep_answers_within_the_own_authority_and_is_named() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let id = waiting(&world, 250, "114").await;
    assert_eq!(code(approve_at(&world, 1, MINUTE, id, None).await), "done");
    let n = world.load(id).await;
    assert_eq!((n.stored_state, n.decisions[0].person), (State::Agreed, world.staff[1]));
    let low = waiting(&world, 250, "60").await;
    assert_eq!(
        code(approve_at(&world, 1, 2 * MINUTE, low, None).await),
        "needs-authority",
        "within the own authority only"
    );
    test.remove().await;
}

#[tokio::test]
async fn fault_r11_own_cases_are_shown_whatever_others_have() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let mine = waiting(&world, 250, "114").await;
    // Six hundred cases of another rep's desk are due before.
    let (ben, company) = (world.staff[1], world.company);
    let one = &world.load(mine).await;
    let ctx = &world.ctx;
    let done = world.db.write(|tx| async move {
        for number in 0..600 {
            let id = NegotiationId::new(ctx);
            let due = one.answer_by.map(|by| by.plus(-Instant::HOUR));
            let n = negotiation::negotiations::Negotiation {
                id,
                number: 1_000 + number,
                company,
                rep: Some(ben),
                answer_by: due,
                ..one.clone()
            };
            store::insert(&tx, &n).await?;
        }
        Ok(())
    });
    done.await.unwrap();
    let tx = test.db.read().await.unwrap();
    for whose in [Whose::Mine, Whose::All, Whose::Team] {
        let list = queries::sorted_queue(&tx, world.staff[0], whose, Sort::Due).await.unwrap();
        assert!(list.rows.iter().any(|row| row.negotiation.id == mine), "{whose:?}");
        assert_eq!((list.rows.len(), list.total), (500, 601), "{whose:?}");
    }
    let bens = queries::sorted_queue(&tx, ben, Whose::Mine, Sort::Due).await.unwrap();
    assert_eq!((bens.rows.len(), bens.total), (600, 600), "own cases are never cut away");
    drop(tx);
    test.remove().await;
}

#[tokio::test]
async fn fault_s10_a_counter_keeps_what_the_buyer_gives_beside_the_price() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let mut ask = world.ask(VALVE, 250, "104");
        ask.wants_person = true;
        ask.extras = Extras { flexible_days: 10, freight: FreightMode::Collected, ..Extras::default() };
        let id = world.open(&world.buyer(0, 0), &ask).await.unwrap();
        assert_eq!(code(counter_at(&world, 0, MINUTE, id, (400, "117", 30)).await), "done");
        let n = world.load(id).await;
        let row = n.standing(NOW.plus(2 * MINUTE)).next().unwrap();
        assert_eq!((row.offer.terms.extras, row.offer.lever), (ask.extras, Lever::Volume));
        test.remove().await;
    }
}

#[tokio::test]
async fn fault_s4_what_ended_with_a_no_is_closed_when_nothing_more_can_come() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let id = waiting(&world, 250, "114").await;
        let (ctx, version) = (&world.person(0, MINUTE), world.load(id).await.version);
        let rejection = &crate::cases::Rejection {
            version,
            reason: "other".into(),
            rationale: "No.".into(),
            message: String::new(),
        };
        world.db.write(|tx| async move { actions::reject(&tx, ctx, id, rejection).await }).await.unwrap();
        let sweep = async |at: Instant| {
            let ctx = &kernel::Ctx { now: at, ..world.ctx.clone() };
            world.db.write(|tx| async move { routing::actions::begin_sweep(&tx, ctx).await }).await.unwrap();
            world.load(id).await.closed_at
        };
        let end = world.load(id).await.expires_at.unwrap();
        assert_eq!(sweep(end.plus(-1)).await, None, "the buyer may ask again");
        assert_eq!(sweep(end).await, Some(end));
        assert_eq!(world.load(id).await.stored_state, State::Declined);
        test.remove().await;
    }
}
