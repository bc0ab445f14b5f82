//! What a person does when the shop gives away what it must not, in one click and without a second person: send all asks to
//! people, or bring back a version of the policy that was in force before.
//!
//! Both publish a new version at once, so that every decision from then on names what made it and replays; its note says why
//! and that it was an emergency. Running experiments end, because their variants decide too. A draft that is being written
//! stays. The way out is the other click: back to the version before.

pub mod actions;
mod api;
mod pages;
#[cfg(test)]
mod tests;

use kernel::{Access, Permission};
use web::{ApiDoc, Method};

kernel::refusals! {
    /// Why nothing is stopped or brought back.
    pub enum EmergencyRefusal {
        /// All asks go to people already.
        Already = "emergency-already" => Conflict,
        /// This version was never in force, or is in force now.
        NeverInForce = "emergency-never-in-force" => Conflict,
    }
}

pub(crate) fn routes() -> web::Routes {
    let may = Access::Needs(Permission::ManagePolicy);
    let doc = |id, summary| ApiDoc::new("policies", id, summary).refusals(EmergencyRefusal::ALL);
    web::Routes::new()
        .page(Method::GET, "/office/policy/emergency", may, pages::show)
        .page(Method::POST, "/office/policy/emergency", may, pages::stop)
        .page(Method::POST, "/office/policy/versions/{number}/return", may, pages::back)
        .api(
            Method::POST,
            "/api/v1/policies/emergency-stop",
            may,
            doc("stop_negotiating", "Sends all asks to people from now on, and ends running experiments")
                .request::<api::ReasonInput>()
                .response::<api::NowJson>(),
            api::stop,
        )
        .api(
            Method::POST,
            "/api/v1/policies/versions/{number}/return",
            may,
            doc("return_to_policy", "Brings a version back that was in force before, at once")
                .request::<api::ReasonInput>()
                .response::<api::NowJson>(),
            api::back,
        )
}
