//! The pages and the JSON of price lists and their prices. Prices change by [`crate::changes`] only.

mod api;
mod figures;
mod pages;
mod view;

pub(crate) use pages::among;

use kernel::{Access, Permission};
use pricing::lists::ListRefusal;
use web::{ApiDoc, Method, Routes};

use crate::changes::{ChangeRefusal, SubmittedView};

pub(crate) fn routes() -> Routes {
    page_routes().merge(api_routes())
}

fn page_routes() -> Routes {
    let manage = Access::Needs(Permission::ManagePrices);
    Routes::new()
        .page(Method::GET, "/office/price-lists", manage, pages::list)
        .page(Method::POST, "/office/price-lists", manage, pages::create)
        .page(Method::GET, "/office/price-lists/new", manage, pages::new)
        .page(Method::GET, "/office/price-lists/{id}", manage, pages::one)
        .page(Method::POST, "/office/price-lists/{id}", manage, pages::update)
        .page(Method::GET, "/office/price-lists/{id}/prices.csv", manage, pages::export_csv)
        .page(Method::GET, "/office/price-lists/{id}/prices.xlsx", manage, pages::export_xlsx)
        .page(Method::GET, "/office/price-lists/{id}/figures", manage, figures::figures)
        .page(Method::POST, "/office/price-lists/{id}/prices", manage, pages::add_price)
        .page(Method::POST, "/office/price-lists/{id}/prices/{product}/{from}", manage, pages::set_price)
        .page(Method::POST, "/office/price-lists/{id}/prices/{product}/{from}/removal", manage, pages::remove_price)
}

fn api_routes() -> Routes {
    let manage = Access::Needs(Permission::ManagePrices);
    let doc = |id, summary| ApiDoc::new("prices", id, summary).refusals(ListRefusal::ALL);
    Routes::new()
        .api(
            Method::GET,
            "/api/v1/price-lists",
            manage,
            doc("list_price_lists", "Price lists by code").query::<api::ListQuery>().response::<api::ListPage>(),
            api::list,
        )
        .api(
            Method::POST,
            "/api/v1/price-lists",
            manage,
            doc("create_price_list", "Creates a price list").request::<api::ListInput>().created::<api::ListView>(),
            api::create,
        )
        .api(
            Method::GET,
            "/api/v1/price-lists/{id}",
            manage,
            doc("get_price_list", "A price list without its prices").response::<api::ListView>(),
            api::one,
        )
        .api(
            Method::PUT,
            "/api/v1/price-lists/{id}",
            manage,
            doc("change_price_list", "Changes name and validity")
                .request::<api::ListChangeInput>()
                .response::<api::ListView>(),
            api::change,
        )
        .api(
            Method::GET,
            "/api/v1/price-lists/{id}/prices",
            manage,
            doc("list_prices", "The prices of a list, by product")
                .query::<api::PriceQuery>()
                .response::<api::PricePage>(),
            api::prices,
        )
        .api(
            Method::PUT,
            "/api/v1/price-lists/{id}/prices/{sku}",
            manage,
            doc("put_prices", "Replaces all steps of one product; none removes it from the list")
                .request::<api::StepsInput>()
                .response::<SubmittedView>()
                .refusals(ChangeRefusal::ALL),
            api::put_prices,
        )
}
