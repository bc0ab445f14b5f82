//! Reading carts and what they cost.

use db::ReadTx;
use kernel::{Actor, CartId, Date, Instant, Outcome};
use pricing::Buyer;

use super::{Cart, PricedCart};

/// The person's current cart, if there is one.
///
/// # Errors
/// Refuses guests and staff; a fault when the database fails.
pub async fn current(_tx: &ReadTx, _actor: &Actor) -> Outcome<Option<Cart>> {
    todo!()
}
/// One of the person's carts, ordered ones included.
pub async fn cart(_tx: &ReadTx, _actor: &Actor, _id: CartId) -> Outcome<Cart> {
    todo!()
}
/// All carts of the person that are not ordered, the oldest first, without their lines.
pub async fn all(_tx: &ReadTx, _actor: &Actor) -> Outcome<Vec<Cart>> {
    todo!()
}
/// What a cart costs, worked out from what this transaction sees.
pub async fn priced(_tx: &ReadTx, _buyer: &Buyer, _cart: &Cart, _now: Instant, _on: Date) -> Outcome<PricedCart> {
    todo!()
}
/// How many lines the current cart has; none for guests and staff.
pub async fn line_count(_tx: &ReadTx, _actor: &Actor) -> Outcome<i64> {
    todo!()
}
