//! Carts: named, one of them current, priced anew whenever they are looked at.
//!
//! A line can be bound to an agreed offer ([`DealState`]): it has the agreed price while the offer's conditions hold for
//! all lines bound to it, and the list price otherwise, with the reasons. Nothing is forgotten by breaking a deal: meet
//! its conditions again and the price is back.

pub mod actions;
mod api;
mod checkout;
mod model;
mod pages;
pub mod queries;
mod rules;
mod store;
#[cfg(test)]
mod tests;
mod view;

pub use api::{CartLineView, CartView};
pub use model::{AddLine, Cart, CartEvent, CartLine, CartRefusal, CheckoutInput, DealState, PricedCart, PricedLine};

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
        .page(Method::POST, "/cart/lines", buy, pages::add)
        .page(Method::POST, "/cart/lines/{id}", buy, pages::set_quantity)
        .page(Method::POST, "/cart/lines/{id}/removal", buy, pages::remove)
        .page(Method::GET, "/cart/lines/{id}/preview", buy, pages::preview)
        .page(Method::POST, "/cart/deals/{offer}", buy, pages::add_deal)
        .page(Method::POST, "/negotiations/{id}/offers/{offer}/acceptance", buy, pages::take_offer)
        .page(Method::GET, "/checkout", buy, checkout::page)
        .page(Method::POST, "/checkout", buy, checkout::save)
        .merge(api::routes())
}
