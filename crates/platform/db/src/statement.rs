//! Statements whose parts are chosen at run time, never their words.

use std::fmt::Write as _;

use crate::value::{Bind, Value};

/// A pattern for `LIKE ? ESCAPE '\\'` that finds `part` anywhere, to the letter: `%` and `_` in it stand for themselves.
pub fn containing(part: &str) -> String {
    let mut pattern = String::with_capacity(part.len() + 2);
    pattern.push('%');
    for c in part.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// A statement put together from fixed fragments. No text from outside can enter it: fragments are `&'static str`,
/// values become parameters.
#[derive(Debug, Default)]
pub struct Statement {
    text: String,
    values: Vec<Value>,
    conditions: u32,
}

impl Statement {
    /// Begins with a fixed fragment.
    pub fn new(fragment: &'static str) -> Self {
        Self { text: fragment.to_owned(), ..Self::default() }
    }

    /// Adds a fixed fragment. Each `?` in it becomes the parameter for the next of `values`.
    ///
    /// # Panics
    /// When the number of `?` and of values differ: a bug in the caller.
    #[must_use]
    pub fn then(mut self, fragment: &'static str, values: Vec<Value>) -> Self {
        assert_eq!(fragment.matches('?').count(), values.len(), "one value for each ? in {fragment:?}");
        self.text.push(' ');
        let mut parts = fragment.split('?');
        self.text.push_str(parts.next().unwrap_or_default());
        for (part, value) in parts.zip(values) {
            self.values.push(value);
            let _ = write!(self.text, "${}{part}", self.values.len());
        }
        self
    }

    /// Adds a condition: `WHERE` for the first, `AND` for the others.
    #[must_use]
    pub fn filter(mut self, condition: &'static str, values: Vec<Value>) -> Self {
        self.text.push_str(if self.conditions == 0 { " WHERE" } else { " AND" });
        self.conditions += 1;
        self.then(condition, values)
    }

    /// Adds a condition when there is a value for it.
    #[must_use]
    pub fn filter_some<T: Bind>(self, condition: &'static str, value: Option<T>) -> Self {
        match value {
            Some(value) => self.filter(condition, vec![value.to_value()]),
            None => self,
        }
    }

    /// Adds `column IN ($n, …)`; an empty list matches nothing.
    #[must_use]
    pub fn filter_in<T: Bind>(mut self, column: &'static str, values: &[T]) -> Self {
        if values.is_empty() {
            return self.filter("1 = 0", Vec::new());
        }
        self = self.filter(column, Vec::new());
        self.text.push_str(" IN (");
        for (index, value) in values.iter().enumerate() {
            self.values.push(value.to_value());
            let _ = write!(self.text, "{}${}", if index == 0 { "" } else { ", " }, self.values.len());
        }
        self.text.push(')');
        self
    }

    pub(crate) fn into_parts(self) -> (String, Vec<Value>) {
        (self.text, self.values)
    }
}
