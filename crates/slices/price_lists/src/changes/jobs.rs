//! Prices that hold from a later day on.

use db::WriteTx;
use kernel::{Ctx, Fault, Instant, Outcome, PriceChangeId};
use serde::{Deserialize, Serialize};
use web::App;

use super::{Change, ChangeLine, LineState, actions, rules};

const BEGIN: &str = "prices.begin";

#[derive(Serialize, Deserialize)]
struct About {
    change: PriceChangeId,
}

/// The handlers of changes, for the runner of the application.
pub(crate) fn handlers(runner: jobs::Runner, app: &App) -> jobs::Runner {
    runner.on_with(BEGIN, app, |app, job| async move {
        let (ctx, about) = (&app.system_ctx(), &job.read::<About>()?);
        app.write(|tx| async move { actions::begin(&tx, ctx, about.change).await }).await
    })
}

/// Leaves the job of the first moment of the day from which planned lines hold, by the merchant's calendar.
pub(super) async fn begin_later(tx: &WriteTx, ctx: &Ctx, change: &Change, lines: &[ChangeLine]) -> Outcome<()> {
    let is_planned = lines.iter().any(|line| line.state == LineState::Planned);
    let Some(day) = rules::begins(change, ctx.today()).filter(|_| is_planned) else { return Ok(()) };
    let start = day.civil().to_zoned(ctx.zone.clone()).map_err(|e| Fault::because("finding the start of a day", e))?;
    let at = Instant::from_micros(start.timestamp().as_microsecond());
    let payload = serde_json::to_value(About { change: change.id });
    let payload = payload.map_err(|e| Fault::because("writing down a job", e))?;
    Ok(tx.enqueue(ctx, BEGIN, &payload, at).await?)
}
