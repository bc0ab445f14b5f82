//! Reading suppliers' help. For the seller only, apart from what a token opens.

use std::collections::HashMap;

use db::ReadTx;
use kernel::{Currency, Date, NegotiationId, Outcome, ProductId, QuoteId};
use negotiation_engine::Support;

use super::{About, SupplierRequest, rules, store};

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

/// The same for the lines of a quote, by line and product.
///
/// # Errors
/// A fault when the database fails.
pub async fn for_quote(
    tx: &ReadTx,
    id: QuoteId,
    currency: Currency,
    today: Date,
) -> Outcome<HashMap<(i64, ProductId), Support>> {
    let mut supports: HashMap<(i64, ProductId), Support> = HashMap::new();
    for request in store::of_quote(tx, id).await? {
        let About::Quote(_, line) = request.about else { continue };
        let Some(support) = rules::support(&request, currency, today) else { continue };
        let place = (line, request.product);
        let best = match supports.remove(&place) {
            Some(other) => rules::better(other, support),
            None => support,
        };
        supports.insert(place, best);
    }
    Ok(supports)
}

fn best(granted: &[SupplierRequest], currency: Currency, today: Date) -> Option<Support> {
    let all = granted.iter().filter_map(|request| rules::support(request, currency, today));
    all.reduce(rules::better)
}

/// [`for_negotiation`] for several products.
pub async fn of_lines(
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
