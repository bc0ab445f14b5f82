//! What somebody sent whose session had ended, or who had none. It is kept in the sign-in form itself and comes back with it,
//! so it is bound to that browser; after signing in the person sends it again by a button. Nothing is done unasked.

use axum::body::to_bytes;
use axum::extract::multipart::MultipartError;
use axum::extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request};
use axum::http::{HeaderMap, header};

use crate::{Fields, came_from, encode, is_own_path};

/// The most that is kept of a form, in bytes.
const BODY_BYTES_MAX: usize = 64 * 1024;
/// The largest form with files that is looked through for its texts; the files pass by and lie nowhere.
const FORM_BYTES_MAX: usize = 32 * 1024 * 1024;

/// A form that was sent without a session: where to, what was in it, and from which page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeptAct {
    /// The path it was sent to.
    pub path: String,
    /// What was in it, as a browser encodes forms. Of a form with files, its texts.
    pub body: String,
    /// For a form with files: the fields of files that were chosen and their names, encoded the same way.
    pub files: Option<String>,
    /// The page it was sent from; empty when that is not known.
    pub from: String,
}

impl KeptAct {
    /// What a refused request wanted. Files cannot be kept, only that they were chosen; passwords are not, and nothing is left
    /// to send then, but the page that it came from is known.
    pub(crate) async fn of(request: Request) -> Self {
        let from = came_from(request.headers()).unwrap_or_default();
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let sent = match kind(request.headers()) {
            Kind::Fields => fields_of(request).await.map(|body| (body, None)),
            Kind::WithFiles => texts_of(request).await.map(|(body, files)| (body, Some(files))),
            Kind::Other => None,
        };
        match sent {
            Some((body, files)) if is_own_path(&path) && may_be_kept(&body) => Self { path, body, files, from },
            _ => Self { from, ..Self::default() },
        }
    }

    /// The act that a sign-in form brings back; `None` when it brings none or one that is not ours.
    pub fn in_form(fields: &Fields) -> Option<Self> {
        let text = |name: &str| fields.text(name).to_owned();
        let files = fields.0.get("act_files").cloned();
        let act = Self { path: text("act_path"), body: text("act_body"), files, from: text("act_from") };
        let bytes = act.body.len() + act.files.as_ref().map_or(0, String::len);
        let fits = is_own_path(&act.path) && bytes <= BODY_BYTES_MAX && may_be_kept(&act.body);
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

    /// How the form is encoded when it is sent again.
    pub fn encoding(&self) -> &'static str {
        if self.files.is_some() { "multipart/form-data" } else { "application/x-www-form-urlencoded" }
    }

    /// The fields in which files were chosen, and the names of these. They have to be chosen once more.
    pub fn chosen(&self) -> Vec<(String, Vec<String>)> {
        let mut chosen: Vec<(String, Vec<String>)> = Vec::new();
        for (field, name) in pairs(self.files.as_deref().unwrap_or_default()) {
            match chosen.iter_mut().find(|(known, _)| *known == field) {
                Some((_, names)) => names.push(name),
                None => chosen.push((field, vec![name])),
            }
        }
        chosen
    }

    /// Where to go on when it is not sent again.
    pub fn back(&self) -> &str {
        if self.from.is_empty() { "/" } else { &self.from }
    }
}

/// What a request brings.
enum Kind {
    Fields,
    WithFiles,
    Other,
}

fn kind(headers: &HeaderMap) -> Kind {
    let kind = headers.get(header::CONTENT_TYPE).map(|value| value.as_bytes()).unwrap_or_default();
    match kind {
        // A form without fields may come without a type.
        [] => Kind::Fields,
        _ if kind.starts_with(b"application/x-www-form-urlencoded") => Kind::Fields,
        _ if kind.starts_with(b"multipart/form-data") => Kind::WithFiles,
        _ => Kind::Other,
    }
}

async fn fields_of(request: Request) -> Option<String> {
    let body = to_bytes(request.into_body(), BODY_BYTES_MAX).await.ok()?;
    String::from_utf8(body.to_vec()).ok()
}

/// The texts of a form with files, and which files were chosen; `None` when it cannot be read, or is too large: half a form is
/// not what somebody sent.
async fn texts_of(mut request: Request) -> Option<(String, String)> {
    DefaultBodyLimit::max(FORM_BYTES_MAX).apply(&mut request);
    let multipart = Multipart::from_request(request, &()).await.ok()?;
    texts(multipart).await.ok().flatten()
}

async fn texts(mut multipart: Multipart) -> Result<Option<(String, String)>, MultipartError> {
    let (mut body, mut files) = (String::new(), String::new());
    while let Some(mut part) = multipart.next_field().await? {
        let field = part.name().unwrap_or_default().to_owned();
        if let Some(name) = part.file_name().map(str::to_owned) {
            if !name.is_empty() {
                push(&mut files, &field, &name);
            }
        } else {
            let mut text = Vec::new();
            while let Some(piece) = part.chunk().await? {
                text.extend_from_slice(&piece);
                if text.len() > BODY_BYTES_MAX {
                    return Ok(None);
                }
            }
            let Ok(text) = String::from_utf8(text) else { return Ok(None) };
            push(&mut body, &field, &text);
        }
        if body.len() + files.len() > BODY_BYTES_MAX {
            return Ok(None);
        }
    }
    Ok(Some((body, files)))
}

fn push(to: &mut String, name: &str, value: &str) {
    if !to.is_empty() {
        to.push('&');
    }
    to.push_str(&format!("{}={}", encode(name), encode(value)));
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

    const WITH_FILES: &str = "multipart/form-data; boundary=b";

    fn part(disposition: &str, content: &str) -> String {
        format!("--b\r\ncontent-disposition: form-data; {disposition}\r\n\r\n{content}\r\n")
    }

    fn ask(file: &str) -> String {
        let texts = part("name=\"price\"", "110,50") + &part("name=\"note\"", "a & b=ł\r\n+");
        texts + &part(&format!("name=\"file\"; filename=\"{file}\""), "%PDF") + "--b--\r\n"
    }

    #[tokio::test]
    async fn the_texts_of_a_form_with_files_are_kept_and_files_are_chosen_again() {
        let texts = [("price", "110,50"), ("note", "a & b=ł\r\n+")].map(|(name, value)| (name.into(), value.into()));
        let chosen = vec![("file".to_owned(), vec!["plan & ł.pdf".to_owned()])];
        for (file, want) in [("", vec![]), ("plan & ł.pdf", chosen)] {
            let act = KeptAct::of(request(WITH_FILES, ask(file))).await;
            assert_eq!((act.is_some(), act.encoding()), (true, "multipart/form-data"));
            assert_eq!((act.fields(), act.chosen()), (texts.to_vec(), want));
            let sent = [("act_path", act.path.clone()), ("act_body", act.body.clone()), ("act_from", act.from.clone())];
            let sent = sent.into_iter().chain(act.files.clone().map(|files| ("act_files", files)));
            let fields = Fields::of(sent.map(|(name, value)| (name.to_owned(), value)).collect());
            assert_eq!(KeptAct::in_form(&fields), Some(act), "as the sign-in form brings it back");
        }
    }

    #[tokio::test]
    async fn a_large_file_passes_by_and_the_texts_before_and_after_it_are_kept() {
        let file = part("name=\"file\"; filename=\"a.step\"", &"x".repeat(3 << 20));
        let body = part("name=\"a\"", "1") + &file + &part("name=\"b\"", "2") + "--b--\r\n";
        let act = KeptAct::of(request(WITH_FILES, body)).await;
        assert_eq!((act.body.as_str(), act.files.as_deref()), ("a=1&b=2", Some("file=a.step")));
    }

    #[tokio::test]
    async fn passwords_large_texts_and_what_is_broken_are_not_kept() {
        let form = "application/x-www-form-urlencoded";
        for (kind, body) in [
            (WITH_FILES, part("name=\"password\"", "secret") + "--b--\r\n"),
            (WITH_FILES, part("name=\"note\"", &"x".repeat(BODY_BYTES_MAX + 1)) + "--b--\r\n"),
            (WITH_FILES, part("name=\"note\"", "cut off")),
            ("application/json", "{}".to_owned()),
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
