//! Extractors whose refusals are [`Failure`]s, so that bad input becomes a clear problem and never a bare error.

use std::borrow::Cow;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::Uri;
use axum::http::request::Parts;
use kernel::{Failure, Invalid, Notation};
use serde::de::DeserializeOwned;

use crate::failed::Problem;
use crate::form::is_secret;
use crate::objects::Objects;
use crate::{Fields, Visitor, encode, unfit};

/// A path parameter; a path that does not fit names nothing, so it is 'not found'.
#[derive(Debug)]
pub struct Path<T>(pub T);

/// Query parameters.
#[derive(Debug)]
pub struct Query<T>(pub T);

/// A URL-encoded form.
#[derive(Debug)]
pub struct Form<T>(pub T);

/// A JSON body.
#[derive(Debug)]
pub struct Json<T>(pub T);

pub use axum::extract::Multipart;

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        path.map(|p| Self(p.0)).map_err(|_| Failure::NotFound.into())
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = axum::extract::Query::<T>::try_from_uri(&normal_query(&parts.uri));
        query.map(|q| Self(q.0)).map_err(|_| Invalid::field("query", "malformed").into())
    }
}

/// Forms are fields and nothing else: so every door for what people type knows how its reader writes numbers.
impl<S: Send + Sync> FromRequest<S> for Form<Fields> {
    type Rejection = Problem;
    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let notation = notation(request.extensions());
        let form = axum::extract::Form::<Fields>::from_request(request, state).await;
        form.map(|form| Self(form.0.written_in(notation))).map_err(|_| Invalid::field("form", "malformed").into())
    }
}

/// How the visitor of a request writes numbers.
pub fn notation(of: &axum::http::Extensions) -> Notation {
    of.get::<Visitor>().map_or(Notation::Plain, |visitor| visitor.locale.notation())
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;
    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        use axum::extract::rejection::JsonRejection;
        let body = axum::extract::Json::<Objects<T>>::from_request(normal_body(request, state).await?, state).await;
        body.map(|b| Self(b.0.0)).map_err(|rejection| match rejection {
            // serde names the path and what it wanted.
            JsonRejection::JsonDataError(error) => data_error(&error.body_text()).into(),
            JsonRejection::MissingJsonContentType(_) => Invalid::field("body", "content-type").into(),
            _ => Invalid::field("body", "malformed").into(),
        })
    }
}

/// An address whose query has its texts in one form.
fn normal_query(uri: &Uri) -> Cow<'_, Uri> {
    // Without an escape there are only plain letters.
    if !uri.query().is_some_and(|query| query.contains('%')) {
        return Cow::Borrowed(uri);
    }
    let Ok(axum::extract::Query(pairs)) = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(uri) else {
        return Cow::Borrowed(uri);
    };
    if pairs.iter().all(|(_, value)| matches!(kernel::normal(value), Cow::Borrowed(_))) {
        return Cow::Borrowed(uri);
    }
    let pair = |(name, value): &(String, String)| format!("{}={}", encode(name), encode(&kernel::normal(value)));
    let query = pairs.iter().map(pair).collect::<Vec<_>>().join("&");
    format!("{}?{query}", uri.path()).parse::<Uri>().map_or(Cow::Borrowed(uri), Cow::Owned)
}

/// A request whose JSON has its texts in one form. Almost all are in it already, and pass as they came.
async fn normal_body<S: Send + Sync>(request: Request, state: &S) -> Result<Request, Problem> {
    let (parts, body) = request.into_parts();
    let bytes = Bytes::from_request(Request::from_parts(parts.clone(), body), state).await;
    let bytes = bytes.map_err(|_| Failure::from(Invalid::field("body", "malformed")))?;
    // Letters beyond ASCII come as they are or as \u escapes.
    let may_differ = !bytes.is_ascii() || bytes.windows(2).any(|pair| pair == b"\\u");
    let value = if may_differ { serde_json::from_slice::<serde_json::Value>(&bytes).ok() } else { None };
    if let Some(mut value) = value
        && put_in_form(&mut value)
    {
        return Ok(Request::from_parts(parts, Body::from(value.to_string())));
    }
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

/// Brings every text into one form, but passwords; whether any had to be changed.
fn put_in_form(value: &mut serde_json::Value) -> bool {
    match value {
        serde_json::Value::String(text) => match kernel::normal(text) {
            Cow::Owned(normal) => {
                *text = normal;
                true
            }
            Cow::Borrowed(_) => false,
        },
        serde_json::Value::Array(values) => values.iter_mut().fold(false, |any, value| put_in_form(value) | any),
        serde_json::Value::Object(fields) => fields
            .iter_mut()
            .filter(|(name, _)| !is_secret(name))
            .fold(false, |any, (_, value)| put_in_form(value) | any),
        _ => false,
    }
}

/// `Failed to deserialize the JSON body into the target type: lines[0].quantity: invalid type …`
fn data_error(text: &str) -> Failure {
    let detail = text.split_once(": ").map_or(text, |(_, rest)| rest);
    let (field, reason) = match detail.split_once(": ") {
        Some((field, reason)) if !field.contains(' ') => (field, reason),
        _ => ("body", detail),
    };
    if let Some((field, known)) = unknown_field(field, reason) {
        return Invalid::default().and(field, "unknown-field", vec![("known", known)]).into();
    }
    let (code, args) = unfit(reason);
    Invalid::default().and(field, code, args).into()
}

/// ``unknown field `seen_nett`, expected one of `cart`, `seen_net` at line 1 column 13``: where it stands, and what is known
/// there.
fn unknown_field(path: &str, reason: &str) -> Option<(String, String)> {
    let (name, rest) = reason.strip_prefix("unknown field `")?.split_once('`')?;
    let rest = rest.split_once(" at line ").map_or(rest, |(rest, _)| rest);
    let known: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
    let known = if known.is_empty() { "–".to_owned() } else { known.join(", ") };
    let is_named = path == name || path.ends_with(&format!(".{name}"));
    let field = match path {
        _ if is_named => path.to_owned(),
        "body" | "." | "" => name.to_owned(),
        path => format!("{path}.{name}"),
    };
    Some((field, known))
}

/// Whether htmx asks for a fragment. An extractor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hx(pub bool);

impl<S: Send + Sync> FromRequestParts<S> for Hx {
    type Rejection = std::convert::Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.headers.contains_key("hx-request")))
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::header;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only what is refused is looked at")]
    struct Order {
        seen_net: Option<String>,
        #[serde(default)]
        lines: Vec<Line>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only what is refused is looked at")]
    struct Line {
        sku: String,
    }

    async fn answer(body: &'static str) -> String {
        let request =
            Request::post("/").header(header::CONTENT_TYPE, "application/json").body(Body::from(body)).unwrap();
        match Json::<Order>::from_request(request, &()).await.map_err(Problem::into_failure) {
            Ok(_) => "ok".into(),
            Err(Failure::Invalid(invalid)) => {
                let error = &invalid.fields[0];
                format!("{} {} {:?}", error.field, error.code, error.args.first().map(|(_, value)| value.as_str()))
            }
            Err(other) => other.to_string(),
        }
    }

    #[tokio::test]
    async fn attack_l2_an_unknown_field_is_refused_by_name() {
        for (body, want) in [
            (r#"{"seen_net": "1.00"}"#, "ok"),
            (r#"{"seen_nett": "1.00"}"#, r#"seen_nett unknown-field Some("seen_net, lines")"#),
            (r#"{"lines": [{"sku": "A"}, {"sku": "B", "note": 1}]}"#, r#"lines[1].note unknown-field Some("sku")"#),
        ] {
            assert_eq!(answer(body).await, want, "{body}");
        }
        assert_eq!(answer(r#"{"lines": [{"sku": 7}]}"#).await, r#"lines[0].sku json Some("text")"#);
    }

    #[tokio::test]
    async fn a_list_is_refused_where_an_object_is_asked_for() {
        for (body, want) in [
            (r#"{"seen_net": null, "lines": []}"#, "ok"),
            (r#"["1.00", []]"#, r#"body json Some("object")"#),
            ("[]", r#"body json Some("object")"#),
            (r#"{"lines": [{"sku": "A"}, ["B"]]}"#, r#"lines[1] json Some("object")"#),
            (r#"{"lines": {"sku": "A"}}"#, r#"lines json Some("list")"#),
            (r#"{"lines": "A"}"#, r#"lines json Some("list")"#),
        ] {
            assert_eq!(answer(body).await, want, "{body}");
        }
    }
}
