//! Every text that code or templates ask for is in every language, and every text is asked for.

use std::collections::{BTreeMap, BTreeSet};

use super::ratchet::Overrun;
use super::{Finding, Project};

/// Beginnings of keys that are put together at run time, e.g. `refusal-` and a code.
const COMPUTED: &[&str] = &["refusal-", "invalid-", "unit-", "role-", "error-", "flash-", "trace-"];
/// The only methods that look up a text under a key; `t` and its like belong to the page shell.
const SHELL: &[&str] = &["t", "tn", "ta", "ta2"];
const LOCALE: &[&str] = &["text", "text_with"];

/// The languages' catalogues: language, then key, then file and line.
fn catalogues(project: &Project) -> BTreeMap<String, BTreeMap<String, (String, usize)>> {
    let mut all: BTreeMap<String, BTreeMap<String, (String, usize)>> = BTreeMap::new();
    for file in project.files.iter().filter(|f| f.ending() == "ftl") {
        let language = file.path.rsplit('/').nth(1).unwrap_or_default();
        let keys = all.entry(language.to_owned()).or_default();
        for (number, line) in file.text.lines().enumerate() {
            if let Some(key) = key_of_line(line) {
                keys.insert(key.to_owned(), (file.path.clone(), number + 1));
            }
        }
    }
    all
}

/// A message begins at the margin: `key = text`.
fn key_of_line(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    let plain = key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    (plain && key.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(key)
}

/// The text of a key in a language, in one line; for generated documents.
pub fn lookup(project: &Project, language: &str, key: &str) -> Option<String> {
    let catalogues = catalogues(project);
    let (path, line) = catalogues.get(language)?.get(key)?;
    let text = project.file(path)?.text.lines().nth(line - 1)?.split_once('=')?.1.trim();
    Some(text.to_owned())
}

/// Keys that are asked for and missing in some language: one finding per key, at the first place that asks.
pub fn missing(project: &Project) -> Vec<Finding> {
    let catalogues = catalogues(project);
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (path, line, key) in asked(project) {
        let without = catalogues.iter().filter(|(_, keys)| !keys.contains_key(&key));
        let languages: Vec<&str> = without.map(|(language, _)| language.as_str()).collect();
        if !languages.is_empty() && seen.insert(key.clone()) {
            found.push(absent(&path, line, &key, &languages));
        }
    }
    found
}

/// The finding for a text that is not there.
pub fn absent(path: &str, line: usize, key: &str, languages: &[&str]) -> Finding {
    Finding::new(path, line, format!("there is no text `{key}` in {}", languages.join(", ")))
}

/// Texts that nobody asks for, as one number for the ratchet.
pub fn unused(project: &Project) -> Vec<Overrun> {
    let (literals, beginnings) = words(project);
    let used = |key: &str| {
        literals.contains(key)
            || COMPUTED.iter().any(|beginning| key.starts_with(beginning))
            || beginnings.iter().any(|beginning| key.starts_with(beginning))
    };
    let catalogues = catalogues(project);
    let unused: Vec<(&String, &(String, usize))> =
        catalogues.values().flatten().filter(|(key, _)| !used(key)).collect();
    let Some((_, (path, line))) = unused.first() else { return Vec::new() };
    let names: BTreeSet<&str> = unused.iter().map(|(key, _)| key.as_str()).collect();
    let names = names.into_iter().collect::<Vec<_>>().join(", ");
    let finding = Finding::new(path, *line, format!("{} texts are asked for nowhere: {names}", unused.len()));
    vec![Overrun { key: "unused texts".into(), value: unused.len(), finding }]
}

/// Files in which keys are asked for.
fn askers(project: &Project) -> impl Iterator<Item = &crate::repo::File> {
    let asks = |path: &str| {
        path.starts_with("crates/") && !path.starts_with("crates/xtask/") && !path.contains("/i18n/tests/")
    };
    project.files.iter().filter(move |f| matches!(f.ending(), "rs" | "html" | "txt" | "toml") && asks(&f.path))
}

/// Keys that stand in a call which looks them up: file, line, key.
fn asked(project: &Project) -> Vec<(String, usize, String)> {
    let mut all = Vec::new();
    for file in askers(project) {
        for call in calls(&file.text) {
            let of_locale = LOCALE.contains(&call.method) && call.receiver == "locale";
            if SHELL.contains(&call.method) || of_locale {
                all.push((file.path.clone(), call.line, call.argument.to_owned()));
            }
        }
        for (line, key) in flashes(&file.text) {
            all.push((file.path.clone(), line, format!("flash-{key}")));
        }
    }
    all
}

/// A method call whose first argument is a plain string.
#[derive(Debug, PartialEq, Eq)]
struct Call<'a> {
    line: usize,
    receiver: &'a str,
    method: &'a str,
    argument: &'a str,
}

/// Templates are no Rust, so calls are found by their shape: `receiver.method("argument"`, with white space where it may be.
fn calls(text: &str) -> Vec<Call<'_>> {
    let mut all = Vec::new();
    for (at, _) in text.match_indices('.') {
        let method = leading_word(&text[at + 1..]);
        let rest = text[at + 1 + method.len()..].trim_start();
        let Some(quoted) = rest.strip_prefix('(').and_then(|rest| rest.trim_start().strip_prefix('"')) else {
            continue;
        };
        let Some((argument, _)) = quoted.split_once('"') else { continue };
        let receiver = trailing_word(text[..at].trim_end().trim_end_matches("()"));
        all.push(Call { line: text[..at].matches('\n').count() + 1, receiver, method, argument });
    }
    all
}

/// `flash(reply, "key")`: the key of a text `flash-key`.
fn flashes(text: &str) -> Vec<(usize, &str)> {
    let mut all = Vec::new();
    for (at, _) in text.match_indices("flash(") {
        if text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.') {
            continue;
        }
        let arguments = inside_parentheses(&text[at + "flash(".len()..]);
        let last = arguments.trim_end().trim_end_matches(',').trim_end();
        if let Some(key) = last.strip_suffix('"').and_then(|head| head.rsplit_once('"')).map(|(_, key)| key) {
            all.push((text[..at].matches('\n').count() + 1, key));
        }
    }
    all
}

/// Up to the parenthesis that closes what is open at the start.
fn inside_parentheses(text: &str) -> &str {
    let mut depth = 1;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &text[..at];
        }
    }
    text
}

fn leading_word(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
    &text[..end]
}

fn trailing_word(text: &str) -> &str {
    let start = text
        .rfind(|c: char| !(c.is_alphanumeric() || c == '_'))
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    &text[start..]
}

/// Everything in quotes, and the beginnings of what is put together (`"order-state-{}"`, `"order-state-" ~ code`); also
/// what other messages mention.
fn words(project: &Project) -> (BTreeSet<&str>, BTreeSet<&str>) {
    let (mut literals, mut beginnings) = (BTreeSet::new(), BTreeSet::new());
    for file in askers(project) {
        for word in file.text.split('"') {
            let head = word.split('{').next().unwrap_or_default();
            if head.len() > 2
                && head.ends_with('-')
                && head.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            {
                beginnings.insert(head);
            }
            literals.insert(word);
        }
        let flashed = flashes(&file.text);
        literals.extend(flashed.iter().map(|(_, key)| *key));
    }
    for file in project.files.iter().filter(|f| f.ending() == "ftl") {
        for mention in file.text.split('{').skip(1) {
            literals.insert(leading_key(mention.trim_start()));
        }
    }
    (literals, beginnings)
}

fn leading_key(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: &str = "crates/platform/i18n/locales/en/a.ftl";
    const PL: &str = "crates/platform/i18n/locales/pl/a.ftl";

    fn missing_in(path: &str, text: &str) -> Vec<String> {
        let project =
            Project::of(&[(EN, "one = One\nflash-saved = Saved\n"), (PL, "flash-saved = Zapisano\n"), (path, text)]);
        missing(&project).into_iter().map(|f| f.to_string()).collect()
    }

    #[test]
    fn keys_must_be_in_every_language() {
        let html = "crates/slices/a/src/page.html";
        assert_eq!(
            missing_in(html, "<p>\n{{ shell.t(\"one\") }}"),
            [format!("{html}:2: there is no text `one` in pl")]
        );
        assert_eq!(
            missing_in(html, "{{ shell.tn(\"two\", n) }}"),
            [format!("{html}:1: there is no text `two` in en, pl")]
        );
        let rust = "crates/slices/a/src/pages.rs";
        assert_eq!(missing_in(rust, "fn a() { visitor.locale\n        .text_with(\n\"two\", &[]) }").len(), 1);
        assert_eq!(missing_in(rust, "fn a() { fields.text(\"po_number\") }").len(), 0);
        assert_eq!(missing_in(rust, "fn a() { web::flash(see_other(&url(1)), \"saved\") }").len(), 0);
        assert_eq!(missing_in(rust, "fn a() { flash(see_other(\"/\"), \"gone\",\n) }").len(), 1);
    }

    #[test]
    fn texts_without_use_are_counted() {
        let texts = "used = A\nquoted = B\nstate-open = C\nmentioned = D\nrefusal-x = E\nlonely = { mentioned }\n    .title = no key\n";
        let code = "fn a() { locale.text(\"used\"); let key = if b { \"quoted\" }; format!(\"state-{}\", c) }";
        let project = Project::of(&[(EN, texts), ("crates/slices/a/src/pages.rs", code)]);
        let found = unused(&project);
        assert_eq!(found[0].value, 1);
        assert_eq!(found[0].finding.to_string(), format!("{EN}:6: 1 texts are asked for nowhere: lonely"));
    }

    #[test]
    fn a_text_can_be_looked_up() {
        let project = Project::of(&[(EN, "### head\nrefusal-x = No, { $why }.\n")]);
        assert_eq!(lookup(&project, "en", "refusal-x").as_deref(), Some("No, { $why }."));
        assert_eq!(lookup(&project, "pl", "refusal-x"), None);
    }
}
