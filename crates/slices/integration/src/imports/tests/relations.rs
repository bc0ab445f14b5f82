//! Relations of products.

use catalog::relations::{Relation, RelationKind, queries};
use kernel::{ProductId, Rate, Sku};

use super::{World, codes, columns};
use crate::imports::{Mapping, NoProgress, Options, run};

const HEAD: &str = "sku,related_sku,kind,lasts\n";

async fn id(w: &World, sku: &str) -> ProductId {
    let tx = w.t.db.read().await.unwrap();
    catalog::products::queries::by_sku(&tx, &Sku::parse(sku).unwrap()).await.unwrap().unwrap().id
}

async fn of(w: &World, sku: &str) -> Vec<Relation> {
    let id = id(w, sku).await;
    queries::of(&w.t.db.read().await.unwrap(), &[id]).await.unwrap().remove(&id).unwrap_or_default()
}

fn mapping() -> String {
    columns("relations", "sku related_sku kind lasts")
}

async fn goods(w: World) -> World {
    let products =
        "sku,name,category,unit\nBRASS,Brass,Valves,piece\nSTEEL,Steel,Valves,piece\nGASKET,Gasket,Valves,piece\n";
    let report = w.import(&columns("catalog", "sku name category unit"), products).await;
    assert_eq!(report.created.rows, 3);
    w
}

#[tokio::test]
async fn relations_are_added_changed_and_left_as_they_are() {
    for w in World::both().await {
        let w = goods(w).await;
        let (steel, gasket) = (id(&w, "STEEL").await, id(&w, "GASKET").await);
        let text = format!("{HEAD}BRASS,STEEL,lasts_longer,2.5\nBRASS,GASKET,goes_with,\nSTEEL,BRASS,cheaper,1\n");
        let report = w.import(&mapping(), &text).await;
        assert_eq!((report.created.rows, report.failed.rows), (3, 0), "{:?}", report.errors);
        let longer = Relation { other: steel, kind: RelationKind::LastsLonger, lasts: Rate::from_ppm(2_500_000) };
        let with = Relation { other: gasket, kind: RelationKind::GoesWith, lasts: Rate::ONE };
        assert_eq!(of(&w, "BRASS").await, [longer, with], "in the order of the rows");

        let again = w.import(&mapping(), &text).await;
        assert_eq!((again.created.rows, again.unchanged.rows), (0, 3));
        // What the file does not name stays; what it names otherwise keeps its place.
        let report = w.import(&mapping(), &format!("{HEAD}BRASS,STEEL,goes_with,\n")).await;
        assert_eq!((report.updated.rows, report.created.rows), (1, 0));
        let plain = Relation { other: steel, kind: RelationKind::GoesWith, lasts: Rate::ONE };
        assert_eq!(of(&w, "BRASS").await, [plain, with]);
        w.remove().await;
    }
}

#[tokio::test]
async fn our_own_columns_need_no_mapping_and_a_dry_run_writes_nothing() {
    let w = goods(World::sqlite().await).await;
    let file = w.file("in.csv", "sku,related_sku,kind\nBRASS,GASKET,GOES_WITH\n");
    let own = Mapping::template("relations").unwrap();
    let dry = Options { dry_run: true, ..w.options() };
    let report = run(&w.t.db, &w.ctx, own.kind(), &file, &own, &dry, &NoProgress).await.unwrap();
    assert_eq!(report.created.rows, 1);
    assert!(of(&w, "BRASS").await.is_empty());
    w.remove().await;
}

#[tokio::test]
async fn every_bad_row_is_told_with_its_column() {
    for w in World::both().await {
        let w = goods(w).await;
        let bad = format!(
            "{HEAD}NONE,STEEL,cheaper,\nBRASS,NONE,cheaper,\nBRASS,BRASS,cheaper,\nBRASS,STEEL,better,\n\
            BRASS,STEEL,lasts_longer,\nBRASS,STEEL,lasts_longer,1\nBRASS,STEEL,cheaper,2\nBRASS,STEEL,lasts_longer,100.5\n\
            BRASS,STEEL,lasts_longer,much\n,STEEL,cheaper,\nBRASS,STEEL,cheaper,\nBRASS,STEEL,goes_with,\n"
        );
        w.file("in.csv", bad);
        let report = w.run(&mapping(), "in.csv", &Options { skip_errors: true, ..w.options() }).await.unwrap();
        let found = codes(&report);
        for want in [
            "2:import-unknown-sku",
            "3:import-unknown-sku",
            "4:import-relation-itself",
            "5:choice",
            "6:relation-lasts",
            "7:relation-lasts",
            "8:relation-lasts",
            "9:relation-lasts",
            "10:not-a-number",
            "11:required",
            "13:import-twice",
        ] {
            assert!(found.contains(want), "{want} in {found}");
        }
        let column = |row: u64| report.errors.iter().find(|error| error.row == row).map(|e| e.error.field.clone());
        assert_eq!((column(2), column(3)), (Some("sku".into()), Some("related_sku".into())));
        assert_eq!((report.created.rows, report.failed.rows), (1, 11), "{found}");
        w.remove().await;
    }
}

#[tokio::test]
async fn one_product_has_not_more_relations_than_may_be() {
    let w = goods(World::sqlite().await).await;
    let many: String = (0..=50).map(|n| format!("P{n},P,Valves,piece\n")).collect();
    w.import(&columns("catalog", "sku name category unit"), &format!("sku,name,category,unit\n{many}")).await;
    let rows: String = (0..=50).map(|n| format!("BRASS,P{n},cheaper,\n")).collect();
    w.file("in.csv", format!("{HEAD}{rows}"));
    let report = w.run(&mapping(), "in.csv", &Options { skip_errors: true, ..w.options() }).await.unwrap();
    assert_eq!(codes(&report), "52:import-relations-many");
    assert_eq!((report.created.rows, of(&w, "BRASS").await.len()), (50, 50));
    w.remove().await;
}
