//! Many prices at once, by a rule: raised or lowered by a share, or made anew from cost. First a preview of what would
//! change, held against cost and floor; then, for exactly that, the change itself.

mod pages;
pub mod rules;

use kernel::{Access, Permission};
use web::{Method, Routes};

pub(crate) fn routes() -> Routes {
    let manage = Access::Needs(Permission::ManagePrices);
    Routes::new()
        .page(Method::GET, "/office/price-lists/{id}/bulk", manage, pages::form)
        .page(Method::POST, "/office/price-lists/{id}/bulk", manage, pages::preview)
        .page(Method::POST, "/office/price-lists/{id}/bulk/change", manage, pages::change)
}
