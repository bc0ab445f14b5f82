//! What calendars and the ways of a case promise.
//!
//! One binary for all files: it is compiled and linked once.

mod calendar;
mod properties;
mod table;
