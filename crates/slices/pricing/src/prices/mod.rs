//! A buyer's price, authoritative: read in the transaction that relies on it.

mod api;
pub mod queries;
mod store;
#[cfg(test)]
mod tests;

use kernel::{Access, Permission};
use web::{ApiDoc, Method, Routes};

pub use api::{LadderView, StepView};

pub(crate) fn routes() -> Routes {
    let doc = ApiDoc::new("prices", "list_my_prices", "My prices of up to 100 products, by quantity")
        .query::<api::MyQuery>()
        .response::<Vec<api::LadderView>>();
    Routes::new().api(Method::GET, "/api/v1/prices", Access::Needs(Permission::Buy), doc, api::mine)
}
