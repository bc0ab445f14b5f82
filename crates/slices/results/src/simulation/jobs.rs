//! Working simulations out after commit.

use std::sync::Arc;
use std::time::Duration;

use db::WriteTx;
use kernel::{Ctx, Outcome, SimulationId};
use serde::{Deserialize, Serialize};
use simulation::RunError;
use web::App;

use super::work::{self, Progress};
use super::{Results, RunState, SimulationRun, actions, load};

const SIMULATE: &str = "negotiation.simulate";
/// How often progress is written down and told.
const TELL: Duration = Duration::from_secs(1);

#[derive(Serialize, Deserialize)]
struct About {
    simulation: SimulationId,
}

pub(super) async fn enqueue(tx: &WriteTx, ctx: &Ctx, id: SimulationId) -> Outcome<()> {
    let payload = serde_json::json!({ "simulation": id });
    Ok(tx.enqueue(ctx, SIMULATE, &payload, ctx.now).await?)
}

/// The handlers of this capability, for the runner of the application.
pub(crate) fn handlers(runner: jobs::Runner, app: &App) -> jobs::Runner {
    runner.on_with(SIMULATE, app, |app, job| async move { handle(&app, &job).await })
}

/// Works a simulation out, from its beginning also when it was begun before and never ended.
pub(super) async fn handle(app: &App, job: &jobs::Job) -> Outcome<()> {
    let about: About = job.read()?;
    let (ctx, id) = (&app.system_ctx(), about.simulation);
    let begun = app.write(|tx| async move { actions::begin(&tx, ctx, id).await }).await?;
    let Some(run) = begun else { return Ok(()) };
    let past = {
        let tx = app.db().read().await?;
        load::past(&tx, run.settings.currency, app.now(), app.today()).await?
    };
    let progress = Arc::new(Progress::default());
    let working = work::work_aside(past.market, run.settings.clone(), progress.clone());
    let worked = watched(app, id, &progress, working).await?;
    let (ctx, run) = (&app.system_ctx(), &run);
    match worked {
        Ok(Some(worked)) => {
            let results = &Results::of(worked);
            app.write(|tx| async move { actions::finish(&tx, ctx, run, results).await }).await
        }
        Ok(None) => Ok(()),
        Err(error) => failed(app, run, &error).await,
    }
}

async fn failed(app: &App, run: &SimulationRun, error: &RunError) -> Outcome<()> {
    let (ctx, code) = (&app.system_ctx(), code(error));
    app.write(|tx| async move { actions::end(&tx, ctx, run, RunState::Failed, code).await }).await
}

/// `simulation-error-<code>` is the key of the sentence.
fn code(error: &RunError) -> &'static str {
    match error {
        RunError::NoDeals => "no-deals",
        RunError::Currency(_) => "currency",
        RunError::Arms | RunError::SameName(_) | RunError::NoPast(_) => "arms",
        RunError::Faults(_) => "faults",
    }
}

/// Waits for the work; tells meanwhile how far it is, and stops it when the run has been stopped.
async fn watched<T>(app: &App, id: SimulationId, progress: &Progress, work: impl Future<Output = T>) -> T {
    let mut work = std::pin::pin!(work);
    loop {
        if let Ok(done) = tokio::time::timeout(TELL, &mut work).await {
            return done;
        }
        let (ctx, ppm) = (&app.system_ctx(), progress.ppm());
        match app.write(|tx| async move { actions::progress(&tx, ctx, id, ppm).await }).await {
            Ok(true) => {}
            Ok(false) => progress.stop(),
            Err(failure) => tracing::warn!("writing down the progress of simulation {id}: {failure}"),
        }
    }
}
