//! What a company paid on a day: the narrowest list that was valid, and prices that rose twice a year.

use std::collections::HashMap;

use kernel::{Date, Quantity, UnitPrice};

use crate::model::{DemoCompany, ListScope, PriceList};
use crate::products::{euro, to_price_step};

/// A price with the list that made it.
#[derive(Debug, Clone, Copy)]
pub struct Priced<'a> {
    /// Net price of one unit.
    pub price: UnitPrice,
    /// The list.
    pub list: &'a PriceList,
}

/// The lists of a demo, ready to be asked.
#[derive(Debug)]
pub struct Book<'a> {
    demo: &'a DemoCompany,
    /// For each list the place of each product's entry.
    entries: Vec<HashMap<&'a str, usize>>,
}

impl<'a> Book<'a> {
    /// The lists of `demo`.
    pub fn new(demo: &'a DemoCompany) -> Self {
        let places =
            |list: &'a PriceList| list.entries.iter().zip(0..).map(|(e, place)| (e.sku.as_str(), place)).collect();
        Self { demo, entries: demo.price_lists.iter().map(places).collect() }
    }

    /// What the company at `company` paid on `day` for `quantity` thousandths of the product at `product`.
    pub fn price(&self, company: usize, product: usize, quantity: i64, day: Date) -> Priced<'a> {
        let product = &self.demo.products[product];
        let found = self.lists_of(company, day).find_map(|place| {
            let list = &self.demo.price_lists[place];
            let entry = &list.entries[*self.entries[place].get(product.sku.as_str())?];
            let tier = entry.tiers.iter().rev().find(|tier| tier.from.thousandths() <= quantity)?;
            Some(Priced { price: self.then(tier.price, day), list })
        });
        found.expect("the general list holds every product from one unit on")
    }

    /// A price of today as it was on `day`: about a percent and a half less for each half-year before.
    pub fn then(&self, price: UnitPrice, day: Date) -> UnitPrice {
        let half = |date: Date| i64::from(date.civil().year()) * 2 + i64::from(date.civil().month() > 6);
        let steps = (half(self.demo.today) - half(day)).clamp(0, 6);
        if steps == 0 {
            return price;
        }
        euro(to_price_step(price.micros() * (1_000 - 15 * steps) / 1_000))
    }

    /// Places of the lists that hold for a company on a day, narrowest first.
    fn lists_of(&self, company: usize, day: Date) -> impl Iterator<Item = usize> + use<'_, 'a> {
        let company = &self.demo.companies[company];
        (0..self.demo.price_lists.len()).rev().filter(move |place| {
            let list = &self.demo.price_lists[*place];
            let is_mine = match &list.scope {
                ListScope::General => true,
                ListScope::Group(group) => company.price_group == Some(group),
                ListScope::Company(number) | ListScope::Contract { company: number, .. } => company.number == *number,
            };
            is_mine
                && list.valid_from.is_none_or(|from| from <= day)
                && list.valid_until.is_none_or(|until| day <= until)
        })
    }
}

/// `micros` worth of a product in orderable thousandths: at least the minimum, in whole packs when it is much.
pub fn quantity_worth(demo: &DemoCompany, product: usize, micros: i64) -> Quantity {
    let product = &demo.products[product];
    let packing = product.packing;
    let wanted = micros / product.list_price.micros().max(1) * Quantity::SCALE;
    let step = if wanted > packing.pack * 2 { packing.pack } else { packing.step };
    Quantity::new(packing.round_up(wanted / step * step), packing.unit)
}
