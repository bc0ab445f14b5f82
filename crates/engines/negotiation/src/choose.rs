//! Which of the levers' offers the buyer sees: at most three that differ in lever (multiple equivalent simultaneous
//! offers: Medvec and Galinsky 2005; Leonardelli, Gu, McRuer, Medvec and Galinsky 2019), ranked by expected seller
//! value, with one plain price kept among them.
//!
//! `value = P(accept) × pocket`. The prior is a straight line, in parts per million:
//! `P = 900,000 − 8 × gap − 250,000 × extra volume − 3,000 × days earlier − burden`, within 20,000 to 950,000, where `gap`
//! is how far the prices lie above the asked ones, `extra volume` the additional list value over the asked one, and `burden`
//! what waiting, other freight, call-offs and growth cost the buyer. A model
//! learnt from outcomes ([`crate::BuyerModel`]) takes its place; it changes the order of offers, never what they are.

use kernel::{Instant, Quantity, Rate, Rounding};

use crate::{
    answer::{concession_left, instead, offer},
    arithmetic::{PPM, nano_per_minor},
    buyer::Features,
    case::{Case, Role, Step},
    evaluate::{amount_of, waterfall},
    levers::{Candidate, candidates},
    offer::{Lever, Offer},
    policy::Objective,
    position::History,
    terms::{Extras, FreightMode},
    trace::{Dropped, Entry, Trace},
};

const CHANCE_BASE: i128 = 900_000;
const CHANCE_PER_GAP: i128 = 8;
const CHANCE_PER_DOUBLE: i128 = 250_000;
const CHANCE_PER_DAY: i128 = 3_000;
const CHANCE_PER_FLEXIBLE_DAY: i128 = 4_000;
const CHANCE_CONSOLIDATED: i128 = 30_000;
const CHANCE_COLLECTED: i128 = 100_000;
const CHANCE_PER_CALL_OFF: i128 = 40_000;
const CHANCE_REBATE: i128 = 100_000;
/// What a look and a refusal in the same negotiation do to the chance of a lever. Invented, as long as nothing is learnt.
const LOOKED_AT_PPM: i64 = 1_250_000;
const TURNED_DOWN_PPM: i64 = 500_000;

/// What the levers came to.
pub(crate) struct Choice {
    /// One to three offers, the best first, or none.
    pub(crate) offers: Vec<Offer>,
    /// How far the prices of the nearest offer lie above the asked ones, in parts per million; `None` without offers.
    pub(crate) gap: Option<i64>,
    /// Whether the budget of concessions took an offer away.
    pub(crate) budget_hit: bool,
}

struct Ranked<'a> {
    candidate: Candidate<'a>,
    gap: i64,
    value: i128,
}

/// Solves every lever, ranks, and chooses.
pub(crate) fn choose(case: &Case<'_>, history: &History, now: Instant, seed: u64, trace: &mut Trace) -> Choice {
    let mut ranked = Vec::new();
    let mut budget_hit = false;
    for (lever, result) in candidates(case) {
        let result = result.and_then(|candidate| within_budget(case, history, candidate));
        match result {
            Ok(candidate) => ranked.push(rank(case, history, candidate, trace)),
            Err(why) => {
                budget_hit |= why == Dropped::Budget;
                trace.note(Entry::LeverDropped { lever, why });
            }
        }
    }
    drop_outdone(&mut ranked, trace);
    ranked.sort_by_key(|ranked| (std::cmp::Reverse(ranked.value), tie(ranked.candidate.lever, seed)));
    let gap = ranked.iter().map(|ranked| ranked.gap).min();
    keep_few(case, &mut ranked, trace);
    let offers = ranked.iter().zip(1..).map(|(ranked, place)| {
        trace.note(Entry::Chosen { lever: ranked.candidate.lever, place });
        standing_or_new(case, history, &ranked.candidate, now, trace)
    });
    Choice { offers: offers.collect(), gap, budget_hit }
}

fn within_budget<'a>(case: &Case<'a>, history: &History, candidate: Candidate<'a>) -> Result<Candidate<'a>, Dropped> {
    let left = concession_left(candidate.case(case), history, &candidate.deal);
    let exceeded = left.is_some_and(|(concession, left)| concession > left);
    if exceeded { Err(Dropped::Budget) } else { Ok(candidate) }
}

fn rank<'a>(case: &Case<'a>, history: &History, candidate: Candidate<'a>, trace: &mut Trace) -> Ranked<'a> {
    let gap = gap_ppm(case, &candidate);
    let chance = preferred(history, candidate.lever, chance_ppm(case, &candidate, gap), trace);
    let waterfall = waterfall(candidate.case(case), &candidate.deal);
    let worth = waterfall.map_or(0, |waterfall| match case.policy.objective {
        Objective::Margin => i128::from(waterfall.pocket.minor()),
        Objective::Revenue => i128::from(waterfall.net.minor()),
    });
    let value = worth * chance;
    if let Some(waterfall) = waterfall {
        trace.note(Entry::Candidate {
            lever: candidate.lever,
            net: waterfall.net,
            pocket: waterfall.pocket,
            margin: waterfall.margin,
            chance: Rate::from_ppm(i64::try_from(chance).unwrap_or(0)),
            value: amount_of(case, value / PPM * nano_per_minor(case.currency), Rounding::Down),
        });
    }
    Ranked { candidate, gap, value }
}

/// How far what a candidate costs lies above what was asked at its own quantities, in parts per million. Goods for free count
/// as money; another product is compared as a whole; goods ordered along are not looked at.
fn gap_ppm(case: &Case<'_>, candidate: &Candidate<'_>) -> i64 {
    let deal = &candidate.deal;
    let (asked, paid) = match candidate.lever {
        Lever::Alternative => (case.asked_net(), candidate.case(case).paid(deal)),
        _ => {
            let lines = case.lines.iter().zip(&deal.quantities);
            let asked: i128 = lines.map(|(line, quantity)| i128::from(*quantity) * i128::from(line.price)).sum();
            (asked, case.paid(deal) - for_free(candidate))
        }
    };
    let ppm = (paid - asked).max(0).saturating_mul(PPM) / asked.max(1);
    i64::try_from(ppm).unwrap_or(i64::MAX)
}

/// The list value of goods that come for free, in billionths.
fn for_free(candidate: &Candidate<'_>) -> i128 {
    let Some(other) = &candidate.other else { return 0 };
    let lines = other.lines.iter().zip(&candidate.deal.quantities).filter(|(line, _)| line.role == Role::Free);
    lines.map(|(line, quantity)| i128::from(*quantity) * i128::from(line.list(*quantity))).sum()
}

/// What a buyer model sees of each offer that can be made.
pub(crate) fn features(case: &Case<'_>) -> Vec<(Lever, Features)> {
    let made = candidates(case).into_iter().filter_map(|(lever, candidate)| Some((lever, candidate.ok()?)));
    made.map(|(lever, candidate)| (lever, seen(case, &candidate, gap_ppm(case, &candidate)))).collect()
}

/// Additional list value over the asked one, and the asked one.
fn extra_value(case: &Case<'_>, candidate: &Candidate<'_>) -> (i128, i128) {
    let asked = case.asked_value().max(1);
    let all = candidate.case(case).list_value(&candidate.deal.quantities) - for_free(candidate);
    ((all - asked).max(0), asked)
}

fn days_earlier(case: &Case<'_>, candidate: &Candidate<'_>) -> i128 {
    i128::from(case.allowed.days.saturating_sub(candidate.deal.step.days))
}

fn seen(case: &Case<'_>, candidate: &Candidate<'_>, gap: i64) -> Features {
    let (extra, asked) = extra_value(case, candidate);
    Features {
        gap,
        extra_value: i64::try_from(extra.saturating_mul(PPM) / asked).unwrap_or(i64::MAX),
        earlier: i64::try_from(days_earlier(case, candidate) * 1_000).unwrap_or(i64::MAX),
        lever: candidate.lever,
    }
}

fn chance_ppm(case: &Case<'_>, candidate: &Candidate<'_>, gap: i64) -> i128 {
    let Some(model) = &case.position.buyer else {
        let (extra, asked) = extra_value(case, candidate);
        let chance = CHANCE_BASE
            - CHANCE_PER_GAP * i128::from(gap)
            - CHANCE_PER_DOUBLE * extra / asked
            - CHANCE_PER_DAY * days_earlier(case, candidate)
            - burden(case, &candidate.deal.step.extras);
        return chance.clamp(20_000, 950_000);
    };
    i128::from(model.chance_ppm(&seen(case, candidate, gap)))
}

/// What the prior takes off for what else is asked of the buyer beyond the ask.
fn burden(case: &Case<'_>, extras: &Extras) -> i128 {
    let asked = &case.asked.extras;
    let waiting = i128::from(extras.flexible_days.saturating_sub(asked.flexible_days)) * CHANCE_PER_FLEXIBLE_DAY;
    let freight = match extras.freight {
        mode if mode == asked.freight => 0,
        FreightMode::Consolidated => CHANCE_CONSOLIDATED,
        FreightMode::Collected => CHANCE_COLLECTED,
        FreightMode::Usual | FreightMode::Free => 0,
    };
    let times = |extras: &Extras| extras.commitment.map_or(1, |commitment| i128::from(commitment.times));
    let committed = (times(extras) - times(asked)).max(0) * CHANCE_PER_CALL_OFF;
    let rebate = if extras.rebate.is_some() { CHANCE_REBATE } else { 0 };
    waiting + freight + committed + rebate
}

/// What the buyer has shown in this negotiation: a lever that was looked at closely is more likely to be taken, one that
/// was turned down less.
fn preferred(history: &History, lever: Lever, chance: i128, trace: &mut Trace) -> i128 {
    let (seen, factor) = if history.turned_down.contains(&lever) {
        ("turned_down", TURNED_DOWN_PPM)
    } else if history.looked_at.contains(&lever) {
        ("looked_at", LOOKED_AT_PPM)
    } else {
        return chance;
    };
    trace.note(Entry::Preference { lever, seen, factor: Rate::from_ppm(factor) });
    (chance * i128::from(factor) / PPM).clamp(20_000, 950_000)
}

/// An offer that asks for as much and gives no more than another is not worth a card.
fn drop_outdone(ranked: &mut Vec<Ranked<'_>>, trace: &mut Trace) {
    let outdone = |one: &Ranked<'_>, by: &Ranked<'_>| {
        if one.candidate.other.is_some() || by.candidate.other.is_some() {
            return false;
        }
        let twin = one.candidate.lever.number() > by.candidate.lever.number();
        let (one, by) = (&one.candidate.deal, &by.candidate.deal);
        let pairs = one.quantities.iter().zip(&by.quantities);
        let no_more = pairs.clone().all(|(one, by)| by <= one);
        let no_dearer = one.prices.iter().zip(&by.prices).all(|(one, by)| by <= one);
        no_more && no_dearer && asks_no_more(&by.step, &one.step) && (one != by || twin)
    };
    let mut at = 0;
    while at < ranked.len() {
        if ranked.iter().any(|other| outdone(&ranked[at], other)) {
            let gone = ranked.remove(at);
            trace.note(Entry::LeverDropped { lever: gone.candidate.lever, why: Dropped::Outdone });
        } else {
            at += 1;
        }
    }
}

/// Whether a step asks no more of the buyer than another, and gives no less beside the price.
fn asks_no_more(one: &Step, than: &Step) -> bool {
    one.days >= than.days && one.extras.asks_no_more_than(&than.extras)
}

/// Keeps the best, and the plain price among them.
fn keep_few(case: &Case<'_>, ranked: &mut Vec<Ranked<'_>>, trace: &mut Trace) {
    let most = usize::try_from(case.policy.limits.offers_max).unwrap_or(3);
    let plain = ranked.iter().position(|ranked| ranked.candidate.lever == Lever::Plain);
    if let Some(plain) = plain.filter(|plain| *plain >= most) {
        ranked.swap(plain, most - 1);
    }
    for gone in ranked.drain(most.min(ranked.len())..) {
        trace.note(Entry::LeverDropped { lever: gone.candidate.lever, why: Dropped::WorthLess });
    }
}

/// A number that orders levers of equal value: by the seed alone.
fn tie(lever: Lever, seed: u64) -> u64 {
    let mut z = seed ^ lever.number().wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z ^ (z >> 27)
}

/// The offer made before with the same lever if it stands and is at least as good for the buyer, else a new one. So an
/// offer is never worsened, and asking the same again does not prolong it.
fn standing_or_new(
    asked: &Case<'_>,
    history: &History,
    candidate: &Candidate<'_>,
    now: Instant,
    trace: &mut Trace,
) -> Offer {
    let (case, deal) = (candidate.case(asked), &candidate.deal);
    let as_good = |standing: &&Offer| {
        let lines = &standing.terms.lines;
        standing.lever == candidate.lever
            && now < standing.expires
            && lines.len() == deal.quantities.len()
            && asks_no_more(&Step { days: standing.terms.payment_days, extras: standing.terms.extras }, &deal.step)
            && lines.iter().enumerate().all(|(at, line)| {
                line.product == case.lines[at].product
                    && line.price.currency() == case.currency
                    && line.quantity.thousandths() <= deal.quantities[at]
                    && line.price.micros() <= deal.prices[at]
                    && Quantity::new(deal.quantities[at], line.quantity.unit()).thousandths() > 0
            })
    };
    match history.standing.iter().find(as_good) {
        Some(standing) => {
            trace.note(Entry::StandingKept { lever: standing.lever });
            standing.clone()
        }
        None if candidate.lever == Lever::Alternative => instead(asked, case, deal, now),
        None => offer(case, candidate.lever, deal, now),
    }
}
