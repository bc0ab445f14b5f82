//! Last prices paid, remembered until the company orders again.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use db::Db;
use db::events::Bus;
use kernel::{CompanyId, Outcome, ProductId};
use pricing::purchases::{self, LastPaid};
use tokio::sync::broadcast::error::RecvError;

/// How many answers are kept; when there are more, all are forgotten and asked again.
const KEPT_MAX: usize = 100_000;

/// The answers, and how often some were forgotten: what was read before is not kept after.
#[derive(Default)]
struct Known {
    generation: u64,
    paid: HashMap<(CompanyId, ProductId), Option<Arc<LastPaid>>>,
}

/// What companies paid last. Cheap to clone.
#[derive(Clone, Default)]
pub struct LastPaids(Arc<RwLock<Known>>);

impl LastPaids {
    /// Forgets what orders and imports make untrue.
    pub(crate) fn follow(&self, bus: &Bus) {
        let (paids, mut events) = (self.clone(), bus.subscribe());
        tokio::spawn(async move {
            loop {
                match events.recv().await {
                    Ok(event) if event.kind.starts_with("order.") || event.kind.starts_with("credit_note.") => {
                        paids.forget(event.company)
                    }
                    Ok(_) => {}
                    Err(RecvError::Lagged(_)) => paids.forget(None),
                    Err(RecvError::Closed) => break,
                }
            }
        });
    }

    fn forget(&self, company: Option<CompanyId>) {
        let mut known = self.0.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        known.generation += 1;
        known.paid.retain(|(whose, _), _| company.is_some_and(|company| *whose != company));
    }

    /// The last price that a company paid for a product.
    pub(crate) async fn get(&self, db: &Db, company: CompanyId, product: ProductId) -> Outcome<Option<Arc<LastPaid>>> {
        let key = (company, product);
        let generation = {
            let known = self.0.read().unwrap_or_else(std::sync::PoisonError::into_inner);
            if let Some(paid) = known.paid.get(&key) {
                return Ok(paid.clone());
            }
            known.generation
        };
        let paid = purchases::queries::last_paid(&db.read().await?, company, product).await?.map(Arc::new);
        let mut known = self.0.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        if known.generation == generation {
            if known.paid.len() >= KEPT_MAX {
                known.paid.clear();
            }
            known.paid.insert(key, paid.clone());
        }
        Ok(paid)
    }
}
