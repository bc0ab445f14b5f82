#![warn(missing_docs)]
//! In the making.
