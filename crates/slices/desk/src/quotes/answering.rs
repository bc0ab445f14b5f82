//! What the seller does with quotes.

use std::collections::{HashMap, HashSet};

use catalog::products::Product;
use db::WriteTx;
use kernel::{Ctx, Date, Failure, Instant, Invalid, Outcome, Permission, ProductId, Quantity, QuoteId, UnitPrice};
use negotiation_engine::Authority;
use serde_json::json;
use terms::deciders;

use super::actions::tell;
use super::authority::{self, When};
use super::store::{self, Costs};
use super::{Answer, Proposal, Quote, QuoteRefusal, State, Version, jobs, rules};

/// An answer as the rep types it. Alternatives follow the answer itself, in the same line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAnswer {
    /// The line.
    pub position: i64,
    /// 0 for the answer itself, 1 and more for alternatives.
    pub choice: i64,
    /// The article.
    pub product: Option<ProductId>,
    /// How much.
    pub quantity: Quantity,
    /// Net, one unit; `None`: cannot be supplied.
    pub price: Option<UnitPrice>,
    /// What it costs, where the catalogue does not know. Never shown to the buyer.
    pub cost: Option<UnitPrice>,
    /// Working days.
    pub lead_days: Option<i64>,
    /// What the buyer reads about it.
    pub note: String,
    /// Its own last day; `None`: the version's.
    pub valid_until: Option<Date>,
}

/// An answer to all lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewVersion {
    /// The state of the quote that was read.
    pub read: i64,
    /// The last day on which it stands.
    pub valid_until: Date,
    /// What the buyer reads.
    pub message: String,
    /// All lines are accepted together or not at all.
    pub is_whole: bool,
    /// By line.
    pub answers: Vec<NewAnswer>,
}

/// Keeps an answer without sending it: to go on later, or for a colleague whose authority it needs.
///
/// # Errors
/// [`QuoteRefusal`]; invalid fields; not found; the refusal `not-allowed`.
pub async fn save(tx: &WriteTx, ctx: &Ctx, id: QuoteId, new: &NewVersion) -> Outcome<()> {
    let mut quote = open(tx, ctx, id, new.read).await?;
    let (version, costs) = checked(tx, ctx, &quote, new).await?;
    put(tx, &mut quote, ctx.now, &Version { is_draft: true, ..version }, &costs).await?;
    tell(tx, ctx, &quote, "quote.drafted", json!({})).await
}

/// Keeps an answer and asks somebody with more authority to send it, with the reason.
///
/// # Errors
/// As [`save`]; invalid `rationale`; [`QuoteRefusal::NoApprovalNeeded`].
pub async fn propose(tx: &WriteTx, ctx: &Ctx, id: QuoteId, new: &NewVersion, rationale: &str) -> Outcome<()> {
    let mut quote = open(tx, ctx, id, new.read).await?;
    if rationale.trim().is_empty() {
        return Err(Invalid::field("rationale", "required").into());
    }
    rules::check_text("rationale", rationale).check()?;
    let (version, costs) = checked(tx, ctx, &quote, new).await?;
    let needs = needed(tx, ctx, &quote, &version, &costs).await?;
    if deciders::me(tx, &ctx.actor).await?.1 >= needs {
        return Err(QuoteRefusal::NoApprovalNeeded.into());
    }
    put(tx, &mut quote, ctx.now, &Version { is_draft: true, ..version.clone() }, &costs).await?;
    let proposal = Proposal {
        number: version.number,
        person: ctx.actor.user()?,
        needed: needs.code().to_owned(),
        rationale: rationale.trim().to_owned(),
        at: ctx.now,
    };
    store::set_proposal(tx, id, Some(&proposal)).await?;
    tell(tx, ctx, &quote, "quote.proposed", json!({ "needs": needs.code() })).await?;
    jobs::news(tx, ctx, id, jobs::News::Proposed).await
}

/// Sends an answer: a new version, which stands until its date.
///
/// # Errors
/// As [`save`]; [`QuoteRefusal::NeedsAuthority`], which names who may send it.
pub async fn send(tx: &WriteTx, ctx: &Ctx, id: QuoteId, new: &NewVersion) -> Outcome<()> {
    let mut quote = open(tx, ctx, id, new.read).await?;
    let (version, costs) = checked(tx, ctx, &quote, new).await?;
    must_reach(tx, ctx, &quote, &version, &costs).await?;
    quote.valid_until = Some(version.valid_until);
    let has_accepted = quote.lines.iter().any(|line| line.offer.is_some());
    quote.stored_state = if has_accepted { State::Partly } else { State::Answered };
    // Whoever only agrees to what a colleague proposed does not become the customer's contact.
    let proposed = store::proposal(tx, id).await?.map(|proposal| proposal.person);
    quote.rep = proposed.or(ctx.actor.user);
    put(tx, &mut quote, ctx.now, &version, &costs).await?;
    jobs::watch(tx, ctx, id, &version).await?;
    tell(tx, ctx, &quote, "quote.answered", json!({ "version": version.number, "by": "person" })).await?;
    jobs::news(tx, ctx, id, jobs::News::Answered).await
}

/// Does not quote, and says why.
///
/// # Errors
/// As [`save`]; invalid `reply`.
pub async fn decline(tx: &WriteTx, ctx: &Ctx, id: QuoteId, read: i64, reply: &str) -> Outcome<()> {
    let mut quote = open(tx, ctx, id, read).await?;
    let reply = reply.trim();
    if reply.is_empty() {
        return Err(Invalid::field("reply", "required").into());
    }
    rules::check_text("reply", reply).check()?;
    if let Some(draft) = quote.draft() {
        store::drop_version(tx, id, draft.number).await?;
    }
    store::set_proposal(tx, id, None).await?;
    (quote.stored_state, quote.changed_at) = (State::Declined, ctx.now);
    quote.reply = reply.to_owned();
    quote.rep = ctx.actor.user;
    store::update(tx, &quote).await?;
    tell(tx, ctx, &quote, "quote.declined", json!({})).await?;
    jobs::news(tx, ctx, id, jobs::News::Declined).await
}

async fn open(tx: &WriteTx, ctx: &Ctx, id: QuoteId, read: i64) -> Outcome<Quote> {
    ctx.actor.must(Permission::UseDesk)?;
    let quote = store::load(tx, None, id).await?.ok_or(Failure::NotFound)?;
    rules::may_answer(&quote)?;
    if quote.version == read { Ok(quote) } else { Err(QuoteRefusal::Changed.into()) }
}

/// Puts a version in place of the draft.
async fn put(tx: &WriteTx, quote: &mut Quote, now: Instant, version: &Version, costs: &Costs) -> Outcome<()> {
    if let Some(draft) = quote.draft() {
        store::drop_version(tx, quote.id, draft.number).await?;
    }
    store::set_proposal(tx, quote.id, None).await?;
    store::insert_version(tx, quote.id, version, costs).await?;
    quote.changed_at = now;
    store::update(tx, quote).await
}

/// The version that an answer makes, every wrong field at once as `lines[<place>.<choice>].<field>`. Accepted lines keep
/// the answer that was accepted.
async fn checked(tx: &WriteTx, ctx: &Ctx, quote: &Quote, new: &NewVersion) -> Outcome<(Version, Costs)> {
    let mut invalid = rules::check_text("message", &new.message);
    let valid_until = rules::end_of(new.valid_until, ctx.today(), &ctx.zone);
    if valid_until.is_none() {
        invalid = invalid.and("valid_until", "quote-valid-until", vec![("days", rules::VALID_DAYS_MAX.to_string())]);
    }
    let ids: Vec<ProductId> = new.answers.iter().filter_map(|answer| answer.product).collect();
    let found = catalog::products::queries::products(tx, &ids).await?;
    let products: HashMap<ProductId, Product> = found.into_iter().map(|product| (product.id, product)).collect();
    let (mut answers, mut costs) = (Vec::new(), Costs::new());
    for line in &quote.lines {
        if line.offer.is_some() {
            let kept = quote.present().into_iter().flat_map(|version| &version.answers);
            answers.extend(kept.filter(|answer| answer.position == line.position).cloned());
            continue;
        }
        let given: Vec<&NewAnswer> = new.answers.iter().filter(|answer| answer.position == line.position).collect();
        if !given.iter().any(|answer| answer.choice == 0) {
            invalid = invalid.and(format!("lines[{}.0].price", line.position), "quote-answer-all", Vec::new());
        }
        let choices: HashSet<i64> = given.iter().map(|answer| answer.choice).collect();
        if choices.len() < given.len() {
            invalid = invalid.and(format!("lines[{}].choice", line.position), "taken", Vec::new());
        }
        for answer in given {
            invalid = check_answer(invalid, quote, answer, &products);
            costs.extend(answer.cost.map(|cost| ((answer.position, answer.choice), cost)));
            let own = answer.valid_until.map(|day| rules::own_end(day, new.valid_until, ctx.today(), &ctx.zone));
            if let Some(Err(code)) = own {
                let field = format!("lines[{}.{}].valid_until", answer.position, answer.choice);
                invalid = invalid.and(field, code, vec![("days", rules::VALID_DAYS_MAX.to_string())]);
            }
            answers.push(stored(answer, own.and_then(Result::ok)));
        }
    }
    // What holds only together must be possible to order together.
    for answer in answers.iter().filter(|answer| new.is_whole && answer.price.is_some() && answer.product.is_none()) {
        let field = format!("lines[{}.{}].sku", answer.position, answer.choice);
        invalid = invalid.and(field, "quote-article-together", Vec::new());
    }
    invalid.check()?;
    answers.sort_by_key(|answer| (answer.position, answer.choice));
    let is_open = |answer: &&Answer| quote.line(answer.position).is_some_and(|line| line.offer.is_none());
    let end = rules::last_end(answers.iter().filter(is_open), new.is_whole, valid_until.unwrap_or(ctx.now));
    let version = Version {
        number: quote.present().map_or(0, |version| version.number) + 1,
        is_draft: false,
        made_by: Some(ctx.actor.user()?),
        made_at: ctx.now,
        valid_until: end,
        message: new.message.trim().to_owned(),
        is_whole: new.is_whole,
        answers,
    };
    Ok((version, costs))
}

fn stored(answer: &NewAnswer, valid_until: Option<Instant>) -> Answer {
    Answer {
        position: answer.position,
        choice: answer.choice,
        product: answer.product,
        quantity: answer.quantity,
        price: answer.price,
        lead_days: answer.lead_days,
        note: answer.note.trim().to_owned(),
        valid_until,
    }
}

fn check_answer(
    mut invalid: Invalid,
    quote: &Quote,
    answer: &NewAnswer,
    products: &HashMap<ProductId, Product>,
) -> Invalid {
    let field = |name: &str| format!("lines[{}.{}].{name}", answer.position, answer.choice);
    let fits = (0..=rules::ALTERNATIVES_MAX).contains(&answer.choice);
    if !fits || (answer.choice > 0 && answer.price.is_none()) {
        invalid = invalid.and(field("price"), "required", Vec::new());
    }
    for (name, price) in [("price", answer.price), ("cost", answer.cost)] {
        let Some(price) = price else { continue };
        if price.currency() != quote.currency {
            let args = vec![("currency", quote.currency.code().to_owned())];
            invalid = invalid.and(field(name), "price-currency", args);
        } else if price.micros() <= 0 {
            invalid = invalid.and(field(name), "price-positive", Vec::new());
        }
    }
    if answer.lead_days.is_some_and(|days| !(0..=3_650).contains(&days)) {
        invalid = invalid.and(field("lead_days"), "too-large", Vec::new());
    }
    for error in rules::check_text(&field("note"), &answer.note).fields {
        invalid = invalid.and(error.field, error.code, error.args);
    }
    if answer.price.is_none() {
        return invalid;
    }
    match answer.product.map(|id| products.get(&id).filter(|product| product.is_active)) {
        None if answer.quantity.thousandths() > 0 => invalid,
        None => invalid.and(field("quantity"), "quantity-positive", Vec::new()),
        Some(None) => invalid.and(field("sku"), "quote-sku", Vec::new()),
        Some(Some(product)) => match product.packing.check(answer.quantity) {
            Ok(()) => invalid,
            Err(error) => invalid.and(field("quantity"), error.code(), error.args()),
        },
    }
}

/// The authority that a version needs, its accepted lines apart.
async fn needed(tx: &WriteTx, ctx: &Ctx, quote: &Quote, version: &Version, costs: &Costs) -> Outcome<Authority> {
    let open = |answer: &&Answer| quote.line(answer.position).is_some_and(|line| line.offer.is_none());
    let answers: Vec<&Answer> = version.answers.iter().filter(open).collect();
    let when = When { now: ctx.now, today: ctx.today() };
    authority::needs(tx, quote, &answers, (costs, version.is_whole), when).await
}

/// Refuses what needs more authority than the actor has, and says who has it.
async fn must_reach(tx: &WriteTx, ctx: &Ctx, quote: &Quote, version: &Version, costs: &Costs) -> Outcome<()> {
    let (_, own) = deciders::me(tx, &ctx.actor).await?;
    let needs = needed(tx, ctx, quote, version, costs).await?;
    if own >= needs {
        return Ok(());
    }
    let staff = parties::people::queries::staff(tx).await?;
    Err(QuoteRefusal::NeedsAuthority.refused().with("names", deciders::who_may(&staff, needs)).into())
}
