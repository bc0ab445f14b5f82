//! What a company buys again and again.

use crate::categories::top_of;
use crate::companies::STORY_COMPANY;
use crate::companies_table::ROWS;
use crate::cultures::INDUSTRIES;
use crate::model::{DemoCompany, OrderType, ProductClass};
use crate::products::STORY_SKU;
use crate::rng::Rng;

const TOPS: [&str; 6] = ["fasteners", "bearings", "valves-fittings", "cables", "seals-hoses", "protection"];

/// A product that a company buys, and about how much of it in micros.
#[derive(Debug, Clone, Copy)]
pub struct Favourite {
    /// Place of the product.
    pub product: usize,
    /// What a usual line is worth.
    pub worth_micros: i64,
}

/// The favourites of every company, most wanted first.
pub fn assortments(demo: &DemoCompany) -> Vec<Vec<Favourite>> {
    let mut by_top: [[Vec<usize>; 3]; 6] = Default::default();
    for (place, product) in demo.products.iter().enumerate() {
        let top = TOPS.iter().position(|top| *top == top_of(product.category));
        let is_free = product.order_type == OrderType::Stock && product.sku.as_str() != STORY_SKU;
        if let (Some(top), true) = (top, is_free) {
            by_top[top][product.class as usize].push(place);
        }
    }
    (0..demo.companies.len()).map(|company| assortment(demo, company, &by_top)).collect()
}

fn assortment(demo: &DemoCompany, company: usize, by_top: &[[Vec<usize>; 3]; 6]) -> Vec<Favourite> {
    let number = demo.companies[company].number;
    let row = ROWS.iter().find(|row| row.number == number).expect("companies come from the table");
    let industry = INDUSTRIES.iter().find(|i| i.code == row.industry).expect("every industry is known");
    let mut rng = Rng::of(demo.seed, &format!("assortment {number}"));
    let employees = i64::from(row.employees);
    let count = 60 + employees.min(400) / 3;
    let mut favourites: Vec<Favourite> = (0..count)
        .map(|_| {
            let mut roll = rng.below(100);
            let top = industry.shares.iter().position(|share| {
                roll -= share;
                roll < 0
            });
            let class = match rng.below(100) {
                ..=58 => ProductClass::A,
                59..=89 => ProductClass::B,
                _ => ProductClass::C,
            };
            let classes = &by_top[top.unwrap_or(0)];
            let filled = [class, ProductClass::A, ProductClass::B].map(|class| &classes[class as usize]);
            let product = *rng.pick(
                filled.into_iter().find(|places| !places.is_empty()).expect("every top has fast or steady sellers"),
            );
            // A line of a small customer is worth some tens of euro, one of a large customer some hundreds.
            let euro = rng.between(12, 40) * (30 + employees.min(500)) / 50 * if rng.percent(8) { 5 } else { 1 };
            Favourite { product, worth_micros: euro.max(15) * 1_000_000 }
        })
        .collect();
    if number == STORY_COMPANY {
        let valve = demo.products.iter().position(|p| p.sku.as_str() == STORY_SKU).expect("the valve is there");
        favourites[20] = Favourite { product: valve, worth_micros: 14_400_000_000 };
    }
    favourites
}
