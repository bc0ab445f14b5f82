//! The payment lever: the buyer pays earlier.

use crate::{
    case::{Case, Deal},
    levers::{Candidate, asked_quantities, lowest_prices, meets, start_prices},
    offer::Lever,
    trace::Dropped,
};

/// The days that are earlier than the asked ones, the smallest step first: the latest allowed where the asked ones are
/// not, then the policy's.
pub(crate) fn earlier_days(case: &Case<'_>) -> impl Iterator<Item = u16> {
    let nearest = (case.days < case.days_asked).then_some(case.days);
    let rows = case.policy.payment.iter().rev().map(|row| row.days);
    nearest.into_iter().chain(rows.filter(|days| *days < case.days))
}

/// The latest days at which the asked prices are supported; else the latest with the lowest price that any carries.
pub(crate) fn alone(case: &Case<'_>) -> Result<Candidate, Dropped> {
    if case.policy.payment.is_empty() {
        return Err(Dropped::NoRow);
    }
    let mut best: Option<Deal> = None;
    let mut tried = false;
    for days in earlier_days(case) {
        tried = true;
        let quantities = asked_quantities(case);
        let prices = start_prices(case, &quantities);
        let asked = Deal { quantities, prices, days };
        if case.supports(&asked) {
            let meets = meets(case, &asked);
            return Ok(Candidate { lever: Lever::Payment, deal: asked, meets });
        }
        if let Some(deal) = lowest_prices(case, asked.quantities, days)
            && best.as_ref().is_none_or(|best| case.net(&deal) < case.net(best))
        {
            best = Some(deal);
        }
    }
    match best {
        Some(deal) => Ok(Candidate { lever: Lever::Payment, deal, meets: false }),
        None if tried => Err(Dropped::NoRoom),
        None => Err(Dropped::NothingToMove),
    }
}
