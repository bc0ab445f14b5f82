//! Sessions by JSON: sign in with an address and a password, get a token, send it as `Authorization: Bearer …`.

use axum::http::{HeaderMap, header};
use kernel::{Access, Failure};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{ApiDoc, App, Json, Method, Reply, Routes, State, Visitor};

use super::actions::{self, Attempt, Origin};
use super::{Sessions, SignInRefusal};
use crate::sign_out;

pub(crate) fn routes() -> Routes {
    let open =
        ApiDoc::new("sessions", "open_session", "Signs in and gives a token.").request::<SignIn>().created::<Session>();
    let who = ApiDoc::new("sessions", "current_session", "Says who is signed in.").response::<Who>();
    let close = ApiDoc::new("sessions", "close_session", "Signs out.");
    let everywhere = ApiDoc::new("sessions", "close_all_sessions", "Signs out everywhere.");
    Routes::new()
        .api(Method::POST, "/api/v1/sessions", Access::Public, open.refusals(SignInRefusal::ALL), open_session)
        .api(Method::GET, "/api/v1/sessions/current", Access::SignedIn, who, current)
        .api(Method::DELETE, "/api/v1/sessions/current", Access::SignedIn, close, close_session)
        .api(Method::DELETE, "/api/v1/sessions", Access::SignedIn, everywhere, close_all)
}

/// Who signs in.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SignIn {
    /// The e-mail address.
    email: String,
    /// The password.
    password: String,
    /// The customer number of the company to act for, where the address acts for several; `-` for the seller's own people.
    #[serde(default)]
    company: String,
}

/// A new session.
#[derive(Serialize, JsonSchema)]
struct Session {
    /// Send it as `Authorization: Bearer …`.
    token: String,
    /// When it ends by itself, RFC 3339.
    expires_at: String,
}

/// The signed-in person.
#[derive(Serialize, JsonSchema)]
struct Who {
    /// The e-mail address.
    email: String,
    /// The name.
    name: String,
    /// The company; empty for the seller's own people.
    company: String,
    /// The unit; empty for none.
    unit: String,
    /// Roles by code.
    roles: Vec<String>,
}

async fn open_session(State(app): State<App>, visitor: Visitor, headers: HeaderMap, Json(body): Json<SignIn>) -> Reply {
    let client = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let from = Origin { address: visitor.address, mark: None, client, replaces: None };
    let attempt = Attempt { email: &body.email, password: &body.password, company: body.company.trim(), from };
    let opened = actions::sign_in(app.db(), &app.ctx(&visitor), &attempt).await?;
    web::created("/api/v1/sessions/current", &Session { token: opened.token, expires_at: opened.expires.to_rfc3339() })
}

async fn current(visitor: Visitor) -> Reply {
    let person = visitor.person.as_ref().ok_or(Failure::NotFound)?;
    web::json(&Who {
        email: person.email.clone(),
        name: person.name.clone(),
        company: person.company_name.clone(),
        unit: person.unit_name.clone(),
        roles: person.actor.roles.iter().map(|r| r.code().to_owned()).collect(),
    })
}

async fn close_session(State(app): State<App>, visitor: Visitor) -> Reply {
    let session = visitor.person.as_ref().ok_or(Failure::NotFound)?.session;
    let ctx = &app.ctx(&visitor);
    app.write(|tx| async move { sign_out::close(&tx, ctx, session).await }).await?;
    app.part::<Sessions>().forget();
    web::no_content()
}

async fn close_all(State(app): State<App>, visitor: Visitor) -> Reply {
    let ctx = &app.ctx(&visitor);
    let person = ctx.actor.user()?;
    app.write(|tx| async move { sign_out::end_all(&tx, ctx, person).await }).await?;
    app.part::<Sessions>().forget();
    web::no_content()
}
