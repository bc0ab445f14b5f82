//! Whether a request that changes something comes from our own pages.
//!
//! The session cookie is `SameSite=Lax`, so other sites cannot send it with a POST in the first place; this is the second
//! lock. Clients that are no browsers send none of these headers and cannot be made to carry a person's cookie.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, Method, Version, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use kernel::{RefusalKind, Refused};

use crate::failed::Problem;
use crate::{App, Settings, Visitor};

/// Whether a request says which site it means: HTTP/1.1 asks for exactly one `Host` (RFC 9112, 3.2).
pub(crate) fn names_site(request: &Request) -> bool {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let is_named = hosts.next().is_some_and(|host| !host.is_empty()) && hosts.next().is_none();
    is_named || request.version() < Version::HTTP_11
}

pub(crate) async fn same_origin(State(app): State<App>, visitor: Visitor, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || comes_from_here(request.headers(), app.settings()) {
        return next.run(request).await;
    }
    tracing::warn!(request.id = %visitor.request_id, "a cross-site request was refused");
    Problem::from(Refused::plain("cross-site", RefusalKind::Forbidden)).into_response()
}

fn comes_from_here(headers: &HeaderMap, settings: &Settings) -> bool {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let (site, origin) = (text(HeaderName::from_static("sec-fetch-site")), text(header::ORIGIN));
    if site.is_none() && origin.is_none() {
        return true;
    }
    // What a browser takes for our own page may have been given our address by its own name server; not our name, though.
    let Some(host) = text(header::HOST).filter(|host| is_ours(host, settings)) else { return false };
    match (site, origin) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => origin.split_once("://").is_some_and(|(_, authority)| authority == host),
        (None, None) => true,
    }
}

/// Whether a name is one by which this installation is reached: the public ones, this machine's own, and bare addresses, which
/// no foreign name server can give out.
fn is_ours(authority: &str, settings: &Settings) -> bool {
    let host = host_of(authority);
    let public = settings.base_url.split_once("://").map_or("", |(_, rest)| rest.split('/').next().unwrap_or_default());
    let is_known = host.eq_ignore_ascii_case(host_of(public))
        || settings.other_hosts.iter().any(|other| host.eq_ignore_ascii_case(host_of(other)));
    let is_local = host.eq_ignore_ascii_case("localhost") || host.to_ascii_lowercase().ends_with(".localhost");
    is_known || is_local || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok()
}

/// The name without its port.
fn host_of(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
        _ => authority,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn came(headers: &[(&'static str, &'static str)]) -> bool {
        let settings = Settings {
            base_url: "https://shop.merchant.example".into(),
            other_hosts: vec!["sklep.merchant.example".into()],
            ..Settings::default()
        };
        let pairs =
            headers.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        comes_from_here(&pairs.collect(), &settings)
    }

    /// A foreign name that leads to our address makes a foreign page look like ours.
    #[test]
    fn attack_l7_a_page_of_a_foreign_name_may_change_nothing() {
        for (headers, want) in [
            (vec![], true),
            (vec![("host", "shop.merchant.example")], true),
            (vec![("host", "shop.merchant.example"), ("origin", "https://shop.merchant.example")], true),
            (vec![("host", "shop.merchant.example"), ("sec-fetch-site", "same-origin")], true),
            (vec![("host", "sklep.merchant.example"), ("sec-fetch-site", "same-origin")], true),
            (vec![("host", "SHOP.merchant.example:443"), ("sec-fetch-site", "none")], true),
            (vec![("host", "localhost:8080"), ("origin", "http://localhost:8080")], true),
            (vec![("host", "192.168.1.5:8080"), ("origin", "http://192.168.1.5:8080")], true),
            (vec![("host", "[::1]:8080"), ("origin", "http://[::1]:8080")], true),
            (vec![("host", "evil.example"), ("origin", "http://evil.example")], false),
            (vec![("host", "evil.example:8080"), ("sec-fetch-site", "same-origin")], false),
            (
                vec![("host", "evil.example"), ("origin", "http://evil.example"), ("sec-fetch-site", "same-origin")],
                false,
            ),
            (vec![("host", "shop.merchant.example"), ("origin", "https://evil.example")], false),
            (vec![("host", "shop.merchant.example"), ("sec-fetch-site", "cross-site")], false),
            (vec![("host", "shop.merchant.example"), ("sec-fetch-site", "same-site")], false),
            (vec![("host", "shop.merchant.example"), ("origin", "null")], false),
            (vec![("origin", "http://shop.merchant.example")], false),
            (vec![("host", "shop.merchant.example.evil.example"), ("sec-fetch-site", "same-origin")], false),
        ] {
            assert_eq!(came(&headers), want, "{headers:?}");
        }
    }
}
