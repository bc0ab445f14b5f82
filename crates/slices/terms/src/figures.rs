//! Figures that mean the same wherever they are shown or decided by.

use kernel::{Amount, Currency, Outcome, Rate, Rounding, UnitPrice};
use negotiation_engine::Terms;

use crate::costs;

/// The net value of terms: each line rounded half up, as invoiced.
pub fn net(terms: &Terms, currency: Currency) -> Outcome<Amount> {
    let lines = terms.lines.iter().map(|line| line.price.times(line.quantity, Rounding::HalfUp));
    Ok(Amount::sum(currency, lines.collect::<Result<Vec<_>, _>>()?)?)
}

/// A sum of amounts in several currencies, by the reference rates.
pub fn in_currency(amounts: Vec<Amount>, currency: Currency) -> Amount {
    let minor = amounts.into_iter().map(|amount| costs::convert(amount, currency).minor());
    Amount::new(minor.fold(0_i64, i64::saturating_add), currency)
}

/// How far a price lies under another, for lists and figures.
pub fn discount(price: UnitPrice, list: UnitPrice) -> Rate {
    price.discount_from(list)
}

/// A share of an amount in parts per million, for shares of a whole.
pub fn share(part: Amount, whole: Amount) -> Rate {
    if whole.minor() <= 0 {
        return Rate::ZERO;
    }
    let ppm = Rounding::HalfUp.divide(i128::from(part.minor()) * 1_000_000, i128::from(whole.minor()));
    Rate::from_ppm(i64::try_from(ppm).unwrap_or(0))
}
