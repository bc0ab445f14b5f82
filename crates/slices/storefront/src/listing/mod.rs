//! Lists of products with the reader's own prices: categories with filters, search, suggestions, and the same as JSON.
//!
//! Everything comes from memory. What a set of filters selects and counts is worked out once per state of the catalogue
//! ([`Selections`]); prices are looked up for the products of one page only, unless the list is sorted by them.

mod api;
mod asked;
mod facets;
mod line;
mod pages;
mod selection;
mod suggest;
#[cfg(test)]
mod tests;
mod view;

pub(crate) use line::{Line, Viewer};
pub(crate) use pages::{Tile, tiles};
pub use selection::Selections;

use kernel::Access;
use web::{ApiDoc, Method, Routes};

pub(crate) fn routes() -> Routes {
    let list = ApiDoc::new("products", "list_products", "Products with the own prices, by search or category")
        .query::<api::ListQuery>()
        .response::<api::ProductList>();
    Routes::new()
        .page(Method::GET, "/c/{code}", Access::Public, pages::category)
        .page(Method::GET, "/search", Access::Public, pages::search)
        .page(Method::GET, "/search/suggest", Access::Public, suggest::suggest)
        .api(Method::GET, "/api/v1/products", Access::Public, list, api::list)
}
