//! The cart's pages.

use std::sync::Arc;

use askama::Template;
use axum::http::StatusCode;
use catalog::Catalog;
use catalog::products::Product;
use kernel::{CartId, CartLineId, Failure, Invalid, NegotiationId, Notation, OfferId, Outcome, Quantity};
use negotiation::panel::{self, CartAskLine};
use negotiation::requests;
use pricing::{Buyer, Buyers};
use serde::Deserialize;
use web::{App, Fields, Form, FormState, Hx, Path, Query, Reply, Shell, State, Visitor, leave_for, see_other};

use super::queries::{self, Preview};
use super::view::{BreaksView, CartView, cart_name, localised, unit_word};
use super::{AddLine, Cart, CartRefusal, PricedCart, actions};

/// One of the person's carts in the row of tabs.
struct Tab {
    name: String,
    href: String,
    lines: i64,
    is_shown: bool,
}

#[derive(Template)]
#[template(path = "carts/cart.html")]
struct CartPage {
    shell: Shell,
    tabs: Vec<Tab>,
    cart: Option<CartView>,
    /// The form of a new cart.
    form: FormState,
    /// The form of another name.
    rename: FormState,
    /// The negotiation of the cart as a whole; empty for none.
    panel: String,
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

async fn show(app: &App, visitor: &Visitor, cart: Option<Cart>) -> Outcome<CartPage> {
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
    drop(tx);
    let panel = match cart.as_ref().zip(priced.as_ref()) {
        Some((cart, priced)) => panel_of(app, visitor, cart, priced).await?,
        None => String::new(),
    };
    let view = cart.as_ref().zip(priced.as_ref()).map(|(cart, priced)| CartView::of(cart, priced, locale));
    let shell = Shell::load(app, visitor, &locale.text("carts-title")).await?;
    let (form, rename) = (FormState::default(), FormState::default());
    Ok(CartPage { shell, tabs, cart: view, form, rename, panel })
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

pub(super) async fn remove_cart(State(app): State<App>, visitor: Visitor, Path(cart): Path<String>) -> Reply {
    let (ctx, cart) = (&app.ctx(&visitor), id(CartId::parse(&cart))?);
    app.write(|tx| async move { actions::remove_cart(&tx, ctx, cart).await }).await?;
    see_other("/cart")
}

#[derive(Template)]
#[template(path = "carts/add.html")]
struct AddPage {
    shell: Shell,
    form: FormState,
    product: String,
    sku: String,
    href: String,
    unit: String,
}

/// Puts the product of a product page into the cart. What is wrong with the quantity is asked again, on a page of its own.
pub(super) async fn add(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let product = app.part::<Catalog>().by_sku(fields.text("sku")).ok_or(Failure::NotFound)?;
    match add_line(&app, &visitor, &product, &fields).await {
        Ok(()) => web::flash(see_other("/cart"), "cart-added"),
        Err(Failure::Invalid(invalid)) => {
            let locale = &visitor.locale;
            let shell = Shell::load(&app, &visitor, &locale.text("cart-add")).await?;
            let page = AddPage {
                form: fields.rejected(&localised(&invalid, locale), locale),
                product: product.name.get(locale.language()).to_owned(),
                sku: product.sku.to_string(),
                href: product.href(),
                unit: unit_word(product.packing.unit, locale),
                shell,
            };
            web::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn add_line(app: &App, visitor: &Visitor, product: &Product, fields: &Fields) -> Outcome<()> {
    let (ctx, quantity) = (&app.ctx(visitor), parse(fields.text("quantity"), product.packing.unit, fields.notation())?);
    let cart = fields.some("cart").map(|text| id(CartId::parse(text))).transpose()?;
    let line = &AddLine { product: product.id, quantity, cart };
    app.write(|tx| async move { actions::add(&tx, ctx, line).await }).await.map(|_| ())
}

/// A quantity as typed by who writes numbers so.
pub(super) fn parse(text: &str, unit: kernel::Unit, notation: Notation) -> Outcome<Quantity> {
    let mut invalid = Invalid::default();
    let quantity = invalid.take("quantity", Quantity::typed(text, unit, notation));
    quantity.ok_or_else(|| invalid.into())
}

/// What came of a change of quantity.
pub(super) enum Changed {
    /// It is done.
    Done(CartId),
    /// It would break a deal and was not confirmed.
    Breaks(CartId, Box<Preview>),
}

/// Sets the quantity of a line, unless that breaks a deal and was not confirmed.
pub(super) async fn change(
    app: &App,
    visitor: &Visitor,
    line: CartLineId,
    quantity: (&str, Notation),
    is_confirmed: bool,
) -> Outcome<Changed> {
    let (cart, preview) = look_ahead(app, visitor, line, quantity).await?;
    let ctx = &app.ctx(visitor);
    let asked = preview.after.lines.iter().find(|other| other.line.id == line).ok_or(Failure::NotFound)?.line.quantity;
    if preview.breaks() && !is_confirmed {
        return Ok(Changed::Breaks(cart.id, preview));
    }
    app.write(|tx| async move { actions::set_quantity(&tx, ctx, line, asked).await }).await?;
    Ok(Changed::Done(cart.id))
}

async fn look_ahead(
    app: &App,
    visitor: &Visitor,
    line: CartLineId,
    (quantity, notation): (&str, Notation),
) -> Outcome<(Cart, Box<Preview>)> {
    let (buyer, now) = (buyer(app, visitor).await?, app.now());
    let tx = app.db().read().await?;
    let cart = queries::cart_of_line(&tx, &visitor.actor, line).await?;
    let present = cart.lines.iter().find(|other| other.id == line).ok_or(Failure::NotFound)?;
    let quantity = parse(quantity, present.quantity.unit(), notation)?;
    let on = app.today();
    let preview = queries::preview(&tx, &buyer, &cart, (line, Some(quantity)), now, on).await?;
    if let Some(after) = preview.after.lines.iter().find(|other| other.line.id == line) {
        let mut invalid = Invalid::default();
        invalid.take("quantity", after.product.packing.check(quantity));
        invalid.check()?;
    }
    Ok((cart, Box::new(preview)))
}

pub(super) async fn set_quantity(
    State(app): State<App>,
    visitor: Visitor,
    Path(line): Path<String>,
    Form(fields): Form<Fields>,
) -> Reply {
    let line = id(CartLineId::parse(&line))?;
    if fields.some("keep").or(fields.some("quantity_keep")).is_some() {
        let cart = queries::cart_of_line(&app.db().read().await?, &visitor.actor, line).await?;
        return see_other(&format!("/cart?cart={}", cart.id));
    }
    let is_confirmed = fields.some("confirmed").is_some();
    match change(&app, &visitor, line, (fields.text("quantity"), fields.notation()), is_confirmed).await {
        Ok(Changed::Done(cart)) => see_other(&format!("/cart?cart={cart}")),
        Ok(Changed::Breaks(cart, preview)) => ask_first(&app, &visitor, cart, line, &preview).await,
        Err(Failure::Invalid(invalid)) => wrong_quantity(&app, &visitor, line, &fields, &invalid).await,
        Err(failure) => Err(failure.into()),
    }
}

#[derive(Template)]
#[template(path = "carts/change.html")]
struct ChangePage {
    shell: Shell,
    product: String,
    action: String,
    back: String,
    breaks: BreaksView,
}

async fn ask_first(app: &App, visitor: &Visitor, cart: CartId, line: CartLineId, preview: &Preview) -> Reply {
    let locale = &visitor.locale;
    let before = preview.before.lines.iter().find(|other| other.line.id == line).ok_or(Failure::NotFound)?;
    let page = ChangePage {
        shell: Shell::load(app, visitor, &locale.text("cart-breaks-heading")).await?,
        product: before.product.name.get(locale.language()).to_owned(),
        action: format!("/cart/lines/{line}"),
        back: format!("/cart?cart={cart}"),
        breaks: BreaksView::of(preview, line, locale).ok_or(Failure::NotFound)?,
    };
    web::page_with(StatusCode::CONFLICT, &page)
}

/// The cart again, with what was typed and what is wrong with it.
async fn wrong_quantity(app: &App, visitor: &Visitor, id: CartLineId, fields: &Fields, invalid: &Invalid) -> Reply {
    let cart = queries::cart_of_line(&app.db().read().await?, &visitor.actor, id).await?;
    let mut page = show(app, visitor, Some(cart)).await?;
    let form = fields.rejected(&localised(invalid, &visitor.locale), &visitor.locale);
    let error = form.errors().first().map(|(_, text)| (*text).to_owned()).unwrap_or_default();
    let lines = page.cart.iter_mut().flat_map(|cart| &mut cart.lines);
    lines.filter(|line| line.id == id.to_string()).for_each(|line| {
        form.value("quantity").clone_into(&mut line.typed);
        line.error.clone_from(&error);
    });
    web::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

pub(super) async fn remove(State(app): State<App>, visitor: Visitor, Path(line): Path<String>) -> Reply {
    let (ctx, line) = (&app.ctx(&visitor), id(CartLineId::parse(&line))?);
    let cart = queries::cart_of_line(&app.db().read().await?, &visitor.actor, line).await?.id;
    app.write(|tx| async move { actions::remove(&tx, ctx, line).await }).await?;
    see_other(&format!("/cart?cart={cart}"))
}

#[derive(Template)]
#[template(path = "carts/breaks.html")]
struct Breaks {
    breaks: BreaksView,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    quantity: String,
}

/// What another quantity does to the price, when it breaks a deal; nothing otherwise.
pub(super) async fn preview(
    State(app): State<App>,
    visitor: Visitor,
    Path(line): Path<String>,
    Query(asked): Query<Asked>,
) -> Reply {
    let line = id(CartLineId::parse(&line))?;
    let (_, preview) = look_ahead(&app, &visitor, line, (&asked.quantity, visitor.locale.notation())).await?;
    match BreaksView::of(&preview, line, &visitor.locale).filter(|_| preview.breaks()) {
        Some(breaks) => web::fragment(StatusCode::OK, &Breaks { breaks }),
        None => web::no_content(),
    }
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
