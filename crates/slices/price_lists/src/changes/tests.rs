//! The guard of prices in force, on both engines: what holds at once, what waits, for whom, and from when.

use db::testing::TestDb;
use kernel::{Ctx, Date, Outcome, PriceListId, ProductId, UnitPrice, UserId};
use pricing::lists;
use terms::guard::{Door, rules as guard};
use web::Pager;

use super::{Edit, LineState, Submission, Submitted, actions, queries};
use crate::tests::{CHEAP, DAY, NO_COST, NOW, VALVE, World, base, code, eur, manager, migrations, pieces};
use crate::tests::{second_manager, serve};

fn edit(product: ProductId, from: i64, price: Option<&str>) -> Edit {
    Edit { product, from: pieces(from), price: price.map(eur), seen: None }
}

fn submission(list: PriceListId, edits: Vec<Edit>) -> Submission {
    let reason = "clearance".to_owned();
    Submission { list, door: Door::Price, holds_from: None, reason, is_confirmed: true, edits }
}

async fn submit(world: &World, ctx: &Ctx, wanted: &Submission) -> Outcome<Submitted> {
    world.db.write(|tx| async move { actions::submit(&tx, ctx, wanted).await }).await
}

async fn approve(world: &World, ctx: &Ctx, done: Submitted) -> Outcome<Submitted> {
    let id = done.change.unwrap();
    world.db.write(|tx| async move { actions::approve(&tx, ctx, id, "seen").await }).await
}

/// The price of a step in the list of the world.
async fn price(world: &World, at: usize, from: i64) -> Option<String> {
    let (read, list) = (world.db.read().await.unwrap(), base(world).await);
    let steps = lists::queries::steps(&read, list, world.products[at]).await.unwrap();
    steps.into_iter().find(|step| step.tier.from == pieces(from)).map(|step| step.tier.price.to_decimal())
}

#[tokio::test]
async fn use_s8_a_price_below_cost_waits_for_a_second_person() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let (list, valve, pia) = (base(&world).await, world.products[VALVE], world.staff[3]);
        let rex = second_manager(&world).await;
        let (pia, rex) = (&manager(&world, pia, 0), &manager(&world, rex, 60));

        let done = submit(&world, pia, &submission(list, vec![edit(valve, 1, Some("118"))])).await.unwrap();
        assert_eq!((done.in_force, done.waiting), (1, 0), "a sound price holds at once");
        assert_eq!(price(&world, VALVE, 1).await.as_deref(), Some("118.00"));

        for (wanted, concern) in [("86", "under-floor"), ("79.99", "below-cost"), ("0", "gift")] {
            let unsure = Submission { is_confirmed: false, ..submission(list, vec![edit(valve, 1, Some(wanted))]) };
            let refused = submit(&world, pia, &unsure).await.unwrap_err();
            let kernel::Failure::Refused(refused) = refused else { panic!("{wanted} is asked about") };
            assert_eq!(refused.code, "price-change-unconfirmed");
            assert!(refused.args.iter().any(|(name, value)| *name == "concern" && value == concern), "{wanted}");
        }
        let silent = Submission { reason: " ".into(), ..submission(list, vec![edit(valve, 1, Some("79.99"))]) };
        assert_eq!(code(submit(&world, pia, &silent).await), "reason: required");

        let below = submission(list, vec![edit(valve, 1, Some("79.99"))]);
        let done = submit(&world, pia, &below).await.unwrap();
        assert_eq!((done.in_force, done.waiting), (0, 1));
        assert_eq!(price(&world, VALVE, 1).await.as_deref(), Some("118.00"), "nothing has changed yet");
        assert_eq!(submit(&world, pia, &below).await.unwrap(), Submitted::default(), "it waits once");
        assert_eq!(code(approve(&world, pia, done).await), "price-change-own-approval");
        let rep = &world.person(0, 0);
        assert_eq!(code(approve(&world, rep, done).await), "not-allowed");
        assert_eq!(approve(&world, rex, done).await.unwrap().in_force, 1);
        assert_eq!(price(&world, VALVE, 1).await.as_deref(), Some("79.99"));
        assert_eq!(code(approve(&world, rex, done).await), "price-change-not-waiting");

        let read = world.db.read().await.unwrap();
        let past = queries::history(&read, list, valve).await.unwrap();
        let told: Vec<_> = past.iter().map(|(change, line)| (change.by, line.new, line.state)).collect();
        let expected = |text| Some(eur(text));
        let first = (pia.actor.user, expected("79.99"), LineState::InForce);
        assert!(told.contains(&first) && told.len() == 2, "{told:?}");
        let decided = past.iter().find_map(|(change, _)| change.decision.clone()).unwrap();
        assert_eq!((Some(decided.by), decided.is_own, decided.note.as_str()), (rex.actor.user, false, "seen"));
        drop(read);
        test.remove().await;
    }
}

#[tokio::test]
async fn a_change_is_declined_or_overtaken() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let (list, valve) = (base(&world).await, world.products[VALVE]);
        let rex = second_manager(&world).await;
        let (pia, rex) = (&manager(&world, world.staff[3], 0), &manager(&world, rex, 60));
        let wanted = submission(list, vec![edit(valve, 1, Some("50")), edit(valve, 100, Some("45"))]);
        let done = submit(&world, pia, &wanted).await.unwrap();
        assert_eq!(done.waiting, 2);
        // The price of one step moves on before the second person looks.
        submit(&world, rex, &submission(list, vec![edit(valve, 1, Some("125"))])).await.unwrap();
        let approved = approve(&world, rex, done).await.unwrap();
        assert_eq!((approved.in_force, approved.overtaken), (1, 1));
        assert_eq!(price(&world, VALVE, 1).await.as_deref(), Some("125.00"));
        assert_eq!(price(&world, VALVE, 100).await.as_deref(), Some("45.00"));

        let done = submit(&world, pia, &submission(list, vec![edit(valve, 1, Some("1"))])).await.unwrap();
        let id = done.change.unwrap();
        let decline = async |ctx: &Ctx, note: &str| {
            world.db.write(|tx| async move { actions::decline(&tx, ctx, id, note).await }).await
        };
        assert_eq!(code(decline(rex, " ").await), "note: required");
        assert_eq!(code(decline(rex, "a typo?").await), "done");
        assert_eq!(code(decline(rex, "again").await), "price-change-not-waiting");
        assert_eq!(price(&world, VALVE, 1).await.as_deref(), Some("125.00"));

        let stale = Edit { seen: Some(1), ..edit(valve, 1, Some("130")) };
        assert_eq!(code(submit(&world, pia, &submission(list, vec![stale])).await), "price-list-changed");
        let gone = submit(&world, pia, &submission(list, vec![edit(valve, 100, None)])).await.unwrap();
        assert_eq!((gone.in_force, price(&world, VALVE, 100).await), (1, None));
        // Nobody knows what it costs, so nobody can say that it is too cheap; nothing is a gift all the same.
        let unknown = world.products[NO_COST];
        let done = submit(&world, pia, &submission(list, vec![edit(unknown, 1, Some("0.01"))])).await.unwrap();
        assert_eq!((done.in_force, done.waiting), (1, 0));
        let done = submit(&world, pia, &submission(list, vec![edit(unknown, 1, Some("0"))])).await.unwrap();
        assert_eq!((done.in_force, done.waiting), (0, 1));
        test.remove().await;
    }
}

#[tokio::test]
async fn the_only_manager_gives_an_own_word() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let (list, valve) = (base(&world).await, world.products[VALVE]);
        let pia = &manager(&world, world.staff[3], 0);
        let done = submit(&world, pia, &submission(list, vec![edit(valve, 1, Some("70"))])).await.unwrap();
        assert_eq!((done.in_force, done.waiting), (1, 0));
        let read = world.db.read().await.unwrap();
        let change = queries::change(&read, done.change.unwrap()).await.unwrap();
        assert!(change.decision.is_some_and(|decision| decision.is_own), "recorded as that");
        drop(read);
        // A file that the system reads has no author, so whoever may manage prices is its second person.
        let imported = Submission { door: Door::Import, ..submission(list, vec![edit(valve, 1, Some("60"))]) };
        let done = submit(&world, &world.ctx, &imported).await.unwrap();
        assert_eq!((done.in_force, done.waiting), (0, 1));
        assert_eq!(approve(&world, pia, done).await.unwrap().in_force, 1);
        test.remove().await;
    }
}

#[tokio::test]
async fn a_planned_price_holds_from_its_day_on_and_is_looked_at_again() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let (list, valve, cheap) = (base(&world).await, world.products[VALVE], world.products[CHEAP]);
        second_manager(&world).await;
        let pia = &manager(&world, world.staff[3], 0);
        let tomorrow = pia.today().plus_days(1);
        let planned = |day: Date, edits| Submission { holds_from: Some(day), ..submission(list, edits) };
        for (day, want) in [(-1, "holds_from: price-change-past"), (731, "holds_from: price-change-far")] {
            let wrong = planned(pia.today().plus_days(day), vec![edit(valve, 1, Some("130"))]);
            assert_eq!(code(submit(&world, pia, &wrong).await), want);
        }
        let edits = vec![edit(valve, 1, Some("130")), edit(cheap, 1, Some("0.05"))];
        let done = submit(&world, pia, &planned(tomorrow, edits)).await.unwrap();
        assert_eq!((done.in_force, done.planned), (0, 2));
        let id = done.change.unwrap();
        let begin = async |after: i64| {
            let ctx = &Ctx { now: NOW.plus(after), ..world.ctx.clone() };
            world.db.write(|tx| async move { actions::begin(&tx, ctx, id).await }).await.unwrap();
        };
        let server = serve(&world, &test.db).await;
        let shown = async |path: &str| server.get("pia", path).await.body;
        let path = format!("/office/price-lists/{list}");
        let page = shown(&format!("{path}?q=P-0")).await;
        assert!(page.contains("from 19 Jan 2027: 130.00"), "beside the price that holds now: {page}");
        let file = shown(&format!("{path}/prices.csv?q=P-0")).await;
        assert!(file.contains("planned_from") && file.contains("2027-01-19") && file.contains("130.00"), "{file}");
        let json = shown(&format!("/api/v1/price-lists/{list}/prices?sku=P-0")).await;
        assert!(json.contains(r#""planned":[{"holds_from":"2027-01-19","from":"1","price":"130.00"}]"#), "{json}");
        begin(0).await;
        assert_eq!(price(&world, VALVE, 1).await.as_deref(), Some("120.00"), "not before its day");
        // Overnight the cheap one costs more than what was planned for it.
        raise_cost(&world, cheap, "0.06").await;
        begin(DAY).await;
        assert_eq!(price(&world, VALVE, 1).await.as_deref(), Some("130.00"));
        assert!(!shown(&path).await.contains("from 19 Jan 2027"), "it holds now");
        assert_eq!(price(&world, CHEAP, 1).await.as_deref(), Some("0.04"), "it waits for a second person now");
        let read = world.db.read().await.unwrap();
        assert_eq!(queries::change(&read, id).await.unwrap().waiting, 1);
        drop(read);
        test.remove().await;
    }
}

async fn raise_cost(world: &World, product: ProductId, cost: &str) {
    db::sql! { COST = "UPDATE product SET cost_micros = $2 WHERE id = $1" }
    let micros = eur(cost).micros();
    let done = world.db.write(|tx| async move { Ok(tx.execute(COST, db::params![product, micros]).await?) }).await;
    assert_eq!(done.unwrap(), 1);
}

/// Small, repeatable and without a crate: the sequences matter, not how random they are.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

#[tokio::test]
async fn random_people_at_random_doors_never_bring_a_price_under_the_floor_into_force_alone() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let list = base(&world).await;
        let people = [world.staff[3], second_manager(&world).await];
        let mut dice = Dice(20_261_130);
        let (mut open, mut confirmed): (Vec<(Submitted, UserId)>, u32) = (Vec::new(), 0);
        for step in 0..200 {
            let who = people[usize::try_from(dice.roll(2)).unwrap()];
            let ctx = &manager(&world, who, step);
            if dice.roll(3) == 0 && !open.is_empty() {
                let at = usize::try_from(dice.roll(open.len() as u64)).unwrap();
                let (done, author) = open[at];
                let outcome = approve(&world, ctx, done).await;
                assert_eq!(outcome.is_ok(), author != who, "only the other person's word counts");
                if outcome.is_ok() {
                    confirmed += 1;
                    open.remove(at);
                }
                continue;
            }
            let (from, cents) = ([1, 100][usize::try_from(dice.roll(2)).unwrap()], dice.roll(14_000));
            let micros = i64::try_from(cents).unwrap() * 10_000;
            let price = UnitPrice::new(micros, kernel::Currency::Eur);
            let edits =
                vec![Edit { product: world.products[VALVE], from: pieces(from), price: Some(price), seen: None }];
            let door = Door::ALL[usize::try_from(dice.roll(4)).unwrap()];
            let done = submit(&world, ctx, &Submission { door, ..submission(list, edits) }).await.unwrap();
            if done.waiting > 0 {
                open.push((done, who));
            }
            every_low_price_has_two_people(&world, list).await;
        }
        assert!(confirmed > 10, "the dice came to confirm {confirmed}");
        test.remove().await;
    }
}

/// Whoever wrote a price under the floor that is in force, somebody else has confirmed it.
async fn every_low_price_has_two_people(world: &World, list: PriceListId) {
    let read = world.db.read().await.unwrap();
    let valve = world.products[VALVE];
    let one = lists::queries::list(&read, list).await.unwrap();
    let bounds = queries::bounds(&read, &one, &[valve]).await.unwrap().remove(&valve).unwrap();
    // Of those who buy from a list for all, small customers have the highest floor: 12 % over a cost of 80.
    assert_eq!(bounds.floor.map(UnitPrice::to_decimal).as_deref(), Some("90.909091"));
    let past = queries::history(&read, list, valve).await.unwrap();
    for step in lists::queries::steps(&read, list, valve).await.unwrap() {
        if guard::concern(step.tier.price, &bounds).is_none() {
            continue;
        }
        let made = past.iter().find(|(change, line)| {
            let is_it = line.from == step.tier.from && line.new == Some(step.tier.price);
            is_it && line.state == LineState::InForce && change.decision.is_some()
        });
        let (change, _) = made.unwrap_or_else(|| panic!("{} came into force by nobody's word", step.tier.price));
        let decision = change.decision.as_ref().unwrap();
        assert!(change.by != Some(decision.by) && !decision.is_own, "one person did both");
    }
}

#[tokio::test]
async fn a_price_for_all_is_held_against_the_floor_of_the_section_with_the_highest() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        second_manager(&world).await;
        let (general, valve) = (base(&world).await, world.products[VALVE]);
        let (ctx, pia) = (&world.ctx, &manager(&world, world.staff[3], 0));
        let own = &pricing::lists::NewList {
            code: "own".into(),
            name: catalog::Texts::new("Own"),
            scope: pricing::lists::ListScope::Company(world.company),
            currency: kernel::Currency::Eur,
            valid_from: None,
            valid_until: None,
        };
        let own = world.db.write(|tx| async move { lists::actions::create(&tx, ctx, own).await }).await.unwrap();
        // 88 leaves more than the 8 % of most, and less than the 12 % of small customers, who buy from the list for all.
        let wanted = |list| Submission { is_confirmed: false, ..submission(list, vec![edit(valve, 1, Some("88"))]) };
        let refused = match submit(&world, pia, &wanted(general)).await {
            Err(kernel::Failure::Refused(refused)) => refused,
            other => panic!("{other:?}"),
        };
        assert_eq!(refused.code, "price-change-unconfirmed");
        assert!(refused.args.contains(&("sections", "small".to_owned())), "{:?}", refused.args);
        let done = submit(&world, pia, &wanted(own)).await.unwrap();
        assert_eq!((done.in_force, done.waiting), (1, 0), "the company is none of the small ones");
        let server = serve(&world, &test.db).await;
        let path = format!("/office/price-lists/{general}/prices/{valve}/1000");
        let asked = server.form("pia", &path, "price=88&old=120000000").await;
        assert!(asked.status == 409 && asked.body.contains("under the floor for small"), "{}", asked.body);
        test.remove().await;
    }
}

#[tokio::test]
async fn pages_and_json_ask_before_prices_go_to_a_second_person() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        second_manager(&world).await;
        let (list, valve) = (base(&world).await, world.products[VALVE]);
        let server = serve(&world, &test.db).await;
        let page = server.get("pia", &format!("/office/price-lists/{list}")).await;
        assert!(page.body.contains("80.00") && page.body.contains("33.3"), "cost and margin stand beside the field");

        let path = format!("/office/price-lists/{list}/prices/{valve}/1000");
        let asked = server.form("pia", &path, "price=0.01&old=120000000").await;
        assert_eq!(asked.status, 409, "{}", asked.body);
        assert!(asked.body.contains("below cost") && asked.body.contains("name=\"price\" value=\"0.01\""));
        let sent = server.form("pia", &path, "price=0.01&old=120000000&confirmed=yes&reason=Clearance").await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        assert_eq!(price(&world, VALVE, 1).await.as_deref(), Some("120.00"));
        let waiting = server.get("pia", "/office/price-changes").await;
        assert!(waiting.body.contains("1 price waits for a second person"), "{}", waiting.body);

        let path = format!("/api/v1/price-lists/{list}/prices/P-0");
        let json = "Content-Type: application/json\r\n";
        let steps = r#"{"steps":[{"from":"1","price":"60"}]"#;
        let refused = server.send("pia", "PUT", &path, json, &format!("{steps}}}")).await;
        assert_eq!(refused.status, 409);
        assert!(refused.body.contains("price-change-unconfirmed"), "{}", refused.body);
        let done =
            server.send("pia", "PUT", &path, json, &format!("{steps},\"confirm\":true,\"reason\":\"x\"}}")).await;
        assert!(done.status == 200 && done.body.contains("\"waiting\":1"), "{}", done.body);
        let seen = server.get("pia", "/api/v1/price-changes?state=waiting").await;
        assert!(seen.body.contains("\"total\":2"), "{}", seen.body);
        let buyer = server.get("kerstin", "/office/price-changes").await;
        assert_eq!(buyer.status, 403);

        let preview = format!("/office/price-lists/{list}/bulk");
        let shown = server.form("pia", &preview, "basis=price&rate=-50&step=0.01&q=").await;
        assert_eq!(shown.status, 200, "{}", shown.body);
        assert!(shown.body.contains("prices would change") && shown.body.contains("60.00"), "{}", shown.body);
        let change = format!("{preview}/change");
        let stale = server.form("pia", &change, "basis=price&rate=-50&step=0.01&sum=1:1&confirmed=yes").await;
        assert_eq!(stale.status, 409, "what was previewed is what is changed");
        let pager = Pager::asked(None, None);
        assert_eq!(queries::changes(&world.db.read().await.unwrap(), Some(list), false, pager).await.unwrap().1, 2);
        test.remove().await;
    }
}

#[tokio::test]
async fn use_s53_the_margin_follows_the_price_while_it_is_typed() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let (list, valve) = (base(&world).await, world.products[VALVE]);
        let server = serve(&world, &test.db).await;
        let page = server.get("pia", &format!("/office/price-lists/{list}")).await;
        assert!(page.body.contains(&format!("id=\"left-{valve}-1000\"")), "{}", page.body);
        let row = format!("/office/price-lists/{list}/figures?product={valve}&step=1000");
        for (typed, shown) in [
            ("100", vec!["20.0\u{a0}%", "16.7\u{a0}%", "less than 120.00"]),
            ("160", vec!["50.0\u{a0}%", "33.3\u{a0}%", "more than 120.00"]),
            ("79", vec!["below cost", "class=\"bad\""]),
            ("7x", vec!["–"]),
            ("", vec!["–"]),
        ] {
            let answer = server.get("pia", &format!("{row}&price={typed}")).await;
            assert_eq!(answer.status, 200, "{typed}");
            for part in shown {
                assert!(answer.body.contains(part), "{typed}: {part} in {}", answer.body);
            }
        }
        let path = format!("/office/price-lists/{list}/prices/{valve}/1000");
        assert_eq!(server.form("pia", &path, "price=110&old=120000000").await.status, 303);
        let new = format!("/office/price-lists/{list}/figures?sku=P-0&from=1&price=100");
        let answer = server.get("pia", &new).await;
        for part in ["80.00", "110.00", "20.0", "was 120.00 until"] {
            assert!(answer.body.contains(part), "{part} in {}", answer.body);
        }
        let unknown = server.get("pia", &new.replace("P-0", "P-77")).await;
        assert_eq!((unknown.status, unknown.body.as_str()), (200, ""), "nothing to say yet");
        assert_eq!(server.get("kerstin", &new).await.status, 403);
        test.remove().await;
    }
}
