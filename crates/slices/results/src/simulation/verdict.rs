//! What a run says first: what changes against the policy in force, for each policy that could take its place.

use i18n::Locale;
use simulation::{ArmReport, Report};
use terms::policies::verdict::{self, Said, Verdict};

use super::rules::Choice;
use super::{Results, RunSettings, StoredArm, figures};

/// The verdict on a policy.
pub struct Judged {
    /// What it is called.
    pub arm: String,
    /// What changes.
    pub said: Said,
}

/// A sentence for each policy that met the same buyers as the one in force, in the order of the run; none where the policy in
/// force did not take part.
pub fn all(locale: &Locale, settings: &RunSettings, report: &Report) -> Vec<Judged> {
    let judged = |named: &StoredArm| {
        let verdict = of(report, &named.name)?;
        Some(Judged { arm: figures::arm(locale, named), said: verdict::said(locale, &verdict) })
    };
    settings.arms.iter().filter(|arm| is_policy(arm)).filter_map(judged).collect()
}

/// What is said of the policy that a run is about: the draft, else the first that is not in force.
pub fn first(settings: &RunSettings, results: &Results) -> Option<Verdict> {
    let mut policies = settings.arms.iter().filter(|arm| is_policy(arm));
    let draft = policies.clone().find(|arm| arm.name == Choice::Draft.code());
    of(&results.report, &draft.or_else(|| policies.next())?.name)
}

/// Whether an arm could take the place of the policy in force.
fn is_policy(arm: &StoredArm) -> bool {
    match Choice::parse(&arm.name) {
        Some(Choice::Published | Choice::AsItWas) => false,
        Some(choice) => !Choice::REFERENCES.contains(&choice),
        None => true,
    }
}

/// What is said of one arm.
fn of(report: &Report, name: &str) -> Option<Verdict> {
    let published = Choice::Published.code();
    let arm = |name: &str| report.arms.iter().find(|arm: &&ArmReport| arm.name == name);
    let in_force = arm(&published).filter(|_| report.against.as_deref() == Some(published.as_str()))?;
    let more = arm(name)?.difference.as_ref()?.lasting;
    Some(Verdict {
        currency: report.currency,
        buyers: report.buyers,
        in_force_minor: in_force.figures.lasting.value.minor(),
        more_minor: more.value.minor(),
        interval_minor: more.interval.map(|(low, high)| (low.minor(), high.minor())),
    })
}
