//! Pure rules of changing many prices.

use kernel::{Rate, Rounding, UnitPrice};

/// What a new price is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The present price, raised by the rate (lowered by one below zero).
    Price,
    /// The cost, raised by the rate.
    Cost,
    /// The cost, so that the rate is left of the price.
    Margin,
}

impl Basis {
    /// Every basis.
    pub const ALL: [Self; 3] = [Self::Price, Self::Cost, Self::Margin];

    /// The code in forms; `price-bulk-basis-<code>` is the key of its words.
    pub fn code(self) -> &'static str {
        match self {
            Self::Price => "price",
            Self::Cost => "cost",
            Self::Margin => "margin",
        }
    }

    /// The basis with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.code() == code)
    }
}

/// To what new prices are rounded: as exact as prices are, or to a step of the currency in millionths.
pub const STEPS: [(&str, i64); 6] =
    [("exact", 1), ("0.0001", 100), ("0.01", 10_000), ("0.05", 50_000), ("0.10", 100_000), ("1.00", 1_000_000)];

/// How prices are to be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Formula {
    /// What they are made from.
    pub basis: Basis,
    /// By how much.
    pub rate: Rate,
    /// The step that they are rounded to, in millionths; half a step goes up.
    pub step: i64,
}

/// The price by a formula; `None` where there is no cost to make it from, or no such price.
pub fn price(formula: Formula, price: UnitPrice, cost: Option<UnitPrice>) -> Option<UnitPrice> {
    let (one, rate) = (i128::from(Rate::ONE.ppm()), i128::from(formula.rate.ppm()));
    let (base, times, over) = match formula.basis {
        Basis::Price => (price, one + rate, one),
        Basis::Cost => (cost?, one + rate, one),
        Basis::Margin => (cost?, one, one - rate),
    };
    if over <= 0 || times < 0 {
        return None;
    }
    let step = i128::from(formula.step.max(1));
    let steps = Rounding::HalfUp.divide(i128::from(base.micros()) * times, over * step);
    let micros = i64::try_from(steps * step).ok().filter(|micros| (0..=UnitPrice::MICROS_MAX).contains(micros))?;
    Some(UnitPrice::new(micros, base.currency()))
}

#[cfg(test)]
mod tests {
    use kernel::Currency;

    use super::*;

    #[test]
    fn prices_by_formula() {
        let eur = |text: &str| UnitPrice::parse(text, Currency::Eur).unwrap();
        let by = |basis, percent, step| {
            let formula = Formula { basis, rate: Rate::from_ppm(percent), step };
            price(formula, eur("19.90"), Some(eur("12.00"))).map(UnitPrice::to_decimal)
        };
        assert_eq!(by(Basis::Price, 35_000, 1).as_deref(), Some("20.5965"));
        assert_eq!(by(Basis::Price, 35_000, 10_000).as_deref(), Some("20.60"));
        assert_eq!(by(Basis::Price, 35_000, 50_000).as_deref(), Some("20.60"));
        assert_eq!(by(Basis::Price, -100_000, 1_000_000).as_deref(), Some("18.00"));
        assert_eq!(by(Basis::Price, -1_000_000, 10_000).as_deref(), Some("0.00"), "a gift, which the guard asks about");
        assert_eq!(by(Basis::Price, -1_000_001, 10_000), None);
        assert_eq!(by(Basis::Cost, 250_000, 10_000).as_deref(), Some("15.00"));
        assert_eq!(by(Basis::Margin, 250_000, 10_000).as_deref(), Some("16.00"));
        assert_eq!(by(Basis::Margin, 1_000_000, 10_000), None, "nothing leaves all of itself");
        assert_eq!(by(Basis::Cost, i64::MAX, 1), None);
        let of_cost = Formula { basis: Basis::Cost, rate: Rate::ZERO, step: 1 };
        assert_eq!(price(of_cost, eur("1"), None), None);
    }
}
