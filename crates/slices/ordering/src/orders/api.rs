//! Orders by JSON.

use kernel::{Amount, CartId, Failure, Invalid};
use parties::companies;
use pricing::credit;
use pricing_engine::Due;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{App, IdempotencyKey, Json, Path, Query, Reply, State, Visitor};

use super::pages::ListQuery;
use super::{GivenBack, Order, OrderAddress, OrderLine, OrderState, PlaceOrder, WholeOrder, actions, queries};

/// Which cart to order.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OrderBody {
    /// The cart's id; the current cart when left out.
    #[serde(default)]
    cart: Option<String>,
    /// The net sum, freight included, that the buyer saw: `net` of the cart. When prices changed meanwhile, the answer is 409 and nothing is ordered.
    seen_net: String,
}

/// An order.
#[derive(Serialize, JsonSchema)]
pub(super) struct OrderView {
    number: String,
    /// `held` (over the credit limit, waits for a release), `open`, `shipped`, `completed` or `cancelled`.
    state: String,
    /// Why it was cancelled or refused; empty for all others.
    reason: String,
    /// RFC 3339.
    placed_at: String,
    currency: String,
    /// Net of the lines.
    goods_net: String,
    /// What is charged for freight, net; it is taxed as the goods are.
    freight_net: String,
    /// Goods and freight.
    net: String,
    tax: String,
    gross: String,
    /// `home`, `reverse-charge` or `export`.
    tax_rule: String,
    /// Of freight and of lines without a deal; lines have their own.
    payment_days: i64,
    /// What is due when; several where deals have terms of their own.
    payment_terms: Vec<DueView>,
    po_number: String,
    /// ISO 8601 date.
    requested_on: Option<String>,
    ship_to: Option<AddressView>,
    bill_to: Option<AddressView>,
    lines: Vec<LineView>,
}

/// What is due so many days after the invoice.
#[derive(Serialize, JsonSchema)]
struct DueView {
    /// 0 is prepaid.
    days: i64,
    net: String,
    gross: String,
}

#[derive(Serialize, JsonSchema)]
struct AddressView {
    name: String,
    street: String,
    postal_code: String,
    city: String,
    country: String,
}

/// A line of an order.
#[derive(Serialize, JsonSchema)]
struct LineView {
    position: i64,
    sku: String,
    name: String,
    quantity: String,
    unit: String,
    /// Net price of one unit.
    price: String,
    /// What one unit would have cost without a deal.
    list_price: String,
    net: String,
    /// Days from invoice to payment.
    payment_days: i64,
    /// The negotiation that made the price.
    negotiation: Option<String>,
    /// Codes of the price lists that made the price.
    price_lists: Vec<String>,
}

impl OrderView {
    fn of(whole: &WholeOrder) -> Self {
        let goods = whole.order.goods().unwrap_or(whole.order.net);
        let Order { number, state, placed_at, currency, net, freight, tax, gross, tax_rule, .. } = &whole.order;
        Self {
            number: number.clone(),
            state: state.code().into(),
            reason: whole.order.reason.clone(),
            placed_at: placed_at.to_rfc3339(),
            currency: currency.code().into(),
            goods_net: goods.to_decimal(),
            freight_net: freight.to_decimal(),
            net: net.to_decimal(),
            tax: tax.to_decimal(),
            gross: gross.to_decimal(),
            tax_rule: tax_rule.code().into(),
            payment_days: whole.order.payment_days,
            payment_terms: whole.dues().into_iter().map(DueView::of).collect(),
            po_number: whole.order.po_number.clone(),
            requested_on: whole.order.requested_on.map(|d| d.to_string()),
            ship_to: whole.order.ship_to.as_ref().map(AddressView::of),
            bill_to: whole.order.bill_to.as_ref().map(AddressView::of),
            lines: whole.lines.iter().map(LineView::of).collect(),
        }
    }
}

impl DueView {
    fn of(due: Due) -> Self {
        Self { days: due.days, net: due.net.to_decimal(), gross: due.gross.to_decimal() }
    }
}

impl AddressView {
    fn of(a: &OrderAddress) -> Self {
        let (name, street, postal_code, city) =
            (a.name.clone(), a.street.clone(), a.postal_code.clone(), a.city.clone());
        Self { name, street, postal_code, city, country: a.country.to_string() }
    }
}

impl LineView {
    fn of(line: &OrderLine) -> Self {
        Self {
            position: line.position,
            sku: line.sku.clone(),
            name: line.name.clone(),
            quantity: line.quantity.to_decimal(),
            unit: line.quantity.unit().code().into(),
            price: line.price.to_decimal(),
            list_price: line.list_price.to_decimal(),
            net: line.net.to_decimal(),
            payment_days: line.payment_days,
            negotiation: line.negotiation.map(|id| id.to_string()),
            price_lists: line.explanation.price_lists.clone(),
        }
    }
}

pub(super) async fn place(
    State(app): State<App>,
    visitor: Visitor,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Json(body): Json<OrderBody>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let buyers = app.part::<pricing::Buyers>();
    let cart = body.cart.as_deref().map(|id| CartId::parse(id).ok_or(Failure::NotFound)).transpose()?;
    let currency = buyers.get(app.db(), ctx.actor.company()?).await?.company.currency;
    let seen = Amount::parse(&body.seen_net, currency);
    let how = &PlaceOrder { idempotency_key, seen_net: seen.map_err(|e| Invalid::field("seen_net", e.code()))? };
    let base_url = &app.settings().base_url;
    let whole = app.write(|tx| async move { actions::place(&tx, ctx, buyers, base_url, cart, how).await }).await?;
    web::created(&format!("/api/v1/orders/{}", web::encode(&whole.order.number)), &OrderView::of(&whole))
}

pub(super) async fn show(State(app): State<App>, visitor: Visitor, Path(number): Path<String>) -> Reply {
    let whole = queries::order(&app.db().read().await?, &visitor.actor, &number).await?;
    web::json(&OrderView::of(&whole))
}

/// Which orders.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used: what is read is `ListQuery`")]
pub(super) struct ListParameters {
    /// Part of the order number or of the own purchase order number.
    q: Option<String>,
    /// `held`, `open`, `shipped`, `completed` or `cancelled`.
    #[schemars(extend("enum" = OrderState::ALL.map(OrderState::code)))]
    state: Option<String>,
    /// From 1.
    page: Option<u32>,
    /// 1 to 200.
    per_page: Option<u32>,
}

/// A page of orders, newest first.
#[derive(Serialize, JsonSchema)]
pub(super) struct OrderList {
    total: i64,
    orders: Vec<OrderSummary>,
}

#[derive(Serialize, JsonSchema)]
struct OrderSummary {
    number: String,
    state: String,
    placed_at: String,
    po_number: String,
    currency: String,
    /// What of `net` is charged for freight.
    freight_net: String,
    /// Goods and freight.
    net: String,
    gross: String,
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor, Query(query): Query<ListQuery>) -> Reply {
    let pager = query.pager();
    let (orders, total) =
        queries::list(&app.db().read().await?, &visitor.actor, &query.filter(), pager.per_page, pager.offset()).await?;
    let orders = orders.iter().map(|o| OrderSummary {
        number: o.number.clone(),
        state: o.state.code().into(),
        placed_at: o.placed_at.to_rfc3339(),
        po_number: o.po_number.clone(),
        currency: o.currency.code().into(),
        freight_net: o.freight.to_decimal(),
        net: o.net.to_decimal(),
        gross: o.gross.to_decimal(),
    });
    web::json(&OrderList { total, orders: orders.collect() })
}

/// What came of ordering again.
#[derive(Serialize, JsonSchema)]
pub(super) struct Reordered {
    /// SKUs that cannot be bought any more, or that the cart has no room for. The others are in it.
    missing: Vec<String>,
}

pub(super) async fn reorder(State(app): State<App>, visitor: Visitor, Path(number): Path<String>) -> Reply {
    let (ctx, number) = (&app.ctx(&visitor), &number);
    let missing = app.write(|tx| async move { actions::reorder(&tx, ctx, number).await }).await?;
    web::json(&Reordered { missing })
}

/// Why.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReasonBody {
    /// 1 to 500 characters.
    reason: String,
}

/// What came of a cancellation.
#[derive(Serialize, JsonSchema)]
pub(super) struct Cancelled {
    /// Whether it is cancelled; an order that is on its way is only asked to be.
    is_cancelled: bool,
    /// Deals that the order had used.
    deals: Vec<DealBack>,
}

/// A deal that is not used any more.
#[derive(Serialize, JsonSchema)]
struct DealBack {
    /// The negotiation's number.
    number: i64,
    /// Whether it can be ordered again.
    is_valid: bool,
    /// Until when, as RFC 3339.
    expires: String,
}

pub(super) async fn cancel(
    State(app): State<App>,
    visitor: Visitor,
    Path(number): Path<String>,
    Json(body): Json<ReasonBody>,
) -> Reply {
    let (ctx, number, reason) = (&app.ctx(&visitor), &number, body.reason.as_str());
    let state = queries::order(&app.db().read().await?, &visitor.actor, number).await?.order.state;
    if state == OrderState::Shipped {
        app.write(|tx| async move { actions::ask_to_cancel(&tx, ctx, number, reason).await }).await?;
        return web::json(&Cancelled { is_cancelled: false, deals: Vec::new() });
    }
    let back = app.write(|tx| async move { actions::cancel(&tx, ctx, number, reason).await }).await?;
    let deal =
        |deal: GivenBack| DealBack { number: deal.number, is_valid: deal.is_valid, expires: deal.expires.to_rfc3339() };
    web::json(&Cancelled { is_cancelled: true, deals: back.into_iter().map(deal).collect() })
}

pub(super) async fn undo(State(app): State<App>, visitor: Visitor, Path(number): Path<String>) -> Reply {
    let (ctx, number) = (&app.ctx(&visitor), &number);
    let whole = app.write(|tx| async move { actions::undo(&tx, ctx, number).await }).await?;
    web::json(&OrderView::of(&whole))
}

/// Where an order goes on to.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StateBody {
    /// `shipped`, `completed` or `cancelled`.
    state: String,
    /// Why it is cancelled; not needed for the others.
    #[serde(default)]
    reason: String,
}

pub(super) async fn set_state(
    State(app): State<App>,
    visitor: Visitor,
    Path(number): Path<String>,
    Json(body): Json<StateBody>,
) -> Reply {
    let state = OrderState::parse(&body.state).ok_or_else(|| Invalid::field("state", "choice"))?;
    let (ctx, number, reason) = (&app.ctx(&visitor), &number, body.reason.as_str());
    app.write(|tx| async move { actions::move_on(&tx, ctx, number, state, reason).await }).await?;
    web::no_content()
}

pub(super) async fn release(State(app): State<App>, visitor: Visitor, Path(number): Path<String>) -> Reply {
    let (ctx, number, base_url) = (&app.ctx(&visitor), &number, &app.settings().base_url);
    app.write(|tx| async move { actions::release(&tx, ctx, base_url, number).await }).await?;
    web::no_content()
}

pub(super) async fn refuse(
    State(app): State<App>,
    visitor: Visitor,
    Path(number): Path<String>,
    Json(body): Json<ReasonBody>,
) -> Reply {
    let (ctx, number, reason) = (&app.ctx(&visitor), &number, body.reason.as_str());
    app.write(|tx| async move { actions::refuse(&tx, ctx, number, reason).await }).await?;
    web::no_content()
}

/// How much of a company's credit is taken, gross. Unpaid invoices of completed orders are not known here.
#[derive(Serialize, JsonSchema)]
pub(super) struct CreditView {
    currency: &'static str,
    /// `null` where the company has no limit.
    limit: Option<String>,
    /// By orders that are not completed, without what is paid in advance.
    used: Option<String>,
    /// Below zero when more is taken than may be.
    free: Option<String>,
}

pub(super) async fn credit(State(app): State<App>, visitor: Visitor) -> Reply {
    let tx = app.db().read().await?;
    let company = companies::queries::company(&tx, visitor.actor.company()?).await?.ok_or(Failure::NotFound)?;
    let credit = credit::queries::of(&tx, &company).await?;
    drop(tx);
    web::json(&CreditView {
        currency: company.currency.code(),
        limit: credit.map(|credit| credit.limit.to_decimal()),
        used: credit.map(|credit| credit.used.to_decimal()),
        free: credit.map(|credit| credit.free().to_decimal()),
    })
}
