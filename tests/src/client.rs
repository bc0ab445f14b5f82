//! HTTP as a person's browser without script does it: a jar of cookies, redirects followed, the headers that browsers send.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers, names in lower case; of several with one name the last.
    pub headers: BTreeMap<String, String>,
    /// The body as text.
    pub body: String,
    /// The body as it came.
    pub bytes: Vec<u8>,
    /// The path and query that gave this answer, after redirects.
    pub path: String,
}

impl Answer {
    /// A header's value; empty when it was not sent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// A client with a memory for cookies. Each is another browser.
pub struct Client {
    base: String,
    agent: ureq::Agent,
    cookies: Mutex<BTreeMap<String, String>>,
    /// Headers that go with every request.
    always: Vec<(String, String)>,
}

/// More than any chain of redirects in the program.
const REDIRECTS_MAX: usize = 8;

impl Client {
    /// A new client for the server at `base`, such as `http://127.0.0.1:8080`.
    pub fn new(base: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            // A server may close a kept connection at any moment; tests want one answer to one request.
            .max_idle_connections(0)
            .allow_non_standard_methods(true)
            .timeout_global(Some(Duration::from_secs(60)))
            .build();
        Self {
            base: base.trim_end_matches('/').to_owned(),
            agent: config.into(),
            cookies: Mutex::default(),
            always: Vec::new(),
        }
    }

    /// The same client with a header on every request, e.g. `accept-language`.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.always.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Opens a page, redirects followed.
    pub fn get(&self, path: &str) -> Answer {
        self.follow(self.send("GET", path, &[], ""))
    }

    /// Sends a form, redirects followed.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.follow(self.post_once(path, fields))
    }

    /// Sends a form and gives the first answer.
    pub fn post_once(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("origin", self.base.as_str()),
            ("sec-fetch-site", "same-origin"),
        ];
        self.send("POST", path, &headers, &form(fields))
    }

    /// Sends one request and gives its answer, whatever it is.
    ///
    /// # Panics
    /// When there is no answer at all.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.base));
        for (name, value) in self.always.iter().map(|(n, v)| (n.as_str(), v.as_str())).chain(headers.iter().copied()) {
            request = request.header(name, value);
        }
        let cookies = self.cookie_header();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies);
        }
        let request = request.body(body.to_owned()).expect("a well-formed request");
        let mut response = self.agent.run(request).unwrap_or_else(|e| panic!("{method} {path}: {e}"));
        let mut all = BTreeMap::new();
        for (name, value) in response.headers() {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            if name == "set-cookie" {
                self.remember(&value);
            }
            all.insert(name.as_str().to_owned(), value);
        }
        let bytes = response.body_mut().with_config().limit(64 << 20).read_to_vec();
        let bytes = bytes.unwrap_or_else(|e| panic!("{method} {path}: {e}"));
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: response.status().as_u16(), headers: all, body, bytes, path: path.to_owned() }
    }

    fn follow(&self, mut answer: Answer) -> Answer {
        for _ in 0..REDIRECTS_MAX {
            let location = answer.header("location").to_owned();
            if !matches!(answer.status, 301..=303 | 307 | 308) || location.is_empty() {
                return answer;
            }
            let path = location.strip_prefix(&self.base).unwrap_or(&location).to_owned();
            answer = self.send("GET", &path, &[], "");
        }
        panic!("{} redirects without end", answer.path)
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.jar().get(name).cloned()
    }

    fn jar(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, String>> {
        self.cookies.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn cookie_header(&self) -> String {
        self.jar().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    fn remember(&self, line: &str) {
        let Some((name, value)) = line.split(';').next().and_then(|pair| pair.split_once('=')) else { return };
        let gone = line.to_ascii_lowercase().replace(' ', "").contains("max-age=0");
        let (name, value) = (name.trim().to_owned(), value.trim().to_owned());
        if gone { drop(self.jar().remove(&name)) } else { drop(self.jar().insert(name, value)) }
    }
}

/// Fields as a browser sends them.
pub fn form(fields: &[(&str, &str)]) -> String {
    fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect::<Vec<_>>().join("&")
}

/// Percent-encoded for a query or a form.
pub fn encoded(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_encoded() {
        assert_eq!(form(&[("price", "110,00 zł"), ("a&b", "c=d")]), "price=110%2C00%20z%C5%82&a%26b=c%3Dd");
    }

    #[test]
    fn cookies_are_kept_and_forgotten() {
        let client = Client::new("http://127.0.0.1:1/");
        client.remember("kontor_session=abc; Path=/; HttpOnly; SameSite=Lax");
        client.remember("flash=saved; Max-Age=30");
        assert_eq!(client.cookie_header(), "flash=saved; kontor_session=abc");
        client.remember("flash=; Path=/; Max-Age=0");
        assert_eq!(client.cookie("flash"), None);
    }
}
