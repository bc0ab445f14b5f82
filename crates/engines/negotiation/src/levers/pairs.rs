//! Two levers together, where none alone reaches the asked price.

use crate::{
    case::{Case, Step},
    levers::{Basis, Found, STEP_LEVERS, steps, volume},
    offer::Lever,
    terms::{Extras, FreightMode},
    trace::Dropped,
};

/// Of more levers than this, only those that alone give the lowest prices are paired: each further one squares the work.
const PAIRED_MAX: usize = 3;

/// The pairs; volume with payment is named even where it is not tried. `alone` is what single levers found.
pub(super) fn both<'a>(basis: &Basis<'_, 'a>, alone: &[(Lever, Found<'a>)]) -> Vec<(Lever, Found<'a>)> {
    let case = basis.case;
    let oldest = |why: Dropped| vec![(Lever::VolumePayment, Err(why))];
    if !case.policy.pairs {
        return oldest(Dropped::NoRow);
    }
    if alone.iter().any(|(lever, found)| *lever != Lever::Plain && found.as_ref().is_ok_and(|one| one.meets)) {
        return oldest(Dropped::NotNeeded);
    }
    let paired = paired(case, alone);
    let both = |one: usize, other: usize| {
        let pair = Lever::pair(paired[one], paired[other])?;
        Some((pair, together(basis, pair, paired[one], paired[other])))
    };
    let places = (0..paired.len()).flat_map(|one| (one + 1..paired.len()).map(move |other| (one, other)));
    let mut all: Vec<_> = places.filter_map(|(one, other)| both(one, other)).collect();
    if !all.iter().any(|(pair, _)| *pair == Lever::VolumePayment) {
        let is_known = case.policy.volume.is_some() && !case.policy.payment.is_empty();
        let why = volume_error(basis).unwrap_or(if is_known { Dropped::WorthLess } else { Dropped::NoRow });
        all.splice(0..0, oldest(why));
    }
    all
}

fn volume_error(basis: &Basis<'_, '_>) -> Option<Dropped> {
    basis.raisable.as_ref().err().copied().filter(|why| *why != Dropped::NothingToMove)
}

/// The levers to be paired, volume first and then in the order of the steps.
fn paired<'a>(case: &Case<'a>, alone: &[(Lever, Found<'a>)]) -> Vec<Lever> {
    let has_volume = case.policy.volume.is_some() && !case.is_fixed;
    let known = STEP_LEVERS.into_iter().filter(|lever| steps::has_row(case, *lever));
    let mut levers: Vec<Lever> = has_volume.then_some(Lever::Volume).into_iter().chain(known).collect();
    if levers.len() > PAIRED_MAX {
        let mut best = levers.clone();
        best.sort_by_cached_key(|lever| paid_share(case, alone, *lever));
        levers.retain(|lever| best[..PAIRED_MAX].contains(lever));
    }
    levers
}

/// What a lever alone leaves to be paid, of the list value, in parts per million; the most where it has found nothing.
fn paid_share<'a>(case: &Case<'a>, alone: &[(Lever, Found<'a>)], lever: Lever) -> i128 {
    let found = alone.iter().find(|(other, _)| *other == lever).and_then(|(_, found)| found.as_ref().ok());
    found.map_or(i128::MAX, |one| case.paid(&one.deal) * 1_000_000 / case.list_value(&one.deal.quantities).max(1))
}

fn together<'a>(basis: &Basis<'_, 'a>, pair: Lever, one: Lever, other: Lever) -> Found<'a> {
    let further = steps::steps(basis.case, other);
    if one == Lever::Volume {
        return volume::with_steps(basis, pair, &further);
    }
    let first = steps::steps(basis.case, one);
    let both = first.iter().flat_map(|one| further.iter().map(move |other| merged(*one, *other)));
    steps::first_or_best(basis, pair, both.collect())
}

/// A step that does what both do. Both start from the same ask, so what either has moved is what counts.
fn merged(one: Step, other: Step) -> Step {
    let (a, b) = (one.extras, other.extras);
    Step {
        days: one.days.min(other.days),
        extras: Extras {
            flexible_days: a.flexible_days.max(b.flexible_days),
            freight: if matches!(b.freight, FreightMode::Usual | FreightMode::Free) && a.freight != FreightMode::Usual {
                a.freight
            } else {
                b.freight
            },
            commitment: b.commitment.filter(|b| a.commitment.is_none_or(|a| b.times > a.times)).or(a.commitment),
            rebate: a.rebate.or(b.rebate),
        },
    }
}
