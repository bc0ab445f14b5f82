//! The router with the layers that every request passes.

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Extension, Router};
use uuid::Uuid;

use crate::auth::{Caller, credential};
use crate::{App, RouteInfo, Routes, Visitor, address, assets, bodies, cookies, headers, live, origin, problem};

/// The largest form or JSON body, in bytes. Uploads have their own limits.
const BODY_BYTES_MAX: usize = 2 * 1024 * 1024;

/// Puts the slices' routes, the live stream and the assets behind the common layers; gives the table of routes too.
pub fn router(app: App, routes: Routes) -> (Router, Vec<RouteInfo>) {
    let (routes, table) = routes.into_parts();
    let router = routes
        .route("/events", get(live::events).layer(Extension(live::Streams::default())))
        .layer(from_fn_with_state(app.clone(), problem::layer))
        .layer(from_fn_with_state(app.clone(), origin::same_origin))
        .layer(from_fn_with_state(app.clone(), visitor))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(from_fn_with_state(bodies::Pace::default(), bodies::layer))
        .route("/assets/{name}", get(assets::serve))
        .layer(from_fn_with_state(headers::Locks::new(app.settings()), headers::layer))
        .with_state(app);
    (router, table)
}

/// Finds out who visits; gives the request its id.
async fn visitor(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let request_id = app.ids().next(app.now());
    let path = request.uri().path_and_query().map_or("/", |p| p.as_str()).to_owned();
    let settings = app.settings();
    let address = address::of(request.extensions(), request.headers(), &settings.trusted_proxies);
    let credential = credential(settings, request.headers(), &path);
    match app.person(credential.as_ref()).await {
        Ok(person) => {
            let caller = Caller { path: &path, request_id, address };
            let visitor = Visitor::of(person, settings, request.headers(), caller);
            let flashed = visitor.flash.is_some() && request.method() == Method::GET;
            request.extensions_mut().insert(visitor);
            if let Some(credential) = credential {
                request.extensions_mut().insert(credential);
            }
            let mut response = next.run(request).await;
            mark(&mut response, request_id, flashed);
            cookies::secure(&mut response, settings);
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
