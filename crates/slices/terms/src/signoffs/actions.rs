//! Proposing, confirming and declining. None of these puts a text into force: that is for the capability whose text it is.

use db::WriteTx;
use kernel::{Ctx, Failure, Invalid, Outcome, Permission, SignoffId};

use super::{Signoff, SignoffEvent, SignoffRefusal, SignoffState, Subject, queries, store};

/// Longest reason and note, in characters.
const TEXT_MAX: usize = 500;

fn short(field: &str, text: &str) -> Outcome<String> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Invalid::field(field, "required").into()),
        count if count > TEXT_MAX => {
            Err(Invalid::default().and(field, "too-long", vec![("most", TEXT_MAX.to_string())]).into())
        }
        _ => Ok(text.to_owned()),
    }
}

/// Writes down a change. It is confirmed at once where the author's own word counts, and for the system, which only sets up an
/// installation; otherwise it waits.
///
/// # Errors
/// Invalid `reason`; [`SignoffRefusal::Open`]; the refusal `not-allowed`.
pub async fn propose(tx: &WriteTx, ctx: &Ctx, subject: Subject, text: String, reason: &str) -> Outcome<Signoff> {
    ctx.actor.must(Permission::ManagePolicy)?;
    if queries::waiting(tx, subject).await?.is_some() {
        return Err(SignoffRefusal::Open.into());
    }
    let mut signoff = Signoff {
        id: SignoffId::new(ctx),
        subject,
        text,
        reason: if ctx.actor.user.is_some() { short("reason", reason)? } else { reason.to_owned() },
        by: ctx.actor.user,
        at: ctx.now,
        state: SignoffState::Waiting,
        decided: None,
        note: String::new(),
        is_own: false,
    };
    let own = queries::may_confirm(tx, &ctx.actor, &signoff).await?;
    if ctx.actor.user.is_none() || own == Some(true) {
        signoff.state = SignoffState::Confirmed;
        signoff.decided = ctx.actor.user.map(|user| (user, ctx.now));
        signoff.is_own = own == Some(true);
    }
    store::insert(tx, &signoff).await.map_err(|e| e.on_unique(|| SignoffRefusal::Open.into()))?;
    tell(tx, ctx, &signoff).await?;
    Ok(signoff)
}

/// Writes down a change that takes no second person, so that the history of its subject has it too.
///
/// # Errors
/// Invalid `reason` when too long; the refusal `not-allowed`.
pub async fn record(tx: &WriteTx, ctx: &Ctx, subject: Subject, text: String, reason: &str) -> Outcome<Signoff> {
    ctx.actor.must(Permission::ManagePolicy)?;
    let signoff = Signoff {
        id: SignoffId::new(ctx),
        subject,
        text,
        reason: if reason.trim().is_empty() { String::new() } else { short("reason", reason)? },
        by: ctx.actor.user,
        at: ctx.now,
        state: SignoffState::Confirmed,
        decided: None,
        note: String::new(),
        is_own: false,
    };
    store::insert(tx, &signoff).await?;
    tell(tx, ctx, &signoff).await?;
    Ok(signoff)
}

/// Confirms a change as a second person. Its text is in force once its capability has written it, in the same transaction.
///
/// # Errors
/// [`SignoffRefusal`]; not found, also when it is one of another subject; the refusal `not-allowed`.
pub async fn confirm(tx: &WriteTx, ctx: &Ctx, subject: Subject, id: SignoffId, note: &str) -> Outcome<Signoff> {
    let signoff = waiting(tx, ctx, subject, id).await?;
    let is_own = queries::may_confirm(tx, &ctx.actor, &signoff).await?.ok_or(SignoffRefusal::OwnApproval)?;
    let note = if note.trim().is_empty() { String::new() } else { short("note", note)? };
    let decided = Some((ctx.actor.user()?, ctx.now));
    decide(tx, ctx, Signoff { state: SignoffState::Confirmed, decided, note, is_own, ..signoff }).await
}

/// Declines a change; its author takes it back.
///
/// # Errors
/// Invalid `note`; [`SignoffRefusal::NotWaiting`]; not found; the refusal `not-allowed`.
pub async fn decline(tx: &WriteTx, ctx: &Ctx, subject: Subject, id: SignoffId, note: &str) -> Outcome<Signoff> {
    let signoff = waiting(tx, ctx, subject, id).await?;
    let decided = Some((ctx.actor.user()?, ctx.now));
    let (note, is_own) = (short("note", note)?, signoff.by == ctx.actor.user);
    decide(tx, ctx, Signoff { state: SignoffState::Declined, decided, note, is_own, ..signoff }).await
}

async fn waiting(tx: &WriteTx, ctx: &Ctx, subject: Subject, id: SignoffId) -> Outcome<Signoff> {
    ctx.actor.must(Permission::ManagePolicy)?;
    let found = store::by_id(tx, id).await?.filter(|signoff| signoff.subject == subject).ok_or(Failure::NotFound)?;
    if found.state == SignoffState::Waiting { Ok(found) } else { Err(SignoffRefusal::NotWaiting.into()) }
}

async fn decide(tx: &WriteTx, ctx: &Ctx, signoff: Signoff) -> Outcome<Signoff> {
    if !store::decide(tx, &signoff).await? {
        return Err(SignoffRefusal::NotWaiting.into());
    }
    tell(tx, ctx, &signoff).await?;
    Ok(signoff)
}

async fn tell(tx: &WriteTx, ctx: &Ctx, signoff: &Signoff) -> Outcome<()> {
    let event = SignoffEvent { id: signoff.id, subject: signoff.subject, state: signoff.state };
    Ok(tx.append(ctx, &event).await?)
}
