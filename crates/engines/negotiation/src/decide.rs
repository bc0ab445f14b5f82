//! One decision, from request to answer.

use kernel::Instant;

use crate::{
    decision::Decision,
    policy::Policy,
    position::{History, Position},
    terms::Request,
};

/// Answers a request. Pure: the same arguments give the same decision; `seed` breaks ties and nothing else.
pub fn decide(
    policy: &Policy,
    position: &Position,
    history: &History,
    request: &Request,
    now: Instant,
    seed: u64,
) -> Decision {
    let _ = (policy, position, history, request, now, seed);
    todo!()
}
