//! Replies: pages, fragments, redirects, JSON.

use askama::Template;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use kernel::Fault;
use serde::Serialize;

use crate::Hx;
use crate::failed::Problem;
use crate::paths::location;

/// What a handler gives back.
pub type Reply = Result<Response, Problem>;

/// A whole page.
///
/// # Errors
/// A fault when the template fails.
pub fn page(template: &impl Template) -> Reply {
    page_with(StatusCode::OK, template)
}

/// A whole page with another status, such as 422 for a form that comes back.
///
/// # Errors
/// A fault when the template fails.
pub fn page_with(status: StatusCode, template: &impl Template) -> Reply {
    let html = template.render().map_err(|e| Fault::because("rendering a page", e))?;
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    Ok((status, headers, html).into_response())
}

/// A part of a page, for htmx: askama gives it by `page.as_<block>()` for templates with `blocks = ["<block>"]`.
///
/// # Errors
/// A fault when the template fails.
pub fn fragment(status: StatusCode, template: &impl Template) -> Reply {
    page_with(status, template)
}

/// Go there next (after a form). `303 See Other`.
///
/// # Errors
/// None; the type fits handlers.
pub fn see_other(to: &str) -> Reply {
    redirect(StatusCode::SEE_OTHER, to)
}

/// A redirect to a path of this installation, and to nowhere else. The answer may carry cookies, so nobody keeps it.
///
/// # Errors
/// None; the type fits handlers.
pub fn redirect(status: StatusCode, to: &str) -> Reply {
    let headers = [(header::LOCATION, location(to)), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((status, headers).into_response())
}

/// Go there next, the whole page: [`see_other`], or for a fragment's request the header by which htmx goes.
///
/// # Errors
/// None; the type fits handlers.
pub fn leave_for(hx: Hx, to: &str) -> Reply {
    if !hx.0 {
        return see_other(to);
    }
    Ok((StatusCode::OK, [(HeaderName::from_static("hx-redirect"), location(to))]).into_response())
}

/// Shows the text of `key` once on the next page.
pub fn flash(reply: Reply, key: &'static str) -> Reply {
    let mut response = reply?;
    let value = format!("flash={key}; Path=/; Max-Age=30; HttpOnly; SameSite=Lax");
    if let Ok(value) = HeaderValue::from_str(&value) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}

/// [`flash`], with a button that undoes what was done by posting to `path`, which ends with `/restoration`.
pub fn flash_undo(reply: Reply, key: &'static str, path: &str) -> Reply {
    let mut response = flash(reply, key)?;
    let value = format!("undo={path}; Path=/; Max-Age=30; HttpOnly; SameSite=Lax");
    if let Ok(value) = HeaderValue::from_str(&value) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}

/// `200` with a JSON body.
///
/// # Errors
/// A fault when the value cannot be written as JSON.
pub fn json<T: Serialize>(value: &T) -> Reply {
    json_with(StatusCode::OK, value)
}

/// `201` with a JSON body and the new resource's path.
///
/// # Errors
/// A fault when the value cannot be written as JSON.
pub fn created<T: Serialize>(path: &str, value: &T) -> Reply {
    let mut response = json_with(StatusCode::CREATED, value)?;
    response.headers_mut().insert(header::LOCATION, location(path));
    Ok(response)
}

fn json_with<T: Serialize>(status: StatusCode, value: &T) -> Reply {
    let body = serde_json::to_vec(value).map_err(|e| Fault::because("writing JSON", e))?;
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    Ok((status, headers, body).into_response())
}

/// `204`.
///
/// # Errors
/// None; the type fits handlers.
pub fn no_content() -> Reply {
    Ok(StatusCode::NO_CONTENT.into_response())
}
