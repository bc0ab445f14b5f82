//! Learning from what was closed, every few minutes.

use db::WriteTx;
use kernel::{Ctx, Instant, Outcome};
use web::App;

use super::actions;

const LEARN: &str = "negotiation.learn";
/// How long closed negotiations wait before something is learnt from them.
const LEARN_EVERY: i64 = 15 * Instant::MINUTE;

/// Sees to it that what became of offers is learnt from. Called at every start.
///
/// # Errors
/// A fault when the database fails.
pub async fn schedule(tx: &WriteTx, ctx: &Ctx) -> Outcome<()> {
    Ok(tx.enqueue_once(ctx, LEARN, &serde_json::Value::Null, ctx.now).await?)
}

/// The handlers of this capability, for the runner of the application.
pub(crate) fn handlers(runner: jobs::Runner, app: &App) -> jobs::Runner {
    runner.on_recurring_with(LEARN, LEARN_EVERY, app, |app, _| async move { learn(&app).await })
}

/// Learns from what was closed since, and leaves the job of the next time.
async fn learn(app: &App) -> Outcome<()> {
    actions::follow(app).await?;
    let ctx = &app.system_ctx();
    let again = ctx.now.plus(LEARN_EVERY);
    app.write(|tx| async move { Ok(tx.enqueue_once(ctx, LEARN, &serde_json::Value::Null, again).await?) }).await
}
