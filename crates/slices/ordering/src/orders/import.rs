//! Past orders, many at a time.

use std::collections::BTreeSet;

use db::WriteTx;
use kernel::{
    Amount, CompanyId, Ctx, Currency, Date, Instant, Invalid, NegotiationId, OfferId, OrderId, OrderLineId, Outcome,
    Permission, ProductId, Quantity, UnitId, UnitPrice, UserId,
};
use negotiation::offers;
use pricing::credit::{self, CreditUse};
use pricing::purchases::{self, Purchase};
use pricing_engine::tax::TaxRule;
use pricing_engine::{Totals, line_net};

use super::{Explanation, Order, OrderAddress, OrderEvent, OrderLine, OrderState, rules, store};

/// A past order.
#[derive(Debug, Clone)]
pub struct PastOrder {
    /// Its number, unique.
    pub number: String,
    /// Who bought.
    pub company: CompanyId,
    /// For which unit.
    pub unit: Option<UnitId>,
    /// Which person.
    pub person: Option<UserId>,
    /// Where it stands.
    pub state: OrderState,
    /// The currency of all prices.
    pub currency: Currency,
    /// Days from invoice to payment.
    pub payment_days: i64,
    /// The buyer's purchase order number.
    pub po_number: String,
    /// Wanted on this date.
    pub requested_on: Option<Date>,
    /// Where the goods went.
    pub ship_to: Option<OrderAddress>,
    /// Where the invoice went.
    pub bill_to: Option<OrderAddress>,
    /// The tax on it.
    pub tax_rule: TaxRule,
    /// When it was placed.
    pub placed_at: Instant,
    /// Its lines, in order.
    pub lines: Vec<PastLine>,
}

/// A line of a past order.
#[derive(Debug, Clone)]
pub struct PastLine {
    /// The product.
    pub product: ProductId,
    /// Its SKU.
    pub sku: String,
    /// Its name then.
    pub name: String,
    /// How much.
    pub quantity: Quantity,
    /// The net price of one unit.
    pub price: UnitPrice,
    /// What one unit would have cost without a deal.
    pub list_price: UnitPrice,
    /// The price lists that made the price.
    pub price_lists: Vec<String>,
    /// The negotiation that made the price.
    pub negotiation: Option<NegotiationId>,
    /// The agreed offer that made the price.
    pub offer: Option<OfferId>,
}

/// Stores past orders with few statements, and remembers what was paid; gives their ids in the same order. What was
/// cancelled was not paid: it is a part of the history, and of no price, revenue or habit.
///
/// # Errors
/// Invalid `number` when one is taken, invalid amounts; the refusal `not-allowed`.
pub async fn import_many(tx: &WriteTx, ctx: &Ctx, past: &[PastOrder]) -> Outcome<Vec<OrderId>> {
    ctx.actor.must(Permission::RunSystem)?;
    let (mut orders, mut lines, mut bought, mut ids) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut cancelled, mut taken, mut used) = (Vec::new(), Vec::new(), BTreeSet::new());
    for one in past {
        // Ids tell the time, so an imported order gets one of its own time.
        let then = Ctx { now: one.placed_at, ..ctx.clone() };
        let order = order_of(&then, one)?;
        let is_cancelled = order.state == OrderState::Cancelled;
        for line in lines_of(&then, one)? {
            used.extend(line.offer);
            if !is_cancelled {
                bought.push(purchase(&order, &line));
            }
            lines.push(store::line_values(order.id, &line)?);
        }
        if is_cancelled {
            cancelled.push(order.number.clone());
        }
        if rules::takes_credit(order.state) && order.payment_days > 0 {
            let (order_number, company) = (order.number.clone(), order.company);
            taken.push(CreditUse { order_number, company, gross: order.gross });
        }
        orders.push(store::order_values(&order)?);
        ids.push(order.id);
    }
    // An old system may have numbered its orders as this one does; new orders go on after them.
    if let Some(highest) = past.iter().filter_map(|one| rules::own_number(&one.number)).max() {
        tx.number_used(rules::SERIES, highest).await?;
    }
    let done = store::insert(tx, orders, lines).await;
    done.map_err(|e| e.on_unique(|| Invalid::field("number", "taken").into()))?;
    purchases::actions::record_many(tx, &bought).await?;
    offers::actions::moved_on(tx, &used.into_iter().collect::<Vec<_>>()).await?;
    // Their credits may have come in before them.
    withdraw_credits(tx, &cancelled).await?;
    credit::actions::take_many(tx, &taken).await?;
    tx.append(ctx, &OrderEvent::Imported(past.len())).await?;
    Ok(ids)
}

/// Forgets what was credited for orders that were cancelled: of what was never paid nothing was paid back.
pub(super) async fn withdraw_credits(tx: &WriteTx, cancelled: &[String]) -> Outcome<()> {
    for number in store::credits_of(tx, cancelled).await? {
        purchases::actions::withdraw(tx, &number).await?;
    }
    Ok(())
}

/// Remembers again what was credited for an order whose cancellation is undone.
pub(super) async fn restore_credits(tx: &WriteTx, number: &str) -> Outcome<()> {
    purchases::actions::record_many(tx, &store::taken_back(tx, number).await?).await
}

/// Which of these orders are cancelled.
///
/// # Errors
/// A fault when the database fails.
pub async fn cancelled_among(tx: &db::ReadTx, numbers: &[&str]) -> Outcome<std::collections::HashSet<String>> {
    store::cancelled_among(tx, numbers).await
}

/// Whether an order with this number is there.
///
/// # Errors
/// A fault when the database fails.
pub async fn is_known(tx: &db::ReadTx, number: &str) -> Outcome<bool> {
    store::is_known(tx, number).await
}

fn order_of(ctx: &Ctx, past: &PastOrder) -> Outcome<Order> {
    let nets = past.lines.iter().map(|line| line_net(line.price, line.quantity)).collect::<Result<Vec<_>, _>>()?;
    let totals = Totals::form(past.currency, nets, past.tax_rule)?;
    Ok(Order {
        id: OrderId::new(ctx),
        number: past.number.clone(),
        company: past.company,
        unit: past.unit,
        person: past.person,
        state: past.state,
        source: "import".into(),
        currency: past.currency,
        payment_days: past.payment_days,
        po_number: past.po_number.clone(),
        requested_on: past.requested_on,
        note: String::new(),
        ship_to: past.ship_to.clone(),
        bill_to: past.bill_to.clone(),
        // What was charged for freight is not known; the sums of the old system are those of the lines.
        freight: Amount::zero(past.currency),
        list_freight: Amount::zero(past.currency),
        net: totals.net,
        tax: totals.tax,
        gross: totals.gross,
        tax_rule: past.tax_rule,
        placed_at: past.placed_at,
        reason: String::new(),
        cancelled: None,
        version: 1,
    })
}

fn lines_of(ctx: &Ctx, past: &PastOrder) -> Outcome<Vec<OrderLine>> {
    let line = |(position, line): (i64, &PastLine)| {
        Ok(OrderLine {
            id: OrderLineId::new(ctx),
            position,
            product: line.product,
            sku: line.sku.clone(),
            name: line.name.clone(),
            quantity: line.quantity,
            price: line.price,
            list_price: line.list_price,
            net: line_net(line.price, line.quantity)?,
            payment_days: past.payment_days,
            negotiation: line.negotiation,
            offer: line.offer,
            explanation: Explanation { price_lists: line.price_lists.clone(), negotiation: None },
        })
    };
    (1..).zip(&past.lines).map(line).collect()
}

/// A line as prices remember it.
pub(super) fn purchase(order: &Order, line: &OrderLine) -> Purchase {
    Purchase {
        order_number: order.number.clone(),
        position: line.position,
        company: order.company,
        product: line.product,
        at: order.placed_at,
        quantity: line.quantity,
        price: line.price,
        list_price: line.list_price,
        net: line.net,
        is_negotiated: line.offer.is_some() || line.negotiation.is_some(),
        is_open: order.state == OrderState::Open,
    }
}
