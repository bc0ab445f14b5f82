//! What serving a deal costs apart from the goods, and the spans of time that negotiations are kept in. The seller sets the
//! costs in [`crate::cost_model`]; they are stored with every decision, so that a replay does not depend on those of today.

use kernel::{Amount, Currency, Instant, Rate, Rounding, UnitPrice};
use negotiation_engine::{Consolidation, FlexibleSaving, FreightCharge};

/// The largest quantity bought or asked for within this time is where volume grants start.
pub const LATELY: i64 = 90 * Instant::DAY;
/// Concessions within this time count against a customer's budget.
pub const BUDGET_PERIOD: i64 = 90 * Instant::DAY;
/// Whoever takes an offer has so long to order, or until the offer ends, whichever is later.
pub const ORDER_WITHIN: i64 = 7 * Instant::DAY;
/// The span of revenue that rules and the desk look at.
pub const REVENUE_PERIOD: i64 = 365 * Instant::DAY;
/// No negotiation has more decisions than this, whatever the policy says: a broken client must not fill the database.
pub const DECISIONS_MAX: i64 = 50;

/// The seller's costs of serving a deal, in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DealCosts {
    /// The currency of the amounts.
    pub currency: Currency,
    /// Taking, picking and invoicing one order, in minor units.
    pub handling_order: i64,
    /// Each line of it.
    pub handling_line: i64,
    /// A consignment, however small.
    pub freight_order: i64,
    /// Each kilogram, in millionths of the currency.
    pub freight_kilogram: i64,
    /// Cost of capital per year.
    pub capital: Rate,
    /// A consignment that goes together with others of the region; `None`: there is no such thing.
    pub consolidated_order: Option<i64>,
    /// The share of the freight per kilogram that is left then.
    pub consolidated_share: Rate,
    /// From so many flexible days on, tours can be planned,
    pub flexible_days: u16,
    /// which saves so much of handling an order.
    pub flexible_saves: i64,
    /// What the buyer is charged for freight without asking; zero: nothing.
    pub freight_charge: i64,
    /// From this net value on nothing.
    pub freight_free_from: i64,
}

impl DealCosts {
    /// Believable figures of a distributor: 25.00 an order, 2.50 a line, 40.00 a consignment and 0.12 a kilogram, 8 % a
    /// year; 22.00 and 70 % together with others; a week's choice of the day saves 8.00. Freight is not charged.
    pub const STANDARD: Self = Self {
        currency: Currency::Eur,
        handling_order: 2_500,
        handling_line: 250,
        freight_order: 4_000,
        freight_kilogram: 120_000,
        capital: Rate::percent(8),
        consolidated_order: Some(2_200),
        consolidated_share: Rate::percent(70),
        flexible_days: 5,
        flexible_saves: 800,
        freight_charge: 0,
        freight_free_from: 0,
    };

    /// An amount of these costs in the currency of a deal.
    pub fn amount(&self, minor: i64, to: Currency) -> Amount {
        convert(Amount::new(minor, self.currency), to)
    }

    /// What the buyer is charged for freight, in the currency of a deal.
    pub fn charge(&self, to: Currency) -> Option<FreightCharge> {
        (self.freight_charge > 0).then(|| FreightCharge {
            charge: self.amount(self.freight_charge, to),
            free_from: self.amount(self.freight_free_from, to),
        })
    }

    /// Freight together with others, in the currency of a deal.
    pub fn consolidation(&self, to: Currency) -> Option<Consolidation> {
        let freight = self.amount(self.consolidated_order?, to);
        Some(Consolidation { freight, unit_share: self.consolidated_share })
    }

    /// What choosing the day saves, in the currency of a deal.
    pub fn flexible(&self, to: Currency) -> Vec<FlexibleSaving> {
        let saving = FlexibleSaving { days: self.flexible_days, saves: self.amount(self.flexible_saves, to) };
        if self.flexible_saves > 0 { vec![saving] } else { Vec::new() }
    }

    /// Freight of one unit that weighs so many grams, in the currency of a deal.
    pub fn freight(&self, grams: i64, to: Currency) -> UnitPrice {
        let micros = Rounding::Up.divide(i128::from(grams) * i128::from(self.freight_kilogram), 1_000);
        convert_price(UnitPrice::new(i64::try_from(micros).unwrap_or(i64::MAX), self.currency), to)
    }
}

/// What one unit of a currency is worth in euro, in millionths: reference rates for margins, budgets and limits. No price
/// of goods is ever made with them; the seller's charge for freight is said in one currency and is charged in others by them.
fn euro_ppm(currency: Currency) -> i64 {
    match currency {
        Currency::Eur => 1_000_000,
        Currency::Usd => 870_000,
        Currency::Gbp => 1_150_000,
        Currency::Pln => 235_000,
        Currency::Nok => 86_000,
        Currency::Sek => 90_000,
        Currency::Dkk => 134_000,
        Currency::Czk => 40_500,
        Currency::Chf => 1_065_000,
        Currency::Huf => 2_550,
        Currency::Ron => 198_000,
        Currency::Cny => 121_000,
        Currency::Jpy => 5_700,
    }
}

/// What one unit of `from` is worth in `to`.
pub fn exchange(from: Currency, to: Currency) -> Rate {
    let ppm = Rounding::HalfUp.divide(i128::from(euro_ppm(from)) * 1_000_000, i128::from(euro_ppm(to)));
    Rate::from_ppm(i64::try_from(ppm).unwrap_or(i64::MAX))
}

/// An amount in another currency by the reference rates, rounded half up.
pub fn convert(amount: Amount, to: Currency) -> Amount {
    let from = amount.currency();
    let value = i128::from(amount.minor()) * i128::from(euro_ppm(from)) * i128::from(from.micros_per_minor());
    let minor = Rounding::HalfUp.divide(value, i128::from(euro_ppm(to)) * i128::from(to.micros_per_minor()));
    Amount::new(i64::try_from(minor).unwrap_or(i64::MAX), to)
}

/// A price in another currency by the reference rates, rounded up: costs are never made to look smaller.
pub fn convert_price(price: UnitPrice, to: Currency) -> UnitPrice {
    let value = i128::from(price.micros()) * i128::from(euro_ppm(price.currency()));
    let micros = Rounding::Up.divide(value, i128::from(euro_ppm(to)));
    UnitPrice::new(i64::try_from(micros).unwrap_or(i64::MAX), to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exchange_goes_there_and_back() {
        let euro = Amount::new(100_000, Currency::Eur);
        assert_eq!(convert(euro, Currency::Eur), euro);
        assert_eq!(convert(Amount::new(100_000, Currency::Pln), Currency::Eur), Amount::new(23_500, Currency::Eur));
        assert_eq!(convert(euro, Currency::Jpy).minor(), 175_439);
        assert_eq!(exchange(Currency::Pln, Currency::Eur), Rate::from_ppm(235_000));
        assert_eq!(DealCosts::STANDARD.freight(5_000, Currency::Eur).to_string(), "0.60 EUR");
    }
}
