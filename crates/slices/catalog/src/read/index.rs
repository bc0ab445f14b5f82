//! How the search index follows the catalogue. It is derived: whatever is wrong with it, it is made anew.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use db::Db;
use db::events::Cursor;
use i18n::{Language, Locale};
use kernel::{Fault, Outcome, ProductId};
use search::{Doc, ProductIndex};

use super::state::State;
use crate::attributes::attribute_text;
use crate::products::Product;

/// Documents handed to the index at once.
const PIECE: usize = 1_000;
/// Events after which the place in the log is worth writing down although no product changed.
const EVENTS_WORTH_NOTING: usize = 500;

/// Opens the index and brings it to the state of the catalogue, which was read at `read_at`.
pub(super) async fn open(db: &Db, state: &State, dir: Option<&Path>, read_at: Cursor) -> Outcome<Arc<ProductIndex>> {
    let index = Arc::new(ProductIndex::open(dir)?);
    let known = index.cursor()?.and_then(|text| Cursor::parse(&text)).filter(|known| *known <= read_at);
    let caught_up = match known {
        Some(known) => catch_up(db, state, &index, known).await?,
        None => false,
    };
    // An index of another database can look right; the number of products gives most of these away.
    let products = state.by_id.values().filter(|product| product.is_active).count();
    if !caught_up || index.len() != products {
        tracing::info!(products, "the search index is made anew");
        Change::of(state, &BTreeSet::new(), true).write(&index, read_at).await?;
    }
    Ok(index)
}

/// What happened since the index was last written.
async fn catch_up(db: &Db, state: &State, index: &Arc<ProductIndex>, known: Cursor) -> Outcome<bool> {
    let (mut cursor, mut seen, mut products) = (known, 0, BTreeSet::new());
    loop {
        let events = db::events::after(&db.read().await?, db.engine(), cursor).await?;
        let Some(last) = events.last() else { break };
        cursor = last.cursor;
        seen += events.len();
        for event in &events {
            match event.kind.split('.').next() {
                Some("product") => products.extend(crate::products::concerned(event)),
                // Names of categories and attributes are in many products.
                Some("category" | "attribute") => return Ok(false),
                _ => {}
            }
        }
    }
    if !products.is_empty() || seen >= EVENTS_WORTH_NOTING {
        Change::of(state, &products, false).write(index, cursor).await?;
    }
    Ok(true)
}

/// What is to be written to the index; made under the catalogue's lock, written without it.
pub(super) struct Change {
    clear: bool,
    gone: Vec<ProductId>,
    docs: Vec<Doc>,
}

impl Change {
    /// What has become of these products, or everything anew.
    pub(super) fn of(state: &State, products: &BTreeSet<ProductId>, anew: bool) -> Self {
        if anew {
            let active = state.by_id.values().filter(|product| product.is_active);
            return Self { clear: true, gone: Vec::new(), docs: active.map(|product| doc(state, product)).collect() };
        }
        let active = |id: &ProductId| state.by_id.get(id).filter(|product| product.is_active);
        Self {
            clear: false,
            gone: products.iter().filter(|id| active(id).is_none()).copied().collect(),
            docs: products.iter().filter_map(active).map(|product| doc(state, product)).collect(),
        }
    }

    /// Writing waits for the disk, so it has a thread of its own.
    pub(super) async fn write(self, index: &Arc<ProductIndex>, cursor: Cursor) -> Outcome<()> {
        let index = Arc::clone(index);
        let work = tokio::task::spawn_blocking(move || {
            if self.clear {
                index.clear()?;
            }
            index.remove(&self.gone)?;
            self.docs.chunks(PIECE).try_for_each(|piece| index.upsert(piece))?;
            index.commit(&cursor.to_string())
        });
        Ok(work.await.map_err(|e| Fault::because("changing the search index", e))??)
    }
}

fn doc(state: &State, product: &Product) -> Doc {
    let path = state.path(product.category);
    let names = Language::ALL.into_iter().map(|language| (language, product.name.get(language).to_owned()));
    Doc {
        id: product.id,
        sku: product.sku.clone(),
        gtin: product.gtin.clone(),
        mpn: product.mpn.as_deref().map(str::to_owned),
        names: names.collect(),
        attributes: attributes(state, product),
        categories: path.iter().map(|category| category.id).collect(),
        class: path.first().map_or_else(String::new, |root| root.code.clone()),
    }
}

/// The attributes and categories of a product in words, in all languages.
fn attributes(state: &State, product: &Product) -> String {
    let mut words = Vec::new();
    for language in Language::ALL {
        let locale = Locale::new(language, "UTC");
        for attribute in &product.attributes {
            let unit = state.keys.get(&*attribute.key).map_or("", |key| &*key.unit);
            words.push(attribute_text(&attribute.value, &locale));
            words.push(unit.to_owned());
        }
        words.extend(state.path(product.category).iter().map(|category| category.name.get(language).to_owned()));
    }
    words.join(" ")
}
