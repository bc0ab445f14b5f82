//! A small past in every detail.

use kernel::{Amount, Currency, Date};

use negotiation::negotiations::State;

use super::{World, codes, negotiate};
use crate::imports::{Options, Report, TEMPLATES};

fn mapping() -> String {
    TEMPLATES.iter().find(|(name, _)| *name == "online-retail").unwrap().1.to_owned()
}

const HEAD: &str = "invoice_no,stock_code,description,quantity,invoice_date,unit_price,customer_id,country\n";

/// A year in the life of two products.
fn lines() -> String {
    let mut text = HEAD.to_owned();
    for day in 1..=9 {
        text += &format!("10{day},85123A,HEART,6,2010-06-0{day} 08:00:00,2.95,17850,United Kingdom\n");
        text += &format!("10{day},85123a,HEART,64,2010-06-0{day} 08:00:00,2.55,17850,United Kingdom\n");
        text += &format!("20{day},22423,CAKE STAND,1,2010-06-0{day} 09:00:00,12.75,12583,EIRE\n");
        text += &format!("30{day},22423,stand,2,2010-06-0{day} 10:00:00,25.49,,United Kingdom\n");
    }
    text + "C900,85123A,HEART,-64,2010-06-20 08:00:00,2.55,17850,United Kingdom\n\
        C901,85123A,HEART,-100,2010-06-21 08:00:00,2.95,17850,United Kingdom\n\
        C902,22423,CAKE STAND,-1,2010-06-21 08:00:00,25.49,,United Kingdom\n\
        C903,22423,CAKE STAND,1,2010-06-21 08:00:00,12.75,12583,EIRE\n\
        101,POST,POSTAGE,1,2010-06-01 08:00:00,18,17850,United Kingdom\n\
        A506,B,Adjust bad debt,1,2010-06-21 08:00:00,-53594.36,,United Kingdom\n\
        400,85123A,damaged,-20,2010-06-21 08:00:00,0,,United Kingdom\n\
        401,85123A,,1,2010-06-21 08:00:00,0,,United Kingdom\n\
        402,85123A,HEART,1,2010-06-21 08:00:00,0,17850,United Kingdom\n\
        403,22423,CAKE STAND,3,2010-06-21 08:00:00,0.005,12583,EIRE\n"
}

fn places(report: &Report) -> [u64; 5] {
    assert!(report.adds_up(), "{report:?}");
    [report.rows, report.created.rows, report.credited.rows, report.listed_total().rows, report.unchanged.rows]
}

#[tokio::test]
async fn every_line_has_its_place_and_every_penny() {
    for w in World::both().await {
        w.file("in.csv", lines());
        let options = Options { listed: Some(w.folder.join("listed.csv")), ..w.options() };
        let dry = w.run(&mapping(), "in.csv", &Options { dry_run: true, ..options.clone() }).await.unwrap();
        let report = w.run(&mapping(), "in.csv", &options).await.unwrap();
        assert_eq!(Report { is_dry_run: false, ..dry }, report, "a dry run says the same");
        assert_eq!(places(&report), [46, 37, 3, 6, 0]);
        let money = report.money.unwrap();
        // 9 x (17.70 + 163.20 + 12.75 + 50.98) + 0.02 sold; -163.20 -295.00 -25.49 credited; 12.75 + 18 - 53,594.36 listed.
        assert_eq!(report.created.net_minor, 220_169);
        assert_eq!(report.credited.net_minor, -48_369);
        assert_eq!(report.listed_total().net_minor, -5_356_361);
        assert_eq!(money.file_minor, 220_169 - 48_369 - 5_356_361);
        assert_eq!(
            money.file_micros,
            i128::from(money.file_minor) * 10_000 - 5_000,
            "a line of 0.015 is rounded to 0.02"
        );
        assert_eq!(report.notes["import-note-credits-whole"], 1);
        assert_eq!(report.notes["import-note-credits-part"], 1);
        assert_eq!(report.notes["import-note-credits-open"], 1);
        assert_eq!(report.made["import-made-orders"], 28);
        let listed = w.text("listed.csv");
        assert_eq!(listed.lines().count(), 7, "{listed}");
        assert!(
            listed.contains("402,85123A,HEART,1,2010-06-21 08:00:00,0,17850,United Kingdom,price of zero: given away")
        );

        let again = w.run(&mapping(), "in.csv", &options).await.unwrap();
        assert_eq!(places(&again), [46, 0, 0, 6, 40]);
        assert_eq!(again.made.values().sum::<u64>(), 0);
        check_what_was_made(&w).await;
        w.remove().await;
    }
}

async fn check_what_was_made(w: &World) {
    let tx = w.t.db.read().await.unwrap();
    let sku = kernel::Sku::parse("85123A").unwrap();
    let heart = catalog::products::queries::by_sku(&tx, &sku).await.unwrap().unwrap();
    assert_eq!(heart.name.first(), "HEART");
    let facts = catalog::products::queries::seller_facts(&tx, heart.id).await.unwrap();
    assert!(facts.is_cost_estimated);
    // The mean of what was charged is 2.584286; of that 62 percent.
    assert_eq!(facts.cost.unwrap().to_string(), "1.602257 GBP");
    let list = pricing::lists::queries::by_code(&tx, "GENERAL-GBP").await.unwrap().unwrap();
    let steps = pricing::lists::queries::steps(&tx, list.id, heart.id).await.unwrap();
    let steps: Vec<String> = steps.iter().map(|s| format!("{}@{}", s.tier.from.to_decimal(), s.tier.price)).collect();
    assert_eq!(steps, ["1@2.95 GBP", "64@2.55 GBP"]);
    let stand = kernel::Sku::parse("22423").unwrap();
    let stand = catalog::products::queries::by_sku(&tx, &stand).await.unwrap().unwrap();
    assert_eq!(stand.name.first(), "CAKE STAND");
    let steps = pricing::lists::queries::steps(&tx, list.id, stand.id).await.unwrap();
    assert_eq!(steps.len(), 1);
    assert_eq!(steps[0].tier.price.to_string(), "12.75 GBP", "shop prices of walk-in customers are no list prices");

    let company = parties::companies::queries::by_number(&tx, "17850").await.unwrap().unwrap();
    assert_eq!(
        (company.name.as_str(), company.country.as_str(), company.currency),
        ("Customer 17850", "GB", Currency::Gbp)
    );
    let ireland = parties::companies::queries::by_number(&tx, "12583").await.unwrap().unwrap();
    assert_eq!(ireland.country.as_str(), "IE");
    let walk_in = parties::companies::queries::by_number(&tx, "WALK-IN-GB").await.unwrap().unwrap();
    assert_eq!(walk_in.name, "Walk-in customers (GB)");
    let since = Date::parse("2010-01-01").unwrap().midnight();
    let revenue = pricing::purchases::queries::revenue(&tx, company.id, since).await.unwrap();
    assert_eq!(revenue, [Amount::new(9 * (1_770 + 16_320) - 16_320 - 29_500, Currency::Gbp)]);
    let last = pricing::purchases::queries::last_paid(&tx, company.id, heart.id).await.unwrap().unwrap();
    assert_eq!(last.order_number, "109");
    assert_eq!(last.at.to_rfc3339(), "2010-06-09T07:00:00Z", "eight o'clock in London is seven in summer");
}

#[tokio::test]
async fn a_buyer_negotiates_on_what_was_imported() {
    for w in World::both().await {
        w.file("in.csv", lines());
        w.run(&mapping(), "in.csv", &w.options()).await.unwrap();
        let n = negotiate(&w, "17850", "85123A", 300, "2.40").await;
        assert_eq!((n.currency, n.list_value.to_string().as_str()), (Currency::Gbp, "765.00 GBP"), "300 at 2.55");
        assert_eq!(n.state(super::NOW), State::Offered, "{n:?}");
        let offers: Vec<_> = n.standing(super::NOW).collect();
        assert!(!offers.is_empty());
        // The floor is at 8 percent over the estimated cost of 1.602257.
        for line in offers.iter().flat_map(|row| &row.offer.terms.lines) {
            assert!(line.price.currency() == Currency::Gbp && line.price.micros() > 1_602_257, "{line:?}");
        }
        w.remove().await;
    }
}

#[tokio::test]
async fn bad_lines_spoil_their_invoice_and_nothing_else() {
    let w = World::sqlite().await;
    let text = format!(
        "{HEAD}1,A1,one,5,2010-01-01 08:00:00,1.00,7,Germany\n\
        1,A2,two,many,2010-01-01 08:00:00,1.00,7,Germany\n\
        2,A1,one,5,2010-01-01 08:00:00,1.00,7,Germany\n\
        3,A1,one,5,01/02/2010,1.00,7,Atlantis\n\
        3,A1,one,5,2010-01-01 08:00:00,1.00,7,Germany\n\
        4,A1,one,1000000000000000000,2010-01-01 08:00:00,1.00,7,Germany\n\
        5,A1,one,1,2010-01-01 08:00:00,1.00,7,Germany\n\
        5,A1,one,1,2010-01-01 08:00:00,1.00,8,Germany\n"
    );
    w.file("in.csv", &text);
    let report = w.run(&mapping(), "in.csv", &w.options()).await.unwrap();
    assert_eq!(codes(&report), "3:not-a-number 5:import-date 5:country 7:quantity-too-large 9:import-order-differs");
    assert_eq!((report.created.rows, report.failed.rows, report.held_back.rows), (0, 4, 4));
    assert!(report.adds_up());

    let report = w.run(&mapping(), "in.csv", &Options { skip_errors: true, ..w.options() }).await.unwrap();
    assert_eq!((report.created.rows, report.failed.rows, report.held_back.rows), (1, 4, 3));
    let errors = w.text("errors.csv");
    assert_eq!(errors.lines().count(), 8, "{errors}");
    let corrected =
        errors.replace(",many,", ",2,").replace("01/02/2010", "2010-01-01 08:00:00").replace("Atlantis", "Germany");
    let corrected = corrected.replace("1000000000000000000", "3").replace("8,Germany", "7,Germany");
    w.file("again.csv", corrected);
    let report = w.run(&mapping(), "again.csv", &w.options()).await.unwrap();
    assert_eq!((report.rows, report.created.rows), (7, 7), "{:?}", report.errors);
    w.remove().await;
}
