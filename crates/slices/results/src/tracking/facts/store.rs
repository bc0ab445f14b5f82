//! The SQL of what negotiations are measured by: prices paid before, rounds, looks, and what orders took.

use std::collections::HashMap;

use db::{ReadTx, Statement, params};
use kernel::{Amount, Currency, Instant, NegotiationId, Outcome, PolicyId, ProductId, Quantity, Unit, UnitPrice};
use negotiation_engine::Lever;

use crate::tracking::rules::OrderedLine;

/// What each customer paid for the products of these negotiations in the 90 days before the first ask, in the currency of
/// the negotiation: net minor units and thousandths.
pub(crate) async fn paid_before(
    tx: &ReadTx,
    ids: &[NegotiationId],
    span: i64,
) -> Outcome<HashMap<NegotiationId, Vec<(ProductId, i64, i64)>>> {
    let statement = Statement::new(
        "SELECT n.id, l.product_id, CAST(SUM(p.net_minor) AS BIGINT) AS net, CAST(SUM(p.quantity) AS BIGINT) AS bought
        FROM negotiation n JOIN negotiation_line l ON l.negotiation_id = n.id
        JOIN purchase p ON p.company_id = n.company_id AND p.product_id = l.product_id AND p.at < n.opened_at",
    )
    .filter("p.at >= n.opened_at - CAST(? AS BIGINT)", params![span])
    .filter("p.currency = n.currency AND p.quantity > 0", Vec::new())
    .filter_in("n.id", ids)
    .then("GROUP BY n.id, l.product_id", Vec::new());
    let mut all: HashMap<NegotiationId, Vec<_>> = HashMap::new();
    for row in tx.list(statement).await? {
        let paid = (row.get("product_id")?, row.get("net")?, row.get("bought")?);
        all.entry(row.get("id")?).or_default().push(paid);
    }
    Ok(all)
}

/// What the orders in a table took of deals, by product and price: those that used an offer up, and those that called a part of
/// it off. Each table is asked by itself: over both together neither engine would look up the orders by their numbers.
macro_rules! taken_in {
    ($table:literal) => {
        concat!(
            "SELECT d.negotiation_id, p.product_id, p.price_micros, p.currency, p.unit,
            CAST(SUM(p.quantity) AS BIGINT) AS quantity, CAST(SUM(p.net_minor) AS BIGINT) AS net FROM (
                SELECT o.negotiation_id, o.order_number FROM offer o WHERE o.state = 'taken' AND o.order_number IS NOT NULL
                UNION SELECT o.negotiation_id, c.order_number FROM call_off c JOIN offer o ON o.id = c.offer_id
                    WHERE o.state = 'taken'
            ) d JOIN ",
            $table,
            " p ON p.order_number = d.order_number"
        )
    };
}

/// What orders took of these deals, by product and price. Orders that wait for a person are orders like others until they are
/// refused; cancelled ones took nothing.
pub(crate) async fn ordered(tx: &ReadTx, ids: &[NegotiationId]) -> Outcome<HashMap<NegotiationId, Vec<OrderedLine>>> {
    let mut all: HashMap<NegotiationId, Vec<OrderedLine>> = HashMap::new();
    for table in [taken_in!("purchase"), taken_in!("purchase_held")] {
        let statement = Statement::new(table)
            .filter("p.is_negotiated AND p.quantity > 0", Vec::new())
            .filter_in("d.negotiation_id", ids)
            .then("GROUP BY d.negotiation_id, p.product_id, p.price_micros, p.currency, p.unit", Vec::new());
        for row in tx.list(statement).await? {
            let (currency, unit): (Currency, Unit) = (row.get("currency")?, row.get("unit")?);
            let line = OrderedLine {
                product: row.get("product_id")?,
                price: UnitPrice::new(row.get("price_micros")?, currency),
                quantity: Quantity::new(row.get("quantity")?, unit),
                net: Amount::new(row.get("net")?, currency),
            };
            add(all.entry(row.get("negotiation_id")?).or_default(), line);
        }
    }
    Ok(all)
}

/// What is of one product at one price is one line, whether it waits or not.
fn add(lines: &mut Vec<OrderedLine>, line: OrderedLine) {
    let is_same = |own: &&mut OrderedLine| {
        own.product == line.product && own.price == line.price && own.quantity.unit() == line.quantity.unit()
    };
    match lines.iter_mut().find(is_same) {
        Some(own) => {
            let much = own.quantity.thousandths().saturating_add(line.quantity.thousandths());
            own.quantity = Quantity::new(much, line.quantity.unit());
            own.net = Amount::new(own.net.minor().saturating_add(line.net.minor()), line.net.currency());
        }
        None => lines.push(line),
    }
}

/// The stored rounds that tracking looks at.
pub(crate) struct RoundFact {
    pub(crate) at: Instant,
    pub(crate) policy: PolicyId,
    pub(crate) position: String,
    pub(crate) history: String,
    pub(crate) outcome: String,
}

pub(crate) async fn rounds(tx: &ReadTx, ids: &[NegotiationId]) -> Outcome<HashMap<NegotiationId, Vec<RoundFact>>> {
    let statement =
        Statement::new("SELECT negotiation_id, at, policy_id, position, history, outcome FROM negotiation_round");
    let statement = statement.filter_in("negotiation_id", ids).then("ORDER BY negotiation_id, round", Vec::new());
    let mut all: HashMap<NegotiationId, Vec<RoundFact>> = HashMap::new();
    for row in tx.list(statement).await? {
        let fact = RoundFact {
            at: row.get("at")?,
            policy: row.get("policy_id")?,
            position: row.get("position")?,
            history: row.get("history")?,
            outcome: row.get("outcome")?,
        };
        all.entry(row.get("negotiation_id")?).or_default().push(fact);
    }
    Ok(all)
}

/// The levers whose offers somebody looked at closely.
pub(crate) async fn looked_at(tx: &ReadTx, ids: &[NegotiationId]) -> Outcome<HashMap<NegotiationId, Vec<Lever>>> {
    let statement =
        Statement::new("SELECT DISTINCT o.negotiation_id, o.lever FROM offer_look k JOIN offer o ON o.id = k.offer_id");
    let mut all: HashMap<NegotiationId, Vec<Lever>> = HashMap::new();
    for row in tx.list(statement.filter_in("o.negotiation_id", ids)).await? {
        let lever: String = row.get("lever")?;
        all.entry(row.get("negotiation_id")?).or_default().extend(Lever::parse(&lever));
    }
    Ok(all)
}
