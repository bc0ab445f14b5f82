//! How a plan comes to be started: written, simulated, approved by somebody who wrote none of it.

use db::{ReadTx, WriteTx};
use kernel::{Ctx, Instant, Outcome, Permission, SimulationId, UserId};
use terms::deciders::{self, Confirmers};
use terms::experiments::{Experiment, ExperimentState};
use terms::policies;
use uuid::Uuid;

use super::{ExperimentRefusal, store};
use crate::simulation::{self, RunState};

/// What happened to a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Written,
    Simulated(SimulationId),
    Approved { note: String, is_own: bool },
}

/// One step of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    pub version: i64,
    pub kind: Kind,
    pub by: Option<UserId>,
    pub at: Instant,
}

/// How far the plan that stands now has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Course {
    /// Who wrote any of it.
    pub authors: Vec<UserId>,
    /// The simulation of this plan, and where it stands.
    pub simulation: Option<(SimulationId, RunState)>,
    /// Whether there is a past that it can be simulated on.
    pub has_history: bool,
    /// Who approved this plan, when and why, and whether it was an author's own word.
    pub approval: Option<(UserId, Instant, String, bool)>,
    /// The version of the policy that the plan was approved against, where one that says something else is in force by now.
    /// Such an approval, and such a simulation, does not count.
    pub outdated: Option<i64>,
}

impl Course {
    /// Whether the plan was tried on the past, where there is one.
    pub fn is_simulated(&self) -> bool {
        !self.has_history || self.simulation.is_some_and(|(_, state)| state == RunState::Done)
    }
}

/// Writes a step down.
pub(super) async fn note(tx: &WriteTx, ctx: &Ctx, id: Uuid, version: i64, kind: Kind) -> Outcome<()> {
    store::insert_step(tx, ctx, id, &Step { version, kind, by: ctx.actor.user, at: ctx.now }).await
}

/// How far a plan has come. What was simulated or approved before its last change does not count, nor while another policy
/// was in force.
pub(super) async fn course(tx: &ReadTx, experiment: &Experiment) -> Outcome<Course> {
    let mut course = Course {
        authors: vec![experiment.owner],
        has_history: simulation::load::has_history(tx).await?,
        ..Course::default()
    };
    // A start counts the version up once more; the plan that was started is the one before.
    let version = match experiment.state {
        ExperimentState::Draft => Some(experiment.version),
        _ => None,
    };
    let mut simulated_at = None;
    for step in store::steps(tx, experiment.id).await? {
        let is_current = version.is_none_or(|version| step.version == version);
        match step.kind {
            Kind::Written => course.authors.extend(step.by.filter(|by| !course.authors.contains(by))),
            Kind::Simulated(run) if is_current => {
                let state = simulation::queries::run(tx, run).await?.map(|run| run.state);
                course.simulation = state.map(|state| (run, state));
                simulated_at = Some(step.at);
            }
            Kind::Approved { note, is_own } if is_current => {
                course.approval = step.by.map(|by| (by, step.at, note, is_own));
            }
            _ => {}
        }
    }
    if version.is_some() {
        if let Some((_, at, ..)) = course.approval {
            course.outdated = overtaken(tx, at).await?;
            course.approval = course.approval.filter(|_| course.outdated.is_none());
        }
        if let Some(at) = simulated_at
            && overtaken(tx, at).await?.is_some()
        {
            course.simulation = None;
        }
    }
    Ok(course)
}

/// The number of the policy that was in force at a moment, where the one in force now says something else.
async fn overtaken(tx: &ReadTx, at: Instant) -> Outcome<Option<i64>> {
    let published = policies::queries::published(tx).await?;
    if published.published_at.is_none_or(|since| since <= at) {
        return Ok(None);
    }
    let all = policies::queries::all(tx).await?;
    let then = all.iter().find(|version| version.published_at.is_some_and(|since| since <= at));
    let then = then.filter(|then| !policies::rules::says_the_same(&then.policy, &published.policy));
    Ok(then.map(|then| then.number))
}

/// Whether the actor may approve a plan, and if so, whether that is an author's own word.
///
/// # Errors
/// [`ExperimentRefusal::NotSimulated`], [`ExperimentRefusal::OwnApproval`].
pub(super) async fn may_approve(tx: &ReadTx, ctx: &Ctx, course: &Course) -> Outcome<bool> {
    if !course.is_simulated() {
        return Err(ExperimentRefusal::NotSimulated.into());
    }
    let able = deciders::able(tx, Permission::ManagePolicy).await?;
    match deciders::second_person(&ctx.actor, &course.authors, &able) {
        Some(is_own) => Ok(is_own),
        None => {
            let left = confirmers(tx, course).await?;
            Err(ExperimentRefusal::OwnApproval.refused().with("people", left.text()).into())
        }
    }
}

/// Who may approve a plan, having written none of it.
pub(super) async fn confirmers(tx: &ReadTx, course: &Course) -> Outcome<Confirmers> {
    deciders::confirmers(tx, Permission::ManagePolicy, &course.authors).await
}
