//! The cart's pages.

use std::sync::Arc;

use askama::Template;
use axum::http::StatusCode;
use kernel::{CartId, Failure, Invalid, NegotiationId, Notation, OfferId, Outcome, Quantity};
use negotiation::panel::{self, CartAskLine};
use negotiation::requests;
use pricing::{Buyer, Buyers, credit};
use serde::Deserialize;
use web::{App, Fields, Form, FormState, Hx, Path, Query, Reply, Shell, State, Visitor, leave_for, see_other};

use super::view::{CartView, CreditView, cart_name, localised};
use super::{Cart, CartRefusal, PricedCart, actions, queries};

/// One of the person's carts in the row of tabs.
struct Tab {
    name: String,
    href: String,
    lines: i64,
    is_shown: bool,
}

#[derive(Template)]
#[template(path = "carts/cart.html", blocks = ["cart_body"])]
pub(super) struct CartPage {
    shell: Shell,
    tabs: Vec<Tab>,
    pub(super) cart: Option<CartView>,
    /// The form of a new cart.
    form: FormState,
    /// The form of another name.
    rename: FormState,
    /// The negotiation of the cart as a whole; empty for none.
    panel: String,
    /// Whether only the part is wanted that a script puts in place.
    is_part: bool,
    /// What has just happened, for a part; empty for nothing.
    said: String,
    /// Where it is undone; empty when it cannot be.
    undo: String,
}

impl CartPage {
    /// The whole page, or for a script the part that changes, with what has just happened.
    pub(super) fn reply(mut self, hx: Hx, status: StatusCode, said: String, undo: String) -> Reply {
        if !hx.0 {
            return web::page_with(status, &self);
        }
        (self.is_part, self.said, self.undo) = (true, said, undo);
        web::fragment(status, &self.as_cart_body())
    }
}

/// Which cart is shown.
#[derive(Deserialize)]
pub(super) struct Which {
    cart: Option<String>,
}

pub(super) async fn buyer(app: &App, visitor: &Visitor) -> Outcome<Arc<Buyer>> {
    app.part::<Buyers>().get(app.db(), visitor.actor.company()?).await
}

/// A path parameter that may be anything.
pub(super) fn id<T>(parsed: Option<T>) -> Outcome<T> {
    parsed.ok_or(Failure::NotFound)
}

pub(super) async fn show(app: &App, visitor: &Visitor, cart: Option<Cart>) -> Outcome<CartPage> {
    let (buyer, locale, now) = (buyer(app, visitor).await?, &visitor.locale, app.now());
    let tx = app.db().read().await?;
    let counts = queries::line_counts(&tx, &visitor.actor).await?;
    let tab = |other: &Cart| Tab {
        name: cart_name(other, locale),
        href: format!("/cart?cart={}", other.id),
        lines: counts.get(&other.id).copied().unwrap_or(0),
        is_shown: cart.as_ref().is_some_and(|cart| cart.id == other.id),
    };
    let tabs = queries::all(&tx, &visitor.actor).await?.iter().map(tab).collect();
    let priced = match &cart {
        Some(cart) => Some(queries::priced(&tx, &buyer, cart, now, app.today()).await?),
        None => None,
    };
    let credit = credit::queries::of(&tx, &buyer.company).await?;
    drop(tx);
    let panel = match cart.as_ref().zip(priced.as_ref()) {
        Some((cart, priced)) => panel_of(app, visitor, cart, priced).await?,
        None => String::new(),
    };
    let view = cart.as_ref().zip(priced.as_ref()).map(|(cart, priced)| CartView {
        credit: credit.map(|credit| CreditView::of(&credit, priced, locale)),
        ..CartView::of(cart, priced, locale)
    });
    let shell = Shell::load(app, visitor, &locale.text("carts-title")).await?;
    let (form, rename) = (FormState::default(), FormState::default());
    let (said, undo) = (String::new(), String::new());
    Ok(CartPage { shell, tabs, cart: view, form, rename, panel, is_part: false, said, undo })
}

/// What can be asked for as a whole: the lines that no deal is bound to and that have a price.
async fn panel_of(app: &App, visitor: &Visitor, cart: &Cart, priced: &PricedCart) -> Outcome<String> {
    let free = priced.lines.iter().filter(|line| line.line.offer.is_none());
    let lines: Vec<CartAskLine> = free
        .filter_map(|line| {
            let (product, quantity) = (line.line.product, line.line.quantity);
            Some(CartAskLine { product, quantity, price: line.price? })
        })
        .collect();
    let back = format!("/cart?cart={}", cart.id);
    Ok(panel::for_cart(app, visitor, cart.id, &lines, &back).await?.unwrap_or_default())
}

/// The cart that is named, else the current one.
pub(super) async fn chosen(app: &App, visitor: &Visitor, which: Option<&str>) -> Outcome<Option<Cart>> {
    let tx = app.db().read().await?;
    match which {
        Some(text) => {
            let cart = queries::cart(&tx, &visitor.actor, id(CartId::parse(text))?).await?;
            if cart.ordered_at.is_some() { Err(CartRefusal::Ordered.into()) } else { Ok(Some(cart)) }
        }
        None => queries::current(&tx, &visitor.actor).await,
    }
}

pub(super) async fn cart(State(app): State<App>, visitor: Visitor, Query(which): Query<Which>) -> Reply {
    let cart = chosen(&app, &visitor, which.cart.as_deref()).await?;
    web::page(&show(&app, &visitor, cart).await?)
}

pub(super) async fn create(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let (ctx, name) = (&app.ctx(&visitor), fields.text("name"));
    match app.write(|tx| async move { actions::create(&tx, ctx, name).await }).await {
        Ok(_) => see_other("/cart"),
        Err(Failure::Invalid(invalid)) => {
            let form = fields.rejected(&localised(&invalid, &visitor.locale), &visitor.locale);
            let page = show(&app, &visitor, chosen(&app, &visitor, None).await?).await?;
            web::page_with(StatusCode::UNPROCESSABLE_ENTITY, &CartPage { form, ..page })
        }
        Err(failure) => Err(failure.into()),
    }
}

pub(super) async fn rename(
    State(app): State<App>,
    visitor: Visitor,
    Path(cart): Path<String>,
    Form(fields): Form<Fields>,
) -> Reply {
    let (ctx, cart, name) = (&app.ctx(&visitor), id(CartId::parse(&cart))?, fields.text("name"));
    match app.write(|tx| async move { actions::rename(&tx, ctx, cart, name).await }).await {
        Ok(()) => see_other(&format!("/cart?cart={cart}")),
        Err(Failure::Invalid(invalid)) => {
            let rename = fields.rejected(&localised(&invalid, &visitor.locale), &visitor.locale);
            let page = show(&app, &visitor, chosen(&app, &visitor, Some(&cart.to_string())).await?).await?;
            web::page_with(StatusCode::UNPROCESSABLE_ENTITY, &CartPage { rename, ..page })
        }
        Err(failure) => Err(failure.into()),
    }
}

pub(super) async fn select(State(app): State<App>, visitor: Visitor, Path(cart): Path<String>) -> Reply {
    let (ctx, cart) = (&app.ctx(&visitor), id(CartId::parse(&cart))?);
    app.write(|tx| async move { actions::select(&tx, ctx, cart).await }).await?;
    see_other("/cart")
}

/// Removes a cart; the next page offers to bring it back.
pub(super) async fn remove_cart(State(app): State<App>, visitor: Visitor, Path(cart): Path<String>) -> Reply {
    let (ctx, cart) = (&app.ctx(&visitor), id(CartId::parse(&cart))?);
    app.write(|tx| async move { actions::remove_cart(&tx, ctx, cart).await }).await?;
    web::flash_undo(see_other("/cart"), "cart-removed", &format!("/carts/{cart}/restoration"))
}

pub(super) async fn restore_cart(State(app): State<App>, visitor: Visitor, Path(cart): Path<String>) -> Reply {
    let (ctx, cart) = (&app.ctx(&visitor), id(CartId::parse(&cart))?);
    app.write(|tx| async move { actions::restore_cart(&tx, ctx, cart).await }).await?;
    web::flash(see_other("/cart"), "cart-restored")
}

/// A quantity as typed by who writes numbers so.
pub(super) fn parse(text: &str, unit: kernel::Unit, notation: Notation) -> Outcome<Quantity> {
    let mut invalid = Invalid::default();
    let quantity = invalid.take("quantity", Quantity::typed(text, unit, notation));
    quantity.ok_or_else(|| invalid.into())
}

/// Puts the lines of an agreed offer into the cart. Doing it twice is the same as once.
pub(super) async fn add_deal(State(app): State<App>, visitor: Visitor, Path(offer): Path<String>) -> Reply {
    let (ctx, offer) = (&app.ctx(&visitor), id(OfferId::parse(&offer))?);
    let cart = app.write(|tx| async move { actions::add_deal(&tx, ctx, offer).await }).await?;
    web::flash(see_other(&format!("/cart?cart={cart}")), "cart-deal-added")
}

/// Takes an offer of a negotiation and puts its lines into the cart, in one step. It stands here because negotiations know
/// nothing of carts.
pub(super) async fn take_offer(
    State(app): State<App>,
    visitor: Visitor,
    hx: Hx,
    Path((negotiation, offer)): Path<(NegotiationId, OfferId)>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let cart = app.write(|tx| async move {
        let agreed = requests::actions::take(&tx, ctx, negotiation, offer).await?;
        actions::add_deal(&tx, ctx, agreed.offer).await
    });
    let cart = cart.await?;
    web::flash(leave_for(hx, &format!("/cart?cart={cart}")), "cart-deal-added")
}
