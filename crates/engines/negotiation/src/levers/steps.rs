//! The levers that move one thing that is agreed about the deal as a whole: earlier payment, later delivery, another way of
//! freight, a commitment, a rebate. Each is a ladder of steps, the smallest for the buyer first.

use crate::{
    case::{Case, Deal, Step},
    levers::{Basis, Candidate, Found, share::Start},
    offer::Lever,
    terms::{Commitment, Extras, FreightMode},
    trace::Dropped,
};

/// Whether the policy knows the lever at all.
pub(crate) fn has_row(case: &Case<'_>, lever: Lever) -> bool {
    let policy = case.policy;
    match lever {
        Lever::Payment => !policy.payment.is_empty(),
        Lever::Delivery => !policy.delivery.is_empty(),
        Lever::Freight => !policy.freight.is_empty(),
        Lever::Commitment => policy.commitment.is_some(),
        Lever::Rebate => policy.rebate.is_some(),
        _ => false,
    }
}

/// The steps of a lever from what is allowed of the ask, the smallest for the buyer first.
pub(crate) fn steps(case: &Case<'_>, lever: Lever) -> Vec<Step> {
    let Step { days, extras } = case.allowed;
    let with = |extras: Extras| Step { days, extras };
    match lever {
        Lever::Payment => earlier_days(case).map(|days| Step { days, extras }).collect(),
        Lever::Delivery => delivery(case, extras).map(with).collect(),
        Lever::Freight => {
            let rows = case.policy.freight.iter().filter(|row| row.mode != extras.freight);
            let modes = rows.map(|row| with(Extras { freight: row.mode, ..extras }));
            modes.filter(|step| case.effect(*step).is_some()).collect()
        }
        Lever::Commitment if case.is_fixed => Vec::new(),
        Lever::Commitment => {
            let has = extras.commitment.map_or(1, |commitment| commitment.times);
            let lever = case.policy.commitment.iter();
            let times = lever.flat_map(|lever| (has.max(1) + 1..=lever.times_max).map(|times| (lever.months, times)));
            times
                .map(|(months, times)| with(Extras { commitment: Some(Commitment { months, times }), ..extras }))
                .collect()
        }
        Lever::Rebate if extras.rebate.is_some() => Vec::new(),
        Lever::Rebate => case.rebates.iter().map(|rebate| with(Extras { rebate: Some(*rebate), ..extras })).collect(),
        _ => Vec::new(),
    }
}

/// The days that are earlier than the asked ones: the latest allowed where the asked ones are not, then the policy's.
fn earlier_days(case: &Case<'_>) -> impl Iterator<Item = u16> {
    let nearest = (case.allowed.days < case.asked.days).then_some(case.allowed.days);
    let rows = case.policy.payment.iter().rev().map(|row| row.days);
    nearest.into_iter().chain(rows.filter(|days| *days < case.allowed.days))
}

/// Later deliveries within the buyer's patience.
fn delivery(case: &Case<'_>, extras: Extras) -> impl Iterator<Item = Extras> {
    let is_charged = case.position.list.freight.is_some() && extras.freight == FreightMode::Usual;
    let patience = case.patience_days.unwrap_or(u16::MAX);
    let rows = case.policy.delivery.iter().filter(move |row| (extras.flexible_days + 1..=patience).contains(&row.days));
    rows.map(move |row| Extras {
        flexible_days: row.days,
        freight: if row.free_freight && is_charged { FreightMode::Free } else { extras.freight },
        ..extras
    })
}

/// The smallest step at which the asked prices are supported; else the smallest with the lowest price that any carries,
/// where that is lower than without the lever.
pub(super) fn alone<'a>(basis: &Basis<'_, 'a>, lever: Lever) -> Found<'a> {
    if !has_row(basis.case, lever) {
        return Err(Dropped::NoRow);
    }
    first_or_best(basis, lever, steps(basis.case, lever))
}

/// The first of some steps at which the asked prices are supported; else the first of those with the lowest price, where
/// that is lower than without any step.
pub(super) fn first_or_best<'a>(basis: &Basis<'_, 'a>, lever: Lever, steps: Vec<Step>) -> Found<'a> {
    let case = basis.case;
    let mut starts = Vec::with_capacity(steps.len());
    for start in steps.into_iter().filter_map(|step| Start::new(case, &basis.asked, step)) {
        if start.is_supported() {
            return Ok(Candidate::new(case, lever, start.deal()));
        }
        starts.push(start);
    }
    if starts.is_empty() {
        return Err(Dropped::NothingToMove);
    }
    best(basis, starts).map(|deal| Candidate { lever, deal, meets: false, other: None }).ok_or(Dropped::NoRoom)
}

/// The lowest prices. Later steps mostly give lower ones, so they are looked at first: most of the others then need not be
/// worked out to the tick.
fn best(basis: &Basis<'_, '_>, starts: Vec<Start<'_, '_>>) -> Option<Deal> {
    let case = basis.case;
    let plain = basis.plain.as_ref().filter(|_| case.allowed == case.asked);
    let (mut best, mut most) = (None, plain.map_or(i128::MAX, |plain| case.paid(plain) - 1));
    for start in starts.iter().rev() {
        let deal = start.lowest_within(most);
        if let Some(deal) = deal.filter(|deal| case.paid(deal) <= most) {
            most = case.paid(&deal);
            best = Some(deal);
        }
    }
    best
}
