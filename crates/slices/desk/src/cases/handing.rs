//! Taking over, passing on, recommending and holding, as forms and as JSON.

use kernel::{Invalid, NegotiationId, Outcome, UserId};
use schemars::JsonSchema;
use serde::Deserialize;
use web::{App, Fields, Form, Json, Path, Reply, State, Visitor};

use super::{Recommendation, api, attending, pages, typed};

/// Takes a case over, or passes it on.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignCase {
    /// To whom; left out: the caller takes it over.
    #[serde(default)]
    pub to: Option<String>,
    /// What the colleague should know.
    #[serde(default)]
    pub note: String,
}

/// Recommends an answer.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecommendCase {
    /// The version that was read.
    pub version: i64,
    /// `approve`, `counter` or `reject`.
    pub verdict: String,
    /// Why.
    pub rationale: String,
}

async fn assigned(app: &App, visitor: &Visitor, id: NegotiationId, to: Option<&str>, note: &str) -> Outcome<()> {
    let ctx = &app.ctx(visitor);
    match to {
        None => app.write(|tx| async move { attending::take_over(&tx, ctx, id).await }).await,
        Some(to) => {
            let to = UserId::parse(to).ok_or_else(|| Invalid::field("to", "choice"))?;
            app.write(|tx| async move { attending::pass_on(&tx, ctx, id, to, note).await }).await
        }
    }
}

pub(super) async fn assign(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<NegotiationId>,
    Form(fields): Form<Fields>,
) -> Reply {
    let to = fields.0.contains_key("to").then(|| fields.text("to"));
    let flash = if to.is_some() { "case-passed" } else { "case-taken" };
    let done = assigned(&app, &visitor, id, to, fields.text("note")).await;
    pages::answered(&app, &visitor, id, &fields, done, flash).await
}

pub(super) async fn assign_json(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<NegotiationId>,
    Json(body): Json<AssignCase>,
) -> Reply {
    assigned(&app, &visitor, id, body.to.as_deref(), &body.note).await?;
    web::json(&api::load(&app, &visitor, id).await?)
}

pub(super) async fn recommend(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<NegotiationId>,
    Form(fields): Form<Fields>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let advice = &Recommendation {
        version: typed::version(&fields),
        verdict: fields.text("verdict").to_owned(),
        rationale: fields.text("rationale").to_owned(),
    };
    let done = app.write(|tx| async move { attending::recommend(&tx, ctx, id, advice).await }).await;
    pages::answered(&app, &visitor, id, &fields, done, "case-recommended").await
}

pub(super) async fn recommend_json(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<NegotiationId>,
    Json(body): Json<RecommendCase>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let advice = &Recommendation { version: body.version, verdict: body.verdict, rationale: body.rationale };
    app.write(|tx| async move { attending::recommend(&tx, ctx, id, advice).await }).await?;
    web::json(&api::load(&app, &visitor, id).await?)
}

pub(super) async fn hold(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<NegotiationId>,
    Form(fields): Form<Fields>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let done = app.write(|tx| async move { attending::hold(&tx, ctx, id).await }).await;
    pages::answered(&app, &visitor, id, &fields, done, "case-held").await
}

pub(super) async fn hold_json(State(app): State<App>, visitor: Visitor, Path(id): Path<NegotiationId>) -> Reply {
    let ctx = &app.ctx(&visitor);
    app.write(|tx| async move { attending::hold(&tx, ctx, id).await }).await?;
    web::json(&api::load(&app, &visitor, id).await?)
}

pub(super) async fn release(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<NegotiationId>,
    Form(fields): Form<Fields>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let done = app.write(|tx| async move { attending::release(&tx, ctx, id).await }).await;
    pages::answered(&app, &visitor, id, &fields, done, "case-released").await
}

pub(super) async fn release_json(State(app): State<App>, visitor: Visitor, Path(id): Path<NegotiationId>) -> Reply {
    let ctx = &app.ctx(&visitor);
    app.write(|tx| async move { attending::release(&tx, ctx, id).await }).await?;
    web::json(&api::load(&app, &visitor, id).await?)
}
