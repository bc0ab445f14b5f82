//! Lines and totals: the two places where money is rounded.

use kernel::{Amount, Currency, MoneyError, Quantity, Rounding, UnitPrice};
use serde::{Deserialize, Serialize};

use crate::tax::TaxRule;

/// What a line comes to: price times quantity, rounded once, half away from zero.
///
/// # Errors
/// [`MoneyError::Overflow`].
pub fn line_net(price: UnitPrice, quantity: Quantity) -> Result<Amount, MoneyError> {
    price.times(quantity, Rounding::HalfUp)
}

/// The sums under the lines. `gross` is always `net` plus `tax`, and `net` the sum of the lines, to the cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// The sum of the lines.
    pub net: Amount,
    /// The tax on it.
    pub tax: Amount,
    /// What is to be paid.
    pub gross: Amount,
}

impl Totals {
    /// Sums `lines` and puts the tax on the sum, rounded once, half away from zero.
    ///
    /// # Errors
    /// [`MoneyError`].
    pub fn form(currency: Currency, lines: impl IntoIterator<Item = Amount>, tax: TaxRule) -> Result<Self, MoneyError> {
        let net = Amount::sum(currency, lines)?;
        let tax = net.portion(tax.rate, Rounding::HalfUp)?;
        Ok(Self { net, tax, gross: net.plus(tax)? })
    }
}
