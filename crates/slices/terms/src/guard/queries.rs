//! What prices may not go under. For the seller's own people: costs and floors.

use std::collections::BTreeMap;

use catalog::{categories, products};
use db::ReadTx;
use kernel::{CategoryId, Currency, Outcome, ProductId};
use negotiation_engine::Policy;

use super::{Bounds, Buyers, Goods, rules};
use crate::{costs, facts, policies};

/// The bounds of these products for those who buy from a list, in `currency`. Costs in other currencies go by the reference
/// rates, rounded up.
///
/// # Errors
/// A fault when the database fails.
pub async fn bounds(
    tx: &ReadTx,
    buyers: Buyers<'_>,
    products: &[ProductId],
    currency: Currency,
) -> Outcome<BTreeMap<ProductId, Bounds>> {
    // An installation that is being made has no policy yet, and so no floors.
    let policy = policies::queries::in_force(tx).await?.map(|version| version.policy);
    let mut asked = match &policy {
        Some(policy) => asked(tx, policy, products).await?,
        None => BTreeMap::new(),
    };
    let mut bounds = BTreeMap::new();
    for (product, facts) in products::queries::seller_facts_many(tx, products).await? {
        let cost = facts.cost.map(|cost| costs::convert_price(cost, currency));
        let goods = Goods { class: facts.class, ..asked.remove(&product).unwrap_or_default() };
        let row = policy.as_ref().and_then(|policy| rules::highest(policy, buyers, &goods));
        let floor = cost.zip(row).and_then(|(cost, row)| rules::floor_price(cost, row.floor));
        let section = row.filter(|_| floor.is_some()).and_then(rules::section);
        bounds.insert(product, Bounds { cost, floor, section });
    }
    Ok(bounds)
}

/// Category and brand of products, where a floor of the policy asks for one.
async fn asked(tx: &ReadTx, policy: &Policy, ids: &[ProductId]) -> Outcome<BTreeMap<ProductId, Goods>> {
    let conditions = policy.margins.iter().filter_map(|row| row.condition.as_ref());
    let mut fields = conditions.flat_map(|condition| condition.condition().fields_used());
    if !fields.any(|field| matches!(*field, "product.category" | "product.brand")) {
        return Ok(BTreeMap::new());
    }
    let products = products::queries::products(tx, ids).await?;
    let within: Vec<CategoryId> = products.iter().map(|product| product.category).collect();
    let codes = categories::queries::codes(tx, &within).await?;
    let goods = |product: &products::Product| Goods {
        category: codes.get(&product.category).cloned(),
        brand: facts::brand(product),
        ..Goods::default()
    };
    Ok(products.iter().map(|product| (product.id, goods(product))).collect())
}
