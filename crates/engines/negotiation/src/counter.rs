//! What a person may counter with.

use kernel::Instant;

use crate::{
    case::{Case, Unknown},
    evaluate::{Waterfall, deal, waterfall},
    policy::{Applied, Authority, Policy},
    position::{History, Position},
    route::route,
    terms::{Request, Terms},
};

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
    let discussed = Request::new(terms.clone());
    let policy = policy.applied_to(position, &discussed);
    let case = Case::after(Applied { policy: &policy, is_checked: false }, position, history, &discussed)?;
    let waterfall = match case.cost_known {
        true => Some(waterfall(&case, &deal(terms)).ok_or(Unknown::Inputs)?),
        false => None,
    };
    let route = route(&case, waterfall.as_ref(), Instant::from_micros(0));
    let under_floor = waterfall.as_ref().is_some_and(|waterfall| waterfall.margin < waterfall.floor);
    Ok(CounterCheck { waterfall, needs: route.authority, allowed: authority >= route.authority, under_floor })
}
