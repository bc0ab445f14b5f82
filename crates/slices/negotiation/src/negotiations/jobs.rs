//! What is to be done about a negotiation after the commit, by name. Whoever does it registers a handler: time in
//! [`crate::requests`], mails in [`crate::notices`].

use db::WriteTx;
use kernel::{Ctx, Instant, NegotiationId, Outcome};
use serde::{Deserialize, Serialize};

use super::Negotiation;

pub(crate) const EXPIRE: &str = "negotiation.expire";
pub(crate) const TELL_BUYER: &str = "negotiation.tell_buyer";
pub(crate) const TELL_REP: &str = "negotiation.tell_rep";

/// What such a job carries.
#[derive(Serialize, Deserialize)]
pub(crate) struct About {
    pub(crate) negotiation: NegotiationId,
    /// When the decision was made whose mail was kept back; `None` for what is told at once.
    #[serde(default)]
    pub(crate) decided: Option<Instant>,
}

/// The payload of a job about a negotiation.
pub(crate) fn about(negotiation: NegotiationId) -> serde_json::Value {
    serde_json::json!({ "negotiation": negotiation })
}

/// Writes down that the offers have run out, once they have.
pub async fn expire_later(tx: &WriteTx, ctx: &Ctx, n: &Negotiation) -> Outcome<()> {
    let Some(end) = n.expires_at else { return Ok(()) };
    Ok(tx.enqueue(ctx, EXPIRE, &about(n.id), end).await?)
}

/// A mail to the buyer says how it stands.
pub async fn tell_buyer(tx: &WriteTx, ctx: &Ctx, id: NegotiationId) -> Outcome<()> {
    Ok(tx.enqueue(ctx, TELL_BUYER, &about(id), ctx.now).await?)
}

/// The same once the person who decides now can no longer take it back.
pub async fn tell_buyer_later(tx: &WriteTx, ctx: &Ctx, id: NegotiationId) -> Outcome<()> {
    let payload = serde_json::json!({ "negotiation": id, "decided": ctx.now });
    Ok(tx.enqueue(ctx, TELL_BUYER, &payload, ctx.now.plus(super::UNDO)).await?)
}

/// A mail to whoever has the case says that it waits.
pub async fn tell_rep(tx: &WriteTx, ctx: &Ctx, id: NegotiationId) -> Outcome<()> {
    Ok(tx.enqueue(ctx, TELL_REP, &about(id), ctx.now).await?)
}
