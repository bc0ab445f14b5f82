//! A buyer's price, authoritative: read in the transaction that relies on it. And for staff, why it is what it is.

mod api;
pub mod queries;
mod store;
#[cfg(test)]
mod tests;
mod why;

use kernel::{Access, Permission};
use web::{ApiDoc, Method, Routes};

pub use api::{LadderView, StepView};

pub(crate) fn routes() -> Routes {
    let (buy, manage) = (Access::Needs(Permission::Buy), Access::Needs(Permission::ManagePrices));
    let mine = ApiDoc::new("prices", "list_my_prices", "My prices of up to 100 products, by quantity")
        .query::<api::MyQuery>()
        .response::<Vec<api::LadderView>>();
    let why =
        ApiDoc::new("prices", "explain_price", "What a company pays for a product, and every list that was looked at")
            .query::<why::WhyQuery>()
            .response::<why::WhyView>();
    Routes::new()
        .api(Method::GET, "/api/v1/prices", buy, mine, api::mine)
        .api(Method::GET, "/api/v1/price-explanations", manage, why, why::explain)
        .page(Method::GET, "/office/prices", manage, why::page)
}
