//! The tree of categories. Products hang on its leaves, but any category lists what is below it.

pub mod actions;
pub mod queries;
mod store;

use kernel::CategoryId;

use crate::Texts;

/// A category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its id.
    pub id: CategoryId,
    /// The category above; `None` at the top.
    pub parent: Option<CategoryId>,
    /// Stable key, part of addresses, e.g. `hexagon-screws`.
    pub code: String,
    /// Place among its siblings.
    pub position: i64,
    /// The code of its [`drawing::Icon`].
    pub icon: String,
    /// Name.
    pub name: Texts,
    /// One sentence about what is in it; may be empty.
    pub description: Texts,
}

/// A category to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCategory {
    /// The code of the category above; `None` at the top.
    pub parent: Option<String>,
    /// Stable key.
    pub code: String,
    /// Place among its siblings.
    pub position: i64,
    /// The code of its [`drawing::Icon`].
    pub icon: String,
    /// Name.
    pub name: Texts,
    /// One sentence about what is in it.
    pub description: Texts,
}

/// What happened to categories.
pub(crate) struct Changed {
    pub(crate) id: CategoryId,
}

impl db::events::Event for Changed {
    fn kind(&self) -> &'static str {
        "category.changed"
    }
    fn subject(&self) -> String {
        self.id.to_string()
    }
    fn company(&self) -> Option<kernel::CompanyId> {
        None
    }
}
