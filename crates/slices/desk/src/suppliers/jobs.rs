//! Once a supplier has answered, the case moves on by itself.

use db::WriteTx;
use kernel::{Ctx, Outcome, SupportId};
use negotiation::negotiations;
use negotiation::requests::answer;
use serde::{Deserialize, Serialize};
use terms::support::{About, State, store};
use web::App;

use crate::quotes;

const MOVE_ON: &str = "support.move_on";

#[derive(Serialize, Deserialize)]
struct Answered {
    support: SupportId,
}

pub(super) async fn move_on(tx: &WriteTx, ctx: &Ctx, support: SupportId) -> Outcome<()> {
    let payload = serde_json::json!({ "support": support });
    Ok(tx.enqueue(ctx, MOVE_ON, &payload, ctx.now).await?)
}

/// The handler of this folder, for the runner of the application.
pub(crate) fn handlers(runner: jobs::Runner, app: &App) -> jobs::Runner {
    runner.on_with(MOVE_ON, app, |app, job| async move {
        let (ctx, answered) = (&app.system_ctx(), &job.read::<Answered>()?);
        app.write(|tx| async move { decide(&tx, ctx, answered.support).await }).await
    })
}

/// Decides the waiting ask again with the support. A rep is told of a no, and of every answer about a quote, which only a
/// person can send.
pub(crate) async fn decide(tx: &WriteTx, ctx: &Ctx, id: SupportId) -> Outcome<()> {
    let Some(request) = store::load(tx, id).await? else { return Ok(()) };
    match request.about {
        About::Negotiation(negotiation) => {
            let Some(n) = negotiations::store::load(tx, None, negotiation).await? else { return Ok(()) };
            if n.stored_state != negotiations::State::Waiting {
                return Ok(());
            }
            match request.state {
                State::Granted => answer::again_with_support(tx, ctx, n).await,
                _ => negotiation::negotiations::jobs::tell_rep(tx, ctx, negotiation).await,
            }
        }
        About::Quote(quote, _) => quotes::jobs::supplier_answered(tx, ctx, quote).await,
    }
}
