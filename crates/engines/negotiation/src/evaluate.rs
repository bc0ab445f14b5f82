//! The price waterfall of a deal.

use std::borrow::Cow;

use kernel::{Amount, Rate, Rounding};

use crate::{
    arithmetic::{PPM, nano_per_minor},
    case::{Case, Deal, Step, Unknown},
    policy::{Applied, Policy},
    position::{Alternative, History, Position},
    terms::{Request, Terms},
};

/// From list price to pocket (Marn and Rosiello 1992, "Managing Price, Gaining Profit"), for the seller only. It does
/// not implement `serde::Serialize`: a staff page copies what it shows.
///
/// `net = list − discount`, `pocket = net − cost − handling − freight − financing − rebate + bonus`,
/// `margin = pocket / net`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waterfall {
    /// The deal at the buyer's list prices for the same quantities.
    pub list: Amount,
    /// List minus net; negative when the terms are above the list.
    pub discount: Amount,
    /// What is invoiced: each line rounded half up to the minor unit.
    pub net: Amount,
    /// Effective cost of the goods, rounded up.
    pub cost: Amount,
    /// Handling of order and lines, less what is saved by choosing the day.
    pub handling: Amount,
    /// Freight, rounded up, less what the buyer is charged for it.
    pub freight: Amount,
    /// Cost of waiting for the money, rounded up.
    pub financing: Amount,
    /// Paid back to the buyer at the end of a period, rounded up.
    pub rebate: Amount,
    /// Supplier bonus and support earned, rounded down.
    pub bonus: Amount,
    /// What of it the supplier pays because it was asked for this deal (ship and debit), rounded down.
    pub support: Amount,
    /// What is left.
    pub pocket: Amount,
    /// Pocket over net, rounded down; zero when net is zero.
    pub margin: Rate,
    /// Margin demanded at this round, weighted by the lines' net values, rounded down like `margin`: terms that meet the
    /// demand never show a margin below it.
    pub demanded: Rate,
    /// The floor, weighted and rounded likewise.
    pub floor: Rate,
    /// The target, weighted and rounded likewise.
    pub target: Rate,
}

/// The waterfall of `terms` after the rounds of `history`, which hold the ask that is being discussed. `terms` may hold
/// any prices and quantities, orderable or not, for the lines of the position, for what could take the place of one, and
/// for what could come along after them.
///
/// # Errors
/// [`Unknown`].
pub fn evaluate(policy: &Policy, position: &Position, history: &History, terms: &Terms) -> Result<Waterfall, Unknown> {
    let discussed = Request::new(terms.clone());
    let position = &named(position, terms);
    let policy = policy.applied_to(position, &discussed);
    evaluate_by(Applied { policy: &policy, is_checked: false }, position, history, &discussed)
}

/// The same by what applies of a policy.
pub(crate) fn evaluate_by(
    applied: Applied<'_>,
    position: &Position,
    history: &History,
    discussed: &Request,
) -> Result<Waterfall, Unknown> {
    let case = Case::after(applied, position, history, discussed)?;
    if !case.cost_known {
        return Err(Unknown::NoCost);
    }
    waterfall(&case, &deal(&discussed.terms)).ok_or(Unknown::Inputs)
}

/// The position about the products that the terms name.
pub(crate) fn named<'p>(position: &'p Position, terms: &Terms) -> Cow<'p, Position> {
    let mut named = Cow::Borrowed(position);
    for (at, product) in terms.lines.iter().map(|line| line.product).enumerate() {
        match position.lines.get(at) {
            Some(line) if line.product == product => {}
            Some(line) => {
                let instead = |one: &&Alternative| one.of == line.product && one.line.product == product;
                if let Some(one) = position.alternatives.iter().find(instead)
                    && position.list.lines.len() > at
                {
                    let named = named.to_mut();
                    named.list.lines[at] = one.list.clone();
                    named.lines[at] = one.line.clone();
                }
            }
            None => {
                if let Some(one) = position.companions.iter().find(|one| one.line.product == product) {
                    let named = named.to_mut();
                    named.list.lines.push(one.list.clone());
                    named.lines.push(one.line.clone());
                }
            }
        }
    }
    named
}

/// Terms as a deal.
pub(crate) fn deal(terms: &Terms) -> Deal {
    Deal {
        quantities: terms.lines.iter().map(|line| line.quantity.thousandths()).collect(),
        prices: terms.lines.iter().map(|line| line.price.micros()).collect(),
        step: Step { days: terms.payment_days, extras: terms.extras },
    }
}

/// The waterfall of a deal; `None` when a sum does not fit an [`Amount`].
pub(crate) fn waterfall(case: &Case<'_>, deal: &Deal) -> Option<Waterfall> {
    let minor = nano_per_minor(case.currency);
    // A step that the policy does not allow still has its cost: a person may offer it.
    let effect = case.effect(deal.step).or_else(|| case.effect(case.allowed(deal.step)))?;
    let (mut net, mut cost, mut freight, mut bonus, mut support) = (0_i128, 0_i128, 0_i128, 0_i128, 0_i128);
    let (mut demanded, mut floor, mut target) = (0_i128, 0_i128, 0_i128);
    for (at, line) in case.lines.iter().enumerate() {
        let quantity = i128::from(deal.quantities[at]);
        let line_net = Rounding::HalfUp.divide(quantity * i128::from(deal.prices[at]), minor);
        net += line_net;
        cost += quantity * i128::from(line.cost);
        freight += quantity * i128::from(effect.unit_freight(line.freight));
        bonus += line.supplied(deal.quantities[at]);
        support += line.supported(deal.quantities[at]);
        demanded += line_net * i128::from(line.demanded);
        floor += line_net * i128::from(line.floor);
        target += line_net * i128::from(line.target);
    }
    let list = case.list_value(&deal.quantities);
    let (handling, of_order) = case.handling_and_freight(&effect, list);
    let handling = Rounding::Up.divide(handling, minor);
    let list = Rounding::HalfUp.divide(list, minor);
    let cost = Rounding::Up.divide(cost, minor);
    let freight = Rounding::Up.divide(of_order + freight, minor);
    let financing = Rounding::Up.divide(net * i128::from(case.financing(deal.step.days)), PPM);
    let rebate = deal.step.extras.rebate.map_or(0, |rebate| rebate.rate.ppm());
    let rebate = Rounding::Up.divide(net * i128::from(rebate), PPM);
    let bonus = Rounding::Down.divide(bonus, minor);
    let pocket = net - cost - handling - freight - financing - rebate + bonus;
    let amount = |minor: i128| i64::try_from(minor).ok().map(|minor| Amount::new(minor, case.currency));
    let share = |part: i128| {
        let ppm = if net > 0 { Rounding::Down.divide(part, net) } else { 0 };
        i64::try_from(ppm).ok().map(Rate::from_ppm)
    };
    Some(Waterfall {
        list: amount(list)?,
        discount: amount(list - net)?,
        net: amount(net)?,
        cost: amount(cost)?,
        handling: amount(handling)?,
        freight: amount(freight)?,
        financing: amount(financing)?,
        rebate: amount(rebate)?,
        bonus: amount(bonus)?,
        support: amount(Rounding::Down.divide(support, minor))?,
        pocket: amount(pocket)?,
        margin: share(pocket * PPM)?,
        demanded: share(demanded)?,
        floor: share(floor)?,
        target: share(target)?,
    })
}

/// An exact amount in billionths as money, rounded; stops at the ends of what an [`Amount`] holds.
pub(crate) fn amount_of(case: &Case<'_>, nano: i128, rounding: Rounding) -> Amount {
    let minor = rounding.divide(nano, nano_per_minor(case.currency));
    let stopped = minor.clamp(i128::from(i64::MIN), i128::from(i64::MAX));
    Amount::new(i64::try_from(stopped).unwrap_or(i64::MAX), case.currency)
}
