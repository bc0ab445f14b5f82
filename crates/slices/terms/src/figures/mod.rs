//! Figures that mean the same wherever they are shown or decided by.

mod registry;

pub use registry::*;

use i18n::Locale;
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

/// An amount in whole units of its currency, rounded half up, for a glance: 672.98 is 673.
pub fn whole_units(amount: Amount) -> i64 {
    let per_unit = i128::from(1_000_000 / amount.currency().micros_per_minor());
    i64::try_from(Rounding::HalfUp.divide(i128::from(amount.minor()), per_unit)).unwrap_or(i64::MAX)
}

/// How far a price lies under another, for lists and figures.
pub fn discount(price: UnitPrice, list: UnitPrice) -> Rate {
    price.discount_from(list)
}

/// A rate with one decimal of its per cent: what lies behind it is noise in a figure.
pub fn tenths(rate: Rate) -> Rate {
    rounded(rate, 1_000)
}

/// A rate with two decimals of its per cent, for what is decided on: nobody reads four.
pub fn hundredths(rate: Rate) -> Rate {
    rounded(rate, 100)
}

fn rounded(rate: Rate, step: i64) -> Rate {
    let steps = Rounding::HalfUp.divide(i128::from(rate.ppm()), i128::from(step));
    Rate::from_ppm(i64::try_from(steps).unwrap_or(0).saturating_mul(step))
}

/// A share or a margin as analyses show it: always with one decimal, so that a column has one length.
pub fn percent(locale: &Locale, rate: Rate) -> String {
    format!("{}\u{a0}%", one_decimal(locale, rate))
}

/// A difference of two shares, with one decimal: 25.9 % against 26.1 % is 0.2 percentage points, not per cent.
pub fn points(locale: &Locale, rate: Rate) -> String {
    locale.text_with("percentage-points", &[("points", one_decimal(locale, rate).into())])
}

fn one_decimal(locale: &Locale, rate: Rate) -> String {
    let tenths = Rounding::HalfUp.divide(i128::from(rate.ppm()), 1_000);
    let (sign, size) = (if tenths < 0 { "-" } else { "" }, tenths.unsigned_abs());
    locale.decimal(&format!("{sign}{}.{}", size / 10, size % 10))
}

/// A share of an amount in parts per million, for shares of a whole.
pub fn share(part: Amount, whole: Amount) -> Rate {
    if whole.minor() <= 0 {
        return Rate::ZERO;
    }
    let ppm = Rounding::HalfUp.divide(i128::from(part.minor()) * 1_000_000, i128::from(whole.minor()));
    Rate::from_ppm(i64::try_from(ppm).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_have_one_decimal_and_their_differences_are_points() {
        let (en, pl) = (Locale::by_codes("en", "UTC"), Locale::by_codes("pl", "UTC"));
        let cases = [
            (120_000, "12.0", "12,0"),
            (125_499, "12.5", "12,5"),
            (-20_000, "\u{2212}2.0", "\u{2212}2,0"),
            (-400, "0.0", "0,0"),
            (1_000_000, "100.0", "100,0"),
        ];
        for (ppm, english, polish) in cases {
            let rate = Rate::from_ppm(ppm);
            assert_eq!(percent(&en, rate), format!("{english}\u{a0}%"));
            assert_eq!(percent(&pl, rate), format!("{polish}\u{a0}%"));
            for (locale, number) in [(&en, english), (&pl, polish)] {
                let text = points(locale, rate);
                assert!(text.contains(number) && !text.contains('%'), "{text}");
            }
        }
    }

    #[test]
    fn whole_units_are_rounded_and_never_cut_off() {
        let units = |minor, currency| whole_units(Amount::new(minor, currency));
        assert_eq!(units(67_298, Currency::Eur), 673);
        assert_eq!(units(5_467_551, Currency::Eur), 54_676);
        assert_eq!(units(2_193, Currency::Eur), 22);
        assert_eq!(units(-340_549, Currency::Eur), -3_405);
        assert_eq!(units(-350, Currency::Eur), -4, "half goes away from nothing");
        assert_eq!(units(1_234, Currency::Jpy), 1_234);
    }
}
