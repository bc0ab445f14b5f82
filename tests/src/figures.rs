//! The same figure is the same wherever it stands: a walk through all pages that a person can reach, what figures they show,
//! and which of these differ.
//!
//! A figure in the markup says what it is (`data-figure`), its value as programs read it (`data-value`), and of what it is
//! (`data-scope`): a customer, a span of time with what it is narrowed to.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use scraper::{Html, Selector};
use serde_json::Value;

use crate::client::Client;

/// A figure as somebody saw it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seen {
    /// Its code.
    pub figure: String,
    /// Of what it is.
    pub scope: String,
    /// Its value.
    pub value: String,
    /// Where it was seen.
    pub place: String,
}

/// How far a walk goes.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Pages in all.
    pub pages: usize,
    /// Pages that are alike: the same address but for numbers, codes and what is asked for.
    pub alike: usize,
}

/// What a walk found.
#[derive(Debug, Default)]
pub struct Walk {
    /// Every figure on every page.
    pub seen: Vec<Seen>,
    /// The pages that were opened.
    pub pages: Vec<String>,
    /// Pages that did not open, with their status.
    pub broken: Vec<String>,
}

/// Parts of addresses that are no pages, or change with every look.
const PASSED_OVER: [&str; 6] = ["/assets/", "/media/", "/api/", "/replay", "/sign-out", "/documents/"];

/// Walks from these pages along the links within the program.
pub fn walk(client: &Client, starts: &[&str], bounds: Bounds) -> Walk {
    let mut walk = Walk::default();
    let mut known: BTreeSet<String> = starts.iter().map(|&start| start.to_owned()).collect();
    let mut alike: BTreeMap<String, usize> = BTreeMap::new();
    let mut next: VecDeque<String> = starts.iter().map(|&start| start.to_owned()).collect();
    while let Some(path) = next.pop_front().filter(|_| walk.pages.len() < bounds.pages) {
        let answer = client.get(&path);
        if answer.status != 200 {
            walk.broken.push(format!("{path}: {}", answer.status));
            continue;
        }
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        walk.seen.extend(figures(&answer.body, &path));
        walk.pages.push(path);
        for link in links(&answer.body) {
            let count = alike.entry(pattern(&link)).or_default();
            if *count < bounds.alike && known.insert(link.clone()) {
                *count += 1;
                next.push_back(link);
            }
        }
    }
    walk
}

/// The figures on a page.
pub fn figures(html: &str, place: &str) -> Vec<Seen> {
    let document = Html::parse_document(html);
    let marked = selector("[data-figure]");
    let all = document.select(&marked).map(|element| {
        let text = |name: &str| element.attr(name).unwrap_or_default().to_owned();
        let (figure, scope, value) = (text("data-figure"), text("data-scope"), text("data-value"));
        Seen { figure, scope, value, place: place.to_owned() }
    });
    all.collect()
}

/// Links within the program that a walk follows.
fn links(html: &str) -> Vec<String> {
    let document = Html::parse_document(html);
    let anchors = selector("a[href]");
    let hrefs = document.select(&anchors).filter_map(|link| link.attr("href"));
    let own = hrefs.map(|href| href.split('#').next().unwrap_or_default().to_owned());
    own.filter(|href| is_followed(href)).collect()
}

fn is_followed(href: &str) -> bool {
    let path = href.split('?').next().unwrap_or_default();
    let is_file = path.rsplit('/').next().is_some_and(|last| {
        last.rsplit_once('.')
            .is_some_and(|(_, ending)| matches!(ending, "csv" | "xlsx" | "pdf" | "toml" | "json" | "svg"))
    });
    href.starts_with('/') && !href.starts_with("//") && !is_file && !PASSED_OVER.iter().any(|part| href.contains(part))
}

/// What is alike: parts with digits are one thing, and of what is asked for only the names.
fn pattern(href: &str) -> String {
    let (path, query) = href.split_once('?').unwrap_or((href, ""));
    let part = |part: &str| if part.chars().any(|c| c.is_ascii_digit()) { "*".to_owned() } else { part.to_owned() };
    let path: Vec<String> = path.split('/').map(part).collect();
    let asked: BTreeSet<&str> = query
        .split('&')
        .filter_map(|pair| pair.split_once('=').filter(|(_, value)| !value.is_empty()))
        .map(|(name, _)| name)
        .collect();
    format!("{}?{}", path.join("/"), asked.into_iter().collect::<Vec<_>>().join("&"))
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).expect("a selector")
}

/// Every figure that was seen with different values, in words: what, of what, and which value where.
pub fn differing(seen: &[Seen]) -> Vec<String> {
    let mut all: BTreeMap<(&str, &str), BTreeMap<&str, &str>> = BTreeMap::new();
    for one in seen {
        let values = all.entry((&one.figure, &one.scope)).or_default();
        values.entry(&one.value).or_insert(&one.place);
    }
    let several = all.iter().filter(|(_, values)| values.len() > 1);
    let words = several.map(|((figure, scope), values)| {
        let each: Vec<String> = values.iter().map(|(value, place)| format!("{value:?} on {place}")).collect();
        format!("{figure} of {scope}: {}", each.join(", "))
    });
    words.collect()
}

/// How many figures of a scope stand in more than one place. A walk that compares nothing proves nothing.
pub fn compared(seen: &[Seen]) -> usize {
    let mut places: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for one in seen {
        places.entry((&one.figure, &one.scope)).or_default().insert(&one.place);
    }
    places.values().filter(|places| places.len() > 1).count()
}

/// The figures of `GET /api/v1/tracking/figures` by their codes.
const IN_JSON: [(&str, &str); 15] = [
    ("negotiations", "negotiations"),
    ("deals-agreed", "won"),
    ("deals-ordered", "ordered_deals"),
    ("deals-lapsed", "lapsed_deals"),
    ("agreed", "agreed"),
    ("ordered", "revenue"),
    ("lapsed", "lapsed"),
    ("pocket", "pocket"),
    ("baseline", "baseline"),
    ("leakage", "leakage"),
    ("agreement", "agreement_percent"),
    ("discount-asked", "asked_discount_percent"),
    ("discount-given", "given_discount_percent"),
    ("margin", "margin_percent"),
    ("persons-answer", "turnaround_seconds"),
];

/// What the JSON says of a sum, as figures of this scope. A share or mean of nothing is none.
pub fn of_json(sum: &Value, scope: &str, place: &str) -> Vec<Seen> {
    let has = |name: &str| sum[name].as_i64().unwrap_or(0) > 0;
    let is_nothing = |figure: &str| match figure {
        "agreement" => !has("won") && !has("lost"),
        "margin" => sum["pocket"] == "0.00" || !has("ordered_deals"),
        "discount-given" => !has("won"),
        _ => false,
    };
    let one = |(figure, field): &(&str, &str)| {
        let value = match &sum[*field] {
            Value::String(text) => text.clone(),
            Value::Null => return None,
            other => other.to_string(),
        };
        let seen = Seen { figure: (*figure).to_owned(), scope: scope.to_owned(), value, place: place.to_owned() };
        (!is_nothing(figure)).then_some(seen)
    };
    IN_JSON.iter().filter_map(one).collect()
}

/// The scope of results (`results 2026-06-03/2026-11-30 rep=…`) as the query that asks for them.
pub fn query_of(scope: &str) -> Option<String> {
    let mut parts = scope.strip_prefix("results ")?.split(' ');
    let (from, until) = parts.next()?.split_once('/')?;
    let rest: Option<Vec<String>> = parts
        .map(|part| part.split_once('=').map(|(name, value)| format!("{name}={}", crate::client::encoded(value))))
        .collect();
    Some([vec![format!("from={from}"), format!("until={until}")], rest?].concat().join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(value: &str, scope: &str) -> String {
        format!("<p>Ordered <b data-figure=\"ordered\" data-value=\"{value}\" data-scope=\"{scope}\">so much</b></p>")
    }

    #[test]
    fn figures_a_planted_difference_is_noticed() {
        let walked = |other: &str| [figures(&page("10.00", "all"), "/a"), figures(&page(other, "all"), "/b")].concat();
        assert_eq!(differing(&walked("10.00")), Vec::<String>::new());
        assert_eq!(differing(&walked("10.01")), ["ordered of all: \"10.00\" on /a, \"10.01\" on /b"]);
        assert_eq!(compared(&walked("10.01")), 1);
        let elsewhere = [figures(&page("10.00", "all"), "/a"), figures(&page("7.00", "some"), "/b")].concat();
        assert_eq!((differing(&elsewhere).len(), compared(&elsewhere)), (0, 0), "of something else it may differ");
    }

    #[test]
    fn figures_the_json_is_compared_too() {
        let sum = serde_json::json!({ "won": 2, "lost": 0, "revenue": "9.00", "agreement_percent": "100" });
        let seen = [figures(&page("10.00", "results a/b"), "/a"), of_json(&sum, "results a/b", "JSON")].concat();
        assert_eq!(differing(&seen), ["ordered of results a/b: \"10.00\" on /a, \"9.00\" on JSON"]);
    }

    #[test]
    fn scopes_are_asked_for() {
        let scope = "results 2026-06-03/2026-11-30 outcome=won reason=at-once";
        assert_eq!(query_of(scope).as_deref(), Some("from=2026-06-03&until=2026-11-30&outcome=won&reason=at-once"));
        assert_eq!(query_of("company K10001"), None);
    }

    #[test]
    fn links_are_followed_within_the_program_only() {
        let html =
            "<a href=\"/office/tracking?from=1#x\">a</a><a href=\"https://e.com/\">b</a><a href=\"/x.csv?a=1\">c</a>
            <a href=\"//e.com/\">d</a><a href=\"/assets/a.css\">e</a>";
        assert_eq!(links(html), ["/office/tracking?from=1"]);
        assert_eq!(pattern("/office/orders/SO-000123?state=open&q="), "/office/orders/*?state");
    }
}
