//! Writing rebate agreements with suppliers down: in the office, by JSON, from a file. What they pay back is worked out below
//! ([`terms::agreements`]).

pub mod actions;
pub mod api;
mod pages;
mod typed;

use kernel::{Access, CompanyId, Permission};
use web::{ApiDoc, Method};

use super::SupportRefusal;

/// What happened to an agreement.
#[derive(Debug)]
pub(crate) struct AgreementEvent {
    pub(crate) kind: &'static str,
    pub(crate) subject: String,
}

impl db::events::Event for AgreementEvent {
    fn kind(&self) -> &'static str {
        self.kind
    }
    fn subject(&self) -> String {
        self.subject.clone()
    }
    fn company(&self) -> Option<CompanyId> {
        None
    }
    fn payload(&self) -> serde_json::Value {
        serde_json::Value::Null
    }
}

pub(crate) fn routes() -> web::Routes {
    let may = Access::Needs(Permission::ManagePrices);
    let doc = |id, summary| ApiDoc::new("suppliers", id, summary);
    web::Routes::new()
        .page(Method::GET, "/office/suppliers", may, pages::list)
        .page(Method::POST, "/office/suppliers", may, pages::create)
        .page(Method::POST, "/office/suppliers/import", may, pages::import)
        .page(Method::GET, "/office/suppliers/{id}", may, pages::edit)
        .page(Method::POST, "/office/suppliers/{id}", may, pages::update)
        .page(Method::POST, "/office/suppliers/{id}/removal", may, pages::remove)
        .api(
            Method::GET,
            "/api/v1/supplier-agreements",
            may,
            doc("list_supplier_agreements", "Rebate agreements with suppliers").response::<Vec<api::AgreementJson>>(),
            api::list,
        )
        .api(
            Method::POST,
            "/api/v1/supplier-agreements",
            may,
            doc("create_supplier_agreement", "Adds a rebate agreement")
                .request::<api::AgreementInput>()
                .created::<api::AgreementJson>(),
            api::create,
        )
        .api(
            Method::PUT,
            "/api/v1/supplier-agreements/{id}",
            may,
            doc("change_supplier_agreement", "Changes a rebate agreement")
                .request::<api::AgreementInput>()
                .response::<api::AgreementJson>()
                .refusals(SupportRefusal::ALL),
            api::change,
        )
        .api(
            Method::DELETE,
            "/api/v1/supplier-agreements/{id}",
            may,
            doc("remove_supplier_agreement", "Removes a rebate agreement"),
            api::remove,
        )
}
