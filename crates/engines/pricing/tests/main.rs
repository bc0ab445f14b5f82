//! What the resolution of prices promises.
//!
//! One binary for all files: it is compiled and linked once.

mod properties;
mod table;
