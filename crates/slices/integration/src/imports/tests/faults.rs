//! What imports once did wrong, each with the right value.

use kernel::{Amount, Currency, Date, Quantity, Sku, Unit};
use rust_xlsxwriter::{Format, Workbook};

use super::{World, code, codes, columns};
use crate::imports::{Options, Replace};

async fn product(w: &World, sku: &str) -> catalog::products::Product {
    let tx = w.t.db.read().await.unwrap();
    catalog::products::queries::by_sku(&tx, &Sku::parse(sku).unwrap()).await.unwrap().unwrap()
}

/// The steps of a product in a list: `1@10.00 100@8.00`.
async fn steps(w: &World, list: &str, sku: &str) -> String {
    let product = product(w, sku).await.id;
    let tx = w.t.db.read().await.unwrap();
    let list = pricing::lists::queries::by_code(&tx, list).await.unwrap().unwrap();
    let steps = pricing::lists::queries::steps(&tx, list.id, product).await.unwrap();
    let text = |s: &pricing::lists::ListPrice| format!("{}@{}", s.tier.from.to_decimal(), s.tier.price.to_decimal());
    steps.iter().map(text).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn fault_m7_a_percent_cell_is_its_percentage() {
    for w in World::both().await {
        let w = w.stocked().await;
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let head = ["order_number", "company", "sku", "quantity", "price", "currency", "placed_at", "tax_rate"];
        for (column, name) in (0_u16..).zip(head) {
            sheet.write(0, column, name).unwrap();
        }
        for (row, percent) in [(1, Some("0%")), (2, Some("0.00\\ %")), (3, None)] {
            for (column, text) in [(0, format!("O{row}")), (1, "C2".into()), (2, "BOLT".into()), (5, "EUR".into())] {
                sheet.write(row, column, text).unwrap();
            }
            sheet.write(row, 3, 100).unwrap();
            sheet.write(row, 4, 10.0).unwrap();
            sheet.write(row, 6, "2026-11-02").unwrap();
            match percent {
                Some(format) => sheet.write_with_format(row, 7, 0.23, &Format::new().set_num_format(format)).unwrap(),
                None => sheet.write(row, 7, 23).unwrap(),
            };
        }
        book.save(w.folder.join("in.xlsx")).unwrap();
        let mapping = columns("orders", &head.join(" "));
        let report = w.run(&mapping, "in.xlsx", &w.options()).await.unwrap();
        assert_eq!(report.created.rows, 3, "{:?}", report.errors);
        let tx = w.t.db.read().await.unwrap();
        for number in ["O1", "O2", "O3"] {
            let order = ordering::orders::queries::order(&tx, &w.ctx.actor, number).await.unwrap().order;
            assert_eq!(
                (order.net, order.tax),
                (Amount::new(100_000, Currency::Eur), Amount::new(23_000, Currency::Eur)),
                "{number}"
            );
        }
        drop(tx);
        w.remove().await;
    }
}

#[tokio::test]
async fn fault_m8_a_year_of_two_digits_is_refused() {
    let w = World::sqlite().await.stocked().await;
    let mapping = format!(
        "{}[source]\ndelimiter = \";\"\n[transforms]\nvalid_from = [\"date:%d.%m.%Y\"]\n",
        columns("prices", "list sku price currency valid_from")
    );
    let text = "list;sku;price;currency;valid_from\nL;BOLT;10;EUR;01.12.26\n";
    let report = w.import(&mapping, text).await;
    assert_eq!((report.created.rows, codes(&report).as_str()), (0, "2:import-date"));
    let report = w.import(&mapping, &text.replace("01.12.26", "01.12.2026")).await;
    assert_eq!(report.created.rows, 1, "{:?}", report.errors);
    let tx = w.t.db.read().await.unwrap();
    let list = pricing::lists::queries::by_code(&tx, "L").await.unwrap().unwrap();
    assert_eq!(list.valid_from, Date::parse("2026-12-01"));
    drop(tx);
    let plain = columns("prices", "list sku price currency valid_from");
    let report = w.import(&plain, "list,sku,price,currency,valid_from\nL,BOLT,10,EUR,0026-12-01\n").await;
    assert_eq!(codes(&report), "2:import-date", "in ISO form too");
    w.remove().await;
}

#[tokio::test]
async fn fault_m9_steps_left_from_before_are_told_and_replaced_on_wish() {
    for w in World::both().await {
        let w = w.stocked().await;
        let mapping = columns("prices", "list sku from price currency");
        let head = "list,sku,from,price,currency\n";
        w.import(&mapping, &format!("{head}L,BOLT,1,10,EUR\nL,BOLT,100,8,EUR\nL,WIRE,1,5,EUR\n")).await;
        let next = format!("{head}L,BOLT,1,12,EUR\nL,BOLT,200,11,EUR\n");
        let report = w.import(&mapping, &next).await;
        assert_eq!(report.notes.get("import-note-steps-left"), Some(&1), "{report:?}");
        assert_eq!(steps(&w, "L", "BOLT").await, "1@12.00 100@8.00 200@11.00", "nothing is removed unasked");

        let ladders = Options { replace: Some(Replace::Ladders), ..w.options() };
        let dry = Options { dry_run: true, ..ladders.clone() };
        let report = w.run(&mapping, "in.csv", &dry).await.unwrap();
        assert_eq!(report.notes.get("import-note-steps-removed"), Some(&1));
        assert_eq!(steps(&w, "L", "BOLT").await, "1@12.00 100@8.00 200@11.00", "a dry run says what it would do");
        w.file("bad.csv", format!("{next}L,BOLT,300,x,EUR\n"));
        let report = w.run(&mapping, "bad.csv", &Options { skip_errors: true, ..ladders.clone() }).await.unwrap();
        assert_eq!(report.notes.get("import-note-not-replaced"), Some(&1), "half a file replaces nothing");
        assert_eq!(steps(&w, "L", "BOLT").await, "1@12.00 100@8.00 200@11.00");
        let report = w.run(&mapping, "in.csv", &ladders).await.unwrap();
        assert_eq!(report.notes.get("import-note-steps-removed"), Some(&1));
        assert_eq!(steps(&w, "L", "BOLT").await, "1@12.00 200@11.00");
        assert_eq!(steps(&w, "L", "WIRE").await, "1@5.00", "another product stays");

        let lists = Options { replace: Some(Replace::Lists), ..w.options() };
        let report = w.run(&mapping, "in.csv", &lists).await.unwrap();
        assert_eq!(report.notes.get("import-note-steps-removed"), Some(&1));
        assert_eq!(steps(&w, "L", "WIRE").await, "", "the list is what the file says");
        let report = w.run(&mapping, "in.csv", &w.options()).await.unwrap();
        assert_eq!((report.unchanged.rows, report.notes.len()), (2, 0));
        w.file("catalog.csv", "sku\nBOLT\n");
        assert_eq!(
            code(w.run(&columns("catalog", "sku"), "catalog.csv", &lists).await),
            "replace:import-replace-prices"
        );
        w.remove().await;
    }
}

#[tokio::test]
async fn fault_d1_what_has_no_column_stays() {
    let w = World::sqlite().await.stocked().await;
    w.import(&columns("catalog", "sku pack minimum step"), "sku,pack,minimum,step\nBOLT,50,100,50\n").await;
    let report = w.import(&columns("catalog", "sku step"), "sku,step\nBOLT,50\n").await;
    assert_eq!((report.unchanged.rows, codes(&report).as_str()), (1, ""));
    let packing = product(&w, "BOLT").await.packing;
    assert_eq!((packing.minimum, packing.step), (100_000, 50_000));
    let new = "sku,name,category,unit,step\nNUT,Nut,Fasteners,piece,20\n";
    w.import(&columns("catalog", "sku name category unit step"), new).await;
    assert_eq!(product(&w, "NUT").await.packing.minimum, 20_000, "a new product is sold by the step at least");
    w.remove().await;
}

#[tokio::test]
async fn fault_d2_leading_zeros_that_are_shown_are_there() {
    let w = World::sqlite().await;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in [(0, "sku"), (1, "name"), (2, "category")] {
        sheet.write(0, column, name).unwrap();
        sheet.write(1, column, "x").unwrap();
    }
    sheet.write_with_format(1, 0, 4567, &Format::new().set_num_format("000000")).unwrap();
    book.save(w.folder.join("in.xlsx")).unwrap();
    let report = w.run(&columns("catalog", "sku name category"), "in.xlsx", &w.options()).await.unwrap();
    assert_eq!(report.created.rows, 1, "{:?}", report.errors);
    assert_eq!(product(&w, "004567").await.sku.as_str(), "004567");
    w.remove().await;
}

#[tokio::test]
async fn fault_d3_and_d4_what_looks_the_same_is_the_same() {
    for w in World::both().await {
        let w = w.stocked().await;
        let mapping = columns("catalog", "sku name");
        for sku in ["B\u{200b}OLT", "BOLT\u{feff}", "\u{ad}BOLT", "bolt\u{2060}"] {
            let report = w.import(&mapping, &format!("sku,name\n{sku},S\u{301}ruba\n")).await;
            assert_eq!((report.created.rows, codes(&report).as_str()), (0, ""), "{sku:?}");
        }
        assert_eq!(product(&w, "BOLT").await.name.first(), "Śruba", "in one form");
        let twice = w.import(&mapping, "sku,name\nBOLT,a\nBO\u{200b}LT,b\n").await;
        assert_eq!(codes(&twice), "3:import-twice");
        let companies = columns("companies", "number name country currency");
        let report = w.import(&companies, "number,name,country,currency\nC\u{200b}1,One Ltd,GB,GBP\n").await;
        assert_eq!((report.created.rows, report.unchanged.rows), (0, 1), "{report:?}");
        w.remove().await;
    }
}

#[tokio::test]
async fn fault_d5_groups_of_a_file_have_three_digits() {
    let w = World::sqlite().await.stocked().await;
    let mapping = format!("{}[source]\ndelimiter = \";\"\ndecimal = \",\"\n", columns("catalog", "sku stock"));
    let text = "sku;stock\nWIRE;1 23,50\nBOLT;12 34\n";
    w.file("in.csv", text);
    let report = w.run(&mapping, "in.csv", &Options { skip_errors: true, ..w.options() }).await.unwrap();
    assert_eq!(codes(&report), "2:not-a-number 3:not-a-number");
    let report = w.import(&mapping, "sku;stock\nWIRE;1 234,50\nBOLT;12.345\n").await;
    assert_eq!(report.updated.rows, 2, "{:?}", report.errors);
    assert_eq!(product(&w, "WIRE").await.stock, Quantity::new(1_234_500, Unit::Metre));
    assert_eq!(product(&w, "BOLT").await.stock, Quantity::whole(12_345, Unit::Piece));
    w.remove().await;
}

#[tokio::test]
async fn fault_d6_a_file_that_looks_like_utf8_is_told() {
    let w = World::sqlite().await.stocked().await;
    let mapping = format!("{}[source]\nencoding = \"windows-1250\"\n", columns("catalog", "sku name"));
    let report = w.import(&mapping, "sku,name\nBOLT,Śruba\nWIRE,Wire\n").await;
    assert_eq!(report.notes.get("import-note-looks-utf8"), Some(&1));
    let report = w.import(&mapping, "sku,name\nBOLT,Bolt\n").await;
    assert!(report.notes.is_empty(), "plain letters say nothing");
    w.file("in.csv", b"sku,name\nBOLT,\x8Cruba\n");
    let report = w.run(&mapping, "in.csv", &w.options()).await.unwrap();
    assert!(report.notes.is_empty());
    assert_eq!(product(&w, "BOLT").await.name.first(), "Śruba");
    w.remove().await;
}

#[tokio::test]
async fn fault_d7_an_empty_cell_of_an_attribute_empties_it() {
    let w = World::sqlite().await.stocked().await;
    let mapping = format!("{}[attributes]\nthread = \"thread\"\nfinish = \"finish\"\n", columns("catalog", "sku"));
    w.import(&mapping, "sku,thread,finish\nBOLT,M8,zinc\n").await;
    assert_eq!(product(&w, "BOLT").await.attributes.len(), 2);
    let report = w.import(&mapping, "sku,thread,finish\nBOLT,,zinc\nWIRE,,\n").await;
    assert_eq!((report.updated.rows, report.unchanged.rows), (1, 1), "{report:?}");
    let left: Vec<String> = product(&w, "BOLT").await.attributes.iter().map(|a| a.key.to_string()).collect();
    assert_eq!(left, ["finish"]);
    w.remove().await;
}

#[tokio::test]
async fn fault_r1_r4_and_r8_lines_cells_and_blanks() {
    let w = World::sqlite().await.stocked().await;
    let mapping = columns("catalog", "sku name stock mpn");
    let text = "sku,name,stock,mpn\r\nBOLT,Bolt,many,\r\n\r\nWIRE,Wire,few,\r\n";
    w.file("in.csv", text);
    let report = w.run(&mapping, "in.csv", &Options { skip_errors: true, ..w.options() }).await.unwrap();
    assert_eq!(codes(&report), "2:not-a-number 4:not-a-number", "R1: as an editor counts");
    let report = w.import(&mapping, "sku,name,stock,mpn\nBOLT,Bolt\nWIRE,Wire,3\n").await;
    assert_eq!((report.updated.rows + report.unchanged.rows, codes(&report).as_str()), (2, ""), "R4");
    let report = w.import(&mapping, "sku,name,stock,mpn\nBOLT,Bolt,5,X,,\nWIRE,Wire,3,Y,7\n").await;
    assert_eq!(codes(&report), "3:import-width", "idle delimiters are none, a cell too many is a slip");
    let report = w.import(&mapping, "sku,name,stock,mpn\nBOLT,Bolt,5,X\n  , , \t,  \n \n").await;
    assert_eq!((report.rows, codes(&report).as_str()), (1, ""), "R8: blanks are passed over");
    w.remove().await;
}

#[tokio::test]
async fn fault_r5_vat_numbers_as_people_write_them() {
    let w = World::sqlite().await;
    let mapping = columns("companies", "number name country currency vat_id");
    let head = "number,name,country,currency,vat_id\n";
    let text = format!("{head}G1,Hellas,GR,EUR,GR094259216\nP1,Polska,PL,PLN,PL\u{a0}5260001246\n");
    let report = w.import(&mapping, &text).await;
    assert_eq!((report.created.rows, codes(&report).as_str()), (2, ""));
    let tx = w.t.db.read().await.unwrap();
    for (number, want) in [("G1", "EL094259216"), ("P1", "PL5260001246")] {
        let company = parties::companies::queries::by_number(&tx, number).await.unwrap().unwrap();
        assert_eq!(company.vat_id.unwrap().as_str(), want);
    }
    drop(tx);
    w.remove().await;
}

#[tokio::test]
async fn fault_r9_examples_are_accepted_and_inch_marks_stay_or_are_refused() {
    let w = World::sqlite().await.stocked().await;
    let report = w.import(&columns("catalog", "sku stock"), "sku,stock\nBOLT,1.234,50\n").await;
    assert_eq!(codes(&report), "2:import-width");
    for locale in i18n::Language::ALL.map(|language| i18n::Locale::new(language, "UTC")) {
        let report = w.import(&columns("catalog", "sku stock"), "sku,stock\nBOLT,many\n").await;
        let sentence = report.errors[0].reason(&locale);
        let example = sentence.split(|c: char| !c.is_ascii_digit()).find(|digits| !digits.is_empty()).unwrap();
        let report = w.import(&columns("catalog", "sku stock"), &format!("sku,stock\nBOLT,{example}\n")).await;
        assert_eq!(codes(&report), "", "{sentence}");
    }
    let mapping = columns("catalog", "sku name");
    let report = w.import(&mapping, "sku,name\nBOLT,\"1/2\" pipe\"\nWIRE,\"ok\"\n").await;
    assert_eq!(codes(&report), "2:import-quote-inside");
    let report = w.import(&mapping, "sku,name\nBOLT,\"1/2\"\" pipe\"\nWIRE,3/4\" pipe\n").await;
    assert_eq!(codes(&report), "");
    assert_eq!(product(&w, "BOLT").await.name.first(), "1/2\" pipe");
    assert_eq!(product(&w, "WIRE").await.name.first(), "3/4\" pipe");
    w.remove().await;
}

#[tokio::test]
async fn seller_6_cancelled_orders_of_a_file_are_not_revenue() {
    for w in World::both().await {
        let w = w.stocked().await;
        let fields = "order_number company sku quantity price currency placed_at state";
        let text = "order_number,company,sku,quantity,price,currency,placed_at,state\n\
            A1,C2,BOLT,10,5,EUR,2026-11-01,completed\nA2,C2,BOLT,100,4,EUR,2026-11-02,cancelled\n";
        let report = w.import(&columns("orders", fields), text).await;
        assert_eq!(report.created.rows, 2, "{:?}", report.errors);
        let tx = w.t.db.read().await.unwrap();
        let company = parties::companies::queries::by_number(&tx, "C2").await.unwrap().unwrap().id;
        let since = Date::parse("2026-01-01").unwrap().midnight();
        let revenue = pricing::purchases::queries::revenue(&tx, company, since).await.unwrap();
        assert_eq!(revenue, [Amount::new(5_000, Currency::Eur)]);
        assert!(ordering::orders::queries::misremembered(&tx).await.unwrap().is_empty());
        drop(tx);
        w.remove().await;
    }
}
