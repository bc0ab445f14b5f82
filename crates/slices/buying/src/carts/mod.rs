//! Carts: what a person wants to buy, and what it costs now.
//!
//! A person has several carts, each with a name (an empty one is simply 'the cart'), and works on the current one. A line
//! names a product once. A line may be bound to an agreed offer; then it costs what was agreed for as long as the offer
//! holds for the cart as a whole (quantities, payment, validity), and otherwise what the buyer's price list says. Nothing
//! is written when a deal breaks or comes back: [`price`] works it out each time from the cart as it stands.
//!
//! Pages price from memory ([`queries::shown`]); orders price in their own transaction ([`queries::priced`]). Both use
//! the same rule.

pub mod actions;
mod api;
mod model;
mod pages;
mod price;
pub mod queries;
mod rules;
mod rules;
mod store;
#[cfg(test)]
mod tests;
mod view;

use kernel::{Access, Permission};
use web::{ApiDoc, Method, Routes};

pub use api::CartView;
pub use model::{
    AddLine, Cart, CartLine, CartSummary, CheckoutInput, Deal, DealState, LineProblem, PricedCart, PricedLine, Reason,
};
pub use price::{Facts, price};
pub use rules::problem;
pub use view::{LineView, deal_sentence, lines as line_views, reason_sentence};

kernel::refusals! {
    /// Why a cart is not changed, in order of precedence.
    pub enum CartRefusal {
        /// The product is not for sale (any more).
        NotForSale = "cart-not-for-sale" => Conflict,
        /// The buyer has no price for the product.
        NoPrice = "cart-no-price" => Conflict,
        /// An order has used the deal already.
        DealUsed = "cart-deal-used" => Conflict,
        /// The deal's validity has ended.
        DealExpired = "cart-deal-expired" => Conflict,
        /// The new quantity would break a deal, and the request did not say that this is meant (`confirm`).
        DealBreaks = "cart-deal-breaks" => Conflict,
        /// A cart holds at most 500 lines.
        Full = "cart-full" => Conflict,
        /// A person has at most 20 carts at a time.
        TooMany = "cart-too-many" => Conflict,
    }
}

pub(crate) fn routes() -> Routes {
    page_routes().merge(api_routes())
}

fn page_routes() -> Routes {
    let buy = Access::Needs(Permission::Buy);
    Routes::new()
        .page(Method::GET, "/cart", buy, pages::cart)
        .page(Method::POST, "/carts", buy, pages::create)
        .page(Method::POST, "/carts/{id}/selection", buy, pages::select)
        .page(Method::POST, "/carts/{id}/name", buy, pages::rename)
        .page(Method::POST, "/carts/{id}/removal", buy, pages::remove_cart)
        .page(Method::POST, "/cart/lines", buy, pages::add)
        .page(Method::POST, "/cart/lines/{id}", buy, pages::set_quantity)
        .page(Method::POST, "/cart/lines/{id}/removal", buy, pages::remove)
        .page(Method::GET, "/cart/lines/{id}/preview", buy, pages::preview)
        .page(Method::GET, "/cart/deals/{offer}", buy, pages::add_deal)
        .page(Method::POST, "/cart/deals/{offer}", buy, pages::add_deal)
}

fn api_routes() -> Routes {
    let buy = Access::Needs(Permission::Buy);
    let doc = |id, summary| ApiDoc::new("carts", id, summary).refusals(CartRefusal::ALL);
    Routes::new()
        .api(Method::GET, "/api/v1/carts", buy, doc("list_carts", "My carts").response::<Vec<api::CartRow>>(), api::list)
        .api(
            Method::POST,
            "/api/v1/carts",
            buy,
            doc("create_cart", "Creates a cart and makes it the current one").request::<api::NameInput>().created::<api::CartRow>(),
            api::create,
        )
        .api(
            Method::GET,
            "/api/v1/carts/{id}",
            buy,
            doc("get_cart", "A cart with prices, deals and totals; `current` for the current one").response::<CartView>(),
            api::one,
        )
        .api(
            Method::PATCH,
            "/api/v1/carts/{id}",
            buy,
            doc("rename_cart", "Renames a cart").request::<api::NameInput>(),
            api::rename,
        )
        .api(Method::DELETE, "/api/v1/carts/{id}", buy, doc("remove_cart", "Removes a cart with its lines"), api::remove_cart)
        .api(
            Method::POST,
            "/api/v1/carts/{id}/selection",
            buy,
            doc("select_cart", "Makes a cart the current one"),
            api::select,
        )
        .api(
            Method::POST,
            "/api/v1/carts/current/lines",
            buy,
            doc("add_cart_line", "Adds a quantity of a product to the current cart").request::<api::LineInput>().created::<api::LineAdded>(),
            api::add,
        )
        .api(
            Method::PATCH,
            "/api/v1/carts/current/lines/{line}",
            buy,
            doc("change_cart_line", "Sets the quantity of a line").request::<api::QuantityInput>(),
            api::set_quantity,
        )
        .api(
            Method::DELETE,
            "/api/v1/carts/current/lines/{line}",
            buy,
            doc("remove_cart_line", "Removes a line"),
            api::remove,
        )
        .api(
            Method::POST,
            "/api/v1/carts/current/deals",
            buy,
            doc("add_deal", "Puts the lines of an agreed offer into the current cart, bound to it").request::<api::DealInput>(),
            api::add_deal,
        )
}
