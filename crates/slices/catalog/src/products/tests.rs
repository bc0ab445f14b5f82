//! Products: the rules as tables, the store on both engines, the catalogue in memory.

use db::Db;
use db::events::Bus;
use db::testing::TestDb;
use i18n::Language;
use kernel::{
    Actor, CategoryId, Ctx, Currency, Date, Failure, Gtin, Ids, Instant, Packing, Quantity, Role, Sku, Unit, UnitPrice,
    Via,
};

use super::*;
use crate::attributes::{self, Attribute, AttributeKey, Kind, Value};
use crate::categories::{self, NewCategory};
use crate::{Catalog, Texts};

fn ctx() -> Ctx {
    Ctx::system(Instant::from_micros(1_800_000_000_000_000), Ids::seeded(7))
}

fn sku(text: &str) -> Sku {
    Sku::parse(text).unwrap()
}

fn bolt(category: CategoryId, name: &str) -> NewProduct {
    let drawing = r#"{"shape":"carton","label":"M8"}"#;
    NewProduct {
        gtin: Some(Gtin::parse("4006381333931").unwrap()),
        name: Texts::new("Hexagon screw").with(Language::Pl, "Śruba sześciokątna"),
        description: Texts::new("Full thread.").with(Language::Pl, "Pełny gwint."),
        attributes: vec![
            Attribute::new("thread", Value::Text(Texts::new("M8"))),
            Attribute::new("length", Value::Number(40_000)),
            Attribute::new("coated", Value::Flag(true)),
        ],
        packing: Packing { unit: Unit::Piece, pack: 50_000, packs_per_pallet: 40, minimum: 100_000, step: 50_000 },
        stock: Quantity::whole(1_200, Unit::Piece),
        lead_days: 5,
        drawing: Some(drawing.into()),
        media: vec![Media { kind: MediaKind::Document, title: "Data sheet".into(), url: "https://x.example/a".into() }],
        seller: SellerFacts {
            class: "A".into(),
            cost: Some(UnitPrice::new(42_500, Currency::Eur)),
            is_cost_estimated: true,
            stock_since: Date::new(2026, 3, 14),
        },
        ..NewProduct::simple(sku(name), category, Texts::default())
    }
}

async fn tree(db: &Db, ctx: &Ctx) -> Vec<CategoryId> {
    let category = |code: &str, parent: Option<&str>| NewCategory {
        parent: parent.map(str::to_owned),
        code: code.into(),
        position: 0,
        icon: "bolt".into(),
        name: Texts::new(code).with(Language::Pl, format!("{code} po polsku")),
        description: Texts::default(),
    };
    let all =
        &[category("fasteners", None), category("screws", Some("fasteners")), category("nuts", Some("fasteners"))];
    let key = |key: &str, kind| AttributeKey {
        key: key.into(),
        name: Texts::new(key),
        unit: if kind == Kind::Number { "mm".into() } else { String::new() },
        kind,
        is_filter: true,
        position: 0,
    };
    let keys = &[key("thread", Kind::Text), key("length", Kind::Number), key("coated", Kind::Flag)];
    db.write(|tx| async move {
        attributes::put_many(&tx, ctx, keys).await?;
        categories::actions::put_many(&tx, ctx, all).await
    })
    .await
    .unwrap()
}

fn codes(failure: Failure) -> String {
    match failure {
        Failure::Invalid(invalid) => {
            invalid.fields.iter().map(|e| format!("{}:{}", e.field, e.code)).collect::<Vec<_>>().join(" ")
        }
        Failure::Refused(refused) => refused.code.into(),
        other => other.to_string(),
    }
}

#[test]
fn what_makes_a_product_invalid() {
    let category = CategoryId::new(&ctx());
    type Change = fn(&mut NewProduct);
    let table: &[(&str, Change)] = &[
        ("", |_| {}),
        ("name:required", |p| p.name = Texts::new("  ")),
        ("name:product-name-long", |p| p.name = Texts::new("x".repeat(201))),
        ("description:product-description-long", |p| p.description = Texts::new("x".repeat(5_001))),
        ("pack:product-pack", |p| p.packing.pack = 0),
        ("pack:product-pack", |p| p.packing.pack = 1_500),
        ("packs_per_pallet:product-pallet", |p| p.packing.packs_per_pallet = -1),
        ("step:product-step", |p| p.packing.step = 0),
        ("minimum:product-minimum", |p| p.packing.minimum = 75_000),
        ("minimum:product-minimum", |p| p.packing.minimum = i64::MAX),
        ("stock:product-stock", |p| p.stock = Quantity::new(-1_000, Unit::Piece)),
        ("stock:product-stock", |p| p.stock = Quantity::whole(1, Unit::Metre)),
        ("stock:product-stock", |p| p.stock = Quantity::new(500, Unit::Piece)),
        ("lead_days:product-lead-days", |p| p.lead_days = 731),
        ("weight_grams:product-weight", |p| p.weight_grams = -1),
        ("customs_code:product-customs-code", |p| p.customs_code = "73181588a".into()),
        ("class:product-class", |p| p.seller.class = "A B".into()),
        ("cost:product-cost", |p| p.seller.cost = Some(UnitPrice::new(-1, Currency::Eur))),
        ("media:product-media-url", |p| p.media[0].url = "javascript:alert(1)".into()),
        ("media:product-media-url", |p| p.media[0].url = "//evil.example".into()),
        ("media:product-media-url", |p| p.media[0].url = "https://x.example/a b".into()),
        ("name:required class:product-class", |p| {
            p.name = Texts::default();
            p.seller.class = String::new();
        }),
    ];
    for (want, change) in table {
        let mut product = bolt(category, "A");
        change(&mut product);
        assert_eq!(rules::check(&product).map_or_else(codes, |()| String::new()), *want);
    }
}

#[test]
fn how_soon_a_quantity_can_leave() {
    let category = CategoryId::new(&ctx());
    let of = |stock: i64, order_type: OrderType, wanted: i64| {
        let new = bolt(category, "A");
        let product = Product {
            id: kernel::ProductId::new(&ctx()),
            sku: new.sku.clone(),
            gtin: None,
            mpn: None,
            category,
            name: new.name.clone(),
            description: Texts::default(),
            attributes: Vec::new(),
            packing: new.packing,
            order_type,
            stock: Quantity::whole(stock, Unit::Piece),
            lead_days: 5,
            weight_grams: 0,
            origin: None,
            customs_code: "".into(),
            drawing: None,
            media: Vec::new(),
            is_active: true,
            version: 1,
        };
        product.availability(wanted * 1_000)
    };
    assert_eq!(of(100, OrderType::Stock, 100), Availability::InStock);
    assert_eq!(of(99, OrderType::Stock, 100), Availability::Partly);
    assert_eq!(of(0, OrderType::Stock, 100), Availability::Later);
    assert_eq!(of(500, OrderType::Mto, 100), Availability::Made);
}

#[tokio::test]
async fn products_on_both_engines() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let ctx = &ctx();
        let categories = &tree(&t.db, ctx).await;
        let new = &bolt(categories[1], "DIN933-M8X40");
        let id = t.db.write(|tx| async move { actions::create(&tx, ctx, new).await }).await.unwrap();

        let tx = t.db.read().await.unwrap();
        let product = queries::by_sku(&tx, &new.sku).await.unwrap().unwrap();
        assert_eq!(product.id, id);
        let facts = queries::seller_facts(&tx, id).await.unwrap();
        assert_eq!(NewProduct::of(&product, facts.clone()), *new, "what is read is what was written");
        assert_eq!(queries::seller_facts_many(&tx, &[id]).await.unwrap()[&id], facts);
        assert!(matches!(queries::seller_facts(&tx, kernel::ProductId::new(ctx)).await, Err(Failure::NotFound)));
        drop(tx);

        let again = t.db.write(|tx| async move { actions::create(&tx, ctx, new).await }).await;
        assert_eq!(again.map_or_else(codes, |_| String::new()), "sku:product-sku-taken gtin:product-gtin-taken");

        let changed = &NewProduct { lead_days: 9, name: Texts::new("Bolt"), media: Vec::new(), ..new.clone() };
        let update =
            |version| t.db.write(move |tx| async move { actions::update(&tx, ctx, id, version, changed).await });
        update(Some(1)).await.unwrap();
        assert_eq!(update(Some(1)).await.map_or_else(codes, |()| String::new()), "product-changed");
        update(None).await.unwrap();
        let moved = &NewProduct { sku: sku("OTHER"), ..new.clone() };
        let moved = t.db.write(|tx| async move { actions::update(&tx, ctx, id, None, moved).await }).await;
        assert_eq!(moved.map_or_else(codes, |()| String::new()), "sku:product-sku-fixed");

        let stock = Quantity::whole(7, Unit::Piece);
        t.db.write(|tx| async move { actions::set_stock(&tx, ctx, id, stock).await }).await.unwrap();
        let tx = t.db.read().await.unwrap();
        let product = queries::product(&tx, id).await.unwrap().unwrap();
        assert_eq!((product.stock, product.lead_days, product.version), (stock, 9, 4));
        assert_eq!((product.name.get(Language::Pl), product.media.len()), ("Bolt", 0));
        drop(tx);
        t.remove().await;
    }
}

#[tokio::test]
async fn only_catalogue_managers_write() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let system = &ctx();
        let categories = &tree(&t.db, system).await;
        for role in
            [None, Some(Role::Buyer), Some(Role::CompanyAdmin), Some(Role::SalesRep), Some(Role::PricingManager)]
        {
            let ctx = &system.acting_as(Actor { roles: role.into_iter().collect(), ..Actor::guest(Via::Page) });
            let new = &bolt(categories[1], "X");
            let refused = t.db.write(|tx| async move { actions::create(&tx, ctx, new).await }).await;
            assert_eq!(refused.map_or_else(codes, |_| String::new()), "not-allowed", "{role:?}");
        }
        assert!(Catalog::load(&t.db).await.unwrap().count() == 0);
        t.remove().await;
    }
}

#[tokio::test]
async fn many_products_and_the_office_list() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let ctx = &ctx();
        let categories = &tree(&t.db, ctx).await;
        let many: Vec<NewProduct> = (0..1_200_i64)
            .map(|n| NewProduct {
                stock: Quantity::whole(n % 10, Unit::Piece),
                ..NewProduct::simple(sku(&format!("P-{n}")), categories[usize::from(n % 2 == 0) + 1], "Thing".into())
            })
            .collect();
        let many = &many;
        let ids = t.db.write(|tx| async move { actions::create_many(&tx, ctx, many).await }).await.unwrap();
        let again = &[
            NewProduct { lead_days: 3, ..many[5].clone() },
            NewProduct { lead_days: 1, ..NewProduct::simple(sku("NEW"), categories[1], "Thing".into()) },
            NewProduct { lead_days: 2, ..NewProduct::simple(sku("NEW"), categories[1], "Thing".into()) },
        ];
        let upserted = t.db.write(|tx| async move { actions::upsert_many(&tx, ctx, again).await }).await.unwrap();
        assert_eq!((upserted[0], upserted[1]), (ids[5], upserted[2]));

        let tx = t.db.read().await.unwrap();
        let pager = web::Pager { page: 1, per_page: 3, total: 0 };
        let filter = ProductFilter {
            is_out: true,
            categories: Some(vec![categories[2]]),
            sort: ProductSort::Sku,
            descending: true,
            ..ProductFilter::default()
        };
        let (rows, total) = queries::list(&tx, &filter, pager).await.unwrap();
        assert_eq!((rows[0].sku.as_str(), rows.len(), total), ("P-990", 3, 120));
        for (_, sort) in ProductSort::ALL {
            for descending in [false, true] {
                let filter = ProductFilter { sort, descending, ..ProductFilter::default() };
                assert_eq!(queries::list(&tx, &filter, pager).await.unwrap().1, 1_201);
            }
        }
        let nothing = ProductFilter { ids: Some(Vec::new()), ..ProductFilter::default() };
        assert_eq!(queries::list(&tx, &nothing, pager).await.unwrap().1, 0);
        drop(tx);
        t.remove().await;
    }
}

#[tokio::test]
async fn the_catalogue_in_memory_follows() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let ctx = &ctx();
        let categories = &tree(&t.db, ctx).await;
        let bus = Bus::start(t.db.clone()).await.unwrap();
        let catalog = Catalog::load(&t.db).await.unwrap();
        catalog.follow(&t.db, &bus);
        let new = &[
            bolt(categories[1], "DIN933-M10X40"),
            NewProduct { gtin: None, ..bolt(categories[1], "DIN933-M8X100") },
            NewProduct { gtin: None, ..bolt(categories[2], "DIN934-M8") },
        ];
        t.db.write(|tx| async move { actions::create_many(&tx, ctx, new).await }).await.unwrap();
        wait(|| catalog.count() == 3).await;
        let skus = |id| catalog.in_category(id).iter().map(|p| p.sku.to_string()).collect::<Vec<_>>();
        assert_eq!(skus(categories[0]), ["DIN934-M8", "DIN933-M8X100", "DIN933-M10X40"], "the tree's order, then SKU");
        assert_eq!(catalog.count_in(categories[1]), 2);
        let product = catalog.by_sku("din933-m8x100").unwrap();
        assert_eq!(product.name.get(Language::Pl), "Śruba sześciokątna");
        assert!(std::sync::Arc::ptr_eq(&product.attributes[0], &catalog.by_sku("DIN934-M8").unwrap().attributes[0]));
        let path: Vec<String> = catalog.path(categories[1]).iter().map(|c| c.code.clone()).collect();
        assert_eq!(path, ["fasteners", "screws"]);

        let find = |query: &str| catalog.search(query, Language::En, 10, 0).products.len();
        wait(|| find("hexagon") == 3).await;
        assert_eq!((find("DIN933-M8X100"), find("zzzzzz"), find("")), (1, 0, 0));
        assert_eq!(catalog.suggest("din934", 5).len(), 1);

        let (id, retired) = (product.id, &NewProduct { is_active: false, ..new[1].clone() });
        t.db.write(|tx| async move { actions::update(&tx, ctx, id, None, retired).await }).await.unwrap();
        wait(|| catalog.count_in(categories[1]) == 1).await;
        assert!(!catalog.by_sku("DIN933-M8X100").unwrap().is_active, "a retired product still has its page");
        wait(|| find("hexagon") == 2).await;
        t.remove().await;
    }
}

/// The event log is read in the background; it must have caught up within a second or so.
async fn wait(done: impl Fn() -> bool) {
    for _ in 0..200 {
        if done() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    assert!(done(), "the catalogue did not follow");
}
