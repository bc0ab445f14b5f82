//! Selections, remembered for as long as the catalogue does not change.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use catalog::Catalog;
use kernel::CategoryId;

use super::asked::Asked;
use super::facets::{Selection, select};

/// How many selections are kept. A selection of a whole catalogue is a list of pointers, some 100 kB.
const KEPT_MAX: usize = 200;

/// Selections by category and conditions; a part of the application.
#[derive(Default)]
pub struct Selections(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    generation: u64,
    selections: HashMap<(CategoryId, String), Arc<Selection>>,
}

impl Selections {
    /// What `asked` selects in a category.
    pub(super) fn in_category(&self, catalog: &Catalog, category: CategoryId, asked: &Asked) -> Arc<Selection> {
        // Order and page do not change what is selected.
        let conditions = Asked { sort: super::asked::Sort::Best, ..asked.clone() }.address();
        let generation = catalog.generation();
        let key = (category, conditions);
        if let Some(known) = self.kept(generation).selections.get(&key) {
            return Arc::clone(known);
        }
        let selection = Arc::new(select(&catalog.in_category(category), asked, &|key| catalog.attribute_key(key)));
        let mut kept = self.kept(generation);
        if kept.selections.len() >= KEPT_MAX {
            kept.selections.clear();
        }
        kept.selections.insert(key, Arc::clone(&selection));
        selection
    }

    /// What is kept for this state of the catalogue.
    fn kept(&self, generation: u64) -> std::sync::MutexGuard<'_, Kept> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.generation != generation {
            *kept = Kept { generation, selections: HashMap::new() };
        }
        kept
    }
}
