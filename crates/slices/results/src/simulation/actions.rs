//! Starting, stopping and finishing simulations, and making a suggested policy the draft.

use db::{ReadTx, WriteTx};
use kernel::{Ctx, Failure, Invalid, Outcome, Permission, SimulationId};
use sha2::{Digest as _, Sha256};
use terms::policies::{self, PolicyRefusal, PolicyVersion};

use super::rules::{self, Choice, Wanted};
use super::{
    Examined, Results, RunSettings, RunState, SimulationEvent, SimulationRefusal, SimulationRun, StoredArm, jobs, load,
    queries, store,
};

/// Starts a simulation: writes it down and leaves the job that works it out.
///
/// # Errors
/// Invalid `policies`, `count` and `seed`; [`SimulationRefusal`]; [`PolicyRefusal::NoDraft`] where the draft is wanted and
/// there is none; the refusal `not-allowed`.
pub async fn start(tx: &WriteTx, ctx: &Ctx, wanted: &Wanted) -> Outcome<SimulationRun> {
    start_with(tx, ctx, wanted, Vec::new()).await
}

/// The same with further arms, whose policies are no version of the policy.
///
/// # Errors
/// As [`start`].
pub async fn start_with(tx: &WriteTx, ctx: &Ctx, wanted: &Wanted, further: Vec<StoredArm>) -> Outcome<SimulationRun> {
    ctx.actor.must(Permission::ManagePolicy)?;
    rules::check(wanted).check()?;
    rules::may_start(load::has_history(tx).await?, store::open_count(tx).await?)?;
    let (mut arms, examined) = arms(tx, &rules::completed(&wanted.arms, wanted.kind)).await?;
    arms.extend(further);
    let in_force = policies::queries::published(tx).await?.policy;
    let currency = in_force.currency;
    let in_force = Some(in_force.to_json());
    let run = SimulationRun {
        id: SimulationId::new(ctx),
        number: tx.next_number("simulation").await?,
        state: RunState::Queued,
        progress_ppm: 0,
        settings: RunSettings { currency, kind: wanted.kind, seed: wanted.seed, arms, in_force },
        examined,
        error: String::new(),
        created_by: ctx.actor.user,
        created_at: ctx.now,
        started_at: None,
        finished_at: None,
    };
    store::insert(tx, &run).await?;
    tx.append(ctx, &SimulationEvent::Queued(run.id, run.number)).await?;
    jobs::enqueue(tx, ctx, run.id).await?;
    Ok(run)
}

/// The arms with the texts of their policies as they are now, and the text that is looked at first: the draft, else the
/// version in force, else any other.
///
/// # Errors
/// Invalid `policies` where there is no such version; [`PolicyRefusal::NoDraft`].
pub async fn arms(tx: &ReadTx, choices: &[Choice]) -> Outcome<(Vec<StoredArm>, Option<Examined>)> {
    let mut arms = Vec::with_capacity(choices.len());
    let mut versions: Vec<(Choice, PolicyVersion)> = Vec::new();
    for choice in choices {
        let version = match choice {
            Choice::Published => Some(policies::queries::published(tx).await?),
            Choice::Draft => Some(policies::queries::draft(tx).await?.ok_or(PolicyRefusal::NoDraft)?),
            Choice::Version(number) => Some(version(tx, *number).await?),
            _ => None,
        };
        arms.push(StoredArm {
            name: choice.code(),
            number: version.as_ref().map(|version| version.number),
            policy: version.as_ref().map(|version| version.policy.to_json()),
        });
        versions.extend(version.map(|version| (*choice, version)));
    }
    let rank = |(choice, _): &&(Choice, PolicyVersion)| match choice {
        Choice::Draft => 0,
        Choice::Published => 1,
        _ => 2,
    };
    let first = versions.iter().min_by_key(rank).map(|(_, version)| version);
    Ok((arms, first.map(examined)))
}

async fn version(tx: &ReadTx, number: i64) -> Outcome<PolicyVersion> {
    let found = policies::queries::by_number(tx, number).await?;
    let unknown = || Failure::from(Invalid::default().and("policies", "simulation-policy", args(number)));
    found.ok_or_else(unknown)
}

fn args(number: i64) -> Vec<(&'static str, String)> {
    vec![("policy", number.to_string())]
}

fn examined(version: &PolicyVersion) -> Examined {
    let digest = Sha256::digest(version.policy.to_json().as_bytes());
    let hash = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    Examined { policy: version.id, version: version.version, hash }
}

/// Stops a simulation that waits or runs. Its threads hear of it within a second.
///
/// # Errors
/// Not found; [`SimulationRefusal::Ended`]; the refusal `not-allowed`.
pub async fn cancel(tx: &WriteTx, ctx: &Ctx, id: SimulationId) -> Outcome<SimulationRun> {
    ctx.actor.must(Permission::ManagePolicy)?;
    let run = queries::run(tx, id).await?.ok_or(Failure::NotFound)?;
    rules::may_cancel(run.state)?;
    end(tx, ctx, &run, RunState::Cancelled, "").await?;
    queries::run(tx, id).await?.ok_or(Failure::NotFound)
}

/// Notes that a simulation is being worked out; `None` when it has ended, for somebody stopped it.
pub(super) async fn begin(tx: &WriteTx, ctx: &Ctx, id: SimulationId) -> Outcome<Option<SimulationRun>> {
    if !store::begin(tx, id, ctx.now).await? {
        return Ok(None);
    }
    tx.append(ctx, &SimulationEvent::Progressed(id, 0)).await?;
    queries::run(tx, id).await
}

/// Notes how far a simulation is; `false` when somebody stopped it.
pub(super) async fn progress(tx: &WriteTx, ctx: &Ctx, id: SimulationId, ppm: i64) -> Outcome<bool> {
    let goes_on = store::progress(tx, id, ppm).await?;
    if goes_on {
        tx.append(ctx, &SimulationEvent::Progressed(id, ppm)).await?;
    }
    Ok(goes_on)
}

/// Keeps the results, and notes them with the draft while it still says what was simulated.
pub(super) async fn finish(tx: &WriteTx, ctx: &Ctx, run: &SimulationRun, results: &Results) -> Outcome<()> {
    if !store::keep_results(tx, run.id, ctx.now, results).await? {
        return Ok(());
    }
    tx.append(ctx, &SimulationEvent::Finished(run.id, RunState::Done, run.examined.clone())).await?;
    let draft = policies::queries::draft(tx).await?.map(|draft| (draft.id, draft.version));
    let examined = run.examined.as_ref().map(|examined| (examined.policy, examined.version));
    match draft.filter(|draft| Some(*draft) == examined) {
        Some(draft) => {
            let (summary, name) = (results.summary(&run.settings), run.id.to_string());
            policies::actions::record_simulation(tx, ctx, draft, &summary, Some(&name)).await
        }
        None => Ok(()),
    }
}

/// Ends a simulation without results.
pub(super) async fn end(tx: &WriteTx, ctx: &Ctx, run: &SimulationRun, state: RunState, error: &str) -> Outcome<()> {
    if store::finish(tx, run.id, state, ctx.now, error).await? {
        tx.append(ctx, &SimulationEvent::Finished(run.id, state, run.examined.clone())).await?;
    }
    Ok(())
}

/// Makes the policy that a simulation suggested the draft. `read` is the version of the draft that was seen; `None` when there
/// was none.
///
/// # Errors
/// Not found; [`SimulationRefusal::NoSuggestion`]; [`PolicyRefusal`]; the refusal `not-allowed`.
pub async fn adopt(tx: &WriteTx, ctx: &Ctx, id: SimulationId, read: Option<i64>) -> Outcome<PolicyVersion> {
    ctx.actor.must(Permission::ManagePolicy)?;
    queries::run(tx, id).await?.ok_or(Failure::NotFound)?;
    let results = queries::results(tx, id).await?;
    let suggestion = results.and_then(|results| results.suggestion).ok_or(SimulationRefusal::NoSuggestion)?;
    policies::actions::save_draft(tx, ctx, read, suggestion.policy()?).await
}
