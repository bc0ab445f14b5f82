//! Several people in turn: a rep recommends, a manager approves, and above a limit the pricing manager too.

use kernel::UserId;

use crate::people::Level;

/// What a step is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// Advice: whatever it says, the next step follows. As the last step it decides.
    Recommend,
    /// A decision: only an approval goes on to the next step.
    Approve,
}

/// One step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepRule {
    /// The lowest level that may fill it.
    pub level: Level,
    /// Working minutes within which it is promised.
    pub answer_minutes: u32,
    /// Advice or decision.
    pub kind: StepKind,
}

/// Whether one person may fill two steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FourEyes {
    /// Never. Where nobody else may decide, the task goes to somebody else's desk or to the pool.
    Strict,
    /// Only when nobody else active has the level.
    UnlessAlone,
}

/// Steps in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The steps. Without any, nothing needs approval.
    pub steps: Vec<StepRule>,
    /// Whether one person may fill two of them.
    pub four_eyes: FourEyes,
}

/// What somebody said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Yes.
    Approve,
    /// No.
    Reject,
    /// No, but other terms would do.
    Counter,
}

/// One decision. The first one is for the first step, and so on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepDecision {
    /// Who decided.
    pub by: UserId,
    /// The person's level then.
    pub level: Level,
    /// What.
    pub verdict: Verdict,
    /// Nobody else active had the level then ([`crate::Reason::SamePerson`]); counts with [`FourEyes::UnlessAlone`] only.
    pub is_alone: bool,
}

/// Where a chain stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// This step waits for a decision.
    Needs {
        /// Its place, from 0.
        step: usize,
        /// The lowest level that may fill it.
        level: Level,
        /// Working minutes within which it is promised.
        answer_minutes: u32,
        /// Who filled an earlier step; for [`crate::Task::excluded`].
        excluded: Vec<UserId>,
    },
    /// All steps are done.
    Approved,
    /// Somebody said no.
    Rejected {
        /// At which step.
        step: usize,
    },
    /// Somebody offered other terms.
    Countered {
        /// At which step.
        step: usize,
    },
}

/// Why a decision does not count. In order of precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepRefused {
    /// There is nothing left to decide.
    AlreadyDecided {
        /// The place of the decision.
        decision: usize,
    },
    /// The person may not decide so much.
    LevelTooLow {
        /// The place of the decision.
        decision: usize,
        /// What is needed.
        needed: Level,
    },
    /// The person has filled an earlier step.
    SamePerson {
        /// The place of the decision.
        decision: usize,
    },
}

/// What is wrong with a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChainFault {
    /// The last step only recommends.
    NobodyDecides,
    /// A step that decides asks a lower level than one before it.
    LevelFalls {
        /// The place of the step.
        step: usize,
    },
}

impl Chain {
    /// Where the chain stands after these decisions, the oldest first.
    ///
    /// # Errors
    /// [`StepRefused`] for the first decision that does not count.
    pub fn advance(&self, decisions: &[StepDecision]) -> Result<Next, StepRefused> {
        let mut filled: Vec<UserId> = Vec::new();
        let mut ended = None;
        for (place, decision) in decisions.iter().enumerate() {
            let rule = self.steps.get(place).filter(|_| ended.is_none());
            let rule = rule.ok_or(StepRefused::AlreadyDecided { decision: place })?;
            self.check(place, *rule, decision, &filled)?;
            filled.push(decision.by);
            ended = self.end(place, *rule, decision.verdict);
        }
        Ok(ended.unwrap_or_else(|| self.waiting(filled)))
    }

    /// What is wrong with it; empty when it may be used. [`Self::advance`] also works with a faulty one.
    pub fn faults(&self) -> Vec<ChainFault> {
        let advises = self.steps.last().is_some_and(|last| last.kind == StepKind::Recommend);
        let mut faults: Vec<_> = advises.then_some(ChainFault::NobodyDecides).into_iter().collect();
        let mut highest = Level::REP;
        for (step, rule) in self.steps.iter().enumerate() {
            if rule.level < highest {
                faults.push(ChainFault::LevelFalls { step });
            }
            highest = highest.max(rule.level);
        }
        faults
    }

    fn check(
        &self,
        place: usize,
        rule: StepRule,
        decision: &StepDecision,
        filled: &[UserId],
    ) -> Result<(), StepRefused> {
        if decision.level < rule.level {
            return Err(StepRefused::LevelTooLow { decision: place, needed: rule.level });
        }
        let may_repeat = self.four_eyes == FourEyes::UnlessAlone && decision.is_alone;
        if filled.contains(&decision.by) && !may_repeat {
            return Err(StepRefused::SamePerson { decision: place });
        }
        Ok(())
    }

    /// How this verdict ends the chain, if it does before the last step's approval.
    fn end(&self, step: usize, rule: StepRule, verdict: Verdict) -> Option<Next> {
        let is_last = step + 1 == self.steps.len();
        if rule.kind == StepKind::Recommend && !is_last {
            return None;
        }
        match verdict {
            Verdict::Approve => None,
            Verdict::Reject => Some(Next::Rejected { step }),
            Verdict::Counter => Some(Next::Countered { step }),
        }
    }

    /// The first step that nobody has filled.
    fn waiting(&self, excluded: Vec<UserId>) -> Next {
        let step = excluded.len();
        match self.steps.get(step) {
            Some(rule) => Next::Needs { step, level: rule.level, answer_minutes: rule.answer_minutes, excluded },
            None => Next::Approved,
        }
    }
}
