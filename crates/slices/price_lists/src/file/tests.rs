//! Prices from a file: what is read, what is named as wrong, and what comes of it, on both engines.

use db::testing::TestDb;
use kernel::{Ctx, Currency, Ids, Instant, Notation, Packing, ProductId, Unit};
use sheets::{Cell, Sheet, reading};
use web::Pager;

use super::rules::{self, Line};
use crate::changes::queries;
use crate::tests::{VALVE, World, base, eur, migrations, pieces, second_manager, serve};

const PACKING: Packing = Packing { pack: 1_000, packs_per_pallet: 0, minimum: 1_000, step: 1_000, unit: Unit::Piece };

fn lines_of(text: &str, notation: Notation) -> Vec<Line> {
    rules::lines(&reading::read(text.as_bytes(), 100).unwrap(), notation).unwrap()
}

/// What comes of lines, each as a short text.
fn read(text: &str, notation: Notation) -> Vec<String> {
    let product = ProductId::new(&Ctx::system(Instant::from_micros(0), Ids::seeded(1)));
    let goods = |sku: &str| (sku == "P-0").then_some((product, PACKING));
    let (edits, wrong) = rules::edits(&lines_of(text, notation), goods, Currency::Eur, notation);
    let right = edits.iter().map(|edit| {
        let price = edit.price.map_or_else(String::new, kernel::UnitPrice::to_decimal);
        format!("{} {price}", edit.from.to_decimal())
    });
    let wrong = wrong.iter().map(|wrong| {
        let error = &wrong.errors[0];
        format!("{}: {} {}", wrong.line.number, error.field, error.code)
    });
    right.chain(wrong).collect()
}

#[test]
fn numbers_are_read_as_their_writer_meant_them() {
    for (text, notation, want) in [
        ("sku,name,from,unit,price,currency\nP-0,Valve,1,piece,1.125,EUR", Notation::Comma, "1 1.125"),
        ("sku,from,price\nP-0,1,\"1,125\"", Notation::Comma, "1 1.125"),
        ("sku,from,price\nP-0,1000,\"1,125.50\"", Notation::Point, "1000 1125.50"),
        ("SKU;From;Price\nP-0;1 000;47,75", Notation::Comma, "1000 47.75"),
        ("P-0\t1\t2,5", Notation::Comma, "1 2.50"),
        ("P-0;1;1.125", Notation::Comma, "1: price number-two-readings"),
        ("P-0;1;12,5", Notation::Point, "1: price number-foreign"),
    ] {
        assert_eq!(read(text, notation), [want], "{text}");
    }
}

#[test]
fn a_wrong_line_is_named_and_the_others_are_kept() {
    let table = "sku;from;price;unit;currency\nP-0;1;120;piece;EUR\nP-9;1;1;;\nP-0;1;119;;\nP-0;half;;;\nP-0;5;-1;;\n\
                 P-0;6;7;metre;EUR\nP-0;7;8;piece;PLN\n";
    let want = [
        "1 120.00",
        "3: sku price-sku",
        "4: from price-file-twice",
        "5: from not-a-number",
        "6: price price-negative",
        "7: unit price-file-unit",
        "8: currency price-file-currency",
    ];
    assert_eq!(read(table, Notation::Point), want);
    // What stands in the form afterwards is the same table.
    let lines = lines_of(table, Notation::Point);
    let again = lines_of(&rules::text(&lines), Notation::Point);
    assert_eq!(again, lines);
    assert_eq!(rules::text(&lines_of("P-0;1;2,5", Notation::Comma)), "sku\tfrom\tprice\nP-0\t1\t2,5");
    let many = format!("sku;from;price{}", "\nP-9;1;1".repeat(80));
    assert_eq!(read(&many, Notation::Point).len(), rules::WRONG_MAX, "reading stops");
}

#[test]
fn a_file_without_what_is_needed_is_refused_as_a_whole() {
    let code = |text: &str| {
        let table = reading::read(text.as_bytes(), 100).unwrap();
        rules::lines(&table, Notation::Point).unwrap_err().fields[0].code
    };
    assert_eq!(code("sku;price\nP-0;1"), "price-file-columns");
    assert_eq!(code("sku;from;price\n"), "price-file-empty");
    assert_eq!(code(""), "price-file-empty");
}

#[test]
fn a_workbook_s_numbers_are_numbers() {
    let mut sheet = Sheet::new("p", ["sku", "from", "price"].map(str::to_owned).to_vec());
    sheet.row(vec!["P-0".into(), Cell::Number("1000".into()), Cell::Number("1.125".into())]);
    let table = reading::read(&sheet.to_xlsx().unwrap(), 9).unwrap();
    let lines = rules::lines(&table, Notation::Comma).unwrap();
    assert_eq!((lines[0].from.as_str(), lines[0].price.as_str()), ("1000", "1,125"));
}

fn multipart(fields: &[(&str, &str)]) -> String {
    let part = |(name, value): &(&str, &str)| {
        let file = if *name == "file" { "; filename=\"p.csv\"" } else { "" };
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n")
    };
    fields.iter().map(part).collect::<String>() + "--b--\r\n"
}

/// The value of a hidden field of a page.
fn hidden(page: &str, name: &str) -> String {
    let after = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("{name} in {page}"));
    after.split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn use_s53_prices_come_in_by_a_file_after_a_preview() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        second_manager(&world).await;
        let list = base(&world).await;
        let server = serve(&world, &test.db).await;
        let (path, kind) =
            (format!("/office/price-lists/{list}/file"), "Content-Type: multipart/form-data; boundary=b\r\n");
        let send = async |path: &str, fields: &[(&str, &str)]| {
            server.send("pia", "POST", path, kind, &multipart(fields)).await
        };
        let exported = server.get("pia", &format!("/office/price-lists/{list}/prices.csv")).await.body;
        let same = send(&path, &[("file", &exported)]).await;
        assert_eq!(same.status, 422, "{}", same.body);
        assert!(same.body.contains("No price would change"), "what is exported is what is there: {}", same.body);

        let wrong = send(&path, &[("file", "sku,from,price\nP-0,1,118\nP-77,1,5\n")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("No product has this SKU") && wrong.body.contains("P-0\t1\t118"), "{}", wrong.body);

        let file = exported.replace("120.00", "118.00").replace(",0.04,", ",0.01,");
        assert_ne!(file, exported);
        let shown = send(&path, &[("file", &file)]).await;
        assert_eq!(shown.status, 200, "{}", shown.body);
        for part in ["2 prices would change", "2 lines are as they are", "118.00", "120.00", "80.00", "below cost"] {
            assert!(shown.body.contains(part), "{part}: {}", shown.body);
        }
        let (sum, change) = (hidden(&shown.body, "sum"), format!("{path}/change"));
        let lines = "sku\tfrom\tprice\nP-0\t1\t118\nP-4\t1\t0.01";
        let silent = send(&change, &[("lines", lines), ("sum", &sum), ("confirmed", "yes")]).await;
        assert_eq!(silent.status, 422, "a reason is wanted: {}", silent.body);
        let other = "sku\tfrom\tprice\nP-0\t1\t117\nP-4\t1\t0.01";
        let moved = [("lines", other), ("sum", &sum), ("confirmed", "yes"), ("reason", "new year")];
        assert_eq!(send(&change, &moved).await.status, 409, "what was previewed is what is changed");
        let meant = [("lines", lines), ("sum", &sum), ("confirmed", "yes"), ("reason", "new year")];
        let done = send(&change, &meant).await;
        assert_eq!(done.status, 303, "{}", done.body);

        let read = world.db.read().await.unwrap();
        let steps = pricing::lists::queries::steps(&read, list, world.products[VALVE]).await.unwrap();
        assert_eq!((steps[0].tier.from, steps[0].tier.price), (pieces(1), eur("118")));
        let (changes, _) = queries::changes(&read, Some(list), false, Pager::asked(None, None)).await.unwrap();
        assert_eq!((changes.len(), changes[0].waiting, changes[0].door.code()), (1, 1, "import"), "one of them waits");
        assert_eq!(changes[0].reason, "new year");
        drop(read);
        assert_eq!(server.get("kerstin", &path).await.status, 403);
        test.remove().await;
    }
}

#[test]
fn the_longest_list_is_read_and_more_is_refused() {
    let product = ProductId::new(&Ctx::system(Instant::from_micros(0), Ids::seeded(1)));
    let most = crate::changes::rules::EDITS_MAX;
    let file: String = (0..most).map(|at| format!("P-0;{};1\n", at + 1)).collect();
    let table = reading::read(file.as_bytes(), most).unwrap();
    let lines = rules::lines(&table, Notation::Point).unwrap();
    let (edits, wrong) = rules::edits(&lines, |_| Some((product, PACKING)), Currency::Eur, Notation::Point);
    assert_eq!((edits.len(), wrong.len()), (most, 0));
    assert_eq!(reading::read(format!("{file}P-0;0;1\n").as_bytes(), most), Err(reading::Unreadable::TooLarge));
}
