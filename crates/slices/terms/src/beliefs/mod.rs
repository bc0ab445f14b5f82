//! What is believed of buyers: how likely they take which offers, by segment. The model in force goes into each decision's
//! position, so that a replay uses the one of then. What it is learnt from comes later than any decision, and stands above.

pub mod queries;
pub mod rules;
pub mod store;

use kernel::{Fault, Instant, Outcome};
use negotiation_engine::Features;

/// What is believed of a segment.
#[derive(Debug, Clone, PartialEq)]
pub struct Belief {
    /// The segment; empty for all customers together.
    pub segment: String,
    /// The model; see [`rules::vector`] for its features.
    pub model: statistics::logistic::Model,
    /// Offers from which was learnt.
    pub outcomes: i64,
    /// Of them, taken.
    pub taken: i64,
    /// When was learnt last.
    pub learnt_at: Instant,
}

impl Belief {
    /// The chance that an offer is taken.
    ///
    /// # Errors
    /// A fault when the model is one of other features.
    pub fn chance(&self, features: &Features) -> Outcome<rules::Chance> {
        Ok(rules::chance(&self.model, features).map_err(|e| Fault::new(format!("a buyer model: {e:?}")))?)
    }
}
