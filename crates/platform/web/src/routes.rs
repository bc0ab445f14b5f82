//! Routes with what they ask of the visitor. One table serves the router, the permission matrix and the OpenAPI file,
//! so a route without a stated access cannot exist.

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodFilter, on};
use kernel::{Access, Failure, RefusalKind, Refused};

use crate::failed::Problem;
use crate::parameters::{self, Parameter};
use crate::{ApiDoc, App, Visitor};

/// What a route serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Pages and fragments.
    Page,
    /// JSON.
    Api,
}

/// One route, for the permission matrix and the documentation.
#[derive(Debug, Clone)]
pub struct RouteInfo {
    /// The method.
    pub method: Method,
    /// The path with `{names}`.
    pub path: &'static str,
    /// What it asks of the visitor.
    pub access: Access,
    /// Pages or JSON.
    pub kind: Kind,
    /// The documentation of an API route.
    pub doc: Option<ApiDoc>,
}

/// The routes of a slice.
#[derive(Default)]
pub struct Routes {
    router: Router<App>,
    table: Vec<RouteInfo>,
}

impl Routes {
    /// No routes yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A page or fragment. Paths are nouns; a change of state is `POST` (forms know no other).
    #[must_use]
    pub fn page<H, T>(self, method: Method, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(RouteInfo { method, path, access, kind: Kind::Page, doc: None }, handler)
    }

    /// A JSON route under `/api/v1`.
    #[must_use]
    pub fn api<H, T>(self, method: Method, path: &'static str, access: Access, doc: ApiDoc, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        assert!(path.starts_with("/api/v1/"), "API routes live under /api/v1: {path}");
        self.add(RouteInfo { method, path, access, kind: Kind::Api, doc: Some(doc) }, handler)
    }

    /// All routes of both.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.table.extend(other.table);
        self
    }

    fn add<H, T>(mut self, info: RouteInfo, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let filter = MethodFilter::try_from(info.method.clone()).expect("routes use the ordinary methods");
        let access = info.access;
        let mut generator = schemars::SchemaGenerator::default();
        let known = info.doc.as_ref().map(|doc| Arc::new(parameters::of(doc, &mut generator)));
        let layer = from_fn(move |request, next| guard(access, known.clone(), request, next));
        let guarded = on(filter, handler).layer(layer);
        self.router = self.router.route(info.path, guarded);
        self.table.push(info);
        self
    }

    /// The table of routes.
    pub fn table(&self) -> &[RouteInfo] {
        &self.table
    }

    pub(crate) fn into_parts(self) -> (Router<App>, Vec<RouteInfo>) {
        (self.router, self.table)
    }
}

/// Lets a request through whose visitor may, and whose query is what the route's documentation says; pages take what
/// strangers add to their links.
async fn guard(access: Access, known: Option<Arc<Vec<Parameter>>>, request: Request, next: Next) -> Response {
    let Some(visitor) = request.extensions().get::<Visitor>() else {
        return Problem::from(kernel::Fault::new("a request came past the layer that finds the visitor"))
            .into_response();
    };
    let fits = |()| known.map_or(Ok(()), |known| parameters::check(&known, request.uri()));
    match check(access, visitor).and_then(fits) {
        Ok(()) => next.run(request).await,
        Err(failure) => Problem::from(failure).into_response(),
    }
}

fn check(access: Access, visitor: &Visitor) -> Result<(), Failure> {
    if access != Access::Public && !visitor.is_signed_in() {
        return Err(Refused::plain("sign-in-required", RefusalKind::SignInRequired).into());
    }
    match access {
        Access::Needs(permission) => visitor.actor.must(permission),
        Access::Public | Access::SignedIn => Ok(()),
    }
}
