//! What an answer costs and leaves, and who may send it. For the seller only.

use std::collections::HashMap;

use catalog::products::Product;
use db::ReadTx;
use kernel::{CompanyId, Date, Failure, Instant, Outcome, Packing, ProductId, Quantity, QuoteId, UnitPrice};
use negotiation::offers;
use negotiation::requests::further::Further;
use negotiation::requests::situation;
use negotiation_engine;
use negotiation_engine::{
    Authority, History, LinePosition, LineTerms, ListLine, ListTerms, Policy, Position, Terms, Tier,
};
use parties::companies::Company;
use pricing::{PriceBuyer, prices};
use terms::{cost_model, costs, figures, policies, support};

use super::store::Costs;
use super::{Answer, Quote};

/// When something is looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct When {
    pub(crate) now: Instant,
    /// The merchant's day.
    pub(crate) today: Date,
}

/// An answer as a line of a deal.
pub(crate) struct Quoted<'a> {
    pub(crate) answer: &'a Answer,
    pub(crate) price: UnitPrice,
    /// What the rep says that it costs.
    pub(crate) cost: Option<UnitPrice>,
}

/// Answers as a deal: what the rules look at.
pub(crate) struct QuotedDeal {
    pub(crate) policy: policies::PolicyVersion,
    pub(crate) position: Position,
    pub(crate) history: History,
    pub(crate) terms: Terms,
}

/// From which price concessions are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum From {
    /// The buyer's list price, where there is one.
    List,
    /// The quoted price: a counter moves away from that.
    Quoted,
}

/// How far answers need somebody's authority: all of them as one deal, and each alternative in its place. What cannot be
/// computed is for the highest.
pub(crate) async fn needs(
    tx: &ReadTx,
    quote: &Quote,
    answers: &[Answer],
    costs: &Costs,
    when: When,
) -> Outcome<Authority> {
    let mut most = Authority::Rep;
    let main = |answer: &&Answer| answer.choice == 0 && answer.price.is_some();
    let mains: Vec<&Answer> = answers.iter().filter(main).collect();
    let mut deals: Vec<Vec<&Answer>> = vec![mains.clone()];
    for alternative in answers.iter().filter(|answer| answer.choice > 0 && answer.price.is_some()) {
        let others = mains.iter().filter(|main| main.position != alternative.position).copied();
        deals.push(others.chain([alternative]).collect());
    }
    for answers in deals.into_iter().filter(|answers| !answers.is_empty()) {
        let cost = |answer: &Answer| costs.get(&(answer.position, answer.choice)).copied();
        let quoted =
            answers.iter().filter_map(|answer| Some(Quoted { answer, price: answer.price?, cost: cost(answer) }));
        let deal = deal(tx, quote, &quoted.collect::<Vec<_>>(), From::List, when).await?;
        let (policy, history) = (&deal.policy.policy, &deal.history);
        let check =
            negotiation_engine::check_counter(policy, &deal.position, history, &deal.terms, Authority::PricingManager);
        most = most.max(check.map_or(Authority::PricingManager, |check| check.needs));
    }
    Ok(most)
}

/// Loads what the rules need to know about answers.
pub(crate) async fn deal(
    tx: &ReadTx,
    quote: &Quote,
    answers: &[Quoted<'_>],
    from: From,
    when: When,
) -> Outcome<QuotedDeal> {
    let company = parties::companies::queries::company(tx, quote.company).await?.ok_or(Failure::NotFound)?;
    let policy = policies::queries::published(tx).await?;
    let ids: Vec<ProductId> = answers.iter().filter_map(|quoted| quoted.answer.product).collect();
    let found = catalog::products::queries::products(tx, &ids).await?;
    let products: HashMap<ProductId, Product> = found.into_iter().map(|product| (product.id, product)).collect();
    let ladders = match from {
        From::List => prices::queries::ladders(tx, &PriceBuyer::of(&company), &ids, when.today).await?,
        From::Quoted => HashMap::new(),
    };
    let facts = catalog::products::queries::seller_facts_many(tx, &ids).await?;
    let own = cost_model::queries::current(tx).await?;
    let (mut list, mut positions, mut terms) = (Vec::new(), Vec::new(), Vec::new());
    for (place, quoted) in answers.iter().enumerate() {
        let product = quoted.answer.product.and_then(|id| products.get(&id));
        let of = of_line(quote.id, place, product);
        let listed = product.and_then(|product| ladders.get(&product.id));
        let listed = listed.map(|resolved| resolved.ladder.price_at(quoted.answer.quantity));
        let price = listed.filter(|list| list.micros() > quoted.price.micros()).unwrap_or(quoted.price);
        let tiers = vec![Tier { from: Quantity::new(1, quoted.answer.quantity.unit()), price }];
        let packing = product.map_or_else(|| Packing::single(quoted.answer.quantity.unit()), |p| p.packing);
        list.push(ListLine { product: of, packing, tiers, anchor: None });
        let facts = product.and_then(|product| facts.get(&product.id));
        let mut position = line_position(of, quoted, product, facts, (quote, &own));
        if let Some(product) = product {
            let asked = (quote.id, quoted.answer.position);
            position.support = support::queries::for_quote(tx, asked, product.id, quote.currency, when.today).await?;
        }
        positions.push(position);
        terms.push(LineTerms { product: of, quantity: quoted.answer.quantity, price: quoted.price });
    }
    let days = u16::try_from(company.payment_days).unwrap_or(0);
    let customer = situation::customer(tx, &company, &policy.policy, when.now).await?;
    // Quoted goods are ordered through the cart, which charges freight as always.
    let list = ListTerms { freight: own.charge(quote.currency), ..ListTerms::new(quote.currency, days, list) };
    let position = situation::position(customer, list, positions, Further::default(), &own, &policy.policy);
    let history = history(tx, &company, &policy.policy, when.now).await?;
    Ok(QuotedDeal { position, history, policy, terms: Terms::new(terms, days) })
}

/// The product of a line; lines without an article, and second lines of the same article, get one that stands for them.
fn of_line(quote: QuoteId, place: usize, product: Option<&Product>) -> ProductId {
    let stands_for = quote.uuid().as_u128().wrapping_add(place as u128 + 1);
    product.map_or_else(|| ProductId::from_uuid(uuid::Uuid::from_u128(stands_for)), |product| product.id)
}

fn line_position(
    of: ProductId,
    quoted: &Quoted<'_>,
    product: Option<&Product>,
    facts: Option<&catalog::products::SellerFacts>,
    (quote, own): (&Quote, &costs::DealCosts),
) -> LinePosition {
    let known = facts.and_then(|facts| facts.cost).map(|cost| costs::convert_price(cost, quote.currency));
    let class = facts.map_or("C", |facts| facts.class.as_str());
    let lead = quoted.answer.lead_days.or(product.map(|product| product.lead_days)).unwrap_or(0);
    let weight = product.map_or(0, |product| product.weight_grams.max(0));
    LinePosition {
        lead_days: u16::try_from(lead).unwrap_or(u16::MAX),
        freight: own.freight(weight, quote.currency),
        ..LinePosition::new(of, class, quoted.cost.or(known), quote.currency)
    }
}

async fn history(tx: &ReadTx, company: &Company, policy: &Policy, now: Instant) -> Outcome<History> {
    let conceded = conceded(tx, company.id, now).await?;
    Ok(History { budget_used: figures::in_currency(conceded, policy.currency), ..History::none(policy.currency) })
}

async fn conceded(tx: &ReadTx, company: CompanyId, now: Instant) -> Outcome<Vec<kernel::Amount>> {
    offers::store::conceded(tx, company, now.plus(-costs::BUDGET_PERIOD)).await
}
