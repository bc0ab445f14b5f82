//! Whether a cart can be ordered, and whether an order can change. Pure.

use std::collections::BTreeMap;

use buying::carts::{Cart, PricedCart};
use kernel::{Amount, Date, Outcome};

use super::{OrderRefusal, OrderState};

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

/// Checks a cart, in the order of [`OrderRefusal`].
///
/// # Errors
/// [`OrderRefusal`], with the values its sentence needs.
pub(super) fn may_place(
    cart: &Cart,
    priced: &PricedCart,
    has_addresses: bool,
    seen_net: Option<Amount>,
    today: Date,
) -> Outcome<()> {
    if cart.ordered_at.is_some() {
        return Err(OrderRefusal::AlreadyOrdered.into());
    }
    if priced.lines.is_empty() {
        return Err(OrderRefusal::Empty.into());
    }
    if let Some(line) = priced.lines.iter().find(|line| line.price.is_none() || !line.product.is_active) {
        return Err(OrderRefusal::Unavailable.refused().with("sku", line.product.sku.as_str()).into());
    }
    if !has_addresses {
        return Err(OrderRefusal::NoAddress.into());
    }
    if cart.requested_on.is_some_and(|date| date < today) {
        return Err(OrderRefusal::Date.into());
    }
    match seen_net {
        Some(seen) if seen != priced.totals.net => {
            let refused = OrderRefusal::PriceChanged.refused();
            Err(refused.with("seen", seen.to_string()).with("now", priced.totals.net.to_string()).into())
        }
        _ => Ok(()),
    }
}

/// The states that may follow a state.
pub(super) fn next_states(state: OrderState) -> &'static [OrderState] {
    match state {
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
