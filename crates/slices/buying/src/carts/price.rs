//! What a cart costs: pure, from the cart and everything that was looked up for it.

use std::collections::HashMap;
use std::sync::Arc;

use catalog::products::Product;
use kernel::{Amount, Fault, Instant, MoneyError, OfferId, Outcome, ProductId, UnitPrice};
use negotiation::engine::{self, ListLine, ListTerms, Terms, Tier};
use negotiation::offers::AgreedOffer;
use parties::companies::Company;
use pricing_engine::{Resolved, Totals, line_net, tax::TaxRule};

use super::model::{Cart, CartLine, Deal, DealState, LineProblem, PricedCart, PricedLine, Reason};
use super::rules;

/// What was looked up for a cart, from memory or in a transaction.
#[derive(Debug)]
pub struct Facts<'a> {
    /// The buyer's company.
    pub company: &'a Company,
    /// The tax on its orders.
    pub tax: TaxRule,
    /// The products of the cart, as many as there are.
    pub products: HashMap<ProductId, Arc<Product>>,
    /// The buyer's price ladders.
    pub ladders: HashMap<ProductId, Resolved>,
    /// The agreed offers that lines are bound to.
    pub offers: Vec<AgreedOffer>,
    /// Now.
    pub now: Instant,
}

/// Prices a cart.
///
/// # Errors
/// A fault when the sums do not fit an amount (each line that does not is a problem of the line instead).
pub fn price(cart: &Cart, facts: &Facts<'_>) -> Outcome<PricedCart> {
    let currency = facts.company.currency;
    let payment_days = cart.payment_days.unwrap_or(facts.company.payment_days);
    let states = deal_states(cart, facts, payment_days);
    let lines: Vec<PricedLine> = cart.lines.iter().map(|line| price_line(line, facts, &states)).collect();
    let sums = |e: MoneyError| Fault::because("summing a cart", e);
    let nets = lines.iter().filter(|line| line.problem.is_none()).map(|line| line.net);
    let totals = Totals::form(currency, nets, facts.tax).map_err(sums)?;
    let mut saving = Amount::zero(currency);
    for line in lines.iter().filter(|line| line.price != line.list_price && line.problem.is_none()) {
        let list = line_net(line.list_price, line.quantity).unwrap_or(line.net);
        saving = saving.plus(list.minus(line.net).map_err(sums)?).map_err(sums)?;
    }
    let payment_choices = rules::payment_choices(facts.company.payment_days, &facts.offers, facts.now);
    Ok(PricedCart { lines, totals, saving, tax: facts.tax, currency, payment_days, payment_choices })
}

/// The state of each offer that a line is bound to, for the cart as a whole.
fn deal_states(cart: &Cart, facts: &Facts<'_>, payment_days: i64) -> HashMap<OfferId, Option<Vec<engine::Breach>>> {
    let terms = rules::terms(cart, facts.company.currency, payment_days);
    let list = list_terms(cart, facts);
    let state = |offer: &AgreedOffer| {
        let breaches = match offer.used {
            true => None,
            false => Some(engine::holds(&offer.offer, &list, &terms, facts.now).err().map_or(Vec::new(), |b| b.breaches)),
        };
        (offer.id, breaches)
    };
    facts.offers.iter().map(state).collect()
}

fn list_terms(cart: &Cart, facts: &Facts<'_>) -> ListTerms {
    let line = |line: &CartLine| {
        let (product, resolved) = (facts.products.get(&line.product)?, facts.ladders.get(&line.product)?);
        let tiers = resolved.ladder.tiers.iter().map(|tier| Tier { from: tier.from, price: tier.price }).collect();
        Some(ListLine { product: line.product, packing: product.packing, tiers, anchor: None })
    };
    let payment_days = rules::days(facts.company.payment_days);
    ListTerms { currency: facts.company.currency, payment_days, lines: cart.lines.iter().filter_map(line).collect() }
}

fn price_line(
    line: &CartLine,
    facts: &Facts<'_>,
    states: &HashMap<OfferId, Option<Vec<engine::Breach>>>,
) -> PricedLine {
    let currency = facts.company.currency;
    let resolved = facts.ladders.get(&line.product);
    let nothing = UnitPrice::new(0, currency);
    let list_price = resolved.map(|resolved| resolved.ladder.price_at(line.quantity));
    let deal = line.offer.and_then(|id| deal_of(line, id, facts, states));
    let agreed = deal.as_ref().filter(|state| state.holds()).map(|state| state.deal().price);
    // A price list that has become better than the deal is the buyer's gain.
    let price = match (agreed, list_price) {
        (Some(agreed), Some(list)) if list.micros() < agreed.micros() => Some(list),
        (Some(agreed), _) => Some(agreed),
        (None, list) => list,
    };
    let net = price.map(|price| line_net(price, line.quantity));
    let problem = match (rules::problem(facts.products.get(&line.product), line.quantity), &net) {
        (Some(problem), _) => Some(problem),
        (None, None) => Some(LineProblem::NoPrice),
        (None, Some(Err(_))) => Some(LineProblem::TooLarge),
        (None, Some(Ok(_))) => None,
    };
    let by_deal = agreed.is_some() && price == agreed;
    PricedLine {
        id: line.id,
        product: line.product,
        quantity: line.quantity,
        price: price.unwrap_or(nothing),
        list_price: list_price.or(price).unwrap_or(nothing),
        net: net.and_then(Result::ok).unwrap_or(Amount::zero(currency)),
        reason: reason(line, resolved, deal.as_ref().filter(|_| by_deal)),
        deal,
        problem,
    }
}

fn deal_of(
    line: &CartLine,
    id: OfferId,
    facts: &Facts<'_>,
    states: &HashMap<OfferId, Option<Vec<engine::Breach>>>,
) -> Option<DealState> {
    let agreed = facts.offers.iter().find(|offer| offer.id == id)?;
    let deal = deal(agreed, line.product)?;
    Some(match states.get(&id)? {
        None => DealState::Used(deal),
        Some(breaches) if breaches.is_empty() => DealState::Holds(deal),
        Some(breaches) => DealState::Broken { deal, breaches: breaches.clone() },
    })
}

/// What an agreed offer says about one product.
fn deal(agreed: &AgreedOffer, product: ProductId) -> Option<Deal> {
    let Terms { lines, payment_days } = &agreed.offer.terms;
    let place = lines.iter().position(|line| line.product == product)?;
    Some(Deal {
        offer: agreed.id,
        negotiation: agreed.negotiation,
        number: agreed.number,
        price: lines[place].price,
        least: lines[place].quantity,
        up_to: agreed.offer.up_to.get(place).copied().unwrap_or(lines[place].quantity),
        payment_days: i64::from(*payment_days),
        expires: agreed.offer.expires,
        others: lines.iter().map(|line| line.product).filter(|other| *other != product).collect(),
    })
}

fn reason(line: &CartLine, resolved: Option<&Resolved>, deal: Option<&DealState>) -> Reason {
    let deal = deal.map(|state| state.deal().number);
    let Some(resolved) = resolved else { return Reason { deal, ..Reason::default() } };
    let list = resolved.ladder.list_at(line.quantity);
    let considered = resolved.explanation.entries.iter().map(|entry| (entry.list.code.clone(), entry.verdict));
    Reason { list: list.name.clone(), list_names: list.names.clone(), deal, considered: considered.collect() }
}
