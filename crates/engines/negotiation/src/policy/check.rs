//! Whether a policy can be used. A policy that contradicts itself is never used: its requests go to a person.

use kernel::{Amount, Instant, Rate};

use crate::policy::{Limits, Policy, TickRow};

/// Most rounds that a policy may allow.
const ROUNDS_MAX: u32 = 50;
/// Largest multiple of the asked quantity: one hundred.
const MULTIPLE_PPM_MAX: i64 = 100_000_000;
/// Longest validity and longest promise: ten years.
const HOURS_MAX: u32 = 87_600;

/// What is wrong with a policy, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyFault {
    /// The path of the field, e.g. `margins[2].floor`.
    pub path: String,
    /// The stable code of what is wrong.
    pub code: &'static str,
}

#[derive(Default)]
struct Faults(Vec<PolicyFault>);

impl Faults {
    fn unless(&mut self, holds: bool, code: &'static str, path: impl FnOnce() -> String) {
        if !holds {
            self.0.push(PolicyFault { path: path(), code });
        }
    }
}

impl Policy {
    /// Everything that is wrong; empty when the policy can be published.
    ///
    /// | code | meaning |
    /// |---|---|
    /// | `no-general-row` | no margin row without segment and class |
    /// | `duplicate-row` | two margin rows for the same segment and class |
    /// | `floor-above-target` | a floor above its target |
    /// | `out-of-range` | a number outside of what its field allows |
    /// | `falls` | the last round concedes less than the first |
    /// | `not-sorted` | payment rows not by rising days, or with rising grants |
    /// | `currency` | an amount in another currency than the policy's |
    /// | `not-a-multiple` | a tick row that starts between ticks |
    pub fn faults(&self) -> Vec<PolicyFault> {
        let mut faults = Faults::default();
        self.check_margins(&mut faults);
        self.check_levers(&mut faults);
        self.check_tactic_and_limits(&mut faults);
        self.check_amounts(&mut faults);
        check_ticks(&self.ticks, &mut faults);
        faults.0
    }

    fn check_margins(&self, faults: &mut Faults) {
        let general = self.margins.iter().any(|row| row.segment.is_none() && row.class.is_none());
        faults.unless(general, "no-general-row", || "margins".into());
        for (at, row) in self.margins.iter().enumerate() {
            let range = Rate::from_ppm(-1_000_000)..=Rate::from_ppm(990_000);
            faults.unless(range.contains(&row.floor), "out-of-range", || format!("margins[{at}].floor"));
            faults.unless(range.contains(&row.target), "out-of-range", || format!("margins[{at}].target"));
            faults.unless(row.floor <= row.target, "floor-above-target", || format!("margins[{at}].floor"));
            let again = self.margins[..at].iter().any(|other| other.segment == row.segment && other.class == row.class);
            faults.unless(!again, "duplicate-row", || format!("margins[{at}]"));
        }
    }

    fn check_levers(&self, faults: &mut Faults) {
        let discount = Rate::ZERO..=Rate::percent(50);
        faults.unless(discount.contains(&self.plain.from), "out-of-range", || "plain.from".into());
        faults.unless(discount.contains(&self.plain.to), "out-of-range", || "plain.to".into());
        faults.unless(self.plain.from <= self.plain.to, "falls", || "plain.to".into());
        if let Some(volume) = &self.volume {
            faults.unless(discount.contains(&volume.per_double), "out-of-range", || "volume.per_double".into());
            let multiples = Rate::ONE..=Rate::from_ppm(MULTIPLE_PPM_MAX);
            faults.unless(multiples.contains(&volume.multiple_max), "out-of-range", || "volume.multiple_max".into());
        }
        let sorted = |pair: &[crate::PaymentRow]| pair[0].days < pair[1].days && pair[0].grant >= pair[1].grant;
        faults.unless(self.payment.windows(2).all(sorted), "not-sorted", || "payment".into());
        let grants = Rate::percent(-50)..=Rate::percent(50);
        for (at, row) in self.payment.iter().enumerate() {
            faults.unless(grants.contains(&row.grant), "out-of-range", || format!("payment[{at}].grant"));
        }
    }

    fn check_tactic_and_limits(&self, faults: &mut Faults) {
        let (tactic, limits) = (&self.tactic, &self.limits);
        faults.unless((50..=20_000).contains(&tactic.exponent), "out-of-range", || "tactic.exponent".into());
        faults.unless((1..=ROUNDS_MAX).contains(&tactic.rounds_max), "out-of-range", || "tactic.rounds_max".into());
        let share = Rate::ZERO..=Rate::ONE;
        faults.unless(share.contains(&tactic.move_min), "out-of-range", || "tactic.move_min".into());
        faults.unless((1..=HOURS_MAX).contains(&limits.validity_hours), "out-of-range", || {
            "limits.validity_hours".into()
        });
        faults.unless((1..=3).contains(&limits.offers_max), "out-of-range", || "limits.offers_max".into());
        faults.unless(share.contains(&limits.discount_max), "out-of-range", || "limits.discount_max".into());
        faults.unless(share.contains(&limits.far), "out-of-range", || "limits.far".into());
        let promised = self.routing.rows.iter().map(|row| row.answer_minutes).chain([self.routing.answer_minutes]);
        let minutes_max = HOURS_MAX * 60;
        for (at, minutes) in promised.enumerate() {
            faults.unless((1..=minutes_max).contains(&minutes), "out-of-range", || {
                format!("routing.rows[{at}].answer_minutes")
            });
        }
    }

    fn check_amounts(&self, faults: &mut Faults) {
        let Limits { budget, deal_max, worth_deal, worth_customer, .. } = &self.limits;
        let mut check = |amount: Option<Amount>, path: &str| {
            let fits = amount.is_none_or(|amount| amount.currency() == self.currency && amount.minor() >= 0);
            faults.unless(fits, "currency", || path.to_owned());
        };
        check(Some(self.eligibility.deal_min), "eligibility.deal_min");
        check(*budget, "limits.budget");
        check(*deal_max, "limits.deal_max");
        check(Some(*worth_deal), "limits.worth_deal");
        check(Some(*worth_customer), "limits.worth_customer");
        for row in &self.routing.rows {
            check(row.deal_max, "routing.rows.deal_max");
            check(row.customer_max, "routing.rows.customer_max");
        }
    }
}

fn check_ticks(rows: &[TickRow], faults: &mut Faults) {
    for (at, row) in rows.iter().enumerate() {
        let sound = row.from.micros() >= 0 && (1..=Instant::HOUR).contains(&row.tick_micros);
        faults.unless(sound, "out-of-range", || format!("ticks[{at}]"));
        let whole = sound && row.from.micros() % row.tick_micros == 0;
        faults.unless(whole || !sound, "not-a-multiple", || format!("ticks[{at}].from"));
    }
}
