//! What buyers do. Each command is one transaction; the engine decides, nothing here does.

use db::{Key, WriteTx};
use kernel::{Ctx, Failure, Fault, Instant, Invalid, NegotiationId, OfferId, Outcome, Permission};
use serde_json::{Value, json};
use terms::experiments;

use super::answer::{self, Earlier};
use super::{Agreed, Ask, situation};
use crate::counts;
use crate::events::NegotiationEvent;
use crate::negotiations::{Competitor, Negotiation, State, TEXT_MAX, rules, store};
use crate::offers::{self, OfferState};
use crate::refusals::NegotiationRefusal;
use crate::routing::assigning;

pub use super::import::import_many;

/// The reason of what was prepared for a customer and never offered. Buyers do not see it.
const GIVEN_UP: &str = "given-up";

/// Most lines of one ask.
pub const LINES_MAX: usize = 500;

/// Asks for better terms. When a colleague negotiates the same products already, this goes on with the same rounds.
///
/// # Errors
/// Invalid fields; [`NegotiationRefusal`]; the refusals `not-allowed` and `no-company`.
pub async fn open(tx: &WriteTx, ctx: &Ctx, ask: &Ask) -> Outcome<NegotiationId> {
    ctx.actor.must(Permission::Negotiate)?;
    let (company, person) = (ctx.actor.company()?, ctx.actor.user()?);
    check_form(ask, ctx.now)?;
    // One command per company at a time: two colleagues who ask for the same in the same moment must find each other. The
    // number itself is not used; taking it holds the company's row until commit, on both engines.
    tx.next_number(&format!("negotiations of {company}")).await?;
    let mut same = same_products(tx, ctx, ask).await?;
    // The buyer is quicker than the offer that was being prepared.
    if let Some(draft) = same.take_if(|n| n.is_draft()) {
        give_up(tx, ctx, draft).await?;
    }
    if let Some(going_on) = same {
        ask_on(tx, ctx, going_on, ask).await
    } else {
        rules::may_open(counts::queries::moved_since(tx, company, ctx.now.plus(-Instant::DAY)).await?)?;
        let blank = answer::blank(ctx, NegotiationId::new(ctx), company, person);
        Ok(answer::ask(tx, ctx, blank, ask, Earlier::default()).await?.id)
    }
}

/// [`open`], done once for each key of the client: repeated, it gives the same negotiation.
///
/// # Errors
/// Those of [`open`]; invalid `Idempotency-Key`; [`db::KeyRefusal`].
pub async fn open_once(tx: &WriteTx, ctx: &Ctx, ask: &Ask, key: Option<&str>) -> Outcome<NegotiationId> {
    let key = key.map(|key| Key::new(ctx, "negotiation", key, &format!("{ask:?}"))).transpose()?;
    if let Some(key) = &key
        && let Some(done) = key.done_before(tx).await?
    {
        return NegotiationId::parse(&done).ok_or_else(|| Fault::new("a key is kept with no negotiation").into());
    }
    let id = open(tx, ctx, ask).await?;
    if let Some(key) = key {
        key.keep(tx, ctx, &id.to_string()).await?;
    }
    Ok(id)
}

/// The company's live negotiation about exactly these products.
pub async fn same_products(tx: &WriteTx, ctx: &Ctx, ask: &Ask) -> Outcome<Option<Negotiation>> {
    let candidates = store::for_product(tx, ctx.actor.company()?, ask.lines[0].product).await?;
    Ok(candidates.into_iter().find(|n| n.is_live(ctx.now) && is_about(n, ask)))
}

/// Whether a negotiation is about exactly the products of an ask.
fn is_about(n: &Negotiation, ask: &Ask) -> bool {
    let mut wanted: Vec<_> = ask.lines.iter().map(|line| line.product).collect();
    let mut has: Vec<_> = n.lines.iter().map(|line| line.product).collect();
    wanted.sort_unstable();
    has.sort_unstable();
    has == wanted
}

/// What can be said about an ask without knowing products or prices.
pub fn check_form(ask: &Ask, now: kernel::Instant) -> Outcome<()> {
    let mut invalid = Invalid::default();
    if ask.lines.is_empty() {
        invalid = invalid.and("lines", "required", Vec::new());
    }
    if ask.lines.len() > LINES_MAX {
        invalid = invalid.and("lines", "too-many-lines", vec![("most", LINES_MAX.to_string())]);
    }
    for (at, line) in ask.lines.iter().enumerate() {
        if ask.lines[..at].iter().any(|other| other.product == line.product) {
            invalid = invalid.and(format!("lines[{at}].product"), "product-twice", Vec::new());
        }
    }
    let long = |text: &str| text.chars().count() > TEXT_MAX;
    if long(&ask.comment) {
        invalid = invalid.and("comment", "text-too-long", vec![("most", TEXT_MAX.to_string())]);
    }
    if let Some(competitor) = &ask.competitor {
        invalid = check_competitor(invalid, competitor, ask);
    }
    // A day of grace: today somewhere is tomorrow elsewhere.
    if ask.need_by.is_some_and(|date| date < now.date().plus_days(-1)) {
        invalid = invalid.and("need_by", "date-past", Vec::new());
    }
    invalid.check()
}

fn check_competitor(mut invalid: Invalid, competitor: &Competitor, ask: &Ask) -> Invalid {
    if competitor.name.trim().is_empty() {
        invalid = invalid.and("competitor.name", "competitor-name", Vec::new());
    }
    if competitor.name.chars().count() > 200 {
        invalid = invalid.and("competitor.name", "text-too-long", vec![("most", "200".into())]);
    }
    if competitor.note.chars().count() > TEXT_MAX {
        invalid = invalid.and("competitor.note", "text-too-long", vec![("most", TEXT_MAX.to_string())]);
    }
    if let Some(price) = competitor.price {
        let asked = ask.lines.first().map(|line| line.price.currency());
        if price.micros() <= 0 {
            invalid = invalid.and("competitor.price", "price-positive", Vec::new());
        } else if asked.is_some_and(|currency| currency != price.currency()) {
            let args = asked.map(|currency| ("currency", currency.code().to_owned()));
            invalid = invalid.and("competitor.price", "price-currency", args.into_iter().collect());
        }
    }
    invalid
}

/// Asks again in a negotiation, about the same products.
///
/// # Errors
/// Not found for another company's; invalid fields; [`NegotiationRefusal`].
pub async fn ask_again(tx: &WriteTx, ctx: &Ctx, id: NegotiationId, ask: &Ask) -> Outcome<()> {
    check_form(ask, ctx.now)?;
    let n = own(tx, ctx, id).await?;
    if !is_about(&n, ask) {
        return Err(Invalid::field("lines", "other-products").into());
    }
    ask_on(tx, ctx, n, ask).await.map(|_| ())
}

async fn ask_on(tx: &WriteTx, ctx: &Ctx, n: Negotiation, ask: &Ask) -> Outcome<NegotiationId> {
    let rounds = store::rounds(tx, n.id).await?;
    let present = experiments::queries::present(tx, n.company).await?;
    let count = i64::try_from(rounds.len()).unwrap_or(i64::MAX);
    rules::may_ask_again(&n, count, i64::from(present.policy.policy.tactic.rounds_max), ctx.now)?;
    let mut ask = ask.clone();
    // The lines of a shared negotiation keep their order, whoever asks.
    let place = |product| n.lines.iter().position(|line| line.product == product);
    ask.lines.sort_by_key(|line| place(line.product));
    Ok(answer::ask(tx, ctx, n, &ask, Earlier { rounds: &rounds, present: Some(&present) }).await?.id)
}

/// A negotiation of the actor's own company.
async fn own(tx: &WriteTx, ctx: &Ctx, id: NegotiationId) -> Outcome<Negotiation> {
    ctx.actor.must(Permission::Negotiate)?;
    store::load(tx, Some(ctx.actor.company()?), id).await?.ok_or(Failure::NotFound)
}

/// Takes an offer. It is agreed from now on, and the other offers end.
///
/// # Errors
/// Not found for another company's negotiation or an unknown offer; [`NegotiationRefusal`].
pub async fn take(tx: &WriteTx, ctx: &Ctx, id: NegotiationId, offer: OfferId) -> Outcome<Agreed> {
    let mut n = own(tx, ctx, id).await?;
    let mut row = rules::may_take(&n, offer, ctx.now).ok_or(Failure::NotFound)??.clone();
    let agreed = Agreed { negotiation: id, offer };
    if row.state == OfferState::Taken {
        return Ok(agreed);
    }
    row.state = OfferState::Taken;
    row.taken_at = Some(ctx.now);
    row.offer.expires = answer::order_until(&row.offer, ctx.now);
    offers::store::update(tx, &row).await?;
    offers::store::supersede(tx, id).await?;
    n.stored_state = State::Agreed;
    n.expires_at = Some(row.offer.expires);
    (n.closed_at, n.changed_at) = (Some(ctx.now), ctx.now);
    store::update(tx, &n).await?;
    assigning::end(tx, ctx, id, "closed").await?;
    let payload = json!({
        "offer": offer.to_string(),
        "lever": row.offer.lever.code(),
        "net_minor": row.net.minor(),
        "saving_minor": row.offer.saving.minor(),
        "by_person": row.made_by.map(|person| person.to_string()),
    });
    tx.append(ctx, &NegotiationEvent::new("negotiation.agreed", id, n.company, payload)).await?;
    Ok(agreed)
}

/// A buyer has looked at an offer closely. It tells which levers interest, and changes nothing else.
///
/// # Errors
/// Not found for another company's negotiation, and for offers that the buyer does not see.
pub async fn look(tx: &WriteTx, ctx: &Ctx, negotiation: NegotiationId, id: OfferId) -> Outcome<()> {
    let n = own(tx, ctx, negotiation).await?;
    let offer = n.standing(ctx.now).find(|row| row.id == id).ok_or(Failure::NotFound)?;
    offers::store::look(tx, offer.id, ctx.actor.user()?, ctx.now).await?;
    let payload = serde_json::json!({ "offer": id.to_string(), "lever": offer.offer.lever.code() });
    tx.append(ctx, &NegotiationEvent::new("negotiation.looked_at", n.id, n.company, payload)).await?;
    Ok(())
}

/// Gives the last ask to a person. Offers that stand go on standing meanwhile.
///
/// # Errors
/// Not found for another company's; [`NegotiationRefusal`].
pub async fn hand_to_rep(tx: &WriteTx, ctx: &Ctx, id: NegotiationId) -> Outcome<()> {
    let n = own(tx, ctx, id).await?;
    let rounds = store::rounds(tx, id).await?;
    rules::may_hand_over(&n, i64::try_from(rounds.len()).unwrap_or(i64::MAX), ctx.now)?;
    let last = situation::requests(&rounds)?.pop().ok_or(NegotiationRefusal::NotOpen)?;
    let lines = last.terms.lines.iter().map(|line| super::AskLine {
        product: line.product,
        quantity: line.quantity,
        price: line.price,
    });
    let ask = Ask {
        payment_days: Some(i64::from(last.terms.payment_days)),
        extras: last.terms.extras,
        fixed_quantities: last.fixed_quantities,
        competitor: n.competitor.clone(),
        need_by: last.need_by,
        cart: n.cart,
        wants_person: true,
        ..Ask::of(lines.collect())
    };
    answer::ask(tx, ctx, n, &ask, Earlier { rounds: &rounds, present: None }).await.map(|_| ())
}

/// Takes the ask back. The buyer pays list prices again.
///
/// # Errors
/// Not found for another company's; [`NegotiationRefusal::NotOpen`].
pub async fn withdraw(tx: &WriteTx, ctx: &Ctx, id: NegotiationId) -> Outcome<()> {
    let mut n = own(tx, ctx, id).await?;
    if n.stored_state == State::Withdrawn {
        return Ok(());
    }
    rules::may_withdraw(&n, ctx.now)?;
    end(&mut n, State::Withdrawn, ctx);
    closed(tx, ctx, &n).await
}

/// Ends what was being prepared for the customer: the customer asked, or whoever must agree did not.
pub async fn give_up(tx: &WriteTx, ctx: &Ctx, mut n: Negotiation) -> Outcome<()> {
    n.reason = Some(GIVEN_UP.into());
    end(&mut n, State::Withdrawn, ctx);
    closed(tx, ctx, &n).await
}

async fn closed(tx: &WriteTx, ctx: &Ctx, n: &Negotiation) -> Outcome<()> {
    offers::store::supersede(tx, n.id).await?;
    store::update(tx, n).await?;
    assigning::end(tx, ctx, n.id, "closed").await?;
    tx.append(ctx, &NegotiationEvent::new("negotiation.withdrawn", n.id, n.company, Value::Null)).await?;
    Ok(())
}

/// Writes down that the offers have run out. Does nothing when they have not, or when something else happened first.
///
/// # Errors
/// A fault when the database fails.
pub async fn expire(tx: &WriteTx, ctx: &Ctx, id: NegotiationId) -> Outcome<()> {
    let Some(mut n) = store::load(tx, None, id).await? else { return Ok(()) };
    if n.stored_state != State::Offered || n.state(ctx.now) != State::Expired {
        return Ok(());
    }
    end(&mut n, State::Expired, ctx);
    store::update(tx, &n).await?;
    tx.append(ctx, &NegotiationEvent::new("negotiation.expired", id, n.company, Value::Null)).await?;
    Ok(())
}

fn end(n: &mut Negotiation, state: State, ctx: &Ctx) {
    n.stored_state = state;
    n.closed_at = Some(ctx.now);
    n.changed_at = ctx.now;
    (n.waiting_since, n.answer_by) = (None, None);
}
