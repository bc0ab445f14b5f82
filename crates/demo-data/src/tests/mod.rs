//! What always holds for the demo company.

mod catalog;
mod recent;
mod standards;
mod trade;

use std::sync::OnceLock;

use kernel::Date;

use crate::{DemoCompany, Order, generate};

/// The demo as the tests see it; made once.
fn demo() -> &'static DemoCompany {
    static DEMO: OnceLock<DemoCompany> = OnceLock::new();
    DEMO.get_or_init(|| generate(7, Date::parse("2026-11-21").unwrap()))
}

/// Its orders, made once.
fn orders() -> &'static [Order] {
    static ORDERS: OnceLock<Vec<Order>> = OnceLock::new();
    ORDERS.get_or_init(|| demo().orders().collect())
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let (one, two) = (demo(), generate(7, demo().today));
    assert_eq!(format!("{one:?}"), format!("{two:?}"));
    assert!(two.orders().eq(orders().iter().cloned()));
    let other = generate(8, one.today);
    assert_ne!(one.products[0].stock, other.products[0].stock);
    assert_eq!(one.products.len(), other.products.len());
}

#[test]
fn any_day_and_seed_will_do() {
    for (seed, today) in [(0, "2024-02-29"), (u64::MAX, "2030-01-01")] {
        let demo = generate(seed, Date::parse(today).unwrap());
        assert!(demo.orders().count() > 5_000);
    }
}
