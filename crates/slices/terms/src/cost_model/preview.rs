//! What a change of costs means, by the orders of the last month: what serving them costs by the one and by the other.

use std::collections::{BTreeMap, HashSet};

use db::ReadTx;
use kernel::{Amount, Currency, Instant, Outcome, ProductId, Rate, Rounding};
use pricing::purchases;

use crate::costs::{self, DealCosts};

/// The span that counts.
const MONTH: i64 = 30 * Instant::DAY;
/// For how long an order binds capital, in days; what customers have on the whole.
const CAPITAL_DAYS: i128 = 30;

/// What was ordered in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Month {
    /// Orders.
    pub orders: i64,
    lines: i64,
    grams: i64,
    net: Amount,
}

/// What serving a month's orders costs, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Serving {
    pub handling: i64,
    pub freight: i64,
    pub capital: i64,
}

impl Serving {
    pub(super) fn total(self) -> i64 {
        self.handling.saturating_add(self.freight).saturating_add(self.capital)
    }
}

/// What was ordered in the last month, in one currency by the reference rates.
pub(super) async fn month(tx: &ReadTx, currency: Currency, now: Instant) -> Outcome<Month> {
    let since = now.plus(-MONTH);
    let mut month = Month { orders: 0, lines: 0, grams: 0, net: Amount::zero(currency) };
    for activity in purchases::queries::activity(tx, since).await? {
        month.orders += activity.orders;
        month.lines += activity.lines;
        month.net = month.net.plus(costs::convert(activity.net, currency))?;
    }
    let sold = purchases::queries::sold(tx, since).await?;
    let ids: HashSet<ProductId> = sold.iter().map(|(_, product, _)| *product).collect();
    let ids: Vec<ProductId> = ids.into_iter().collect();
    let mut grams = BTreeMap::new();
    for batch in ids.chunks(500) {
        let products = catalog::products::queries::products(tx, batch).await?;
        grams.extend(products.into_iter().map(|product| (product.id, product.weight_grams)));
    }
    let weight = |(_, product, quantity): &(_, ProductId, kernel::Quantity)| {
        let grams = i128::from(grams.get(product).copied().unwrap_or(0));
        grams * i128::from(quantity.thousandths().max(0)) / 1_000
    };
    month.grams = i64::try_from(sold.iter().map(weight).sum::<i128>()).unwrap_or(i64::MAX);
    Ok(month)
}

/// What serving a month costs by a cost model: handling of orders and lines, a consignment an order and its kilograms, and
/// capital for 30 days. Discounts for consignments that go together or on a day of choice depend on deals, and are not in it.
pub(super) fn serving(month: &Month, model: &DealCosts) -> Serving {
    let times = |count: i64, each: i64| count.saturating_mul(each);
    let kilograms = model.freight(month.grams, model.currency);
    let kilograms =
        Rounding::HalfUp.divide(i128::from(kilograms.micros()), i128::from(model.currency.micros_per_minor()));
    let year = i128::from(month.net.minor()) * i128::from(model.capital.ppm()) * CAPITAL_DAYS;
    let capital = Rounding::HalfUp.divide(year, i128::from(Rate::ONE.ppm()) * 365);
    Serving {
        handling: times(month.orders, model.handling_order).saturating_add(times(month.lines, model.handling_line)),
        freight: times(month.orders, model.freight_order).saturating_add(i64::try_from(kilograms).unwrap_or(i64::MAX)),
        capital: i64::try_from(capital).unwrap_or(i64::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_by_hand() {
        let net = Amount::new(10_000_000, Currency::Eur);
        let month = Month { orders: 10, lines: 40, grams: 2_500_000, net };
        // 10 × 25.00 + 40 × 2.50; 10 × 40.00 + 2,500 kg × 0.12; 100,000.00 × 8 % × 30 / 365.
        let serving = serving(&month, &DealCosts::STANDARD);
        assert_eq!(serving, Serving { handling: 35_000, freight: 70_000, capital: 65_753 });
        assert_eq!(serving.total(), 170_753);
    }
}
