//! Catalogue, companies, prices, orders.

use kernel::{Actor, Failure, Sku};

use super::{World, code, codes, columns};
use crate::imports::{Options, Report};

fn counts(report: &Report) -> [u64; 6] {
    assert!(report.adds_up());
    [
        report.rows,
        report.created.rows,
        report.updated.rows,
        report.unchanged.rows,
        report.failed.rows,
        report.held_back.rows,
    ]
}

const CATALOG: &str = "kind = \"catalog\"
[source]
delimiter = \";\"
decimal = \",\"
encoding = \"windows-1250\"
[columns]
sku = \"Nr\"
name = \"Nazwa\"
category = \"Grupa\"
gtin = \"EAN\"
unit = \"JM\"
pack = \"Opak\"
step = \"Opak\"
stock = \"Stan\"
cost = \"Koszt\"
[constants]
cost_currency = \"PLN\"
unit = \"piece\"
[transforms]
sku = [\"upper\", \"replace: :-\"]
[values.unit]
\"szt\" = \"piece\"
\"m\" = \"metre\"
[attributes]
thread = \"Gwint\"
[[skip]]
column = \"Nr\"
matches = [\"test*\"]
reason = \"for trying out\"
";

#[tokio::test]
async fn a_catalogue_as_a_warehouse_exports_it() {
    for w in World::both().await {
        let text = "Nr;Nazwa;Grupa;EAN;JM;Opak;Stan;Koszt;Gwint\n\
            din 933 m8;Śruba łeb sześciokątny;Złączne > Śruby;5901234123457;szt;50;1 200;0,1255;M8\n\
            kabel-1;Przewód;Kable;;m;100;12,5;3;\n\
            Test-1;x;y;;;;;;\n";
        let (bytes, _, _) = encoding_rs::WINDOWS_1250.encode(text);
        w.file("in.csv", &bytes);
        let report = w.run(CATALOG, "in.csv", &Options::default()).await.unwrap();
        assert_eq!(counts(&report), [3, 2, 0, 0, 0, 0], "{:?}", report.errors);
        assert_eq!(report.listed["for trying out"].rows, 1);
        assert_eq!(report.made["import-made-categories"], 3);
        assert_eq!(report.made["import-made-attributes"], 1);
        let tx = w.t.db.read().await.unwrap();
        let sku = Sku::parse("DIN-933-M8").unwrap();
        let bolt = catalog::products::queries::by_sku(&tx, &sku).await.unwrap().unwrap();
        assert_eq!(bolt.name.first(), "Śruba łeb sześciokątny");
        assert_eq!((bolt.packing.pack, bolt.packing.step, bolt.packing.minimum), (50_000, 50_000, 50_000));
        assert_eq!(bolt.stock.to_decimal(), "1200");
        assert_eq!(bolt.attributes.len(), 1);
        let facts = catalog::products::queries::seller_facts(&tx, bolt.id).await.unwrap();
        assert_eq!(facts.cost.unwrap().to_string(), "0.1255 PLN");
        let leaf = catalog::categories::queries::by_code(&tx, "zlaczne-sruby").await.unwrap().unwrap();
        assert_eq!((leaf.id, leaf.name.first()), (bolt.category, "Śruby"));
        drop(tx);

        // The same file again changes nothing; a file of stocks changes stocks and nothing else.
        let again = w.run(CATALOG, "in.csv", &Options::default()).await.unwrap();
        assert_eq!(counts(&again), [3, 0, 0, 2, 0, 0]);
        assert!(again.made.is_empty());
        let stocks = w.import(&columns("catalog", "sku stock"), "sku,stock\nDIN-933-M8,7\nkabel-1,12.5\n").await;
        assert_eq!(counts(&stocks), [2, 0, 1, 1, 0, 0], "{:?}", stocks.errors);
        let tx = w.t.db.read().await.unwrap();
        let now = catalog::products::queries::by_sku(&tx, &sku).await.unwrap().unwrap();
        assert_eq!(
            (now.stock.to_decimal(), now.name.clone(), now.attributes.clone()),
            ("7".into(), bolt.name, bolt.attributes)
        );
        drop(tx);
        w.remove().await;
    }
}

#[tokio::test]
async fn a_bad_row_stops_its_batch_and_can_be_corrected() {
    for w in World::both().await {
        let mapping = columns("catalog", "sku name category stock gtin");
        let text = "sku,name,category,stock,gtin\n\
            A,One,x,1,\n\
            B,,x,1,\n\
            C,Three,x,1.5,\n\
            D,Four,x,1,4006381333932\n\
            E,Five,x,1,\n";
        let mut options = w.options();
        options.batch = 4;
        w.file("in.csv", text);
        let report = w.run(&mapping, "in.csv", &options).await.unwrap();
        // The check digit shows when the cell is parsed, and then the batch is not even tried.
        assert_eq!(counts(&report), [5, 1, 0, 0, 1, 3]);
        assert_eq!(codes(&report), "5:gtin-check-digit");
        let errors = w.text("errors.csv");
        let lines: Vec<&str> = errors.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!(lines[0], "sku,name,category,stock,gtin,error");
        // In the order of the file, so that it reads as the file does.
        assert_eq!(lines[1], "A,One,x,1,,\"Not imported, because a row of the same batch has an error.\"", "{errors}");
        assert!(lines[4].starts_with("D,Four,x,1,4006381333932,gtin: The last digit"), "{errors}");
        assert_eq!(lines.len(), 5);

        // Fed again after a correction; what the actions find is found now.
        let corrected = errors.replace("4006381333932", "4006381333931");
        w.file("again.csv", corrected);
        options.skip_errors = true;
        let report = w.run(&mapping, "again.csv", &options).await.unwrap();
        assert_eq!(counts(&report), [4, 2, 0, 0, 2, 0]);
        let errors = w.text("errors.csv");
        assert!(errors.starts_with("\u{feff}sku,name,category,stock,gtin,error\n"), "no second column: {errors}");
        assert!(errors.contains("B,,x,1,,name: Fill in this field."), "{errors}");
        assert!(errors.contains("C,Three,x,1.5,,\"stock: The stock is"), "{errors}");
        w.remove().await;
    }
}

#[tokio::test]
async fn keys_that_only_the_database_knows_are_found() {
    for w in World::both().await {
        let mapping = columns("catalog", "sku name category gtin");
        w.import(&mapping, "sku,name,category,gtin\nOLD,Old,x,4006381333931\n").await;
        let text = "sku,name,category,gtin\nN1,a,x,\nN2,b,x,\nN3,c,x,4006381333931\nN4,d,x,\nN4,e,x,\n";
        let report = w.import(&mapping, text).await;
        assert_eq!(codes(&report), "6:import-twice");
        assert_eq!(counts(&report), [5, 0, 0, 0, 1, 4]);
        w.file("in.csv", text);
        let report = w.run(&mapping, "in.csv", &Options { skip_errors: true, ..w.options() }).await.unwrap();
        assert_eq!(codes(&report), "4:product-sku-or-gtin-taken 6:import-twice", "in the order of the file");
        assert_eq!(counts(&report), [5, 3, 0, 0, 2, 0]);
        w.remove().await;
    }
}

#[tokio::test]
async fn a_dry_run_says_the_same_and_leaves_nothing() {
    for w in World::both().await {
        let mapping = columns("catalog", "sku name category");
        w.file("in.csv", "sku,name,category\nA,One,x\nB,Two,x\n");
        let dry = Options { dry_run: true, batch: 1, ..w.options() };
        for _ in 0..2 {
            let report = w.run(&mapping, "in.csv", &dry).await.unwrap();
            assert_eq!(counts(&report), [2, 2, 0, 0, 0, 0]);
            assert_eq!(report.made["import-made-categories"], 1);
            assert!(report.is_dry_run);
        }
        let tx = w.t.db.read().await.unwrap();
        assert!(catalog::categories::queries::all(&tx).await.unwrap().is_empty());
        drop(tx);
        w.remove().await;
    }
}

#[tokio::test]
async fn companies_with_address_and_person() {
    for w in World::both().await {
        let mapping = columns(
            "companies",
            "number name country currency vat_id credit_limit street postal_code city person_name person_email",
        );
        let head =
            "number,name,country,currency,vat_id,credit_limit,street,postal_code,city,person_name,person_email\n";
        let good = format!(
            "{head}4711,Pomorska Sp. z o.o.,PL,PLN,PL 526-000-12-46,\"10,000.50\",Długa 1,80-001,Gdańsk,Jan,jan@p.example\n"
        );
        let report = w.import(&mapping, &good).await;
        assert_eq!(counts(&report), [1, 1, 0, 0, 0, 0], "{:?}", report.errors);
        assert_eq!((report.made["import-made-addresses"], report.made["import-made-people"]), (1, 1));
        let report = w.import(&mapping, &good.replace("Pomorska", "Nowa")).await;
        assert_eq!(counts(&report), [1, 0, 1, 0, 0, 0]);
        assert!(report.made.is_empty());
        let tx = w.t.db.read().await.unwrap();
        let company = parties::companies::queries::by_number(&tx, "4711").await.unwrap().unwrap();
        assert_eq!(
            (company.name.as_str(), company.credit_limit.to_string()),
            ("Nowa Sp. z o.o.", "10000.50 PLN".into())
        );
        let people = parties::people::queries::of_company(&tx, company.id).await.unwrap();
        assert_eq!(people[0].email.as_str(), "jan@p.example");
        drop(tx);

        let bad = format!(
            "{head}1,One,XXX,PLN,,,,,,,\n2,Two,PL,zloty,PL5260001247,-1,Street,,,,\n3,Three,PL,PLN,,,,,,Eve,jan@p.example\n4711,x,PL,EUR,,,,,,,\n"
        );
        w.file("in.csv", bad);
        let report = w.run(&mapping, "in.csv", &Options { skip_errors: true, ..w.options() }).await.unwrap();
        let found = codes(&report);
        for want in [
            "2:country",
            "3:import-currency",
            "3:vat-check-digit",
            "3:not-negative",
            "3:required",
            "5:currency-mismatch",
        ] {
            assert!(found.contains(want), "{want} in {found}");
        }
        assert!(!found.contains("4:"), "one address may act for several companies: {found}");
        assert_eq!(counts(&report), [4, 1, 0, 0, 3, 0]);
        w.remove().await;
    }
}

#[tokio::test]
async fn price_lists_of_every_scope() {
    for w in World::both().await {
        let w = w.stocked().await;
        let mapping = columns("prices", "list sku from price currency scope group company list_name");
        let head = "list,sku,from,price,currency,scope,group,company,list_name\n";
        let text = format!(
            "{head}GEN,BOLT,,0.0425,GBP,general,,,General\nGEN,BOLT,1000,0.04,GBP,general,,,General\n\
            GRP,BOLT,,0.041,GBP,group,silver,,Silver\nC1-2026,WIRE,0.5,1.20,GBP,contract,,C1,Contract 2026\n"
        );
        // Nobody can be in the group yet: it is refused, and does not come into being by a price list that names it.
        w.file("in.csv", text.clone());
        let tried = Options { dry_run: true, skip_errors: true, ..w.options() };
        let report = w.run(&mapping, "in.csv", &tried).await.unwrap();
        assert_eq!(codes(&report), "4:price-list-group");
        let silver = "number,name,country,currency,price_group\nC3,Three Ltd,GB,GBP,silver\n";
        let mapping_of_companies = columns("companies", "number name country currency price_group");
        w.file("silver.csv", silver);
        let refused = w.run(&mapping_of_companies, "silver.csv", &w.options()).await.unwrap();
        assert_eq!(codes(&refused), "2:import-unknown-word", "a slip in a group would be a group of its own");
        let new = Options { new_words: true, ..w.options() };
        let report = w.run(&mapping_of_companies, "silver.csv", &new).await.unwrap();
        assert_eq!(report.created.rows, 1, "{:?}", report.errors);
        let again = w.run(&mapping_of_companies, "silver.csv", &w.options()).await.unwrap();
        assert_eq!((again.unchanged.rows, again.failed.rows), (1, 0), "there is such a group now");
        let report = w.import(&mapping, &text).await;
        assert_eq!(counts(&report), [4, 4, 0, 0, 0, 0], "{:?}", report.errors);
        assert_eq!(report.made["import-made-lists"], 3);
        let report = w.import(&mapping, &text.replace("0.04,", "0.039,")).await;
        assert_eq!(counts(&report), [4, 0, 1, 3, 0, 0]);

        let bad = format!(
            "{head}GEN,NONE,,1,GBP,general,,,General\nGEN,BOLT,1.5,1,GBP,general,,,General\nGEN,BOLT,2,-1,GBP,general,,,General\n\
            GEN,BOLT,3,1,EUR,general,,,General\nNEW,BOLT,,1,GBP,company,,C9,New\nGRP,BOLT,,1,GBP,general,,,Silver\n\
            NEW2,BOLT,,\"1,2,3\",GBP,group,,,\nGEN,BOLT,1000000000000000000,1,GBP,general,,,General\n"
        );
        w.file("in.csv", bad);
        let report = w.run(&mapping, "in.csv", &Options { skip_errors: true, ..w.options() }).await.unwrap();
        let found = codes(&report);
        for want in [
            "2:import-unknown-sku",
            "3:quantity-whole",
            "4:price-negative",
            "6:import-unknown-company",
            "7:import-list-scope",
            "8:not-a-number",
            "8:required",
            "9:quantity-too-large",
        ] {
            assert!(found.contains(want), "{want} in {found}");
        }
        assert!(found.contains("5:currency-mismatch") || found.contains("5:import-list-differs"), "{found}");
        assert_eq!(counts(&report), [8, 0, 0, 0, 8, 0]);
        w.remove().await;
    }
}

#[tokio::test]
async fn orders_come_whole_or_not_at_all() {
    for w in World::both().await {
        let w = w.stocked().await;
        let mapping = columns("orders", "order_number company sku quantity price currency placed_at state");
        let head = "order_number,company,sku,quantity,price,currency,placed_at,state\n";
        let text = format!(
            "{head}A1,C1,BOLT,100,0.0425,GBP,2026-01-02,\nA1,C1,WIRE,2.5,1.20,GBP,2026-01-02,\nA2,C2,BOLT,1,1,EUR,2026-01-03,open\n"
        );
        let report = w.import(&mapping, &text).await;
        assert_eq!(counts(&report), [3, 3, 0, 0, 0, 0], "{:?}", report.errors);
        assert_eq!(report.made["import-made-orders"], 2);
        let report = w.import(&mapping, &text).await;
        assert_eq!(counts(&report), [3, 0, 0, 3, 0, 0]);

        let bad = format!(
            "{head}B1,C1,BOLT,1,1,GBP,2026-01-02,\nB1,C1,NONE,1,1,GBP,2026-01-02,\nB2,C1,BOLT,0,1,GBP,2026-01-02,\nB2,C1,BOLT,1,1,GBP,2026-01-02,\n\
            B3,C1,BOLT,1,1,EUR,2026-01-02,\nB4,C1,BOLT,1,1,GBP,2026-01-02,\nB4,C1,BOLT,2,1,GBP,2026-01-03,\nB5,C9,BOLT,1,1,GBP,yesterday,\n\
            B4,C1,BOLT,1,1,GBP,2026-01-02,\nB6,C1,BOLT,1000000000000000000,1,GBP,2026-01-02,\nB7,C1,BOLT,1,1,GBP,2026-01-02,\n"
        );
        w.file("in.csv", bad);
        let report = w.run(&mapping, "in.csv", &Options { skip_errors: true, ..w.options() }).await.unwrap();
        let found = codes(&report);
        for want in [
            "3:import-unknown-sku",
            "4:quantity-positive",
            "6:currency-mismatch",
            "8:import-order-differs",
            "9:import-date",
            "10:import-order-apart",
            "11:quantity-too-large",
        ] {
            assert!(found.contains(want), "{want} in {found}");
        }
        assert_eq!(counts(&report), [11, 1, 0, 0, 10, 0]);
        assert!(w.text("errors.csv").contains("B2,C1,BOLT,1,1,GBP,2026-01-02,,Another row of the same order"));
        w.remove().await;
    }
}

#[tokio::test]
async fn only_the_system_imports() {
    let w = World::sqlite().await;
    w.file("in.csv", "sku\nA\n");
    let mapping = crate::imports::Mapping::parse(&columns("catalog", "sku")).unwrap();
    let guest = w.ctx.acting_as(Actor::guest(kernel::Via::Api));
    let path = w.folder.join("in.csv");
    let import = |ctx, kind| {
        let (db, mapping, path) = (w.t.db.clone(), mapping.clone(), path.clone());
        async move {
            crate::imports::run(&db, &ctx, kind, &path, &mapping, &Options::default(), &crate::imports::NoProgress)
                .await
        }
    };
    let refused = import(guest, crate::imports::Kind::Catalog).await;
    assert!(matches!(refused, Err(Failure::Refused(refused)) if refused.code == "not-allowed"));
    assert_eq!(code(import(w.ctx.clone(), crate::imports::Kind::Prices).await), "mapping:import-mapping-other");
    w.remove().await;
}
