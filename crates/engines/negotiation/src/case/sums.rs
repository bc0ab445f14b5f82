//! Both conditions of an offer as sums over its lines.
//!
//! What a line adds is a straight line in its price, and what is not in the lines depends on list values alone. So a search
//! that moves one line keeps the sums of the others, and prices are moved without a new look at grants and bonuses. The
//! levers try hundreds of deals for one decision: that is what makes a cart of a hundred lines quick.

use crate::{
    arithmetic::{PPM, nano_per_minor},
    case::{Case, Deal, Effect, Line, Role, line_allowance},
};

/// Sums over some lines of a deal, in billionths × ppm where nothing else is said.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sums {
    /// What prices leave above cost and demanded margin.
    profit: i128,
    /// What they leave above the lowest fair prices.
    fair: i128,
    /// The list value of the asked lines, and of goods that come along or for free, in billionths.
    asked: i128,
    goods: i128,
}

impl Sums {
    pub(crate) fn with(self, case: &Case<'_>, line: &Line, at: (i64, i64), effect: &Effect) -> Self {
        let part = Self::of(case, line, at, effect);
        Self {
            profit: self.profit + part.profit,
            fair: self.fair + part.fair,
            asked: self.asked + part.asked,
            goods: self.goods + part.goods,
        }
    }

    pub(crate) fn without(self, case: &Case<'_>, line: &Line, at: (i64, i64), effect: &Effect) -> Self {
        let part = Self::of(case, line, at, effect);
        Self {
            profit: self.profit - part.profit,
            fair: self.fair - part.fair,
            asked: self.asked - part.asked,
            goods: self.goods - part.goods,
        }
    }

    /// The same with the price of `quantity` of a line raised by so much.
    pub(crate) fn raised(self, line: &Line, quantity: i64, by: i64, effect: &Effect) -> Self {
        let more = i128::from(quantity) * i128::from(by);
        Self { profit: self.profit + more * line.keep(effect), fair: self.fair + more * PPM, ..self }
    }

    /// One line at a quantity and price.
    ///
    /// Fairness: above the allowance; what is not asked has its list price as allowance. Profit: above cost and demanded
    /// margin. Half a minor unit is kept back for the rounding of the invoice line, so that rounding never leads under the
    /// margin.
    fn of(case: &Case<'_>, line: &Line, (quantity, price): (i64, i64), effect: &Effect) -> Self {
        let (list, count) = (line.list(quantity), i128::from(quantity));
        let value = count * i128::from(list);
        let (least, asked, goods) = match line.role {
            Role::Asked => (line_allowance(case, line, (quantity, list), case.plain, effect), value, 0),
            Role::Along | Role::Free => (i128::from(list) * PPM, 0, value),
        };
        let keep = line.keep(effect);
        let cost = count * (i128::from(line.cost) + i128::from(effect.unit_freight(line.freight)));
        let rounding = nano_per_minor(case.currency) / 2 * keep.max(0);
        Self {
            profit: count * i128::from(price) * keep - (cost - line.supplied(quantity)) * PPM - rounding,
            fair: count * (i128::from(price) * PPM - least),
            asked,
            goods,
        }
    }
}

impl Case<'_> {
    /// Sums over the lines at these quantities and prices.
    pub(crate) fn sums(&self, deal: impl Iterator<Item = (i64, i64)>, effect: &Effect) -> Sums {
        self.lines.iter().zip(deal).fold(Sums::default(), |sums, (line, at)| sums.with(self, line, at, effect))
    }

    /// Profit and fairness of a whole deal, of which at least nothing must be left.
    pub(crate) fn balance(&self, sums: &Sums, effect: &Effect) -> (i128, i128) {
        let value = sums.asked + sums.goods;
        let profit = sums.profit - self.overhead(effect, value);
        let fair = sums.fair + (self.goods_grant(sums) - self.spared(effect, value)) * PPM;
        (profit, fair)
    }

    /// Whether a whole deal that keeps the guard of every line ([`Line::guarded`]) is supported.
    pub(crate) fn holds(&self, sums: &Sums, effect: &Effect) -> bool {
        let (profit, fair) = self.balance(sums, effect);
        profit >= 0 && fair >= 0
    }

    /// Profit and fairness of a whole deal; `None` when the policy does not allow what is agreed beside goods and prices.
    pub(crate) fn conditions(&self, deal: &Deal) -> Option<(bool, bool)> {
        let effect = self.effect(deal.step)?;
        let numbers = || deal.quantities.iter().copied().zip(deal.prices.iter().copied());
        let guarded = self.lines.iter().zip(numbers()).all(|(line, (quantity, price))| line.guarded(quantity, price));
        let (profit, fair) = self.balance(&self.sums(numbers(), &effect), &effect);
        Some((profit >= 0 && guarded, fair >= 0))
    }

    /// What may be given beyond the plain concession for goods that come along or for free, in billionths.
    fn goods_grant(&self, sums: &Sums) -> i128 {
        match self.lines.last().map(|line| line.role) {
            Some(Role::Along) => self.policy.bundle.as_ref().map_or(0, |lever| {
                let counted = sums.goods.min(sums.asked * i128::from(lever.value_max.ppm()) / PPM);
                counted * i128::from(lever.per_double.ppm()) / PPM
            }),
            Some(Role::Free) => self.policy.bonus.as_ref().map_or(0, |lever| {
                let most = sums.asked * i128::from(lever.grant.ppm()) / PPM;
                sums.goods.min(most)
            }),
            Some(Role::Asked) | None => 0,
        }
    }
}
