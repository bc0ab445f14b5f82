//! Importing files: catalogue, relations of products, companies, prices and orders from CSV and XLSX, by a mapping file.
//!
//! A run reads the file row by row, parses every cell once into its type, and writes batches, each in one transaction.
//!
//! * [`Mapping`] (TOML) says which column is which field, what to do with its text, and which rows to pass over.
//! * A batch with a bad row imports nothing, unless [`Options::skip_errors`] is set. Whatever was not imported lands in
//!   [`Options::errors`]: the original rows with a column `error`, to be corrected and fed again.
//! * Everything has a key (SKU, SKU + related SKU, customer number, price list + SKU + quantity, order number), so that a second run of the
//!   same file changes nothing and says so.
//! * Each row ends in exactly one place of the [`Report`]; what the columns say is checked by the same rules as forms.
//! * A mapping with a section `[history]` reads invoice lines of another system as a whole past: see [`history`].
//!
//! `mappings/` holds templates for our own columns, and one for a published wholesale history.

mod batches;
mod catalogue;
mod cells;
mod companies;
pub mod history;
mod mapping;
mod options;
mod orders;
mod prices;
mod rejects;
mod relations;
mod report;
mod run;
mod source;
#[cfg(test)]
mod tests;

pub use mapping::{Kind, Mapping, TEMPLATES};
pub use options::{NoProgress, Options, Progress, Replace, Step};
pub use report::{Count, Money, Report, RowError};
pub use run::run;
