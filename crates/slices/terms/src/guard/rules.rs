//! Pure rules of the guard.

use std::collections::BTreeSet;

use kernel::{Rate, Rounding, UnitPrice};
use negotiation_engine::conditions::{Answer, Value};
use negotiation_engine::{MarginRow, Policy, ProductCondition};

use super::{Bounds, Buyers, Concern, Goods, Section};

/// The row with the highest floor that may apply to one of the buyers of these goods. Where that of everybody is as high,
/// it is the one.
pub fn highest<'a>(policy: &'a Policy, buyers: Buyers<'_>, goods: &Goods) -> Option<&'a MarginRow> {
    let named = policy.margins.iter().filter_map(|row| row.segment.as_deref());
    let segments: BTreeSet<Option<&str>> = match buyers.segment {
        Some(segment) => BTreeSet::from([Some(segment)]),
        // Who is of none of the named segments buys too.
        None => named.map(Some).chain([None]).collect(),
    };
    let rows = segments.into_iter().flat_map(|segment| may_apply(policy, Buyers { segment, ..buyers }, goods));
    rows.max_by_key(|row| (row.floor, section(row).is_none()))
}

/// For whom a row sets its floor; `None` for everybody.
pub fn section(row: &MarginRow) -> Option<Section> {
    let condition = row.condition.as_ref().map(|condition| condition.text().to_owned());
    (row.segment.is_some() || condition.is_some()).then(|| Section { segment: row.segment.clone(), condition })
}

/// The rows that may apply to buyers of one segment: those whose condition may be met, up to the first that surely is, and
/// else the one by segment and class.
fn may_apply<'a>(policy: &'a Policy, buyers: Buyers<'_>, goods: &Goods) -> Vec<&'a MarginRow> {
    let segment = buyers.segment.unwrap_or_default();
    let (values, mut rows) = (values(buyers, goods), Vec::new());
    for row in policy.margins.iter().filter(|row| row.fits(segment, &goods.class)) {
        match row.condition.as_ref().map(|condition| condition.condition().evaluate(&values)) {
            Some(Answer::Yes) => {
                rows.push(row);
                return rows;
            }
            Some(Answer::Unknown(_)) => rows.push(row),
            Some(Answer::No) | None => {}
        }
    }
    rows.extend(policy.margins_for(segment, &goods.class));
    rows
}

/// What is known of buyers and goods, in the order of the fields; what changes from day to day may be anything.
fn values<'a>(buyers: Buyers<'a>, goods: &'a Goods) -> Vec<Value<'a>> {
    let known = |value: Option<&'a str>| value.map_or(Value::Unknown, Value::from);
    let value = |name: &str| match name {
        "customer.segment" => known(buyers.segment),
        "customer.country" => known(buyers.country),
        "product.class" => Value::from(goods.class.as_str()),
        "product.category" => known(goods.category.as_deref()),
        "product.brand" => known(goods.brand.as_deref()),
        _ => Value::Unknown,
    };
    ProductCondition::schema().fields().iter().map(|field| value(field.name)).collect()
}

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
        assert_eq!(
            concern(less, &Bounds { cost: Some(eur("8.08")), floor: Some(floor), section: None }),
            Some(Concern::UnderFloor)
        );
        assert_eq!(floor_price(eur("8.08"), Rate::ONE), None);
        assert_eq!(floor_price(eur("0"), Rate::percent(8)), Some(eur("0")));
        assert_eq!(floor_price(UnitPrice::new(i64::MAX, Currency::Eur), Rate::percent(99)), None);
        assert_eq!(floor_price(eur("10"), Rate::percent(-10)).map(UnitPrice::to_decimal).as_deref(), Some("9.09091"));
    }

    fn goods(class: &str) -> Goods {
        Goods { class: class.into(), category: Some("valves".into()), ..Goods::default() }
    }

    fn row(segment: Option<&str>, condition: Option<&str>, floor: i64) -> MarginRow {
        MarginRow {
            segment: segment.map(Into::into),
            class: None,
            condition: condition.map(|text| ProductCondition::parse(text).unwrap()),
            floor: Rate::percent(floor),
            target: Rate::percent(40),
        }
    }

    /// The floor in percent, and whose it is.
    fn floor_of(policy: &Policy, segment: Option<&str>, class: &str) -> (i64, String) {
        let buyers = Buyers { segment, country: segment.map(|_| "DE") };
        let row = highest(policy, buyers, &goods(class)).unwrap();
        (row.floor.ppm() / 10_000, section(row).map(|section| section.text()).unwrap_or_default())
    }

    #[test]
    fn a_list_for_all_is_held_against_the_highest_floor_of_its_buyers() {
        let policy = Policy::starter();
        let is = |floor: i64, whose: &str| (floor, whose.to_owned());
        assert_eq!(floor_of(&policy, None, "A"), is(12, "small"), "who is small pays this price too");
        assert_eq!(floor_of(&policy, Some("small"), "A"), is(12, "small"));
        assert_eq!(floor_of(&policy, Some("key"), "A"), is(7, "key"), "a list of one company goes by its own");
        assert_eq!(floor_of(&policy, Some("standard"), "A"), is(8, ""));
        assert_eq!(floor_of(&policy, None, "special"), is(15, ""));
        let mut same = policy;
        same.margins[0].floor = Rate::percent(12);
        assert_eq!(floor_of(&same, None, "A"), is(12, ""), "everybody's is as high");
    }

    #[test]
    fn a_floor_counts_where_its_condition_may_be_met() {
        let with = |condition: &str, floor: i64| {
            let mut policy = Policy::starter();
            policy.margins.push(row(None, Some(condition), floor));
            policy
        };
        let few = with("customer.orders < 3", 20);
        assert_eq!(floor_of(&few, None, "A").0, 20);
        assert_eq!(floor_of(&few, Some("key"), "A"), (20, "customer.orders < 3".into()), "nobody knows yet");
        let abroad = with("customer.country == 'FR'", 20);
        assert_eq!((floor_of(&abroad, Some("key"), "A").0, floor_of(&abroad, None, "A").0), (7, 20));
        let other = with("product.category == 'pumps'", 20);
        assert_eq!((floor_of(&other, Some("key"), "A").0, floor_of(&other, None, "A").0), (7, 12));
        // What is surely met goes before segment and class, even where it is lower.
        let ours = with("customer.country == 'DE' && product.category == 'valves'", 3);
        assert_eq!((floor_of(&ours, Some("small"), "A").0, floor_of(&ours, None, "A").0), (3, 12));
    }

    #[test]
    fn the_gravest_concern_counts() {
        let bounds = Bounds { cost: Some(eur("8.08")), floor: Some(eur("9")), section: None };
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
