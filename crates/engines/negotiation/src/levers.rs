//! The levers: each solves the inverse problem. Which is the smallest step by the buyer that makes the asked price
//! acceptable? And where no step does, which is the best price that the lever carries?

use crate::{
    arithmetic::{ceil_divide, nano_per_minor},
    case::{Case, Deal, Line},
    offer::Lever,
    trace::Dropped,
};

mod goods;
mod instead;
mod pairs;
mod price;
mod share;
mod steps;
mod volume;

pub(crate) use instead::alone as instead_of;
pub(crate) use share::lowest_prices;
pub(crate) use steps::steps;
pub(crate) use volume::raised_to;

/// A deal that a lever supports.
#[derive(Clone)]
pub(crate) struct Candidate<'a> {
    pub(crate) lever: Lever,
    pub(crate) deal: Deal,
    /// Whether it meets the asked prices.
    pub(crate) meets: bool,
    /// The case of the deal where it is about other goods than those that were asked.
    pub(crate) other: Option<Box<Case<'a>>>,
}

impl<'a> Candidate<'a> {
    fn new(case: &Case<'a>, lever: Lever, deal: Deal) -> Self {
        Self { lever, meets: meets(case, &deal), deal, other: None }
    }

    /// The case that the deal is about.
    pub(crate) fn case<'c>(&'c self, asked: &'c Case<'a>) -> &'c Case<'a> {
        self.other.as_deref().unwrap_or(asked)
    }
}

type Found<'a> = Result<Candidate<'a>, Dropped>;

/// The levers that move one thing that is agreed about the deal as a whole.
pub(crate) const STEP_LEVERS: [Lever; 5] =
    [Lever::Payment, Lever::Delivery, Lever::Freight, Lever::Commitment, Lever::Rebate];

/// So many levers and pairs have something to say at most deals.
const LEVERS_USUAL: usize = 16;

/// What several levers start from, worked out once.
struct Basis<'c, 'a> {
    case: &'c Case<'a>,
    /// The asked quantities.
    asked: Vec<i64>,
    /// The lowest prices on what is allowed of the ask.
    plain: Option<Deal>,
    /// See [`volume::raisable_sets`].
    raisable: Result<Vec<Vec<usize>>, Dropped>,
}

/// What each lever says, in a fixed order. Levers that the policy does not know are left out, but for the oldest three,
/// whose absence is a reason worth a word.
pub(crate) fn candidates<'a>(case: &Case<'a>) -> Vec<(Lever, Found<'a>)> {
    let asked = asked_quantities(case);
    let plain = lowest_prices(case, &asked, case.allowed);
    let basis = Basis { case, asked, plain, raisable: volume::raisable_sets(case) };
    let mut all: Vec<(Lever, Found<'a>)> = Vec::with_capacity(LEVERS_USUAL);
    all.push((Lever::Plain, price::plain(&basis)));
    all.push((Lever::Volume, volume::alone(&basis)));
    all.push((Lever::Payment, steps::alone(&basis, Lever::Payment)));
    let further = STEP_LEVERS.into_iter().skip(1).filter(|lever| steps::has_row(case, *lever));
    all.extend(further.map(|lever| (lever, steps::alone(&basis, lever))));
    all.extend(instead::alone(case).into_iter().chain(goods::along(case)).chain(goods::for_free(&basis)));
    let pairs = pairs::both(&basis, &all);
    all.splice(3..3, pairs);
    all.into_iter().map(|(lever, found)| (lever, found.and_then(|candidate| worthwhile(case, candidate)))).collect()
}

/// An offer that gives the buyer less than a cent over the list terms is none. A larger quantity at a better step of the buyer's
/// own ladder is one: the buyer may not have seen it. But nobody is asked to pay earlier for it. What other goods save has
/// been looked at before.
fn worthwhile<'a>(case: &Case<'a>, candidate: Candidate<'a>) -> Found<'a> {
    if candidate.other.is_some() {
        return Ok(candidate);
    }
    let deal = &candidate.deal;
    let cheaper = case.list_value(&deal.quantities) - case.paid(deal) >= nano_per_minor(case.currency);
    let later = deal.step.days > case.position.list.payment_days;
    let steps_down = candidate.lever == Lever::Volume
        && case.lines.iter().zip(&deal.prices).any(|(line, price)| *price < line.list(line.asked));
    if cheaper || later || steps_down { Ok(candidate) } else { Err(Dropped::NoRoom) }
}

/// The asked quantities.
pub(crate) fn asked_quantities(case: &Case<'_>) -> Vec<i64> {
    case.lines.iter().map(|line| line.asked).collect()
}

/// Whether a deal's prices are no higher than asked, once a rebate has been paid back.
fn meets(case: &Case<'_>, deal: &Deal) -> bool {
    let Some(effect) = case.effect(deal.step) else { return false };
    let meets = |(line, price): (&Line, &i64)| *price <= line.wanted(&effect);
    case.lines.iter().zip(&deal.prices).all(meets)
}

/// Packs that hold a quantity, rounded up.
fn packs(quantity: i128, granule: i64) -> i64 {
    i64::try_from(ceil_divide(quantity, i128::from(granule.max(1)))).unwrap_or(i64::MAX)
}

/// The smallest of `low..=high` for which `holds`, if it holds at `high` and, once it holds, goes on holding.
fn first(low: i64, high: i64, holds: impl Fn(i64) -> bool) -> Option<i64> {
    holds(high).then(|| first_before(low, high, holds))
}

/// The same where it is known to hold at `high`.
fn first_before(mut low: i64, mut high: i64, holds: impl Fn(i64) -> bool) -> i64 {
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    high
}
