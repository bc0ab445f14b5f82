//! From text to tree: the guard, the parser of the `cel` crate, and our checker, which knows fields and kinds.

use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue, SourceInfo, operators};
use cel::parser::{ParseErrors, Parser};

use crate::error::{ErrorCode, Problem, nearest};
use crate::scan::{Lexeme, Token, byte_of_line, guarded, syntax, unsupported};
use crate::schema::{Field, Kind, Literal, Schema};
use crate::tree::{Check, Comparison, Node, Operand, Test};

/// The tree of `text`.
pub(crate) fn parse(text: &str, schema: &Schema) -> Result<Node, Problem> {
    let tokens = guarded(text)?;
    // One mistake is shown at a time, so that the parser need not recover from it.
    let parser = Parser::new().error_recovery_limit(1);
    let (tree, source) = parser.parse_with_source_info(text).map_err(|errors| first(text, &tokens, &errors))?;
    Checker { text, tokens: &tokens, source: &source, schema }.condition(&tree)
}

/// The first place that the parser complains of.
fn first(text: &str, tokens: &[Token], errors: &ParseErrors) -> Problem {
    let places = errors.errors.iter().filter_map(|error| {
        let (line, column) = (usize::try_from(error.pos.0).ok()?, usize::try_from(error.pos.1).ok()?);
        (line > 0).then(|| byte_of_line(text, line, column))
    });
    let at = places.min().unwrap_or(text.len());
    // The parser puts an end that comes too soon behind the last blank; a person looks behind the last word.
    match tokens.iter().find(|token| token.end > at) {
        Some(token) => syntax(token.start, token.of(text)),
        None => syntax(text.len(), ""),
    }
}

struct Checker<'a> {
    text: &'a str,
    tokens: &'a [Token],
    source: &'a SourceInfo,
    schema: &'a Schema,
}

/// One side of a comparison.
enum Term<'a> {
    Field(&'a Field, Operand),
    Literal(Literal),
}

impl<'a> Checker<'a> {
    fn condition(&self, tree: &IdedExpr) -> Result<Node, Problem> {
        match &tree.expr {
            Expr::Literal(LiteralValue::Boolean(flag)) => Ok(Node::Constant(*flag.inner())),
            Expr::Select(select) if select.test => {
                let (_, field) =
                    self.field_at(&self.path(&select.operand, &select.field)?, self.start(&select.operand))?;
                Ok(Node::Test(Test { field, check: Check::Known }))
            }
            Expr::Call(call) => self.call(tree, call),
            _ => self.flag(tree),
        }
    }

    /// A field or literal where a condition stands: only a flag is one. Behind every other field a comparison is missing.
    fn flag(&self, tree: &IdedExpr) -> Result<Node, Problem> {
        let (found, at) = match self.term(tree)? {
            Term::Field(field, operand) if field.kind == Kind::Flag => {
                let check = Check::Compare(Comparison::Equal, Literal::Flag(true));
                return Ok(Node::Test(Test { field: operand, check }));
            }
            Term::Field(field, _) => (field.kind.code(), self.path_end(tree)),
            Term::Literal(literal) => (literal.kind_code(), self.start(tree)),
        };
        Err(Problem::new(at, ErrorCode::WrongType).with("expected", "condition").with("found", found))
    }

    fn call(&self, tree: &IdedExpr, call: &CallExpr) -> Result<Node, Problem> {
        match (call.func_name.as_str(), &call.target, call.args.as_slice()) {
            (operators::LOGICAL_AND, None, args) => {
                let mut nodes = Vec::new();
                for arg in args {
                    match self.condition(arg)? {
                        Node::All(inner) => nodes.extend(inner),
                        node => nodes.push(node),
                    }
                }
                Ok(Node::All(nodes))
            }
            (operators::LOGICAL_OR, None, args) => {
                let mut nodes = Vec::new();
                for arg in args {
                    match self.condition(arg)? {
                        Node::Any(inner) => nodes.extend(inner),
                        node => nodes.push(node),
                    }
                }
                Ok(Node::Any(nodes))
            }
            (operators::LOGICAL_NOT, None, [arg]) => Ok(Node::Not(Box::new(self.condition(arg)?))),
            (operators::IN, None, [left, right]) => self.one_of(tree, left, right),
            (name, None, [left, right]) => match comparison(name) {
                Some(comparison) => self.compare(tree, comparison, left, right),
                None => Err(self.not_ours(tree)),
            },
            (name, Some(target), args) => self.function(tree, name, target, args),
            _ => Err(self.not_ours(tree)),
        }
    }

    fn compare(
        &self,
        tree: &IdedExpr,
        comparison: Comparison,
        left: &IdedExpr,
        right: &IdedExpr,
    ) -> Result<Node, Problem> {
        let (field, operand, comparison, check, at) = match (self.term(left)?, self.term(right)?) {
            (Term::Field(field, operand), Term::Literal(literal)) => {
                (field, operand, comparison, Err(literal), self.start(right))
            }
            (Term::Literal(literal), Term::Field(field, operand)) => {
                (field, operand, mirrored(comparison), Err(literal), self.start(left))
            }
            (Term::Field(field, operand), Term::Field(other, second)) => {
                (field, operand, comparison, Ok((other, second)), self.start(right))
            }
            (Term::Literal(_), Term::Literal(_)) => return Err(Problem::new(self.start(left), ErrorCode::NoField)),
        };
        let ordered = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        if ordered && matches!(field.kind, Kind::Text | Kind::Flag) {
            return Err(self.wrong_operator(tree, field));
        }
        let check = match check {
            Err(literal) => {
                field.kind.check(&literal, at)?;
                Check::Compare(comparison, literal)
            }
            Ok((other, second)) if other.kind == field.kind => Check::CompareField(comparison, second),
            Ok((other, _)) => {
                let problem = Problem::new(at, ErrorCode::WrongType).with("expected", field.kind.code());
                return Err(problem.with("found", other.kind.code()));
            }
        };
        Ok(Node::Test(Test { field: operand, check }))
    }

    fn one_of(&self, tree: &IdedExpr, left: &IdedExpr, right: &IdedExpr) -> Result<Node, Problem> {
        let Term::Field(field, operand) = self.term(left)? else {
            return Err(Problem::new(self.start(left), ErrorCode::NoField));
        };
        let Expr::List(list) = &right.expr else { return Err(self.not_ours(right)) };
        if field.kind == Kind::Flag {
            return Err(self.wrong_operator(tree, field));
        }
        let mut literals = Vec::with_capacity(list.elements.len());
        for element in &list.elements {
            let Term::Literal(literal) = self.term(element)? else { return Err(self.not_ours(element)) };
            field.kind.check(&literal, self.start(element))?;
            literals.push(literal);
        }
        Ok(Node::Test(Test { field: operand, check: Check::OneOf(literals) }))
    }

    /// `field.startsWith('text')` and its like. The guard let no other function pass.
    fn function(&self, tree: &IdedExpr, name: &str, target: &IdedExpr, args: &[IdedExpr]) -> Result<Node, Problem> {
        let Term::Field(field, operand) = self.term(target)? else {
            return Err(Problem::new(self.start(target), ErrorCode::NoField));
        };
        if field.kind != Kind::Text {
            let problem = Problem::new(self.token_before(tree).start, ErrorCode::WrongOperator).with("operator", name);
            return Err(problem.with("kind", field.kind.code()));
        }
        let [arg] = args else { return Err(self.not_ours(args.get(1).unwrap_or(tree))) };
        let Term::Literal(literal) = self.term(arg)? else { return Err(self.not_ours(arg)) };
        Kind::Text.check(&literal, self.start(arg))?;
        let check = match (name, literal) {
            ("startsWith", Literal::Text(part)) => Check::StartsWith(part),
            ("endsWith", Literal::Text(part)) => Check::EndsWith(part),
            ("contains", Literal::Text(part)) => Check::Contains(part),
            _ => return Err(self.not_ours(tree)),
        };
        Ok(Node::Test(Test { field: operand, check }))
    }

    fn term(&self, tree: &IdedExpr) -> Result<Term<'a>, Problem> {
        let literal = match &tree.expr {
            Expr::Literal(LiteralValue::Boolean(flag)) => Literal::Flag(*flag.inner()),
            Expr::Literal(LiteralValue::String(text)) => Literal::Text(text.inner().to_owned()),
            Expr::Literal(LiteralValue::Int(_) | LiteralValue::Double(_)) => match self.token(tree).lexeme {
                Lexeme::Number(micros) => Literal::Number(micros),
                _ => return Err(self.not_ours(tree)),
            },
            Expr::Ident(name) => return self.field(name, self.start(tree)),
            Expr::Select(select) if !select.test => {
                return self.field(&self.path(&select.operand, &select.field)?, self.start(tree));
            }
            _ => return Err(self.not_ours(tree)),
        };
        Ok(Term::Literal(literal))
    }

    fn field(&self, path: &str, at: usize) -> Result<Term<'a>, Problem> {
        self.field_at(path, at).map(|(field, operand)| Term::Field(field, operand))
    }

    fn field_at(&self, path: &str, at: usize) -> Result<(&'a Field, Operand), Problem> {
        let Some(slot) = self.schema.slot(path) else {
            let nearest = nearest(path, self.schema.fields().iter().map(|field| field.name));
            return Err(Problem::new(at, ErrorCode::UnknownField).with("found", path).with("nearest", nearest));
        };
        let field = &self.schema.fields()[slot];
        Ok((field, Operand { slot, name: field.name }))
    }

    /// The dotted name that `operand` and the word after it spell.
    fn path(&self, operand: &IdedExpr, word: &str) -> Result<String, Problem> {
        match &operand.expr {
            Expr::Ident(name) => Ok(format!("{name}.{word}")),
            Expr::Select(select) if !select.test => {
                Ok(format!("{}.{word}", self.path(&select.operand, &select.field)?))
            }
            _ => Err(self.not_ours(operand)),
        }
    }

    fn wrong_operator(&self, tree: &IdedExpr, field: &Field) -> Problem {
        let token = self.token(tree);
        let problem = Problem::new(token.start, ErrorCode::WrongOperator).with("operator", token.of(self.text));
        problem.with("kind", field.kind.code())
    }

    fn not_ours(&self, tree: &IdedExpr) -> Problem {
        let at = self.start(tree);
        let token = self.tokens.get(self.tokens.partition_point(|token| token.end <= at));
        unsupported(at, token.map_or("", |token| token.of(self.text)))
    }

    /// Where an expression starts: an operator's own place is between its sides.
    fn start(&self, tree: &IdedExpr) -> usize {
        match &tree.expr {
            Expr::Select(select) if select.test => self.token_before(tree).start,
            Expr::Select(select) => self.start(&select.operand),
            Expr::Call(CallExpr { target: Some(target), .. }) => self.start(target),
            Expr::Call(call) if call.args.len() == 2 => self.start(&call.args[0]),
            _ => self.token(tree).start,
        }
    }

    fn token(&self, tree: &IdedExpr) -> Token {
        let at = self.source.offset_for(tree.id).map_or(0, |(start, _)| start as usize);
        let token = self.tokens.get(self.tokens.partition_point(|token| token.end <= at)).or(self.tokens.last());
        token.copied().unwrap_or(Token { lexeme: Lexeme::Comma, start: 0, end: 0 })
    }

    /// Where a path ends: its own place is its last dot.
    fn path_end(&self, tree: &IdedExpr) -> usize {
        let dot = self.token(tree);
        self.tokens.iter().find(|token| token.start > dot.start).map_or(dot.end, |word| word.end)
    }

    /// The name of a function, whose own place is its bracket.
    fn token_before(&self, tree: &IdedExpr) -> Token {
        let bracket = self.token(tree);
        self.tokens.iter().rev().find(|token| token.end <= bracket.start).copied().unwrap_or(bracket)
    }
}

fn comparison(name: &str) -> Option<Comparison> {
    Some(match name {
        operators::EQUALS => Comparison::Equal,
        operators::NOT_EQUALS => Comparison::NotEqual,
        operators::LESS => Comparison::Less,
        operators::LESS_EQUALS => Comparison::AtMost,
        operators::GREATER => Comparison::More,
        operators::GREATER_EQUALS => Comparison::AtLeast,
        _ => return None,
    })
}

/// The comparison with its sides changed.
fn mirrored(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::More,
        Comparison::More => Comparison::Less,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::AtLeast => Comparison::AtMost,
        same => same,
    }
}
