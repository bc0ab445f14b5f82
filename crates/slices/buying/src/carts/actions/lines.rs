//! Changing lines.

use db::WriteTx;
use kernel::{CartId, CartLineId, Ctx, Failure, Outcome, Permission, ProductId, Quantity};
use negotiation::offers::{self, AgreedOffer};

use super::goods::{Goods, wrong_quantity};
use super::{KEPT, current_or_new, next, own, own_line, touch};
use crate::carts::queries::Change;
use crate::carts::{AddLine, Cart, CartLine, CartRefusal, Placed, queries, rules, store};

/// Puts a product into a cart. A line of the same product without a deal grows instead.
///
/// Where an agreed offer for the product fits what is then in the cart, it makes the price; what goes beyond the most it
/// holds for goes at the list price, in a line of its own.
///
/// # Errors
/// Not found; invalid `quantity`; [`CartRefusal`].
pub async fn add(tx: &WriteTx, ctx: &Ctx, new: &AddLine) -> Outcome<Placed> {
    ctx.actor.must(Permission::Buy)?;
    let cart = match new.cart {
        Some(id) => own(tx, ctx, id).await?,
        None => current_or_new(tx, ctx).await?,
    };
    let goods = Goods::of(tx, ctx, new.product).await?;
    // The own quantity first: 50 more of something is wrong when the step is 100, even if the sum would fit.
    goods.check(new.quantity)?;
    let free = cart.lines.iter().find(|line| line.product == new.product && line.offer.is_none());
    let bound = if new.is_without_deal { None } else { bound_line(tx, ctx, &cart, new.product).await? };
    let present = match (&bound, free) {
        (Some((line, _)), _) => Some(line),
        (None, free) => free,
    };
    let unit = new.quantity.unit();
    let total = match present.filter(|line| line.quantity.unit() == unit) {
        Some(line) => {
            Quantity::new(line.quantity.thousandths().saturating_add(new.quantity.thousandths().max(0)), unit)
        }
        None => new.quantity,
    };
    let is_meant = new.is_confirmed || is_agreed(bound.as_ref().map(|(_, offer)| offer), new.product, total);
    goods.ask_back(tx, ctx, (&cart, present.map(|line| line.id)), total, is_meant).await?;
    let deal = match bound {
        Some(bound) => Some(bound),
        None if new.is_without_deal => None,
        None => deal_for(tx, ctx, &goods, total).await?.map(|offer| {
            let line = free.cloned().unwrap_or_else(|| new_line(ctx, &cart, new.product, total));
            (line, offer)
        }),
    };
    match deal {
        Some((line, offer)) => with_deal(tx, ctx, &cart, &goods, (line, offer), total).await,
        None => {
            goods.check(total)?;
            let line = match free {
                Some(line) => CartLine { quantity: total, ..line.clone() },
                None => new_line(ctx, &cart, new.product, total),
            };
            put(tx, ctx, &cart, &line).await?;
            touch(tx, ctx, &cart).await?;
            Ok(Placed { cart: cart.id, line: line.id, was: free.map(|line| line.quantity), deal: None, rest: None })
        }
    }
}

/// Whether a deal was made about so much: then somebody means it.
fn is_agreed(offer: Option<&AgreedOffer>, product: ProductId, quantity: Quantity) -> bool {
    let most = offer.and_then(|offer| rules::most_of(offer, product));
    most.is_some_and(|most| quantity.thousandths() <= most.thousandths())
}

/// Changes the quantity of a line. More than a deal holds for goes at the list price, in a line of its own.
///
/// # Errors
/// Not found; invalid `quantity`; [`CartRefusal`], among them those that ask back until the change is confirmed.
pub async fn set_quantity(
    tx: &WriteTx,
    ctx: &Ctx,
    id: CartLineId,
    quantity: Quantity,
    is_confirmed: bool,
) -> Outcome<Placed> {
    let (cart, line) = own_line(tx, ctx, id).await?;
    if line.quantity == quantity {
        return Ok(Placed { cart: cart.id, line: line.id, was: Some(quantity), deal: None, rest: None });
    }
    let goods = Goods::of(tx, ctx, line.product).await?;
    let offer = valid_offer(tx, ctx, &line).await?;
    let is_meant = is_confirmed || is_agreed(offer.as_ref(), line.product, quantity);
    goods.ask_back(tx, ctx, (&cart, Some(id)), quantity, is_meant).await?;
    match offer {
        Some(offer) => {
            // A deal may be about less than the list has prices for.
            goods.product.packing.check(quantity).map_err(wrong_quantity)?;
            let most = rules::most_of(&offer, line.product);
            if most.is_some_and(|most| most.thousandths() < quantity.thousandths()) {
                return with_deal(tx, ctx, &cart, &goods, (line, offer), quantity).await;
            }
        }
        None => goods.check(quantity)?,
    }
    unbroken(tx, ctx, &cart, &Change::Quantity(quantity).done(&cart, id), is_confirmed).await?;
    let was = Some(line.quantity);
    store::set_line(tx, &CartLine { quantity, ..line }).await?;
    touch(tx, ctx, &cart).await?;
    Ok(Placed { cart: cart.id, line: id, was, deal: None, rest: None })
}

/// Removes a line; for a while [`restore`] brings it back.
///
/// # Errors
/// Not found; [`CartRefusal::Ordered`]; [`CartRefusal::BreaksDeal`] until it is confirmed.
pub async fn remove(tx: &WriteTx, ctx: &Ctx, id: CartLineId, is_confirmed: bool) -> Outcome<CartId> {
    let (cart, line) = own_line(tx, ctx, id).await?;
    unbroken(tx, ctx, &cart, &Change::Removal.done(&cart, id), is_confirmed).await?;
    store::purge(tx, ctx.now.plus(-KEPT)).await?;
    store::remove_line(tx, line.id, ctx.now).await?;
    touch(tx, ctx, &cart).await?;
    Ok(cart.id)
}

/// Brings a removed line back.
///
/// # Errors
/// Not found, also when it was removed too long ago; [`CartRefusal`].
pub async fn restore(tx: &WriteTx, ctx: &Ctx, id: CartLineId) -> Outcome<CartId> {
    ctx.actor.must(Permission::Buy)?;
    let (company, person) = (ctx.actor.company()?, ctx.actor.user()?);
    let found = store::removed_line(tx, company, person, id).await?;
    let (cart, line) = found.ok_or(Failure::NotFound)?;
    if cart.ordered_at.is_some() {
        return Err(CartRefusal::Ordered.into());
    }
    if cart.lines.iter().any(|own| own.product == line.product && own.offer == line.offer) {
        return Err(CartRefusal::There.into());
    }
    if cart.lines.len() >= rules::LINES_MAX {
        return Err(CartRefusal::Full.into());
    }
    store::restore_line(tx, id).await?;
    touch(tx, ctx, &cart).await?;
    Ok(cart.id)
}

/// Takes the deal off a line: it stays, at the list price.
///
/// # Errors
/// Not found; [`CartRefusal::Ordered`]; [`CartRefusal::BreaksDeal`] until it is confirmed.
pub async fn unbind(tx: &WriteTx, ctx: &Ctx, id: CartLineId, is_confirmed: bool) -> Outcome<CartId> {
    let (cart, line) = own_line(tx, ctx, id).await?;
    if line.offer.is_none() {
        return Ok(cart.id);
    }
    Goods::of(tx, ctx, line.product).await?.check(line.quantity)?;
    unbroken(tx, ctx, &cart, &Change::Unbinding.done(&cart, id), is_confirmed).await?;
    store::set_line(tx, &CartLine { offer: None, ..line }).await?;
    touch(tx, ctx, &cart).await?;
    Ok(cart.id)
}

/// Puts `total` of a product into a cart at an offer's price, as far as that holds, and the rest at the list price.
async fn with_deal(
    tx: &WriteTx,
    ctx: &Ctx,
    cart: &Cart,
    goods: &Goods,
    (line, offer): (CartLine, AgreedOffer),
    total: Quantity,
) -> Outcome<Placed> {
    let most = rules::most_of(&offer, line.product).unwrap_or(total);
    let (unit, much) = (total.unit(), total.thousandths());
    let at_deal = Quantity::new(much.min(most.thousandths()), unit);
    let over = much.saturating_sub(most.thousandths()).max(0);
    put(tx, ctx, cart, &CartLine { quantity: at_deal, offer: Some(offer.id), ..line.clone() }).await?;
    let rest = if over > 0 { Some(put_rest(tx, ctx, cart, goods, &line, (over, most)).await?) } else { None };
    touch(tx, ctx, cart).await?;
    let was = cart.lines.iter().find(|own| own.id == line.id).map(|own| own.quantity);
    Ok(Placed { cart: cart.id, line: line.id, was, deal: Some(offer.number), rest })
}

/// What goes beyond a deal, together with what is there without one.
async fn put_rest(
    tx: &WriteTx,
    ctx: &Ctx,
    cart: &Cart,
    goods: &Goods,
    deal: &CartLine,
    (over, most): (i64, Quantity),
) -> Outcome<Quantity> {
    let of_product = |line: &&CartLine| line.product == deal.product && line.offer.is_none() && line.id != deal.id;
    let free = cart.lines.iter().find(of_product);
    let present = free.map_or(0, |line| line.quantity.thousandths());
    let quantity = Quantity::new(over.saturating_add(present), most.unit());
    if goods.check(quantity).is_err() {
        return Err(goods.too_little_left(Quantity::new(over, most.unit()), most).into());
    }
    let line = match free {
        Some(line) => CartLine { quantity, ..line.clone() },
        None => {
            let after = next(cart).max(deal.position + 1);
            CartLine { position: after, ..new_line(ctx, cart, deal.product, quantity) }
        }
    };
    put(tx, ctx, cart, &line).await?;
    Ok(Quantity::new(over, most.unit()))
}

fn new_line(ctx: &Ctx, cart: &Cart, product: ProductId, quantity: Quantity) -> CartLine {
    CartLine { id: CartLineId::new(ctx), position: next(cart), product, quantity, offer: None }
}

/// Writes a line down, whether it is there or new.
async fn put(tx: &WriteTx, ctx: &Ctx, cart: &Cart, line: &CartLine) -> Outcome<()> {
    if cart.lines.iter().any(|own| own.id == line.id) {
        return store::set_line(tx, line).await;
    }
    if cart.lines.len() >= rules::LINES_MAX {
        return Err(CartRefusal::Full.into());
    }
    store::insert_lines(tx, cart.id, std::slice::from_ref(line), ctx.now).await
}

/// The line of the cart that has a valid deal for this product alone.
async fn bound_line(
    tx: &WriteTx,
    ctx: &Ctx,
    cart: &Cart,
    product: ProductId,
) -> Outcome<Option<(CartLine, AgreedOffer)>> {
    for line in cart.lines.iter().filter(|line| line.product == product && line.offer.is_some()) {
        let offer = valid_offer(tx, ctx, line).await?;
        if let Some(offer) = offer.filter(|offer| offer.offer.terms.lines.len() == 1) {
            return Ok(Some((line.clone(), offer)));
        }
    }
    Ok(None)
}

/// The offer that a line is bound to, while it can be ordered.
async fn valid_offer(tx: &WriteTx, ctx: &Ctx, line: &CartLine) -> Outcome<Option<AgreedOffer>> {
    let Some(id) = line.offer else { return Ok(None) };
    let offer = offers::queries::agreed(tx, ctx.actor.company()?, id).await?;
    Ok(offer.filter(|offer| !offer.used && ctx.now < offer.offer.expires))
}

/// An agreed offer that fits so much of a product and that no cart has yet.
async fn deal_for(tx: &WriteTx, ctx: &Ctx, goods: &Goods, total: Quantity) -> Outcome<Option<AgreedOffer>> {
    let product = goods.product.id;
    let unused = queries::unused(tx, ctx.actor.company()?, &[product], ctx.now).await?;
    let list = goods.ladder.as_ref().and_then(|resolved| resolved.ladder.price_for(total));
    Ok(rules::best_deal(&unused, product, total, list, ctx.now).cloned())
}

/// Refuses a change that breaks a deal, until it is confirmed.
async fn unbroken(tx: &WriteTx, ctx: &Ctx, before: &Cart, after: &Cart, is_confirmed: bool) -> Outcome<()> {
    if is_confirmed || before.lines.iter().all(|line| line.offer.is_none()) {
        return Ok(());
    }
    let offers = queries::bound(tx, before.company, before).await?;
    let Some(currency) = offers.first().map(|offer| offer.offer.saving.currency()) else { return Ok(()) };
    let states = |cart: &Cart| rules::deals(cart, &offers, currency, ctx.now);
    if rules::breaks(&states(before), &states(after)) { Err(CartRefusal::BreaksDeal.into()) } else { Ok(()) }
}
