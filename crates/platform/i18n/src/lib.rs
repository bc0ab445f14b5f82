//! Every text that people read, and every number, date and sum of money, in the reader's language and time zone.
//!
//! * [`Language`] is what we have catalogues for, [`Locale`] a language with a time zone: one per request or mail.
//! * Texts live in `locales/<language>/<area>.ftl` (Project Fluent) and are compiled in. Keys are one flat namespace, so
//!   each area prefixes its own. A test keeps keys and variables the same in all languages.
//! * To add a language: a variant of [`Language`], its `Symbols`, and a folder of catalogues.
#![warn(missing_docs)]

mod catalogue;
#[cfg(test)]
mod fields;
mod format;
mod language;
mod locale;

pub use catalogue::{Arg, keys, messages};
pub use language::Language;
pub use locale::{Locale, time_zone};
