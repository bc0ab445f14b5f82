#![warn(missing_docs)]
//! Conditions that business people write: a typed part of CEL.
