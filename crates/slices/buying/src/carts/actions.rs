//! Changing carts.

use db::WriteTx;
use kernel::{CartId, CartLineId, Ctx, OfferId, Outcome, Quantity};

use super::{AddLine, Cart, CheckoutInput};

/// A new, empty cart, which becomes the current one.
///
/// # Errors
/// See [`super::CartRefusal`].
pub async fn create(_tx: &WriteTx, _ctx: &Ctx, _name: &str) -> Outcome<CartId> {
    todo!()
}
/// Gives a cart another name.
pub async fn rename(_tx: &WriteTx, _ctx: &Ctx, _id: CartId, _name: &str) -> Outcome<()> {
    todo!()
}
/// Makes a cart the current one.
pub async fn select(_tx: &WriteTx, _ctx: &Ctx, _id: CartId) -> Outcome<()> {
    todo!()
}
/// Removes a cart with its lines.
pub async fn remove_cart(_tx: &WriteTx, _ctx: &Ctx, _id: CartId) -> Outcome<()> {
    todo!()
}
/// Puts a product into a cart.
pub async fn add(_tx: &WriteTx, _ctx: &Ctx, _line: &AddLine) -> Outcome<CartLineId> {
    todo!()
}
/// Changes the quantity of a line.
pub async fn set_quantity(_tx: &WriteTx, _ctx: &Ctx, _id: CartLineId, _quantity: Quantity) -> Outcome<()> {
    todo!()
}
/// Removes a line.
pub async fn remove(_tx: &WriteTx, _ctx: &Ctx, _id: CartLineId) -> Outcome<()> {
    todo!()
}
/// Puts the lines of an agreed offer into the current cart; twice is the same as once.
pub async fn add_deal(_tx: &WriteTx, _ctx: &Ctx, _offer: OfferId) -> Outcome<CartId> {
    todo!()
}
/// Sets addresses, terms, date and notes.
pub async fn set_checkout(_tx: &WriteTx, _ctx: &Ctx, _id: CartId, _input: &CheckoutInput) -> Outcome<()> {
    todo!()
}
/// The cart is ordered and over.
pub async fn mark_ordered(_tx: &WriteTx, _ctx: &Ctx, _cart: &Cart) -> Outcome<()> {
    todo!()
}
