//! The price book: every price list in memory, so that a page asks for a buyer's price without touching the database.
//!
//! Prices lie in sorted arrays, one set per list: 8 bytes for each product of a list and 16 for each step. A price is
//! found by one look into the directory of products and a binary search in each list that holds for the buyer. When a
//! list changes, that list is read again and put in place of the old one; readers never wait.

mod index;
mod list;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock};

use db::Db;
use db::events::{Bus, EventRow};
use kernel::{Date, Outcome, PriceListId, ProductId};
use pricing_engine::{ListRef, Resolved, resolve};
use tokio::sync::broadcast::{Receiver, error::RecvError};

use crate::{PriceBuyer, lists};
use index::Index;
use list::Reading;

/// The price book, part of the application. Cheap to clone.
#[derive(Debug, Clone)]
pub struct PriceBook(Arc<RwLock<Arc<Index>>>);

impl PriceBook {
    /// Reads every list.
    ///
    /// # Errors
    /// A fault when the database fails.
    pub async fn load(db: &Db) -> Outcome<Self> {
        let book = Self(Arc::default());
        let tx = db.read().await?;
        let ids = lists::store::ids(&tx).await?;
        drop(tx);
        book.read_again(db, ids).await?;
        Ok(book)
    }

    /// Reads every list, and then follows the event log: a change is in the book within a second.
    ///
    /// # Errors
    /// A fault when the database fails at the start; later failures are logged and tried again.
    pub async fn start(db: Db, bus: &Bus) -> Outcome<Self> {
        // First listen, then read: what changes in between is read twice rather than never.
        let events = bus.subscribe();
        let book = Self::load(&db).await?;
        tokio::spawn(follow(book.clone(), db, events));
        Ok(book)
    }

    /// The price ladder of a buyer for a product on a day; `None` when no list holds.
    pub fn resolve(&self, buyer: &PriceBuyer, product: ProductId, on: Date) -> Option<Resolved> {
        let index = self.index();
        let number = index.number(product)?;
        let mut candidates = Vec::with_capacity(4);
        index.lists_of(buyer, |list| candidates.extend(list.candidate(number)));
        resolve(&candidates, buyer.currency, on)
    }

    /// A list by its id.
    pub fn list(&self, id: PriceListId) -> Option<ListRef> {
        self.index().list(id).map(|list| Arc::clone(&list.info))
    }

    /// Lists and steps in the book, for the status page.
    pub fn size(&self) -> (usize, usize) {
        self.index().size()
    }

    fn index(&self) -> Arc<Index> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads these lists again and puts them in place, all at once.
    async fn read_again(&self, db: &Db, ids: impl IntoIterator<Item = PriceListId>) -> Outcome<()> {
        let mut index = Index::clone(&self.index());
        for id in ids {
            let tx = db.read().await?;
            let Some(list) = lists::store::by_id(&tx, id).await? else {
                index.remove(id);
                continue;
            };
            let mut reading = Reading::new(&list);
            let mut after = None;
            while let Some(last) = lists::store::prices_after(&tx, id, after, |price| {
                reading.add(index.number_for(price.product), &price);
            })
            .await?
            {
                after = Some(last);
            }
            index.put(list.scope, reading.finish());
        }
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(index);
        Ok(())
    }
}

/// The list that an event is about, when it is about one.
fn concerned(event: &EventRow) -> Option<PriceListId> {
    event.kind.starts_with("price_list.").then(|| PriceListId::parse(&event.subject)).flatten()
}

async fn follow(book: PriceBook, db: Db, mut events: Receiver<Arc<EventRow>>) {
    let mut waiting: BTreeSet<PriceListId> = BTreeSet::new();
    loop {
        let first = if waiting.is_empty() { Some(events.recv().await) } else { None };
        // An import tells of the same list many times: take all that is there before reading.
        let mut next = first.or_else(|| events.try_recv().ok().map(Ok));
        while let Some(event) = next {
            match event {
                Ok(event) => waiting.extend(concerned(&event)),
                Err(RecvError::Lagged(_)) => match all(&db).await {
                    Ok(ids) => waiting.extend(ids),
                    Err(failure) => tracing::error!("reading the price lists: {failure}"),
                },
                Err(RecvError::Closed) => return,
            }
            next = events.try_recv().ok().map(Ok);
        }
        if waiting.is_empty() {
            continue;
        }
        match book.read_again(&db, waiting.iter().copied()).await {
            Ok(()) => waiting.clear(),
            Err(_) if db.is_closed() => return,
            Err(failure) => {
                tracing::error!("reading changed price lists: {failure}");
                tokio::time::sleep(std::time::Duration::from_secs(1)).await;
            }
        }
    }
}

async fn all(db: &Db) -> Outcome<Vec<PriceListId>> {
    lists::store::ids(&db.read().await?).await
}
