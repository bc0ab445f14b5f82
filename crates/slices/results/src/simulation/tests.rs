//! Simulations: what may be asked for, the past as it is loaded, runs on both engines from beginning to end.

use db::testing::TestDb;
use kernel::{Amount, Ctx, Currency, Instant, Outcome, SimulationId};
use pricing::purchases::Purchase;
use simulation::Kind;
use terms::policies::{self, PolicyState};

use super::rules::{self, Choice, Wanted};
use super::work::{self, Progress};
use super::{Results, RunState, SimulationRefusal, SimulationRun, actions, load, queries};
use crate::tests::{NOW, VALVE, World, code, eur, migrations, pieces, serve};

pub(super) const BACKTEST: Kind = Kind::Backtest;

pub(super) fn wanted(codes: &str, kind: Kind) -> Wanted {
    Wanted { arms: codes.split_whitespace().map(|code| Choice::parse(code).unwrap()).collect(), kind, seed: 7 }
}

#[test]
fn choices_have_codes() {
    for choice in Choice::NAMED.into_iter().chain([Choice::Version(12)]) {
        assert_eq!(Choice::parse(&choice.code()), Some(choice));
    }
    for none in ["", "0", "-3", "Published", "policy.json"] {
        assert_eq!(Choice::parse(none), None, "{none}");
    }
}

#[test]
fn what_may_be_asked_for() {
    let invented = |count| Kind::MonteCarlo { count };
    let cases = [
        (wanted("published list", BACKTEST), ""),
        (wanted("published", invented(1)), ""),
        (wanted("published", invented(1_000_000)), ""),
        (wanted("", BACKTEST), "policies required"),
        (wanted("list list", BACKTEST), "policies simulation-twice"),
        (wanted("1 2 3 4 5 6 7 8", BACKTEST), ""),
        (wanted("1 2 3 4 5 6 7 8 9", BACKTEST), "policies simulation-arms"),
        (wanted("list", invented(0)), "count simulation-count"),
        (wanted("list", invented(1_000_001)), "count simulation-count"),
        (wanted("was list", BACKTEST), ""),
        (wanted("was", invented(1)), "policies simulation-was"),
        (Wanted { seed: u64::MAX, ..wanted("list", BACKTEST) }, "seed simulation-seed"),
    ];
    for (wanted, want) in cases {
        let has: Vec<String> = rules::check(&wanted).fields.iter().map(|e| format!("{} {}", e.field, e.code)).collect();
        assert_eq!(has.join(", "), want, "{wanted:?}");
    }
}

#[test]
fn refusals_in_their_order() {
    assert_eq!(rules::may_start(false, 9), Err(SimulationRefusal::NoHistory));
    assert_eq!(rules::may_start(true, rules::OPEN_MAX), Err(SimulationRefusal::TooMany));
    assert_eq!(rules::may_start(true, rules::OPEN_MAX - 1), Ok(()));
    for state in RunState::ALL {
        let open = matches!(state, RunState::Queued | RunState::Running);
        assert_eq!(rules::may_cancel(state).is_ok(), open, "{state:?}");
    }
}

/// 60 sales of the valve over as many weeks: every third at the list price of 120.00, the others at 117.00 and 111.00; the
/// dearest in the first week. Quantities are one to four packs.
pub(super) async fn sold(w: &World) {
    let purchase = |at: i64| {
        let (price, count) = ([12_000, 11_700, 11_100][at as usize % 3], 50 * (1 + at % 4));
        Purchase {
            order_number: format!("SO-{at:03}"),
            position: 1,
            company: if at % 2 == 0 { w.company } else { w.other },
            product: w.products[VALVE],
            at: NOW.plus(-Instant::DAY - at * 7 * Instant::DAY),
            quantity: pieces(count),
            price: kernel::UnitPrice::new(price * 10_000, Currency::Eur),
            list_price: eur("120"),
            net: Amount::new(count * price, Currency::Eur),
            is_negotiated: price != 12_000,
            is_open: false,
        }
    };
    let rows: &Vec<Purchase> = &(0..60).map(purchase).collect();
    w.db.write(|tx| async move { pricing::purchases::actions::record_many(&tx, rows).await }).await.unwrap();
}

pub(super) async fn start(w: &World, ctx: &Ctx, codes: &str, kind: Kind) -> Outcome<SimulationRun> {
    let wanted = &wanted(codes, kind);
    w.db.write(|tx| async move { actions::start(&tx, ctx, wanted).await }).await
}

pub(super) async fn past(w: &World) -> load::Past {
    let tx = w.db.read().await.unwrap();
    load::past(&tx, Currency::Eur, NOW, NOW.date_in(&kernel::TimeZone::UTC)).await.unwrap()
}

async fn run(w: &World, id: SimulationId) -> SimulationRun {
    queries::run(&w.db.read().await.unwrap(), id).await.unwrap().unwrap()
}

/// Works a run out as the job does.
pub(super) async fn work_out(w: &World, id: SimulationId) -> Results {
    let ctx = &w.ctx;
    let run = &w.db.write(|tx| async move { actions::begin(&tx, ctx, id).await }).await.unwrap().expect("it waits");
    let worked = work::work(&past(w).await.market, &run.settings, 2, &Progress::default()).unwrap().unwrap();
    let results = Results::of(worked);
    let kept = &results;
    w.db.write(|tx| async move { actions::finish(&tx, ctx, run, kept).await }).await.unwrap();
    results
}

#[tokio::test]
async fn the_past_is_loaded() {
    for t in TestDb::both(&migrations()).await {
        let w = World::new(&t).await;
        sold(&w).await;
        let past = past(&w).await;
        let market = &past.market;
        assert_eq!((market.customers.len(), market.products.len(), market.deals.len()), (2, 1, 60));
        assert_eq!((past.skus.as_slice(), market.products[0].cost), (&["P-0".to_owned()][..], Some(eur("80"))));
        assert_eq!(market.products[0].tiers[0].price, eur("120"));
        let newest = market.deals.last().unwrap();
        assert_eq!((newest.at, newest.paid, newest.list), (NOW.plus(-Instant::DAY), eur("120"), eur("120")));
        assert!(market.deals.iter().all(|deal| deal.talks.is_none()));
        // In zloty everything is dearer, and what was sold at list prices still is.
        let tx = w.db.read().await.unwrap();
        let zloty = load::past(&tx, Currency::Pln, NOW, NOW.date_in(&kernel::TimeZone::UTC)).await.unwrap().market;
        let at_list = |deals: &[simulation::PastDeal]| deals.iter().filter(|deal| deal.paid == deal.list).count();
        assert_eq!((at_list(&zloty.deals), at_list(&market.deals)), (20, 20));
        assert!(zloty.products[0].tiers[0].price.micros() > 400_000_000);
        drop(tx);
        t.remove().await;
    }
}

#[tokio::test]
async fn talks_are_part_of_the_past() {
    for t in TestDb::both(&migrations()).await {
        let w = World::new(&t).await;
        let ctx = &w.buyer(0, 0);
        let id = w.open(ctx, &w.ask(VALVE, 2_000, "110")).await.unwrap();
        assert!(past(&w).await.market.deals.is_empty(), "it goes on");
        w.take(ctx, id, 0).await.unwrap();
        let market = past(&w).await.market;
        let talks = market.deals[0].talks.unwrap();
        assert_eq!((market.deals.len(), talks.asked, talks.agreed, talks.rounds), (1, eur("110"), true, 1));
        assert_eq!((market.deals[0].list, market.deals[0].quantity), (eur("120"), pieces(2_000)));
        t.remove().await;
    }
}

#[tokio::test]
async fn a_draft_is_simulated_suggested_and_adopted() {
    for t in TestDb::both(&migrations()).await {
        let w = World::new(&t).await;
        sold(&w).await;
        let pia = &w.person(3, 0);
        let suggestion =
            start(&w, pia, "suggested published list floor split", Kind::MonteCarlo { count: 300 }).await.unwrap();
        assert_eq!((run(&w, suggestion.id).await, suggestion.number), (suggestion.clone(), 1));
        let results = work_out(&w, suggestion.id).await;
        let done = run(&w, suggestion.id).await;
        assert_eq!((done.state, done.progress_ppm), (RunState::Done, 1_000_000));
        let tx = w.db.read().await.unwrap();
        assert_eq!(queries::results(&tx, suggestion.id).await.unwrap().unwrap(), results);
        assert_eq!(queries::last_suggested(&tx).await.unwrap().unwrap().id, suggestion.id);
        drop(tx);
        let report = &results.report;
        assert_eq!(report.buyers + report.skipped, 300);
        assert_eq!(report.against.as_deref(), Some("published"));
        assert_eq!(report.arms[2].figures, report.list, "list prices are what all are compared to");
        assert!(results.suggestion.as_ref().unwrap().reasons.iter().any(|reason| reason.path == "margins[0]"));

        let id = suggestion.id;
        let draft = w.db.write(|tx| async move { actions::adopt(&tx, pia, id, None).await }).await.unwrap();
        assert_eq!((draft.number, draft.state), (2, PolicyState::Draft));
        let again = w.db.write(|tx| async move { actions::adopt(&tx, pia, id, None).await }).await;
        assert_eq!(code(again), "policy-draft-changed");

        let second = start(&w, pia, "draft published", BACKTEST).await.unwrap();
        assert_eq!(second.examined.as_ref().map(|one| (one.policy, one.version)), Some((draft.id, draft.version)));
        assert_eq!(second.examined.as_ref().unwrap().hash.len(), 64);
        let results = work_out(&w, second.id).await;
        assert_eq!(results.report.buyers, 60);
        let tx = w.db.read().await.unwrap();
        let draft = policies::queries::draft(&tx).await.unwrap().unwrap();
        assert_eq!(draft.state, PolicyState::Simulated);
        let course = policies::queries::course(&tx, &draft).await.unwrap();
        assert_eq!(course.simulation.unwrap().run, Some(second.id.to_string()));
        drop(tx);
        t.remove().await;
    }
}

#[tokio::test]
async fn what_is_refused() {
    for t in TestDb::both(&migrations()).await {
        let w = World::new(&t).await;
        let (pia, ann, kerstin) = (&w.person(3, 0), &w.person(0, 0), &w.buyer(0, 0));
        assert_eq!(code(start(&w, ann, "list", BACKTEST).await), "not-allowed");
        assert_eq!(code(start(&w, kerstin, "list", BACKTEST).await), "not-allowed");
        assert_eq!(code(start(&w, pia, "list", BACKTEST).await), "simulation-no-history");
        sold(&w).await;
        assert_eq!(code(start(&w, pia, "draft", BACKTEST).await), "policy-no-draft");
        assert_eq!(code(start(&w, pia, "9", BACKTEST).await), "policies: simulation-policy");
        assert_eq!(code(start(&w, pia, "", BACKTEST).await), "policies: required");
        let mut ids = Vec::new();
        for _ in 0..rules::OPEN_MAX {
            ids.push(start(&w, pia, "list", BACKTEST).await.unwrap().id);
        }
        assert_eq!(code(start(&w, pia, "list", BACKTEST).await), "simulation-too-many");
        let id = ids[0];
        let cancel = || w.db.write(|tx| async move { actions::cancel(&tx, pia, id).await });
        assert_eq!(cancel().await.unwrap().state, RunState::Cancelled);
        assert_eq!(code(cancel().await), "simulation-ended");
        let ctx = &w.ctx;
        let begun = w.db.write(|tx| async move { actions::begin(&tx, ctx, id).await }).await.unwrap();
        assert_eq!(begun, None, "what was stopped is not begun");
        let adopt = w.db.write(|tx| async move { actions::adopt(&tx, pia, id, None).await }).await;
        assert_eq!(code(adopt), "simulation-no-suggestion");
        let unknown = SimulationId::new(pia);
        assert_eq!(code(w.db.write(|tx| async move { actions::cancel(&tx, pia, unknown).await }).await), "not found");
        assert_eq!(
            code(w.db.write(|tx| async move { actions::adopt(&tx, pia, unknown, None).await }).await),
            "not found"
        );
        t.remove().await;
    }
}

#[tokio::test]
async fn any_number_of_threads_gives_the_same() {
    let t = TestDb::sqlite(&migrations()).await;
    let w = World::new(&t).await;
    sold(&w).await;
    let pia = &w.person(3, 0);
    let run = start(&w, pia, "published suggested list floor split", Kind::MonteCarlo { count: 2_000 }).await.unwrap();
    let market = past(&w).await.market;
    let work = |threads| work::work(&market, &run.settings, threads, &Progress::default()).unwrap().unwrap();
    let one = work(1);
    for threads in [2, 3, 8] {
        assert!(work(threads) == one, "{threads} threads");
    }
    let stopped = Progress::default();
    stopped.stop();
    assert!(work::work(&market, &run.settings, 2, &stopped).unwrap().is_none());
    t.remove().await;
}

#[tokio::test]
async fn a_small_market_has_a_known_report() {
    let t = TestDb::sqlite(&migrations()).await;
    let w = World::new(&t).await;
    sold(&w).await;
    let pia = &w.person(3, 0);
    let run = start(&w, pia, "published list floor split", BACKTEST).await.unwrap();
    let worked = work::work(&past(&w).await.market, &run.settings, 2, &Progress::default()).unwrap().unwrap();
    let line = |arm: &simulation::ArmReport| {
        let f = &arm.figures;
        format!(
            "{} {}/{} {} {}",
            arm.name,
            f.agreed,
            f.closed,
            f.revenue.value.to_decimal(),
            f.pocket.value.to_decimal()
        )
    };
    let lines: Vec<String> = worked.report.arms.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "published 59/59 1174615.00 337895.88",
            "list 0/48 732000.00 235214.14",
            "floor 60/60 861943.50 251325.05",
            "split 55/55 833903.50 255854.95",
            // By hand: 7,500 valves at 116.00 on average, less 80.00 each, 67.50 a deal, 0.12 freight each, 0.66 % for 30 days.
            "was 0/60 870000.00 259328.65"
        ]
    );
    t.remove().await;
}

#[tokio::test]
async fn pages_and_json() {
    let t = TestDb::sqlite(&migrations()).await;
    let w = World::new(&t).await;
    sold(&w).await;
    let server = serve(&w, &w.db).await;
    let empty = server.get("pia", "/office/simulations").await;
    assert!(empty.status == 200 && empty.body.contains("No simulation yet"), "{empty:?}");
    assert_eq!(server.get("pia", "/office/simulations/new").await.status, 200);
    assert!(server.get("pia", "/office/policy/suggestion").await.body.contains("Suggest a policy"));
    assert_eq!(server.get("ann", "/office/simulations").await.status, 403);

    let nothing = server.form("pia", "/office/simulations", "kind=monte_carlo&count=many&seed=1").await;
    assert_eq!(nothing.status, 422, "{nothing:?}");
    let unknown = server.json("pia", "/api/v1/simulations", r#"{"policies":["best"]}"#).await;
    assert!(unknown.status == 422 && unknown.body.contains("policies[0]"), "{unknown:?}");
    let body = r#"{"policies":["suggested","published","list"],"kind":"backtest","seed":3}"#;
    let started = server.json("pia", "/api/v1/simulations", body).await;
    assert_eq!(started.status, 201, "{started:?}");
    let json: serde_json::Value = serde_json::from_str(&started.body).unwrap();
    let id = SimulationId::parse(json["id"].as_str().unwrap()).unwrap();
    let page = format!("/office/simulations/{id}");
    let waiting = server.get("pia", &page).await.body;
    assert!(waiting.contains("<progress") && waiting.contains(&format!("sse:simulation-{id}")), "{waiting}");
    assert_eq!(server.get("pia", &format!("{page}/figures.csv")).await.status, 404, "nothing to show yet");

    work_out(&w, id).await;
    let done = server.get("pia", &page).await.body;
    assert!(done.contains("<svg class=\"plot\"") && !done.contains("<progress"), "{done}");
    assert!(server.get("pia", &format!("{page}/figures.csv")).await.body.contains("Pocket margin"));
    let suggestion = server.get("pia", "/office/policy/suggestion").await.body;
    assert!(suggestion.contains("Make it the draft") && !suggestion.contains("suggestion-"), "{suggestion}");
    let results = server.get("pia", &format!("/api/v1/simulations/{id}")).await;
    let json: serde_json::Value = serde_json::from_str(&results.body).unwrap();
    assert_eq!((json["run"]["state"].as_str(), json["buyers"].as_u64()), (Some("done"), Some(60)));
    assert_eq!(json["arms"][2]["figures"][2]["figure"], "revenue");
    let ended = server.json("pia", &format!("/api/v1/simulations/{id}/cancellation"), "{}").await;
    assert!(ended.status == 409 && ended.body.contains("simulation-ended"), "{ended:?}");
    let adopted = server.json("pia", &format!("/api/v1/simulations/{id}/draft"), "{}").await;
    assert_eq!(adopted.status, 200, "{adopted:?}");
    t.remove().await;
}
