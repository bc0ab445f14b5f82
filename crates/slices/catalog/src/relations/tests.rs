//! Relations on both engines: set, read, refused.

use db::testing::TestDb;
use kernel::{Ctx, Failure, Ids, Instant, ProductId, Rate, Sku};

use super::{Relation, RelationKind, actions, queries};
use crate::Texts;
use crate::categories::{self, NewCategory};
use crate::products::{self, NewProduct};

fn ctx() -> Ctx {
    Ctx::system(Instant::from_micros(1_800_000_000_000_000), Ids::seeded(7))
}

async fn goods(db: &db::Db, ctx: &Ctx) -> Vec<ProductId> {
    let category = &[NewCategory {
        parent: None,
        code: "valves".into(),
        position: 0,
        icon: "valve".into(),
        name: Texts::new("Valves"),
        description: Texts::default(),
    }];
    db.write(|tx| async move {
        let category = categories::actions::put_many(&tx, ctx, category).await?[0];
        let named = |sku: &str| NewProduct::simple(Sku::parse(sku).unwrap(), category, Texts::new(sku));
        products::actions::create_many(&tx, ctx, &["BRASS", "STEEL", "GASKET"].map(named)).await
    })
    .await
    .unwrap()
}

fn relation(other: ProductId, kind: RelationKind, lasts: i64) -> Relation {
    Relation { other, kind, lasts: Rate::from_ppm(lasts) }
}

#[tokio::test]
async fn relations_are_set_and_read_in_their_order() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let ctx = &ctx();
        let [brass, steel, gasket] = goods(&t.db, ctx).await[..] else { panic!("three") };
        let wanted = &[
            relation(steel, RelationKind::LastsLonger, 2_500_000),
            relation(gasket, RelationKind::GoesWith, 1_000_000),
        ];
        t.db.write(|tx| async move { actions::set(&tx, ctx, brass, wanted).await }).await.unwrap();
        let found = queries::of(&t.db.read().await.unwrap(), &[brass, steel]).await.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[&brass], wanted);
        let none = &[];
        t.db.write(|tx| async move { actions::set(&tx, ctx, brass, none).await }).await.unwrap();
        assert!(queries::of(&t.db.read().await.unwrap(), &[brass]).await.unwrap().is_empty());
        t.remove().await;
    }
}

#[tokio::test]
async fn what_cannot_be_related_is_named() {
    let t = TestDb::sqlite(crate::MIGRATIONS).await;
    let ctx = &ctx();
    let [brass, steel, _] = goods(&t.db, ctx).await[..] else { panic!("three") };
    let unknown = ProductId::new(ctx);
    let cases = [
        (vec![relation(brass, RelationKind::Cheaper, 1_000_000)], "relations[0].product product-unknown"),
        (vec![relation(unknown, RelationKind::Cheaper, 1_000_000)], "relations[0].product product-unknown"),
        (vec![relation(steel, RelationKind::Cheaper, 2_000_000)], "relations[0].lasts relation-lasts"),
        (vec![relation(steel, RelationKind::LastsLonger, 1_000_000)], "relations[0].lasts relation-lasts"),
        (vec![relation(steel, RelationKind::GoesWith, 1_000_000); 2], "relations[1].product product-twice"),
    ];
    for (relations, want) in cases {
        let relations = &relations;
        let failed = t.db.write(|tx| async move { actions::set(&tx, ctx, brass, relations).await }).await;
        let Err(Failure::Invalid(invalid)) = failed else { panic!("{want}") };
        let has: Vec<String> = invalid.fields.iter().map(|e| format!("{} {}", e.field, e.code)).collect();
        assert_eq!(has.join(", "), want);
    }
    let none = &[];
    let missing = t.db.write(|tx| async move { actions::set(&tx, ctx, unknown, none).await }).await;
    assert!(matches!(missing, Err(Failure::NotFound)));
    t.remove().await;
}
