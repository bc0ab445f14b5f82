//! The data behind [`super::Catalog`] and how it changes.

use std::borrow::Borrow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use db::Db;
use kernel::{CategoryId, Outcome, ProductId};

use crate::attributes::{self, AttributeKey};
use crate::categories::{self, Category};
use crate::natural_order;
use crate::products::store::{self, Shared};
use crate::products::{Product, Which};

/// Products read from the database at once. Rows of a database are bulky; this bounds how many there are at a time.
const PIECE: i64 = 2_000;

/// A product that is found by its SKU, without a second copy of it.
pub(super) struct BySku(pub(super) Arc<Product>);

impl Borrow<str> for BySku {
    fn borrow(&self) -> &str {
        self.0.sku.as_str()
    }
}

impl Hash for BySku {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.sku.as_str().hash(state);
    }
}

impl PartialEq for BySku {
    fn eq(&self, other: &Self) -> bool {
        self.0.sku == other.0.sku
    }
}

impl Eq for BySku {}

type Products = Arc<[Arc<Product>]>;

#[derive(Default)]
pub(super) struct State {
    pub(super) by_id: HashMap<ProductId, Arc<Product>>,
    pub(super) by_sku: HashSet<BySku>,
    pub(super) categories: HashMap<CategoryId, Arc<Category>>,
    pub(super) codes: HashMap<String, CategoryId>,
    pub(super) keys: HashMap<String, Arc<AttributeKey>>,
    pub(super) generation: u64,
    below: HashMap<Option<CategoryId>, Vec<CategoryId>>,
    /// Products that can be bought, by the category in which they stand, by SKU.
    leaves: HashMap<CategoryId, Vec<Arc<Product>>>,
    /// The same with everything below, put together when first asked for.
    subtrees: Mutex<HashMap<CategoryId, Products>>,
    shared: Shared,
}

impl State {
    pub(super) async fn load(db: &Db) -> Outcome<Self> {
        let mut state = Self::default();
        state.load_tree(db).await?;
        let tx = db.read().await?;
        let mut after = None;
        loop {
            let piece = store::load(&tx, &Which::After(after, PIECE), &mut state.shared).await?;
            let Some(last) = piece.last().map(|product| product.id) else { break };
            after = Some(last);
            for product in piece {
                state.put(Arc::new(product));
            }
        }
        state.leaves.values_mut().for_each(|leaf| sort(leaf));
        Ok(state)
    }

    /// Reads categories and attribute keys again; they are few.
    async fn load_tree(&mut self, db: &Db) -> Outcome<()> {
        let tree = Tree::load(db).await?;
        self.set_tree(tree);
        Ok(())
    }

    pub(super) fn set_tree(&mut self, tree: Tree) {
        let Tree { categories, keys } = tree;
        self.below.clear();
        // They come by position, so children do too.
        for category in &categories {
            self.below.entry(category.parent).or_default().push(category.id);
        }
        self.codes = categories.iter().map(|category| (category.code.clone(), category.id)).collect();
        self.categories = categories.into_iter().map(|category| (category.id, Arc::new(category))).collect();
        self.keys = keys.into_iter().map(|key| (key.key.clone(), Arc::new(key))).collect();
        self.changed();
    }

    fn changed(&mut self) {
        self.generation += 1;
        self.subtrees.get_mut().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// What many products have alike, for reading more of them.
    pub(super) fn shared(&self) -> Shared {
        self.shared.clone()
    }

    /// Takes in products that are new or have changed.
    pub(super) fn replace(&mut self, products: Vec<Product>, shared: Shared) {
        self.shared = shared;
        let mut touched = BTreeSet::new();
        for product in products {
            if let Some(old) = self.by_id.get(&product.id) {
                let (id, category) = (old.id, old.category);
                if let Some(leaf) = self.leaves.get_mut(&category) {
                    leaf.retain(|other| other.id != id);
                }
            }
            touched.insert(product.category);
            self.put(Arc::new(product));
        }
        touched.iter().filter_map(|category| self.leaves.get_mut(category).map(|leaf| sort(leaf))).for_each(drop);
        self.changed();
    }

    fn put(&mut self, product: Arc<Product>) {
        if product.is_active {
            self.leaves.entry(product.category).or_default().push(product.clone());
        }
        self.by_sku.replace(BySku(product.clone()));
        self.by_id.insert(product.id, product);
    }

    pub(super) fn below(&self, id: Option<CategoryId>) -> Vec<Arc<Category>> {
        let ids = self.below.get(&id).map(Vec::as_slice).unwrap_or_default();
        ids.iter().filter_map(|id| self.categories.get(id).cloned()).collect()
    }

    pub(super) fn path(&self, id: CategoryId) -> Vec<Arc<Category>> {
        let mut path = Vec::new();
        let mut next = Some(id);
        while let Some(category) = next.and_then(|id| self.categories.get(&id)) {
            // A circle in the data must not hang a page.
            if path.len() > self.categories.len() {
                break;
            }
            next = category.parent;
            path.push(category.clone());
        }
        path.reverse();
        path
    }

    pub(super) fn subtree(&self, id: CategoryId) -> Vec<CategoryId> {
        let mut ids = vec![id];
        let mut at = 0;
        while at < ids.len() && ids.len() <= self.categories.len() {
            let here = Some(ids[at]);
            at += 1;
            // Children right behind their parent keep the order of the tree.
            let children = self.below.get(&here).map(Vec::as_slice).unwrap_or_default();
            ids.splice(at..at, children.iter().copied());
        }
        ids
    }

    pub(super) fn in_category(&self, id: CategoryId) -> Products {
        let mut subtrees = self.subtrees.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = subtrees.get(&id) {
            return known.clone();
        }
        let leaves = self.subtree(id).into_iter().filter_map(|id| self.leaves.get(&id));
        let products: Products = leaves.flatten().cloned().collect();
        if self.categories.contains_key(&id) {
            subtrees.insert(id, products.clone());
        }
        products
    }
}

fn sort(products: &mut [Arc<Product>]) {
    products.sort_unstable_by(|a, b| natural_order(a.sku.as_str(), b.sku.as_str()));
}

/// Categories and attribute keys.
pub(super) struct Tree {
    categories: Vec<Category>,
    keys: Vec<AttributeKey>,
}

impl Tree {
    pub(super) async fn load(db: &Db) -> Outcome<Self> {
        let tx = db.read().await?;
        Ok(Self { categories: categories::queries::all(&tx).await?, keys: attributes::all(&tx).await? })
    }
}
