//! The one place where failures become answers: a page for people, a note for htmx, RFC 9457 for machines.

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use kernel::{Failure, Refused};
use serde_json::json;

use crate::failed::{Failed, status};
use crate::{App, Shell, Visitor};

/// A failure in the reader's words.
struct Words {
    code: String,
    title: String,
    detail: String,
    errors: Vec<(String, &'static str, String)>,
}

fn words(failure: &Failure, visitor: &Visitor) -> Words {
    let locale = &visitor.locale;
    let plain = |status: u16, code: &str| Words {
        code: code.into(),
        title: locale.text(&format!("error-{status}-title")),
        detail: locale.text(&format!("error-{status}-text")),
        errors: Vec::new(),
    };
    match failure {
        Failure::Refused(refused) => Words {
            title: locale.text(&format!("error-{}-title", status(refused.kind).as_u16())),
            detail: refusal_sentence(refused, visitor),
            ..plain(status(refused.kind).as_u16(), refused.code)
        },
        Failure::Invalid(invalid) => Words {
            errors: {
                let told = invalid.fields.iter().take(kernel::FIELD_ERRORS_MAX);
                told.map(|e| (e.field.clone(), e.code, locale.error(e))).collect()
            },
            ..plain(422, "invalid")
        },
        Failure::NotFound => plain(404, "not-found"),
        Failure::Fault(_) => plain(500, "fault"),
    }
}

/// The sentence of a refusal in the visitor's language.
fn refusal_sentence(refused: &Refused, visitor: &Visitor) -> String {
    let args: Vec<(&str, i18n::Arg<'_>)> =
        refused.args.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
    visitor.locale.text_with(&format!("refusal-{}", refused.code), &args)
}

impl Visitor {
    /// The sentence of a refusal in this visitor's language, for pages that show it in place.
    pub fn refusal(&self, refused: &Refused) -> String {
        refusal_sentence(refused, self)
    }
}

/// Words failures that handlers return, and bare errors of the router (404, 405, 413 ...).
pub(crate) async fn layer(State(app): State<App>, visitor: Visitor, request: Request, next: Next) -> Response {
    let is_api = request.uri().path().starts_with("/api/");
    let is_hx = request.headers().contains_key("hx-request");
    let is_get = request.method() == axum::http::Method::GET;
    let mut response = next.run(request).await;
    let failure = match response.extensions_mut().remove::<Failed>() {
        Some(failed) => failed.0,
        None if is_bare_error(&response) && response.status() == StatusCode::NOT_FOUND => {
            std::sync::Arc::new(Failure::NotFound)
        }
        None => return response,
    };
    if let Failure::Fault(fault) = &*failure {
        tracing::error!(request.id = %visitor.request_id, "{fault}");
    }
    let status = response.status();
    let words = words(&failure, &visitor);
    if is_api {
        return problem_json(status, &words, &visitor);
    }
    if is_hx {
        return note(status, &words);
    }
    if status == StatusCode::UNAUTHORIZED && is_get {
        return sign_in_first(&visitor);
    }
    error_page(&app, visitor, status, &words).await
}

fn is_bare_error(response: &Response) -> bool {
    response.status().is_client_error() && !response.headers().contains_key(header::CONTENT_TYPE)
}

fn problem_json(status: StatusCode, words: &Words, visitor: &Visitor) -> Response {
    let mut body = json!({
        "type": format!("/docs/problems#{}", words.code),
        "title": words.title,
        "status": status.as_u16(),
        "code": words.code,
        "detail": words.detail,
        "request_id": visitor.request_id.to_string(),
    });
    if !words.errors.is_empty() {
        let errors =
            words.errors.iter().map(|(field, code, detail)| json!({ "field": field, "code": code, "detail": detail }));
        body["errors"] = errors.collect();
    }
    let headers = [(header::CONTENT_TYPE, "application/problem+json"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, body.to_string()).into_response()
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r##"<div class="note bad" role="alert" tabindex="-1" data-focus><svg class="icon" aria-hidden="true"><use href="/assets/icons.svg#error"/></svg><div><b>{{ words.title }}</b> {% if words.errors.is_empty() %}{{ words.detail }}{% else %}<ul>{% for (_, _, text) in words.errors %}<li>{{ text }}</li>{% endfor %}</ul>{% endif %}</div></div>"##
)]
struct Note<'a> {
    words: &'a Words,
}

/// htmx gets a note for the flash area, so that the form that failed stays as it is.
fn note(status: StatusCode, words: &Words) -> Response {
    let html = Note { words }.render().unwrap_or_default();
    let headers = [
        (header::CONTENT_TYPE.as_str(), "text/html; charset=utf-8"),
        ("hx-retarget", "#flashes"),
        ("hx-reswap", "innerHTML"),
    ];
    (status, headers, html).into_response()
}

fn sign_in_first(visitor: &Visitor) -> Response {
    let back = crate::encode(&visitor.path);
    let to = HeaderValue::from_str(&format!("/sign-in?next={back}")).unwrap_or(HeaderValue::from_static("/sign-in"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    shell: Shell,
    status: u16,
    words: &'a Words,
    request_id: String,
}

async fn error_page(app: &App, visitor: Visitor, status: StatusCode, words: &Words) -> Response {
    let request_id = visitor.request_id.to_string();
    // An error page must come even when the database is what failed.
    let shell = match Shell::load(app, &visitor, &words.title).await {
        Ok(shell) => shell,
        Err(_) => Shell::bare(app, &visitor, &words.title),
    };
    let page = ErrorPage { shell, status: status.as_u16(), words, request_id };
    match crate::page::page_with(status, &page) {
        Ok(response) => response,
        Err(_) => status.into_response(),
    }
}
