//! The plain price: quantity and everything else stay as asked.

use crate::{
    case::Case,
    levers::{Candidate, Found, asked_quantities, lowest_prices},
    offer::Lever,
    trace::Dropped,
};

/// The lowest supported price for the asked quantity, on what is allowed of the asked conditions.
pub(crate) fn plain<'a>(case: &Case<'a>) -> Found<'a> {
    if !case.policy.plain.offered {
        return Err(Dropped::NoRow);
    }
    let deal = lowest_prices(case, asked_quantities(case), case.allowed).ok_or(Dropped::NoRoom)?;
    Ok(Candidate::new(case, Lever::Plain, deal))
}
