//! Which offers buyers take, learnt from what became of offers.
//!
//! For each customer segment there is a Bayesian logistic model ([`terms::beliefs`], by [`statistics::logistic`]) of what the
//! engine knows about an offer when it ranks it: how far it lies above the ask, how much more is to be bought, how much
//! earlier is to be paid, and the lever. An offer that was taken is an acceptance; one that stood beside it, or before it, is
//! a refusal. So the model ranks offers of one answer against each other, which is all that it is used for: it changes the
//! order of cards, never a price.
//!
//! It works from the first deal: a new segment begins with what is believed of all customers together, and those with a prior
//! that says what the engine assumes without a model. Old outcomes fade: about the last thousand count.
//!
//! The model in force goes into each decision's position, so that a replay uses the one of then.

pub mod actions;
mod api;
pub mod jobs;
mod pages;
mod store;
#[cfg(test)]
mod tests;

use kernel::{Access, Permission};
use web::{ApiDoc, Method, Routes};

pub(crate) fn routes() -> Routes {
    let may = Access::Needs(Permission::ManagePolicy);
    let doc = ApiDoc::new("policies", "list_buyer_models", "How likely buyers take which offers, by segment")
        .response::<Vec<api::BeliefJson>>();
    Routes::new().page(Method::GET, "/office/buyer-model", may, pages::show).api(
        Method::GET,
        "/api/v1/buyer-models",
        may,
        doc,
        api::list,
    )
}
