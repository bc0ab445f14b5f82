//! What the content security policy would refuse in a browser is refused here: styles, scripts and handlers in the markup.

use super::{Finding, Project};

/// Every such place in the pages' templates. Mails are exempt: mail programs know nothing but styles in the markup.
pub fn check(project: &Project) -> Vec<Finding> {
    let alone = shown_alone(project);
    let mut found = Vec::new();
    for file in project.files.iter().filter(|f| f.ending() == "html" && f.path.starts_with("crates/")) {
        if file.path.split('/').any(|part| part == "mail" || part == "mails" || part.starts_with("mail.")) {
            continue;
        }
        let hidden = hidden_blocks(&file.text).filter(|(_, name)| alone.contains(name));
        found.extend(hidden.map(|(line, name)| {
            let text =
                format!("block {name} stands under a condition: shown alone it is empty, so give it a file of its own");
            Finding::new(&file.path, line, text)
        }));
        let markup = without_instructions(&file.text);
        for (line, tag) in tags(&markup) {
            found.extend(problems(&tag).into_iter().map(|text| Finding::new(&file.path, line, text)));
        }
    }
    found
}

/// The names of blocks that some page shows alone: `blocks = ["name"]` of a template.
fn shown_alone(project: &Project) -> Vec<&str> {
    let lists = project.rust.iter().flat_map(|rust| rust.text.split("blocks = [").skip(1));
    lists.filter_map(|rest| rest.split_once(']')).flat_map(|(list, _)| list.split('"').skip(1).step_by(2)).collect()
}

/// Blocks inside of `if`, `for` or `match`, with their lines.
fn hidden_blocks(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut depth = 0_usize;
    text.match_indices("{%").filter_map(move |(at, _)| {
        let mut words = text[at + 2..].trim_start_matches('-').split_whitespace();
        match words.next()? {
            "if" | "for" | "match" => depth += 1,
            "endif" | "endfor" | "endmatch" => depth = depth.saturating_sub(1),
            "block" if depth > 0 => return Some((text[..at].matches('\n').count() + 1, words.next()?)),
            _ => {}
        }
        None
    })
}

/// The text with template instructions and comments blanked out, lines kept.
fn without_instructions(text: &str) -> String {
    let mut out = text.to_owned();
    for (open, close) in [("{#", "#}"), ("{%", "%}"), ("{{", "}}"), ("<!--", "-->")] {
        let mut from = 0;
        while let Some(start) = out[from..].find(open).map(|at| at + from) {
            let end = out[start..].find(close).map_or(out.len(), |at| at + start + close.len());
            let blank: String = out[start..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
            from = start + blank.len();
            out.replace_range(start..end, &blank);
        }
    }
    out
}

/// The opening tags with their lines: name, then attributes in lower case.
fn tags(markup: &str) -> Vec<(usize, Vec<String>)> {
    let mut all = Vec::new();
    for (at, _) in markup.match_indices('<') {
        let inside = &markup[at + 1..];
        if inside.starts_with(|c: char| c.is_ascii_alphabetic()) {
            all.push((markup[..at].matches('\n').count() + 1, words(inside)));
        }
    }
    all
}

/// Name and attribute names (with `=` when they have a value) up to the end of a tag; values are left out.
fn words(inside: &str) -> Vec<String> {
    let (mut all, mut word, mut quote) = (Vec::new(), String::new(), None);
    for c in inside.chars() {
        match quote {
            Some(q) if q == c => quote = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == '>' => break,
            None if c.is_whitespace() => all.push(std::mem::take(&mut word)),
            None => word.extend(c.to_lowercase()),
        }
    }
    all.push(word);
    all.retain(|word| !word.is_empty());
    all
}

fn problems(tag: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    let has = |name: &str| tag.iter().any(|word| word == name || word.starts_with(&format!("{name}=")));
    match tag[0].as_str() {
        "script" if !has("src") => found.push("a script in the page; write it into frontend/src".to_owned()),
        "style" => found.push("a style sheet in the page; write it into frontend/src/css".to_owned()),
        _ => {}
    }
    for word in &tag[1..] {
        let name = word.split('=').next().unwrap_or_default();
        if name == "style" {
            found.push("a style in the markup; use a class".to_owned());
        } else if (name.starts_with("on") || name.starts_with("hx-on")) && word.contains('=') {
            found.push(format!("a handler in the markup: {name}; write it into frontend/src"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<usize> {
        check(&Project::of(&[("crates/slices/a/src/page.html", text)])).iter().map(|f| f.line).collect()
    }

    #[test]
    fn a_block_that_is_shown_alone_stands_under_no_condition() {
        let lines = |text: &str| hidden_blocks(text).map(|(line, _)| line).collect::<Vec<_>>();
        assert!(lines("{% block main %}{% if a %}x{% endif %}{% block b %}{% endblock %}{% endblock %}").is_empty());
        assert_eq!(lines("{% if a %}\n{% for b in c %}\n{% block d %}{% endblock %}{% endfor %}{% endif %}"), [3]);
    }

    #[test]
    fn what_the_policy_refuses_is_found() {
        assert_eq!(lines("<p>\n<p class=\"a\" style=\"color: red\">"), [2]);
        assert_eq!(lines("<button onclick=\"go()\">"), [1]);
        assert_eq!(lines("<button hx-on:click=\"go()\">"), [1]);
        assert_eq!(lines("<script>go()</script>"), [1]);
        assert_eq!(lines("<style>p {}</style>"), [1]);
        assert_eq!(lines("<a\n  href=\"/\"\n  style='x'>"), [1]);
    }

    #[test]
    fn what_it_allows_is_not() {
        assert_eq!(lines("<script src=\"{{ shell.asset(\"kontor.js\") }}\" defer></script>"), [] as [usize; 0]);
        assert_eq!(
            lines("{% if a < b %}<p data-style=\"x\" title=\"style=a onclick=b\">{% endif %}"),
            [] as [usize; 0]
        );
        assert_eq!(
            lines("<!-- <p style=x> --><input type=checkbox{% if on %} checked{% endif %} one>"),
            [] as [usize; 0]
        );
        assert!(check(&Project::of(&[("crates/platform/mail/templates/a.html", "<p style=\"x\">")])).is_empty());
    }
}
