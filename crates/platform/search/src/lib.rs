//! Finding products by what people type: SKUs, GTINs, dimensions, words, beginnings of words, slips of the finger.
//!
//! [`ProductIndex`] wraps a `tantivy` index. It holds what is searched and the products' ids, nothing that is shown:
//! whoever searches loads names, prices and stock by id. It can always be rebuilt: [`ProductIndex::cursor`] says up to
//! which place of the event log it is complete, and an index of an older form is thrown away when opened.
//!
//! All calls block (searching well under a millisecond, changing as long as the disk takes): change the index from
//! `spawn_blocking`.
//!
//! How a query is understood is in `words.rs`, how it is ranked in `query.rs`.
#![warn(missing_docs)]

mod index;
mod query;
mod schema;
#[cfg(test)]
mod tests;
mod words;

use i18n::Language;
use kernel::{CategoryId, Gtin, ProductId, Sku};

pub use index::ProductIndex;

/// What is searched of one product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doc {
    /// The product; one that is in the index already is replaced.
    pub id: ProductId,
    /// Its SKU.
    pub sku: Sku,
    /// Its GTIN.
    pub gtin: Option<Gtin>,
    /// The manufacturer's number for it.
    pub mpn: Option<String>,
    /// Its name by language.
    pub names: Vec<(Language, String)>,
    /// Attributes in words, e.g. `steel 8.8 zinc plated M8 40 mm`, in all languages.
    pub attributes: String,
    /// The category it is in, and those above it.
    pub categories: Vec<CategoryId>,
    /// Its class, e.g. `fastener`.
    pub class: String,
}

/// How to search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The reader's language: names in it count more than those in others.
    pub language: Language,
    /// Only products in this category or below it.
    pub category: Option<CategoryId>,
    /// How many products to give.
    pub limit: usize,
    /// How many to skip before.
    pub offset: usize,
}

impl Options {
    /// The first 20 products in all categories.
    pub fn new(language: Language) -> Self {
        Self { language, category: None, limit: 20, offset: 0 }
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hits {
    /// The wanted part of the products found, the best first.
    pub ids: Vec<ProductId>,
    /// How many were found in all.
    pub total: usize,
}
