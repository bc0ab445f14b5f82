//! Paths of this installation: which texts from outside may be gone to, and where somebody came from.

use axum::http::{HeaderMap, HeaderValue, header};

/// Longest path that a form brings back.
const PATH_MAX: usize = 500;

/// Whether a path that a form or a link brings along leads to a page of this installation, and nowhere else by any reading
/// of a browser: tabs and ends of lines are dropped by browsers, a backslash is a slash to them.
pub fn is_own_path(path: &str) -> bool {
    let own = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '#']) && path.len() < PATH_MAX;
    own && path.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The page on this installation from which a request was sent: what htmx says, or the browser.
pub fn came_from(headers: &HeaderMap) -> Option<String> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let url = text("hx-current-url").or_else(|| text("referer"))?;
    let (_, rest) = url.split_once("://")?;
    let (authority, path) = rest.split_at(rest.find('/')?);
    let path = path.split('#').next().unwrap_or_default();
    (Some(authority) == text(header::HOST.as_str()) && is_own_path(path)).then(|| path.to_owned())
}

/// The value of a `Location` header. What cannot stand in a header is percent-encoded, and what leads elsewhere leads to the
/// start page: redirects are made from names, codes and numbers that people have typed.
pub(crate) fn location(to: &str) -> HeaderValue {
    let mut text = String::with_capacity(to.len());
    for byte in to.bytes() {
        match byte {
            b'\\' | b'"' | b'<' | b'>' => text.push_str(&format!("%{byte:02X}")),
            byte if byte.is_ascii_graphic() => text.push(char::from(byte)),
            byte => text.push_str(&format!("%{byte:02X}")),
        }
    }
    let is_own = text.starts_with('/') && !text.starts_with("//");
    let start = HeaderValue::from_static("/");
    if is_own { HeaderValue::from_str(&text).unwrap_or(start) } else { start }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attack_m2_only_own_paths_are_gone_to() {
        for good in ["/", "/cart?cart=1&x=%09", "/p/A%2FB?quantity=1"] {
            assert!(is_own_path(good), "{good}");
        }
        for bad in [
            "",
            "cart",
            "//evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "/\u{b}/x",
            "/\0",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example/",
            "javascript:alert(1)",
            "/x y",
            "/ł",
            "/#a",
        ] {
            assert!(!is_own_path(bad), "{bad:?}");
        }
    }

    #[test]
    fn attack_m2_no_redirect_leads_elsewhere_or_breaks() {
        for (to, want) in [
            ("/cart#deal", "/cart#deal"),
            ("/office/companies/Łódź", "/office/companies/%C5%81%C3%B3d%C5%BA"),
            ("/\t/evil.example", "/%09/evil.example"),
            ("/a\r\nset-cookie: x", "/a%0D%0Aset-cookie:%20x"),
            ("/\\evil.example", "/%5Cevil.example"),
            ("/x\0\u{b}", "/x%00%0B"),
            ("//evil.example", "/"),
            ("https://evil.example", "/"),
            ("", "/"),
        ] {
            assert_eq!(location(to), want, "{to:?}");
        }
    }

    #[test]
    fn attack_m2_where_one_came_from_is_here() {
        let from = |referer: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("host", HeaderValue::from_static("shop.example"));
            headers.insert("referer", HeaderValue::from_str(referer).unwrap());
            came_from(&headers)
        };
        assert_eq!(from("https://shop.example/cart?x=1#a").as_deref(), Some("/cart?x=1"));
        assert_eq!(from("https://evil.example/cart"), None);
        assert_eq!(from("https://shop.example//evil.example"), None);
        assert_eq!(from("https://shop.example"), None);
        assert_eq!(from("rubbish"), None);
    }
}
