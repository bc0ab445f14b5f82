//! What prices may not go under. For the seller's own people: costs and floors.

use std::collections::BTreeMap;

use catalog::products;
use db::ReadTx;
use kernel::{Currency, Outcome, ProductId};

use super::{Bounds, rules};
use crate::{costs, policies};

/// The bounds of these products for customers of a segment, in `currency`; `None` for everybody, where the row of the policy
/// for all segments counts. Costs in other currencies go by the reference rates, rounded up.
///
/// # Errors
/// A fault when the database fails.
pub async fn bounds(
    tx: &ReadTx,
    segment: Option<&str>,
    products: &[ProductId],
    currency: Currency,
) -> Outcome<BTreeMap<ProductId, Bounds>> {
    // An installation that is being made has no policy yet, and so no floors.
    let policy = policies::queries::in_force(tx).await?.map(|version| version.policy);
    let mut bounds = BTreeMap::new();
    for (product, facts) in products::queries::seller_facts_many(tx, products).await? {
        let cost = facts.cost.map(|cost| costs::convert_price(cost, currency));
        // A segment's name is never empty, so the empty one fits rows for all only.
        let row = policy.as_ref().and_then(|policy| policy.margins_for(segment.unwrap_or_default(), &facts.class));
        let floor = row.map(|row| row.floor);
        let floor = cost.zip(floor).and_then(|(cost, floor)| rules::floor_price(cost, floor));
        bounds.insert(product, Bounds { cost, floor });
    }
    Ok(bounds)
}
