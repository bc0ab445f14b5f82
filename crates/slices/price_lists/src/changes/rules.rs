//! Pure rules of changes of prices.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Date, Invalid, ProductId, UnitPrice};
use pricing::lists::{ListPrice, ListRefusal};
use terms::guard::{Bounds, Concern, rules};

use super::{Change, ChangeLine, Edit, LineState, Submission};

/// Most prices of one change.
pub const EDITS_MAX: usize = 50_000;
/// Longest reason and note, in characters.
pub const REASON_MAX: usize = 500;
/// A price can be planned so many days ahead.
const AHEAD_MAX: i64 = 730;

/// What is wrong with a submission, whatever its prices are.
pub(super) fn check(submission: &Submission, today: Date) -> Invalid {
    let mut invalid = Invalid::default();
    if submission.edits.len() > EDITS_MAX {
        invalid = invalid.and("prices", "price-too-many", vec![("most", EDITS_MAX.to_string())]);
    }
    if submission.reason.chars().count() > REASON_MAX {
        invalid = invalid.and("reason", "too-long", vec![("most", REASON_MAX.to_string())]);
    }
    match submission.holds_from {
        Some(day) if day < today => invalid.and("holds_from", "price-change-past", Vec::new()),
        Some(day) if day > today.plus_days(AHEAD_MAX) => invalid.and("holds_from", "price-change-far", Vec::new()),
        _ => invalid,
    }
}

/// The lines of a submission, held against what is there. Edits that change nothing are left out; of two edits of the same
/// step the last counts.
///
/// # Errors
/// [`ListRefusal::Changed`] where another price is there than the one that was seen.
pub(crate) fn lines(
    edits: &[Edit],
    present: &[ListPrice],
    bounds: &BTreeMap<ProductId, Bounds>,
) -> Result<Vec<ChangeLine>, ListRefusal> {
    let present: BTreeMap<_, UnitPrice> =
        present.iter().map(|price| ((price.product, price.tier.from.thousandths()), price.tier.price)).collect();
    let mut lines = BTreeMap::new();
    for edit in edits {
        let step = (edit.product, edit.from.thousandths());
        let old = present.get(&step).copied();
        if edit.seen.is_some_and(|seen| old.map(UnitPrice::micros) != Some(seen)) {
            return Err(ListRefusal::Changed);
        }
        let known = bounds.get(&edit.product).cloned().unwrap_or_default();
        let concern = edit.price.and_then(|price| rules::concern(price, &known));
        let line = ChangeLine {
            product: edit.product,
            from: edit.from,
            old,
            new: edit.price,
            concern,
            state: if concern.is_some() { LineState::Waiting } else { LineState::InForce },
        };
        lines.insert(step, line);
    }
    Ok(lines.into_values().filter(|line| line.old != line.new).collect())
}

/// How many lines want a second person, and the gravest reason.
pub(super) fn concerns(lines: &[ChangeLine]) -> Option<(usize, Concern)> {
    let concerns = lines.iter().filter_map(|line| line.concern);
    Some((concerns.clone().count(), concerns.max()?))
}

/// The sections of the policy whose floors the lines are under, each once; `none` where it is everybody's floor.
pub(super) fn sections(lines: &[ChangeLine], bounds: &BTreeMap<ProductId, Bounds>) -> String {
    let under = lines.iter().filter(|line| line.concern == Some(Concern::UnderFloor));
    let sections = under.filter_map(|line| Some(bounds.get(&line.product)?.section.as_ref()?.text()));
    let sections: BTreeSet<String> = sections.collect();
    if sections.is_empty() { "none".to_owned() } else { sections.into_iter().collect::<Vec<_>>().join("; ") }
}

/// The day from which a change holds, where that is yet to come.
pub(super) fn begins(change: &Change, today: Date) -> Option<Date> {
    change.holds_from.filter(|day| *day > today)
}
