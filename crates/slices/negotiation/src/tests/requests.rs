//! Asking, asking again, taking, talking to a person, taking back; expiry, replay, budget, import.

use db::testing::TestDb;
use kernel::{Currency, Instant, Rounding};
use negotiation_engine::{History, Policy};
use terms::figures;

use super::{CHEAP, FIXED, NO_COST, NO_PRICE, NOW, VALVE, World, code, eur, migrations, pieces, text};
use crate::negotiations::{Competitor, State, queries};
use crate::offers;
use crate::requests::{Ask, AskLine, PastNegotiation, PastOffer, PastRound, actions, rules};

const HOUR: i64 = Instant::HOUR;

#[tokio::test]
async fn the_headline() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let buyer = world.buyer(0, 0);
        let id = world.open(&buyer, &world.ask(VALVE, 2_000, "110")).await.unwrap();
        let n = world.load(id).await;
        assert_eq!(n.stored_state, State::Offered);
        assert_eq!(
            text(&n.offers, NOW),
            ["volume 110.00 x 4000 /30", "payment 113.40 x 2000 /0", "plain 116.20 x 2000 /30"]
        );
        let locale = i18n::Locale::new(i18n::Language::En, "Europe/Warsaw");
        let says = terms::words::sentence(&locale, &n.offers[0].offer, &terms::words::Names::new());
        assert_eq!(says, "Order 2,000 more (4,000 in all) and pay 110.00.");
        let savings: Vec<_> = n.offers.iter().map(|row| row.offer.saving.to_decimal()).collect();
        assert_eq!(savings, ["40000.00", "13200.00", "7600.00"]);

        let agreed = world.take(&buyer, id, 0).await.unwrap();
        let tx = test.db.read().await.unwrap();
        let offer = offers::queries::agreed(&tx, world.company, agreed.offer).await.unwrap().unwrap();
        assert_eq!((offer.number, offer.used), (n.number, false));
        let net = figures::net(&offer.offer.terms, Currency::Eur).unwrap();
        assert_eq!(net.to_decimal(), "440000.00");
        assert_eq!(offer.offer.expires, NOW.plus(terms::costs::ORDER_WITHIN));
        assert!(offers::queries::agreed(&tx, world.other, agreed.offer).await.unwrap().is_none());
        let valve = [world.products[VALVE]];
        let of_products = offers::queries::agreed_for_products(&tx, world.company, &valve, NOW);
        assert_eq!(of_products.await.unwrap(), [offer]);
        drop(tx);
        let (ctx, offer) = (&buyer, agreed.offer);
        let used =
            || test.db.write(|tx| async move { offers::actions::mark_used(&tx, ctx, offer, "SO-000001", &[]).await });
        assert_eq!(code(used().await), "done");
        assert_eq!(code(used().await), "offer-used");
        test.remove().await;
    }
}

#[tokio::test]
async fn what_a_buyer_types_is_checked_at_its_field() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let buyer = world.buyer(0, 0);
    let rows: Vec<(Ask, &str)> = vec![
        (world.ask(VALVE, 2_000, "0"), "lines[0].price: price-positive"),
        (world.ask(VALVE, 2_000, "-5"), "lines[0].price: price-positive"),
        (world.ask(VALVE, 2_000, "120.01"), "lines[0].price: price-above-list"),
        (world.ask(VALVE, 2_000, "120"), "lines[0].price: price-is-list"),
        (world.ask(VALVE, 2_030, "110"), "lines[0].quantity: quantity-multiple"),
        (world.ask(VALVE, 0, "110"), "lines[0].quantity: quantity-positive"),
        (Ask { lines: Vec::new(), ..world.ask(VALVE, 2_000, "110") }, "lines: required"),
        (Ask { payment_days: Some(400), ..world.ask(VALVE, 2_000, "110") }, "payment_days: payment-days-asked"),
        (Ask { payment_days: Some(-1), ..world.ask(VALVE, 2_000, "110") }, "payment_days: payment-days-asked"),
        (Ask { comment: "x".repeat(2_001), ..world.ask(VALVE, 2_000, "110") }, "comment: text-too-long"),
        (Ask { need_by: kernel::Date::parse("2027-01-01"), ..world.ask(VALVE, 2_000, "110") }, "need_by: date-past"),
        (world.ask(NO_PRICE, 50, "1"), "not-negotiable"),
    ];
    for (ask, want) in rows {
        assert_eq!(code(world.open(&buyer, &ask).await), want);
    }
    let mut ask = world.ask(VALVE, 2_000, "110");
    ask.lines[0].price = kernel::UnitPrice::new(110_000_000, Currency::Pln);
    assert_eq!(code(world.open(&buyer, &ask).await), "lines[0].price: price-currency");
    let mut ask = world.ask(VALVE, 2_000, "110");
    ask.lines.push(ask.lines[0]);
    assert_eq!(code(world.open(&buyer, &ask).await), "lines[1].product: product-twice");
    let nameless = Competitor { name: " ".into(), price: None, note: "cheap".into() };
    let ask = Ask { competitor: Some(nameless), ..world.ask(VALVE, 2_000, "110") };
    assert_eq!(code(world.open(&buyer, &ask).await), "competitor.name: competitor-name");
    assert_eq!(code(world.open(&world.person(0, 0), &world.ask(VALVE, 2_000, "110")).await), "not-allowed");
    test.remove().await;
}

#[tokio::test]
async fn answers_without_offers() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let buyer = world.buyer(0, 0);
    for (product, quantity, price, state, reason) in [
        (FIXED, 1_000, "9", State::Declined, Some("product")),
        (CHEAP, 50, "0.03", State::Declined, Some("deal_too_small")),
        (NO_COST, 1_000, "9", State::Waiting, Some("no_cost")),
        (VALVE, 2_000, "119", State::Agreed, None),
    ] {
        let id = world.open(&buyer, &world.ask(product, quantity, price)).await.unwrap();
        let n = world.load(id).await;
        assert_eq!((n.stored_state, n.reason.as_deref()), (state, reason), "{product}");
    }
    let tx = test.db.read().await.unwrap();
    let staff = world.person(3, 0);
    let all = queries::of_company(&tx, world.company, None, web::Pager::asked(None, None)).await.unwrap();
    assert_eq!(all.1, 4);
    for n in all.0 {
        assert!(queries::replay(&tx, &staff.actor, n.id, 1).await.unwrap().is_identical());
    }
    drop(tx);
    test.remove().await;
}

#[tokio::test]
async fn refusals_in_order() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let buyer = world.buyer(0, 0);
        let id = world.open(&buyer, &world.ask(VALVE, 2_000, "90")).await.unwrap();
        let ask = |price: &str| world.ask(VALVE, 2_000, price);
        // Another company sees nothing of it.
        let stranger = world.buyer(2, 0);
        assert_eq!(code(world.again(&stranger, id, &ask("108")).await), "not found");
        assert_eq!(code(world.take(&stranger, id, 0).await), "not found");
        assert_eq!(code(world.hand_over(&stranger, id).await), "not found");
        assert_eq!(code(world.withdraw(&stranger, id).await), "not found");
        assert_eq!(code(world.again(&buyer, id, &world.ask(FIXED, 1_000, "9")).await), "lines: other-products");

        assert_eq!(world.load(id).await.stored_state, State::Waiting, "far off, and worth a person's time");
        assert_eq!(code(world.again(&buyer, id, &ask("108")).await), "negotiation-with-person");
        assert_eq!(code(world.hand_over(&buyer, id).await), "negotiation-with-person");
        assert_eq!(code(world.open(&world.buyer(1, 1), &ask("108")).await), "negotiation-with-person");
        assert_eq!(code(world.withdraw(&buyer, id).await), "done");
        assert_eq!(code(world.withdraw(&buyer, id).await), "done");
        assert_eq!(code(world.again(&buyer, id, &ask("108")).await), "negotiation-not-open");
        assert_eq!(code(world.hand_over(&buyer, id).await), "negotiation-not-open");

        let second = world.open(&buyer, &ask("110")).await.unwrap();
        assert_ne!(second, id);
        let late = world.buyer(0, 73 * HOUR);
        assert_eq!(code(world.take(&late, second, 0).await), "offer-expired");
        assert_eq!(code(world.again(&late, second, &ask("111")).await), "negotiation-not-open");
        assert_eq!(code(world.take(&buyer, second, 0).await), "done");
        assert_eq!(code(world.take(&buyer, second, 0).await), "done", "taking it twice is taking it once");
        assert_eq!(code(world.take(&buyer, second, 1).await), "negotiation-not-open");
        test.remove().await;
    }
}

#[tokio::test]
async fn colleagues_share_the_rounds() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let first = world.open(&world.buyer(0, 0), &world.ask(VALVE, 2_000, "108")).await.unwrap();
        let second = world.open(&world.buyer(1, HOUR), &world.ask(VALVE, 2_000, "110")).await.unwrap();
        assert_eq!(first, second);
        assert_eq!(world.load(first).await.round, 2);
        let elsewhere = world.open(&world.buyer(2, HOUR), &world.ask(VALVE, 2_000, "110")).await.unwrap();
        assert_eq!(world.load(elsewhere).await.round, 1);
        // Both at once: they find each other.
        let (one, two) = (world.buyer(0, 2 * HOUR), world.buyer(1, 2 * HOUR));
        let ask = world.ask(CHEAP, 100_000, "0.038");
        let (a, b) = tokio::join!(world.open(&one, &ask), world.open(&two, &ask));
        assert_eq!(a.unwrap(), b.unwrap());
        test.remove().await;
    }
}

#[tokio::test]
async fn the_buyer_is_told_of_nobody_who_may_never_get_it() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let id = world.open(&world.buyer(0, 0), &world.ask(VALVE, 2_000, "109")).await.unwrap();
    let tx = test.db.read().await.unwrap();
    let named = async |n: crate::negotiations::Negotiation| {
        queries::seen(&tx, n).await.unwrap().contact(NOW).map(|person| person.id)
    };
    assert_eq!(
        named(world.load(id).await).await,
        Some(world.staff[0]),
        "the company's rep, as long as nobody is asked"
    );
    drop(tx);
    world.hand_over(&world.buyer(0, HOUR), id).await.unwrap();
    let tx = test.db.read().await.unwrap();
    let named = async |n: crate::negotiations::Negotiation| {
        queries::seen(&tx, n).await.unwrap().contact(NOW).map(|person| person.id)
    };
    let waits = world.load(id).await;
    assert!(waits.rep.is_some(), "it was given to somebody");
    assert_eq!(named(waits.clone()).await, waits.rep);
    let other = crate::negotiations::Negotiation { rep: Some(world.staff[1]), ..waits.clone() };
    assert_eq!(named(other).await, Some(world.staff[1]), "whoever has it, and not the company's rep");
    let pooled = crate::negotiations::Negotiation { rep: None, ..waits };
    assert_eq!(named(pooled).await, None, "what lies in the pool nobody has");
    drop(tx);
    test.remove().await;
}

#[tokio::test]
async fn rounds_move_only_with_the_buyer_and_replay_to_the_cent() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let id = world.open(&world.buyer(0, 0), &world.ask(VALVE, 2_000, "109")).await.unwrap();
        let before = text(&world.load(id).await.offers, NOW);
        world.again(&world.buyer(0, HOUR), id, &world.ask(VALVE, 2_000, "109")).await.unwrap();
        let n = world.load(id).await;
        assert_eq!(n.round, 2);
        let after: Vec<_> = text(&n.offers, NOW.plus(HOUR)).into_iter().take(before.len()).collect();
        assert_eq!(before, after, "asking the same again gains nothing");
        world.again(&world.buyer(1, 2 * HOUR), id, &world.ask(VALVE, 2_000, "112")).await.unwrap();
        world.hand_over(&world.buyer(0, 3 * HOUR), id).await.unwrap();
        let n = world.load(id).await;
        assert_eq!((n.round, n.stored_state), (3, State::Waiting), "giving it to a person is no further round");
        assert!(n.standing(NOW.plus(3 * HOUR)).count() >= 3, "what was offered goes on standing");

        let tx = test.db.read().await.unwrap();
        let staff = world.person(0, 0);
        for round in 1..=4 {
            let replay = queries::replay(&tx, &staff.actor, id, round).await.unwrap();
            assert!(replay.is_identical(), "round {round}:\n{}\n{}", replay.stored, replay.again);
        }
        assert_eq!(code(queries::replay(&tx, &staff.actor, id, 5).await), "not found");
        assert_eq!(code(queries::replay(&tx, &world.buyer(0, 0).actor, id, 1).await), "not-allowed");
        drop(tx);
        test.remove().await;
    }
}

#[tokio::test]
async fn offers_run_out_by_themselves() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let id = world.open(&world.buyer(0, 0), &world.ask(VALVE, 2_000, "110")).await.unwrap();
    let n = world.load(id).await;
    let end = n.expires_at.unwrap();
    assert_eq!(end, NOW.plus(72 * HOUR));
    assert_eq!(n.state(end.plus(-1)), State::Offered);
    assert_eq!(n.state(end), State::Expired, "before any job has run");
    let expire = |at: Instant| {
        let ctx = kernel::Ctx { now: at, ..world.ctx.clone() };
        let db = test.db.clone();
        async move {
            let ctx = &ctx;
            db.write(|tx| async move { actions::expire(&tx, ctx, id).await }).await.unwrap();
        }
    };
    expire(end.plus(-1)).await;
    assert_eq!(world.load(id).await.stored_state, State::Offered);
    expire(end).await;
    assert_eq!(world.load(id).await.stored_state, State::Expired);
    expire(end.plus(1)).await;
    let again = world.open(&world.buyer(0, 73 * HOUR), &world.ask(VALVE, 2_000, "110")).await.unwrap();
    assert_ne!(again, id);
    test.remove().await;
}

#[tokio::test]
async fn what_was_bought_or_asked_lately_earns_nothing_again() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let bought = pricing::purchases::Purchase {
        order_number: "SO-1".into(),
        position: 1,
        company: world.company,
        product: world.products[VALVE],
        at: NOW.plus(-30 * Instant::DAY),
        quantity: pieces(4_000),
        price: eur("110"),
        list_price: eur("120"),
        net: eur("110").times(pieces(4_000), Rounding::HalfUp).unwrap(),
        is_negotiated: true,
        is_open: false,
    };
    let all = &[bought];
    let recorded = test.db.write(|tx| async move { pricing::purchases::actions::record_many(&tx, all).await });
    recorded.await.unwrap();
    let id = world.open(&world.buyer(0, 0), &world.ask(VALVE, 2_000, "110")).await.unwrap();
    let offers = text(&world.load(id).await.offers, NOW);
    assert!(!offers.iter().any(|offer| offer.starts_with("volume 110.00 x 4000")), "{offers:?}");
    let anchor = |elsewhere: Option<i64>, first| rules::anchor(elsewhere.map(pieces), pieces(first));
    assert_eq!(anchor(None, 100), None);
    assert_eq!(anchor(Some(100), 100), None);
    assert_eq!(anchor(Some(150), 100), Some(pieces(150)));
    test.remove().await;
}

#[tokio::test]
async fn the_budget_of_concessions_counts_what_was_taken() {
    let test = TestDb::sqlite(&migrations()).await;
    let mut policy = Policy::starter();
    policy.limits.budget = Some(kernel::Amount::new(1_000_000, Currency::Eur));
    let world = World::with(&test, policy, "80").await;
    let buyer = world.buyer(0, 0);
    let id = world.open(&buyer, &world.ask(VALVE, 2_000, "117")).await.unwrap();
    assert_eq!(world.load(id).await.stored_state, State::Agreed, "6,000.00 of 10,000.00");
    let id = world.open(&buyer, &world.ask(VALVE, 2_000, "117")).await.unwrap();
    let n = world.load(id).await;
    assert_eq!((n.stored_state, n.reason.as_deref()), (State::Waiting, Some("budget")));
    let rounds = crate::negotiations::store::rounds(&test.db.read().await.unwrap(), id).await.unwrap();
    let history = History::from_stored(&rounds[0].history).unwrap();
    assert_eq!(history.budget_used.to_decimal(), "6000.00");
    test.remove().await;
}

#[tokio::test]
async fn too_many_open_are_refused() {
    let test = TestDb::sqlite(&migrations()).await;
    let mut policy = Policy::starter();
    policy.eligibility.open_max = 0;
    let world = World::with(&test, policy, "80").await;
    let buyer = world.buyer(0, 0);
    let id = world.open(&buyer, &world.ask(VALVE, 2_000, "110")).await.unwrap();
    assert_eq!(code(world.open(&buyer, &world.ask(CHEAP, 100_000, "0.03")).await), "too-many-open");
    assert_eq!(code(world.again(&buyer, id, &world.ask(VALVE, 2_000, "111")).await), "done", "itself does not count");
    test.remove().await;
}

#[tokio::test]
async fn a_cart_is_negotiated_as_a_whole() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let line = |product: usize, quantity, price| AskLine {
        product: world.products[product],
        quantity: pieces(quantity),
        price: eur(price),
    };
    let ask =
        Ask { lines: vec![line(VALVE, 1_000, "112"), line(CHEAP, 100_000, "0.038")], ..world.ask(VALVE, 50, "1") };
    let id = world.open(&world.buyer(0, 0), &ask).await.unwrap();
    let n = world.load(id).await;
    assert_eq!(n.stored_state, State::Offered);
    assert!(n.offers.iter().all(|row| row.offer.terms.lines.len() == 2));
    // The same products in another order are the same negotiation.
    let turned = Ask { lines: vec![line(CHEAP, 100_000, "0.039"), line(VALVE, 1_000, "113")], ..ask };
    assert_eq!(world.open(&world.buyer(1, HOUR), &turned).await.unwrap(), id);
    let lines = |terms: &[negotiation_engine::LineTerms]| terms.to_vec();
    let today = [
        negotiation_engine::LineTerms { product: world.products[VALVE], quantity: pieces(1_000), price: eur("120") },
        negotiation_engine::LineTerms { product: world.products[CHEAP], quantity: pieces(100_000), price: eur("0.04") },
    ];
    let total = kernel::Amount::new(11_160_000, Currency::Eur);
    let scaled = rules::scale_to(&lines(&today), total).unwrap();
    assert_eq!(scaled, [eur("108"), eur("0.036")]);
    test.remove().await;
}

#[test]
fn use_b14_the_lines_come_to_the_total_as_it_was_typed() {
    let product = |n: u128| kernel::ProductId::from_uuid(uuid::Uuid::from_u128(n));
    let line = |(n, (count, price)): (u128, (i64, &str))| negotiation_engine::LineTerms {
        product: product(n),
        quantity: pieces(count),
        price: eur(price),
    };
    let cart =
        [(10, "58.60"), (35, "41.07"), (120, "12.33"), (7, "19.99"), (1_000, "0.0451"), (3, "733.10"), (40, "8.88")];
    let lines: Vec<_> = (1..).zip(cart).map(line).collect();
    let sum = |prices: &[kernel::UnitPrice]| {
        let net = |(line, price): (&negotiation_engine::LineTerms, &kernel::UnitPrice)| {
            price.times(line.quantity, kernel::Rounding::HalfUp).unwrap().minor()
        };
        lines.iter().zip(prices).map(net).sum::<i64>()
    };
    for total in [600_000, 599_999, 543_210, 500_000] {
        let prices = rules::scale_to(&lines, kernel::Amount::new(total, Currency::Eur)).unwrap();
        assert_eq!(sum(&prices), total);
        assert!(prices.iter().zip(&lines).all(|(price, line)| price.micros() <= line.price.micros()), "{total}");
    }
}

#[tokio::test]
async fn past_negotiations_are_kept_as_they_were() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let offer = PastOffer { quantity: pieces(4_000), price: eur("110"), payment_days: 30, made_by: None };
        let past = PastNegotiation {
            company: world.company,
            unit: None,
            person: world.buyers[0],
            product: world.products[VALVE],
            list_price: eur("120"),
            payment_days: 30,
            rounds: vec![PastRound {
                at: NOW.plus(-200 * Instant::DAY),
                quantity: pieces(2_000),
                price: eur("110"),
                offers: vec![offer, PastOffer { quantity: pieces(2_000), price: eur("116"), ..offer }],
            }],
            competitor: None,
            need_by: None,
            comment: "as ever".into(),
            state: State::Agreed,
            closed_at: NOW.plus(-199 * Instant::DAY),
            agreed: Some(offer),
            order_number: Some("SO-7".into()),
            decision: None,
        };
        let lapsed = PastNegotiation { state: State::Expired, agreed: None, order_number: None, ..past.clone() };
        let wrong = PastNegotiation { agreed: None, ..past.clone() };
        let (ctx, all) = (&world.ctx, &[past, lapsed]);
        let ids = test.db.write(|tx| async move { crate::requests::import_many(&tx, ctx, all).await }).await.unwrap();
        let n = world.load(ids[0]).await;
        assert_eq!((n.stored_state, n.number, n.offers.len()), (State::Agreed, 1, 2));
        let agreed = n.agreed().unwrap();
        assert_eq!((agreed.offer.saving.to_decimal(), agreed.offer.lever.code()), ("40000.00".into(), "volume"));
        assert_eq!(agreed.order_number.as_deref(), Some("SO-7"));
        assert_eq!(world.load(ids[1]).await.state(NOW), State::Expired);
        assert_eq!(code(world.take(&world.buyer(0, 0), ids[1], 0).await), "offer-not-standing");
        let wrong = &[wrong];
        let refused = test.db.write(|tx| async move { crate::requests::import_many(&tx, ctx, wrong).await }).await;
        assert_eq!(code(refused), "[0].state: choice");
        let tx = test.db.read().await.unwrap();
        assert_eq!(code(queries::replay(&tx, &world.ctx.actor, ids[0], 1).await), "not found");
        drop(tx);
        test.remove().await;
    }
}

#[test]
fn attack_h4_a_company_opens_only_so_many_negotiations_a_day() {
    use crate::negotiations::rules::{MOVED_A_DAY_MAX, may_open};
    assert_eq!(may_open(MOVED_A_DAY_MAX - 1), Ok(()));
    let refused = may_open(MOVED_A_DAY_MAX).unwrap_err().refused();
    assert_eq!((refused.code, refused.kind), ("negotiations-too-many-today", kernel::RefusalKind::TooMany));
}
