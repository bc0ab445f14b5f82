//! Every SQL statement of the workspace, found in its source, so that all of them can be prepared on both engines.
//!
//! Found are: the texts in `sql!`; what `insert_many(HEAD, TAIL, …)` makes of its parts; `Statement::new(…)` with the
//! fragments that are chained to it. Statements put together over several lines of control flow are only seen in parts;
//! for them the store tests stand, which run on both engines.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proc_macro2::TokenTree;
use syn::visit::Visit;

/// A statement and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// File and line.
    pub place: String,
    /// The text, with `$1`, `$2` … for values.
    pub sql: String,
}

/// All statements of the workspace's crates.
///
/// # Panics
/// When a Rust file cannot be read or parsed.
pub fn all() -> Vec<Found> {
    let root = crate::root();
    let walk = walkdir::WalkDir::new(root.join("crates")).sort_by_file_name();
    let mut found = Vec::new();
    for entry in walk.into_iter().filter_map(Result::ok) {
        let path = entry.path();
        let relative = path.strip_prefix(&root).unwrap_or(path).display().to_string();
        // The adapter's own tests make their own tables.
        let foreign = ["crates/xtask/", "crates/platform/db/tests/"].iter().any(|folder| relative.starts_with(folder));
        if path.extension().is_none_or(|e| e != "rs") || foreign {
            continue;
        }
        let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{relative}: {e}"));
        found.extend(of_file(&relative, &text));
    }
    found
}

/// The statements of one file.
///
/// # Panics
/// When the text is no Rust.
pub fn of_file(path: &str, text: &str) -> Vec<Found> {
    let file = syn::parse_file(text).unwrap_or_else(|e| panic!("{path}:{}: {e}", e.span().start().line));
    let mut named = Named::default();
    named.visit_file(&file);
    let mut composed = Composed { texts: &named.texts, found: Vec::new() };
    composed.visit_file(&file);
    let declared = named.statements.into_iter().filter(|(_, sql)| is_statement(sql) && !ends_with_values(sql));
    let mut all: Vec<(usize, String)> = declared.chain(composed.found).collect();
    all.sort();
    all.dedup();
    all.into_iter().map(|(line, sql)| Found { place: format!("{path}:{line}"), sql }).collect()
}

/// Whether a text is a whole statement and no fragment of one.
fn is_statement(sql: &str) -> bool {
    let first = sql.split_whitespace().next().unwrap_or_default();
    ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "CREATE"].contains(&first)
}

fn ends_with_values(sql: &str) -> bool {
    sql.trim_end().ends_with("VALUES")
}

/// Texts that have a name: those of `sql!` and constants.
#[derive(Default)]
struct Named {
    texts: BTreeMap<String, String>,
    statements: Vec<(usize, String)>,
}

impl<'ast> Visit<'ast> for Named {
    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        if call.path.segments.last().is_none_or(|s| s.ident != "sql") {
            return;
        }
        let mut name = String::new();
        for token in call.tokens.clone() {
            match token {
                TokenTree::Ident(ident) => name = ident.to_string(),
                TokenTree::Literal(literal) => {
                    let line = literal.span().start().line;
                    if let syn::Lit::Str(text) = syn::Lit::new(literal) {
                        self.texts.insert(std::mem::take(&mut name), text.value());
                        self.statements.push((line, text.value()));
                    }
                }
                _ => {}
            }
        }
    }

    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        if let Some(text) = string(&item.expr) {
            self.texts.insert(item.ident.to_string(), text);
        }
        syn::visit::visit_item_const(self, item);
    }
}

fn string(expression: &syn::Expr) -> Option<String> {
    match expression {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}

/// Statements made from parts.
struct Composed<'a> {
    texts: &'a BTreeMap<String, String>,
    found: Vec<(usize, String)>,
}

impl Composed<'_> {
    /// A literal, or a constant of the same file.
    fn text(&self, expression: Option<&syn::Expr>) -> Option<String> {
        let expression = expression?;
        string(expression).or_else(|| match expression {
            syn::Expr::Path(path) => self.texts.get(&path.path.segments.last()?.ident.to_string()).cloned(),
            _ => None,
        })
    }

    /// `insert_many(head, tail, rows)` as the statement for one row.
    fn insert(&self, call: &syn::ExprMethodCall) -> Option<String> {
        let head = self.text(call.args.first())?;
        let tail = self.text(call.args.get(1))?;
        let columns = head.rsplit_once('(')?.1.split_once(')')?.0.split(',').count();
        let values: Vec<String> = (1..=columns).map(|n| format!("${n}")).collect();
        Some(format!("{head} ({}) {tail}", values.join(", ")))
    }

    /// `Statement::new(base)` with the methods called on it, as `platform/db` puts them together.
    fn chain(&self, expression: &syn::Expr) -> Option<Chain> {
        match expression {
            syn::Expr::Call(call) => {
                let syn::Expr::Path(path) = &*call.func else { return None };
                let mut names = path.path.segments.iter().rev().map(|s| s.ident.to_string());
                let is_new = names.next().is_some_and(|n| n == "new") && names.next().is_some_and(|n| n == "Statement");
                is_new.then(|| self.text(call.args.first())).flatten().map(|sql| Chain { sql, ..Chain::default() })
            }
            syn::Expr::MethodCall(call) => {
                let mut chain = self.chain(&call.receiver)?;
                let fragment = self.text(call.args.first());
                match call.method.to_string().as_str() {
                    "then" => chain.then(&fragment?),
                    "filter" | "filter_some" => chain.filter(&fragment?),
                    "filter_in" => chain.filter(&format!("{} IN (?)", fragment?)),
                    _ => return None,
                }
                Some(chain)
            }
            _ => None,
        }
    }
}

#[derive(Default)]
struct Chain {
    sql: String,
    values: usize,
    conditions: usize,
}

impl Chain {
    fn then(&mut self, fragment: &str) {
        self.sql.push(' ');
        for (index, part) in fragment.split('?').enumerate() {
            if index > 0 {
                self.values += 1;
                let _ = write!(self.sql, "${}", self.values);
            }
            self.sql.push_str(part);
        }
    }

    fn filter(&mut self, condition: &str) {
        self.sql.push_str(if self.conditions == 0 { " WHERE" } else { " AND" });
        self.conditions += 1;
        self.then(condition);
    }
}

impl<'ast> Visit<'ast> for Composed<'_> {
    fn visit_expr(&mut self, expression: &'ast syn::Expr) {
        // The outermost call of a chain comes first and holds all of it; its parts are not looked at again.
        if let Some(chain) = self.chain(expression) {
            let line = line_of(expression);
            // An open parenthesis is closed elsewhere, a table is named elsewhere: this is not the whole of it.
            let is_closed = chain.sql.matches('(').count() == chain.sql.matches(')').count();
            let is_whole = is_closed && !chain.sql.trim_end().ends_with("FROM");
            if is_statement(&chain.sql) && is_whole {
                self.found.push((line, chain.sql));
            }
            return;
        }
        syn::visit::visit_expr(self, expression);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        if call.method == "insert_many"
            && let Some(sql) = self.insert(call)
        {
            self.found.push((call.method.span().start().line, sql));
        }
        syn::visit::visit_expr_method_call(self, call);
    }
}

fn line_of(expression: &syn::Expr) -> usize {
    use syn::spanned::Spanned as _;
    expression.span().start().line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        of_file("a.rs", source).into_iter().map(|f| f.sql).collect()
    }

    #[test]
    fn declared_statements_are_found() {
        let source = r#"db::sql! { /// One.
            A = "SELECT a FROM t WHERE b = $1"; B = "ON CONFLICT (a) DO NOTHING"; C = "INSERT INTO t (a, b) VALUES" }"#;
        assert_eq!(texts(source), ["SELECT a FROM t WHERE b = $1"]);
    }

    #[test]
    fn inserts_are_put_together() {
        let source = r#"sql! { HEAD = "INSERT INTO t (a, b) VALUES"; TAIL = "ON CONFLICT (a) DO NOTHING" }
            async fn f(tx: T) { tx.insert_many(HEAD, TAIL, rows).await?; }"#;
        assert_eq!(texts(source), ["INSERT INTO t (a, b) VALUES ($1, $2) ON CONFLICT (a) DO NOTHING"]);
    }

    #[test]
    fn chains_are_put_together() {
        let source = r#"const BASE: &str = "SELECT a FROM t";
            fn f() { list(Statement::new(BASE).filter("a = ? OR b = ?", v).filter_in("c", &x).then("ORDER BY a LIMIT ?", w)); }"#;
        assert_eq!(texts(source), ["SELECT a FROM t WHERE a = $1 OR b = $2 AND c IN ($3) ORDER BY a LIMIT $4"]);
    }

    #[test]
    fn what_is_put_together_elsewhere_is_seen_in_part() {
        let source = r#"fn f() { let s = Statement::new("SELECT a FROM t"); if b { s = s.filter("a = ?", v); } }"#;
        assert_eq!(texts(source), ["SELECT a FROM t"]);
    }
}
