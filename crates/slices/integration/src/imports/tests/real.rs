//! The published wholesale history, as a whole, when it is there.
//!
//! The test data is not part of the project; it lies beside the checkout. Without it the test says so and passes.

use std::path::PathBuf;
use std::time::Instant as Watch;

use negotiation::requests::State;

use super::{World, negotiate};
use crate::imports::{Kind, Mapping, NoProgress, Options, Report, run};

/// Lines of the file.
const ROWS: u64 = 748_841;

pub(super) fn file() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let path = root.join("../shared/data/online-retail-ii/transactions.csv.zst");
    if !path.exists() {
        println!("skipped: no shared data");
        return None;
    }
    Some(path)
}

async fn import(w: &World, file: &std::path::Path) -> Report {
    let mapping = Mapping::template("online-retail").unwrap();
    let options = Options { skip_errors: true, ..Options::default() };
    run(&w.t.db, &w.ctx, Kind::Orders, file, &mapping, &options, &NoProgress).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_history_is_accounted_for() {
    let Some(file) = file() else { return };
    let w = World::sqlite().await;
    let watch = Watch::now();
    let report = import(&w, &file).await;
    let seconds = watch.elapsed();
    report.lines(&Options::default().locale).iter().for_each(|line| println!("{line}"));
    println!("{} rows in {seconds:?}", report.rows);
    assert_eq!(report.rows, ROWS);
    assert_eq!(report.accounted().rows, ROWS);
    assert!(report.adds_up() && report.is_clean());
    let money = report.money.unwrap();
    assert_eq!(report.accounted().net_minor, money.file_minor);
    // Invoice lines are rounded to the penny one by one: fifteen have prices of a tenth of a penny.
    assert_eq!(money.file_micros, 13_559_946_945_000);
    assert_eq!(report.failed.rows + report.held_back.rows, 0);

    let again = import(&w, &file).await;
    assert_eq!((again.created.rows, again.credited.rows), (0, 0));
    assert_eq!(again.unchanged.plus(again.listed_total()), report.accounted());
    let n = negotiate(&w, "14646", "85123A", 600, "2.40").await;
    assert_eq!(n.currency, kernel::Currency::Gbp);
    assert_eq!(n.list_value.to_string(), "1530.00 GBP", "600 at 2.55, the price from 32 on");
    let state = n.state(super::NOW);
    assert!(matches!(state, State::Offered | State::Agreed), "{state:?}");
    w.remove().await;
}
