//! Conditions that are picked in a form: rows of field, operator and values, all of which must hold.

use crate::condition::Condition;
use crate::error::{ErrorCode, Problem, nearest};
use crate::operator::Operator;
use crate::scan::LENGTH_MAX;
use crate::schema::{Field, Literal, Schema};
use crate::tree::{Check, Comparison, Node, Test};

/// A row of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The name of the field.
    pub field: String,
    /// What is asked of it.
    pub operator: Operator,
    /// None for `Known` and `Missing`, at least one for `OneOf` and `NoneOf`, otherwise one.
    pub values: Vec<Literal>,
}

/// Rows that must all hold and were checked against a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Simple {
    all: Vec<Row>,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// Which row, counted from 0.
    pub row: usize,
    /// What is wrong.
    pub code: ErrorCode,
    /// Named values for the sentence in the message catalogues.
    pub args: Vec<(&'static str, String)>,
}

impl Simple {
    /// These rows, when each fits the schema and all together fit into a condition. No rows is everyone.
    ///
    /// # Errors
    /// The first row that is wrong: its field, its operator, how many values it has, a value; or the row at which the text
    /// becomes too long.
    pub fn new(all: Vec<Row>, schema: &Schema) -> Result<Self, RowError> {
        let mut length = 0;
        for (row, content) in all.iter().enumerate() {
            check(content, schema).map_err(|problem| RowError { row, code: problem.code, args: problem.args })?;
            length += content.to_text().chars().count() + if row > 0 { 4 } else { 0 };
            if length > LENGTH_MAX {
                return Err(RowError { row, code: ErrorCode::TooLong, args: vec![("max", LENGTH_MAX.to_string())] });
            }
        }
        Ok(Self { all })
    }

    /// The rows of a condition that a form could have written: a conjunction of single tests with literals. `None` for
    /// every other.
    pub fn of(condition: &Condition) -> Option<Self> {
        let all = match condition.root() {
            Node::Constant(true) => Vec::new(),
            Node::All(nodes) => nodes.iter().map(row).collect::<Option<_>>()?,
            node => vec![row(node)?],
        };
        Some(Self { all })
    }

    /// The rows.
    pub fn all(&self) -> &[Row] {
        &self.all
    }

    /// As CEL. [`Simple::of`] reads it back to the same rows.
    pub fn to_text(&self) -> String {
        if self.all.is_empty() {
            return "true".to_owned();
        }
        self.all.iter().map(Row::to_text).collect::<Vec<_>>().join(" && ")
    }
}

fn check(row: &Row, schema: &Schema) -> Result<(), Problem> {
    let Some(field) = schema.field(&row.field) else {
        let nearest = nearest(&row.field, schema.fields().iter().map(|field| field.name));
        let problem = Problem::new(0, ErrorCode::UnknownField).with("found", row.field.as_str());
        return Err(problem.with("nearest", nearest));
    };
    if !field.kind.operators().contains(&row.operator) {
        return Err(unfit(field, row.operator));
    }
    if !row.operator.takes(row.values.len()) {
        return Err(Problem::new(0, ErrorCode::ValueCount));
    }
    row.values.iter().try_for_each(|value| field.kind.check(value, 0))
}

fn unfit(field: &Field, operator: Operator) -> Problem {
    let problem = Problem::new(0, ErrorCode::WrongOperator).with("operator", operator.code());
    problem.with("kind", field.kind.code())
}

impl Row {
    fn to_text(&self) -> String {
        let field = &self.field;
        let values = self.values.iter().map(Literal::to_cel).collect::<Vec<_>>().join(", ");
        match self.operator {
            Operator::Equal => format!("{field} == {values}"),
            Operator::NotEqual => format!("{field} != {values}"),
            Operator::Less => format!("{field} < {values}"),
            Operator::AtMost => format!("{field} <= {values}"),
            Operator::More => format!("{field} > {values}"),
            Operator::AtLeast => format!("{field} >= {values}"),
            Operator::OneOf => format!("{field} in [{values}]"),
            Operator::NoneOf => format!("!({field} in [{values}])"),
            Operator::StartsWith => format!("{field}.startsWith({values})"),
            Operator::EndsWith => format!("{field}.endsWith({values})"),
            Operator::Contains => format!("{field}.contains({values})"),
            Operator::Known => format!("has({field})"),
            Operator::Missing => format!("!has({field})"),
        }
    }
}

/// The row that says what `node` says.
fn row(node: &Node) -> Option<Row> {
    match node {
        Node::Test(test) => positive(test),
        Node::Not(inner) => match &**inner {
            Node::Test(test) => negative(test),
            _ => None,
        },
        _ => None,
    }
}

fn positive(test: &Test) -> Option<Row> {
    let text = |part: &String| vec![Literal::Text(part.clone())];
    let (operator, values) = match &test.check {
        Check::Known => (Operator::Known, Vec::new()),
        Check::Compare(comparison, literal) => (compared(*comparison), vec![literal.clone()]),
        Check::OneOf(literals) if !literals.is_empty() => (Operator::OneOf, literals.clone()),
        Check::StartsWith(part) => (Operator::StartsWith, text(part)),
        Check::EndsWith(part) => (Operator::EndsWith, text(part)),
        Check::Contains(part) => (Operator::Contains, text(part)),
        Check::OneOf(_) | Check::CompareField(..) => return None,
    };
    Some(Row { field: test.field.name.to_owned(), operator, values })
}

fn negative(test: &Test) -> Option<Row> {
    let (operator, values) = match &test.check {
        Check::Known => (Operator::Missing, Vec::new()),
        Check::OneOf(literals) if !literals.is_empty() => (Operator::NoneOf, literals.clone()),
        // `!customer.blocked`
        Check::Compare(Comparison::Equal, Literal::Flag(flag)) => (Operator::Equal, vec![Literal::Flag(!flag)]),
        _ => return None,
    };
    Some(Row { field: test.field.name.to_owned(), operator, values })
}

fn compared(comparison: Comparison) -> Operator {
    match comparison {
        Comparison::Equal => Operator::Equal,
        Comparison::NotEqual => Operator::NotEqual,
        Comparison::Less => Operator::Less,
        Comparison::AtMost => Operator::AtMost,
        Comparison::More => Operator::More,
        Comparison::AtLeast => Operator::AtLeast,
    }
}
