//! Who visits. How a session is found is the business of the parties slice, behind [`crate::Authenticate`].

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::net::IpAddr;

use axum::http::{HeaderMap, header};
use i18n::{Language, Locale};
use kernel::{Actor, Permission, SessionId, Via};
use uuid::Uuid;

use crate::Settings;
use crate::cookies::cookie;
use crate::failed::Problem;

/// The name of the session cookie, as far as [`Settings::cookie_name`] puts nothing before it.
pub const SESSION_COOKIE: &str = "kontor_session";

/// What a request brought to prove who it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// The session cookie of a browser.
    Cookie(String),
    /// `Authorization: Bearer …` of an API client.
    Bearer(String),
}

/// The signed-in person as far as pages need to know.
#[derive(Debug, Clone)]
pub struct Person {
    /// The session.
    pub session: SessionId,
    /// User, company, unit, roles. `via` is overwritten by the door used.
    pub actor: Actor,
    /// The person's name.
    pub name: String,
    /// The person's e-mail address.
    pub email: String,
    /// The name of the person's company; empty for staff.
    pub company_name: String,
    /// The name of the person's unit; empty for none.
    pub unit_name: String,
    /// Language.
    pub language: Language,
    /// IANA time zone.
    pub time_zone: String,
}

/// Who visits, and how the answer should look and read. An extractor; every request has one.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// Who acts.
    pub actor: Actor,
    /// The signed-in person; `None` for guests.
    pub person: Option<std::sync::Arc<Person>>,
    /// Language, formats, time zone.
    pub locale: Locale,
    /// `light`, `dark` or empty for the system's choice.
    pub theme: &'static str,
    /// `comfortable`, `compact` or empty for the page's own.
    pub density: &'static str,
    /// Text key of a message to show once.
    pub flash: Option<String>,
    /// Where what was just done is undone.
    pub undo: Option<String>,
    /// The path and query of the request, for links back.
    pub path: String,
    /// The id of the request, as in logs and answers.
    pub request_id: Uuid,
    /// The network address of whoever sent the request.
    pub address: IpAddr,
}

/// What identifies a request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Caller<'a> {
    /// Path and query.
    pub path: &'a str,
    pub request_id: Uuid,
    pub address: IpAddr,
}

impl Visitor {
    /// Whether the visitor may.
    pub fn may(&self, permission: Permission) -> bool {
        self.actor.may(permission)
    }

    /// Whether someone is signed in.
    pub fn is_signed_in(&self) -> bool {
        self.person.is_some()
    }

    /// The visitor for a request, from its headers, once it is known whose credential they bring.
    pub(crate) fn of(person: Option<Person>, settings: &Settings, headers: &HeaderMap, caller: Caller<'_>) -> Self {
        let via = door(caller.path);
        let actor = match &person {
            Some(person) => Actor { via, ..person.actor.clone() },
            None => Actor::guest(via),
        };
        Self {
            locale: locale(settings, headers, person.as_ref()),
            actor,
            person: person.map(std::sync::Arc::new),
            theme: choice(headers, "theme", &["light", "dark"]),
            density: choice(headers, "density", &["comfortable", "compact"]),
            undo: cookie(headers, "undo").filter(|path| path.ends_with("/restoration") && crate::is_own_path(path)),
            flash: cookie(headers, "flash").filter(|key| key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')),
            path: caller.path.to_owned(),
            request_id: caller.request_id,
            address: caller.address,
        }
    }
}

/// The door that a path belongs to.
fn door(path: &str) -> Via {
    if path.starts_with("/api/") { Via::Api } else { Via::Page }
}

/// What a request brought to prove who it is. API clients prove themselves by header only, so that no foreign page can make
/// a browser call the API for them.
pub(crate) fn credential(settings: &Settings, headers: &HeaderMap, path: &str) -> Option<Credential> {
    match door(path) {
        Via::Api => {
            let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
            let (scheme, token) = value.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then(|| Credential::Bearer(token.trim().to_owned()))
        }
        _ => cookie(headers, &settings.cookie_name(SESSION_COOKIE)).map(Credential::Cookie),
    }
}

fn locale(settings: &Settings, headers: &HeaderMap, person: Option<&Person>) -> Locale {
    let chosen = cookie(headers, "language").and_then(|code| Language::parse(&code));
    let asked =
        || headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).and_then(Language::from_accept_language);
    let usual = || Language::parse(&settings.language).unwrap_or(Language::En);
    let language = person.map(|p| p.language).or(chosen).or_else(asked).unwrap_or_else(usual);
    Locale::new(language, person.map_or(&settings.time_zone, |p| &p.time_zone))
}

fn choice(headers: &HeaderMap, name: &str, allowed: &[&'static str]) -> &'static str {
    let value = cookie(headers, name).unwrap_or_default();
    allowed.iter().find(|a| **a == value).copied().unwrap_or_default()
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let visitor = parts.extensions.get::<Self>().cloned();
        visitor.ok_or_else(|| kernel::Fault::new("a request came past the layer that finds the visitor").into())
    }
}
