//! Reading suppliers' help. For the seller only, apart from what a token opens.

use std::collections::HashMap;

use catalog::products::{Product, SellerFacts};
use db::ReadTx;
use kernel::{Currency, Date, Failure, Instant, NegotiationId, Outcome, ProductId, QuoteId, UnitPrice};

use super::agreements;
use super::{About, SupplierRequest, rules, store, token};
use crate::quotes::authority::When;
use crate::requests;
use negotiation_engine::{Bonuses, Support};

/// What a supplier pays back in a negotiation for a product on a day: the best that was granted and still holds.
///
/// # Errors
/// A fault when the database fails.
pub async fn for_negotiation(
    tx: &ReadTx,
    negotiation: NegotiationId,
    product: ProductId,
    currency: Currency,
    today: Date,
) -> Outcome<Option<Support>> {
    let granted = store::granted(tx, About::Negotiation(negotiation), product).await?;
    Ok(best(&granted, currency, today))
}

/// The same for a line of a quote.
pub(crate) async fn for_quote(
    tx: &ReadTx,
    line: (QuoteId, i64),
    product: ProductId,
    currency: Currency,
    when: When,
) -> Outcome<Option<Support>> {
    let granted = store::granted(tx, About::Quote(line.0, line.1), product).await?;
    Ok(best(&granted, currency, when.today))
}

fn best(granted: &[SupplierRequest], currency: Currency, today: Date) -> Option<Support> {
    let all = granted.iter().filter_map(|request| rules::support(request, currency, today));
    all.reduce(rules::better)
}

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
    let valid = agreements::store::valid(tx, today).await?;
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

/// [`for_negotiation`] for several products.
pub(crate) async fn of_lines(
    tx: &ReadTx,
    negotiation: NegotiationId,
    products: &[ProductId],
    currency: Currency,
    today: Date,
) -> Outcome<HashMap<ProductId, Support>> {
    let mut supports = HashMap::new();
    for request in store::of_negotiation(tx, negotiation).await? {
        let is_new = products.contains(&request.product) && !supports.contains_key(&request.product);
        if !is_new {
            continue;
        }
        let found = for_negotiation(tx, negotiation, request.product, currency, today).await?;
        supports.extend(found.map(|support| (request.product, support)));
    }
    Ok(supports)
}

/// [`bonuses`] for products of the catalogue.
pub(crate) async fn of_products(
    tx: &ReadTx,
    products: &[&Product],
    facts: &HashMap<ProductId, SellerFacts>,
    currency: Currency,
    today: Date,
) -> Outcome<HashMap<ProductId, Bonuses>> {
    let line = |product: &&Product| BonusLine {
        product: product.id,
        brand: requests::rules::brand(product),
        unit: product.packing.unit,
        cost: facts.get(&product.id).and_then(|facts| facts.cost),
    };
    let lines: Vec<BonusLine> = products.iter().map(line).collect();
    bonuses(tx, &lines, currency, today).await
}

/// What suppliers were asked for a case, the first first.
///
/// # Errors
/// A fault when the database fails.
pub async fn of(tx: &ReadTx, about: About) -> Outcome<Vec<SupplierRequest>> {
    match about {
        About::Negotiation(id) => store::of_negotiation(tx, id).await,
        About::Quote(id, line) => {
            let all = store::of_quote(tx, id).await?;
            Ok(all.into_iter().filter(|request| request.about == About::Quote(id, line)).collect())
        }
    }
}

/// What suppliers were asked for any line of a quote.
///
/// # Errors
/// A fault when the database fails.
pub async fn of_quote(tx: &ReadTx, id: QuoteId) -> Outcome<Vec<SupplierRequest>> {
    store::of_quote(tx, id).await
}

/// The request that a token opens.
///
/// # Errors
/// Not found for a wrong token, an old one and one that was used: none of them is worth a hint.
pub(super) async fn open_by_token(tx: &ReadTx, token: &str, now: Instant) -> Outcome<SupplierRequest> {
    let found = store::by_token(tx, &token::hash(token)).await?;
    found.filter(|request| rules::is_open(request, now)).ok_or(Failure::NotFound)
}
