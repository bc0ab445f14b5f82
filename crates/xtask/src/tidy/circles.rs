//! No import circles between the capabilities of a crate. A capability is a module directly below the crate's root; Cargo
//! forbids circles between crates, and nothing but this forbids them within one. In a circle no part can be read, tested
//! or moved without all others.
//!
//! What stands in the root itself belongs to no capability: everybody may use it, and it may use everybody. What it hands
//! on (`pub use offers::Offer`) counts as a use of the capability that it comes from. Paths are read as words, so that
//! bodies of macros are looked at, too; what is for tests only is not.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

use super::{Finding, Project, Rust, size, tokens};

const WAY_OUT: &str = "move what both need into a capability below them, pass it in as a value, or tell it by an event";

/// Every knot of capabilities that reach one another.
pub fn check(project: &Project) -> Vec<Finding> {
    let mut crates: BTreeMap<&str, Vec<Module<'_>>> = BTreeMap::new();
    for rust in project.rust.iter().filter(|rust| !rust.is_test()) {
        if let Some((folder, place)) = rust.path.split_once("/src/") {
            crates.entry(folder).or_default().push(Module { path: module_path(place), place, rust });
        }
    }
    crates.into_values().flat_map(|modules| findings(&uses(without_test_files(modules)))).collect()
}

/// A file as a module of its crate.
struct Module<'a> {
    /// The names from the root down; none for the root.
    path: Vec<String>,
    /// The file below `src/`.
    place: &'a str,
    rust: &'a Rust,
}

fn module_path(place: &str) -> Vec<String> {
    let mut path: Vec<String> = place.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if path.last().is_some_and(|name| matches!(name.as_str(), "lib" | "main" | "mod")) {
        path.pop();
    }
    path
}

/// Leaves out files that are declared as `#[cfg(test)] mod name;`, and what lies below them.
fn without_test_files(modules: Vec<Module<'_>>) -> Vec<Module<'_>> {
    let declared = modules.iter().flat_map(|module| {
        let items = module.rust.syntax.items.iter().filter_map(|item| match item {
            syn::Item::Mod(inner) if inner.content.is_none() && size::is_test(&inner.attrs) => Some(&inner.ident),
            _ => None,
        });
        items.map(move |name| [module.path.as_slice(), &[name.to_string()]].concat())
    });
    let for_tests: Vec<Vec<String>> = declared.collect();
    modules.into_iter().filter(|module| !for_tests.iter().any(|test| module.path.starts_with(test))).collect()
}

/// Where one capability names another first.
struct Place<'a> {
    rust: &'a Rust,
    place: &'a str,
    line: usize,
}

/// Which capability uses which.
type Uses<'a> = BTreeMap<String, BTreeMap<String, Place<'a>>>;

fn uses(modules: Vec<Module<'_>>) -> Uses<'_> {
    let names: BTreeSet<&str> = modules.iter().filter_map(|module| module.path.first()).map(String::as_str).collect();
    let mut root = Root::default();
    modules.iter().filter(|module| module.path.is_empty()).for_each(|module| root.add(module.rust));
    let mut uses = Uses::new();
    for module in &modules {
        let Some(own) = module.path.first() else { continue };
        let mut named = Vec::new();
        read(module.rust.tokens(), &module.path, &mut named);
        for ident in named {
            let name = ident.to_string();
            let to = if names.contains(&*name) { vec![name.as_str()] } else { root.sources(&name) };
            for to in to.into_iter().filter(|to| names.contains(to) && to != own) {
                let line = ident.span().start().line;
                let to = uses.entry(own.clone()).or_default().entry(to.to_owned());
                to.or_insert(Place { rust: module.rust, place: module.place, line });
            }
        }
    }
    uses
}

/// What the root of a crate hands on.
#[derive(Default)]
struct Root {
    /// Names, and the first word of the path that each comes from.
    names: BTreeMap<String, String>,
    /// From where it hands on everything.
    all_of: Vec<String>,
    /// Every word in it.
    words: BTreeSet<String>,
}

impl Root {
    fn add(&mut self, rust: &Rust) {
        for item in &rust.syntax.items {
            if let syn::Item::Use(item) = item {
                self.hand_on(&item.tree, None);
            }
        }
        tokens::walk(rust.tokens(), &mut |tokens, index| {
            if let TokenTree::Ident(word) = &tokens[index] {
                self.words.insert(word.to_string());
            }
        });
    }

    fn hand_on(&mut self, tree: &syn::UseTree, from: Option<&Ident>) {
        match tree {
            syn::UseTree::Path(path) if path.ident == "crate" || path.ident == "self" => self.hand_on(&path.tree, from),
            syn::UseTree::Path(path) => self.hand_on(&path.tree, from.or(Some(&path.ident))),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.hand_on(tree, from)),
            syn::UseTree::Name(name) => self.take(&name.ident, from.unwrap_or(&name.ident)),
            syn::UseTree::Rename(name) => self.take(&name.rename, from.unwrap_or(&name.ident)),
            syn::UseTree::Glob(_) => self.all_of.extend(from.map(Ident::to_string)),
        }
    }

    fn take(&mut self, name: &Ident, from: &Ident) {
        self.names.insert(name.to_string(), from.to_string());
    }

    /// Where a name of the root may come from: a name that the root does not write comes in with all of something.
    fn sources(&self, name: &str) -> Vec<&str> {
        match self.names.get(name) {
            Some(from) => vec![from],
            None if self.words.contains(name) => Vec::new(),
            None => self.all_of.iter().map(String::as_str).collect(),
        }
    }
}

/// Gathers the names below the root that code of a module writes out, by `crate::name` or as many `super` as lead there.
fn read(code: TokenStream, module: &[String], named: &mut Vec<Ident>) {
    let tokens: Vec<TokenTree> = code.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        if is_for_tests(&tokens[at..]) {
            at += 2 + tokens[at + 2..].iter().take_while(|token| !ends_item(token)).count();
        } else if let TokenTree::Group(group) = &tokens[at] {
            match inline_module(&tokens[..at]) {
                Some(name) => read(group.stream(), &[module, &[name]].concat(), named),
                None => read(group.stream(), module, named),
            }
        } else if is_word(&tokens[at], &["crate", "super"]) && is_path_mark(&tokens[at + 1..]) {
            follow(&tokens[at..], module, named);
        }
        at += 1;
    }
}

/// Whether `#[cfg(test)]` stands here.
fn is_for_tests(tokens: &[TokenTree]) -> bool {
    let [TokenTree::Punct(hash), TokenTree::Group(attribute), ..] = tokens else { return false };
    hash.as_char() == '#' && attribute.stream().to_string().replace(' ', "") == "cfg(test)"
}

fn ends_item(token: &TokenTree) -> bool {
    match token {
        TokenTree::Punct(mark) => mark.as_char() == ';',
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        _ => false,
    }
}

/// The name, when a group stands behind `mod name`.
fn inline_module(before: &[TokenTree]) -> Option<String> {
    match before {
        [.., word, TokenTree::Ident(name)] if is_word(word, &["mod"]) => Some(name.to_string()),
        _ => None,
    }
}

fn is_word(token: &TokenTree, words: &[&str]) -> bool {
    matches!(token, TokenTree::Ident(ident) if words.iter().any(|word| ident == word))
}

fn is_path_mark(tokens: &[TokenTree]) -> bool {
    let colon = |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ':');
    tokens.len() > 2 && tokens[..2].iter().all(colon)
}

/// Follows a path from a module. It is of interest where it leaves the root, downwards; all else stays in the capability.
fn follow(tokens: &[TokenTree], module: &[String], named: &mut Vec<Ident>) {
    let goes_on = tokens.len() > 1 && is_path_mark(&tokens[1..]);
    match &tokens[0] {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            let paths = inner.split(|token| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ','));
            paths.filter(|path| !path.is_empty()).for_each(|path| follow(path, module, named));
        }
        token if is_word(token, &["crate"]) && goes_on => follow(&tokens[3..], &[], named),
        token if is_word(token, &["self"]) && goes_on => follow(&tokens[3..], module, named),
        token if is_word(token, &["super"]) && goes_on => {
            follow(&tokens[3..], &module[..module.len().saturating_sub(1)], named);
        }
        TokenTree::Ident(name) if module.is_empty() => named.push(name.clone()),
        _ => {}
    }
}

/// One finding for each knot, at its shortest circle.
fn findings(uses: &Uses<'_>) -> Vec<Finding> {
    let reached: BTreeMap<&str, BTreeSet<&str>> = uses.keys().map(|from| (from.as_str(), reach(uses, from))).collect();
    let reaches = |from: &str, to: &str| reached.get(from).is_some_and(|all| all.contains(to));
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    for from in uses.keys().map(String::as_str).filter(|from| reaches(from, from)) {
        let knot: BTreeSet<&str> = reached[from].iter().copied().filter(|to| reaches(to, from)).collect();
        if seen.insert(knot.clone()) {
            let circle = knot.iter().filter_map(|start| shortest(uses, start)).min_by_key(Vec::len);
            found.extend(circle.map(|circle| finding(uses, &knot, &circle)));
        }
    }
    found
}

/// What a capability uses, and what that uses, and so on.
fn reach<'a>(uses: &'a Uses<'_>, from: &'a str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(next) = open.pop() {
        let used = uses.get(next).into_iter().flat_map(BTreeMap::keys).map(String::as_str);
        open.extend(used.filter(|name| reached.insert(*name)));
    }
    reached
}

/// The shortest way from a capability back to itself, which stands at both ends.
fn shortest<'a>(uses: &'a Uses<'_>, start: &'a str) -> Option<Vec<&'a str>> {
    let mut seen = BTreeSet::new();
    let mut open = VecDeque::from([vec![start]]);
    while let Some(way) = open.pop_front() {
        for next in uses.get(*way.last()?).into_iter().flat_map(BTreeMap::keys) {
            let longer = [way.as_slice(), &[next.as_str()]].concat();
            if next == start {
                return Some(longer);
            }
            if seen.insert(next.as_str()) {
                open.push_back(longer);
            }
        }
    }
    None
}

fn finding(uses: &Uses<'_>, knot: &BTreeSet<&str>, circle: &[&str]) -> Finding {
    let places: Vec<(&Place<'_>, &str)> = circle.windows(2).map(|pair| (&uses[pair[0]][pair[1]], pair[1])).collect();
    let named: Vec<String> = places.iter().map(|(at, name)| format!("{}:{} names {name}", at.place, at.line)).collect();
    let others: Vec<&str> = knot.iter().copied().filter(|name| !circle.contains(name)).collect();
    let hang = if others.is_empty() { String::new() } else { format!("; in the same knot: {}", others.join(", ")) };
    let text = format!("{} is a circle: {}; {WAY_OUT}{hang}", circle.join(" → "), named.join(", "));
    Finding::new(&places[0].0.rust.path, places[0].0.line, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The findings in a crate of these files below `crates/slices/sales/src/`.
    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<(String, &str)> =
            files.iter().map(|(place, text)| (format!("crates/slices/sales/src/{place}"), *text)).collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
        check(&Project::of(&files)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_circle_of_two_is_told_with_its_places() {
        let found = found(&[
            ("offers/mod.rs", "mod actions;"),
            ("offers/actions.rs", "use kernel::Ctx;\nuse crate::requests;"),
            ("requests/mod.rs", "pub fn ask() {\n    crate::offers::make();\n}"),
            ("desk.rs", "use crate::{offers, requests};"),
        ]);
        let text = "crates/slices/sales/src/offers/actions.rs:2: offers → requests → offers is a circle: \
                    offers/actions.rs:2 names requests, requests/mod.rs:2 names offers; move what both need into a \
                    capability below them, pass it in as a value, or tell it by an event";
        assert_eq!(found, [text]);
    }

    #[test]
    fn of_a_knot_the_shortest_circle_is_told() {
        let long = found(&[
            ("a.rs", "use crate::b;"),
            ("b.rs", "use crate::{c, d};"),
            ("c.rs", "use crate::a;"),
            ("d.rs", "use crate::c;"),
        ]);
        assert_eq!(long.len(), 1);
        assert!(long[0].contains("a → b → c → a is a circle: a.rs:1 names b, b.rs:1 names c, c.rs:1 names a;"));
        assert!(long[0].ends_with("; in the same knot: d"), "{long:?}");
        let short = found(&[("a.rs", "use crate::{b, c};"), ("b.rs", "use crate::c;"), ("c.rs", "use crate::a;")]);
        assert_eq!(short.len(), 1);
        assert!(short[0].contains("a → c → a is a circle:"), "{short:?}");
    }

    #[test]
    fn super_counts_where_it_leads_to_the_root() {
        let other = ("b.rs", "use crate::a;");
        let from = |place: &str, text: &str| found(&[(place, text), other]).len();
        assert_eq!(from("a.rs", "use super::b;"), 1);
        assert_eq!(from("a/mod.rs", "use super::b;"), 1);
        assert_eq!(from("a/deep.rs", "use super::b;"), 0);
        assert_eq!(from("a/deep.rs", "use super::super::b::c;"), 1);
        assert_eq!(from("a/deep/mod.rs", "use super::{own, super::b};"), 1);
        assert_eq!(from("a.rs", "mod inner { use super::super::b; }"), 1);
        assert_eq!(from("a.rs", "mod inner { use super::b; }"), 0);
        assert_eq!(from("a.rs", "pub(super) fn b() { self::b() }"), 0);
    }

    #[test]
    fn braces_and_bodies_of_macros_are_read() {
        let other = ("b.rs", "use crate::a;");
        let from = |text: &str| found(&[("a.rs", text), other]).len();
        assert_eq!(from("use crate::{a::own, b::{c, d}};"), 1);
        assert_eq!(from("use crate::{a::{b, c}, d as b};"), 0);
        assert_eq!(from("fn a() { assert!(matches!(x, crate::b::X)); }"), 1);
        assert_eq!(from("macro_rules! made { () => { $crate::b::X } }"), 1);
        assert_eq!(from("pub(crate) struct A { b: crate::b::B }"), 1);
        assert_eq!(from("/// See [`crate::b::B`].\npub(crate) struct A; // crate::b"), 0);
        assert_eq!(from("use other::b; fn a() { b::c(); }"), 0);
    }

    #[test]
    fn what_the_root_hands_on_comes_from_a_capability() {
        let from = |root: &str| {
            found(&[
                ("lib.rs", root),
                ("offers.rs", "use crate::Request;"),
                ("requests.rs", "use crate::offers;\npub struct Request;"),
            ])
            .len()
        };
        assert_eq!(from("mod offers;\nmod requests;\npub use requests::{Other, Request};"), 1);
        assert_eq!(from("mod offers;\nmod requests;\npub use crate::requests::Ask as Request;"), 1);
        assert_eq!(from("mod offers;\nmod requests;\npub use requests::*;"), 1);
        assert_eq!(from("mod offers;\nmod requests;\npub use requests::*;\npub use kernel::*;"), 1);
        assert_eq!(from("mod offers;\nmod requests;\npub struct Request;"), 0);
        assert_eq!(from("mod offers;\nmod requests;\npub use requests::*;\npub struct Request;"), 0);
        assert_eq!(from("mod offers;\nmod requests;\npub use kernel::Request;"), 0);
    }

    #[test]
    fn tests_may_look_at_everything() {
        let other = ("b.rs", "use crate::a;");
        assert_eq!(found(&[("a/tests.rs", "use crate::b;"), other]).len(), 0);
        assert_eq!(found(&[("a/tests/all.rs", "use crate::b;"), other]).len(), 0);
        let inside = "#[cfg(test)]\nmod tests {\n    use crate::b;\n}\n#[cfg(test)]\nuse crate::b;";
        assert_eq!(found(&[("a.rs", inside), other]).len(), 0);
        assert_eq!(found(&[("a.rs", &format!("{inside}\nuse crate::b;")), other]).len(), 1);
        let world = ("a/world.rs", "use crate::b;");
        assert_eq!(found(&[("a/mod.rs", "#[cfg(test)]\nmod world;"), world, other]).len(), 0);
        assert_eq!(found(&[("a/mod.rs", "mod world;"), world, other]).len(), 1);
    }
}
