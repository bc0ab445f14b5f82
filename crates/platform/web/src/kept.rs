//! What somebody sent whose session had ended, or who had none. It is kept in the sign-in form itself and comes back with it,
//! so it is bound to that browser; after signing in the person sends it again by a button. Nothing is done unasked.

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::{HeaderMap, header};

use crate::{Fields, came_from, is_own_path};

/// The largest form that is kept, in bytes.
const BODY_BYTES_MAX: usize = 64 * 1024;

/// A form that was sent without a session: where to, what was in it, and from which page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeptAct {
    /// The path it was sent to.
    pub path: String,
    /// What was in it, as a browser encodes forms.
    pub body: String,
    /// The page it was sent from; empty when that is not known.
    pub from: String,
}

impl KeptAct {
    /// What a refused request wanted. Files cannot be kept, and passwords are not: nothing is left to send then, but the page
    /// that it came from is known.
    pub(crate) async fn of(request: Request) -> Self {
        let from = came_from(request.headers()).unwrap_or_default();
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let is_form = is_form(request.headers());
        let body = to_bytes(request.into_body(), BODY_BYTES_MAX).await;
        let body = body.ok().filter(|_| is_form).and_then(|bytes| String::from_utf8(bytes.to_vec()).ok());
        match body {
            Some(body) if is_own_path(&path) && may_be_kept(&body) => Self { path, body, from },
            _ => Self { from, ..Self::default() },
        }
    }

    /// The act that a sign-in form brings back; `None` when it brings none or one that is not ours.
    pub fn in_form(fields: &Fields) -> Option<Self> {
        let text = |name: &str| fields.text(name).to_owned();
        let act = Self { path: text("act_path"), body: text("act_body"), from: text("act_from") };
        let fits = is_own_path(&act.path) && act.body.len() <= BODY_BYTES_MAX && may_be_kept(&act.body);
        let from = if is_own_path(&act.from) { act.from.clone() } else { String::new() };
        fits.then_some(Self { from, ..act })
    }

    /// Whether there is something to send again.
    pub fn is_some(&self) -> bool {
        !self.path.is_empty()
    }

    /// The fields of the form, in their order.
    pub fn fields(&self) -> Vec<(String, String)> {
        pairs(&self.body)
    }

    /// Where to go on when it is not sent again.
    pub fn back(&self) -> &str {
        if self.from.is_empty() { "/" } else { &self.from }
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).map(|value| value.as_bytes()).unwrap_or_default();
    // A form without fields may come without a type.
    kind.is_empty() || kind.starts_with(b"application/x-www-form-urlencoded")
}

/// What is kept stands in a page for as long as it is open, so passwords are not.
fn may_be_kept(body: &str) -> bool {
    pairs(body).iter().all(|(name, _)| !name.contains("password") && name != "present")
}

/// Fields as a browser encodes them.
fn pairs(body: &str) -> Vec<(String, String)> {
    let parts = body.split('&').filter(|part| !part.is_empty());
    let pair = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        (decoded(name), decoded(value))
    };
    parts.map(pair).collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let pair = rest.clone().take(2).map(|b| char::from(b).to_digit(16)).collect::<Option<Vec<u32>>>();
                match pair.as_deref() {
                    Some([high, low]) => {
                        bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                        rest.nth(1);
                    }
                    _ => bytes.push(b'%'),
                }
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use axum::body::Body;

    use super::*;

    fn request(kind: &str, body: String) -> Request {
        let request =
            axum::http::Request::post("/cart/lines?x=1").header("host", "shop.example").header("content-type", kind);
        request.header("referer", "https://shop.example/c/valves?page=2").body(Body::from(body)).unwrap()
    }

    #[tokio::test]
    async fn a_form_is_kept_as_it_was() {
        let body = "sku=BV-1&quantity=2%2C5&note=a+%26+b%0D%0A%C5%82&x=%zz%4".to_owned();
        let act = KeptAct::of(request("application/x-www-form-urlencoded", body)).await;
        assert_eq!((act.path.as_str(), act.back(), act.is_some()), ("/cart/lines?x=1", "/c/valves?page=2", true));
        let want = [("sku", "BV-1"), ("quantity", "2,5"), ("note", "a & b\r\nł"), ("x", "%zz%4")];
        assert_eq!(act.fields(), want.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    #[tokio::test]
    async fn files_passwords_and_large_forms_are_not_kept() {
        let form = "application/x-www-form-urlencoded";
        for (kind, body) in [
            ("multipart/form-data; boundary=b", "--b--".to_owned()),
            (form, "present=secret&x=1".to_owned()),
            (form, "new_password=secret".to_owned()),
            (form, "x".repeat(BODY_BYTES_MAX + 1)),
        ] {
            let act = KeptAct::of(request(kind, body)).await;
            assert_eq!((act.is_some(), act.body.as_str(), act.back()), (false, "", "/c/valves?page=2"));
        }
    }

    #[test]
    fn attack_m2_a_kept_act_goes_nowhere_else() {
        let act = |path: &str, from: &str| {
            let fields = [("act_path", path), ("act_body", "a=1"), ("act_from", from)];
            KeptAct::in_form(&Fields::of(BTreeMap::from(fields.map(|(n, v)| (n.to_owned(), v.to_owned())))))
        };
        assert_eq!(act("/cart/lines", "/cart").map(|a| a.from), Some("/cart".to_owned()));
        assert_eq!(act("/cart/lines", "//evil.example").map(|a| a.back().to_owned()), Some("/".to_owned()));
        for path in ["", "//evil.example/", "/\t/evil.example", "https://evil.example/", "javascript:x"] {
            assert_eq!(act(path, "/"), None, "{path:?}");
        }
    }
}
