//! Files that are broken, by accident or on purpose: a clear sentence, nothing imported that should not be, no panic.

use proptest::prelude::*;

use super::{World, code, codes, columns};
use crate::imports::Options;

fn catalog() -> String {
    columns("catalog", "sku name category stock")
}

#[tokio::test]
async fn files_that_cannot_be_read() {
    let w = World::sqlite().await;
    w.file("empty.csv", "");
    w.file("mark.csv", "\u{feff}");
    w.file("lines.csv", "\n\n\n");
    w.file("utf16.csv", [0xFF, 0xFE, b's', 0, b'k', 0]);
    w.file("old.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1]);
    w.file("no-zip.xlsx", "sku,name\n");
    w.file("broken.xlsx", b"PK\x03\x04 and then nothing");
    w.file("broken.csv.zst", [0x28, 0xB5, 0x2F, 0xFD, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    w.file("cut.csv.zst", [0x28, 0xB5, 0x2F, 0xFD]);
    w.file("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00");
    w.file("program.bin", b"\x7fELF\x02\x01\x01\x00\x00\x1b[2J\n");
    w.file("missing.csv", "sku,title\nA,b\n");
    w.file("twice.csv", "sku,name,category,stock,name\nA,b,c,1,d\n");
    for (file, want) in [
        ("nowhere.csv", "import-file"),
        ("", "import-file"),
        ("empty.csv", "import-empty"),
        ("mark.csv", "import-empty"),
        ("lines.csv", "import-empty"),
        ("utf16.csv", "import-utf16"),
        ("old.xls", "import-not-xlsx"),
        ("no-zip.xlsx", "import-not-xlsx"),
        ("broken.xlsx", "import-not-xlsx"),
        ("program.bin", "import-unreadable"),
        ("picture.png", "import-column-missing"),
        ("cut.csv.zst", "import-zst"),
        ("broken.csv.zst", "import-zst"),
        ("missing.csv", "import-column-missing"),
        ("twice.csv", "import-column-twice"),
    ] {
        assert_eq!(code(w.run(&catalog(), file, &w.options()).await), format!("file:{want}"), "{file}");
    }
    w.remove().await;
}

#[tokio::test]
async fn rows_that_cannot_be_read() {
    let w = World::sqlite().await;
    let text = b"sku,name,category,stock\n\
        A,one,x,1\n\
        B,two,x\n\
        C,three,x,1,extra\n\
        D,\xB3\xF3d\xBC,x,1\n\
        E,a\x07b,x,1\n\
        F,#REF!,x,1\n\
        G/H,name,x,1\n\
        ,,,\n\
        I,name,x,1000000000000000000\n\
        J,name,x,99999999999999999999999\n\
        K,name,x,\"1,2,3\"\n\
        L,name,x,=1+1\n";
    w.file("in.csv", text);
    let report = w.run(&catalog(), "in.csv", &Options { skip_errors: true, ..w.options() }).await.unwrap();
    let found = codes(&report);
    for want in [
        "4:import-width",
        "5:import-encoding",
        "6:import-control",
        "7:import-cell-error",
        "8:sku",
        "10:too-large",
        "11:too-large",
        "12:not-a-number",
        "13:not-a-number",
    ] {
        assert!(found.contains(want), "{want} in {found}");
    }
    assert_eq!((report.rows, report.created.rows, report.failed.rows), (11, 2, 9), "the empty row does not count");
    assert!(report.adds_up());
    let errors = std::fs::read(w.folder.join("errors.csv")).unwrap();
    assert!(errors.windows(5).any(|bytes| bytes == b"\xB3\xF3d\xBC,"), "rows are kept as they were, byte for byte");
    w.remove().await;
}

#[tokio::test]
async fn what_looks_like_a_formula_is_text() {
    let w = World::sqlite().await;
    let text = "sku,name,category,stock\n=A1,\"=HYPERLINK(\"\"http://x\"\")\",@x,1\n-2+3,+cmd|' /C calc'!A0,y,1\n";
    let report = w.import(&catalog(), text).await;
    assert_eq!((report.created.rows, report.failed.rows), (2, 0), "{:?}", report.errors);
    let tx = w.t.db.read().await.unwrap();
    let sku = kernel::Sku::parse("=A1").unwrap();
    let product = catalog::products::queries::by_sku(&tx, &sku).await.unwrap().unwrap();
    assert_eq!(product.name.first(), "=HYPERLINK(\"http://x\")");
    drop(tx);
    w.remove().await;
}

#[tokio::test]
async fn quotation_marks_that_never_close() {
    let w = World::sqlite().await;
    let text = "sku,name,category,stock\nA,one,x,1\nB,\"two,x,1\nC,three,x,1\n";
    let report = w.import(&catalog(), text).await;
    let stopped = report.stopped.unwrap();
    assert_eq!((stopped.row, stopped.error.code), (3, "import-quote"));
    assert_eq!((report.rows, report.created.rows), (1, 1), "what stands before it is imported");
    // A mark in the middle of a text is a mark (7 inches), and one that is doubled too.
    let report = w
        .import(&catalog(), "sku,name,category,stock\nD,7\" single,x,1\nE,\"7\"\" single\",x,1\nF,\"two\nlines\",x,1")
        .await;
    assert_eq!((report.created.rows, report.stopped), (3, None), "{:?}", report.errors);
    w.remove().await;
}

/// A file of many gigabytes without a line end, as the system gives it: nothing but zeros.
#[tokio::test]
async fn a_row_without_an_end_takes_no_memory() {
    let w = World::sqlite().await;
    let path = w.file("in.csv", "sku,name,category,stock\nA,one,x,1\nB,\"");
    let file = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
    file.set_len(2_100_000_000).unwrap();
    drop(file);
    let report = w.run(&catalog(), "in.csv", &w.options()).await.unwrap();
    let stopped = report.stopped.unwrap();
    assert_eq!((stopped.row, stopped.error.code), (3, "import-row-long"));
    assert_eq!(report.created.rows, 1);
    w.remove().await;
}

#[tokio::test]
async fn the_error_file_may_be_the_file_itself() {
    let w = World::sqlite().await;
    w.file("errors.csv", "sku,name,category,stock\nA,one,x,1\nB,two,x,many\n");
    let report = w.run(&catalog(), "errors.csv", &Options { skip_errors: true, ..w.options() }).await.unwrap();
    assert_eq!((report.created.rows, report.failed.rows), (1, 1));
    let text = w.text("errors.csv").replace("many", "2");
    w.file("errors.csv", text);
    let report = w.run(&catalog(), "errors.csv", &w.options()).await.unwrap();
    assert_eq!((report.rows, report.created.rows), (1, 1));
    assert_eq!(w.text("errors.csv"), "\u{feff}sku,name,category,stock,error\n");
    w.remove().await;
}

#[tokio::test]
async fn workbooks() {
    let w = World::sqlite().await;
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name("Notes").unwrap().write(0, 0, "nothing here").unwrap();
    let sheet = book.add_worksheet().set_name("Products").unwrap();
    for (column, name) in [(0, "sku"), (1, "name"), (2, "category"), (3, "stock")] {
        sheet.write(0, column, name).unwrap();
    }
    sheet.write(1, 0, 4711).unwrap();
    sheet.write(1, 1, "Bolt").unwrap();
    sheet.write(1, 2, "x").unwrap();
    sheet.write(1, 3, 12.0).unwrap();
    sheet.write(3, 0, "B").unwrap();
    sheet.write(3, 1, "Nut").unwrap();
    sheet.write(3, 2, "x").unwrap();
    sheet.write(3, 3, 0.1 + 0.2).unwrap();
    let path = w.folder.join("in.xlsx");
    book.save(&path).unwrap();
    let mapping = format!("{}[source]\nsheet = \"Products\"\n", catalog());
    let report = w.run(&mapping, "in.xlsx", &Options { skip_errors: true, ..w.options() }).await.unwrap();
    assert_eq!((report.created.rows, codes(&report).as_str()), (1, "4:product-stock"), "0.3 pieces are none");
    assert_eq!(report.errors[0].value, "0.3");
    // What comes out is CSV, and goes in again with the same mapping.
    let corrected = w.text("errors.csv").replace("0.3", "3");
    w.file("again.csv", corrected);
    let report = w.run(&mapping, "again.csv", &w.options()).await.unwrap();
    assert_eq!(report.created.rows, 1, "{:?}", report.errors);
    let other = format!("{}[source]\nsheet = \"Prices\"\n", catalog());
    assert_eq!(code(w.run(&other, "in.xlsx", &w.options()).await), "file:import-sheet");
    // The name does not matter, and a cut file is told apart from a whole one.
    let bytes = std::fs::read(&path).unwrap();
    w.file("cut.xlsx", &bytes[..bytes.len() / 2]);
    assert_eq!(code(w.run(&mapping, "cut.xlsx", &w.options()).await), "file:import-not-xlsx");
    w.remove().await;
}

#[test]
fn whatever_the_bytes_nothing_panics() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let w = runtime.block_on(World::sqlite());
    let pieces = prop_oneof![
        Just(b"\"".to_vec()),
        Just(b",".to_vec()),
        Just(b"\n".to_vec()),
        Just(b"\r".to_vec()),
        Just(b"A".to_vec()),
        Just(b"1".to_vec()),
        Just(b"\x01end\x01".to_vec()),
        Just(b"PK\x03\x04".to_vec()),
        Just(vec![0x28, 0xB5, 0x2F, 0xFD]),
        proptest::collection::vec(any::<u8>(), 0..6),
    ];
    let bytes = proptest::collection::vec(pieces, 0..40).prop_map(|all| all.concat());
    let starts = prop_oneof![Just(&b"sku,name,category,stock\n"[..]), Just(&b""[..])];
    proptest!(ProptestConfig::with_cases(300), |(start in starts, bytes in bytes, skip in any::<bool>())| {
        w.file("in.csv", [start, &bytes].concat());
        let options = Options { skip_errors: skip, dry_run: true, batch: 3, ..w.options() };
        match runtime.block_on(w.run(&catalog(), "in.csv", &options)) {
            Ok(report) => prop_assert!(report.adds_up()),
            Err(failure) => prop_assert!(matches!(failure, kernel::Failure::Invalid(_)), "{failure:?}"),
        }
    });
    runtime.block_on(w.remove());
}
