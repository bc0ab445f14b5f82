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

/// The latest days at which the asked prices are supported; else the latest with the lowest price that any carries,
/// where that is lower than without the lever.
pub(crate) fn alone(case: &Case<'_>) -> Result<Candidate, Dropped> {
    if case.policy.payment.is_empty() {
        return Err(Dropped::NoRow);
    }
    let mut best = Err(Dropped::NothingToMove);
    let mut bar = match case.days == case.days_asked {
        true => lowest_prices(case, asked_quantities(case), case.days).map(|deal| case.net(&deal)),
        false => None,
    };
    for days in earlier_days(case) {
        let quantities = asked_quantities(case);
        let prices = start_prices(case, &quantities);
        let asked = Deal { quantities, prices, days };
        if case.supports(&asked) {
            let meets = meets(case, &asked);
            return Ok(Candidate { lever: Lever::Payment, deal: asked, meets });
        }
        let lower =
            lowest_prices(case, asked.quantities, days).filter(|deal| bar.is_none_or(|bar| case.net(deal) < bar));
        if let Some(deal) = lower {
            bar = Some(case.net(&deal));
            best = Ok(Candidate { lever: Lever::Payment, deal, meets: false });
        } else if best.is_err() {
            best = Err(Dropped::NoRoom);
        }
    }
    best
}
