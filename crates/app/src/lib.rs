//! The program `kontor`: the only crate that knows every slice. It reads the configuration, opens the database, gives the
//! slices their parts, and serves.
//!
//! A library too, so that tests start the very same application.
#![warn(missing_docs)]

pub mod backup;
pub mod cli;
mod clock;
pub mod configuration;
mod console;
pub mod demo;
pub mod doctor;
mod import;
mod observe;
mod policy;
mod serve;
mod shell;
mod simulate;
mod staff;
mod start;

pub use clock::system_clock;
pub use serve::{Server, serve};
pub use start::{Started, start};

use kernel::RefusalInfo;

/// The version of this program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Every migration, lower slices first.
pub fn migrations() -> Vec<db::Migration> {
    [
        parties::MIGRATIONS,
        catalog::MIGRATIONS,
        pricing::MIGRATIONS,
        terms::MIGRATIONS,
        price_lists::MIGRATIONS,
        negotiation::MIGRATIONS,
        desk::MIGRATIONS,
        results::MIGRATIONS,
        buying::MIGRATIONS,
        ordering::MIGRATIONS,
        storefront::MIGRATIONS,
    ]
    .concat()
}

/// Every refusal that the application can give, beside those of the kernel and the platform.
pub fn refusals() -> Vec<RefusalInfo> {
    let platform: &[&[RefusalInfo]] = &[db::KeyRefusal::ALL];
    let slices = [
        platform,
        parties::REFUSALS,
        catalog::REFUSALS,
        pricing::REFUSALS,
        terms::REFUSALS,
        price_lists::REFUSALS,
        negotiation::REFUSALS,
        desk::REFUSALS,
        results::REFUSALS,
        buying::REFUSALS,
        ordering::REFUSALS,
        storefront::REFUSALS,
    ];
    slices.concat().concat()
}

/// All routes.
pub fn routes() -> web::Routes {
    parties::routes()
        .merge(catalog::routes())
        .merge(price_lists::routes())
        .merge(pricing::routes())
        // Of two types with one name, the OpenAPI file calls the one that comes first by it: their names are published.
        .merge(negotiation::routes())
        .merge(desk::routes())
        .merge(terms::routes())
        .merge(results::routes())
        .merge(buying::routes())
        .merge(ordering::routes())
        .merge(storefront::routes())
        .merge(serve::routes())
}

/// The OpenAPI document.
pub fn openapi() -> serde_json::Value {
    web::document(routes().table(), VERSION)
}
