//! What the grammar, the evaluation and the suggestions promise.
//!
//! One binary for all files: it is compiled and linked once.

mod common;
mod completion;
mod properties;
mod table;
