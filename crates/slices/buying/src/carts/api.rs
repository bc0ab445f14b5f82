//! Carts as JSON.

use catalog::Catalog;
use kernel::{
    Access, AddressId, CartId, CartLineId, Currency, Date, Failure, Invalid, NegotiationId, Notation, OfferId, Outcome,
    Permission, ProductId, Unit,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{ApiDoc, App, Json, Method, Path, Reply, Routes, State, Visitor, created, json, no_content};

use super::pages::{Changed, buyer, change, id, parse};
use super::{AddLine, Cart, CartRefusal, CheckoutInput, DealState, PricedCart, PricedLine, actions, checkout, queries};

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
        .api(Method::DELETE, "/api/v1/carts/lines/{id}", buy, write("remove_cart_line", "Removes a line"), remove)
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

/// A cart with prices.
#[derive(Serialize, JsonSchema)]
pub struct CartView {
    id: CartId,
    name: String,
    is_current: bool,
    currency: Currency,
    lines: Vec<CartLineView>,
    /// Net of the lines.
    goods_net: String,
    freight: FreightView,
    /// Goods and freight; what `seen_net` of an order is compared with.
    net: String,
    tax: String,
    gross: String,
    /// `home`, `reverse-charge` or `export`.
    tax_rule: String,
    /// In percent.
    tax_rate: String,
    /// What the lines would cost without deals, freight not counted.
    list_net: String,
    /// 0 is prepaid.
    payment_days: i64,
    ship_to: Option<AddressId>,
    bill_to: Option<AddressId>,
    po_number: String,
    /// As `2026-11-27`.
    requested_on: Option<String>,
    note: String,
}

/// What is charged for freight, in the cart's currency.
#[derive(Serialize, JsonSchema)]
struct FreightView {
    /// Net; it is taxed as the goods are.
    net: String,
    /// Why it is so much: `none` (the seller charges nothing, or the cart has no priced line), `charged`, `value` (the goods
    /// reach `free_from`), `deal` (a deal that holds gives it), `collected` (deals say that the buyer collects everything).
    reason: &'static str,
    /// What is charged below `free_from`; `null` when nothing ever is.
    usual: Option<String>,
    /// From this net value of the goods on it is free. Lines with a deal count at their price without it.
    free_from: Option<String>,
    /// So much is missing until it is free; `null` when nothing is charged.
    to_go: Option<String>,
}

impl FreightView {
    fn of(priced: &PricedCart) -> Self {
        let usual = priced.freight.usual();
        Self {
            net: priced.freight.amount(priced.currency).to_decimal(),
            reason: priced.freight.code(),
            usual: usual.map(|usual| usual.charge.to_decimal()),
            free_from: usual.map(|usual| usual.free_from.to_decimal()),
            to_go: priced.freight_to_go().map(kernel::Amount::to_decimal),
        }
    }
}

/// A line of a cart.
#[derive(Serialize, JsonSchema)]
pub struct CartLineView {
    id: CartLineId,
    product: ProductId,
    sku: String,
    name: String,
    quantity: String,
    unit: Unit,
    /// Net price of one unit; `null` when the product cannot be bought.
    price: Option<String>,
    /// Net price of one unit without a deal.
    list_price: Option<String>,
    net: Option<String>,
    deal: Option<DealView>,
}

/// The deal that a line is bound to.
#[derive(Serialize, JsonSchema)]
struct DealView {
    offer: OfferId,
    negotiation: NegotiationId,
    /// The negotiation's number.
    number: i64,
    /// Whether it makes the price.
    holds: bool,
    /// Why not, as the engine's codes; empty while it holds, and when another order has used it up.
    breaches: Vec<serde_json::Value>,
    /// Until when it can be ordered.
    expires: String,
}

impl DealView {
    fn of(deal: &DealState) -> Self {
        let breaches = match deal {
            DealState::Holds { .. } => Vec::new(),
            DealState::Broken { breaches, .. } => {
                breaches.iter().filter_map(|breach| serde_json::to_value(breach).ok()).collect()
            }
        };
        let offer = deal.offer();
        Self {
            offer: offer.id,
            negotiation: offer.negotiation,
            number: offer.number,
            holds: deal.holds(),
            breaches,
            expires: offer.offer.expires.to_rfc3339(),
        }
    }
}

impl CartLineView {
    fn of(line: &PricedLine, visitor: &Visitor) -> Self {
        Self {
            id: line.line.id,
            product: line.product.id,
            sku: line.product.sku.to_string(),
            name: line.product.name.get(visitor.locale.language()).to_owned(),
            quantity: line.line.quantity.to_decimal(),
            unit: line.line.quantity.unit(),
            price: line.price.map(kernel::UnitPrice::to_decimal),
            list_price: line.list_price.map(kernel::UnitPrice::to_decimal),
            net: line.net.map(kernel::Amount::to_decimal),
            deal: line.deal.as_ref().map(DealView::of),
        }
    }
}

impl CartView {
    /// The view of a priced cart for this reader.
    pub fn of(cart: &Cart, priced: &PricedCart, visitor: &Visitor) -> Self {
        Self {
            id: cart.id,
            name: cart.name.clone(),
            is_current: cart.is_current,
            currency: priced.currency,
            lines: priced.lines.iter().map(|line| CartLineView::of(line, visitor)).collect(),
            goods_net: priced.goods.to_decimal(),
            freight: FreightView::of(priced),
            net: priced.totals.net.to_decimal(),
            tax: priced.totals.tax.to_decimal(),
            gross: priced.totals.gross.to_decimal(),
            tax_rule: priced.tax.code().to_owned(),
            tax_rate: priced.tax.rate.to_percent(),
            list_net: priced.list_net.to_decimal(),
            payment_days: priced.payment_days,
            ship_to: cart.ship_to,
            bill_to: cart.bill_to,
            po_number: cart.po_number.clone(),
            requested_on: cart.requested_on.map(|date| date.to_string()),
            note: cart.note.clone(),
        }
    }
}

async fn view(app: &App, visitor: &Visitor, cart: &Cart) -> Reply {
    let (buyer, now) = (buyer(app, visitor).await?, app.now());
    let tx = app.db().read().await?;
    let priced = queries::priced(&tx, &buyer, cart, now, app.today()).await?;
    drop(tx);
    json(&CartView::of(cart, &priced, visitor))
}

async fn by_id(app: &App, visitor: &Visitor, id: CartId) -> Outcome<Cart> {
    queries::cart(&app.db().read().await?, &visitor.actor, id).await
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
}

/// The line that was made, or that grew.
#[derive(Serialize, JsonSchema)]
struct LineAdded {
    id: CartLineId,
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
    let (ctx, line) = (&app.ctx(&visitor), &AddLine { product: product.id, quantity, cart: None });
    let id = app.write(|tx| async move { actions::add(&tx, ctx, line).await }).await?;
    created("/api/v1/carts/current", &LineAdded { id })
}

/// Another quantity.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct QuantityInput {
    /// Decimal text in the product's unit.
    quantity: String,
    /// Whether a deal may break by it.
    #[serde(default)]
    confirmed: bool,
}

async fn set_quantity(
    State(app): State<App>,
    visitor: Visitor,
    Path(line): Path<String>,
    Json(input): Json<QuantityInput>,
) -> Reply {
    let line = id(CartLineId::parse(&line))?;
    match change(&app, &visitor, line, (&input.quantity, Notation::Plain), input.confirmed).await? {
        Changed::Done(cart) => view(&app, &visitor, &by_id(&app, &visitor, cart).await?).await,
        Changed::Breaks(..) => Err(CartRefusal::BreaksDeal.into()),
    }
}

async fn remove(State(app): State<App>, visitor: Visitor, Path(line): Path<String>) -> Reply {
    let (ctx, line) = (&app.ctx(&visitor), id(CartLineId::parse(&line))?);
    app.write(|tx| async move { actions::remove(&tx, ctx, line).await }).await?;
    no_content()
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
    view(&app, &visitor, &by_id(&app, &visitor, cart).await?).await
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
    view(&app, &visitor, &by_id(&app, &visitor, cart.id).await?).await
}
