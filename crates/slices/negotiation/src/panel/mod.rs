//! What the buyer sees of a negotiation: one block, swapped as a whole, that stands under a price, on the cart and on the
//! negotiation's own page.
//!
//! [`for_product`] and [`for_cart`] give its HTML to the pages of higher slices. Every form posts and works without a
//! script (`303` back to the page that was left, at `#deal`); with one, htmx swaps `#deal`. The block asks for itself again
//! when the live stream names its negotiation.

mod account;
mod form;
mod pages;
mod subject;
mod view;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::handler::Handler as _;
use catalog::products::Product;
use kernel::{Access, CartId, Outcome, Permission, ProductId, Quantity, UnitPrice};
use web::{App, FormState, Method, Visitor};

use crate::attachments;
use crate::negotiations::queries;

pub use account::state_class;
pub(crate) use form::ask as ask_text;
pub use form::localised;
pub(crate) use pages::{back, done};
pub(crate) use view::Panel;
pub use view::contact;

/// A line of the cart that is negotiated as a whole.
#[derive(Debug, Clone, Copy)]
pub struct CartAskLine {
    /// The product.
    pub product: ProductId,
    /// How much.
    pub quantity: Quantity,
    /// What one unit costs today.
    pub price: UnitPrice,
}

/// The panel of a product page: the running negotiation, or the form to ask. `None` for visitors who cannot negotiate and
/// products without a price. `back` is the path of the page.
///
/// # Errors
/// A fault when the database fails.
pub async fn for_product(
    app: &App,
    visitor: &Visitor,
    product: &Arc<Product>,
    quantity: Quantity,
    back: &str,
) -> Outcome<Option<String>> {
    if !visitor.may(Permission::Negotiate) || visitor.actor.company.is_none() {
        return Ok(None);
    }
    let Some(subject) = subject::of_product(app, visitor, product, quantity).await? else { return Ok(None) };
    let tx = app.db().read().await?;
    let found = queries::open_for_product(&tx, &visitor.actor, product.id, app.now()).await?;
    let seen = match found {
        Some(n) => Some(queries::seen(&tx, n).await?),
        None => None,
    };
    drop(tx);
    let panel = Panel::new(app, visitor, subject, seen, back, FormState::default());
    view::html(&panel).map(Some)
}

/// What of the panel of a product page changes with the quantity that stands on it: what is asked for, what is paid now, and
/// what would lower it. For a script that has changed the quantity; empty where the panel shows something else.
///
/// # Errors
/// A fault when the database fails.
pub async fn following(
    app: &App,
    visitor: &Visitor,
    product: &Arc<Product>,
    quantity: Quantity,
    back: &str,
) -> Outcome<String> {
    if !visitor.may(Permission::Negotiate) || visitor.actor.company.is_none() {
        return Ok(String::new());
    }
    let Some(subject) = subject::of_product(app, visitor, product, quantity).await? else { return Ok(String::new()) };
    let panel = Panel::new(app, visitor, subject, None, back, FormState::default());
    view::following(&panel)
}

/// The panel of a cart that is negotiated as a whole, towards a total. `None` for visitors who cannot negotiate and for
/// carts with fewer than two lines, whose product page serves better.
///
/// # Errors
/// A fault when the database fails.
pub async fn for_cart(
    app: &App,
    visitor: &Visitor,
    cart: CartId,
    lines: &[CartAskLine],
    back: &str,
) -> Outcome<Option<String>> {
    if !visitor.may(Permission::Negotiate) || visitor.actor.company.is_none() || lines.len() < 2 {
        return Ok(None);
    }
    let Some(subject) = subject::of_cart(app, cart, lines) else { return Ok(None) };
    let products: Vec<ProductId> = lines.iter().map(|line| line.product).collect();
    let tx = app.db().read().await?;
    let found = queries::open_for_cart(&tx, &visitor.actor, cart, &products, app.now()).await?;
    let seen = match found {
        Some(n) => Some(queries::seen(&tx, n).await?),
        None => None,
    };
    drop(tx);
    let panel = Panel::new(app, visitor, subject, seen, back, FormState::default());
    view::html(&panel).map(Some)
}

pub(crate) fn routes() -> web::Routes {
    let may = Access::Needs(Permission::Negotiate);
    let with_file = DefaultBodyLimit::max(attachments::FORM_BYTES_MAX);
    web::Routes::new()
        .page(Method::POST, "/negotiations", may, pages::open.layer(with_file))
        .page(Method::GET, "/negotiations/{id}/panel", may, pages::panel)
        .page(Method::POST, "/negotiations/{id}/rounds", may, pages::ask_again.layer(with_file))
        .page(Method::POST, "/negotiations/{id}/handover", may, pages::hand_over)
        .page(Method::POST, "/negotiations/{id}/offers/{offer}/looks", may, pages::look)
        .page(Method::POST, "/negotiations/{id}/withdrawal", may, pages::withdraw)
        .page(Method::GET, "/account/negotiations", may, account::list)
        .page(Method::GET, "/account/negotiations/{id}", may, account::one)
}
