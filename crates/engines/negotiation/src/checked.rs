//! A policy made ready for many decisions.

use kernel::Instant;

use crate::{
    case::Unknown,
    decide::{Question, answer, is_eligible},
    decision::Decision,
    evaluate::{Waterfall, evaluate_by, named},
    facts::DealFacts,
    policy::{Applied, Policy, PolicyFault},
    position::{History, Position},
    terms::{Request, Terms},
};

/// A policy whose faults were looked for once, with its sections put in force once. It decides what [`crate::decide()`] decides;
/// who asks it a million times need not pay for both in every decision.
#[derive(Debug)]
pub struct CheckedPolicy<'p> {
    policy: &'p Policy,
    /// See [`Policy::with`], in the order of [`Policy::sections`].
    sections: Vec<Policy>,
}

impl<'p> CheckedPolicy<'p> {
    /// # Errors
    /// What [`Policy::faults`] says.
    pub fn new(policy: &'p Policy) -> Result<Self, Vec<PolicyFault>> {
        let faults = policy.faults();
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Self { policy, sections: policy.sections.iter().map(|section| policy.with(section)).collect() })
    }

    /// The policy itself.
    pub fn policy(&self) -> &'p Policy {
        self.policy
    }

    /// See [`crate::decide()`].
    pub fn decide(
        &self,
        position: &Position,
        history: &History,
        request: &Request,
        now: Instant,
        seed: u64,
    ) -> Decision {
        let question = Question { position, history, request, now, seed };
        answer(self.policy, self.applied_to(position, request), &question)
    }

    /// Whether the policy lets the machine trade about this request at all: customer, goods and the size of the deal are within
    /// its eligibility. What cannot be read goes to a person, so that it may.
    pub fn may_negotiate(&self, position: &Position, history: &History, request: &Request, now: Instant) -> bool {
        let question = Question { position, history, request, now, seed: 0 };
        is_eligible(self.policy, self.applied_to(position, request), &question)
    }

    /// See [`crate::evaluate()`].
    ///
    /// # Errors
    /// [`Unknown`].
    pub fn evaluate(&self, position: &Position, history: &History, terms: &Terms) -> Result<Waterfall, Unknown> {
        let discussed = Request::new(terms.clone());
        let position = &named(position, terms);
        evaluate_by(self.applied_to(position, &discussed), position, history, &discussed)
    }

    fn applied_to<'s>(&'s self, position: &Position, request: &Request) -> Applied<'s> {
        let section = || {
            let facts = DealFacts::of(self.policy.currency, position, request);
            let met = self.policy.sections.iter().position(|section| section.condition.is_met(&facts))?;
            self.sections.get(met)
        };
        let section = if self.sections.is_empty() { None } else { section() };
        Applied { policy: section.unwrap_or(self.policy), is_checked: true }
    }
}
