//! What the plan of an experiment must say.

use kernel::Invalid;
use negotiation_engine::{MarginRow, Policy};
use terms::experiments::Plan;
use terms::experiments::rules::segment;
use terms::policies;

/// Longest name and texts.
const NAME_MAX: usize = 120;
const HYPOTHESIS_MAX: usize = 2_000;

/// Floors of the treatment that lie under those of the policy in force, at `treatment.margins[n].floor` or, where a narrower
/// row is missing, at `treatment.margins`. Floors are lowered by publishing a policy, never by an experiment.
pub fn under_floors(treatment: &Policy, published: &Policy) -> Invalid {
    let mut invalid = Invalid::default();
    let floor = |policy: &Policy, row: &MarginRow| {
        let (segment, class) = (row.segment.as_deref().unwrap_or_default(), row.class.as_deref().unwrap_or_default());
        policy.margins_for(segment, class).map(|row| row.floor)
    };
    for (at, row) in treatment.margins.iter().enumerate() {
        if floor(published, row).is_some_and(|least| row.floor < least) {
            invalid = invalid.and(format!("treatment.margins[{at}].floor"), "experiment-under-floor", Vec::new());
        }
    }
    let missing = published.margins.iter().any(|row| floor(treatment, row).is_none_or(|floor| floor < row.floor));
    if missing && invalid.fields.is_empty() {
        invalid = invalid.and("treatment.margins", "experiment-under-floor", Vec::new());
    }
    invalid
}

/// What is wrong with a plan, at its fields; faults of the treatment at `treatment.<path>`.
pub fn check(plan: &Plan) -> Invalid {
    let mut invalid = Invalid::default();
    let text = |invalid: Invalid, field: &str, text: &str, most: usize| match text.chars().count() {
        0 => invalid.and(field, "required", Vec::new()),
        count if count > most => invalid.and(field, "too-long", vec![("most", most.to_string())]),
        _ => invalid,
    };
    invalid = text(invalid, "name", plan.name.trim(), NAME_MAX);
    invalid = text(invalid, "hypothesis", plan.hypothesis.trim(), HYPOTHESIS_MAX);
    let within = |invalid: Invalid, field: &str, value: i64, least: i64, most: i64| {
        if (least..=most).contains(&value) { invalid } else { invalid.and(field, "experiment-range", Vec::new()) }
    };
    invalid = within(invalid, "exposure", plan.exposure_ppm, 10_000, 1_000_000);
    invalid = within(invalid, "effect", plan.effect, 1, 1_000_000_000);
    invalid = within(invalid, "window_days", plan.window_days, 1, 90);
    invalid = within(invalid, "days_max", plan.days_max, 1, 730);
    invalid = within(invalid, "escalations", plan.escalations_ppm, 0, 1_000_000);
    invalid = within(invalid, "withdrawals", plan.withdrawals_ppm, 0, 1_000_000);
    invalid = within(invalid, "margin", plan.margin_ppm, 0, 1_000_000);
    if let Err((code, args)) = segment(&plan.segment) {
        invalid = invalid.and("segment", code, args);
    }
    for fault in policies::rules::invalid(&plan.treatment.faults()).fields {
        invalid = invalid.and(format!("treatment.{}", fault.field), fault.code, fault.args);
    }
    invalid
}
