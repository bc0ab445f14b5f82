//! Cookies: their names, and that none of them travels in the clear where pages do not.

use axum::http::{HeaderMap, HeaderValue, header};
use kernel::Fault;

use crate::failed::Problem;
use crate::{Response, Settings};

impl Settings {
    /// Whether browsers reach this installation by TLS.
    pub fn is_https(&self) -> bool {
        self.secure_cookies || self.base_url.starts_with("https://")
    }

    /// The name under which a cookie that proves something is kept. With TLS it begins with `__Host-`: browsers take such a
    /// cookie from this very host only, so that no neighbour under the same domain can plant one.
    pub fn cookie_name(&self, name: &str) -> String {
        if self.is_https() { format!("__Host-{name}") } else { name.to_owned() }
    }
}

/// The value of a cookie.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|v| v.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

/// The answer with a cookie for `seconds`, out of reach of scripts; with none the cookie goes.
///
/// # Errors
/// A fault when name or value cannot stand in a header.
pub fn with_cookie(mut response: Response, name: &str, value: &str, seconds: i64) -> Result<Response, Problem> {
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}");
    let text = HeaderValue::from_str(&text).map_err(|e| Fault::because("setting a cookie", e))?;
    response.headers_mut().append(header::SET_COOKIE, text);
    Ok(response)
}

/// Marks every cookie of an answer `Secure` where pages come by TLS, whoever has set it.
pub(crate) fn secure(response: &mut Response, settings: &Settings) {
    if !settings.is_https() || !response.headers().contains_key(header::SET_COOKIE) {
        return;
    }
    let all: Vec<HeaderValue> = response.headers().get_all(header::SET_COOKIE).iter().cloned().collect();
    response.headers_mut().remove(header::SET_COOKIE);
    for cookie in all {
        let is_secure = cookie
            .to_str()
            .is_ok_and(|text| text.split(';').skip(1).any(|attribute| attribute.trim().eq_ignore_ascii_case("secure")));
        let marked = [cookie.as_bytes(), if is_secure { &b""[..] } else { b"; Secure" }].concat();
        if let Ok(marked) = HeaderValue::from_bytes(&marked) {
            response.headers_mut().append(header::SET_COOKIE, marked);
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse as _;

    use super::*;

    #[test]
    fn attack_l6_cookies_stay_with_tls_and_with_this_host() {
        let mut settings = Settings::default();
        assert_eq!(settings.cookie_name("kontor_session"), "kontor_session");
        settings.base_url = "https://shop.example".into();
        assert_eq!(settings.cookie_name("kontor_session"), "__Host-kontor_session");
        let response = with_cookie(().into_response(), "__Host-kontor_session", "abc", 60).unwrap();
        let mut response = crate::flash(Ok(response), "saved").unwrap();
        secure(&mut response, &settings);
        let all: Vec<_> = response.headers().get_all(header::SET_COOKIE).iter().collect();
        let want = [
            "__Host-kontor_session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure",
            "flash=saved; Path=/; Max-Age=30; HttpOnly; SameSite=Lax; Secure",
        ];
        assert_eq!(all, want);
        secure(&mut response, &settings);
        let again: Vec<_> = response.headers().get_all(header::SET_COOKIE).iter().collect();
        assert_eq!(again, want, "once is enough");
    }
}
