//! Bringing the read model up to date beside the pages: reading a report writes nothing, but waits a moment for what is behind.

use std::sync::Arc;
use std::time::Duration;

use kernel::Outcome;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{Notify, watch};
use web::App;

use super::{actions, store};

/// What belongs to one change comes within this time, and is written together.
const GATHERING: Duration = Duration::from_millis(50);
/// How long a reader waits before it is shown what there is.
const PATIENCE: Duration = Duration::from_secs(2);

/// Follows the event log. A part of the application; cheap to clone.
#[derive(Debug, Clone)]
pub struct Follower(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    wanted: Notify,
    /// How often it has looked.
    looked: watch::Sender<u64>,
}

impl Default for Follower {
    fn default() -> Self {
        Self(Arc::new(Inner { wanted: Notify::new(), looked: watch::Sender::new(0) }))
    }
}

/// Whether an event can change a row of the read model.
fn concerns(kind: &str) -> bool {
    matches!(kind.split('.').next(), Some("negotiation" | "order" | "quote"))
}

/// Starts to follow. Ends with the event log.
pub fn start(app: &App) {
    let (app, follower) = (app.clone(), app.part::<Follower>().clone());
    let mut events = app.bus().subscribe();
    follower.0.wanted.notify_one();
    tokio::spawn(async move {
        loop {
            let is_concerned = tokio::select! {
                event = events.recv() => match event {
                    Ok(event) => concerns(&event.kind),
                    Err(RecvError::Lagged(_)) => true,
                    Err(RecvError::Closed) => break,
                },
                () = follower.0.wanted.notified() => true,
            };
            if !is_concerned {
                continue;
            }
            tokio::time::sleep(GATHERING).await;
            while events.try_recv().is_ok() {}
            if let Err(failure) = actions::follow(&app).await {
                tracing::error!("following negotiations: {failure}");
            }
            follower.0.looked.send_modify(|looked| *looked += 1);
        }
    });
}

/// Waits until the read model is up to date, or for a moment. Writes nothing.
///
/// # Errors
/// A fault when the database fails.
pub async fn up_to_date(app: &App) -> Outcome<()> {
    if store::pending(&app.db().read().await?, 1).await?.is_empty() {
        return Ok(());
    }
    let follower = app.part::<Follower>();
    let mut looked = follower.0.looked.subscribe();
    // A look that had begun before does not count. What cannot be written is shown as it was.
    for _ in 0..2 {
        follower.0.wanted.notify_one();
        let _ = tokio::time::timeout(PATIENCE, looked.changed()).await;
        if store::pending(&app.db().read().await?, 1).await?.is_empty() {
            break;
        }
    }
    Ok(())
}
