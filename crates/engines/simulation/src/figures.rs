//! Small statistics that several parts need.
//!
//! floats: statistics, not money

use kernel::{Amount, Currency, Rate};

/// So many deals of the whole market are added to those of a group before its own numbers are believed: a group of 50
/// deals is half its own, half the market's. A linear (Bühlmann) credibility weight `n / (n + 50)`.
pub(crate) const CREDIBLE_COUNT: f64 = 50.0;

/// A group's number, drawn to that of the whole by how few observations it has.
pub(crate) fn shrunk(own: Option<f64>, count: usize, whole: f64) -> f64 {
    let weight = count as f64 / (count as f64 + CREDIBLE_COUNT);
    own.map_or(whole, |own| weight * own + (1.0 - weight) * whole)
}

/// The quantile, linear between neighbours; sorts the values. `None` of nothing.
pub(crate) fn quantile(values: &mut [f64], probability: f64) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let place = probability.clamp(0.0, 1.0) * values.len().saturating_sub(1) as f64;
    let below = *values.get(place as usize)?;
    let above = *values.get(place as usize + 1).unwrap_or(&below);
    Some(below + (above - below) * place.fract())
}

/// The standard deviation of values around zero: the size that 68.27 % of them stay within, as they do of the normal. Up to
/// three in ten may be typing errors, and six in ten may be exactly zero (sold at the usual price).
pub(crate) fn robust_deviation(values: &[f64]) -> Option<f64> {
    let mut sizes: Vec<f64> = values.iter().map(|value| value.abs()).collect();
    quantile(&mut sizes, 0.682_689_492)
}

/// A number with six decimals. So short, it is the same again after a way through JSON.
pub(crate) fn six(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}

/// A share as a rate, rounded to the nearest part per million; 0 when it is not a number.
pub(crate) fn rate(share: f64) -> Rate {
    Rate::from_ppm((share * 1e6).round() as i64)
}

/// Units of the currency as an amount, rounded to the nearest minor unit; stops at the ends.
pub(crate) fn amount(units: f64, currency: Currency) -> Amount {
    Amount::new(minor(units, currency), currency)
}

/// Units of the currency in minor units, rounded to the nearest; stops at the ends.
pub(crate) fn minor(units: f64, currency: Currency) -> i64 {
    (units * 10_f64.powi(currency.exponent() as i32)).round() as i64
}

/// An amount in units of its currency.
pub(crate) fn units(amount: Amount) -> f64 {
    amount.minor() as f64 / 10_f64.powi(amount.currency().exponent() as i32)
}
