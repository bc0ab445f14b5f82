//! What came of negotiations: the rules as tables, the read model and its figures on both databases, replays.

use db::testing::TestDb;
use kernel::{Currency, Date, Instant, Quantity, Rate, Rounding};
use negotiation::negotiations::Negotiation;
use negotiation::negotiations::queries::Replay;
use negotiation::offers;
use pricing::purchases::{self, Purchase};

use super::figures::Figures;
use super::queries::{self, Compared, Scope};
use super::{Deal, Dimension, Filter, actions, rules, view};
use crate::tests::{NO_COST, NOW, VALVE, World, code, migrations};

fn all() -> Filter {
    Filter {
        from: NOW.plus(-Instant::DAY),
        until: NOW.plus(30 * Instant::DAY),
        segment: None,
        categories: None,
        rep: None,
        policy: None,
        company: None,
        outcome: None,
        reason: None,
        size: None,
        week: None,
        without_rep: false,
        without_category: false,
        deal: None,
        now: NOW,
    }
}

async fn refresh(world: &World) -> i64 {
    world.db.write(|tx| async move { actions::refresh(&tx, 100).await }).await.unwrap()
}

#[test]
fn weeks_begin_on_mondays() {
    let monday = Date::parse("2027-01-18").unwrap();
    for (day, hour) in [("2027-01-18", 0), ("2027-01-20", 12), ("2027-01-24", 23)] {
        let at = Date::parse(day).unwrap().midnight().plus(hour * Instant::HOUR);
        assert_eq!(rules::week_of(at), monday, "{day}");
    }
    assert_eq!(rules::week_of(Instant::from_micros(0)), Date::parse("1969-12-29").unwrap());
}

#[test]
fn sizes_and_shares() {
    let sizes = [0, 99_999, 100_000, 2_499_999, 9_999_999, 10_000_000];
    assert_eq!(sizes.map(|minor| rules::size_of(minor, Currency::Eur)), [0, 0, 1, 2, 3, 4]);
    assert_eq!(rules::size_of(1_000, Currency::Jpy), 1, "yen have no cents");
    assert_eq!(
        [(1, 3), (0, 0), (-1, 4), (7, 7)].map(|(a, b)| rules::share_ppm(a, b)),
        [333_333, 0, -250_000, 1_000_000]
    );
}

#[tokio::test]
async fn every_negotiation_has_its_row() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let buyer = &world.buyer(0, 0);
        let taken = world.open(buyer, &world.ask(VALVE, 2_000, "110")).await.unwrap();
        world.take(buyer, taken, 0).await.unwrap();
        order(&world, taken, "SO-1", 100).await;
        let other = &world.buyer(2, Instant::HOUR);
        let withdrawn = world.open(other, &world.ask(VALVE, 1_000, "112")).await.unwrap();
        world.withdraw(&world.buyer(2, 2 * Instant::HOUR), withdrawn).await.unwrap();
        let waiting = world.open(other, &world.ask(NO_COST, 5_000, "9.50")).await.unwrap();
        assert_eq!(refresh(&world).await, 3);
        assert_eq!(refresh(&world).await, 0, "nothing has changed since");
        let tx = world.db.read().await.unwrap();
        let sum = queries::total(&tx, &all(), Currency::Eur).await.unwrap();
        assert_eq!((sum.count, sum.won, sum.lost, sum.escalated), (3, 1, 1, 1));
        assert_eq!(sum.agreement(), Rate::percent(50));
        // 4,000 pieces were agreed at 110 instead of 120; nothing was bought before, so the baseline is 4,000 at list.
        assert_eq!(
            (sum.net, sum.agreed_list, sum.baseline, sum.volume),
            (44_000_000, 48_000_000, 48_000_000, 22_000_000)
        );
        assert_eq!((sum.costed, sum.estimated, sum.cost, sum.baseline_paid), (1, 0, 32_000_000, 0));
        assert_eq!(
            sum.pocket,
            sum.net - sum.cost - sum.handling - sum.freight - sum.financing - sum.rebate + sum.bonus
        );
        // Beside the price nothing differs: the same quantities at the same costs.
        assert_eq!(sum.pocket_effect(), sum.revenue_effect(), "{sum:?}");
        assert_eq!(sum.revenue_effect().minor(), 44_000_000 - 48_000_000);
        assert_eq!(sum.leak, 0, "the engine never goes under the floor");
        let reasons = queries::figures(&tx, &all(), Dimension::Reason, Currency::Eur).await.unwrap();
        let mut keys: Vec<_> = reasons.iter().map(|(key, f)| (key.as_str(), f.count)).collect();
        keys.sort_unstable();
        assert_eq!(keys, [("lost withdrawn", 1), ("open waiting", 1), ("won offer", 1)]);
        for (name, dimension) in Dimension::ALL {
            let groups = queries::figures(&tx, &all(), dimension, Currency::Eur).await.unwrap();
            assert_eq!(groups.iter().map(|(_, f)| f.count).sum::<i64>(), 3, "{name}");
        }
        let levers = queries::levers(&tx, &all()).await.unwrap();
        let volume = levers.iter().find(|row| row.lever == "volume").unwrap();
        assert_eq!((volume.offered, volume.taken), (2, 1));
        let prices = queries::prices(&tx, &all(), world.products[VALVE]).await.unwrap();
        assert_eq!(prices.iter().map(|p| (p.id, p.price.to_decimal())).collect::<Vec<_>>(), [(taken, "110.00".into())]);
        assert_eq!(kept(&tx, &all()).await, [("kept".to_owned(), 1, 44_000_000, 44_000_000)]);
        drop(tx);
        let rejection = &desk::cases::Rejection {
            version: world.load(waiting).await.version,
            reason: "scarce".into(),
            rationale: "None left.".into(),
            message: "Sorry".into(),
        };
        let ann = &world.person(3, 3 * Instant::HOUR);
        let rejected =
            world.db.write(|tx| async move { desk::cases::actions::reject(&tx, ann, waiting, rejection).await });
        assert_eq!(code(rejected.await), "done");
        assert_eq!(refresh(&world).await, 1, "only what changed is written again");
        let tx = world.db.read().await.unwrap();
        let lost = Filter { reason: Some("scarce".into()), ..all() };
        let sum = queries::total(&tx, &lost, Currency::Eur).await.unwrap();
        assert_eq!((sum.count, sum.lost, sum.turnarounds, sum.turnaround_seconds), (1, 1, 1, 2 * 3_600));
        assert_eq!(Figures::average(sum.answer_seconds, sum.count), Some(2 * 3_600));
        drop(tx);
        test.remove().await;
    }
}

#[test]
fn every_column_of_a_file_says_what_it_counts() {
    let mut sum = Figures::none(Currency::Eur);
    (sum.count, sum.won, sum.turnarounds, sum.turnaround_seconds) = (2, 1, 1, 7_200);
    (sum.list, sum.ask, sum.agreed_list, sum.agreed) = (1_000, 900, 1_000, 950);
    for (language, answer) in
        [(i18n::Language::En, "Person’s answer, s"), (i18n::Language::Pl, "Odpowiedź człowieka, s")]
    {
        let locale = &i18n::Locale::new(language, "UTC");
        let head = view::COLUMNS.map(|key| locale.text_with(key, &[("currency", "EUR".into())]));
        let file = |head: Vec<String>, rows: &[Vec<view::Cell>]| {
            String::from_utf8(view::sheet(locale, "figures", head, rows).to_csv()).unwrap()
        };
        let csv = file(head.to_vec(), &[view::figures_cells(locale, &sum, "all")]);
        assert!(csv.contains(answer) && csv.contains("7200"), "{csv}");
        assert_eq!(csv.lines().next().unwrap().matches(", %").count(), 4, "agreement, discounts, with a person: {csv}");
        assert!(csv.contains(", EUR") && !csv.contains("EUR, EUR"), "once: {csv}");
        let money = |currency| vec![view::Cell::money(locale, kernel::Amount::new(100, currency))];
        let mixed = file(vec!["Net".into()], &[money(Currency::Eur), money(Currency::Pln)]);
        assert!(mixed.contains("EUR") && mixed.contains("PLN"), "each row says its own: {mixed}");
        assert_eq!(mixed.lines().next().unwrap().matches(',').count(), 1, "in a column of its own: {mixed}");
    }
}

/// An order takes so many per cent of every agreed line.
async fn order(world: &World, id: kernel::NegotiationId, number: &str, percent: i64) {
    place(world, id, number, percent, false).await;
}

/// So many per cent of every agreed line, as an order with this number remembers them.
fn taken(n: &Negotiation, number: &str, percent: i64) -> Vec<Purchase> {
    (1..)
        .zip(&n.agreed().unwrap().offer.terms.lines)
        .map(|(position, line)| {
            let quantity = Quantity::new(line.quantity.thousandths() * percent / 100, line.quantity.unit());
            Purchase {
                order_number: number.into(),
                position,
                company: n.company,
                product: line.product,
                at: NOW.plus(10 * Instant::MINUTE),
                quantity,
                price: line.price,
                list_price: line.price,
                net: line.price.times(quantity, Rounding::HalfUp).unwrap(),
                is_negotiated: true,
                is_open: true,
            }
        })
        .collect()
}

/// An order takes so many per cent of every agreed line, or waits for a person before it does.
async fn place(world: &World, id: kernel::NegotiationId, number: &str, percent: i64, is_held: bool) {
    let n = world.load(id).await;
    let row = n.agreed().unwrap().clone();
    let (ctx, bought) = (&world.ctx, &taken(&n, number, percent));
    let ordered = world.db.write(|tx| async move {
        let lines: Vec<_> = bought.iter().map(|line| (line.product, line.quantity)).collect();
        offers::actions::mark_used_for(&tx, ctx, n.company, (row.id, number), &lines).await?;
        match is_held {
            true => purchases::actions::hold(&tx, bought).await?,
            false => purchases::actions::record_many(&tx, bought).await?,
        }
        offers::actions::moved_on(&tx, &[row.id]).await
    });
    assert_eq!(code(ordered.await), "done");
}

/// State, deals, agreed, ordered.
async fn kept(tx: &db::ReadTx, filter: &Filter) -> Vec<(String, i64, i64, i64)> {
    let rows = queries::adherence(tx, filter, Currency::Eur).await.unwrap();
    rows.into_iter().map(|row| (row.state, row.count, row.agreed_minor, row.net_minor)).collect()
}

#[tokio::test]
async fn use_s20_agreed_ordered_and_lapsed_are_three_figures() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let mut ids = Vec::new();
        for (place, minutes) in [(0, 0), (2, 1), (0, 2)] {
            let buyer = &world.buyer(place, minutes * Instant::MINUTE);
            let id = world.open(buyer, &world.ask(VALVE, 2_000, "110")).await.unwrap();
            world.take(buyer, id, 0).await.unwrap();
            ids.push(id);
        }
        let sum = async |filter: Filter| {
            refresh(&world).await;
            let filter = Filter { now: filter.now.plus(Instant::HOUR), ..filter };
            queries::total(&world.db.read().await.unwrap(), &filter, Currency::Eur).await.unwrap()
        };
        let agreed = 44_000_000;
        let f = sum(all()).await;
        assert_eq!((f.won, f.ordered, f.lapsed), (3, 0, 0));
        assert_eq!((f.agreed, f.net, f.lapsed_net, f.open_net), (3 * agreed, 0, 0, 3 * agreed));
        assert_eq!((f.pocket, f.baseline, f.revenue_effect().minor()), (0, 0, 0), "what nobody ordered gained nothing");

        order(&world, ids[0], "SO-1", 100).await;
        order(&world, ids[1], "SO-2", 50).await;
        let f = sum(all()).await;
        assert_eq!((f.won, f.ordered, f.lapsed), (3, 2, 0));
        assert_eq!((f.agreed, f.net), (3 * agreed, agreed + agreed / 2));
        assert_eq!(
            (f.lapsed_net, f.open_net),
            (agreed / 2, agreed),
            "an order that takes less leaves nothing to order"
        );
        assert_eq!(f.baseline, 48_000_000 + 24_000_000, "4,000 and 2,000 were ordered, at list");
        assert_eq!((f.costed, f.costed_list, f.cost), (2, 48_000_000 + 24_000_000, 32_000_000 + 16_000_000));

        let later = Filter { now: NOW.plus(60 * Instant::DAY), ..all() };
        let f = sum(later.clone()).await;
        assert_eq!((f.won, f.ordered, f.lapsed, f.lapsed_net, f.open_net), (3, 2, 1, agreed + agreed / 2, 0));
        for (deal, deals) in [(Deal::Agreed, 3), (Deal::Ordered, 2), (Deal::Lapsed, 1), (Deal::Open, 0)] {
            assert_eq!(sum(Filter { deal: Some(deal), ..later.clone() }).await.count, deals, "{deal:?}");
        }
        let tx = world.db.read().await.unwrap();
        let row = |state: &str, agreed, net| (state.to_owned(), 1, agreed, net);
        let expected = [row("kept", agreed, agreed), row("not-ordered", agreed, 0), row("short", agreed, agreed / 2)];
        assert_eq!(kept(&tx, &later).await, expected);
        drop(tx);

        let (ctx, company) = (&world.ctx, world.load(ids[0]).await.company);
        let offer = world.load(ids[0]).await.agreed().unwrap().id;
        let cancelled = world.db.write(|tx| async move {
            purchases::actions::withdraw(&tx, "SO-1").await?;
            offers::actions::give_back(&tx, ctx, company, offer, "SO-1").await
        });
        assert_eq!(code(cancelled.await), "done");
        assert_eq!(
            (sum(all()).await.ordered, sum(all()).await.net),
            (1, agreed / 2),
            "what is cancelled was not ordered"
        );
        test.remove().await;
    }
}

#[tokio::test]
async fn an_order_that_waits_for_a_person_keeps_the_deal_until_it_is_refused() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let buyer = &world.buyer(0, 0);
        let id = world.open(buyer, &world.ask(VALVE, 2_000, "110")).await.unwrap();
        world.take(buyer, id, 0).await.unwrap();
        place(&world, id, "SO-1", 100, true).await;
        let later = Filter { now: NOW.plus(60 * Instant::DAY), ..all() };
        let (state, agreed) = (|state: &str, net| vec![(state.to_owned(), 1, 44_000_000, net)], 44_000_000);
        refresh(&world).await;
        assert_eq!(kept(&world.db.read().await.unwrap(), &later).await, state("kept", agreed));
        let (ctx, n) = (&world.ctx, world.load(id).await);
        let offer = n.agreed().unwrap().id;
        let refused = world.db.write(|tx| async move {
            purchases::actions::withdraw(&tx, "SO-1").await?;
            offers::actions::give_back(&tx, ctx, n.company, offer, "SO-1").await
        });
        assert_eq!(code(refused.await), "done");
        refresh(&world).await;
        assert_eq!(kept(&world.db.read().await.unwrap(), &later).await, state("not-ordered", 0));
        // What is bought and what waits, of one product at one price, are one quantity.
        order(&world, id, "SO-2", 50).await;
        let half = &taken(&world.load(id).await, "SO-2", 50);
        let held = world.db.write(|tx| async move { purchases::actions::hold(&tx, half).await }).await;
        assert_eq!(code(held), "done");
        refresh(&world).await;
        assert_eq!(kept(&world.db.read().await.unwrap(), &later).await, state("kept", agreed));
        test.remove().await;
    }
}

#[test]
fn shares_of_few_say_how_sure_they_are() {
    // Newcombe 1998, table I.
    assert_eq!(rules::between_ppm(81, 263), Some((255_289, 366_210)));
    assert_eq!(rules::between_ppm(0, 0), None);
    let (low, high) = rules::between_ppm(2, 3).unwrap();
    assert!(low < 250_000 && high > 900_000, "of three deals nobody knows: {low} to {high}");
}

#[tokio::test]
async fn figures_every_offer_that_a_buyer_had_is_counted() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let buyer = &world.buyer(0, 0);
        let taken = world.open(buyer, &world.ask(VALVE, 2_000, "110")).await.unwrap();
        let other = world.open(&world.buyer(2, 0), &world.ask(VALVE, 1_000, "112")).await.unwrap();
        world.take(buyer, taken, 0).await.unwrap();
        refresh(&world).await;
        let shown = world.load(taken).await.offers.len() + world.load(other).await.offers.len();
        let tx = world.db.read().await.unwrap();
        assert_eq!(queries::offers(&tx, &all()).await.unwrap(), (i64::try_from(shown).unwrap(), 1));
        drop(tx);
        test.remove().await;
    }
}

#[tokio::test]
async fn filters_narrow() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        world.open(&world.buyer(0, 0), &world.ask(VALVE, 2_000, "110")).await.unwrap();
        world.open(&world.buyer(2, 0), &world.ask(VALVE, 100, "110")).await.unwrap();
        refresh(&world).await;
        let tx = world.db.read().await.unwrap();
        let count = async |filter: Filter| queries::results(&tx, &filter, 10, 0).await.unwrap().1;
        assert_eq!(count(all()).await, 2);
        assert_eq!(count(Filter { until: NOW, ..all() }).await, 0);
        assert_eq!(count(Filter { company: Some(world.company), ..all() }).await, 1);
        assert_eq!(count(Filter { rep: Some(world.staff[0]), ..all() }).await, 2);
        assert_eq!(count(Filter { rep: Some(world.staff[1]), ..all() }).await, 0);
        assert_eq!(count(Filter { segment: Some("standard".into()), ..all() }).await, 2);
        assert_eq!(count(Filter { segment: Some("key".into()), ..all() }).await, 0);
        assert_eq!(count(Filter { size: Some(4), ..all() }).await, 1);
        assert_eq!(count(Filter { outcome: Some("won".into()), ..all() }).await, 0);
        assert_eq!(count(Filter { week: Some(rules::week_of(NOW)), ..all() }).await, 2);
        assert_eq!(count(Filter { categories: Some(Vec::new()), ..all() }).await, 0);
        drop(tx);
        test.remove().await;
    }
}

#[tokio::test]
async fn who_sees_what() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let tx = test.db.read().await.unwrap();
    let scope = async |at: usize| queries::scope(&tx, &world.person(at, 0).actor).await.unwrap();
    assert_eq!(scope(0).await, Scope::Own(world.staff[0]), "a rep");
    assert_eq!(scope(2).await, Scope::All, "a sales manager");
    assert_eq!(scope(3).await, Scope::All, "a pricing manager");
    assert_eq!(code(queries::must_see_all(&tx, &world.person(0, 0).actor).await), "not-allowed");
    assert_eq!(code(queries::scope(&tx, &world.buyer(0, 0).actor).await), "not-allowed");
    drop(tx);
    test.remove().await;
}

#[tokio::test]
async fn decisions_replay_identically() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let id = world.open(&world.buyer(0, 0), &world.ask(VALVE, 2_000, "110")).await.unwrap();
        let tx = test.db.read().await.unwrap();
        let compared = queries::replay(&tx, &world.person(3, 0).actor, id, 1).await.unwrap();
        assert_eq!(compared, Compared { is_identical: true, differences: Vec::new() });
        assert_eq!(code(queries::replay(&tx, &world.person(3, 0).actor, id, 2).await), "not found");
        assert_eq!(code(queries::replay(&tx, &world.buyer(0, 0).actor, id, 1).await), "not-allowed");
        drop(tx);
        test.remove().await;
    }
}

#[test]
fn differences_are_named_field_by_field() {
    let replay = Replay {
        stored: r#"{"outcome":{"counter":[{"net":1},{"net":2}]},"round":1,"trace":["a"]}"#.into(),
        again: r#"{"outcome":{"counter":[{"net":1},{"net":3}]},"round":1,"trace":["a","b"],"new":true}"#.into(),
    };
    let compared = queries::compared(&replay);
    let named = |path: &str, stored: &str, again: &str| (path.to_owned(), stored.to_owned(), again.to_owned());
    assert!(!compared.is_identical);
    assert_eq!(
        compared.differences,
        [named("new", "null", "true"), named("outcome.counter[1].net", "2", "3"), named("trace[1]", "null", "\"b\""),]
    );
}
