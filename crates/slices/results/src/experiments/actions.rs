//! Planning, starting and ending experiments.

use db::WriteTx;
use kernel::{Ctx, Failure, Fault, Instant, Invalid, Outcome, Permission};
use terms::experiments::store::{self, Started};
use terms::experiments::{self, Allocation, Experiment, ExperimentState, Plan, StopReason};
use terms::{emergency, policies};
use uuid::Uuid;

use super::course::{self, Kind};
use super::{ExperimentEvent, ExperimentRefusal, jobs, queries, reading, rules};
use crate::simulation::rules::{Choice, Wanted};
use crate::simulation::{self, StoredArm};

/// Longest note of an approval, in characters.
const NOTE_MAX: usize = 500;
/// Companies per variant that an experiment waits for when the past says nothing.
const REQUIRED_UNKNOWN: i64 = 400;

/// Plans an experiment; the actor owns it.
///
/// # Errors
/// Invalid fields; the refusals `not-allowed` and `sign-in-required`.
pub async fn plan(tx: &WriteTx, ctx: &Ctx, plan: Plan) -> Outcome<Experiment> {
    ctx.actor.must(Permission::ManagePolicy)?;
    rules::check(&plan).check()?;
    known_words(tx, &plan).await?;
    let experiment = Experiment {
        id: ctx.ids.next(ctx.now),
        plan,
        owner: ctx.actor.user()?,
        state: ExperimentState::Draft,
        required_per_arm: None,
        control: None,
        treatment: None,
        treatment_share_ppm: 500_000,
        salt: ctx.ids.next_seed().cast_signed(),
        created_at: ctx.now,
        started_at: None,
        stopped_at: None,
        stop_reason: None,
        version: 1,
    };
    store::insert(tx, &experiment).await?;
    course::note(tx, ctx, experiment.id, experiment.version, Kind::Written).await?;
    tell(tx, ctx, experiment.id, "experiment.planned").await?;
    Ok(experiment)
}

async fn tell(tx: &WriteTx, ctx: &Ctx, id: Uuid, kind: &'static str) -> Outcome<()> {
    Ok(tx.append(ctx, &ExperimentEvent { kind, id }).await?)
}

/// The experiment as it was read.
async fn as_read(tx: &WriteTx, ctx: &Ctx, id: Uuid, read: i64) -> Outcome<Experiment> {
    ctx.actor.must(Permission::ManagePolicy)?;
    let experiment = experiments::queries::experiment(tx, id).await?;
    if experiment.version == read { Ok(experiment) } else { Err(ExperimentRefusal::Changed.into()) }
}

/// Changes a plan that has not begun.
///
/// # Errors
/// Invalid fields; not found; [`ExperimentRefusal`]; the refusal `not-allowed`.
pub async fn change(tx: &WriteTx, ctx: &Ctx, id: Uuid, read: i64, plan: &Plan) -> Outcome<Experiment> {
    let experiment = as_read(tx, ctx, id, read).await?;
    if experiment.state != ExperimentState::Draft {
        return Err(ExperimentRefusal::NotDraft.into());
    }
    rules::check(plan).check()?;
    known_words(tx, plan).await?;
    store::change(tx, id, read, plan).await?;
    course::note(tx, ctx, id, read + 1, Kind::Written).await?;
    tell(tx, ctx, id, "experiment.changed").await?;
    experiments::queries::experiment(tx, id).await
}

/// Tries the plan's treatment on the past, against the policy in force, as backtest.
///
/// # Errors
/// Not found; [`ExperimentRefusal`]; those of simulations; the refusal `not-allowed`.
pub async fn simulate(tx: &WriteTx, ctx: &Ctx, id: Uuid, read: i64) -> Outcome<Experiment> {
    let experiment = as_read(tx, ctx, id, read).await?;
    if experiment.state != ExperimentState::Draft {
        return Err(ExperimentRefusal::NotDraft.into());
    }
    let wanted =
        Wanted { arms: vec![Choice::Published, Choice::AlwaysList], kind: simulation::Kind::Backtest, seed: 1 };
    let treatment = StoredArm {
        name: experiment.plan.name.clone(),
        number: None,
        policy: Some(experiment.plan.treatment.to_json()),
    };
    let run = simulation::actions::start_with(tx, ctx, &wanted, vec![treatment]).await?;
    course::note(tx, ctx, id, experiment.version, Kind::Simulated(run.id)).await?;
    tell(tx, ctx, id, "experiment.simulated").await?;
    Ok(experiment)
}

/// Approves the plan as it was read, as somebody who wrote none of it.
///
/// # Errors
/// Invalid `note` when empty or too long, and floors of the treatment under those in force; not found;
/// [`ExperimentRefusal`]; the refusal `not-allowed`.
pub async fn approve(tx: &WriteTx, ctx: &Ctx, id: Uuid, read: i64, note: &str) -> Outcome<Experiment> {
    let experiment = as_read(tx, ctx, id, read).await?;
    if experiment.state != ExperimentState::Draft {
        return Err(ExperimentRefusal::NotDraft.into());
    }
    let note = note.trim();
    match note.chars().count() {
        0 => return Err(Invalid::field("note", "required").into()),
        count if count > NOTE_MAX => {
            return Err(Invalid::default().and("note", "too-long", vec![("most", NOTE_MAX.to_string())]).into());
        }
        _ => {}
    }
    let published = policies::queries::published(tx).await?;
    rules::under_floors(&experiment.plan.treatment, &published.policy).check()?;
    let course = course::course(tx, &experiment).await?;
    let is_own = course::may_approve(tx, ctx, &course).await?;
    let approved = Kind::Approved { note: note.to_owned(), is_own };
    course::note(tx, ctx, id, experiment.version, approved).await?;
    tell(tx, ctx, id, "experiment.approved").await?;
    Ok(experiment)
}

/// Refuses segments and countries that no customer can have: in the condition of an experiment, or in its treatment.
async fn known_words(tx: &WriteTx, plan: &Plan) -> Outcome<()> {
    let mut invalid = policies::words::unknown_in(tx, "segment", &plan.segment).await?;
    for error in policies::queries::unknown_words(tx, &plan.treatment).await?.fields {
        invalid = invalid.and(format!("treatment.{}", error.field), error.code, error.args);
    }
    invalid.check()
}

/// Throws a plan away that has not begun, and with it what was simulated and approved.
///
/// # Errors
/// Not found; [`ExperimentRefusal`]; the refusal `not-allowed`.
pub async fn discard(tx: &WriteTx, ctx: &Ctx, id: Uuid, read: i64) -> Outcome<()> {
    let experiment = as_read(tx, ctx, id, read).await?;
    if experiment.state != ExperimentState::Draft {
        return Err(ExperimentRefusal::NotDraft.into());
    }
    super::store::discard_steps(tx, id).await?;
    store::discard(tx, &experiment).await?;
    tell(tx, ctx, id, "experiment.discarded").await
}

/// Begins an experiment: from now on new negotiations of its companies are decided by its variants. `is_confirmed` says that
/// the person knows that it cannot reach its size.
///
/// # Errors
/// Invalid `treatment.currency` when it is another than the published policy's, and floors under those in force; not found;
/// [`ExperimentRefusal`]; the refusal `not-allowed`.
pub async fn start(tx: &WriteTx, ctx: &Ctx, id: Uuid, read: i64, is_confirmed: bool) -> Outcome<Experiment> {
    let experiment = as_read(tx, ctx, id, read).await?;
    if experiment.state != ExperimentState::Draft {
        return Err(ExperimentRefusal::NotDraft.into());
    }
    let (plan, published) = (&experiment.plan, policies::queries::published(tx).await?);
    if emergency::actions::is_stopped(&published) {
        return Err(ExperimentRefusal::Stopped.into());
    }
    if plan.treatment.currency != published.policy.currency {
        return Err(Invalid::field("treatment.currency", "policy-currency").into());
    }
    if policies::rules::says_the_same(&plan.treatment, &published.policy) {
        return Err(ExperimentRefusal::NoDifference.into());
    }
    let running = store::running(tx).await?;
    if let Some(other) = running.iter().find(|other| experiments::rules::overlap(&other.plan.segment, &plan.segment)) {
        return Err(ExperimentRefusal::Overlap.refused().with("name", other.plan.name.clone()).into());
    }
    rules::under_floors(&plan.treatment, &published.policy).check()?;
    let course = course::course(tx, &experiment).await?;
    if let Some(approved) = course.outdated {
        let refused = ExperimentRefusal::PolicyChanged.refused().with("approved", approved.to_string());
        return Err(refused.with("published", published.number.to_string()).into());
    }
    if course.approval.is_none() {
        return Err(ExperimentRefusal::NotApproved.into());
    }
    let needed = queries::needed(tx, plan, ctx.now).await?;
    if let Some(short) = queries::short(tx, plan, needed, ctx.now).await?.filter(|_| !is_confirmed) {
        let refused = ExperimentRefusal::TooSmall.refused().with("needed", short.needed.to_string());
        let refused = refused.with("exist", short.exist.to_string());
        let least =
            short.detectable.map_or_else(|| queries::BLIND.to_owned(), |least| queries::effect_text(plan, least));
        return Err(refused.with("detectable", least).into());
    }
    let required = needed.and_then(|needed| i64::try_from(needed.per_arm).ok()).unwrap_or(REQUIRED_UNKNOWN);
    let treatment = policies::actions::keep_variant(tx, ctx, plan.treatment.clone(), &plan.name).await?;
    let started = Started { required: Some(required), control: published.id, treatment };
    store::start(tx, &experiment, &started, ctx.now).await?;
    tell(tx, ctx, id, "experiment.started").await?;
    jobs::look_later(tx, ctx, id).await?;
    experiments::queries::experiment(tx, id).await
}

/// Ends an experiment before its time.
///
/// # Errors
/// Not found; [`ExperimentRefusal`]; the refusal `not-allowed`.
pub async fn end(tx: &WriteTx, ctx: &Ctx, id: Uuid, read: i64) -> Outcome<Experiment> {
    let experiment = as_read(tx, ctx, id, read).await?;
    if experiment.state != ExperimentState::Running {
        return Err(ExperimentRefusal::NotRunning.into());
    }
    store::stop(tx, &experiment, StopReason::Person, ctx.now).await?;
    tell(tx, ctx, id, "experiment.stopped").await?;
    experiments::queries::experiment(tx, id).await
}

/// The daily look: moves the shares where they follow the outcomes, ends what must end, and looks again tomorrow.
///
/// # Errors
/// A fault when the database fails.
pub async fn look(tx: &WriteTx, ctx: &Ctx, id: Uuid) -> Outcome<()> {
    ctx.actor.must(Permission::RunSystem)?;
    let Some(experiment) = store::by_id(tx, id).await? else { return Ok(()) };
    if experiment.state != ExperimentState::Running {
        return Ok(());
    }
    let (plan, all) = (&experiment.plan, queries::observations(tx, &experiment, ctx.now).await?);
    let standing = reading::standing(plan, &all).map_err(|e| Fault::because("reading an experiment", e))?;
    let end = experiment.started_at.map(|start| start.plus(plan.days_max * Instant::DAY));
    let is_over = end.is_some_and(|end| end <= ctx.now);
    let required = u64::try_from(experiment.required_per_arm.unwrap_or(REQUIRED_UNKNOWN)).unwrap_or(u64::MAX);
    if let Some(reason) = reading::stop(&standing, required, is_over) {
        store::stop(tx, &experiment, reason, ctx.now).await?;
        return tell(tx, ctx, id, "experiment.stopped").await;
    }
    if plan.allocation == Allocation::Thompson
        && let Some(share) = reading::treatment_share_ppm(plan, &all, ctx.ids.next_seed())
    {
        store::share(tx, &experiment, share).await?;
        tell(tx, ctx, id, "experiment.shares_moved").await?;
    }
    jobs::look_later(tx, ctx, id).await
}

/// Makes the better treatment the draft of the policy, to be looked at and published by a person.
///
/// # Errors
/// Not found; [`ExperimentRefusal::NoWinner`]; the refusal `policy-draft-changed` when there is a draft already; the
/// refusal `not-allowed`.
pub async fn draft(tx: &WriteTx, ctx: &Ctx, id: Uuid) -> Outcome<Experiment> {
    ctx.actor.must(Permission::ManagePolicy)?;
    let experiment = experiments::queries::experiment(tx, id).await?;
    if experiment.stop_reason != Some(StopReason::Higher) {
        return Err(Failure::from(ExperimentRefusal::NoWinner));
    }
    policies::actions::save_draft(tx, ctx, None, experiment.plan.treatment.clone()).await?;
    Ok(experiment)
}
