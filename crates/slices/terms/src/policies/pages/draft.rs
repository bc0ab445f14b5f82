//! The way of a draft: what it changes, what keeps it from being published, simulation, approval, publication.

use askama::Template;
use axum::http::StatusCode;
use i18n::Locale;
use kernel::{Failure, Outcome, Rate};
use web::{App, Fields, Form, FormState, Path, Reply, Shell, State, Visitor};

use super::{Head, Loaded, name_of};
use crate::deciders::{self, Confirmers};
use crate::figures;
use crate::policies::form::{Part, renamed};
use crate::policies::verdict::{self, Said, Verdict};
use crate::policies::{Course, PolicyState, actions, diff, queries, rules};

/// What keeps the draft from being published, and where it can be mended.
struct Obstacle {
    href: String,
    place: String,
    says: String,
}

/// A step on the way to publication.
struct Step {
    title: String,
    says: String,
    is_done: bool,
    is_here: bool,
}

#[derive(Template)]
#[template(path = "policies/draft.html")]
struct DraftPage {
    shell: Shell,
    head: Head,
    version: String,
    number: i64,
    diff: Vec<diff::Change>,
    steps: Vec<Step>,
    obstacles: Vec<Obstacle>,
    summary: Vec<(String, String)>,
    verdict: Option<Said>,
    simulation_href: String,
    /// Who is left to approve the draft, in words; empty where that is not the question.
    approvers: String,
    /// Whether everybody who may approve has written in it.
    is_stuck: bool,
    can_approve: bool,
    approves_own: bool,
    can_publish: bool,
    refusal: String,
    approve: FormState,
    publish: FormState,
}

/// What came back with errors.
#[derive(Default)]
struct Returned {
    approve: FormState,
    publish: FormState,
    refusal: String,
}

async fn page(app: &App, visitor: &Visitor, returned: Returned) -> Outcome<DraftPage> {
    let loaded = Loaded::load(app).await?;
    let locale = &visitor.locale;
    let tx = app.db().read().await?;
    let (course, faults) = match &loaded.draft {
        Some(draft) => (queries::course(&tx, draft).await?, queries::obstacles(&tx, &draft.policy).await?),
        None => (Course::default(), Vec::new()),
    };
    let managers = queries::managers(&tx).await?;
    let left = match &loaded.draft {
        Some(draft) if draft.state != PolicyState::Approved => queries::approvers(&tx, &course.authors).await?,
        _ => Confirmers::default(),
    };
    drop(tx);
    let invalid = renamed(&rules::invalid(&faults), &std::collections::BTreeMap::new());
    let obstacle = |error: &kernel::FieldError| {
        let path = error.field.clone();
        Obstacle { href: href(&path), says: locale.error(error), place: path }
    };
    let state = loaded.draft.as_ref().map(|draft| draft.state);
    let may = deciders::second_person(&visitor.actor, &course.authors, &managers);
    let simulation = course.simulation.as_ref();
    Ok(DraftPage {
        head: loaded.head(locale, "/office/policy/draft"),
        version: loaded.version(),
        number: loaded.number(),
        diff: diff::diff(&loaded.published.policy, loaded.policy(), locale),
        steps: steps(app, visitor, state, &course).await?,
        obstacles: invalid.fields.iter().map(obstacle).collect(),
        summary: simulation.map_or_else(Vec::new, |simulation| summary(locale, &simulation.summary)),
        verdict: simulation.and_then(|simulation| verdict_of(locale, &simulation.summary)),
        simulation_href: simulation
            .and_then(|simulation| simulation.run.as_deref())
            .map_or_else(String::new, |run| format!("/office/simulations/{}", web::encode(run))),
        approvers: approvers(locale, &left),
        is_stuck: left.is_stuck,
        can_approve: state == Some(PolicyState::Simulated) && may.is_some(),
        approves_own: may == Some(true),
        can_publish: state == Some(PolicyState::Approved) && faults.is_empty(),
        refusal: returned.refusal,
        approve: returned.approve,
        publish: returned.publish,
        shell: Shell::load(app, visitor, &locale.text("policy-edit-title")).await?,
    })
}

fn approvers(locale: &Locale, left: &Confirmers) -> String {
    if left.names.is_empty() {
        return String::new();
    }
    locale.text_with("policy-approvers", &[("people", left.names.join(", ").into())])
}

/// The page on which a field stands, by its name in the form.
fn href(name: &str) -> String {
    let mut words = name.split('.');
    let part = match words.next() {
        Some("sections") => {
            let at = words.next().and_then(|at| at.parse().ok());
            return at.map_or_else(
                || "/office/policy/draft/sections".into(),
                |at| format!("{}#{name}", Part::Section(at).href()),
            );
        }
        Some("eligibility") => Part::Who,
        Some("margins") => Part::Margins,
        Some("tactic") => Part::Tactic,
        Some("limits" | "routing") => Part::Limits,
        Some("ticks" | "currency") => return "/office/policy/draft/text".into(),
        _ => Part::GiveGet,
    };
    format!("{}#{name}", part.href())
}

/// What a simulation showed in short, in words; what the summary does not say is left out.
fn summary(locale: &Locale, json: &str) -> Vec<(String, String)> {
    let Ok(json) = serde_json::from_str::<serde_json::Value>(json) else { return Vec::new() };
    let text = |name: &str| json[name].as_str();
    let percent = |name: &str| Some(figures::percent(locale, Rate::parse_percent(text(name)?).ok()?));
    let shown = [
        ("policy-summary-buyers", json["buyers"].as_i64().map(|buyers| locale.number(buyers))),
        ("policy-summary-agreement", percent("agreement_percent")),
        ("policy-summary-person", percent("person_percent")),
    ];
    shown.into_iter().filter_map(|(key, value)| Some((locale.text(key), value?))).collect()
}

/// The sentence about what changes against the policy in force, where the simulation had both.
fn verdict_of(locale: &Locale, json: &str) -> Option<Said> {
    let json: serde_json::Value = serde_json::from_str(json).ok()?;
    let verdict: Verdict = serde_json::from_value(json.get("verdict")?.clone()).ok()?;
    Some(verdict::said(locale, &verdict))
}

async fn steps(app: &App, visitor: &Visitor, state: Option<PolicyState>, course: &Course) -> Outcome<Vec<Step>> {
    let locale = &visitor.locale;
    let tx = app.db().read().await?;
    let mut authors = Vec::new();
    for author in &course.authors {
        authors.push(name_of(&tx, Some(*author), locale).await?);
    }
    let written = match state {
        Some(_) => locale.text_with("policy-step-written", &[("people", authors.join(", ").into())]),
        None => locale.text("policy-step-not-begun"),
    };
    let simulated = match &course.simulation {
        Some(simulation) => {
            locale.text_with("policy-simulated-at", &[("moment", locale.long_moment(simulation.at).into())])
        }
        None => locale.text("policy-step-simulate"),
    };
    let approved = match &course.approval {
        Some(approval) => {
            let key = if approval.is_own { "policy-approved-own" } else { "policy-approved-by" };
            let who = name_of(&tx, Some(approval.by), locale).await?;
            let moment = locale.long_moment(approval.at);
            locale.text_with(
                key,
                &[("person", who.into()), ("moment", moment.into()), ("note", approval.note.clone().into())],
            )
        }
        None => locale.text("policy-step-approve"),
    };
    let says = [written, simulated, approved, locale.text("policy-step-publish")];
    let states = [PolicyState::Draft, PolicyState::Simulated, PolicyState::Approved, PolicyState::Published];
    let place = |wanted: PolicyState| PolicyState::ALL.iter().position(|known| *known == wanted);
    let at = state.and_then(place);
    let step = |(of, says): (PolicyState, String)| Step {
        title: locale.text(&format!("policy-state-{}", of.code())),
        says,
        is_done: at.is_some_and(|at| place(of).is_some_and(|of| of <= at)),
        is_here: at.map_or(Some(0), |at| Some(at + 1)) == place(of),
    };
    Ok(states.into_iter().zip(says).map(step).collect())
}

pub(crate) async fn draft(State(app): State<App>, visitor: Visitor) -> Reply {
    web::page(&page(&app, &visitor, Returned::default()).await?)
}

pub(crate) async fn discard(State(app): State<App>, visitor: Visitor) -> Reply {
    let ctx = &app.ctx(&visitor);
    app.write(|tx| async move { actions::discard(&tx, ctx).await }).await?;
    web::flash(web::see_other("/office/policy"), "policy-discarded")
}

/// Begins a draft from an earlier version.
pub(crate) async fn begin_from(State(app): State<App>, visitor: Visitor, Path(number): Path<i64>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let begun = app.write(|tx| async move { actions::begin_from(&tx, ctx, number).await }).await;
    match begun {
        Ok(_) => web::flash(web::see_other("/office/policy/draft"), "policy-begun-from"),
        Err(Failure::Refused(refused)) => {
            let shown = Returned { refusal: visitor.refusal(&refused), ..Returned::default() };
            web::page_with(StatusCode::CONFLICT, &page(&app, &visitor, shown).await?)
        }
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn approve(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let (ctx, note) = (&app.ctx(&visitor), fields.text("note"));
    let read = fields.text("version").parse().unwrap_or(0);
    let done = app.write(|tx| async move { actions::approve(&tx, ctx, read, note).await }).await;
    let shown = |state| Returned { approve: state, ..Returned::default() };
    after(&app, &visitor, (&fields, done.map(|_| ("/office/policy/draft", "policy-approved"))), shown).await
}

pub(crate) async fn publish(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let (ctx, note) = (&app.ctx(&visitor), fields.text("note"));
    let read = fields.text("version").parse().unwrap_or(0);
    let done = app.write(|tx| async move { actions::publish(&tx, ctx, read, note).await }).await;
    let shown = |state| Returned { publish: state, ..Returned::default() };
    after(&app, &visitor, (&fields, done.map(|_| ("/office/policy", "policy-published"))), shown).await
}

/// Goes on, or shows the page again with what was typed and why it was not done.
async fn after(
    app: &App,
    visitor: &Visitor,
    (fields, done): (&Fields, Outcome<(&str, &'static str)>),
    shown: impl Fn(FormState) -> Returned,
) -> Reply {
    let (status, returned) = match done {
        Ok((to, flash)) => return web::flash(web::see_other(to), flash),
        Err(Failure::Invalid(invalid)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, shown(fields.rejected(&invalid, &visitor.locale)))
        }
        Err(Failure::Refused(refused)) => {
            let refusal = visitor.refusal(&refused);
            (StatusCode::CONFLICT, Returned { refusal, ..shown(fields.kept()) })
        }
        Err(other) => return Err(other.into()),
    };
    web::page_with(status, &page(app, visitor, returned).await?)
}
