//! Suppliers' help for a deal.
//!
//! * From a case on the desk, or from a line of a quote, a supplier is asked for a special price ([`actions::ask`],
//!   ship-and-debit). The supplier gets a link by mail and needs no account: the page behind it ([`supplier`]) knows its
//!   product, the quantity and the price asked for, and nothing of the customer or of what the seller pays today. It is
//!   answered once: yes, no, or another number, with a last day.
//! * The answer lowers the cost in that case's position until its last day ([`queries::for_negotiation`]), and the case moves
//!   on by itself ([`jobs`]): if the rules now accept or counter, the buyer has the answer at once.
//! * Rebate [`agreements`] pay back in steps of what is bought in a period; the engine counts what a deal brings nearer.
//!
//! All of it is the seller's own; nothing here is part of a buyer's type.

pub mod actions;
pub mod agreements;
mod api;
pub(crate) mod jobs;
pub(crate) mod pages;
pub mod queries;
pub mod rules;
pub(crate) mod store;
pub mod supplier;
mod token;

use db::events::Event;
use kernel::{
    Access, Currency, Date, Email, Instant, NegotiationId, Permission, ProductId, Quantity, QuoteId, SupportId,
    UnitPrice, UserId,
};
use web::{ApiDoc, Method};

/// What a supplier is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A product of a negotiation.
    Negotiation(NegotiationId),
    /// A line of a quote.
    Quote(QuoteId, i64),
}

/// Where a request to a supplier stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// No answer yet.
    Open,
    /// A price was granted.
    Granted,
    /// No.
    Refused,
}

impl State {
    const ALL: [Self; 3] = [Self::Open, Self::Granted, Self::Refused];

    /// The stored code; `support-state-<code>` is the key of its word.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Granted => "granted",
            Self::Refused => "refused",
        }
    }

    pub(crate) fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

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

/// What a supplier granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Granted {
    /// The special cost of one unit.
    pub price: UnitPrice,
    /// For so much at most.
    pub up_to: Quantity,
    /// The last day.
    pub until: Date,
}

/// A request to a supplier. Seller only: `usual` is what one unit costs without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupplierRequest {
    /// Its id.
    pub id: SupportId,
    /// For what.
    pub about: About,
    /// The product.
    pub product: ProductId,
    /// The supplier's address.
    pub email: Email,
    /// What the supplier calls the product.
    pub supplier_sku: String,
    /// How much.
    pub quantity: Quantity,
    /// The currency of its prices.
    pub currency: Currency,
    /// What one unit costs without it.
    pub usual: UnitPrice,
    /// What was asked for.
    pub asked: UnitPrice,
    /// What the supplier reads.
    pub note: String,
    /// Where it stands.
    pub state: State,
    /// What was granted.
    pub granted: Option<Granted>,
    /// What the supplier says.
    pub answer_note: String,
    /// Answers that could not be read, so far.
    pub attempts: i64,
    /// Who asked.
    pub asked_by: UserId,
    /// When.
    pub asked_at: Instant,
    /// Until when the link works.
    pub expires_at: Instant,
    /// When it was answered.
    pub answered_at: Option<Instant>,
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
