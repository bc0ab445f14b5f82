//! The `Idempotency-Key` of a request.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use kernel::Invalid;

use crate::failed::Problem;

/// The key that a client sent, if it sent one. What it may look like, [`db::Key`] says. An extractor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(pub Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let key = parts.headers.get("idempotency-key").map(|value| value.to_str().map(str::to_owned)).transpose();
        key.map(Self).map_err(|_| Invalid::field("Idempotency-Key", "idempotency-key").into())
    }
}
