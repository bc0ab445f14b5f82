//! What buyers do with quotes.

use db::{Key, WriteTx};
use kernel::{Ctx, Failure, Fault, Instant, Invalid, OfferId, Outcome, Permission, QuoteId, UnitPrice};
use negotiation::attachments::{self, About, NewFile};
use serde_json::{Value, json};

use super::{
    Counter, Line, NewQuote, Quote, QuoteEvent, QuoteRefusal, State, Version, counters, deal, jobs, rules, store,
};

/// A file of a new request: about a line (from 1) or, without one, about the project.
#[derive(Debug, Clone)]
pub struct NewDrawing {
    /// The field it was sent in, for what is wrong with it.
    pub field: String,
    /// The line.
    pub line: Option<i64>,
    /// The file.
    pub file: NewFile,
}

/// [`request`], done once for each key of the client: repeated, it gives the same quote.
///
/// # Errors
/// Those of [`request`]; invalid `Idempotency-Key`; [`db::KeyRefusal`].
pub async fn request_once(tx: &WriteTx, ctx: &Ctx, new: &NewQuote, key: Option<&str>) -> Outcome<QuoteId> {
    let key = key.map(|key| Key::new(ctx, "quote", key, &format!("{new:?}"))).transpose()?;
    if let Some(key) = &key
        && let Some(done) = key.done_before(tx).await?
    {
        return QuoteId::parse(&done).ok_or_else(|| Fault::new("a key is kept with no quote").into());
    }
    let id = request(tx, ctx, new, &[]).await?;
    if let Some(key) = key {
        key.keep(tx, ctx, &id.to_string()).await?;
    }
    Ok(id)
}

/// Asks for a quote.
///
/// # Errors
/// Invalid fields; the refusals `not-allowed`, `no-company` and `attachments-too-many`.
pub async fn request(tx: &WriteTx, ctx: &Ctx, new: &NewQuote, drawings: &[NewDrawing]) -> Outcome<QuoteId> {
    ctx.actor.must(Permission::Negotiate)?;
    let company = ctx.actor.company()?;
    rules::check_request(new, ctx.today()).check()?;
    // One request of a company at a time: two at once would each find the last place free.
    tx.next_number(&format!("quotes of {company}")).await?;
    let (open, today) = store::load_of(tx, company, ctx.now.plus(-Instant::DAY)).await?;
    rules::may_request(open, today)?;
    let buyer = parties::companies::queries::company(tx, company).await?.ok_or(Failure::NotFound)?;
    let rep = negotiation::negotiations::queries::rep(tx, company).await?.map(|rep| rep.id);
    let mut quote = blank(ctx, new, buyer.currency)?;
    quote.company = company;
    quote.rep = rep;
    quote.number = tx.next_number("quote").await?;
    store::insert(tx, &quote).await?;
    for drawing in drawings {
        let about = About::Quote(quote.id, drawing.line);
        attachments::actions::add(tx, ctx, company, about, (&drawing.field, &drawing.file)).await?;
    }
    let payload = json!({ "lines": quote.lines.len(), "drawings": drawings.len() });
    tell(tx, ctx, &quote, "quote.requested", payload).await?;
    jobs::news(tx, ctx, quote.id, jobs::News::Requested).await?;
    Ok(quote.id)
}

fn blank(ctx: &Ctx, new: &NewQuote, currency: kernel::Currency) -> Outcome<Quote> {
    let line = |(line, position): (&super::NewLine, i64)| Line {
        position,
        product: line.product,
        description: line.description.clone(),
        quantity: line.quantity,
        need_by: line.need_by,
        target: line.target,
        offer: None,
        choice: None,
    };
    Ok(Quote {
        id: QuoteId::new(ctx),
        number: 0,
        company: ctx.actor.company()?,
        unit: ctx.actor.unit,
        person: ctx.actor.user()?,
        rep: None,
        stored_state: State::Requested,
        currency,
        project: new.project.clone(),
        comment: new.comment.clone(),
        reply: String::new(),
        valid_until: None,
        created_at: ctx.now,
        changed_at: ctx.now,
        version: 0,
        lines: new.lines.iter().zip(1..).map(line).collect(),
        versions: Vec::new(),
        counters: Vec::new(),
    })
}

/// Attaches a file to a request, or to one of its lines.
///
/// # Errors
/// Not found for another company's; invalid `file`; the refusal `attachments-too-many`.
pub async fn attach(tx: &WriteTx, ctx: &Ctx, id: QuoteId, line: Option<i64>, file: &NewFile) -> Outcome<()> {
    let quote = own(tx, ctx, id).await?;
    let line = line.filter(|position| quote.line(*position).is_some());
    let attached = attachments::actions::add(tx, ctx, quote.company, About::Quote(id, line), ("file", file)).await?;
    tell(tx, ctx, &quote, "quote.attached", json!({ "attachment": attached.to_string() })).await
}

/// Accepts lines of a version, each by its place and choice. They become agreed offers, to be put into a cart; as a rule
/// one, more when an article stands on several lines.
///
/// # Errors
/// Not found for another company's; [`QuoteRefusal`]; invalid `lines`.
pub async fn accept(
    tx: &WriteTx,
    ctx: &Ctx,
    id: QuoteId,
    version: i64,
    chosen: &[(i64, i64)],
) -> Outcome<Vec<OfferId>> {
    let mut quote = own(tx, ctx, id).await?;
    let standing = rules::standing(&quote, version, ctx.now)?.clone();
    let mut lines: Vec<i64> = chosen.iter().map(|(position, _)| *position).collect();
    lines.sort_unstable();
    lines.dedup();
    if chosen.is_empty() || lines.len() != chosen.len() {
        return Err(Invalid::field("lines", "quote-choose").into());
    }
    let answers = rules::accepted(&quote, &standing, chosen, ctx.now)?;
    // What is agreed together stands as long as the first of it.
    let end = answers.iter().map(|answer| rules::ends(&standing, answer)).min().unwrap_or(standing.valid_until);
    let agreed = deal::agree(tx, ctx, &quote, end, &answers).await?;
    for (position, offer) in &agreed {
        let choice = chosen.iter().find(|(line, _)| line == position).map(|(_, choice)| *choice);
        store::accept_line(tx, id, *position, (*offer, choice)).await?;
        let line = quote.lines.iter_mut().find(|line| line.position == *position);
        line.into_iter().for_each(|line| (line.offer, line.choice) = (Some(*offer), choice));
    }
    quote.stored_state = rules::after_acceptance(&quote);
    quote.changed_at = ctx.now;
    store::update(tx, &quote).await?;
    let mut offers: Vec<OfferId> = agreed.into_iter().map(|(_, offer)| offer).collect();
    offers.dedup();
    let choices: Vec<i64> = answers.iter().map(|answer| answer.choice).collect();
    let state = quote.stored_state.code();
    let payload = json!({ "version": version, "lines": lines, "choices": choices, "state": state });
    tell(tx, ctx, &quote, "quote.accepted", payload).await?;
    jobs::news(tx, ctx, id, jobs::News::Accepted).await?;
    jobs::news(tx, ctx, id, jobs::News::Confirmed(lines)).await?;
    Ok(offers)
}

/// Names other prices. The engine answers at once with a new version where it can; else the seller has it, and the version
/// goes on standing.
///
/// # Errors
/// Not found for another company's; [`QuoteRefusal`]; invalid `lines[n].target`.
pub async fn counter(
    tx: &WriteTx,
    ctx: &Ctx,
    id: QuoteId,
    version: i64,
    targets: &[(i64, UnitPrice)],
    message: &str,
) -> Outcome<()> {
    let mut quote = own(tx, ctx, id).await?;
    let standing = rules::standing(&quote, version, ctx.now)?.clone();
    check_targets(&quote, &standing, targets, ctx.now).and_then(|()| rules::check_text("message", message).check())?;
    for (position, target) in targets {
        let (person, message) = (ctx.actor.user()?, message.trim().to_owned());
        let counter = Counter { version, position: *position, target: *target, message, person, at: ctx.now };
        store::insert_counter(tx, id, &counter).await?;
        quote.counters.push(counter);
    }
    quote.changed_at = ctx.now;
    let payload = json!({ "version": version, "lines": targets.len() });
    tell(tx, ctx, &quote, "quote.countered", payload).await?;
    match counters::decide(tx, ctx, &quote, &standing, targets).await? {
        Some(prices) => answer_by_rules(tx, ctx, quote, &standing, &prices).await,
        None => {
            quote.stored_state = State::Countered;
            store::update(tx, &quote).await?;
            jobs::news(tx, ctx, id, jobs::News::Countered).await
        }
    }
}

fn check_targets(quote: &Quote, standing: &Version, targets: &[(i64, UnitPrice)], now: Instant) -> Outcome<()> {
    if targets.is_empty() {
        return Err(Invalid::field("lines", "quote-choose").into());
    }
    let mut invalid = Invalid::default();
    for (position, target) in targets {
        let line = quote.line(*position).ok_or(Failure::NotFound)?;
        if line.offer.is_some() {
            return Err(QuoteRefusal::LineAccepted.into());
        }
        let answer = standing.answer(*position, 0);
        let quoted = answer.and_then(|answer| answer.price).ok_or(QuoteRefusal::LineNotSupplied)?;
        if answer.is_some_and(|answer| rules::has_lapsed(standing, answer, now)) {
            return Err(QuoteRefusal::LineLapsed.into());
        }
        let field = format!("lines[{position}].target");
        if target.currency() != quote.currency {
            let args = vec![("currency", quote.currency.code().to_owned())];
            invalid = invalid.and(field, "price-currency", args);
        } else if target.micros() <= 0 {
            invalid = invalid.and(field, "price-positive", Vec::new());
        } else if target.micros() >= quoted.micros() {
            invalid = invalid.and(field, "quote-target-above", vec![("price", quoted.to_decimal())]);
        }
    }
    invalid.check()
}

/// A new version with the prices that the rules give; it stands as long as the one before.
async fn answer_by_rules(
    tx: &WriteTx,
    ctx: &Ctx,
    mut quote: Quote,
    standing: &Version,
    prices: &[(i64, UnitPrice)],
) -> Outcome<()> {
    if let Some(draft) = quote.draft() {
        store::drop_version(tx, quote.id, draft.number).await?;
        store::set_proposal(tx, quote.id, None).await?;
    }
    let costs = store::costs(tx, quote.id, standing.number, quote.currency).await?;
    let number = standing.number + 1;
    let mut next = Version { number, is_draft: false, made_by: None, made_at: ctx.now, ..standing.clone() };
    next.message = String::new();
    for (position, price) in prices {
        let own = |answer: &&mut super::Answer| answer.position == *position && answer.choice == 0;
        next.answers.iter_mut().filter(own).for_each(|answer| answer.price = Some(*price));
    }
    store::insert_version(tx, quote.id, &next, &costs).await?;
    // What was partly accepted stays so.
    let has_accepted = quote.lines.iter().any(|line| line.offer.is_some());
    quote.stored_state = if has_accepted { State::Partly } else { State::Answered };
    store::update(tx, &quote).await?;
    jobs::watch(tx, ctx, quote.id, &next).await?;
    tell(tx, ctx, &quote, "quote.answered", json!({ "version": number, "by": "rules" })).await
}

/// Takes the request back.
///
/// # Errors
/// Not found for another company's; [`QuoteRefusal::NotOpen`].
pub async fn withdraw(tx: &WriteTx, ctx: &Ctx, id: QuoteId) -> Outcome<()> {
    let mut quote = own(tx, ctx, id).await?;
    if quote.stored_state == State::Withdrawn {
        return Ok(());
    }
    rules::may_withdraw(&quote)?;
    quote.stored_state = State::Withdrawn;
    quote.changed_at = ctx.now;
    store::update(tx, &quote).await?;
    tell(tx, ctx, &quote, "quote.withdrawn", Value::Null).await
}

/// Writes down that a version has lapsed. Does nothing when it has not, or when something else happened first.
///
/// # Errors
/// A fault when the database fails.
pub async fn lapse(tx: &WriteTx, ctx: &Ctx, id: QuoteId) -> Outcome<()> {
    let Some(mut quote) = store::load(tx, None, id).await? else { return Ok(()) };
    if quote.stored_state != State::Answered || quote.state(ctx.now) != State::Lapsed {
        return Ok(());
    }
    quote.stored_state = State::Lapsed;
    quote.changed_at = ctx.now;
    store::update(tx, &quote).await?;
    tell(tx, ctx, &quote, "quote.lapsed", Value::Null).await
}

async fn own(tx: &WriteTx, ctx: &Ctx, id: QuoteId) -> Outcome<Quote> {
    ctx.actor.must(Permission::Negotiate)?;
    store::load(tx, Some(ctx.actor.company()?), id).await?.ok_or(Failure::NotFound)
}

pub(super) async fn tell(tx: &WriteTx, ctx: &Ctx, quote: &Quote, kind: &'static str, payload: Value) -> Outcome<()> {
    Ok(tx.append(ctx, &QuoteEvent { kind, id: quote.id, company: quote.company, payload }).await?)
}
