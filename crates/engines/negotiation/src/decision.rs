//! What the engine answers.

use kernel::{Instant, Rate};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{offer::Offer, policy::Authority, trace::Trace};

/// The answer and why. For the seller; the buyer gets [`Decision::view`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The answer.
    pub outcome: Answer,
    /// The round that this answer belongs to, from 1.
    pub round: u32,
    /// Every rule that fired and every number used.
    pub trace: Trace,
}

/// One of four answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Agreed, on the terms of this offer.
    Accept(Offer),
    /// One to three offers, the best first.
    Counter(Vec<Offer>),
    /// A person decides.
    Escalate(Escalation),
    /// No, and what stands.
    Decline {
        /// Why.
        reason: DeclineReason,
        /// The nearest offer that stands: one already made, or the list terms.
        nearest: Offer,
    },
}

/// A hand-over to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Escalation {
    /// Why.
    pub reason: EscalateReason,
    /// Who, and until when.
    pub route: Route,
    /// What the engine would offer: up to three, the best first. For the desk; the buyer sees them once a person sends
    /// them. Empty when the engine could find none.
    pub suggested: Vec<Offer>,
}

/// Who decides, and the time promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// The cheapest sufficient authority.
    pub authority: Authority,
    /// An answer is promised by then (working hours are the caller's).
    pub answer_by: Instant,
    /// Minutes promised.
    pub answer_minutes: u32,
    /// Target minus pocket margin of the ask; `None` without a known cost.
    pub impact: Option<Rate>,
}

/// Declares a fieldless enum with stable codes in order of precedence.
macro_rules! reasons {
    ($(#[$top:meta])* $name:ident { $($(#[$doc:meta])+ $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$top])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$doc])+ #[serde(rename = $code)] $variant),+ }

        impl $name {
            /// Every reason, in order of precedence.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable code.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }
    };
}

reasons! {
    /// Why a person decides, in order of precedence.
    EscalateReason {
        /// Request, list terms and position do not belong together, or hold impossible numbers.
        Inputs = "inputs",
        /// The policy contradicts itself; see [`crate::Policy::faults`].
        Policy = "policy",
        /// The buyer wants a person.
        Person = "person",
        /// A line has no known cost.
        NoCost = "no_cost",
        /// The policy gives such customers or deals to a person.
        Rule = "rule",
        /// The deal is larger than the engine may decide.
        DealSize = "deal_size",
        /// A larger discount is asked than the engine may discuss.
        Discount = "discount",
        /// A person of the seller has made an offer, and answers further asks.
        Countered = "countered",
        /// The ask would be granted, but the customer's budget of concessions is used up.
        Budget = "budget",
        /// No round is left.
        Rounds = "rounds",
        /// The ask is far out of reach, and deal or customer is worth a person's time.
        OutOfReach = "out_of_reach",
    }
}

reasons! {
    /// Why the answer is no, in order of precedence. None of them tells a number of the seller's.
    DeclineReason {
        /// The quantity cannot be ordered (pack, minimum, step).
        Quantity = "quantity",
        /// The customer may not negotiate.
        Customer = "customer",
        /// The customer's account is on hold.
        Credit = "credit",
        /// A product of the deal is not negotiable.
        Product = "product",
        /// The deal is too small.
        DealTooSmall = "deal_too_small",
        /// Too many negotiations are open.
        TooManyOpen = "too_many_open",
        /// Nothing better than the nearest offer can be done.
        NothingBetter = "nothing_better",
    }
}

/// The answer as the buyer may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "answer")]
pub enum AnswerView<'a> {
    /// Agreed.
    Agreed {
        /// The deal.
        offer: &'a Offer,
    },
    /// Offers to choose from.
    Offers {
        /// One to three.
        offers: &'a [Offer],
    },
    /// A person has it.
    WithPerson {
        /// An answer is promised by then.
        answer_by: Instant,
    },
    /// No, and what stands.
    Declined {
        /// Why.
        reason: DeclineReason,
        /// What stands.
        nearest: &'a Offer,
    },
}

impl Decision {
    /// Answer, round and trace as one line of JSON, to be stored and compared with a replay. For the seller only.
    pub fn to_stored(&self) -> String {
        let outcome = match &self.outcome {
            Answer::Accept(offer) => json!({ "accept": offer }),
            Answer::Counter(offers) => json!({ "counter": offers }),
            Answer::Escalate(escalation) => json!({
                "escalate": escalation.reason,
                "authority": escalation.route.authority,
                "answer_by": escalation.route.answer_by,
                "answer_minutes": escalation.route.answer_minutes,
                "impact": escalation.route.impact,
                "suggested": escalation.suggested,
            }),
            Answer::Decline { reason, nearest } => json!({ "decline": reason, "nearest": nearest }),
        };
        json!({ "round": self.round, "outcome": outcome, "trace": self.trace.put() }).to_string()
    }

    /// What the buyer may see of it.
    pub fn view(&self) -> AnswerView<'_> {
        match &self.outcome {
            Answer::Accept(offer) => AnswerView::Agreed { offer },
            Answer::Counter(offers) => AnswerView::Offers { offers },
            Answer::Escalate(escalation) => AnswerView::WithPerson { answer_by: escalation.route.answer_by },
            Answer::Decline { reason, nearest } => AnswerView::Declined { reason: *reason, nearest },
        }
    }
}
