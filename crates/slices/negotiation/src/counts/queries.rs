//! The SQL of counts.

use std::collections::HashMap;

use db::{ReadTx, params};
use kernel::{CompanyId, Fault, Instant, NegotiationId, Outcome, ProductId};

db::sql! {
    OPEN = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM negotiation WHERE company_id = $1 AND id <> $2
        AND (state = 'waiting' OR (state = 'offered' AND expires_at > $3))";
    MOVED_SINCE = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM negotiation WHERE company_id = $1 AND changed_at >= $2";
    ASKED_ELSEWHERE = "SELECT l.product_id, MAX(l.quantity) AS most FROM negotiation_line l
        JOIN negotiation n ON n.id = l.negotiation_id
        WHERE n.company_id = $1 AND n.id <> $2 AND n.asked_at >= $3 GROUP BY l.product_id";
    DECISIONS = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM negotiation_round WHERE negotiation_id = $1";
    OFFERED = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM negotiation
        WHERE company_id = $1 AND state = 'offered' AND expires_at > $2";
}

/// Other negotiations of a company that are open.
pub(crate) async fn open_count(tx: &ReadTx, company: CompanyId, but: NegotiationId, now: Instant) -> Outcome<i64> {
    Ok(tx.one(OPEN, params![company, but, now]).await?.get("n")?)
}

/// How many negotiations of a company were opened or went on since.
pub(crate) async fn moved_since(tx: &ReadTx, company: CompanyId, since: Instant) -> Outcome<i64> {
    Ok(tx.one(MOVED_SINCE, params![company, since]).await?.get("n")?)
}

/// How many decisions a negotiation has had.
pub(crate) async fn decisions(tx: &ReadTx, id: NegotiationId) -> Outcome<i64> {
    Ok(tx.one(DECISIONS, params![id]).await?.get("n")?)
}

/// Negotiations of a company with offers on the table.
pub(crate) async fn offered_count(tx: &ReadTx, company: CompanyId, now: Instant) -> Outcome<i64> {
    Ok(tx.one(OFFERED, params![company, now]).await?.get("n")?)
}

/// The largest quantity (thousandths) asked for in other negotiations of a company, by product.
pub(crate) async fn asked_elsewhere(
    tx: &ReadTx,
    company: CompanyId,
    but: NegotiationId,
    since: Instant,
) -> Outcome<HashMap<ProductId, i64>> {
    let rows = tx.all(ASKED_ELSEWHERE, params![company, but, since]).await?;
    let pairs = rows.iter().map(|row| Ok::<_, Fault>((row.get("product_id")?, row.get("most")?)));
    Ok(pairs.collect::<Result<_, _>>()?)
}
