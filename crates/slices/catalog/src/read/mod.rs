//! The catalogue in memory: every product and category, read by pages thousands of times a second, kept up to date from
//! the event log. Seller-only facts are not in it.

mod api;
mod follow;
mod index;
mod state;

use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use db::Db;
use db::events::Cursor;
use i18n::Language;
use kernel::{CategoryId, Outcome, ProductId};

use crate::attributes::AttributeKey;
use crate::categories::Category;
use crate::products::Product;
use search::{Options, ProductIndex};
use state::State;
use web::{ApiDoc, Method};

/// The catalogue in memory. Cheap to clone; a part of the application.
#[derive(Clone)]
pub struct Catalog {
    inner: Arc<Inner>,
}

struct Inner {
    state: RwLock<State>,
    index: Arc<ProductIndex>,
    /// The newest event when the state was read; [`Catalog::follow`] goes on from there.
    read_at: Cursor,
}

/// What a search found.
#[derive(Debug, Clone, Default)]
pub struct Hits {
    /// The products, best first.
    pub products: Vec<Arc<Product>>,
    /// How many there are in all.
    pub total: usize,
}

impl Catalog {
    /// Reads the whole catalogue, with a search index that lives in memory only.
    ///
    /// # Errors
    /// As [`Catalog::open`].
    pub async fn load(db: &Db) -> Outcome<Self> {
        Self::open(db, None).await
    }

    /// Reads the whole catalogue. The search index is kept in `index_dir` and made anew when it is missing there.
    ///
    /// # Errors
    /// A fault when the database or the index fails.
    pub async fn open(db: &Db, index_dir: Option<&Path>) -> Outcome<Self> {
        let read_at = db::events::last(db).await?;
        let state = State::load(db).await?;
        let index = index::open(db, &state, index_dir, read_at).await?;
        Ok(Self { inner: Arc::new(Inner { state: RwLock::new(state), index, read_at }) })
    }

    fn state(&self) -> RwLockReadGuard<'_, State> {
        self.inner.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The product with this id, retired or not.
    pub fn product(&self, id: ProductId) -> Option<Arc<Product>> {
        self.state().by_id.get(&id).cloned()
    }

    /// The product with this SKU in any case, retired or not.
    pub fn by_sku(&self, sku: &str) -> Option<Arc<Product>> {
        let state = self.state();
        if let Some(found) = state.by_sku.get(sku) {
            return Some(found.0.clone());
        }
        let sku = kernel::Sku::parse(sku).ok()?;
        state.by_sku.get(sku.as_str()).map(|found| found.0.clone())
    }

    /// The category with this id.
    pub fn category(&self, id: CategoryId) -> Option<Arc<Category>> {
        self.state().categories.get(&id).cloned()
    }

    /// The category with this code.
    pub fn category_by_code(&self, code: &str) -> Option<Arc<Category>> {
        let state = self.state();
        state.codes.get(code).and_then(|id| state.categories.get(id)).cloned()
    }

    /// The categories at the top, by position.
    pub fn roots(&self) -> Vec<Arc<Category>> {
        self.state().below(None)
    }

    /// The categories right below one, by position.
    pub fn children(&self, id: CategoryId) -> Vec<Arc<Category>> {
        self.state().below(Some(id))
    }

    /// The way to a category from the top, the category itself last.
    pub fn path(&self, id: CategoryId) -> Vec<Arc<Category>> {
        self.state().path(id)
    }

    /// The category and all below it.
    pub fn subtree(&self, id: CategoryId) -> Vec<CategoryId> {
        self.state().subtree(id)
    }

    /// The products in a category and below that can be bought, by category and SKU.
    pub fn in_category(&self, id: CategoryId) -> Arc<[Arc<Product>]> {
        let state = self.state();
        state.in_category(id)
    }

    /// How many products there are in a category and below.
    pub fn count_in(&self, id: CategoryId) -> usize {
        self.in_category(id).len()
    }

    /// How many products there are, retired ones included.
    pub fn count(&self) -> usize {
        self.state().by_id.len()
    }

    /// The attribute with this key.
    pub fn attribute_key(&self, key: &str) -> Option<Arc<AttributeKey>> {
        self.state().keys.get(key).cloned()
    }

    /// Every attribute key, by position.
    pub fn attribute_keys(&self) -> Vec<Arc<AttributeKey>> {
        let mut keys: Vec<_> = self.state().keys.values().cloned().collect();
        keys.sort_by(|a, b| (a.position, &a.key).cmp(&(b.position, &b.key)));
        keys
    }

    /// Grows whenever anything in the catalogue changes: what is computed from it can be kept until then.
    pub fn generation(&self) -> u64 {
        self.state().generation
    }

    /// Products that can be bought and fit the query, best first. Nothing typed is a mistake.
    pub fn search(&self, query: &str, language: Language, limit: usize, offset: usize) -> Hits {
        self.search_in(query, language, None, limit, offset)
    }

    /// The same in a category and below.
    pub fn search_in(
        &self,
        query: &str,
        language: Language,
        category: Option<CategoryId>,
        limit: usize,
        offset: usize,
    ) -> Hits {
        let options = Options { category, limit, offset, ..Options::new(language) };
        let found = self.inner.index.search(query, &options).unwrap_or_else(|fault| {
            tracing::error!("{fault}");
            search::Hits::default()
        });
        Hits { products: self.products(&found.ids), total: found.total }
    }

    /// Up to `limit` products for what somebody has typed so far.
    pub fn suggest(&self, prefix: &str, limit: usize) -> Vec<Arc<Product>> {
        let found = self.inner.index.suggest(prefix, limit).unwrap_or_else(|fault| {
            tracing::error!("{fault}");
            Vec::new()
        });
        self.products(&found)
    }

    /// The products with these ids that can be bought, in the same order.
    fn products(&self, ids: &[ProductId]) -> Vec<Arc<Product>> {
        let state = self.state();
        ids.iter().filter_map(|id| state.by_id.get(id)).filter(|product| product.is_active).cloned().collect()
    }
}

pub(crate) fn routes() -> web::Routes {
    let doc = ApiDoc::new("catalogue", "list_categories", "The tree of categories").response::<api::CategoryList>();
    web::Routes::new().api(Method::GET, "/api/v1/categories", kernel::Access::Public, doc, api::list)
}
