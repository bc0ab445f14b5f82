//! What handlers fail with, before anybody knows in which words it is said.

use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::{Failure, RefusalKind};

/// Until when a client may hope for space, where there is none now.
const SPACE_AFTER_SECONDS: HeaderValue = HeaderValue::from_static("60");

/// The status of a refusal.
pub(crate) fn status(kind: RefusalKind) -> StatusCode {
    match kind {
        RefusalKind::Conflict => StatusCode::CONFLICT,
        RefusalKind::Forbidden => StatusCode::FORBIDDEN,
        RefusalKind::SignInRequired => StatusCode::UNAUTHORIZED,
        RefusalKind::TooMany => StatusCode::TOO_MANY_REQUESTS,
    }
}

/// A failure on its way out of a handler, to be worded by [`crate::problem`], which knows the reader.
#[derive(Clone)]
pub(crate) struct Failed(pub(crate) Arc<Failure>);

/// What handlers fail with. `Failure` lives in the kernel, which knows no HTTP; `?` turns it into this.
#[derive(Debug)]
pub struct Problem(Failure);

impl<T: Into<Failure>> From<T> for Problem {
    fn from(failure: T) -> Self {
        Self(failure.into())
    }
}

impl Problem {
    /// The failure itself, for handlers that show it in place.
    pub fn into_failure(self) -> Failure {
        self.0
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = match &self.0 {
            Failure::Refused(refused) => status(refused.kind),
            Failure::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Failure::NotFound => StatusCode::NOT_FOUND,
            Failure::Fault(fault) if fault.is_without_space() => StatusCode::SERVICE_UNAVAILABLE,
            Failure::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let mut response = status.into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, SPACE_AFTER_SECONDS);
        }
        response.extensions_mut().insert(Failed(Arc::new(self.0)));
        response
    }
}
