//! What can be offered before anyone asks: only what the give-get table grants for a step of the buyer. The plain concession
//! is for those who ask, so nothing here lowers what an ask would get.

use kernel::Instant;

use crate::{
    answer::{instead, offer},
    case::{Case, Deal},
    levers::{STEP_LEVERS, asked_quantities, instead_of, lowest_prices, raised_to, steps},
    offer::{Lever, Offer},
    policy::{Applied, Policy},
    position::{History, Position},
    terms::{Request, Terms},
};

/// Multiples of the quantity in hand that are looked at, in parts per million.
const MULTIPLES_PPM: [i64; 4] = [1_250_000, 1_500_000, 2_000_000, 3_000_000];

/// Larger quantities at lower prices than the buyer's own price ladder gives: 'at 500 you pay 116.00'. At most three, by
/// rising quantity; empty where the policy offers nothing unasked, or cost is not known. `terms` are what the buyer has in
/// hand (prices in it are not looked at), at list prices.
pub fn volume_steps(
    policy: &Policy,
    position: &Position,
    history: &History,
    terms: &Terms,
    now: Instant,
) -> Vec<Offer> {
    with_case(policy, position, history, terms, |case| {
        let mut found: Vec<Offer> = Vec::new();
        let quantities = MULTIPLES_PPM.into_iter().filter_map(|multiple| raised_to(case, multiple));
        for deal in quantities.filter_map(|quantities| lowest_prices(case, &quantities, case.allowed)) {
            let saves = case.net(&deal) < case.list_value(&deal.quantities);
            let lower = found.last().is_none_or(|before| {
                let prices = before.terms.lines.iter().map(|line| line.price.micros());
                prices.ne(deal.prices.iter().copied())
            });
            let offered = offer(case, Lever::Volume, &deal, now);
            if saves && lower && found.len() < 3 && offered.saving.minor() > 0 {
                found.push(offered);
            }
        }
        found
    })
}

/// What would lower the buyer's total cost, one offer a lever, the largest saving first: a step of volume, earlier payment,
/// later or other delivery, a commitment, a rebate, another product.
pub fn savings(policy: &Policy, position: &Position, history: &History, terms: &Terms, now: Instant) -> Vec<Offer> {
    with_case(policy, position, history, terms, |case| {
        let volume = raised_to(case, MULTIPLES_PPM[1]).and_then(|more| lowest_prices(case, &more, case.allowed));
        let steps = STEP_LEVERS.into_iter().filter_map(|lever| Some((lever, first_step(case, lever)?)));
        let mut found: Vec<Offer> = volume
            .into_iter()
            .map(|deal| (Lever::Volume, deal))
            .chain(steps)
            .filter(|(_, deal)| case.paid(deal) < case.list_value(&deal.quantities))
            .map(|(lever, deal)| offer(case, lever, &deal, now))
            .collect();
        if let Some((_, Ok(other))) = instead_of(case) {
            found.push(instead(case, other.case(case), &other.deal, now));
        }
        found.retain(|offer| offer.saving.minor() > 0);
        found.sort_by_key(|offer| (std::cmp::Reverse(offer.saving.minor()), offer.lever.number()));
        found
    })
}

/// The smallest step of a lever that earns anything.
fn first_step(case: &Case<'_>, lever: Lever) -> Option<Deal> {
    let asked = asked_quantities(case);
    let mut deals = steps(case, lever).into_iter().filter_map(|step| lowest_prices(case, &asked, step));
    deals.find(|deal| case.paid(deal) < case.asked_value())
}

/// Runs `find` on the case in which everything is asked for and nothing is conceded yet.
fn with_case(
    policy: &Policy,
    position: &Position,
    history: &History,
    terms: &Terms,
    find: impl Fn(&Case<'_>) -> Vec<Offer>,
) -> Vec<Offer> {
    if !policy.proactive {
        return Vec::new();
    }
    let mut request = Request::new(terms.clone());
    for line in &mut request.terms.lines {
        line.price = kernel::UnitPrice::new(0, line.price.currency());
    }
    let applied = policy.applied_to(position, &request);
    let applied = Applied { policy: &applied, is_checked: false };
    match Case::after(applied, position, history, &request).map(Case::unasked) {
        Ok(case) if case.cost_known => find(&case),
        _ => Vec::new(),
    }
}
