//! Reading carts and what they cost.

use std::collections::{BTreeSet, HashMap};

use db::ReadTx;
use kernel::{Actor, CartId, CartLineId, Date, Failure, Instant, OfferId, Outcome, ProductId, Quantity};
use negotiation::offers;
use pricing::{Buyer, prices};
use terms::cost_model;

use super::rules::{self, Facts};
use super::{Cart, DealState, PricedCart, store};

/// The person's current cart, if there is one.
///
/// # Errors
/// Refuses guests and staff; a fault when the database fails.
pub async fn current(tx: &ReadTx, actor: &Actor) -> Outcome<Option<Cart>> {
    store::current(tx, actor.company()?, actor.user()?).await
}

/// One of the person's carts, ordered ones included.
///
/// # Errors
/// Not found for carts of other companies and of colleagues.
pub async fn cart(tx: &ReadTx, actor: &Actor, id: CartId) -> Outcome<Cart> {
    store::by_id(tx, actor.company()?, actor.user()?, id).await?.ok_or(Failure::NotFound)
}

/// The person's cart that has this line.
///
/// # Errors
/// As [`cart`].
pub async fn cart_of_line(tx: &ReadTx, actor: &Actor, id: CartLineId) -> Outcome<Cart> {
    store::of_line(tx, actor.company()?, actor.user()?, id).await?.ok_or(Failure::NotFound)
}

/// All carts of the person that are not ordered, the oldest first, without their lines.
///
/// # Errors
/// As [`current`].
pub async fn all(tx: &ReadTx, actor: &Actor) -> Outcome<Vec<Cart>> {
    store::open(tx, actor.company()?, actor.user()?).await
}

/// How many lines each of the person's open carts has.
///
/// # Errors
/// As [`current`].
pub async fn line_counts(tx: &ReadTx, actor: &Actor) -> Outcome<HashMap<CartId, i64>> {
    Ok(store::counts(tx, actor.company()?, actor.user()?).await?.into_iter().collect())
}

/// What a cart costs, worked out from what this transaction sees.
///
/// # Errors
/// A fault when the database fails, or sums do not fit.
pub async fn priced(tx: &ReadTx, buyer: &Buyer, cart: &Cart, now: Instant, on: Date) -> Outcome<PricedCart> {
    rules::price(buyer, cart, &facts(tx, buyer, cart, on).await?, now)
}

pub(super) async fn facts(tx: &ReadTx, buyer: &Buyer, cart: &Cart, on: Date) -> Outcome<Facts> {
    let ids: BTreeSet<ProductId> = cart.lines.iter().map(|line| line.product).collect();
    let ids: Vec<ProductId> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(Facts { products: HashMap::new(), ladders: HashMap::new(), offers: HashMap::new(), freight: None });
    }
    let products = catalog::products::queries::products(tx, &ids).await?;
    let ladders = prices::queries::ladders(tx, &buyer.price, &ids, on).await?;
    let bound: BTreeSet<OfferId> = cart.lines.iter().filter_map(|line| line.offer).collect();
    let mut agreed = HashMap::with_capacity(bound.len());
    for id in bound {
        agreed.extend(offers::queries::agreed(tx, buyer.company.id, id).await?.map(|offer| (id, offer)));
    }
    let freight = cost_model::queries::current(tx).await?.charge(buyer.price.currency);
    Ok(Facts { products: products.into_iter().map(|p| (p.id, p)).collect(), ladders, offers: agreed, freight })
}

/// A cart before and after a change of one line's quantity.
#[derive(Debug, Clone)]
pub struct Preview {
    /// As it is.
    pub before: PricedCart,
    /// As it would be.
    pub after: PricedCart,
}

impl Preview {
    /// Whether a deal that holds now would hold no more.
    pub fn breaks(&self) -> bool {
        let held = self.before.lines.iter().filter(|line| line.deal.as_ref().is_some_and(DealState::holds));
        held.into_iter().any(|before| {
            let after = self.after.lines.iter().find(|after| after.line.id == before.line.id);
            !after.and_then(|after| after.deal.as_ref()).is_some_and(DealState::holds)
        })
    }
}

/// What a cart would cost with another quantity of one line; `None` removes the line.
///
/// # Errors
/// As [`priced`].
pub async fn preview(
    tx: &ReadTx,
    buyer: &Buyer,
    cart: &Cart,
    change: (CartLineId, Option<Quantity>),
    now: Instant,
    on: Date,
) -> Outcome<Preview> {
    let facts = facts(tx, buyer, cart, on).await?;
    let mut changed = cart.clone();
    match change {
        (id, Some(quantity)) => {
            changed.lines.iter_mut().filter(|line| line.id == id).for_each(|line| line.quantity = quantity);
        }
        (id, None) => changed.lines.retain(|line| line.id != id),
    }
    Ok(Preview { before: rules::price(buyer, cart, &facts, now)?, after: rules::price(buyer, &changed, &facts, now)? })
}

/// How many lines the current cart has; none for guests and staff.
///
/// # Errors
/// A fault when the database fails.
pub async fn line_count(tx: &ReadTx, actor: &Actor) -> Outcome<i64> {
    match (actor.company, actor.user) {
        (Some(company), Some(person)) => store::count(tx, company, person).await,
        _ => Ok(0),
    }
}
