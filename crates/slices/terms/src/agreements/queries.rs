//! What agreements pay back on the goods of a deal. For the seller only.

use std::collections::HashMap;

use catalog::products::{Product, SellerFacts};
use db::ReadTx;
use kernel::{Currency, Date, Outcome, ProductId, UnitPrice};
use negotiation_engine::Bonuses;

use super::{rules, store};
use crate::facts;

/// A product that may earn a bonus.
#[derive(Debug, Clone)]
pub struct BonusLine {
    /// The product.
    pub product: ProductId,
    /// Its brand or maker.
    pub brand: Option<String>,
    /// The unit it is sold in.
    pub unit: kernel::Unit,
    /// What one unit costs.
    pub cost: Option<UnitPrice>,
}

/// What suppliers' agreements pay back on products on a day, with what was bought in the period so far. An agreement about
/// the product itself goes before one about its brand.
///
/// # Errors
/// A fault when the database fails.
pub async fn bonuses(
    tx: &ReadTx,
    lines: &[BonusLine],
    currency: Currency,
    today: Date,
) -> Outcome<HashMap<ProductId, Bonuses>> {
    let mut bonuses = HashMap::new();
    let valid = store::valid(tx, today).await?;
    if valid.is_empty() {
        return Ok(bonuses);
    }
    for line in lines {
        let own = valid.iter().find(|agreement| agreement.product == Some(line.product));
        let of_brand = || {
            let brand = line.brand.as_ref()?;
            valid.iter().find(|a| a.brand.as_ref().is_some_and(|of| of.eq_ignore_ascii_case(brand)))
        };
        let Some(agreement) = own.or_else(of_brand) else { continue };
        let of = rules::Line { quantity_unit: line.unit, currency, cost: line.cost };
        bonuses.insert(line.product, rules::bonuses(agreement, of, today));
    }
    Ok(bonuses)
}

/// [`bonuses`] for products of the catalogue.
pub async fn of_products(
    tx: &ReadTx,
    products: &[&Product],
    facts: &HashMap<ProductId, SellerFacts>,
    currency: Currency,
    today: Date,
) -> Outcome<HashMap<ProductId, Bonuses>> {
    let line = |product: &&Product| BonusLine {
        product: product.id,
        brand: facts::brand(product),
        unit: product.packing.unit,
        cost: facts.get(&product.id).and_then(|facts| facts.cost),
    };
    let lines: Vec<BonusLine> = products.iter().map(line).collect();
    bonuses(tx, &lines, currency, today).await
}
