//! Carts: named, one of them current, priced anew whenever they are looked at.
//!
//! A line can be bound to an agreed offer ([`DealState`]): it has the agreed price while the offer's conditions hold for
//! all lines bound to it, and the list price otherwise, with the reasons. Nothing is forgotten by breaking a deal: meet
//! its conditions again and the price is back.

pub mod actions;
mod model;
pub mod queries;
mod rules;
mod store;

pub use model::{
    AddLine, Cart, CartEvent, CartLine, CartRefusal, CheckoutInput, DealState, PricedCart, PricedLine,
};

pub(crate) fn routes() -> web::Routes {
    web::Routes::new()
}
