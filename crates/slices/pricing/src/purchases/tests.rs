//! What was paid, on both engines.

use db::testing::TestDb;
use kernel::{Amount, Currency, Instant, Quantity, Unit, UnitPrice};

use super::{Purchase, actions, queries};
use crate::world::{NOW, World, migrations};

fn bought(world: &World, order: &str, days_ago: i64, count: i64, cents: i64) -> Purchase {
    Purchase {
        order_number: order.into(),
        position: 1,
        company: world.company,
        product: world.products[0],
        at: NOW.plus(-days_ago * Instant::DAY),
        quantity: Quantity::whole(count, Unit::Piece),
        price: UnitPrice::new(cents * 10_000, Currency::Eur),
        list_price: UnitPrice::new(10_000_000, Currency::Eur),
        net: Amount::new(count * cents, Currency::Eur),
        is_negotiated: cents != 1_000,
        is_open: days_ago < 5,
    }
}

#[tokio::test]
async fn what_was_paid() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test, 2).await;
        let zloty = Purchase {
            order_number: "SO-4".into(),
            net: Amount::new(7, Currency::Pln),
            product: world.products[1],
            ..bought(&world, "SO-4", 20, 1, 1_000)
        };
        let rows = &[
            bought(&world, "SO-1", 400, 5_000, 800),
            bought(&world, "SO-2", 30, 200, 950),
            bought(&world, "SO-3", 2, 100, 1_000),
            bought(&world, "CN-1", 1, -100, 1_000),
            zloty,
        ];
        world.db.write(|tx| async move { actions::record_many(&tx, rows).await }).await.unwrap();

        let tx = world.db.read().await.unwrap();
        let (company, product, year) = (world.company, world.products[0], NOW.plus(-365 * Instant::DAY));
        let last = queries::last_paid(&tx, company, product).await.unwrap().unwrap();
        assert_eq!(
            (last.order_number.as_str(), last.price.to_decimal().as_str(), last.is_negotiated),
            ("SO-3", "10.00", false)
        );
        let many = queries::last_paid_many(&tx, company, &world.products).await.unwrap();
        assert_eq!((many.len(), &many[&product]), (2, &last));
        assert!(queries::last_paid_many(&tx, world.other, &world.products).await.unwrap().is_empty());
        let revenue = queries::revenue(&tx, company, year).await.unwrap();
        assert_eq!(revenue, [Amount::new(190_000, Currency::Eur), Amount::new(7, Currency::Pln)]);
        let habits = queries::habits(&tx, company, &world.products, year).await.unwrap();
        assert_eq!(habits[&product].largest, Quantity::whole(200, Unit::Piece));
        assert_eq!(habits[&product].total, Quantity::whole(200, Unit::Piece));
        assert!(queries::habits(&tx, world.other, &world.products, year).await.unwrap().is_empty());
        let years = queries::years(&tx, NOW.plus(-730 * Instant::DAY), year).await.unwrap();
        let euro = years.iter().find(|year| year.net.currency() == Currency::Eur).unwrap();
        assert_eq!((euro.company, euro.net.minor(), euro.net_before.minor()), (company, 190_000, 4_000_000));
        assert_eq!((years.len(), euro.orders, euro.orders_negotiated), (2, 2, 1));
        let sold = queries::sold(&tx, year).await.unwrap();
        assert!(sold.contains(&(company, product, Quantity::whole(200, Unit::Piece))));
        assert_eq!(queries::newest(&tx).await.unwrap(), Some(NOW.plus(-Instant::DAY)));
        let first = queries::sales(&tx, year, ("", 0), 2).await.unwrap();
        let rest = queries::sales(&tx, year, (&first[1].order_number, first[1].position), 2).await.unwrap();
        let numbers: Vec<&str> = first.iter().chain(&rest).map(|p| p.order_number.as_str()).collect();
        assert_eq!(numbers, ["SO-2", "SO-3", "SO-4"], "neither what is older nor credits");
        let recent = queries::recent(&tx, company, 3).await.unwrap();
        let numbers: Vec<&str> = recent.iter().map(|p| p.order_number.as_str()).collect();
        assert_eq!(numbers, ["CN-1", "SO-3", "SO-4"]);
        assert_eq!(queries::recent_of_product(&tx, company, product, 9).await.unwrap().len(), 4);
        let open = queries::open_orders(&tx, company).await.unwrap();
        assert_eq!(
            open.iter().map(|o| (o.number.as_str(), o.net.minor())).collect::<Vec<_>>(),
            [("CN-1", -100_000), ("SO-3", 100_000)]
        );
        drop(tx);

        world.db.write(|tx| async move { actions::close(&tx, "SO-3").await }).await.unwrap();
        world.db.write(|tx| async move { actions::withdraw(&tx, "CN-1").await }).await.unwrap();
        let tx = world.db.read().await.unwrap();
        assert!(queries::open_orders(&tx, company).await.unwrap().is_empty());
        drop(tx);
        let again = world.db.write(|tx| async move { actions::record_many(&tx, &rows[..1]).await }).await;
        assert!(again.is_err(), "an order's line is there once");
        test.remove().await;
    }
}
