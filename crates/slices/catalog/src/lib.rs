//! The catalogue: categories in a tree, the attributes that describe products, and the products themselves with their
//! texts, packing, stock and pictures.
//!
//! * [`products`], [`categories`], [`attributes`] are the capabilities: actions are the only writers.
//! * [`Catalog`] is the read model that pages use: every product in memory, refreshed from the event log within a
//!   second. What a seller alone may know (cost, class) is not in it; see [`products::SellerFacts`].
//! * `office` is where the seller changes products, on pages and by JSON.
//! * [`relations`] says which products could take the place of another, or go with it.
//! * [`media`] draws the pictures.

pub mod attributes;
pub mod categories;
mod facts;
pub mod media;
mod office;
pub mod products;
mod read;
pub mod relations;
mod texts;

pub use attributes::attribute_text;
pub use facts::attribute_facts;
pub use read::{Catalog, Hits};
pub use texts::{Texts, folded, natural_order};

use kernel::RefusalInfo;

/// The tables of this slice.
pub const MIGRATIONS: &[db::Migration] = &[
    db::migration!("catalog", "0001_catalog"),
    db::migration!("catalog", "0002_relations"),
    db::migration!("catalog", "0003_stock_age"),
];

/// The refusals of this slice.
pub const REFUSALS: &[&[RefusalInfo]] = &[products::ProductRefusal::ALL];

/// The routes of this slice.
pub fn routes() -> web::Routes {
    web::Routes::new().merge(office::routes()).merge(relations::routes()).merge(read::routes()).merge(media::routes())
}
