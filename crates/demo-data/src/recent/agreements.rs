//! Rebate agreements with suppliers. The suppliers are invented.

use kernel::{Date, Quantity, UnitPrice};

use crate::model::{Counts, DemoCompany, OrderType, Product, SupplierAgreement};

/// Supplier, category, what counts, how long, what was bought in per cent of the second step.
const AGREEMENTS: [(&str, &str, Counts, &str, i64); 5] = [
    ("Nordlager Wälzlager GmbH", "ball-bearings", Counts::Quantity, "quarter", 83),
    ("Fabryka Łożysk Kamienna S.A.", "roller-bearings", Counts::Quantity, "year", 64),
    ("Odra Kable S.A.", "control-cables", Counts::Amount, "year", 91),
    ("Vitesta Guarnizioni S.r.l.", "o-rings", Counts::Amount, "quarter", 37),
    ("Śrubex Beskid sp. z o.o.", "hexagon-screws", Counts::Quantity, "term", 58),
];

/// The agreements that hold today.
pub(super) fn agreements(demo: &DemoCompany) -> Vec<SupplierAgreement> {
    AGREEMENTS.iter().filter_map(|row| agreement(demo, row)).collect()
}

fn agreement(
    demo: &DemoCompany,
    (supplier, category, counts, period, percent): &(&'static str, &str, Counts, &'static str, i64),
) -> Option<SupplierAgreement> {
    let product = article(demo, category)?;
    let cost = product.unit_cost?;
    let year = demo.today.civil().year();
    // What a wholesaler buys of a fast seller in a period, in whole packs.
    let pack = product.packing.pack.max(Quantity::SCALE);
    let worth = 60_000_000_000_i64 / cost.micros().max(1) * Quantity::SCALE;
    let first = (worth / pack).max(1) * pack;
    let reaches = [first, first * 2, first * 4];
    let paid = |permille: i64| {
        let micros = (cost.micros() * permille / 1_000 / 100).max(1) * 100;
        UnitPrice::new(micros, cost.currency())
    };
    let amount = |thousandths: i64| {
        let minor = i128::from(thousandths) * i128::from(cost.micros()) / 1_000 / 10_000;
        // In whole thousands of euro.
        i64::try_from(minor / 100_000).unwrap_or(i64::MAX / 100_000).max(1) * 100_000
    };
    let steps = reaches.map(|thousandths| match counts {
        Counts::Quantity => thousandths,
        Counts::Amount => amount(thousandths),
    });
    Some(SupplierAgreement {
        supplier,
        sku: product.sku.clone(),
        counts: *counts,
        period,
        valid_from: Date::new(year, 1, 1)?,
        valid_until: Date::new(year, 12, 31)?,
        bought: whole(steps[1] / 100 * percent, *counts),
        bought_on: demo.today.plus_days(-1).max(Date::new(year, 1, 1)?),
        steps: steps.into_iter().zip([15, 25, 40].map(paid)).collect(),
    })
}

/// Nobody buys half a bearing.
fn whole(count: i64, counts: Counts) -> i64 {
    match counts {
        Counts::Quantity => count / Quantity::SCALE * Quantity::SCALE,
        Counts::Amount => count,
    }
}

/// The dearest article of a category that is kept in stock and whose cost is known.
fn article<'a>(demo: &'a DemoCompany, category: &str) -> Option<&'a Product> {
    let own = demo.products.iter().filter(|product| product.category == category);
    let stocked = own.filter(|product| product.order_type == OrderType::Stock && product.unit_cost.is_some());
    stocked.min_by_key(|product| (product.class as u8, std::cmp::Reverse(product.list_price.micros())))
}
