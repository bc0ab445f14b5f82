//! Live updates: one stream of server-sent events per open page. An event only says *what* changed; the page then asks
//! for that part again, so permissions are checked where they always are.
//!
//! An event `negotiation.answered` about X becomes the message `negotiation-X`, and `negotiation` for lists. A stream lives no
//! longer than the session that opened it.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Extension;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use db::events::EventRow;
use futures_util::stream::{self, Stream};
use kernel::UserId;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::time::Interval;

use crate::{App, Credential, Visitor};

/// Streams of one person at once: more open pages than anybody looks at.
const STREAMS_MAX: usize = 12;
/// How often a silent stream looks whether its session is still there.
const LOOK: Duration = Duration::from_secs(15);
/// How long what is remembered of sessions may take to follow the log.
const FOLLOWING: Duration = Duration::from_millis(250);

/// What buyers hear of, in their own company. What the seller does among themselves (who has a case, who holds it, a quote that is
/// being drafted) is not theirs to know, nor when their colleagues sign in.
const FOR_BUYERS: &[&str] = &[
    "cart.changed",
    "negotiation.agreed",
    "negotiation.answered",
    "negotiation.attached",
    "negotiation.decided",
    "negotiation.decision_undone",
    "negotiation.escalated",
    "negotiation.expired",
    "negotiation.ordered",
    "negotiation.started",
    "negotiation.withdrawn",
    "order.changed",
    "order.placed",
    "quote.accepted",
    "quote.answered",
    "quote.attached",
    "quote.countered",
    "quote.declined",
    "quote.lapsed",
    "quote.requested",
    "quote.withdrawn",
];

/// That somebody looked at something changes no page.
const LOOKED: &str = ".looked_at";

/// How many streams each person has open.
#[derive(Debug, Clone, Default)]
pub(crate) struct Streams(Arc<Mutex<HashMap<UserId, usize>>>);

impl Streams {
    fn open(&self, person: UserId) -> Option<Place> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(person).or_default();
        if *count >= STREAMS_MAX {
            return None;
        }
        *count += 1;
        Some(Place { streams: self.clone(), person })
    }
}

/// One of a person's streams; given back when it ends.
struct Place {
    streams: Streams,
    person: UserId,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.streams.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.get_mut(&self.person).map_or(0, |count| {
            *count = count.saturating_sub(1);
            *count
        });
        if count == 0 {
            open.remove(&self.person);
        }
    }
}

/// Guests never hear anything: 204 tells a browser not to come again.
pub(crate) async fn events(
    State(app): State<App>,
    Extension(streams): Extension<Streams>,
    credential: Option<Extension<Credential>>,
    visitor: Visitor,
) -> Response {
    let (Some(person), Some(Extension(credential))) = (visitor.actor.user, credential) else {
        return StatusCode::NO_CONTENT.into_response();
    };
    let Some(place) = streams.open(person) else {
        return (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "60")]).into_response();
    };
    let listener = Listener {
        events: app.bus().subscribe(),
        hears: Hears::of(&visitor),
        credential,
        look: tokio::time::interval(LOOK),
        waiting: None,
        app,
        _place: place,
    };
    Sse::new(messages(listener)).keep_alive(KeepAlive::new().interval(Duration::from_secs(20))).into_response()
}

/// What one visitor hears of: no more than is needed is kept for as long as the stream lives.
struct Hears {
    actor: kernel::Actor,
    session: Option<kernel::SessionId>,
}

impl Hears {
    fn of(visitor: &Visitor) -> Self {
        Self { actor: visitor.actor.clone(), session: visitor.person.as_ref().map(|person| person.session) }
    }

    /// Staff hear of everything, buyers of their own company, and only what is for them.
    fn of_this(&self, event: &EventRow) -> bool {
        if event.kind.ends_with(LOOKED) {
            return false;
        }
        let is_own = event.company.is_some() && event.company == self.actor.company;
        self.actor.is_staff() || (is_own && FOR_BUYERS.contains(&event.kind.as_str()))
    }

    /// Whether an event may have ended this very session, or changed what its person may do.
    fn is_about_me(&self, event: &EventRow) -> bool {
        let topic = event.kind.split('.').next().unwrap_or_default();
        let subject = |id: Option<String>| id.is_some_and(|id| id == event.subject);
        matches!(topic, "session" | "person" | "company")
            && (event.user == self.actor.user
                || subject(self.actor.user.map(|id| id.to_string()))
                || subject(self.session.map(|id| id.to_string()))
                || subject(self.actor.company.map(|id| id.to_string())))
    }
}

struct Listener {
    app: App,
    events: Receiver<Arc<EventRow>>,
    hears: Hears,
    credential: Credential,
    look: Interval,
    waiting: Option<Event>,
    _place: Place,
}

impl Listener {
    /// Whether the session is still there, and its person may still do the same.
    async fn may_stay(&self) -> bool {
        let person = self.app.person(Some(&self.credential)).await.ok().flatten();
        person.is_some_and(|person| {
            let (now, then) = (&person.actor, &self.hears.actor);
            Some(person.session) == self.hears.session && now.company == then.company && now.roles == then.roles
        })
    }

    /// The next message; `None` ends the stream, and a browser that may comes again.
    async fn next(&mut self) -> Option<Event> {
        if let Some(event) = self.waiting.take() {
            return Some(event);
        }
        loop {
            let received = tokio::select! {
                received = self.events.recv() => received,
                _ = self.look.tick() => {
                    if self.may_stay().await {
                        continue;
                    }
                    return None;
                }
            };
            match received {
                Ok(event) => {
                    if self.hears.is_about_me(&event) {
                        tokio::time::sleep(FOLLOWING).await;
                        if !self.may_stay().await {
                            return None;
                        }
                    }
                    if self.hears.of_this(&event) {
                        let topic = event.kind.split('.').next().unwrap_or_default();
                        self.waiting = Some(Event::default().event(topic).data(&event.kind));
                        return Some(Event::default().event(format!("{topic}-{}", event.subject)).data(&event.kind));
                    }
                }
                // A page that fell behind asks for everything again.
                Err(RecvError::Lagged(_)) => return Some(Event::default().event("reload").data("")),
                Err(RecvError::Closed) => return None,
            }
        }
    }
}

fn messages(listener: Listener) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(listener, |mut listener| async move { listener.next().await.map(|event| (Ok(event), listener)) })
}

#[cfg(test)]
mod tests {
    use kernel::{Actor, CompanyId, Instant, Role, Roles, Via};
    use uuid::Uuid;

    use super::*;

    fn row(kind: &str, company: Option<CompanyId>) -> EventRow {
        EventRow {
            cursor: db::events::Cursor::default(),
            at: Instant::from_micros(0),
            kind: kind.into(),
            subject: "x".into(),
            company,
            user: None,
            payload: serde_json::Value::Null,
        }
    }

    fn hears(company: Option<CompanyId>, role: Role) -> Hears {
        let user = Some(UserId::from_uuid(Uuid::from_u128(7)));
        let actor = Actor { user, company, unit: None, roles: Roles::from_iter([role]), via: Via::Page };
        Hears { actor, session: None }
    }

    #[test]
    fn attack_m4_buyers_hear_only_what_is_for_them() {
        let (own, other) = (CompanyId::from_uuid(Uuid::from_u128(1)), CompanyId::from_uuid(Uuid::from_u128(2)));
        let (buyer, rep) = (hears(Some(own), Role::Buyer), hears(None, Role::SalesRep));
        for (kind, for_buyers) in [
            ("negotiation.answered", true),
            ("negotiation.decided", true),
            ("negotiation.decision_undone", true),
            ("quote.answered", true),
            ("order.placed", true),
            ("cart.changed", true),
            ("negotiation.assigned", false),
            ("negotiation.held", false),
            ("negotiation.released", false),
            ("negotiation.recommended", false),
            ("negotiation.reminded", false),
            ("quote.drafted", false),
            ("session.opened", false),
            ("session.closed", false),
            ("person.blocked", false),
            ("company.changed", false),
            ("policy.published", false),
            ("of.tomorrow", false),
        ] {
            assert_eq!(buyer.of_this(&row(kind, Some(own))), for_buyers, "{kind}");
            assert!(!buyer.of_this(&row(kind, Some(other))), "{kind} of another company");
            assert!(!buyer.of_this(&row(kind, None)), "{kind} of no company");
            assert!(rep.of_this(&row(kind, Some(own))), "{kind} for staff");
        }
        assert!(!rep.of_this(&row("negotiation.looked_at", Some(own))));
    }

    #[test]
    fn attack_m3_streams_of_one_person_are_bounded_and_given_back() {
        let streams = Streams::default();
        let (one, other) = (UserId::from_uuid(Uuid::from_u128(1)), UserId::from_uuid(Uuid::from_u128(2)));
        let mut open: Vec<Place> = (0..STREAMS_MAX).filter_map(|_| streams.open(one)).collect();
        assert_eq!(open.len(), STREAMS_MAX);
        assert!(streams.open(one).is_none());
        assert!(streams.open(other).is_some());
        open.pop();
        assert!(streams.open(one).is_some());
        drop(open);
        assert!(streams.0.lock().unwrap().is_empty(), "nothing is kept of who has gone");
    }
}
