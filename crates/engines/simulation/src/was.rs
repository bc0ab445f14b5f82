//! What really came of past deals, as an arm beside those that are simulated: orders as they were written, nothing else.
//!
//! floats: a buyer's private worth is no money

use kernel::Quantity;
use negotiation_engine::{CheckedPolicy, Lever, LineTerms, Terms};

use crate::{
    market::{Ordered, PastDeal},
    table::{Sale, Table},
    talk::{Desk, Ending, Outcome},
};

/// The outcome of a deal as history has it. Who never negotiated bought as one does without talks. Margins are reckoned as for
/// every other arm, at the costs of the deal's time.
pub(crate) fn as_it_was(table: &Table<'_>, floors: &CheckedPolicy<'_>, desk: &Desk, deal: &PastDeal) -> Outcome {
    let sale = deal.ordered.and_then(|ordered| sold(table, floors, deal, ordered));
    let (ending, rounds, work) = match deal.talks {
        Some(talks) if talks.person => (Ending::Escalated, talks.rounds, desk.rep_minutes),
        Some(talks) if talks.agreed => (Ending::Agreed, talks.rounds, 0),
        Some(talks) => (Ending::Walked, talks.rounds, 0),
        None => (Ending::Walked, 0, 0),
    };
    let is_agreed = deal.talks.is_some_and(|talks| talks.agreed);
    Outcome { ending, sale, rounds: rounds.into(), decisions: 0, work, wait: 0, is_agreed }
}

/// What was ordered, whatever was talked about.
fn sold(table: &Table<'_>, floors: &CheckedPolicy<'_>, deal: &PastDeal, ordered: Ordered) -> Option<Sale> {
    let Ordered { quantity, price } = ordered;
    let line = LineTerms { product: table.product_id(), quantity, price };
    let at_list = price.micros() >= table.list_at(quantity)?.micros();
    let lever = match deal.talks.and_then(|talks| talks.lever) {
        Some(lever) => lever,
        None if at_list => Lever::List,
        None => Lever::Plain,
    };
    let share = price.micros() as f64 / table.buyer.list.micros().max(1) as f64;
    table.sale(floors, lever, &Terms::new(vec![line], table.market.payment_days), surplus(table, quantity, share))
}

/// What the buyer has from it, for so much.
fn surplus(table: &Table<'_>, quantity: Quantity, share: f64) -> f64 {
    let times = quantity.thousandths() as f64 / table.buyer.quantity.thousandths().max(1) as f64;
    table.surplus_at(share) * times
}
