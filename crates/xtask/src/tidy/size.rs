//! Budgets of size. What separates pleasant trees from others is the tail, so the tail is what is limited.

use syn::spanned::Spanned as _;
use syn::visit::Visit;

use super::ratchet::Overrun;
use super::{Finding, Project, Rust};

const FILE_LINES_MAX: usize = 500;
const TEMPLATE_LINES_MAX: usize = 150;
const FUNCTION_LINES_MAX: usize = 70;
const PARAMETERS_MAX: usize = 7;

/// Everything larger than its budget.
pub fn overruns(project: &Project) -> Vec<Overrun> {
    let mut all = Vec::new();
    for file in &project.files {
        let lines = file.text.lines().count();
        let (kind, max) = match file.ending() {
            "rs" | "ts" | "mjs" | "css" => ("file", FILE_LINES_MAX),
            "html" if file.path.starts_with("crates/") => ("template", TEMPLATE_LINES_MAX),
            _ => continue,
        };
        if lines > max {
            let finding = Finding::new(&file.path, 0, format!("{lines} lines; a {kind} has at most {max}"));
            all.push(Overrun { key: format!("{kind} {}", file.path), value: lines, finding });
        }
    }
    for rust in project.rust.iter().filter(|rust| !rust.is_test()) {
        let mut functions = Functions { file: rust, overruns: &mut all };
        functions.visit_file(&rust.syntax);
    }
    all
}

/// Walks over functions; tests are left out, since a table of cases may be long.
struct Functions<'a> {
    file: &'a Rust,
    overruns: &'a mut Vec<Overrun>,
}

impl Functions<'_> {
    fn measure(&mut self, signature: &syn::Signature, end: proc_macro2::Span) {
        let start = signature.span().start().line;
        let lines = end.end().line + 1 - start;
        let name = signature.ident.to_string();
        let parameters = signature.inputs.iter().filter(|i| matches!(i, syn::FnArg::Typed(_))).count();
        let path = &self.file.path;
        let mut note = |kind: &str, value: usize, text: String| {
            let finding = Finding::new(path, start, text);
            self.overruns.push(Overrun { key: format!("{kind} {path} {name}"), value, finding });
        };
        if lines > FUNCTION_LINES_MAX {
            note("function", lines, format!("fn {name} has {lines} lines; at most {FUNCTION_LINES_MAX}"));
        }
        if parameters > PARAMETERS_MAX {
            note("parameters", parameters, format!("fn {name} has {parameters} parameters; at most {PARAMETERS_MAX}"));
        }
    }
}

/// Whether attributes mark a test or a module of tests.
pub fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let is_test = attribute.path().segments.last().is_some_and(|s| s.ident == "test");
        let is_cfg = attribute.path().is_ident("cfg");
        is_test || (is_cfg && attribute.parse_args::<syn::Ident>().is_ok_and(|ident| ident == "test"))
    })
}

impl<'ast> Visit<'ast> for Functions<'_> {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !is_test(&module.attrs) {
            syn::visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        if !is_test(&function.attrs) {
            self.measure(&function.sig, function.block.span());
            syn::visit::visit_item_fn(self, function);
        }
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.measure(&function.sig, function.block.span());
        syn::visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        let end = function.default.as_ref().map_or_else(|| function.sig.span(), |block| block.span());
        self.measure(&function.sig, end);
        syn::visit::visit_trait_item_fn(self, function);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(path: &str, text: &str) -> Vec<(String, usize)> {
        overruns(&Project::of(&[(path, text)])).into_iter().map(|o| (o.key, o.value)).collect()
    }

    fn function(name: &str, lines: usize) -> String {
        format!("fn {name}() {{\n{}}}\n", "    x();\n".repeat(lines - 2))
    }

    #[test]
    fn long_functions_are_found_and_tests_left_out() {
        assert_eq!(keys("crates/a/src/lib.rs", &function("fits", 70)), []);
        assert_eq!(
            keys("crates/a/src/lib.rs", &function("long", 71)),
            [("function crates/a/src/lib.rs long".into(), 71)]
        );
        assert_eq!(keys("crates/a/src/lib.rs", &format!("#[test]\n{}", function("long", 90))), []);
        assert_eq!(keys("crates/a/src/lib.rs", &format!("#[cfg(test)]\nmod tests {{\n{}}}", function("long", 90))), []);
        assert_eq!(keys("crates/a/tests/all.rs", &function("long", 90)), []);
        let method = format!("impl A {{\n{}}}", function("long", 80));
        assert_eq!(keys("crates/a/src/lib.rs", &method), [("function crates/a/src/lib.rs long".into(), 80)]);
    }

    #[test]
    fn parameters_are_counted_without_the_receiver() {
        let text = "impl A { fn seven(&self, a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8) {} }
                    fn eight(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8, h: u8) {}";
        assert_eq!(keys("crates/a/src/lib.rs", text), [("parameters crates/a/src/lib.rs eight".into(), 8)]);
    }

    #[test]
    fn long_files_are_found() {
        assert_eq!(keys("crates/a/src/lib.rs", &"\n".repeat(501)), [("file crates/a/src/lib.rs".into(), 501)]);
        assert_eq!(
            keys("crates/a/src/page.html", &"\n".repeat(151)),
            [("template crates/a/src/page.html".into(), 151)]
        );
        assert_eq!(keys("docs/long.md", &"\n".repeat(900)), []);
    }
}
