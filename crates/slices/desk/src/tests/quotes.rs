//! Quotes from the request to what can be ordered, on both databases.

use db::testing::TestDb;
use kernel::{Ctx, Date, Instant, Outcome, QuoteId};
use negotiation::attachments::NewFile;

use super::serve;
use super::{NO_PRICE, NOW, VALVE, World, code, eur, migrations, pieces};
use crate::quotes::actions::{self, NewDrawing};
use crate::quotes::answering::{self, NewAnswer, NewVersion};
use crate::quotes::rules::{self, Change};
use crate::quotes::{NewLine, NewQuote, Quote, State, queries, store};

fn line(product: Option<kernel::ProductId>, description: &str, quantity: i64) -> NewLine {
    let description = description.to_owned();
    NewLine { product, description, quantity: pieces(quantity), need_by: None, target: None }
}

/// A valve of the catalogue, an article without a price, and something in words.
fn new_quote(world: &World) -> NewQuote {
    let lines = vec![
        line(Some(world.products[VALVE]), "", 2_000),
        line(Some(world.products[NO_PRICE]), "", 100),
        line(None, "Flange DN 500, special bore", 4),
    ];
    NewQuote { project: "Hall 3".into(), comment: "As drawn".into(), lines }
}

async fn request(world: &World, ctx: &Ctx) -> Outcome<QuoteId> {
    let file = NewFile { name: "hall.pdf".into(), bytes: b"%PDF-1.7".to_vec() };
    let drawings = &[NewDrawing { field: "drawing".into(), line: Some(3), file }];
    let new = &new_quote(world);
    world.db.write(|tx| async move { actions::request(&tx, ctx, new, drawings).await }).await
}

pub(super) async fn load(world: &World, id: QuoteId) -> Quote {
    store::load(&world.db.read().await.unwrap(), None, id).await.unwrap().unwrap()
}

fn answer(position: i64, product: Option<kernel::ProductId>, quantity: i64, price: Option<&str>) -> NewAnswer {
    let (price, note) = (price.map(eur), String::new());
    let quantity = pieces(quantity);
    let (cost, lead_days, valid_until) = (None, Some(10), None);
    NewAnswer { position, choice: 0, product, quantity, price, cost, lead_days, note, valid_until }
}

/// Prices for the first two lines; the third cannot be supplied, or has a price without an article.
fn new_version(world: &World, quote: &Quote, valve: &str, flange: Option<&str>) -> NewVersion {
    let answers = vec![
        answer(1, Some(world.products[VALVE]), 2_000, Some(valve)),
        answer(2, Some(world.products[NO_PRICE]), 100, Some("9.50")),
        NewAnswer { cost: flange.map(|_| eur("300")), ..answer(3, None, 4, flange) },
    ];
    let valid_until = Date::parse("2027-02-01").unwrap();
    NewVersion { read: quote.version, valid_until, message: "Our offer".into(), is_whole: false, answers }
}

async fn send(world: &World, ctx: &Ctx, id: QuoteId, new: &NewVersion) -> Outcome<()> {
    world.db.write(|tx| async move { answering::send(&tx, ctx, id, new).await }).await
}

async fn accept(world: &World, ctx: &Ctx, id: QuoteId, lines: &[(i64, i64)]) -> Outcome<Vec<kernel::OfferId>> {
    world.db.write(|tx| async move { actions::accept(&tx, ctx, id, 1, lines).await }).await
}

async fn counter(world: &World, ctx: &Ctx, id: QuoteId, version: i64, targets: &[(i64, &str)]) -> Outcome<()> {
    let targets: Vec<_> = targets.iter().map(|(position, price)| (*position, eur(price))).collect();
    let targets = &targets;
    world.db.write(|tx| async move { actions::counter(&tx, ctx, id, version, targets, "").await }).await
}

#[tokio::test]
async fn lines_are_accepted_in_parts_and_become_deals() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let (buyer, pia) = (world.buyer(0, 0), world.person(3, Instant::HOUR));
        let id = request(&world, &buyer).await.unwrap();
        let quote = load(&world, id).await;
        assert_eq!((quote.number, quote.stored_state, quote.rep), (1, State::Requested, Some(world.staff[0])));
        assert_eq!(code(accept(&world, &buyer, id, &[(1, 0)]).await), "quote-not-open");
        send(&world, &pia, id, &new_version(&world, &quote, "112", Some("400"))).await.unwrap();
        let later = world.buyer(1, 2 * Instant::HOUR);
        assert_eq!(code(accept(&world, &world.buyer(2, 0), id, &[(1, 0)]).await), "not found");
        assert_eq!(code(accept(&world, &later, id, &[]).await), "lines: quote-choose");
        assert_eq!(code(accept(&world, &later, id, &[(1, 0), (1, 0)]).await), "lines: quote-choose");
        assert_eq!(code(accept(&world, &later, id, &[(3, 0)]).await), "quote-line-without-product");
        assert_eq!(code(accept(&world, &later, id, &[(2, 1)]).await), "quote-line-not-supplied");
        let offers = accept(&world, &later, id, &[(1, 0), (2, 0)]).await.unwrap();
        assert_eq!((offers.len(), load(&world, id).await.stored_state), (1, State::Partly));
        assert_eq!(code(accept(&world, &later, id, &[(1, 0)]).await), "quote-line-accepted");
        let tx = world.db.read().await.unwrap();
        let agreed = negotiation::offers::queries::agreed(&tx, world.company, offers[0]).await.unwrap().unwrap();
        let prices: Vec<String> = agreed.offer.terms.lines.iter().map(|line| line.price.to_decimal()).collect();
        assert_eq!(prices, ["112.00", "9.50"]);
        assert_eq!(agreed.offer.saving.to_string(), "16000.00 EUR");
        drop(tx);
        test.remove().await;
    }
}

#[tokio::test]
async fn a_rep_sends_within_the_own_authority() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let id = request(&world, &world.buyer(0, 0)).await.unwrap();
    let quote = load(&world, id).await;
    let ann = world.person(0, Instant::HOUR);
    // Far under the floor: 80 is the cost.
    let low = new_version(&world, &quote, "81", None);
    let Err(kernel::Failure::Refused(refused)) = send(&world, &ann, id, &low).await else { panic!("it was sent") };
    assert_eq!(refused.code, "quote-needs-authority");
    assert!(refused.args.iter().any(|(name, value)| *name == "names" && value.contains("Pia")), "{refused:?}");
    let kept = &low;
    let by = &ann;
    world.db.write(|tx| async move { answering::save(&tx, by, id, kept).await }).await.unwrap();
    let quote = load(&world, id).await;
    assert!(quote.draft().is_some() && quote.present().is_none());
    let seen = queries::quote(&world.db.read().await.unwrap(), &world.buyer(0, 0).actor, id).await.unwrap();
    assert!(seen.versions.is_empty(), "a draft is the seller's own");
    assert_eq!(code(send(&world, &world.person(3, 0), id, &low).await), "quote-changed");
    let low = NewVersion { read: quote.version, ..low };
    send(&world, &world.person(3, 0), id, &low).await.unwrap();
    let quote = load(&world, id).await;
    assert_eq!((quote.versions.len(), quote.stored_state), (1, State::Answered));
    test.remove().await;
}

#[tokio::test]
async fn a_counter_is_decided_by_the_rules_or_goes_to_the_rep() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let buyer = world.buyer(0, 2 * Instant::HOUR);
    let id = request(&world, &world.buyer(0, 0)).await.unwrap();
    let quote = load(&world, id).await;
    send(&world, &world.person(3, 0), id, &new_version(&world, &quote, "118", Some("400"))).await.unwrap();
    assert_eq!(code(counter(&world, &buyer, id, 1, &[(1, "118")]).await), "lines[1].target: quote-target-above");
    assert_eq!(code(counter(&world, &buyer, id, 2, &[(1, "110")]).await), "quote-newer-version");
    // A cent less is nothing to think about.
    counter(&world, &buyer, id, 1, &[(1, "117.90")]).await.unwrap();
    let quote = load(&world, id).await;
    assert_eq!((quote.stored_state, quote.versions.len()), (State::Answered, 2));
    let next = quote.present().unwrap();
    assert_eq!((next.made_by, next.answer(1, 0).unwrap().price), (None, Some(eur("117.90"))));
    let changes = rules::changes(quote.versions.first(), next);
    let steps = crate::quotes::view::steps(&quote, &i18n::Locale::new(i18n::Language::En, "UTC"));
    let told: Vec<&str> = steps.iter().map(|step| step.what.split([',', ' ']).next().unwrap()).collect();
    assert_eq!(told, ["Requested", "Answer", "Other", "Answer"], "the rules answer after they were asked");
    assert!(changes.iter().filter(|(_, change)| *change != Change::Same).count() == 1, "{changes:?}");
    // What was described in words is the rep's business; the version goes on standing.
    counter(&world, &buyer, id, 2, &[(3, "350")]).await.unwrap();
    let quote = load(&world, id).await;
    assert_eq!((quote.stored_state, quote.versions.len()), (State::Countered, 2));
    assert!(rules::standing(&quote, 2, buyer.now).is_ok());
    test.remove().await;
}

#[tokio::test]
async fn quotes_lapse_by_the_day_and_can_be_withdrawn() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let id = request(&world, &world.buyer(0, 0)).await.unwrap();
    let quote = load(&world, id).await;
    send(&world, &world.person(3, 0), id, &new_version(&world, &quote, "112", None)).await.unwrap();
    let end = load(&world, id).await.valid_until.unwrap();
    let at = |now: Instant| world.buyer(0, now.since(NOW));
    assert_eq!(load(&world, id).await.state(end.plus(-1)), State::Answered);
    let (early, late) = (&at(end.plus(-1)), &at(end));
    world.db.write(|tx| async move { actions::lapse(&tx, early, id).await }).await.unwrap();
    assert_eq!(load(&world, id).await.stored_state, State::Answered);
    assert_eq!(code(accept(&world, late, id, &[(1, 0)]).await), "quote-lapsed");
    world.db.write(|tx| async move { actions::lapse(&tx, late, id).await }).await.unwrap();
    assert_eq!(load(&world, id).await.stored_state, State::Lapsed);
    let twice = async || world.db.write(|tx| async move { actions::withdraw(&tx, late, id).await }).await;
    assert_eq!((code(twice().await), code(twice().await)), ("done".into(), "done".into()));
    let quote = load(&world, id).await;
    let new = new_version(&world, &quote, "112", None);
    assert_eq!(code(send(&world, &world.person(3, 0), id, &new).await), "quote-not-open");
    test.remove().await;
}

#[tokio::test]
async fn pages_and_papers_work_and_strangers_find_nothing() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::with(&test, negotiation_engine::Policy::starter(), "83.137913").await;
    let id = request(&world, &world.buyer(0, 0)).await.unwrap();
    let server = serve(&world, &test.db).await;
    let quote = load(&world, id).await;
    let form = format!(
        "version={}&valid_until=2027-02-01&message=For+you&price_1_0=112&sku_1_0=P-0&cost_3_0=300.137913&\
         price_2_0=9.50&sku_2_0=P-3&price_3_0=400&action=send",
        quote.version
    );
    let wrong = server.form("pia", &format!("/desk/quotes/{id}/answers"), &form.replace("=112", "=1,1,2")).await;
    assert!(wrong.status == 422 && wrong.body.contains("aria-invalid"), "{}", wrong.body);
    let sent = server.form("pia", &format!("/desk/quotes/{id}/answers"), &form).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    for path in [
        "/account/quotes".to_owned(),
        "/account/quotes/new".to_owned(),
        format!("/account/quotes/{id}"),
        format!("/api/v1/quotes/{id}"),
    ] {
        let page = server.get("kerstin", &path).await;
        assert!(page.status == 200 && !page.body.contains('\u{27e6}'), "{path}: {}", page.body);
        assert!(!page.bytes().contains("137913"), "{path} shows a cost");
    }
    for path in ["/desk/quotes", "/desk/quotes?which=all", &format!("/desk/quotes/{id}")] {
        let page = server.get("ann", path).await;
        assert!(page.status == 200 && !page.body.contains('\u{27e6}'), "{path}: {}", page.body);
        assert_eq!(server.get("kerstin", path).await.status, 403);
    }
    for path in [
        format!("/account/quotes/{id}"),
        format!("/api/v1/quotes/{id}"),
        format!("/quotes/{id}/pdf"),
        format!("/quotes/{id}/pdf?version=1"),
    ] {
        assert_eq!(server.get("olga", &path).await.status, 404, "{path}");
    }
    let tx = world.db.read().await.unwrap();
    let files =
        negotiation::attachments::queries::of(&tx, negotiation::attachments::About::Quote(id, None)).await.unwrap();
    drop(tx);
    assert_eq!(files[0].line, Some(3));
    let file = format!("/attachments/{}", files[0].id);
    let got = server.get("kerstin", &file).await;
    for text in ["attachment; filename", "nosniff", "sandbox", "application/pdf"] {
        assert!(got.status == 200 && got.head.contains(text), "{text} in {}", got.head);
    }
    assert_eq!(server.get("olga", &file).await.status, 404);
    let accepted =
        server.form("kerstin", &format!("/account/quotes/{id}/acceptance"), "version=1&line_1=0&line_2=").await;
    assert_eq!(accepted.status, 303, "{}", accepted.body);
    assert_eq!(load(&world, id).await.stored_state, State::Partly);
    test.remove().await;
}

#[tokio::test]
async fn programs_are_told_of_wrong_fields_as_their_body_names_them() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let id = request(&world, &world.buyer(0, 0)).await.unwrap();
    let server = serve(&world, &test.db).await;
    let read = load(&world, id).await.version;
    let answer = async |lines: &str| {
        let body = format!(r#"{{"version":{read},"valid_until":"2027-02-01","lines":[{lines}]}}"#);
        server.json("pia", &format!("/api/v1/desk/quotes/{id}/answers"), &body).await
    };
    let third = r#"{"position":3}"#;
    let (first, second) = (r#"{"position":1,"price":"112","product":"P-0"}"#, r#"{"position":2,"price":"9"}"#);
    for (lines, field) in [
        (format!(r#"{third},{{"position":2,"price":"9,5"}},{first}"#), r#""lines[1].price""#),
        (format!(r#"{{"position":1,"price":"112","product":"P-77"}},{second},{third}"#), r#""lines[0].product""#),
        (format!(r#"{first},{second},{third},{{"position":2,"choice":1,"price":"x"}}"#), r#""lines[3].price""#),
        (format!("{first},{second}"), r#""lines""#),
    ] {
        let answered = answer(&lines).await;
        assert_eq!(answered.status, 422, "{}", answered.body);
        assert!(answered.body.contains(field), "{field} in {}", answered.body);
    }
    // A supplier can only be asked for an article: the third line has none.
    let page = server.get("pia", &format!("/desk/quotes/{id}")).await;
    assert!(page.body.contains(&format!("/desk/support?quote={id}&#38;line=1")) || page.body.contains("&amp;line=1"));
    assert!(!page.body.contains("line=3\""), "{}", page.body);
    assert!(page.body.contains("Name an article to ask a supplier"), "{}", page.body);
    test.remove().await;
}

#[test]
fn attack_h4_a_company_asks_for_only_so_many_quotes() {
    use crate::quotes::rules::{ASKED_A_DAY_MAX, OPEN_MAX, may_request};
    let refused = |open, today| may_request(open, today).err().map(|refusal| refusal.refused().code);
    for (open, today, want) in [
        (0, 0, None),
        (OPEN_MAX - 1, ASKED_A_DAY_MAX - 1, None),
        (OPEN_MAX, 0, Some("quotes-too-many-open")),
        (0, ASKED_A_DAY_MAX, Some("quotes-too-many-today")),
        (OPEN_MAX, ASKED_A_DAY_MAX, Some("quotes-too-many-open")),
    ] {
        assert_eq!(refused(open, today), want, "{open} open, {today} today");
    }
}
