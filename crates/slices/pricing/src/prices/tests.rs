//! Prices by company, in the database and in the book: the two never differ.

use db::testing::TestDb;
use kernel::{Currency, Date};

use super::queries;
use crate::lists::{ListScope, NewList};
use crate::world::{World, migrations, new_list, tier, today};
use crate::{PriceBook, PriceBuyer};

async fn fill(world: &World) {
    let day = Date::parse;
    world
        .list(new_list("base", ListScope::General), &[(0, tier(1, "120")), (0, tier(500, "118")), (1, tier(1, "5"))])
        .await;
    let old = NewList { valid_until: day("2026-12-31"), ..new_list("base-2026", ListScope::General) };
    world.list(old, &[(0, tier(1, "1"))]).await;
    world.list(new_list("group-a", ListScope::Group("a".into())), &[(0, tier(1, "119"))]).await;
    world.list(new_list("own", ListScope::Company(world.other)), &[(0, tier(1, "117"))]).await;
    let contract = ListScope::Contract { company: world.other, reference: String::new() };
    world.list(new_list("contract", contract), &[(0, tier(100, "90")), (2, tier(1, "3"))]).await;
    let zloty = NewList { currency: Currency::Pln, ..new_list("zl", ListScope::General) };
    world.list(zloty, &[]).await;
}

#[tokio::test]
async fn the_book_and_the_database_agree() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test, 4).await;
        fill(&world).await;
        let book = PriceBook::load(&world.db).await.unwrap();
        assert_eq!(book.size(), (6, 8));
        let buyer = |company, group: Option<&str>| PriceBuyer {
            company,
            price_group: group.map(str::to_owned),
            currency: Currency::Eur,
        };
        let guest = PriceBuyer::guest(Currency::Eur);
        let (first, second) = (buyer(Some(world.company), Some("a")), buyer(Some(world.other), None));
        let tx = world.db.read().await.unwrap();
        let mut said = Vec::new();
        for buyer in [&guest, &first, &second, &PriceBuyer::guest(Currency::Pln)] {
            let ladders = queries::ladders(&tx, buyer, &world.products, today()).await.unwrap();
            for product in &world.products {
                assert_eq!(book.resolve(buyer, *product, today()).as_ref(), ladders.get(product));
            }
            let at = |place: usize| ladders.get(&world.products[place]);
            let lists: Vec<&str> = (0..4).map(|p| at(p).map_or("-", |r| r.ladder.list.code.as_str())).collect();
            said.push(lists.join(" "));
        }
        assert_eq!(said, ["base base - -", "group-a base - -", "own base contract -", "- - - -"]);
        let one = queries::ladder(&tx, &second, world.products[0], today()).await.unwrap().unwrap();
        let why: Vec<_> =
            one.explanation.entries.iter().map(|e| format!("{}={}", e.list.code, e.verdict.code())).collect();
        assert_eq!(why.len(), 4);
        assert!(why.contains(&"base-2026=no-longer-valid".to_owned()), "{why:?}");
        assert_eq!(one.ladder.list.name("pl"), "Cennik own");
        drop(tx);
        test.remove().await;
    }
}

#[tokio::test]
async fn nothing_is_asked_for_nothing() {
    let test = TestDb::sqlite(&migrations()).await;
    let tx = test.db.read().await.unwrap();
    assert!(queries::ladders(&tx, &PriceBuyer::guest(Currency::Eur), &[], today()).await.unwrap().is_empty());
    drop(tx);
    test.remove().await;
}

#[tokio::test]
async fn fault_m5_a_buyers_tax_asks_for_a_confirmed_id() {
    use kernel::{Country, VatId};
    use parties::vat::{self, Confirmation};
    use pricing_engine::tax::Journey;
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test, 1).await;
        let (db, ctx, id) = (&world.db, &world.ctx, world.company);
        let set = |text: &'static str, country: &'static str| async move {
            let company = parties::companies::queries::company(&db.read().await.unwrap(), id).await.unwrap().unwrap();
            let change = &parties::companies::actions::CompanyChange {
                version: company.version,
                name: company.name,
                vat_id: Some(VatId::parse(text).unwrap()),
                country: Country::parse(country).unwrap(),
                segment: company.segment,
                price_group: company.price_group,
                payment_days: company.payment_days,
                credit_limit_minor: company.credit_limit.minor(),
                rep: None,
                is_negotiation_blocked: false,
            };
            let update = |tx| async move { parties::companies::actions::update(&tx, ctx, id, change).await };
            db.write(update).await.unwrap();
        };
        let confirm = |text: &'static str| {
            let new = Confirmation { vat_id: VatId::parse(text).unwrap(), on: today(), reference: String::new() };
            db.write(move |tx| {
                let new = new.clone();
                async move { vat::confirm(&tx, ctx, id, &new).await }
            })
        };
        // A buyer is remembered, so each look has its own memory.
        let reason = |to: &'static str| async move {
            let settings = web::Settings { country: "PL".into(), vat_percent: "23".into(), ..web::Settings::default() };
            let buyer = crate::Buyers::new(&settings).unwrap().get(db, id).await.unwrap();
            let ruling = buyer.tax_to(&Journey::to(&Country::parse(to).unwrap()));
            format!("{} {}", ruling.rule.rate.to_percent(), ruling.reason.code())
        };
        set("DE136695976", "DE").await;
        assert_eq!(reason("DE").await, "23 vat-id-unconfirmed");
        confirm("DE136695976").await.unwrap();
        assert_eq!(reason("DE").await, "0 within-union");
        assert_eq!(reason("PL").await, "23 home", "its site in Poland");
        assert_eq!(reason("NO").await, "0 export");
        set("PL5260001246", "PL").await;
        confirm("PL5260001246").await.unwrap();
        assert_eq!(reason("DE").await, "23 vat-id-elsewhere");
        test.remove().await;
    }
}
