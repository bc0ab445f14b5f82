//! What becomes of an order.

use db::WriteTx;
use kernel::{Ctx, Failure, Outcome, Permission};
use negotiation::offers;
use parties::{companies, people};
use pricing::{credit, purchases};

use super::{admit, hold, in_state, load, use_offers};
use crate::orders::jobs::{self, Kind};
use crate::orders::{
    Cancellation, GivenBack, Order, OrderEvent, OrderRefusal, OrderState, WholeOrder, confirmation, import, rules,
    store,
};

/// Cancels an open or held order of the actor's company. What its deals gave is free again while they are valid.
///
/// # Errors
/// [`OrderRefusal::NotOpen`]; invalid `reason`; not found.
pub async fn cancel(tx: &WriteTx, ctx: &Ctx, number: &str, reason: &str) -> Outcome<Vec<GivenBack>> {
    ctx.actor.must(Permission::Buy)?;
    let reason = rules::reason(reason)?;
    let whole = load(tx, ctx, number).await?;
    let back = set_state(tx, ctx, &whole, OrderState::Cancelled, reason).await?;
    tell_cancelled(tx, ctx, &whole.order).await?;
    Ok(back)
}

/// Whoever has to know hears of a cancellation when it cannot be undone any more.
async fn tell_cancelled(tx: &WriteTx, ctx: &Ctx, order: &Order) -> Outcome<()> {
    jobs::tell(tx, ctx, order, Kind::Cancelled, ctx.now.plus(rules::UNDO)).await
}

/// Asks the seller to cancel an order that is on its way.
///
/// # Errors
/// [`OrderRefusal::NotOpen`] for what is done or over; invalid `reason`; not found.
pub async fn ask_to_cancel(tx: &WriteTx, ctx: &Ctx, number: &str, reason: &str) -> Outcome<()> {
    ctx.actor.must(Permission::Buy)?;
    let reason = rules::reason(reason)?;
    let order = load(tx, ctx, number).await?.order;
    if order.state != OrderState::Shipped {
        return Err(OrderRefusal::NotOpen.into());
    }
    jobs::tell(tx, ctx, &order, Kind::CancellationAsked(reason.clone()), ctx.now).await?;
    tx.append(ctx, &OrderEvent::CancellationAsked(order.id, order.company, reason)).await?;
    Ok(())
}

/// Moves an order on: shipped, completed, cancelled (which needs a reason). For staff.
///
/// # Errors
/// [`OrderRefusal::NotOpen`] when the state cannot follow; invalid `reason`; not found.
pub async fn move_on(
    tx: &WriteTx,
    ctx: &Ctx,
    number: &str,
    state: OrderState,
    reason: &str,
) -> Outcome<Vec<GivenBack>> {
    ctx.actor.must(Permission::ManageCompanies)?;
    let whole = load(tx, ctx, number).await?;
    // What is held is released or refused, which asks for more than moving on.
    if whole.order.state == OrderState::Held && state != OrderState::Cancelled {
        return Err(OrderRefusal::NotOpen.into());
    }
    let reason = if state == OrderState::Cancelled { rules::reason(reason)? } else { String::new() };
    let back = set_state(tx, ctx, &whole, state, reason).await?;
    if state == OrderState::Cancelled {
        tell_cancelled(tx, ctx, &whole.order).await?;
    }
    Ok(back)
}

/// Releases an order that is over the credit limit: it is an order like any other from now on. The company's own rep may,
/// and whoever manages companies.
///
/// # Errors
/// [`OrderRefusal::NotHeld`]; not found.
pub async fn release(tx: &WriteTx, ctx: &Ctx, base_url: &str, number: &str) -> Outcome<()> {
    let whole = held(tx, ctx, number).await?;
    set_state(tx, ctx, &whole, OrderState::Open, String::new()).await?;
    let Some(person) = whole.order.person else { return Ok(()) };
    let member = people::queries::member(tx, person).await?.ok_or(Failure::NotFound)?;
    confirmation::enqueue(tx, ctx, &whole, &member, &member.locale(), base_url).await
}

/// Refuses an order that is over the credit limit.
///
/// # Errors
/// [`OrderRefusal::NotHeld`]; invalid `reason`; not found.
pub async fn refuse(tx: &WriteTx, ctx: &Ctx, number: &str, reason: &str) -> Outcome<Vec<GivenBack>> {
    let reason = rules::reason(reason)?;
    let whole = held(tx, ctx, number).await?;
    let back = set_state(tx, ctx, &whole, OrderState::Cancelled, reason).await?;
    jobs::tell(tx, ctx, &whole.order, Kind::Refused, ctx.now.plus(rules::UNDO)).await?;
    Ok(back)
}

/// An order that waits for the actor.
async fn held(tx: &WriteTx, ctx: &Ctx, number: &str) -> Outcome<WholeOrder> {
    ctx.actor.must(Permission::ViewCompanies)?;
    let whole = load(tx, ctx, number).await?;
    let company = companies::queries::company(tx, whole.order.company).await?.ok_or(Failure::NotFound)?;
    let may = ctx.actor.may(Permission::ManageCompanies) || company.rep == Some(ctx.actor.user()?);
    if whole.order.state != OrderState::Held || !may {
        return Err(OrderRefusal::NotHeld.into());
    }
    Ok(whole)
}

/// Undoes one's own cancellation, or refusal, of the last minutes. What it gave back is taken again; an order that is over
/// the credit limit by now is held, and whoever may release it hears of it.
///
/// # Errors
/// [`OrderRefusal::NotUndone`]; not found.
pub async fn undo(tx: &WriteTx, ctx: &Ctx, number: &str) -> Outcome<WholeOrder> {
    if !ctx.actor.may(Permission::ViewCompanies) {
        ctx.actor.must(Permission::Buy)?;
    }
    let mut whole = load(tx, ctx, number).await?;
    if rules::undo_until(&whole.order, ctx.actor.user, ctx.now).is_none() {
        return Err(OrderRefusal::NotUndone.into());
    }
    let company = companies::queries::company(tx, whole.order.company).await?.ok_or(Failure::NotFound)?;
    let credit = credit::actions::hold(tx, &company).await?;
    let over = credit.and_then(|credit| credit.exceeded_by(whole.credit_use().gross));
    let was_held = whole.order.cancelled.is_some_and(|it| it.from == OrderState::Held);
    let state = if was_held || over.is_some() { OrderState::Held } else { OrderState::Open };
    use_offers(tx, ctx, &whole).await.map_err(|failure| match failure {
        Failure::Refused(_) => OrderRefusal::NotUndone.into(),
        other => other,
    })?;
    whole.order = Order { reason: String::new(), cancelled: None, ..in_state(&whole.order, state) };
    store::set_state(tx, &whole.order).await?;
    import::restore_credits(tx, &whole.order.number).await?;
    match state {
        OrderState::Open => admit(tx, &whole).await?,
        _ => {
            hold(tx, &whole).await?;
            jobs::tell(tx, ctx, &whole.order, Kind::Held, ctx.now).await?;
        }
    }
    tx.append(ctx, &OrderEvent::Changed(whole.order.id, whole.order.company, state, String::new())).await?;
    Ok(whole)
}

async fn set_state(
    tx: &WriteTx,
    ctx: &Ctx,
    whole: &WholeOrder,
    state: OrderState,
    reason: String,
) -> Outcome<Vec<GivenBack>> {
    let from = whole.order.state;
    if !rules::next_states(from).contains(&state) {
        return Err(OrderRefusal::NotOpen.into());
    }
    let cancellation = Cancellation { at: ctx.now, from, by: ctx.actor.user };
    let cancelled = (state == OrderState::Cancelled).then_some(cancellation);
    let order = Order { reason: reason.clone(), cancelled, ..in_state(&whole.order, state) };
    store::set_state(tx, &order).await?;
    let mut back = Vec::new();
    match state {
        OrderState::Cancelled => {
            purchases::actions::withdraw(tx, &order.number).await?;
            import::withdraw_credits(tx, std::slice::from_ref(&order.number)).await?;
            credit::actions::give_back(tx, &order.number).await?;
            back = give_back(tx, ctx, whole).await?;
        }
        OrderState::Completed => {
            purchases::actions::close(tx, &order.number).await?;
            credit::actions::give_back(tx, &order.number).await?;
        }
        OrderState::Open => {
            purchases::actions::release(tx, &order.number).await?;
            offers::actions::moved_on(tx, &whole.offers()).await?;
            admit(tx, &WholeOrder { order: order.clone(), lines: whole.lines.clone() }).await?;
        }
        OrderState::Shipped => purchases::actions::close(tx, &order.number).await?,
        OrderState::Held => {}
    }
    tx.append(ctx, &OrderEvent::Changed(order.id, order.company, state, reason)).await?;
    Ok(back)
}

/// The offers are not used any more, and commitments not called off.
async fn give_back(tx: &WriteTx, ctx: &Ctx, whole: &WholeOrder) -> Outcome<Vec<GivenBack>> {
    let mut back = Vec::new();
    for offer in whole.offers() {
        let agreed = offers::actions::give_back(tx, ctx, whole.order.company, offer, &whole.order.number).await?;
        let expires = agreed.offer.expires;
        back.push(GivenBack { number: agreed.number, expires, is_valid: ctx.now < expires });
    }
    Ok(back)
}
