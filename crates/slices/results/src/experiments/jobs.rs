//! The daily look at an experiment.

use db::WriteTx;
use kernel::{Ctx, Instant, Outcome};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::App;

use super::actions;
use crate::tracking;

const LOOK: &str = "experiment.look";

#[derive(Serialize, Deserialize)]
struct About {
    experiment: Uuid,
}

/// Looks at an experiment in a day.
pub(super) async fn look_later(tx: &WriteTx, ctx: &Ctx, experiment: Uuid) -> Outcome<()> {
    let payload = serde_json::json!({ "experiment": experiment });
    Ok(tx.enqueue(ctx, LOOK, &payload, ctx.now.plus(Instant::DAY)).await?)
}

/// The handlers of this capability, for the runner of the application.
pub(crate) fn handlers(runner: jobs::Runner, app: &App) -> jobs::Runner {
    runner.on_recurring_with(LOOK, Instant::DAY, app, |app, job| async move {
        tracking::actions::follow(&app).await?;
        let (ctx, about) = (&app.system_ctx(), &job.read::<About>()?);
        app.write(|tx| async move { actions::look(&tx, ctx, about.experiment).await }).await
    })
}
