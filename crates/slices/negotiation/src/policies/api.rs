//! Policies as JSON, for the seller's own people. The policy itself is the engine's own form.

use kernel::{Failure, Instant, Invalid};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use web::{App, Json, Reply, State, Visitor};

use super::{PolicyVersion, actions, queries};
use crate::engine::Policy;

/// A version.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct VersionJson {
    /// Its number.
    pub number: i64,
    /// `draft`, `published` or `retired`.
    pub state: &'static str,
    /// Why it was published.
    pub note: String,
    /// When it was begun, RFC 3339.
    pub created_at: String,
    /// When it was published, RFC 3339.
    pub published_at: Option<String>,
    /// The rules.
    pub policy: Value,
}

/// The draft, or the published version to begin one from.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DraftJson {
    /// The version to save with; `null` when there is no draft yet.
    pub version: Option<i64>,
    /// The number it has or will have.
    pub number: i64,
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
    pub policy: Value,
}

/// A draft to be published.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishDraft {
    /// The version of the draft that was read.
    pub version: i64,
    /// Why.
    pub note: String,
}

fn value(policy: &Policy) -> Value {
    serde_json::from_str(&policy.to_json()).unwrap_or(Value::Null)
}

fn version_json(version: &PolicyVersion) -> VersionJson {
    VersionJson {
        number: version.number,
        state: version.state.code(),
        note: version.note.clone(),
        created_at: version.created_at.to_rfc3339(),
        published_at: version.published_at.map(Instant::to_rfc3339),
        policy: value(&version.policy),
    }
}

pub(super) async fn list(State(app): State<App>) -> Reply {
    let all = queries::all(&app.db().read().await?).await?;
    web::json(&all.iter().map(version_json).collect::<Vec<_>>())
}

pub(super) async fn draft(State(app): State<App>) -> Reply {
    let tx = app.db().read().await?;
    let json = match queries::draft(&tx).await? {
        Some(draft) => draft_json(&draft),
        None => {
            let published = queries::published(&tx).await?;
            DraftJson { version: None, number: published.number + 1, policy: value(&published.policy) }
        }
    };
    web::json(&json)
}

fn draft_json(draft: &PolicyVersion) -> DraftJson {
    DraftJson { version: Some(draft.version), number: draft.number, policy: value(&draft.policy) }
}

pub(super) async fn save(State(app): State<App>, visitor: Visitor, Json(body): Json<SaveDraft>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let policy = &Policy::from_json(&body.policy.to_string()).map_err(|error| -> Failure {
        let field = format!("policy.{}", error.path);
        Invalid::default().and(field.trim_end_matches('.'), "json", vec![("reason", error.reason)]).into()
    })?;
    let read = body.version;
    let draft = app.write(|tx| async move { actions::save_draft(&tx, ctx, read, policy.clone()).await }).await?;
    web::json(&draft_json(&draft))
}

pub(super) async fn publish(State(app): State<App>, visitor: Visitor, Json(body): Json<PublishDraft>) -> Reply {
    let (ctx, body) = (&app.ctx(&visitor), &body);
    let published = app.write(|tx| async move { actions::publish(&tx, ctx, body.version, &body.note).await }).await?;
    web::created("/api/v1/policies", &version_json(&published))
}
