//! Headers that lock pages down: scripts, styles and pictures from here only, no framing, no sniffing, nothing shared with other
//! sites, and TLS for good where the installation has it.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::Settings;

/// The headers of one installation, made once.
#[derive(Debug, Clone)]
pub(crate) struct Locks {
    policy: HeaderValue,
    /// Whether browsers reach us by TLS.
    is_secure: bool,
}

/// What no page of ours asks a browser for.
const NOT_ASKED: &str = "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
    magnetometer=(), microphone=(), midi=(), payment=(), usb=()";

impl Locks {
    pub(crate) fn new(settings: &Settings) -> Self {
        // A name that cannot stand in a header is none.
        let is_host = |host: &&String| {
            !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.:*".contains(&b))
        };
        let hosts: String =
            settings.picture_hosts.iter().filter(is_host).map(|host| format!(" https://{host}")).collect();
        let policy = format!(
            "default-src 'self'; img-src 'self'{hosts}; frame-ancestors 'none'; form-action 'self'; base-uri 'self'; \
             object-src 'none'"
        );
        Self {
            policy: HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'self'")),
            is_secure: settings.base_url.starts_with("https://"),
        }
    }
}

pub(crate) async fn layer(State(locks): State<Locks>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let all = response.headers_mut();
    // What people have uploaded is served under a stricter one of its own.
    all.entry(header::CONTENT_SECURITY_POLICY).or_insert(locks.policy);
    all.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    all.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    all.insert(HeaderName::from_static("permissions-policy"), HeaderValue::from_static(NOT_ASKED));
    all.insert(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"));
    all.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin"));
    if locks.is_secure {
        all.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    // An answer that hands out a cookie is for one browser, whatever it is.
    if all.contains_key(header::SET_COOKIE) {
        all.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    response
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::Body;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use tower::ServiceExt as _;

    use super::*;

    async fn answer(settings: &Settings) -> Response {
        let router = Router::new()
            .route("/", get(|| async { [(header::SET_COOKIE, "flash=x")] }))
            .layer(from_fn_with_state(Locks::new(settings), layer));
        router.oneshot(Request::get("/").body(Body::empty()).unwrap()).await.unwrap()
    }

    #[tokio::test]
    async fn attack_l7_answers_lock_pages_down() {
        let secure = Settings {
            base_url: "https://shop.example".into(),
            picture_hosts: vec!["cdn.example".into(), "bad; script-src *".into()],
            ..Settings::default()
        };
        let answered = answer(&secure).await;
        let header = |name: &str| answered.headers().get(name).map_or("", |value| value.to_str().unwrap());
        assert_eq!(header("strict-transport-security"), "max-age=31536000");
        assert!(header("permissions-policy").contains("geolocation=()"));
        assert_eq!(header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(header("cross-origin-resource-policy"), "same-origin");
        assert_eq!(header("cache-control"), "no-store", "a cookie is for one browser");
        assert!(header("content-security-policy").contains("img-src 'self' https://cdn.example;"));
        assert!(!header("content-security-policy").contains("script-src"));
        let plain = answer(&Settings::default()).await;
        assert!(!plain.headers().contains_key("strict-transport-security"));
        assert!(plain.headers()["content-security-policy"].to_str().unwrap().contains("img-src 'self';"));
    }
}
