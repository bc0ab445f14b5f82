//! Products: what they are called, how they are packed, what there is of them.
//!
//! [`Product`] is safe to show to buyers. Cost and class are [`SellerFacts`], read apart and never serialised.

pub mod actions;
mod model;
pub mod queries;
mod rules;
pub(crate) mod store;
#[cfg(test)]
mod tests;

pub use model::{Media, MediaKind, NewProduct, OrderType, Product, SellerFacts};
pub use queries::{ProductFilter, ProductRow, ProductSort};
pub use rules::Availability;
pub(crate) use store::Which;

use kernel::{CompanyId, ProductId, refusals};

refusals! {
    /// Why a product is not changed.
    pub enum ProductRefusal {
        /// Somebody else changed the product after it was read.
        Changed = "product-changed" => Conflict,
    }
}

/// What happened to products.
pub(crate) enum Event {
    Created(ProductId),
    Changed(ProductId),
    Stocked(ProductId),
    /// Many at once, by an import; at most [`actions::BATCH`].
    Imported(Vec<ProductId>),
}

impl db::events::Event for Event {
    fn kind(&self) -> &'static str {
        match self {
            Self::Created(_) => "product.created",
            Self::Changed(_) => "product.changed",
            Self::Stocked(_) => "product.stocked",
            Self::Imported(_) => "product.imported",
        }
    }

    fn subject(&self) -> String {
        match self {
            Self::Created(id) | Self::Changed(id) | Self::Stocked(id) => id.to_string(),
            Self::Imported(_) => "many".into(),
        }
    }

    fn company(&self) -> Option<CompanyId> {
        None
    }

    fn payload(&self) -> serde_json::Value {
        match self {
            Self::Imported(ids) => serde_json::json!({ "products": ids }),
            _ => serde_json::Value::Null,
        }
    }
}

/// The products that a `product.…` event is about.
pub(crate) fn concerned(event: &db::events::EventRow) -> Vec<ProductId> {
    match event.payload.get("products").and_then(|ids| ids.as_array()) {
        Some(ids) => ids.iter().filter_map(|id| ProductId::parse(id.as_str()?)).collect(),
        None => ProductId::parse(&event.subject).into_iter().collect(),
    }
}
