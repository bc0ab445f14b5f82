//! Looking after cases that wait: reminders, missed promises, people who have left.

use db::WriteTx;
use kernel::{Ctx, Instant, NegotiationId, Outcome};
use web::App;

use super::actions;
use crate::negotiations::jobs::{About, about};

const TEND: &str = "negotiation.tend";
const SWEEP: &str = "negotiation.sweep";

/// Looks after a waiting case at a moment.
pub(super) async fn tend_at(tx: &WriteTx, ctx: &Ctx, id: NegotiationId, at: Instant) -> Outcome<()> {
    Ok(tx.enqueue(ctx, TEND, &about(id), at).await?)
}

/// Looks at every waiting case at a moment, unless that is to be done anyway.
pub(super) async fn sweep_at(tx: &WriteTx, ctx: &Ctx, at: Instant) -> Outcome<()> {
    Ok(tx.enqueue_once(ctx, SWEEP, &serde_json::Value::Null, at).await?)
}

/// The handlers of this capability, for the runner of the application.
pub(crate) fn handlers(runner: jobs::Runner, app: &App) -> jobs::Runner {
    let runner =
        runner.on_with(TEND, app, |app, job| async move { tend(&app, job.read::<About>()?.negotiation).await });
    runner.on_recurring_with(SWEEP, actions::SWEEP_EVERY, app, |app, _| async move { sweep(&app).await })
}

async fn tend(app: &App, id: NegotiationId) -> Outcome<()> {
    let ctx = &app.system_ctx();
    app.write(|tx| async move { actions::tend(&tx, ctx, id).await }).await
}

/// Each case in a transaction of its own: one that fails is logged and holds up no other.
async fn sweep(app: &App) -> Outcome<()> {
    let ctx = &app.system_ctx();
    let waiting = app.write(|tx| async move { actions::begin_sweep(&tx, ctx).await }).await?;
    for id in waiting {
        if let Err(failure) = tend(app, id).await {
            tracing::error!("looking after the case {id}: {failure:?}");
        }
    }
    Ok(())
}
