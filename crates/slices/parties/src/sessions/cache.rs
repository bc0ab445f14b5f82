//! Sessions in memory, so that a page costs no query to know who visits.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use db::Db;
use db::events::Bus;
use i18n::Language;
use kernel::{Actor, Instant, Outcome, Via};
use web::{App, Authenticate, BoxFuture, Credential, Person};

use super::{rules, store};
use crate::people;

/// How many sessions are kept in memory; when there are more, all are forgotten and found again.
const KEPT_MAX: usize = 50_000;

/// A live session.
#[derive(Clone)]
struct Kept {
    person: Person,
    /// The door that it is for.
    via: Via,
    expires: Instant,
    /// When it was last said to be used.
    seen: Instant,
}

impl Kept {
    fn is_live(&self, via: Via, now: Instant) -> bool {
        self.via == via && self.expires > now && now.since(self.seen) < rules::idle(via)
    }
}

/// Finds people by their session tokens. Cheap to clone.
#[derive(Clone, Default)]
pub struct Sessions {
    known: Arc<RwLock<HashMap<String, Kept>>>,
    /// How often all was forgotten: what was read before that is not kept after it, or somebody who was blocked in between
    /// would be let in again.
    forgotten: Arc<AtomicU64>,
}

impl Sessions {
    /// Nothing in memory yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets sessions whenever the event log says that something about people changed, in any process.
    pub fn follow(&self, bus: &Bus) {
        let (sessions, mut events) = (self.clone(), bus.subscribe());
        tokio::spawn(async move {
            loop {
                match events.recv().await {
                    Ok(event) if event.kind == "session.opened" => {}
                    Ok(event) => {
                        let topic = event.kind.split('.').next().unwrap_or_default();
                        if matches!(topic, "session" | "person" | "company") {
                            sessions.forget();
                        }
                    }
                    Err(tokio::sync::broadcast::error::RecvError::Lagged(_)) => sessions.forget(),
                    Err(tokio::sync::broadcast::error::RecvError::Closed) => break,
                }
            }
        });
    }

    /// Forgets all. Called at once by the process that ends a session, so that it does not wait for the event.
    pub fn forget(&self) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        self.forgotten.fetch_add(1, Ordering::Relaxed);
        known.clear();
    }

    fn known(&self, token: &str, via: Via, now: Instant) -> Option<Kept> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.get(token).filter(|kept| kept.is_live(via, now)).cloned()
    }

    async fn find(&self, db: &Db, token: &str, via: Via, now: Instant) -> Outcome<Option<Kept>> {
        let before = self.forgotten.load(Ordering::Relaxed);
        let tx = db.read().await?;
        let Some(live) = store::live(&tx, token, via, now).await? else { return Ok(None) };
        let Some(member) = people::queries::member(&tx, live.person).await? else { return Ok(None) };
        let person = Person {
            session: live.session,
            actor: Actor {
                user: Some(member.id),
                company: member.company,
                unit: member.unit,
                roles: member.roles,
                via: Via::Page,
            },
            name: member.name,
            email: member.email.to_string(),
            company_name: live.company_name,
            unit_name: live.unit_name,
            language: Language::parse(&member.language).unwrap_or(Language::En),
            time_zone: member.time_zone,
        };
        let kept = Kept { person, via, expires: live.expires, seen: live.seen };
        self.keep(token, &kept, before);
        Ok(Some(kept))
    }

    fn keep(&self, token: &str, kept: &Kept, before: u64) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if self.forgotten.load(Ordering::Relaxed) != before {
            return;
        }
        if known.len() >= KEPT_MAX {
            known.clear();
        }
        known.insert(token.to_owned(), kept.clone());
    }

    /// Writes down now and then that a session is used, or it would end. A database that cannot write turns nobody away.
    async fn see(&self, db: &Db, token: &str, kept: &Kept, now: Instant) {
        if now.since(kept.seen) < rules::SEEN_EVERY {
            return;
        }
        let before = self.forgotten.load(Ordering::Relaxed);
        let session = kept.person.session;
        match db.write(|tx| async move { store::seen(&tx, session, now).await }).await {
            Ok(()) => self.keep(token, &Kept { seen: now, ..kept.clone() }, before),
            Err(failure) => tracing::warn!("noting that a session is used: {failure}"),
        }
    }
}

impl Authenticate for Sessions {
    fn authenticate<'a>(&'a self, app: &'a App, credential: &'a Credential) -> BoxFuture<'a, Outcome<Option<Person>>> {
        // A token is for the door by which it was given out.
        let (token, via) = match credential {
            Credential::Cookie(token) => (token, Via::Page),
            Credential::Bearer(token) => (token, Via::Api),
        };
        Box::pin(async move {
            let now = app.now();
            let kept = match self.known(token, via, now) {
                Some(kept) => Some(kept),
                None if token.len() == 64 => self.find(app.db(), token, via, now).await?,
                None => None,
            };
            let Some(kept) = kept else { return Ok(None) };
            self.see(app.db(), token, &kept, now).await;
            Ok(Some(kept.person))
        })
    }
}

#[cfg(test)]
mod tests {
    use kernel::SessionId;

    use super::*;

    #[test]
    fn fault_s5_what_was_read_before_somebody_was_blocked_is_not_kept() {
        let (sessions, now) = (Sessions::new(), Instant::from_micros(1));
        let person = Person {
            session: SessionId::parse("00000000-0000-7000-8000-000000000001").unwrap(),
            actor: Actor::guest(Via::Page),
            name: String::new(),
            email: String::new(),
            company_name: String::new(),
            unit_name: String::new(),
            language: Language::En,
            time_zone: String::new(),
        };
        let kept = Kept { person, via: Via::Page, expires: now.plus(Instant::DAY), seen: now };
        let before = sessions.forgotten.load(Ordering::Relaxed);
        sessions.forget();
        sessions.keep("token", &kept, before);
        assert!(sessions.known("token", Via::Page, now).is_none());
        sessions.keep("token", &kept, before + 1);
        assert!(sessions.known("token", Via::Page, now).is_some());
        assert!(sessions.known("token", Via::Api, now).is_none(), "a browser's token is no program's");
        assert!(sessions.known("token", Via::Page, now.plus(12 * Instant::HOUR)).is_none(), "it ends over night");
    }
}
