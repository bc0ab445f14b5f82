//! What agreements pay back: pure decisions.

use kernel::{Currency, Date, Quantity, Rounding, UnitPrice};
use negotiation_engine::{Bonus, Bonuses};

use super::{Agreement, Basis, Period};
use crate::costs;

/// The first day of the period of an agreement in which a day lies; never before the agreement.
pub fn period_start(agreement: &Agreement, day: Date) -> Date {
    let civil = day.civil();
    let month = match agreement.period {
        Period::Term => return agreement.valid_from,
        Period::Month => civil.month(),
        Period::Quarter => (civil.month() - 1) / 3 * 3 + 1,
        Period::Year => 1,
    };
    let start = Date::new(civil.year(), month, 1).unwrap_or(agreement.valid_from);
    start.max(agreement.valid_from)
}

/// What an agreement pays back on a line on `today`, in the deal's currency: nothing before and after its days. Steps of
/// amounts become quantities by the cost of one unit.
pub fn bonuses(agreement: &Agreement, line: Line, today: Date) -> Bonuses {
    if today < agreement.valid_from || today > agreement.valid_until || agreement.unit != line.quantity_unit {
        return Bonuses::default();
    }
    let in_period = agreement.bought_on >= period_start(agreement, today) && agreement.bought_on <= today;
    let bought = if in_period { agreement.bought } else { 0 };
    let mut steps: Vec<Bonus> = Vec::new();
    for step in &agreement.steps {
        let left = step.reaches.saturating_sub(bought).max(0);
        let thousandths = match agreement.basis {
            Basis::Quantity => Some(left),
            Basis::Amount => thousandths_for(left, agreement.currency, line.cost),
        };
        let Some(thousandths) = thousandths else { continue };
        let from = Quantity::new(thousandths.max(1), line.quantity_unit);
        let per_unit = paid_back(step.per_unit, line.currency);
        // A step that is reached already hides the lower ones.
        steps.retain(|lower| lower.from.thousandths() < from.thousandths());
        steps.push(Bonus { from, per_unit, earlier: None });
    }
    Bonuses(steps)
}

/// A line that may earn a bonus.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// The unit of its quantity.
    pub quantity_unit: kernel::Unit,
    /// The currency of the deal.
    pub currency: Currency,
    /// The cost of one unit, in any currency.
    pub cost: Option<UnitPrice>,
}

/// How much must be bought for an amount, rounded up.
fn thousandths_for(minor: i64, currency: Currency, cost: Option<UnitPrice>) -> Option<i64> {
    let cost = costs::convert_price(cost?, currency);
    if cost.micros() <= 0 {
        return None;
    }
    let micros = i128::from(minor) * i128::from(currency.micros_per_minor()) * 1_000;
    i64::try_from(Rounding::Up.divide(micros, i128::from(cost.micros()))).ok()
}

/// Money that comes back, in another currency: rounded down, so that it is never made to look larger.
fn paid_back(price: UnitPrice, to: Currency) -> UnitPrice {
    if price.currency() == to {
        return price;
    }
    let up = costs::convert_price(price, to);
    UnitPrice::new(up.micros().saturating_sub(1).max(0), to)
}
