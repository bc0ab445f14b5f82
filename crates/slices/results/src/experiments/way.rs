//! The way of a draft to its start, as its page shows it.

use db::ReadTx;
use kernel::{Failure, Outcome};
use terms::deciders::Confirmers;
use terms::experiments::ExperimentState;
use terms::policies::verdict::{self, Said};
use web::{App, Visitor};

use super::course;
use super::pages::difference;
use super::queries::Shown;
use crate::simulation::{self, RunState};

/// The way of a draft to its start: what is done, and what the visitor may do next.
#[derive(Default)]
pub(super) struct Way {
    /// Where its simulation is shown; empty without one.
    pub(super) simulation_href: String,
    pub(super) simulation: String,
    /// What the simulation says against the policy in force; the same sentence as for a policy.
    pub(super) verdict: Option<Said>,
    /// Who approved it, in words; empty when nobody has.
    pub(super) approved: String,
    pub(super) may_simulate: bool,
    pub(super) may_approve: bool,
    pub(super) approves_own: bool,
    /// That the plan was approved against another policy than the one in force, in words.
    pub(super) outdated: String,
    /// Who is left to approve the plan, in words.
    pub(super) approvers: String,
    /// Whether everybody who may approve has written in it.
    pub(super) is_stuck: bool,
    pub(super) may_start: bool,
    /// What could be seen at all, when the size cannot be reached.
    pub(super) short: String,
}

pub(super) async fn of(tx: &ReadTx, app: &App, visitor: &Visitor, shown: &Shown) -> Outcome<Way> {
    if shown.experiment.state != ExperimentState::Draft {
        return Ok(Way::default());
    }
    let (locale, course) = (&visitor.locale, &shown.course);
    let may = match course::may_approve(tx, &app.ctx(visitor), course).await {
        Ok(is_own) => Some(is_own),
        Err(Failure::Refused(_)) => None,
        Err(failure) => return Err(failure),
    };
    let approved = match &course.approval {
        Some((by, at, note, _)) => {
            let name = parties::people::queries::member(tx, *by).await?.map(|member| member.name).unwrap_or_default();
            let args = [("name", name.into()), ("at", locale.moment(*at).into()), ("note", note.into())];
            locale.text_with("experiment-approved-by", &args)
        }
        None => String::new(),
    };
    let left = match &course.approval {
        None => course::confirmers(tx, course).await?,
        Some(_) => Confirmers::default(),
    };
    let outdated = match course.outdated {
        Some(approved) => {
            let published = terms::policies::queries::published(tx).await?.number;
            let args = [("approved", approved.to_string().into()), ("published", published.to_string().into())];
            locale.text_with("refusal-experiment-policy-changed", &args)
        }
        None => String::new(),
    };
    let number = |n: u64| locale.number(i64::try_from(n).unwrap_or(i64::MAX));
    let short = shown.short.map(|short| {
        let plan = &shown.experiment.plan;
        let detectable =
            short.detectable.map_or_else(|| super::queries::BLIND.to_owned(), |least| difference(locale, plan, least));
        let args = [
            ("needed", number(short.needed).into()),
            ("exist", number(short.exist).into()),
            ("detectable", detectable.into()),
        ];
        locale.text_with("experiment-short", &args)
    });
    let verdict = match course.simulation {
        Some((run, RunState::Done)) => simulation::queries::verdict(tx, run).await?,
        _ => None,
    };
    Ok(Way {
        verdict: verdict.map(|verdict| verdict::said(locale, &verdict)),
        simulation_href: course.simulation.map(|(run, _)| simulation::href(run)).unwrap_or_default(),
        simulation: course
            .simulation
            .map(|(_, state)| locale.text(&format!("simulation-state-{}", state.code())))
            .unwrap_or_default(),
        may_simulate: course.has_history && course.simulation.is_none_or(|(_, state)| !state.is_open()),
        may_approve: may.is_some() && course.approval.is_none(),
        approves_own: may == Some(true),
        outdated,
        approvers: if left.names.is_empty() {
            String::new()
        } else {
            locale.text_with("experiment-approvers", &[("people", left.names.join(", ").into())])
        },
        is_stuck: left.is_stuck,
        may_start: course.approval.is_some(),
        approved,
        short: short.unwrap_or_default(),
    })
}
