//! Simulations in the office.

use askama::Template;
use axum::http::StatusCode;
use db::ReadTx;
use i18n::Locale;
use kernel::{Failure, Outcome, SimulationId};
use terms::policies;
use web::{App, Fields, Form, FormState, Path, Reply, Shell, State, Visitor};

use super::fit::{self, FitView};
use super::view::{self, ResultView};
use super::{RunState, SimulationRun, actions, figures, form, href, queries};

/// Runs in the list.
const LISTED_MAX: i64 = 100;

/// A line of the list.
struct RunRow {
    href: String,
    number: String,
    state: String,
    class: &'static str,
    arms: String,
    kind: String,
    when: String,
    who: String,
}

#[derive(Template)]
#[template(path = "simulation/list.html")]
struct ListPage {
    shell: Shell,
    rows: Vec<RunRow>,
}

#[derive(Template)]
#[template(path = "simulation/new.html")]
struct NewPage {
    shell: Shell,
    form: FormState,
    policies: Vec<form::Tick>,
    references: Vec<form::Tick>,
    refusal: String,
}

#[derive(Template)]
#[template(path = "simulation/run.html")]
struct RunPage {
    shell: Shell,
    status: Status,
    facts: Vec<(String, String)>,
    results: Option<ResultView>,
    fit: Option<FitView>,
    suggests: bool,
}

/// Where a run stands, in words.
pub(super) struct Status {
    pub(super) id: String,
    pub(super) href: String,
    pub(super) title: String,
    pub(super) state: String,
    pub(super) class: &'static str,
    pub(super) is_open: bool,
    /// How far, in per cent.
    pub(super) percent: i64,
    pub(super) meta: String,
    /// Why there are no results; empty when there are, or will be.
    pub(super) error: String,
}

fn class(state: RunState) -> &'static str {
    match state {
        RunState::Queued | RunState::Running => "warn",
        RunState::Done => "ok",
        RunState::Failed => "bad",
        RunState::Cancelled => "",
    }
}

impl Status {
    pub(super) fn of(locale: &Locale, run: &SimulationRun, buyers: Option<u64>) -> Self {
        let moment = locale.long_moment(run.finished_at.unwrap_or(run.created_at));
        let meta = match buyers {
            Some(buyers) => {
                let buyers = locale.number(i64::try_from(buyers).unwrap_or(i64::MAX));
                let args = [("buyers", buyers.into()), ("moment", moment.into())];
                locale.text_with("simulation-done-meta", &args)
            }
            None => locale.text_with("simulation-meta", &[("moment", moment.into())]),
        };
        let error = match run.state {
            RunState::Failed => locale.text(&format!("simulation-error-{}", run.error)),
            RunState::Cancelled => locale.text("simulation-was-cancelled"),
            _ => String::new(),
        };
        Self {
            id: run.id.to_string(),
            href: href(run.id),
            title: locale.text_with("simulation-number", &[("number", run.number.to_string().into())]),
            state: locale.text(&format!("simulation-state-{}", run.state.code())),
            class: class(run.state),
            is_open: run.state.is_open(),
            percent: run.progress_ppm / 10_000,
            meta,
            error,
        }
    }
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor) -> Reply {
    let rows = rows(&app.db().read().await?, &visitor.locale).await?;
    let shell = Shell::load(&app, &visitor, &visitor.locale.text("simulations-title")).await?;
    web::page(&ListPage { shell, rows })
}

async fn rows(tx: &ReadTx, locale: &Locale) -> Outcome<Vec<RunRow>> {
    let mut rows = Vec::new();
    for run in queries::newest(tx, LISTED_MAX).await? {
        let person = match run.created_by {
            Some(who) => parties::people::queries::member(tx, who).await?,
            None => None,
        };
        let arms: Vec<String> = run.settings.arms.iter().map(|arm| figures::arm(locale, arm)).collect();
        rows.push(RunRow {
            href: href(run.id),
            number: run.number.to_string(),
            state: locale.text(&format!("simulation-state-{}", run.state.code())),
            class: class(run.state),
            arms: arms.join(", "),
            kind: view::kind(locale, &run),
            when: locale.long_moment(run.created_at),
            who: person.map_or_else(|| locale.text("policy-by-system"), |person| person.name),
        });
    }
    Ok(rows)
}

pub(super) async fn new(State(app): State<App>, visitor: Visitor) -> Reply {
    web::page(&new_page(&app, &visitor, None, String::new()).await?)
}

async fn new_page(app: &App, visitor: &Visitor, form: Option<FormState>, refusal: String) -> Outcome<NewPage> {
    let versions = policies::queries::all(&app.db().read().await?).await?;
    let (policies, references) = form::boxes(&visitor.locale, &versions);
    let shell = Shell::load(app, visitor, &visitor.locale.text("simulation-new")).await?;
    Ok(NewPage { shell, form: form.unwrap_or_else(|| form::first(&versions)), policies, references, refusal })
}

pub(super) async fn start(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let started = match form::read(&fields) {
        Ok(wanted) => {
            let wanted = &wanted;
            app.write(|tx| async move { actions::start(&tx, ctx, wanted).await }).await
        }
        Err(invalid) => Err(invalid.into()),
    };
    let (status, form, refusal) = match started {
        Ok(run) => return web::see_other(&href(run.id)),
        Err(Failure::Invalid(invalid)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, fields.rejected(&invalid, &visitor.locale), String::new())
        }
        Err(Failure::Refused(refused)) => (StatusCode::CONFLICT, fields.kept(), visitor.refusal(&refused)),
        Err(other) => return Err(other.into()),
    };
    web::page_with(status, &new_page(&app, &visitor, Some(form), refusal).await?)
}

pub(super) async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<SimulationId>) -> Reply {
    let locale = &visitor.locale;
    let (run, results, names) = {
        let tx = app.db().read().await?;
        let run = queries::run(&tx, id).await?.ok_or(Failure::NotFound)?;
        (run, queries::results(&tx, id).await?, figures::Names::load(&tx, locale).await?)
    };
    let status = Status::of(locale, &run, results.as_ref().map(|results| results.report.buyers));
    let shell = Shell::load(&app, &visitor, &status.title).await?;
    web::page(&RunPage {
        facts: view::settings(locale, &run),
        fit: results.as_ref().map(|results| fit::of(locale, &results.buyers)),
        suggests: results.as_ref().is_some_and(|results| results.suggestion.is_some()),
        results: results.as_ref().map(|results| view::of(locale, &names, &run.settings, &results.report)),
        status,
        shell,
    })
}

pub(super) async fn cancel(State(app): State<App>, visitor: Visitor, Path(id): Path<SimulationId>) -> Reply {
    let ctx = &app.ctx(&visitor);
    app.write(|tx| async move { actions::cancel(&tx, ctx, id).await }).await?;
    web::flash(web::see_other(&href(id)), "simulation-cancelled")
}
