//! Changing lines.

use db::WriteTx;
use kernel::{CartId, CartLineId, Ctx, Failure, Outcome, Permission, Quantity};

use super::goods::Goods;
use super::plan::{Aim, Plan, is_agreed, setting, valid_offer};
use super::{KEPT, current_or_new, own, own_line, touch};
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
    let aim = Aim::of(tx, ctx, &cart, new).await?;
    let is_meant = new.is_confirmed || aim.is_agreed(new.product);
    goods.ask_back(tx, ctx, (&cart, aim.present().map(|line| line.id)), aim.total, is_meant).await?;
    let plan = aim.plan(tx, ctx, &cart, &goods, new).await?;
    write(tx, ctx, &cart, plan).await
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
    let plan = setting(ctx, &cart, &goods, (&line, offer), quantity)?;
    if plan.placed.deal.is_none() {
        unbroken(tx, ctx, &cart, &plan.done(&cart), is_confirmed).await?;
    }
    write(tx, ctx, &cart, plan).await
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

/// Writes down what was planned.
async fn write(tx: &WriteTx, ctx: &Ctx, cart: &Cart, plan: Plan) -> Outcome<Placed> {
    for line in &plan.lines {
        put(tx, ctx, cart, line).await?;
    }
    touch(tx, ctx, cart).await?;
    Ok(plan.placed)
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
