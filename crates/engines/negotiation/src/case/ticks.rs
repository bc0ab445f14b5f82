//! The steps of offered prices in the deal's currency.

use kernel::{Currency, Rounding, UnitPrice};

use crate::policy::Policy;

/// A policy's ticks in one currency. Policies have rows for every currency, and a decision rounds hundreds of prices.
#[derive(Debug)]
pub(crate) struct Ticks {
    currency: Currency,
    /// From which price on, and the tick, by rising price.
    rows: Vec<(i64, i64)>,
}

impl Ticks {
    pub(super) fn of(policy: &Policy, currency: Currency) -> Self {
        let rows = policy.ticks.iter().filter(|row| row.from.currency() == currency);
        let mut rows: Vec<_> = rows.map(|row| (row.from.micros(), row.tick_micros)).collect();
        rows.sort_by_key(|(from, _)| *from);
        Self { currency, rows }
    }

    /// Rounded up to a tick.
    pub(crate) fn up(&self, price: i64) -> i64 {
        self.rounded(price, Rounding::Up)
    }

    /// Rounded down to a tick.
    pub(crate) fn down(&self, price: i64) -> i64 {
        self.rounded(price, Rounding::Down)
    }

    /// As [`Policy::tick_micros`] says: the last row that the price reaches counts.
    fn rounded(&self, price: i64, rounding: Rounding) -> i64 {
        let row = self.rows.iter().rev().find(|(from, _)| *from <= price);
        let tick = row.map_or(self.currency.micros_per_minor(), |(_, tick)| *tick);
        UnitPrice::new(price, self.currency).to_tick(tick.max(1), rounding).micros()
    }
}
