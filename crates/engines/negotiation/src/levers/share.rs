//! The lowest supported prices of a deal.

use crate::case::{Case, Deal, Effect, Line, Role, Step, ceil_divide};

/// The lowest supported prices for these quantities and this step: every line moves from its start (the asked price)
/// towards its list price by the same share, so that concessions go where the buyer asked for them. `None` when not even
/// list prices are supported.
///
/// Both conditions are linear in the share, so it is solved, not searched; then rounded up to ticks and checked.
pub(crate) fn lowest_prices(case: &Case<'_>, quantities: Vec<i64>, step: Step) -> Option<Deal> {
    let effect = case.effect(step)?;
    let share = share_towards_list(case, &quantities, &effect)?;
    // Where the exact share does not fit, the one just below it is tried first: it often rounds to the same price.
    let below = priced(case, &quantities, step, &effect, &share.below());
    if case.supports(&below) {
        return Some(below);
    }
    let above = priced(case, &quantities, step, &effect, &share);
    case.supports(&above).then_some(above)
}

fn priced(case: &Case<'_>, quantities: &[i64], step: Step, effect: &Effect, share: &Share) -> Deal {
    let price = |(line, quantity): (&Line, &i64)| {
        let (start, list) = (case.start(line, *quantity, effect), line.list(*quantity));
        if line.role != Role::Asked {
            return start;
        }
        let raised = share.of(i128::from(list) - i128::from(start));
        if raised == 0 && start == line.price {
            return start; // the buyer's own number stays as it is
        }
        let raised = i64::try_from(i128::from(start) + raised).unwrap_or(list).min(list);
        case.tick_up(raised, list)
    };
    let prices = case.lines.iter().zip(quantities).map(price).collect();
    Deal { quantities: quantities.to_vec(), prices, step }
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
        let fixed = |share: &Self| ceil_divide(share.numerator << 62, share.denominator);
        if fixed(&self) >= fixed(&other) { self } else { other }
    }
}

fn share_towards_list(case: &Case<'_>, quantities: &[i64], effect: &Effect) -> Option<Share> {
    let ((mut profit, mut fair), mut profit_slope, mut fair_slope) = (case.base(effect, quantities), 0_i128, 0_i128);
    for (line, quantity) in case.lines.iter().zip(quantities) {
        let start = case.start(line, *quantity, effect);
        let list = if line.role == Role::Asked { line.list(*quantity) } else { start };
        let fair_start = case.fair(line, *quantity, start, effect);
        let profit_start = case.profit(line, *quantity, start, effect);
        fair += fair_start;
        fair_slope += case.fair(line, *quantity, list, effect) - fair_start;
        profit += profit_start;
        profit_slope += case.profit(line, *quantity, list, effect) - profit_start;
    }
    let fair = Share::new(-fair, fair_slope)?;
    let profit = Share::new(-profit, profit_slope)?;
    Some(fair.larger(profit))
}
