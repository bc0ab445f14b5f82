//! How the catalogue in memory follows the event log.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError};

use db::Db;
use db::events::{Bus, Cursor, EventRow};
use kernel::{Outcome, ProductId};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};

use super::state::{State, Tree};
use super::{Catalog, index};
use crate::products::{Which, concerned, store};

/// What a stretch of the log says about the catalogue.
#[derive(Debug, Default)]
struct News {
    products: BTreeSet<ProductId>,
    tree: bool,
    /// Events were missed: read everything again.
    all: bool,
    cursor: Cursor,
}

impl News {
    fn take(&mut self, event: &EventRow) {
        self.cursor = event.cursor;
        match event.kind.split('.').next() {
            Some("product") => self.products.extend(concerned(event)),
            Some("category" | "attribute") => self.tree = true,
            _ => {}
        }
    }

    fn is_empty(&self) -> bool {
        self.products.is_empty() && !self.tree && !self.all
    }
}

impl Catalog {
    /// Keeps the catalogue up to date from the event log until the application ends.
    pub fn follow(&self, db: &Db, bus: &Bus) {
        let (catalog, db, events) = (self.clone(), db.clone(), bus.subscribe());
        tokio::spawn(async move {
            if let Err(failure) = catalog.catch_up(&db).await {
                tracing::error!("catching up with the catalogue: {failure}");
            }
            catalog.run(&db, events).await;
        });
    }

    /// Takes in what happened between reading the catalogue and listening to the log.
    async fn catch_up(&self, db: &Db) -> Outcome<()> {
        let mut cursor: Cursor = self.inner.read_at;
        loop {
            let events = db::events::after(&db.read().await?, db.engine(), cursor).await?;
            let Some(last) = events.last() else { return Ok(()) };
            cursor = last.cursor;
            let mut news = News::default();
            events.iter().for_each(|event| news.take(event));
            self.take_in(db, &news).await?;
        }
    }

    async fn run(&self, db: &Db, mut events: Receiver<Arc<EventRow>>) {
        loop {
            let mut news = News::default();
            match events.recv().await {
                Ok(event) => news.take(&event),
                Err(RecvError::Lagged(_)) => news.all = true,
                Err(RecvError::Closed) => return,
            }
            // An import tells many events at once: take them in together.
            loop {
                match events.try_recv() {
                    Ok(event) => news.take(&event),
                    Err(TryRecvError::Lagged(_)) => news.all = true,
                    Err(TryRecvError::Empty | TryRecvError::Closed) => break,
                }
            }
            while let Err(failure) = self.take_in(db, &news).await {
                if db.is_closed() {
                    return;
                }
                tracing::error!("taking in changes of the catalogue: {failure}");
                tokio::time::sleep(std::time::Duration::from_secs(1)).await;
            }
        }
    }

    async fn take_in(&self, db: &Db, news: &News) -> Outcome<()> {
        if news.is_empty() {
            return Ok(());
        }
        if news.all {
            let cursor = db::events::last(db).await?;
            let mut fresh = State::load(db).await?;
            index::Change::of(&fresh, &news.products, true).write(&self.inner.index, cursor).await?;
            let mut state = self.inner.state.write().unwrap_or_else(PoisonError::into_inner);
            fresh.generation = state.generation + 1;
            *state = fresh;
            return Ok(());
        }
        if news.tree {
            let tree = Tree::load(db).await?;
            self.inner.state.write().unwrap_or_else(PoisonError::into_inner).set_tree(tree);
        }
        let ids: Vec<ProductId> = news.products.iter().copied().collect();
        for piece in ids.chunks(500) {
            let mut shared = self.state().shared();
            let products = store::load(&db.read().await?, &Which::Ids(piece), &mut shared).await?;
            self.inner.state.write().unwrap_or_else(PoisonError::into_inner).replace(products, shared);
        }
        // A search may be a moment behind; a page that shows a product never is.
        let change = index::Change::of(&self.state(), &news.products, news.tree);
        change.write(&self.inner.index, news.cursor).await
    }
}
