//! Setting relations.

use db::WriteTx;
use kernel::{Ctx, Failure, Invalid, Outcome, Permission, ProductId, Rate};

use super::{Relation, RelationKind, RelationsSet, store};
use crate::products;

/// Most relations of one product.
pub const RELATIONS_MAX: usize = 50;

/// What can be said about a list of relations before any of them is looked up.
///
/// # Errors
/// Invalid `relations`.
pub fn check_count(relations: usize) -> Result<(), Invalid> {
    if relations <= RELATIONS_MAX {
        return Ok(());
    }
    Err(Invalid::default().and("relations", "too-many-lines", vec![("most", RELATIONS_MAX.to_string())]))
}

/// Sets the relations of a product, in the order in which they should be offered.
///
/// # Errors
/// `not-allowed`; not found for a product that is not there; invalid fields `relations` and `relations[n].field`.
pub async fn set(tx: &WriteTx, ctx: &Ctx, product: ProductId, relations: &[Relation]) -> Outcome<()> {
    ctx.actor.must(Permission::ManageCatalog)?;
    check_count(relations.len())?;
    products::queries::product(tx, product).await?.ok_or(Failure::NotFound)?;
    let others: Vec<ProductId> = relations.iter().map(|relation| relation.other).collect();
    let known: Vec<ProductId> =
        products::queries::products(tx, &others).await?.into_iter().map(|product| product.id).collect();
    check(product, relations, &known).check()?;
    store::replace(tx, product, relations).await?;
    tx.append(ctx, &RelationsSet(product)).await?;
    Ok(())
}

/// Sets the relations of many products that have none yet (a demo company's own). Products are known to be there.
///
/// # Errors
/// `not-allowed`; a fault when the database fails.
pub async fn add_many(tx: &WriteTx, ctx: &Ctx, relations: &[(ProductId, Relation)]) -> Outcome<()> {
    ctx.actor.must(Permission::ManageCatalog)?;
    store::insert(tx, relations).await
}

fn check(product: ProductId, relations: &[Relation], known: &[ProductId]) -> Invalid {
    let mut invalid = Invalid::default();
    for (at, relation) in relations.iter().enumerate() {
        let again = relations[..at].iter().any(|other| other.other == relation.other);
        if again {
            invalid = invalid.and(format!("relations[{at}].product"), "product-twice", Vec::new());
        }
        if relation.other == product || !known.contains(&relation.other) {
            invalid = invalid.and(format!("relations[{at}].product"), "product-unknown", Vec::new());
        }
        let usual = relation.kind != RelationKind::LastsLonger;
        let range = if usual { Rate::ONE..=Rate::ONE } else { Rate::from_ppm(1_000_001)..=Rate::percent(10_000) };
        if !range.contains(&relation.lasts) {
            invalid = invalid.and(format!("relations[{at}].lasts"), "relation-lasts", Vec::new());
        }
    }
    invalid
}
