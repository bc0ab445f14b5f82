//! What payment, delivery, freight, commitment and rebate do to both conditions of a deal.

use std::rc::Rc;

use kernel::{Amount, Rounding};

use crate::{
    arithmetic::{PPM, ceil_divide, nano_per_minor},
    case::Case,
    policy::Policy,
    position::Position,
    terms::{Commitment, Extras, FreightMode, Rebate},
};

/// Financing beyond this share of the net value is hopeless anyway; the cap keeps sums small.
const FINANCING_PPM_MAX: i64 = 2_000_000;

/// Payment and everything else that is agreed about a deal as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) days: u16,
    pub(crate) extras: Extras,
}

/// What a step does.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Effect {
    /// Grants of payment, delivery and freight, in parts per million.
    pub(crate) grant: i64,
    /// Financing as a share of net, in parts per million, rounded up.
    pub(crate) financing: i64,
    /// Paid back, as a share of net, in parts per million.
    pub(crate) rebate: i64,
    /// The share of freight per unit that the seller pays, in parts per million.
    unit_freight: i64,
    /// What handling and freight of the order cost whatever is in it, in billionths.
    handling: i128,
    freight: i128,
    /// Whether the buyer pays the usual charge for freight, or is spared it.
    charge: Charge,
    commitment: Option<Commitment>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Charge {
    Paid,
    Spared,
    None,
}

impl Effect {
    /// The seller's freight of one unit, rounded up.
    pub(crate) fn unit_freight(&self, freight: i64) -> i64 {
        if self.unit_freight == 1_000_000 {
            return freight;
        }
        i64::try_from(ceil_divide(i128::from(freight) * i128::from(self.unit_freight), PPM)).unwrap_or(i64::MAX)
    }

    /// The multiple of this order that is committed to, and in how many months.
    pub(crate) fn commitment(&self) -> Option<Commitment> {
        self.commitment
    }
}

impl Case<'_> {
    /// What a step does; `None` when the policy does not allow it to this buyer.
    pub(crate) fn effect(&self, step: Step) -> Option<Effect> {
        let extras = &step.extras;
        let (unit_freight, freight) = self.freight_cost(extras.freight)?;
        let charge = match extras.freight {
            FreightMode::Usual | FreightMode::Consolidated => Charge::Paid,
            FreightMode::Free => Charge::Spared,
            FreightMode::Collected => Charge::None,
        };
        Some(Effect {
            grant: self.payment_grant(step.days)?
                + self.delivery_grant(extras)?
                + self.freight_grant(extras.freight)?,
            financing: self.financing(step.days),
            rebate: self.rebate(extras.rebate)?,
            unit_freight,
            handling: self.handling - self.saved_by_waiting(extras.flexible_days),
            freight,
            charge,
            commitment: self.commitment(extras.commitment)?,
        })
    }

    /// The grant of a payment term against the buyer's own; `None` where it is not allowed.
    ///
    /// Days between two rows count as the later one. Later than the default only by a row; earlier is always possible,
    /// but earns only by a row.
    fn payment_grant(&self, days: u16) -> Option<i64> {
        let (rows, default) = (&self.policy.payment, self.position.list.payment_days);
        if days == default {
            return Some(0);
        }
        let before = rows.iter().rev().find(|row| row.days <= default).or(rows.first());
        let base = before.map_or(0, |row| row.grant.ppm());
        match rows.iter().find(|row| row.days >= days) {
            Some(row) if days < default && row.days < default => Some((row.grant.ppm() - base).max(0)),
            _ if days < default => Some(0),
            Some(row) => Some((row.grant.ppm() - base).min(0)),
            None => None,
        }
    }

    /// The grant for waiting: the largest row that the buyer's patience reaches. Free freight needs a row that gives it,
    /// unless nothing is charged anyway.
    fn delivery_grant(&self, extras: &Extras) -> Option<i64> {
        let mut rows = self.policy.delivery.iter().filter(|row| row.days <= extras.flexible_days);
        if extras.freight != FreightMode::Free || self.position.list.freight.is_none() {
            return Some(rows.next_back().map_or(0, |row| row.grant.ppm()));
        }
        rows.rfind(|row| row.free_freight).map(|row| row.grant.ppm())
    }

    fn freight_grant(&self, mode: FreightMode) -> Option<i64> {
        match mode {
            FreightMode::Usual | FreightMode::Free => Some(0),
            _ => self.policy.freight.iter().find(|row| row.mode == mode).map(|row| row.grant.ppm()),
        }
    }

    /// The share of freight per unit, and the freight of the order.
    fn freight_cost(&self, mode: FreightMode) -> Option<(i64, i128)> {
        let minor = nano_per_minor(self.currency);
        let usual = i128::from(self.position.freight.minor()) * minor;
        match mode {
            FreightMode::Usual | FreightMode::Free => Some((1_000_000, usual)),
            FreightMode::Collected => Some((0, 0)),
            FreightMode::Consolidated => {
                let together = self.position.consolidation.as_ref()?;
                let freight = i128::from(together.freight.minor()) * minor;
                Some((together.unit_share.ppm(), freight.min(usual)))
            }
        }
    }

    /// What the seller saves by choosing the day, but never more than handling.
    fn saved_by_waiting(&self, days: u16) -> i128 {
        let reached = self.position.flexible.iter().rev().find(|saving| saving.days <= days);
        let saves = reached.map_or(0, |saving| i128::from(saving.saves.minor()));
        (saves * nano_per_minor(self.currency)).min(self.handling)
    }

    /// A commitment within the policy's lever.
    fn commitment(&self, commitment: Option<Commitment>) -> Option<Option<Commitment>> {
        let Some(wanted) = commitment else { return Some(None) };
        let lever = self.policy.commitment.as_ref()?;
        let fits = wanted.months <= lever.months && (2..=lever.times_max).contains(&wanted.times);
        fits.then_some(commitment)
    }

    /// A rebate that is no better than a row of the policy.
    fn rebate(&self, rebate: Option<Rebate>) -> Option<i64> {
        let Some(wanted) = rebate else { return Some(0) };
        let offered =
            self.rebates.iter().find(|row| row.rate >= wanted.rate && row.turnover.minor() <= wanted.turnover.minor());
        offered.filter(|row| wanted.months <= row.months).map(|_| wanted.rate.ppm())
    }

    /// What is allowed of a step: the asked days, else the latest that are; extras as far as the policy has rows for them.
    pub(crate) fn allowed(&self, asked: Step) -> Step {
        if self.effect(asked).is_some() {
            return asked;
        }
        let (default, last) = (self.position.list.payment_days, self.policy.payment.last());
        let days = match self.payment_grant(asked.days) {
            Some(_) => asked.days,
            None => last.map_or(default, |row| row.days.max(default)),
        };
        let extras = asked.extras;
        let modest = Extras { flexible_days: extras.flexible_days, ..Extras::default() };
        let possible = |extras: &Extras| self.effect(Step { days, extras: *extras }).is_some();
        let mut allowed = modest;
        for more in [
            Extras { freight: extras.freight, ..allowed },
            Extras { freight: extras.freight, commitment: extras.commitment, ..allowed },
            Extras { commitment: extras.commitment, ..allowed },
        ] {
            if possible(&more) {
                allowed = more;
            }
        }
        Step { days, extras: allowed }
    }

    /// `capital × days / 365` as a share of net, in parts per million, rounded up.
    pub(crate) fn financing(&self, days: u16) -> i64 {
        let financing = ceil_divide(i128::from(self.position.capital.ppm()) * i128::from(days), 365);
        i64::try_from(financing).unwrap_or(i64::MAX).min(FINANCING_PPM_MAX)
    }

    /// What all lines together must leave, in billionths × ppm: what the order costs whatever is in it, less the freight
    /// that the buyer surely pays, and four minor units for the rounding of the waterfall's sums.
    pub(crate) fn overhead(&self, effect: &Effect, list_value: i128) -> i128 {
        let (handling, freight) = self.handling_and_freight(effect, list_value);
        (handling + freight + 4 * nano_per_minor(self.currency)) * PPM
    }

    /// What the order costs whatever is in it, in billionths: handling, and freight less what the buyer surely pays for it.
    pub(crate) fn handling_and_freight(&self, effect: &Effect, list_value: i128) -> (i128, i128) {
        let paid = if effect.charge == Charge::Paid { self.freight_charge(list_value) } else { 0 };
        (effect.handling, effect.freight - paid)
    }

    /// The freight charge that the buyer is spared, in billionths: a concession like any other.
    pub(crate) fn spared(&self, effect: &Effect, list_value: i128) -> i128 {
        if effect.charge == Charge::Spared { self.freight_charge(list_value) } else { 0 }
    }

    /// The charge for freight that goods of this list value bear, in billionths: they bear it even at list prices.
    pub(crate) fn freight_charge(&self, list_value: i128) -> i128 {
        let (charge, free_from) = self.freight_charge;
        if list_value < free_from { charge } else { 0 }
    }
}

/// The policy's rebates for this buyer, by rising turnover, in the deal's currency.
pub(super) fn rebates(policy: &Policy, position: &Position) -> Rc<[Rebate]> {
    let before = position.customer.turnover.filter(|turnover| turnover.minor() > 0);
    let Some((lever, before)) = policy.rebate.as_ref().zip(before) else { return Rc::default() };
    let rebates = lever.rows.iter().filter_map(|row| {
        let turnover = deal_currency(position, before, 1_000_000 + row.growth.ppm())?;
        Some(Rebate { rate: row.rate, turnover, months: lever.months })
    });
    rebates.collect()
}

/// A share of an amount of the policy's currency in the deal's currency, rounded up.
fn deal_currency(position: &Position, amount: Amount, share_ppm: i64) -> Option<Amount> {
    let currency = position.list.currency;
    let (from, to) = (amount.currency().micros_per_minor(), currency.micros_per_minor());
    let value = i128::from(amount.minor()) * i128::from(from) * i128::from(share_ppm);
    let divisor = i128::from(position.exchange.ppm()) * i128::from(to);
    let minor = Rounding::Up.divide(value, divisor.max(1));
    i64::try_from(minor).ok().map(|minor| Amount::new(minor, currency))
}
