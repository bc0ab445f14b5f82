//! Goods beside those that are asked for: products that could take their place, and slow movers that go with them.

use std::collections::HashMap;

use catalog::relations::{Relation, RelationKind};
use kernel::ProductId;
use negotiation_engine::{Alternative, AlternativeKind, Companion, LinePosition, ListLine};
use terms::facts;

use super::goods::Goods;

/// Most of either that a decision looks at: each costs time, and a buyer sees one.
const EACH_MAX: usize = 5;

/// Goods beside those that are asked for.
#[derive(Default)]
pub struct Further {
    pub(crate) alternatives: Vec<Alternative>,
    pub(crate) companions: Vec<Companion>,
}

/// What could take the place of the asked products, or come along, of the goods that were loaded.
pub(super) fn of(goods: &Goods) -> Further {
    let mut further = Further::default();
    for (of, relation) in &goods.related {
        let Some((list, line)) = known(goods, relation.other) else { continue };
        let kind = match relation.kind {
            RelationKind::Cheaper => AlternativeKind::Cheaper,
            RelationKind::LastsLonger => AlternativeKind::LastsLonger,
            RelationKind::GoesWith => {
                if is_slow(&line) && further.companions.len() < EACH_MAX {
                    further.companions.push(Companion { list, line });
                }
                continue;
            }
        };
        if further.alternatives.len() < EACH_MAX {
            further.alternatives.push(Alternative { of: *of, kind, lasts: relation.lasts, list, line });
        }
    }
    further
}

/// The list terms of another product and what the seller knows of it; `None` where it cannot be sold or has no price.
fn known(goods: &Goods, id: ProductId) -> Option<(ListLine, LinePosition)> {
    let product = goods.others.get(&id)?;
    let tiers = goods.tiers.get(&id).filter(|tiers| !tiers.is_empty())?.clone();
    let list = ListLine { product: id, packing: product.packing, tiers, anchor: None };
    Some((list, goods.positions.get(&id)?.clone()))
}

/// Whether there is stock that is old, or lasts long.
fn is_slow(line: &LinePosition) -> bool {
    let in_stock = line.stock.is_some_and(|stock| stock.thousandths() > 0);
    in_stock && facts::is_slow(line.stock_days, line.stock_age_days)
}

/// The relations worth a look: each other product once, and none that is asked for itself.
pub(super) fn wanted(asked: &[ProductId], related: &HashMap<ProductId, Vec<Relation>>) -> Vec<(ProductId, Relation)> {
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
