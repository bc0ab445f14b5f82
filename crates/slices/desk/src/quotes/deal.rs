//! Accepted lines as a deal: a negotiation that was agreed on, with its offer, so that carts and orders need no second way.

use std::collections::HashMap;

use db::WriteTx;
use kernel::{Amount, Ctx, Failure, Instant, NegotiationId, OfferId, Outcome, ProductId, Quantity, UnitPrice};
use negotiation::events::NegotiationEvent;
use negotiation::negotiations::{self, Line, Negotiation, State};
use negotiation::offers::{self, OfferRow, OfferState};
use negotiation::requests::{self, answer};
use negotiation_engine::{LineTerms, ListLine, ListTerms, Terms, Tier};
use pricing::{PriceBuyer, prices};
use serde_json::json;
use terms::{figures, policies};

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
    let days = u16::try_from(company.payment_days).unwrap_or(0);
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
    negotiations::store::insert(tx, &n).await?;
    let offer = negotiation_engine::Offer { expires, ..offer };
    put(tx, ctx, quote, &n, offer).await
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
