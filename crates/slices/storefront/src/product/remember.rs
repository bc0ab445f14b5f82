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

#[derive(Default)]
struct Known {
    paid: HashMap<(CompanyId, ProductId), Option<Arc<LastPaid>>>,
    /// How often something was forgotten: an answer that was read before must not be kept after.
    forgotten: u64,
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
        known.forgotten += 1;
        known.paid.retain(|(whose, _), _| company.is_some_and(|company| *whose != company));
    }

    /// The last price that a company paid for a product.
    pub(crate) async fn get(&self, db: &Db, company: CompanyId, product: ProductId) -> Outcome<Option<Arc<LastPaid>>> {
        let key = (company, product);
        let forgotten = {
            let known = self.0.read().unwrap_or_else(std::sync::PoisonError::into_inner);
            if let Some(paid) = known.paid.get(&key) {
                return Ok(paid.clone());
            }
            known.forgotten
        };
        let paid = purchases::queries::last_paid(&db.read().await?, company, product).await?.map(Arc::new);
        self.keep(key, paid.clone(), forgotten);
        Ok(paid)
    }

    /// Keeps an answer, unless an order came or went while it was being read.
    fn keep(&self, key: (CompanyId, ProductId), paid: Option<Arc<LastPaid>>, forgotten: u64) {
        let mut known = self.0.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        if known.forgotten != forgotten {
            return;
        }
        if known.paid.len() >= KEPT_MAX {
            known.paid.clear();
        }
        known.paid.insert(key, paid);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_from_before_an_order_is_not_kept() {
        let (paids, ctx) =
            (LastPaids::default(), kernel::Ctx::system(kernel::Instant::from_micros(1), kernel::Ids::seeded(1)));
        let key = (CompanyId::new(&ctx), ProductId::new(&ctx));
        let kept = |paids: &LastPaids| paids.0.read().unwrap().paid.contains_key(&key);
        paids.forget(Some(key.0));
        paids.keep(key, None, 0);
        assert!(!kept(&paids), "read before the order was cancelled");
        paids.keep(key, None, 1);
        assert!(kept(&paids));
        paids.forget(None);
        assert!(!kept(&paids));
    }
}
