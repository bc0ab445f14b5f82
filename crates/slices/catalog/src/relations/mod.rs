//! Which products could take the place of another, and which go with it: what the negotiation offers when the asked price is
//! out of reach, and what a product page may show.
//!
//! A relation is one-sided: that a brass valve is a cheaper one than the stainless one says nothing the other way round.

pub mod actions;
mod api;
pub mod queries;
mod store;
#[cfg(test)]
mod tests;

use db::events::Event;
use kernel::{Access, CompanyId, Permission, ProductId, Rate};
use web::{ApiDoc, Method};

/// How the other product relates to the one that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RelationKind {
    /// It does the same for less.
    Cheaper,
    /// It costs more and lasts longer.
    LastsLonger,
    /// It is used together with it.
    GoesWith,
}

impl RelationKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Cheaper, Self::LastsLonger, Self::GoesWith];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Cheaper => "cheaper",
            Self::LastsLonger => "lasts_longer",
            Self::GoesWith => "goes_with",
        }
    }

    /// The kind with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Another product of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relation {
    /// The other product.
    pub other: ProductId,
    /// How it relates.
    pub kind: RelationKind,
    /// One unit of it does the work of so many: 2,500,000 ppm is two and a half. [`Rate::ONE`] for all but
    /// [`RelationKind::LastsLonger`].
    pub lasts: Rate,
}

/// A product's relations were set.
#[derive(Debug)]
pub(crate) struct RelationsSet(pub(crate) ProductId);

impl Event for RelationsSet {
    fn kind(&self) -> &'static str {
        "product.relations_set"
    }
    fn subject(&self) -> String {
        self.0.to_string()
    }
    fn company(&self) -> Option<CompanyId> {
        None
    }
    fn payload(&self) -> serde_json::Value {
        serde_json::Value::Null
    }
}

pub(crate) fn routes() -> web::Routes {
    let may = Access::Needs(Permission::ManageCatalog);
    let doc = |id, summary| ApiDoc::new("catalog", id, summary);
    let path = "/api/v1/products/{product}/relations";
    web::Routes::new()
        .api(
            Method::GET,
            path,
            may,
            doc("list_product_relations", "Products that could take the place of a product, or go with it")
                .response::<Vec<api::RelationJson>>(),
            api::list,
        )
        .api(
            Method::PUT,
            path,
            may,
            doc("set_product_relations", "Sets which products could take the place of a product, or go with it")
                .request::<api::SetRelations>()
                .response::<Vec<api::RelationJson>>(),
            api::set,
        )
}
