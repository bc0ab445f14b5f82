//! What becomes of a cart's lines when something is put into it, or a line gets another quantity: worked out without writing,
//! so that a question names what the cart would really charge.

use db::ReadTx;
use kernel::{CartLineId, Ctx, Failure, Outcome, ProductId, Quantity};
use negotiation::offers::{self, AgreedOffer};

use super::goods::{Goods, wrong_quantity};
use super::{empty, next};
use crate::carts::{AddLine, Cart, CartLine, Placed, queries, rules};

/// Lines as they would be, those that do not change left out, and what that means for the quantity.
pub(super) struct Plan {
    pub(super) lines: Vec<CartLine>,
    pub(super) placed: Placed,
}

impl Plan {
    /// The whole cart as it would be.
    pub(super) fn done(&self, cart: &Cart) -> Cart {
        let mut changed = cart.clone();
        for line in &self.lines {
            match changed.lines.iter_mut().find(|own| own.id == line.id) {
                Some(own) => *own = line.clone(),
                None => changed.lines.push(line.clone()),
            }
        }
        changed.lines.sort_by_key(|line| line.position);
        changed
    }
}

/// The cart before and after something is put into it.
///
/// # Errors
/// As putting it there, but for what is asked first.
pub(in crate::carts) async fn after_adding(tx: &ReadTx, ctx: &Ctx, new: &AddLine) -> Outcome<(Cart, Cart)> {
    let cart = match new.cart {
        Some(id) => queries::cart(tx, &ctx.actor, id).await?,
        None => match queries::current(tx, &ctx.actor).await? {
            Some(cart) => cart,
            None => empty(ctx, String::new())?,
        },
    };
    let goods = Goods::of(tx, ctx, new.product).await?;
    let plan = Aim::of(tx, ctx, &cart, new).await?.plan(tx, ctx, &cart, &goods, new).await?;
    let after = plan.done(&cart);
    Ok((cart, after))
}

/// The cart after a line has got another quantity.
///
/// # Errors
/// As setting it, but for what is asked first.
pub(in crate::carts) async fn after_setting(
    tx: &ReadTx,
    ctx: &Ctx,
    cart: &Cart,
    id: CartLineId,
    quantity: Quantity,
) -> Outcome<Cart> {
    let line = cart.lines.iter().find(|line| line.id == id).ok_or(Failure::NotFound)?;
    let goods = Goods::of(tx, ctx, line.product).await?;
    let offer = valid_offer(tx, ctx, line).await?;
    Ok(setting(ctx, cart, &goods, (line, offer), quantity)?.done(cart))
}

/// Where a quantity that is put into a cart goes.
pub(super) struct Aim {
    /// The line that has a deal for the product already.
    bound: Option<(CartLine, AgreedOffer)>,
    /// The line without a deal.
    free: Option<CartLine>,
    /// What the line would hold then.
    pub(super) total: Quantity,
}

impl Aim {
    pub(super) async fn of(tx: &ReadTx, ctx: &Ctx, cart: &Cart, new: &AddLine) -> Outcome<Self> {
        let free = cart.lines.iter().find(|line| line.product == new.product && line.offer.is_none()).cloned();
        let bound = if new.is_without_deal { None } else { bound_line(tx, ctx, cart, new.product).await? };
        let mut aim = Self { bound, free, total: new.quantity };
        let unit = new.quantity.unit();
        if let Some(line) = aim.present().filter(|line| line.quantity.unit() == unit) {
            let much = line.quantity.thousandths().saturating_add(new.quantity.thousandths().max(0));
            aim.total = Quantity::new(much, unit);
        }
        Ok(aim)
    }

    /// The line that grows.
    pub(super) fn present(&self) -> Option<&CartLine> {
        self.bound.as_ref().map(|(line, _)| line).or(self.free.as_ref())
    }

    /// Whether a deal was made about so much.
    pub(super) fn is_agreed(&self, product: ProductId) -> bool {
        is_agreed(self.bound.as_ref().map(|(_, offer)| offer), product, self.total)
    }

    pub(super) async fn plan(self, tx: &ReadTx, ctx: &Ctx, cart: &Cart, goods: &Goods, new: &AddLine) -> Outcome<Plan> {
        let Self { bound, free, total } = self;
        let deal = match bound {
            Some(bound) => Some(bound),
            None if new.is_without_deal => None,
            None => deal_for(tx, ctx, goods, total).await?.map(|offer| {
                let line = free.clone().unwrap_or_else(|| new_line(ctx, cart, new.product, total));
                (line, offer)
            }),
        };
        if let Some(deal) = deal {
            return with_deal(ctx, cart, goods, deal, total);
        }
        goods.check(total)?;
        let was = free.as_ref().map(|line| line.quantity);
        let line = match free {
            Some(line) => CartLine { quantity: total, ..line },
            None => new_line(ctx, cart, new.product, total),
        };
        let placed = Placed { cart: cart.id, line: line.id, was, deal: None, rest: None };
        Ok(Plan { lines: vec![line], placed })
    }
}

/// Another quantity of a line. More than its deal holds for goes at the list price, in a line of its own.
pub(super) fn setting(
    ctx: &Ctx,
    cart: &Cart,
    goods: &Goods,
    (line, offer): (&CartLine, Option<AgreedOffer>),
    quantity: Quantity,
) -> Outcome<Plan> {
    match offer {
        Some(offer) => {
            // A deal may be about less than the list has prices for.
            goods.product.packing.check(quantity).map_err(wrong_quantity)?;
            let most = rules::most_of(&offer, line.product);
            if most.is_some_and(|most| most.thousandths() < quantity.thousandths()) {
                return with_deal(ctx, cart, goods, (line.clone(), offer), quantity);
            }
        }
        None => goods.check(quantity)?,
    }
    let placed = Placed { cart: cart.id, line: line.id, was: Some(line.quantity), deal: None, rest: None };
    Ok(Plan { lines: vec![CartLine { quantity, ..line.clone() }], placed })
}

/// Whether a deal was made about so much: then somebody means it.
pub(super) fn is_agreed(offer: Option<&AgreedOffer>, product: ProductId, quantity: Quantity) -> bool {
    let most = offer.and_then(|offer| rules::most_of(offer, product));
    most.is_some_and(|most| quantity.thousandths() <= most.thousandths())
}

/// `total` of a product at an offer's price, as far as that holds, and the rest at the list price.
fn with_deal(
    ctx: &Ctx,
    cart: &Cart,
    goods: &Goods,
    (line, offer): (CartLine, AgreedOffer),
    total: Quantity,
) -> Outcome<Plan> {
    let most = rules::most_of(&offer, line.product).unwrap_or(total);
    let (unit, much) = (total.unit(), total.thousandths());
    let at_deal = Quantity::new(much.min(most.thousandths()), unit);
    let over = much.saturating_sub(most.thousandths()).max(0);
    let rest = if over > 0 { Some(rest(ctx, cart, goods, &line, (over, most))?) } else { None };
    let was = cart.lines.iter().find(|own| own.id == line.id).map(|own| own.quantity);
    let over = rest.as_ref().map(|_| Quantity::new(over, most.unit()));
    let placed = Placed { cart: cart.id, line: line.id, was, deal: Some(offer.number), rest: over };
    let first = CartLine { quantity: at_deal, offer: Some(offer.id), ..line };
    Ok(Plan { lines: std::iter::once(first).chain(rest).collect(), placed })
}

/// What goes beyond a deal, together with what is there without one.
fn rest(ctx: &Ctx, cart: &Cart, goods: &Goods, deal: &CartLine, (over, most): (i64, Quantity)) -> Outcome<CartLine> {
    let of_product = |line: &&CartLine| line.product == deal.product && line.offer.is_none() && line.id != deal.id;
    let free = cart.lines.iter().find(of_product);
    let present = free.map_or(0, |line| line.quantity.thousandths());
    let quantity = Quantity::new(over.saturating_add(present), most.unit());
    if goods.check(quantity).is_err() {
        return Err(goods.too_little_left(Quantity::new(over, most.unit()), most).into());
    }
    Ok(match free {
        Some(line) => CartLine { quantity, ..line.clone() },
        None => {
            let after = next(cart).max(deal.position + 1);
            CartLine { position: after, ..new_line(ctx, cart, deal.product, quantity) }
        }
    })
}

fn new_line(ctx: &Ctx, cart: &Cart, product: ProductId, quantity: Quantity) -> CartLine {
    CartLine { id: CartLineId::new(ctx), position: next(cart), product, quantity, offer: None }
}

/// The line of the cart that has a valid deal for this product alone.
async fn bound_line(
    tx: &ReadTx,
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
pub(super) async fn valid_offer(tx: &ReadTx, ctx: &Ctx, line: &CartLine) -> Outcome<Option<AgreedOffer>> {
    let Some(id) = line.offer else { return Ok(None) };
    let offer = offers::queries::agreed(tx, ctx.actor.company()?, id).await?;
    Ok(offer.filter(|offer| !offer.used && ctx.now < offer.offer.expires))
}

/// An agreed offer that fits so much of a product and that no cart has yet.
async fn deal_for(tx: &ReadTx, ctx: &Ctx, goods: &Goods, total: Quantity) -> Outcome<Option<AgreedOffer>> {
    let product = goods.product.id;
    let unused = queries::unused(tx, ctx.actor.company()?, &[product], ctx.now).await?;
    let list = goods.ladder.as_ref().and_then(|resolved| resolved.ladder.price_for(total));
    Ok(rules::best_deal(&unused, product, total, list, ctx.now).cloned())
}
