//! What follows from all lines together. Pure.

use std::collections::HashMap;

use kernel::{Rate, Rounding, UnitPrice};

use super::super::mapping::HistorySpec;
use super::credits::{Account, Goods, Match};
use super::prices::{Charged, Step, steps};
use super::read::{Line, Past};

/// Microseconds in a day.
const DAY: i64 = kernel::Instant::DAY;

/// A product as the lines show it.
#[derive(Debug, Clone)]
pub(super) struct Product {
    /// The description that most of its lines have.
    pub(super) name: u32,
    /// By revenue: the best products that make four fifths of it are A, those of the next three twentieths B.
    pub(super) class: &'static str,
    /// What it is assumed to cost.
    pub(super) cost: Option<UnitPrice>,
    /// Its steps in the price list; none when it was only ever given back.
    pub(super) steps: Vec<Step>,
}

/// What follows from a past.
#[derive(Debug)]
pub(super) struct Derived {
    /// In the order of [`Past::products`]; `None` for products that only stand on lines held back.
    pub(super) products: Vec<Option<Product>>,
    /// For each invoice, where its lines are in [`Derived::by_invoice`].
    pub(super) ranges: Vec<std::ops::Range<usize>>,
    /// Places of lines, by invoice.
    pub(super) by_invoice: Vec<u32>,
    /// Invoices with lines, in the order of time.
    pub(super) in_time: Vec<u32>,
    /// The order that each cancellation corrects.
    pub(super) matches: HashMap<u32, Match>,
}

/// Works it all out.
pub(super) fn derive(past: &Past, spec: &HistorySpec) -> Derived {
    let (ranges, by_invoice) = by_invoice(past);
    let mut in_time: Vec<u32> = (0..).zip(&ranges).filter(|(_, range)| !range.is_empty()).map(|(at, _)| at).collect();
    // The sort is stable: documents of one moment stay in the order of the file.
    in_time.sort_by_key(|invoice| past.invoices[*invoice as usize].at);
    let products = products(past, spec);
    let mut derived = Derived { products, ranges, by_invoice, in_time, matches: HashMap::new() };
    derived.matches = matches(past, &derived);
    derived
}

impl Derived {
    /// The lines of an invoice, in the order of the file.
    pub(super) fn lines<'a>(&'a self, past: &'a Past, invoice: u32) -> impl Iterator<Item = &'a Line> {
        let range = self.ranges[invoice as usize].clone();
        self.by_invoice[range].iter().map(|place| &past.lines[*place as usize])
    }
}

/// Lines by invoice: counted first, then put in their places.
fn by_invoice(past: &Past) -> (Vec<std::ops::Range<usize>>, Vec<u32>) {
    let mut starts = vec![0_usize; past.invoices.len() + 1];
    for line in &past.lines {
        starts[line.invoice as usize + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let ranges: Vec<std::ops::Range<usize>> = starts.windows(2).map(|pair| pair[0]..pair[1]).collect();
    let mut places = vec![0_u32; past.lines.len()];
    let mut next = starts;
    for (place, line) in (0_u32..).zip(&past.lines) {
        let at = &mut next[line.invoice as usize];
        places[*at] = place;
        *at += 1;
    }
    (ranges, places)
}

/// What is gathered about a product.
#[derive(Debug, Default)]
struct Gathered {
    names: HashMap<u32, u64>,
    revenue: i128,
    lines: Vec<u32>,
}

fn products(past: &Past, spec: &HistorySpec) -> Vec<Option<Product>> {
    let mut gathered: Vec<Gathered> = Vec::new();
    gathered.resize_with(past.products.len(), Gathered::default);
    for (place, line) in (0_u32..).zip(&past.lines) {
        let product = &mut gathered[line.product as usize];
        *product.names.entry(line.name).or_default() += 1;
        product.revenue += i128::from(line.net_minor);
        product.lines.push(place);
    }
    let classes = classes(gathered.iter().map(|product| product.revenue));
    let one = |(product, class): (&Gathered, &'static str)| {
        let name = best_name(past, &product.names)?;
        let charged = charged(past, &product.lines, spec);
        let cost = cost(&charged, spec);
        Some(Product { name, class, cost, steps: steps(charged, spec.lines_min, spec.saving_min.ppm()) })
    };
    gathered.iter().zip(classes).map(one).collect()
}

/// The most frequent name that says something; of equals the first in the alphabet.
fn best_name(past: &Past, names: &HashMap<u32, u64>) -> Option<u32> {
    let key = |(name, count): (&u32, &u64)| {
        let text = &*past.names[*name as usize];
        (!text.is_empty(), *count, std::cmp::Reverse(text))
    };
    names.iter().max_by_key(|pair| key(*pair)).map(|(name, _)| *name)
}

/// The lines that tell the list price: sales to known customers (walk-in customers pay shop prices) of the last part of the
/// product's life; all sales when there are none of these.
fn charged(past: &Past, lines: &[u32], spec: &HistorySpec) -> Vec<Charged> {
    let sales = || lines.iter().map(|place| &past.lines[*place as usize]).filter(|line| line.quantity > 0);
    let at = |line: &Line| past.invoices[line.invoice as usize].at;
    let is_known = |line: &Line| {
        let company = past.invoices[line.invoice as usize].company;
        past.companies[company as usize].number.is_some()
    };
    let has_known = sales().any(is_known);
    let counts = |line: &&Line| !has_known || is_known(line);
    let Some(last) = sales().filter(counts).map(at).max() else { return Vec::new() };
    let since = last.plus(-spec.window_days.saturating_mul(DAY));
    let recent = sales().filter(counts).filter(|line| at(line) >= since);
    recent.map(|line| Charged { quantity: line.quantity, micros: line.micros }).collect()
}

/// The mean price of what was charged, less the assumed margin.
fn cost(charged: &[Charged], spec: &HistorySpec) -> Option<UnitPrice> {
    let quantity: i128 = charged.iter().map(|line| i128::from(line.quantity)).sum();
    let value: i128 = charged.iter().map(|line| i128::from(line.quantity) * i128::from(line.micros)).sum();
    if quantity <= 0 {
        return None;
    }
    let mean = i64::try_from(Rounding::HalfUp.divide(value, quantity)).ok()?;
    Some(UnitPrice::new(mean, spec.currency).less(spec.margin, Rounding::HalfUp))
}

/// A, B or C for each product, by revenue.
fn classes(revenues: impl Iterator<Item = i128>) -> Vec<&'static str> {
    const A: Rate = Rate::percent(80);
    const B: Rate = Rate::percent(95);
    let revenues: Vec<i128> = revenues.map(|revenue| revenue.max(0)).collect();
    let total: i128 = revenues.iter().sum();
    let mut order: Vec<usize> = (0..revenues.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(revenues[*at]));
    let mut classes = vec!["C"; revenues.len()];
    let mut before = 0_i128;
    for at in order {
        // A product belongs where its share begins, so that the best one is A however much it makes.
        classes[at] = match before * 1_000_000 {
            share if share < total * i128::from(A.ppm()) => "A",
            share if share < total * i128::from(B.ppm()) => "B",
            _ => "C",
        };
        before += revenues[at];
    }
    classes
}

/// Credits of known customers, each with the order it corrects. Walk-in customers are many people: theirs stay open.
fn matches(past: &Past, derived: &Derived) -> HashMap<u32, Match> {
    let mut accounts: HashMap<u32, Account> = HashMap::new();
    let mut found = HashMap::new();
    for invoice in &derived.in_time {
        let head = &past.invoices[*invoice as usize];
        let is_known = past.companies[head.company as usize].number.is_some();
        let lines = derived.lines(past, *invoice);
        let goods =
            lines.map(|line| Goods { product: line.product, quantity: line.quantity.abs(), micros: line.micros });
        match (is_known, head.is_cancellation) {
            (true, false) => accounts.entry(head.company).or_default().buy(*invoice as usize, goods),
            (true, true) => {
                let goods: Vec<Goods> = goods.collect();
                let account = accounts.entry(head.company).or_default();
                found.insert(*invoice, account.give_back(&goods));
            }
            (false, true) => drop(found.insert(*invoice, Match::None)),
            (false, false) => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_by_revenue() {
        assert_eq!(classes([80, 15, 5, 0].into_iter()), ["A", "B", "C", "C"]);
        assert_eq!(classes([0, 1_000, 1].into_iter()), ["C", "A", "C"]);
        assert_eq!(classes([].into_iter()), Vec::<&str>::new());
        assert_eq!(classes([-5, 0].into_iter()), ["C", "C"]);
    }
}
