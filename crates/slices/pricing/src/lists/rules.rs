//! What a price list and a price may be.

use kernel::{Currency, Invalid, Notation, Packing, Quantity, UnitPrice};
use pricing_engine::Tier;

use super::NewList;

/// Most steps of one product.
pub const STEPS_MAX: usize = 100;

/// What is wrong with a new list.
pub(super) fn check(list: &NewList) -> Invalid {
    let mut invalid = Invalid::default();
    let code = list.code.trim();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if code.is_empty() {
        invalid = invalid.and("code", "required", Vec::new());
    } else if code.len() > 40 || !code.chars().all(plain) {
        invalid = invalid.and("code", "price-list-code", Vec::new());
    }
    invalid = check_name(invalid, list.name.first());
    if let (Some(from), Some(until)) = (list.valid_from, list.valid_until)
        && until < from
    {
        invalid = invalid.and("valid_until", "price-list-ends-first", Vec::new());
    }
    invalid
}

/// A list's name is what buyers read beside a price: it cannot be empty, and has to fit on a line.
pub(super) fn check_name(invalid: Invalid, name: &str) -> Invalid {
    if name.trim().is_empty() {
        invalid.and("name", "required", Vec::new())
    } else if name.chars().count() > 80 {
        invalid.and("name", "price-list-name", Vec::new())
    } else {
        invalid
    }
}

/// A step as it was typed by who writes numbers so, for a product packed so and a list in this currency.
///
/// # Errors
/// What is wrong, at `from` and `price`.
pub fn step(
    from: &str,
    price: &str,
    notation: Notation,
    packing: Packing,
    currency: Currency,
) -> Result<Tier, Invalid> {
    let mut invalid = Invalid::default();
    let from = invalid.take("from", Quantity::typed(from, packing.unit, notation));
    let price = invalid.take("price", price_of(price, currency, notation));
    match (from, price) {
        (Some(from), Some(price)) => Ok(Tier { from, price }),
        _ => Err(invalid),
    }
}

/// A price as it was typed: not negative. Zero is a gift, which the guard of prices asks about.
///
/// # Errors
/// What is wrong with it.
pub fn price_of(text: &str, currency: Currency, notation: Notation) -> Result<UnitPrice, kernel::WrongValue> {
    match UnitPrice::typed(text, currency, notation) {
        Ok(price) if price.micros() < 0 => Err(("price-negative", Vec::new())),
        Ok(price) => Ok(price),
        Err(error) => Err(error.into()),
    }
}
