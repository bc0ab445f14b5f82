//! What is stored about a person, for that person to take along (GDPR, article 15 and 20).

use axum::http::{HeaderValue, header};
use kernel::{Access, Failure};
use schemars::JsonSchema;
use serde::Serialize;
use web::{ApiDoc, App, Method, Reply, Routes, State, Visitor};

use crate::people;
use crate::sessions::store;

pub(super) fn page_routes() -> Routes {
    Routes::new().page(Method::GET, "/account/data.json", Access::SignedIn, download)
}

pub(super) fn api_routes() -> Routes {
    let doc = ApiDoc::new("account", "own_data", "Everything that is stored about oneself as a person.");
    Routes::new().api(Method::GET, "/api/v1/account/data", Access::SignedIn, doc.response::<OwnData>(), own_data)
}

/// Everything that is stored about a person as a person. What the person ordered and negotiated belongs to the company and has
/// exports of its own.
#[derive(Serialize, JsonSchema)]
struct OwnData {
    id: String,
    email: String,
    name: String,
    title: String,
    phone: String,
    language: String,
    time_zone: String,
    /// Roles by code.
    roles: Vec<String>,
    company: Option<String>,
    unit: Option<String>,
    sessions: Vec<OwnSession>,
    /// From how many browsers and networks the person has signed in lately; only hashes of them are stored.
    known_places: i64,
}

/// Where the person is signed in.
#[derive(Serialize, JsonSchema)]
struct OwnSession {
    /// `page` or `api`.
    via: String,
    /// What the browser or program called itself.
    client: String,
    /// RFC 3339.
    began_at: String,
    /// RFC 3339, give or take ten minutes.
    used_at: String,
}

async fn collect(app: &App, visitor: &Visitor) -> Result<OwnData, Failure> {
    let person = visitor.person.as_ref().ok_or(Failure::NotFound)?;
    let (id, now) = (visitor.actor.user()?, app.now());
    let tx = app.db().read().await?;
    let member = people::queries::member(&tx, id).await?.ok_or(Failure::NotFound)?;
    let sessions = store::of_person(&tx, id, now).await?.into_iter().map(|row| OwnSession {
        via: row.via,
        client: row.client,
        began_at: row.created.to_rfc3339(),
        used_at: row.seen.to_rfc3339(),
    });
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Ok(OwnData {
        id: id.to_string(),
        email: member.email.to_string(),
        name: member.name,
        title: member.title,
        phone: member.phone,
        language: member.language,
        time_zone: member.time_zone,
        roles: member.roles.iter().map(|role| role.code().to_owned()).collect(),
        company: some(&person.company_name),
        unit: some(&person.unit_name),
        sessions: sessions.collect(),
        known_places: store::places(&tx, id, now).await?,
    })
}

async fn own_data(State(app): State<App>, visitor: Visitor) -> Reply {
    web::json(&collect(&app, &visitor).await?)
}

async fn download(State(app): State<App>, visitor: Visitor) -> Reply {
    let mut response = web::json(&collect(&app, &visitor).await?)?;
    let name = HeaderValue::from_static("attachment; filename=\"my-data.json\"");
    response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    Ok(response)
}
