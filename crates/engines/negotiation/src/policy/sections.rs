//! Other levers and tactics for some: a volume buyer is traded with differently than a deal optimiser.

use std::borrow::Cow;

use crate::{
    facts::DealFacts,
    policy::{
        AlternativeLever, BonusLever, BundleLever, CommitmentLever, CustomerCondition, DeliveryRow, FreightRow,
        Objective, PaymentRow, PlainLever, Policy, RebateLever, Tactic, VolumeLever,
    },
    position::Position,
    stored::sealed,
    terms::Request,
};

sealed! {
    /// What applies in place of the policy's own levers, tactic and objective where its condition is met. Floors, targets,
    /// limits and routing are the policy's for everybody.
    pub struct Section {
        /// What people call it, e.g. `volume buyers`.
        pub name: String,
        /// For these customers and deals.
        pub condition: CustomerCondition,
        /// See [`Policy::objective`].
        pub objective: Objective = Objective::Margin,
        /// See [`Policy::plain`].
        pub plain: PlainLever,
        /// See [`Policy::volume`].
        pub volume: Option<VolumeLever>,
        /// See [`Policy::payment`].
        pub payment: Vec<PaymentRow> = Vec::new(),
        /// See [`Policy::delivery`].
        pub delivery: Vec<DeliveryRow> = Vec::new(),
        /// See [`Policy::freight`].
        pub freight: Vec<FreightRow> = Vec::new(),
        /// See [`Policy::commitment`].
        pub commitment: Option<CommitmentLever> = None,
        /// See [`Policy::rebate`].
        pub rebate: Option<RebateLever> = None,
        /// See [`Policy::alternative`].
        pub alternative: Option<AlternativeLever> = None,
        /// See [`Policy::bundle`].
        pub bundle: Option<BundleLever> = None,
        /// See [`Policy::bonus`].
        pub bonus: Option<BonusLever> = None,
        /// See [`Policy::pairs`].
        pub pairs: bool = true,
        /// See [`Policy::tactic`].
        pub tactic: Tactic,
    }
}

impl Policy {
    /// The section that applies to a customer and deal.
    pub(crate) fn section(&self, facts: &DealFacts<'_>) -> Option<&Section> {
        self.sections.iter().find(|section| section.condition.is_met(facts))
    }

    /// The policy as it applies to a request: with the levers, tactic and objective of the section, if one applies.
    pub(crate) fn applied_to(&self, position: &Position, request: &Request) -> Cow<'_, Self> {
        if self.sections.is_empty() {
            return Cow::Borrowed(self);
        }
        match self.section(&DealFacts::of(self.currency, position, request)) {
            Some(section) => Cow::Owned(self.with(section)),
            None => Cow::Borrowed(self),
        }
    }

    /// The policy with a section in force; without any further sections.
    pub fn with(&self, section: &Section) -> Self {
        let section = section.clone();
        Self {
            objective: section.objective,
            plain: section.plain,
            volume: section.volume,
            payment: section.payment,
            delivery: section.delivery,
            freight: section.freight,
            commitment: section.commitment,
            rebate: section.rebate,
            alternative: section.alternative,
            bundle: section.bundle,
            bonus: section.bonus,
            pairs: section.pairs,
            tactic: section.tactic,
            sections: Vec::new(),
            version: self.version,
            currency: self.currency,
            eligibility: self.eligibility.clone(),
            margins: self.margins.clone(),
            limits: self.limits.clone(),
            routing: self.routing.clone(),
            ticks: self.ticks.clone(),
            proactive: self.proactive,
        }
    }
}
