//! Changing the calendar, caps and absences, and the sweep that looks after every case.

use db::WriteTx;
use kernel::{Country, Ctx, Failure, Instant, Invalid, NegotiationId, Outcome, Permission, SignoffId, UserId};
use terms::signoffs::{self, Signoff, SignoffState, Subject};
use uuid::Uuid;

use super::changes::{Change, Kept};
use super::{Absence, NewAbsence, RoutingEvent, RoutingRefusal, Settings, assigning, jobs, queries, rules, store};
use crate::negotiations::{queries as queried, store as negotiations};

/// How often every waiting case is looked at.
pub(super) const SWEEP_EVERY: i64 = 5 * Instant::MINUTE;

/// Makes the settings of a new installation, and sees to it that cases are looked after. Doing it again changes no setting.
///
/// # Errors
/// The refusal `not-allowed`.
pub async fn setup(tx: &WriteTx, ctx: &Ctx, country: Option<Country>) -> Outcome<()> {
    ctx.actor.must(Permission::ManagePolicy)?;
    if store::settings(tx).await?.is_none() {
        store::save_settings(tx, &Settings { country, ..Settings::default() }).await?;
    }
    jobs::sweep_at(tx, ctx, ctx.now).await
}

/// Wants the desk to work otherwise. `settings.version` is the version that was read. Numbers that decide who gets a case are in
/// force when a second person has confirmed them, or at once where nobody else could; everything else holds at once. `None`:
/// nothing differs.
///
/// # Errors
/// Invalid fields, `reason` among them; [`RoutingRefusal::SettingsChanged`]; the refusals of [`signoffs`]; `not-allowed`.
pub async fn propose(tx: &WriteTx, ctx: &Ctx, settings: &Settings, reason: &str) -> Outcome<Option<Signoff>> {
    ctx.actor.must(Permission::ManagePolicy)?;
    settings.check().check()?;
    let old = queries::settings(tx).await?;
    if old.version != settings.version {
        return Err(RoutingRefusal::SettingsChanged.into());
    }
    let (before, after) = (Box::new(Kept::of(&old)), Box::new(Kept::of(settings)));
    if before == after {
        return Ok(None);
    }
    let text = Change::Settings { before, after }.text()?;
    let signoff = if rules::decides_who(&old, settings) {
        signoffs::actions::propose(tx, ctx, Subject::Routing, text, reason).await?
    } else {
        signoffs::actions::record(tx, ctx, Subject::Routing, text, reason).await?
    };
    if signoff.state == SignoffState::Confirmed {
        write(tx, ctx, settings).await?;
    }
    Ok(Some(signoff))
}

/// Confirms, as a second person, settings that wait: they are in force from now on.
///
/// # Errors
/// The refusals of [`signoffs`]; [`RoutingRefusal::SettingsChanged`] where they are not any more what the change began from; not
/// found; `not-allowed`.
pub async fn confirm(tx: &WriteTx, ctx: &Ctx, id: SignoffId, note: &str) -> Outcome<()> {
    let signoff = signoffs::actions::confirm(tx, ctx, Subject::Routing, id, note).await?;
    let Change::Settings { before, after } = Change::stored(&signoff.text)? else { return Err(Failure::NotFound) };
    let now = queries::settings(tx).await?;
    if Kept::of(&now) != *before {
        return Err(RoutingRefusal::SettingsChanged.into());
    }
    write(tx, ctx, &after.onto(&now)).await
}

async fn write(tx: &WriteTx, ctx: &Ctx, settings: &Settings) -> Outcome<()> {
    store::save_settings(tx, settings).await?;
    Ok(tx.append(ctx, &RoutingEvent::Settings).await?)
}

/// Changes how many cases a day brings to a person; `None`: as many as to everybody. It holds at once: people fall ill.
///
/// # Errors
/// Not found for people who do not decide; invalid `cap`; the refusal `not-allowed`.
pub async fn set_cap(tx: &WriteTx, ctx: &Ctx, person: UserId, cap: Option<u32>) -> Outcome<()> {
    ctx.actor.must(Permission::ManagePolicy)?;
    let roster = queries::roster_of(tx, ctx).await?;
    roster.team.person(person).ok_or(Failure::NotFound)?;
    if cap.is_some_and(|cap| !(1..=rules::CAP_MAX).contains(&cap)) {
        let args = vec![("least", "1".to_owned()), ("most", rules::CAP_MAX.to_string())];
        return Err(Invalid::default().and("cap", "whole-between", args).into());
    }
    let before = store::caps(tx).await?.get(&person).copied();
    if before != cap {
        let text = Change::Cap { person, before, after: cap }.text()?;
        signoffs::actions::record(tx, ctx, Subject::Routing, text, "").await?;
        store::set_cap(tx, person, cap).await?;
        tx.append(ctx, &RoutingEvent::Cap(person)).await?;
    }
    Ok(())
}

/// Enters an absence. What waits on the person's desk is passed on at once if the absence has begun.
///
/// # Errors
/// Invalid fields; [`RoutingRefusal`]; the refusals `sign-in-required` and `not-allowed`.
pub async fn enter_absence(tx: &WriteTx, ctx: &Ctx, new: &NewAbsence) -> Outcome<Absence> {
    must_manage(tx, ctx, new.person).await?;
    let staff = parties::people::queries::staff(tx).await?;
    rules::check_absence(new, &staff, ctx.today()).check()?;
    let known = store::absences(tx, ctx.today()).await?;
    let overlaps = |old: &&Absence| old.person == new.person && old.from <= new.until && new.from <= old.until;
    if known.iter().any(|old| overlaps(&old)) {
        return Err(RoutingRefusal::Overlaps.into());
    }
    let absence = Absence {
        id: ctx.ids.next(ctx.now),
        person: new.person,
        from: new.from,
        until: new.until,
        substitute: new.substitute,
    };
    store::insert_absence(tx, &absence, ctx.actor.user, ctx.now).await?;
    tx.append(ctx, &RoutingEvent::AbsenceEntered(new.person)).await?;
    assigning::tend_cases_of(tx, ctx, new.person).await?;
    Ok(absence)
}

/// Takes an absence back. Cases that were passed on stay where they are.
///
/// # Errors
/// Not found; [`RoutingRefusal::NotYours`]; the refusals `sign-in-required` and `not-allowed`.
pub async fn remove_absence(tx: &WriteTx, ctx: &Ctx, id: Uuid) -> Outcome<()> {
    let absence = store::absence(tx, id).await?.ok_or(Failure::NotFound)?;
    must_manage(tx, ctx, absence.person).await?;
    store::drop_absence(tx, id).await?;
    tx.append(ctx, &RoutingEvent::AbsenceRemoved(absence.person)).await?;
    Ok(())
}

async fn must_manage(tx: &WriteTx, ctx: &Ctx, person: UserId) -> Outcome<()> {
    let manages = queries::manages_absences(tx, &ctx.actor).await?;
    if manages || ctx.actor.user == Some(person) { Ok(()) } else { Err(RoutingRefusal::NotYours.into()) }
}

/// Does what is due for one waiting case; see [`assigning::tend`].
///
/// # Errors
/// A fault when the database fails.
pub async fn tend(tx: &WriteTx, ctx: &Ctx, id: NegotiationId) -> Outcome<()> {
    assigning::tend(tx, ctx, id).await
}

/// Leaves the next sweep and tells which cases to look at now. A negotiation that ended with a no is closed once nothing more
/// can come of it, so that learning sees it.
///
/// # Errors
/// A fault when the database fails.
pub async fn begin_sweep(tx: &WriteTx, ctx: &Ctx) -> Outcome<Vec<NegotiationId>> {
    for id in queried::over(tx, ctx.now).await? {
        if let Some(mut n) = negotiations::load(tx, None, id).await? {
            n.closed_at = n.expires_at;
            negotiations::update(tx, &n).await?;
        }
    }
    jobs::sweep_at(tx, ctx, ctx.now.plus(SWEEP_EVERY)).await?;
    store::waiting(tx, None).await
}
