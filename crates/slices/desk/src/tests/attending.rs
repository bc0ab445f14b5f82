//! What people of the desk do beside deciding: hold a negotiation, begin one for a customer, decide alike cases together.

use db::testing::TestDb;
use kernel::{Instant, NegotiationId, Outcome, UserId};
use negotiation::negotiations::State;
use negotiation::routing::queries;

use super::serve;
use super::{NOW, Server, VALVE, World, code, eur, migrations, pieces, text};
use crate::cases::{Start, StartLine, attending};

const MINUTE: i64 = Instant::MINUTE;

async fn hold(world: &World, person: usize, id: NegotiationId) -> String {
    let ctx = &world.person(person, 5 * MINUTE);
    code(world.db.write(|tx| async move { attending::hold(&tx, ctx, id).await }).await)
}

async fn release(world: &World, person: usize, id: NegotiationId) -> String {
    let ctx = &world.person(person, 20 * MINUTE);
    code(world.db.write(|tx| async move { attending::release(&tx, ctx, id).await }).await)
}

#[tokio::test]
async fn a_held_negotiation_asks_its_holder_first() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let id = world.open(&world.buyer(0, 0), &world.ask(VALVE, 250, "110")).await.unwrap();
        let stood = text(&world.load(id).await.offers, NOW);
        assert_eq!(world.load(id).await.stored_state, State::Offered);
        assert_eq!(release(&world, 1, id).await, "negotiation-not-held");
        assert_eq!(hold(&world, 1, id).await, "done");
        assert_eq!(hold(&world, 1, id).await, "done");
        assert_eq!(hold(&world, 0, id).await, "negotiation-held");
        assert_eq!(text(&world.load(id).await.offers, NOW), stood, "what stands goes on standing");

        world.again(&world.buyer(0, 10 * MINUTE), id, &world.ask(VALVE, 250, "112")).await.unwrap();
        let n = world.load(id).await;
        assert_eq!((n.stored_state, n.reason.as_deref()), (State::Waiting, Some("held")));
        assert_eq!(n.rep, Some(world.staff[1]), "the holder, not the company's rep");
        assert_eq!(hold(&world, 1, id).await, "done");
        assert_eq!(release(&world, 0, id).await, "done");
        assert_eq!(hold(&world, 1, id).await, "negotiation-not-automated", "a person has it already");
        world.withdraw(&world.buyer(0, 30 * MINUTE), id).await.unwrap();
        assert_eq!(hold(&world, 1, id).await, "negotiation-not-automated");

        let id = world.open(&world.buyer(0, 40 * MINUTE), &world.ask(VALVE, 250, "110")).await.unwrap();
        assert_eq!((hold(&world, 1, id).await, release(&world, 1, id).await), ("done".into(), "done".into()));
        world.again(&world.buyer(0, 50 * MINUTE), id, &world.ask(VALVE, 250, "112")).await.unwrap();
        assert_ne!(world.load(id).await.stored_state, State::Waiting, "the shop answers again");
        let buyer = &world.buyer(0, 0);
        let by_buyer = world.db.write(|tx| async move { attending::hold(&tx, buyer, id).await }).await;
        assert_eq!(code(by_buyer), "not-allowed");
        test.remove().await;
    }
}

fn start(world: &World, product: usize, quantity: i64, price: Option<&str>, contact: Option<UserId>) -> Start {
    Start {
        contact,
        lines: vec![StartLine { product: world.products[product], quantity: pieces(quantity), price: price.map(eur) }],
        message: "As we spoke.".into(),
        rationale: "They grow.".into(),
        ..Start::default()
    }
}

async fn begin(world: &World, person: usize, start: &Start) -> Outcome<NegotiationId> {
    let (ctx, company) = (&world.person(person, 0), world.company);
    world.db.write(|tx| async move { attending::start_for(&tx, ctx, company, start).await }).await
}

#[tokio::test]
async fn a_rep_begins_for_a_customer() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let id = begin(&world, 0, &start(&world, VALVE, 250, Some("117"), Some(world.buyers[1]))).await.unwrap();
        let n = world.load(id).await;
        assert_eq!((n.state(NOW), text(&n.offers, NOW)), (State::Offered, vec!["plain 117.00 x 250 /30".to_owned()]));
        assert_eq!((n.person, n.company), (world.buyers[1], world.company), "it is the customer's");
        assert_eq!(n.offers[0].made_by, Some(world.staff[0]), "and the offer is the rep's");
        assert_eq!((n.decisions[0].kind.as_str(), n.decisions[0].message.as_str()), ("start", "As we spoke."));
        let attendance = queries::attendance(&test.db.read().await.unwrap(), id).await.unwrap();
        assert_eq!(attendance.started_by, Some(world.staff[0]));
        let loads = queries::workloads(&test.db.read().await.unwrap(), NOW, &world.ctx.zone).await.unwrap();
        assert!(loads.iter().all(|load| load.decided_today == 0 && load.turnaround_minutes.is_none()));
        assert_eq!(code(world.take(&world.buyer(0, MINUTE), id, 0).await), "done", "any colleague may take it");

        // Beyond the rep's authority nothing begins, and who has it may.
        let low = &start(&world, VALVE, 250, Some("80"), None);
        assert_eq!(code(begin(&world, 0, low).await), "needs-authority");
        let id = begin(&world, 3, low).await.unwrap();
        assert_eq!(world.load(id).await.person, world.buyers[0], "the first who may negotiate");
        assert!(world.load(id).await.is_unasked());
        assert_eq!(code(begin(&world, 0, &start(&world, VALVE, 300, Some("117"), None)).await), "negotiation-going-on");
        world.withdraw(&world.buyer(0, MINUTE), id).await.unwrap();

        // Without a price the customer gets what the shop would offer.
        let id = begin(&world, 0, &start(&world, VALVE, 250, None, None)).await.unwrap();
        let n = world.load(id).await;
        assert_eq!(n.state(NOW), State::Offered);
        let standing: Vec<_> = n.standing(NOW).collect();
        assert!(!standing.is_empty() && standing.iter().all(|row| row.made_by == Some(world.staff[0])));
        // Nobody has asked for a price, so none is told; only the trace, for the seller's own people, has what was tried.
        let server = serve(&world, &test.db).await;
        let desk = server.get("ann", &format!("/desk/{id}")).await;
        assert!(desk.status == 200 && !desk.body.contains("<dt>Asked</dt>"), "{}", desk.body);
        let account = server.get("kerstin", &format!("/account/negotiations/{id}")).await;
        let price = i18n::Locale::new(i18n::Language::En, "UTC").unit_price(n.lines[0].price);
        assert!(account.status == 200 && !account.body.contains(&price), "{price} in {}", account.body);
        test.remove().await;
    }
}

#[tokio::test]
async fn what_a_rep_may_not_begin() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    for (start, want) in [
        (start(&world, VALVE, 250, Some("121"), None), "lines[0].price: price-above-list"),
        (start(&world, VALVE, 260, Some("117"), None), "lines[0].quantity: quantity-multiple"),
        (start(&world, VALVE, 260, None, None), "lines[0].quantity: quantity-multiple"),
        (start(&world, VALVE, 250, Some("117"), Some(world.buyers[2])), "contact: choice"),
        (start(&world, super::NO_PRICE, 250, Some("9"), None), "not-negotiable"),
        (start(&world, super::NO_COST, 250, None, None), "nothing-to-offer"),
    ] {
        assert_eq!(code(begin(&world, 0, &start).await), want, "{start:?}");
    }
    let (buyer, start) = (&world.buyer(0, 0), &start(&world, VALVE, 250, Some("117"), None));
    let company = world.company;
    let by_buyer = world.db.write(|tx| async move { attending::start_for(&tx, buyer, company, start).await }).await;
    assert_eq!(code(by_buyer), "not-allowed");
    exclude(&world, true).await;
    assert_eq!(code(begin(&world, 0, start).await), "negotiation-may-not-start");
    exclude(&world, false).await;
    let ctx = &world.ctx;
    for person in [world.buyers[0], world.buyers[1]] {
        let done =
            world.db.write(|tx| async move { parties::people::actions::set_blocked(&tx, ctx, person, true).await });
        done.await.unwrap();
    }
    assert_eq!(code(begin(&world, 0, start).await), "company-without-buyer");
    test.remove().await;
}

/// Excludes the company from negotiation, or lets it in again.
async fn exclude(world: &World, is_negotiation_blocked: bool) {
    let ctx = &world.ctx;
    let done = world.db.write(|tx| async move {
        let company = parties::companies::queries::company(&tx, world.company).await?.unwrap();
        let change = &parties::companies::actions::CompanyChange {
            version: company.version,
            name: company.name,
            vat_id: company.vat_id,
            country: company.country,
            segment: company.segment,
            price_group: company.price_group,
            payment_days: company.payment_days,
            credit_limit_minor: company.credit_limit.minor(),
            rep: company.rep,
            is_negotiation_blocked,
        };
        parties::companies::actions::update(&tx, ctx, world.company, change).await
    });
    done.await.unwrap();
}

/// Two cases of two companies that ask for the same.
async fn two_alike(world: &World) -> Vec<(NegotiationId, i64)> {
    let mut cases = Vec::new();
    for buyer in [0, 2] {
        let mut ask = world.ask(VALVE, 250, "114");
        ask.wants_person = true;
        let id = world.open(&world.buyer(buyer, 0), &ask).await.unwrap();
        cases.push((id, world.load(id).await.version));
    }
    cases
}

#[tokio::test]
async fn alike_cases_are_decided_together_and_each_is_checked_again() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let server = serve(&world, &test.db).await;
        let cases = two_alike(&world).await;
        let page = server.get("ann", "/desk/alike").await;
        assert_eq!(page.status, 200, "{}", page.body);
        for (id, version) in &cases {
            assert!(page.body.contains(&format!("name=\"case.{id}\" value=\"{version}\"")), "{}", page.body);
        }
        let groups = server.get("ann", "/api/v1/desk/groups").await;
        let groups: serde_json::Value = serde_json::from_str(&groups.body).unwrap();
        assert_eq!(groups[0]["cases"].as_array().map(Vec::len), Some(2), "{groups}");
        let fields = |rationale: &str| {
            let boxes = cases.iter().map(|(id, version)| format!("case.{id}={version}"));
            let rest = ["answer=ask".to_owned(), format!("rationale={rationale}")];
            boxes.chain(rest).collect::<Vec<_>>().join("&")
        };
        let answer = server.form("ann", "/desk/alike", &fields("")).await;
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains("Fill in this field."), "{}", answer.body);

        // The second buyer takes the ask back before the rep presses the button.
        world.withdraw(&world.buyer(2, MINUTE), cases[1].0).await.unwrap();
        let answer = server.form("ann", "/desk/alike", &fields("Same+everywhere")).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(answer.body.contains("1 case is approved."), "{}", answer.body);
        assert!(answer.body.contains("The buyer has moved on"), "{}", answer.body);
        let n = world.load(cases[0].0).await;
        assert_eq!((n.stored_state, n.decisions[0].rationale.as_str()), (State::Agreed, "Same everywhere"));
        assert_eq!(world.load(cases[1].0).await.stored_state, State::Withdrawn);

        let body = format!(r#"{{"cases":[{{"id":"{}","version":1}}],"rationale":"x"}}"#, cases[1].0);
        let done = server.json("ann", "/api/v1/desk/approvals", &body).await;
        assert_eq!(done.status, 200);
        assert!(done.body.contains("\"approved\":false"), "{}", done.body);
        let none = server.json("ann", "/api/v1/desk/approvals", r#"{"cases":[],"rationale":"x"}"#).await;
        assert_eq!(none.status, 422);
        test.remove().await;
    }
}

async fn settings_are_shown_before_they_decide_who(server: &Server) {
    let page = server.get("pia", "/office/routing").await;
    assert!(page.status == 200 && page.body.contains("8:00–17:00"), "{}", page.body);
    let week = (0..5).map(|day| format!("week[{day}]=8-16")).collect::<Vec<_>>().join("&");
    let form = format!("{week}&daily_cap=9&remind_percent=50&grace_minutes=10&holidays=2027-12-24+Eve");
    let wrong = server.form("pia", "/office/routing", &format!("{form}&version=1&recommend_above=x")).await;
    assert_eq!(wrong.status, 422);
    let late = server.form("pia", "/office/routing", &format!("{form}&version=7")).await;
    assert_eq!(late.status, 409);
    let shown = server.form("pia", "/office/routing", &format!("{form}&version=1")).await;
    assert_eq!(shown.status, 200, "{}", shown.body);
    for part in
        ["Cases per person and day", "<del>40</del>", "<ins>9</ins>", "Of the 2 cases of the last 30 days", "Ann"]
    {
        assert!(shown.body.contains(part), "{part} in {}", shown.body);
    }
    let unsaid = server.form("pia", "/office/routing", &format!("{form}&version=1&confirmed=yes")).await;
    assert_eq!(unsaid.status, 422, "a reason is wanted");
    let saved = server.form("pia", "/office/routing", &format!("{form}&version=1&confirmed=yes&reason=summer")).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    let shown = server.get("pia", "/office/routing").await;
    assert!(shown.body.contains("summer") && shown.body.contains("Changes so far"), "{}", shown.body);
    let at_once = form.replace("Eve", "Christmas+Eve");
    assert_eq!(server.form("pia", "/office/routing", &format!("{at_once}&version=2")).await.status, 303);
    assert_eq!(server.form("pia", "/office/routing", &format!("{form}&version=3")).await.status, 303);
    let json = server.get("pia", "/api/v1/office/routing").await;
    assert!(json.body.contains(r#""daily_cap":9"#) && json.body.contains("2027-12-24 Eve"), "{}", json.body);
}

async fn cases_are_found_and_explained(server: &Server, cases: &[(NegotiationId, i64)]) {
    let found = server.get("pia", "/desk?whose=all&q=company+2+p-0").await;
    assert!(found.body.contains(&cases[1].0.to_string()) && !found.body.contains(&cases[0].0.to_string()));
    assert!(found.body.contains("q=company%202%20p-0"), "the search stays while one goes through it: {}", found.body);
    let nothing = server.get("pia", "/desk?whose=all&q=nowhere").await;
    assert!(nothing.body.contains("No case fits this search"), "{}", nothing.body);
    let shown = server.get("pia", &format!("/desk/{}", cases[0].0)).await;
    for part in ["What the marks mean", "The buyer wants a person", "the buyer expects a word from you"] {
        assert!(shown.body.contains(part), "{part} in {}", shown.body);
    }
}

#[tokio::test]
async fn the_pages_of_routing() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let ctx = &world.ctx;
    world.db.write(|tx| async move { negotiation::routing::actions::setup(&tx, ctx, None).await }).await.unwrap();
    let server = serve(&world, &test.db).await;
    let cases = two_alike(&world).await;
    let id = cases[0].0;

    settings_are_shown_before_they_decide_who(&server).await;
    cases_are_found_and_explained(&server, &cases).await;
    let caps = format!("cap.{}=0", world.staff[0]);
    assert_eq!(server.form("pia", "/office/routing/caps", &caps).await.status, 422);
    let caps = format!("cap.{}=3&cap.{}=", world.staff[0], world.staff[1]);
    assert_eq!(server.form("pia", "/office/routing/caps", &caps).await.status, 303);
    assert_eq!(server.get("ann", "/office/routing").await.status, 403);

    let entered = server.form("ann", "/desk/absences", "from=2027-02-01&until=2027-02-05").await;
    assert_eq!(entered.status, 303, "{}", entered.body);
    let again = server.form("ann", "/desk/absences", "from=2027-02-05&until=2027-02-05").await;
    assert_eq!(again.status, 409);
    assert_eq!(server.form("ann", "/desk/absences", "from=soon&until=").await.status, 422);
    let list = server.get("ann", "/api/v1/desk/absences").await;
    let list: serde_json::Value = serde_json::from_str(&list.body).unwrap();
    let absence = list[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(server.form("ann", &format!("/desk/absences/{absence}/removal"), "").await.status, 303);

    let page = server.get("ann", &format!("/desk/{id}")).await;
    for says in ["With Ann", "2 open", "Ann looks after the customer."] {
        assert!(page.body.contains(says), "{says}: {}", page.body);
    }
    let to = format!("to={}&note=Yours&next=/desk/{id}", world.staff[1]);
    assert_eq!(server.form("ann", &format!("/desk/{id}/assignment"), &to).await.status, 303);
    let page = server.get("ann", &format!("/desk/{id}")).await;
    assert!(page.body.contains("From Ann to Ben") && page.body.contains("Take over"), "{}", page.body);
    assert_eq!(server.form("ann", &format!("/desk/{id}/assignment"), "").await.status, 303);
    let here = format!("/desk/{id}/standing?with={}", world.staff[0]);
    assert!(!server.get("ann", &here).await.body.contains("note"), "it lies where the page says");
    let moved = server.get("ann", &format!("/desk/{id}/standing?with={}", world.staff[1])).await;
    assert!(moved.body.contains("This case is with Ann now."), "{}", moved.body);
    let json = server.json("ann", &format!("/api/v1/desk/{id}/assignment"), "{}").await;
    assert!(json.status == 200 && json.body.contains(r#""cause":"taken""#), "{}", json.body);
    let refused = server.form("ann", &format!("/desk/{id}/hold"), "").await;
    assert_eq!(refused.status, 409);

    let new = server.get("ann", "/desk/new?company=2").await;
    assert!(new.status == 200 && new.body.contains("Olga"), "{}", new.body);
    assert!(server.get("ann", "/desk/new").await.body.contains("Company 1"));
    let wrong = server.form("ann", "/desk/new", "company=2&product=nothing&quantity=x").await;
    assert_eq!(wrong.status, 422);
    let going_on = server.form("ann", "/desk/new", "company=2&product=P-0&quantity=250&price=117").await;
    assert_eq!(going_on.status, 409, "{}", going_on.body);
    world.withdraw(&world.buyer(2, MINUTE), cases[1].0).await.unwrap();
    let begun = server.form("ann", "/desk/new", "company=2&product=P-0&quantity=250&price=117&message=Hi").await;
    assert_eq!(begun.status, 303, "{}", begun.body);
    test.remove().await;
}
