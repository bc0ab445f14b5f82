//! Sessions in memory, so that a page costs no query to know who visits.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use db::Db;
use db::events::Bus;
use i18n::Language;
use kernel::{Actor, Instant, Outcome, Via};
use web::{App, Authenticate, BoxFuture, Credential, Person};

use super::store;
use crate::people;

/// How many sessions are kept in memory; when there are more, all are forgotten and found again.
const KEPT_MAX: usize = 50_000;

/// Finds people by their session tokens. Cheap to clone.
#[derive(Clone, Default)]
pub struct Sessions {
    known: Arc<RwLock<HashMap<String, (Person, Instant)>>>,
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
        self.known.write().unwrap_or_else(std::sync::PoisonError::into_inner).clear();
    }

    fn known(&self, token: &str, now: Instant) -> Option<Person> {
        let known = self.known.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        known.get(token).filter(|(_, expires)| *expires > now).map(|(person, _)| person.clone())
    }

    async fn find(&self, db: &Db, token: &str, now: Instant) -> Outcome<Option<Person>> {
        let tx = db.read().await?;
        let Some(live) = store::live(&tx, token, now).await? else { return Ok(None) };
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
        let mut known = self.known.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        if known.len() >= KEPT_MAX {
            known.clear();
        }
        known.insert(token.to_owned(), (person.clone(), live.expires));
        Ok(Some(person))
    }
}

impl Authenticate for Sessions {
    fn authenticate<'a>(&'a self, app: &'a App, credential: &'a Credential) -> BoxFuture<'a, Outcome<Option<Person>>> {
        let (Credential::Cookie(token) | Credential::Bearer(token)) = credential;
        Box::pin(async move {
            let now = app.now();
            match self.known(token, now) {
                Some(person) => Ok(Some(person)),
                None if token.len() == 64 => self.find(app.db(), token, now).await,
                None => Ok(None),
            }
        })
    }
}
