//! Reading carts and what they cost.

use std::collections::{BTreeSet, HashMap};

use db::ReadTx;
use kernel::{
    Actor, Amount, CartId, CartLineId, CompanyId, Date, Failure, Instant, OfferId, Outcome, ProductId, Quantity,
    UnitPrice,
};
use negotiation::offers::{self, AgreedOffer};
use parties::addresses::{self, Address};
use pricing::{Buyer, prices};
use pricing_engine::tax::Journey;
use terms::cost_model;

use super::rules::{self, Facts};
use super::{Cart, PricedCart, store};

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
    rules::price(buyer, cart, &facts(tx, buyer, cart, now, on).await?, now)
}

pub(super) async fn facts(tx: &ReadTx, buyer: &Buyer, cart: &Cart, now: Instant, on: Date) -> Outcome<Facts> {
    let ids: BTreeSet<ProductId> = cart.lines.iter().map(|line| line.product).collect();
    let ids: Vec<ProductId> = ids.into_iter().collect();
    let to = destination(buyer, cart, &addresses::of_company(tx, cart.company).await?);
    if ids.is_empty() {
        let (products, ladders, offers) = (HashMap::new(), HashMap::new(), HashMap::new());
        return Ok(Facts { products, ladders, offers, unused: Vec::new(), freight: None, to });
    }
    let products = catalog::products::queries::products(tx, &ids).await?;
    let ladders = prices::queries::ladders(tx, &buyer.price, &ids, on).await?;
    let agreed = bound(tx, buyer.company.id, cart).await?;
    let free: Vec<ProductId> = cart.lines.iter().filter(|line| line.offer.is_none()).map(|line| line.product).collect();
    let freight = cost_model::queries::current(tx).await?.charge(buyer.price.currency);
    Ok(Facts {
        products: products.into_iter().map(|product| (product.id, product)).collect(),
        ladders,
        offers: agreed.into_iter().map(|offer| (offer.id, offer)).collect(),
        unused: unused(tx, buyer.company.id, &free, now).await?,
        freight,
        to,
    })
}

/// The offers that lines of a cart are bound to, with one statement.
pub(super) async fn bound(tx: &ReadTx, company: CompanyId, cart: &Cart) -> Outcome<Vec<AgreedOffer>> {
    let ids: BTreeSet<OfferId> = cart.lines.iter().filter_map(|line| line.offer).collect();
    offers::queries::agreed_many(tx, company, &ids.into_iter().collect::<Vec<_>>()).await
}

/// Agreed offers for some products that can be ordered, and that no line of any open cart of the company is bound to.
///
/// # Errors
/// A fault when the database fails.
pub async fn unused(
    tx: &ReadTx,
    company: CompanyId,
    products: &[ProductId],
    now: Instant,
) -> Outcome<Vec<AgreedOffer>> {
    if products.is_empty() {
        return Ok(Vec::new());
    }
    let agreed = offers::queries::agreed_for_products(tx, company, products, now).await?;
    if agreed.is_empty() {
        return Ok(agreed);
    }
    let bound = store::bound_offers(tx, company).await?;
    Ok(agreed.into_iter().filter(|offer| !bound.contains(&offer.id)).collect())
}

/// Agreed offers that putting a product into the current cart would use, when they fit the quantity: those that no cart has,
/// and those of the current one.
///
/// # Errors
/// Refuses guests and staff; a fault when the database fails.
pub async fn deals_for(tx: &ReadTx, actor: &Actor, product: ProductId, now: Instant) -> Outcome<Vec<AgreedOffer>> {
    let company = actor.company()?;
    let mut agreed = offers::queries::agreed_for_products(tx, company, &[product], now).await?;
    if agreed.is_empty() {
        return Ok(agreed);
    }
    let bound = store::bound_offers(tx, company).await?;
    let current = current(tx, actor).await?;
    let own =
        |offer: &AgreedOffer| current.iter().flat_map(|cart| &cart.lines).any(|line| line.offer == Some(offer.id));
    agreed.retain(|offer| offer.offer.terms.lines.len() == 1 && (!bound.contains(&offer.id) || own(offer)));
    Ok(agreed)
}

/// The offer of these that makes so much of a product cheapest, as putting it into the cart would choose.
pub fn best_deal(
    offers: &[AgreedOffer],
    product: ProductId,
    quantity: Quantity,
    list_price: Option<UnitPrice>,
    now: Instant,
) -> Option<&AgreedOffer> {
    rules::best_deal(offers, product, quantity, list_price, now)
}

/// Where a cart's goods go: to the address that was chosen, else to the company's first for goods, else to its country.
fn destination(buyer: &Buyer, cart: &Cart, addresses: &[Address]) -> Journey {
    let mut shipping = addresses.iter().filter(|address| address.is_shipping);
    let chosen = shipping.clone().find(|address| Some(address.id) == cart.ship_to);
    match chosen.or_else(|| shipping.next()) {
        Some(address) => {
            Journey { country: address.country.clone(), postal_code: address.postal_code.clone(), is_collected: false }
        }
        None => Journey::to(&buyer.company.country),
    }
}

/// The first day on which all of a cart can be there.
pub fn earliest(priced: &PricedCart, today: Date) -> Date {
    rules::earliest(today, priced.lines.iter().map(|line| &line.product), priced.lines.iter().map(|line| &line.line))
}

/// A cart before and after a change of one line.
#[derive(Debug, Clone)]
pub struct Preview {
    /// As it is.
    pub before: PricedCart,
    /// As it would be.
    pub after: PricedCart,
}

/// What is done with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Another quantity.
    Quantity(Quantity),
    /// It goes.
    Removal,
    /// It stays, without its deal.
    Unbinding,
}

impl Change {
    /// The cart with the change done to the line.
    pub(super) fn done(self, cart: &Cart, id: CartLineId) -> Cart {
        let mut changed = cart.clone();
        match self {
            Self::Removal => changed.lines.retain(|line| line.id != id),
            Self::Quantity(quantity) => {
                changed.lines.iter_mut().filter(|line| line.id == id).for_each(|line| line.quantity = quantity);
            }
            Self::Unbinding => {
                changed.lines.iter_mut().filter(|line| line.id == id).for_each(|line| line.offer = None);
            }
        }
        changed
    }
}

/// What a cart would cost with another quantity of one line, without the line, or without its deal.
///
/// # Errors
/// As [`priced`].
pub async fn preview(
    tx: &ReadTx,
    buyer: &Buyer,
    cart: &Cart,
    (line, change): (CartLineId, Change),
    now: Instant,
    on: Date,
) -> Outcome<Preview> {
    let facts = facts(tx, buyer, cart, now, on).await?;
    let changed = change.done(cart, line);
    Ok(Preview { before: rules::price(buyer, cart, &facts, now)?, after: rules::price(buyer, &changed, &facts, now)? })
}

/// What a change of a product's lines, from a cart to another, comes to: what they cost after it, less what the others of them cost before. `changed` is
/// the line that gets another quantity; `None` when something is put in. `None` where there is no price.
///
/// # Errors
/// As [`priced`].
pub(super) async fn worth(
    tx: &ReadTx,
    buyer: &Buyer,
    planned: Outcome<(Cart, Cart)>,
    (product, changed): (ProductId, Option<CartLineId>),
    (now, on): (Instant, Date),
) -> Outcome<Option<Amount>> {
    let (before, after) = match planned {
        Ok(planned) => planned,
        Err(fault @ Failure::Fault(_)) => return Err(fault),
        // It cannot be done at all; whoever confirms it hears why.
        Err(_) => return Ok(None),
    };
    // Nothing goes when something is put in or counted anew, so what is known of the cart after it is enough for both.
    let facts = facts(tx, buyer, &after, now, on).await?;
    let (before, after) = (rules::price(buyer, &before, &facts, now)?, rules::price(buyer, &after, &facts, now)?);
    let of = |cart: &PricedCart, without: Option<CartLineId>| -> Outcome<Option<Amount>> {
        let lines = cart.lines.iter().filter(|line| line.product.id == product && Some(line.line.id) != without);
        let nets: Option<Vec<Amount>> = lines.map(|line| line.net).collect();
        Ok(nets.map(|nets| Amount::sum(cart.currency, nets)).transpose()?)
    };
    let Some((after, beside)) = of(&after, None)?.zip(of(&before, changed)?) else { return Ok(None) };
    Ok(Some(after.minus(beside)?))
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
