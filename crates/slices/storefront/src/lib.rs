//! Pages that show several contexts at once: what a buyer sees of the catalogue with prices, deals and cart.
//!
//! DIVISION OF WORK (note to colleagues, to be removed): `product/` (product page, price block, product JSON) is written by
//! the lead right now. `front/` (front page), `listing/` (category pages, search, suggestions, product list JSON) by the
//! catalogue engineer. Each adds its `routes()` in `routes` below.
#![warn(missing_docs)]

mod front;
pub mod listing;
pub mod product;
#[cfg(test)]
mod tests;

use kernel::RefusalInfo;
use web::App;

/// The schema of this slice.
pub const MIGRATIONS: &[db::Migration] = &[];

/// Every refusal of this slice.
pub const REFUSALS: &[&[RefusalInfo]] = &[];

/// All routes of this slice.
pub fn routes() -> web::Routes {
    product::routes().merge(front::routes()).merge(listing::routes())
}

/// Adds what these pages remember to the application.
pub fn parts(app: web::AppBuilder) -> web::AppBuilder {
    app.with(product::LastPaids::default()).with(listing::Selections::default())
}

/// Starts forgetting what events make untrue.
pub fn follow(app: &App) {
    app.part::<product::LastPaids>().follow(app.bus());
}
