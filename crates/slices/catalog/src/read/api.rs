//! The tree of categories as JSON.

use schemars::JsonSchema;
use serde::Serialize;
use web::{App, Reply, State, Visitor};

use super::Catalog;
use crate::categories::Category;

/// A category with what is below it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CategoryNode {
    /// Stable key.
    code: String,
    /// Name in the reader's language.
    name: String,
    /// One sentence about what is in it.
    description: String,
    /// How many products there are in it and below.
    products: usize,
    /// The page about it.
    href: String,
    /// The categories below.
    children: Vec<CategoryNode>,
}

/// The whole tree.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CategoryList {
    /// The categories at the top.
    categories: Vec<CategoryNode>,
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor) -> Reply {
    let catalog = app.part::<Catalog>();
    let categories = catalog.roots().iter().map(|root| node(catalog, &visitor, root)).collect();
    web::json(&CategoryList { categories })
}

fn node(catalog: &Catalog, visitor: &Visitor, category: &Category) -> CategoryNode {
    let language = visitor.locale.language();
    CategoryNode {
        code: category.code.clone(),
        name: category.name.get(language).to_owned(),
        description: category.description.get(language).to_owned(),
        products: catalog.count_in(category.id),
        href: format!("/c/{}", category.code),
        children: catalog.children(category.id).iter().map(|child| node(catalog, visitor, child)).collect(),
    }
}
