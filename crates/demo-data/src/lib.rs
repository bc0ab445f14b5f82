//! The demo company: an industrial supplier with products from real standards, customers, prices, orders and past
//! negotiations. All of it follows from a seed and a date; the same two give the same bytes.
//!
//! [`generate`] makes everything except the orders, which [`DemoCompany::orders`] makes one by one, oldest first,
//! because there are many. An importer writes the lists of [`DemoCompany`] in the order of its fields.
#![warn(missing_docs)]

mod draft;
mod fasteners;
mod model;
mod rng;

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
        let mut v = vec![];
        crate::fasteners::drafts(&mut v);
        let mut by = std::collections::BTreeMap::new();
        for d in &v {
            *by.entry(d.sku.split('-').next().unwrap().to_string()).or_insert(0) += 1;
        }
        println!("{} {by:?}", v.len());
        for d in v.iter().step_by(311) {
            println!("{} {} {}g {} {}", d.sku, d.name.pl, d.weight_mg / 1000, d.cost_micros, d.packing.pack);
        }
    }
}
