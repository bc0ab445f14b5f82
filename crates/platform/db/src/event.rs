//! An event on its way into the log. What becomes of it there is told in [`crate::events`].

use kernel::{CompanyId, Ctx, EventId};

use crate::params;
use crate::value::Value;

/// Something that happened. Implemented by one enum per capability.
pub trait Event: Send + Sync {
    /// The stable name, e.g. `order.placed`.
    fn kind(&self) -> &'static str;
    /// The id of what it happened to.
    fn subject(&self) -> String;
    /// The company it concerns, when it concerns one.
    fn company(&self) -> Option<CompanyId>;
    /// Further facts, as JSON. Seller-only facts are allowed: events are never shown to buyers as they are.
    fn payload(&self) -> serde_json::Value {
        serde_json::Value::Null
    }
}

/// The values of an event's row: id, time, kind, subject, company, user, door, request, payload.
pub(crate) fn row(ctx: &Ctx, event: &dyn Event) -> Vec<Value> {
    params![
        EventId::new(ctx),
        ctx.now,
        event.kind(),
        event.subject(),
        event.company().or(ctx.actor.company),
        ctx.actor.user,
        ctx.actor.via.code(),
        ctx.request_id,
        event.payload().to_string(),
    ]
}
