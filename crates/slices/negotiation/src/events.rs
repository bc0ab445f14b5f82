//! What happens in negotiations, for whoever follows the log.

use db::events::Event;
use kernel::{CompanyId, NegotiationId};

/// Something that happened in a negotiation. Its subject is the negotiation, so that open pages hear of it.
#[derive(Debug)]
pub struct NegotiationEvent {
    kind: &'static str,
    id: NegotiationId,
    company: CompanyId,
    payload: serde_json::Value,
}

impl NegotiationEvent {
    /// Something of this kind, about a negotiation of a company.
    pub fn new(kind: &'static str, id: NegotiationId, company: CompanyId, payload: serde_json::Value) -> Self {
        Self { kind, id, company, payload }
    }
}

impl Event for NegotiationEvent {
    fn kind(&self) -> &'static str {
        self.kind
    }
    fn subject(&self) -> String {
        self.id.to_string()
    }
    fn company(&self) -> Option<CompanyId> {
        Some(self.company)
    }
    fn payload(&self) -> serde_json::Value {
        self.payload.clone()
    }
}
