//! Where SQL may stand, and words that only one engine knows. That every statement is understood by both engines is
//! checked by the test `sql` of the package `kontor-tests`.

use proc_macro2::TokenTree;
use syn::visit::Visit;

use super::words::contains_word;
use super::{Finding, Project, Rust, tokens};

/// Words that one of the engines does not know, or that would depend on the order of columns.
const FORBIDDEN: &[&str] = &[
    "NOW(",
    "ILIKE",
    "FOR UPDATE",
    "ANY(",
    "GREATEST(",
    "LEAST(",
    "INSERT OR REPLACE",
    "RETURNING *",
    "CURRENT_TIMESTAMP",
];

/// Both rules.
pub fn check(project: &Project) -> Vec<Finding> {
    let mut found = Vec::new();
    for rust in project.rust.iter().filter(|rust| !rust.path.starts_with("crates/xtask/")) {
        let mut statements = Statements::default();
        statements.visit_file(&rust.syntax);
        let may = may_hold_sql(rust);
        for (line, text) in &statements.0 {
            if !may {
                found.push(Finding::new(&rust.path, *line, "SQL stands only in store.rs and queries.rs"));
            }
            found.extend(
                forbidden(text).map(|word| Finding::new(&rust.path, *line, format!("one engine does not know {word}"))),
            );
        }
        for (line, text) in literals(rust) {
            let is_statement = statements.0.iter().any(|(_, statement)| *statement == text);
            if is_statement || !looks_like_sql(&text) {
                continue;
            }
            if !may {
                found.push(Finding::new(&rust.path, line, "SQL stands only in store.rs and queries.rs"));
            }
            found.extend(
                forbidden(&text).map(|word| Finding::new(&rust.path, line, format!("one engine does not know {word}"))),
            );
        }
    }
    found
}

fn may_hold_sql(rust: &Rust) -> bool {
    let mut parts = rust.path.split('/');
    let named = parts.any(|part| matches!(part, "store.rs" | "queries.rs" | "store" | "queries"));
    named || rust.is_test() || rust.path.starts_with("crates/platform/db/")
}

fn forbidden(text: &str) -> impl Iterator<Item = &'static str> {
    let upper = text.to_uppercase();
    FORBIDDEN.iter().copied().filter(move |word| contains_word(&upper, word))
}

/// Whether a text begins as a statement does. Statements are written in capitals here, sentences are not.
fn looks_like_sql(text: &str) -> bool {
    let text = text.trim_start();
    let starts = |word: &str| text.starts_with(word);
    starts("SELECT ")
        || starts("INSERT INTO ")
        || starts("DELETE FROM ")
        || (starts("UPDATE ") && text.contains(" SET "))
        || (starts("WITH ") && text.contains(" AS ("))
}

/// The texts in `sql!`, with their lines.
#[derive(Default)]
struct Statements(Vec<(usize, String)>);

impl<'ast> Visit<'ast> for Statements {
    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        if call.path.segments.last().is_some_and(|s| s.ident == "sql") {
            let all = call.tokens.clone().into_iter().filter_map(string);
            self.0.extend(all);
        }
    }
}

/// All string literals of a file.
fn literals(rust: &Rust) -> Vec<(usize, String)> {
    let mut all = Vec::new();
    tokens::walk(rust.tokens(), &mut |tokens, index| all.extend(string(tokens[index].clone())));
    all
}

fn string(token: TokenTree) -> Option<(usize, String)> {
    let TokenTree::Literal(literal) = token else { return None };
    let line = literal.span().start().line;
    match syn::Lit::new(literal) {
        syn::Lit::Str(text) => Some((line, text.value())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(path: &str, text: &str) -> Vec<String> {
        check(&Project::of(&[(path, text)])).into_iter().map(|f| f.text).collect()
    }

    #[test]
    fn statements_stand_in_their_files() {
        let text = r#"db::sql! { A = "SELECT id FROM product"; B = "SELECT sku FROM product" }"#;
        assert_eq!(texts("crates/slices/catalog/src/products/store.rs", text).len(), 0);
        assert_eq!(texts("crates/slices/catalog/src/products/queries/facets.rs", text).len(), 0);
        assert_eq!(texts("crates/slices/catalog/src/products/pages.rs", text).len(), 2);
        assert_eq!(texts("crates/slices/catalog/src/products/tests.rs", text).len(), 0);
        let bare = r#"async fn a(tx: T) { tx.all("SELECT id FROM product", vec![]).await; }"#;
        assert_eq!(texts("crates/slices/catalog/src/products/pages.rs", bare).len(), 1);
        let sentence = r#"fn a() -> &'static str { "Select one of these with FROM" }"#;
        assert_eq!(texts("crates/slices/catalog/src/products/pages.rs", sentence).len(), 0);
    }

    #[test]
    fn words_of_one_engine_are_found() {
        let with = |sql: &str| texts("crates/slices/a/src/store.rs", &format!("sql! {{ A = \"{sql}\" }}"));
        assert_eq!(with("SELECT now()"), ["one engine does not know NOW("]);
        assert_eq!(with("SELECT id FROM a WHERE name ILIKE $1 FOR UPDATE").len(), 2);
        assert_eq!(with("INSERT INTO company(id) VALUES ($1)").len(), 0);
        assert_eq!(with("UPDATE a SET b = 1 RETURNING *").len(), 1);
        assert_eq!(with("UPDATE a SET b = 1 RETURNING id").len(), 0);
    }
}
