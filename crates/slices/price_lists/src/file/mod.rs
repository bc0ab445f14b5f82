//! Prices of one list from a file: the table that the list exports, changed in a spreadsheet and sent back. What cannot be read
//! is named by line, with all that was sent kept; what can is shown first, held against cost and floor, and changed then.

mod pages;
mod rules;
#[cfg(test)]
mod tests;

use axum::extract::DefaultBodyLimit;
use axum::handler::Handler as _;
use kernel::{Access, Permission};
use web::{Method, Routes};

/// Most bytes of a file and its form. The longest list that we know of, exported, has a third of it.
const FORM_BYTES_MAX: usize = 8 << 20;

pub(crate) fn routes() -> Routes {
    let manage = Access::Needs(Permission::ManagePrices);
    let limit = || DefaultBodyLimit::max(FORM_BYTES_MAX);
    Routes::new()
        .page(Method::GET, "/office/price-lists/{id}/file", manage, pages::form)
        .page(Method::POST, "/office/price-lists/{id}/file", manage, pages::preview.layer(limit()))
        .page(Method::POST, "/office/price-lists/{id}/file/change", manage, pages::change.layer(limit()))
}
