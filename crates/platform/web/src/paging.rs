//! Paging of lists, alike on pages and in JSON.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::parameters::{PAGE_MAX, PER_PAGE_MAX};

/// Where a list is opened: `?page=2&per_page=50`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pager {
    /// The page, from 1.
    pub page: i64,
    /// Rows on a page, 1 to 200.
    pub per_page: i64,
    /// Rows in all, once known.
    pub total: i64,
}

/// What the documentation of a list says of its paging.
#[derive(Debug, JsonSchema)]
#[expect(dead_code, reason = "lists read a `Pager`; this is its documentation")]
pub struct PageParameters {
    /// The page, from 1.
    page: Option<i64>,
    /// Rows on a page, 1 to 200.
    per_page: Option<i64>,
}

/// A link to another page of a list.
#[derive(Debug, Clone)]
pub struct PageLink {
    /// The page's number.
    pub number: i64,
    /// The link; empty for the page shown.
    pub href: String,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    page: Option<String>,
    #[serde(default)]
    per_page: Option<String>,
}

impl<'de> Deserialize<'de> for Pager {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let asked = Asked::deserialize(deserializer)?;
        Ok(Self::asked(asked.page.as_deref(), asked.per_page.as_deref()))
    }
}

impl Pager {
    /// From what stands in a page's address; nonsense reads as the first page of 50. The API refuses it before.
    pub fn asked(page: Option<&str>, per_page: Option<&str>) -> Self {
        let number = |text: Option<&str>| text.and_then(|t| t.trim().parse::<i64>().ok());
        let page = number(page).unwrap_or(1).clamp(1, PAGE_MAX);
        Self { page, per_page: number(per_page).unwrap_or(50).clamp(1, PER_PAGE_MAX), total: 0 }
    }

    /// Rows to skip.
    pub fn offset(&self) -> i64 {
        (self.page - 1) * self.per_page
    }

    /// The same place, knowing how many rows there are.
    #[must_use]
    pub fn of(self, total: i64) -> Self {
        Self { total, ..self }
    }

    /// Pages in all, at least one.
    pub fn pages(&self) -> i64 {
        (self.total.max(1) + self.per_page - 1) / self.per_page
    }

    /// The number of the first row shown; 0 when there is none.
    pub fn first(&self) -> i64 {
        if self.total == 0 { 0 } else { self.offset() + 1 }
    }

    /// The number of the last row shown.
    pub fn last(&self) -> i64 {
        (self.offset() + self.per_page).min(self.total)
    }

    /// Links to the pages around this one, the first and the last. `query` is the rest of the query string, without
    /// `page`, already encoded.
    pub fn links(&self, path: &str, query: &str) -> Vec<PageLink> {
        let pages = self.pages();
        let mut wanted: Vec<i64> = [1, self.page - 1, self.page, self.page + 1, pages]
            .into_iter()
            .filter(|n| (1..=pages).contains(n))
            .collect();
        wanted.dedup();
        let and = if query.is_empty() { "" } else { "&" };
        let href =
            |number| if number == self.page { String::new() } else { format!("{path}?{query}{and}page={number}") };
        wanted.into_iter().map(|number| PageLink { number, href: href(number) }).collect()
    }
}

/// A query string of the pairs that have a value, percent-encoded, without `?`.
pub fn query_string(pairs: &[(&str, &str)]) -> String {
    let pairs = pairs.iter().filter(|(_, value)| !value.is_empty());
    pairs.map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")
}

/// Percent-encodes everything but unreserved characters (RFC 3986, 2.3).
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}
