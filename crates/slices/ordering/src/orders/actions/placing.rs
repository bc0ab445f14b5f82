//! Placing an order.

use buying::carts::{self, Cart, DealState, PricedCart, PricedLine};
use db::{Key, WriteTx};
use i18n::Language;
use kernel::{CartId, Ctx, Failure, Fault, OrderId, OrderLineId, Outcome, Permission};
use parties::addresses::{self, Address};
use parties::{companies, people};
use pricing::{Buyer, Buyers, credit};

use super::{admit, hold, use_offers};
use crate::orders::jobs::{self, Kind};
use crate::orders::rules::{self, Check};
use crate::orders::{
    Explanation, Order, OrderEvent, OrderLine, OrderState, PlaceOrder, WholeOrder, confirmation, queries, store,
};

/// Orders a cart (the current one unless named), in one transaction: prices are worked out anew, so that what is ordered is
/// what holds now. An order over the company's credit limit is held until somebody releases it.
///
/// # Errors
/// [`crate::orders::OrderRefusal`]; not found for a cart of somebody else.
pub async fn place(
    tx: &WriteTx,
    ctx: &Ctx,
    buyers: &Buyers,
    base_url: &str,
    cart: Option<CartId>,
    how: &PlaceOrder,
) -> Outcome<WholeOrder> {
    ctx.actor.must(Permission::Buy)?;
    let wanted = cart.map_or("current".to_owned(), |id| id.to_string());
    let about = format!("{wanted} {}", how.seen_net);
    let key = how.idempotency_key.as_deref().map(|key| Key::new(ctx, "order", key, &about)).transpose()?;
    if let Some(key) = &key
        && let Some(number) = key.done_before(tx).await?
    {
        return queries::order(tx, &ctx.actor, &number).await;
    }
    let cart = match cart {
        Some(id) => carts::queries::cart(tx, &ctx.actor, id).await?,
        None => carts::queries::current(tx, &ctx.actor).await?.ok_or(Failure::NotFound)?,
    };
    // The same command may have been done between the first look and this one (two clicks at once).
    if cart.ordered_at.is_some()
        && let Some(key) = &key
        && let Some(number) = key.done_before(tx).await?
    {
        return queries::order(tx, &ctx.actor, &number).await;
    }
    let whole = order_cart(tx, ctx, buyers, base_url, &cart, how).await?;
    if let Some(key) = key {
        key.keep(tx, ctx, &whole.order.number).await?;
    }
    Ok(whole)
}

async fn order_cart(
    tx: &WriteTx,
    ctx: &Ctx,
    buyers: &Buyers,
    base_url: &str,
    cart: &Cart,
    how: &PlaceOrder,
) -> Outcome<WholeOrder> {
    let buyer = buyers.get_in(tx, cart.company).await?;
    let member = people::queries::member(tx, ctx.actor.user()?).await?.ok_or(Failure::NotFound)?;
    let (locale, today) = (member.locale(), ctx.today());
    let priced = carts::queries::priced(tx, &buyer, cart, ctx.now, today).await?;
    let all = addresses::of_company(tx, cart.company).await?;
    let places = rules::places(cart, &all);
    rules::may_place(&Check {
        cart,
        priced: &priced,
        places: places.map(|_| ()),
        seen_net: how.seen_net,
        today,
        earliest: carts::queries::earliest(&priced, today),
    })?;
    let number = rules::number(tx.next_number(rules::SERIES).await?);
    let whole = whole_order(ctx, cart, &priced, &buyer, places?, number, locale.language())?;
    let whole = write(tx, ctx, whole).await?;
    carts::actions::mark_ordered(tx, ctx, cart).await?;
    if whole.order.state == OrderState::Held {
        jobs::tell(tx, ctx, &whole.order, Kind::Held, ctx.now).await?;
    } else {
        confirmation::enqueue(tx, ctx, &whole, &member, &locale, base_url).await?;
    }
    Ok(whole)
}

fn whole_order(
    ctx: &Ctx,
    cart: &Cart,
    priced: &PricedCart,
    buyer: &Buyer,
    (ship_to, bill_to): (&Address, &Address),
    number: String,
    language: Language,
) -> Outcome<WholeOrder> {
    let order = Order {
        id: OrderId::new(ctx),
        number,
        company: buyer.company.id,
        unit: ctx.actor.unit,
        person: ctx.actor.user,
        state: OrderState::Open,
        source: if ctx.actor.via == kernel::Via::Api { "api".into() } else { "shop".into() },
        currency: priced.currency,
        payment_days: priced.payment_days,
        po_number: cart.po_number.clone(),
        requested_on: cart.requested_on,
        note: cart.note.clone(),
        ship_to: Some(ship_to.into()),
        bill_to: Some(bill_to.into()),
        freight: priced.freight.amount(priced.currency),
        list_freight: priced.list_freight(),
        net: priced.totals.net,
        tax: priced.totals.tax,
        gross: priced.totals.gross,
        tax_rule: priced.tax,
        placed_at: ctx.now,
        reason: String::new(),
        cancelled: None,
        version: 1,
    };
    let lines = (1..).zip(&priced.lines).map(|(position, line)| order_line(ctx, position, line, language));
    Ok(WholeOrder { lines: lines.collect::<Outcome<_>>()?, order })
}

fn order_line(ctx: &Ctx, position: i64, line: &PricedLine, language: Language) -> Outcome<OrderLine> {
    let (Some(price), Some(net)) = (line.price, line.net) else {
        return Err(Fault::new("a line without a price came past the check").into());
    };
    let deal = match &line.deal {
        Some(DealState::Holds { offer }) => Some(offer),
        _ => None,
    };
    Ok(OrderLine {
        id: OrderLineId::new(ctx),
        position,
        product: line.product.id,
        sku: line.product.sku.to_string(),
        name: line.product.name.get(language).to_owned(),
        quantity: line.line.quantity,
        price,
        list_price: line.list_price.unwrap_or(price),
        net,
        payment_days: line.payment_days,
        negotiation: deal.map(|offer| offer.negotiation),
        offer: deal.map(|offer| offer.id),
        explanation: Explanation { price_lists: line.price_lists.clone(), negotiation: deal.map(|offer| offer.number) },
    })
}

/// Writes the order down, open or held; the deals are used either way.
async fn write(tx: &WriteTx, ctx: &Ctx, mut whole: WholeOrder) -> Outcome<WholeOrder> {
    let company = companies::queries::company(tx, whole.order.company).await?.ok_or(Failure::NotFound)?;
    let credit = credit::actions::hold(tx, &company).await?;
    let over = credit.and_then(|credit| credit.exceeded_by(whole.credit_use().gross));
    if over.is_some() {
        whole.order.state = OrderState::Held;
    }
    let WholeOrder { order, lines } = &whole;
    let rows = lines.iter().map(|line| store::line_values(order.id, line)).collect::<Result<_, _>>()?;
    store::insert(tx, vec![store::order_values(order)?], rows).await?;
    use_offers(tx, ctx, &whole).await?;
    tx.append(ctx, &OrderEvent::Placed(order.id, order.company, order.net)).await?;
    match over {
        Some(over) => {
            hold(tx, &whole).await?;
            tx.append(ctx, &OrderEvent::Held(order.id, order.company, over)).await?
        }
        None => admit(tx, &whole).await?,
    }
    Ok(whole)
}
