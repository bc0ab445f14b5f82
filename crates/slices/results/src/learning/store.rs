//! The SQL of which negotiations were learnt from.

use db::{WriteTx, params};
use kernel::{NegotiationId, Outcome};

db::sql! {
    PENDING = "SELECT n.id FROM negotiation n LEFT JOIN learnt_negotiation l ON l.negotiation_id = n.id
        WHERE n.closed_at IS NOT NULL AND l.negotiation_id IS NULL ORDER BY n.closed_at, n.number LIMIT $1";
    MARK = "INSERT INTO learnt_negotiation (negotiation_id) VALUES ($1)";
    PASS_OVER = "INSERT INTO learnt_negotiation (negotiation_id) SELECT n.id FROM negotiation n
        LEFT JOIN learnt_negotiation l ON l.negotiation_id = n.id
        WHERE n.closed_at IS NOT NULL AND l.negotiation_id IS NULL AND NOT EXISTS (
            SELECT 1 FROM negotiation_round r WHERE r.negotiation_id = n.id AND r.decision <> '')";
}

/// Closed negotiations from which was not learnt yet, in the order in which they were closed. Those that were never decided
/// here, imported ones, are passed over for good.
pub(super) async fn pending(tx: &WriteTx, limit: i64) -> Outcome<Vec<NegotiationId>> {
    tx.execute(PASS_OVER, params![]).await?;
    let rows = tx.all(PENDING, params![limit]).await?;
    Ok(rows.iter().map(|row| row.get("id")).collect::<Result<_, _>>()?)
}

pub(super) async fn mark(tx: &WriteTx, id: NegotiationId) -> Outcome<()> {
    Ok(tx.execute(MARK, params![id]).await.map(|_| ())?)
}
