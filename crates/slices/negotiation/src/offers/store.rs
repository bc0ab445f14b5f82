//! The SQL of offers.

use std::collections::HashMap;

use db::{ReadTx, Row, Statement, WriteTx, params};
use kernel::{Amount, CompanyId, Fault, Instant, NegotiationId, OfferId, Outcome, ProductId, Quantity, UserId};
use terms::freight;

use super::{AgreedOffer, OfferRow, OfferState};

db::sql! {
    UPDATE = "UPDATE offer SET round = $2, position = $3, state = $4, terms = $5, expires_at = $6, taken_at = $7
        WHERE id = $1";
    SUPERSEDE = "UPDATE offer SET state = CASE WHEN state = 'suggested' THEN 'unsent' ELSE 'superseded' END
        WHERE negotiation_id = $1 AND state IN ('open', 'suggested')";
    DROP_SUGGESTED = "UPDATE offer SET state = 'unsent' WHERE negotiation_id = $1 AND state = 'suggested'";
    DROP_WORKED_OUT = "UPDATE offer SET state = 'unsent' WHERE negotiation_id = $1 AND state = 'suggested'
        AND made_by IS NULL";
    SET_STATE = "UPDATE offer SET state = $2, taken_at = $3 WHERE id = $1";
    AGREED = "SELECT o.id, o.negotiation_id, n.number, o.terms, o.order_number FROM offer o
        JOIN negotiation n ON n.id = o.negotiation_id WHERE o.id = $2 AND n.company_id = $1 AND o.state = 'taken'";
    USE = "UPDATE offer SET order_number = $2, used_at = $3 WHERE id = $1 AND order_number IS NULL AND state = 'taken'";
    LOOK = "INSERT INTO offer_look (offer_id, person_id, at) VALUES ($1, $2, $3) ON CONFLICT (offer_id, person_id) DO NOTHING";
    LOOKED_AT = "SELECT DISTINCT o.lever FROM offer_look l JOIN offer o ON o.id = l.offer_id WHERE o.negotiation_id = $1
        ORDER BY o.lever";
    LOCK = "UPDATE offer SET used_at = $2 WHERE id = $1 AND order_number IS NULL AND state = 'taken'";
    CALL_OFF = "INSERT INTO call_off (offer_id, order_number, product_id, quantity, at) VALUES ($1, $2, $3, $4, $5)";
    UNUSE = "UPDATE offer SET order_number = NULL, used_at = NULL WHERE id = $1 AND state = 'taken'";
    FREE_OF = "UPDATE offer SET order_number = NULL, used_at = NULL WHERE id = $1 AND order_number = $2";
    TAKE_BACK = "DELETE FROM call_off WHERE offer_id = $1 AND order_number = $2";
    MOVED_ON = "UPDATE negotiation SET version = version + 1
        WHERE id = (SELECT o.negotiation_id FROM offer o WHERE o.id = $1)";
    CONCEDED = "SELECT n.currency, CAST(SUM(o.saving_minor) AS BIGINT) AS total FROM offer o
        JOIN negotiation n ON n.id = o.negotiation_id
        WHERE n.company_id = $1 AND o.state = 'taken' AND o.taken_at >= $2 GROUP BY n.currency";
}

/// The head of a bulk insert, which is completed at run time.
const INSERT: &str =
    "INSERT INTO offer (id, negotiation_id, round, position, lever, state, terms, net_minor, saving_minor,
    expires_at, made_by, made_at, taken_at, order_number, used_at) VALUES";

pub(crate) fn read_terms(row: &Row) -> Result<negotiation_engine::Offer, Fault> {
    let text: String = row.get("terms")?;
    serde_json::from_str(&text).map_err(|e| Fault::because("reading the terms of an offer", e))
}

fn write_terms(offer: &negotiation_engine::Offer) -> Result<String, Fault> {
    serde_json::to_string(offer).map_err(|e| Fault::because("writing down the terms of an offer", e))
}

fn from_row(row: &Row) -> Result<OfferRow, Fault> {
    let offer = read_terms(row)?;
    let state: String = row.get("state")?;
    Ok(OfferRow {
        id: row.get("id")?,
        negotiation: row.get("negotiation_id")?,
        round: row.get("round")?,
        position: row.get("position")?,
        state: OfferState::parse(&state).ok_or_else(|| Fault::new(format!("offer.state is {state}")))?,
        net: Amount::new(row.get("net_minor")?, offer.saving.currency()),
        spared: Amount::zero(offer.saving.currency()),
        made_by: row.get("made_by")?,
        made_at: row.get("made_at")?,
        taken_at: row.get("taken_at")?,
        order_number: row.get("order_number")?,
        offer,
    })
}

/// Stores new offers.
pub async fn insert(tx: &WriteTx, rows: &[OfferRow]) -> Outcome<()> {
    let rows = rows.iter().map(values).collect::<Outcome<Vec<_>>>()?;
    if !rows.is_empty() {
        tx.insert_many(INSERT, "", rows).await?;
    }
    Ok(())
}

fn values(row: &OfferRow) -> Outcome<Vec<db::Value>> {
    Ok(params![
        row.id,
        row.negotiation,
        row.round,
        row.position,
        row.offer.lever.code(),
        row.state.code(),
        write_terms(&row.offer)?,
        row.net.minor(),
        row.offer.saving.minor(),
        row.offer.expires,
        row.made_by,
        row.made_at,
        row.taken_at,
        row.order_number,
        row.order_number.as_ref().and(row.taken_at),
    ])
}

pub(crate) async fn update(tx: &WriteTx, row: &OfferRow) -> Outcome<()> {
    let terms = write_terms(&row.offer)?;
    let values = params![row.id, row.round, row.position, row.state.code(), terms, row.offer.expires, row.taken_at];
    Ok(tx.update_one(UPDATE, values).await?)
}

/// Everything that is not taken ends with the negotiation.
pub async fn supersede(tx: &WriteTx, negotiation: NegotiationId) -> Outcome<()> {
    Ok(tx.execute(SUPERSEDE, params![negotiation]).await.map(|_| ())?)
}

/// Suggestions end when somebody decided; what the buyer was offered goes on standing.
pub async fn drop_suggested(tx: &WriteTx, negotiation: NegotiationId) -> Outcome<()> {
    Ok(tx.execute(DROP_SUGGESTED, params![negotiation]).await.map(|_| ())?)
}

/// What the engine suggested makes place for what it suggests now; what a colleague proposes stays.
pub(crate) async fn drop_worked_out(tx: &WriteTx, negotiation: NegotiationId) -> Outcome<()> {
    Ok(tx.execute(DROP_WORKED_OUT, params![negotiation]).await.map(|_| ())?)
}

/// Puts an offer back to where it stood, or takes it back.
pub async fn set_state(tx: &WriteTx, id: OfferId, state: OfferState) -> Outcome<()> {
    Ok(tx.update_one(SET_STATE, params![id, state.code(), None::<Instant>]).await?)
}

/// The offers of negotiations, those of the last decision first.
pub async fn of_negotiations(tx: &ReadTx, ids: &[NegotiationId]) -> Outcome<Vec<OfferRow>> {
    let statement = Statement::new(
        "SELECT id, negotiation_id, round, position, state, terms, net_minor, made_by, made_at, taken_at, order_number
        FROM offer",
    );
    let statement = statement.filter_in("negotiation_id", ids).then("ORDER BY round DESC, position, id", Vec::new());
    let mut rows = tx.list(statement).await?.iter().map(from_row).collect::<Result<Vec<_>, _>>()?;
    let spared = freight::spared_by(tx, &rows.iter().map(|row| &row.offer).collect::<Vec<_>>()).await?;
    rows.iter_mut().zip(spared).for_each(|(row, spared)| row.spared = spared);
    Ok(rows)
}

fn agreed_row(row: &Row) -> Result<AgreedOffer, Fault> {
    Ok(AgreedOffer {
        id: row.get("id")?,
        negotiation: row.get("negotiation_id")?,
        number: row.get("number")?,
        offer: read_terms(row)?,
        used: row.get::<Option<String>>("order_number")?.is_some(),
        called_off: Vec::new(),
    })
}

/// What is left of a commitment: the price holds for so much more.
fn take_off(agreed: &mut AgreedOffer, done: impl Fn(ProductId) -> i64) {
    let Some(commitment) = agreed.offer.terms.extras.commitment else { return };
    for (line, up_to) in agreed.offer.terms.lines.iter_mut().zip(&mut agreed.offer.up_to) {
        let (unit, done) = (line.quantity.unit(), done(line.product));
        let left = (commitment.total(line.quantity).thousandths() - done).max(0);
        agreed.called_off.push(Quantity::new(done, unit));
        *up_to = Quantity::new(left, unit);
        line.quantity = Quantity::new(line.quantity.thousandths().min(left), unit);
    }
}

pub(super) async fn agreed(tx: &ReadTx, company: CompanyId, id: OfferId) -> Outcome<Option<AgreedOffer>> {
    let Some(row) = tx.optional(AGREED, params![company, id]).await? else { return Ok(None) };
    Ok(whole(tx, vec![row]).await?.pop())
}

/// Several at once: one statement, and one more when there are commitments among them.
pub(super) async fn agreed_many(tx: &ReadTx, company: CompanyId, ids: &[OfferId]) -> Outcome<Vec<AgreedOffer>> {
    let statement = Statement::new(
        "SELECT o.id, o.negotiation_id, n.number, o.terms, o.order_number FROM offer o
        JOIN negotiation n ON n.id = o.negotiation_id",
    );
    let statement = statement
        .filter("n.company_id = ? AND o.state = 'taken'", params![company])
        .filter_in("o.id", ids)
        .then("ORDER BY o.id", Vec::new());
    whole(tx, tx.list(statement).await?).await
}

async fn whole(tx: &ReadTx, rows: Vec<Row>) -> Outcome<Vec<AgreedOffer>> {
    let mut all = rows.iter().map(agreed_row).collect::<Result<Vec<_>, _>>()?;
    let commitments = all.iter().filter(|agreed| agreed.offer.terms.extras.commitment.is_some());
    let ids: Vec<OfferId> = commitments.map(|agreed| agreed.id).collect();
    let done = called_off_many(tx, &ids).await?;
    for agreed in &mut all {
        let id = agreed.id;
        take_off(agreed, |product| done.get(&(id, product)).copied().unwrap_or(0));
    }
    Ok(all)
}

async fn called_off_many(tx: &ReadTx, ids: &[OfferId]) -> Outcome<HashMap<(OfferId, ProductId), i64>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let statement =
        Statement::new("SELECT offer_id, product_id, CAST(SUM(quantity) AS BIGINT) AS quantity FROM call_off")
            .filter_in("offer_id", ids)
            .then("GROUP BY offer_id, product_id", Vec::new());
    let rows = tx.list(statement).await?;
    let read = |row: &Row| Ok(((row.get("offer_id")?, row.get("product_id")?), row.get("quantity")?));
    Ok(rows.iter().map(read).collect::<Result<_, Fault>>()?)
}

pub(super) async fn agreed_for_products(
    tx: &ReadTx,
    company: CompanyId,
    products: &[ProductId],
    now: Instant,
) -> Outcome<Vec<AgreedOffer>> {
    let statement = Statement::new(
        "SELECT DISTINCT o.id, o.negotiation_id, n.number, o.terms, o.order_number FROM offer o
        JOIN negotiation n ON n.id = o.negotiation_id JOIN negotiation_line l ON l.negotiation_id = n.id",
    )
    .filter("n.company_id = ?", params![company])
    .filter("o.state = 'taken' AND o.order_number IS NULL", Vec::new())
    .filter("o.expires_at > ?", params![now])
    .filter_in("l.product_id", products)
    .then("ORDER BY o.id", Vec::new());
    whole(tx, tx.list(statement).await?).await
}

/// Whether the offer was free and is now used.
pub(super) async fn mark_used(tx: &WriteTx, id: OfferId, order_number: &str, now: Instant) -> Outcome<bool> {
    Ok(tx.execute(USE, params![id, order_number, now]).await? == 1)
}

/// Somebody has looked at an offer closely.
pub(crate) async fn look(tx: &WriteTx, id: OfferId, person: UserId, now: Instant) -> Outcome<()> {
    Ok(tx.execute(LOOK, params![id, person, now]).await.map(|_| ())?)
}

/// The levers of a negotiation's offers that somebody has looked at closely.
pub(crate) async fn looked_at(tx: &ReadTx, negotiation: NegotiationId) -> Outcome<Vec<negotiation_engine::Lever>> {
    let rows = tx.all(LOOKED_AT, params![negotiation]).await?;
    let codes = rows.iter().map(|row| row.get::<String>("lever")).collect::<Result<Vec<_>, _>>()?;
    Ok(codes.iter().filter_map(|code| negotiation_engine::Lever::parse(code)).collect())
}

/// Takes hold of an agreed offer that is not used up, until commit. `false` when it is not there or used up.
pub(super) async fn lock(tx: &WriteTx, id: OfferId, now: Instant) -> Outcome<bool> {
    Ok(tx.execute(LOCK, params![id, now]).await? == 1)
}

pub(super) async fn call_off(
    tx: &WriteTx,
    id: OfferId,
    order_number: &str,
    lines: &[(ProductId, Quantity)],
    now: Instant,
) -> Outcome<()> {
    for (product, quantity) in lines {
        tx.execute(CALL_OFF, params![id, order_number, *product, quantity.thousandths(), now]).await?;
    }
    Ok(())
}

/// What an order has called off, and that it used the offer up, is undone. A commitment of which something is free again
/// is not used up any more, whichever order took the rest.
pub(super) async fn give_back(tx: &WriteTx, id: OfferId, order_number: &str) -> Outcome<()> {
    if tx.execute(TAKE_BACK, params![id, order_number]).await? > 0 {
        tx.execute(UNUSE, params![id]).await?;
    } else {
        tx.execute(FREE_OF, params![id, order_number]).await?;
    }
    Ok(())
}

/// The offer's negotiation is not what it was: whoever follows negotiations by their version looks at it again.
pub(super) async fn moved_on(tx: &WriteTx, id: OfferId) -> Outcome<()> {
    Ok(tx.execute(MOVED_ON, params![id]).await.map(|_| ())?)
}

/// Concessions taken by a company since a moment, one sum for each currency.
pub async fn conceded(tx: &ReadTx, company: CompanyId, since: Instant) -> Outcome<Vec<Amount>> {
    let rows = tx.all(CONCEDED, params![company, since]).await?;
    let sums = rows.iter().map(|row| Ok::<_, Fault>(Amount::new(row.get("total")?, row.get("currency")?)));
    Ok(sums.collect::<Result<_, _>>()?)
}
