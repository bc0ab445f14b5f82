//! Writing and publishing policies.

use db::WriteTx;
use kernel::{Ctx, Invalid, Outcome, Permission, PolicyId};

use super::{PolicyEvent, PolicyRefusal, PolicyState, PolicyVersion, queries, rules, store};
use crate::engine;

/// Publishes the starter on an empty installation; does nothing on any other.
///
/// # Errors
/// The refusal `not-allowed`.
pub async fn setup(tx: &WriteTx, ctx: &Ctx) -> Outcome<()> {
    if store::in_state(tx, PolicyState::Published).await?.is_some() {
        return Ok(());
    }
    set_up_with(tx, ctx, engine::Policy::starter()).await
}

/// Publishes a given first policy on an empty installation (a demo company's own).
///
/// # Errors
/// The refusal `not-allowed`; [`PolicyRefusal::DraftChanged`] when there is a policy already.
pub async fn set_up_with(tx: &WriteTx, ctx: &Ctx, policy: engine::Policy) -> Outcome<()> {
    ctx.actor.must(Permission::ManagePolicy)?;
    if store::last_number(tx).await? > 0 {
        return Err(PolicyRefusal::DraftChanged.into());
    }
    let version = PolicyVersion {
        id: PolicyId::new(ctx),
        number: 1,
        state: PolicyState::Published,
        policy: engine::Policy { version: 1, ..policy },
        note: String::new(),
        created_by: ctx.actor.user,
        created_at: ctx.now,
        published_by: ctx.actor.user,
        published_at: Some(ctx.now),
        version: 1,
    };
    check(&version.policy)?;
    store::insert(tx, &version).await?;
    tx.append(ctx, &PolicyEvent::Published(version.id, version.number)).await?;
    Ok(())
}

/// What contradicts itself, at the path of its field.
fn check(policy: &engine::Policy) -> Outcome<()> {
    rules::invalid(&policy.faults()).check()
}

/// Saves the draft. `read` is the version of the draft that was edited; `None` when there was none.
///
/// A draft may contradict itself only in JSON's form, never in its rules: what cannot be published is refused here, at its
/// field, so that nobody finds out at the end.
///
/// # Errors
/// Invalid fields; [`PolicyRefusal::DraftChanged`]; the refusal `not-allowed`.
pub async fn save_draft(tx: &WriteTx, ctx: &Ctx, read: Option<i64>, policy: engine::Policy) -> Outcome<PolicyVersion> {
    ctx.actor.must(Permission::ManagePolicy)?;
    check(&policy)?;
    let draft = store::in_state(tx, PolicyState::Draft).await?;
    if draft.as_ref().map(|draft| draft.version) != read {
        return Err(PolicyRefusal::DraftChanged.into());
    }
    match draft {
        Some(draft) => {
            let policy = engine::Policy { version: draft.policy.version, ..policy };
            store::update_draft(tx, draft.id, draft.version, &policy).await?;
            Ok(PolicyVersion { policy, version: draft.version + 1, ..draft })
        }
        None => begin_draft(tx, ctx, policy).await,
    }
}

async fn begin_draft(tx: &WriteTx, ctx: &Ctx, policy: engine::Policy) -> Outcome<PolicyVersion> {
    let number = store::last_number(tx).await? + 1;
    let draft = PolicyVersion {
        id: PolicyId::new(ctx),
        number,
        state: PolicyState::Draft,
        policy: engine::Policy { version: u32::try_from(number).unwrap_or(u32::MAX), ..policy },
        note: String::new(),
        created_by: ctx.actor.user,
        created_at: ctx.now,
        published_by: None,
        published_at: None,
        version: 1,
    };
    store::insert(tx, &draft).await?;
    tx.append(ctx, &PolicyEvent::Drafted(draft.id, number)).await?;
    Ok(draft)
}

/// Publishes the draft as it was read; the version before is retired.
///
/// # Errors
/// Invalid `note` when empty; [`PolicyRefusal`]; the refusal `not-allowed`.
pub async fn publish(tx: &WriteTx, ctx: &Ctx, read: i64, note: &str) -> Outcome<PolicyVersion> {
    ctx.actor.must(Permission::ManagePolicy)?;
    let note = note.trim();
    if note.is_empty() {
        return Err(Invalid::field("note", "required").into());
    }
    let draft = store::in_state(tx, PolicyState::Draft).await?.ok_or(PolicyRefusal::NoDraft)?;
    if draft.version != read {
        return Err(PolicyRefusal::DraftChanged.into());
    }
    check(&draft.policy)?;
    let published = queries::published(tx).await?;
    if rules::says_the_same(&draft.policy, &published.policy) {
        return Err(PolicyRefusal::NothingChanged.into());
    }
    store::publish(tx, &draft, note, ctx.actor.user, ctx.now).await?;
    tx.append(ctx, &PolicyEvent::Published(draft.id, draft.number)).await?;
    queries::published(tx).await
}

/// Throws the draft away.
///
/// # Errors
/// [`PolicyRefusal::NoDraft`]; the refusal `not-allowed`.
pub async fn discard(tx: &WriteTx, ctx: &Ctx) -> Outcome<()> {
    ctx.actor.must(Permission::ManagePolicy)?;
    let draft = store::in_state(tx, PolicyState::Draft).await?.ok_or(PolicyRefusal::NoDraft)?;
    store::discard(tx, &draft).await?;
    tx.append(ctx, &PolicyEvent::Discarded(draft.id, draft.number)).await?;
    Ok(())
}

/// Keeps the policy of an experiment's treatment as an unchanging version, so that decisions can name it.
///
/// # Errors
/// Invalid fields where it contradicts itself; the refusal `not-allowed`.
pub async fn keep_variant(tx: &WriteTx, ctx: &Ctx, policy: engine::Policy, note: &str) -> Outcome<PolicyId> {
    ctx.actor.must(Permission::ManagePolicy)?;
    check(&policy)?;
    let number = store::last_number(tx).await? + 1;
    let version = PolicyVersion {
        id: PolicyId::new(ctx),
        number,
        state: PolicyState::Variant,
        policy: engine::Policy { version: u32::try_from(number).unwrap_or(u32::MAX), ..policy },
        note: note.to_owned(),
        created_by: ctx.actor.user,
        created_at: ctx.now,
        published_by: None,
        published_at: None,
        version: 1,
    };
    store::insert(tx, &version).await?;
    Ok(version.id)
}
