//! Pure rules of the desk: what a decision must say.

use kernel::{Invalid, Rate, Rounding, UnitPrice};
use negotiation_engine::{ListTerms, Terms};

/// A price so far under another, rounded up to the currency's minor unit where that is small beside it.
pub fn discounted(list: UnitPrice, off: Rate) -> UnitPrice {
    let left = i128::from(Rate::ONE.ppm().saturating_sub(off.ppm()).max(0));
    let micros = Rounding::Up.divide(i128::from(list.micros()) * left, i128::from(Rate::ONE.ppm()));
    let price = UnitPrice::new(i64::try_from(micros).unwrap_or(list.micros()), list.currency());
    let tick = list.currency().micros_per_minor();
    if list.micros() >= 100 * tick { price.to_tick(tick, Rounding::Up) } else { price }
}

/// What is wrong with terms that a person types, at `lines[n].quantity`, `lines[n].price` and `payment_days`.
pub fn check_terms(terms: &Terms, list: &ListTerms) -> Invalid {
    let mut invalid = Invalid::default();
    for (at, (line, list_line)) in terms.lines.iter().zip(&list.lines).enumerate() {
        if let Err(error) = list_line.packing.check(line.quantity) {
            invalid = invalid.and(format!("lines[{at}].quantity"), error.code(), error.args());
            continue;
        }
        let field = format!("lines[{at}].price");
        let most = list_line.price_at(line.quantity);
        if line.price.currency() != list.currency {
            let args = vec![("currency", list.currency.code().to_owned())];
            invalid = invalid.and(field, "price-currency", args);
        } else if line.price.micros() <= 0 {
            invalid = invalid.and(field, "price-positive", Vec::new());
        } else if let Some(most) = most.filter(|most| line.price.micros() > most.micros()) {
            invalid = invalid.and(field, "counter-above-list", vec![("list", most.to_decimal())]);
        }
    }
    invalid
}
