//! What is said line by line: which answer was accepted, how long each stands, and what comes to a sum.

use db::testing::TestDb;
use kernel::{Ctx, Date, Instant, Outcome, QuoteId};

use super::quotes::load;
use super::{FIXED, NOW, Server, VALVE, World, code, eur, migrations, pieces, quotes_authority, serve};
use crate::quotes::answering::{self, NewAnswer, NewVersion};
use crate::quotes::{NewLine, NewQuote, Quote, State, actions, rules};

const LAST: &str = "2027-02-01";

/// Valves and an article of fixed price.
async fn requested(world: &World) -> Quote {
    let line = |product: usize, quantity: i64| NewLine {
        product: Some(world.products[product]),
        description: String::new(),
        quantity: pieces(quantity),
        need_by: None,
        target: None,
    };
    let lines = vec![line(VALVE, 250), line(FIXED, 2_000)];
    let new = &NewQuote { project: String::new(), comment: String::new(), lines };
    let buyer = &world.buyer(0, 0);
    let id = world.db.write(|tx| async move { actions::request(&tx, buyer, new, &[]).await }).await.unwrap();
    load(world, id).await
}

fn answer(quote: &Quote, (position, choice): (i64, i64), price: &str, until: Option<&str>) -> NewAnswer {
    NewAnswer {
        valid_until: until.map(|day| Date::parse(day).unwrap()),
        ..quotes_authority::answer(quote, position, choice, price)
    }
}

async fn send(world: &World, quote: &Quote, is_whole: bool, answers: Vec<NewAnswer>) -> Outcome<()> {
    let zone = kernel::TimeZone::get("Europe/Warsaw").unwrap();
    let (pia, id) = (&Ctx { zone, ..world.person(3, Instant::HOUR) }, quote.id);
    let valid_until = Date::parse(LAST).unwrap();
    let new = &NewVersion { read: quote.version, valid_until, message: String::new(), is_whole, answers };
    world.db.write(|tx| async move { answering::send(&tx, pia, id, new).await }).await
}

async fn accept(world: &World, at: Instant, id: QuoteId, lines: &[(i64, i64)]) -> String {
    let buyer = &world.buyer(0, at.since(NOW));
    code(world.db.write(|tx| async move { actions::accept(&tx, buyer, id, 1, lines).await }).await)
}

async fn page(server: &Server, who: &str, path: &str) -> String {
    let page = server.get(who, path).await;
    assert!(page.status == 200 && !page.body.contains('\u{27e6}'), "{path}: {}", page.body);
    page.body
}

/// The end of a day in Warsaw in winter.
fn end_of(day: &str) -> Instant {
    Instant::from_micros(Date::parse(day).unwrap().plus_days(1).days() * Instant::DAY - Instant::HOUR)
}

#[tokio::test]
async fn whoever_accepts_an_alternative_reads_which_one() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let quote = requested(&world).await;
        let answers = vec![
            answer(&quote, (1, 0), "118", None),
            answer(&quote, (1, 1), "117.25", None),
            answer(&quote, (2, 0), "10", None),
        ];
        send(&world, &quote, false, answers).await.unwrap();
        assert_eq!(accept(&world, NOW.plus(2 * Instant::HOUR), quote.id, &[(1, 1)]).await, "done");
        let accepted = load(&world, quote.id).await;
        assert_eq!((accepted.lines[0].choice, accepted.lines[1].choice), (Some(1), None));

        let server = serve(&world, &test.db).await;
        for (who, path) in [("kerstin", "/account/quotes"), ("ann", "/desk/quotes")] {
            let body = page(&server, who, &format!("{path}/{}", quote.id)).await;
            let taken: Vec<&str> = body.split("class=\"quote-answer\"").filter(|part| taken(part)).collect();
            assert_eq!(taken.len(), 1, "{body}");
            assert!(taken[0].contains("117.25") && !taken[0].contains("118.00"), "{}", taken[0]);
        }
        let json = page(&server, "kerstin", &format!("/api/v1/quotes/{}", quote.id)).await;
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["lines"][0]["accepted_choice"], 1);
        assert_eq!(json["lines"][1]["accepted_choice"], serde_json::Value::Null);

        let locale = i18n::Locale::new(i18n::Language::En, "UTC");
        let told = crate::quotes::view::accepted(&accepted, &[1, 2], &|_| Some("P-0 · Valve".into()), &locale);
        assert_eq!(told, ["Line 1, alternative 1: P-0 · Valve, 250 pc at 117.25 EUR / pc"]);
        test.remove().await;
    }
}

fn taken(part: &str) -> bool {
    part.contains("Accepted answer")
}

#[tokio::test]
async fn a_line_ends_by_its_own_day_and_the_others_stand() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let quote = requested(&world).await;
        let lines = |until: &str| vec![answer(&quote, (1, 0), "118", Some(until)), answer(&quote, (2, 0), "10", None)];
        let late = send(&world, &quote, false, lines("2027-02-02")).await;
        assert_eq!(code(late), "lines[1.0].valid_until: quote-line-valid-until", "longer than the answer");
        let past = send(&world, &quote, false, lines("2027-01-17")).await;
        assert_eq!(code(past), "lines[1.0].valid_until: quote-valid-until", "it has passed");
        send(&world, &quote, false, lines("2027-01-22")).await.unwrap();
        let sent = load(&world, quote.id).await;
        assert_eq!(sent.valid_until, Some(end_of(LAST)), "the answer stands as long as its last line");
        let version = sent.present().unwrap();
        let locale = i18n::Locale::new(i18n::Language::En, "Europe/Warsaw");
        let told = crate::quotes::view::own_ends(&sent, version, &locale);
        assert_eq!(told, ["Line 1 stands only until 22 Jan 2027."]);

        let server = serve(&world, &test.db).await;
        let body = page(&server, "kerstin", &format!("/account/quotes/{}", quote.id)).await;
        assert!(body.contains("stands until 22 Jan 2027"), "{body}");
        let json = page(&server, "kerstin", &format!("/api/v1/quotes/{}", quote.id)).await;
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["answers"][0]["lines"][0]["valid_until"], end_of("2027-01-22").to_rfc3339());
        assert_eq!(json["answers"][0]["lines"][1]["valid_until"], end_of(LAST).to_rfc3339());

        let end = end_of("2027-01-22");
        assert_eq!(accept(&world, end, quote.id, &[(1, 0)]).await, "quote-line-lapsed");
        assert_eq!(accept(&world, end, quote.id, &[(1, 0), (2, 0)]).await, "quote-line-lapsed");
        let (buyer, id, targets) = (&world.buyer(0, end.since(NOW)), quote.id, &[(1, eur("110"))]);
        let named = world.db.write(|tx| async move { actions::counter(&tx, buyer, id, 1, targets, "").await }).await;
        assert_eq!(code(named), "quote-line-lapsed", "there is no price any more to counter");
        assert_eq!(accept(&world, end, quote.id, &[(2, 0)]).await, "done");
        assert_eq!(load(&world, quote.id).await.stored_state, State::Partly);
        test.remove().await;
    }
}

#[tokio::test]
async fn what_holds_only_together_ends_with_its_first_line() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let quote = requested(&world).await;
    let answers = vec![answer(&quote, (1, 0), "118", Some("2027-01-22")), answer(&quote, (2, 0), "10", None)];
    send(&world, &quote, true, answers).await.unwrap();
    let end = end_of("2027-01-22");
    let sent = load(&world, quote.id).await;
    assert_eq!(
        (sent.valid_until, sent.state(end.plus(-1)), sent.state(end)),
        (Some(end), State::Answered, State::Lapsed)
    );
    assert_eq!(accept(&world, end, quote.id, &[(1, 0), (2, 0)]).await, "quote-lapsed");
    assert_eq!(accept(&world, end.plus(-1), quote.id, &[(1, 0), (2, 0)]).await, "done");
    test.remove().await;
}

#[tokio::test]
async fn what_holds_only_together_has_its_sum_before_it_is_accepted() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let quote = requested(&world).await;
    let answers = vec![
        answer(&quote, (1, 0), "118", None),
        answer(&quote, (1, 1), "117", None),
        answer(&quote, (2, 0), "10", None),
    ];
    send(&world, &quote, true, answers).await.unwrap();
    let server = serve(&world, &test.db).await;
    let body = page(&server, "kerstin", &format!("/account/quotes/{}", quote.id)).await;
    // 250 × 118 and 2,000 × 10; of the alternative nothing.
    let sums = body.split("<dl class=\"facts num-end totals\">").nth(1).unwrap().split("</dl>").next().unwrap();
    for part in ["<dt>Net</dt>", "49,500.00 EUR", "<dt>Gross</dt>"] {
        assert!(sums.contains(part), "{part} in {sums}");
    }
    let json = page(&server, "kerstin", &format!("/api/v1/quotes/{}", quote.id)).await;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let total = &json["answers"][0]["total"];
    assert_eq!(total["net"], "49500.00");
    let minor = |name: &str| total[name].as_str().unwrap().replace('.', "").parse::<i64>().unwrap();
    assert_eq!(minor("gross"), minor("net") + minor("tax"), "{total}");

    // Other answers come to another total: it is shown before anything is accepted.
    let seen = |body: &str| {
        let value = body.split("name=\"seen\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        value.unwrap().to_owned()
    };
    let path = format!("/account/quotes/{}/acceptance", quote.id);
    let chosen = |seen: &str| format!("version=1&seen={seen}&line_1=1&line_2=0");
    let first = server.form("kerstin", &path, &chosen(&seen(&body))).await;
    assert_eq!(first.status, 422);
    assert!(first.body.contains("49,250.00 EUR") && first.body.contains("Nothing was accepted yet"), "{}", first.body);
    assert!(load(&world, quote.id).await.lines.iter().all(|line| line.offer.is_none()));
    let second = server.form("kerstin", &path, &chosen(&seen(&first.body))).await;
    assert_eq!(second.status, 303, "{}", second.body);
    test.remove().await;
}

#[test]
fn the_end_of_an_answer_is_that_of_its_last_line_or_its_first() {
    let at = |day: i64| NOW.plus(day * Instant::DAY);
    let line = |position: i64, choice: i64, days: Option<i64>, price: Option<&str>| crate::quotes::Answer {
        position,
        choice,
        product: None,
        quantity: pieces(1),
        price: price.map(eur),
        lead_days: None,
        note: String::new(),
        valid_until: days.map(at),
    };
    let one = Some("1");
    for (answers, apart, together) in [
        (vec![], 9, 9),
        (vec![line(1, 0, None, one), line(2, 0, Some(3), one)], 9, 3),
        (vec![line(1, 0, Some(5), one), line(2, 0, Some(3), one)], 5, 3),
        // An alternative keeps its line alive; what cannot be supplied ends nothing.
        (vec![line(1, 0, Some(3), one), line(1, 1, Some(6), one), line(2, 0, Some(7), one)], 7, 6),
        (vec![line(1, 0, Some(4), one), line(2, 0, Some(1), None)], 4, 4),
    ] {
        assert_eq!(rules::last_end(&answers, false, at(9)), at(apart), "{answers:?}");
        assert_eq!(rules::last_end(&answers, true, at(9)), at(together), "{answers:?}");
    }
}

#[tokio::test]
async fn the_desk_types_a_last_day_for_a_line_and_reads_it_again() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let quote = requested(&world).await;
    let server = serve(&world, &test.db).await;
    let path = format!("/desk/quotes/{}/answers", quote.id);
    let form = |until: &str, action: &str| {
        format!(
            "version={}&valid_until={LAST}&sku_1_0=P-0&price_1_0=118&valid_until_1_0={until}&sku_2_0=P-1&price_2_0=10&\
             action={action}",
            quote.version
        )
    };
    let wrong = server.form("pia", &path, &form("2027-03-01", "send")).await;
    assert!(wrong.status == 422 && wrong.body.contains("at most as long as the whole answer"), "{}", wrong.body);
    let kept = server.form("pia", &path, &form("2027-01-22", "save")).await;
    assert_eq!(kept.status, 303, "{}", kept.body);
    let body = page(&server, "pia", &format!("/desk/quotes/{}", quote.id)).await;
    let field = body.split('<').find(|tag| tag.contains("name=\"valid_until_1_0\"")).unwrap();
    assert!(field.contains("value=\"2027-01-22\""), "{field}");
    assert_eq!(body.matches("<th scope=\"col\"").count(), 7, "cost, list price and stock share a column");
    test.remove().await;
}
