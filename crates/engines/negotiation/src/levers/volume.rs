//! The volume lever: the buyer orders more, in whole packs.
//!
//! A deal of several lines first raises the one line on which most is asked; where that is not enough, all lines on
//! which something is asked, by the same multiple. Both conditions get better with quantity along such a path, save for
//! the steps of a supplier's bonus; so the fairness of the asked prices is searched first, and from there profit is
//! tried at the ends and at the bonus steps. What was found is then cut back pack by pack until no line can lose one.

use crate::{
    case::{Case, Deal, Line, PPM, Pay},
    levers::{Candidate, asked_quantities, lowest_prices, meets, payment::earlier_days, start_prices},
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
pub(crate) fn alone(case: &Case<'_>) -> Result<Candidate, Dropped> {
    let sets = raisable_sets(case)?;
    for set in &sets {
        if let Some(deal) = smallest(case, set, case.days) {
            let meets = meets(case, &deal);
            return Ok(Candidate { lever: Lever::Volume, deal, meets });
        }
    }
    let deal = sets.last().and_then(|set| best_price(case, set, case.days)).ok_or(Dropped::NoRoom)?;
    Ok(Candidate { lever: Lever::Volume, deal, meets: false })
}

/// The same with earlier payment: the smallest raise over all allowed days, later days before earlier; else the best
/// price at the largest quantity and the earliest days.
pub(crate) fn with_payment(case: &Case<'_>) -> Result<Candidate, Dropped> {
    let sets = raisable_sets(case)?;
    if case.policy.payment.is_empty() {
        return Err(Dropped::NoRow);
    }
    let set = sets.last().ok_or(Dropped::NothingToMove)?;
    let days: Vec<u16> = earlier_days(case).collect();
    let earliest = *days.last().ok_or(Dropped::NothingToMove)?;
    let mut found: Option<Deal> = None;
    for days in days {
        if let Some(deal) = smallest(case, set, days)
            && found.as_ref().is_none_or(|best| case.net(&deal) < case.net(best))
        {
            found = Some(deal);
        }
    }
    let lever = Lever::VolumePayment;
    if let Some(deal) = found {
        let meets = meets(case, &deal);
        return Ok(Candidate { lever, deal, meets });
    }
    let deal = best_price(case, set, earliest).ok_or(Dropped::NoRoom)?;
    Ok(Candidate { lever, deal, meets: false })
}

/// The sets of lines to raise, by position: the one on which most is asked, then all on which something is asked.
fn raisable_sets(case: &Case<'_>) -> Result<Vec<Vec<usize>>, Dropped> {
    if case.policy.volume.is_none() {
        return Err(Dropped::NoRow);
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
        let line = &case.lines[*at];
        let wanted = i128::from(line.asked) * i128::from(multiple_ppm);
        let packs = crate::case::ceil_divide(wanted, PPM * i128::from(line.granule));
        let quantity = i64::try_from(packs * i128::from(line.granule)).unwrap_or(i64::MAX);
        quantities[*at] = quantity.min(line.most);
    }
    quantities
}

/// The smallest raise at which the asked prices are supported.
fn smallest(case: &Case<'_>, set: &[usize], days: u16) -> Option<Deal> {
    let pay = case.pay(days)?;
    let at = |steps: i64| {
        let quantities = raised(case, set, 1_000_000 + steps * STEP_PPM);
        let prices = start_prices(case, &quantities);
        Deal { quantities, prices, days }
    };
    let last = (case.policy.volume.as_ref()?.multiple_max.ppm() - 1_000_000 + STEP_PPM - 1) / STEP_PPM;
    let fair = |steps: i64| {
        let deal = at(steps);
        let lines = case.lines.iter().zip(deal.quantities.iter().zip(&deal.prices));
        lines.map(|(line, (quantity, price))| case.fair(line, *quantity, *price, pay)).sum::<i128>() >= 0
    };
    let first_fair = first(0, last, fair)?;
    let mut probes = vec![first_fair, last];
    probes
        .extend(set.iter().filter_map(|at| bonus_step(&case.lines[*at])).filter(|at| (first_fair..last).contains(at)));
    probes.sort_unstable();
    let mut below = first_fair;
    for probe in probes {
        if case.supports(&at(probe)) {
            let steps = first(below, probe, |steps| case.supports(&at(steps)))?;
            return cut_back(case, at(steps), set, pay, true);
        }
        below = probe;
    }
    None
}

/// The smallest of `low..=high` for which `holds`, if it holds at `high` and, once it holds, goes on holding.
fn first(mut low: i64, mut high: i64, holds: impl Fn(i64) -> bool) -> Option<i64> {
    if !holds(high) {
        return None;
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(high)
}

/// The step at which a line's bonus begins.
fn bonus_step(line: &Line) -> Option<i64> {
    let from = i128::from(line.bonus_from()?) * PPM / i128::from(line.asked);
    let steps = crate::case::ceil_divide(from - PPM, i128::from(STEP_PPM));
    i64::try_from(steps).ok()
}

/// The lowest price at the largest quantities, then as few packs as carry that price.
fn best_price(case: &Case<'_>, set: &[usize], days: u16) -> Option<Deal> {
    let most = raised(case, set, case.policy.volume.as_ref()?.multiple_max.ppm());
    let deal = lowest_prices(case, most, days)?;
    cut_back(case, deal, set, case.pay(days)?, false)
}

/// Takes packs off the lines of `set` while the deal is still supported; `None` when nothing is left of the raise.
/// With `follow`, a line's price is the start price of its quantity, else it stays.
fn cut_back(case: &Case<'_>, mut deal: Deal, set: &[usize], pay: Pay, follow: bool) -> Option<Deal> {
    let mut sums = Sums { profit: -case.overhead(), fair: 0 };
    for (at, line) in case.lines.iter().enumerate() {
        sums = sums.with(case, line, (deal.quantities[at], deal.prices[at]), pay);
    }
    for _ in 0..(VISITS_MAX / set.len().max(1)).max(TURNS_MIN) {
        let before = deal.quantities.clone();
        for at in set {
            let line = &case.lines[*at];
            let has = (deal.quantities[*at], deal.prices[*at]);
            let others = sums.without(case, line, has, pay);
            let left = fewest(line, has, |quantity, price| {
                let price = match follow {
                    true => line.start(quantity),
                    false => on_tick(case, line, quantity, price),
                };
                let there = others.with(case, line, (quantity, price), pay);
                (there.profit >= 0 && there.fair >= 0 && case.guarded(line, quantity, price)).then_some(price)
            });
            sums = others.with(case, line, left, pay);
            (deal.quantities[*at], deal.prices[*at]) = left;
        }
        if deal.quantities == before {
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

/// Running sums of both conditions.
#[derive(Clone, Copy)]
struct Sums {
    profit: i128,
    fair: i128,
}

impl Sums {
    fn with(self, case: &Case<'_>, line: &Line, (quantity, price): (i64, i64), pay: Pay) -> Self {
        Self {
            profit: self.profit + case.profit(line, quantity, price, pay),
            fair: self.fair + case.fair(line, quantity, price, pay),
        }
    }

    fn without(self, case: &Case<'_>, line: &Line, (quantity, price): (i64, i64), pay: Pay) -> Self {
        Self {
            profit: self.profit - case.profit(line, quantity, price, pay),
            fair: self.fair - case.fair(line, quantity, price, pay),
        }
    }
}
