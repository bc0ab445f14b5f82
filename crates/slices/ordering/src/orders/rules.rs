//! Whether a cart can be ordered, and whether an order can change. Pure.

use buying::carts::{Cart, PricedCart};
use kernel::{Amount, Date, Outcome};

use super::{OrderRefusal, OrderState};

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
