//! Changing carts. Every change tells `cart.changed` and counts the cart's version up, so that two requests at once
//! follow one after the other.

mod goods;
mod lines;
mod plan;

pub use lines::{add, remove, restore, set_quantity, unbind};
pub(super) use plan::{after_adding, after_setting};

use db::WriteTx;
use kernel::{CartId, CartLineId, Ctx, Failure, Instant, OfferId, Outcome, Permission};
use negotiation::offers::{self, AgreedOffer};
use parties::{addresses, companies};

use super::rules::{self, CheckoutFacts};
use super::{Cart, CartEvent, CartLine, CartRefusal, CheckoutInput, queries, store};

/// So long what was removed can be brought back.
const KEPT: i64 = Instant::DAY;

/// A new, empty cart, which becomes the current one.
///
/// # Errors
/// Invalid `name`; [`CartRefusal::TooMany`].
pub async fn create(tx: &WriteTx, ctx: &Ctx, name: &str) -> Outcome<CartId> {
    ctx.actor.must(Permission::Buy)?;
    let name = rules::name(name)?;
    let open = queries::all(tx, &ctx.actor).await?;
    if open.len() >= rules::CARTS_MAX {
        return Err(CartRefusal::TooMany.into());
    }
    store::unselect(tx, ctx.actor.company()?, ctx.actor.user()?).await?;
    let cart = begin(tx, ctx, name).await?;
    tell(tx, ctx, &cart).await?;
    Ok(cart.id)
}

/// Gives a cart another name.
///
/// # Errors
/// Not found; invalid `name`; [`CartRefusal::Ordered`].
pub async fn rename(tx: &WriteTx, ctx: &Ctx, id: CartId, name: &str) -> Outcome<()> {
    let cart = own(tx, ctx, id).await?;
    store::rename(tx, &cart, &rules::name(name)?, ctx.now).await?;
    tell(tx, ctx, &cart).await
}

/// Makes a cart the current one.
///
/// # Errors
/// Not found; [`CartRefusal::Ordered`].
pub async fn select(tx: &WriteTx, ctx: &Ctx, id: CartId) -> Outcome<()> {
    let cart = own(tx, ctx, id).await?;
    if cart.is_current {
        return Ok(());
    }
    store::select(tx, &cart, ctx.now).await?;
    tell(tx, ctx, &cart).await
}

/// Removes a cart with its lines; what was agreed for them is not lost, and for a while [`restore_cart`] brings it back.
///
/// # Errors
/// Not found; [`CartRefusal::Ordered`].
pub async fn remove_cart(tx: &WriteTx, ctx: &Ctx, id: CartId) -> Outcome<()> {
    let cart = own(tx, ctx, id).await?;
    store::purge(tx, ctx.now.plus(-KEPT)).await?;
    store::remove(tx, &cart, ctx.now).await?;
    if cart.is_current {
        store::select_latest(tx, cart.company, cart.person).await?;
    }
    tell(tx, ctx, &cart).await
}

/// Brings a removed cart back; it becomes the current one.
///
/// # Errors
/// Not found, also when it was removed too long ago; [`CartRefusal::TooMany`].
pub async fn restore_cart(tx: &WriteTx, ctx: &Ctx, id: CartId) -> Outcome<()> {
    ctx.actor.must(Permission::Buy)?;
    let (company, person) = (ctx.actor.company()?, ctx.actor.user()?);
    let cart = store::removed_cart(tx, company, person, id).await?.ok_or(Failure::NotFound)?;
    if queries::all(tx, &ctx.actor).await?.len() >= rules::CARTS_MAX {
        return Err(CartRefusal::TooMany.into());
    }
    store::restore(tx, &cart, ctx.now).await?;
    tell(tx, ctx, &cart).await
}

/// Puts the lines of an agreed offer into a cart and says into which: the one that was negotiated, or that has the deal
/// already, else the current one. Lines that are there already stay as they are, so twice is the same as once.
///
/// A line of the same product without a deal becomes the deal's line when its price holds for so much.
///
/// # Errors
/// Not found; [`CartRefusal`].
pub async fn add_deal(tx: &WriteTx, ctx: &Ctx, offer: OfferId) -> Outcome<CartId> {
    ctx.actor.must(Permission::Buy)?;
    let company = ctx.actor.company()?;
    let agreed = offers::queries::agreed(tx, company, offer).await?.ok_or(Failure::NotFound)?;
    if agreed.used || ctx.now >= agreed.offer.expires {
        return Err(CartRefusal::DealOver.into());
    }
    let cart = cart_for(tx, ctx, &agreed).await?;
    let mut new = Vec::new();
    for (line, up_to) in agreed.offer.terms.lines.iter().zip(&agreed.offer.up_to) {
        let of_product = || cart.lines.iter().filter(|own| own.product == line.product);
        if of_product().any(|own| own.offer == Some(offer)) {
            continue;
        }
        let fits = |own: &&CartLine| own.offer.is_none() && own.quantity.thousandths() <= up_to.thousandths();
        match of_product().find(fits) {
            Some(own) => {
                let quantity =
                    if own.quantity.thousandths() < line.quantity.thousandths() { line.quantity } else { own.quantity };
                store::set_line(tx, &CartLine { quantity, offer: Some(offer), ..own.clone() }).await?;
            }
            None => {
                let position = next(&cart) + i64::try_from(new.len()).unwrap_or(0);
                let (product, quantity) = (line.product, line.quantity);
                new.push(CartLine { id: CartLineId::new(ctx), position, product, quantity, offer: Some(offer) });
            }
        }
    }
    if cart.lines.len() + new.len() > rules::LINES_MAX {
        return Err(CartRefusal::Full.into());
    }
    if !new.is_empty() {
        store::insert_lines(tx, cart.id, &new, ctx.now).await?;
    }
    touch(tx, ctx, &cart).await?;
    Ok(cart.id)
}

async fn cart_for(tx: &WriteTx, ctx: &Ctx, agreed: &AgreedOffer) -> Outcome<Cart> {
    let (company, person) = (ctx.actor.company()?, ctx.actor.user()?);
    if let Some(cart) = store::with_offer(tx, company, person, agreed.id).await? {
        return Ok(cart);
    }
    let negotiation = negotiation::negotiations::queries::negotiation(tx, &ctx.actor, agreed.negotiation).await?;
    let negotiated = match negotiation.cart {
        Some(id) => store::by_id(tx, company, person, id).await?.filter(|cart| cart.ordered_at.is_none()),
        None => None,
    };
    match negotiated {
        Some(cart) => Ok(cart),
        None => current_or_new(tx, ctx).await,
    }
}

/// Sets addresses, terms, date and notes.
///
/// # Errors
/// Not found; every invalid field; [`CartRefusal::Ordered`].
pub async fn set_checkout(tx: &WriteTx, ctx: &Ctx, id: CartId, input: &CheckoutInput) -> Outcome<()> {
    let cart = own(tx, ctx, id).await?;
    let company = companies::queries::company(tx, cart.company).await?.ok_or(Failure::NotFound)?;
    let addresses = addresses::of_company(tx, cart.company).await?;
    let ids: Vec<_> = cart.lines.iter().map(|line| line.product).collect();
    let products = match ids.as_slice() {
        [] => Vec::new(),
        ids => catalog::products::queries::products(tx, ids).await?,
    };
    let today = ctx.today();
    let facts = CheckoutFacts {
        addresses: &addresses,
        today,
        earliest: rules::earliest(today, &products, cart.lines.iter()),
        // What deals grant is for their own lines, and is not chosen here.
        latest_payment: company.payment_days,
    };
    let mut input = rules::checkout(input, &facts)?;
    input.payment_days = input.payment_days.filter(|days| *days != company.payment_days);
    store::checkout(tx, &cart, &input, ctx.now).await?;
    tell(tx, ctx, &cart).await
}

/// The cart is ordered and over; the person's cart that was changed last becomes the current one.
///
/// # Errors
/// [`CartRefusal::Ordered`]; a passing fault when the cart has changed since it was read.
pub async fn mark_ordered(tx: &WriteTx, ctx: &Ctx, cart: &Cart) -> Outcome<()> {
    if cart.ordered_at.is_some() {
        return Err(CartRefusal::Ordered.into());
    }
    store::ordered(tx, cart, ctx.now).await?;
    if cart.is_current {
        store::select_latest(tx, cart.company, cart.person).await?;
    }
    tell(tx, ctx, cart).await
}

async fn own(tx: &WriteTx, ctx: &Ctx, id: CartId) -> Outcome<Cart> {
    ctx.actor.must(Permission::Buy)?;
    let cart = queries::cart(tx, &ctx.actor, id).await?;
    if cart.ordered_at.is_some() { Err(CartRefusal::Ordered.into()) } else { Ok(cart) }
}

async fn own_line(tx: &WriteTx, ctx: &Ctx, id: CartLineId) -> Outcome<(Cart, CartLine)> {
    ctx.actor.must(Permission::Buy)?;
    let cart = queries::cart_of_line(tx, &ctx.actor, id).await?;
    if cart.ordered_at.is_some() {
        return Err(CartRefusal::Ordered.into());
    }
    let line = cart.lines.iter().find(|line| line.id == id).cloned().ok_or(Failure::NotFound)?;
    Ok((cart, line))
}

async fn current_or_new(tx: &WriteTx, ctx: &Ctx) -> Outcome<Cart> {
    match queries::current(tx, &ctx.actor).await? {
        Some(cart) => Ok(cart),
        None => begin(tx, ctx, String::new()).await,
    }
}

async fn begin(tx: &WriteTx, ctx: &Ctx, name: String) -> Outcome<Cart> {
    let cart = empty(ctx, name)?;
    store::insert(tx, &cart, ctx.now).await?;
    Ok(cart)
}

/// A cart in which nothing is yet.
fn empty(ctx: &Ctx, name: String) -> Outcome<Cart> {
    Ok(Cart {
        id: CartId::new(ctx),
        company: ctx.actor.company()?,
        person: ctx.actor.user()?,
        name,
        is_current: true,
        payment_days: None,
        ship_to: None,
        bill_to: None,
        po_number: String::new(),
        requested_on: None,
        note: String::new(),
        ordered_at: None,
        lines: Vec::new(),
        version: 1,
    })
}

fn next(cart: &Cart) -> i64 {
    cart.lines.iter().map(|line| line.position).max().unwrap_or(0) + 1
}

async fn touch(tx: &WriteTx, ctx: &Ctx, cart: &Cart) -> Outcome<()> {
    store::touch(tx, cart, ctx.now).await?;
    tell(tx, ctx, cart).await
}

async fn tell(tx: &WriteTx, ctx: &Ctx, cart: &Cart) -> Outcome<()> {
    Ok(tx.append(ctx, &CartEvent::Changed(cart.id, cart.company)).await?)
}
