//! Suppliers' help: the mailed link, the case that moves on, agreements by their days.

use db::testing::TestDb;
use kernel::{AgreementId, Ctx, Currency, Date, Email, Instant, NegotiationId, Outcome, SupportId, Unit};
use negotiation::negotiations::State;
use terms::agreements::rules::Line;
use terms::agreements::{self as written, Agreement, Basis, Period, Step};
use terms::support::{About, Granted, queries, rules};

use super::serve;
use super::{NOW, VALVE, World, code, eur, migrations, pieces};
use crate::suppliers::actions::{self, Answer, House};
use crate::suppliers::{NewRequest, agreements, jobs};

/// An ask that only a person may decide: far under what the rules allow at a cost of 83.137913.
async fn waiting(world: &World) -> NegotiationId {
    let mut ask = world.ask(VALVE, 2_000, "96");
    ask.wants_person = true;
    let id = world.open(&world.buyer(0, 0), &ask).await.unwrap();
    assert_eq!(world.load(id).await.stored_state, State::Waiting);
    id
}

fn new_request(world: &World, id: NegotiationId) -> NewRequest {
    NewRequest {
        about: About::Negotiation(id),
        product: world.products[VALVE],
        email: Email::parse("sales@maker.example").unwrap(),
        supplier_sku: "MK-77".into(),
        quantity: pieces(2_000),
        asked: eur("50"),
        note: "For a project".into(),
        answer_by: Date::parse("2027-01-25").unwrap(),
    }
}

async fn ask(world: &World, ctx: &Ctx, new: &NewRequest) -> Outcome<SupportId> {
    let locale = i18n::Locale::by_codes("en", "UTC");
    let house = House { name: "Nordkant", base_url: "http://shop", locale: &locale };
    world.db.write(|tx| async move { actions::ask(&tx, ctx, house, new).await }).await
}

/// The token in the mail that waits to be sent.
async fn token(world: &World) -> String {
    db::sql! { MAILS = "SELECT payload FROM job WHERE kind = 'mail.send'" }
    let rows = world.db.read().await.unwrap().all(MAILS, Vec::new()).await.unwrap();
    let texts = rows.iter().map(|row| row.get::<String>("payload").unwrap());
    let text = texts.filter(|text| text.contains("/supplier/")).last().unwrap();
    text.split("/supplier/").nth(1).unwrap()[..64].to_owned()
}

fn granted(price: &str, until: &str) -> Answer {
    let until = Date::parse(until).unwrap();
    Answer { granted: Some(Granted { price: eur(price), up_to: pieces(2_000), until }), note: String::new() }
}

#[tokio::test]
async fn the_case_moves_on_by_itself() {
    for test in TestDb::both(&migrations()).await {
        let world = World::with(&test, negotiation_engine::Policy::starter(), "83.137913").await;
        let id = waiting(&world).await;
        let support = ask(&world, &world.person(0, 0), &new_request(&world, id)).await.unwrap();
        assert_eq!(code(ask(&world, &world.person(0, 0), &new_request(&world, id)).await), "support-asked-already");
        let (token, system) = (&token(&world).await, &world.ctx);
        let rounds = world.load(id).await.round;
        let given = &granted("50", "2027-06-30");
        world.db.write(|tx| async move { actions::answer(&tx, system, token, given).await }).await.unwrap();
        let again = world.db.write(|tx| async move { actions::answer(&tx, system, token, given).await }).await;
        assert_eq!(code(again), "not found", "a link works once");
        let tx = world.db.read().await.unwrap();
        let found = async |day: &str| {
            let day = Date::parse(day).unwrap();
            queries::for_negotiation(&tx, id, world.products[VALVE], Currency::Eur, day).await.unwrap()
        };
        assert_eq!(found("2027-06-30").await.unwrap().per_unit, eur("33.137913"));
        assert_eq!(found("2027-07-01").await, None, "its last day has passed");
        drop(tx);
        world.db.write(|tx| async move { jobs::decide(&tx, system, support).await }).await.unwrap();
        let n = world.load(id).await;
        assert!(matches!(n.stored_state, State::Agreed | State::Offered), "{:?} {:?}", n.stored_state, n.reason);
        assert_eq!(n.round, rounds, "no round of the buyer was used");
        test.remove().await;
    }
}

#[tokio::test]
async fn a_no_leaves_the_case_to_the_rep() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::with(&test, negotiation_engine::Policy::starter(), "83.137913").await;
    let id = waiting(&world).await;
    let support = ask(&world, &world.person(0, 0), &new_request(&world, id)).await.unwrap();
    let (token, system) = (&token(&world).await, &world.ctx);
    let no = &Answer { granted: None, note: "Sold out".into() };
    world.db.write(|tx| async move { actions::answer(&tx, system, token, no).await }).await.unwrap();
    world.db.write(|tx| async move { jobs::decide(&tx, system, support).await }).await.unwrap();
    assert_eq!(world.load(id).await.stored_state, State::Waiting);
    test.remove().await;
}

#[tokio::test]
async fn the_suppliers_page_shows_nothing_else() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::with(&test, negotiation_engine::Policy::starter(), "83.137913").await;
    let id = waiting(&world).await;
    ask(&world, &world.person(0, 0), &new_request(&world, id)).await.unwrap();
    let token = token(&world).await;
    let server = serve(&world, &test.db).await;
    let path = format!("/supplier/{token}");
    let page = server.get("nobody", &path).await;
    assert_eq!(page.status, 200, "{}", page.body);
    for text in ["MK-77", "2,000", "50.00", "Product 0", "noindex"] {
        assert!(page.bytes().contains(text), "{text} in {}", page.body);
    }
    let wrong = server.form("nobody", &path, "answer=other&price=x&quantity=2000&until=2027-02-01").await;
    assert_eq!(wrong.status, 422, "{}", wrong.body);
    for answer in [&page, &wrong] {
        let text = answer.bytes();
        for leak in ["137913", "83.13", "83.14", "120.00", "96.00", "Company 1", "Kerstin", &id.to_string(), "\u{27e6}"]
        {
            assert!(!text.contains(leak), "{leak} in {text}");
        }
        for word in ["margin", "cost", "customer", "floor", "pocket", "negotiation", "rep_"] {
            assert!(!text.to_lowercase().contains(word), "{word} in {text}");
        }
    }
    let other = if token.starts_with('0') { "1" } else { "0" };
    for path in [format!("/supplier/{other}{}", &token[1..]), "/supplier/x".into(), "/supplier/%00".into()] {
        assert_eq!(server.get("nobody", &path).await.status, 404, "{path}");
    }
    let sent = server.form("nobody", &path, "answer=yes&quantity=2000&until=2027-02-01").await;
    assert!(sent.status == 200 && sent.body.contains("Thank you"), "{}", sent.body);
    assert_eq!(server.get("nobody", &path).await.status, 404, "it works once");
    let desk = server.get("ann", &format!("/desk/{id}")).await;
    assert!(desk.status == 200 && desk.body.contains("sales@maker.example"), "{}", desk.body);
    let form = server.get("ann", &format!("/desk/support?negotiation={id}")).await;
    assert!(form.status == 200 && !form.body.contains('\u{27e6}'), "{}", form.body);
    test.remove().await;
}

#[tokio::test]
async fn links_end_by_their_day_and_after_too_many_attempts() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::with(&test, negotiation_engine::Policy::starter(), "83.137913").await;
    let id = waiting(&world).await;
    ask(&world, &world.person(0, 0), &new_request(&world, id)).await.unwrap();
    let token = &token(&world).await;
    let late = &Ctx { now: NOW.plus(9 * Instant::DAY), ..world.ctx.clone() };
    let given = &granted("50", "2027-06-30");
    let answered = world.db.write(|tx| async move { actions::answer(&tx, late, token, given).await }).await;
    assert_eq!(code(answered), "not found");
    let system = &world.ctx;
    for _ in 0..rules::ATTEMPTS_MAX {
        world.db.write(|tx| async move { actions::count_attempt(&tx, system, token).await }).await.unwrap();
    }
    let answered = world.db.write(|tx| async move { actions::answer(&tx, system, token, given).await }).await;
    assert_eq!(code(answered), "not found");
    test.remove().await;
}

fn agreement(world: &World, basis: Basis, period: Period, bought: i64) -> Agreement {
    let step = |reaches, per_unit| Step { reaches, per_unit: eur(per_unit) };
    let day = |text| Date::parse(text).unwrap();
    Agreement {
        id: AgreementId::from_uuid(uuid::Uuid::nil()),
        supplier: "Maker".into(),
        product: Some(world.products[VALVE]),
        brand: None,
        basis,
        unit: Unit::Piece,
        currency: Currency::Eur,
        period,
        valid_from: day("2026-07-01"),
        valid_until: day("2027-01-31"),
        bought,
        bought_on: day("2027-01-10"),
        steps: vec![step(1_000_000, "0.50"), step(2_000_000, "0.80")],
        version: 0,
    }
}

#[tokio::test]
async fn agreements_hold_on_their_days_and_count_what_was_bought() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let line = Line { quantity_unit: Unit::Piece, currency: Currency::Eur, cost: Some(eur("20")) };
    let text = |agreement: &Agreement, day: &str| {
        let bonuses = written::rules::bonuses(agreement, line, Date::parse(day).unwrap());
        let step =
            |bonus: &negotiation_engine::Bonus| format!("{}:{}", bonus.from.to_decimal(), bonus.per_unit.to_decimal());
        bonuses.0.iter().map(step).collect::<Vec<_>>().join(" ")
    };
    let of = |basis, period, bought| agreement(&world, basis, period, bought);
    let cases = [
        // Nothing bought yet; some; the first step is reached already.
        (of(Basis::Quantity, Period::Term, 0), "2027-01-18", "1000:0.50 2000:0.80"),
        (of(Basis::Quantity, Period::Term, 400_000), "2027-01-18", "600:0.50 1600:0.80"),
        (of(Basis::Quantity, Period::Term, 1_200_000), "2027-01-18", "0.001:0.50 800:0.80"),
        // The last day, and the day after: a deal that is decided then is decided without it.
        (of(Basis::Quantity, Period::Term, 0), "2027-01-31", "1000:0.50 2000:0.80"),
        (of(Basis::Quantity, Period::Term, 0), "2027-02-01", ""),
        (of(Basis::Quantity, Period::Term, 0), "2026-06-30", ""),
        // What was bought before the period began does not count.
        (
            Agreement { bought_on: Date::parse("2026-12-31").unwrap(), ..of(Basis::Quantity, Period::Year, 400_000) },
            "2027-01-18",
            "1000:0.50 2000:0.80",
        ),
        // 10,000.00 and 20,000.00 at 20.00 a piece.
        (of(Basis::Amount, Period::Term, 0), "2027-01-18", "500:0.50 1000:0.80"),
    ];
    for (agreement, day, expected) in &cases {
        assert_eq!(text(agreement, day).replace(".000", ""), expected.replace(".000", ""), "{day} {agreement:?}");
    }
    let (pia, new) = (&world.person(3, 0), &of(Basis::Quantity, Period::Term, 0));
    let id = world.db.write(|tx| async move { agreements::actions::create(&tx, pia, new).await }).await.unwrap();
    let ann = &world.person(0, 0);
    let refused = world.db.write(|tx| async move { agreements::actions::create(&tx, ann, new).await }).await;
    assert_eq!(code(refused), "not-allowed");
    let stale = &Agreement { id, version: 7, ..new.clone() };
    let changed = world.db.write(|tx| async move { agreements::actions::change(&tx, pia, stale).await }).await;
    assert_eq!(code(changed), "agreement-changed");
    let tx = world.db.read().await.unwrap();
    let line =
        written::queries::BonusLine { product: world.products[VALVE], brand: None, unit: Unit::Piece, cost: None };
    let on = async |day: &str| {
        let lines = std::slice::from_ref(&line);
        let found = written::queries::bonuses(&tx, lines, Currency::Eur, Date::parse(day).unwrap()).await.unwrap();
        found.get(&line.product).map_or(0, |bonuses| bonuses.0.len())
    };
    assert_eq!((on("2027-01-31").await, on("2027-02-01").await), (2, 0));
    drop(tx);
    test.remove().await;
}
