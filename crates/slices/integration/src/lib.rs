//! What goes in and out in bulk, between Kontor and the systems around it.
//!
//! * [`imports`] reads catalogue, companies, prices and orders from CSV and XLSX by a mapping.
#![warn(missing_docs)]

pub mod imports;
