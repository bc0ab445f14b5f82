//! Carts as JSON.

use catalog::Catalog;
use kernel::{
    Access, AddressId, CartId, CartLineId, Date, Failure, Invalid, Notation, OfferId, Outcome, Permission, ProductId,
};
use pricing::credit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{ApiDoc, App, Json, Method, Path, Query, Reply, Routes, State, Visitor, created, json, no_content};

use super::json::CartView;
use super::pages::{buyer, id, parse};
use super::{AddLine, Cart, CartRefusal, CheckoutInput, actions, checkout, queries};

pub(super) fn routes() -> Routes {
    let buy = Access::Needs(Permission::Buy);
    let read = |id, summary| ApiDoc::new("carts", id, summary);
    let write = |id, summary| read(id, summary).refusals(CartRefusal::ALL);
    let current = read("get_current_cart", "The current cart with prices, deals and totals").response::<CartView>();
    let create_doc = write("create_cart", "A new cart, which becomes the current one").request::<NameInput>();
    let add_doc = write("add_cart_line", "Puts a product into the current cart").request::<LineInput>();
    let set_doc = write("change_cart_line", "Sets the quantity of a line").request::<QuantityInput>();
    let deal_doc =
        write("add_cart_deal", "Puts the lines of an agreed offer into a cart, bound to it").request::<DealInput>();
    let checkout_doc =
        write("set_checkout", "Sets addresses, date and terms of the current cart").request::<CheckoutBody>();
    Routes::new()
        .api(Method::GET, "/api/v1/carts", buy, read("list_carts", "My carts").response::<Vec<CartRow>>(), list)
        .api(Method::POST, "/api/v1/carts", buy, create_doc.created::<CartRow>(), create)
        .api(Method::GET, "/api/v1/carts/current", buy, current, current_cart)
        .api(
            Method::PATCH,
            "/api/v1/carts/{id}",
            buy,
            write("rename_cart", "Renames a cart").request::<NameInput>(),
            rename,
        )
        .api(Method::DELETE, "/api/v1/carts/{id}", buy, write("remove_cart", "Removes a cart"), remove_cart)
        .api(
            Method::PUT,
            "/api/v1/carts/{id}/selection",
            buy,
            write("select_cart", "Makes a cart the current one"),
            select,
        )
        .api(Method::POST, "/api/v1/carts/current/lines", buy, add_doc.created::<LineAdded>(), add)
        .api(Method::PATCH, "/api/v1/carts/lines/{id}", buy, set_doc.response::<CartView>(), set_quantity)
        .api(
            Method::DELETE,
            "/api/v1/carts/lines/{id}",
            buy,
            write("remove_cart_line", "Removes a line").query::<Confirmation>(),
            remove,
        )
        .api(
            Method::POST,
            "/api/v1/carts/lines/{id}/restoration",
            buy,
            write("restore_cart_line", "Brings a line back that was removed lately").response::<CartView>(),
            restore,
        )
        .api(
            Method::DELETE,
            "/api/v1/carts/lines/{id}/deal",
            buy,
            write("unbind_cart_line", "Takes the deal off a line; it stays, at the list price")
                .query::<Confirmation>()
                .response::<CartView>(),
            unbind,
        )
        .api(
            Method::POST,
            "/api/v1/carts/{id}/restoration",
            buy,
            write("restore_cart", "Brings a cart back that was removed lately"),
            restore_cart,
        )
        .api(Method::POST, "/api/v1/carts/current/deals", buy, deal_doc.response::<CartView>(), add_deal)
        .api(Method::PUT, "/api/v1/carts/current/checkout", buy, checkout_doc.response::<CartView>(), set_checkout)
}

/// One of the person's carts.
#[derive(Serialize, JsonSchema)]
struct CartRow {
    id: CartId,
    /// Empty for the first cart, until it is given a name.
    name: String,
    is_current: bool,
    /// How many lines it has.
    lines: i64,
}

async fn view(app: &App, visitor: &Visitor, cart: &Cart) -> Reply {
    let (buyer, now) = (buyer(app, visitor).await?, app.now());
    let tx = app.db().read().await?;
    let priced = queries::priced(&tx, &buyer, cart, now, app.today()).await?;
    let credit = credit::queries::of(&tx, &buyer.company).await?;
    drop(tx);
    json(&CartView::of(cart, &priced, credit.as_ref(), visitor))
}

/// A cart as it is after a change.
async fn changed(app: &App, visitor: &Visitor, id: CartId) -> Reply {
    let cart = queries::cart(&app.db().read().await?, &visitor.actor, id).await?;
    view(app, visitor, &cart).await
}

async fn the_current(app: &App, visitor: &Visitor) -> Outcome<Cart> {
    let cart = queries::current(&app.db().read().await?, &visitor.actor).await?;
    cart.ok_or_else(|| CartRefusal::NoCart.into())
}

async fn list(State(app): State<App>, visitor: Visitor) -> Reply {
    let tx = app.db().read().await?;
    let counts = queries::line_counts(&tx, &visitor.actor).await?;
    let carts = queries::all(&tx, &visitor.actor).await?;
    let row = |cart: Cart| CartRow {
        lines: counts.get(&cart.id).copied().unwrap_or(0),
        id: cart.id,
        name: cart.name,
        is_current: cart.is_current,
    };
    json(&carts.into_iter().map(row).collect::<Vec<_>>())
}

/// The name of a cart.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NameInput {
    /// 1 to 60 characters.
    name: String,
}

async fn create(State(app): State<App>, visitor: Visitor, Json(input): Json<NameInput>) -> Reply {
    let (ctx, name) = (&app.ctx(&visitor), &input.name);
    let id = app.write(|tx| async move { actions::create(&tx, ctx, name).await }).await?;
    created("/api/v1/carts/current", &CartRow { id, name: name.trim().to_owned(), is_current: true, lines: 0 })
}

async fn current_cart(State(app): State<App>, visitor: Visitor) -> Reply {
    view(&app, &visitor, &the_current(&app, &visitor).await?).await
}

async fn rename(
    State(app): State<App>,
    visitor: Visitor,
    Path(cart): Path<String>,
    Json(input): Json<NameInput>,
) -> Reply {
    let (ctx, cart, name) = (&app.ctx(&visitor), id(CartId::parse(&cart))?, &input.name);
    app.write(|tx| async move { actions::rename(&tx, ctx, cart, name).await }).await?;
    no_content()
}

async fn remove_cart(State(app): State<App>, visitor: Visitor, Path(cart): Path<String>) -> Reply {
    let (ctx, cart) = (&app.ctx(&visitor), id(CartId::parse(&cart))?);
    app.write(|tx| async move { actions::remove_cart(&tx, ctx, cart).await }).await?;
    no_content()
}

async fn select(State(app): State<App>, visitor: Visitor, Path(cart): Path<String>) -> Reply {
    let (ctx, cart) = (&app.ctx(&visitor), id(CartId::parse(&cart))?);
    app.write(|tx| async move { actions::select(&tx, ctx, cart).await }).await?;
    no_content()
}

/// What is put into the cart: a product by SKU or id.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LineInput {
    #[serde(default)]
    sku: String,
    product: Option<ProductId>,
    /// Decimal text in the product's unit.
    quantity: String,
    /// At the list price, though an agreed deal fits.
    #[serde(default)]
    without_deal: bool,
    /// Whether a quantity is meant that is far beyond what is in stock or usual (`cart-unusual-quantity`).
    #[serde(default)]
    confirmed: bool,
}

/// The line that was made, or that grew.
#[derive(Serialize, JsonSchema)]
struct LineAdded {
    id: CartLineId,
    /// The number of the negotiation whose deal makes the price.
    deal: Option<i64>,
    /// What goes at the list price, in another line, because the deal holds for no more.
    rest: Option<String>,
}

async fn add(State(app): State<App>, visitor: Visitor, Json(input): Json<LineInput>) -> Reply {
    visitor.actor.company()?;
    let catalog = app.part::<Catalog>();
    let product = match input.product {
        Some(id) => catalog.product(id),
        None => catalog.by_sku(&input.sku),
    };
    let product = product.ok_or_else(|| Invalid::field("sku", "cart-product"))?;
    let quantity = parse(&input.quantity, product.packing.unit, Notation::Plain)?;
    let (is_without_deal, is_confirmed) = (input.without_deal, input.confirmed);
    let line = &AddLine { is_without_deal, is_confirmed, ..AddLine::new(product.id, quantity) };
    let ctx = &app.ctx(&visitor);
    let placed = app.write(|tx| async move { actions::add(&tx, ctx, line).await }).await?;
    let rest = placed.rest.map(kernel::Quantity::to_decimal);
    created("/api/v1/carts/current", &LineAdded { id: placed.line, deal: placed.deal, rest })
}

/// Another quantity.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct QuantityInput {
    /// Decimal text in the product's unit.
    quantity: String,
    /// Whether a deal may break by it, and whether an unusual quantity is meant.
    #[serde(default)]
    confirmed: bool,
}

/// Whether a change is done although it breaks a deal.
#[derive(Deserialize, JsonSchema)]
struct Confirmation {
    /// `true` once somebody was asked (`cart-breaks-deal`).
    confirmed: Option<bool>,
}

async fn set_quantity(
    State(app): State<App>,
    visitor: Visitor,
    Path(line): Path<String>,
    Json(input): Json<QuantityInput>,
) -> Reply {
    let line = id(CartLineId::parse(&line))?;
    let cart = queries::cart_of_line(&app.db().read().await?, &visitor.actor, line).await?;
    let present = cart.lines.iter().find(|other| other.id == line).ok_or(Failure::NotFound)?;
    let quantity = parse(&input.quantity, present.quantity.unit(), Notation::Plain)?;
    let (ctx, is_confirmed) = (&app.ctx(&visitor), input.confirmed);
    let set = |tx| async move { actions::set_quantity(&tx, ctx, line, quantity, is_confirmed).await };
    let placed = app.write(set).await?;
    changed(&app, &visitor, placed.cart).await
}

async fn remove(
    State(app): State<App>,
    visitor: Visitor,
    Path(line): Path<String>,
    Query(query): Query<Confirmation>,
) -> Reply {
    let (ctx, line) = (&app.ctx(&visitor), id(CartLineId::parse(&line))?);
    let is_confirmed = query.confirmed.unwrap_or_default();
    app.write(|tx| async move { actions::remove(&tx, ctx, line, is_confirmed).await }).await?;
    no_content()
}

async fn restore(State(app): State<App>, visitor: Visitor, Path(line): Path<String>) -> Reply {
    let (ctx, line) = (&app.ctx(&visitor), id(CartLineId::parse(&line))?);
    let cart = app.write(|tx| async move { actions::restore(&tx, ctx, line).await }).await?;
    changed(&app, &visitor, cart).await
}

async fn restore_cart(State(app): State<App>, visitor: Visitor, Path(cart): Path<String>) -> Reply {
    let (ctx, cart) = (&app.ctx(&visitor), id(CartId::parse(&cart))?);
    app.write(|tx| async move { actions::restore_cart(&tx, ctx, cart).await }).await?;
    no_content()
}

async fn unbind(
    State(app): State<App>,
    visitor: Visitor,
    Path(line): Path<String>,
    Query(query): Query<Confirmation>,
) -> Reply {
    let (ctx, line) = (&app.ctx(&visitor), id(CartLineId::parse(&line))?);
    let is_confirmed = query.confirmed.unwrap_or_default();
    let cart = app.write(|tx| async move { actions::unbind(&tx, ctx, line, is_confirmed).await }).await?;
    changed(&app, &visitor, cart).await
}

/// An agreed offer.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct DealInput {
    offer_id: OfferId,
}

async fn add_deal(State(app): State<App>, visitor: Visitor, Json(input): Json<DealInput>) -> Reply {
    let (ctx, offer) = (&app.ctx(&visitor), input.offer_id);
    let cart = app.write(|tx| async move { actions::add_deal(&tx, ctx, offer).await }).await?;
    changed(&app, &visitor, cart).await
}

/// What an order needs to know besides the lines.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct CheckoutBody {
    ship_to: AddressId,
    /// The delivery address, or the company's first for invoices, when left out.
    bill_to: Option<AddressId>,
    /// At most 35 characters.
    #[serde(default)]
    po_number: String,
    /// As `2026-11-27`.
    requested_on: Option<String>,
    /// The company's own terms when left out; 0 is prepaid.
    payment_days: Option<i64>,
    /// At most 500 characters.
    #[serde(default)]
    note: String,
}

async fn set_checkout(State(app): State<App>, visitor: Visitor, Json(body): Json<CheckoutBody>) -> Reply {
    let requested_on = match body.requested_on.as_deref().map(Date::parse) {
        Some(None) => return Err(Failure::from(Invalid::field("requested_on", "checkout-date")).into()),
        other => other.flatten(),
    };
    let input = CheckoutInput {
        ship_to: Some(body.ship_to),
        bill_to: body.bill_to,
        po_number: body.po_number,
        requested_on,
        payment_days: body.payment_days,
        note: body.note,
    };
    let cart = the_current(&app, &visitor).await?;
    checkout::set(&app, &visitor, &cart, Ok(input)).await?;
    changed(&app, &visitor, cart.id).await
}
