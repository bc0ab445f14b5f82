//! A buyer's counter, decided by the engine with the quoted prices in place of list prices.

use db::WriteTx;
use kernel::{Ctx, Outcome, UnitPrice};
use negotiation_engine::{Answer as Outcome_, LineTerms, Offer, Request, Terms};

use super::authority::{From, Known, Quoted, QuotedDeal, When};
use super::store::{self, DecisionRow};
use super::{Answer, Quote, Version, rules};

/// New prices for the open lines that refer to articles with a known cost, when the rules give them by themselves; `None`
/// when a person must decide: because a countered line is none of those, or because the rules say so.
pub(super) async fn decide(
    tx: &WriteTx,
    ctx: &Ctx,
    quote: &Quote,
    standing: &Version,
    targets: &[(i64, UnitPrice)],
) -> Outcome<Option<Vec<(i64, UnitPrice)>>> {
    let costs = store::costs(tx, quote.id, standing.number, quote.currency).await?;
    let open = |answer: &&Answer| {
        let line = quote.line(answer.position);
        let is_open = line.is_some_and(|line| line.offer.is_none()) && !rules::has_lapsed(standing, answer, ctx.now);
        answer.choice == 0 && answer.product.is_some() && is_open
    };
    let answers: Vec<&Answer> = standing.answers.iter().filter(open).collect();
    let quoted = answers.iter().filter_map(|answer| {
        let cost = costs.get(&(answer.position, 0)).copied();
        Some(Quoted { answer, price: answer.price?, cost })
    });
    let quoted: Vec<Quoted<'_>> = quoted.collect();
    let is_about = |position: i64| quoted.iter().any(|quoted| quoted.answer.position == position);
    if !targets.iter().all(|(position, _)| is_about(*position)) || has_twins(&quoted) {
        return Ok(None);
    }
    let when = When { now: ctx.now, today: ctx.today() };
    let known = Known::load(tx, quote, &answers, when).await?;
    let mut deal = known.deal(&quoted, From::Quoted);
    deal.history.rounds = earlier(quote, standing, &quoted, deal.terms.payment_days);
    let request = Request::new(asked(&deal.terms, &quoted, targets));
    let seed = ctx.ids.next_seed();
    let decision =
        negotiation_engine::decide(&deal.policy.policy, &deal.position, &deal.history, &request, ctx.now, seed);
    let row = row(ctx, standing, &deal, &request, seed);
    store::insert_decision(tx, quote.id, &DecisionRow { decision: decision.to_stored(), ..row? }).await?;
    let given = match &decision.outcome {
        Outcome_::Accept(offer) => Some(offer),
        Outcome_::Counter(offers) => offers.iter().find(|offer| is_plain(offer, &request)),
        Outcome_::Escalate(_) | Outcome_::Decline { .. } => None,
    };
    let prices = given.map(|offer| {
        let lines = quoted.iter().zip(&offer.terms.lines);
        lines.map(|(quoted, line)| (quoted.answer.position, line.price)).collect()
    });
    // An offer no better than the quote is no answer to a counter.
    let is_better = |prices: &Vec<(i64, UnitPrice)>| {
        let pairs = prices.iter().zip(&quoted);
        pairs.into_iter().any(|((_, price), quoted)| price.micros() < quoted.price.micros())
    };
    // The buyer may accept single lines of these prices, too: those must hold as well as the whole.
    let holds = |prices: &Vec<(i64, UnitPrice)>| {
        let priced = answers.iter().map(|answer| {
            let price = prices.iter().find(|(position, _)| *position == answer.position).map(|(_, price)| *price);
            Answer { price: price.or(answer.price), ..(*answer).clone() }
        });
        let priced: Vec<Answer> = priced.collect();
        known.look(&priced.iter().collect::<Vec<_>>(), &costs, standing.is_whole).holds_floor
    };
    Ok(prices.filter(is_better).filter(holds))
}

/// A deal knows every product once.
fn has_twins(quoted: &[Quoted<'_>]) -> bool {
    let product = |place: usize| quoted[place].answer.product;
    (0..quoted.len()).any(|place| (0..place).any(|other| product(other) == product(place)))
}

/// Whether the buyer has to do nothing more than was asked.
fn is_plain(offer: &Offer, request: &Request) -> bool {
    let same = |(line, asked): (&LineTerms, &LineTerms)| {
        line.product == asked.product && line.quantity.thousandths() == asked.quantity.thousandths()
    };
    let (lines, asked) = (&offer.terms.lines, &request.terms.lines);
    let days = offer.terms.payment_days == request.terms.payment_days;
    days && offer.terms.extras == request.terms.extras
        && lines.len() == asked.len()
        && lines.iter().zip(asked).all(same)
}

/// The terms asked for: targets where they were named, quoted prices elsewhere.
fn asked(terms: &Terms, quoted: &[Quoted<'_>], targets: &[(i64, UnitPrice)]) -> Terms {
    let line = |(line, quoted): (&LineTerms, &Quoted<'_>)| {
        let target = targets.iter().find(|(position, _)| *position == quoted.answer.position);
        LineTerms { price: target.map_or(line.price, |(_, target)| *target), ..*line }
    };
    Terms::new(terms.lines.iter().zip(quoted).map(line).collect(), terms.payment_days)
}

/// What was asked in answer to earlier versions about the same articles, oldest first: rounds count over versions, so that
/// asking the same again gains nothing.
fn earlier(quote: &Quote, standing: &Version, quoted: &[Quoted<'_>], days: u16) -> Vec<Terms> {
    let of_version = |version: &Version| {
        let counters = quote.counters.iter().filter(|counter| counter.version == version.number);
        let targets: Vec<(i64, UnitPrice)> = counters.map(|counter| (counter.position, counter.target)).collect();
        if targets.is_empty() {
            return None;
        }
        let lines = quoted.iter().map(|quoted| {
            let before = version.answer(quoted.answer.position, 0)?;
            let is_same = before.product == quoted.answer.product;
            let target = targets.iter().find(|(position, _)| *position == quoted.answer.position);
            let price = target.map(|(_, target)| *target).or(before.price).filter(|_| is_same)?;
            Some(LineTerms { product: before.product?, quantity: before.quantity, price })
        });
        Some(Terms::new(lines.collect::<Option<Vec<_>>>()?, days))
    };
    quote.versions.iter().filter(|version| version.number < standing.number).filter_map(of_version).collect()
}

fn row(ctx: &Ctx, standing: &Version, deal: &QuotedDeal, request: &Request, seed: u64) -> Outcome<DecisionRow> {
    let fault = |e: serde_json::Error| kernel::Fault::because("writing down a request", e);
    Ok(DecisionRow {
        number: standing.number,
        at: ctx.now,
        policy: deal.policy.id,
        request: serde_json::to_string(request).map_err(fault)?,
        position: deal.position.to_stored(),
        history: deal.history.to_stored(),
        decision: String::new(),
        seed,
    })
}
