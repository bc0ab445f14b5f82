//! Policies as JSON, for the seller's own people. The policy itself is the engine's own form, or TOML.

use axum::extract::{FromRequest as _, Request};
use axum::http::header::CONTENT_TYPE;
use db::ReadTx;
use kernel::{Access, Failure, FieldError, Instant, Invalid, Outcome, Permission};
use negotiation_engine::Policy;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use web::{ApiDoc, App, Json, Method, Path, Query, Reply, State, Visitor};

use super::file::{self, FileError};
use super::pages::text::{TextError, save_text};
use super::{PolicyRefusal, PolicyVersion, actions, queries};

pub(super) mod conditions;

pub(super) fn routes() -> web::Routes {
    versions(web::Routes::new()).merge(written(web::Routes::new())).merge(conditions::routes())
}

fn doc(id: &'static str, summary: &'static str) -> ApiDoc {
    ApiDoc::new("policies", id, summary)
}

const MAY: Access = Access::Needs(Permission::ManagePolicy);

fn versions(routes: web::Routes) -> web::Routes {
    let refusing = |id, summary| doc(id, summary).refusals(PolicyRefusal::ALL);
    routes
        .api(
            Method::GET,
            "/api/v1/policies",
            MAY,
            doc("list_policies", "All versions of the negotiation policy").response::<Vec<VersionJson>>(),
            list,
        )
        .api(
            Method::GET,
            "/api/v1/policies/versions/{number}/file",
            MAY,
            doc("get_policy_file", "A version as TOML, for version control").response::<FileJson>(),
            version_file,
        )
        .api(
            Method::POST,
            "/api/v1/policies/versions/{number}/draft",
            MAY,
            refusing("begin_policy_from_version", "Begins a draft that says what an earlier version says")
                .created::<DraftJson>(),
            begin_from,
        )
        .api(
            Method::POST,
            "/api/v1/policies/draft/approval",
            MAY,
            refusing("approve_policy", "Approves the draft").request::<DecideDraft>().response::<DraftJson>(),
            approve,
        )
        .api(
            Method::POST,
            "/api/v1/policies/draft/publication",
            MAY,
            refusing("publish_policy", "Publishes the approved draft")
                .request::<DecideDraft>()
                .created::<VersionJson>(),
            publish,
        )
        .api(
            Method::DELETE,
            "/api/v1/policies/draft",
            MAY,
            refusing("discard_policy_draft", "Throws the draft away"),
            discard,
        )
}

fn written(routes: web::Routes) -> web::Routes {
    routes
        .api(
            Method::GET,
            "/api/v1/policies/draft",
            MAY,
            doc("get_policy_draft", "The draft, or the published version to begin one from").response::<DraftJson>(),
            draft,
        )
        .api(
            Method::PUT,
            "/api/v1/policies/draft",
            MAY,
            doc(
                "save_policy_draft",
                "Saves the draft, as JSON or with the content type application/toml as the file itself",
            )
            .query::<ReadVersion>()
            .request::<SaveDraft>()
            .response::<DraftJson>()
            .refusals(PolicyRefusal::ALL),
            save,
        )
}

/// A version.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct VersionJson {
    /// Its number.
    pub number: i64,
    /// `draft`, `simulated`, `approved`, `published` or `retired`.
    pub state: &'static str,
    /// Why it was published.
    pub note: String,
    /// When it was begun, RFC 3339.
    pub created_at: String,
    /// When it was published, RFC 3339.
    pub published_at: Option<String>,
    /// The approval of its last text.
    pub approval: Option<ApprovalJson>,
    /// The last simulation of its last text.
    pub simulation: Option<SimulationJson>,
    /// The rules.
    pub policy: Value,
}

/// An approval.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ApprovalJson {
    /// Who, by id.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
    /// Why.
    pub note: String,
    /// Whether it is an author's own, because nobody else may approve.
    pub is_own: bool,
}

/// A simulation.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SimulationJson {
    /// What the simulation is called.
    pub run: Option<String>,
    /// When, RFC 3339.
    pub at: String,
    /// Its outcome in short.
    pub summary: Value,
}

/// A version as a file.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FileJson {
    /// TOML.
    pub toml: String,
}

/// The draft, or the published version to begin one from.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DraftJson {
    /// The version to save with; `null` when there is no draft yet.
    pub version: Option<i64>,
    /// The number it has or will have.
    pub number: i64,
    /// `draft`, `simulated` or `approved`; `null` when there is no draft yet.
    pub state: Option<&'static str>,
    /// The rules.
    pub policy: Value,
}

/// A draft to be saved.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveDraft {
    /// The version that was read; left out when there was no draft.
    #[serde(default)]
    pub version: Option<i64>,
    /// The rules, whole.
    #[serde(default)]
    pub policy: Option<Value>,
    /// The rules as TOML, in place of `policy`.
    #[serde(default)]
    pub toml: Option<String>,
}

/// The version of the draft that was read, where the body is the file itself.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct ReadVersion {
    /// The version that was read; left out when there was no draft.
    #[serde(default)]
    pub version: Option<i64>,
}

/// A draft to be approved or published.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideDraft {
    /// The version of the draft that was read.
    pub version: i64,
    /// Why.
    pub note: String,
}

fn value(policy: &Policy) -> Value {
    serde_json::from_str(&policy.to_json()).unwrap_or(Value::Null)
}

async fn version_json(tx: &ReadTx, version: &PolicyVersion) -> Outcome<VersionJson> {
    let course = queries::course(tx, version).await?;
    Ok(VersionJson {
        number: version.number,
        state: version.state.code(),
        note: version.note.clone(),
        created_at: version.created_at.to_rfc3339(),
        published_at: version.published_at.map(Instant::to_rfc3339),
        approval: course.approval.map(|approval| ApprovalJson {
            by: approval.by.to_string(),
            at: approval.at.to_rfc3339(),
            note: approval.note,
            is_own: approval.is_own,
        }),
        simulation: course.simulation.map(|simulation| SimulationJson {
            run: simulation.run,
            at: simulation.at.to_rfc3339(),
            summary: serde_json::from_str(&simulation.summary).unwrap_or(Value::Null),
        }),
        policy: value(&version.policy),
    })
}

async fn list(State(app): State<App>) -> Reply {
    let tx = app.db().read().await?;
    let mut all = Vec::new();
    for version in queries::all(&tx).await? {
        all.push(version_json(&tx, &version).await?);
    }
    web::json(&all)
}

async fn version_file(State(app): State<App>, Path(number): Path<i64>) -> Reply {
    let version = queries::by_number(&app.db().read().await?, number).await?.ok_or(Failure::NotFound)?;
    web::json(&FileJson { toml: file::to_toml(&version.policy) })
}

async fn begin_from(State(app): State<App>, visitor: Visitor, Path(number): Path<i64>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let draft = app.write(|tx| async move { actions::begin_from(&tx, ctx, number).await }).await?;
    web::created("/api/v1/policies/draft", &draft_json(&draft))
}

async fn draft(State(app): State<App>) -> Reply {
    let tx = app.db().read().await?;
    let json = match queries::draft(&tx).await? {
        Some(draft) => draft_json(&draft),
        None => {
            let published = queries::published(&tx).await?;
            let policy = value(&published.policy);
            DraftJson { version: None, number: published.number + 1, state: None, policy }
        }
    };
    web::json(&json)
}

fn draft_json(draft: &PolicyVersion) -> DraftJson {
    DraftJson {
        version: Some(draft.version),
        number: draft.number,
        state: Some(draft.state.code()),
        policy: value(&draft.policy),
    }
}

async fn save(State(app): State<App>, visitor: Visitor, Query(read): Query<ReadVersion>, request: Request) -> Reply {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.starts_with("application/toml") {
        let text = String::from_request(request, &app).await.map_err(|_| malformed("body"))?;
        return save_file(&app, &visitor, read.version, &text).await;
    }
    let Json(body) = Json::<SaveDraft>::from_request(request, &app).await?;
    let policy = match (body.policy, body.toml) {
        (None, Some(text)) => return save_file(&app, &visitor, body.version, &text).await,
        (Some(policy), None) => policy,
        _ => return Err(Failure::from(Invalid::field("policy", "required")).into()),
    };
    let ctx = &app.ctx(&visitor);
    let policy = &Policy::from_json(&policy.to_string()).map_err(|error| -> Failure {
        let field = format!("policy.{}", error.path);
        let (code, args) = web::unfit(&error.reason);
        Invalid::default().and(field.trim_end_matches('.'), code, args).into()
    })?;
    let draft =
        app.write(|tx| async move { actions::save_draft(&tx, ctx, body.version, policy.clone()).await }).await?;
    web::json(&draft_json(&draft))
}

fn malformed(field: &str) -> Failure {
    Invalid::field(field, "malformed").into()
}

async fn save_file(app: &App, visitor: &Visitor, version: Option<i64>, text: &str) -> Reply {
    match save_text(app, visitor, version, text).await {
        Ok(draft) => web::json(&draft_json(&draft)),
        Err(TextError::Failed(failure)) => Err(failure.into()),
        Err(TextError::Wrong(errors)) => {
            let with_place = |FileError { line, column, error }: FileError| {
                let place = [("line", line.to_string()), ("file_column", column.to_string())];
                FieldError { args: error.args.into_iter().chain(place).collect(), ..error }
            };
            Err(Failure::Invalid(Invalid { fields: errors.into_iter().map(with_place).collect() }).into())
        }
    }
}

async fn approve(State(app): State<App>, visitor: Visitor, Json(body): Json<DecideDraft>) -> Reply {
    let (ctx, body) = (&app.ctx(&visitor), &body);
    let draft = app.write(|tx| async move { actions::approve(&tx, ctx, body.version, &body.note).await }).await?;
    web::json(&draft_json(&draft))
}

async fn publish(State(app): State<App>, visitor: Visitor, Json(body): Json<DecideDraft>) -> Reply {
    let (ctx, body) = (&app.ctx(&visitor), &body);
    let published = app.write(|tx| async move { actions::publish(&tx, ctx, body.version, &body.note).await }).await?;
    let tx = app.db().read().await?;
    web::created("/api/v1/policies", &version_json(&tx, &published).await?)
}

async fn discard(State(app): State<App>, visitor: Visitor) -> Reply {
    let ctx = &app.ctx(&visitor);
    app.write(|tx| async move { actions::discard(&tx, ctx).await }).await?;
    web::no_content()
}
