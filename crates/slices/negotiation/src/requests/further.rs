//! Goods beside those that are asked for: products that could take their place, and slow movers that go with them.

use std::collections::HashMap;

use catalog::products::Product;
use catalog::relations::{self, Relation, RelationKind};
use db::ReadTx;
use kernel::{Outcome, ProductId, Quantity};
use parties::companies::Company;
use pricing::{PriceBuyer, prices};

use super::situation::{self, Asking, Seller};
use crate::costs::DealCosts;
use crate::engine::{Alternative, AlternativeKind, Companion, LinePosition, ListLine, ListTerms};

/// Most of either that a decision looks at: each costs time, and a buyer sees one.
const EACH_MAX: usize = 5;
/// Stock that lasts longer than this, or is older, is slow enough to be offered along, in days.
const SLOW_DAYS: u32 = 180;

/// Goods beside those that are asked for.
#[derive(Default)]
pub(crate) struct Further {
    pub(crate) alternatives: Vec<Alternative>,
    pub(crate) companions: Vec<Companion>,
}

/// Loads what could take the place of the asked products, or come along.
pub(super) async fn load(
    tx: &ReadTx,
    asking: Asking<'_>,
    company: &Company,
    list: &ListTerms,
    own: &DealCosts,
) -> Outcome<Further> {
    let asked: Vec<ProductId> = list.lines.iter().map(|line| line.product).collect();
    let related = relations::queries::of(tx, &asked).await?;
    if related.is_empty() {
        return Ok(Further::default());
    }
    let wanted = wanted(&asked, &related);
    let others: Vec<ProductId> = wanted.iter().map(|(_, relation)| relation.other).collect();
    let products: Vec<Product> = catalog::products::queries::products(tx, &others)
        .await?
        .into_iter()
        .filter(|product| product.is_active)
        .collect();
    let seller = Seller { id: asking.id, currency: list.currency, today: asking.today, costs: own };
    let lines = situation::positions(tx, &products, &HashMap::new(), seller).await?;
    let ids: Vec<ProductId> = products.iter().map(|product| product.id).collect();
    let mut ladders = prices::queries::ladders(tx, &PriceBuyer::of(company), &ids, asking.today).await?;
    let mut known: HashMap<ProductId, (ListLine, LinePosition)> = HashMap::new();
    for (product, line) in products.iter().zip(lines) {
        let tiers = ladders.remove(&product.id).map(|resolved| situation::tiers(&resolved)).unwrap_or_default();
        if !tiers.is_empty() {
            let list = ListLine { product: product.id, packing: product.packing, tiers, anchor: None };
            known.insert(product.id, (list, line));
        }
    }
    Ok(sorted(wanted, &known))
}

/// The relations worth a look: each other product once, and none that is asked for itself.
fn wanted(asked: &[ProductId], related: &HashMap<ProductId, Vec<Relation>>) -> Vec<(ProductId, Relation)> {
    let mut wanted: Vec<(ProductId, Relation)> = Vec::new();
    for product in asked {
        for relation in related.get(product).into_iter().flatten() {
            let is_new = wanted.iter().all(|(_, other)| other.other != relation.other);
            if is_new && !asked.contains(&relation.other) {
                wanted.push((*product, *relation));
            }
        }
    }
    wanted
}

fn sorted(wanted: Vec<(ProductId, Relation)>, known: &HashMap<ProductId, (ListLine, LinePosition)>) -> Further {
    let mut further = Further::default();
    for (of, relation) in wanted {
        let Some((list, line)) = known.get(&relation.other).cloned() else { continue };
        let kind = match relation.kind {
            RelationKind::Cheaper => AlternativeKind::Cheaper,
            RelationKind::LastsLonger => AlternativeKind::LastsLonger,
            RelationKind::GoesWith => {
                let in_stock = line.stock.is_some_and(|stock: Quantity| stock.thousandths() > 0);
                let is_old = line.stock_age_days.is_some_and(|days| days > SLOW_DAYS);
                let is_slow = is_old || line.stock_days.is_none_or(|days| days > SLOW_DAYS);
                if in_stock && is_slow && further.companions.len() < EACH_MAX {
                    further.companions.push(Companion { list, line });
                }
                continue;
            }
        };
        if further.alternatives.len() < EACH_MAX {
            further.alternatives.push(Alternative { of, kind, lasts: relation.lasts, list, line });
        }
    }
    further
}
