//! Whether a cart can be ordered, and whether an order can change. Pure.

use std::collections::BTreeMap;

use buying::carts::{Cart, DealState, PricedCart, PricedLine};
use kernel::{Amount, Date, Instant, Invalid, Outcome, Quantity, UserId};
use parties::addresses::Address;

use super::{Order, OrderRefusal, OrderState};

/// The series from which order numbers come.
pub(super) const SERIES: &str = "order";
const PREFIX: &str = "SO-";

/// An order's number from its place in the series: `SO-000123`.
pub(super) fn number(place: i64) -> String {
    format!("{PREFIX}{place:06}")
}

/// The place in the series that a number has, if it looks like one of ours.
pub(super) fn own_number(number: &str) -> Option<i64> {
    let digits = number.strip_prefix(PREFIX)?;
    // Longer ones would let a typo in a file use the series up.
    let is_ours = (6..=9).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_ours { digits.parse().ok() } else { None }
}

/// So long a cancellation can be undone.
pub(super) const UNDO: i64 = 10 * Instant::MINUTE;
/// The longest reason.
pub(super) const REASON_MAX: usize = 500;

/// What a cart is checked against.
pub(super) struct Check<'a> {
    pub(super) cart: &'a Cart,
    pub(super) priced: &'a PricedCart,
    pub(super) places: Result<(), OrderRefusal>,
    pub(super) seen_net: Amount,
    pub(super) today: Date,
    /// The first day on which everything can be ready.
    pub(super) earliest: Date,
}

/// Checks a cart, in the order of [`OrderRefusal`].
///
/// # Errors
/// [`OrderRefusal`], with the values its sentence needs.
pub(super) fn may_place(check: &Check<'_>) -> Outcome<()> {
    let Check { cart, priced, .. } = check;
    if cart.ordered_at.is_some() {
        return Err(OrderRefusal::AlreadyOrdered.into());
    }
    if priced.lines.is_empty() {
        return Err(OrderRefusal::Empty.into());
    }
    if let Some(line) = priced.lines.iter().find(|line| line.price.is_none() || !line.product.is_active) {
        return Err(OrderRefusal::Unavailable.refused().with("sku", line.product.sku.as_str()).into());
    }
    if let Some(line) = priced.lines.iter().find(|line| !is_sold_so(line)) {
        let minimum = Quantity::new(line.product.packing.minimum, line.line.quantity.unit());
        let step = Quantity::new(line.product.packing.step, line.line.quantity.unit());
        let refused = OrderRefusal::Quantity.refused().with("sku", line.product.sku.as_str());
        return Err(refused.with("minimum", minimum.to_decimal()).with("step", step.to_decimal()).into());
    }
    check.places?;
    match cart.requested_on {
        Some(date) if date < check.today => return Err(OrderRefusal::Date.into()),
        Some(date) if date < check.earliest => {
            return Err(OrderRefusal::TooSoon.refused().with("earliest", check.earliest.to_string()).into());
        }
        _ => {}
    }
    if check.seen_net != priced.totals.net {
        let refused = OrderRefusal::PriceChanged.refused();
        return Err(refused.with("seen", check.seen_net.to_string()).with("now", priced.totals.net.to_string()).into());
    }
    Ok(())
}

/// Whether a product is sold in a line's quantity. What was agreed on is delivered as agreed.
fn is_sold_so(line: &PricedLine) -> bool {
    let has_deal = line.deal.as_ref().is_some_and(DealState::holds);
    has_deal || line.product.packing.check(line.line.quantity).is_ok()
}

/// Where goods and invoice go. What was chosen is not replaced by another address, and where there are several for goods,
/// one has to be chosen; the invoice goes with the goods unless another address was chosen, or that one takes none.
///
/// # Errors
/// [`OrderRefusal`].
pub(super) fn places<'a>(cart: &Cart, all: &'a [Address]) -> Result<(&'a Address, &'a Address), OrderRefusal> {
    let mut shipping = all.iter().filter(|address| address.is_shipping);
    let ship_to = match cart.ship_to {
        Some(id) => shipping.find(|address| address.id == id).ok_or(OrderRefusal::AddressGone)?,
        None => match (shipping.next(), shipping.next()) {
            (None, _) => return Err(OrderRefusal::NoAddress),
            (Some(only), None) => only,
            (Some(_), Some(_)) => return Err(OrderRefusal::AddressChoice),
        },
    };
    let mut billing = all.iter().filter(|address| address.is_billing);
    let bill_to = match cart.bill_to {
        Some(id) => billing.find(|address| address.id == id).ok_or(OrderRefusal::AddressGone)?,
        None if ship_to.is_billing => ship_to,
        None => billing.next().ok_or(OrderRefusal::NoAddress)?,
    };
    Ok((ship_to, bill_to))
}

/// A reason as typed, trimmed.
///
/// # Errors
/// Invalid `reason`.
pub(super) fn reason(text: &str) -> Outcome<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Invalid::field("reason", "required").into());
    }
    if text.chars().count() > REASON_MAX {
        return Err(Invalid::default().and("reason", "too-long", vec![("most", REASON_MAX.to_string())]).into());
    }
    Ok(text.to_owned())
}

/// Until when this person can undo a cancellation; `None` for what was not cancelled, by somebody else, or too long ago.
pub(super) fn undo_until(order: &Order, person: Option<UserId>, now: Instant) -> Option<Instant> {
    let cancelled = order.cancelled.filter(|_| order.state == OrderState::Cancelled)?;
    let is_own = cancelled.by.is_some() && cancelled.by == person;
    Some(cancelled.at.plus(UNDO)).filter(|end| is_own && now < *end)
}

/// Whether what an order comes to is owed, or will be.
pub(super) fn takes_credit(state: OrderState) -> bool {
    matches!(state, OrderState::Open | OrderState::Shipped)
}

/// The states that may follow a state.
pub(super) fn next_states(state: OrderState) -> &'static [OrderState] {
    match state {
        OrderState::Held => &[OrderState::Open, OrderState::Cancelled],
        OrderState::Open => &[OrderState::Shipped, OrderState::Cancelled],
        OrderState::Shipped => &[OrderState::Completed],
        OrderState::Completed | OrderState::Cancelled => &[],
    }
}

/// The numbers with another sum on one side than on the other, or on one side only, in order.
pub(super) fn differing(bought: &BTreeMap<String, i64>, remembered: &BTreeMap<String, i64>) -> Vec<String> {
    let other = |a: &BTreeMap<String, i64>, number: &str, net: i64| a.get(number) != Some(&net);
    let mut numbers: Vec<String> = bought
        .iter()
        .filter(|(number, net)| other(remembered, number, **net))
        .chain(remembered.iter().filter(|(number, _)| !bought.contains_key(*number)))
        .map(|(number, _)| number.clone())
        .collect();
    numbers.sort_unstable();
    numbers
}
