//! The SQL of proposals.

use db::{ReadTx, Row, WriteTx, params};
use kernel::{Fault, NegotiationId, Outcome};

use super::Proposal;

db::sql! {
    INSERT = "INSERT INTO proposal (offer_id, negotiation_id, person_id, needed, rationale, message, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    OF = "SELECT offer_id, person_id, needed, rationale, message, at FROM proposal WHERE negotiation_id = $1 ORDER BY at DESC";
}

pub(super) async fn insert(tx: &WriteTx, id: NegotiationId, proposal: &Proposal) -> Outcome<()> {
    let Proposal { offer, person, needed, rationale, message, at } = proposal;
    let values = params![*offer, id, *person, needed, rationale, message, *at];
    Ok(tx.execute(INSERT, values).await.map(|_| ())?)
}

/// What was ever proposed in a case, the latest first.
pub(super) async fn proposals(tx: &ReadTx, id: NegotiationId) -> Outcome<Vec<Proposal>> {
    let rows = tx.all(OF, params![id]).await?;
    let read = |row: &Row| {
        Ok::<_, Fault>(Proposal {
            offer: row.get("offer_id")?,
            person: row.get("person_id")?,
            needed: row.get("needed")?,
            rationale: row.get("rationale")?,
            message: row.get("message")?,
            at: row.get("at")?,
        })
    };
    Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
}
