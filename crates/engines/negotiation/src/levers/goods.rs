//! Goods that come along: the buyer orders them, too, at their list price, and the asked lines get cheaper; or they come for
//! free in place of a lower price.

use kernel::{Quantity, Rate, UnitPrice};

use crate::{
    arithmetic::{PPM, ceil_divide, nano_per_minor},
    case::{Case, Deal, Line, Role, goods_are_sound},
    levers::{Basis, Candidate, Found, asked_quantities, first, lowest_prices, packs, share::Start},
    offer::Lever,
    position::{Companion, Position},
    terms::LineTerms,
    trace::Dropped,
};

/// The fewest packs of goods ordered along that carry the asked prices; else the best price at the most packs. `None` where
/// the policy does not know the lever or there are no goods.
pub(crate) fn along<'a>(case: &Case<'a>) -> Option<(Lever, Found<'a>)> {
    let lever = case.policy.bundle.as_ref()?;
    let value_max = lever.value_max;
    let found = companions(case)?.filter_map(|goods| ordered_along(case, goods, value_max));
    let paid = |one: &Candidate<'a>| (asked_net(case, &one.deal), one.case(case).net(&one.deal));
    let best = found.min_by_key(|candidate| (!candidate.meets, paid(candidate)));
    Some((Lever::Bundle, best.ok_or(Dropped::NoRoom)))
}

/// The fewest packs for free that make up for what the plain price leaves of the ask; else the most that are supported.
pub(super) fn for_free<'a>(basis: &Basis<'_, 'a>) -> Option<(Lever, Found<'a>)> {
    let case = basis.case;
    let value_max = case.policy.bonus.as_ref()?.value_max;
    let found = companions(case)?.filter_map(|goods| added(basis, goods, value_max));
    let value = |one: &Candidate<'a>| one.case(case).list_value(&one.deal.quantities);
    let best = found.max_by_key(|candidate| (candidate.meets, value(candidate)));
    Some((Lever::Bonus, best.ok_or(Dropped::NoRoom)))
}

/// The goods that can come along; `None` where there are none at all.
fn companions<'c>(case: &'c Case<'_>) -> Option<impl Iterator<Item = &'c Companion> + use<'c>> {
    let position: &Position = case.position;
    let sound = position.companions.iter().filter(move |goods| goods_are_sound(position, &goods.list, &goods.line));
    (!position.companions.is_empty()).then_some(sound)
}

/// The case with goods behind the asked lines, and how many packs of them may be offered.
fn with_goods<'a>(case: &Case<'a>, goods: &Companion, role: Role, value_max: Rate) -> Option<(Case<'a>, i64)> {
    let packing = goods.list.packing;
    let first = Quantity::new(packing.round_up(packing.minimum.max(1)), packing.unit);
    let asked =
        LineTerms { product: goods.line.product, quantity: first, price: UnitPrice::new(i64::MAX, case.currency) };
    let other = case.about((&goods.list, &goods.line), case.lines.len(), &asked, role)?;
    let line = other.lines.last()?;
    let value = case.asked_value() * i128::from(value_max.ppm().max(0)) / PPM;
    let affordable = value / i128::from(line.list(first.thousandths()).max(1));
    let stock = goods.line.stock.map_or(Quantity::THOUSANDTHS_MAX, Quantity::thousandths);
    let most =
        i64::try_from(affordable).unwrap_or(i64::MAX).min(stock).min(Quantity::THOUSANDTHS_MAX) / line.granule.max(1);
    let least = packs(i128::from(first.thousandths()), line.granule);
    (least <= most).then_some((other, most))
}

/// The asked quantities with so many packs of the goods behind them.
fn quantities(other: &Case<'_>, packs: i64) -> Vec<i64> {
    let mut quantities = asked_quantities(other);
    if let (Some(last), Some(line)) = (quantities.last_mut(), other.lines.last()) {
        *last = quantity(line, packs);
    }
    quantities
}

/// So many packs of the goods, but not less than can be ordered.
fn quantity(line: &Line, packs: i64) -> i64 {
    packs.saturating_mul(line.granule).max(line.asked)
}

fn ordered_along<'a>(case: &Case<'a>, goods: &Companion, value_max: Rate) -> Option<Candidate<'a>> {
    let (other, most) = with_goods(case, goods, Role::Along, value_max)?;
    let effect = other.effect(other.allowed)?;
    let (line, asked) = other.lines.split_last()?;
    // Only the goods change from one probe to the next.
    let start = |line: &Line, quantity: i64| (quantity, other.start(line, quantity, &effect));
    let sums = other.sums(asked.iter().map(|line| start(line, line.asked)), &effect);
    let holds =
        |packs: i64| other.holds(&sums.with(&other, line, start(line, quantity(line, packs)), &effect), &effect);
    let deal = match first(1, most, holds) {
        Some(packs) => Start::new(&other, &quantities(&other, packs), other.allowed)?.deal(),
        None => lowest_prices(&other, &quantities(&other, most), other.allowed)?,
    };
    let cheaper = asked_net(case, &deal) < case.asked_value() - nano_per_minor(case.currency);
    let meets = case.lines.iter().zip(&deal.prices).all(|(line, price)| *price <= line.price);
    cheaper.then(|| Candidate { lever: Lever::Bundle, deal, meets, other: Some(Box::new(other)) })
}

fn added<'a>(basis: &Basis<'_, 'a>, goods: &Companion, value_max: Rate) -> Option<Candidate<'a>> {
    let (case, plain) = (basis.case, basis.plain.as_ref()?);
    let (other, most) = with_goods(case, goods, Role::Free, value_max)?;
    let effect = other.effect(other.allowed)?;
    let line = other.lines.last()?;
    let numbers = plain.quantities.iter().copied().zip(plain.prices.iter().copied());
    let sums = other.sums(numbers, &effect);
    let holds = |packs: i64| other.holds(&sums.with(&other, line, (quantity(line, packs), 0), &effect), &effect);
    let supported = most_supported(most, holds)?;
    let gap = (case.net(plain) - case.asked_net()).max(0);
    let value = i128::from(line.granule) * i128::from(line.list(line.asked)).max(1);
    let needed = i64::try_from(ceil_divide(gap, value)).unwrap_or(i64::MAX);
    if needed <= 0 {
        return None;
    }
    let mut prices = plain.prices.clone();
    prices.push(0);
    let deal = Deal { quantities: quantities(&other, needed.min(supported)), prices, step: other.allowed };
    let meets = needed <= supported;
    Some(Candidate { lever: Lever::Bonus, deal, meets, other: Some(Box::new(other)) })
}

/// The largest of `1..=most` for which `holds`, if it holds at 1 and, once it fails, goes on failing.
fn most_supported(most: i64, holds: impl Fn(i64) -> bool) -> Option<i64> {
    if most < 1 || !holds(1) {
        return None;
    }
    let (mut low, mut high) = (1, most);
    while low < high {
        let middle = low + (high - low + 1) / 2;
        if holds(middle) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    Some(low)
}

/// What the asked lines cost in a deal that has goods behind them, in billionths.
fn asked_net(case: &Case<'_>, deal: &Deal) -> i128 {
    let lines = deal.quantities.iter().zip(&deal.prices).take(case.lines.len());
    lines.map(|(quantity, price)| i128::from(*quantity) * i128::from(*price)).sum()
}
