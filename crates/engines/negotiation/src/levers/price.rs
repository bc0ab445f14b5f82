//! The plain price: quantity and everything else stay as asked.

use crate::{
    levers::{Basis, Candidate, Found},
    offer::Lever,
    trace::Dropped,
};

/// The lowest supported price for the asked quantity, on what is allowed of the asked conditions.
pub(super) fn plain<'a>(basis: &Basis<'_, 'a>) -> Found<'a> {
    if !basis.case.policy.plain.offered {
        return Err(Dropped::NoRow);
    }
    let deal = basis.plain.clone().ok_or(Dropped::NoRoom)?;
    Ok(Candidate::new(basis.case, Lever::Plain, deal))
}
