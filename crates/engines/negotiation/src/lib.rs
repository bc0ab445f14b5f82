#![warn(missing_docs)]
//! The negotiation engine: [`decide()`] answers a buyer's request for better terms.
//!
//! Pure values in, a value out: no I/O, no clock, no randomness (time and seed are arguments), no floats. All money is
//! integer, computed in `i128` and checked; no input makes it panic.

mod answer;
mod case;
mod choose;
mod decide;
mod decision;
mod evaluate;
mod levers;
mod offer;
mod policy;
mod position;
mod replay;
mod route;
mod stored;
mod tactic;
mod terms;
mod trace;

pub use decide::decide;
pub use decision::{Answer, AnswerView, Decision, DeclineReason, EscalateReason, Escalation, Route};
pub use evaluate::{CounterCheck, Unknown, Waterfall, check_counter, evaluate};
pub use offer::{Breach, Broken, Condition, Lever, Offer, holds};
pub use policy::{
    Authority, Eligibility, Limits, MarginRow, PaymentRow, PlainLever, Policy, PolicyFault, RouteRow, Routing, Tactic,
    TickRow, VolumeLever,
};
pub use position::{Bonus, Customer, History, LinePosition, Position};
pub use replay::{Inputs, replay};
pub use stored::StoredError;
pub use terms::{LineTerms, ListLine, ListTerms, Request, Terms, Tier};
pub use trace::{Arg, Dropped, Entry, StoredArg, StoredEntry, Trace};
