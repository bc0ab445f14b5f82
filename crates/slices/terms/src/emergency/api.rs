//! The emergency as JSON.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{App, Json, Path, Reply, State, Visitor};

use super::actions;
use crate::policies::PolicyVersion;

/// Why.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReasonInput {
    /// Required, and kept.
    reason: String,
}

/// The version that is in force now.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct NowJson {
    /// Its number.
    number: i64,
    /// Whether it sends all asks to people.
    is_stopped: bool,
}

fn now(version: &PolicyVersion) -> Reply {
    web::json(&NowJson { number: version.number, is_stopped: actions::is_stopped(version) })
}

pub(super) async fn stop(State(app): State<App>, visitor: Visitor, Json(input): Json<ReasonInput>) -> Reply {
    let (ctx, reason) = (&app.ctx(&visitor), input.reason.as_str());
    now(&app.write(|tx| async move { actions::stop(&tx, ctx, reason).await }).await?)
}

pub(super) async fn back(
    State(app): State<App>,
    visitor: Visitor,
    Path(number): Path<i64>,
    Json(input): Json<ReasonInput>,
) -> Reply {
    let (ctx, reason) = (&app.ctx(&visitor), input.reason.as_str());
    now(&app.write(|tx| async move { actions::back(&tx, ctx, number, reason).await }).await?)
}
