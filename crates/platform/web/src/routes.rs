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
use crate::{ApiDoc, App, KeptAct, Reply, Visitor, came_from, see_other};

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
        let (access, kind) = (info.access, info.kind);
        let mut generator = schemars::SchemaGenerator::default();
        let known = info.doc.as_ref().map(|doc| Arc::new(parameters::of(doc, &mut generator)));
        let layer = from_fn(move |request, next| guard(access, kind, known.clone(), request, next));
        let guarded = on(filter, handler).layer(layer);
        self.router = self.router.route(info.path, guarded);
        self.table.push(info);
        self
    }

    /// The table of routes.
    pub fn table(&self) -> &[RouteInfo] {
        &self.table
    }

    /// The router and the table. A page that only takes forms is left for the page that it belongs to when somebody opens its
    /// address: browsers do that after signing in again, and when a page is loaded anew.
    pub(crate) fn into_parts(self) -> (Router<App>, Vec<RouteInfo>) {
        let is_page = |route: &&RouteInfo| route.kind == Kind::Page;
        let opened = |route: &RouteInfo| route.method == Method::GET;
        let pages: Vec<&'static str> =
            self.table.iter().filter(is_page).filter(|r| opened(r)).map(|r| r.path).collect();
        let mut only_sent: Vec<&'static str> = self.table.iter().filter(is_page).map(|r| r.path).collect();
        only_sent.retain(|path| !pages.contains(path));
        only_sent.sort_unstable();
        only_sent.dedup();
        let pages = Arc::new(pages);
        let router = only_sent.into_iter().fold(self.router, |router, path| {
            let pages = pages.clone();
            router.route(path, on(MethodFilter::GET, move |request: Request| lead_back(pages, request)))
        });
        (router, self.table)
    }
}

/// To the page that somebody came from, or the nearest above this address.
async fn lead_back(pages: Arc<Vec<&'static str>>, request: Request) -> Reply {
    let here = request.uri().path();
    let from = came_from(request.headers()).filter(|from| belongs_to(&pages, path_of(from)) && path_of(from) != here);
    match from {
        Some(from) => see_other(&from),
        None => see_other(nearest_above(&pages, here)),
    }
}

fn path_of(target: &str) -> &str {
    target.split('?').next().unwrap_or_default()
}

/// The longest beginning of a path that is a page.
fn nearest_above<'a>(pages: &[&str], path: &'a str) -> &'a str {
    let mut above = path;
    while let Some((shorter, _)) = above.rsplit_once('/') {
        if !shorter.is_empty() && belongs_to(pages, shorter) {
            return shorter;
        }
        above = shorter;
    }
    "/"
}

/// Whether a path is one of these pages.
fn belongs_to(pages: &[&str], path: &str) -> bool {
    let fits = |page: &&str| {
        let (mut wanted, mut had) = (page.split('/'), path.split('/'));
        loop {
            match (wanted.next(), had.next()) {
                (None, None) => return true,
                (Some(name), Some(_)) if name.starts_with("{*") => return true,
                (Some(name), Some(part)) if name == part || (name.starts_with('{') && !part.is_empty()) => {}
                _ => return false,
            }
        }
    };
    pages.iter().any(fits)
}

/// Lets a request through whose visitor may, and whose query is what the route's documentation says; pages take what
/// strangers add to their links.
async fn guard(
    access: Access,
    kind: Kind,
    known: Option<Arc<Vec<Parameter>>>,
    request: Request,
    next: Next,
) -> Response {
    let Some(visitor) = request.extensions().get::<Visitor>() else {
        return Problem::from(kernel::Fault::new("a request came past the layer that finds the visitor"))
            .into_response();
    };
    let fits = |()| known.map_or(Ok(()), |known| parameters::check(&known, request.uri()));
    match check(access, visitor).and_then(fits) {
        Ok(()) => next.run(request).await,
        Err(failure) => {
            let is_sent = kind == Kind::Page && !visitor.is_signed_in() && request.method() != Method::GET;
            let mut response = Problem::from(failure).into_response();
            if is_sent {
                response.extensions_mut().insert(KeptAct::of(request).await);
            }
            response
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_only_takes_forms_belongs_to_a_page() {
        let pages = ["/", "/cart", "/account/negotiations/{id}", "/p/{sku}", "/account"];
        for (path, want) in [
            ("/cart/lines", "/cart"),
            ("/cart/lines/7/removal", "/cart"),
            ("/settings/language", "/"),
            ("/account/negotiations/7/withdrawal", "/account/negotiations/7"),
            ("/account/password", "/account"),
            ("/negotiations", "/"),
            ("/p//x", "/"),
        ] {
            assert_eq!(nearest_above(&pages, path), want, "{path}");
        }
    }
}
