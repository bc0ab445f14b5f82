//! One scripted buyer talks to one policy.
//!
//! floats: utilities of simulated buyers, not money

use kernel::{Amount, Quantity, Rate, Rounding, UnitPrice};
use negotiation_engine::{Answer, Extras, Lever, Offer, Policy, Terms};
use statistics::Random;

use super::buyers::{AtRandom, MinimalConcession, Seen, TimeDependent, TitForTat, Wants};
use super::{BuyerKind, Company, Scene};

/// No buyer asks for more than this discount on the list price: beyond 30 % policies send an ask to a person unread.
const DISCOUNT_MAX: Rate = Rate::from_ppm(280_000);
/// The step of the minimal concession, of the list price.
const STEP_SHARE: f64 = 0.005;
/// How many negotiations a prober spends on searching.
const SEARCHES: usize = 4;

/// How a duel ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Ending {
    /// On the terms of this offer.
    Agreed(Offer),
    /// The engine gave it to a person.
    Person,
    /// The buyer left: for the list price, another supplier, or nothing.
    Walked,
}

/// What came of a duel.
#[derive(Debug, Clone, PartialEq)]
pub struct Duel {
    /// How it ended.
    pub ending: Ending,
    /// How often the buyer asked, in all negotiations.
    pub asks: u32,
    /// The lowest price for the wanted quantity on list terms that a prober was granted or shown.
    pub learnt: Option<UnitPrice>,
}

/// Lets a buyer talk to a policy until they agree, a person takes over, or rounds end; then the buyer takes the best
/// offer if that is better than none.
///
/// In each round the buyer takes the best of the offers where it brings as much as the buyer is going to want next (the
/// acceptance condition AC-next of Baarslag, Hindriks and Jonker 2013); else it asks for a lower price on the terms of
/// that offer, so that trades are taken up.
pub fn duel(scene: &Scene, policy: &Policy, kind: BuyerKind) -> Duel {
    match kind {
        BuyerKind::Boulware => bargain(scene, policy, &mut TimeDependent { beta: 0.2 }),
        BuyerKind::Linear => bargain(scene, policy, &mut TimeDependent { beta: 1.0 }),
        BuyerKind::Conceder => bargain(scene, policy, &mut TimeDependent { beta: 5.0 }),
        BuyerKind::TitForTat => bargain(scene, policy, &mut TitForTat::default()),
        BuyerKind::MinimalConcession => bargain(scene, policy, &mut MinimalConcession::default()),
        BuyerKind::Random => bargain(scene, policy, &mut AtRandom { random: Random::from_seed(scene.seed) }),
        BuyerKind::Prober => probe(scene, policy),
    }
}

fn bargain(scene: &Scene, policy: &Policy, buyer: &mut dyn Wants) -> Duel {
    let mut company = company(scene, policy);
    let rounds_max = scene.rounds_max.min(policy.tactic.rounds_max).max(1);
    let mut ask = scene.plainly(opening(scene));
    let start = Seen {
        time: 0.0,
        opening: scene.buyer_surplus(&ask),
        list: scene.buyer_surplus(&scene.plainly(scene.list_price())),
        best: f64::NEG_INFINITY,
        is_new: false,
        step: STEP_SHARE * net(scene, scene.list_price()),
    };
    let mut best: Option<Offer> = None;
    let mut known: Vec<Offer> = Vec::new();
    for round in 1..=rounds_max {
        let offers = match company.ask(&ask).outcome {
            Answer::Accept(offer) => {
                return Duel { ending: best_or_none(scene, Some(offer)), asks: round, learnt: None };
            }
            Answer::Escalate(_) => return Duel { ending: Ending::Person, asks: round, learnt: None },
            Answer::Counter(offers) => offers,
            Answer::Decline { .. } => Vec::new(),
        };
        let is_new = offers.iter().any(|offer| !known.contains(offer));
        known.extend(offers);
        best = known.iter().max_by(|a, b| surplus(scene, a).total_cmp(&surplus(scene, b))).cloned();
        if round == rounds_max {
            break;
        }
        let brings = best.as_ref().map_or(start.list, |offer| surplus(scene, offer));
        let time = f64::from(round) / f64::from(rounds_max - 1);
        let wanted = buyer.next(&Seen { time, best: brings, is_new, ..start }).max(0.0);
        match best {
            Some(offer) if brings > 0.0 && brings >= wanted => {
                return Duel { ending: Ending::Agreed(offer), asks: round, learnt: None };
            }
            _ => ask = counter(scene, best.as_ref(), wanted),
        }
    }
    Duel { ending: best_or_none(scene, best), asks: rounds_max, learnt: None }
}

/// List terms are no agreement: they need no talks.
fn best_or_none(scene: &Scene, best: Option<Offer>) -> Ending {
    let is_better = |offer: &Offer| offer.lever != Lever::List && surplus(scene, offer) > 0.0;
    best.filter(is_better).map_or(Ending::Walked, Ending::Agreed)
}

fn company<'a>(scene: &Scene, policy: &'a Policy) -> Company<'a> {
    Company::new(policy, scene.position.clone(), scene.now, scene.seed)
}

fn surplus(scene: &Scene, offer: &Offer) -> f64 {
    scene.buyer_surplus(&offer.terms)
}

fn opening(scene: &Scene) -> UnitPrice {
    on_tick(scene.list_price().less(scene.worth.opening, Rounding::Up))
}

/// Buyers think in hundredths of a cent.
fn on_tick(price: UnitPrice) -> UnitPrice {
    price.to_tick(price.currency().micros_per_minor() / 100, Rounding::Down)
}

/// What the wanted quantity costs at a price, in minor units.
fn net(scene: &Scene, price: UnitPrice) -> f64 {
    price.times(scene.wanted, Rounding::HalfUp).map_or(0.0, |amount| amount.minor() as f64)
}

/// The terms of the best offer, or what was wanted from the start, at the price that brings what is wanted now.
fn counter(scene: &Scene, best: Option<&Offer>, wanted: f64) -> Terms {
    let mut terms = best.map_or_else(|| scene.plainly(scene.list_price()), |offer| offer.terms.clone());
    let most = terms.lines[0].price;
    let mut at = |price: UnitPrice| {
        terms.lines[0].price = price;
        scene.buyer_surplus(&terms)
    };
    let (for_free, dearest) = (at(UnitPrice::new(0, most.currency())), at(most));
    // The surplus falls in a straight line as the price rises.
    let share = if for_free > dearest { ((for_free - wanted) / (for_free - dearest)).clamp(0.0, 1.0) } else { 1.0 };
    let price = on_tick(UnitPrice::new((most.micros() as f64 * share) as i64, most.currency()));
    let list = scene.position.list.lines[0].price_at(terms.lines[0].quantity).unwrap_or(most);
    let least = on_tick(list.less(DISCOUNT_MAX, Rounding::Up));
    terms.lines[0].price = if price.micros() < least.micros() { least } else { price };
    terms
}

/// Searches by halves for the lowest price that is granted for the wanted quantity, then asks for it.
fn probe(scene: &Scene, policy: &Policy) -> Duel {
    let mut company = company(scene, policy);
    let (mut low, mut high, mut asks) = (opening(scene), scene.list_price(), 0);
    for _ in 0..SEARCHES {
        while company.rounds() < policy.tactic.rounds_max as usize {
            let middle = on_tick(UnitPrice::new(i64::midpoint(low.micros(), high.micros()), low.currency()));
            asks += 1;
            let is_over = match company.ask(&scene.plainly(middle)).outcome {
                Answer::Accept(offer) => {
                    high = lowest(scene, &[offer]).map_or(high, |shown| lower(shown, high));
                    true
                }
                Answer::Counter(offers) => {
                    high = lowest(scene, &offers).map_or(high, |shown| lower(shown, high));
                    low = lower(middle, high);
                    false
                }
                Answer::Escalate(_) => true,
                Answer::Decline { .. } => false,
            };
            if is_over {
                break;
            }
        }
        company.leave();
        low = opening(scene);
    }
    let ending = match company.ask(&scene.plainly(high)).outcome {
        Answer::Accept(offer) => best_or_none(scene, Some(offer)),
        Answer::Counter(offers) => {
            best_or_none(scene, offers.into_iter().max_by(|a, b| surplus(scene, a).total_cmp(&surplus(scene, b))))
        }
        Answer::Escalate(_) => Ending::Person,
        Answer::Decline { .. } => Ending::Walked,
    };
    Duel { ending, asks: asks + 1, learnt: Some(high) }
}

fn lower(a: UnitPrice, b: UnitPrice) -> UnitPrice {
    if a.micros() <= b.micros() { a } else { b }
}

/// The lowest price among offers that give it for the wanted quantity on list terms.
fn lowest(scene: &Scene, offers: &[Offer]) -> Option<UnitPrice> {
    let gives = |offer: &&Offer| gives(offer, scene.wanted, scene.position.list.payment_days);
    offers.iter().filter(gives).map(|offer| offer.terms.lines[0].price).min_by_key(|price| price.micros())
}

/// Whether an offer gives its price for a quantity, asking for nothing else.
fn gives(offer: &Offer, quantity: Quantity, days: u16) -> bool {
    let from = offer.terms.lines[0].quantity.thousandths();
    let up_to = offer.up_to.first().map_or(from, |most| most.thousandths());
    offer.terms.lines.len() == 1
        && (from..=up_to).contains(&quantity.thousandths())
        && offer.terms.payment_days >= days
        && offer.terms.extras == Extras::default()
}

/// The lowest price that an honest buyer is offered for the wanted quantity on list terms after asking for it at these
/// prices, one after the other, whatever the size of the deal; `None` where none is offered.
pub fn honest_price(scene: &Scene, policy: &Policy, asks: &[UnitPrice]) -> Option<UnitPrice> {
    let mut policy = policy.clone();
    let most = Amount::new(i64::MAX, policy.currency);
    let limits = &mut policy.limits;
    (limits.far, limits.discount_max, limits.worth_deal, limits.worth_customer) = (Rate::ONE, Rate::ONE, most, most);
    (limits.deal_max, limits.offers_max, policy.plain.offered) = (None, 3, true);
    policy.eligibility.deal_min = Amount::zero(policy.currency);
    let mut company = Company::new(&policy, scene.position.clone(), scene.now, scene.seed);
    let mut best: Option<UnitPrice> = None;
    for price in asks {
        let shown = match company.ask(&scene.plainly(*price)).outcome {
            Answer::Accept(offer) => lowest(scene, &[offer]),
            Answer::Counter(offers) => lowest(scene, &offers),
            Answer::Escalate(_) | Answer::Decline { .. } => None,
        };
        best = [best, shown].into_iter().flatten().min_by_key(|price| price.micros());
    }
    best
}
