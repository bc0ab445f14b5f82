//! Whether a policy can be used. A policy that contradicts itself is never used: its requests go to a person.

use kernel::{Amount, Instant, Rate};

use crate::policy::{CustomerCondition, Limits, MarginRow, Policy, RouteRow, Tactic, TacticKind, TickRow};

mod levers;

use levers::Levers;

/// Most rounds that a policy may allow.
const ROUNDS_MAX: u32 = 50;
/// Largest multiple of the asked quantity: one hundred.
const MULTIPLE_PPM_MAX: i64 = 100_000_000;
/// Most sections of a policy: more cannot be understood by anybody.
const SECTIONS_MAX: usize = 20;
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
    /// | `no-general-row` | no margin row without segment, class and condition |
    /// | `duplicate-row` | two margin rows for the same segment, class and condition; two rows for the same freight |
    /// | `floor-above-target` | a floor above its target |
    /// | `out-of-range` | a number outside of what its field allows |
    /// | `falls` | the last round concedes less than the first |
    /// | `not-sorted` | rows not by rising steps, or with grants that fall where they should rise |
    /// | `currency` | an amount in another currency than the policy's |
    /// | `not-a-multiple` | a tick row that starts between ticks |
    /// | `never` | a condition that contradicts itself, so that it never applies |
    /// | `nobody` | eligibility that lets nobody in: every segment that may is also blocked |
    /// | `not-a-mode` | a freight row for what is no lever: only consolidated and collected are |
    /// | `no-name` | a section without a name, or with the name of another |
    pub fn faults(&self) -> Vec<PolicyFault> {
        let mut faults = Faults::default();
        self.check_eligibility(&mut faults);
        self.check_margins(&mut faults);
        Levers::of(self).check("", &mut faults);
        check_tactic(&self.tactic, "tactic", &mut faults);
        self.check_limits(&mut faults);
        self.check_amounts(&mut faults);
        check_ticks(&self.ticks, &mut faults);
        self.check_sections(&mut faults);
        faults.0
    }

    fn check_eligibility(&self, faults: &mut Faults) {
        let rules = &self.eligibility;
        let nobody = !rules.segments.is_empty() && rules.segments.iter().all(|s| rules.segments_blocked.contains(s));
        faults.unless(!nobody, "nobody", || "eligibility.segments".into());
        let never =
            |condition: &Option<CustomerCondition>| condition.as_ref().is_some_and(|c| c.condition().is_never());
        faults.unless(!never(&rules.customers), "never", || "eligibility.customers".into());
        faults.unless(!never(&rules.person), "never", || "eligibility.person".into());
        let products = rules.products.as_ref().is_some_and(|c| c.condition().is_never());
        faults.unless(!products, "never", || "eligibility.products".into());
    }

    /// Routing rows that another one with the same or a lower authority always outdoes, with the code `unreachable`. Such a
    /// policy still decides, so this is asked before publishing only.
    pub fn unreachable_routes(&self) -> Vec<PolicyFault> {
        let mut faults = Faults::default();
        let rows = &self.routing.rows;
        for (at, row) in rows.iter().enumerate() {
            let outdone = rows.iter().enumerate().any(|(other_at, other)| {
                let before =
                    (other.authority, other.answer_minutes, other_at) < (row.authority, row.answer_minutes, at);
                other_at != at && before && covers(other, row)
            });
            faults.unless(!outdone, "unreachable", || format!("routing.rows[{at}].authority"));
        }
        faults.0
    }

    fn check_margins(&self, faults: &mut Faults) {
        let is_general = |row: &MarginRow| row.segment.is_none() && row.class.is_none() && row.condition.is_none();
        let general = self.margins.iter().any(is_general);
        faults.unless(general, "no-general-row", || "margins".into());
        for (at, row) in self.margins.iter().enumerate() {
            let range = Rate::from_ppm(-1_000_000)..=Rate::from_ppm(990_000);
            faults.unless(range.contains(&row.floor), "out-of-range", || format!("margins[{at}].floor"));
            faults.unless(range.contains(&row.target), "out-of-range", || format!("margins[{at}].target"));
            faults.unless(row.floor <= row.target, "floor-above-target", || format!("margins[{at}].floor"));
            let same = |other: &MarginRow| {
                other.segment == row.segment && other.class == row.class && other.condition == row.condition
            };
            faults.unless(!self.margins[..at].iter().any(same), "duplicate-row", || format!("margins[{at}]"));
            let never = row.condition.as_ref().is_some_and(|condition| condition.condition().is_never());
            faults.unless(!never, "never", || format!("margins[{at}].condition"));
        }
    }

    fn check_limits(&self, faults: &mut Faults) {
        let limits = &self.limits;
        let share = Rate::ZERO..=Rate::ONE;
        faults.unless((1..=HOURS_MAX).contains(&limits.validity_hours), "out-of-range", || {
            "limits.validity_hours".into()
        });
        faults.unless((1..=3).contains(&limits.offers_max), "out-of-range", || "limits.offers_max".into());
        faults.unless(share.contains(&limits.discount_max), "out-of-range", || "limits.discount_max".into());
        faults.unless(share.contains(&limits.far), "out-of-range", || "limits.far".into());
        let promised = self.routing.rows.iter().map(|row| row.answer_minutes).chain([self.routing.answer_minutes]);
        let minutes_max = HOURS_MAX * 60;
        for (at, minutes) in promised.enumerate() {
            let path = || match self.routing.rows.get(at) {
                Some(_) => format!("routing.rows[{at}].answer_minutes"),
                None => "routing.answer_minutes".into(),
            };
            faults.unless((1..=minutes_max).contains(&minutes), "out-of-range", path);
        }
    }

    fn check_sections(&self, faults: &mut Faults) {
        faults.unless(self.sections.len() <= SECTIONS_MAX, "out-of-range", || "sections".into());
        for (at, section) in self.sections.iter().enumerate() {
            let again = self.sections[..at].iter().any(|other| other.name == section.name);
            let named = !section.name.trim().is_empty() && !again;
            faults.unless(named, "no-name", || format!("sections[{at}].name"));
            let never = section.condition.condition().is_never();
            faults.unless(!never, "never", || format!("sections[{at}].condition"));
            Levers::of_section(section).check(&format!("sections[{at}]."), faults);
            check_tactic(&section.tactic, &format!("sections[{at}].tactic"), faults);
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

fn check_tactic(tactic: &Tactic, path: &str, faults: &mut Faults) {
    let share = Rate::ZERO..=Rate::ONE;
    let field = |name: &str| format!("{path}.{name}");
    faults.unless((50..=20_000).contains(&tactic.exponent), "out-of-range", || field("exponent"));
    faults.unless((1..=ROUNDS_MAX).contains(&tactic.rounds_max), "out-of-range", || field("rounds_max"));
    faults.unless(share.contains(&tactic.move_min), "out-of-range", || field("move_min"));
    faults.unless(share.contains(&tactic.mirror), "out-of-range", || field("mirror"));
    let increment =
        share.contains(&tactic.increment) && (tactic.kind != TacticKind::Minimal || tactic.increment > Rate::ZERO);
    faults.unless(increment, "out-of-range", || field("increment"));
}

/// Whether whatever fits `row` fits `other`, too.
fn covers(other: &RouteRow, row: &RouteRow) -> bool {
    fn wider<T: PartialOrd>(other: Option<T>, row: Option<T>) -> bool {
        match (other, row) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(other), Some(row)) => other >= row,
        }
    }
    wider(other.impact_max, row.impact_max)
        && wider(other.deal_max.map(Amount::minor), row.deal_max.map(Amount::minor))
        && wider(other.customer_max.map(Amount::minor), row.customer_max.map(Amount::minor))
}

fn check_ticks(rows: &[TickRow], faults: &mut Faults) {
    for (at, row) in rows.iter().enumerate() {
        let sound = row.from.micros() >= 0 && (1..=Instant::HOUR).contains(&row.tick_micros);
        faults.unless(sound, "out-of-range", || format!("ticks[{at}]"));
        let whole = sound && row.from.micros() % row.tick_micros == 0;
        faults.unless(whole || !sound, "not-a-multiple", || format!("ticks[{at}].from"));
    }
}
