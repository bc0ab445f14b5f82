//! Where talks about a deal start, and its lowest supported prices.

use crate::{
    arithmetic::ceil_divide,
    case::{Case, Deal, Effect, Line, Role, Step, Sums},
};

/// A deal at the prices at which talks start, and the sums that say whether they are supported.
pub(super) struct Start<'c, 'a> {
    case: &'c Case<'a>,
    quantities: &'c [i64],
    prices: Vec<i64>,
    step: Step,
    effect: Effect,
    sums: Sums,
}

/// The lowest supported prices for these quantities and this step; see [`Start::lowest`].
pub(crate) fn lowest_prices(case: &Case<'_>, quantities: &[i64], step: Step) -> Option<Deal> {
    Start::new(case, quantities, step)?.lowest()
}

impl<'c, 'a> Start<'c, 'a> {
    /// `None` when the step is not allowed.
    pub(super) fn new(case: &'c Case<'a>, quantities: &'c [i64], step: Step) -> Option<Self> {
        let effect = case.effect(step)?;
        let starts = case.lines.iter().zip(quantities).map(|(line, quantity)| case.start(line, *quantity, &effect));
        let prices: Vec<i64> = starts.collect();
        let sums = case.sums(quantities.iter().copied().zip(prices.iter().copied()), &effect);
        Some(Self { case, quantities, prices, step, effect, sums })
    }

    /// The deal itself.
    pub(super) fn deal(self) -> Deal {
        Deal { quantities: self.quantities.to_vec(), prices: self.prices, step: self.step }
    }

    /// Whether both conditions hold. No start price is below what a line must have, so that the guard is kept.
    pub(super) fn is_supported(&self) -> bool {
        self.case.holds(&self.sums, &self.effect)
    }

    /// The lowest supported prices: every line moves from its start (the asked price) towards its list price by the same
    /// share, so that concessions go where the buyer asked for them. `None` when not even list prices are supported.
    ///
    /// Both conditions are linear in the share, so it is solved, not searched; then rounded up to ticks and checked.
    pub(super) fn lowest(&self) -> Option<Deal> {
        self.lowest_within(i128::MAX)
    }

    /// The same; `None` also where it is plain that more than `most` would be paid.
    pub(super) fn lowest_within(&self, most: i128) -> Option<Deal> {
        let share = self.share_towards_list()?;
        if self.least_paid(&share.below()) > most {
            return None;
        }
        // Where the exact share does not fit, the one just below it is tried first: it often rounds to the same price.
        let below = if share.is_exact { None } else { self.priced(&share.below()) };
        let prices = below.or_else(|| self.priced(&share))?;
        Some(Deal { quantities: self.quantities.to_vec(), prices, step: self.step })
    }

    /// What is paid at the prices of a share before they are rounded up, see [`Case::paid`]. The start prices where the sum is
    /// too large for the arithmetic.
    fn least_paid(&self, share: &Share) -> i128 {
        let (mut start_net, mut way) = (0_i128, 0_i128);
        for (line, start, quantity) in self.lines() {
            let list = if line.role == Role::Asked { line.list(quantity) } else { start };
            start_net += i128::from(quantity) * i128::from(start);
            way += i128::from(quantity) * i128::from(list - start);
        }
        let raised = way.checked_mul(share.numerator).map_or(0, |part| part / share.denominator);
        self.case.after_rebate(start_net + raised, &self.step)
    }

    /// The prices of a share, if they are supported.
    fn priced(&self, share: &Share) -> Option<Vec<i64>> {
        let mut sums = self.sums;
        let price = |(line, start, quantity): (&Line, i64, i64)| {
            let price = self.price(line, start, quantity, share);
            sums = sums.raised(line, quantity, price - start, &self.effect);
            price
        };
        let prices: Vec<i64> = self.lines().map(price).collect();
        self.case.holds(&sums, &self.effect).then_some(prices)
    }

    fn price(&self, line: &Line, start: i64, quantity: i64, share: &Share) -> i64 {
        if line.role != Role::Asked {
            return start;
        }
        let list = line.list(quantity);
        let raised = share.of(i128::from(list) - i128::from(start));
        if raised == 0 && start == line.price {
            return start; // the buyer's own number stays as it is
        }
        let raised = i64::try_from(i128::from(start) + raised).unwrap_or(list).min(list);
        self.case.tick_up(raised, list)
    }

    /// The least share at which both conditions hold.
    fn share_towards_list(&self) -> Option<Share> {
        let (profit, fair) = self.case.balance(&self.sums, &self.effect);
        let mut at_list = self.sums;
        for (line, start, quantity) in self.lines().filter(|(line, ..)| line.role == Role::Asked) {
            at_list = at_list.raised(line, quantity, line.list(quantity) - start, &self.effect);
        }
        let (profit_at_list, fair_at_list) = self.case.balance(&at_list, &self.effect);
        let fair = Share::new(-fair, fair_at_list - fair)?;
        let profit = Share::new(-profit, profit_at_list - profit)?;
        Some(fair.larger(profit))
    }

    /// Lines with their start prices and quantities.
    fn lines(&self) -> impl Iterator<Item = (&Line, i64, i64)> {
        let numbers = self.prices.iter().zip(self.quantities);
        self.case.lines.iter().zip(numbers).map(|(line, (start, quantity))| (line, *start, *quantity))
    }
}

/// A share between 0 and 1 as a fraction of at most 65 bits.
struct Share {
    numerator: i128,
    denominator: i128,
    is_exact: bool,
}

impl Share {
    /// `numerator / denominator`, a little more where they are too large to multiply a price with; `None` above 1.
    fn new(numerator: i128, denominator: i128) -> Option<Self> {
        if numerator <= 0 {
            return Some(Self { numerator: 0, denominator: 1, is_exact: true });
        }
        if numerator > denominator {
            return None;
        }
        let excess = (128 - denominator.leading_zeros()).saturating_sub(64);
        if excess == 0 {
            return Some(Self { numerator, denominator, is_exact: true });
        }
        Some(Self { numerator: (numerator >> excess) + 1, denominator: denominator >> excess, is_exact: false })
    }

    /// The same share if it is exact, else one that is a little smaller than the true one.
    fn below(&self) -> Self {
        let Self { numerator, denominator, is_exact } = *self;
        if is_exact {
            return Self { numerator, denominator, is_exact };
        }
        Self { numerator: (numerator - 1).max(0), denominator: denominator + 1, is_exact }
    }

    /// This share of a price difference (at most 51 bits), rounded up.
    fn of(&self, difference: i128) -> i128 {
        ceil_divide(difference * self.numerator, self.denominator).min(difference)
    }

    /// The larger of two, compared with 62 binary digits.
    fn larger(self, other: Self) -> Self {
        // Most deals miss one condition only; then there is nothing to divide.
        if other.numerator == 0 {
            return self;
        }
        if self.numerator == 0 {
            return other;
        }
        let fixed = |share: &Self| ceil_divide(share.numerator << 62, share.denominator);
        if fixed(&self) >= fixed(&other) { self } else { other }
    }
}
