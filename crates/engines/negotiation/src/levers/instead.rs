//! Another product in place of one that is asked: a cheaper one that does the same, or a dearer one that lasts longer.

use kernel::{Quantity, UnitPrice};

use crate::{
    arithmetic::{PPM, ceil_divide},
    case::{Case, Role, goods_are_sound},
    levers::{Candidate, Found, asked_quantities, lowest_prices},
    offer::Lever,
    position::Alternative,
    terms::LineTerms,
    trace::Dropped,
};

/// The alternative that saves the buyer most, at the plain concession of its own list price; `None` where the policy does
/// not know the lever or there is no other product.
pub(crate) fn alone<'a>(case: &Case<'a>) -> Option<(Lever, Found<'a>)> {
    let lever = case.policy.alternative.as_ref()?;
    let list = case.asked_value();
    let dearest = list * i128::from(1_000_000 - lever.saving_min.ppm().max(0)) / PPM;
    let sound = case.position.alternatives.iter().filter(|one| goods_are_sound(case.position, &one.list, &one.line));
    let found = sound.filter_map(|alternative| instead(case, alternative));
    let cheap = found.filter(|candidate| candidate.case(case).net(&candidate.deal) <= dearest.min(list - 1));
    let best = cheap.min_by_key(|candidate| candidate.case(case).net(&candidate.deal));
    if case.position.alternatives.is_empty() {
        return None;
    }
    Some((Lever::Alternative, best.ok_or(Dropped::NoRoom)))
}

fn instead<'a>(case: &Case<'a>, alternative: &Alternative) -> Option<Candidate<'a>> {
    let at = case.position.lines.iter().position(|line| line.product == alternative.of)?;
    let asked = same_work(case, at, alternative)?;
    let other = case.about((&alternative.list, &alternative.line), at, &asked, Role::Asked)?;
    let deal = lowest_prices(&other, &asked_quantities(&other), other.allowed)?;
    let meets = other.net(&deal) <= case.asked_net();
    Some(Candidate { lever: Lever::Alternative, deal, meets, other: Some(Box::new(other)) })
}

/// How much of the alternative does the work of what is asked, and the price at which that costs what the buyer wants to
/// pay; `None` where it cannot be ordered so.
fn same_work(case: &Case<'_>, at: usize, alternative: &Alternative) -> Option<LineTerms> {
    let (line, lasts) = (&case.lines[at], i128::from(alternative.lasts.ppm()));
    if lasts <= 0 {
        return None;
    }
    let needed = i64::try_from(ceil_divide(i128::from(line.asked) * PPM, lasts)).ok()?;
    let packing = alternative.list.packing;
    let quantity = packing.round_up(needed.min(Quantity::THOUSANDTHS_MAX));
    if !(1..=Quantity::THOUSANDTHS_MAX).contains(&quantity) || packing.step <= 0 {
        return None;
    }
    let wanted = i128::from(line.asked) * i128::from(line.price) / i128::from(quantity);
    let price = UnitPrice::new(i64::try_from(wanted).ok()?.min(UnitPrice::MICROS_MAX), case.currency);
    Some(LineTerms { product: alternative.line.product, quantity: Quantity::new(quantity, packing.unit), price })
}
