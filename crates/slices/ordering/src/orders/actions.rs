//! The verbs of orders.

use buying::carts::{self, Cart, DealState, PricedCart, PricedLine};
use db::WriteTx;
use i18n::Language;
use kernel::{CartId, Ctx, Failure, Fault, OrderId, OrderLineId, Outcome, Permission};
use parties::addresses::{self, Address};
use parties::people;
use pricing::{Buyer, Buyers, purchases};

use super::{
    Explanation, Order, OrderEvent, OrderLine, OrderRefusal, OrderState, PlaceOrder, WholeOrder, confirmation, import,
    queries, rules, store,
};

/// Orders a cart (the current one unless named), in one transaction: prices are worked out anew, so that what is ordered is what holds now.
///
/// # Errors
/// [`OrderRefusal`]; not found for a cart of somebody else.
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
    let about = format!("{wanted} {}", how.seen_net.map(|net| net.to_string()).unwrap_or_default());
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
    let buyer = buyers.get_in(tx, cart.company).await?;
    let member = people::queries::member(tx, ctx.actor.user()?).await?.ok_or(Failure::NotFound)?;
    let locale = member.locale();
    let today = ctx.today();
    let priced = carts::queries::priced(tx, &buyer, &cart, ctx.now, today).await?;
    let places = places(tx, &cart).await?;
    rules::may_place(&cart, &priced, places.is_some(), how.seen_net, today)?;
    let places = places.ok_or(OrderRefusal::NoAddress.refused())?;
    let number = rules::number(tx.next_number(rules::SERIES).await?);
    let whole = whole_order(ctx, &cart, &priced, &buyer, places, number, locale.language())?;
    write(tx, ctx, &whole).await?;
    carts::actions::mark_ordered(tx, ctx, &cart).await?;
    confirmation::enqueue(tx, ctx, &whole, &member, &locale, base_url).await?;
    if let Some(key) = key {
        key.keep(tx, ctx, &whole.order.number).await?;
    }
    Ok(whole)
}

/// Where goods and invoice go: what the cart says, else the company's only choice.
async fn places(tx: &WriteTx, cart: &Cart) -> Outcome<Option<(Address, Address)>> {
    let all = addresses::of_company(tx, cart.company).await?;
    let find = |wanted: Option<kernel::AddressId>, fits: fn(&Address) -> bool| {
        let by_id = wanted.and_then(|id| all.iter().find(|a| a.id == id && fits(a)));
        by_id.or_else(|| all.iter().find(|a| fits(a))).cloned()
    };
    Ok(find(cart.ship_to, |a| a.is_shipping).zip(find(cart.bill_to, |a| a.is_billing)))
}

fn whole_order(
    ctx: &Ctx,
    cart: &Cart,
    priced: &PricedCart,
    buyer: &Buyer,
    (ship_to, bill_to): (Address, Address),
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
        ship_to: Some((&ship_to).into()),
        bill_to: Some((&bill_to).into()),
        freight: priced.freight.amount(priced.currency),
        list_freight: priced.list_freight(),
        net: priced.totals.net,
        tax: priced.totals.tax,
        gross: priced.totals.gross,
        tax_rule: priced.tax,
        placed_at: ctx.now,
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
        negotiation: deal.map(|offer| offer.negotiation),
        offer: deal.map(|offer| offer.id),
        explanation: Explanation { price_lists: line.price_lists.clone(), negotiation: deal.map(|offer| offer.number) },
    })
}

async fn write(tx: &WriteTx, ctx: &Ctx, whole: &WholeOrder) -> Outcome<()> {
    let WholeOrder { order, lines } = whole;
    let rows = lines.iter().map(|line| store::line_values(order.id, line)).collect::<Result<_, _>>()?;
    store::insert(tx, vec![store::order_values(order)?], rows).await?;
    let bought: Vec<_> = lines.iter().map(|line| import::purchase(order, line)).collect();
    purchases::actions::record_many(tx, &bought).await?;
    let mut offers: Vec<_> = lines.iter().filter_map(|line| line.offer).collect();
    offers.sort_unstable();
    offers.dedup();
    for offer in offers {
        let of_offer = lines.iter().filter(|line| line.offer == Some(offer));
        let used: Vec<_> = of_offer.map(|line| (line.product, line.quantity)).collect();
        negotiation::offers::actions::mark_used(tx, ctx, offer, &order.number, &used).await?;
    }
    tx.append(ctx, &OrderEvent::Placed(order.id, order.company, order.net)).await?;
    Ok(())
}

/// Cancels an open order of the actor's company.
///
/// # Errors
/// [`OrderRefusal::NotOpen`]; not found.
pub async fn cancel(tx: &WriteTx, ctx: &Ctx, number: &str) -> Outcome<()> {
    ctx.actor.must(Permission::Buy)?;
    let order = queries::order(tx, &ctx.actor, number).await?.order;
    set_state(tx, ctx, &order, OrderState::Cancelled).await
}

/// Moves an order on: shipped, completed, cancelled. For staff.
///
/// # Errors
/// [`OrderRefusal::NotOpen`] when the state cannot follow; not found.
pub async fn move_on(tx: &WriteTx, ctx: &Ctx, number: &str, state: OrderState) -> Outcome<()> {
    ctx.actor.must(Permission::ManageCompanies)?;
    let order = queries::order(tx, &ctx.actor, number).await?.order;
    set_state(tx, ctx, &order, state).await
}

async fn set_state(tx: &WriteTx, ctx: &Ctx, order: &Order, state: OrderState) -> Outcome<()> {
    if !rules::next_states(order.state).contains(&state) {
        return Err(OrderRefusal::NotOpen.into());
    }
    store::set_state(tx, order, state).await?;
    match state {
        OrderState::Cancelled => {
            purchases::actions::withdraw(tx, &order.number).await?;
            import::withdraw_credits(tx, std::slice::from_ref(&order.number)).await?;
        }
        OrderState::Completed => purchases::actions::close(tx, &order.number).await?,
        OrderState::Open | OrderState::Shipped => {}
    }
    tx.append(ctx, &OrderEvent::Changed(order.id, order.company, state)).await?;
    Ok(())
}

/// Puts an order's products into the current cart again, at today's prices; gives the SKUs that cannot be bought any more.
///
/// # Errors
/// Not found.
pub async fn reorder(tx: &WriteTx, ctx: &Ctx, number: &str) -> Outcome<Vec<String>> {
    let whole = queries::order(tx, &ctx.actor, number).await?;
    let mut missing = Vec::new();
    for line in whole.lines {
        let product = catalog::products::queries::product(tx, line.product).await?;
        let Some(product) = product.filter(|p| p.is_active && p.packing.unit == line.quantity.unit()) else {
            missing.push(line.sku);
            continue;
        };
        // Packs may have changed since: the nearest quantity above can be ordered today.
        let quantity =
            kernel::Quantity::new(product.packing.round_up(line.quantity.thousandths()), product.packing.unit);
        let add = carts::AddLine { product: product.id, quantity, cart: None };
        carts::actions::add(tx, ctx, &add).await?;
    }
    Ok(missing)
}
