//! The price waterfall of a deal, and what a person may counter with.

use kernel::{Amount, Rate};

use crate::{
    policy::{Authority, Policy},
    position::{History, Position},
    terms::Terms,
};

/// From list price to pocket (Marn and Rosiello 1992, "Managing Price, Gaining Profit"), for the seller only. It does
/// not implement `serde::Serialize`: a staff page copies what it shows.
///
/// `net = list − discount`, `pocket = net − cost − handling − freight − financing + bonus`, `margin = pocket / net`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waterfall {
    /// The deal at the buyer's list prices for the same quantities.
    pub list: Amount,
    /// List minus net; negative when the terms are above the list.
    pub discount: Amount,
    /// What is invoiced: each line rounded half up to the minor unit.
    pub net: Amount,
    /// Effective cost of the goods, rounded up.
    pub cost: Amount,
    /// Handling of order and lines.
    pub handling: Amount,
    /// Freight.
    pub freight: Amount,
    /// Cost of waiting for the money, rounded up.
    pub financing: Amount,
    /// Supplier bonus earned, rounded down.
    pub bonus: Amount,
    /// What is left.
    pub pocket: Amount,
    /// Pocket over net, rounded down; zero when net is zero.
    pub margin: Rate,
    /// Margin demanded at this round, weighted by the lines' net values, rounded up.
    pub demanded: Rate,
    /// The floor, weighted and rounded likewise.
    pub floor: Rate,
    /// The target, weighted and rounded likewise.
    pub target: Rate,
}

/// Why terms cannot be evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// Terms, list and position do not belong together, or hold impossible numbers.
    Inputs,
    /// A line has no known cost.
    NoCost,
    /// The policy contradicts itself.
    Policy,
}

/// The waterfall of `terms` at the round that follows `history`. `terms` may hold any prices and quantities, orderable
/// or not, for the lines of the position.
///
/// # Errors
/// [`Unknown`].
pub fn evaluate(policy: &Policy, position: &Position, history: &History, terms: &Terms) -> Result<Waterfall, Unknown> {
    let _ = (policy, position, history, terms);
    todo!()
}

/// Whether a person may send terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CounterCheck {
    /// The waterfall of the terms; `None` without a known cost.
    pub waterfall: Option<Waterfall>,
    /// The least authority that may send them.
    pub needs: Authority,
    /// Whether the person's own authority suffices.
    pub allowed: bool,
    /// Whether they are under the floor.
    pub under_floor: bool,
}

/// Checks a counter-offer that a person with `authority` types: which authority it needs by the approval matrix.
///
/// # Errors
/// [`Unknown::Inputs`] and [`Unknown::Policy`]; a missing cost is an answer, not an error.
pub fn check_counter(
    policy: &Policy,
    position: &Position,
    history: &History,
    terms: &Terms,
    authority: Authority,
) -> Result<CounterCheck, Unknown> {
    let _ = (policy, position, history, terms, authority);
    todo!()
}
