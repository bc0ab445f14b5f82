//! Asking suppliers for help with a deal.
//!
//! * From a case on the desk, or from a line of a quote, a supplier is asked for a special price ([`actions::ask`],
//!   ship-and-debit). The supplier gets a link by mail and needs no account: the page behind it ([`supplier`]) knows its
//!   product, the quantity and the price asked for, and nothing of the customer or of what the seller pays today. It is
//!   answered once: yes, no, or another number, with a last day.
//! * The answer lowers the cost in that case's position ([`terms::support`]), and the case moves on by itself ([`jobs`]): if
//!   the rules now accept or counter, the buyer has the answer at once.
//! * Rebate [`agreements`] pay back in steps of what is bought in a period; the engine counts what a deal brings nearer.

pub mod actions;
pub mod agreements;
mod api;
pub(crate) mod jobs;
mod pages;
mod queries;
pub mod supplier;
mod token;

use db::events::Event;
use kernel::{Access, Date, Email, Permission, ProductId, Quantity, UnitPrice};
use terms::support::About;
use web::{ApiDoc, Method};

/// What the seller asks a supplier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRequest {
    /// For what.
    pub about: About,
    /// The product.
    pub product: ProductId,
    /// The supplier's address.
    pub email: Email,
    /// What the supplier calls it.
    pub supplier_sku: String,
    /// How much the special price is wanted for.
    pub quantity: Quantity,
    /// The cost of one unit that is asked for.
    pub asked: UnitPrice,
    /// What the supplier reads.
    pub note: String,
    /// The last day on which the supplier may answer.
    pub answer_by: Date,
}

kernel::refusals! {
    /// Why a supplier is not asked.
    pub enum SupportRefusal {
        /// The case has ended.
        CaseClosed = "support-case-closed" => Conflict,
        /// The product's cost is not known, so that a special price could not be compared.
        CostUnknown = "support-cost-unknown" => Conflict,
        /// A supplier is asked for this already.
        AskedAlready = "support-asked-already" => Conflict,
        /// Somebody else changed the agreement after it was read.
        AgreementChanged = "agreement-changed" => Conflict,
    }
}

/// Something that happened with a supplier. Its subject is the case. It names no company: buyers must not hear of it.
#[derive(Debug)]
pub(crate) struct SupportEvent {
    pub(crate) kind: &'static str,
    pub(crate) subject: String,
    pub(crate) payload: serde_json::Value,
}

impl Event for SupportEvent {
    fn kind(&self) -> &'static str {
        self.kind
    }
    fn subject(&self) -> String {
        self.subject.clone()
    }
    fn company(&self) -> Option<kernel::CompanyId> {
        None
    }
    fn payload(&self) -> serde_json::Value {
        self.payload.clone()
    }
}

pub(crate) fn routes() -> web::Routes {
    let desk = Access::Needs(Permission::UseDesk);
    web::Routes::new()
        .page(Method::GET, "/desk/support", desk, pages::form)
        .page(Method::POST, "/desk/support", desk, pages::ask)
        .page(Method::GET, "/supplier/{token}", Access::Public, supplier::show)
        .page(Method::POST, "/supplier/{token}", Access::Public, supplier::answer)
        .api(
            Method::POST,
            "/api/v1/desk/support",
            desk,
            ApiDoc::new("support", "ask_supplier", "Asks a supplier for a special price, by mail")
                .request::<api::AskJson>()
                .created::<api::RequestJson>()
                .refusals(SupportRefusal::ALL),
            api::ask,
        )
        .api(
            Method::GET,
            "/api/v1/desk/{id}/support",
            desk,
            ApiDoc::new("support", "list_support", "What suppliers were asked for a negotiation, and their answers")
                .response::<Vec<api::RequestJson>>(),
            api::list,
        )
        .merge(agreements::routes())
}
