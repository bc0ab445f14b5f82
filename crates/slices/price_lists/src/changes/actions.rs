//! Changing prices: submitting, confirming, declining, beginning.

use std::collections::{BTreeMap, BTreeSet};

use db::{ReadTx, WriteTx};
use kernel::{Ctx, Failure, Invalid, Outcome, Permission, PriceChangeId, PriceListId, ProductId, UnitPrice};
use parties::companies;
use pricing::lists::{self, PriceList, Written};
use terms::deciders;
use terms::guard::{self, Bounds, Buyers};

use super::{
    Change, ChangeEvent, ChangeLine, ChangeRefusal, Decision, LineState, Submission, Submitted, jobs, rules, store,
};

/// Changes prices of a list, as far as the guard lets them through; the rest waits for a second person. Where nobody else
/// may manage prices, the author's own confirmation is taken, and recorded as that.
///
/// # Errors
/// Invalid `holds_from`, `reason` or `prices`; [`ChangeRefusal::Unconfirmed`]; the refusal `price-list-changed` where another
/// price is there than the one that was seen; not found; the refusal `not-allowed`.
pub async fn submit(tx: &WriteTx, ctx: &Ctx, submission: &Submission) -> Outcome<Submitted> {
    ctx.actor.must(Permission::ManagePrices)?;
    rules::check(submission, ctx.today()).check()?;
    let list = lists::queries::list(tx, submission.list).await?;
    let products: BTreeSet<ProductId> = submission.edits.iter().map(|edit| edit.product).collect();
    let products: Vec<ProductId> = products.into_iter().collect();
    let present = lists::queries::steps_of(tx, list.id, &products).await?;
    let bounds = bounds(tx, &list, &products).await?;
    let mut lines = rules::lines(&submission.edits, &present, &bounds)?;
    if lines.iter().any(|line| line.concern.is_some()) {
        // What waits already waits once: the same file imported again, or a button pressed twice.
        let waits = store::waiting_steps(tx, list.id, &products, submission.holds_from).await?;
        let step = |line: &ChangeLine| (line.product, line.from.thousandths(), line.new.map(UnitPrice::micros));
        lines.retain(|line| line.concern.is_none() || !waits.contains(&step(line)));
    }
    if lines.is_empty() {
        return Ok(Submitted::default());
    }
    let decision = match rules::concerns(&lines) {
        Some((count, concern)) if !submission.is_confirmed => {
            let refused = ChangeRefusal::Unconfirmed.refused().with("count", count.to_string());
            let sections = rules::sections(&lines, &bounds);
            return Err(refused.with("concern", concern.code()).with("sections", sections).into());
        }
        Some(_) if submission.reason.trim().is_empty() => return Err(Invalid::field("reason", "required").into()),
        Some(_) => own_word(tx, ctx).await?,
        None => None,
    };
    if decision.is_some() {
        lines.iter_mut().for_each(|line| line.state = LineState::InForce);
    }
    let change = Change {
        id: PriceChangeId::new(ctx),
        list: list.id,
        door: submission.door,
        reason: submission.reason.trim().to_owned(),
        holds_from: submission.holds_from,
        by: ctx.actor.user,
        at: ctx.now,
        waiting: lines.iter().filter(|line| line.state == LineState::Waiting).map(|_| 1).sum(),
        decision,
    };
    if rules::begins(&change, ctx.today()).is_some() {
        let free = lines.iter_mut().filter(|line| line.state == LineState::InForce);
        free.for_each(|line| line.state = LineState::Planned);
    }
    store::insert(tx, &change, &lines).await?;
    write(tx, ctx, &change, lines.iter().filter(|line| line.state == LineState::InForce)).await?;
    jobs::begin_later(tx, ctx, &change, &lines).await?;
    let done = counted(change.id, &lines);
    tx.append(ctx, &ChangeEvent::Submitted(change.id, done)).await?;
    Ok(done)
}

/// The author's own word, where nobody else could give one.
async fn own_word(tx: &ReadTx, ctx: &Ctx) -> Outcome<Option<Decision>> {
    let Some(by) = ctx.actor.user else { return Ok(None) };
    let able = deciders::able(tx, Permission::ManagePrices).await?;
    let is_own = deciders::second_person(&ctx.actor, &[by], &able) == Some(true);
    Ok(is_own.then(|| Decision { by, at: ctx.now, note: String::new(), is_own }))
}

/// Cost and floor of products, for those whom the list is for.
pub(super) async fn bounds(
    tx: &ReadTx,
    list: &PriceList,
    products: &[ProductId],
) -> Outcome<BTreeMap<ProductId, Bounds>> {
    let company = match list.scope.company() {
        Some(company) => companies::queries::company(tx, company).await?,
        None => None,
    };
    let buyers = Buyers {
        segment: company.as_ref().map(|company| company.segment.as_str()),
        country: company.as_ref().map(|company| company.country.as_str()),
    };
    guard::queries::bounds(tx, buyers, products, list.currency).await
}

/// Writes lines that may come into force.
async fn write<'a>(
    tx: &WriteTx,
    ctx: &Ctx,
    change: &Change,
    lines: impl Iterator<Item = &'a ChangeLine>,
) -> Outcome<()> {
    let written = lines.map(|line| Written { product: line.product, from: line.from, price: line.new });
    lists::actions::write(tx, ctx, change.list, &written.collect::<Vec<_>>()).await
}

fn counted(id: PriceChangeId, lines: &[ChangeLine]) -> Submitted {
    let of = |state| lines.iter().filter(|line| line.state == state).count();
    Submitted {
        change: Some(id),
        in_force: of(LineState::InForce),
        planned: of(LineState::Planned),
        waiting: of(LineState::Waiting),
        overtaken: of(LineState::Overtaken),
    }
}

/// Confirms, as a second person, what waits of a change. Prices that somebody else has changed meanwhile are left out.
///
/// # Errors
/// [`ChangeRefusal`]; invalid `note` when too long; not found; the refusal `not-allowed`.
pub async fn approve(tx: &WriteTx, ctx: &Ctx, id: PriceChangeId, note: &str) -> Outcome<Submitted> {
    let change = waiting(tx, ctx, id).await?;
    let able = deciders::able(tx, Permission::ManagePrices).await?;
    let authors: Vec<_> = change.by.into_iter().collect();
    let is_own = deciders::second_person(&ctx.actor, &authors, &able).ok_or(ChangeRefusal::OwnApproval)?;
    decide(tx, ctx, id, note, is_own).await?;
    let (mut lines, _) = store::lines(tx, id, Some(LineState::Waiting), i64::MAX, 0).await?;
    let products: BTreeSet<ProductId> = lines.iter().map(|line| line.product).collect();
    let products: Vec<ProductId> = products.into_iter().collect();
    let there = prices_there(tx, change.list, &products).await?;
    let is_later = rules::begins(&change, ctx.today()).is_some();
    for line in &mut lines {
        let now = there.get(&(line.product, line.from.thousandths())).copied();
        line.state = match (now == line.old, is_later) {
            (false, _) => LineState::Overtaken,
            (true, true) => LineState::Planned,
            (true, false) => LineState::InForce,
        };
        if line.state == LineState::Overtaken {
            store::move_line(tx, id, line, LineState::Overtaken).await?;
        }
    }
    let ready = if is_later { LineState::Planned } else { LineState::InForce };
    store::move_all(tx, id, LineState::Waiting, ready).await?;
    write(tx, ctx, &change, lines.iter().filter(|line| line.state == LineState::InForce)).await?;
    jobs::begin_later(tx, ctx, &change, &lines).await?;
    tx.append(ctx, &ChangeEvent::Approved(id)).await?;
    Ok(counted(id, &lines))
}

/// Declines what waits of a change; its author takes it back.
///
/// # Errors
/// Invalid `note` when empty or too long; [`ChangeRefusal::NotWaiting`]; not found; the refusal `not-allowed`.
pub async fn decline(tx: &WriteTx, ctx: &Ctx, id: PriceChangeId, note: &str) -> Outcome<()> {
    let change = waiting(tx, ctx, id).await?;
    if note.trim().is_empty() {
        return Err(Invalid::field("note", "required").into());
    }
    decide(tx, ctx, id, note, change.by == ctx.actor.user).await?;
    store::move_all(tx, id, LineState::Waiting, LineState::Declined).await?;
    tx.append(ctx, &ChangeEvent::Declined(id)).await?;
    Ok(())
}

/// The prices of these products that a list has now, by product and quantity (thousandths).
async fn prices_there(
    tx: &WriteTx,
    list: PriceListId,
    products: &[ProductId],
) -> Outcome<BTreeMap<(ProductId, i64), UnitPrice>> {
    let present = lists::queries::steps_of(tx, list, products).await?;
    Ok(present.iter().map(|step| ((step.product, step.tier.from.thousandths()), step.tier.price)).collect())
}

/// A change of which something waits.
async fn waiting(tx: &WriteTx, ctx: &Ctx, id: PriceChangeId) -> Outcome<Change> {
    ctx.actor.must(Permission::ManagePrices)?;
    let change = store::by_id(tx, id).await?.ok_or(Failure::NotFound)?;
    if change.waiting > 0 { Ok(change) } else { Err(ChangeRefusal::NotWaiting.into()) }
}

async fn decide(tx: &WriteTx, ctx: &Ctx, id: PriceChangeId, note: &str, is_own: bool) -> Outcome<()> {
    let note = note.trim();
    if note.chars().count() > rules::REASON_MAX {
        return Err(Invalid::default().and("note", "too-long", vec![("most", rules::REASON_MAX.to_string())]).into());
    }
    let decision = Decision { by: ctx.actor.user()?, at: ctx.now, note: note.to_owned(), is_own };
    if store::decide(tx, id, &decision).await? { Ok(()) } else { Err(ChangeRefusal::NotWaiting.into()) }
}

/// Brings what was planned for today into force. Costs and floors may have moved since it was planned: what nobody has
/// confirmed and wants a second person by now waits for one.
///
/// # Errors
/// The refusal `not-allowed`; a fault when the database fails.
pub async fn begin(tx: &WriteTx, ctx: &Ctx, id: PriceChangeId) -> Outcome<()> {
    ctx.actor.must(Permission::RunSystem)?;
    let Some(change) = store::by_id(tx, id).await? else { return Ok(()) };
    if rules::begins(&change, ctx.today()).is_some() {
        return Ok(());
    }
    let (lines, _) = store::lines(tx, id, Some(LineState::Planned), i64::MAX, 0).await?;
    if lines.is_empty() {
        return Ok(());
    }
    let list = lists::queries::list(tx, change.list).await?;
    let products: BTreeSet<ProductId> = lines.iter().map(|line| line.product).collect();
    let products: Vec<ProductId> = products.into_iter().collect();
    let bounds = bounds(tx, &list, &products).await?;
    let there = prices_there(tx, list.id, &products).await?;
    let (mut ready, mut caught) = (Vec::new(), Vec::new());
    for line in lines {
        // Whoever set another price meanwhile knew more than the plan.
        if there.get(&(line.product, line.from.thousandths())).copied() != line.old {
            store::move_line(tx, id, &line, LineState::Overtaken).await?;
            continue;
        }
        let known = bounds.get(&line.product).cloned().unwrap_or_default();
        match line.new.and_then(|price| guard::rules::concern(price, &known)) {
            Some(concern) if line.concern.is_none_or(|confirmed| concern > confirmed) => caught.push((line, concern)),
            _ => ready.push(line),
        }
    }
    if !caught.is_empty() {
        store::become_waiting(tx, id, &caught).await?;
    }
    store::move_all(tx, id, LineState::Planned, LineState::InForce).await?;
    write(tx, ctx, &change, ready.iter()).await?;
    tx.append(ctx, &ChangeEvent::Began(id)).await?;
    Ok(())
}
