//! Conditions of a policy: CEL over the fields of [`crate::facts`]. They are stored as their text.

use std::sync::LazyLock;

use conditions::{Answer, Condition, ConditionError, Schema};
use serde_json::Value;

use crate::{
    facts::{DEAL_SCHEMA, DealFacts, LineFacts, PRODUCT_SCHEMA},
    stored::{Store, StoredError},
};

/// Declares a condition over one of the schemas.
macro_rules! condition {
    ($(#[$doc:meta])+ $name:ident, $schema:ident, $facts:ident) => {
        $(#[$doc])+
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(Condition);

        impl $name {
            /// What it may ask about.
            pub fn schema() -> &'static Schema {
                LazyLock::force(&$schema)
            }

            /// The condition that a text says.
            ///
            /// # Errors
            /// What is wrong, and at which column.
            pub fn parse(text: &str) -> Result<Self, ConditionError> {
                Condition::parse(text, Self::schema()).map(Self)
            }

            /// Its text, as written.
            pub fn text(&self) -> &str {
                self.0.text()
            }

            /// The condition itself, for forms.
            pub fn condition(&self) -> &Condition {
                &self.0
            }

            /// Whether it is met. What depends on something unknown is not.
            pub(crate) fn is_met(&self, facts: &$facts<'_>) -> bool {
                self.0.evaluate(&facts.values()) == Answer::Yes
            }
        }

        impl Store for $name {
            fn put(&self) -> Value {
                Value::String(self.text().to_owned())
            }

            fn take(value: Value) -> Result<Self, StoredError> {
                let text = String::take(value)?;
                Self::parse(&text).map_err(|error| StoredError::new(error.to_string()))
            }
        }
    };
}

condition! {
    /// A condition about customer and deal.
    CustomerCondition, DEAL_SCHEMA, DealFacts
}

condition! {
    /// A condition about one product of the deal, and the customer.
    ProductCondition, PRODUCT_SCHEMA, LineFacts
}
