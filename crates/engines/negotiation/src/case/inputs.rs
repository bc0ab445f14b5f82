//! Whether policy, position, history and request belong together and hold possible numbers.

use kernel::{Amount, Currency, ProductId, Quantity, Rate, Unit, UnitPrice};

use crate::{
    arithmetic::nano_per_minor,
    policy::Policy,
    position::{Bonus, History, LinePosition, Position},
    terms::{LINES_MAX, LineTerms, ListLine, Request, Terms},
};

/// The largest handling or freight, in minor units.
const FIXED_COST_MAX: i64 = 1_000_000_000_000_000;
/// The largest cost of capital per year: 1,000 %.
const CAPITAL_PPM_MAX: i64 = 10_000_000;
/// The largest rate of exchange: a million to one.
const EXCHANGE_PPM_MAX: i64 = 1_000_000_000_000;
/// The largest deal at list prices, in minor units; multiples of it still fit an [`Amount`].
const DEAL_MINOR_MAX: i128 = (i64::MAX / 1_024) as i128;

pub(super) fn are_sound(policy: &Policy, position: &Position, history: &History, request: &Request) -> bool {
    let currency = position.list.currency;
    let count = position.lines.len();
    (1..=LINES_MAX).contains(&count)
        && position.list.lines.len() == count
        && position.list.lines.iter().all(|line| list_line_is_sound(line, currency))
        && products_are_distinct(position)
        && position.lines.iter().zip(&position.list.lines).all(|(line, list)| line_is_sound(line, list, currency))
        && round_is_sound(position, &request.terms)
        && sums_are_sound(position)
        && position.customer.revenue.currency() == policy.currency
        && position.customer.turnover.is_none_or(|turnover| turnover.currency() == policy.currency)
        && history.budget_used.currency() == policy.currency
        && deal_fits(position, &request.terms)
}

/// Whether terms of this or an earlier round name the position's lines in possible numbers.
pub(super) fn round_is_sound(position: &Position, terms: &Terms) -> bool {
    let currency = position.list.currency;
    let fits = |(asked, list): (&LineTerms, &ListLine)| {
        asked.product == list.product
            && quantity_is_sound(asked.quantity, list.packing.unit)
            && price_is_sound(asked.price, currency)
    };
    terms.lines.len() == position.list.lines.len() && terms.lines.iter().zip(&position.list.lines).all(fits)
}

fn products_are_distinct(position: &Position) -> bool {
    let mut products: Vec<ProductId> = position.lines.iter().map(|line| line.product).collect();
    products.sort_unstable();
    products.windows(2).all(|pair| pair[0] != pair[1])
}

fn list_line_is_sound(line: &ListLine, currency: Currency) -> bool {
    let packing = line.packing;
    let sizes = 1..=Quantity::THOUSANDTHS_MAX;
    sizes.contains(&packing.pack)
        && sizes.contains(&packing.step)
        && (0..=Quantity::THOUSANDTHS_MAX).contains(&packing.minimum)
        && !line.tiers.is_empty()
        && line.tiers.iter().all(|tier| price_is_sound(tier.price, currency) && tier.price.micros() > 0)
        && line.tiers.iter().all(|tier| tier.from.unit() == packing.unit)
        && line.anchor.is_none_or(|anchor| quantity_is_sound(anchor, packing.unit))
}

fn line_is_sound(line: &LinePosition, list: &ListLine, currency: Currency) -> bool {
    let unit = list.packing.unit;
    line.product == list.product
        && line.cost.is_none_or(|cost| price_is_sound(cost, currency))
        && line.stock.is_none_or(|stock| stock.unit() == unit)
        && price_is_sound(line.freight, currency)
        && line.bonus.0.iter().all(|bonus| bonus_is_sound(bonus, unit, currency))
        && line.bonus.0.windows(2).all(|pair| pair[0].from.thousandths() < pair[1].from.thousandths())
        && line.support.as_ref().is_none_or(|support| {
            support.up_to.unit() == unit
                && support.up_to.thousandths() >= 0
                && price_is_sound(support.per_unit, currency)
        })
        && line.monthly.is_none_or(|monthly| {
            monthly.unit() == unit && (0..=Quantity::THOUSANDTHS_MAX).contains(&monthly.thousandths())
        })
}

fn bonus_is_sound(bonus: &Bonus, unit: Unit, currency: Currency) -> bool {
    bonus.from.unit() == unit
        && bonus.from.thousandths() > 0
        && price_is_sound(bonus.per_unit, currency)
        && bonus.earlier.is_none_or(|earlier| amount_is_sound(earlier, currency))
}

/// Whether goods that are not asked for can be part of the deal: what the seller says about them holds together, they have
/// a cost, and the deal does not have them yet.
pub(crate) fn goods_are_sound(position: &Position, list: &ListLine, line: &LinePosition) -> bool {
    let currency = position.list.currency;
    line.cost.is_some()
        && list_line_is_sound(list, currency)
        && line_is_sound(line, list, currency)
        && position.lines.len() < LINES_MAX
        && position.lines.iter().all(|other| other.product != line.product)
}

fn sums_are_sound(position: &Position) -> bool {
    let currency = position.list.currency;
    let sound = |amount: Amount| amount_is_sound(amount, currency);
    sound(position.handling_order)
        && sound(position.handling_line)
        && sound(position.freight)
        && position.list.freight.is_none_or(|freight| sound(freight.charge) && sound(freight.free_from))
        && position
            .consolidation
            .as_ref()
            .is_none_or(|together| sound(together.freight) && (Rate::ZERO..=Rate::ONE).contains(&together.unit_share))
        && position.flexible.iter().all(|saving| sound(saving.saves))
        && (Rate::ZERO..=Rate::from_ppm(CAPITAL_PPM_MAX)).contains(&position.capital)
        && (1..=EXCHANGE_PPM_MAX).contains(&position.exchange.ppm())
}

fn amount_is_sound(amount: Amount, currency: Currency) -> bool {
    amount.currency() == currency && (0..=FIXED_COST_MAX).contains(&amount.minor())
}

/// Whether the deal at its highest prices is an amount of money at all.
fn deal_fits(position: &Position, terms: &Terms) -> bool {
    let highest = |line: &ListLine| line.tiers.iter().map(|tier| tier.price.micros()).max().unwrap_or(0);
    let lines = position.list.lines.iter().zip(&position.lines).zip(&terms.lines);
    let nano: i128 = lines
        .map(|((list, line), asked)| {
            let prices = [highest(list), asked.price.micros(), line.cost.map_or(0, UnitPrice::micros)];
            let price = prices.into_iter().max().unwrap_or(0);
            let bonus = line.bonus.0.iter().map(|bonus| bonus.per_unit.micros()).max().unwrap_or(0);
            let support = line.support.as_ref().map_or(0, |support| support.per_unit.micros());
            let unit = i128::from(price) + i128::from(line.freight.micros()) + i128::from(bonus.max(support));
            i128::from(asked.quantity.thousandths()) * unit
        })
        .sum();
    nano / nano_per_minor(position.list.currency) <= DEAL_MINOR_MAX
}

fn price_is_sound(price: UnitPrice, currency: Currency) -> bool {
    price.currency() == currency && (0..=UnitPrice::MICROS_MAX).contains(&price.micros())
}

fn quantity_is_sound(quantity: Quantity, unit: Unit) -> bool {
    quantity.unit() == unit && (1..=Quantity::THOUSANDTHS_MAX).contains(&quantity.thousandths())
}
