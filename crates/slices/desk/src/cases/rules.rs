//! Pure rules of the desk: what a decision must say, and what may be done about one that was made.

use kernel::{Instant, Invalid, Rate, Rounding, UnitPrice, UserId};
use negotiation::negotiations::{Negotiation, Recorded, State, UNDO};
use negotiation::offers::OfferRow;
use negotiation_engine::{Authority, Extras, LineTerms, ListTerms, Terms};

use super::{DeskRefusal, Start};

/// The offers that a person may take back for a better one: the own, and for whoever leads those of others. As long as the
/// buyer has not taken one, and has not asked for something else since.
pub fn replaceable(n: &Negotiation, me: UserId, own: Authority, now: Instant) -> impl Iterator<Item = &OfferRow> {
    let is_open = n.state(now) == State::Offered;
    let may = move |by: UserId| by == me || own > Authority::Rep;
    n.standing(now).filter(move |row| is_open && row.made_at >= n.asked_at && row.made_by.is_some_and(may))
}

/// Whether terms are about the asked products and no others, in their order.
pub fn is_about_the_ask(terms: &Terms, list: &ListTerms) -> bool {
    let same = terms.lines.iter().zip(&list.lines).all(|(line, list)| line.product == list.product);
    same && terms.lines.len() == list.lines.len()
}

/// Whether terms are at least as good for the seller as others about the same goods: no price lower, no later payment, no more
/// paid back, and the same agreed beside.
pub fn is_at_least(terms: &Terms, other: &Terms) -> bool {
    let line = |(line, other): (&LineTerms, &LineTerms)| {
        line.product == other.product
            && line.quantity == other.quantity
            && line.price.currency() == other.price.currency()
            && line.price.micros() >= other.price.micros()
    };
    let beside = |terms: &Terms| Extras { rebate: None, ..terms.extras };
    let rebate = terms.extras.rebate.is_none() || terms.extras.rebate == other.extras.rebate;
    terms.lines.len() == other.lines.len()
        && terms.lines.iter().zip(&other.lines).all(line)
        && terms.payment_days <= other.payment_days
        && beside(terms) == beside(other)
        && rebate
}

/// Whether a person may take a decision back: the own, within [`UNDO`], while the buyer has done nothing with it.
///
/// # Errors
/// [`DeskRefusal::DecisionStands`].
pub fn may_undo(n: &Negotiation, last: &Recorded, me: UserId, now: Instant) -> Result<(), DeskRefusal> {
    let at = last.decision.at;
    let is_mine = last.decision.person == me && !last.stood.is_empty();
    let is_early = now < at.plus(UNDO);
    let has_moved = n.asked_at > at || matches!(n.stored_state, State::Withdrawn | State::Expired);
    // What was granted is taken in the same moment; whoever takes an offer does it later.
    let is_taken = n.agreed().is_some_and(|row| row.taken_at > Some(at) || row.order_number.is_some());
    if is_mine && is_early && !has_moved && !is_taken { Ok(()) } else { Err(DeskRefusal::DecisionStands) }
}

/// A price so far under another, rounded up to the currency's minor unit where that is small beside it.
pub fn discounted(list: UnitPrice, off: Rate) -> UnitPrice {
    let left = i128::from(Rate::ONE.ppm().saturating_sub(off.ppm()).max(0));
    let micros = Rounding::Up.divide(i128::from(list.micros()) * left, i128::from(Rate::ONE.ppm()));
    let price = UnitPrice::new(i64::try_from(micros).unwrap_or(list.micros()), list.currency());
    let tick = list.currency().micros_per_minor();
    if list.micros() >= 100 * tick { price.to_tick(tick, Rounding::Up) } else { price }
}

/// Most days for which an offer stands that a person begins with.
const VALID_DAYS_MAX: i64 = 365;
/// Most lines of one offer that a person begins with.
pub const START_LINES_MAX: usize = 50;

/// What is wrong with an offer for a customer by itself, at `lines`, `lines[n].price`, `payment_days`, `valid_days` and
/// `rationale`. Prices stand in all lines or in none.
pub fn check_start(start: &Start) -> Invalid {
    let mut invalid = Invalid::default();
    if start.lines.is_empty() {
        invalid = invalid.and("lines", "required", Vec::new());
    }
    if start.lines.len() > START_LINES_MAX {
        invalid = invalid.and("lines", "too-many-lines", vec![("most", START_LINES_MAX.to_string())]);
    }
    let is_priced = start.lines.iter().any(|line| line.price.is_some());
    for (at, _) in start.lines.iter().enumerate().filter(|(_, line)| is_priced && line.price.is_none()) {
        invalid = invalid.and(format!("lines[{at}].price"), "required", Vec::new());
    }
    if start.payment_days.is_some_and(|days| !(0..=365).contains(&days)) {
        invalid = invalid.and("payment_days", "payment-days-asked", Vec::new());
    }
    if start.valid_days.is_some_and(|days| !(1..=VALID_DAYS_MAX).contains(&days)) {
        let args = vec![("least", "1".to_owned()), ("most", VALID_DAYS_MAX.to_string())];
        invalid = invalid.and("valid_days", "whole-between", args);
    }
    if start.is_proposal && start.rationale.trim().is_empty() {
        invalid = invalid.and("rationale", "required", Vec::new());
    }
    invalid
}

/// What is wrong with terms that a person types, at `lines[n].quantity`, `lines[n].price` and `payment_days`.
pub fn check_terms(terms: &Terms, list: &ListTerms) -> Invalid {
    let mut invalid = Invalid::default();
    for (at, (line, list_line)) in terms.lines.iter().zip(&list.lines).enumerate() {
        if let Err(error) = list_line.packing.check(line.quantity) {
            invalid = invalid.and(format!("lines[{at}].quantity"), error.code(), error.args());
            continue;
        }
        let field = format!("lines[{at}].price");
        let most = list_line.price_at(line.quantity);
        if line.price.currency() != list.currency {
            let args = vec![("currency", list.currency.code().to_owned())];
            invalid = invalid.and(field, "price-currency", args);
        } else if line.price.micros() <= 0 {
            invalid = invalid.and(field, "price-positive", Vec::new());
        } else if let Some(most) = most.filter(|most| line.price.micros() > most.micros()) {
            invalid = invalid.and(field, "counter-above-list", vec![("list", most.to_decimal())]);
        }
    }
    invalid
}
