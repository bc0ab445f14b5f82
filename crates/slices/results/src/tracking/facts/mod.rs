//! What a row of the read model is made from beside the negotiation itself.

mod store;

pub(super) use store::{RoundFact, looked_at, ordered, paid_before, rounds};
