//! Reading what came of negotiations. For the seller's own people; each query asks who.

use db::ReadTx;
use kernel::{
    Actor, Amount, Currency, Instant, NegotiationId, Outcome, Permission, ProductId, RefusalKind, Refused, UserId,
};
use negotiation::negotiations::queries::Replay;
use serde_json::Value;
use terms::{costs, deciders};

use super::figures::Figures;
use super::{AdherenceRow, Dimension, Filter, LeverRow, PricePoint, ResultRow, store};

/// Whose work somebody may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everybody's.
    All,
    /// The own.
    Own(UserId),
}

/// Whose work the actor may see: pricing managers, merchant admins and sales managers everybody's, reps their own.
///
/// # Errors
/// The refusals `sign-in-required` and `not-allowed`.
pub async fn scope(tx: &ReadTx, actor: &Actor) -> Outcome<Scope> {
    if actor.may(Permission::ManagePolicy) {
        return Ok(Scope::All);
    }
    let (me, authority) = deciders::me(tx, actor).await?;
    Ok(if authority > negotiation_engine::Authority::Rep { Scope::All } else { Scope::Own(me.id) })
}

/// A filter as far as the actor may see, and the actor's id where that is only the own work.
///
/// # Errors
/// The refusals `sign-in-required` and `not-allowed`.
pub async fn within(tx: &ReadTx, actor: &Actor, filter: Filter) -> Outcome<(Filter, Option<String>)> {
    Ok(match scope(tx, actor).await? {
        Scope::All => (filter, None),
        Scope::Own(me) => (Filter { rep: Some(me), without_rep: false, ..filter }, Some(me.to_string())),
    })
}

/// Refuses who may not see everybody's work.
///
/// # Errors
/// The refusals `sign-in-required` and `not-allowed`.
pub async fn must_see_all(tx: &ReadTx, actor: &Actor) -> Outcome<()> {
    match scope(tx, actor).await? {
        Scope::All => Ok(()),
        Scope::Own(_) => Err(Refused::plain("not-allowed", RefusalKind::Forbidden).into()),
    }
}

/// Figures by a dimension, in one currency, the groups in the order of the database.
///
/// # Errors
/// A fault when the database fails.
pub async fn figures(
    tx: &ReadTx,
    filter: &Filter,
    by: Dimension,
    currency: Currency,
) -> Outcome<Vec<(String, Figures)>> {
    let mut all: Vec<(String, Figures)> = Vec::new();
    for (key, figures) in store::figures(tx, filter, by).await? {
        match all.iter_mut().find(|(known, _)| *known == key) {
            Some((_, sum)) => sum.add(&figures),
            None => {
                let mut sum = Figures::none(currency);
                sum.add(&figures);
                all.push((key, sum));
            }
        }
    }
    Ok(all)
}

/// All of it as one sum.
///
/// # Errors
/// A fault when the database fails.
pub async fn total(tx: &ReadTx, filter: &Filter, currency: Currency) -> Outcome<Figures> {
    let sums = figures(tx, filter, Dimension::Total, currency).await?;
    Ok(sums.into_iter().next().map_or_else(|| Figures::none(currency), |(_, figures)| figures))
}

/// Levers by how often they were offered.
///
/// # Errors
/// A fault when the database fails.
pub async fn levers(tx: &ReadTx, filter: &Filter) -> Outcome<Vec<LeverRow>> {
    store::levers(tx, filter).await
}

/// Prices agreed for a product, the newest first, as many as a picture can show.
///
/// # Errors
/// A fault when the database fails.
pub async fn prices(tx: &ReadTx, filter: &Filter, product: ProductId) -> Outcome<Vec<PricePoint>> {
    store::prices(tx, filter, product, 500).await
}

/// Products with the most agreed lines.
///
/// # Errors
/// A fault when the database fails.
pub async fn products(tx: &ReadTx) -> Outcome<Vec<ProductId>> {
    store::products(tx).await
}

/// Segments that negotiated.
///
/// # Errors
/// A fault when the database fails.
pub async fn segments(tx: &ReadTx) -> Outcome<Vec<String>> {
    store::segments(tx).await
}

/// When the first and the last negotiation began; `None` without any.
///
/// # Errors
/// A fault when the database fails.
pub async fn first_and_last(tx: &ReadTx) -> Outcome<Option<(Instant, Instant)>> {
    store::first_and_last(tx).await
}

/// Negotiations, the newest first, and how many there are.
///
/// # Errors
/// A fault when the database fails.
pub async fn results(tx: &ReadTx, filter: &Filter, limit: i64, offset: i64) -> Outcome<(Vec<ResultRow>, i64)> {
    Ok((store::results(tx, filter, limit, offset).await?, store::results_count(tx, filter).await?))
}

/// Agreed deals by what became of them, in one currency.
///
/// # Errors
/// A fault when the database fails.
pub async fn adherence(tx: &ReadTx, filter: &Filter, currency: Currency) -> Outcome<Vec<AdherenceRow>> {
    let mut all: Vec<AdherenceRow> = Vec::new();
    for row in store::adherence(tx, filter).await? {
        let inside = |minor: i64| costs::convert(Amount::new(minor, row.currency), currency).minor();
        let (agreed, net) = (inside(row.agreed_minor), inside(row.net_minor));
        match all.iter_mut().find(|known| known.state == row.state) {
            Some(sum) => {
                sum.count += row.count;
                sum.agreed_minor = sum.agreed_minor.saturating_add(agreed);
                sum.net_minor = sum.net_minor.saturating_add(net);
            }
            None => all.push(AdherenceRow { currency, agreed_minor: agreed, net_minor: net, ..row }),
        }
    }
    Ok(all)
}

/// Every offer that buyers had, whoever made it, and how many of them were taken.
///
/// # Errors
/// A fault when the database fails.
pub async fn offers(tx: &ReadTx, filter: &Filter) -> Outcome<(i64, i64)> {
    let levers = store::levers(tx, filter).await?;
    Ok(levers.iter().fold((0, 0), |sum, row| (sum.0 + row.offers, sum.1 + row.offers_taken)))
}

/// How far negotiating has caught on in a span of time. Not filtered otherwise: it is about everything that is sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Adoption {
    /// Companies that negotiated.
    pub negotiating: i64,
    /// Companies that bought.
    pub buying: i64,
    /// What was sold.
    pub sold: Amount,
    /// Of it at negotiated prices.
    pub negotiated: Amount,
}

/// How far negotiating has caught on.
///
/// # Errors
/// A fault when the database fails.
pub async fn adoption(tx: &ReadTx, from: Instant, until: Instant, currency: Currency) -> Outcome<Adoption> {
    let (negotiating, buying) = store::active(tx, from, until).await?;
    let (mut sold, mut negotiated) = (Amount::zero(currency), Amount::zero(currency));
    for (of, net, at_deal) in store::purchases(tx, from, until).await? {
        sold = sold.plus(costs::convert(Amount::new(net, of), currency))?;
        negotiated = negotiated.plus(costs::convert(Amount::new(at_deal, of), currency))?;
    }
    Ok(Adoption { negotiating, buying, sold, negotiated })
}

/// A decision computed again, with what differs: path, stored value, value now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Whether both are the same to the cent.
    pub is_identical: bool,
    /// Field by field of outcome and trace; empty when identical.
    pub differences: Vec<(String, String, String)>,
}

/// Computes a decision again and compares it field by field.
///
/// # Errors
/// Not found, also for imported rounds; the refusal `not-allowed`.
pub async fn replay(tx: &ReadTx, actor: &Actor, id: NegotiationId, round: i64) -> Outcome<Compared> {
    let replay = negotiation::negotiations::queries::replay(tx, actor, id, round).await?;
    Ok(compared(&replay))
}

/// Field by field.
pub(super) fn compared(replay: &Replay) -> Compared {
    let read = |text: &str| serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()));
    let mut differences = Vec::new();
    compare(String::new(), &read(&replay.stored), &read(&replay.again), &mut differences);
    Compared { is_identical: replay.is_identical(), differences }
}

fn compare(path: String, stored: &Value, again: &Value, differences: &mut Vec<(String, String, String)>) {
    match (stored, again) {
        (Value::Object(a), Value::Object(b)) => {
            let mut keys: Vec<&String> = a.keys().chain(b.keys()).collect();
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                let joint = if path.is_empty() { "" } else { "." };
                let (x, y) = (a.get(key).unwrap_or(&Value::Null), b.get(key).unwrap_or(&Value::Null));
                compare(format!("{path}{joint}{key}"), x, y, differences);
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            for place in 0..a.len().max(b.len()) {
                let (x, y) = (a.get(place).unwrap_or(&Value::Null), b.get(place).unwrap_or(&Value::Null));
                compare(format!("{path}[{place}]"), x, y, differences);
            }
        }
        (a, b) if a == b => {}
        (a, b) => differences.push((path, a.to_string(), b.to_string())),
    }
}
