//! Sending and getting files.

use axum::http::header;
use axum::response::IntoResponse as _;
use kernel::{AttachmentId, Invalid, NegotiationId};
use web::{App, Path, Reply, State, Visitor};

use super::form::Sent;
use super::{actions, queries};

/// Nothing in a file may run or load anything, whatever it claims to be.
const POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

pub(super) async fn add(State(app): State<App>, visitor: Visitor, Path(id): Path<NegotiationId>, sent: Sent) -> Reply {
    let ctx = &app.ctx(&visitor);
    let file = sent.file("file").ok_or_else(|| Invalid::field("file", "required"))?;
    app.write(|tx| async move { actions::add_to_negotiation(&tx, ctx, id, file).await }).await?;
    let back = sent.fields.text("back");
    let usual = format!("/account/negotiations/{id}");
    web::flash(web::see_other(if web::is_own_path(back) { back } else { &usual }), "attachment-added")
}

pub(super) async fn download(State(app): State<App>, visitor: Visitor, Path(id): Path<AttachmentId>) -> Reply {
    let (file, bytes) = queries::content(&app.db().read().await?, &visitor.actor, id).await?;
    let head = [
        (header::CONTENT_TYPE, file.media.content_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{}", web::encode(&file.name))),
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((head, bytes).into_response())
}
