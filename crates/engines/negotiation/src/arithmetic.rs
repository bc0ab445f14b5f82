//! Whole numbers in which deals are counted.

use kernel::{Currency, Quantity, Rounding};

/// One, in parts per million.
pub(crate) const PPM: i128 = 1_000_000;

/// Billionths of the currency in one minor unit.
pub(crate) fn nano_per_minor(currency: Currency) -> i128 {
    i128::from(currency.micros_per_minor()) * i128::from(Quantity::SCALE)
}

/// Rounded up; the denominator must be positive.
pub(crate) fn ceil_divide(numerator: i128, denominator: i128) -> i128 {
    Rounding::Up.divide(numerator, denominator)
}
