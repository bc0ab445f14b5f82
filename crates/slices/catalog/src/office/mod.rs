//! Products in the seller's office: the list, the form and JSON, with what a seller alone may know. Searching and the names of
//! categories come from the catalogue in memory, which is why this stands above it.

mod api;
mod form;
mod list;
mod pages;

use kernel::{Access, Permission};
use web::{ApiDoc, Method};

use crate::products::ProductRefusal;

pub(crate) fn routes() -> web::Routes {
    let manage = Access::Needs(Permission::ManageCatalog);
    let see = Access::Needs(Permission::ViewCosts);
    let put = ApiDoc::new("catalogue", "put_product", "Creates or changes a product")
        .request::<api::ProductInput>()
        .response::<api::SellerProduct>()
        .refusals(ProductRefusal::ALL);
    let list =
        ApiDoc::new("catalogue", "list_seller_products", "Products as the seller sees them, with cost and class")
            .query::<api::ListQuery>()
            .response::<api::SellerProductList>();
    web::Routes::new()
        .page(Method::GET, "/office/products", see, pages::list)
        .page(Method::GET, "/office/products.csv", see, pages::export_csv)
        .page(Method::GET, "/office/products.xlsx", see, pages::export_xlsx)
        .page(Method::GET, "/office/products/new", manage, pages::new)
        .page(Method::POST, "/office/products", manage, pages::create)
        .page(Method::GET, "/office/products/{sku}", manage, pages::edit)
        .page(Method::POST, "/office/products/{sku}", manage, pages::update)
        .api(Method::PUT, "/api/v1/products/{sku}", manage, put, api::put)
        .api(Method::GET, "/api/v1/seller/products", see, list, api::list)
}
