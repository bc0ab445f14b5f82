//! The verbs of orders.

mod changing;
mod placing;

pub use changing::{ask_to_cancel, cancel, move_on, refuse, release, undo};
pub use placing::place;

use buying::carts;
use db::WriteTx;
use kernel::{Ctx, Failure, Outcome, Quantity};
use negotiation::offers;
use pricing::credit;
use pricing::purchases::{self, Purchase};

use super::{Order, OrderLine, WholeOrder, import, queries};

/// What was bought is remembered and takes credit.
async fn admit(tx: &WriteTx, whole: &WholeOrder) -> Outcome<()> {
    purchases::actions::record_many(tx, &bought(whole)).await?;
    credit::actions::take_many(tx, &[whole.credit_use()]).await
}

/// What waits for a person is not bought and takes no credit; but its deals are ordered as by any other order.
async fn hold(tx: &WriteTx, whole: &WholeOrder) -> Outcome<()> {
    purchases::actions::hold(tx, &bought(whole)).await
}

fn bought(whole: &WholeOrder) -> Vec<Purchase> {
    whole.lines.iter().map(|line| import::purchase(&whole.order, line)).collect()
}

/// The offers that made prices are used.
async fn use_offers(tx: &WriteTx, ctx: &Ctx, whole: &WholeOrder) -> Outcome<()> {
    let WholeOrder { order, lines } = whole;
    for offer in whole.offers() {
        let of_offer = lines.iter().filter(|line| line.offer == Some(offer));
        let used: Vec<_> = of_offer.map(|line: &OrderLine| (line.product, line.quantity)).collect();
        offers::actions::mark_used_for(tx, ctx, order.company, (offer, order.number.as_str()), &used).await?;
    }
    Ok(())
}

/// Puts an order's products into the current cart again, at today's prices; gives the SKUs that cannot be bought any more or
/// that the cart has no room for. The others are in it.
///
/// # Errors
/// Not found.
pub async fn reorder(tx: &WriteTx, ctx: &Ctx, number: &str) -> Outcome<Vec<String>> {
    let whole = queries::order(tx, &ctx.actor, number).await?;
    let ids: Vec<_> = whole.lines.iter().map(|line| line.product).collect();
    let products = match ids.as_slice() {
        [] => Vec::new(),
        ids => catalog::products::queries::products(tx, ids).await?,
    };
    let mut missing = Vec::new();
    for line in whole.lines {
        let product = products.iter().find(|product| product.id == line.product);
        let Some(product) = product.filter(|p| p.is_active && p.packing.unit == line.quantity.unit()) else {
            missing.push(line.sku);
            continue;
        };
        // Packs may have changed since: the nearest quantity above can be ordered today. So much was ordered before, so
        // nobody asks back.
        let quantity = Quantity::new(product.packing.round_up(line.quantity.thousandths()), product.packing.unit);
        let add = carts::AddLine { is_confirmed: true, ..carts::AddLine::new(product.id, quantity) };
        match carts::actions::add(tx, ctx, &add).await {
            Ok(_) => {}
            // One product that cannot be had keeps none of the others out.
            Err(Failure::Refused(_) | Failure::Invalid(_)) => missing.push(line.sku),
            Err(other) => return Err(other),
        }
    }
    Ok(missing)
}

/// The order of the number, as the actor may see it.
async fn load(tx: &WriteTx, ctx: &Ctx, number: &str) -> Outcome<WholeOrder> {
    queries::order(tx, &ctx.actor, number).await
}

/// The same order in another state.
fn in_state(order: &Order, state: super::OrderState) -> Order {
    Order { state, ..order.clone() }
}
