#![warn(missing_docs)]
//! Conditions that business people write in policies: a typed part of CEL, the Common Expression Language.
//!
//! Pure: a text and a [`Schema`] in, a [`Condition`] or a [`ConditionError`] with its column out. No input panics,
//! overflows the stack or takes long.
//!
//! # What can be written
//!
//! | | |
//! |---|---|
//! | `deal.value >= 5000`, `5000.00 <= deal.value`, `deal.value > customer.revenue` | `== != < <= > >=` between a field and a literal or a field of the same kind; texts and flags only `==` and `!=` |
//! | `customer.segment in ['A', 'B']` | one of some literals; never of flags |
//! | `product.brand.startsWith('Nord')` | also `endsWith` and `contains`, of text fields, with a literal |
//! | `customer.blocked`, `true`, `false` | a flag alone, and constants |
//! | `has(product.margin)` | whether the value is known |
//! | `&&`, <code>\|\|</code>, `!`, `( )` | as in CEL; `&&` binds closer |
//!
//! What else CEL has (arithmetic, `? :`, macros, maps, `null`, comments, raw and triple-quoted texts, hexadecimal and
//! exponent notation) is refused as unsupported at its column. Texts take the escapes `\\ \' \" \n \r \t \uXXXX`.
//!
//! # Numbers
//!
//! Every number is an `i64` of millionths, so comparison is exact: CEL's own doubles are never looked at. A rate is a
//! share, `0.15` for 15 %; an amount is in the policy's currency; days are whole. A rate beyond ±10 (1,000 %) is refused,
//! because who writes `product.margin > 15` means 0.15.
//!
//! # Unknown values
//!
//! A field may be unknown in a case (no cost, so no margin). A comparison with it is [`Answer::Unknown`]; `!` of unknown
//! is unknown; as in CEL, `||` absorbs it by a yes and `&&` by a no, on either side. Only `has` looks at being known.
//! Callers treat unknown as not matching where they grant something (eligibility), and name the field.

mod complete;
mod condition;
mod error;
mod never;
mod operator;
mod parse;
mod scan;
mod schema;
mod simple;
mod tree;

pub use complete::{Suggestion, SuggestionKind, complete};
pub use condition::Condition;
pub use error::{ConditionError, ErrorCode};
pub use operator::Operator;
pub use scan::{DEPTH_MAX, LENGTH_MAX};
pub use schema::{Field, Kind, Literal, Schema, Value};
pub use simple::{Row, RowError, Simple};
pub use tree::Answer;
