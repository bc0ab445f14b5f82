//! The demo company: an industrial supplier with products from real standards, customers, prices, orders and past
//! negotiations. All of it follows from a seed and a date; the same two give the same bytes.
//!
//! [`generate`] makes everything except the orders, which [`DemoCompany::orders`] makes one by one, oldest first,
//! because there are many. An importer writes the lists of [`DemoCompany`] in the order of its fields.
#![warn(missing_docs)]

mod bearings;
mod bearings_tables;
mod cables;
mod categories;
mod draft;
mod fasteners;
mod fittings;
mod model;
mod products;
mod protection;
mod rng;
mod seals;
mod special;
mod valves;

pub use model::*;

use kernel::Date;

/// The demo company that follows from `seed`, with its past before `today`.
pub fn generate(seed: u64, today: Date) -> DemoCompany {
    let _ = (seed, today);
    unimplemented!("in the making")
}

impl DemoCompany {
    /// Two years of orders up to yesterday, oldest first.
    pub fn orders(&self) -> impl Iterator<Item = Order> + '_ {
        std::iter::empty()
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn count() {
        let v = crate::products::products(1);
        println!("N {}", v.len());
        let mut by = std::collections::BTreeMap::new();
        for d in &v {
            *by.entry(format!("{:?}", d.class)).or_insert(0) += 1;
            *by.entry(format!("{:?}", d.order_type)).or_insert(0) += 1;
            *by.entry(format!("top {}", crate::categories::top_of(d.category))).or_insert(0) += 1;
            if d.unit_cost.is_none() {
                println!("N unk {}", d.sku);
            }
            if d.unit_cost.is_some_and(|c| c.micros() > d.list_price.micros()) {
                println!("N above {}", d.sku);
            }
        }
        println!("N {by:?}");
        for d in v.iter().step_by(331) {
            println!(
                "N {} {} cost {:?} list {} stock {} lead {} {:?}",
                d.sku,
                d.gtin,
                d.unit_cost.map(|c| c.to_decimal()),
                d.list_price,
                d.stock.to_decimal(),
                d.lead_time_days,
                d.class
            );
        }
    }
}
