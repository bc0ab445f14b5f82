//! Carts as JSON.

use std::sync::Arc;

use catalog::Catalog;
use catalog::products::Product;
use kernel::{CartId, CartLineId, Currency, Failure, Invalid, NegotiationId, OfferId, Outcome, ProductId, Unit};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{App, Json, Path, Reply, State, Visitor, created, json, no_content};

use super::model::{AddLine, DealState, LineProblem, PricedLine};
use super::queries::{self, Shown};
use super::{CartSummary, actions, rules, view};

#[derive(Serialize, JsonSchema)]
pub(super) struct CartRow {
    id: CartId,
    /// Empty for the cart that nobody named.
    name: String,
    is_current: bool,
    /// How many lines it has.
    lines: i64,
}

impl CartRow {
    fn of(summary: CartSummary) -> Self {
        let CartSummary { id, name, is_current, lines } = summary;
        Self { id, name, is_current, lines }
    }
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor) -> Reply {
    let carts = queries::carts(&app.db().read().await?, &visitor.actor).await?;
    json(&carts.into_iter().map(CartRow::of).collect::<Vec<_>>())
}

#[derive(Deserialize, JsonSchema)]
pub(super) struct NameInput {
    /// 1 to 60 characters.
    name: String,
}

pub(super) async fn create(State(app): State<App>, visitor: Visitor, Json(input): Json<NameInput>) -> Reply {
    let (ctx, name) = (&app.ctx(&visitor), &input.name);
    let id = app.write(|tx| async move { actions::create(&tx, ctx, name).await }).await?;
    let row = CartRow { id, name: name.trim().to_owned(), is_current: true, lines: 0 };
    created(&format!("/api/v1/carts/{id}"), &row)
}

/// The id in a path; what is none names nothing.
fn cart_id(text: &str) -> Outcome<CartId> {
    CartId::parse(text).ok_or(Failure::NotFound)
}

fn line_id(text: &str) -> Outcome<CartLineId> {
    CartLineId::parse(text).ok_or(Failure::NotFound)
}

pub(super) async fn rename(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Json(input): Json<NameInput>,
) -> Reply {
    let (ctx, id, name) = (&app.ctx(&visitor), cart_id(&id)?, &input.name);
    app.write(|tx| async move { actions::rename(&tx, ctx, id, name).await }).await?;
    no_content()
}

pub(super) async fn remove_cart(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Reply {
    let (ctx, id) = (&app.ctx(&visitor), cart_id(&id)?);
    app.write(|tx| async move { actions::remove_cart(&tx, ctx, id).await }).await?;
    no_content()
}

pub(super) async fn select(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Reply {
    let (ctx, id) = (&app.ctx(&visitor), cart_id(&id)?);
    app.write(|tx| async move { actions::select(&tx, ctx, id).await }).await?;
    no_content()
}

/// A deal that a line is bound to.
#[derive(Serialize, JsonSchema)]
pub struct DealView {
    offer: OfferId,
    negotiation: NegotiationId,
    /// The negotiation's number.
    number: i64,
    /// Whether it makes the price.
    holds: bool,
    /// The agreed net price of one unit.
    price: String,
    /// It holds from this quantity on.
    least: String,
    /// It holds up to this quantity.
    up_to: String,
    /// It is paid within so many days; 0 is before shipping.
    payment_days: i64,
    /// Until when it can be ordered.
    expires: String,
    /// Its conditions, or what brings it back, in words.
    sentence: String,
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
    /// The net price of one unit; `null` when there is none.
    price: Option<String>,
    /// What one unit costs without a deal.
    list_price: String,
    net: String,
    /// The name of the price list.
    list: String,
    deal: Option<DealView>,
    /// Why the line cannot be ordered, as the code of a problem; `null` when it can.
    problem: Option<&'static str>,
}

/// A cart with prices.
#[derive(Serialize, JsonSchema)]
pub struct CartView {
    /// `null` for a buyer who has no cart yet.
    id: Option<CartId>,
    name: String,
    currency: Currency,
    lines: Vec<CartLineView>,
    net: String,
    tax: String,
    gross: String,
    /// `home`, `reverse-charge` or `export`.
    tax_rule: String,
    /// The tax rate in percent.
    tax_percent: String,
    /// What deals save.
    saving: String,
    payment_days: i64,
    /// Days to pay that may be chosen.
    payment_choices: Vec<i64>,
    ship_to: Option<kernel::AddressId>,
    bill_to: Option<kernel::AddressId>,
    po_number: String,
    requested_on: Option<String>,
    note: String,
    /// The day on which everything can have left the house.
    earliest: String,
    /// Whether it can be ordered as it stands (addresses apart).
    is_orderable: bool,
}

/// The code of a line's problem.
pub(crate) fn problem_code(problem: LineProblem) -> &'static str {
    match problem {
        LineProblem::NotForSale => "not-for-sale",
        LineProblem::NoPrice => "no-price",
        LineProblem::Quantity(error) => error.code(),
        LineProblem::TooLarge => "amount-too-large",
    }
}

fn deal_view(state: &DealState, shown: &Shown, visitor: &Visitor) -> DealView {
    let deal = state.deal();
    DealView {
        offer: deal.offer,
        negotiation: deal.negotiation,
        number: deal.number,
        holds: state.holds(),
        price: deal.price.to_decimal(),
        least: deal.least.to_decimal(),
        up_to: deal.up_to.to_decimal(),
        payment_days: deal.payment_days,
        expires: deal.expires.to_rfc3339(),
        sentence: view::deal_sentence(state, &shown.products, shown.priced.payment_days, &visitor.locale),
    }
}

fn line_view(line: &PricedLine, shown: &Shown, visitor: &Visitor) -> CartLineView {
    let (product, language) = (shown.products.get(&line.product), visitor.locale.language());
    let has_price = line.problem != Some(LineProblem::NoPrice);
    CartLineView {
        id: line.id,
        product: line.product,
        sku: product.map(|p| p.sku.to_string()).unwrap_or_default(),
        name: product.map(|p| p.name.get(language).to_owned()).unwrap_or_default(),
        quantity: line.quantity.to_decimal(),
        unit: line.quantity.unit(),
        price: has_price.then(|| line.price.to_decimal()),
        list_price: line.list_price.to_decimal(),
        net: line.net.to_decimal(),
        list: line.reason.list_name(language.code()).to_owned(),
        deal: line.deal.as_ref().map(|state| deal_view(state, shown, visitor)),
        problem: line.problem.map(problem_code),
    }
}

impl CartView {
    /// The view of a priced cart.
    pub fn of(shown: &Shown, visitor: &Visitor) -> Self {
        let (cart, priced) = (&shown.cart, &shown.priced);
        Self {
            id: Some(cart.id),
            name: cart.name.clone(),
            currency: priced.currency,
            lines: priced.lines.iter().map(|line| line_view(line, shown, visitor)).collect(),
            net: priced.totals.net.to_decimal(),
            tax: priced.totals.tax.to_decimal(),
            gross: priced.totals.gross.to_decimal(),
            tax_rule: priced.tax.code().into(),
            tax_percent: priced.tax.rate.to_percent(),
            saving: priced.saving.to_decimal(),
            payment_days: priced.payment_days,
            payment_choices: priced.payment_choices.clone(),
            ship_to: cart.ship_to,
            bill_to: cart.bill_to,
            po_number: cart.po_number.clone(),
            requested_on: cart.requested_on.map(|day| day.to_string()),
            note: cart.note.clone(),
            earliest: shown.earliest.to_string(),
            is_orderable: priced.is_orderable(),
        }
    }
}

pub(super) async fn one(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Reply {
    let tx = app.db().read().await?;
    let cart = match id.as_str() {
        "current" => queries::current(&tx, &visitor.actor).await?.ok_or(Failure::NotFound)?,
        id => queries::cart(&tx, &visitor.actor, cart_id(id)?).await?,
    };
    json(&CartView::of(&queries::shown(&app, &tx, cart).await?, &visitor))
}

/// What is added: a product by its SKU or id.
#[derive(Deserialize, JsonSchema)]
pub(super) struct LineInput {
    sku: Option<String>,
    product: Option<ProductId>,
    /// In the product's unit, e.g. `2000` or `12.5`.
    quantity: String,
}

/// The line that was added to, or made.
#[derive(Serialize, JsonSchema)]
pub(super) struct LineAdded {
    cart: CartId,
    line: CartLineId,
}

/// A product by SKU or id, as typed.
pub(super) fn product(app: &App, sku: Option<&str>, id: Option<ProductId>) -> Outcome<Arc<Product>> {
    let catalog = app.part::<Catalog>();
    let found = match (sku.map(str::trim).filter(|sku| !sku.is_empty()), id) {
        (Some(sku), _) => catalog.by_sku(sku),
        (None, Some(id)) => catalog.product(id),
        (None, None) => return Err(Invalid::field("sku", "required").into()),
    };
    found.ok_or_else(|| Invalid::field("sku", "cart-sku").into())
}

/// What is to be added, checked against what is known here.
pub(super) async fn parse_add(app: &App, visitor: &Visitor, product: Arc<Product>, quantity: &str) -> Outcome<AddLine> {
    let quantity = rules::quantity(quantity, &product)?;
    let buyer = app.part::<pricing::Buyers>().get(app.db(), visitor.actor.company()?).await?;
    match app.part::<pricing::PriceBook>().resolve(&buyer.price, product.id, app.now().date()) {
        Some(_) => Ok(AddLine { product, quantity }),
        None => Err(super::CartRefusal::NoPrice.into()),
    }
}

pub(super) async fn add(State(app): State<App>, visitor: Visitor, Json(input): Json<LineInput>) -> Reply {
    let product = product(&app, input.sku.as_deref(), input.product)?;
    let (ctx, add) = (&app.ctx(&visitor), &parse_add(&app, &visitor, product, &input.quantity).await?);
    let (cart, line) = app.write(|tx| async move { actions::add(&tx, ctx, add).await }).await?;
    created("/api/v1/carts/current", &LineAdded { cart, line })
}

#[derive(Deserialize, JsonSchema)]
pub(super) struct QuantityInput {
    /// In the product's unit.
    quantity: String,
    /// That breaking a deal is meant.
    #[serde(default)]
    confirm: bool,
}

/// The product of an own line.
pub(super) async fn product_of(app: &App, visitor: &Visitor, line: CartLineId) -> Outcome<(super::Cart, Arc<Product>)> {
    let tx = app.db().read().await?;
    for summary in queries::carts(&tx, &visitor.actor).await? {
        let cart = queries::cart(&tx, &visitor.actor, summary.id).await?;
        if let Some(found) = cart.lines.iter().find(|l| l.id == line) {
            let product = app.part::<Catalog>().product(found.product).ok_or(Failure::NotFound)?;
            return Ok((cart, product));
        }
    }
    Err(Failure::NotFound)
}

pub(super) async fn set_quantity(
    State(app): State<App>,
    visitor: Visitor,
    Path(line): Path<String>,
    Json(input): Json<QuantityInput>,
) -> Reply {
    let (ctx, line, confirm) = (&app.ctx(&visitor), line_id(&line)?, input.confirm);
    let (_, product) = &product_of(&app, &visitor, line).await?;
    let quantity = rules::quantity(&input.quantity, product)?;
    app.write(|tx| async move { actions::set_quantity(&tx, ctx, line, product, quantity, confirm).await }).await?;
    no_content()
}

pub(super) async fn remove(State(app): State<App>, visitor: Visitor, Path(line): Path<String>) -> Reply {
    let (ctx, line) = (&app.ctx(&visitor), line_id(&line)?);
    app.write(|tx| async move { actions::remove(&tx, ctx, line).await }).await?;
    no_content()
}

#[derive(Deserialize, JsonSchema)]
pub(super) struct DealInput {
    /// The offer that was taken.
    offer_id: OfferId,
}

pub(super) async fn add_deal(State(app): State<App>, visitor: Visitor, Json(input): Json<DealInput>) -> Reply {
    let (ctx, offer) = (&app.ctx(&visitor), input.offer_id);
    app.write(|tx| async move { actions::add_deal(&tx, ctx, offer).await }).await?;
    no_content()
}
