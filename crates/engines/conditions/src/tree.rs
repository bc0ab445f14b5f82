//! A condition as a tree, and what it comes to in a case.

use std::cmp::Ordering;

use crate::schema::{Literal, Value};

/// What a condition comes to in a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It holds.
    Yes,
    /// It does not hold.
    No,
    /// That depends on this field, whose value is unknown. Where several do, the first in the text. Callers treat it as
    /// not matching where they grant something.
    Unknown(&'static str),
}

/// A condition as a tree. `All` and `Any` are flat: none of their children is of the same sort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    Constant(bool),
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Test(Test),
}

/// A question to one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Test {
    pub field: Operand,
    pub check: Check,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Operand {
    pub slot: usize,
    pub name: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Check {
    Known,
    Compare(Comparison, Literal),
    CompareField(Comparison, Operand),
    OneOf(Vec<Literal>),
    StartsWith(String),
    EndsWith(String),
    Contains(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Less,
    AtMost,
    More,
    AtLeast,
}

impl Comparison {
    fn holds(self, ordering: Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::NotEqual => ordering.is_ne(),
            Self::Less => ordering.is_lt(),
            Self::AtMost => ordering.is_le(),
            Self::More => ordering.is_gt(),
            Self::AtLeast => ordering.is_ge(),
        }
    }
}

impl Node {
    pub fn answer(&self, facts: &[Value<'_>]) -> Answer {
        match self {
            Self::Constant(true) => Answer::Yes,
            Self::Constant(false) => Answer::No,
            Self::Test(test) => test.answer(facts),
            Self::Not(node) => match node.answer(facts) {
                Answer::Yes => Answer::No,
                Answer::No => Answer::Yes,
                unknown => unknown,
            },
            Self::All(nodes) => gather(nodes, facts, Answer::No, Answer::Yes),
            Self::Any(nodes) => gather(nodes, facts, Answer::Yes, Answer::No),
        }
    }

    /// Calls `look` with every test, in the order of the text.
    fn tests<'a>(&'a self, look: &mut impl FnMut(&'a Test)) {
        match self {
            Self::Constant(_) => {}
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().for_each(|node| node.tests(look)),
            Self::Not(node) => node.tests(look),
            Self::Test(test) => look(test),
        }
    }

    /// Calls `look` with every field, in the order of the text.
    pub fn visit(&self, look: &mut impl FnMut(Operand)) {
        self.tests(&mut |test| {
            look(test.field);
            if let Check::CompareField(_, other) = test.check {
                look(other);
            }
        });
    }

    /// Gathers the texts with which a field is compared as a whole, in the order of the text.
    pub fn texts<'a>(&'a self, field: &str, found: &mut Vec<&'a str>) {
        let text = |literal: &'a Literal| match literal {
            Literal::Text(text) => Some(text.as_str()),
            _ => None,
        };
        self.tests(&mut |test| match &test.check {
            _ if test.field.name != field => {}
            Check::Compare(_, literal) => found.extend(text(literal)),
            Check::OneOf(literals) => found.extend(literals.iter().filter_map(text)),
            _ => {}
        });
    }
}

/// `decisive` when one of `nodes` says so, else the first unknown, else `otherwise`.
fn gather(nodes: &[Node], facts: &[Value<'_>], decisive: Answer, otherwise: Answer) -> Answer {
    let mut answer = otherwise;
    for node in nodes {
        match node.answer(facts) {
            Answer::Unknown(name) if !matches!(answer, Answer::Unknown(_)) => answer = Answer::Unknown(name),
            Answer::Unknown(_) => {}
            found if found == decisive => return decisive,
            _ => {}
        }
    }
    answer
}

impl Test {
    fn answer(&self, facts: &[Value<'_>]) -> Answer {
        let value = self.field.value(facts);
        if let Check::CompareField(comparison, other) = &self.check {
            let blamed = if value == Value::Unknown { self.field } else { *other };
            return answered(compare(value, other.value(facts)).map(|found| comparison.holds(found)), blamed);
        }
        answered(self.check.of(value), self.field)
    }
}

fn answered(found: Option<bool>, blamed: Operand) -> Answer {
    match found {
        Some(true) => Answer::Yes,
        Some(false) => Answer::No,
        None => Answer::Unknown(blamed.name),
    }
}

impl Operand {
    fn value<'a>(self, facts: &[Value<'a>]) -> Value<'a> {
        facts.get(self.slot).copied().unwrap_or_default()
    }
}

impl Check {
    /// Whether `value` passes; `None` where that is unknown.
    pub fn of(&self, value: Value<'_>) -> Option<bool> {
        match (self, value) {
            (Self::Known, _) => Some(value != Value::Unknown),
            (Self::Compare(comparison, literal), _) => {
                compare(value, literal.value()).map(|found| comparison.holds(found))
            }
            (Self::OneOf(literals), _) => one_of(literals, value),
            (Self::StartsWith(part), Value::Text(text)) => Some(text.starts_with(part.as_str())),
            (Self::EndsWith(part), Value::Text(text)) => Some(text.ends_with(part.as_str())),
            (Self::Contains(part), Value::Text(text)) => Some(text.contains(part.as_str())),
            _ => None,
        }
    }
}

fn one_of(literals: &[Literal], value: Value<'_>) -> Option<bool> {
    if value == Value::Unknown {
        return None;
    }
    let mut comparable = literals.is_empty();
    for literal in literals {
        match compare(value, literal.value()) {
            Some(Ordering::Equal) => return Some(true),
            found => comparable |= found.is_some(),
        }
    }
    comparable.then_some(false)
}

fn compare(left: Value<'_>, right: Value<'_>) -> Option<Ordering> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => Some(left.cmp(&right)),
        (Value::Text(left), Value::Text(right)) => Some(left.cmp(right)),
        (Value::Flag(left), Value::Flag(right)) => Some(left.cmp(&right)),
        _ => None,
    }
}
