//! Every number that a field shows is accepted back unchanged: in every language, unit, currency and precision, however it is
//! formatted, at every step size.

use kernel::{Amount, Currency, Notation, Quantity, Rate, Unit, UnitPrice, parse_decimal};
use proptest::prelude::*;

use crate::{Language, Locale};

fn locales() -> impl Iterator<Item = Locale> {
    Language::ALL.into_iter().map(|language| Locale::new(language, "Europe/Warsaw"))
}

/// A quantity as pages show it, as scripts write it, and as addresses carry it.
fn shown(locale: &Locale, quantity: Quantity) -> [String; 2] {
    [locale.quantity(quantity), locale.notation().write(&quantity.to_decimal())]
}

fn check_quantity(quantity: Quantity) {
    for locale in locales() {
        for text in shown(&locale, quantity) {
            let back = Quantity::typed(&text, quantity.unit(), locale.notation());
            assert_eq!(back, Ok(quantity), "{text:?} in {:?}", locale.language());
        }
    }
}

#[test]
fn fault_m1_what_the_page_fills_in_comes_back() {
    let metres = |thousandths| Quantity::new(thousandths, Unit::Metre);
    for (quantity, english, polish) in [
        (metres(1_125), "1.125", "1,125"),
        (metres(2_500), "2.5", "2,5"),
        (metres(1_125_000), "1,125", "1125"),
        (metres(12_000_001), "12,000.001", "12\u{a0}000,001"),
        (Quantity::whole(2_500, Unit::Piece), "2,500", "2500"),
    ] {
        let found: Vec<String> = locales().map(|locale| locale.quantity(quantity)).collect();
        assert_eq!(found, [english, polish]);
        check_quantity(quantity);
    }
    let typed =
        |text, language: Language| Quantity::typed(text, Unit::Metre, language.notation()).map(|q| q.thousandths());
    assert_eq!((typed("2,500", Language::Pl), typed("2,500", Language::En)), (Ok(2_500), Ok(2_500_000)));
    let price =
        |text, language: Language| UnitPrice::typed(text, Currency::Eur, language.notation()).map(UnitPrice::micros);
    assert_eq!(price("0,135", Language::Pl), Ok(135_000));
    assert_eq!(
        price("0,135", Language::En).unwrap_err().code(),
        "number-foreign",
        "asked, never a hundred and thirty-five"
    );
}

proptest! {
    #[test]
    fn quantities(step in 1_i64..=1_000, count in 1_i64..=1_000_000_000, unit in 0..Unit::ALL.len()) {
        let unit = Unit::ALL[unit];
        // Every step that the unit knows: a thousandth of a metre, one piece.
        let least = 10_i64.pow(3 - unit.decimals());
        let thousandths = step.saturating_mul(count).saturating_mul(least);
        prop_assume!(thousandths <= Quantity::THOUSANDTHS_MAX);
        check_quantity(Quantity::new(thousandths, unit));
    }

    #[test]
    fn prices_amounts_and_rates(micros in 0..=UnitPrice::MICROS_MAX, minor in any::<i64>(), ppm in -10_000_000_i64..=10_000_000, at in 0..Currency::ALL.len()) {
        let currency = Currency::ALL[at];
        prop_assume!(minor != i64::MIN);
        for locale in locales() {
            let notation = locale.notation();
            let price = UnitPrice::new(micros, currency);
            prop_assert_eq!(UnitPrice::typed(&locale.unit_price(price), currency, notation), Ok(price));
            let amount = Amount::new(minor, currency);
            prop_assert_eq!(Amount::typed(&locale.amount(amount), currency, notation), Ok(amount));
            let rate = Rate::from_ppm(ppm);
            prop_assert_eq!(Rate::typed_percent(&locale.percent(rate), notation), Ok(rate));
            prop_assert_eq!(Rate::typed_percent(&locale.decimal(&rate.to_percent()), notation), Ok(rate));
        }
    }

    #[test]
    fn numbers_of_every_precision(scaled in -1_000_000_000_000_i64..=1_000_000_000_000, decimals in 0_u32..=6) {
        let sign = if scaled < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", scaled.unsigned_abs(), width = decimals as usize + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals as usize);
        let plain = if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") };
        prop_assert_eq!(parse_decimal(&plain, decimals, Notation::Plain), Ok(scaled));
        for locale in locales() {
            prop_assert_eq!(parse_decimal(&locale.decimal(&plain), decimals, locale.notation()), Ok(scaled), "{}", locale.decimal(&plain));
        }
    }

    #[test]
    fn what_was_understood_is_confirmed_by_sending_it_again(text in "[0-9]{1,4}[., ][0-9]{1,3}([., ][0-9]{1,3})?", unit in 0..Unit::ALL.len()) {
        let unit = Unit::ALL[unit];
        for locale in locales() {
            let Err(error) = Quantity::typed(&text, unit, locale.notation()) else { continue };
            let args = error.args();
            let Some((_, understood)) = args.iter().find(|(name, _)| *name == "understood") else { continue };
            let again = Quantity::typed(understood, unit, locale.notation());
            let meant = Quantity::understood(&text, unit, locale.notation());
            prop_assert_eq!(again.map_err(|e| e.code()), meant.map_err(|e| e.code()), "{} was understood as {}", text, understood);
        }
    }
}
