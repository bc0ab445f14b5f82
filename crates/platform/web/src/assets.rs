//! Style sheet, script, fonts and icons, embedded from `frontend/dist`. In debug builds they are read from there.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::extract::{Path, RawQuery};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../../frontend/dist"]
#[allow_missing = true]
struct Dist;

static HASHES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let files = Dist::iter().filter_map(|name| Dist::get(&name).map(|file| (name.into_owned(), file)));
    files
        .map(|(name, file)| (name, file.metadata.sha256_hash()[..6].iter().map(|b| format!("{b:02x}")).collect()))
        .collect()
});

/// The URL of an asset; changes with its content, so that browsers may keep it for a year.
pub fn asset_url(name: &str) -> String {
    match HASHES.get(name) {
        Some(hash) => format!("/assets/{name}?v={hash}"),
        None => format!("/assets/{name}"),
    }
}

/// Whether the style sheet is there: false when the frontend was not built before the binary.
pub fn are_built() -> bool {
    Dist::get("kontor.css").is_some()
}

/// With the hash in the URL an answer stays true for ever; without it (fonts, icons) a browser asks again after an hour.
pub(crate) async fn serve(Path(name): Path<String>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let Some(file) = Dist::get(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let tag = format!("\"{}\"", HASHES.get(&name).map_or("none", String::as_str));
    if headers.get(header::IF_NONE_MATCH).is_some_and(|v| v.as_bytes() == tag.as_bytes()) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let kind = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    };
    let keep = if query.is_some() { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, keep), (header::ETAG, &tag)];
    (headers, file.data).into_response()
}
