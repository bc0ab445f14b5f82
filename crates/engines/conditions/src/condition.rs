//! A condition that was checked.

use std::fmt;
use std::sync::Arc;

use crate::error::ConditionError;
use crate::never::is_never;
use crate::parse::parse;
use crate::schema::{Schema, Value};
use crate::tree::{Answer, Node};

/// A condition. Cheap to clone; equal when its text is.
#[derive(Clone)]
pub struct Condition(Arc<Parts>);

struct Parts {
    text: String,
    root: Node,
    fields: Vec<&'static str>,
}

impl Condition {
    /// The condition that `text` says of the fields of `schema`.
    ///
    /// # Errors
    /// What is wrong, and at which column.
    pub fn parse(text: &str, schema: &Schema) -> Result<Self, ConditionError> {
        let root = parse(text, schema).map_err(|problem| problem.in_text(text))?;
        let mut slots = Vec::new();
        root.visit(&mut |operand| slots.push((operand.slot, operand.name)));
        slots.sort_unstable();
        slots.dedup();
        let fields = slots.into_iter().map(|(_, name)| name).collect();
        Ok(Self(Arc::new(Parts { text: text.to_owned(), root, fields })))
    }

    /// What it comes to. `facts` are the values of the schema's fields, by slot; what is missing at the end is unknown.
    pub fn evaluate(&self, facts: &[Value<'_>]) -> Answer {
        self.0.root.answer(facts)
    }

    /// Its text, as written.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// The fields that it looks at, in the order of the schema.
    pub fn fields_used(&self) -> &[&'static str] {
        &self.0.fields
    }

    /// The texts with which a field is compared as a whole (`==`, `!=`, `in`), in the order of the text.
    pub fn texts_of(&self, field: &str) -> Vec<&str> {
        let mut found = Vec::new();
        self.0.root.texts(field, &mut found);
        found
    }

    /// Whether it plainly contradicts itself, so that no case ever gets a yes: `false`, two values of one field, an empty
    /// range. Without that being plain, no: a contradiction between different fields is not seen.
    pub fn is_never(&self) -> bool {
        is_never(&self.0.root)
    }

    pub(crate) fn root(&self) -> &Node {
        &self.0.root
    }
}

impl PartialEq for Condition {
    fn eq(&self, other: &Self) -> bool {
        self.0.text == other.0.text
    }
}

impl Eq for Condition {}

impl fmt::Debug for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Condition({:?})", self.0.text)
    }
}
