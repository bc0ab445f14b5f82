//! The one place where failures become answers: a page for people, a note for htmx, RFC 9457 for machines.

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use kernel::{Failure, FieldError, RefusalKind, Refused};
use serde_json::json;

use crate::failed::{Failed, status};
use crate::{App, KeptAct, Shell, Visitor, came_from};

/// A failure in the reader's words.
struct Words {
    code: String,
    title: String,
    detail: String,
    errors: Vec<Wrong>,
}

/// One wrong field.
struct Wrong {
    field: String,
    code: &'static str,
    text: String,
    /// What a parser said, for programs.
    technical: Option<String>,
}

impl Wrong {
    fn of(error: &FieldError, visitor: &Visitor) -> Self {
        let technical = error.technical().map(str::to_owned);
        Self { field: error.field.clone(), code: error.code, text: visitor.locale.error(error), technical }
    }

    fn to_json(&self) -> serde_json::Value {
        let mut json = json!({ "field": self.field, "code": self.code, "detail": self.text });
        if let Some(technical) = &self.technical {
            json["technical"] = technical.as_str().into();
        }
        json
    }
}

fn plain(status: u16, code: &str, visitor: &Visitor) -> Words {
    let text = |part: &str| visitor.locale.text(&format!("error-{status}-{part}"));
    Words { code: code.into(), title: text("title"), detail: text("text"), errors: Vec::new() }
}

fn words(failure: &Failure, visitor: &Visitor) -> Words {
    let locale = &visitor.locale;
    let plain = |status: u16, code: &str| plain(status, code, visitor);
    match failure {
        Failure::Refused(refused) => Words {
            title: locale.text(&format!("error-{}-title", status(refused.kind).as_u16())),
            detail: refusal_sentence(refused, visitor),
            ..plain(status(refused.kind).as_u16(), refused.code)
        },
        Failure::Invalid(invalid) => Words {
            errors: {
                let told = invalid.fields.iter().take(kernel::FIELD_ERRORS_MAX);
                told.map(|error| Wrong::of(error, visitor)).collect()
            },
            ..plain(422, "invalid")
        },
        Failure::NotFound => plain(404, "not-found"),
        Failure::Fault(fault) if fault.is_without_space() => Words {
            title: locale.text("error-no-space-title"),
            detail: locale.text("error-no-space-text"),
            ..plain(503, "no-space")
        },
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
    let from = came_from(request.headers());
    let mut response = next.run(request).await;
    let failed = response.extensions_mut().remove::<Failed>();
    let Some(words) = said(&response, failed.as_ref(), &visitor) else { return response };
    let status = response.status();
    let kept = response.extensions_mut().remove::<KeptAct>();
    let mut answer = match (is_api, kept) {
        (true, _) => problem_json(status, &words, &visitor),
        (false, Some(kept)) => sign_in_to_go_on(&app, visitor, status, kept, is_hx).await,
        (false, None) if is_hx => note(status, &words, &visitor, from.as_deref()),
        (false, None) if status == StatusCode::UNAUTHORIZED && is_get => sign_in_first(&visitor),
        (false, None) => error_page(&app, visitor, status, &words).await,
    };
    // What the router says beside its status (`Allow`), and when to come again.
    for name in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = response.headers().get(&name) {
            answer.headers_mut().insert(name, value.clone());
        }
    }
    match failed.as_ref().map(|failed| &*failed.0) {
        Some(Failure::Refused(refused)) => with_retry_after(answer, refused),
        _ => answer,
    }
}

/// The answer with the header by which a client that came too often learns when to come again.
pub fn with_retry_after(mut response: Response, refused: &Refused) -> Response {
    let seconds = refused.args.iter().find(|(name, _)| *name == "seconds" && refused.kind == RefusalKind::TooMany);
    if let Some(seconds) = seconds.and_then(|(_, value)| value.parse::<u64>().ok()) {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// What there is to say about an answer; `None` for one that says something itself. Faults are logged here, and so is who was
/// refused what: a person who tries doors leaves a trace.
fn said(response: &Response, failed: Option<&Failed>, visitor: &Visitor) -> Option<Words> {
    let Some(Failed(failure)) = failed else { return bare_words(response, visitor) };
    match &**failure {
        Failure::Fault(fault) => tracing::error!(request.id = %visitor.request_id, "{fault}"),
        Failure::Refused(refused) if refused.kind == RefusalKind::Forbidden => tracing::warn!(
            request.id = %visitor.request_id,
            person.id = visitor.actor.user.map(tracing::field::display),
            client.address = %visitor.address,
            http.path = visitor.path.split('?').next().unwrap_or_default(),
            refusal.code = refused.code,
            "permission was refused"
        ),
        _ => {}
    }
    Some(words(failure, visitor))
}

/// Errors of the router itself have no words, and browsers show an empty page for them.
fn bare_words(response: &Response, visitor: &Visitor) -> Option<Words> {
    if !response.status().is_client_error() || response.headers().contains_key(header::CONTENT_TYPE) {
        return None;
    }
    let code = match response.status() {
        StatusCode::NOT_FOUND => return Some(words(&Failure::NotFound, visitor)),
        StatusCode::METHOD_NOT_ALLOWED => "method-not-allowed",
        StatusCode::PAYLOAD_TOO_LARGE => "too-large",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "unsupported-media-type",
        StatusCode::BAD_REQUEST => "bad-request",
        _ => return None,
    };
    Some(plain(response.status().as_u16(), code, visitor))
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
        body["errors"] = words.errors.iter().map(Wrong::to_json).collect();
    }
    let headers = [(header::CONTENT_TYPE, "application/problem+json"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, body.to_string()).into_response()
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r##"<div class="note bad" role="alert" tabindex="-1" data-focus><svg class="icon" aria-hidden="true"><use href="/assets/icons.svg#error"/></svg><div><b>{{ words.title }}</b> {% if words.errors.is_empty() %}{{ words.detail }}{% else %}<ul>{% for wrong in words.errors %}<li>{{ wrong.text }}</li>{% endfor %}</ul>{% endif %}{% if !sign_in.is_empty() %} <a href="{{ sign_in }}">{{ link }}</a>{% endif %}</div></div>"##
)]
struct Note<'a> {
    words: &'a Words,
    /// Where to sign in; empty when that is not what is missing.
    sign_in: String,
    link: String,
}

/// htmx gets a note for the flash area, so that the form that failed stays as it is.
fn note(status: StatusCode, words: &Words, visitor: &Visitor, from: Option<&str>) -> Response {
    let is_out = status == StatusCode::UNAUTHORIZED;
    let sign_in = if is_out { sign_in_href(from.unwrap_or_default()) } else { String::new() };
    let note = Note { words, sign_in, link: visitor.locale.text("sign-in") };
    for_the_top(status, &note.render().unwrap_or_default())
}

/// A fragment for the place at the top of every page, whatever htmx asked for.
fn for_the_top(status: StatusCode, html: &str) -> Response {
    let headers = [
        (header::CONTENT_TYPE.as_str(), "text/html; charset=utf-8"),
        (header::CACHE_CONTROL.as_str(), "no-store"),
        ("hx-retarget", "#flashes"),
        ("hx-reswap", "innerHTML"),
    ];
    (status, headers, html.to_owned()).into_response()
}

fn sign_in_href(next: &str) -> String {
    if next.is_empty() { "/sign-in".to_owned() } else { format!("/sign-in?next={}", crate::encode(next)) }
}

fn sign_in_first(visitor: &Visitor) -> Response {
    let to = crate::paths::location(&sign_in_href(&visitor.path));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))])
        .into_response()
}

#[derive(Template)]
#[template(path = "sign_in_to_go_on.html")]
struct SignInToGoOn {
    shell: Shell,
    kept: KeptAct,
    next: String,
    is_dialog: bool,
}

#[derive(Template)]
#[template(path = "sign_in_dialog.html")]
struct SignInDialog {
    shell: Shell,
    kept: KeptAct,
    next: String,
    is_dialog: bool,
}

/// Somebody sent a form without a session: the sign-in form, in which what was sent is kept. For htmx as a dialog over the
/// page, where everything that was typed stays as it is.
async fn sign_in_to_go_on(app: &App, visitor: Visitor, status: StatusCode, kept: KeptAct, is_dialog: bool) -> Response {
    let title = visitor.locale.text("sign-in");
    let next = kept.from.clone();
    if is_dialog {
        let dialog = SignInDialog { shell: Shell::bare(app, &visitor, &title), kept, next, is_dialog };
        return for_the_top(status, &dialog.render().unwrap_or_default());
    }
    let shell = Shell::load(app, &visitor, &title).await.unwrap_or_else(|_| Shell::bare(app, &visitor, &title));
    crate::page::page_with(status, &SignInToGoOn { shell, kept, next, is_dialog })
        .unwrap_or_else(|_| status.into_response())
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
