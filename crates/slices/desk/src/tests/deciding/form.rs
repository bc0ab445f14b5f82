//! The form: what its button says is what it sends, and its figures agree.

use db::testing::TestDb;
use kernel::{Amount, Currency, Rate};
use negotiation::negotiations::State;
use negotiation_engine::Waterfall;

use super::super::{VALVE, World, code, eur, migrations, pieces, serve};
use super::{MINUTE, button, case, counter_at, field, waiting};

#[tokio::test]
async fn use_s1_approve_grants_what_was_asked_and_the_button_says_so() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let server = serve(&world, &test.db).await;
        let id = waiting(&world, 250, "114").await;
        let page = server.get("ann", &format!("/desk/{id}")).await;
        assert_eq!(button(&page.body, "ask"), "Approve 250 pc at 114.00", "{}", page.body);
        let form = format!("version={}&answer=ask&sends=ask", world.load(id).await.version);
        assert_eq!(server.form("ann", &format!("/desk/{id}/approval"), &form).await.status, 303);
        let n = world.load(id).await;
        assert_eq!((n.stored_state, n.agreed().unwrap().offer.terms.lines[0].price), (State::Agreed, eur("114")));
        test.remove().await;
    }
}

#[tokio::test]
async fn use_s1_what_the_buyer_holds_is_never_suggested() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let id = world.open(&world.buyer(0, 0), &world.ask(VALVE, 250, "110")).await.unwrap();
        let held: Vec<_> = world.load(id).await.offers.iter().map(|row| row.offer.terms.clone()).collect();
        assert!(!held.is_empty());
        world.hand_over(&world.buyer(0, MINUTE), id).await.unwrap();
        let case = case(&world, id).await;
        assert!(case.suggested().all(|row| !held.contains(&row.offer.terms)), "{:?}", case.negotiation.offers);
        test.remove().await;
    }
}

#[tokio::test]
async fn use_s1_a_button_that_names_another_answer_sends_nothing() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let server = serve(&world, &test.db).await;
    let id = waiting(&world, 250, "104").await;
    let suggested = case(&world, id).await.suggested().next().map(|row| row.id).unwrap();
    let version = world.load(id).await.version;
    let form = format!("version={version}&answer={suggested}&sends=ask");
    let page = server.form("pia", &format!("/desk/{id}/approval"), &form).await;
    assert_eq!(page.status, 409, "{}", page.body);
    assert!(button(&page.body, &suggested.to_string()).starts_with("Send: "), "{}", page.body);
    assert_eq!(world.load(id).await.stored_state, State::Waiting);
    let form = format!("version={version}&answer={suggested}&sends={suggested}");
    assert_eq!(server.form("pia", &format!("/desk/{id}/approval"), &form).await.status, 303);
    assert_eq!(world.load(id).await.stored_state, State::Offered);
    test.remove().await;
}

#[tokio::test]
async fn use_s2_a_counter_starts_from_what_was_asked() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let server = serve(&world, &test.db).await;
    let id = waiting(&world, 250, "104").await;
    let case = case(&world, id).await;
    let other = case.suggested().find(|row| row.offer.terms.lines[0].quantity != pieces(250)).unwrap();
    let page = server.get("ann", &format!("/desk/{id}")).await.body;
    let filled = ["quantity_0", "price_0", "payment_days"].map(|name| field(&page, name));
    assert_eq!(filled, ["250", "104.00", "30"], "whatever is suggested");
    // Only a suggestion that is chosen fills it, and what differs is marked.
    let page = server.get("ann", &format!("/desk/{id}/decision?answer={}", other.id)).await.body;
    let line = other.offer.terms.lines[0];
    let locale = i18n::Locale::new(i18n::Language::En, "UTC");
    assert_eq!(field(&page, "quantity_0"), locale.quantity(line.quantity));
    assert!(page.contains("asked: 250"), "{page}");
    test.remove().await;
}

#[tokio::test]
async fn use_s3_one_answer_drives_fields_margin_column_and_button() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let server = serve(&world, &test.db).await;
    let id = waiting(&world, 250, "104").await;
    let case = case(&world, id).await;
    let locale = i18n::Locale::new(i18n::Language::En, "UTC");
    let rows: Vec<_> = case.suggested().cloned().collect();
    assert!(rows.len() > 1, "{rows:?}");
    for row in &rows {
        let page = server.get("pia", &format!("/desk/{id}/decision?answer={}", row.id)).await.body;
        let fall = crate::cases::testing_fall(&case, &row.offer.terms).unwrap();
        let margin = locale.percent(terms::figures::hundredths(fall.margin));
        let live = page.split("id=\"live-margin\"").nth(1).unwrap().split("</output>").next().unwrap();
        assert!(live.contains(&margin), "{margin} in {live}");
        assert!(live.contains(&locale.money(fall.pocket)), "{live}");
        let head = page.split("class=\"num at\"").nth(1).unwrap().split("</th>").next().unwrap();
        assert!(head.contains(&terms::words::title(&locale, &row.offer)), "{head}");
        assert_eq!(page.matches("<th scope=\"col\" class=\"num at\">").count(), 1);
        assert!(button(&page, &row.id.to_string()).contains(&terms::words::title(&locale, &row.offer)));
        let checked = format!("value=\"{}\" checked", row.id);
        assert!(page.contains(&checked), "{page}");
    }
    // What is typed is the answer from then on: margin, column and button follow.
    let typed = format!("/desk/{id}/decision?typed=1&answer=ask&price_0=117&quantity_0=250&payment_days=30");
    let live = server.get("pia", &typed).await.body;
    assert_eq!(button(&live, "own"), "Counter 250 pc at 117.00");
    assert!(live.contains("id=\"answer-own\" value=\"own\" checked"), "{live}");
    assert!(live.contains("asked: 104.00"), "{live}");
    test.remove().await;
}

/// A waterfall whose parts add up; the numbers differ, so that none stands in for another.
fn fall(list: i64, parts: [i64; 6], (bonus, support): (i64, i64)) -> Waterfall {
    let eur = |minor: i64| Amount::new(minor, Currency::Eur);
    let [discount, cost, handling, freight, financing, rebate] = parts;
    let net = list - discount;
    let pocket = net - cost - handling - freight - financing - rebate + bonus;
    Waterfall {
        list: eur(list),
        discount: eur(discount),
        net: eur(net),
        cost: eur(cost),
        handling: eur(handling),
        freight: eur(freight),
        financing: eur(financing),
        rebate: eur(rebate),
        bonus: eur(bonus),
        support: eur(support),
        pocket: eur(pocket),
        margin: Rate::ZERO,
        demanded: Rate::ZERO,
        floor: Rate::ZERO,
        target: Rate::ZERO,
    }
}

#[test]
fn use_s4_the_waterfall_adds_up_for_every_lever() {
    use crate::cases::Levels;
    let names = |levels: &Levels| levels.steps.iter().map(|step| step.key).collect::<Vec<_>>();
    for (what, fall) in [
        ("plain", fall(4_670_100, [12_345, 3_330_017, 6_513, 333, 2_811, 0], (0, 0))),
        ("rebate", fall(4_670_100, [12_345, 3_330_017, 6_513, 333, 2_811, 46_577], (0, 0))),
        ("bonus", fall(1_741_700, [1, 1_175_003, 14_007, 11_003, 977, 0], (45_019, 0))),
        ("ship and debit", fall(1_741_700, [77, 1_175_003, 14_007, 11_003, 977, 0], (61_021, 45_019))),
        ("freight that the buyer pays", fall(91_013, [5_017, 71_003, 3_001, -1_207, 409, 0], (0, 0))),
        ("a day of choice that saves handling", fall(91_013, [5_017, 71_003, -801, 2_009, 409, 0], (0, 0))),
        ("a loss", fall(30_000, [3_001, 33_333, 6_500, 4_001, 77, 11], (5, 3))),
        ("above the list", fall(30_000, [-1_003, 13_333, 6_500, 4_001, 77, 11], (5, 3))),
    ] {
        for (quantity, decimals) in
            [(None, 2), (Some(pieces(706)), 3), (Some(pieces(7)), 2), (Some(pieces(1_000_003)), 4)]
        {
            let levels = Levels::of(&fall, quantity, decimals);
            let taken: i64 = levels.steps.iter().map(|step| step.shown).sum();
            assert_eq!(levels.list - taken, levels.pocket, "{what} {quantity:?}: {levels:?}");
            assert_eq!(levels.list - levels.steps[0].shown, levels.net, "{what}");
            assert_eq!(names(&levels).len(), 8, "a row for every lever");
        }
    }
    let whole = Levels::of(&fall(4_670_100, [12_345, 3_330_017, 6_513, 333, 2_811, 46_577], (7, 3)), None, 2);
    let shown: Vec<_> = whole.steps.iter().map(|step| (step.key, step.shown)).collect();
    assert_eq!(shown[5..], [("case-rebate", 46_577), ("case-bonus", -4), ("case-support", -3)]);
    // Case 371: list 0.706, 1,000 pieces; the price has three decimals, so has the whole table.
    let unit = Levels::of(&fall(70_600, [8_500, 47_012, 2_750, 4_000, 410, 0], (0, 0)), Some(pieces(1_000)), 3);
    assert_eq!((unit.list, unit.steps[0].shown, unit.net), (706, 85, 621));
}

#[tokio::test]
async fn use_s5_one_number_of_decimals_and_s16_losses_are_red_and_in_money() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let server = serve(&world, &test.db).await;
    let id = waiting(&world, 250, "104").await;
    let live = server
        .get("ann", &format!("/desk/{id}/decision?typed=1&price_0=61.125&quantity_0=250&payment_days=30"))
        .await
        .body;
    let table = live.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
    let cells: Vec<&str> = table.split("<b>").skip(1).map(|cell| cell.split("</b>").next().unwrap()).collect();
    let decimals = |cell: &&&str| !cell.contains('%');
    for cell in cells.iter().filter(decimals) {
        assert_eq!(cell.rsplit_once('.').map(|(_, part)| part.len()), Some(3), "{cell}");
    }
    let margin = live.split("class=\"bad\"").nth(1).unwrap_or_else(|| panic!("red: {live}"));
    assert!(margin.contains('%') && live.contains("EUR"), "{live}");
    assert!(live.contains("needs Pricing manager"), "beside the money: {live}");
    test.remove().await;
}

/// What a live answer puts elsewhere than where it was asked for.
fn swapped(live: &str) -> Vec<&str> {
    let tags = live.split('<').filter(|tag| tag.contains("hx-swap-oob"));
    tags.map(|tag| tag.split("id=\"").nth(1).unwrap().split('"').next().unwrap()).collect()
}

#[tokio::test]
async fn what_a_live_answer_swaps_stands_on_the_page() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let server = serve(&world, &test.db).await;
    let id = waiting(&world, 250, "104").await;
    let live = format!("/desk/{id}/decision?typed=1&price_0=117&quantity_0=250&payment_days=30");
    let stands = async |what: &str, must: &str| {
        let page = server.get("ann", &format!("/desk/{id}")).await.body;
        let part = server.get("ann", &live).await.body;
        let ids = swapped(&part);
        assert!(ids.contains(&must), "{what}: {ids:?}");
        for id in ids {
            assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1, "{what}: {id}");
        }
    };
    stands("a case that waits", "own-answer").await;
    assert_eq!(code(counter_at(&world, 0, MINUTE, id, (250, "117", 30)).await), "done");
    stands("an offer that may be replaced", "decide-buttons").await;
    test.remove().await;
}
