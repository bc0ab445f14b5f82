#![warn(missing_docs)]
//! The negotiation engine: [`decide()`] answers a buyer's request for better terms.
//!
//! Pure values in, a value out: no I/O, no clock, no randomness (time and seed are arguments), no floats. All money is
//! integer, computed in `i128` and checked; no input makes it panic.

mod answer;
mod arithmetic;
mod buyer;
mod case;
mod checked;
mod choose;
mod counter;
mod decide;
mod decision;
mod evaluate;
mod facts;
mod levers;
mod offer;
mod person;
mod policy;
mod position;
mod proactive;
mod replay;
mod route;
mod stored;
mod tactic;
mod terms;
mod trace;

pub use buyer::{BuyerModel, Features};
pub use case::Unknown;
pub use checked::CheckedPolicy;
pub use conditions;
pub use counter::{CounterCheck, check_counter};
pub use decide::decide;
pub use decision::{Answer, AnswerView, Decision, DeclineReason, EscalateReason, Escalation, Route};
pub use evaluate::{Waterfall, evaluate};
pub use offer::{Breach, Broken, Condition, Lever, Offer, holds};
pub use policy::{
    AfterPerson, AlternativeLever, Authority, BonusLever, BundleLever, CommitmentLever, CustomerCondition, DeliveryRow,
    Eligibility, FreightRow, Limits, MarginRow, Objective, PaymentRow, PlainLever, Policy, PolicyFault,
    ProductCondition, RebateLever, RebateRow, RouteRow, Routing, Section, Tactic, TacticKind, TickRow, VolumeLever,
};
pub use position::{
    Alternative, AlternativeKind, Bonus, Bonuses, Companion, Consolidation, Customer, FlexibleSaving, History,
    LinePosition, Position, Support,
};
pub use proactive::{savings, volume_steps};
pub use replay::{Inputs, replay};
pub use stored::StoredError;
pub use terms::{
    Commitment, Extras, FreightCharge, FreightMode, LineTerms, ListLine, ListTerms, Rebate, Request, Terms, Tier,
};
pub use trace::{Arg, Dropped, Entry, StoredArg, StoredEntry, Trace};
