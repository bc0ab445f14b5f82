//! Pure decisions about suppliers' help.

use kernel::{Currency, Date, Instant, UnitPrice};
use negotiation_engine::Support;

use super::{Granted, State, SupplierRequest};
use crate::costs;

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
    let Granted { price, up_to, .. } = request.granted.filter(|granted| today <= granted.until)?;
    let usual = costs::convert_price(request.usual, currency);
    let per_unit = usual.micros().saturating_sub(costs::convert_price(price, currency).micros());
    (per_unit > 0).then(|| Support { per_unit: UnitPrice::new(per_unit, currency), up_to })
}

/// The better of two, by what is paid back per unit.
pub fn better(one: Support, other: Support) -> Support {
    if other.per_unit.micros() > one.per_unit.micros() { other } else { one }
}
