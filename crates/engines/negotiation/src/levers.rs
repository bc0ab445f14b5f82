//! The levers: each solves the inverse problem. Which is the smallest step by the buyer that makes the asked price
//! acceptable? And where no step does, which is the best price that the lever carries?

use crate::{
    case::{Case, Deal, Line, Pay, ceil_divide, nano_per_minor},
    offer::Lever,
    trace::Dropped,
};

mod payment;
mod price;
mod volume;

/// A deal that a lever supports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) lever: Lever,
    pub(crate) deal: Deal,
    /// Whether it meets the asked prices.
    pub(crate) meets: bool,
}

/// What each lever says, in a fixed order.
pub(crate) fn candidates(case: &Case<'_>) -> Vec<(Lever, Result<Candidate, Dropped>)> {
    let plain = price::plain(case);
    let volume = volume::alone(case);
    let payment = payment::alone(case);
    let meets = [&volume, &payment].iter().any(|result| result.as_ref().is_ok_and(|candidate| candidate.meets));
    let pair = match (case.policy.pairs, meets) {
        (false, _) => Err(Dropped::NoRow),
        (true, true) => Err(Dropped::NotNeeded),
        (true, false) => volume::with_payment(case),
    };
    let named =
        [(Lever::Plain, plain), (Lever::Volume, volume), (Lever::Payment, payment), (Lever::VolumePayment, pair)];
    named.into_iter().map(|(lever, result)| (lever, result.and_then(|candidate| worthwhile(case, candidate)))).collect()
}

/// An offer that gives the buyer less than a cent over the list terms is none. A larger quantity at a better step of the buyer's
/// own ladder is one: the buyer may not have seen it. But nobody is asked to pay earlier for it.
fn worthwhile(case: &Case<'_>, candidate: Candidate) -> Result<Candidate, Dropped> {
    let deal = &candidate.deal;
    let cheaper = case.list_value(&deal.quantities) - case.net(deal) >= nano_per_minor(case.currency);
    let later = deal.days > case.position.list.payment_days;
    let steps_down = candidate.lever == Lever::Volume
        && case.lines.iter().zip(&deal.prices).any(|(line, price)| *price < line.list(line.asked));
    if cheaper || later || steps_down { Ok(candidate) } else { Err(Dropped::NoRoom) }
}

/// The lowest supported prices for these quantities and days: every line moves from its start (the asked price) towards
/// its list price by the same share, so that concessions go where the buyer asked for them. `None` when not even list
/// prices are supported.
///
/// Both conditions are linear in the share, so it is solved, not searched; then rounded up to ticks and checked.
pub(crate) fn lowest_prices(case: &Case<'_>, quantities: Vec<i64>, days: u16) -> Option<Deal> {
    let pay = case.pay(days)?;
    let share = share_towards_list(case, &quantities, pay)?;
    // Where the exact share does not fit, the one just below it is tried first: it often rounds to the same price.
    let below = priced(case, &quantities, days, &share.below());
    if case.supports(&below) {
        return Some(below);
    }
    let above = priced(case, &quantities, days, &share);
    case.supports(&above).then_some(above)
}

fn priced(case: &Case<'_>, quantities: &[i64], days: u16, share: &Share) -> Deal {
    let price = |(line, quantity): (&Line, &i64)| {
        let (start, list) = (line.start(*quantity), line.list(*quantity));
        let raised = share.of(i128::from(list) - i128::from(start));
        if raised == 0 && start == line.price {
            return start; // the buyer's own number stays as it is
        }
        let raised = i64::try_from(i128::from(start) + raised).unwrap_or(list).min(list);
        case.tick_up(raised, list)
    };
    let prices = case.lines.iter().zip(quantities).map(price).collect();
    Deal { quantities: quantities.to_vec(), prices, days }
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

fn share_towards_list(case: &Case<'_>, quantities: &[i64], pay: Pay) -> Option<Share> {
    let (mut fair, mut fair_slope) = (0_i128, 0_i128);
    let (mut profit, mut profit_slope) = (-case.overhead(), 0_i128);
    for (line, quantity) in case.lines.iter().zip(quantities) {
        let (start, list) = (line.start(*quantity), line.list(*quantity));
        let fair_start = case.fair(line, *quantity, start, pay);
        let profit_start = case.profit(line, *quantity, start, pay);
        fair += fair_start;
        fair_slope += case.fair(line, *quantity, list, pay) - fair_start;
        profit += profit_start;
        profit_slope += case.profit(line, *quantity, list, pay) - profit_start;
    }
    let fair = Share::new(-fair, fair_slope)?;
    let profit = Share::new(-profit, profit_slope)?;
    Some(fair.larger(profit))
}

/// The asked quantities.
pub(crate) fn asked_quantities(case: &Case<'_>) -> Vec<i64> {
    case.lines.iter().map(|line| line.asked).collect()
}

/// The prices at which talks start for these quantities.
pub(crate) fn start_prices(case: &Case<'_>, quantities: &[i64]) -> Vec<i64> {
    case.lines.iter().zip(quantities).map(|(line, quantity)| line.start(*quantity)).collect()
}

/// Whether a deal's prices are no higher than asked.
pub(crate) fn meets(case: &Case<'_>, deal: &Deal) -> bool {
    case.lines.iter().zip(&deal.prices).all(|(line, price)| *price <= line.price)
}
