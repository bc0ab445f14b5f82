//! The volume lever: the buyer orders more, in whole packs.
//!
//! A deal of several lines first raises the one line on which most is asked; where that is not enough, all lines on
//! which something is asked, by the same multiple. Both conditions get better with quantity along such a path, save for
//! the steps of a supplier's bonus; so the fairness of the asked prices is searched first, and from there profit is
//! tried at the ends and at the bonus steps. What was found is then cut back pack by pack until no line can lose one.

use crate::{
    arithmetic::{PPM, ceil_divide},
    case::{Case, Deal, Effect, Line, Step, Sums},
    levers::{Basis, Candidate, Found, asked_quantities, first, first_before, lowest_prices, packs, share::Start},
    offer::Lever,
    trace::Dropped,
};

/// Quantities grow in steps of one per cent of the asked ones, before they are cut back.
const STEP_PPM: i64 = 10_000;
/// Cutting back stops after so many visits to lines. Two turns over all lines are enough but for rare deals, in which
/// one line carries the profit and another the fairness, so that each cut makes room for a smaller one elsewhere.
const VISITS_MAX: usize = 1_000;
/// Every line is visited so often at least.
const TURNS_MIN: usize = 8;

/// The smallest raise at which the asked prices are supported; else the best price at the largest quantity.
pub(super) fn alone<'a>(basis: &Basis<'_, 'a>) -> Found<'a> {
    let (case, sets) = (basis.case, basis.raisable.as_ref().map_err(|why| *why)?);
    for set in sets {
        if let Some(deal) = smallest(case, set, case.allowed) {
            return Ok(Candidate::new(case, Lever::Volume, deal));
        }
    }
    let deal = sets.last().and_then(|set| best_price(case, set, case.allowed)).ok_or(Dropped::NoRoom)?;
    Ok(Candidate { lever: Lever::Volume, deal, meets: false, other: None })
}

/// The same with a step of another lever: the smallest raise over all of them, small steps before large ones; else the
/// best price at the largest quantity and the last step.
pub(super) fn with_steps<'a>(basis: &Basis<'_, 'a>, lever: Lever, steps: &[Step]) -> Found<'a> {
    let (case, sets) = (basis.case, basis.raisable.as_ref().map_err(|why| *why)?);
    let set = sets.last().ok_or(Dropped::NothingToMove)?;
    let last = *steps.last().ok_or(Dropped::NothingToMove)?;
    let mut found: Option<Deal> = None;
    for step in steps {
        if let Some(deal) = smallest(case, set, *step)
            && found.as_ref().is_none_or(|best| case.net(&deal) < case.net(best))
        {
            found = Some(deal);
        }
    }
    if let Some(deal) = found {
        return Ok(Candidate::new(case, lever, deal));
    }
    let deal = best_price(case, set, last).ok_or(Dropped::NoRoom)?;
    Ok(Candidate { lever, deal, meets: false, other: None })
}

/// The asked quantities of all lines that can be raised, times a multiple, in whole packs; `None` where nothing can be.
pub(crate) fn raised_to(case: &Case<'_>, multiple_ppm: i64) -> Option<Vec<i64>> {
    let sets = raisable_sets(case).ok()?;
    let quantities = raised(case, sets.last()?, multiple_ppm);
    (quantities != asked_quantities(case)).then_some(quantities)
}

/// The sets of lines to raise, by position: the one on which most is asked, then all on which something is asked.
pub(super) fn raisable_sets(case: &Case<'_>) -> Result<Vec<Vec<usize>>, Dropped> {
    if case.policy.volume.is_none() {
        return Err(Dropped::NoRow);
    }
    if case.is_fixed {
        return Err(Dropped::Fixed);
    }
    let raisable = |at: &usize| case.lines[*at].most > case.lines[*at].asked;
    let concession = |line: &Line| i128::from(line.asked) * i128::from(line.list(line.asked) - line.price);
    let open: Vec<usize> = (0..case.lines.len()).filter(raisable).collect();
    let asking: Vec<usize> = open.iter().copied().filter(|at| concession(&case.lines[*at]) > 0).collect();
    let all = if asking.is_empty() { open } else { asking };
    let lead = all.iter().copied().max_by_key(|at| (concession(&case.lines[*at]), std::cmp::Reverse(*at)));
    match lead {
        None => Err(Dropped::NothingToMove),
        Some(lead) if all.len() > 1 => Ok(vec![vec![lead], all]),
        Some(_) => Ok(vec![all]),
    }
}

/// Quantities with the lines of `set` raised to `multiple` of what is asked, in whole packs, within reach.
fn raised(case: &Case<'_>, set: &[usize], multiple_ppm: i64) -> Vec<i64> {
    let mut quantities = asked_quantities(case);
    for at in set {
        quantities[*at] = raised_line(&case.lines[*at], multiple_ppm);
    }
    quantities
}

fn raised_line(line: &Line, multiple_ppm: i64) -> i64 {
    let wanted = i128::from(line.asked) * i128::from(multiple_ppm);
    let packs = packs(wanted, i64::try_from(PPM * i128::from(line.granule)).unwrap_or(i64::MAX));
    packs.saturating_mul(line.granule).min(line.most)
}

/// The smallest raise at which the asked prices are supported.
fn smallest(case: &Case<'_>, set: &[usize], step: Step) -> Option<Deal> {
    let effect = case.effect(step)?;
    let last = (case.policy.volume.as_ref()?.multiple_max.ppm() - 1_000_000 + STEP_PPM - 1) / STEP_PPM;
    let multiple = |steps: i64| 1_000_000 + steps * STEP_PPM;
    let start = |line: &Line, quantity: i64| (quantity, case.start(line, quantity, &effect));
    let raisable = || set.iter().map(|at| &case.lines[*at]);
    // Lines that are not raised add the same to every raise, so they are summed once.
    let mut others = Sums::default();
    for (at, line) in case.lines.iter().enumerate() {
        if set.binary_search(&at).is_err() {
            others = others.with(case, line, start(line, line.asked), &effect);
        }
    }
    let balance = |steps: i64| {
        let raise = |line: &Line| start(line, raised_line(line, multiple(steps)));
        let sums = raisable().fold(others, |sums, line| sums.with(case, line, raise(line), &effect));
        case.balance(&sums, &effect)
    };
    let fair = |steps: i64| balance(steps).1 >= 0;
    let supported = |steps: i64| {
        let (profit, fair) = balance(steps);
        profit >= 0 && fair >= 0
    };
    let first_fair = first(0, last, fair)?;
    let mut probes = vec![first_fair, last];
    let bonuses = raisable().flat_map(bonus_steps);
    probes.extend(bonuses.filter(|at| (first_fair..last).contains(at)));
    probes.sort_unstable();
    let mut below = first_fair;
    for probe in probes {
        if supported(probe) {
            let steps = first_before(below, probe, supported);
            let deal = Start::new(case, &raised(case, set, multiple(steps)), step)?.deal();
            return cut_back(case, deal, set, &effect, true);
        }
        below = probe;
    }
    None
}

/// The steps at which a line's bonuses begin.
fn bonus_steps(line: &Line) -> impl Iterator<Item = i64> {
    line.bonus_from().filter_map(|from| {
        let multiple = i128::from(from) * PPM / i128::from(line.asked);
        let steps = ceil_divide(multiple - PPM, i128::from(STEP_PPM));
        i64::try_from(steps).ok()
    })
}

/// The lowest price at the largest quantities, then as few packs as carry that price.
fn best_price(case: &Case<'_>, set: &[usize], step: Step) -> Option<Deal> {
    let most = raised(case, set, case.policy.volume.as_ref()?.multiple_max.ppm());
    let deal = lowest_prices(case, &most, step)?;
    cut_back(case, deal, set, &case.effect(step)?, false)
}

/// Takes packs off the lines of `set` while the deal is still supported; `None` when nothing is left of the raise.
/// With `follow`, a line's price is the start price of its quantity, else it stays.
fn cut_back(case: &Case<'_>, mut deal: Deal, set: &[usize], effect: &Effect, follow: bool) -> Option<Deal> {
    let mut sums = case.sums(deal.quantities.iter().copied().zip(deal.prices.iter().copied()), effect);
    for _ in 0..(VISITS_MAX / set.len().max(1)).max(TURNS_MIN) {
        let mut is_cut = false;
        for at in set {
            let line = &case.lines[*at];
            let has = (deal.quantities[*at], deal.prices[*at]);
            let others = sums.without(case, line, has, effect);
            let left = fewest(line, has, |quantity, price| {
                let price = match follow {
                    true => case.start(line, quantity, effect),
                    false => on_tick(case, line, quantity, price),
                };
                let there = others.with(case, line, (quantity, price), effect);
                (case.holds(&there, effect) && line.guarded(quantity, price)).then_some(price)
            });
            if left.0 != has.0 {
                is_cut = true;
                sums = others.with(case, line, left, effect);
                (deal.quantities[*at], deal.prices[*at]) = left;
            }
        }
        if !is_cut {
            break;
        }
    }
    let any_raised = case.lines.iter().zip(&deal.quantities).any(|(line, quantity)| *quantity > line.asked);
    any_raised.then_some(deal)
}

/// A price that stays while the quantity falls: it may have been the list price of the larger quantity, off the ticks.
fn on_tick(case: &Case<'_>, line: &Line, quantity: i64, price: i64) -> i64 {
    let list = line.list(quantity);
    if price == line.price || price == list { price } else { case.tick_up(price, list) }
}

/// The fewest packs of one line for which `price_if_kept` still gives a price, by halving steps down to one pack.
fn fewest(line: &Line, has: (i64, i64), price_if_kept: impl Fn(i64, i64) -> Option<i64>) -> (i64, i64) {
    let (mut quantity, mut price) = has;
    let mut packs = (quantity - line.asked + line.granule - 1) / line.granule;
    while packs > 0 && quantity > line.asked {
        let fewer = quantity.saturating_sub(packs.saturating_mul(line.granule)).max(line.asked);
        match price_if_kept(fewer, price) {
            Some(there) => (quantity, price) = (fewer, there),
            None => packs /= 2,
        }
    }
    (quantity, price)
}
