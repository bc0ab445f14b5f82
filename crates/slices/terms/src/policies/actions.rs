//! Writing, approving and publishing policies.

use db::WriteTx;
use kernel::{Ctx, Failure, Invalid, Outcome, Permission, PolicyId};

use super::{Approval, PolicyEvent, PolicyRefusal, PolicyState, PolicyVersion, Simulation, queries, rules, store};
use crate::deciders;

/// Publishes a first policy on an empty installation; does nothing on any other.
///
/// # Errors
/// The refusal `not-allowed`; invalid when the policy contradicts itself.
pub async fn setup(tx: &WriteTx, ctx: &Ctx, policy: negotiation_engine::Policy) -> Outcome<()> {
    ctx.actor.must(Permission::ManagePolicy)?;
    if store::last_number(tx).await? > 0 {
        return Ok(());
    }
    let version = PolicyVersion {
        id: PolicyId::new(ctx),
        number: 1,
        state: PolicyState::Published,
        policy: negotiation_engine::Policy { version: 1, ..policy },
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
fn check(policy: &negotiation_engine::Policy) -> Outcome<()> {
    rules::invalid(&policy.faults()).check()
}

/// Saves the draft. `read` is the version of the draft that was edited; `None` when there was none. Whatever was simulated or
/// approved before was another text, so it is a draft again.
///
/// A draft may contradict itself only in JSON's form, never in its rules: what cannot be published is refused here, at its
/// field, so that nobody finds out at the end.
///
/// # Errors
/// Invalid fields; [`PolicyRefusal::DraftChanged`]; the refusal `not-allowed`.
pub async fn save_draft(
    tx: &WriteTx,
    ctx: &Ctx,
    read: Option<i64>,
    policy: negotiation_engine::Policy,
) -> Outcome<PolicyVersion> {
    ctx.actor.must(Permission::ManagePolicy)?;
    check(&policy)?;
    queries::unknown_words(tx, &policy).await?.check()?;
    let draft = store::open(tx).await?;
    if draft.as_ref().map(|draft| draft.version) != read {
        return Err(PolicyRefusal::DraftChanged.into());
    }
    match draft {
        Some(draft) => {
            let policy = negotiation_engine::Policy { version: draft.policy.version, ..policy };
            if policy == draft.policy {
                return Ok(draft);
            }
            store::update_draft(tx, draft.id, draft.version, &policy).await?;
            store::insert_change(tx, ctx, draft.id, draft.version + 1).await?;
            Ok(PolicyVersion { policy, version: draft.version + 1, state: PolicyState::Draft, ..draft })
        }
        None => begin_draft(tx, ctx, policy).await,
    }
}

async fn begin_draft(tx: &WriteTx, ctx: &Ctx, policy: negotiation_engine::Policy) -> Outcome<PolicyVersion> {
    let number = store::last_number(tx).await? + 1;
    let draft = PolicyVersion {
        id: PolicyId::new(ctx),
        number,
        state: PolicyState::Draft,
        policy: negotiation_engine::Policy { version: u32::try_from(number).unwrap_or(u32::MAX), ..policy },
        note: String::new(),
        created_by: ctx.actor.user,
        created_at: ctx.now,
        published_by: None,
        published_at: None,
        version: 1,
    };
    store::insert(tx, &draft).await?;
    store::insert_change(tx, ctx, draft.id, draft.version).await?;
    tx.append(ctx, &PolicyEvent::Drafted(draft.id, number)).await?;
    Ok(draft)
}

/// Begins a draft that says what an earlier version says: the way back.
///
/// # Errors
/// [`PolicyRefusal::DraftOpen`]; not found; the refusal `not-allowed`; invalid fields where the engine has become stricter.
pub async fn begin_from(tx: &WriteTx, ctx: &Ctx, number: i64) -> Outcome<PolicyVersion> {
    ctx.actor.must(Permission::ManagePolicy)?;
    if store::open(tx).await?.is_some() {
        return Err(PolicyRefusal::DraftOpen.into());
    }
    let version = store::by_number(tx, number).await?.ok_or(Failure::NotFound)?;
    check(&version.policy)?;
    begin_draft(tx, ctx, version.policy).await
}

/// Notes that a text of the draft was simulated: `version` is that of the draft that the simulation read, `run` what the
/// simulation is called, `summary` its outcome in short as JSON.
///
/// # Errors
/// [`PolicyRefusal::DraftChanged`] when the text has changed meanwhile or is not open any more; not found; invalid `summary`
/// where it is no JSON; the refusal `not-allowed`.
pub async fn record_simulation(
    tx: &WriteTx,
    ctx: &Ctx,
    (id, version): (PolicyId, i64),
    summary: &str,
    run: Option<&str>,
) -> Outcome<()> {
    ctx.actor.must(Permission::ManagePolicy)?;
    if serde_json::from_str::<serde_json::Value>(summary).is_err() {
        return Err(Invalid::field("summary", "malformed").into());
    }
    let draft = store::by_id(tx, id).await?.ok_or(Failure::NotFound)?;
    if !draft.state.is_open() || draft.version != version {
        return Err(PolicyRefusal::DraftChanged.into());
    }
    let simulation = Simulation {
        version,
        run: run.map(str::to_owned),
        summary: summary.to_owned(),
        by: ctx.actor.user,
        at: ctx.now,
    };
    store::insert_simulation(tx, ctx, id, &simulation).await?;
    if draft.state == PolicyState::Draft {
        store::set_state(tx, &draft, PolicyState::Simulated).await?;
    }
    tx.append(ctx, &PolicyEvent::Simulated(id, draft.number)).await?;
    Ok(())
}

/// Stands by the draft as it was read.
///
/// # Errors
/// Invalid `note` when empty; [`PolicyRefusal`]; the refusal `not-allowed`.
pub async fn approve(tx: &WriteTx, ctx: &Ctx, read: i64, note: &str) -> Outcome<PolicyVersion> {
    ctx.actor.must(Permission::ManagePolicy)?;
    let note = required(note)?;
    let draft = draft_as_read(tx, read).await?;
    match draft.state {
        PolicyState::Draft => return Err(PolicyRefusal::NotSimulated.into()),
        PolicyState::Approved => return Err(PolicyRefusal::ApprovedAlready.into()),
        _ => {}
    }
    let (course, managers) = (queries::course(tx, &draft).await?, queries::managers(tx).await?);
    let Some(is_own) = deciders::second_person(&ctx.actor, &course.authors, &managers) else {
        let left = queries::approvers(tx, &course.authors).await?;
        return Err(PolicyRefusal::OwnApproval.refused().with("people", left.text()).into());
    };
    let by = ctx.actor.user()?;
    let approval = Approval { version: draft.version, by, note: note.to_owned(), is_own, at: ctx.now };
    store::insert_approval(tx, draft.id, &approval).await?;
    store::set_state(tx, &draft, PolicyState::Approved).await?;
    tx.append(ctx, &PolicyEvent::Approved(draft.id, draft.number)).await?;
    Ok(PolicyVersion { state: PolicyState::Approved, ..draft })
}

/// Publishes the draft as it was read; the version before is retired. What was answered under it stays as it was answered.
///
/// # Errors
/// Invalid `note` when empty; [`PolicyRefusal`]; invalid fields, see [`queries::obstacles`]; the refusal `not-allowed`.
pub async fn publish(tx: &WriteTx, ctx: &Ctx, read: i64, note: &str) -> Outcome<PolicyVersion> {
    ctx.actor.must(Permission::ManagePolicy)?;
    let note = required(note)?;
    let draft = draft_as_read(tx, read).await?;
    match draft.state {
        PolicyState::Draft => return Err(PolicyRefusal::NotSimulated.into()),
        PolicyState::Simulated => return Err(PolicyRefusal::NotApproved.into()),
        _ => {}
    }
    let published = queries::published(tx).await?;
    if rules::says_the_same(&draft.policy, &published.policy) {
        return Err(PolicyRefusal::NothingChanged.into());
    }
    rules::invalid(&queries::obstacles(tx, &draft.policy).await?).check()?;
    store::publish(tx, &draft, note, ctx.actor.user, ctx.now).await?;
    tx.append(ctx, &PolicyEvent::Published(draft.id, draft.number)).await?;
    queries::published(tx).await
}

/// Publishes a policy without draft, simulation and second person: for [`crate::emergency`] only. Whatever draft there is
/// stays.
///
/// # Errors
/// Invalid fields where it contradicts itself; the refusal `not-allowed`.
pub(crate) async fn publish_at_once(
    tx: &WriteTx,
    ctx: &Ctx,
    policy: negotiation_engine::Policy,
    note: &str,
) -> Outcome<PolicyVersion> {
    ctx.actor.must(Permission::ManagePolicy)?;
    check(&policy)?;
    let number = store::last_number(tx).await? + 1;
    let version = PolicyVersion {
        id: PolicyId::new(ctx),
        number,
        state: PolicyState::Published,
        policy: negotiation_engine::Policy { version: u32::try_from(number).unwrap_or(u32::MAX), ..policy },
        note: note.to_owned(),
        created_by: ctx.actor.user,
        created_at: ctx.now,
        published_by: ctx.actor.user,
        published_at: Some(ctx.now),
        version: 1,
    };
    store::retire(tx).await?;
    store::insert(tx, &version).await?;
    tx.append(ctx, &PolicyEvent::Published(version.id, number)).await?;
    Ok(version)
}

fn required(note: &str) -> Outcome<&str> {
    let note = note.trim();
    if note.is_empty() { Err(Invalid::field("note", "required").into()) } else { Ok(note) }
}

async fn draft_as_read(tx: &WriteTx, read: i64) -> Outcome<PolicyVersion> {
    let draft = store::open(tx).await?.ok_or(PolicyRefusal::NoDraft)?;
    if draft.version != read {
        return Err(PolicyRefusal::DraftChanged.into());
    }
    Ok(draft)
}

/// Throws the draft away, and with it what was simulated and approved.
///
/// # Errors
/// [`PolicyRefusal::NoDraft`]; the refusal `not-allowed`.
pub async fn discard(tx: &WriteTx, ctx: &Ctx) -> Outcome<()> {
    ctx.actor.must(Permission::ManagePolicy)?;
    let draft = store::open(tx).await?.ok_or(PolicyRefusal::NoDraft)?;
    store::discard(tx, &draft).await?;
    tx.append(ctx, &PolicyEvent::Discarded(draft.id, draft.number)).await?;
    Ok(())
}

/// Keeps the policy of an experiment's treatment as an unchanging version, so that decisions can name it.
///
/// # Errors
/// Invalid fields where it contradicts itself; the refusal `not-allowed`.
pub async fn keep_variant(
    tx: &WriteTx,
    ctx: &Ctx,
    policy: negotiation_engine::Policy,
    note: &str,
) -> Outcome<PolicyId> {
    ctx.actor.must(Permission::ManagePolicy)?;
    check(&policy)?;
    let number = store::last_number(tx).await? + 1;
    let version = PolicyVersion {
        id: PolicyId::new(ctx),
        number,
        state: PolicyState::Variant,
        policy: negotiation_engine::Policy { version: u32::try_from(number).unwrap_or(u32::MAX), ..policy },
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
