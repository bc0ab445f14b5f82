//! Accepted lines as a deal: a negotiation that was agreed on, with its offer, so that carts and orders need no second way.

use std::collections::HashMap;

use db::WriteTx;
use kernel::{Amount, Ctx, Failure, Instant, NegotiationId, OfferId, Outcome, ProductId, Quantity, UnitPrice};
use negotiation::events::NegotiationEvent;
use negotiation::negotiations::{self, Given, Line, Negotiation, PersonDecision, Recorded, State};
use negotiation::offers::{self, OfferRow, OfferState};
use negotiation::requests::{self, answer};
use negotiation::routing;
use negotiation_engine::{LineTerms, ListLine, ListTerms, Terms, Tier};
use pricing::{PriceBuyer, prices};
use serde_json::json;
use terms::{deciders, figures, policies};

use super::authority::{Known, When};
use super::{Answer, Quote};

/// Agrees on answers of a version. Gives the offer of each line. An article that stands on several lines gets an offer for
/// each, because a deal knows every product once.
pub(super) async fn agree(
    tx: &WriteTx,
    ctx: &Ctx,
    quote: &Quote,
    valid_until: Instant,
    answers: &[&Answer],
) -> Outcome<Vec<(i64, OfferId)>> {
    let mut agreed = Vec::with_capacity(answers.len());
    let mut left: Vec<&Answer> = answers.to_vec();
    while !left.is_empty() {
        let mut seen: Vec<ProductId> = Vec::new();
        let (now, later): (Vec<&Answer>, Vec<&Answer>) = left.into_iter().partition(|answer| {
            let is_first = answer.product.is_some_and(|product| !seen.contains(&product));
            seen.extend(answer.product);
            is_first
        });
        if now.is_empty() {
            return Err(super::QuoteRefusal::LineWithoutProduct.into());
        }
        let offer = one(tx, ctx, quote, valid_until, &now).await?;
        agreed.extend(now.iter().map(|answer| (answer.position, offer)));
        left = later;
    }
    Ok(agreed)
}

async fn one(tx: &WriteTx, ctx: &Ctx, quote: &Quote, valid_until: Instant, answers: &[&Answer]) -> Outcome<OfferId> {
    let company = parties::companies::queries::company(tx, quote.company).await?.ok_or(Failure::NotFound)?;
    let days = super::authority::days_of(company.payment_days)?;
    let lines: Vec<LineTerms> = answers.iter().filter_map(|answer| line_terms(answer)).collect();
    let products: Vec<ProductId> = lines.iter().map(|line| line.product).collect();
    let ladders = prices::queries::ladders(tx, &PriceBuyer::of(&company), &products, ctx.today()).await?;
    let list_price = |line: &LineTerms| {
        let ladder = ladders.get(&line.product).map(|resolved| resolved.ladder.price_at(line.quantity));
        // Above the list price nothing is saved; the quoted price is then the one that counts.
        ladder.filter(|list| list.micros() > line.price.micros()).unwrap_or(line.price)
    };
    let found = catalog::products::queries::products(tx, &products).await?;
    let packings: HashMap<ProductId, kernel::Packing> = found.into_iter().map(|p| (p.id, p.packing)).collect();
    let listed = lines.iter().map(|line| {
        let packing = packings.get(&line.product).copied().ok_or(Failure::NotFound)?;
        let tiers = vec![Tier { from: Quantity::new(1, line.quantity.unit()), price: list_price(line) }];
        Ok(ListLine { product: line.product, packing, tiers, anchor: None })
    });
    let list = ListTerms::new(quote.currency, days, listed.collect::<Outcome<Vec<_>>>()?);
    let stored: Vec<Line> = lines.iter().map(|line| stored_line(line, list_price(line))).collect();
    let terms = Terms::new(lines, days);
    let offer = requests::rules::offer_of(&list, &terms, &terms, valid_until);
    let offer = offer.ok_or(kernel::MoneyError::Overflow)?;
    let expires = answer::order_until(&offer, ctx.now);
    let mut n = answer::blank(ctx, NegotiationId::new(ctx), quote.company, ctx.actor.user()?);
    (n.list_value, n.ask_value) = requests::situation::values(&list, &terms)?;
    n.lines = stored;
    (n.stored_state, n.currency, n.payment_days) = (State::Agreed, quote.currency, i64::from(days));
    (n.expires_at, n.closed_at) = (Some(expires), Some(ctx.now));
    n.policy = policies::queries::published(tx).await?.id;
    n.number = tx.next_number("negotiation").await?;
    // It was asked when the quote was, and each answer was a round.
    (n.opened_at, n.asked_at) = (quote.created_at, quote.created_at);
    n.round = i64::try_from(quote.versions.iter().filter(|version| !version.is_draft).count()).unwrap_or(i64::MAX);
    negotiations::store::insert(tx, &n).await?;
    let offer = negotiation_engine::Offer { expires, ..offer };
    note_person(tx, ctx, quote, &n, answers, &offer).await?;
    put(tx, ctx, quote, &n, offer).await
}

/// What a person answered counts as decided by a person, with what it leaves.
async fn note_person(
    tx: &WriteTx,
    ctx: &Ctx,
    quote: &Quote,
    n: &Negotiation,
    answers: &[&Answer],
    offer: &negotiation_engine::Offer,
) -> Outcome<()> {
    // What the rules answered to a counter is nobody's decision. How long people took is until their first answer.
    let Some((version, person)) = quote.present().and_then(|version| Some((version, version.made_by?))) else {
        return Ok(());
    };
    let mut by_people = quote.versions.iter().filter(|version| !version.is_draft && version.made_by.is_some());
    let first = by_people.next().map_or(version.made_at, |version| version.made_at);
    let costs = super::store::costs(tx, quote.id, version.number, quote.currency).await?;
    let when = When { now: ctx.now, today: ctx.today() };
    let known = Known::load(tx, quote, answers, when).await?;
    let look = known.look(answers, &costs, true);
    let fall = look.together;
    let member = parties::people::queries::member(tx, person).await?;
    let authority = member.and_then(|member| deciders::authority(member.roles, member.leads_sales));
    let minutes = routing::queries::answer_minutes(tx, quote.created_at, first, &ctx.zone).await?;
    let row = Recorded {
        id: ctx.ids.next(ctx.now),
        decision: PersonDecision {
            person,
            kind: negotiations::QUOTED.to_owned(),
            reason: None,
            rationale: String::new(),
            message: version.message.clone(),
            at: version.made_at,
        },
        given: Given {
            offers: vec![offer.clone()],
            margin: fall.map(|fall| fall.margin),
            pocket: fall.map(|fall| fall.pocket),
            authority: authority.map(|authority| authority.code().to_owned()),
            needed: Some(look.needs.code().to_owned()),
            asked_at: Some(quote.created_at),
            answer_minutes: Some(minutes),
        },
        stood: String::new(),
        undone_at: None,
    };
    negotiations::store::insert_decision(tx, n.id, &row).await
}

fn line_terms(answer: &Answer) -> Option<LineTerms> {
    Some(LineTerms { product: answer.product?, quantity: answer.quantity, price: answer.price? })
}

fn stored_line(line: &LineTerms, list_price: UnitPrice) -> Line {
    Line { product: line.product, quantity: line.quantity, list_price, price: line.price }
}

async fn put(
    tx: &WriteTx,
    ctx: &Ctx,
    quote: &Quote,
    n: &Negotiation,
    offer: negotiation_engine::Offer,
) -> Outcome<OfferId> {
    let row = OfferRow {
        id: OfferId::new(ctx),
        negotiation: n.id,
        round: 1,
        position: 1,
        state: OfferState::Taken,
        net: figures::net(&offer.terms, n.currency)?,
        spared: Amount::zero(n.currency),
        offer,
        made_by: quote.present().and_then(|version| version.made_by),
        made_at: ctx.now,
        taken_at: Some(ctx.now),
        order_number: None,
    };
    offers::store::insert(tx, std::slice::from_ref(&row)).await?;
    let payload = json!({
        "offer": row.id.to_string(),
        "lever": row.offer.lever.code(),
        "net_minor": row.net.minor(),
        "saving_minor": row.offer.saving.minor(),
        "quote": quote.id.to_string(),
    });
    tx.append(ctx, &NegotiationEvent::new("negotiation.agreed", n.id, n.company, payload)).await?;
    Ok(row.id)
}
