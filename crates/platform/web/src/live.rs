//! Live updates: one stream of server-sent events per open page. An event only says *what* changed; the page then asks
//! for that part again, so permissions are checked where they always are.
//!
//! An event `negotiation.answered` about X becomes the message `negotiation-X`, and `negotiation` for lists.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use db::events::EventRow;
use futures_util::stream::{self, Stream};
use tokio::sync::broadcast::{Receiver, error::RecvError};

use crate::{App, Visitor};

pub(crate) async fn events(State(app): State<App>, visitor: Visitor) -> Response {
    let stream = messages(app.bus().subscribe(), visitor);
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(20))).into_response()
}

/// That somebody looked at something changes no page.
const LOOKED: &str = ".looked_at";

/// Staff hear of everything, buyers of their own company only.
fn concerns(event: &EventRow, visitor: &Visitor) -> bool {
    if event.kind.ends_with(LOOKED) {
        return false;
    }
    visitor.actor.is_staff() || (event.company.is_some() && event.company == visitor.actor.company)
}

fn messages(
    events: Receiver<std::sync::Arc<EventRow>>,
    visitor: Visitor,
) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold((events, visitor, None::<Event>), |(mut events, visitor, waiting)| async move {
        if let Some(event) = waiting {
            return Some((Ok(event), (events, visitor, None)));
        }
        loop {
            match events.recv().await {
                Ok(event) if concerns(&event, &visitor) => {
                    let topic = event.kind.split('.').next().unwrap_or_default();
                    let one = Event::default().event(format!("{topic}-{}", event.subject)).data(&event.kind);
                    let list = Event::default().event(topic).data(&event.kind);
                    return Some((Ok(one), (events, visitor, Some(list))));
                }
                Ok(_) => {}
                // A page that fell behind asks for everything again.
                Err(RecvError::Lagged(_)) => {
                    return Some((Ok(Event::default().event("reload").data("")), (events, visitor, None)));
                }
                Err(RecvError::Closed) => return None,
            }
        }
    })
}
