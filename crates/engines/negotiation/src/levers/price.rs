//! The plain price: quantity and payment stay as asked.

use crate::{
    case::Case,
    levers::{Candidate, asked_quantities, lowest_prices, meets},
    offer::Lever,
    trace::Dropped,
};

/// The lowest supported price for the asked quantity and days (the latest allowed days where the asked
/// ones are not).
pub(crate) fn plain(case: &Case<'_>) -> Result<Candidate, Dropped> {
    if !case.policy.plain.offered {
        return Err(Dropped::NoRow);
    }
    let deal = lowest_prices(case, asked_quantities(case), case.days).ok_or(Dropped::NoRoom)?;
    let meets = meets(case, &deal);
    Ok(Candidate { lever: Lever::Plain, deal, meets })
}
