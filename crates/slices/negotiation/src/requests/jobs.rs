//! What time does to negotiations.

use web::App;

use super::actions;
use crate::negotiations::jobs::{About, EXPIRE};

/// The handlers of this capability, for the runner of the application.
pub(crate) fn handlers(runner: jobs::Runner, app: &App) -> jobs::Runner {
    runner.on_with(EXPIRE, app, |app, job| async move {
        let (ctx, about) = (&app.system_ctx(), &job.read::<About>()?);
        app.write(|tx| async move { actions::expire(&tx, ctx, about.negotiation).await }).await
    })
}
