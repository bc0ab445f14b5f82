//! A deal made ready for arithmetic: checked inputs as plain integers, and the two conditions of every offer.
//!
//! Money is counted in billionths of the currency (millionths of a price × thousandths of a quantity), exactly, in
//! `i128`. With prices up to 10^15, quantities up to 10^12, a thousand lines and factors of at most 4·10^6 parts per
//! million, sums stay below 4·10^36, far from the end of `i128` (1.7·10^38).

use std::rc::Rc;

use kernel::{Amount, Currency, Instant, Quantity, Rate, Rounding, UnitPrice};

use crate::{
    arithmetic::{PPM, ceil_divide, nano_per_minor},
    facts::LineFacts,
    policy::{Applied, Policy},
    position::{History, LinePosition, Position},
    tactic,
    terms::{LineTerms, ListLine, Rebate, Request, Terms},
};

mod effect;
mod inputs;
mod line;
mod sums;
mod ticks;

use effect::rebates;
pub(crate) use effect::{Effect, Step};
pub(crate) use inputs::goods_are_sound;
pub(crate) use line::{Line, Role};
pub(crate) use sums::Sums;
use ticks::Ticks;

/// Quantities and prices of a deal, line by line, and what else is agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Deal {
    pub(crate) quantities: Vec<i64>,
    pub(crate) prices: Vec<i64>,
    pub(crate) step: Step,
}

/// Why terms cannot be evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// Terms, list and position do not belong together, or hold impossible numbers.
    Inputs,
    /// A line has no known cost.
    NoCost,
    /// The policy contradicts itself.
    Policy,
}

/// A request made ready.
#[derive(Clone)]
pub(crate) struct Case<'a> {
    pub(crate) policy: &'a Policy,
    /// What the buyer asks about. Goods that take another's place or come along are in `lines` only.
    pub(crate) position: &'a Position,
    pub(crate) currency: Currency,
    pub(crate) lines: Vec<Line>,
    /// Whether every line's cost is known. If not, nothing of [`Self::supports`] may be used.
    pub(crate) cost_known: bool,
    pub(crate) round: u32,
    pub(crate) step: u32,
    pub(crate) share: Rate,
    /// The largest plain discount at this step.
    pub(crate) plain: i64,
    /// What the ask needs, and the least that an earlier round needed.
    pub(crate) needed: i64,
    pub(crate) needed_before: Option<i64>,
    /// What is asked beside goods and prices, and what of it the policy allows.
    pub(crate) asked: Step,
    pub(crate) allowed: Step,
    /// Whether quantities may move.
    pub(crate) is_fixed: bool,
    /// The days that the buyer can wait; `None`: any.
    pub(crate) patience_days: Option<u16>,
    per_double: i64,
    multiple_max: i64,
    /// Handling of order and lines, in billionths.
    handling: i128,
    /// The usual charge for freight, and the list value from which orders go free, in billionths.
    freight_charge: (i128, i128),
    /// What this buyer can be paid back, by rising turnover.
    pub(crate) rebates: Rc<[Rebate]>,
    ticks: Rc<Ticks>,
}

impl<'a> Case<'a> {
    /// Checks that everything belongs together and makes it ready; the request counts as the newest round.
    pub(crate) fn new(
        applied: Applied<'a>,
        position: &'a Position,
        history: &History,
        request: &Request,
        now: Instant,
    ) -> Result<Self, Unknown> {
        let mut case = Self::ready(applied, position, history, request, now)?;
        let mut needs: Vec<i64> = case.sound_rounds(history).map(|terms| case.needs(terms)).collect();
        case.needed_before = needs.iter().copied().min();
        needs.push(case.needed);
        case.take_step(history, &needs);
        Ok(case)
    }

    /// The same for terms that are no request: the tactic stands where the history's rounds have brought it.
    pub(crate) fn after(
        applied: Applied<'a>,
        position: &'a Position,
        history: &History,
        terms: &Request,
    ) -> Result<Self, Unknown> {
        let mut case = Self::ready(applied, position, history, terms, Instant::from_micros(0))?;
        let needs: Vec<i64> = case.sound_rounds(history).map(|terms| case.needs(terms)).collect();
        case.take_step(history, &needs);
        Ok(case)
    }

    fn ready(
        Applied { policy, is_checked }: Applied<'a>,
        position: &'a Position,
        history: &History,
        request: &Request,
        now: Instant,
    ) -> Result<Self, Unknown> {
        if !inputs::are_sound(policy, position, history, request) {
            return Err(Unknown::Inputs);
        }
        if !is_checked && !policy.faults().is_empty() {
            return Err(Unknown::Policy);
        }
        let mut case = Self::bare(policy, position, request);
        let first = case.sound_rounds(history).next().unwrap_or(&request.terms).clone();
        case.patience_days = patience(position, request, now);
        for at in 0..position.lines.len() {
            let reachable = reachable(policy, &position.lines[at], request, now);
            let line = case.line(at, &request.terms.lines[at], first.lines[at].quantity, reachable);
            case.lines.push(line.ok_or(Unknown::Policy)?);
        }
        case.allowed = case.allowed(case.asked);
        case.needed = case.needs(&request.terms);
        Ok(case)
    }

    /// Earlier rounds about the same products, in possible numbers; others say nothing about this deal.
    fn sound_rounds<'h>(&self, history: &'h History) -> impl Iterator<Item = &'h Terms> + use<'h, '_, 'a> {
        history.rounds.iter().filter(|terms| inputs::round_is_sound(self.position, terms))
    }

    fn bare(policy: &'a Policy, position: &'a Position, request: &Request) -> Self {
        let currency = position.list.currency;
        let lines = i128::try_from(position.lines.len()).unwrap_or(0);
        let handling = i128::from(position.handling_order.minor()) + i128::from(position.handling_line.minor()) * lines;
        let volume = policy.volume.as_ref();
        let asked = Step { days: request.terms.payment_days, extras: request.terms.extras };
        Self {
            policy,
            currency,
            lines: Vec::with_capacity(position.lines.len()),
            cost_known: position.lines.iter().all(|line| line.cost.is_some()),
            round: 1,
            step: 1,
            share: Rate::ZERO,
            plain: 0,
            needed: 0,
            needed_before: None,
            asked,
            allowed: asked,
            is_fixed: request.fixed_quantities,
            patience_days: None,
            per_double: volume.map_or(0, |volume| volume.per_double.ppm()),
            multiple_max: volume.map_or(1_000_000, |volume| volume.multiple_max.ppm()),
            handling: handling * nano_per_minor(currency),
            freight_charge: position.list.freight.map_or((0, 0), |freight| {
                let nano = |amount: Amount| i128::from(amount.minor()) * nano_per_minor(currency);
                (nano(freight.charge), nano(freight.free_from))
            }),
            rebates: rebates(policy, position),
            ticks: Rc::new(Ticks::of(policy, currency)),
            position,
        }
    }

    fn line(&self, at: usize, asked: &LineTerms, first: Quantity, reachable: i64) -> Option<Line> {
        let list = &self.position.list.lines[at];
        let mut line = self.bare_line(list, &self.position.lines[at], Role::Asked, asked.quantity)?;
        let anchor = list.anchor.unwrap_or(first).thousandths();
        let most = self.most(asked, reachable);
        line.ask(asked.quantity.thousandths(), asked.price.micros(), anchor, most);
        Some(line)
    }

    fn bare_line(&self, list: &ListLine, position: &LinePosition, role: Role, asked: Quantity) -> Option<Line> {
        let list_price = list.price_at(asked);
        let facts = LineFacts { customer: &self.position.customer, line: position, list_price };
        let margins = self.policy.margins_of(&facts)?;
        Some(Line::new(list, position, margins.floor.ppm(), margins.target.ppm(), role))
    }

    /// The largest quantity that may be offered for a line, before packs.
    fn most(&self, asked: &LineTerms, reachable: i64) -> i64 {
        let multiple = i128::from(asked.quantity.thousandths()) * i128::from(self.multiple_max) / PPM;
        i64::try_from(multiple).unwrap_or(i64::MAX).min(Quantity::THOUSANDTHS_MAX).min(reachable)
    }

    /// The same talks about other goods: line `at` is another product, or a further one stands behind the others. The
    /// tactic stands where it stands. `None` when the policy has no margins for it.
    pub(crate) fn about(
        &self,
        (list, position): (&ListLine, &LinePosition),
        at: usize,
        asked: &LineTerms,
        role: Role,
    ) -> Option<Case<'a>> {
        let mut line = self.bare_line(list, position, role, asked.quantity)?;
        let quantity = asked.quantity.thousandths();
        let anchor = list.anchor.unwrap_or(asked.quantity).thousandths();
        line.ask(quantity, asked.price.micros(), anchor, quantity);
        let mut case = self.clone();
        case.cost_known &= position.cost.is_some();
        if at < case.lines.len() {
            case.lines[at] = line;
        } else {
            case.lines.push(line);
            case.handling += i128::from(case.position.handling_line.minor()) * nano_per_minor(case.currency);
        }
        case.demand(at);
        Some(case)
    }

    /// The case with the tactic before any concession: what is offered before anyone asks.
    pub(crate) fn unasked(mut self) -> Self {
        (self.share, self.plain) = (Rate::ZERO, 0);
        (0..self.lines.len()).for_each(|at| self.demand(at));
        self
    }

    /// Counts rounds, and the steps of the tactic (only a move of at least `move_min` is one), and sets the demanded
    /// margins and the plain concession of the step.
    fn take_step(&mut self, history: &History, needs: &[i64]) {
        let policy = self.policy;
        let move_min = policy.tactic.move_min.ppm();
        let (mut step, mut last) = (1_u32, needs.first().copied().unwrap_or(i64::MAX));
        for need in needs {
            if *need < last && *need <= last.saturating_sub(move_min) {
                (step, last) = (step.saturating_add(1), *need);
            }
        }
        let moved = needs.first().copied().unwrap_or(i64::MAX).saturating_sub(last).max(0);
        self.round = u32::try_from(history.rounds.len()).unwrap_or(u32::MAX).saturating_add(1);
        self.step = step.min(policy.tactic.rounds_max);
        self.share = tactic::share(policy, self.step, moved);
        self.plain = tactic::moved(policy.plain.from, policy.plain.to, self.share).ppm();
        (0..self.lines.len()).for_each(|at| self.demand(at));
    }

    /// Sets the demanded margin of a line.
    fn demand(&mut self, at: usize) {
        let (target, floor) = (Rate::from_ppm(self.lines[at].target), Rate::from_ppm(self.lines[at].floor));
        let demanded = tactic::moved(target, floor, self.share).ppm();
        let Self { lines, ticks, .. } = self;
        lines[at].demand(demanded, |price| ticks.up(price));
    }

    /// The plain discount that terms need beyond the grants they earn, in parts per million, rounded up.
    fn needs(&self, terms: &Terms) -> i64 {
        let step = self.allowed(Step { days: terms.payment_days, extras: terms.extras });
        let Some(effect) = self.effect(step) else { return i64::MAX };
        let (mut gap, mut list) = (0_i128, 0_i128);
        for (line, asked) in self.lines.iter().zip(&terms.lines) {
            let quantity = asked.quantity.thousandths();
            let list_price = line.list(quantity);
            let allowance = line_allowance(self, line, (quantity, list_price), 0, &effect);
            gap += i128::from(quantity) * (allowance - i128::from(asked.price.micros()) * PPM);
            list += i128::from(quantity) * i128::from(list_price);
        }
        i64::try_from(ceil_divide(gap, list.max(1))).unwrap_or(i64::MAX)
    }

    /// The asked terms, at no more than list prices.
    pub(crate) fn ask(&self) -> Deal {
        Deal {
            quantities: self.lines.iter().map(|line| line.asked).collect(),
            prices: self.lines.iter().map(|line| line.price).collect(),
            step: self.asked,
        }
    }

    /// Σ quantity × list price at the asked quantities, in billionths.
    pub(crate) fn asked_value(&self) -> i128 {
        self.lines.iter().map(|line| i128::from(line.asked) * i128::from(line.list(line.asked))).sum()
    }

    /// Σ quantity × price of the ask, in billionths.
    pub(crate) fn asked_net(&self) -> i128 {
        self.lines.iter().map(|line| i128::from(line.asked) * i128::from(line.price)).sum()
    }

    /// Σ quantity × price, in billionths.
    pub(crate) fn net(&self, deal: &Deal) -> i128 {
        deal.quantities.iter().zip(&deal.prices).map(|(q, p)| i128::from(*q) * i128::from(*p)).sum()
    }

    /// What the buyer pays once a rebate has been paid back, in billionths.
    pub(crate) fn paid(&self, deal: &Deal) -> i128 {
        self.after_rebate(self.net(deal), &deal.step)
    }

    /// What is left to pay of a net value once a step's rebate has been paid back.
    pub(crate) fn after_rebate(&self, net: i128, step: &Step) -> i128 {
        match step.extras.rebate {
            Some(rebate) => net * i128::from(1_000_000 - rebate.rate.ppm()) / PPM,
            None => net,
        }
    }

    /// Σ quantity × list price at these quantities, in billionths.
    pub(crate) fn list_value(&self, quantities: &[i64]) -> i128 {
        self.lines.iter().zip(quantities).map(|(line, q)| i128::from(*q) * i128::from(line.list(*q))).sum()
    }

    /// A price rounded up to the policy's tick, but not above the list price.
    pub(crate) fn tick_up(&self, price: i64, list: i64) -> i64 {
        self.ticks.up(price).min(list)
    }

    /// Where price talks start for a line at a quantity: at the asked price; with a rebate, at the tick below the price that
    /// comes to the asked one.
    pub(crate) fn start(&self, line: &Line, quantity: i64, effect: &Effect) -> i64 {
        let exact = line.wanted(effect);
        let wanted = if effect.rebate == 0 { exact } else { self.ticks.down(exact.min(UnitPrice::MICROS_MAX)) };
        let start = line.start(quantity, wanted);
        // The lowest price with support is no multiple of a tick by itself.
        let is_odd = line.is_supported() && start != wanted;
        if is_odd { self.tick_up(start, line.list(quantity)) } else { start }
    }

    /// The grant for a quantity, in parts per million, rounded down.
    fn volume_grant(&self, line: &Line, quantity: i64) -> i64 {
        if quantity <= line.anchor || self.per_double == 0 {
            return 0;
        }
        let anchor = i128::from(line.anchor);
        let most = Rounding::Down.divide(anchor * i128::from(self.multiple_max), PPM);
        let extra = (i128::from(quantity).min(most) - anchor).max(0);
        i64::try_from(Rounding::Down.divide(i128::from(self.per_double) * extra, anchor)).unwrap_or(0)
    }

    /// The grant for a commitment, in parts per million, rounded down.
    fn commitment_grant(&self, line: &Line, quantity: i64, effect: &Effect) -> i64 {
        let Some((commitment, lever)) = effect.commitment().zip(self.policy.commitment.as_ref()) else { return 0 };
        let usual = i128::from(line.monthly) * i128::from(commitment.months);
        let usual = usual.max(i128::from(line.anchor)).max(1);
        let total = i128::from(quantity) * i128::from(commitment.times);
        let grant = Rounding::Down.divide(i128::from(lever.per_double.ppm()) * (total - usual).max(0), usual);
        let most = i128::from(lever.per_double.ppm()) * i128::from(lever.times_max);
        i64::try_from(grant.min(most)).unwrap_or(0)
    }
}

/// The lowest fair price of a line × 10^6: the list price at this quantity less the plain concession, or the list price
/// at the anchor less plain concession and volume grant, or the list price less plain concession and the grant of a
/// commitment, whichever is lowest; all less the grants of payment, delivery and freight.
///
/// `list` is the list price at this quantity, which the caller knows already.
fn line_allowance(case: &Case<'_>, line: &Line, (quantity, list): (i64, i64), plain: i64, effect: &Effect) -> i128 {
    let keep = 1_000_000 - plain - effect.grant;
    let committed = case.commitment_grant(line, quantity, effect);
    let plainly = i128::from(list) * i128::from(keep - committed);
    if quantity <= line.anchor {
        return plainly.max(0);
    }
    let granted = i128::from(line.list_at_anchor) * i128::from(keep - case.volume_grant(line, quantity));
    plainly.min(granted).max(0)
}

/// The largest quantity that stock or lead time allow to offer.
fn reachable(policy: &Policy, line: &LinePosition, request: &Request, now: Instant) -> i64 {
    let Some(stock) = line.stock else { return Quantity::THOUSANDTHS_MAX };
    let beyond = policy.volume.as_ref().is_some_and(|volume| volume.beyond_stock);
    let in_time = request.need_by.is_none_or(|date| now.date().plus_days(i64::from(line.lead_days)) <= date);
    if beyond && in_time { Quantity::THOUSANDTHS_MAX } else { stock.thousandths().max(0) }
}

/// How many days later than it could be there the delivery may be; `None`: no date is given.
fn patience(position: &Position, request: &Request, now: Instant) -> Option<u16> {
    let date = request.need_by?;
    let is_short = |line: &LinePosition, asked: &LineTerms| {
        line.stock.is_none_or(|stock| stock.thousandths() < asked.quantity.thousandths())
    };
    let lines = position.lines.iter().zip(&request.terms.lines);
    let lead = lines.filter(|(line, asked)| is_short(line, asked)).map(|(line, _)| line.lead_days).max().unwrap_or(0);
    let days = date.days().saturating_sub(now.date().days()).saturating_sub(i64::from(lead));
    Some(u16::try_from(days.max(0)).unwrap_or(u16::MAX))
}
