//! Pure rules of the guard.

use kernel::{Rate, Rounding, UnitPrice};

use super::{Bounds, Concern};

/// The least price that leaves `floor` of itself over `cost`: `cost / (1 - floor)`, rounded up. `None` for a floor that no
/// price can leave.
pub fn floor_price(cost: UnitPrice, floor: Rate) -> Option<UnitPrice> {
    let left = Rate::ONE.ppm().checked_sub(floor.ppm()).filter(|left| *left > 0)?;
    let micros = Rounding::Up.divide(i128::from(cost.micros()) * i128::from(Rate::ONE.ppm()), i128::from(left));
    let micros = i64::try_from(micros).ok().filter(|micros| *micros <= UnitPrice::MICROS_MAX)?;
    Some(UnitPrice::new(micros, cost.currency()))
}

/// What of a price is left after the cost of the goods, as a share of it, rounded half up. Handling, freight and capital
/// depend on the deal, and are not in it. `None` for a price of nothing.
pub fn margin(price: UnitPrice, cost: UnitPrice) -> Option<Rate> {
    if price.micros() <= 0 {
        return None;
    }
    let left = i128::from(price.micros()) - i128::from(cost.micros());
    let ppm = Rounding::HalfUp.divide(left * i128::from(Rate::ONE.ppm()), i128::from(price.micros()));
    i64::try_from(ppm).ok().map(Rate::from_ppm)
}

/// Why a price takes a second person; `None` when it takes none. The gravest reason counts.
pub fn concern(price: UnitPrice, bounds: &Bounds) -> Option<Concern> {
    let under = |bound: Option<UnitPrice>| bound.is_some_and(|bound| price.micros() < bound.micros());
    if price.micros() <= 0 {
        Some(Concern::Gift)
    } else if under(bounds.cost) {
        Some(Concern::BelowCost)
    } else if under(bounds.floor) {
        Some(Concern::UnderFloor)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use kernel::Currency;

    use super::*;

    fn eur(text: &str) -> UnitPrice {
        UnitPrice::parse(text, Currency::Eur).unwrap_or(UnitPrice::new(0, Currency::Eur))
    }

    #[test]
    fn a_floor_is_the_least_price_that_leaves_it() {
        let floor = floor_price(eur("8.08"), Rate::percent(8)).unwrap();
        assert_eq!(floor.to_decimal(), "8.782609");
        assert!(margin(floor, eur("8.08")).unwrap() >= Rate::percent(8));
        let less = UnitPrice::new(floor.micros() - 1, Currency::Eur);
        assert_eq!(concern(less, &Bounds { cost: Some(eur("8.08")), floor: Some(floor) }), Some(Concern::UnderFloor));
        assert_eq!(floor_price(eur("8.08"), Rate::ONE), None);
        assert_eq!(floor_price(eur("0"), Rate::percent(8)), Some(eur("0")));
        assert_eq!(floor_price(UnitPrice::new(i64::MAX, Currency::Eur), Rate::percent(99)), None);
        assert_eq!(floor_price(eur("10"), Rate::percent(-10)).map(UnitPrice::to_decimal).as_deref(), Some("9.09091"));
    }

    #[test]
    fn the_gravest_concern_counts() {
        let bounds = Bounds { cost: Some(eur("8.08")), floor: Some(eur("9")) };
        for (price, want) in [
            ("9", None),
            ("8.99", Some(Concern::UnderFloor)),
            ("8.08", Some(Concern::UnderFloor)),
            ("8.07", Some(Concern::BelowCost)),
            ("0.01", Some(Concern::BelowCost)),
            ("0", Some(Concern::Gift)),
        ] {
            assert_eq!(concern(eur(price), &bounds), want, "{price}");
        }
        assert_eq!(concern(eur("0.01"), &Bounds::default()), None, "without a cost nobody knows");
        assert_eq!(concern(eur("0"), &Bounds::default()), Some(Concern::Gift));
        assert_eq!(margin(eur("0"), eur("1")), None);
        assert_eq!(margin(eur("0.01"), eur("8.08")).unwrap().ppm(), -807_000_000);
    }
}
