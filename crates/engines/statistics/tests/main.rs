//! What tests, intervals and models promise.
//!
//! One binary for all files: it is compiled and linked once.

mod learning;
mod properties;
mod simulation;
mod table;
