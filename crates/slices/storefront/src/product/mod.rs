//! The product page: what it is, what *I* pay for it, how much, and asking for less. And the same as JSON.
//!
//! Product, price and buyer come from memory; the last price paid is asked once per company and product and forgotten
//! when the company orders again ([`LastPaids`]).

mod api;
mod facts;
mod pages;
mod remember;
mod view;

pub use remember::LastPaids;

use kernel::Access;
use web::{ApiDoc, Method, Routes};

pub(crate) fn routes() -> Routes {
    let get = ApiDoc::new("products", "get_product", "One product with the own price ladder.")
        .query::<api::ProductQuery>()
        .response::<api::ProductView<'_>>();
    Routes::new()
        .page(Method::GET, "/p/{sku}", Access::Public, pages::show)
        .page(Method::GET, "/p/{sku}/price", Access::Public, pages::price)
        .api(Method::GET, "/api/v1/products/{sku}", Access::Public, get, api::show)
}
