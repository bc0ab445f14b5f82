//! What is kept of a run's results.

use kernel::{Fault, Outcome, Rate};
use negotiation_engine::Policy;
use serde::{Deserialize, Serialize};
use simulation::{Buyers, Finding, Findings, Reason, Report, Slope, Suggestion};

use super::work::Worked;
use super::{RunSettings, verdict};

/// Most findings of one kind that are kept: enough to see what negotiates well.
const FINDINGS_MAX: usize = 20;

/// A suggested policy as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredSuggestion {
    /// The policy as JSON.
    pub policy: String,
    /// Why each number is what it is.
    pub reasons: Vec<Reason>,
    /// What history shows, the most worth a look first.
    pub findings: Vec<Finding>,
    /// How prices fall with quantities.
    pub slope: Option<Slope>,
}

impl StoredSuggestion {
    fn of((suggestion, findings): &(Suggestion, Findings)) -> Self {
        let mut counts = std::collections::HashMap::new();
        let mut is_kept = |finding: &&Finding| {
            let count = counts.entry(std::mem::discriminant(&finding.subject)).or_insert(0_usize);
            *count += 1;
            *count <= FINDINGS_MAX
        };
        Self {
            policy: suggestion.policy.to_json(),
            reasons: suggestion.reasons.clone(),
            findings: findings.findings.iter().filter(&mut is_kept).cloned().collect(),
            slope: findings.slope,
        }
    }

    /// The policy itself.
    ///
    /// # Errors
    /// A fault when the stored text cannot be read.
    pub fn policy(&self) -> Outcome<Policy> {
        let read = Policy::from_json(&self.policy);
        read.map_err(|e| Fault::new(format!("reading a suggested policy: {}: {}", e.path, e.reason)).into())
    }
}

/// What came of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// The figures.
    pub report: Report,
    /// The buyers that were fitted.
    pub buyers: Buyers,
    /// What was suggested, where it was an arm.
    pub suggestion: Option<StoredSuggestion>,
}

impl Results {
    /// What is kept of finished work.
    pub fn of(worked: Worked) -> Self {
        let suggestion = worked.suggestion.as_ref().map(StoredSuggestion::of);
        Self { report: worked.report, buyers: worked.buyers, suggestion }
    }

    /// The outcome in short: what the draft or the first arm does, and what changes against the policy in force.
    pub fn summary(&self, settings: &RunSettings) -> String {
        let draft = super::rules::Choice::Draft.code();
        let draft = self.report.arms.iter().find(|arm| arm.name == draft);
        let Some(arm) = draft.or(self.report.arms.first()) else { return "{}".into() };
        let mut summary = serde_json::json!({
            "arm": arm.name,
            "buyers": self.report.buyers,
            "currency": self.report.currency.code(),
            "agreement_percent": Rate::to_percent(arm.figures.agreement_rate.value),
            "person_percent": Rate::to_percent(arm.figures.escalation_rate.value),
        });
        if let Some(verdict) = verdict::first(settings, self) {
            summary["verdict"] = serde_json::json!(verdict);
        }
        summary.to_string()
    }
}
