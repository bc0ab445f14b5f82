//! The demo company: an industrial supplier with products from real standards, customers, prices, orders and past
//! negotiations. All of it follows from a seed and a date; the same two give the same bytes.
//!
//! [`generate`] makes everything except the orders, which [`DemoCompany::orders`] makes one by one, oldest first,
//! because there are many. An importer writes the lists of [`DemoCompany`] in the order of its fields.
#![warn(missing_docs)]

mod assortment;
mod bearings;
mod bearings_tables;
mod book;
mod cables;
mod categories;
mod companies;
mod companies_table;
mod cultures;
mod draft;
mod fasteners;
mod fittings;
mod model;
mod negotiations;
mod negotiations_text;
mod orders;
mod prices;
mod products;
mod protection;
mod recent;
mod relations;
mod rng;
mod seals;
mod special;
mod valves;
mod vat;

#[cfg(test)]
mod tests;

pub use model::*;

use kernel::{Date, Email, Quantity, Sku};

/// The demo company that follows from `seed`, with its past before `today`.
pub fn generate(seed: u64, today: Date) -> DemoCompany {
    let products = products::products(seed);
    let price_lists = prices::price_lists(seed, today, &products);
    let mut demo = DemoCompany {
        seed,
        today,
        merchant: companies::merchant(seed),
        staff: companies::staff(),
        categories: categories::categories(),
        attributes: categories::attribute_keys(),
        story: story(&products),
        relations: relations::relations(&products),
        products,
        groups: companies::groups(),
        price_lists,
        companies: companies::companies(seed, today),
        negotiations: Vec::new(),
        open_negotiations: Vec::new(),
        recent: Recent::default(),
    };
    (demo.negotiations, demo.open_negotiations) = negotiations::negotiations(&demo);
    demo.recent = recent::recent(&demo);
    demo
}

/// The textbook case, by its keys.
fn story(products: &[Product]) -> Story {
    let email = |text: &str| Email::parse(text).expect("addresses of the demo are valid");
    let sku = Sku::parse(products::STORY_SKU).expect("a readable key");
    let valve = products.iter().find(|product| product.sku == sku).expect("the valve is in the catalogue");
    let unit = valve.packing.unit;
    Story {
        company: companies::STORY_COMPANY,
        buyer: email("jan.kowalski@pomorska-armatura.example"),
        rep: email("ann@kontor.example"),
        quantity: Quantity::whole(2_000, unit),
        price: products::euro(110_000_000),
        carrying_quantity: Quantity::whole(4_000, unit),
        sku,
    }
}

impl DemoCompany {
    /// Two years of orders up to yesterday, oldest first.
    pub fn orders(&self) -> impl Iterator<Item = Order> + '_ {
        orders::Orders::new(self)
    }
}
