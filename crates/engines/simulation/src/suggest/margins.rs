//! Floors and targets from observed pocket margins.
//!
//! floats: statistics of history; what leaves is rounded to rates

use kernel::Rate;
use negotiation_engine::MarginRow;
use statistics::fit::weighted_quantile;

use crate::{
    figures::{rate, shrunk, units},
    frame::{Frame, Observation},
    suggest::{COUNT_MIN, Making, tenths, whole},
};

/// A floor is the margin that a tenth of revenue stays under, a target the one that half of it does.
const FLOOR: f64 = 0.1;
const TARGET: f64 = 0.5;
/// No suggested floor is under zero or above 60 %, no target above 80 %.
const FLOOR_MAX: f64 = 0.6;
const TARGET_MAX: f64 = 0.8;
/// Classes and segments within so much of the whole need no row of their own.
const WORTH_A_ROW: f64 = 0.01;
/// Most rows of classes, and of segments: the largest by deals.
const ROWS_MAX: usize = 50;

/// A deal's margin and what it weighs.
type Weighed = (f64, f64);

/// The pocket margin of a past deal by today's cost, as if it had been an order of its own, and its net value; `None`
/// without a known cost.
pub(super) fn margin(frame: &Frame<'_>, one: &Observation) -> Option<Weighed> {
    let market = frame.market;
    let (product, deal) = (market.product(one.product)?, market.deals.get(one.deal as usize)?);
    let quantity = deal.quantity.thousandths() as f64 / 1e3;
    let net = deal.paid.micros() as f64 / 1e6 * quantity;
    // Cost moves with the list: a deal of the past is measured by the cost of its day.
    let today = product.price_at(deal.quantity)?.micros() as f64;
    let moved = if today > 0.0 { deal.list.micros() as f64 / today } else { 1.0 };
    let goods = (product.cost?.micros() as f64 * moved + product.freight.micros() as f64) / 1e6 * quantity;
    let costs = &market.costs;
    let order = units(costs.handling_order) + units(costs.handling_line) + units(costs.freight_order);
    let financing = costs.capital.ppm() as f64 / 1e6 * f64::from(market.payment_days) / 365.0;
    let margin = (net - goods - order) / net - financing;
    (margin.is_finite() && net.is_finite()).then_some((margin.max(-1e3), net))
}

/// Floor and target of some deals; `None` of nothing.
fn seen(deals: &[Weighed]) -> Option<(f64, f64)> {
    Some((weighted_quantile(deals, FLOOR).ok()?, weighted_quantile(deals, TARGET).ok()?))
}

impl Making<'_> {
    /// One row for all, and one for each class and segment whose margins differ.
    pub(super) fn margins(&mut self) {
        let all: Vec<(Observation, Weighed)> =
            self.sales.iter().filter_map(|one| Some((*one, margin(&self.frame, one)?))).collect();
        let weighed: Vec<Weighed> = all.iter().map(|(_, weighed)| *weighed).collect();
        let Some(general) = seen(&weighed).filter(|_| weighed.len() >= COUNT_MIN) else {
            return self.because("margins", "starter", &[]);
        };
        self.policy.margins.clear();
        self.row(None, None, general, general, weighed.len());
        let classes = groups(self.frame.classes.len(), &all, |one| one.class);
        for (class, deals) in classes {
            self.own_row(None, Some(self.frame.classes[class].to_owned()), &deals, general);
        }
        let segments = groups(self.frame.segments.len(), &all, |one| one.segment);
        for (segment, deals) in segments {
            self.own_row(Some(self.frame.segments[segment].to_owned()), None, &deals, general);
        }
    }

    fn own_row(&mut self, segment: Option<String>, class: Option<String>, deals: &[Weighed], general: (f64, f64)) {
        let Some(own) = seen(deals) else { return };
        let drawn = (shrunk(Some(own.0), deals.len(), general.0), shrunk(Some(own.1), deals.len(), general.1));
        let differs = (drawn.0 - general.0).abs() >= WORTH_A_ROW || (drawn.1 - general.1).abs() >= WORTH_A_ROW;
        if differs {
            self.row(segment, class, drawn, own, deals.len());
        }
    }

    fn row(
        &mut self,
        segment: Option<String>,
        class: Option<String>,
        (floor, target): (f64, f64),
        seen: (f64, f64),
        count: usize,
    ) {
        let path = format!("margins[{}]", self.policy.margins.len());
        let floor = tenths(floor, 0.0, FLOOR_MAX);
        let target = tenths(target, 0.0, TARGET_MAX).max(floor);
        self.policy.margins.push(MarginRow { segment, class, condition: None, floor, target });
        let numbers = [("deals", whole(count)), ("floor_seen", ppm(seen.0)), ("target_seen", ppm(seen.1))];
        self.because(path, "margins", &numbers);
    }
}

fn ppm(share: f64) -> i64 {
    rate(share).max(Rate::from_ppm(-1_000_000_000)).ppm()
}

/// The largest groups with enough deals, by place.
fn groups(
    count: usize,
    all: &[(Observation, Weighed)],
    place: impl Fn(&Observation) -> u32,
) -> Vec<(usize, Vec<Weighed>)> {
    let mut groups: Vec<(usize, Vec<Weighed>)> = (0..count).map(|at| (at, Vec::new())).collect();
    for (one, weighed) in all {
        groups[place(one) as usize].1.push(*weighed);
    }
    groups.retain(|(_, deals)| deals.len() >= COUNT_MIN);
    groups.sort_by_key(|(at, deals)| (std::cmp::Reverse(deals.len()), *at));
    groups.truncate(ROWS_MAX);
    groups.sort_by_key(|(at, _)| *at);
    groups
}
