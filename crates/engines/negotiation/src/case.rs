//! A deal made ready for arithmetic: checked inputs as plain integers, and the two conditions of every offer.
//!
//! Money is counted in billionths of the currency (millionths of a price × thousandths of a quantity), exactly, in
//! `i128`. With prices up to 10^15, quantities up to 10^12, a thousand lines and factors of at most 4·10^6 parts per
//! million, sums stay below 4·10^36, far from the end of `i128` (1.7·10^38).

use kernel::{Currency, Instant, Quantity, Rate, UnitPrice};

use crate::{
    evaluate::Unknown,
    policy::Policy,
    position::{History, LinePosition, Position},
    tactic,
    terms::{LineTerms, ListLine, Request, Terms},
};

mod inputs;

pub(crate) const PPM: i128 = 1_000_000;
/// Most lines of one deal.
pub(crate) const LINES_MAX: usize = 1_000;
/// Financing beyond this share of the net value is hopeless anyway; the cap keeps sums small.
const FINANCING_PPM_MAX: i64 = 2_000_000;

/// One line as integers: prices in millionths, quantities in thousandths, rates in parts per million.
pub(crate) struct Line {
    pub(crate) asked: i64,
    /// The asked price, but not above the list price.
    pub(crate) price: i64,
    pub(crate) anchor: i64,
    list_at_anchor: i64,
    ladder: Vec<(i64, i64)>,
    pub(crate) cost: i64,
    pub(crate) freight: i64,
    bonus: Option<(i64, i64)>,
    pub(crate) floor: i64,
    pub(crate) target: i64,
    pub(crate) demanded: i64,
    /// See [`Self::least`].
    least: i64,
    least_with_bonus: i64,
    /// Volume offers are multiples of this.
    pub(crate) granule: i64,
    /// The largest quantity that the volume lever may offer; below `asked` when there is no room.
    pub(crate) most: i64,
}

impl Line {
    /// List price at a quantity.
    pub(crate) fn list(&self, quantity: i64) -> i64 {
        let reached = self.ladder.iter().rev().find(|(from, _)| *from <= quantity);
        reached.or(self.ladder.first()).map_or(0, |(_, price)| *price)
    }

    /// Where price talks start at a quantity: the asked price, but not below [`Self::least`] and
    /// not above list.
    pub(crate) fn start(&self, quantity: i64) -> i64 {
        self.price.max(self.least(quantity)).min(self.list(quantity))
    }

    /// No line is sold below [`Self::least`], except where the list price is below it.
    fn guard(&self, quantity: i64) -> i64 {
        self.least(quantity).min(self.list(quantity))
    }

    /// The lowest price that leaves the demanded margin on the line's own cost less bonus, rounded up to a tick: a deal
    /// may move concessions between lines, but no line pays for another so far that it would lose on its own.
    fn least(&self, quantity: i64) -> i64 {
        if self.bonus_from().is_some_and(|from| quantity >= from) { self.least_with_bonus } else { self.least }
    }

    /// The supplier's bonus per unit at a quantity.
    pub(crate) fn bonus(&self, quantity: i64) -> i64 {
        self.bonus.map_or(0, |(from, per_unit)| if quantity >= from { per_unit } else { 0 })
    }

    /// Cost and freight of one unit, without bonus.
    pub(crate) fn unit_cost(&self) -> i64 {
        self.cost.saturating_add(self.freight)
    }

    /// The quantity at which the supplier's bonus begins.
    pub(crate) fn bonus_from(&self) -> Option<i64> {
        self.bonus.map(|(from, _)| from)
    }
}

/// What a payment term does to a deal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pay {
    /// Grant against the buyer's default days, in parts per million.
    pub(crate) grant: i64,
    /// Financing as a share of net, in parts per million, rounded up.
    pub(crate) financing: i64,
}

/// Quantities, prices and days of a deal, line by line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Deal {
    pub(crate) quantities: Vec<i64>,
    pub(crate) prices: Vec<i64>,
    pub(crate) days: u16,
}

/// A request made ready.
pub(crate) struct Case<'a> {
    pub(crate) policy: &'a Policy,
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
    pub(crate) days_asked: u16,
    /// The asked days where they are allowed, else the latest that are.
    pub(crate) days: u16,
    per_double: i64,
    multiple_max: i64,
    fixed: i128,
}

impl<'a> Case<'a> {
    /// Checks that everything belongs together and makes it ready; the request counts as the newest round.
    pub(crate) fn new(
        policy: &'a Policy,
        position: &'a Position,
        history: &History,
        request: &Request,
        now: Instant,
    ) -> Result<Self, Unknown> {
        let mut case = Self::ready(policy, position, history, request, now)?;
        let mut needs: Vec<i64> = case.sound_rounds(history).map(|terms| case.needs(terms)).collect();
        case.needed_before = needs.iter().copied().min();
        needs.push(case.needed);
        case.take_step(history, &needs);
        Ok(case)
    }

    /// The same for terms that are no request: the tactic stands where the history's rounds have brought it.
    pub(crate) fn after(
        policy: &'a Policy,
        position: &'a Position,
        history: &History,
        terms: &Request,
    ) -> Result<Self, Unknown> {
        let mut case = Self::ready(policy, position, history, terms, Instant::from_micros(0))?;
        let needs: Vec<i64> = case.sound_rounds(history).map(|terms| case.needs(terms)).collect();
        case.take_step(history, &needs);
        Ok(case)
    }

    fn ready(
        policy: &'a Policy,
        position: &'a Position,
        history: &History,
        request: &Request,
        now: Instant,
    ) -> Result<Self, Unknown> {
        if !inputs::are_sound(policy, position, history, request) {
            return Err(Unknown::Inputs);
        }
        if !policy.faults().is_empty() {
            return Err(Unknown::Policy);
        }
        let mut case = Self::bare(policy, position, request);
        let first = case.sound_rounds(history).next().unwrap_or(&request.terms);
        for (at, line) in position.lines.iter().enumerate() {
            let most = case.most(&request.terms.lines[at], reachable(policy, line, request, now));
            let line = case.line(at, &request.terms.lines[at], first.lines[at].quantity, most);
            case.lines.push(line.ok_or(Unknown::Policy)?);
        }
        case.days = case.nearest_days(case.days_asked);
        case.needed = case.needs(&request.terms);
        Ok(case)
    }

    /// Earlier rounds about the same products, in possible numbers; others say nothing about this deal.
    fn sound_rounds<'h>(&self, history: &'h History) -> impl Iterator<Item = &'h Terms> + use<'h, 'a> {
        let position = self.position;
        history.rounds.iter().filter(move |terms| inputs::round_is_sound(position, terms))
    }

    fn bare(policy: &'a Policy, position: &'a Position, request: &Request) -> Self {
        let currency = position.list.currency;
        let minor = nano_per_minor(currency);
        let lines = i128::try_from(position.lines.len()).unwrap_or(0);
        let fixed = i128::from(position.handling_order.minor())
            + i128::from(position.handling_line.minor()) * lines
            + i128::from(position.freight.minor());
        let volume = policy.volume.as_ref();
        Self {
            policy,
            position,
            currency,
            lines: Vec::with_capacity(position.lines.len()),
            cost_known: position.lines.iter().all(|line| line.cost.is_some()),
            round: 1,
            step: 1,
            share: Rate::ZERO,
            plain: 0,
            needed: 0,
            needed_before: None,
            days_asked: request.terms.payment_days,
            days: position.list.payment_days,
            per_double: volume.map_or(0, |volume| volume.per_double.ppm()),
            multiple_max: volume.map_or(1_000_000, |volume| volume.multiple_max.ppm()),
            fixed: fixed * minor,
        }
    }

    fn line(&self, at: usize, asked: &LineTerms, first: Quantity, most: i64) -> Option<Line> {
        let (list, position) = (&self.position.list.lines[at], &self.position.lines[at]);
        let margins = self.policy.margins_for(&self.position.customer.segment, &position.class)?;
        let anchor = list.anchor.unwrap_or(first).thousandths();
        let quantity = asked.quantity.thousandths();
        let granule = granule(list);
        let mut line = Line {
            asked: quantity,
            price: 0,
            anchor,
            list_at_anchor: 0,
            ladder: ladder(list),
            cost: position.cost.map_or(0, UnitPrice::micros),
            freight: position.freight.micros(),
            bonus: position.bonus.as_ref().map(|bonus| (bonus.from.thousandths(), bonus.per_unit.micros())),
            floor: margins.floor.ppm(),
            target: margins.target.ppm(),
            demanded: margins.target.ppm(),
            least: 0,
            least_with_bonus: 0,
            granule,
            most: most - most % granule,
        };
        line.price = asked.price.micros().min(line.list(quantity));
        line.list_at_anchor = line.list(anchor);
        Some(line)
    }

    /// The largest quantity that may be offered for a line, before packs.
    fn most(&self, asked: &LineTerms, reachable: i64) -> i64 {
        let multiple = i128::from(asked.quantity.thousandths()) * i128::from(self.multiple_max) / PPM;
        i64::try_from(multiple).unwrap_or(i64::MAX).min(Quantity::THOUSANDTHS_MAX).min(reachable)
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
        self.round = u32::try_from(history.rounds.len()).unwrap_or(u32::MAX).saturating_add(1);
        self.step = step.min(policy.tactic.rounds_max);
        self.share = tactic::share(&policy.tactic, self.step);
        self.plain = tactic::moved(policy.plain.from, policy.plain.to, self.share).ppm();
        for at in 0..self.lines.len() {
            let line = &self.lines[at];
            let (target, floor) = (Rate::from_ppm(line.target), Rate::from_ppm(line.floor));
            let demanded = tactic::moved(target, floor, self.share).ppm();
            let bonus = line.bonus.map_or(0, |(_, per_unit)| per_unit);
            let least = |cost: i64| {
                let price = ceil_divide(i128::from(cost) * PPM, PPM - i128::from(demanded));
                self.tick_up(i64::try_from(price).unwrap_or(i64::MAX), i64::MAX)
            };
            let (without, with) = (least(line.cost), least(line.cost.saturating_sub(bonus).max(0)));
            let line = &mut self.lines[at];
            (line.demanded, line.least, line.least_with_bonus) = (demanded, without, with);
        }
    }

    /// The plain discount that terms need beyond the grants they earn, in parts per million, rounded up.
    fn needs(&self, terms: &Terms) -> i64 {
        let Some(pay) = self.pay(self.nearest_days(terms.payment_days)) else { return i64::MAX };
        let (mut gap, mut list) = (0_i128, 0_i128);
        for (line, asked) in self.lines.iter().zip(&terms.lines) {
            let quantity = asked.quantity.thousandths();
            gap += i128::from(quantity)
                * (line_allowance(self, line, quantity, 0, pay) - i128::from(asked.price.micros()) * PPM);
            list += i128::from(quantity) * i128::from(line.list(quantity));
        }
        i64::try_from(ceil_divide(gap, list.max(1))).unwrap_or(i64::MAX)
    }

    /// What these payment days do; `None` when the policy does not allow them to this buyer.
    ///
    /// Days between two rows count as the later one. Later than the default only by a row; earlier is always possible,
    /// but earns only by a row.
    pub(crate) fn pay(&self, days: u16) -> Option<Pay> {
        let (rows, default) = (&self.policy.payment, self.position.list.payment_days);
        let before = rows.iter().rev().find(|row| row.days <= default).or(rows.first());
        let base = before.map_or(0, |row| row.grant.ppm());
        let row = rows.iter().find(|row| row.days >= days);
        let grant = match row {
            _ if days == default => 0,
            Some(row) if days < default && row.days < default => (row.grant.ppm() - base).max(0),
            _ if days < default => 0,
            Some(row) => (row.grant.ppm() - base).min(0),
            None => return None,
        };
        Some(Pay { grant, financing: self.financing(days) })
    }

    /// The asked days where they are allowed, else the latest that are.
    fn nearest_days(&self, days: u16) -> u16 {
        let (default, last) = (self.position.list.payment_days, self.policy.payment.last());
        if self.pay(days).is_some() { days } else { last.map_or(default, |row| row.days.max(default)) }
    }

    /// `capital × days / 365` as a share of net, in parts per million, rounded up.
    pub(crate) fn financing(&self, days: u16) -> i64 {
        let financing = ceil_divide(i128::from(self.position.capital.ppm()) * i128::from(days), 365);
        i64::try_from(financing).unwrap_or(i64::MAX).min(FINANCING_PPM_MAX)
    }

    /// Fairness of one line: what its price leaves above the lowest price that is fair, in billionths × ppm.
    pub(crate) fn fair(&self, line: &Line, quantity: i64, price: i64, pay: Pay) -> i128 {
        i128::from(quantity) * (i128::from(price) * PPM - line_allowance(self, line, quantity, self.plain, pay))
    }

    /// Profit of one line: what its price leaves above cost and demanded margin, in billionths × ppm. Half a minor unit
    /// is kept back for the rounding of the invoice line, so that rounding never leads under the margin.
    pub(crate) fn profit(&self, line: &Line, quantity: i64, price: i64, pay: Pay) -> i128 {
        let keep = i128::from(1_000_000 - line.demanded - pay.financing);
        let unit_cost = i128::from(line.cost) + i128::from(line.freight) - i128::from(line.bonus(quantity));
        let rounding = nano_per_minor(self.currency) / 2 * keep.max(0);
        i128::from(quantity) * (i128::from(price) * keep - unit_cost * PPM) - rounding
    }

    /// What all lines together must leave: fixed costs, and four minor units for the rounding of the waterfall's sums.
    pub(crate) fn overhead(&self) -> i128 {
        (self.fixed + 4 * nano_per_minor(self.currency)) * PPM
    }

    /// Whether a line's price keeps the guard.
    pub(crate) fn guarded(&self, line: &Line, quantity: i64, price: i64) -> bool {
        price >= line.guard(quantity)
    }

    /// Profit and fairness of a whole deal; `None` when the payment days are not allowed.
    pub(crate) fn conditions(&self, deal: &Deal) -> Option<(bool, bool)> {
        let pay = self.pay(deal.days)?;
        let (mut profit, mut fair, mut guarded) = (-self.overhead(), 0_i128, true);
        for (at, line) in self.lines.iter().enumerate() {
            let (quantity, price) = (deal.quantities[at], deal.prices[at]);
            profit += self.profit(line, quantity, price, pay);
            fair += self.fair(line, quantity, price, pay);
            guarded &= self.guarded(line, quantity, price);
        }
        Some((profit >= 0 && guarded, fair >= 0))
    }

    /// Whether both conditions of an offer hold.
    pub(crate) fn supports(&self, deal: &Deal) -> bool {
        self.conditions(deal) == Some((true, true))
    }

    /// The asked terms, at no more than list prices.
    pub(crate) fn ask(&self) -> Deal {
        Deal {
            quantities: self.lines.iter().map(|line| line.asked).collect(),
            prices: self.lines.iter().map(|line| line.price).collect(),
            days: self.days_asked,
        }
    }

    /// Σ quantity × price, in billionths.
    pub(crate) fn net(&self, deal: &Deal) -> i128 {
        deal.quantities.iter().zip(&deal.prices).map(|(q, p)| i128::from(*q) * i128::from(*p)).sum()
    }

    /// Σ quantity × list price at these quantities, in billionths.
    pub(crate) fn list_value(&self, quantities: &[i64]) -> i128 {
        self.lines.iter().zip(quantities).map(|(line, q)| i128::from(*q) * i128::from(line.list(*q))).sum()
    }

    /// A price rounded up to the policy's tick, but not above the list price.
    pub(crate) fn tick_up(&self, price: i64, list: i64) -> i64 {
        let price = UnitPrice::new(price, self.currency);
        let tick = self.policy.tick_micros(price).max(1);
        price.to_tick(tick, kernel::Rounding::Up).micros().min(list)
    }

    /// The grant for a quantity, in parts per million, rounded down.
    fn volume_grant(&self, line: &Line, quantity: i64) -> i64 {
        if quantity <= line.anchor || self.per_double == 0 {
            return 0;
        }
        let most = i128::from(line.anchor) * i128::from(self.multiple_max) / PPM;
        let extra = (i128::from(quantity).min(most) - i128::from(line.anchor)).max(0);
        i64::try_from(i128::from(self.per_double) * extra / i128::from(line.anchor)).unwrap_or(0)
    }
}

/// The lowest fair price of a line × 10^6: the list price at this quantity less the plain concession, or the list price
/// at the anchor less plain concession and volume grant, whichever is lower; both less the payment grant.
fn line_allowance(case: &Case<'_>, line: &Line, quantity: i64, plain: i64, pay: Pay) -> i128 {
    let keep = 1_000_000 - plain - pay.grant;
    let plainly = i128::from(line.list(quantity)) * i128::from(keep);
    if quantity <= line.anchor {
        return plainly.max(0);
    }
    let granted = i128::from(line.list_at_anchor) * i128::from(keep - case.volume_grant(line, quantity));
    plainly.min(granted).max(0)
}

/// Volume offers come in whole packs; in steps where packs do not fit the steps.
fn granule(list: &ListLine) -> i64 {
    let packing = list.packing;
    if packing.pack % packing.step == 0 { packing.pack } else { packing.step }
}

/// The largest quantity that stock or lead time allow to offer.
fn reachable(policy: &Policy, line: &LinePosition, request: &Request, now: Instant) -> i64 {
    let Some(stock) = line.stock else { return Quantity::THOUSANDTHS_MAX };
    let beyond = policy.volume.as_ref().is_some_and(|volume| volume.beyond_stock);
    let in_time = request.need_by.is_none_or(|date| now.date().plus_days(i64::from(line.lead_days)) <= date);
    if beyond && in_time { Quantity::THOUSANDTHS_MAX } else { stock.thousandths().max(0) }
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

/// Billionths of the currency in one minor unit.
pub(crate) fn nano_per_minor(currency: Currency) -> i128 {
    i128::from(currency.micros_per_minor()) * i128::from(Quantity::SCALE)
}

/// Rounded up; the denominator must be positive.
pub(crate) fn ceil_divide(numerator: i128, denominator: i128) -> i128 {
    kernel::Rounding::Up.divide(numerator, denominator)
}
