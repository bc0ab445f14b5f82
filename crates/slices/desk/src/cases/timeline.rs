//! The way of a case over the desks, in words.

use std::collections::HashMap;

use i18n::Locale;
use kernel::{Instant, UserId};
use negotiation::routing::{Advice, Assigned};

/// One step of the way.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) at: Instant,
    pub(crate) when: String,
    pub(crate) text: String,
    /// Why, in the order of thought.
    pub(crate) because: Vec<String>,
    /// What somebody wrote.
    pub(crate) note: String,
}

/// Assignments, reminders and recommendations, the oldest first.
pub(crate) fn timeline(
    locale: &Locale,
    history: &[Assigned],
    advice: &[Advice],
    names: &HashMap<UserId, String>,
) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for row in history {
        steps.push(assigned(locale, row, names));
        steps.extend(row.reminded_at.map(|at| reminded(locale, row, at, names)));
    }
    steps.extend(advice.iter().map(|advice| advised(locale, advice, names)));
    steps.sort_by_key(|step| step.at);
    steps
}

fn name(names: &HashMap<UserId, String>, id: Option<UserId>) -> String {
    id.and_then(|id| names.get(&id)).cloned().unwrap_or_default()
}

fn assigned(locale: &Locale, row: &Assigned, names: &HashMap<UserId, String>) -> Step {
    let desk = if row.person.is_some() { "person" } else { "pool" };
    let args = [
        ("name", name(names, row.person).into()),
        ("by", name(names, row.put_by).into()),
        ("moment", locale.moment(row.promised).into()),
    ];
    let mut because: Vec<String> = row.because.iter().map(|because| because.words(locale, names)).collect();
    if row.step < row.steps {
        because.push(locale.text("assigned-to-recommend"));
    }
    Step {
        at: row.at,
        when: locale.long_moment(row.at),
        text: locale.text_with(&format!("assigned-{}-{desk}", row.cause.code()), &args),
        because,
        note: row.note.clone(),
    }
}

fn reminded(locale: &Locale, row: &Assigned, at: Instant, names: &HashMap<UserId, String>) -> Step {
    let key = if row.person.is_some() { "reminded-person" } else { "reminded-pool" };
    let text = locale.text_with(key, &[("name", name(names, row.person).into())]);
    Step { at, when: locale.long_moment(at), text, because: Vec::new(), note: String::new() }
}

fn advised(locale: &Locale, advice: &Advice, names: &HashMap<UserId, String>) -> Step {
    let args = [("name", name(names, Some(advice.person)).into())];
    Step {
        at: advice.at,
        when: locale.long_moment(advice.at),
        text: locale.text_with(&format!("advised-{}", advice.verdict), &args),
        because: Vec::new(),
        note: advice.rationale.clone(),
    }
}
