//! Carts: named, one of them current, priced anew whenever they are looked at.
//!
//! A line can be bound to an agreed offer ([`DealState`]): it has the agreed price while the offer's conditions hold for
//! all lines bound to it, and the list price otherwise, with the reasons. Nothing is forgotten by breaking a deal: meet
//! its conditions again and the price is back.
//!
//! A deal's days to pay are for its own lines; what is chosen is for the others. Whatever would break a deal that holds
//! ([`actions::set_quantity`], [`actions::remove`], [`actions::unbind`]) is refused until it is confirmed, and so is a
//! quantity that nobody means. What goes beyond the most that a deal holds for becomes a line at the list price.

pub mod actions;
mod adding;
mod api;
mod checkout;
mod json;
mod lines;
mod model;
mod pages;
pub mod queries;
mod question;
mod rules;
mod store;
#[cfg(test)]
mod tests;
mod view;

pub use json::{CartLineView, CartView};
pub use model::{
    AddLine, Cart, CartEvent, CartLine, CartRefusal, CheckoutInput, DealState, Fitting, Placed, PricedCart, PricedLine,
};

use kernel::{Access, Permission};
use web::{Method, Routes};

pub(crate) fn routes() -> Routes {
    let buy = Access::Needs(Permission::Buy);
    Routes::new()
        .page(Method::GET, "/cart", buy, pages::cart)
        .page(Method::POST, "/carts", buy, pages::create)
        .page(Method::POST, "/carts/{id}/name", buy, pages::rename)
        .page(Method::POST, "/carts/{id}/selection", buy, pages::select)
        .page(Method::POST, "/carts/{id}/removal", buy, pages::remove_cart)
        .page(Method::POST, "/carts/{id}/restoration", buy, pages::restore_cart)
        .page(Method::POST, "/cart/quantities", buy, lines::save_all)
        .page(Method::POST, "/cart/lines", buy, adding::add)
        .page(Method::POST, "/cart/lines/{id}", buy, lines::set_quantity)
        .page(Method::POST, "/cart/lines/{id}/removal", buy, lines::remove)
        .page(Method::POST, "/cart/lines/{id}/unbinding", buy, lines::unbind)
        .page(Method::POST, "/cart/lines/{id}/restoration", buy, lines::restore)
        .page(Method::POST, "/cart/deals/{offer}", buy, pages::add_deal)
        .page(Method::POST, "/negotiations/{id}/offers/{offer}/acceptance", buy, pages::take_offer)
        .page(Method::GET, "/checkout", buy, checkout::page)
        .page(Method::POST, "/checkout", buy, checkout::save)
        .merge(api::routes())
}
