//! One line of a deal as integers: prices in millionths, quantities in thousandths, rates in parts per million.

use kernel::{ProductId, Quantity, Rounding, Unit, UnitPrice};

use crate::{
    arithmetic::{PPM, ceil_divide, nano_per_minor},
    case::Effect,
    position::LinePosition,
    terms::ListLine,
};

/// What a line is in the deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The buyer asked for it, or it stands in for what was asked.
    Asked,
    /// It is ordered along, at its list price.
    Along,
    /// It comes for free.
    Free,
}

/// A step of the supplier's bonus.
#[derive(Debug, Clone)]
struct BonusStep {
    from: i64,
    per_unit: i64,
    /// In billionths of the currency.
    earlier: i128,
    /// See [`Line::least`].
    least: i64,
}

/// One line.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) role: Role,
    pub(crate) product: ProductId,
    pub(crate) unit: Unit,
    pub(crate) asked: i64,
    /// The asked price, but not above the list price.
    pub(crate) price: i64,
    pub(crate) anchor: i64,
    /// What this buyer usually buys in a month.
    pub(crate) monthly: i64,
    pub(crate) list_at_anchor: i64,
    ladder: Vec<(i64, i64)>,
    pub(crate) cost: i64,
    pub(crate) freight: i64,
    bonus: Vec<BonusStep>,
    /// The supplier's support: per unit, and up to which quantity.
    support: Option<(i64, i64)>,
    pub(crate) floor: i64,
    pub(crate) target: i64,
    pub(crate) demanded: i64,
    least: i64,
    /// Volume offers are multiples of this.
    pub(crate) granule: i64,
    /// The largest quantity that the volume lever may offer; below `asked` when there is no room.
    pub(crate) most: i64,
}

impl Line {
    /// A line before anything is asked: see [`Self::ask`] and [`Self::demand`].
    pub(crate) fn new(list: &ListLine, position: &LinePosition, floor: i64, target: i64, role: Role) -> Self {
        let bonus = position.bonus.0.iter().map(|bonus| BonusStep {
            from: bonus.from.thousandths(),
            per_unit: bonus.per_unit.micros(),
            earlier: bonus
                .earlier
                .map_or(0, |earlier| i128::from(earlier.minor()) * nano_per_minor(earlier.currency())),
            least: 0,
        });
        Self {
            role,
            product: list.product,
            unit: list.packing.unit,
            asked: 0,
            price: 0,
            anchor: 0,
            monthly: position.monthly.map_or(0, Quantity::thousandths),
            list_at_anchor: 0,
            ladder: ladder(list),
            cost: position.cost.map_or(0, UnitPrice::micros),
            freight: position.freight.micros(),
            bonus: bonus.collect(),
            support: position.support.as_ref().map(|s| (s.per_unit.micros(), s.up_to.thousandths())),
            floor,
            target,
            demanded: target,
            least: 0,
            granule: granule(list),
            most: 0,
        }
    }

    /// Sets what is asked, from which quantity volume counts, and the largest quantity that may be offered.
    pub(crate) fn ask(&mut self, quantity: i64, price: i64, anchor: i64, most: i64) {
        self.asked = quantity;
        self.price = price.min(self.list(quantity));
        self.anchor = anchor;
        self.list_at_anchor = self.list(anchor);
        self.most = most - most % self.granule;
    }

    /// Sets the demanded margin; `tick_up` rounds a price up to a tick.
    pub(crate) fn demand(&mut self, demanded: i64, tick_up: impl Fn(i64) -> i64) {
        let least = |cost: i64| {
            let price = ceil_divide(i128::from(cost) * PPM, PPM - i128::from(demanded));
            tick_up(i64::try_from(price).unwrap_or(i64::MAX))
        };
        self.demanded = demanded;
        self.least = least(self.cost);
        for step in &mut self.bonus {
            step.least = least(self.cost.saturating_sub(step.per_unit).max(0));
        }
    }

    /// List price at a quantity.
    pub(crate) fn list(&self, quantity: i64) -> i64 {
        let reached = self.ladder.iter().rev().find(|(from, _)| *from <= quantity);
        reached.or(self.ladder.first()).map_or(0, |(_, price)| *price)
    }

    /// Where price talks start at a quantity: the wanted price, but not below [`Self::least`] and not above list. What comes
    /// along or for free has its price already.
    pub(crate) fn start(&self, quantity: i64, wanted: i64) -> i64 {
        match self.role {
            Role::Asked => wanted.max(self.least(quantity)).min(self.list(quantity)),
            Role::Along => self.list(quantity),
            Role::Free => 0,
        }
    }

    /// The price at which the buyer pays what was asked, once a rebate has been paid back.
    pub(crate) fn wanted(&self, effect: &Effect) -> i64 {
        if effect.rebate == 0 {
            return self.price;
        }
        let gross = Rounding::Down.divide(i128::from(self.price) * PPM, (PPM - i128::from(effect.rebate)).max(1));
        i64::try_from(gross).unwrap_or(i64::MAX)
    }

    /// Whether a price keeps the guard: no line is sold below [`Self::least`], except where the list price is below it,
    /// or it is given for free as a whole.
    pub(crate) fn guarded(&self, quantity: i64, price: i64) -> bool {
        self.role == Role::Free || price >= self.least(quantity).min(self.list(quantity))
    }

    /// The lowest price that leaves the demanded margin on the line's own cost less bonus, rounded up to a tick: a deal
    /// may move concessions between lines, but no line pays for another so far that it would lose on its own. Support is
    /// spread over the line, and taken off without the margin on it, so that the result is on the safe side.
    fn least(&self, quantity: i64) -> i64 {
        let least = self.step(quantity).map_or(self.least, |step| step.least);
        let Some((per_unit, up_to)) = self.support else { return least };
        let supported = i128::from(per_unit) * i128::from(quantity.min(up_to));
        let spread = Rounding::Down.divide(supported, i128::from(quantity.max(1)));
        least.saturating_sub(i64::try_from(spread).unwrap_or(0)).max(0)
    }

    /// Whether the supplier supports this deal.
    pub(crate) fn is_supported(&self) -> bool {
        self.support.is_some()
    }

    fn step(&self, quantity: i64) -> Option<&BonusStep> {
        self.bonus.iter().rev().find(|step| quantity >= step.from)
    }

    /// What the supplier pays for a quantity, bonus and support together, in billionths.
    pub(crate) fn supplied(&self, quantity: i64) -> i128 {
        let step = self.step(quantity);
        let bonus = step.map_or(0, |step| i128::from(quantity) * i128::from(step.per_unit) + step.earlier);
        bonus + self.supported(quantity)
    }

    /// What the supplier pays for these goods because it was asked (ship and debit), in billionths.
    pub(crate) fn supported(&self, quantity: i64) -> i128 {
        self.support.map_or(0, |(per_unit, up_to)| i128::from(quantity.min(up_to)) * i128::from(per_unit))
    }

    /// The quantities at which a step of the bonus begins.
    pub(crate) fn bonus_from(&self) -> impl Iterator<Item = i64> {
        self.bonus.iter().map(|step| step.from)
    }

    /// What is kept of a price after the demanded margin, financing and rebate, in parts per million.
    pub(crate) fn keep(&self, effect: &Effect) -> i128 {
        i128::from(1_000_000 - self.demanded - effect.financing - effect.rebate)
    }

    /// Cost and freight of one unit, without what the supplier pays.
    pub(crate) fn unit_cost(&self, effect: &Effect) -> i64 {
        self.cost.saturating_add(effect.unit_freight(self.freight))
    }
}

/// Volume offers come in whole packs; in steps where packs do not fit the steps.
fn granule(list: &ListLine) -> i64 {
    let packing = list.packing;
    if packing.pack % packing.step == 0 { packing.pack } else { packing.step }
}

/// The ladder by rising quantity with never rising prices.
fn ladder(list: &ListLine) -> Vec<(i64, i64)> {
    let mut ladder: Vec<_> = list.tiers.iter().map(|tier| (tier.from.thousandths(), tier.price.micros())).collect();
    ladder.sort_unstable();
    let mut lowest = i64::MAX;
    for (_, price) in &mut ladder {
        lowest = lowest.min(*price);
        *price = lowest;
    }
    ladder
}
