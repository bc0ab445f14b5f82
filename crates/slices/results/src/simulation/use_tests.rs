//! What a controller looks for first: what really was ordered, what changes against the policy in force, who it is about.

use db::testing::TestDb;
use kernel::{Amount, Currency, Instant};
use simulation::Kind;
use terms::policies;

use super::rules;
use super::tests::{BACKTEST, past, sold, start, wanted, work_out};
use crate::tests::{VALVE, World, migrations, serve};

#[test]
fn use_s12_what_was_stands_beside_every_backtest() {
    let cases = [
        ("published list", BACKTEST, "published list was"),
        ("was published", BACKTEST, "was published"),
        ("draft list", BACKTEST, "draft list published was"),
        ("draft list", Kind::MonteCarlo { count: 5 }, "draft list published"),
        ("suggested", Kind::MonteCarlo { count: 5 }, "suggested"),
    ];
    for (named, kind, arms) in cases {
        let has: Vec<String> = rules::completed(&wanted(named, kind).arms, kind).iter().map(|arm| arm.code()).collect();
        assert_eq!(has.join(" "), arms, "{named} {kind:?}");
    }
}

#[tokio::test]
async fn use_s12_as_it_was_is_what_was_ordered() {
    for t in TestDb::both(&migrations()).await {
        let w = World::new(&t).await;
        sold(&w).await;
        // Agreed, and never ordered: it is a negotiation, and no sale.
        let ctx = &w.buyer(0, 0);
        let id = w.open(ctx, &w.ask(VALVE, 2_000, "110")).await.unwrap();
        w.take(ctx, id, 0).await.unwrap();
        let market = past(&w).await.market;
        let talks: Vec<_> = market.deals.iter().filter(|deal| deal.talks.is_some()).collect();
        assert_eq!((talks.len(), talks[0].ordered, talks[0].talks.unwrap().person), (1, None, false));
        let pia = &w.person(3, 0);
        let run = start(&w, pia, "published list", BACKTEST).await.unwrap();
        assert_eq!(run.settings.arms.last().unwrap().name, "was");
        let results = work_out(&w, run.id).await;
        let was = &results.report.arms[2].figures;
        let tx = w.db.read().await.unwrap();
        let lines = pricing::purchases::queries::sales(&tx, Instant::from_micros(0), ("", 0), 1_000).await.unwrap();
        let sum: i64 = lines.iter().map(|line| line.net.minor()).sum();
        assert_eq!((was.revenue.value.minor(), was.closed, was.eligible), (sum, 60, 1));
        assert_eq!(results.buyers.calibration.unwrap().figures, [], "one negotiation says nothing about buyers");
        drop(tx);
        t.remove().await;
    }
}

#[tokio::test]
async fn use_s11_approvers_read_what_changes_against_the_policy_in_force() {
    let t = TestDb::sqlite(&migrations()).await;
    let w = World::new(&t).await;
    sold(&w).await;
    let (pia, server) = (&w.person(3, 0), serve(&w, &w.db).await);
    // A draft that trades with nobody earns less than the one in force.
    let tx = w.db.read().await.unwrap();
    let mut stern = policies::queries::published(&tx).await.unwrap().policy;
    drop(tx);
    stern.eligibility.deal_min = Amount::new(900_000_000, Currency::Eur);
    let stern = &stern;
    let save = |tx: db::WriteTx| async move { policies::actions::save_draft(&tx, pia, None, stern.clone()).await };
    w.db.write(save).await.unwrap();
    // The policy in force takes part though nobody named it.
    let run = start(&w, pia, "draft list", BACKTEST).await.unwrap();
    let results = work_out(&w, run.id).await;
    let verdict = super::verdict::first(&run.settings, &results).unwrap();
    assert!(verdict.more_minor < 0, "{verdict:?}");
    let said = terms::policies::verdict::said(&i18n::Locale::by_codes("en", "UTC"), &verdict);
    assert_eq!(said.class, "bad");
    let pages = ["/office/policy/draft".to_owned(), format!("/office/simulations/{}", run.id)];
    for page in pages {
        let body = server.get("pia", &page).await.body;
        assert!(body.contains(&said.text) && body.contains("note bad"), "{page}: {body}");
        assert!(!body.contains("more than with list prices for everybody") || page.contains("simulations"), "{page}");
    }
    let json = server.get("pia", &format!("/api/v1/simulations/{}", run.id)).await.body;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["verdict"]["lasting"]["value"], Amount::new(verdict.more_minor, Currency::Eur).to_decimal());
    t.remove().await;
}

#[tokio::test]
async fn use_s46_the_verdict_stands_first_and_groups_have_names() {
    let t = TestDb::sqlite(&migrations()).await;
    let w = World::new(&t).await;
    sold(&w).await;
    let (pia, server) = (&w.person(3, 0), serve(&w, &w.db).await);
    let run = start(&w, pia, "suggested published list floor", BACKTEST).await.unwrap();
    work_out(&w, run.id).await;
    let page = server.get("pia", &format!("/office/simulations/{}", run.id)).await.body;
    let place = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
    assert!(place("id=\"verdict\"") < place("Side by side") && place("Side by side") < place("<svg class=\"plot\""));
    assert!(page.contains("As it was") && page.contains("may negotiate"), "{page}");
    // Nobody has fitted anything to no negotiations, and that is said before the verdict.
    assert!(place("too few to fit") < place("id=\"verdict\""));
    let tx = w.db.read().await.unwrap();
    let all = catalog::categories::queries::all(&tx).await.unwrap();
    let market = past(&w).await.market;
    let code = market.products[0].category.clone().unwrap();
    let name = all.iter().find(|one| one.code == code).unwrap().name.get(i18n::Language::En).to_owned();
    drop(tx);
    assert_ne!(code, name);
    let csv = server.get("pia", &format!("/office/simulations/{}/figures.csv", run.id)).await.body;
    for text in [&page, &csv] {
        assert!(text.contains(&name), "{text}");
    }
    assert!(!csv.contains(&format!(",{code},")), "{csv}");
    t.remove().await;
}

#[tokio::test]
async fn use_s11_approvers_of_an_experiment_read_the_same_sentence() {
    use crate::experiments;
    let t = TestDb::sqlite(&migrations()).await;
    let w = World::new(&t).await;
    sold(&w).await;
    let (pia, server) = (&w.person(3, 0), serve(&w, &w.db).await);
    let plan = || experiments::tests::plan();
    let made = w.db.write(|tx| async move { experiments::actions::plan(&tx, pia, plan()).await }).await.unwrap();
    let (id, read) = (made.id, made.version);
    w.db.write(|tx| async move { experiments::actions::simulate(&tx, pia, id, read).await }).await.unwrap();
    let tx = w.db.read().await.unwrap();
    let run = super::queries::newest(&tx, 1).await.unwrap().remove(0);
    drop(tx);
    let page = format!("/office/experiments/{id}");
    assert!(!server.get("pia", &page).await.body.contains("lasting pocket margin"), "nothing has come of it yet");
    let results = work_out(&w, run.id).await;
    let verdict = super::verdict::first(&run.settings, &results).unwrap();
    let said = terms::policies::verdict::said(&i18n::Locale::by_codes("en", "UTC"), &verdict);
    for page in [page, format!("/office/simulations/{}", run.id)] {
        let body = server.get("pia", &page).await.body;
        assert!(body.contains(&said.text), "{page}: {}: {body}", said.text);
    }
    t.remove().await;
}
