//! The seller's costs of serving a deal: handling, freight, capital, and what the buyer is charged for freight. They decide
//! what a deal leaves, so a second person confirms every change, which is
//! kept with who made it; decisions store the numbers that they were made with.

pub mod actions;
mod api;
mod form;
mod pages;
mod preview;
pub mod queries;
mod store;
#[cfg(test)]
mod tests;

use db::events::Event;
use kernel::{Access, CompanyId, Permission};
use web::{ApiDoc, Method};

use crate::signoffs::SignoffRefusal;

/// The costs were changed.
#[derive(Debug)]
pub(crate) struct CostsChanged {
    version: i64,
}

impl Event for CostsChanged {
    fn kind(&self) -> &'static str {
        "costs.changed"
    }
    fn subject(&self) -> String {
        "costs".into()
    }
    fn company(&self) -> Option<CompanyId> {
        None
    }
    fn payload(&self) -> serde_json::Value {
        serde_json::json!({ "version": self.version })
    }
}

pub(crate) fn routes() -> web::Routes {
    let may = Access::Needs(Permission::ManagePolicy);
    let doc = |id, summary| ApiDoc::new("costs", id, summary);
    web::Routes::new()
        .page(Method::GET, "/office/costs", may, pages::show)
        .page(Method::POST, "/office/costs", may, pages::save)
        .page(Method::POST, "/office/costs/changes/{id}/approval", may, pages::confirm)
        .page(Method::POST, "/office/costs/changes/{id}/rejection", may, pages::decline)
        .api(
            Method::GET,
            "/api/v1/cost-model",
            may,
            doc("get_cost_model", "What serving a deal costs").response::<api::CostModelJson>(),
            api::get,
        )
        .api(
            Method::PUT,
            "/api/v1/cost-model",
            may,
            doc("set_cost_model", "Wants other costs of serving a deal; a second person confirms them")
                .request::<api::CostModelInput>()
                .response::<api::CostModelAnswer>()
                .refusals(SignoffRefusal::ALL),
            api::set,
        )
        .api(
            Method::POST,
            "/api/v1/cost-model/changes/{id}/approval",
            may,
            doc("approve_cost_model", "Confirms, as a second person, costs that wait")
                .request::<api::NoteInput>()
                .refusals(SignoffRefusal::ALL),
            api::confirm,
        )
        .api(
            Method::POST,
            "/api/v1/cost-model/changes/{id}/rejection",
            may,
            doc("reject_cost_model", "Declines costs that wait, or takes back one's own")
                .request::<api::NoteInput>()
                .refusals(SignoffRefusal::ALL),
            api::decline,
        )
}
