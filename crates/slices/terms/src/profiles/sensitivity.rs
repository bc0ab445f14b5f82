//! How much the quantity sold of a product reacts to its price, from what was paid in the last year.
//!
//! It is the slope of ln(quantity) over ln(price / list price) across the sales of one product (a log-log demand curve, least
//! squares), turned round: 2 means that one per cent less on the price went with two per cent more bought at a time. Volume
//! prices are a part of that, so it says how buyers of a product behave, not what a lower price alone would cause. Products with
//! few sales, or hardly any difference in price, have none.
//!
//! floats: statistics; nothing here is money.

use std::collections::{BTreeMap, HashMap};

use db::ReadTx;
use kernel::{Instant, Outcome, ProductId, Rate};
use pricing::purchases::{self, Purchase};

/// Fewest sales that say anything.
const SALES_MIN: i64 = 30;
/// Smallest variance of ln(price / list price): a standard deviation of one per cent.
const VARIANCE_MIN: f64 = 1e-4;
/// More than this is noise.
const MOST: f64 = 10.0;
/// Sales that are read at once.
const BATCH: i64 = 5_000;

/// Sums over the sales of a product.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    count: i64,
    x: f64,
    y: f64,
    xx: f64,
    xy: f64,
}

impl Sums {
    fn add(&mut self, sale: &Purchase) {
        let (price, list, quantity) = (sale.price.micros(), sale.list_price.micros(), sale.quantity.thousandths());
        if price <= 0 || list <= 0 || quantity <= 0 {
            return;
        }
        let (x, y) = ((price as f64 / list as f64).ln(), (quantity as f64).ln());
        self.count += 1;
        self.x += x;
        self.y += y;
        self.xx += x * x;
        self.xy += x * y;
    }

    fn sensitivity(&self) -> Option<Rate> {
        let count = self.count as f64;
        let variance = self.xx / count - (self.x / count).powi(2);
        if self.count < SALES_MIN || variance < VARIANCE_MIN {
            return None;
        }
        let slope = (self.xy / count - self.x / count * (self.y / count)) / variance;
        Some(Rate::from_ppm(((-slope).clamp(0.0, MOST) * 1e6).round() as i64))
    }
}

fn add(sums: &mut HashMap<ProductId, Sums>, sales: impl IntoIterator<Item = Purchase>) {
    for sale in sales {
        sums.entry(sale.product).or_default().add(&sale);
    }
}

fn result(sums: HashMap<ProductId, Sums>) -> Vec<(ProductId, Rate, i64)> {
    let sorted: BTreeMap<_, _> = sums.into_iter().collect();
    let known = sorted.into_iter().filter_map(|(id, sums)| Some((id, sums.sensitivity()?, sums.count)));
    known.collect()
}

/// The sensitivities of all products that sold enough since a moment, with the number of sales, in the order of the products.
/// Sales are read in pieces: histories are long.
pub(super) async fn since(tx: &ReadTx, since: Instant) -> Outcome<Vec<(ProductId, Rate, i64)>> {
    let mut sums = HashMap::new();
    let mut last = (String::new(), 0);
    loop {
        let sales = purchases::queries::sales(tx, since, (&last.0, last.1), BATCH).await?;
        let Some(end) = sales.last() else { return Ok(result(sums)) };
        last = (end.order_number.clone(), end.position);
        add(&mut sums, sales);
    }
}
