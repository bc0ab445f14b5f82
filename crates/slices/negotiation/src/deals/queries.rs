//! Reading deals. The company is part of every query.

use std::collections::HashMap;

use db::{ReadTx, Row, Statement, params};
use kernel::{Amount, CompanyId, Currency, Fault, Instant, OfferId, Outcome, ProductId, Quantity};
use pricing::purchases;
use terms::figures::in_currency;
use terms::freight;
use web::Pager;

use super::{CallOff, Deal, Standing};
use crate::offers::store;

/// A company's deals, agreed last first, and how many there are in all.
///
/// # Errors
/// A fault when the database fails.
pub async fn of_company(
    tx: &ReadTx,
    company: CompanyId,
    standing: Option<Standing>,
    now: Instant,
    pager: Pager,
) -> Outcome<(Vec<Deal>, i64)> {
    let wanted = |statement| filtered(statement, company, standing, now);
    let statement = wanted(Statement::new(
        "SELECT o.id, o.negotiation_id, o.terms, o.net_minor, o.taken_at, o.order_number, n.number FROM offer o
        JOIN negotiation n ON n.id = o.negotiation_id",
    ));
    let page = params![pager.per_page, pager.offset()];
    let rows = tx.list(statement.then("ORDER BY o.taken_at DESC, n.number DESC LIMIT ? OFFSET ?", page)).await?;
    let mut deals = rows.iter().map(from_row).collect::<Result<Vec<_>, _>>()?;
    fill(tx, company, &mut deals).await?;
    let count = wanted(Statement::new(
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM offer o JOIN negotiation n ON n.id = o.negotiation_id",
    ));
    let total = tx.list(count).await?.first().map_or(Ok(0), |row| row.get("n"))?;
    Ok((deals, total))
}

fn filtered(statement: Statement, company: CompanyId, standing: Option<Standing>, now: Instant) -> Statement {
    let own = statement.filter("n.company_id = ?", params![company]).filter("o.state = 'taken'", Vec::new());
    match standing {
        None => own,
        Some(Standing::Ordered) => own.filter("o.order_number IS NOT NULL", Vec::new()),
        Some(Standing::Open) => own.filter("o.order_number IS NULL AND o.expires_at > ?", params![now]),
        Some(Standing::Ended) => own.filter("o.order_number IS NULL AND o.expires_at <= ?", params![now]),
    }
}

fn from_row(row: &Row) -> Result<Deal, Fault> {
    let offer = store::read_terms(row)?;
    Ok(Deal {
        id: row.get("id")?,
        negotiation: row.get("negotiation_id")?,
        number: row.get("number")?,
        net: Amount::new(row.get("net_minor")?, offer.saving.currency()),
        spared: Amount::zero(offer.saving.currency()),
        agreed_at: row.get("taken_at")?,
        order_number: row.get("order_number")?,
        call_offs: Vec::new(),
        turnover: None,
        offer,
    })
}

/// Adds what was called off, what was bought since, and what freight is spared.
async fn fill(tx: &ReadTx, company: CompanyId, deals: &mut [Deal]) -> Outcome<()> {
    let spared = freight::spared_by(tx, &deals.iter().map(|deal| &deal.offer).collect::<Vec<_>>()).await?;
    deals.iter_mut().zip(spared).for_each(|(deal, spared)| deal.spared = spared);
    let committed = deals.iter().filter(|deal| deal.offer.terms.extras.commitment.is_some());
    let ids: Vec<OfferId> = committed.map(|deal| deal.id).collect();
    let rows = call_offs(tx, &ids).await?;
    for deal in deals {
        for row in rows.get(&deal.id).into_iter().flatten() {
            let product: ProductId = row.get("product_id")?;
            let Some(line) = deal.offer.terms.lines.iter().find(|line| line.product == product) else { continue };
            deal.call_offs.push(CallOff {
                order_number: row.get("order_number")?,
                product,
                quantity: Quantity::new(row.get("quantity")?, line.quantity.unit()),
                at: row.get("at")?,
            });
        }
        if let Some(rebate) = &deal.offer.terms.extras.rebate {
            deal.turnover = Some(bought_since(tx, company, deal.agreed_at, rebate.turnover.currency()).await?);
        }
    }
    Ok(())
}

async fn bought_since(tx: &ReadTx, company: CompanyId, since: Instant, currency: Currency) -> Outcome<Amount> {
    Ok(in_currency(purchases::queries::revenue(tx, company, since).await?, currency))
}

/// The rows of what was called off of some offers, oldest first. Units stand in the offer's lines.
async fn call_offs(tx: &ReadTx, ids: &[OfferId]) -> Outcome<HashMap<OfferId, Vec<Row>>> {
    let mut all: HashMap<OfferId, Vec<Row>> = HashMap::new();
    if ids.is_empty() {
        return Ok(all);
    }
    let statement = Statement::new("SELECT offer_id, order_number, product_id, quantity, at FROM call_off");
    let statement = statement.filter_in("offer_id", ids).then("ORDER BY at, order_number, product_id", Vec::new());
    for row in tx.list(statement).await? {
        all.entry(row.get("offer_id")?).or_default().push(row);
    }
    Ok(all)
}
