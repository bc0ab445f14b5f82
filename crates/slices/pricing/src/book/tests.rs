//! The book follows the event log, and is quick.

use std::time::Duration;

use db::events::Bus;
use db::testing::TestDb;
use kernel::{Currency, UnitPrice};

use super::*;
use crate::lists::{ListPrice, ListScope, Written, actions};
use crate::world::{World, migrations, new_list, tier, today};

/// Waits until `done`, at most a second: what the book promises.
async fn within_a_second(mut done: impl FnMut() -> bool) -> bool {
    for _ in 0..100 {
        if done() {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    done()
}

#[tokio::test]
async fn a_changed_price_is_in_the_book_within_a_second() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test, 2).await;
        let (db, ctx, product) = (&world.db, &world.ctx, world.products[0]);
        let bus = Bus::start(db.clone()).await.unwrap();
        let book = PriceBook::start(db.clone(), &bus).await.unwrap();
        let guest = PriceBuyer::guest(Currency::Eur);
        let price = || book.resolve(&guest, product, today()).map(|r| r.ladder.tiers[0].price.to_decimal());
        assert_eq!(price(), None);

        let id = world.list(new_list("base", ListScope::General), &[(0, tier(1, "120"))]).await;
        assert!(within_a_second(|| price().as_deref() == Some("120.00")).await);
        assert_eq!(book.list(id).unwrap().code, "base");

        let write = async |price: Option<UnitPrice>| {
            let written = &[Written { product, from: tier(1, "1").from, price }];
            db.write(|tx| async move { actions::write(&tx, ctx, id, written).await }).await.unwrap();
        };
        write(Some(UnitPrice::new(110_000_000, Currency::Eur))).await;
        assert!(within_a_second(|| price().as_deref() == Some("110.00")).await);

        write(None).await;
        assert!(within_a_second(|| price().is_none()).await);
        test.remove().await;
    }
}

#[tokio::test]
async fn a_list_longer_than_one_reading_is_read_whole() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test, 2_600).await;
    let steps = |at: usize| [(at, tier(1, "3")), (at, tier(10, "2"))];
    let prices: Vec<_> = (0..2_600).flat_map(steps).collect();
    world.list(new_list("base", ListScope::General), &prices).await;
    let book = PriceBook::load(&world.db).await.unwrap();
    assert_eq!(book.size(), (1, 5_200));
    let guest = PriceBuyer::guest(Currency::Eur);
    assert!(
        world.products.iter().all(|p| book.resolve(&guest, *p, today()).is_some_and(|r| r.ladder.tiers.len() == 2))
    );
    test.remove().await;
}

/// Thirty million steps in three thousand lists. Prints nanoseconds per price and bytes per step:
/// `cargo nextest run --release -p pricing --run-ignored only --no-capture speed`.
#[test]
#[ignore = "needs a gigabyte and a release build; run by hand"]
fn speed_of_thirty_million_steps() {
    const PRODUCTS: usize = 43_000;
    let ctx = kernel::Ctx::system(crate::world::NOW, kernel::Ids::seeded(1));
    let products: Vec<ProductId> = (0..PRODUCTS).map(|_| ProductId::new(&ctx)).collect();
    let companies: Vec<kernel::CompanyId> = (0..3_000).map(|_| kernel::CompanyId::new(&ctx)).collect();
    let mut index = Index::default();
    let mut add = |scope: ListScope, every: usize, first: usize| {
        let id = PriceListId::new(&ctx);
        let new = new_list("x", scope);
        let list = lists::PriceList {
            id,
            code: new.code,
            name: new.name,
            scope: new.scope.clone(),
            currency: new.currency,
            valid_from: None,
            valid_until: None,
            version: 1,
        };
        let mut reading = Reading::new(&list);
        for product in products.iter().skip(first).step_by(every) {
            let number = index.number_for(*product);
            for tier in [tier(1, "10"), tier(100, "9")] {
                reading.add(number, &ListPrice { product: *product, tier });
            }
        }
        index.put(new.scope, reading.finish());
    };
    add(ListScope::General, 1, 0);
    add(ListScope::Group("a".into()), 2, 0);
    for (place, company) in companies.iter().enumerate() {
        add(ListScope::Company(*company), 9, place % 9);
    }
    let steps = index.size().1;
    let book = PriceBook(Arc::new(RwLock::new(Arc::new(index))));
    let buyer = |place: usize| PriceBuyer {
        company: Some(companies[place % companies.len()]),
        price_group: Some("a".into()),
        currency: Currency::Eur,
    };
    let buyers: Vec<PriceBuyer> = (0..997).map(buyer).collect();
    let (begin, rounds) = (std::time::Instant::now(), 2_000_000_usize);
    let mut found = 0_i64;
    for round in 0..rounds {
        let product = products[(round * 7_919) % PRODUCTS];
        let resolved = book.resolve(&buyers[round % buyers.len()], product, today());
        found += resolved.map_or(0, |r| r.ladder.tiers[0].price.micros());
    }
    let nanos = begin.elapsed().as_nanos() / rounds as u128;
    println!("{steps} steps, {nanos} ns per price ({found})");
}
