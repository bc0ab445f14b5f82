//! Working profiles out at night.

use db::WriteTx;
use kernel::{Ctx, Instant, Outcome, TimeZone};
use web::App;

use super::actions;

const PROFILES: &str = "negotiation.profiles";
/// The hour of the merchant's night at which profiles are worked out.
const PROFILES_HOUR: i8 = 3;

/// Sees to it that profiles are worked out, now where they have not been for a day, and every night. Called at every start.
///
/// # Errors
/// A fault when the database fails.
pub async fn schedule(tx: &WriteTx, ctx: &Ctx, zone: &TimeZone) -> Outcome<()> {
    let at = if actions::due(tx, ctx.now).await? { ctx.now } else { next_night(ctx.now, zone) };
    Ok(tx.enqueue_once(ctx, PROFILES, &serde_json::Value::Null, at).await?)
}

/// The handlers of this capability, for the runner of the application.
pub(crate) fn handlers(runner: jobs::Runner, app: &App) -> jobs::Runner {
    let runner =
        runner.on_recurring_with(PROFILES, Instant::DAY, app, |app, _| async move { profile_night(&app).await });
    runner.on_with(actions::SOON, app, |app, _| async move {
        let ctx = &app.system_ctx();
        app.write(|tx| async move { actions::recompute(&tx, ctx).await.map(|_| ()) }).await
    })
}

fn next_night(now: Instant, zone: &TimeZone) -> Instant {
    let day = now.date_in(zone).plus_days(1).civil();
    let at = day.at(PROFILES_HOUR, 0, 0, 0).to_zoned(zone.clone());
    at.map_or(now.plus(Instant::DAY), |at| Instant::from_micros(at.timestamp().as_microsecond()))
}

/// Works out profiles, unless somebody has done so today, and leaves the job of the next night.
async fn profile_night(app: &App) -> Outcome<()> {
    let (ctx, zone) = (&app.system_ctx(), &i18n::time_zone(&app.settings().time_zone));
    actions::learn_sensitivities(app.db(), ctx).await?;
    app.write(|tx| async move {
        if actions::due(&tx, ctx.now).await? {
            actions::recompute(&tx, ctx).await?;
        }
        Ok(tx.enqueue_once(ctx, PROFILES, &serde_json::Value::Null, next_night(ctx.now, zone)).await?)
    })
    .await
}
