//! Amounts and unit prices as integers with a currency.

use serde::{Deserialize, Serialize};

use crate::decimal::{DecimalError, Notation, parse_decimal};
use crate::{Quantity, Rate};

/// An ISO 4217 currency that Kontor can trade in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[expect(missing_docs, reason = "the variants are the ISO 4217 codes themselves")]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    Eur,
    Usd,
    Gbp,
    Pln,
    Nok,
    Sek,
    Dkk,
    Czk,
    Chf,
    Huf,
    Ron,
    Cny,
    Jpy,
}

impl Currency {
    /// Every currency, in the order of the variants.
    pub const ALL: [Self; 13] = [
        Self::Eur,
        Self::Usd,
        Self::Gbp,
        Self::Pln,
        Self::Nok,
        Self::Sek,
        Self::Dkk,
        Self::Czk,
        Self::Chf,
        Self::Huf,
        Self::Ron,
        Self::Cny,
        Self::Jpy,
    ];

    /// The ISO 4217 code, e.g. `EUR`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Eur => "EUR",
            Self::Usd => "USD",
            Self::Gbp => "GBP",
            Self::Pln => "PLN",
            Self::Nok => "NOK",
            Self::Sek => "SEK",
            Self::Dkk => "DKK",
            Self::Czk => "CZK",
            Self::Chf => "CHF",
            Self::Huf => "HUF",
            Self::Ron => "RON",
            Self::Cny => "CNY",
            Self::Jpy => "JPY",
        }
    }

    /// Decimals of the minor unit by ISO 4217 (2 for most, 0 for JPY).
    pub fn exponent(self) -> u32 {
        if self == Self::Jpy { 0 } else { 2 }
    }

    /// The currency with this ISO 4217 code, in any case.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.code().eq_ignore_ascii_case(code.trim()))
    }

    /// Millionths of the currency in one minor unit: 10,000 for EUR, 1,000,000 for JPY.
    pub fn micros_per_minor(self) -> i64 {
        match self.exponent() {
            0 => 1_000_000,
            2 => 10_000,
            other => 10_i64.pow(6 - other),
        }
    }
}

/// How to round where a line or a total is formed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// Half away from zero, as on invoices (commercial rounding).
    HalfUp,
    /// Towards negative infinity.
    Down,
    /// Towards positive infinity.
    Up,
}

impl Rounding {
    /// `numerator / denominator` rounded; the denominator must be positive.
    // In line, so that only the asked rounding is left of it: a decision divides hundreds of times.
    #[inline]
    pub fn divide(self, numerator: i128, denominator: i128) -> i128 {
        assert!(denominator > 0, "rounding divides by a positive number");
        // Most numbers are small, and dividing them as such is several times quicker.
        let floor = match (i64::try_from(numerator), i64::try_from(denominator)) {
            (Ok(numerator), Ok(denominator)) => i128::from(numerator.div_euclid(denominator)),
            _ => numerator.div_euclid(denominator),
        };
        let rest = numerator - floor * denominator;
        match self {
            Self::Down => floor,
            Self::Up => floor + i128::from(rest != 0),
            Self::HalfUp if numerator >= 0 => floor + i128::from(rest * 2 >= denominator),
            Self::HalfUp => floor + i128::from(rest * 2 > denominator),
        }
    }
}

/// Why a sum of money could not be formed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyError {
    /// Two currencies met.
    CurrencyMismatch,
    /// The result does not fit; nothing is ever wrapped or cut off.
    Overflow,
}

impl std::fmt::Display for MoneyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::CurrencyMismatch => "two currencies were mixed",
            Self::Overflow => "the amount is too large",
        })
    }
}

impl std::error::Error for MoneyError {}

/// A sum of money in the currency's minor unit (cents).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Amount {
    minor: i64,
    currency: Currency,
}

impl Amount {
    /// `minor` minor units (cents) of `currency`.
    pub fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing of `currency`.
    pub fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// The minor units (cents).
    pub fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// Sum; both must be of one currency.
    ///
    /// # Errors
    /// [`MoneyError`].
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.combine(other, i64::checked_add)
    }

    /// Difference; both must be of one currency.
    ///
    /// # Errors
    /// [`MoneyError`].
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.combine(other, i64::checked_sub)
    }

    fn combine(self, other: Self, op: fn(i64, i64) -> Option<i64>) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch);
        }
        op(self.minor, other.minor).map(|minor| Self { minor, ..self }).ok_or(MoneyError::Overflow)
    }

    /// The sum of `amounts`, or zero of `currency` when there are none.
    ///
    /// # Errors
    /// [`MoneyError`].
    pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(Self::zero(currency), Self::plus)
    }

    /// `rate` of this amount, e.g. the tax on it.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn portion(self, rate: Rate, rounding: Rounding) -> Result<Self, MoneyError> {
        let minor = rounding.divide(i128::from(self.minor) * i128::from(rate.ppm()), 1_000_000);
        i64::try_from(minor).map(|minor| Self { minor, ..self }).map_err(|_| MoneyError::Overflow)
    }

    /// Splits by weight without losing a cent: shares follow running totals, so they always sum to `self`.
    /// With all weights zero the whole goes to the first share. Empty weights give no shares.
    pub fn allocate(self, weights: &[u64]) -> Vec<Self> {
        let total: i128 = weights.iter().map(|w| i128::from(*w)).sum();
        assert!(total <= i128::from(i64::MAX), "weights are quantities or cents, their sum fits 63 bits");
        let (mut seen, mut given) = (0_i128, 0_i128);
        weights
            .iter()
            .map(|weight| {
                seen += i128::from(*weight);
                let upto = match total {
                    0 => i128::from(self.minor),
                    _ => (i128::from(self.minor) * seen).div_euclid(total),
                };
                let share = upto - given;
                given = upto;
                let minor = i64::try_from(share).expect("a share is no larger than the whole");
                Self { minor, ..self }
            })
            .collect()
    }

    /// Plain decimal text without currency or grouping, e.g. `1234.50`.
    pub fn to_decimal(self) -> String {
        plain(i128::from(self.minor), self.currency.exponent(), self.currency.exponent())
    }

    /// Parses what a program wrote; see [`parse_decimal`].
    ///
    /// # Errors
    /// [`DecimalError`].
    pub fn parse(text: &str, currency: Currency) -> Result<Self, DecimalError> {
        Self::typed(text, currency, Notation::Plain)
    }

    /// Parses what a person typed, in the person's own notation.
    ///
    /// # Errors
    /// [`DecimalError`].
    pub fn typed(text: &str, currency: Currency, notation: Notation) -> Result<Self, DecimalError> {
        parse_decimal(text, currency.exponent(), notation).map(|minor| Self { minor, currency })
    }
}

impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.to_decimal(), self.currency.code())
    }
}

/// A net price of one unit of measure, in millionths of the currency (six decimals).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UnitPrice {
    micros: i64,
    currency: Currency,
}

impl UnitPrice {
    /// The largest price that anything may carry: one thousand million of the currency per unit.
    pub const MICROS_MAX: i64 = 1_000_000_000_000_000;

    /// `micros` millionths of `currency` per unit.
    pub fn new(micros: i64, currency: Currency) -> Self {
        Self { micros, currency }
    }

    /// Millionths of the currency per unit.
    pub fn micros(self) -> i64 {
        self.micros
    }

    /// The currency.
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// `quantity` units at this price, rounded to the currency's minor unit.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn times(self, quantity: Quantity, rounding: Rounding) -> Result<Amount, MoneyError> {
        let scale = i128::from(self.currency.micros_per_minor()) * i128::from(Quantity::SCALE);
        let minor = rounding.divide(i128::from(self.micros) * i128::from(quantity.thousandths()), scale);
        i64::try_from(minor).map(|minor| Amount::new(minor, self.currency)).map_err(|_| MoneyError::Overflow)
    }

    /// This price less `rate` of it, in millionths.
    pub fn less(self, rate: Rate, rounding: Rounding) -> Self {
        let keep = 1_000_000 - i128::from(rate.ppm());
        let micros = rounding.divide(i128::from(self.micros) * keep, 1_000_000);
        Self { micros: i64::try_from(micros).unwrap_or(i64::MAX), ..self }
    }

    /// This price rounded to whole ticks of `tick_micros`.
    #[inline]
    pub fn to_tick(self, tick_micros: i64, rounding: Rounding) -> Self {
        assert!(tick_micros > 0, "a tick is a positive step");
        let ticks = rounding.divide(i128::from(self.micros), i128::from(tick_micros));
        Self { micros: i64::try_from(ticks * i128::from(tick_micros)).unwrap_or(i64::MAX), ..self }
    }

    /// How far this price lies below `reference`, as a rate of the reference; negative when above.
    /// Zero when the reference is not positive.
    pub fn discount_from(self, reference: Self) -> Rate {
        if reference.micros <= 0 {
            return Rate::ZERO;
        }
        let gap = i128::from(reference.micros) - i128::from(self.micros);
        let ppm = Rounding::HalfUp.divide(gap * 1_000_000, i128::from(reference.micros));
        Rate::from_ppm(i64::try_from(ppm).unwrap_or(i64::MAX))
    }

    /// Plain decimal text without currency: at least the currency's decimals, at most six, e.g. `110.00`, `0.0425`.
    pub fn to_decimal(self) -> String {
        plain(i128::from(self.micros), 6, self.currency.exponent())
    }

    /// Parses what a program wrote; see [`parse_decimal`].
    ///
    /// # Errors
    /// [`DecimalError`]; `TooLarge` beyond [`Self::MICROS_MAX`].
    pub fn parse(text: &str, currency: Currency) -> Result<Self, DecimalError> {
        Self::typed(text, currency, Notation::Plain)
    }

    /// Parses what a person typed, in the person's own notation.
    ///
    /// # Errors
    /// [`DecimalError`]; `TooLarge` beyond [`Self::MICROS_MAX`].
    pub fn typed(text: &str, currency: Currency, notation: Notation) -> Result<Self, DecimalError> {
        let micros = parse_decimal(text, 6, notation)?;
        if micros.abs() > Self::MICROS_MAX {
            return Err(DecimalError::TooLarge);
        }
        Ok(Self { micros, currency })
    }
}

impl std::fmt::Display for UnitPrice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.to_decimal(), self.currency.code())
    }
}

/// `value / 10^scale` as text with between `least` and `scale` decimals.
fn plain(value: i128, scale: u32, least: u32) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let power = 10_u128.pow(scale);
    let (whole, fraction) = (value.unsigned_abs() / power, value.unsigned_abs() % power);
    if scale == 0 {
        return format!("{sign}{whole}");
    }
    let mut fraction = format!("{fraction:0width$}", width = scale as usize);
    while fraction.len() > least as usize && fraction.ends_with('0') {
        fraction.pop();
    }
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Unit;
    use proptest::prelude::*;

    #[test]
    fn price_times_quantity_rounds_once() {
        let price = UnitPrice::parse("0.0425", Currency::Eur).unwrap();
        let amount = price.times(Quantity::whole(100, Unit::Piece), Rounding::HalfUp).unwrap();
        assert_eq!(amount.to_string(), "4.25 EUR");
        assert_eq!(price.to_string(), "0.0425 EUR");
        assert_eq!(UnitPrice::parse("110", Currency::Eur).unwrap().to_string(), "110.00 EUR");
        assert_eq!(UnitPrice::parse("110", Currency::Jpy).unwrap().to_string(), "110 JPY");
    }

    #[test]
    fn rounding_is_half_away_from_zero() {
        assert_eq!(Rounding::HalfUp.divide(5, 10), 1);
        assert_eq!(Rounding::HalfUp.divide(-5, 10), -1);
        assert_eq!(Rounding::HalfUp.divide(-4, 10), 0);
        assert_eq!(Rounding::Down.divide(-1, 10), -1);
        assert_eq!(Rounding::Up.divide(1, 10), 1);
    }

    #[test]
    fn currencies_never_mix() {
        let mixed = Amount::new(1, Currency::Eur).plus(Amount::new(1, Currency::Pln));
        assert_eq!(mixed, Err(MoneyError::CurrencyMismatch));
    }

    proptest! {
        #[test]
        fn allocation_loses_nothing(minor in -1_000_000_000_i64..1_000_000_000, weights in proptest::collection::vec(0_u64..1_000_000_000, 1..20)) {
            let whole = Amount::new(minor, Currency::Eur);
            let shares = whole.allocate(&weights);
            prop_assert_eq!(Amount::sum(Currency::Eur, shares).unwrap(), whole);
        }

        #[test]
        fn decimal_text_reads_back(micros in -UnitPrice::MICROS_MAX..UnitPrice::MICROS_MAX) {
            let price = UnitPrice::new(micros, Currency::Eur);
            prop_assert_eq!(UnitPrice::parse(&price.to_decimal(), Currency::Eur), Ok(price));
        }
    }
}
