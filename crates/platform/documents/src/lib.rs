//! Business papers as PDF: quotes today; invoices and delivery notes are made of the same parts.
//!
//! A [`Paper`] is finished texts in the reader's language, as the contents of mails are: who writes it formats figures and
//! dates, nothing here decides. [`render`] sets it on A4: head, recipient, facts, a table that goes on over pages with its
//! head repeated, sums, terms, and the page's number at the foot of each.
//!
//! The type is Inter (regular and semibold), embedded as the part that is used. Text can be selected, searched and read
//! aloud. The same paper gives the same bytes.
//!
//! ```
//! let paper = documents::Paper {
//!     language: "en".into(),
//!     title: "Quote 12".into(),
//!     sender: documents::Party { name: "Nordkant".into(), lines: vec!["Gdynia".into()] },
//!     ..documents::Paper::default()
//! };
//! let pdf = documents::render(&paper, &|page, pages| format!("Page {page} of {pages}")).unwrap();
//! assert!(pdf.starts_with(b"%PDF-"));
//! ```
#![warn(missing_docs)]

mod layout;
mod paper;
mod pdf;
#[cfg(test)]
mod tests;
mod text;

pub use paper::{Column, Paper, Party, Row, Sum};

use kernel::Fault;

/// Sets a paper as PDF. `page_of` words the number of a page and how many there are, from 1.
///
/// # Errors
/// A fault when the fonts cannot be read or the file cannot be written; the texts themselves are always set.
pub fn render(paper: &Paper, page_of: &dyn Fn(usize, usize) -> String) -> Result<Vec<u8>, Fault> {
    let fonts = text::Fonts::load()?;
    let pages = layout::pages(paper, &fonts, page_of);
    pdf::write(paper, &fonts, &pages)
}
