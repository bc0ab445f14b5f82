//! The router with the layers that every request passes.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use kernel::{RefusalKind, Refused};
use uuid::Uuid;

use crate::auth::credential;
use crate::failed::Problem;
use crate::{App, RouteInfo, Routes, Visitor, assets, live, problem};

/// The largest form or JSON body, in bytes. Uploads have their own limits.
const BODY_BYTES_MAX: usize = 2 * 1024 * 1024;

/// Puts the slices' routes, the live stream and the assets behind the common layers; gives the table of routes too.
pub fn router(app: App, routes: Routes) -> (Router, Vec<RouteInfo>) {
    let (routes, table) = routes.into_parts();
    let router = routes
        .route("/events", get(live::events))
        .layer(from_fn_with_state(app.clone(), problem::layer))
        .layer(from_fn(same_origin))
        .layer(from_fn_with_state(app.clone(), visitor))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .route("/assets/{name}", get(assets::serve))
        .layer(from_fn(headers))
        .with_state(app);
    (router, table)
}

/// Finds out who visits; gives the request its id.
async fn visitor(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let request_id = app.ids().next(app.now());
    let path = request.uri().path_and_query().map_or("/", |p| p.as_str()).to_owned();
    let credential = credential(request.headers(), &path);
    match app.person(credential.as_ref()).await {
        Ok(person) => {
            let visitor = Visitor::of(person, app.settings(), request.headers(), &path, request_id);
            let flashed = visitor.flash.is_some() && request.method() == Method::GET;
            request.extensions_mut().insert(visitor);
            let mut response = next.run(request).await;
            mark(&mut response, request_id, flashed);
            response
        }
        Err(failure) => {
            tracing::error!(request.id = %request_id, "finding the visitor: {failure}");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

fn mark(response: &mut Response, request_id: Uuid, flashed: bool) {
    if let Ok(id) = HeaderValue::from_str(&request_id.to_string()) {
        response.headers_mut().insert("x-request-id", id);
    }
    let is_page = response.headers().get(header::CONTENT_TYPE).is_some_and(|v| v.as_bytes().starts_with(b"text/html"));
    if flashed && is_page {
        let gone = HeaderValue::from_static("flash=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
        response.headers_mut().append(header::SET_COOKIE, gone);
        let gone = HeaderValue::from_static("undo=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
        response.headers_mut().append(header::SET_COOKIE, gone);
    }
}

/// Cross-site request forgery: a browser says where a request comes from, and only our own pages may change anything.
///
/// The session cookie is `SameSite=Lax`, so other sites cannot send it with a POST in the first place; this is the second
/// lock. Clients that are no browsers send neither header and cannot be made to carry a person's cookie.
async fn same_origin(visitor: Visitor, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || comes_from_here(request.headers()) {
        return next.run(request).await;
    }
    tracing::warn!(request.id = %visitor.request_id, "a cross-site request was refused");
    Problem::from(Refused::plain("cross-site", RefusalKind::Forbidden)).into_response()
}

fn comes_from_here(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    match (text(header::ORIGIN), text(header::HOST)) {
        (None, _) => true,
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, authority)| authority == host),
        (Some(_), None) => false,
    }
}

/// Headers that lock pages down: scripts and styles from here only, no framing, no sniffing.
async fn headers(request: Request, next: Next) -> Response {
    const POLICY: &str = "default-src 'self'; img-src 'self' https:; frame-ancestors 'none'; form-action 'self'; base-uri 'self'; object-src 'none'";
    let mut response = next.run(request).await;
    let all = response.headers_mut();
    // What people have uploaded is served under a stricter one of its own.
    all.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    all.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    all.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    response
}
