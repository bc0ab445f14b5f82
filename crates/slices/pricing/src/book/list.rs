//! One list in the book.

use std::sync::Arc;

use kernel::{Currency, PriceListId, Quantity, Unit, UnitPrice};
use pricing_engine::{Candidate, ListRef, Tier};

use crate::lists::{ListPrice, PriceList};

/// The prices of one list: for each product, by its number in the directory, a run of steps.
#[derive(Debug)]
pub(super) struct BookList {
    pub(super) info: ListRef,
    products: Box<[u32]>,
    /// Where the run of each product begins in `steps`.
    starts: Box<[u32]>,
    units: Box<[Unit]>,
    steps: Box<[(i64, i64)]>,
}

/// The steps of one product in one list.
#[derive(Debug, Clone)]
pub(super) struct Steps<'a> {
    steps: std::slice::Iter<'a, (i64, i64)>,
    unit: Unit,
    currency: Currency,
}

impl Iterator for Steps<'_> {
    type Item = Tier;
    fn next(&mut self) -> Option<Tier> {
        let (from, micros) = *self.steps.next()?;
        Some(Tier { from: Quantity::new(from, self.unit), price: UnitPrice::new(micros, self.currency) })
    }
}

impl BookList {
    pub(super) fn id(&self) -> PriceListId {
        self.info.id
    }

    pub(super) fn steps(&self) -> usize {
        self.steps.len()
    }

    /// What the list says about a product, when it says something.
    pub(super) fn candidate(&self, number: u32) -> Option<Candidate<Steps<'_>>> {
        let place = self.products.binary_search(&number).ok()?;
        let start = self.starts[place] as usize;
        let end = self.starts.get(place + 1).map_or(self.steps.len(), |end| *end as usize);
        let steps =
            Steps { steps: self.steps[start..end].iter(), unit: self.units[place], currency: self.info.currency };
        Some(Candidate { list: Arc::clone(&self.info), tiers: steps })
    }
}

/// A list being read.
pub(super) struct Reading {
    info: ListRef,
    rows: Vec<(u32, Unit, i64, i64)>,
}

impl Reading {
    pub(super) fn new(list: &PriceList) -> Self {
        Self { info: Arc::new(list.info()), rows: Vec::new() }
    }

    pub(super) fn add(&mut self, number: u32, price: &ListPrice) {
        let tier = price.tier;
        self.rows.push((number, tier.from.unit(), tier.from.thousandths(), tier.price.micros()));
    }

    pub(super) fn finish(mut self) -> BookList {
        self.rows.sort_unstable_by_key(|(number, _, from, _)| (*number, *from));
        let (mut products, mut starts, mut units) = (Vec::new(), Vec::new(), Vec::new());
        for (place, (number, unit, _, _)) in self.rows.iter().enumerate() {
            if products.last() != Some(number) {
                products.push(*number);
                starts.push(u32::try_from(place).unwrap_or(u32::MAX));
                units.push(*unit);
            }
        }
        let steps = self.rows.iter().map(|(_, _, from, micros)| (*from, *micros)).collect();
        BookList { info: self.info, products: products.into(), starts: starts.into(), units: units.into(), steps }
    }
}
