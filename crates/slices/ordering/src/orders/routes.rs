//! Every route of orders.

use kernel::{Access, Permission};
use web::{ApiDoc, Method, Routes};

use super::{OrderRefusal, api, cancelling, credit_page, pages, staff};

pub(crate) fn routes() -> Routes {
    page_routes().merge(staff_page_routes()).merge(api_routes()).merge(change_api_routes()).merge(staff_api_routes())
}

fn doc(id: &'static str, summary: &'static str) -> ApiDoc {
    ApiDoc::new("orders", id, summary)
}

fn page_routes() -> Routes {
    let buy = Access::Needs(Permission::Buy);
    Routes::new()
        .page(Method::POST, "/orders", buy, pages::place)
        .page(Method::GET, "/orders/{number}/thanks", buy, pages::thanks)
        .page(Method::GET, "/account/orders", buy, pages::list)
        .page(Method::GET, "/account/orders.csv", buy, pages::export_csv)
        .page(Method::GET, "/account/orders.xlsx", buy, pages::export_xlsx)
        .page(Method::GET, "/account/orders/{number}", buy, pages::show)
        .page(Method::POST, "/account/orders/{number}/reorder", buy, pages::reorder)
        .page(Method::GET, "/account/orders/{number}/cancellation", buy, cancelling::ask)
        .page(Method::POST, "/account/orders/{number}/cancellation", buy, cancelling::cancel)
        .page(Method::POST, "/account/orders/{number}/restoration", buy, cancelling::undo)
        .page(Method::GET, "/account/credit", buy, credit_page::show)
}

fn staff_page_routes() -> Routes {
    let see = Access::Needs(Permission::ViewCompanies);
    let manage = Access::Needs(Permission::ManageCompanies);
    Routes::new()
        .page(Method::GET, "/office/orders", see, staff::list)
        .page(Method::GET, "/office/orders/{number}", see, staff::show)
        .page(Method::POST, "/office/orders/{number}/state", manage, staff::set_state)
        .page(Method::GET, "/office/orders/{number}/cancellation", manage, staff::ask)
        .page(Method::POST, "/office/orders/{number}/cancellation", manage, staff::cancel)
        .page(Method::POST, "/office/orders/{number}/restoration", see, staff::undo)
        .page(Method::POST, "/office/orders/{number}/release", see, staff::release)
        .page(Method::GET, "/office/orders/{number}/refusal", see, staff::ask)
        .page(Method::POST, "/office/orders/{number}/refusal", see, staff::refuse)
}

fn api_routes() -> Routes {
    let buy = Access::Needs(Permission::Buy);
    Routes::new()
        .api(
            Method::POST,
            "/api/v1/orders",
            buy,
            doc("place_order", "Orders a cart.")
                .request::<api::OrderBody>()
                .created::<api::OrderView>()
                .refusals(OrderRefusal::ALL)
                .idempotent(),
            api::place,
        )
        .api(
            Method::GET,
            "/api/v1/orders",
            buy,
            doc("list_orders", "The own company's orders, newest first.")
                .query::<api::ListParameters>()
                .response::<api::OrderList>(),
            api::list,
        )
        .api(
            Method::GET,
            "/api/v1/orders/{number}",
            buy,
            doc("get_order", "One order with its lines.").response::<api::OrderView>(),
            api::show,
        )
        .api(
            Method::POST,
            "/api/v1/orders/{number}/reorder",
            buy,
            doc("reorder", "Puts an order's products into the current cart again.").response::<api::Reordered>(),
            api::reorder,
        )
        .api(
            Method::POST,
            "/api/v1/orders/{number}/cancellation",
            buy,
            doc(
                "cancel_order",
                "Cancels an open order, and says which deals are free again. Of one that is on its way, asks for it.",
            )
            .request::<api::ReasonBody>()
            .response::<api::Cancelled>()
            .refusals(OrderRefusal::ALL),
            api::cancel,
        )
}

fn change_api_routes() -> Routes {
    let buy = Access::Needs(Permission::Buy);
    Routes::new()
        .api(
            Method::POST,
            "/api/v1/orders/{number}/restoration",
            // Who cancelled undoes it: a buyer, or somebody of the seller's; the action looks.
            Access::SignedIn,
            doc("undo_cancellation", "Undoes a cancellation of the last minutes.")
                .response::<api::OrderView>()
                .refusals(OrderRefusal::ALL),
            api::undo,
        )
        .api(
            Method::GET,
            "/api/v1/credit",
            buy,
            doc("get_credit", "How much of the own company's credit is taken, gross.").response::<api::CreditView>(),
            api::credit,
        )
}

fn staff_api_routes() -> Routes {
    let see = Access::Needs(Permission::ViewCompanies);
    let manage = Access::Needs(Permission::ManageCompanies);
    Routes::new()
        .api(
            Method::PUT,
            "/api/v1/orders/{number}/state",
            manage,
            doc("set_order_state", "Moves an order on: shipped, completed, cancelled. For staff.")
                .request::<api::StateBody>()
                .refusals(OrderRefusal::ALL),
            api::set_state,
        )
        .api(
            Method::POST,
            "/api/v1/orders/{number}/release",
            see,
            doc("release_order", "Releases an order that waits because of the credit limit.")
                .refusals(OrderRefusal::ALL),
            api::release,
        )
        .api(
            Method::POST,
            "/api/v1/orders/{number}/refusal",
            see,
            doc("refuse_order", "Refuses an order that waits because of the credit limit.")
                .request::<api::ReasonBody>()
                .refusals(OrderRefusal::ALL),
            api::refuse,
        )
}
