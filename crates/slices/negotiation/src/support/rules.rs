//! Pure decisions about suppliers' help.

use kernel::{Currency, Date, Instant, Quantity, Rounding, UnitPrice};

use super::agreements::{Agreement, Basis, Period};
use super::{Granted, State, SupplierRequest};
use crate::costs;
use negotiation_engine::{Bonus, Bonuses, Support};

/// Answers that could not be read, after which a link is closed: nobody types a number wrong so often.
pub const ATTEMPTS_MAX: i64 = 20;
/// A supplier may answer so many days ahead.
pub const ANSWER_DAYS_MAX: i64 = 60;
/// A special price holds so many days at most.
pub const GRANTED_DAYS_MAX: i64 = 730;

/// Whether the supplier may still answer.
pub fn is_open(request: &SupplierRequest, now: Instant) -> bool {
    request.state == State::Open && now < request.expires_at && request.attempts < ATTEMPTS_MAX
}

/// What a granted price is worth in a deal of `currency` on `today`, its last day included. Nothing when it is no better
/// than the usual cost.
pub fn support(request: &SupplierRequest, currency: Currency, today: Date) -> Option<Support> {
    let Granted { price, up_to, until } = request.granted.filter(|granted| today <= granted.until)?;
    let usual = costs::convert_price(request.usual, currency);
    let per_unit = usual.micros().saturating_sub(costs::convert_price(price, currency).micros());
    let _ = until;
    (per_unit > 0).then(|| Support { per_unit: UnitPrice::new(per_unit, currency), up_to })
}

/// The better of two, by what is paid back per unit.
pub fn better(one: Support, other: Support) -> Support {
    if other.per_unit.micros() > one.per_unit.micros() { other } else { one }
}

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
