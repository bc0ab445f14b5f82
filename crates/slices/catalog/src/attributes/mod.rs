//! What products can be described by: attribute keys, each of one kind and unit, and the values that products have.

mod store;
mod words;

pub use words::attribute_text;

use std::sync::Arc;

use db::{ReadTx, WriteTx};
use kernel::{Ctx, Outcome, Permission};
use serde::{Deserialize, Serialize};

use crate::Texts;

/// What the values of an attribute are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Numbers with the attribute's unit.
    Number,
    /// Texts.
    Text,
    /// Yes or no.
    Flag,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Number, Self::Text, Self::Flag];

    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Text => "text",
            Self::Flag => "flag",
        }
    }

    /// The kind with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// An attribute that products may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeKey {
    /// Stable key, e.g. `thread`.
    pub key: String,
    /// Name.
    pub name: Texts,
    /// Unit of its numbers; empty for texts, flags and plain numbers.
    pub unit: String,
    /// What its values are.
    pub kind: Kind,
    /// Whether it makes a useful filter.
    pub is_filter: bool,
    /// Place among the others.
    pub position: i64,
}

/// One attribute of one product.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Attribute {
    /// The key of an [`AttributeKey`].
    pub key: Arc<str>,
    /// The value, of that attribute's kind.
    pub value: Value,
}

/// The value of an attribute.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Value {
    /// A number in thousandths of the attribute's unit.
    Number(i64),
    /// A text.
    Text(Texts),
    /// Yes or no.
    Flag(bool),
}

impl Attribute {
    /// An attribute with a value.
    pub fn new(key: &str, value: Value) -> Self {
        Self { key: key.into(), value }
    }
}

/// Writes attribute keys, replacing those that are there already.
///
/// # Errors
/// `not-allowed`; a fault when the database fails.
pub async fn put_many(tx: &WriteTx, ctx: &Ctx, keys: &[AttributeKey]) -> Outcome<()> {
    ctx.actor.must(Permission::ManageCatalog)?;
    store::put_many(tx, keys).await
}

/// Every attribute key, by position.
///
/// # Errors
/// A fault when the database fails.
pub async fn all(tx: &ReadTx) -> Outcome<Vec<AttributeKey>> {
    store::all(tx).await
}
