//! Rules that look at single words of Rust: floats near money, branches on the engine, input and output where none may be.

use proc_macro2::{TokenStream, TokenTree};

use super::ratchet::Overrun;
use super::{Finding, Project, Rust};

/// How often code outside `platform/db` may ask which engine it runs on.
const ENGINE_BRANCHES_MAX: usize = 5;

/// Calls `look` with every token of a stream, groups entered, as a slice and a position in it.
pub fn walk(stream: TokenStream, look: &mut impl FnMut(&[TokenTree], usize)) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    for index in 0..tokens.len() {
        look(&tokens, index);
        if let TokenTree::Group(group) = &tokens[index] {
            walk(group.stream(), look);
        }
    }
}

fn line(token: &TokenTree) -> usize {
    token.span().start().line
}

/// Floats in kernel, engines and slices, tests apart. A file or a line may have them with a comment `floats: why`.
pub fn floats(project: &Project) -> Vec<Overrun> {
    let near_money = |path: &str| {
        let inside = ["crates/kernel/", "crates/engines/", "crates/slices/"].iter().any(|p| path.starts_with(p));
        // Drawings are geometry; no money comes near them.
        inside && !path.starts_with("crates/engines/drawing/")
    };
    let mut all = Vec::new();
    for rust in project.rust.iter().filter(|rust| near_money(&rust.path) && !rust.is_test()) {
        let lines = float_lines(rust);
        if let Some(first) = lines.first() {
            let text = "a float near money: use integers, or say why not in a comment `floats: …` on the line or in the file's head";
            let finding = Finding::new(&rust.path, *first, text);
            all.push(Overrun { key: format!("floats {}", rust.path), value: lines.len(), finding });
        }
    }
    all
}

fn float_lines(rust: &Rust) -> Vec<usize> {
    let source: Vec<&str> = rust.text.lines().collect();
    let allowed_in_file = source.iter().any(|line| line.starts_with("//! floats:"));
    let says_why = |line: usize| source.get(line.wrapping_sub(1)).is_some_and(|text| text.contains("// floats:"));
    let mut lines = Vec::new();
    if allowed_in_file {
        return lines;
    }
    walk(rust.tokens(), &mut |tokens, index| {
        if is_float(tokens, index) {
            lines.push(line(&tokens[index]));
        }
    });
    lines.retain(|line| !says_why(*line) && !says_why(line - 1));
    lines.dedup();
    lines
}

fn is_float(tokens: &[TokenTree], index: usize) -> bool {
    match &tokens[index] {
        TokenTree::Ident(ident) => ident == "f32" || ident == "f64",
        TokenTree::Literal(literal) => {
            // `pair.0.1` is read as a dot and the literal `0.1`.
            let after_dot = index > 0 && matches!(&tokens[index - 1], TokenTree::Punct(p) if p.as_char() == '.');
            !after_dot && matches!(syn::Lit::new(literal.clone()), syn::Lit::Float(_))
        }
        _ => false,
    }
}

/// The tokens as a path `a::b`, when they are one here.
fn path_of_two(tokens: &[TokenTree], index: usize) -> Option<(&proc_macro2::Ident, &proc_macro2::Ident)> {
    match tokens.get(index..index + 4)? {
        [TokenTree::Ident(a), TokenTree::Punct(p), TokenTree::Punct(q), TokenTree::Ident(b)]
            if p.as_char() == ':' && q.as_char() == ':' =>
        {
            Some((a, b))
        }
        _ => None,
    }
}

/// Code that does one thing on SQLite and another on PostgreSQL. A few places may; many would be two programs.
pub fn engine_branches(project: &Project) -> Vec<Finding> {
    let mut found = Vec::new();
    let own = |rust: &&Rust| {
        // Tests and the bench name an engine to start on it, not to ask which it is.
        let elsewhere = ["crates/platform/db/", "crates/bench/", "tests/"].iter().any(|p| rust.path.starts_with(p));
        !elsewhere && !rust.is_test()
    };
    for rust in project.rust.iter().filter(own) {
        walk(rust.tokens(), &mut |tokens, index| {
            if let Some((a, b)) = path_of_two(tokens, index)
                && a == "Engine"
                && (b == "Sqlite" || b == "Postgres")
            {
                found.push(Finding::new(&rust.path, line(&tokens[index]), "asks which engine it runs on"));
            }
        });
    }
    if found.len() <= ENGINE_BRANCHES_MAX {
        return Vec::new();
    }
    let text = format!("{} places ask which engine they run on; at most {ENGINE_BRANCHES_MAX}", found.len());
    found.insert(0, Finding::new("crates", 0, text));
    found
}

/// Kernel and engines are functions over values: no files, sockets, threads, clocks, tasks.
pub fn io_in_pure_crates(project: &Project) -> Vec<Finding> {
    const MODULES: &[&str] = &["fs", "net", "process", "thread", "env", "io"];
    let mut found = Vec::new();
    let pure = |rust: &&Rust| {
        let inside = rust.path.starts_with("crates/kernel/src/") || rust.path.starts_with("crates/engines/");
        inside && !rust.is_test()
    };
    for rust in project.rust.iter().filter(pure) {
        walk(rust.tokens(), &mut |tokens, index| {
            let here = line(&tokens[index]);
            if matches!(&tokens[index], TokenTree::Ident(i) if i == "async") {
                found.push(Finding::new(&rust.path, here, "kernel and engines are not async"));
            }
            if let Some((a, b)) = path_of_two(tokens, index)
                && a == "std"
                && MODULES.iter().any(|m| b == m)
            {
                found.push(Finding::new(
                    &rust.path,
                    here,
                    format!("kernel and engines do no input or output: std::{b}"),
                ));
            }
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn float_count(text: &str) -> usize {
        floats(&Project::of(&[("crates/engines/a/src/lib.rs", text)])).first().map_or(0, |o| o.value)
    }

    #[test]
    fn floats_are_found_where_they_matter() {
        assert_eq!(float_count("fn a(x: f64) -> u8 { 0 }"), 1);
        assert_eq!(float_count("fn a() { assert!(b() > 0.5); }"), 1);
        assert_eq!(float_count("fn a(p: ((u8, u8), u8)) -> u8 { p.0.1 }"), 0);
        assert_eq!(float_count("fn a() -> &'static str { \"f64 0.5\" } // f64"), 0);
        assert_eq!(float_count("// floats: a share for a chart\nfn a(x: f64) {}"), 0);
        assert_eq!(float_count("fn a(x: f64) {} // floats: a share for a chart"), 0);
        assert_eq!(float_count("//! floats: geometry\n\nfn a(x: f64) {}\nfn b(y: f64) {}"), 0);
        assert!(floats(&Project::of(&[("crates/platform/search/src/lib.rs", "fn a(x: f64) {}")])).is_empty());
    }

    #[test]
    fn branches_on_the_engine_have_a_budget() {
        let branch = "fn a() { match e { Engine::Sqlite => 1, Engine::Postgres => 2 } }";
        let in_slices = |n: usize| vec![("crates/slices/a/src/store.rs", branch); n];
        assert_eq!(engine_branches(&Project::of(&in_slices(2))).len(), 0);
        assert_eq!(engine_branches(&Project::of(&in_slices(3))).len(), 7);
        assert_eq!(engine_branches(&Project::of(&[("crates/platform/db/src/lib.rs", branch); 9])).len(), 0);
    }

    #[test]
    fn engines_do_no_input_or_output() {
        let text = "use std::fs;\nasync fn a() {}\nuse std::fmt;";
        let lines =
            |path: &str| io_in_pure_crates(&Project::of(&[(path, text)])).iter().map(|f| f.line).collect::<Vec<_>>();
        assert_eq!(lines("crates/engines/a/src/lib.rs"), [1, 2]);
        assert_eq!(lines("crates/platform/mail/src/lib.rs"), [] as [usize; 0]);
    }
}
